//! Roll-up: from each monitor's mark on, minutes from results, coarser buckets from finer ones.
//!
//! A mark says from which minute on the rollups of a monitor are to be computed. New results leave
//! it or move it back, so late data is nothing special: what follows it is computed again. The mark
//! goes on over silence until the day that holds the last result is complete, and is then removed.

use super::{Db, Store, Tx, account, commit, fault, sql};
use crate::sql::{row, value::time};
use jiff::{SignedDuration, Timestamp};
use monitorah_core::{
    MonitorId, StoreResult, Tenant,
    port::RollUpReport,
    uptime::{Resolution, Rollup, Spoken, StateDurations},
};
use sqlx::Row;
use std::{collections::BTreeMap, time::Duration};

/// The most monitors that one call works on.
const MONITORS_A_CALL: i64 = 64;
/// The longest stretch that is computed of a monitor at once.
const STRETCH: SignedDuration = SignedDuration::from_hours(1);
/// The most results that are read for a stretch.
const RESULTS_A_STRETCH: i64 = 20_000;

/// What a monitor said: when, what, for how long, and how long the check took.
type Said = (Spoken, Duration);

pub(super) async fn roll_up(store: &Store, until: Timestamp) -> StoreResult<RollUpReport> {
    let until = Resolution::Minute.floor(until);
    let mut waiting = marks(store, until, MONITORS_A_CALL).await?;
    let mut report = RollUpReport::default();
    if waiting.is_empty() {
        return Ok(report);
    }
    // In the order in which a batch of results locks them: neither waits for the other in a circle.
    waiting.sort_unstable_by(|a, b| {
        (&a.account_id, &a.monitor_id).cmp(&(&b.account_id, &b.monitor_id))
    });
    let mut tx = store.begin_roll_up().await?;
    let begin: i64 = sqlx::query_scalar(sql::RESULTS_BEGIN)
        .fetch_one(&mut *tx)
        .await
        .map_err(fault)?;
    for place in waiting {
        let (tenant, monitor) = place.read()?;
        store.enter(&mut tx, &tenant).await?;
        let mut work = Work {
            tx: &mut tx,
            tenant,
            monitor,
            unreadable: 0,
        };
        report.minutes += work.go_on(time(begin)?, until).await?;
        if work.unreadable > 0 {
            tracing::error!(
                %monitor,
                rows = work.unreadable,
                "stored rows cannot be understood: they are left out of the rollups"
            );
            report.unreadable += work.unreadable;
        }
    }
    commit(tx).await?;
    report.more = !marks(store, until, 1).await?.is_empty();
    Ok(report)
}

async fn marks(store: &Store, until: Timestamp, limit: i64) -> StoreResult<Vec<row::MonitorPlace>> {
    sqlx::query_as::<Db, row::MonitorPlace>(sql::MARKS)
        .bind(until.as_microsecond())
        .bind(limit)
        .fetch_all(&mut *store.read_across().await?)
        .await
        .map_err(fault)
}

/// The roll-up of one monitor, within a transaction.
struct Work<'a> {
    tx: &'a mut Tx,
    tenant: Tenant,
    monitor: MonitorId,
    /// Rows that cannot be understood, and are passed over: what one row says must not stop the
    /// roll-up of a monitor, and of those that wait behind it.
    unreadable: u64,
}

