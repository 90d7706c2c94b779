-- The outbox hands out the oldest notifications of each channel: one look into the index for each
-- channel, however many wait. What is leased, and what is due next, are found by themselves. An
-- index by state alone would only mislead: all of these are about what waits.
DROP INDEX outbox_waiting;
CREATE INDEX outbox_heads ON outbox (account_id, channel_id, position) WHERE state = 'PENDING';
CREATE INDEX outbox_leased ON outbox (account_id, channel_id, lease_until)
    WHERE lease_until IS NOT NULL;
CREATE INDEX outbox_due ON outbox (next_attempt_at) WHERE state = 'PENDING';
