//! What holds for the file itself: every statement fits its schema, and none walks a tenant's table.

use super::*;
use crate::{SchemaState, sql::statement};
use monitorah_core::environment::SystemEnvironment;
use sqlx::{AssertSqlSafe, Executor, SqlSafeStr};
use std::sync::Arc;

async fn fresh() -> (tempfile::TempDir, SqliteStore) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("monitorah.db");
    let environment = Arc::new(SystemEnvironment::new());
    let store = SqliteStore::open(&path, SqliteOptions::new(environment))
        .await
        .unwrap();
    assert!(matches!(
        store.schema_state().await.unwrap(),
        SchemaState::Behind { schema: 0, .. }
    ));
    store.migrate().await.unwrap();
    assert_eq!(store.schema_state().await.unwrap(), SchemaState::Current);
    (directory, store)
}

#[tokio::test]
async fn every_statement_fits_the_schema() {
    let (_directory, store) = fresh().await;
    for (name, text) in statement::TENANT.iter().chain(statement::EVERYONE) {
        let mut connection = store.writer.acquire().await.unwrap();
        let prepared = connection.prepare(text.into_sql_str()).await;
        assert!(prepared.is_ok(), "{name}: {:?}", prepared.err());
    }
}

/// Every column of the schema has a class, and every class a column.
#[tokio::test]
async fn every_column_has_a_data_class() {
    let (_directory, store) = fresh().await;
    let stored: Vec<(String, String)> = sqlx::query_as(
        "SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c \
         WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name <> '_sqlx_migrations'",
    )
    .fetch_all(&mut *store.readers.acquire().await.unwrap())
    .await
    .unwrap();
    let mut stored: Vec<_> = stored
        .iter()
        .map(|(table, column)| (table.as_str(), column.as_str()))
        .collect();
    let mut classed: Vec<_> = crate::data_class::DATA_CLASSES
        .iter()
        .flat_map(|(table, columns)| columns.iter().map(|(column, _)| (*table, *column)))
        .collect();
    stored.sort_unstable();
    classed.sort_unstable();
    assert_eq!(stored, classed);
}

/// The steps of a plan that read a whole table, or a whole index of one: `SCAN`, with an index or
/// without.
async fn walks(store: &SqliteStore, text: &str) -> Vec<String> {
    let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {text}"));
    let plan: Vec<(i64, i64, i64, String)> = sqlx::query_as(explain)
        .fetch_all(&store.writer)
        .await
        .unwrap();
    plan.into_iter()
        .filter_map(|(.., step)| {
            // A search without a condition looks for the least or the greatest, as far as it takes.
            let search = step
                .strip_prefix("SEARCH ")
                .filter(|rest| !rest.contains('('));
            step.strip_prefix("SCAN ").or(search).map(str::to_owned)
        })
        .filter(|walked| !walked.contains("CONSTANT") && !walked.starts_with("(subquery-"))
        .collect()
}

