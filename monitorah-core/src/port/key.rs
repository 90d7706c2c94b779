//! The wrapped data keys of the accounts.

use crate::{crypt::WrappedKey, error::StoreResult, id::DataKeyId, tenant::Tenant};
use async_trait::async_trait;

/// Wrapped data keys.
#[async_trait]
pub trait KeyStore: Send + Sync {
    /// The tenant's key of this id, or its newest one.
    async fn data_key(&self, tenant: &Tenant, id: Option<DataKeyId>) -> StoreResult<WrappedKey>;
}
