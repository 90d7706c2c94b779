//! No statement walks a table that grows: each finds its rows through an index, as the role that it runs as.

use super::*;
use crate::sql::statement;
use monitorah_core::AccountId;
use sqlx::{Either, SqlSafeStr, Statement};
use std::collections::BTreeMap;

/// Tables that do not grow with monitors or time.
const SMALL: [&str; 6] = [
    "installation",
    "feed_counter",
    "retention",
    "replicas",
    "buckets",
    "accounts",
];

/// What of a plan walks a growing table: a sequential scan, or an index that is read from its one
/// end to its other because no condition says where.
fn walks(plan: &[String], leads: &BTreeMap<String, String>) -> Vec<String> {
    let depth = |line: &str| line.len() - line.trim_start().len();
    let mut found = Vec::new();
    for (place, line) in plan.iter().enumerate() {
        let node = line.trim_start().trim_start_matches("->").trim_start();
        let Some((how, rest)) = node.split_once(" on ") else {
            continue;
        };
        let whole = how.starts_with("Seq Scan") || how.starts_with("Parallel Seq Scan");
        // The heap of a bitmap is read as its indexes say: those are lines of their own.
        let by_index = how.starts_with("Index ") || how.starts_with("Bitmap Index");
        if !whole && !by_index {
            continue;
        }
        let table = rest.split_whitespace().next().unwrap_or_default();
        // One end of an index only, under a limit, is no walk.
        if SMALL
            .iter()
            .any(|small| table == *small || table.starts_with(&format!("{small}_")))
        {
            continue;
        }
        let own = plan
            .iter()
            .skip(place + 1)
            .take_while(|next| depth(next) > depth(line) && !next.trim_start().starts_with("->"));
        let index = match how.split_once(" using ") {
            Some((_, index)) => index,
            None => table,
        };
        let lead = leads.get(index);
        let bounded = own.into_iter().any(|next| is_bound(next, lead));
        if whole || !bounded {
            found.push(node.split("  (").next().unwrap_or_default().to_owned());
        }
    }
    found
}

/// Whether a line says where in an index to begin or to end: that must be said of its first column,
/// and that there is a value says neither.
fn is_bound(line: &str, lead: Option<&String>) -> bool {
    let Some((_, condition)) = line.split_once("Index Cond: ") else {
        return false;
    };
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    condition.split(" AND ").any(|part| {
        let mut words = part.split(|letter| !is_word(letter));
        !part.contains("IS NOT NULL") && words.any(|word| Some(word) == lead.map(String::as_str))
    })
}

/// The first column of every index.
async fn leads(admin: &mut PgConnection) -> BTreeMap<String, String> {
    let text = "SELECT c.relname::text, a.attname::text FROM pg_index i \
        JOIN pg_class c ON c.oid = i.indexrelid \
        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]";
    let rows: Vec<(String, String)> = sqlx::query_as(text).fetch_all(admin).await.unwrap();
    rows.into_iter().collect()
}

/// The plan of a statement for whatever it is given, as a server runs it: where the planner finds
/// any other way, it does not walk.
async fn plan(tx: &mut Transaction<'static, Postgres>, text: &str) -> Vec<String> {
    let text = typed(text.to_owned());
    let prepared = (&mut **tx)
        .prepare(AssertSqlSafe(text.clone()).into_sql_str())
        .await
        .unwrap_or_else(|error| panic!("{error}: {text}"));
    let places = match prepared.parameters() {
        Some(Either::Left(kinds)) => kinds.len(),
        Some(Either::Right(count)) => count,
        None => 0,
    };
    let mut run = async |text: String| {
        sqlx::query_scalar::<_, String>(AssertSqlSafe(text))
            .persistent(false)
            .fetch_all(&mut **tx)
            .await
            .unwrap_or_else(|error| panic!("{error}"))
    };
    run("SET LOCAL enable_seqscan = off".to_owned()).await;
    run("SET LOCAL plan_cache_mode = force_generic_plan".to_owned()).await;
    run(format!("PREPARE asked AS {text}")).await;
    let values = vec!["NULL"; places].join(", ");
    let values = if places == 0 {
        String::new()
    } else {
        format!("({values})")
    };
    let plan = run(format!("EXPLAIN (COSTS off) EXECUTE asked{values}")).await;
    run("DEALLOCATE asked".to_owned()).await;
    plan
}

