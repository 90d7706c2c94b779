-- How many results of a bucket said what. Buckets that were computed before know only the total.
ALTER TABLE rollups ADD COLUMN up_checks BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rollups ADD COLUMN degraded_checks BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rollups ADD COLUMN down_checks BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rollups ADD COLUMN unknown_checks BIGINT NOT NULL DEFAULT 0;
