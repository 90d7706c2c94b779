//! Every shared statement, as text that runs on both databases.
//!
//! The tenant filter is here and nowhere else: a statement on behalf of one account compares
//! `account_id` with `$1`, or inserts `$1` as it; the statements that go across accounts are listed
//! apart (I5). A test holds both lists to that.
//!
//! A limit is `LIMIT CAST($1 AS BIGINT)`: to SQLite a bare parameter there is a hint for its plan,
//! so that it prepares the statement anew for every value, which takes longer than most run.

macro_rules! monitor_columns {
    () => {
        "m.account_id, m.id, m.name, m.kind, m.target, m.config, m.seal_version, m.interval_us, \
         m.timeout_us, m.confirm_down, m.confirm_up, m.tags, m.group_path, m.owner, \
         m.external_ref, m.paused, m.version, m.created_at, m.updated_at, s.state, \
         s.version AS state_version, (SELECT STRING_AGG(d.parent, ',') FROM monitor_parents d \
         WHERE d.account_id = m.account_id AND d.monitor_id = m.id) AS depends_on"
    };
}
macro_rules! monitor_tables {
    () => {
        " FROM monitors m JOIN monitor_state s \
          ON s.account_id = m.account_id AND s.monitor_id = m.id "
    };
}
macro_rules! last_result {
    () => {
        ", (SELECT MAX(r.at) FROM results r WHERE r.monitor_id = m.id) AS last_result_at"
    };
}
macro_rules! api_key_columns {
    () => {
        "account_id, id, user_id, name, prefix, hash, scopes, created_at, expires_at, revoked_at"
    };
}
macro_rules! audit_columns {
    () => {
        "id, at, actor, action, object, fingerprint"
    };
}
macro_rules! ping_columns {
    () => {
        "id, at, kind, run_id, exit_status, duration_us, body"
    };
}
macro_rules! event_columns {
    () => {
        "account_id, id, monitor_id, status, severity, reason, started_at, confirmed_at, \
         resolved_at, resolution, flapping, acknowledged_at, reminders, next_reminder_at, told"
    };
}
macro_rules! channel_columns {
    () => {
        "id, name, kind, config, seal_version, enabled, version, created_at, updated_at"
    };
}
macro_rules! rule_columns {
    () => {
        "account_id, id, name, all_monitors, kinds, remind_every_us, enabled, version, created_at"
    };
}
macro_rules! window_columns {
    () => {
        "m.account_id, m.id, m.name, m.all_monitors, m.tags, m.groups, m.schedule, m.cut, \
         m.version, m.created_at, m.updated_at, (SELECT STRING_AGG(n.monitor, ',') \
         FROM maintenance_monitors n WHERE n.account_id = m.account_id \
         AND n.window_id = m.id) AS monitors"
    };
}
macro_rules! silence_columns {
    () => {
        "m.account_id, m.id, m.reason, m.all_monitors, m.tags, m.groups, m.starts_at, m.ends_at, \
         m.created_by, m.version, m.created_at, m.updated_at, (SELECT STRING_AGG(n.monitor, ',') \
         FROM silence_monitors n WHERE n.account_id = m.account_id \
         AND n.silence_id = m.id) AS monitors"
    };
}
macro_rules! outbox_columns {
    () => {
        "account_id, id, channel_id, monitor_id, event_id, kind, payload, created_at, state, \
         next_attempt_at, attempts, position"
    };
}
macro_rules! result_columns {
    () => {
        "account_id, monitor_id, at, region, sequence, status, reason, status_code, total_us, \
         dns_us, connect_us, tls_us, first_byte_us, download_us, valid_for_us, detail, \
         maintenance"
    };
}
macro_rules! rollup_columns {
    () => {
        "start, up_us, degraded_us, down_us, unknown_us, maintenance_us, checks, latencies, \
         up_checks, degraded_checks, down_checks, unknown_checks"
    };
}
/// No notification that waits about the same monitor to the same channel came before `o`.
macro_rules! is_head {
    () => {
        "(o.monitor_id IS NULL OR NOT EXISTS (SELECT 1 FROM outbox e \
           WHERE e.account_id = o.account_id AND e.channel_id = o.channel_id \
           AND e.monitor_id = o.monitor_id AND e.position < o.position AND e.state = 'PENDING'))"
    };
}
/// The rule `$2` of the account `$1` is about `monitor_id`.
macro_rules! is_of_rule {
    () => {
        "(EXISTS (SELECT 1 FROM rules r WHERE r.account_id = $1 AND r.id = $2 \
         AND r.all_monitors) OR monitor_id IN (SELECT n.monitor_id FROM rule_monitors n \
         WHERE n.account_id = $1 AND n.rule_id = $2))"
    };
}
/// The notification `o` may be handed out at `$1`.
macro_rules! is_due {
    () => {
        concat!(
            "o.state = 'PENDING' AND o.next_attempt_at <= $1 \
             AND (o.lease_until IS NULL OR o.lease_until <= $1) AND ",
            is_head!()
        )
    };
}