/// No statement reads a whole table of rows that grow with the tenants: each finds its rows
/// through an index.
#[tokio::test]
async fn no_statement_walks_a_table() {
    let (_directory, store) = fresh().await;
    // Tables of one row, and walks that are the very point: each monitor, or what waits, once; and
    // the first rows in the order of an index, up to a limit.
    let meant = [
        ("FOUNDER", "i"),
        (
            "RESULTS_OVERDUE",
            "m USING COVERING INDEX sqlite_autoindex_monitors_2",
        ),
        (
            "ROLLUPS_OVERDUE",
            "m USING COVERING INDEX sqlite_autoindex_monitors_2",
        ),
        ("FEED_PRUNE", "f"),
        // What was found so far of the monitors above one: no table at all.
        ("ANCESTOR_SELF", "up"),
        // What is due, at most a few of each channel; and the channels that something waits for.
        ("OUTBOX_LEASE", "d"),
        ("OUTBOX_LEASE", "w"),
        ("OUTBOX_NEXT_DUE", "head"),
        ("OUTBOX_NEXT_DUE", "both_kinds"),
        // The first in the order of an index.
        ("OUTBOX_LEASE", "f USING COVERING INDEX outbox_heads"),
        ("OUTBOX_NEXT_DUE", "o USING INDEX outbox_due"),
        (
            "HOLDS_DUE",
            "outbox_holds USING COVERING INDEX outbox_holds_due",
        ),
        (
            "OLDEST_MARK",
            "rollup_marks USING COVERING INDEX rollup_marks_next",
        ),
        // What is leased: as many as are in flight. What waits, to count it.
        ("OUTBOX_NEXT_DUE", "o USING COVERING INDEX outbox_leased"),
        ("OUTBOX_WAITING", "outbox USING COVERING INDEX outbox_due"),
    ];
    // The guard sees what it is there for: also an index that is read from end to end.
    for (planted, walked) in [
        (
            "SELECT id FROM monitors WHERE account_id = $1 AND id > $2",
            false,
        ),
        ("SELECT id FROM monitors WHERE name = $1", true),
        ("SELECT id FROM monitors ORDER BY id", true),
        ("SELECT MAX(at) FROM results WHERE region = $1", true),
        ("SELECT account_id, id FROM outbox", true),
    ] {
        let found = walks(&store, planted).await;
        assert_eq!(!found.is_empty(), walked, "{planted}: {found:?}");
    }
    let mut wrong = Vec::new();
    let mut unused = meant.to_vec();
    for (name, text) in statement::TENANT.iter().chain(statement::EVERYONE) {
        for walked in walks(&store, text).await {
            unused.retain(|known| *known != (*name, walked.as_str()));
            if !meant.contains(&(*name, walked.as_str())) {
                wrong.push(format!("{name}: SCAN {walked}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(
        unused.is_empty(),
        "nothing walks there any more: {unused:?}"
    );
}

/// A lease looks at what is first in line of each channel, and at nothing behind it: however many
/// notifications wait. So does the question when something is due next.
#[tokio::test]
async fn a_lease_reads_no_line_to_its_end() {
    let (_directory, store) = fresh().await;
    for (name, text, wanted) in [
        (
            "OUTBOX_LEASE",
            statement::OUTBOX_LEASE,
            &[
                "SCAN f USING COVERING INDEX outbox_heads",
                "SEARCH n USING COVERING INDEX outbox_heads ((account_id,channel_id)>(?,?))",
                "SEARCH o USING INDEX outbox_heads (account_id=? AND channel_id=?)",
                "SEARCH l USING INDEX outbox_leased (account_id=? AND channel_id=? AND lease_until>?)",
            ][..],
        ),
        (
            "OUTBOX_NEXT_DUE",
            statement::OUTBOX_NEXT_DUE,
            &["USING INDEX outbox_due"][..],
        ),
    ] {
        let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {text}"));
        let plan: Vec<(i64, i64, i64, String)> = sqlx::query_as(explain)
            .fetch_all(&store.writer)
            .await
            .unwrap();
        let steps: Vec<_> = plan.into_iter().map(|(.., step)| step).collect();
        for wanted in wanted {
            let found = steps.iter().any(|step| step.contains(wanted));
            assert!(found, "{name}: no {wanted} in {steps:#?}");
        }
    }
}

/// Analytics read their buckets, and nothing else, through the key: whatever the number of rows.
#[tokio::test]
async fn rollups_are_read_through_their_key() {
    let (_directory, store) = fresh().await;
    let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {}", statement::ROLLUPS));
    let plan: Vec<(i64, i64, i64, String)> = sqlx::query_as(explain)
        .fetch_all(&store.writer)
        .await
        .unwrap();
    let steps: Vec<_> = plan.into_iter().map(|(.., step)| step).collect();
    assert_eq!(
        steps,
        [
            "SEARCH rollups USING PRIMARY KEY (monitor_id=? AND resolution=? AND start>? AND \
          start<?)"
        ],
        "no scan, and no sort after it"
    );
}

#[tokio::test]
async fn the_file_is_private_and_the_writer_durable() {
    use std::os::unix::fs::PermissionsExt;
    let (directory, store) = fresh().await;
    for (pragma, expected) in [
        ("PRAGMA synchronous", 2_i64),
        ("PRAGMA foreign_keys", 1),
        ("PRAGMA busy_timeout", 5_000),
    ] {
        let value: i64 = sqlx::query_scalar(pragma)
            .fetch_one(&store.writer)
            .await
            .unwrap();
        assert_eq!(value, expected, "{pragma}");
    }
    let journal: String = sqlx::query_scalar("PRAGMA journal_mode")
        .fetch_one(&store.writer)
        .await
        .unwrap();
    assert_eq!(journal, "wal");
    let mut names = Vec::new();
    for entry in std::fs::read_dir(directory.path()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{:?}", entry.file_name());
        names.push(entry.file_name().into_string().unwrap());
    }
    names.sort();
    assert_eq!(
        names,
        ["monitorah.db", "monitorah.db-shm", "monitorah.db-wal"]
    );
    let refused = sqlx::query("DELETE FROM audit")
        .execute(&mut *store.readers.acquire().await.unwrap())
        .await;
    assert!(refused.is_err(), "a reader could write");
}

/// A schema of a later version is left alone.
#[tokio::test]
async fn a_newer_schema_is_refused() {
    let (_directory, store) = fresh().await;
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (999, 'later', 1, x'00', 0)",
    )
    .execute(&store.writer)
    .await
    .unwrap();
    assert!(matches!(
        store.schema_state().await.unwrap(),
        SchemaState::Newer { schema: 999, .. }
    ));
    let refused = store.migrate().await.unwrap_err();
    assert!(refused.to_string().contains("newer version"), "{refused}");
}

/// A process that ends before the commit of a settle leaves nothing of it.
#[tokio::test]
async fn a_settle_without_its_commit_leaves_nothing() {
    use monitorah_core::{
        port::{AccountStore, IncidentStore, MonitorStore, Outbox, Settlement},
        testkit::conformance::sample,
    };
    let (_directory, store) = fresh().await;
    let home = sample::home();
    store
        .found(&sample::founding(), &sample::act(0))
        .await
        .unwrap();
    let monitor = sample::monitor(1);
    store
        .create_monitor(&home, &monitor, None, &sample::act(0))
        .await
        .unwrap();
    let event = sample::event(1, &monitor);
    let settlement = Settlement {
        event: Some(event.clone()),
        evidence: vec![sample::evidence(&event, 0)],
        outbox: vec![sample::notification(1, Some(&monitor))],
        ..sample::settlement(&monitor, 0)
    };
    let mut tx = store.begin_across().await.unwrap();
    port::incident::write_settlement(&mut tx, &home, &settlement)
        .await
        .unwrap();
    drop(tx);
    assert_eq!(
        store
            .monitor(&home, monitor.id)
            .await
            .unwrap()
            .state_version,
        0
    );
    assert!(store.event(&home, event.id).await.is_err());
    assert_eq!(store.next_due().await.unwrap(), None);
    store.settle(&home, &settlement).await.unwrap();
    assert!(store.next_due().await.unwrap().is_some());
}

/// A row that cannot be understood is left out, counted, and stops nothing.
#[tokio::test]
async fn an_unreadable_row_stops_no_roll_up() {
    use monitorah_core::{
        Status,
        port::{AccountStore, MonitorStore, ResultStore},
        testkit::conformance::sample,
        uptime::Resolution,
    };
    let (_directory, store) = fresh().await;
    let home = sample::home();
    store
        .found(&sample::founding(), &sample::act(0))
        .await
        .unwrap();
    let monitors = [sample::monitor(1), sample::monitor(2)];
    for monitor in &monitors {
        store
            .create_monitor(&home, monitor, None, &sample::act(0))
            .await
            .unwrap();
        let rows: Vec<_> = (0..5)
            .map(|minute| sample::result(monitor, minute * 60, Status::Up))
            .collect();
        store.append(&rows).await.unwrap();
    }
    let [ill, well] = &monitors;
    // A value of a later version, one of another type, and a damaged one.
    for (second, damage) in [
        (60, "status = 'SIDEWAYS'"),
        (120, "total_us = 'slow'"),
        (240, "valid_for_us = -1"),
    ] {
        let damaged = sqlx::query(AssertSqlSafe(format!(
            "UPDATE results SET {damage} WHERE monitor_id = $1 AND at = $2"
        )))
        .bind(ill.id.as_bytes().as_slice())
        .bind(sample::at(second).as_microsecond())
        .execute(&store.writer)
        .await
        .unwrap();
        assert_eq!(damaged.rows_affected(), 1);
    }
    let mut unreadable = 0;
    loop {
        let report = store.roll_up(sample::at(86_400)).await.unwrap();
        unreadable += report.unreadable;
        if !report.more {
            break;
        }
    }
    assert_eq!(unreadable, 3);
    let checks = |monitor| {
        let (store, home) = (store.clone(), home);
        async move {
            store
                .rollups(
                    &home,
                    monitor,
                    Resolution::Minute,
                    sample::at(0),
                    sample::at(3_600),
                )
                .await
                .unwrap()
                .iter()
                .map(|minute| minute.checks)
                .sum::<u64>()
        }
    };
    assert_eq!((checks(ill.id).await, checks(well.id).await), (2, 5));
    // Nothing is left to do: the mark went on over the rows that say nothing.
    let report = store.roll_up(sample::at(86_400)).await.unwrap();
    assert_eq!(report, monitorah_core::port::RollUpReport::default());
}

/// A monitor that cannot be understood is left out and counted: all others are watched, listed, and
/// followed when they change, also when it is first or last in line, and alone on its page.
#[tokio::test]
async fn an_unreadable_monitor_stops_no_other() {
    use monitorah_core::{
        port::{AccountStore, MonitorFeed, MonitorStore, Page},
        testkit::conformance::sample,
    };
    let (_directory, store) = fresh().await;
    let home = sample::home();
    store
        .found(&sample::founding(), &sample::act(0))
        .await
        .unwrap();
    let start = store.mark().await.unwrap();
    for number in 1..=5 {
        let monitor = sample::monitor(number);
        store
            .create_monitor(&home, &monitor, None, &sample::act(0))
            .await
            .unwrap();
    }
    // A value that is none, one of another type, and states of a later version.
    for (number, table, id, damage) in [
        (1, "monitors", "id", "confirm_down = -1"),
        (3, "monitors", "id", "version = 'many'"),
        (4, "monitor_state", "monitor_id", "state = '{'"),
        (5, "monitors", "id", "tags = 'shop'"),
    ] {
        let text = AssertSqlSafe(format!("UPDATE {table} SET {damage} WHERE {id} = ?"));
        let damaged = sqlx::query(text)
            .bind(sample::monitor(number).id.as_bytes().as_slice())
            .execute(&store.writer)
            .await
            .unwrap();
        assert_eq!(damaged.rows_affected(), 1);
    }
    let well = sample::monitor(2).id;
    for limit in [1, 2, 9] {
        let (mut after, mut found, mut unreadable) = (None, Vec::new(), 0);
        loop {
            let page = store.snapshot(after, limit).await.unwrap();
            found.extend(page.rows.iter().map(|row| row.record.monitor.id));
            unreadable += page.unreadable;
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!((found, unreadable), (vec![well], 4), "{limit} at a time");
        let (mut mark, mut found, mut unreadable) = (start, 0, 0);
        loop {
            let page = store.changes(mark, limit).await.unwrap();
            if page.mark == mark {
                break;
            }
            found += page.changes.len();
            unreadable += page.unreadable;
            mark = page.mark;
        }
        assert_eq!((found, unreadable), (1, 4), "{limit} at a time");
        let listed = store
            .monitors(&home, &Default::default(), Page::first(limit))
            .await
            .unwrap();
        let listed: Vec<_> = listed.iter().map(|record| record.monitor.id).collect();
        assert_eq!(listed, [well], "{limit} at a time");
    }
}

/// An event that cannot be understood is left out and counted: the reminders and the late messages
/// of all others go on, also when it is first in line, and alone on its page.
#[tokio::test]
async fn an_unreadable_event_stops_no_reminder() {
    use monitorah_core::{
        incident::Event,
        port::{AccountStore, IncidentStore, MonitorStore, Settlement},
        quiet::Told,
        testkit::conformance::sample,
    };
    let (_directory, store) = fresh().await;
    let home = sample::home();
    store
        .found(&sample::founding(), &sample::act(0))
        .await
        .unwrap();
    for number in 1..=4 {
        let monitor = sample::monitor(number);
        store
            .create_monitor(&home, &monitor, None, &sample::act(0))
            .await
            .unwrap();
        let event = Event {
            next_reminder_at: Some(sample::at(i64::try_from(number).unwrap())),
            told: Told::default(),
            ..sample::event(number, &monitor)
        };
        let settlement = Settlement {
            event: Some(event),
            ..sample::settlement(&monitor, 0)
        };
        store.settle(&home, &settlement).await.unwrap();
    }
    // A value of a later version, one of another type, and a damaged one.
    for (number, damage) in [
        (1, "reason = 'ALIENS'"),
        (2, "reminders = 'many'"),
        (3, "told = '{'"),
    ] {
        let id = sample::event(number, &sample::monitor(number)).id;
        let text = AssertSqlSafe(format!("UPDATE events SET {damage} WHERE id = ?"));
        let damaged = sqlx::query(text)
            .bind(id.as_bytes().as_slice())
            .execute(&store.writer)
            .await
            .unwrap();
        assert_eq!(damaged.rows_affected(), 1);
    }
    let well = sample::event(4, &sample::monitor(4)).id;
    for limit in [1, 2, 9] {
        let (mut after, mut found, mut unreadable) = (None, Vec::new(), 0);
        loop {
            let page = store.due_reminders(sample::at(60), after, limit).await;
            let page = page.unwrap();
            found.extend(page.events.into_iter().map(|open| open.event.id));
            unreadable += page.unreadable;
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!((found, unreadable), (vec![well], 3), "{limit} at a time");
        let (mut after, mut found, mut unreadable) = (None, Vec::new(), 0);
        loop {
            let page = store.waiting(after, limit).await.unwrap();
            found.extend(page.events.into_iter().map(|open| open.event.id));
            unreadable += page.unreadable;
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!((found, unreadable), (vec![well], 3), "{limit} at a time");
    }
}

/// A full disk fails the write that met it, and no later one: SQLite ends the transaction by
/// itself then, and a connection that believes to be inside it would take no other.
#[tokio::test]
async fn a_full_disk_is_over_when_there_is_room_again() {
    use monitorah_core::{
        StoreErrorKind,
        port::{AccountStore, IncidentStore, MonitorStore, Settlement},
        testkit::conformance::sample,
    };
    let (_directory, store) = fresh().await;
    let home = sample::home();
    store
        .found(&sample::founding(), &sample::act(0))
        .await
        .unwrap();
    let monitor = sample::monitor(1);
    store
        .create_monitor(&home, &monitor, None, &sample::act(0))
        .await
        .unwrap();
    let limit = |pages: i64| {
        let store = store.clone();
        async move {
            let text = AssertSqlSafe(format!("PRAGMA max_page_count = {pages}"));
            sqlx::query_scalar::<_, i64>(text)
                .fetch_one(&store.writer)
                .await
                .unwrap()
        }
    };
    // No page more than there are.
    let pages = limit(1).await;
    let mut expected = 0;
    let refused = loop {
        let event = sample::event(1, &monitor);
        let many = (0..200)
            .map(|number| {
                sample::evidence(&event, number + 1_000 * i32::try_from(expected).unwrap())
            })
            .collect();
        let settlement = Settlement {
            event: Some(event),
            evidence: many,
            ..sample::settlement(&monitor, expected)
        };
        match store.settle(&home, &settlement).await {
            Ok(()) => expected += 1,
            Err(error) => break error,
        }
        assert!(expected < 100, "{pages} pages hold everything");
    };
    assert_eq!(refused.kind(), StoreErrorKind::Unavailable, "{refused}");
    assert_eq!(
        store
            .monitor(&home, monitor.id)
            .await
            .unwrap()
            .state_version,
        expected,
        "a failed write left something"
    );
    limit(1_000_000).await;
    store
        .settle(&home, &sample::settlement(&monitor, expected))
        .await
        .unwrap();
    assert_eq!(
        store
            .monitor(&home, monitor.id)
            .await
            .unwrap()
            .state_version,
        expected + 1
    );
}

/// A commit that fails leaves its transaction open: its connection is not used again, and nothing
/// of the transaction is stored.
#[tokio::test]
async fn a_failed_commit_costs_one_write_only() {
    let (_directory, store) = fresh().await;
    let mut tx = store.begin_across().await.unwrap();
    sqlx::query("PRAGMA defer_foreign_keys = ON")
        .execute(&mut *tx)
        .await
        .unwrap();
    sqlx::query(
        "INSERT INTO users (account_id, id, email, created_at) VALUES (x'01', x'02', x'03', 0)",
    )
    .execute(&mut *tx)
    .await
    .unwrap();
    assert!(tx.commit().await.is_err(), "the account does not exist");
    for _ in 0..3 {
        let tx = store.begin_across().await.unwrap();
        tx.commit().await.unwrap();
    }
    let users: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM users")
        .fetch_one(&mut *store.readers.acquire().await.unwrap())
        .await
        .unwrap();
    assert_eq!(users, 0);
}
