//! Badges: the key by which anybody may see one monitor's state in a picture.

use crate::{
    crypt::Sealed,
    error::StoreResult,
    id::MonitorId,
    tenant::{Act, Tenant},
};
use async_trait::async_trait;
use jiff::Timestamp;

/// The badge key of a monitor as a store keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadgeRecord {
    /// The key, sealed for (`badges`, `key`, monitor id, version 1), for display.
    pub key: Sealed,
    /// SHA-256 of the key, for look-up.
    pub key_hash: [u8; 32],
    /// When it was made.
    pub created_at: Timestamp,
}

/// Badge keys: at most one for each monitor.
#[async_trait]
pub trait BadgeStore: Send + Sync {
    /// The badge key of a monitor. `NotFound` without one.
    async fn badge(&self, tenant: &Tenant, monitor: MonitorId) -> StoreResult<BadgeRecord>;

    /// Stores the badge key of a monitor in the place of the one before, which opens nothing any
    /// more. `NotFound` when there is no such monitor.
    async fn set_badge(
        &self,
        tenant: &Tenant,
        monitor: MonitorId,
        badge: &BadgeRecord,
        act: &Act,
    ) -> StoreResult<()>;

    /// Removes the badge key of a monitor: it opens nothing any more. `NotFound` without one.
    async fn remove_badge(&self, tenant: &Tenant, monitor: MonitorId, act: &Act)
    -> StoreResult<()>;
}
