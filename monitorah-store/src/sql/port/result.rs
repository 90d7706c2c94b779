//! The result log, and what is kept of it for how long.

use super::{super::append, Db, Store, account, commit, fault, rollup, sql};
use crate::sql::{row, value::status_text};
use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use monitorah_core::{
    MonitorId, StoreResult, Tenant,
    port::{ResultFilter, ResultRow, ResultStore, RollUpReport},
    uptime::{Resolution, Rollup},
};

/// How long the delivery log is kept.
const NOTIFICATIONS: SignedDuration = SignedDuration::from_hours(90 * 24);
/// How long an event is kept after it is over.
const EVENTS: SignedDuration = SignedDuration::from_hours(400 * 24);
/// How long a request may be repeated under its idempotency key.
const KEYS: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How long a maintenance window or a silence is kept after it is over.
const QUIET: SignedDuration = SignedDuration::from_hours(90 * 24);
/// The most events that one call removes: each has up to a hundred pieces of evidence.
const EVENTS_A_CALL: u64 = 100;
/// How long the feed remembers a removal.
const REMOVALS: SignedDuration = SignedDuration::from_hours(24);
/// The most rows that one call removes.
const ROWS_A_CALL: u64 = 2_000;
/// The most monitors that one call removes results of.
const MONITORS_A_CALL: i64 = 64;

fn before(now: Timestamp, by: SignedDuration) -> i64 {
    now.checked_sub(by)
        .unwrap_or(Timestamp::MIN)
        .as_microsecond()
}

#[async_trait]
impl ResultStore for Store {
    async fn append(&self, batch: &[ResultRow]) -> StoreResult<()> {
        if batch.is_empty() {
            return Ok(());
        }
        let mut tx = self.begin_append().await?;
        append::write(&mut tx, batch).await?;
        commit(tx).await
    }

    async fn results(
        &self,
        tenant: &Tenant,
        monitor: MonitorId,
        filter: &ResultFilter,
        limit: u32,
    ) -> StoreResult<Vec<ResultRow>> {
        let from = filter.from.unwrap_or(Timestamp::MIN).as_microsecond();
        let to = filter.to.unwrap_or(Timestamp::MAX).as_microsecond();
        // Without a place to go on from: after every region.
        let (at, region, sequence) = match &filter.before {
            Some(place) => (
                place.at.as_microsecond(),
                place.region.as_str().to_owned(),
                i64::from(place.sequence),
            ),
            None => (i64::MAX, String::new(), 0),
        };
        // The cursor bounds the time as well: said apart, because an index serves it so.
        let to = to.min(at.saturating_add(1));
        let query = sqlx::query_as::<Db, row::CheckResult>(sql::RESULTS)
            .bind(account(tenant))
            .bind(monitor.as_bytes().as_slice())
            .bind(from)
            .bind(to)
            .bind(filter.status.map(status_text))
            .bind(filter.region.map(|region| region.as_str().to_owned()))
            .bind(at)
            .bind(region)
            .bind(sequence)
            .bind(i64::from(limit));
        let mut connection = self.read(tenant).await?;
        let rows = match limit {
            // The newest one, as every look at a monitor asks: who wants one row is not told by a
            // message of its own that it was the last.
            1 => query
                .fetch_optional(&mut *connection)
                .await
                .map(|row| row.into_iter().collect()),
            _ => query.fetch_all(&mut *connection).await,
        };
        rows.map_err(fault)?
            .into_iter()
            .map(row::CheckResult::read)
            .collect()
    }

    async fn rollups(
        &self,
        tenant: &Tenant,
        monitor: MonitorId,
        resolution: Resolution,
        from: Timestamp,
        to: Timestamp,
    ) -> StoreResult<Vec<Rollup>> {
        sqlx::query_as::<Db, row::Bucket>(sql::ROLLUPS)
            .bind(account(tenant))
            .bind(monitor.as_bytes().as_slice())
            .bind(resolution.seconds())
            .bind(from.as_microsecond())
            .bind(to.as_microsecond())
            .fetch_all(&mut *self.read(tenant).await?)
            .await
            .map_err(fault)?
            .into_iter()
            .map(row::Bucket::read)
            .collect()
    }

    async fn roll_up(&self, until: Timestamp) -> StoreResult<RollUpReport> {
        rollup::roll_up(self, until).await
    }

