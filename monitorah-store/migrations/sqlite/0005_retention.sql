-- What retention looks for: events that are over, and idempotency keys by their age.
CREATE INDEX events_over ON events (resolved_at) WHERE status = 'RESOLVED';
CREATE INDEX audit_keys ON audit (at) WHERE idempotency_key IS NOT NULL;
