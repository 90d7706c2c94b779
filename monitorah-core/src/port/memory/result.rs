//! Results and rollups, in memory: each minute computed by itself, straight from the results.

use super::{MemoryStore, World, rows};
use crate::{
    error::StoreResult,
    id::{AccountId, MonitorId},
    port::{ResultCursor, ResultFilter, ResultRow, ResultStore, RollUpReport},
    region::Region,
    tenant::Tenant,
    uptime::{Resolution, Rollup, StateDurations},
};
use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};

/// How long results are kept.
const RESULTS: SignedDuration = SignedDuration::from_hours(48);
/// How long the delivery log is kept.
const NOTIFICATIONS: SignedDuration = SignedDuration::from_hours(90 * 24);
/// How long an event is kept after it is over.
const EVENTS: SignedDuration = SignedDuration::from_hours(400 * 24);
/// How long a request may be repeated under its idempotency key.
const KEYS: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How long a maintenance window or a silence is kept after it is over.
const QUIET: SignedDuration = SignedDuration::from_hours(90 * 24);
/// How long the feed remembers a removal.
const REMOVALS: SignedDuration = SignedDuration::from_hours(24);
/// The most minutes that one roll-up computes.
const MINUTES_A_CALL: u64 = 10_000;

fn before(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.checked_sub(by).unwrap_or(Timestamp::MIN)
}

impl World {
    /// The results of a monitor before `end`, oldest first.
    pub(super) fn results_of(
        &self,
        account: AccountId,
        monitor: MonitorId,
        end: Timestamp,
    ) -> impl DoubleEndedIterator<Item = &ResultRow> {
        let least = "00".parse().unwrap_or(Region::LOCAL);
        let place = |at| (account, monitor, at, least, i32::MIN);
        self.results
            .range(place(Timestamp::MIN)..place(end))
            .map(|(_, row)| row)
    }

    /// One minute, straight from the results.
    fn minute(&self, account: AccountId, monitor: MonitorId, start: Timestamp) -> Rollup {
        let end = Resolution::Minute.end(start);
        // Only the last result before the minute can speak into it.
        let mut rows = Vec::new();
        for row in self.results_of(account, monitor, end).rev() {
            rows.push(row);
            if row.at < start {
                break;
            }
        }
        rows.reverse();
        let spoken: Vec<_> = rows.iter().map(|row| row.spoken()).collect();
        let mut rollup = Rollup::empty(start);
        rollup.durations = StateDurations::of(&spoken, start, end);
        for row in rows.into_iter().filter(|row| row.at >= start) {
            rollup.record(row.status, row.total, row.maintenance);
        }
        rollup
    }

    /// Stores a bucket, or removes it when it says nothing.
    fn put_rollup(
        &mut self,
        account: AccountId,
        monitor: MonitorId,
        resolution: Resolution,
        rollup: Rollup,
    ) {
        let place = (account, monitor, resolution, rollup.start);
        if rollup == Rollup::empty(rollup.start) {
            self.rollups.remove(&place);
        } else {
            self.rollups.insert(place, rollup);
        }
    }

    /// A bucket merged from the finer ones.
    fn merged(
        &self,
        account: AccountId,
        monitor: MonitorId,
        (coarse, fine): (Resolution, Resolution),
        start: Timestamp,
    ) -> Rollup {
        let end = coarse.end(start);
        let mut sum = Rollup::empty(start);
        for (_, finer) in self
            .rollups
            .range((account, monitor, fine, start)..(account, monitor, fine, end))
        {
            sum.merge(finer);
        }
        sum
    }

    /// Removes a monitor's results from before `cutoff`. What was said last before then still
    /// speaks, if anything does.
    fn prune_results(&mut self, account: AccountId, monitor: MonitorId, cutoff: Timestamp) {
        let last = self
            .results_of(account, monitor, cutoff)
            .next_back()
            .map(|row| row.at);
        let over: Vec<_> = self
            .results_of(account, monitor, cutoff)
            .filter(|row| row.speaks_until() < cutoff || last != Some(row.at))
            .map(|row| (account, monitor, row.at, row.region, row.sequence))
            .collect();
        for place in over {
            self.results.remove(&place);
        }
    }

    /// Removes a monitor's buckets that are out of retention.
    fn prune_rollups(&mut self, account: AccountId, monitor: MonitorId, now: Timestamp) {
        for resolution in [Resolution::Minute, Resolution::Quarter, Resolution::Day] {
            let Some(kept) = resolution.kept() else {
                continue;
            };
            let begin = before(now, kept);
            let place = |at| (account, monitor, resolution, at);
            let over: Vec<_> = self
                .rollups
                .range(place(Timestamp::MIN)..place(begin))
                .map(|(place, _)| *place)
                .take_while(|(.., start)| resolution.end(*start) < begin)
                .collect();
            for place in over {
                self.rollups.remove(&place);
            }
        }
    }

    /// Computes the minute at `start`, and the coarser buckets that end with it.
    fn roll_up_minute(&mut self, account: AccountId, monitor: MonitorId, start: Timestamp) {
        let minute = self.minute(account, monitor, start);
        self.put_rollup(account, monitor, Resolution::Minute, minute);
        let end = Resolution::Minute.end(start);
        for pair in [
            (Resolution::Quarter, Resolution::Minute),
            (Resolution::Day, Resolution::Quarter),
        ] {
            let bucket = pair.0.floor(start);
            if pair.0.end(bucket) == end {
                let merged = self.merged(account, monitor, pair, bucket);
                self.put_rollup(account, monitor, pair.0, merged);
            }
        }
    }
}

