-- The key of a monitor's badge, which anybody may see the monitor's state by.
CREATE TABLE badges (
    account_id BYTEA NOT NULL,
    monitor_id BYTEA NOT NULL,
    key BYTEA NOT NULL,
    key_hash BYTEA NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, monitor_id),
    FOREIGN KEY (account_id, monitor_id) REFERENCES monitors (account_id, id) ON DELETE CASCADE
);
