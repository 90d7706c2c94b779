-- Channels that are held back during a storm: what waits for them goes out together. A row is there
-- only while its channel is held, so that the table is as small as the storm.
CREATE TABLE outbox_holds (
    account_id BYTEA NOT NULL,
    channel_id BYTEA NOT NULL,
    until_at BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    most BIGINT NOT NULL,
    lease_token BYTEA,
    PRIMARY KEY (account_id, channel_id),
    FOREIGN KEY (account_id, channel_id) REFERENCES channels (account_id, id) ON DELETE CASCADE
);
CREATE INDEX outbox_holds_due ON outbox_holds (until_at, account_id, channel_id);
