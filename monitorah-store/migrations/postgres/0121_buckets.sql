-- Servers that share this database divide the monitors among them: a bucket is a hash of the id.
-- Times are of the database's clock. The token of a lease is higher than that of the one before.
CREATE TABLE replicas (
    id BYTEA NOT NULL PRIMARY KEY,
    until TIMESTAMPTZ NOT NULL
);

CREATE TABLE buckets (
    bucket BIGINT NOT NULL PRIMARY KEY CHECK (bucket BETWEEN 0 AND 63),
    owner BYTEA,
    token BIGINT NOT NULL,
    until TIMESTAMPTZ NOT NULL
);
INSERT INTO buckets (bucket, token, until) SELECT b, 0, now() FROM generate_series(0, 63) b;
