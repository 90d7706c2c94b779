//! Monitors, and the feed that keeps an engine's schedule in step with them.

use super::{heartbeat::HeartbeatRecord, incident::Settlement, page::Page};
use crate::{
    error::StoreResult,
    id::MonitorId,
    monitor::{Monitor, MonitorState, ShownStatus},
    tenant::{Act, Tenant},
};
use async_trait::async_trait;
use jiff::Timestamp;

/// A monitor with its state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonitorRecord {
    /// The monitor.
    pub monitor: Monitor,
    /// Its state.
    pub state: MonitorState,
    /// The state's stored version.
    pub state_version: i64,
}

/// Which monitors are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MonitorFilter {
    /// Only with this tag.
    pub tag: Option<String>,
    /// Only of this type.
    pub kind: Option<String>,
    /// Only in this group, or below it.
    pub group: Option<String>,
    /// Only with this owner.
    pub owner: Option<String>,
    /// Only with this text somewhere in the name, whatever its case.
    pub name: Option<String>,
    /// Only those that are shown so, maintenance apart: what a window covers is shown so by its
    /// state all the same, and nothing is stored as in maintenance.
    pub status: Option<ShownStatus>,
}

/// Monitors.
#[async_trait]
pub trait MonitorStore: Send + Sync {
    /// Stores a new monitor with the state of one that was never checked, and its heartbeat where
    /// it has one. `AlreadyExists` when its `external_ref` is taken in the account, `NotFound` when
    /// it depends on a monitor that is not the tenant's.
    async fn create_monitor(
        &self,
        tenant: &Tenant,
        monitor: &Monitor,
        heartbeat: Option<&HeartbeatRecord>,
        act: &Act,
    ) -> StoreResult<()>;

    /// One monitor.
    async fn monitor(&self, tenant: &Tenant, id: MonitorId) -> StoreResult<MonitorRecord>;

    /// The monitor with this `external_ref`.
    async fn monitor_by_ref(&self, tenant: &Tenant, reference: &str) -> StoreResult<MonitorRecord>;

    /// The monitors, oldest first. One that cannot be understood is left out, and those after it
    /// take its place: a page that is not full is the last.
    async fn monitors(
        &self,
        tenant: &Tenant,
        filter: &MonitorFilter,
        page: Page,
    ) -> StoreResult<Vec<MonitorRecord>>;

    /// Replaces a monitor whose stored version is `monitor.version`; stores it as the next.
    /// `Conflict` when it was changed in between, `AlreadyExists` when its new `external_ref` is
    /// taken, `NotFound` also when it depends on a monitor that is not the tenant's, `Cycle` when
    /// one of those depends on it, however many update at once. Type, account and `created_at`
    /// never change.
    ///
    /// `seen` are other monitors that the change was decided on, each with its version: `Conflict`
    /// when one of them is another by now or gone, so that of two changes that are right alone and
    /// wrong together one is refused.
    async fn update_monitor(
        &self,
        tenant: &Tenant,
        monitor: &Monitor,
        seen: &[(MonitorId, i64)],
        act: &Act,
    ) -> StoreResult<()>;

    /// Removes a monitor with its state, results, events, evidence and pings, and from what others
    /// depend on. Notifications that wait are still delivered.
    ///
    /// What `last` says of it is written before, in the same transaction, so that what it puts into
    /// the outbox is told when the monitor is gone, and only then. Refused as a settle is: with
    /// `Conflict`, when the state is not the one that it was decided on, nothing is removed.
    async fn delete_monitor(
        &self,
        tenant: &Tenant,
        id: MonitorId,
        last: Option<&Settlement>,
        act: &Act,
    ) -> StoreResult<()>;
}

/// How far the feed was read. Later changes have higher marks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct FeedMark(pub i64);

/// A monitor as the engine needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedRow {
    /// Whose it is.
    pub tenant: Tenant,
    /// The monitor with its state.
    pub record: MonitorRecord,
    /// When its newest stored result was made, so that a gap is seen after a restart.
    pub last_result_at: Option<Timestamp>,
}

/// What changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedChange {
    /// A monitor was made, changed, pinged, or had its state changed by somebody else.
    Changed(Box<FeedRow>),
    /// A monitor was removed.
    Removed(MonitorId),
}

/// A page of all monitors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedPage {
    /// The monitors.
    pub rows: Vec<FeedRow>,
    /// Rows that could not be understood: they stop no other.
    pub unreadable: u64,
    /// After which monitor the next page begins; none after the last one.
    pub next: Option<MonitorId>,
}

/// A page of what changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedChanges {
    /// What changed.
    pub changes: Vec<FeedChange>,
    /// Changed monitors that could not be understood: they stop no other, and are as they were to
    /// whoever knew them.
    pub unreadable: u64,
    /// The mark to go on from: the one that was asked for when nothing changed since.
    pub mark: FeedMark,
}

/// Keeps a schedule in step with the monitors of every account.
#[async_trait]
pub trait MonitorFeed: Send + Sync {
    /// Where the feed stands: everything up to here is seen by a snapshot begun after this call.
    async fn mark(&self) -> StoreResult<FeedMark>;

    /// Every monitor, in the order of its id, after this one. Paused ones too. What cannot be
    /// understood is left out and counted.
    async fn snapshot(&self, after: Option<MonitorId>, limit: u32) -> StoreResult<FeedPage>;

    /// What changed after `mark`, each monitor at most once and as it is now, with the mark to go
    /// on from. Changes by a settle are not told: the engine made them itself. What cannot be
    /// understood is left out and counted, and the mark moves on past it.
    async fn changes(&self, mark: FeedMark, limit: u32) -> StoreResult<FeedChanges>;
}
