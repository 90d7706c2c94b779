//! What the engine has done and how it is, as numbers: the source of metrics.

use super::{Counters, Shared};
use std::{
    sync::{
        PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

/// The upper bounds of the buckets of lag, in milliseconds.
const LAG_BOUNDS_MS: [u64; 11] = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 5_000];

/// How late looks began, counted in buckets.
#[derive(Debug, Default)]
pub(super) struct Lag {
    /// Each look is counted in the first bucket that holds it; the last one has no bound.
    buckets: [AtomicU64; LAG_BOUNDS_MS.len() + 1],
    sum_micros: AtomicU64,
}

impl Lag {
    pub(super) fn observe(&self, lag: Duration) {
        let place = LAG_BOUNDS_MS
            .iter()
            .position(|bound| lag <= Duration::from_millis(*bound))
            .unwrap_or(LAG_BOUNDS_MS.len());
        if let Some(bucket) = self.buckets.get(place) {
            Counters::add(bucket, 1);
        }
        let micros = u64::try_from(lag.as_micros()).unwrap_or(u64::MAX);
        Counters::add(&self.sum_micros, micros);
    }
}

/// How late looks began since the start.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LagHistogram {
    /// The upper bound of each bucket, and how many looks were at most that late: cumulative, as
    /// Prometheus has it. The bucket without a bound is `count`.
    pub buckets: Vec<(Duration, u64)>,
    /// How many looks there were.
    pub count: u64,
    /// The sum of their lags.
    pub sum: Duration,
}

/// What the engine has done since its start, and how it is now. What counts since the start never
/// goes down while the process runs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct EngineStats {
    /// Looks that ended.
    pub looks: u64,
    /// Looks whose result is UNKNOWN, whoever is at fault.
    pub unknown: u64,
    /// Those of them that could not be trusted for a reason of our own.
    pub untrusted: u64,
    /// How late looks began: from their tick to their start.
    pub lag: LagHistogram,
    /// Ticks that were passed over, because a look was still in flight or the process was late by a
    /// whole interval.
    pub skipped_ticks: u64,
    /// Results that were stored.
    pub stored_results: u64,
    /// Results that found no place in the queue, or that the store did not take until the end.
    pub dropped_results: u64,
    /// Stored rows that could not be understood when results were rolled up.
    pub unreadable_rows: u64,
    /// Notifications that a receiver took.
    pub delivered: u64,
    /// Messages of more than one notification that a receiver took.
    pub groups: u64,
    /// Notifications that were given up.
    pub dead: u64,
    /// Times that a store port failed.
    pub store_faults: u64,
    /// Now: whether the store failed and has taken no write since.
    pub store_failing: bool,
    /// Now: monitors on the schedule.
    pub scheduled: u64,
    /// Now: looks in flight.
    pub in_flight: u64,
    /// As of at most 15 seconds ago: notifications that wait to be delivered.
    pub outbox_waiting: u64,
    /// As of at most 15 seconds ago: monitors that gave no result for two intervals.
    pub silent_monitors: u64,
    /// Times that monitors fell silent.
    pub silence_alerts: u64,
}

impl EngineStats {
    pub(super) fn of(shared: &Shared) -> Self {
        let counters = &shared.counters;
        let of = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let mut count = 0;
        let mut buckets = Vec::with_capacity(LAG_BOUNDS_MS.len());
        for (place, bucket) in shared.lag.buckets.iter().enumerate() {
            count += of(bucket);
            if let Some(bound) = LAG_BOUNDS_MS.get(place) {
                buckets.push((Duration::from_millis(*bound), count));
            }
        }
        Self {
            looks: of(&counters.checks),
            unknown: of(&counters.unknown),
            untrusted: of(&counters.untrusted),
            lag: LagHistogram {
                buckets,
                count,
                sum: Duration::from_micros(of(&shared.lag.sum_micros)),
            },
            skipped_ticks: of(&counters.skipped_ticks),
            stored_results: of(&counters.stored_results),
            dropped_results: of(&counters.dropped_results),
            unreadable_rows: of(&counters.unreadable_rows),
            delivered: of(&counters.delivered),
            groups: of(&counters.groups),
            dead: of(&counters.dead),
            store_faults: of(&counters.store_faults),
            store_failing: shared.trouble.standing().is_some(),
            scheduled: of(&counters.scheduled),
            in_flight: of(&counters.in_flight),
            outbox_waiting: of(&counters.outbox_waiting),
            silent_monitors: shared
                .watch
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .silent,
            silence_alerts: of(&counters.silence_alerts),
        }
    }
}
