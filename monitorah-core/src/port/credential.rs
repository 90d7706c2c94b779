//! API keys: the hash, never the key.

use super::page::Page;
use crate::{
    error::StoreResult,
    id::{ApiKeyId, UserId},
    tenant::{Act, Tenant},
};
use async_trait::async_trait;
use jiff::Timestamp;

/// An API key as a store keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKeyRecord {
    /// Its id.
    pub id: ApiKeyId,
    /// Whose it is.
    pub user: UserId,
    /// What people call it.
    pub name: String,
    /// Its first characters, to tell keys apart.
    pub prefix: String,
    /// SHA-256 of the whole key.
    pub hash: [u8; 32],
    /// What it may do, as the texts of the scopes.
    pub scopes: Vec<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

/// API keys.
#[async_trait]
pub trait CredentialStore: Send + Sync {
    /// Stores a new key.
    async fn create_api_key(
        &self,
        tenant: &Tenant,
        key: &ApiKeyRecord,
        act: &Act,
    ) -> StoreResult<()>;

    /// The keys, oldest first, revoked ones too.
    async fn api_keys(&self, tenant: &Tenant, page: Page) -> StoreResult<Vec<ApiKeyRecord>>;

    /// Revokes a key: from its return on, [`by_api_key`](super::TenantResolver::by_api_key) shows
    /// it revoked. Revoking it again is `NotFound`.
    async fn revoke_api_key(&self, tenant: &Tenant, id: ApiKeyId, act: &Act) -> StoreResult<()>;
}
