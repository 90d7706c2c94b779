//! The hot path of every check: many results a statement. Each statement is a message to the thread
//! of its connection and back, which costs more than the rows do.

use crate::sql::{
    fault::fault,
    statement as sql,
    value::{micros, status_text},
};
use jiff::Timestamp;
use monitorah_core::{MonitorId, StoreResult, Tenant, port::ResultRow, uptime::Resolution};
use sqlx::{Sqlite, Transaction};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

/// How many rows a statement has places for, the largest first: a batch is cut into few of them, and
/// the connection remembers each.
const SIZES: [usize; 7] = [50, 25, 12, 6, 3, 2, 1];
/// How many columns a result has.
const COLUMNS: usize = 17;
/// How many monitors one question is about; what is left over is asked as often as there are places.
const ASKED: [usize; 3] = [256, 32, 4];

/// A statement with so many rows of so many places between its two ends.
fn text(begin: &str, (rows, places): (usize, usize), end: &str) -> String {
    let row = format!("({})", vec!["?"; places].join(", "));
    let rows = vec![row.as_str(); rows].join(", ");
    format!("{begin} {rows} {end}")
}

/// The insert of so many results.
static INSERTS: LazyLock<Vec<(usize, String)>> = LazyLock::new(|| {
    let (begin, _) = sql::RESULT_INSERT
        .split_once("VALUES")
        .unwrap_or((sql::RESULT_INSERT, ""));
    let begin = format!("{begin}VALUES");
    let insert = |rows| text(&begin, (rows, COLUMNS), "ON CONFLICT DO NOTHING");
    SIZES.map(|rows| (rows, insert(rows))).into()
});

/// Which monitors of these want more than rows in the log: they are gone, or their mark is not as
/// far back as the batch. Nearly always none.
static UNUSUAL: LazyLock<Vec<(usize, String)>> = LazyLock::new(|| {
    let ask = |rows| {
        text(
            "WITH batch (account_id, monitor_id, minute) AS (VALUES",
            (rows, 3),
            ") SELECT DISTINCT b.monitor_id FROM batch b \
            LEFT JOIN monitors m ON m.account_id = b.account_id AND m.id = b.monitor_id \
            LEFT JOIN rollup_marks r ON r.monitor_id = b.monitor_id \
            WHERE m.id IS NULL OR r.next_minute IS NULL OR r.next_minute > b.minute",
        )
    };
    ASKED.map(|rows| (rows, ask(rows))).into()
});

fn account(tenant: &Tenant) -> Vec<u8> {
    tenant.account().as_bytes().to_vec()
}

/// Stores a batch of any accounts, and moves the marks of its monitors back to its oldest results.
pub(super) async fn write(
    tx: &mut Transaction<'static, Sqlite>,
    batch: &[ResultRow],
) -> StoreResult<()> {
    let gone = mark_back(tx, batch).await?;
    let rows: Vec<&ResultRow> = batch
        .iter()
        .filter(|row| gone.is_empty() || !gone.contains(&(row.tenant, row.monitor)))
        .collect();
    let mut rest = rows.as_slice();
    for (size, text) in INSERTS.iter() {
        while let Some((chunk, more)) = rest.split_at_checked(*size) {
            insert(tx, text, chunk).await?;
            rest = more;
        }
    }
    Ok(())
}

/// Moves the marks of the batch's monitors back to its oldest results. Returns the monitors that
/// are gone.
async fn mark_back(
    tx: &mut Transaction<'static, Sqlite>,
    batch: &[ResultRow],
) -> StoreResult<BTreeSet<(Tenant, MonitorId)>> {
    let mut oldest: BTreeMap<(Tenant, MonitorId), Timestamp> = BTreeMap::new();
    for row in batch {
        let minute = Resolution::Minute.floor(row.at);
        let from = oldest.entry((row.tenant, row.monitor)).or_insert(minute);
        *from = minute.min(*from);
    }
    let unusual = unusual(tx, &oldest).await?;
    let mut gone = BTreeSet::new();
    for ((tenant, monitor), minute) in oldest {
        if !unusual.contains(monitor.as_bytes().as_slice()) {
            continue;
        }
        let done = sqlx::query(sql::MARK_BACK)
            .bind(account(&tenant))
            .bind(monitor.as_bytes().as_slice())
            .bind(minute.as_microsecond())
            .execute(&mut **tx)
            .await
            .map_err(fault)?;
        if done.rows_affected() == 0 {
            gone.insert((tenant, monitor));
        }
    }
    Ok(gone)
}

/// Asks which of these monitors want more than rows in the log.
async fn unusual(
    tx: &mut Transaction<'static, Sqlite>,
    oldest: &BTreeMap<(Tenant, MonitorId), Timestamp>,
) -> StoreResult<BTreeSet<Vec<u8>>> {
    let all: Vec<_> = oldest.iter().collect();
    let mut found = BTreeSet::new();
    let mut rest = all.as_slice();
    while !rest.is_empty() {
        // The largest question that is full, or the smallest one that all of the rest fits into.
        let full = UNUSUAL.iter().find(|(size, _)| *size <= rest.len());
        let Some((size, text)) = full.or_else(|| UNUSUAL.last()) else {
            break;
        };
        let (chunk, more) = rest.split_at(rest.len().min(*size));
        let mut query = sqlx::query_scalar::<Sqlite, Vec<u8>>(text.as_str());
        // Asking twice of the last one changes nothing of the answer.
        for ((tenant, monitor), minute) in chunk
            .iter()
            .chain(chunk.last().into_iter().cycle())
            .take(*size)
        {
            query = query
                .bind(account(tenant))
                .bind(monitor.as_bytes().as_slice())
                .bind(minute.as_microsecond());
        }
        found.extend(query.fetch_all(&mut **tx).await.map_err(fault)?);
        rest = more;
    }
    Ok(found)
}

/// Inserts rows by a statement that has places for just so many.
async fn insert(
    tx: &mut Transaction<'static, Sqlite>,
    text: &'static str,
    rows: &[&ResultRow],
) -> StoreResult<()> {
    let mut query = sqlx::query::<Sqlite>(text);
    for row in rows {
        query = query
            .bind(account(&row.tenant))
            .bind(row.monitor.as_bytes().as_slice())
            .bind(row.at.as_microsecond())
            .bind(row.region.as_str())
            .bind(i64::from(row.sequence))
            .bind(status_text(row.status))
            .bind(row.reason.as_str())
            .bind(row.status_code.map(i64::from))
            .bind(micros(row.total))
            .bind(row.timings.dns.map(micros))
            .bind(row.timings.connect.map(micros))
            .bind(row.timings.tls.map(micros))
            .bind(row.timings.first_byte.map(micros))
            .bind(row.timings.download.map(micros))
            .bind(micros(row.valid_for))
            .bind(row.detail.as_ref().map(|detail| detail.as_bytes()))
            .bind(row.maintenance);
    }
    query.execute(&mut **tx).await.map_err(fault)?;
    Ok(())
}