/// The channels that something waits for, one step into the index each; of each the oldest that may
/// be handed out, as many as one channel may hold: `turns` has their positions, and how many come
/// before them in their channel.
macro_rules! outbox_turns {
    () => {
        concat!(
            "WITH RECURSIVE ways (position, account_id, channel_id) AS ( \
            SELECT o.position, o.account_id, o.channel_id FROM outbox o WHERE o.position = \
            (SELECT f.position FROM outbox f WHERE f.state = 'PENDING' \
            ORDER BY f.account_id, f.channel_id, f.position LIMIT 1) \
            UNION ALL SELECT o.position, o.account_id, o.channel_id FROM ways w \
            JOIN outbox o ON o.position = (SELECT n.position FROM outbox n \
            WHERE n.state = 'PENDING' \
            AND (n.account_id, n.channel_id) > (w.account_id, w.channel_id) \
            ORDER BY n.account_id, n.channel_id, n.position LIMIT 1)), \
            due (position, account_id, channel_id, place) AS (SELECT \
            (SELECT o.position FROM outbox o WHERE o.account_id = w.account_id \
            AND o.channel_id = w.channel_id AND ",
            is_due!(),
            " ORDER BY o.position LIMIT 1), \
            w.account_id, w.channel_id, 1 FROM ways w WHERE NOT EXISTS (SELECT 1 \
            FROM outbox_holds h WHERE h.account_id = w.account_id \
            AND h.channel_id = w.channel_id) \
            UNION ALL SELECT (SELECT o.position FROM outbox o \
            WHERE o.account_id = d.account_id AND o.channel_id = d.channel_id \
            AND o.position > d.position AND ",
            is_due!(),
            " ORDER BY o.position LIMIT 1), \
            d.account_id, d.channel_id, d.place + 1 FROM due d \
            WHERE d.place < $5 AND d.position IS NOT NULL), \
            turns AS (SELECT d.position, d.place + (SELECT COUNT(*) FROM outbox l \
            WHERE l.account_id = d.account_id AND l.channel_id = d.channel_id \
            AND l.state = 'PENDING' AND l.lease_until > $1) AS turn FROM due d \
            WHERE d.position IS NOT NULL) "
        )
    };
}

macro_rules! statements {
    (tenant { $($tenant:ident = $text:expr;)+ } everyone { $($everyone:ident = $across:expr;)+ }) => {
        $(pub(crate) const $tenant: &str = $text;)+
        $(pub(crate) const $everyone: &str = $across;)+
        /// The statements on behalf of one account.
        #[cfg(test)]
        pub(crate) const TENANT: &[(&str, &str)] = &[$((stringify!($tenant), $tenant)),+];
        /// The statements across accounts.
        #[cfg(test)]
        pub(crate) const EVERYONE: &[(&str, &str)] = &[$((stringify!($everyone), $everyone)),+];
    };
}

