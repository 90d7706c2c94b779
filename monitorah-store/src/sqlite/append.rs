//! The hot path of every check: fifty results a statement. A statement costs more than a row.

use crate::sql::{
    fault::fault,
    statement as sql,
    value::{micros, status_text},
};
use jiff::Timestamp;
use monitorah_core::{MonitorId, StoreResult, Tenant, port::ResultRow, uptime::Resolution};
use sqlx::{Sqlite, Transaction};
use std::collections::{BTreeMap, BTreeSet};

fn account(tenant: &Tenant) -> Vec<u8> {
    tenant.account().as_bytes().to_vec()
}

/// Stores a batch of any accounts, and moves the marks of its monitors back to its oldest results.
pub(super) async fn write(
    tx: &mut Transaction<'static, Sqlite>,
    batch: &[ResultRow],
) -> StoreResult<()> {
    let there = mark_back(tx, batch).await?;
    let rows: Vec<&ResultRow> = batch
        .iter()
        .filter(|row| there.contains(&(row.tenant, row.monitor)))
        .collect();
    let mut chunks = rows.chunks_exact(sql::RESULTS_A_STATEMENT);
    for chunk in &mut chunks {
        insert(tx, sql::results_insert(), chunk).await?;
    }
    for row in chunks.remainder() {
        insert(tx, sql::RESULT_INSERT, &[row]).await?;
    }
    Ok(())
}

/// Moves the marks of the batch's monitors back to its oldest results. Returns the monitors that
/// there are.
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
    let mut there = BTreeSet::new();
    for ((tenant, monitor), minute) in oldest {
        let done = sqlx::query(sql::MARK_BACK)
            .bind(account(&tenant))
            .bind(monitor.as_bytes().as_slice())
            .bind(minute.as_microsecond())
            .execute(&mut **tx)
            .await
            .map_err(fault)?;
        if done.rows_affected() > 0 {
            there.insert((tenant, monitor));
        }
    }
    Ok(there)
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
