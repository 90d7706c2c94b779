-- Groups, owners and dependencies of monitors; what their list is filtered by.

ALTER TABLE monitors ADD COLUMN group_path TEXT;
ALTER TABLE monitors ADD COLUMN owner TEXT;
-- The name in lower case. Names that were here before get theirs anew when they are next written.
ALTER TABLE monitors ADD COLUMN search_name TEXT NOT NULL DEFAULT '';
UPDATE monitors SET search_name = LOWER(name);

-- What is shown of a monitor that does not rest, maintenance apart.
ALTER TABLE monitor_state ADD COLUMN shown TEXT NOT NULL DEFAULT 'PENDING';
UPDATE monitor_state SET shown = CASE
    WHEN json_extract(state, '$.last') = 'UNKNOWN' THEN 'UNKNOWN'
    ELSE json_extract(state, '$.health') END;

-- The parent stands here twice: as the key that ends with it, and as the text that a list of
-- parents is joined from.
CREATE TABLE monitor_parents (
    account_id BLOB NOT NULL,
    monitor_id BLOB NOT NULL,
    parent_id BLOB NOT NULL,
    parent TEXT NOT NULL,
    PRIMARY KEY (account_id, monitor_id, parent_id),
    FOREIGN KEY (account_id, monitor_id) REFERENCES monitors (account_id, id) ON DELETE CASCADE,
    FOREIGN KEY (account_id, parent_id) REFERENCES monitors (account_id, id) ON DELETE CASCADE
);
CREATE INDEX monitor_parents_parent ON monitor_parents (account_id, parent_id);