statements! {
    tenant {
        // Accounts, keys, audit
        ACCOUNT_INSERT = "INSERT INTO accounts (account_id, region, founder_id, created_at) \
            VALUES ($1, $2, $3, $4)";
        INSTALLATION_INSERT = "INSERT INTO installation (account_id, one) VALUES ($1, 1)";
        ACCOUNT = "SELECT account_id, region, founder_id, created_at FROM accounts \
            WHERE account_id = $1";
        USER_INSERT = "INSERT INTO users (account_id, id, email, created_at) \
            VALUES ($1, $2, $3, $4)";
        DATA_KEY_INSERT = "INSERT INTO data_keys (account_id, id, version, key_uri, wrapped) \
            VALUES ($1, $2, $3, $4, $5)";
        DATA_KEY = "SELECT id, version, key_uri, wrapped FROM data_keys \
            WHERE account_id = $1 AND ($2 IS NULL OR id = $2) ORDER BY id DESC LIMIT 1";
        API_KEY_INSERT = "INSERT INTO api_keys (account_id, id, user_id, name, prefix, hash, \
            scopes, created_at, expires_at, revoked_at) \
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
        API_KEYS = concat!("SELECT ", api_key_columns!(), " FROM api_keys \
            WHERE account_id = $1 AND id > $2 ORDER BY id LIMIT CAST($3 AS BIGINT)");
        API_KEY_REVOKE = "UPDATE api_keys SET revoked_at = $3 \
            WHERE account_id = $1 AND id = $2 AND revoked_at IS NULL";
        AUDIT_INSERT = "INSERT INTO audit (account_id, id, at, actor, action, object, request_id, \
            idempotency_key, fingerprint) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        AUDIT_BY_KEY = concat!("SELECT ", audit_columns!(), " FROM audit \
            WHERE account_id = $1 AND idempotency_key = $2");
        AUDIT = concat!("SELECT ", audit_columns!(), " FROM audit \
            WHERE account_id = $1 AND id > $2 ORDER BY id LIMIT CAST($3 AS BIGINT)");

        // Monitors
        MONITOR_INSERT = "INSERT INTO monitors (account_id, id, name, kind, target, config, \
            seal_version, interval_us, timeout_us, confirm_down, confirm_up, tags, external_ref, \
            paused, version, created_at, updated_at, group_path, owner, search_name) VALUES \
            ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, \
            $19, $20)";
        STATE_INSERT = "INSERT INTO monitor_state (account_id, monitor_id, state, shown, version) \
            VALUES ($1, $2, $3, $4, 0)";
        TAG_INSERT = "INSERT INTO monitor_tags (account_id, monitor_id, tag) \
            VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        TAGS_DELETE = "DELETE FROM monitor_tags WHERE account_id = $1 AND monitor_id = $2";
        MONITOR = concat!("SELECT ", monitor_columns!(), monitor_tables!(),
            "WHERE m.account_id = $1 AND m.id = $2");
        MONITOR_BY_REF = concat!("SELECT ", monitor_columns!(), monitor_tables!(),
            "WHERE m.account_id = $1 AND m.external_ref = $2");
        MONITORS = concat!("SELECT ", monitor_columns!(), monitor_tables!(),
            "WHERE m.account_id = $1 AND m.id > $2 AND ($3 IS NULL OR m.kind = $3) \
             AND ($4 IS NULL OR EXISTS (SELECT 1 FROM monitor_tags t \
             WHERE t.account_id = m.account_id AND t.monitor_id = m.id AND t.tag = $4)) \
             AND ($5 IS NULL OR m.group_path = $5 \
             OR SUBSTR(m.group_path, 1, LENGTH($5) + 1) = $5 || '/') \
             AND ($6 IS NULL OR m.owner = $6) \
             AND ($7 IS NULL OR m.search_name LIKE $7 ESCAPE '\\') \
             AND ($8 IS NULL OR CASE WHEN m.paused THEN 'PAUSED' ELSE s.shown END = $8) \
             ORDER BY m.id LIMIT CAST($9 AS BIGINT)");
        MONITOR_UPDATE = "UPDATE monitors SET name = $3, target = $4, config = $5, \
            seal_version = $6, interval_us = $7, timeout_us = $8, confirm_down = $9, \
            confirm_up = $10, tags = $11, external_ref = $12, paused = $13, updated_at = $14, \
            group_path = $16, owner = $17, search_name = $18, \
            version = version + 1 WHERE account_id = $1 AND id = $2 AND version = $15";
        PARENT_INSERT = "INSERT INTO monitor_parents (account_id, monitor_id, parent_id, parent) \
            SELECT account_id, $2, id, $4 FROM monitors WHERE account_id = $1 AND id = $3 \
            ON CONFLICT DO NOTHING";
        PARENTS_DELETE = "DELETE FROM monitor_parents WHERE account_id = $1 AND monitor_id = $2";
        ANCESTOR_SELF = "WITH RECURSIVE up (account_id, id) AS (SELECT account_id, parent_id \
            FROM monitor_parents WHERE account_id = $1 AND monitor_id = $2 \
            UNION SELECT p.account_id, p.parent_id FROM up JOIN monitor_parents p \
            ON p.monitor_id = up.id WHERE p.account_id = $1) \
            SELECT id FROM up WHERE account_id = $1 AND id = $2";
        MONITOR_EXISTS = "SELECT 1 FROM monitors WHERE account_id = $1 AND id = $2";
        MONITOR_VERSION = "SELECT version FROM monitors WHERE account_id = $1 AND id = $2";
        MONITOR_DELETE = "DELETE FROM monitors WHERE account_id = $1 AND id = $2";
        MONITOR_RESULTS_DELETE = "DELETE FROM results WHERE account_id = $1 AND monitor_id = $2";
        MONITOR_ROLLUPS_DELETE = "DELETE FROM rollups WHERE account_id = $1 AND monitor_id = $2";
        FEED_TELL = "INSERT INTO feed (account_id, monitor_id, mark, at) VALUES ($1, $2, $3, $4) \
            ON CONFLICT (monitor_id) DO UPDATE SET mark = excluded.mark, at = excluded.at";

        // Badges
        BADGE = "SELECT key, key_hash, created_at FROM badges \
            WHERE account_id = $1 AND monitor_id = $2";
        BADGE_SET = "INSERT INTO badges (account_id, monitor_id, key, key_hash, created_at) \
            SELECT account_id, id, $3, $4, $5 FROM monitors WHERE account_id = $1 AND id = $2 \
            ON CONFLICT (account_id, monitor_id) DO UPDATE SET key = excluded.key, \
            key_hash = excluded.key_hash, created_at = excluded.created_at";
        BADGE_DELETE = "DELETE FROM badges WHERE account_id = $1 AND monitor_id = $2";

        // Heartbeats
        HEARTBEAT_INSERT = "INSERT INTO heartbeats (account_id, monitor_id, token, token_hash, \
            state, version) VALUES ($1, $2, $3, $4, $5, $6)";
        HEARTBEAT = "SELECT token, token_hash, state, version FROM heartbeats \
            WHERE account_id = $1 AND monitor_id = $2";
        HEARTBEAT_SET = "UPDATE heartbeats SET state = $3, version = version + 1 \
            WHERE account_id = $1 AND monitor_id = $2 AND version = $4";
        HEARTBEAT_EXISTS = "SELECT 1 FROM heartbeats WHERE account_id = $1 AND monitor_id = $2";
        PING_INSERT = "INSERT INTO pings (account_id, monitor_id, id, at, kind, run_id, \
            exit_status, duration_us, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        PINGS_TRIM = "DELETE FROM pings WHERE account_id = $1 AND monitor_id = $2 AND id <= \
            (SELECT id FROM pings WHERE account_id = $1 AND monitor_id = $2 \
             ORDER BY id DESC LIMIT 1 OFFSET $3)";
        PINGS = concat!("SELECT ", ping_columns!(), " FROM pings \
            WHERE account_id = $1 AND monitor_id = $2 AND id < $3 ORDER BY id DESC \
            LIMIT CAST($4 AS BIGINT)");

        // Manual monitors
        MANUAL_SET = "INSERT INTO manual_status (account_id, monitor_id, status, message, at) \
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT (account_id, monitor_id) DO UPDATE SET \
            status = excluded.status, message = excluded.message, at = excluded.at";
        MANUAL = "SELECT status, message, at FROM manual_status \
            WHERE account_id = $1 AND monitor_id = $2";

        // Events and the settle
        STATE_SET = "UPDATE monitor_state SET state = $3, shown = $5, version = version + 1 \
            WHERE account_id = $1 AND monitor_id = $2 AND version = $4";
        EVENT_PUT = "INSERT INTO events (account_id, id, monitor_id, status, severity, reason, \
            started_at, confirmed_at, resolved_at, resolution, flapping, acknowledged_at, \
            reminders, next_reminder_at, told, waits) \
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) \
            ON CONFLICT (account_id, id) DO UPDATE SET status = excluded.status, \
            severity = excluded.severity, reason = excluded.reason, \
            started_at = excluded.started_at, confirmed_at = excluded.confirmed_at, \
            resolved_at = excluded.resolved_at, resolution = excluded.resolution, \
            flapping = excluded.flapping, reminders = excluded.reminders, \
            told = excluded.told, waits = excluded.waits, \
            next_reminder_at = CASE WHEN events.acknowledged_at IS NULL \
            THEN excluded.next_reminder_at END";
        EVIDENCE_INSERT = "INSERT INTO evidence (account_id, event_id, sequence, at, detail) \
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT (account_id, event_id, sequence) DO NOTHING";
        EVENT = concat!("SELECT ", event_columns!(), " FROM events \
            WHERE account_id = $1 AND id = $2");
        EVENTS = concat!("SELECT ", event_columns!(), " FROM events \
            WHERE account_id = $1 AND id < $2 AND ($3 IS NULL OR status = $3) \
            ORDER BY id DESC LIMIT CAST($4 AS BIGINT)");
        EVENTS_OF = concat!("SELECT ", event_columns!(), " FROM events \
            WHERE account_id = $1 AND monitor_id = $5 AND id < $2 \
            AND ($3 IS NULL OR status = $3) ORDER BY id DESC LIMIT CAST($4 AS BIGINT)");
        EVIDENCE = "SELECT event_id, sequence, at, detail FROM evidence \
            WHERE account_id = $1 AND event_id = $2 ORDER BY sequence LIMIT 100";
        // A settle that was decided on the rules of before is decided anew, also one that opens an
        // event: it would write back, or open, an event without its reminder.
        REMINDERS_GUARD = concat!("UPDATE monitor_state SET version = version + 1 \
            WHERE account_id = $1 AND ", is_of_rule!());
        REMINDERS_PLAN = concat!("UPDATE events SET next_reminder_at = $3 WHERE account_id = $1 \
            AND status = 'OPEN' AND acknowledged_at IS NULL \
            AND (next_reminder_at IS NULL OR next_reminder_at > $3) AND ", is_of_rule!());
        // So is one that would remind of what somebody took on.
        ACKNOWLEDGE_GUARD = "UPDATE monitor_state SET version = version + 1 WHERE account_id = $1 \
            AND monitor_id IN (SELECT monitor_id FROM events \
            WHERE account_id = $1 AND id = $2 AND status = 'OPEN')";
        ACKNOWLEDGE = "UPDATE events SET acknowledged_at = COALESCE(acknowledged_at, $3), \
            next_reminder_at = NULL WHERE account_id = $1 AND id = $2 AND status = 'OPEN'";

        // Channels and rules
        CHANNEL_INSERT = "INSERT INTO channels (account_id, id, name, kind, config, \
            seal_version, enabled, version, created_at, updated_at) \
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
        CHANNEL = concat!("SELECT ", channel_columns!(), " FROM channels \
            WHERE account_id = $1 AND id = $2");
        CHANNELS = concat!("SELECT ", channel_columns!(), " FROM channels \
            WHERE account_id = $1 AND id > $2 ORDER BY id LIMIT CAST($3 AS BIGINT)");
        CHANNEL_UPDATE = "UPDATE channels SET name = $3, config = $4, seal_version = $5, \
            enabled = $6, updated_at = $7, version = version + 1 \
            WHERE account_id = $1 AND id = $2 AND version = $8";
        CHANNEL_EXISTS = "SELECT 1 FROM channels WHERE account_id = $1 AND id = $2";
        CHANNEL_DELETE = "DELETE FROM channels WHERE account_id = $1 AND id = $2 \
            AND version = COALESCE($3, version)";
        OUTBOX_BURY = "UPDATE outbox SET state = 'DEAD', next_attempt_at = NULL, \
            lease_token = NULL, lease_until = NULL \
            WHERE account_id = $1 AND channel_id = $2 AND state = 'PENDING'";
        RULE_INSERT = "INSERT INTO rules (account_id, id, name, all_monitors, kinds, \
            remind_every_us, enabled, version, created_at) \
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        RULE = concat!("SELECT ", rule_columns!(), " FROM rules \
            WHERE account_id = $1 AND id = $2");
        RULES = concat!("SELECT ", rule_columns!(), " FROM rules \
            WHERE account_id = $1 AND id > $2 ORDER BY id LIMIT CAST($3 AS BIGINT)");
        RULE_UPDATE = "UPDATE rules SET name = $3, all_monitors = $4, kinds = $5, \
            remind_every_us = $6, enabled = $7, version = version + 1 \
            WHERE account_id = $1 AND id = $2 AND version = $8";
        RULE_EXISTS = "SELECT 1 FROM rules WHERE account_id = $1 AND id = $2";
        RULE_DELETE = "DELETE FROM rules WHERE account_id = $1 AND id = $2 \
            AND version = COALESCE($3, version)";
        RULE_CHANNEL_INSERT = "INSERT INTO rule_channels (account_id, rule_id, channel_id) \
            VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        RULE_CHANNELS = "SELECT channel_id FROM rule_channels \
            WHERE account_id = $1 AND rule_id = $2 ORDER BY channel_id";
        RULE_CHANNELS_DELETE = "DELETE FROM rule_channels WHERE account_id = $1 AND rule_id = $2";
        RULE_MONITOR_INSERT = "INSERT INTO rule_monitors (account_id, rule_id, monitor_id) \
            VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        RULE_MONITORS = "SELECT monitor_id FROM rule_monitors \
            WHERE account_id = $1 AND rule_id = $2 ORDER BY monitor_id";
        RULE_MONITORS_DELETE = "DELETE FROM rule_monitors WHERE account_id = $1 AND rule_id = $2";

        // Maintenance windows, silences, dependencies
        WINDOW_INSERT = "INSERT INTO maintenance_windows (account_id, id, name, all_monitors, \
            tags, groups, schedule, cut, over_at, version, created_at, updated_at) \
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
        WINDOW = concat!("SELECT ", window_columns!(), " FROM maintenance_windows m \
            WHERE m.account_id = $1 AND m.id = $2");
        WINDOWS = concat!("SELECT ", window_columns!(), " FROM maintenance_windows m \
            WHERE m.account_id = $1 AND m.id > $2 ORDER BY m.id LIMIT CAST($3 AS BIGINT)");
        CURRENT_WINDOWS = concat!("SELECT ", window_columns!(), " FROM maintenance_windows m \
            WHERE m.account_id = $1 AND (m.over_at IS NULL OR m.over_at > $2) \
            ORDER BY m.id LIMIT CAST($3 AS BIGINT)");
        WINDOW_UPDATE = "UPDATE maintenance_windows SET name = $3, all_monitors = $4, tags = $5, \
            groups = $6, schedule = $7, cut = $8, over_at = $9, updated_at = $11, \
            version = version + 1 WHERE account_id = $1 AND id = $2 AND version = $10";
        WINDOW_EXISTS = "SELECT 1 FROM maintenance_windows WHERE account_id = $1 AND id = $2";
        WINDOW_DELETE = "DELETE FROM maintenance_windows WHERE account_id = $1 AND id = $2 \
            AND version = COALESCE($3, version)";
        WINDOW_MONITOR_INSERT = "INSERT INTO maintenance_monitors (account_id, window_id, \
            monitor_id, monitor) SELECT account_id, $2, id, $4 FROM monitors \
            WHERE account_id = $1 AND id = $3";
        WINDOW_MONITORS_DELETE = "DELETE FROM maintenance_monitors \
            WHERE account_id = $1 AND window_id = $2";
        SILENCE_INSERT = "INSERT INTO silences (account_id, id, reason, all_monitors, tags, \
            groups, starts_at, ends_at, created_by, version, created_at, updated_at) \
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
        SILENCE = concat!("SELECT ", silence_columns!(), " FROM silences m \
            WHERE m.account_id = $1 AND m.id = $2");
        SILENCES = concat!("SELECT ", silence_columns!(), " FROM silences m \
            WHERE m.account_id = $1 AND m.id > $2 ORDER BY m.id LIMIT CAST($3 AS BIGINT)");
        CURRENT_SILENCES = concat!("SELECT ", silence_columns!(), " FROM silences m \
            WHERE m.account_id = $1 AND m.ends_at > $2 ORDER BY m.id LIMIT CAST($3 AS BIGINT)");
        SILENCE_UPDATE = "UPDATE silences SET reason = $3, all_monitors = $4, tags = $5, \
            groups = $6, starts_at = $7, ends_at = $8, updated_at = $10, \
            version = version + 1 WHERE account_id = $1 AND id = $2 AND version = $9";
        SILENCE_EXISTS = "SELECT 1 FROM silences WHERE account_id = $1 AND id = $2";
        SILENCE_DELETE = "DELETE FROM silences WHERE account_id = $1 AND id = $2 \
            AND version = COALESCE($3, version)";
        SILENCE_MONITOR_INSERT = "INSERT INTO silence_monitors (account_id, silence_id, \
            monitor_id, monitor) SELECT account_id, $2, id, $4 FROM monitors \
            WHERE account_id = $1 AND id = $3";
        SILENCE_MONITORS_DELETE = "DELETE FROM silence_monitors \
            WHERE account_id = $1 AND silence_id = $2";
        PARENTS = "SELECT m.id, (EXISTS (SELECT 1 FROM monitor_state s \
            WHERE s.account_id = m.account_id AND s.monitor_id = m.id AND s.shown = 'DOWN') \
            AND EXISTS (SELECT 1 FROM events e \
            WHERE e.account_id = m.account_id AND e.monitor_id = m.id AND e.status = 'OPEN' \
            AND e.severity = 'DOWN')) AS down, (SELECT e.resolved_at FROM events e \
            WHERE e.account_id = m.account_id AND e.monitor_id = m.id \
            ORDER BY e.id DESC LIMIT 1) AS recovered_at \
            FROM monitor_parents d JOIN monitors m ON m.account_id = d.account_id \
            AND m.id = d.parent_id WHERE d.account_id = $1 AND d.monitor_id = $2 \
            AND NOT m.paused ORDER BY m.id";
        DEPENDANTS = "SELECT m.name, COUNT(*) OVER () AS total, COUNT(e.id) OVER () AS total_down \
            FROM monitor_parents d JOIN monitors m ON m.account_id = d.account_id \
            AND m.id = d.monitor_id LEFT JOIN events e ON e.account_id = m.account_id \
            AND e.monitor_id = m.id AND e.status = 'OPEN' AND e.severity = 'DOWN' \
            WHERE d.account_id = $1 AND d.parent_id = $2 AND NOT m.paused \
            ORDER BY CASE WHEN e.id IS NULL THEN 1 ELSE 0 END, m.name, m.id \
            LIMIT CAST($3 AS BIGINT)";

        // Outbox
        OUTBOX_INSERT = "INSERT INTO outbox (account_id, id, channel_id, monitor_id, event_id, \
            kind, payload, created_at, state, next_attempt_at, lease_token, lease_until, \
            attempts) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'PENDING', $8, $9, $10, 0)";
        // What comes for a held channel is due when the hold ends.
        OUTBOX_INSERT_ONCE = "INSERT INTO outbox (account_id, id, channel_id, monitor_id, \
            event_id, kind, payload, created_at, state, next_attempt_at, lease_token, \
            lease_until, attempts) \
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'PENDING', COALESCE((SELECT h.until_at \
            FROM outbox_holds h WHERE h.account_id = $1 AND h.channel_id = $3), $8), \
            $9, $10, 0) ON CONFLICT (account_id, id) DO NOTHING";
        OUTBOX_RECORD = "UPDATE outbox SET state = $4, next_attempt_at = CASE \
            WHEN $4 = 'PENDING' THEN COALESCE((SELECT h.until_at FROM outbox_holds h \
            WHERE h.account_id = outbox.account_id AND h.channel_id = outbox.channel_id), $5) \
            END, \
            lease_token = NULL, lease_until = NULL, attempts = attempts + 1 \
            WHERE account_id = $1 AND id = $2 AND lease_token = $3 AND state = 'PENDING'";
        OUTBOX_EXISTS = "SELECT 1 FROM outbox WHERE account_id = $1 AND id = $2";
        OUTBOX_RELEASE = "UPDATE outbox SET lease_token = NULL, lease_until = NULL \
            WHERE account_id = $1 AND id = $2 AND lease_token = $3";
        OUTBOX_LOG = concat!("SELECT ", outbox_columns!(), " FROM outbox \
            WHERE account_id = $1 AND ($2 IS NULL OR position < \
            (SELECT position FROM outbox WHERE account_id = $1 AND id = $2)) \
            AND ($3 IS NULL OR channel_id = $3) AND ($4 IS NULL OR monitor_id = $4) \
            AND ($5 IS NULL OR state = $5) ORDER BY position DESC LIMIT CAST($6 AS BIGINT)");
        ATTEMPT_INSERT = "INSERT INTO attempts (account_id, notification_id, id, at, took_us, \
            delivered, status_code, error) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        ATTEMPTS = "SELECT id, at, took_us, delivered, status_code, error FROM attempts \
            WHERE account_id = $1 AND notification_id = $2 ORDER BY at DESC, id DESC LIMIT 20";

        // Holds
        HOLD_INSERT = "INSERT INTO outbox_holds (account_id, channel_id, until_at, failures, \
            most) SELECT c.account_id, c.id, $3, 0, $4 FROM channels c WHERE c.account_id = $1 \
            AND c.id = $2 ON CONFLICT (account_id, channel_id) DO NOTHING";
        HOLD_UNTIL = "SELECT until_at FROM outbox_holds WHERE account_id = $1 AND channel_id = $2";
        HOLD_MOVE = "UPDATE outbox SET next_attempt_at = $3 WHERE account_id = $1 \
            AND channel_id = $2 AND state = 'PENDING'";
        HOLD_RECORD = "UPDATE outbox_holds SET until_at = $4, failures = $5, most = $6, \
            lease_token = NULL WHERE account_id = $1 AND channel_id = $2 AND lease_token = $3";
        HOLD_END = "DELETE FROM outbox_holds WHERE account_id = $1 AND channel_id = $2 \
            AND lease_token = $3";
        GROUP_LEASE = concat!("UPDATE outbox SET lease_token = $3, lease_until = $4 \
            WHERE account_id = $1 AND channel_id = $2 AND state = 'PENDING' \
            AND position IN (SELECT o.position FROM outbox o WHERE o.account_id = $1 \
            AND o.channel_id = $2 AND o.state = 'PENDING' \
            AND (o.lease_until IS NULL OR o.lease_until <= $5) AND (o.monitor_id IS NULL \
            OR NOT EXISTS (SELECT 1 FROM outbox e WHERE e.account_id = $1 \
            AND e.channel_id = $2 AND e.monitor_id = o.monitor_id AND e.position < o.position \
            AND e.state = 'PENDING' AND e.lease_until > $5)) ORDER BY o.position \
            LIMIT CAST($6 AS BIGINT)) \
            RETURNING ", outbox_columns!());
        GROUP_ATTEMPTS = "INSERT INTO attempts (account_id, notification_id, id, at, took_us, \
            delivered, status_code, error) SELECT o.account_id, o.id, $4, $5, $6, $7, $8, $9 \
            FROM outbox o WHERE o.account_id = $1 AND o.channel_id = $2 AND o.lease_token = $3 \
            AND o.lease_until IS NOT NULL";
        GROUP_RECORD = "UPDATE outbox SET state = CASE WHEN $4 = 'PENDING' AND created_at < $5 \
            THEN 'DEAD' ELSE $4 END, next_attempt_at = NULL, lease_token = NULL, \
            lease_until = NULL, attempts = attempts + 1 WHERE account_id = $1 \
            AND channel_id = $2 AND lease_token = $3 AND lease_until IS NOT NULL";
        GROUP_RELEASE = "UPDATE outbox SET lease_token = NULL, lease_until = NULL \
            WHERE account_id = $1 AND channel_id = $2 AND lease_token = $3 \
            AND lease_until IS NOT NULL";

        // Results
        RESULT_INSERT = "INSERT INTO results (account_id, monitor_id, at, region, sequence, \
            status, reason, status_code, total_us, dns_us, connect_us, tls_us, first_byte_us, \
            download_us, valid_for_us, detail, maintenance) \
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) \
            ON CONFLICT DO NOTHING";
        RESULTS = concat!("SELECT ", result_columns!(), " FROM results \
            WHERE account_id = $1 AND monitor_id = $2 AND at >= $3 AND at < $4 \
            AND ($5 IS NULL OR status = $5) AND ($6 IS NULL OR region = $6) \
            AND (at, region, sequence) < ($7, $8, $9) \
            ORDER BY at DESC, region DESC, sequence DESC LIMIT CAST($10 AS BIGINT)");
        RESULTS_FROM = "SELECT at, valid_for_us, status, total_us, maintenance FROM results \
            WHERE account_id = $1 AND monitor_id = $2 AND at >= $3 AND at < $4 \
            ORDER BY at, region, sequence LIMIT CAST($5 AS BIGINT)";
        RESULT_BEFORE = "SELECT at, valid_for_us, status, total_us, maintenance FROM results \
            WHERE account_id = $1 AND monitor_id = $2 AND at < $3 \
            ORDER BY at DESC, region DESC, sequence DESC LIMIT 1";
        ROLLUPS = concat!("SELECT ", rollup_columns!(), " FROM rollups WHERE account_id = $1 \
            AND monitor_id = $2 AND resolution = $3 AND start >= $4 AND start < $5 \
            ORDER BY start");
        ROLLUPS_DELETE = "DELETE FROM rollups WHERE account_id = $1 AND monitor_id = $2 \
            AND resolution = $3 AND start >= $4 AND start < $5";
        ROLLUP_INSERT = "INSERT INTO rollups (account_id, monitor_id, resolution, start, up_us, \
            degraded_us, down_us, unknown_us, checks, latencies, up_checks, degraded_checks, \
            down_checks, unknown_checks, maintenance_us) \
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
        MARK_BACK = "INSERT INTO rollup_marks (account_id, monitor_id, next_minute) \
            SELECT account_id, id, $3 FROM monitors WHERE account_id = $1 AND id = $2 \
            ON CONFLICT (monitor_id) DO UPDATE SET next_minute = \
            CASE WHEN excluded.next_minute < rollup_marks.next_minute \
            THEN excluded.next_minute ELSE rollup_marks.next_minute END";
        MARK_LOCK = "UPDATE rollup_marks SET next_minute = next_minute \
            WHERE account_id = $1 AND monitor_id = $2 RETURNING next_minute";
        MARK_SET = "UPDATE rollup_marks SET next_minute = $3 \
            WHERE account_id = $1 AND monitor_id = $2";
        MARK_DELETE = "DELETE FROM rollup_marks WHERE account_id = $1 AND monitor_id = $2";
        RESULTS_PRUNE = "DELETE FROM results WHERE account_id = $1 AND monitor_id = $2 \
            AND (at, region, sequence) IN (SELECT at, region, sequence FROM results \
            WHERE account_id = $1 AND monitor_id = $2 AND at < $3 AND (at + valid_for_us < $3 \
            OR at < (SELECT MAX(at) FROM results WHERE account_id = $1 AND monitor_id = $2 \
            AND at < $3)) ORDER BY at LIMIT CAST($4 AS BIGINT))";
        ROLLUPS_PRUNE = "DELETE FROM rollups WHERE account_id = $1 AND monitor_id = $2 \
            AND resolution = $3 AND start IN (SELECT start FROM rollups \
            WHERE account_id = $1 AND monitor_id = $2 AND resolution = $3 AND start < $4 \
            ORDER BY start LIMIT CAST($5 AS BIGINT))";
    }
    everyone {
        // TenantResolver
        BY_API_KEY = concat!("SELECT ", api_key_columns!(), " FROM api_keys WHERE hash = $1");
        BY_HEARTBEAT = "SELECT account_id, monitor_id FROM heartbeats WHERE token_hash = $1";
        BY_BADGE = "SELECT account_id, monitor_id FROM badges WHERE key_hash = $1";
        FOUNDER = "SELECT a.account_id, a.founder_id FROM installation i \
            JOIN accounts a ON a.account_id = i.account_id";
        // MonitorFeed
        FEED_BUMP = "UPDATE feed_counter SET n = n + 1 WHERE one = 1 RETURNING n";
        FEED_MARK = "SELECT n FROM feed_counter WHERE one = 1";
        FEED_SNAPSHOT = concat!("SELECT ", monitor_columns!(), last_result!(), monitor_tables!(),
            "WHERE m.id > $1 ORDER BY m.id LIMIT CAST($2 AS BIGINT)");
        FEED_CHANGES = "SELECT monitor_id, mark FROM feed WHERE mark > $1 ORDER BY mark \
            LIMIT CAST($2 AS BIGINT)";
        FEED_ROW = concat!("SELECT ", monitor_columns!(), last_result!(), monitor_tables!(),
            "WHERE m.id = $1");
        FEED_PRUNE = "DELETE FROM feed WHERE monitor_id IN (SELECT f.monitor_id FROM feed f \
            WHERE f.at < $1 AND NOT EXISTS (SELECT 1 FROM monitors m WHERE m.id = f.monitor_id) \
            LIMIT CAST($2 AS BIGINT))";
        // IncidentStore::waiting, IncidentStore::due_reminders
        WAITING = concat!("SELECT ", event_columns!(), " FROM events \
            WHERE waits AND (account_id, id) > ($1, $2) ORDER BY account_id, id \
            LIMIT CAST($3 AS BIGINT)");
        DUE_REMINDERS = concat!("SELECT ", event_columns!(), " FROM events \
            WHERE next_reminder_at IS NOT NULL AND next_reminder_at <= $1 AND status = 'OPEN' \
            AND acknowledged_at IS NULL AND (next_reminder_at, id) > ($2, $3) \
            ORDER BY next_reminder_at, id LIMIT CAST($4 AS BIGINT)");
        // Outbox::lease, Outbox::next_due
        // PostgreSQL has one of its own, which passes over what another one is leasing.
        OUTBOX_LEASE = concat!(outbox_turns!(),
            "UPDATE outbox SET lease_token = $2, lease_until = $3 \
            WHERE state = 'PENDING' AND (lease_until IS NULL OR lease_until <= $1) \
            AND position IN (SELECT t.position FROM turns t WHERE t.turn <= $5 \
            ORDER BY t.turn, t.position LIMIT CAST($4 AS BIGINT)) RETURNING ", outbox_columns!());
        // Only what waits is leased. Of the rest the first head in the order of their times.
        OUTBOX_NEXT_DUE = concat!("SELECT MIN(at) FROM (SELECT MIN(o.lease_until) AS at \
            FROM outbox o WHERE o.lease_until IS NOT NULL UNION ALL SELECT head.at FROM \
            (SELECT o.next_attempt_at AS at FROM outbox o WHERE o.state = 'PENDING' \
            AND o.lease_until IS NULL AND ", is_head!(), " ORDER BY o.next_attempt_at LIMIT 1) \
            head) both_kinds");
        // HoldStore::lease_held
        HOLDS_DUE = "SELECT MIN(until_at) FROM outbox_holds";
        HOLD_LEASE = "UPDATE outbox_holds SET lease_token = $2, until_at = $3 \
            WHERE until_at <= $1 AND (account_id, channel_id) = (SELECT h.account_id, \
            h.channel_id FROM outbox_holds h WHERE h.until_at <= $1 \
            ORDER BY h.until_at, h.account_id, h.channel_id LIMIT 1) \
            RETURNING account_id, channel_id, failures, most";
        // Outbox::waiting
        OUTBOX_WAITING = "SELECT COUNT(*) FROM outbox WHERE state = 'PENDING'";
        // ResultStore::roll_up, ResultStore::prune
        MARKS = "SELECT account_id, monitor_id FROM rollup_marks WHERE next_minute < $1 \
            ORDER BY next_minute LIMIT CAST($2 AS BIGINT)";
        OLDEST_MARK = "SELECT MIN(next_minute) FROM rollup_marks";
        RESULTS_BEGIN = "SELECT results_begin FROM retention WHERE one = 1";
        RESULTS_BEGIN_SET = "UPDATE retention SET results_begin = $1 \
            WHERE one = 1 AND results_begin < $1";
        RESULTS_OVERDUE = "SELECT m.account_id, m.id AS monitor_id FROM monitors m \
            WHERE EXISTS (SELECT 1 FROM results r WHERE r.monitor_id = m.id AND r.at < $1 \
            AND (r.at + r.valid_for_us < $1 OR r.at < (SELECT MAX(n.at) FROM results n \
            WHERE n.monitor_id = m.id AND n.at < $1))) LIMIT CAST($2 AS BIGINT)";
        ROLLUPS_OVERDUE = "SELECT m.account_id, m.id AS monitor_id FROM monitors m \
            WHERE EXISTS (SELECT 1 FROM rollups r WHERE r.monitor_id = m.id \
            AND r.resolution = $1 AND r.start < $2) LIMIT CAST($3 AS BIGINT)";
        EVENTS_PRUNE = "DELETE FROM events WHERE (account_id, id) IN \
            (SELECT account_id, id FROM events WHERE status = 'RESOLVED' AND resolved_at < $1 \
            ORDER BY resolved_at LIMIT CAST($2 AS BIGINT))";
        WINDOWS_PRUNE = "DELETE FROM maintenance_windows WHERE (account_id, id) IN \
            (SELECT account_id, id FROM maintenance_windows \
            WHERE over_at IS NOT NULL AND over_at < $1 ORDER BY over_at LIMIT CAST($2 AS BIGINT))";
        SILENCES_PRUNE = "DELETE FROM silences WHERE (account_id, id) IN \
            (SELECT account_id, id FROM silences WHERE ends_at < $1 ORDER BY ends_at \
            LIMIT CAST($2 AS BIGINT))";
        KEYS_PRUNE = "UPDATE audit SET idempotency_key = NULL, fingerprint = NULL \
            WHERE (account_id, id) IN (SELECT account_id, id FROM audit \
            WHERE idempotency_key IS NOT NULL AND at < $1 ORDER BY at LIMIT CAST($2 AS BIGINT))";
        OUTBOX_PRUNE = "DELETE FROM outbox WHERE position IN (SELECT position FROM outbox \
            WHERE created_at < $1 AND state <> 'PENDING' ORDER BY created_at \
            LIMIT CAST($2 AS BIGINT))";
    }
}

