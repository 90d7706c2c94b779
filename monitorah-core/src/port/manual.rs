//! Manual monitors: what was said of each last.

use crate::{
    crypt::{SealContext, Sealed, SealedKind},
    error::StoreResult,
    id::{AccountId, MonitorId},
    observation::Status,
    tenant::{Act, Tenant},
};
use async_trait::async_trait;
use jiff::Timestamp;

/// What was said of a manual monitor last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManualRecord {
    /// How it is.
    pub status: Status,
    /// Why: text, sealed for (`manual_status`, `message`, monitor id, the time of `at` in
    /// microseconds as the version).
    pub message: Option<Sealed>,
    /// When it was said.
    pub at: Timestamp,
}

impl ManualRecord {
    /// Where the message is sealed.
    #[must_use]
    pub fn message_place<'a>(&self, account: AccountId, monitor: &'a MonitorId) -> SealContext<'a> {
        SealContext {
            purpose: SealedKind::Field,
            account,
            table: "manual_status",
            column: "message",
            row: monitor.as_bytes(),
            version: self.at.as_microsecond(),
        }
    }
}

/// What people say of manual monitors.
#[async_trait]
pub trait ManualStore: Send + Sync {
    /// Keeps what was said, in the place of what was said before, and tells the feed that the
    /// monitor changed. `NotFound` when there is no such monitor. Durable when it returns.
    async fn set_manual_status(
        &self,
        tenant: &Tenant,
        monitor: MonitorId,
        said: &ManualRecord,
        act: &Act,
    ) -> StoreResult<()>;

    /// What was said last; none when nothing was, or there is no such monitor.
    async fn manual_status(
        &self,
        tenant: &Tenant,
        monitor: MonitorId,
    ) -> StoreResult<Option<ManualRecord>>;
}
