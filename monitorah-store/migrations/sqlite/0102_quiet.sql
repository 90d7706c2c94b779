-- Maintenance windows, silences, and what people were told of events.

CREATE TABLE maintenance_windows (
    account_id BLOB NOT NULL REFERENCES accounts (account_id) ON DELETE CASCADE,
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    all_monitors BOOLEAN NOT NULL,
    tags TEXT NOT NULL,
    groups TEXT NOT NULL,
    schedule TEXT NOT NULL,
    cut TEXT NOT NULL,
    over_at BIGINT,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, id)
);

-- The monitor stands here twice: as the key that ends with it, and as the text that a list of
-- monitors is joined from.
CREATE TABLE maintenance_monitors (
    account_id BLOB NOT NULL,
    window_id BLOB NOT NULL,
    monitor_id BLOB NOT NULL,
    monitor TEXT NOT NULL,
    PRIMARY KEY (account_id, window_id, monitor_id),
    FOREIGN KEY (account_id, window_id) REFERENCES maintenance_windows (account_id, id)
        ON DELETE CASCADE,
    FOREIGN KEY (account_id, monitor_id) REFERENCES monitors (account_id, id) ON DELETE CASCADE
);
CREATE INDEX maintenance_monitors_monitor ON maintenance_monitors (account_id, monitor_id);

-- What retention looks for.
CREATE INDEX maintenance_windows_over ON maintenance_windows (over_at) WHERE over_at IS NOT NULL;

CREATE TABLE silences (
    account_id BLOB NOT NULL REFERENCES accounts (account_id) ON DELETE CASCADE,
    id BLOB NOT NULL,
    reason TEXT NOT NULL,
    all_monitors BOOLEAN NOT NULL,
    tags TEXT NOT NULL,
    groups TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, id)
);

CREATE INDEX silences_over ON silences (ends_at);

CREATE TABLE silence_monitors (
    account_id BLOB NOT NULL,
    silence_id BLOB NOT NULL,
    monitor_id BLOB NOT NULL,
    monitor TEXT NOT NULL,
    PRIMARY KEY (account_id, silence_id, monitor_id),
    FOREIGN KEY (account_id, silence_id) REFERENCES silences (account_id, id) ON DELETE CASCADE,
    FOREIGN KEY (account_id, monitor_id) REFERENCES monitors (account_id, id) ON DELETE CASCADE
);
CREATE INDEX silence_monitors_monitor ON silence_monitors (account_id, monitor_id);

ALTER TABLE events ADD COLUMN told TEXT NOT NULL DEFAULT '{}';
ALTER TABLE events ADD COLUMN waits BOOLEAN NOT NULL DEFAULT FALSE;
-- Whatever is open was told to whom the outbox names.
UPDATE events SET told = json_object(
    'severity', severity,
    'at', CASE WHEN EXISTS (SELECT 1 FROM outbox WHERE outbox.account_id = events.account_id
        AND outbox.event_id = events.id)
        THEN strftime('%Y-%m-%dT%H:%M:%SZ', confirmed_at / 1000000, 'unixepoch') END,
    'channels', json((SELECT json_group_array(o.channel) FROM (
        SELECT DISTINCT 'chn_' || lower(hex(channel_id)) AS channel FROM outbox
        WHERE outbox.account_id = events.account_id AND outbox.event_id = events.id) o)))
WHERE status = 'OPEN';
CREATE INDEX events_waiting ON events (account_id, id) WHERE waits;

ALTER TABLE results ADD COLUMN maintenance BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE rollups ADD COLUMN maintenance_us BIGINT NOT NULL DEFAULT 0;