    async fn prune(&self, now: Timestamp) -> StoreResult<u64> {
        let mut left = ROWS_A_CALL;
        // A result stays until its minutes are computed, however long that takes.
        let oldest: Option<i64> = sqlx::query_scalar(sql::OLDEST_MARK)
            .fetch_one(&mut *self.read_across().await?)
            .await
            .map_err(fault)?;
        let cutoff = before(now, self.results_kept()).min(oldest.unwrap_or(i64::MAX));
        let (days, cutoff) = self.retire_days(now, cutoff).await?;
        left = left.saturating_sub(days);
        prune_results(self, cutoff, &mut left).await?;
        for resolution in Resolution::ALL {
            let Some(kept) = resolution.kept() else {
                continue;
            };
            let cutoff = before(now, kept) - resolution.seconds() * 1_000_000;
            prune_rollups(self, resolution, cutoff, &mut left).await?;
        }
        for (text, kept, most) in [
            (sql::EVENTS_PRUNE, EVENTS, EVENTS_A_CALL),
            (sql::WINDOWS_PRUNE, QUIET, EVENTS_A_CALL),
            (sql::SILENCES_PRUNE, QUIET, EVENTS_A_CALL),
            (sql::KEYS_PRUNE, KEYS, ROWS_A_CALL),
            (sql::OUTBOX_PRUNE, NOTIFICATIONS, ROWS_A_CALL),
            (sql::FEED_PRUNE, REMOVALS, ROWS_A_CALL),
        ] {
            if left > 0 {
                let mut tx = self.begin_across().await?;
                let done = sqlx::query(text)
                    .bind(before(now, kept))
                    .bind(bound(left.min(most)))
                    .execute(&mut *tx)
                    .await
                    .map_err(fault)?;
                commit(tx).await?;
                left = left.saturating_sub(done.rows_affected());
            }
        }
        Ok(ROWS_A_CALL - left)
    }
}

fn bound(left: u64) -> i64 {
    i64::try_from(left).unwrap_or(i64::MAX)
}

async fn prune_results(store: &Store, cutoff: i64, left: &mut u64) -> StoreResult<()> {
    let overdue = sqlx::query_as::<Db, row::MonitorPlace>(sql::RESULTS_OVERDUE)
        .bind(cutoff)
        .bind(MONITORS_A_CALL)
        .fetch_all(&mut *store.read_across().await?)
        .await
        .map_err(fault)?;
    if overdue.is_empty() {
        return Ok(());
    }
    let mut tx = store.begin_across().await?;
    // First what may no longer be computed, then what it would be computed from.
    sqlx::query(sql::RESULTS_BEGIN_SET)
        .bind(cutoff)
        .execute(&mut *tx)
        .await
        .map_err(fault)?;
    for place in overdue {
        if *left == 0 {
            break;
        }
        let (tenant, monitor) = place.read()?;
        store.enter(&mut tx, &tenant).await?;
        let done = sqlx::query(sql::RESULTS_PRUNE)
            .bind(account(&tenant))
            .bind(monitor.as_bytes().as_slice())
            .bind(cutoff)
            .bind(bound(*left))
            .execute(&mut *tx)
            .await
            .map_err(fault)?;
        *left = left.saturating_sub(done.rows_affected());
    }
    commit(tx).await
}

async fn prune_rollups(
    store: &Store,
    resolution: Resolution,
    cutoff: i64,
    left: &mut u64,
) -> StoreResult<()> {
    if *left == 0 {
        return Ok(());
    }
    let overdue = sqlx::query_as::<Db, row::MonitorPlace>(sql::ROLLUPS_OVERDUE)
        .bind(resolution.seconds())
        .bind(cutoff)
        .bind(MONITORS_A_CALL)
        .fetch_all(&mut *store.read_across().await?)
        .await
        .map_err(fault)?;
    if overdue.is_empty() {
        return Ok(());
    }
    let mut tx = store.begin_across().await?;
    for place in overdue {
        if *left == 0 {
            break;
        }
        let (tenant, monitor) = place.read()?;
        store.enter(&mut tx, &tenant).await?;
        let done = sqlx::query(sql::ROLLUPS_PRUNE)
            .bind(account(&tenant))
            .bind(monitor.as_bytes().as_slice())
            .bind(resolution.seconds())
            .bind(cutoff)
            .bind(bound(*left))
            .execute(&mut *tx)
            .await
            .map_err(fault)?;
        *left = left.saturating_sub(done.rows_affected());
    }
    commit(tx).await
}
