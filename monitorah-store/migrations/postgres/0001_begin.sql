-- Ids are 16 bytes, times and durations microseconds, lists and states JSON text.
-- Every tenant's row carries account_id, and every key of it begins with account_id.

CREATE TABLE accounts (
    account_id BYTEA NOT NULL PRIMARY KEY,
    region TEXT NOT NULL,
    founder_id BYTEA NOT NULL,
    created_at BIGINT NOT NULL
);

-- One row: the account that the installation was founded with.
CREATE TABLE installation (
    one BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    account_id BYTEA NOT NULL REFERENCES accounts (account_id)
);

CREATE TABLE users (
    account_id BYTEA NOT NULL REFERENCES accounts (account_id) ON DELETE CASCADE,
    id BYTEA NOT NULL,
    email BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, id)
);

CREATE TABLE data_keys (
    account_id BYTEA NOT NULL REFERENCES accounts (account_id) ON DELETE CASCADE,
    id BYTEA NOT NULL,
    version BIGINT NOT NULL,
    key_uri TEXT NOT NULL,
    wrapped BYTEA NOT NULL,
    PRIMARY KEY (account_id, id)
);

CREATE TABLE api_keys (
    account_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    user_id BYTEA NOT NULL,
    name TEXT NOT NULL,
    prefix TEXT NOT NULL,
    hash BYTEA NOT NULL UNIQUE,
    scopes TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    revoked_at BIGINT,
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, user_id) REFERENCES users (account_id, id) ON DELETE CASCADE
);

CREATE TABLE audit (
    account_id BYTEA NOT NULL REFERENCES accounts (account_id) ON DELETE CASCADE,
    id BYTEA NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    request_id BYTEA,
    idempotency_key TEXT,
    fingerprint BYTEA,
    PRIMARY KEY (account_id, id)
);
CREATE UNIQUE INDEX audit_idempotency ON audit (account_id, idempotency_key)
    WHERE idempotency_key IS NOT NULL;

CREATE TABLE monitors (
    account_id BYTEA NOT NULL REFERENCES accounts (account_id) ON DELETE CASCADE,
    id BYTEA NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    target BYTEA NOT NULL,
    config BYTEA NOT NULL,
    seal_version BIGINT NOT NULL,
    interval_us BIGINT NOT NULL,
    timeout_us BIGINT NOT NULL,
    confirm_down BIGINT NOT NULL,
    confirm_up BIGINT NOT NULL,
    tags TEXT NOT NULL,
    external_ref TEXT,
    paused BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, id)
);
CREATE UNIQUE INDEX monitors_reference ON monitors (account_id, external_ref)
    WHERE external_ref IS NOT NULL;

CREATE TABLE monitor_tags (
    account_id BYTEA NOT NULL,
    monitor_id BYTEA NOT NULL,
    tag TEXT NOT NULL,
    PRIMARY KEY (account_id, monitor_id, tag),
    FOREIGN KEY (account_id, monitor_id) REFERENCES monitors (account_id, id) ON DELETE CASCADE
);

CREATE TABLE monitor_state (
    account_id BYTEA NOT NULL,
    monitor_id BYTEA NOT NULL,
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (account_id, monitor_id),
    FOREIGN KEY (account_id, monitor_id) REFERENCES monitors (account_id, id) ON DELETE CASCADE
);

CREATE TABLE heartbeats (
    account_id BYTEA NOT NULL,
    monitor_id BYTEA NOT NULL,
    token BYTEA NOT NULL,
    token_hash BYTEA NOT NULL UNIQUE,
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (account_id, monitor_id),
    FOREIGN KEY (account_id, monitor_id) REFERENCES monitors (account_id, id) ON DELETE CASCADE
);

CREATE TABLE pings (
    account_id BYTEA NOT NULL,
    monitor_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    run_id TEXT,
    exit_status BIGINT,
    duration_us BIGINT,
    body BYTEA,
    PRIMARY KEY (account_id, monitor_id, id),
    FOREIGN KEY (account_id, monitor_id) REFERENCES heartbeats (account_id, monitor_id)
        ON DELETE CASCADE
);

-- The latest change of each monitor; a row whose monitor is gone tells of its removal.
CREATE TABLE feed (
    account_id BYTEA NOT NULL,
    monitor_id BYTEA NOT NULL PRIMARY KEY,
    mark BIGINT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX feed_mark ON feed (mark);

CREATE TABLE feed_counter (
    one BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    n BIGINT NOT NULL
);
INSERT INTO feed_counter (one, n) VALUES (1, 0);

CREATE TABLE events (
    account_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    monitor_id BYTEA NOT NULL,
    status TEXT NOT NULL,
    severity TEXT NOT NULL,
    reason TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    confirmed_at BIGINT NOT NULL,
    resolved_at BIGINT,
    resolution TEXT,
    flapping BOOLEAN NOT NULL,
    acknowledged_at BIGINT,
    reminders BIGINT NOT NULL,
    next_reminder_at BIGINT,
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, monitor_id) REFERENCES monitors (account_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX events_open ON events (account_id, monitor_id) WHERE status = 'OPEN';
CREATE INDEX events_monitor ON events (account_id, monitor_id, id);
CREATE INDEX events_reminder ON events (next_reminder_at) WHERE next_reminder_at IS NOT NULL;

CREATE TABLE evidence (
    account_id BYTEA NOT NULL,
    event_id BYTEA NOT NULL,
    sequence BIGINT NOT NULL,
    at BIGINT NOT NULL,
    detail BYTEA NOT NULL,
    PRIMARY KEY (account_id, event_id, sequence),
    FOREIGN KEY (account_id, event_id) REFERENCES events (account_id, id) ON DELETE CASCADE
);

CREATE TABLE channels (
    account_id BYTEA NOT NULL REFERENCES accounts (account_id) ON DELETE CASCADE,
    id BYTEA NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    config BYTEA NOT NULL,
    seal_version BIGINT NOT NULL,
    enabled BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, id)
);

CREATE TABLE rules (
    account_id BYTEA NOT NULL REFERENCES accounts (account_id) ON DELETE CASCADE,
    id BYTEA NOT NULL,
    name TEXT NOT NULL,
    all_monitors BOOLEAN NOT NULL,
    kinds TEXT NOT NULL,
    remind_every_us BIGINT,
    enabled BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, id)
);

