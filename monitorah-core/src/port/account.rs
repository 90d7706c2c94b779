//! Accounts and their users.

use super::credential::ApiKeyRecord;
use crate::{
    crypt::WrappedKey,
    error::StoreResult,
    id::{AccountId, UserId},
    region::Region,
    tenant::{Act, Tenant},
};
use async_trait::async_trait;
use jiff::Timestamp;

/// An account as a store keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRecord {
    /// Its id.
    pub id: AccountId,
    /// Where its data lives.
    pub region: Region,
    /// Its first user.
    pub founder: UserId,
    /// When it was made.
    pub created_at: Timestamp,
}

/// Everything that a new account begins with.
#[derive(Debug, Clone)]
pub struct Founding {
    /// The account.
    pub account: AccountRecord,
    /// The first user's mail address, sealed for (`users`, `email`, user id, version 1) under the
    /// account's data key.
    pub email: crate::crypt::Sealed,
    /// The account's data key.
    pub key: WrappedKey,
    /// The first API key.
    pub api_key: ApiKeyRecord,
}

/// Accounts.
#[async_trait]
pub trait AccountStore: Send + Sync {
    /// Makes the installation's first account with its user, data key and API key, in one
    /// transaction. `AlreadyExists` when there is an account, also when another process made it at
    /// the same moment: exactly one of any number of concurrent calls succeeds.
    async fn found(&self, founding: &Founding, act: &Act) -> StoreResult<()>;

    /// The tenant's account.
    async fn account(&self, tenant: &Tenant) -> StoreResult<AccountRecord>;
}
