//! The result log: every check's result, and the rollups made of them.

use crate::{
    crypt::Sealed,
    error::StoreResult,
    id::MonitorId,
    observation::{Reason, Status, Timings},
    region::Region,
    tenant::Tenant,
    uptime::{Resolution, Rollup, Spoken},
};
use async_trait::async_trait;
use jiff::Timestamp;
use std::{collections::BTreeMap, time::Duration};

/// One result. It has no stored id: monitor, time, region and sequence tell it from every other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultRow {
    /// Whose it is.
    pub tenant: Tenant,
    /// Of which monitor.
    pub monitor: MonitorId,
    /// When the check was made.
    pub at: Timestamp,
    /// Where from.
    pub region: Region,
    /// Tells results of the same microsecond apart.
    pub sequence: i32,
    /// How the target was.
    pub status: Status,
    /// Why.
    pub reason: Reason,
    /// The status code of the answer.
    pub status_code: Option<u16>,
    /// From start to end.
    pub total: Duration,
    /// The phases.
    pub timings: Timings,
    /// How long the result speaks for when no other follows.
    pub valid_for: Duration,
    /// Whether a maintenance window was open: the result does not count in uptime figures.
    pub maintenance: bool,
    /// What was seen beyond that (address, certificate, sentence) as JSON, where it differs from
    /// the result before; sealed for (`results`, `detail`, monitor id, `at` in microseconds).
    pub detail: Option<Sealed>,
}

impl ResultRow {
    /// The result as far as uptime is concerned.
    #[must_use]
    pub const fn spoken(&self) -> Spoken {
        Spoken {
            at: self.at,
            valid_for: self.valid_for,
            status: self.status,
            maintenance: self.maintenance,
        }
    }

    /// Until when it speaks, when no other follows: retention keeps it that long.
    #[must_use]
    pub fn speaks_until(&self) -> Timestamp {
        self.at
            .checked_add(self.valid_for)
            .unwrap_or(Timestamp::MAX)
    }
}

/// A place in a monitor's results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResultCursor {
    /// The time of the result.
    pub at: Timestamp,
    /// Its region.
    pub region: Region,
    /// Its sequence.
    pub sequence: i32,
}

/// Which results are wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ResultFilter {
    /// Not before this.
    pub from: Option<Timestamp>,
    /// Before this.
    pub to: Option<Timestamp>,
    /// Only of this status.
    pub status: Option<Status>,
    /// Only from this region.
    pub region: Option<Region>,
    /// Only older than this one.
    pub before: Option<ResultCursor>,
}

/// What a roll-up did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RollUpReport {
    /// Minutes that were computed.
    pub minutes: u64,
    /// Whether there is more to do: call again.
    pub more: bool,
    /// Stored rows that cannot be understood. They are left out; the store names their monitors in
    /// its log.
    pub unreadable: u64,
}

/// Results and rollups.
///
/// A store may keep them apart from everything else. What such a store must see to besides: a
/// monitor that is removed takes them with it, and
/// [`FeedRow::last_result_at`](super::FeedRow::last_result_at) is read from them. The example
/// `custom_store` shows how.
#[async_trait]
pub trait ResultStore: Send + Sync {
    /// Stores a batch of any accounts, in one transaction; it is durable when this returns, and may
    /// be stored again after an error. A row that is stored already, or whose
    /// monitor is gone, is passed over. Rows older than what was rolled up mark their minute to be
    /// computed anew.
    async fn append(&self, batch: &[ResultRow]) -> StoreResult<()>;

    /// The results of a monitor, newest first.
    async fn results(
        &self,
        tenant: &Tenant,
        monitor: MonitorId,
        filter: &ResultFilter,
        limit: u32,
    ) -> StoreResult<Vec<ResultRow>>;

    /// The rollups of a monitor whose bucket begins in `[from, to)`, oldest first.
    async fn rollups(
        &self,
        tenant: &Tenant,
        monitor: MonitorId,
        resolution: Resolution,
        from: Timestamp,
        to: Timestamp,
    ) -> StoreResult<Vec<Rollup>>;

    /// Computes the rollups of what was stored and is complete before `until`, a bounded amount of
    /// work a call, so that the writer is never held. A row that cannot be understood is left out and
    /// counted: it stops neither its monitor nor any other.
    async fn roll_up(&self, until: Timestamp) -> StoreResult<RollUpReport>;

    /// Removes what is out of retention at `now`, a bounded amount a call; returns how much. This is
    /// the retention of the whole store: of events, the delivery log and idempotency keys as well.
    /// A store that keeps results beside another one passes the call on to it.
    async fn prune(&self, now: Timestamp) -> StoreResult<u64>;
}

/// What every [`ResultStore`] can do by its methods.
#[async_trait]
pub trait ResultStoreExt: ResultStore {
    /// The buckets of this resolution that begin in `[from, to)`, oldest first, the open one too:
    /// a store computes a bucket when it is complete, and what follows the last complete one is
    /// put together from the finer buckets that are there. Both times are the start of a bucket.
    async fn series(
        &self,
        tenant: &Tenant,
        monitor: MonitorId,
        resolution: Resolution,
        from: Timestamp,
        to: Timestamp,
    ) -> StoreResult<Vec<Rollup>> {
        let mut series: BTreeMap<Timestamp, Rollup> = BTreeMap::new();
        let mut begin = from;
        for level in Resolution::ALL.into_iter().rev() {
            if level > resolution {
                continue;
            }
            for bucket in self.rollups(tenant, monitor, level, begin, to).await? {
                begin = level.end(bucket.start);
                let start = resolution.floor(bucket.start);
                series
                    .entry(start)
                    .or_insert_with(|| Rollup::empty(start))
                    .merge(&bucket);
            }
        }
        Ok(series.into_values().collect())
    }
}

impl<S: ResultStore + ?Sized> ResultStoreExt for S {}
