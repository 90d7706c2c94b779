-- A row of a batch of results, as one parameter brings them: an array of these is taken apart
-- sooner than an array for each column. `minute` is the one that its roll-up begins at.
CREATE TYPE result_entry AS (
    account_id BYTEA,
    monitor_id BYTEA,
    at BIGINT,
    region TEXT,
    sequence BIGINT,
    status TEXT,
    reason TEXT,
    status_code BIGINT,
    total_us BIGINT,
    dns_us BIGINT,
    connect_us BIGINT,
    tls_us BIGINT,
    first_byte_us BIGINT,
    download_us BIGINT,
    valid_for_us BIGINT,
    detail BYTEA,
    maintenance BOOLEAN,
    minute BIGINT
);