impl Work<'_> {
    /// Computes the next stretch and moves the mark. Says how many minutes that were.
    async fn go_on(&mut self, begin: Timestamp, until: Timestamp) -> StoreResult<u64> {
        // Locks the mark: results that are appended meanwhile wait, and move it back after us.
        let mark: Option<i64> = sqlx::query_scalar(sql::MARK_LOCK)
            .bind(account(&self.tenant))
            .bind(self.monitor.as_bytes().as_slice())
            .fetch_optional(&mut **self.tx)
            .await
            .map_err(fault)?;
        let Some(mark) = mark else {
            return Ok(0);
        };
        // What lost its results to retention is not computed from less than it was before.
        let from = time(mark)?.max(ceiling(begin));
        if from >= until {
            self.set_mark(from).await?;
            return Ok(0);
        }
        let stretch = from.checked_add(STRETCH).unwrap_or(until).min(until);
        let (mut said, cut_at) = self.said(from, stretch).await?;
        let mut to = stretch;
        if let Some(cut_at) = cut_at {
            let minute = Resolution::Minute.floor(cut_at);
            if minute > from {
                to = minute;
                said.retain(|(spoken, _)| spoken.at < to);
            }
        }
        let before = self.last_before(from).await?;
        let speaks_on = before.is_some_and(|(spoken, _)| silence(&spoken) > from);
        if said.is_empty() && !speaks_on {
            return self.pass_over_silence(from, until).await;
        }
        said.splice(0..0, before);
        let minutes = minutes(&said, from, to);
        self.replace(Resolution::Minute, (from, to), &minutes)
            .await?;
        self.coarser(from, to).await?;
        self.set_mark(to).await?;
        let seconds = to.duration_since(from).as_secs();
        Ok(u64::try_from(seconds / Resolution::Minute.seconds()).unwrap_or(0))
    }

    /// Nothing is said at `from`: goes on to the end of the quarter, then of the day, then to the
    /// next result; without one the mark has done its work.
    async fn pass_over_silence(&mut self, from: Timestamp, until: Timestamp) -> StoreResult<u64> {
        let end = [Resolution::Quarter, Resolution::Day]
            .into_iter()
            .find(|resolution| resolution.floor(from) != from)
            .map(|resolution| resolution.end(resolution.floor(from)));
        let next = self.said_after(from).await?;
        let next = next.map(|at| Resolution::Minute.floor(at));
        let Some(to) = [end, next].into_iter().flatten().min() else {
            return self.mark(sql::MARK_DELETE).await.map(|()| 0);
        };
        let to = to.min(until);
        self.replace(Resolution::Minute, (from, to), &[]).await?;
        self.coarser(from, to).await?;
        self.set_mark(to).await?;
        Ok(0)
    }

    /// Computes the quarters and days that end in `(from, to]`.
    async fn coarser(&mut self, from: Timestamp, to: Timestamp) -> StoreResult<()> {
        for (coarse, fine) in [
            (Resolution::Quarter, Resolution::Minute),
            (Resolution::Day, Resolution::Quarter),
        ] {
            let mut start = coarse.floor(from);
            while coarse.end(start) <= to {
                let end = coarse.end(start);
                let mut sum = Rollup::empty(start);
                for finer in self.buckets(fine, start, end).await? {
                    sum.merge(&finer);
                }
                let kept = Some(sum).filter(|sum| *sum != Rollup::empty(start));
                self.replace(coarse, (start, end), kept.as_slice()).await?;
                start = end;
            }
        }
        Ok(())
    }

    /// The results in `[from, to)`; and the time of the last one that was read, when there may be
    /// more than were read.
    async fn said(
        &mut self,
        from: Timestamp,
        to: Timestamp,
    ) -> StoreResult<(Vec<Said>, Option<Timestamp>)> {
        let rows = sqlx::query::<Db>(sql::RESULTS_FROM)
            .bind(account(&self.tenant))
            .bind(self.monitor.as_bytes().as_slice())
            .bind(from.as_microsecond())
            .bind(to.as_microsecond())
            .bind(RESULTS_A_STRETCH)
            .fetch_all(&mut **self.tx)
            .await
            .map_err(fault)?;
        let full = rows.len() >= usize::try_from(RESULTS_A_STRETCH).unwrap_or(usize::MAX);
        let cut_at = match rows.last() {
            Some(last) if full => Some(at_of(last)?),
            _ => None,
        };
        Ok((self.readable(&rows, row::Said::understand), cut_at))
    }

    /// What can be understood of the rows; the rest is counted.
    fn readable<'r, T>(
        &mut self,
        rows: &'r [<Db as sqlx::Database>::Row],
        read: impl Fn(&'r <Db as sqlx::Database>::Row) -> StoreResult<T>,
    ) -> Vec<T> {
        let mut readable = Vec::with_capacity(rows.len());
        for row in rows {
            match read(row) {
                Ok(value) => readable.push(value),
                Err(_) => self.unreadable = self.unreadable.saturating_add(1),
            }
        }
        readable
    }

    /// When the first result at or after `from` was made, whatever else it says.
    async fn said_after(&mut self, from: Timestamp) -> StoreResult<Option<Timestamp>> {
        let row = sqlx::query::<Db>(sql::RESULTS_FROM)
            .bind(account(&self.tenant))
            .bind(self.monitor.as_bytes().as_slice())
            .bind(from.as_microsecond())
            .bind(i64::MAX)
            .bind(1_i64)
            .fetch_optional(&mut **self.tx)
            .await
            .map_err(fault)?;
        row.as_ref().map(at_of).transpose()
    }

    /// The last result before a minute: the only one that can speak into it from before.
    async fn last_before(&mut self, at: Timestamp) -> StoreResult<Option<Said>> {
        let rows = sqlx::query::<Db>(sql::RESULT_BEFORE)
            .bind(account(&self.tenant))
            .bind(self.monitor.as_bytes().as_slice())
            .bind(at.as_microsecond())
            .fetch_all(&mut **self.tx)
            .await
            .map_err(fault)?;
        // Not counted as unreadable: it was, when its own minute was computed.
        Ok(rows.first().and_then(|row| row::Said::understand(row).ok()))
    }

    async fn buckets(
        &mut self,
        resolution: Resolution,
        from: Timestamp,
        to: Timestamp,
    ) -> StoreResult<Vec<Rollup>> {
        let rows = sqlx::query::<Db>(sql::ROLLUPS)
            .bind(account(&self.tenant))
            .bind(self.monitor.as_bytes().as_slice())
            .bind(resolution.seconds())
            .bind(from.as_microsecond())
            .bind(to.as_microsecond())
            .fetch_all(&mut **self.tx)
            .await
            .map_err(fault)?;
        Ok(self.readable(&rows, row::Bucket::understand))
    }

    /// Puts these buckets in the place of all that begin in `[from, to)`.
    async fn replace(
        &mut self,
        resolution: Resolution,
        (from, to): (Timestamp, Timestamp),
        buckets: &[Rollup],
    ) -> StoreResult<()> {
        sqlx::query(sql::ROLLUPS_DELETE)
            .bind(account(&self.tenant))
            .bind(self.monitor.as_bytes().as_slice())
            .bind(resolution.seconds())
            .bind(from.as_microsecond())
            .bind(to.as_microsecond())
            .execute(&mut **self.tx)
            .await
            .map_err(fault)?;
        for bucket in buckets {
            sqlx::query(sql::ROLLUP_INSERT)
                .bind(account(&self.tenant))
                .bind(self.monitor.as_bytes().as_slice())
                .bind(resolution.seconds())
                .bind(bucket.start.as_microsecond())
                .bind(bucket.durations.up)
                .bind(bucket.durations.degraded)
                .bind(bucket.durations.down)
                .bind(bucket.durations.unknown)
                .bind(count(bucket.checks))
                .bind(bucket.latencies.to_bytes())
                .bind(count(bucket.counts.up))
                .bind(count(bucket.counts.degraded))
                .bind(count(bucket.counts.down))
                .bind(count(bucket.counts.unknown))
                .bind(bucket.durations.maintenance)
                .execute(&mut **self.tx)
                .await
                .map_err(fault)?;
        }
        Ok(())
    }

    async fn set_mark(&mut self, to: Timestamp) -> StoreResult<()> {
        sqlx::query(sql::MARK_SET)
            .bind(account(&self.tenant))
            .bind(self.monitor.as_bytes().as_slice())
            .bind(to.as_microsecond())
            .execute(&mut **self.tx)
            .await
            .map_err(fault)?;
        Ok(())
    }

    async fn mark(&mut self, text: &'static str) -> StoreResult<()> {
        sqlx::query(text)
            .bind(account(&self.tenant))
            .bind(self.monitor.as_bytes().as_slice())
            .execute(&mut **self.tx)
            .await
            .map_err(fault)?;
        Ok(())
    }
}

