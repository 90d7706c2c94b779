//! The audit log: what every write left behind.

use super::page::Page;
use crate::{error::StoreResult, id::AuditId, tenant::Tenant};
use async_trait::async_trait;
use jiff::Timestamp;

/// One act as it was stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// Its id.
    pub id: AuditId,
    /// When.
    pub at: Timestamp,
    /// Who: an id, or `operator`, or `engine`.
    pub actor: String,
    /// What, as `noun.verb`.
    pub action: String,
    /// The id of what it was done to.
    pub object: String,
    /// The keyed hash of the request, where the act had an idempotency key.
    pub fingerprint: Option<[u8; 32]>,
}

/// Reads the audit rows that the other ports write beside their own.
#[async_trait]
pub trait AuditLog: Send + Sync {
    /// The act that used this idempotency key, if one did.
    async fn by_idempotency_key(&self, tenant: &Tenant, key: &str)
    -> StoreResult<Option<AuditRow>>;

    /// The tenant's acts, oldest first.
    async fn acts(&self, tenant: &Tenant, page: Page) -> StoreResult<Vec<AuditRow>>;
}