CREATE TABLE rule_channels (
    account_id BYTEA NOT NULL,
    rule_id BYTEA NOT NULL,
    channel_id BYTEA NOT NULL,
    PRIMARY KEY (account_id, rule_id, channel_id),
    FOREIGN KEY (account_id, rule_id) REFERENCES rules (account_id, id) ON DELETE CASCADE,
    FOREIGN KEY (account_id, channel_id) REFERENCES channels (account_id, id) ON DELETE CASCADE
);
CREATE INDEX rule_channels_channel ON rule_channels (account_id, channel_id);

CREATE TABLE rule_monitors (
    account_id BYTEA NOT NULL,
    rule_id BYTEA NOT NULL,
    monitor_id BYTEA NOT NULL,
    PRIMARY KEY (account_id, rule_id, monitor_id),
    FOREIGN KEY (account_id, rule_id) REFERENCES rules (account_id, id) ON DELETE CASCADE,
    FOREIGN KEY (account_id, monitor_id) REFERENCES monitors (account_id, id) ON DELETE CASCADE
);
CREATE INDEX rule_monitors_monitor ON rule_monitors (account_id, monitor_id);

-- Position is the order of coming. Channel, monitor and event may be gone: what waits is still
-- delivered, and the log goes on telling of it.
CREATE TABLE outbox (
    position BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id BYTEA NOT NULL REFERENCES accounts (account_id) ON DELETE CASCADE,
    id BYTEA NOT NULL,
    channel_id BYTEA NOT NULL,
    monitor_id BYTEA,
    event_id BYTEA,
    kind TEXT NOT NULL,
    payload BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    next_attempt_at BIGINT,
    lease_token BYTEA,
    lease_until BIGINT,
    attempts BIGINT NOT NULL,
    UNIQUE (account_id, id)
);
CREATE INDEX outbox_log ON outbox (account_id, position);
CREATE INDEX outbox_waiting ON outbox (state, position) WHERE state = 'PENDING';
CREATE INDEX outbox_order ON outbox (account_id, channel_id, monitor_id, position)
    WHERE state = 'PENDING';
CREATE INDEX outbox_age ON outbox (created_at);

CREATE TABLE attempts (
    account_id BYTEA NOT NULL,
    notification_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    at BIGINT NOT NULL,
    took_us BIGINT NOT NULL,
    delivered BOOLEAN NOT NULL,
    status_code BIGINT,
    error TEXT,
    PRIMARY KEY (account_id, notification_id, id),
    FOREIGN KEY (account_id, notification_id) REFERENCES outbox (account_id, id) ON DELETE CASCADE
);

-- The volume of the installation: no stored id, no foreign key, the key is the order of reading.
-- Every day is a partition of its own, and is removed as one.
CREATE TABLE results (
    account_id BYTEA NOT NULL,
    monitor_id BYTEA NOT NULL,
    at BIGINT NOT NULL,
    region TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    status TEXT NOT NULL,
    reason TEXT NOT NULL,
    status_code BIGINT,
    total_us BIGINT NOT NULL,
    dns_us BIGINT,
    connect_us BIGINT,
    tls_us BIGINT,
    first_byte_us BIGINT,
    download_us BIGINT,
    valid_for_us BIGINT NOT NULL,
    detail BYTEA,
    PRIMARY KEY (monitor_id, at, region, sequence)
) PARTITION BY RANGE (at);
-- What is of no day that has a partition.
CREATE TABLE results_rest PARTITION OF results DEFAULT;

-- Resolution is the length of a bucket in seconds.
CREATE TABLE rollups (
    account_id BYTEA NOT NULL,
    monitor_id BYTEA NOT NULL,
    resolution BIGINT NOT NULL,
    start BIGINT NOT NULL,
    up_us BIGINT NOT NULL,
    degraded_us BIGINT NOT NULL,
    down_us BIGINT NOT NULL,
    unknown_us BIGINT NOT NULL,
    checks BIGINT NOT NULL,
    latencies BYTEA NOT NULL,
    PRIMARY KEY (monitor_id, resolution, start)
);

-- From which minute on the rollups of a monitor are to be computed; late data moves it back.
CREATE TABLE rollup_marks (
    account_id BYTEA NOT NULL,
    monitor_id BYTEA NOT NULL PRIMARY KEY,
    next_minute BIGINT NOT NULL,
    FOREIGN KEY (account_id, monitor_id) REFERENCES monitors (account_id, id) ON DELETE CASCADE
);
CREATE INDEX rollup_marks_next ON rollup_marks (next_minute);

-- Minutes before this lost results to retention and are never computed again.
CREATE TABLE retention (
    one BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    results_begin BIGINT NOT NULL
);
INSERT INTO retention (one, results_begin) VALUES (1, 0);