/// Notifications and monitors of fifty accounts, so that the planner has something to decide on.
const SEED: &str = "SET session_replication_role = replica; \
    INSERT INTO outbox (account_id, id, channel_id, monitor_id, kind, payload, created_at, state, \
    next_attempt_at, attempts) SELECT decode(lpad(to_hex(n % 50), 32, '0'), 'hex'), \
    decode(lpad(to_hex(n), 32, '0'), 'hex'), decode(lpad(to_hex(n % 500), 32, '0'), 'hex'), \
    decode(lpad(to_hex(n % 5000), 32, '0'), 'hex'), 'k', '', n, \
    CASE WHEN n % 2 = 0 THEN 'PENDING' ELSE 'DELIVERED' END, CASE WHEN n % 2 = 0 THEN n END, 0 \
    FROM generate_series(1, 40000) n; \
    INSERT INTO monitors (account_id, id, name, kind, target, config, seal_version, interval_us, \
    timeout_us, confirm_down, confirm_up, tags, paused, version, created_at, updated_at) \
    SELECT decode(lpad(to_hex(n % 50), 32, '0'), 'hex'), \
    decode(lpad(to_hex(n), 32, '0'), 'hex'), 'n', 'HTTP', '', '', 1, 1, 1, 1, 1, '', false, 1, n, n \
    FROM generate_series(1, 5000) n; \
    INSERT INTO monitor_state (account_id, monitor_id, state, version) \
    SELECT account_id, id, '{}', 0 FROM monitors; \
    INSERT INTO rollup_marks (account_id, monitor_id, next_minute) \
    SELECT account_id, id, created_at FROM monitors; \
    ANALYZE outbox; ANALYZE monitors; ANALYZE monitor_state; ANALYZE rollup_marks";

/// Walks that are the point of the statement, or end soon. Another version of the planner may find
/// another way than some of them.
const MEANT: [(&str, &str); 13] = [
    // The first rows in the order of an index, and what comes after what was found.
    ("OUTBOX_LEASE", "outbox_heads on outbox f"),
    ("OUTBOX_NEXT_DUE", "outbox_due on outbox o"),
    ("HOLDS_DUE", "outbox_holds_due"),
    ("OLDEST_MARK", "rollup_marks_next"),
    // What is leased: as many as are in flight. What waits, to count it.
    ("OUTBOX_NEXT_DUE", "outbox_leased"),
    ("OUTBOX_WAITING", "outbox_due"),
    // Channels that are held back: as many as there are storms.
    ("OUTBOX_LEASE", "outbox_holds_due"),
    // Each monitor once, in a round of retention, up to a limit.
    ("FEED_PRUNE", "feed_pkey on feed f"),
    ("FEED_PRUNE", "monitors_id_key on monitors m"),
    ("RESULTS_OVERDUE", "monitors_id_key on monitors m"),
    ("ROLLUPS_OVERDUE", "monitors_id_key on monitors m"),
    ("ROLLUPS_OVERDUE", "rollups_pkey on rollups r"),
    // Of a limit that it does not know the planner believes that it is a tenth of the table.
    ("OUTBOX_PRUNE", "outbox_pkey on outbox"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_statement_walks_a_table() {
    let cluster = Cluster::start().await.unwrap();
    let (store, database) = migrated(&cluster, 2).await;
    let mut admin = PgConnection::connect_with(&database).await.unwrap();
    let leads = leads(&mut admin).await;
    sqlx::raw_sql(SEED).execute(&mut admin).await.unwrap();
    let tenant = Tenant::of(AccountId::from_bytes([7; 16]));

    // The guard sees what it is there for.
    for (planted, walked) in [
        (
            "SELECT id FROM monitors WHERE account_id = $1 AND name = $2",
            0,
        ),
        ("SELECT id FROM monitors WHERE name = $1", 1),
        ("SELECT id FROM monitors ORDER BY id", 1),
        ("SELECT count(*) FROM outbox WHERE kind = $1", 1),
        ("SELECT max(at) FROM results WHERE region = $1", 1),
    ] {
        let mut tx = store.begin_across().await.unwrap();
        let plan = plan(&mut tx, planted).await;
        assert_eq!(
            walks(&plan, &leads).is_empty(),
            walked == 0,
            "{planted}: {plan:#?}"
        );
    }

    let mut wrong = Vec::new();
    let tenants = statement::TENANT.iter().map(|one| (one, true));
    let everyone = statement::EVERYONE.iter().map(|one| (one, false));
    for ((name, text), of_tenant) in tenants.chain(everyone) {
        // On PostgreSQL another text does this.
        let text = if *name == "OUTBOX_LEASE" {
            LEASE
        } else {
            *text
        };
        // The counter of the feed moves with what an account changes.
        let mut tx = if of_tenant || *name == "FEED_BUMP" {
            store.begin_write(&tenant).await.unwrap()
        } else {
            store.begin_across().await.unwrap()
        };
        for walk in walks(&plan(&mut tx, text).await, &leads) {
            let known = MEANT
                .iter()
                .any(|(of, table)| of == name && walk.contains(table));
            if !known {
                wrong.push(format!("{name}: {walk}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    store.close().await;
}