/// When a result was made. It is part of the key that the row was found by, so it can be read
/// whatever else is wrong with the row.
fn at_of(row: &<Db as sqlx::Database>::Row) -> StoreResult<Timestamp> {
    time(row.try_get("at").map_err(fault)?)
}

fn count(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The first minute that begins at or after this.
fn ceiling(at: Timestamp) -> Timestamp {
    let minute = Resolution::Minute.floor(at);
    if minute == at {
        at
    } else {
        Resolution::Minute.end(minute)
    }
}

/// When a result no longer speaks.
fn silence(spoken: &Spoken) -> Timestamp {
    spoken
        .at
        .checked_add(spoken.valid_for)
        .unwrap_or(Timestamp::MAX)
}

/// The minutes in `[from, to)` that anything is known of, by results in the order of their time.
fn minutes(said: &[Said], from: Timestamp, to: Timestamp) -> Vec<Rollup> {
    let mut minutes: BTreeMap<Timestamp, Rollup> = BTreeMap::new();
    let mut minute_of = |start: Timestamp, change: &mut dyn FnMut(&mut Rollup)| {
        change(minutes.entry(start).or_insert_with(|| Rollup::empty(start)));
    };
    for (index, (spoken, took)) in said.iter().enumerate() {
        let next = said.get(index + 1).map_or(to, |(next, _)| next.at);
        let end = silence(spoken).min(next).min(to);
        let alone = Spoken {
            valid_for: Duration::try_from(end.duration_since(spoken.at)).unwrap_or_default(),
            ..*spoken
        };
        let mut start = Resolution::Minute.floor(spoken.at.max(from));
        while start < end {
            let durations = StateDurations::of(&[alone], start, Resolution::Minute.end(start));
            minute_of(start, &mut |rollup| {
                rollup.durations = rollup.durations.plus(durations);
            });
            start = Resolution::Minute.end(start);
        }
        if spoken.at >= from && spoken.at < to {
            minute_of(Resolution::Minute.floor(spoken.at), &mut |rollup| {
                rollup.record(spoken.status, *took, spoken.maintenance);
            });
        }
    }
    minutes.into_values().collect()
}
