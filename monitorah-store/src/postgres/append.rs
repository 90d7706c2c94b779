//! The hot path of every check: a batch of results is one statement over arrays.

use crate::sql::{
    fault::fault,
    value::{micros, status_text},
};
use monitorah_core::{StoreResult, port::ResultRow, uptime::Resolution};
use sqlx::{Postgres, Transaction};

/// Rows whose monitor is gone are passed over, and so are those that are stored already. The marks
/// are locked in the order of their monitors, as a roll-up locks them: neither waits for the other
/// in a circle.
const APPEND: &str = "WITH batch AS (SELECT b.* FROM UNNEST($1::bytea[], $2::bytea[], $3::bigint[], \
    $4::text[], $5::bigint[], $6::text[], $7::text[], $8::bigint[], $9::bigint[], $10::bigint[], \
    $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[], $15::bigint[], $16::bytea[], \
    $17::boolean[], $18::bigint[]) AS b (account_id, monitor_id, at, region, sequence, status, \
    reason, status_code, total_us, dns_us, connect_us, tls_us, first_byte_us, download_us, \
    valid_for_us, detail, maintenance, minute) \
    JOIN monitors m ON m.account_id = b.account_id AND m.id = b.monitor_id), \
    marks AS (INSERT INTO rollup_marks (account_id, monitor_id, next_minute) \
    SELECT account_id, monitor_id, MIN(minute) FROM batch GROUP BY account_id, monitor_id \
    ORDER BY account_id, monitor_id \
    ON CONFLICT (monitor_id) DO UPDATE SET next_minute = excluded.next_minute \
    WHERE excluded.next_minute < rollup_marks.next_minute) \
    INSERT INTO results (account_id, monitor_id, at, region, sequence, status, reason, \
    status_code, total_us, dns_us, connect_us, tls_us, first_byte_us, download_us, valid_for_us, \
    detail, maintenance) SELECT account_id, monitor_id, at, region, sequence, status, reason, \
    status_code, total_us, dns_us, connect_us, tls_us, first_byte_us, download_us, valid_for_us, \
    detail, maintenance FROM batch ON CONFLICT DO NOTHING";

/// The column of a batch.
fn each<T>(batch: &[ResultRow], value: impl FnMut(&ResultRow) -> T) -> Vec<T> {
    batch.iter().map(value).collect()
}

/// Stores a batch of any accounts, and moves the marks of its monitors back to its oldest results.
pub(super) async fn write(
    tx: &mut Transaction<'static, Postgres>,
    batch: &[ResultRow],
) -> StoreResult<()> {
    let minute = |row: &ResultRow| Resolution::Minute.floor(row.at).as_microsecond();
    sqlx::query(APPEND)
        .bind(each(batch, |row| row.tenant.account().as_bytes().to_vec()))
        .bind(each(batch, |row| row.monitor.as_bytes().to_vec()))
        .bind(each(batch, |row| row.at.as_microsecond()))
        .bind(each(batch, |row| row.region.as_str().to_owned()))
        .bind(each(batch, |row| i64::from(row.sequence)))
        .bind(each(batch, |row| status_text(row.status)))
        .bind(each(batch, |row| row.reason.as_str()))
        .bind(each(batch, |row| row.status_code.map(i64::from)))
        .bind(each(batch, |row| micros(row.total)))
        .bind(each(batch, |row| row.timings.dns.map(micros)))
        .bind(each(batch, |row| row.timings.connect.map(micros)))
        .bind(each(batch, |row| row.timings.tls.map(micros)))
        .bind(each(batch, |row| row.timings.first_byte.map(micros)))
        .bind(each(batch, |row| row.timings.download.map(micros)))
        .bind(each(batch, |row| micros(row.valid_for)))
        .bind(each(batch, |row| {
            row.detail.as_ref().map(|detail| detail.as_bytes().to_vec())
        }))
        .bind(each(batch, |row| row.maintenance))
        .bind(each(batch, minute))
        .execute(&mut **tx)
        .await
        .map_err(fault)?;
    Ok(())
}
