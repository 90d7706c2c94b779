//! The results of an engine, looked at one by one on their way to where they are stored, if they are.

use async_trait::async_trait;
use jiff::Timestamp;
use monitorah_core::{
    MonitorId, Status, StoreResult, Tenant, Timings,
    port::{ResultFilter, ResultRow, ResultStore, RollUpReport},
    schedule,
    uptime::{Resolution, Rollup},
};
use std::{
    collections::HashSet,
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

/// What was seen since it was last taken.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) rows: u64,
    /// How many were not UP, and what the first of them says.
    pub(crate) ill: u64,
    pub(crate) first_ill: Option<String>,
    /// How late those that are UP began: milliseconds.
    pub(crate) lags: Vec<f64>,
    /// Their phases, where they are wanted.
    pub(crate) timings: Vec<(MonitorId, Timings)>,
}

/// A result store that looks before it passes on.
pub(crate) struct Seen {
    behind: Option<Arc<dyn ResultStore>>,
    interval: Duration,
    wants_timings: bool,
    /// Monitors whose targets hang: they are to be anything but UP.
    pub(crate) hanging: Mutex<HashSet<MonitorId>>,
    tally: Mutex<Tally>,
}

impl fmt::Debug for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Seen")
            .field("interval", &self.interval)
            .finish_non_exhaustive()
    }
}

impl Seen {
    pub(crate) fn new(
        behind: Option<Arc<dyn ResultStore>>,
        interval: Duration,
        wants_timings: bool,
    ) -> Arc<Self> {
        Arc::new(Self {
            behind,
            interval,
            wants_timings,
            hanging: Mutex::default(),
            tally: Mutex::default(),
        })
    }

    pub(crate) fn take(&self) -> Tally {
        std::mem::take(&mut *self.tally.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// How long after the tick of its phase a look began. A monitor's phase is a fixed time of its
/// interval, so a result tells it by itself.
fn lag(row: &ResultRow, interval: Duration) -> f64 {
    let interval_us = interval.as_micros().max(1);
    let phase = schedule::phase(row.monitor, interval).as_micros();
    let at = u128::try_from(row.at.as_microsecond()).unwrap_or(0);
    let late = (at % interval_us + interval_us - phase) % interval_us;
    late as f64 / 1e3
}

#[async_trait]
impl ResultStore for Seen {
    async fn append(&self, batch: &[ResultRow]) -> StoreResult<()> {
        {
            let hanging = self.hanging.lock().unwrap_or_else(PoisonError::into_inner);
            let mut tally = self.tally.lock().unwrap_or_else(PoisonError::into_inner);
            for row in batch {
                tally.rows += 1;
                if row.status == Status::Up && !hanging.contains(&row.monitor) {
                    tally.lags.push(lag(row, self.interval));
                    if self.wants_timings {
                        tally.timings.push((row.monitor, row.timings));
                    }
                } else if row.status == Status::Up || !hanging.contains(&row.monitor) {
                    tally.ill += 1;
                    let says = || format!("{:?} {:?}", row.status, row.reason);
                    tally.first_ill.get_or_insert_with(says);
                }
            }
        }
        match &self.behind {
            Some(store) => store.append(batch).await,
            None => Ok(()),
        }
    }

    async fn results(
        &self,
        tenant: &Tenant,
        monitor: MonitorId,
        filter: &ResultFilter,
        limit: u32,
    ) -> StoreResult<Vec<ResultRow>> {
        match &self.behind {
            Some(store) => store.results(tenant, monitor, filter, limit).await,
            None => Ok(Vec::new()),
        }
    }

    async fn rollups(
        &self,
        tenant: &Tenant,
        monitor: MonitorId,
        resolution: Resolution,
        from: Timestamp,
        to: Timestamp,
    ) -> StoreResult<Vec<Rollup>> {
        match &self.behind {
            Some(store) => store.rollups(tenant, monitor, resolution, from, to).await,
            None => Ok(Vec::new()),
        }
    }

    async fn roll_up(&self, until: Timestamp) -> StoreResult<RollUpReport> {
        match &self.behind {
            Some(store) => store.roll_up(until).await,
            None => Ok(RollUpReport::default()),
        }
    }

    async fn prune(&self, now: Timestamp) -> StoreResult<u64> {
        match &self.behind {
            Some(store) => store.prune(now).await,
            None => Ok(0),
        }
    }
}
