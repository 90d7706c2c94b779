//! Maintenance windows and silences.

use super::page::Page;
use crate::{
    error::StoreResult,
    id::{MaintenanceId, SilenceId},
    maintenance::Window,
    silence::Silence,
    tenant::{Act, Tenant},
};
use async_trait::async_trait;
use jiff::Timestamp;

/// Maintenance windows. What a window names is a set: it comes back in order, each name once.
#[async_trait]
pub trait MaintenanceStore: Send + Sync {
    /// Stores a new window. `NotFound` when it names a monitor that is not the tenant's.
    async fn create_window(&self, tenant: &Tenant, window: &Window, act: &Act) -> StoreResult<()>;

    /// One window.
    async fn window(&self, tenant: &Tenant, id: MaintenanceId) -> StoreResult<Window>;

    /// The windows, oldest first.
    async fn windows(&self, tenant: &Tenant, page: Page) -> StoreResult<Vec<Window>>;

    /// The windows that are not over at `now`, oldest first.
    async fn current_windows(
        &self,
        tenant: &Tenant,
        now: Timestamp,
        limit: u32,
    ) -> StoreResult<Vec<Window>>;

    /// Replaces a window whose stored version is `window.version`; stores it as the next.
    /// `Conflict` when it was changed in between, `NotFound` also for what it names. Account and
    /// `created_at` never change.
    async fn update_window(&self, tenant: &Tenant, window: &Window, act: &Act) -> StoreResult<()>;

    /// Removes a window.
    /// `Conflict` when its stored version is not `expected`, where that is said.
    async fn delete_window(
        &self,
        tenant: &Tenant,
        id: MaintenanceId,
        expected: Option<i64>,
        act: &Act,
    ) -> StoreResult<()>;
}

/// Silences. What a silence names is a set: it comes back in order, each name once.
#[async_trait]
pub trait SilenceStore: Send + Sync {
    /// Stores a new silence. `NotFound` when it names a monitor that is not the tenant's.
    async fn create_silence(
        &self,
        tenant: &Tenant,
        silence: &Silence,
        act: &Act,
    ) -> StoreResult<()>;

    /// One silence.
    async fn silence(&self, tenant: &Tenant, id: SilenceId) -> StoreResult<Silence>;

    /// The silences, oldest first.
    async fn silences(&self, tenant: &Tenant, page: Page) -> StoreResult<Vec<Silence>>;

    /// The silences that are not over at `now`, oldest first.
    async fn current_silences(
        &self,
        tenant: &Tenant,
        now: Timestamp,
        limit: u32,
    ) -> StoreResult<Vec<Silence>>;

    /// Replaces a silence whose stored version is `silence.version`; stores it as the next.
    /// `Conflict` when it was changed in between, `NotFound` also for what it names. Account,
    /// `created_by` and `created_at` never change.
    async fn update_silence(
        &self,
        tenant: &Tenant,
        silence: &Silence,
        act: &Act,
    ) -> StoreResult<()>;

    /// Removes a silence.
    /// `Conflict` when its stored version is not `expected`, where that is said.
    async fn delete_silence(
        &self,
        tenant: &Tenant,
        id: SilenceId,
        expected: Option<i64>,
        act: &Act,
    ) -> StoreResult<()>;
}
