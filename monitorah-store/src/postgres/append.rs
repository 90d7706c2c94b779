//! The hot path of every check: a batch of results is one statement over an array of rows.

use crate::sql::{
    fault::fault,
    value::{micros, status_text},
};
use monitorah_core::{StoreResult, port::ResultRow, uptime::Resolution};
use sqlx::{
    Encode, Postgres, Transaction, Type,
    encode::IsNull,
    error::BoxDynError,
    postgres::{PgArgumentBuffer, PgHasArrayType, PgTypeInfo, types::PgRecordEncoder},
};

/// Rows whose monitor is gone are passed over, and so are those that are stored already. A mark goes
/// with its monitor, so one that is there says that the monitor is; only where there is none yet the
/// monitor is looked for, one by one: `OFFSET 0` keeps the planner from reading all of them. Marks
/// that are early enough stay as they are: no roll-up moves one while a batch is written. The others
/// are locked in the order of their monitors, as other batches lock them: none waits for another in
/// a circle.
const APPEND: &str = "WITH batch AS (SELECT b.*, k.next_minute AS mark FROM UNNEST($1) AS b \
    LEFT JOIN rollup_marks k ON k.account_id = b.account_id AND k.monitor_id = b.monitor_id \
    WHERE k.monitor_id IS NOT NULL OR EXISTS (SELECT 1 FROM monitors m \
    WHERE m.account_id = b.account_id AND m.id = b.monitor_id OFFSET 0)), \
    marks AS (INSERT INTO rollup_marks (account_id, monitor_id, next_minute) \
    SELECT account_id, monitor_id, MIN(minute) FROM batch WHERE mark IS NULL OR minute < mark \
    GROUP BY account_id, monitor_id ORDER BY account_id, monitor_id \
    ON CONFLICT (monitor_id) DO UPDATE SET next_minute = excluded.next_minute \
    WHERE excluded.next_minute < rollup_marks.next_minute) \
    INSERT INTO results (account_id, monitor_id, at, region, sequence, status, reason, \
    status_code, total_us, dns_us, connect_us, tls_us, first_byte_us, download_us, valid_for_us, \
    detail, maintenance) SELECT account_id, monitor_id, at, region, sequence, status, reason, \
    status_code, total_us, dns_us, connect_us, tls_us, first_byte_us, download_us, valid_for_us, \
    detail, maintenance FROM batch ON CONFLICT DO NOTHING";

/// The type of a row of a batch in the database: migration 0125.
const ENTRY: &str = "result_entry";

/// A result as the database takes it.
struct Entry<'a>(&'a ResultRow);

impl Type<Postgres> for Entry<'_> {
    fn type_info() -> PgTypeInfo {
        PgTypeInfo::with_name(ENTRY)
    }
}

impl PgHasArrayType for Entry<'_> {
    fn array_type_info() -> PgTypeInfo {
        PgTypeInfo::array_of(ENTRY)
    }
}

impl Encode<'_, Postgres> for Entry<'_> {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        let Self(row) = self;
        let mut record = PgRecordEncoder::new(buffer);
        // In the order of the type.
        record.encode(row.tenant.account().as_bytes().as_slice())?;
        record.encode(row.monitor.as_bytes().as_slice())?;
        record.encode(row.at.as_microsecond())?;
        record.encode(row.region.as_str())?;
        record.encode(i64::from(row.sequence))?;
        record.encode(status_text(row.status))?;
        record.encode(row.reason.as_str())?;
        record.encode(row.status_code.map(i64::from))?;
        record.encode(micros(row.total))?;
        let timings = &row.timings;
        for phase in [
            timings.dns,
            timings.connect,
            timings.tls,
            timings.first_byte,
            timings.download,
        ] {
            record.encode(phase.map(micros))?;
        }
        record.encode(micros(row.valid_for))?;
        record.encode(row.detail.as_ref().map(|detail| detail.as_bytes()))?;
        record.encode(row.maintenance)?;
        record.encode(Resolution::Minute.floor(row.at).as_microsecond())?;
        record.finish();
        Ok(IsNull::No)
    }
}

/// Stores a batch of any accounts, and moves the marks of its monitors back to its oldest results.
pub(super) async fn write(
    tx: &mut Transaction<'static, Postgres>,
    batch: &[ResultRow],
) -> StoreResult<()> {
    sqlx::query(APPEND)
        .bind(batch.iter().map(Entry).collect::<Vec<_>>())
        .execute(&mut **tx)
        .await
        .map_err(fault)?;
    Ok(())
}
