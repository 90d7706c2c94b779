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

/// Walks that are the point of the statement, or end at their limit: the first rows in the order of
/// an index.
const MEANT: [(&str, &str); 0] = [];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_statement_walks_a_table() {
    let cluster = Cluster::start().await;
    let (store, database) = migrated(&cluster, 2).await;
    let mut admin = PgConnection::connect_with(&database).await.unwrap();
    let leads = leads(&mut admin).await;
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
    let mut meant = MEANT.to_vec();
    let tenants = statement::TENANT.iter().map(|one| (one, true));
    let everyone = statement::EVERYONE.iter().map(|one| (one, false));
    for ((name, text), of_tenant) in tenants.chain(everyone) {
        // On PostgreSQL another text does this.
        let text = if *name == "OUTBOX_LEASE" {
            LEASE
        } else {
            *text
        };
        let mut tx = if of_tenant {
            store.begin_write(&tenant).await.unwrap()
        } else {
            store.begin_across().await.unwrap()
        };
        for walk in walks(&plan(&mut tx, text).await, &leads) {
            let known = MEANT
                .iter()
                .any(|(of, table)| of == name && walk.contains(table));
            meant.retain(|(of, table)| !(of == name && walk.contains(table)));
            if !known {
                wrong.push(format!("{name}: {walk}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(meant.is_empty(), "nothing walks there any more: {meant:?}");
    store.close().await;
}
