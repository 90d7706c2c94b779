//! The look-ups before a tenant is known (I5): each returns only tenant and principal.

use crate::{
    error::StoreResult,
    id::{ApiKeyId, MonitorId, UserId},
    tenant::Tenant,
};
use async_trait::async_trait;
use jiff::Timestamp;

/// Whom an API key stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyMatch {
    /// The account.
    pub tenant: Tenant,
    /// The key.
    pub key: ApiKeyId,
    /// Its user.
    pub user: UserId,
    /// What it may do, as the texts of the scopes.
    pub scopes: Vec<String>,
    /// When it ends.
    pub expires_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

/// Finds out the tenant. Nothing is cached: what another process wrote is seen by the next call.
#[async_trait]
pub trait TenantResolver: Send + Sync {
    /// Whom the key with this SHA-256 stands for; revoked and expired ones too, marked so.
    async fn by_api_key(&self, hash: &[u8; 32]) -> StoreResult<Option<KeyMatch>>;

    /// The monitor whose heartbeat token has this SHA-256.
    async fn by_heartbeat(&self, hash: &[u8; 32]) -> StoreResult<Option<(Tenant, MonitorId)>>;

    /// The monitor whose badge key has this SHA-256.
    async fn by_badge(&self, hash: &[u8; 32]) -> StoreResult<Option<(Tenant, MonitorId)>>;

    /// The installation's first account and its founder, for the operator at the command line.
    async fn founder(&self) -> StoreResult<Option<(Tenant, UserId)>>;
}
