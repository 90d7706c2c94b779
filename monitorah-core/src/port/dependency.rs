//! What a monitor depends on, and what depends on it, with what that needs of their events.

use crate::{error::StoreResult, id::MonitorId, tenant::Tenant};
use async_trait::async_trait;
use jiff::Timestamp;

/// A monitor that another one depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParentRecord {
    /// Which.
    pub id: MonitorId,
    /// Whether it is down: it has an open event of the severity DOWN, and is shown as down. What
    /// flaps and is well at the moment has the event alone, and so has what nothing is known of.
    pub down: bool,
    /// When its newest event ended; none while that is open, and without any.
    pub recovered_at: Option<Timestamp>,
}

/// The monitors that depend on one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dependants {
    /// How many, without those that rest.
    pub count: u64,
    /// How many of these have an open event of the severity DOWN.
    pub down: u64,
    /// Names of theirs: first of those that are down, then of the others; by the alphabet.
    pub names: Vec<String>,
}

/// Dependencies. They are written with the monitors, see
/// [`MonitorStore`](super::MonitorStore).
#[async_trait]
pub trait DependencyStore: Send + Sync {
    /// The monitors that this one depends on, without those that rest, in the order of their ids.
    /// None when there is no such monitor.
    async fn parents(&self, tenant: &Tenant, id: MonitorId) -> StoreResult<Vec<ParentRecord>>;

    /// The monitors that depend on this one, with at most `names` names.
    async fn dependants(
        &self,
        tenant: &Tenant,
        id: MonitorId,
        names: u32,
    ) -> StoreResult<Dependants>;
}