/// [`OUTBOX_LEASE`] for a database with many writers: what another one is leasing at this moment is
/// passed over, not waited for.
pub(crate) const OUTBOX_LEASE_SKIPPING: &str = concat!(
    outbox_turns!(),
    "UPDATE outbox SET lease_token = $2, lease_until = $3 WHERE position IN \
     (SELECT o.position FROM outbox o WHERE o.state = 'PENDING' \
     AND (o.lease_until IS NULL OR o.lease_until <= $1) \
     AND o.position IN (SELECT t.position FROM turns t WHERE t.turn <= $5 \
     ORDER BY t.turn, t.position LIMIT CAST($4 AS BIGINT)) FOR UPDATE SKIP LOCKED) RETURNING ",
    outbox_columns!()
);

#[cfg(test)]
mod tests {
    use super::*;

    /// Every statement on behalf of an account names the account, and no other statement may.
    #[test]
    fn the_tenant_filter_is_in_every_tenant_statement() {
        for (name, text) in TENANT {
            let filters = text.matches("account_id = $1").count();
            let inserts = text.starts_with("INSERT INTO ") && text.contains(" (account_id, ");
            assert!(
                filters > 0 || inserts,
                "{name} does not name the account: {text}"
            );
            // A sub-select reads a table of its own and is filtered by itself: by the account, or
            // by the row around it, which is.
            let correlated = text.matches("account_id = m.account_id").count();
            assert!(
                text.matches("SELECT ").count() <= filters + correlated,
                "{name} reads a table without the account: {text}"
            );
        }
        for (name, text) in EVERYONE {
            assert!(
                !text.contains("account_id = $1"),
                "{name} belongs to the tenant list"
            );
        }
    }

    /// See the head of this file.
    #[test]
    fn no_limit_makes_sqlite_plan_anew() {
        for (name, text) in TENANT.iter().chain(EVERYONE) {
            assert!(!text.contains("LIMIT $"), "{name} has a bare limit: {text}");
        }
    }
}