#[async_trait]
impl ResultStore for MemoryStore {
    async fn append(&self, batch: &[ResultRow]) -> StoreResult<()> {
        let mut world = self.world();
        for row in batch {
            let of_monitor = (row.tenant.account(), row.monitor);
            if !world.monitors.contains_key(&of_monitor) {
                continue;
            }
            let place = (of_monitor.0, of_monitor.1, row.at, row.region, row.sequence);
            if world.results.contains_key(&place) {
                continue;
            }
            world.results.insert(place, row.clone());
            let minute = Resolution::Minute.floor(row.at);
            let from = world.roll_up_from.entry(of_monitor).or_insert(minute);
            *from = minute.min(*from);
        }
        Ok(())
    }

    async fn results(
        &self,
        tenant: &Tenant,
        monitor: MonitorId,
        filter: &ResultFilter,
        limit: u32,
    ) -> StoreResult<Vec<ResultRow>> {
        let world = self.world();
        Ok(world
            .results_of(
                tenant.account(),
                monitor,
                filter.to.unwrap_or(Timestamp::MAX),
            )
            .rev()
            .filter(|row| {
                filter.from.is_none_or(|from| row.at >= from)
                    && filter.status.is_none_or(|status| row.status == status)
                    && filter.region.is_none_or(|region| row.region == region)
                    && filter.before.is_none_or(
                        |ResultCursor {
                             at,
                             region,
                             sequence,
                         }| {
                            (row.at, row.region, row.sequence) < (at, region, sequence)
                        },
                    )
            })
            .take(rows(limit))
            .cloned()
            .collect())
    }

    async fn rollups(
        &self,
        tenant: &Tenant,
        monitor: MonitorId,
        resolution: Resolution,
        from: Timestamp,
        to: Timestamp,
    ) -> StoreResult<Vec<Rollup>> {
        let world = self.world();
        let account = tenant.account();
        if from >= to {
            return Ok(Vec::new());
        }
        Ok(world
            .rollups
            .range((account, monitor, resolution, from)..(account, monitor, resolution, to))
            .map(|(_, rollup)| rollup.clone())
            .collect())
    }

    async fn roll_up(&self, until: Timestamp) -> StoreResult<RollUpReport> {
        let mut world = self.world();
        let until = Resolution::Minute.floor(until);
        let mut report = RollUpReport::default();
        let waiting: Vec<_> = world
            .roll_up_from
            .iter()
            .map(|(of, from)| (*of, *from))
            .collect();
        for ((account, monitor), from) in waiting {
            // What lost its results to retention is not computed from less than it was before.
            let mut next = world.results_begin.map_or(from, |begin| from.max(begin));
            while next < until && report.minutes < MINUTES_A_CALL {
                world.roll_up_minute(account, monitor, next);
                report.minutes += 1;
                next = Resolution::Minute.end(next);
            }
            report.more |= next < until;
            world.roll_up_from.insert((account, monitor), next);
        }
        Ok(report)
    }

    async fn prune(&self, now: Timestamp) -> StoreResult<u64> {
        let mut world = self.world();
        let count = |world: &World| {
            world.results.len()
                + world.rollups.len()
                + world.outbox.len()
                + world.feed.len()
                + world.events.len()
                + world.replays.len()
                + world.windows.len()
                + world.silences.len()
        };
        let stored = count(&world);
        // A result stays until its minutes are computed, however long that takes.
        let waiting = world.roll_up_from.values().min().copied();
        let cutoff = waiting.map_or(before(now, RESULTS), |from| from.min(before(now, RESULTS)));
        let (quiet, keys, removals) =
            (before(now, QUIET), before(now, KEYS), before(now, REMOVALS));
        let monitors: Vec<_> = world.roll_up_from.keys().copied().collect();
        for (account, monitor) in monitors {
            world.prune_results(account, monitor, cutoff);
            world.prune_rollups(account, monitor, now);
        }
        world
            .windows
            .retain(|_, window| window.over_at().is_none_or(|at| at >= quiet));
        world.silences.retain(|_, silence| silence.ends_at >= quiet);
        let begin = Resolution::Minute.end(Resolution::Minute.floor(cutoff));
        world.results_begin = world.results_begin.max(Some(begin));
        world.outbox.forget(before(now, NOTIFICATIONS));
        let events = world.events.forget_ended(before(now, EVENTS));
        world.forget_evidence(&events);
        let World { replays, audit, .. } = &mut *world;
        replays.retain(|(account, _), id| {
            let Some(row) = audit.get_mut(&(*account, *id)) else {
                return false;
            };
            let keep = row.at >= keys;
            if !keep {
                row.fingerprint = None;
            }
            keep
        });
        let World { feed, monitors, .. } = &mut *world;
        feed.retain(|place, (_, at)| monitors.contains_key(place) || *at >= removals);
        Ok(u64::try_from(stored - count(&world)).unwrap_or(0))
    }
}
