//! What was seen of each monitor since this process started: a histogram and the newest result.

use monitorah_core::{MonitorId, Region, Status, Tenant, Timings, port::ResultRow};
use std::{
    collections::{HashMap, HashSet},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// The upper ends of the buckets of a check's duration: seconds.
pub(crate) const BOUNDS: [f64; 8] = [0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];
/// The most monitors of which figures are kept.
const MAX_MONITORS: usize = 100_000;

/// What was seen of one monitor.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Figures {
    /// From where.
    pub(crate) region: Region,
    /// How the target was, by the newest result.
    pub(crate) status: Status,
    /// The phases of the newest result.
    pub(crate) timings: Timings,
    /// How many trusted results took how long, bucket by bucket; the last one has no upper end.
    pub(crate) buckets: [u64; BOUNDS.len() + 1],
    /// How long the trusted results took together: seconds.
    pub(crate) sum: f64,
}

impl Figures {
    fn record(&mut self, row: &ResultRow) {
        self.region = row.region;
        self.status = row.status;
        self.timings = row.timings;
        if row.status == Status::Unknown {
            return;
        }
        let took = row.total.as_secs_f64();
        let place = BOUNDS.iter().position(|bound| took <= *bound);
        let place = place.unwrap_or(BOUNDS.len());
        if let Some(bucket) = self.buckets.get_mut(place) {
            *bucket += 1;
        }
        self.sum += took;
    }

    /// How many trusted results there were.
    pub(crate) fn count(&self) -> u64 {
        self.buckets.iter().sum()
    }
}

/// What was seen, by monitor.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    monitors: Mutex<HashMap<(Tenant, MonitorId), Figures>>,
}

impl Seen {
    fn monitors(&self) -> MutexGuard<'_, HashMap<(Tenant, MonitorId), Figures>> {
        self.monitors.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts results that were stored.
    pub(crate) fn record(&self, rows: &[ResultRow]) {
        let mut monitors = self.monitors();
        for row in rows {
            let full = monitors.len() >= MAX_MONITORS;
            let place = (row.tenant, row.monitor);
            if full && !monitors.contains_key(&place) {
                continue;
            }
            monitors
                .entry(place)
                .or_insert_with(|| Figures {
                    region: row.region,
                    status: row.status,
                    timings: row.timings,
                    buckets: [0; BOUNDS.len() + 1],
                    sum: 0.0,
                })
                .record(row);
        }
    }

    /// The figures of these monitors, which are all that the account has: what is known of others
    /// of it is forgotten.
    pub(crate) fn of(
        &self,
        tenant: Tenant,
        all: &HashSet<MonitorId>,
    ) -> HashMap<MonitorId, Figures> {
        let mut monitors = self.monitors();
        monitors.retain(|(owner, monitor), _| *owner != tenant || all.contains(monitor));
        all.iter()
            .filter_map(|monitor| Some((*monitor, *monitors.get(&(tenant, *monitor))?)))
            .collect()
    }
}
