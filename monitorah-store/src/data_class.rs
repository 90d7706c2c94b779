//! Who can read what is stored: every column of every table has a class, and a test walks the
//! schema so that none is left out.

/// Who can read a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DataClass {
    /// Whoever reads the database: ids, times, counters, states.
    Plain,
    /// Whoever reads the database; personal or searchable text, encrypted at rest by the platform:
    /// names, tags, references.
    Platform,
    /// Nobody without the account's data key: sealed before it reaches the store.
    Cmk,
}

use DataClass::{Cmk, Plain, Platform};

/// A table's columns, each with its class.
pub type TableClasses = (&'static str, &'static [(&'static str, DataClass)]);

/// The class of every column, table by table, in the order of the schema.
pub const DATA_CLASSES: &[TableClasses] = &[
    (
        "accounts",
        &[
            ("account_id", Plain),
            ("region", Plain),
            ("founder_id", Plain),
            ("created_at", Plain),
        ],
    ),
    ("installation", &[("one", Plain), ("account_id", Plain)]),
    (
        "users",
        &[
            ("account_id", Plain),
            ("id", Plain),
            ("email", Cmk),
            ("created_at", Plain),
        ],
    ),
    // A wrapped key opens only with the provider's key.
    (
        "data_keys",
        &[
            ("account_id", Plain),
            ("id", Plain),
            ("version", Plain),
            ("key_uri", Plain),
            ("wrapped", Plain),
        ],
    ),
    (
        "api_keys",
        &[
            ("account_id", Plain),
            ("id", Plain),
            ("user_id", Plain),
            ("name", Platform),
            ("prefix", Plain),
            ("hash", Plain),
            ("scopes", Plain),
            ("created_at", Plain),
            ("expires_at", Plain),
            ("revoked_at", Plain),
        ],
    ),
    (
        "audit",
        &[
            ("account_id", Plain),
            ("id", Plain),
            ("at", Plain),
            ("actor", Plain),
            ("action", Plain),
            ("object", Plain),
            ("request_id", Plain),
            ("idempotency_key", Platform),
            ("fingerprint", Plain),
        ],
    ),
    (
        "monitors",
        &[
            ("account_id", Plain),
            ("id", Plain),
            ("name", Platform),
            ("kind", Plain),
            ("target", Cmk),
            ("config", Cmk),
            ("seal_version", Plain),
            ("interval_us", Plain),
            ("timeout_us", Plain),
            ("confirm_down", Plain),
            ("confirm_up", Plain),
            ("tags", Platform),
            ("external_ref", Platform),
            ("paused", Plain),
            ("version", Plain),
            ("created_at", Plain),
            ("updated_at", Plain),
            ("group_path", Platform),
            ("owner", Platform),
            ("search_name", Platform),
        ],
    ),
    (
        "monitor_parents",
        &[
            ("account_id", Plain),
            ("monitor_id", Plain),
            ("parent_id", Plain),
            ("parent", Plain),
        ],
    ),
    (
        "monitor_tags",
        &[
            ("account_id", Plain),
            ("monitor_id", Plain),
            ("tag", Platform),
        ],
    ),
    (
        "monitor_state",
        &[
            ("account_id", Plain),
            ("monitor_id", Plain),
            ("state", Plain),
            ("version", Plain),
            ("shown", Plain),
        ],
    ),
    // The state names runs by the job's own ids.
    (
        "badges",
        &[
            ("account_id", Plain),
            ("monitor_id", Plain),
            ("key", Cmk),
            ("key_hash", Plain),
            ("created_at", Plain),
        ],
    ),
    (
        "heartbeats",
        &[
            ("account_id", Plain),
            ("monitor_id", Plain),
            ("token", Cmk),
            ("token_hash", Plain),
            ("state", Platform),
            ("version", Plain),
        ],
    ),
    (
        "manual_status",
        &[
            ("account_id", Plain),
            ("monitor_id", Plain),
            ("status", Plain),
            ("message", Cmk),
            ("at", Plain),
        ],
    ),
    (
        "pings",
        &[
            ("account_id", Plain),
            ("monitor_id", Plain),
            ("id", Plain),
            ("at", Plain),
            ("kind", Plain),
            ("run_id", Platform),
            ("exit_status", Plain),
            ("duration_us", Plain),
            ("body", Cmk),
        ],
    ),
    (
        "feed",
        &[
            ("account_id", Plain),
            ("monitor_id", Plain),
            ("mark", Plain),
            ("at", Plain),
        ],
    ),
    ("feed_counter", &[("one", Plain), ("n", Plain)]),
    (
        "events",
        &[
            ("account_id", Plain),
            ("id", Plain),
            ("monitor_id", Plain),
            ("status", Plain),
            ("severity", Plain),
            ("reason", Plain),
            ("started_at", Plain),
            ("confirmed_at", Plain),
            ("resolved_at", Plain),
            ("resolution", Plain),
            ("flapping", Plain),
            ("acknowledged_at", Plain),
            ("reminders", Plain),
            ("next_reminder_at", Plain),
            ("told", Plain),
            ("waits", Plain),
        ],
    ),
    (
        "evidence",
        &[
            ("account_id", Plain),
            ("event_id", Plain),
            ("sequence", Plain),
            ("at", Plain),
            ("detail", Cmk),
        ],
    ),
    (
        "channels",
        &[
            ("account_id", Plain),
            ("id", Plain),
            ("name", Platform),
            ("kind", Plain),
            ("config", Cmk),
            ("seal_version", Plain),
            ("enabled", Plain),
            ("version", Plain),
            ("created_at", Plain),
            ("updated_at", Plain),
        ],
    ),
    (
        "rules",
        &[
            ("account_id", Plain),
            ("id", Plain),
            ("name", Platform),
            ("all_monitors", Plain),
            ("kinds", Plain),
            ("remind_every_us", Plain),
            ("enabled", Plain),
            ("version", Plain),
            ("created_at", Plain),
        ],
    ),
    (
        "rule_channels",
        &[
            ("account_id", Plain),
            ("rule_id", Plain),
            ("channel_id", Plain),
        ],
    ),
    (
        "rule_monitors",
        &[
            ("account_id", Plain),
            ("rule_id", Plain),
            ("monitor_id", Plain),
        ],
    ),
    (
        "maintenance_windows",
        &[
            ("account_id", Plain),
            ("id", Plain),
            ("name", Platform),
            ("all_monitors", Plain),
            ("tags", Platform),
            ("groups", Platform),
            ("schedule", Plain),
            ("cut", Plain),
            ("over_at", Plain),
            ("version", Plain),
            ("created_at", Plain),
            ("updated_at", Plain),
        ],
    ),
    (
        "maintenance_monitors",
        &[
            ("account_id", Plain),
            ("window_id", Plain),
            ("monitor_id", Plain),
            ("monitor", Plain),
        ],
    ),
    (
        "silences",
        &[
            ("account_id", Plain),
            ("id", Plain),
            ("reason", Platform),
            ("all_monitors", Plain),
            ("tags", Platform),
            ("groups", Platform),
            ("starts_at", Plain),
            ("ends_at", Plain),
            ("created_by", Plain),
            ("version", Plain),
            ("created_at", Plain),
            ("updated_at", Plain),
        ],
    ),
    (
        "silence_monitors",
        &[
            ("account_id", Plain),
            ("silence_id", Plain),
            ("monitor_id", Plain),
            ("monitor", Plain),
        ],
    ),
    (
        "outbox",
        &[
            ("position", Plain),
            ("account_id", Plain),
            ("id", Plain),
            ("channel_id", Plain),
            ("monitor_id", Plain),
            ("event_id", Plain),
            ("kind", Plain),
            ("payload", Cmk),
            ("created_at", Plain),
            ("state", Plain),
            ("next_attempt_at", Plain),
            ("lease_token", Plain),
            ("lease_until", Plain),
            ("attempts", Plain),
        ],
    ),
    (
        "outbox_holds",
        &[
            ("account_id", Plain),
            ("channel_id", Plain),
            ("until_at", Plain),
            ("failures", Plain),
            ("most", Plain),
            ("lease_token", Plain),
        ],
    ),
    // What a receiver answered may quote it: text of others, without secrets.
    (
        "attempts",
        &[
            ("account_id", Plain),
            ("notification_id", Plain),
            ("id", Plain),
            ("at", Plain),
            ("took_us", Plain),
            ("delivered", Plain),
            ("status_code", Plain),
            ("error", Platform),
        ],
    ),
    (
        "results",
        &[
            ("account_id", Plain),
            ("monitor_id", Plain),
            ("at", Plain),
            ("region", Plain),
            ("sequence", Plain),
            ("status", Plain),
            ("reason", Plain),
            ("status_code", Plain),
            ("total_us", Plain),
            ("dns_us", Plain),
            ("connect_us", Plain),
            ("tls_us", Plain),
            ("first_byte_us", Plain),
            ("download_us", Plain),
            ("valid_for_us", Plain),
            ("detail", Cmk),
            ("maintenance", Plain),
        ],
    ),
    (
        "rollups",
        &[
            ("account_id", Plain),
            ("monitor_id", Plain),
            ("resolution", Plain),
            ("start", Plain),
            ("up_us", Plain),
            ("degraded_us", Plain),
            ("down_us", Plain),
            ("unknown_us", Plain),
            ("checks", Plain),
            ("latencies", Plain),
            ("up_checks", Plain),
            ("degraded_checks", Plain),
            ("down_checks", Plain),
            ("unknown_checks", Plain),
            ("maintenance_us", Plain),
        ],
    ),
    (
        "rollup_marks",
        &[
            ("account_id", Plain),
            ("monitor_id", Plain),
            ("next_minute", Plain),
        ],
    ),
    ("retention", &[("one", Plain), ("results_begin", Plain)]),
];
