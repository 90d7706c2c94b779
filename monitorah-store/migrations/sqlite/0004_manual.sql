-- What people say of manual monitors: the latest of each.
CREATE TABLE manual_status (
    account_id BLOB NOT NULL,
    monitor_id BLOB NOT NULL,
    status TEXT NOT NULL,
    message BLOB,
    at BIGINT NOT NULL,
    PRIMARY KEY (account_id, monitor_id),
    FOREIGN KEY (account_id, monitor_id) REFERENCES monitors (account_id, id) ON DELETE CASCADE
);
