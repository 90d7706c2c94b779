//! Heartbeats: the token that lets a job in, and the pings it sent.

use super::page::Page;
use crate::{
    check::heartbeat::{HeartbeatState, PingKind},
    crypt::Sealed,
    error::StoreResult,
    id::{MonitorId, PingId},
    tenant::Tenant,
};
use async_trait::async_trait;
use jiff::Timestamp;

/// What a store keeps of a heartbeat monitor beside the monitor itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeartbeatRecord {
    /// The token, sealed for (`heartbeats`, `token`, monitor id, version 1), for display.
    pub token: Sealed,
    /// SHA-256 of the token, for look-up.
    pub token_hash: [u8; 32],
    /// What arrived so far.
    pub state: HeartbeatState,
    /// Counts the changes of `state`.
    pub version: i64,
}

/// One ping as a store keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PingRecord {
    /// Its id.
    pub id: PingId,
    /// When it arrived.
    pub at: Timestamp,
    /// What it says.
    pub kind: PingKind,
    /// The job's own id of the run.
    pub run_id: Option<String>,
    /// The exit status that it names.
    pub exit_status: Option<u8>,
    /// How long the run took, when this ended one: microseconds.
    pub duration_us: Option<i64>,
    /// The last 10 kB of what the job said, sealed for (`pings`, `body`, ping id, version 1).
    pub body: Option<Sealed>,
}

/// Heartbeats.
#[async_trait]
pub trait HeartbeatStore: Send + Sync {
    /// The heartbeat of a monitor. `NotFound` for monitors of other types.
    async fn heartbeat(&self, tenant: &Tenant, monitor: MonitorId) -> StoreResult<HeartbeatRecord>;

    /// Stores a ping and the state after it, where the stored version is still `expected`;
    /// `Conflict` otherwise. Tells the [`MonitorFeed`](super::MonitorFeed), so that an engine
    /// looks at once. Durable when it returns.
    async fn record_ping(
        &self,
        tenant: &Tenant,
        monitor: MonitorId,
        expected: i64,
        state: &HeartbeatState,
        ping: &PingRecord,
    ) -> StoreResult<()>;

    /// The pings of a monitor, newest first. Stores keep the latest 1,000.
    async fn pings(
        &self,
        tenant: &Tenant,
        monitor: MonitorId,
        page: Page,
    ) -> StoreResult<Vec<PingRecord>>;
}
