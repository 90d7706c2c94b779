//! Who asks, and for whom: the tenant that every port method takes, and the act that every write stores.

use crate::id::{AccountId, ApiKeyId, RequestId, UserId};
use jiff::Timestamp;

/// The account on whose behalf a port is called. Every tenant-bound port method takes it first (I5).
///
/// It is made by a [`TenantResolver`](crate::port::TenantResolver), or by the engine from a row
/// that carries its account; never from what a request says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tenant {
    account: AccountId,
}

impl Tenant {
    /// The tenant of an account whose right to act was established by the caller.
    #[must_use]
    pub const fn of(account: AccountId) -> Self {
        Self { account }
    }

    /// The account.
    #[must_use]
    pub const fn account(&self) -> AccountId {
        self.account
    }
}

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// A user through an API key.
    ApiKey {
        /// The key.
        key: ApiKeyId,
        /// Its user.
        user: UserId,
    },
    /// The operator at the machine's own command line.
    Operator,
    /// The engine itself.
    Engine,
}

impl std::fmt::Display for Actor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::ApiKey { key, .. } => write!(f, "{key}"),
            Self::Operator => f.write_str("operator"),
            Self::Engine => f.write_str("engine"),
        }
    }
}

/// A client's promise that two requests are the same one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// The client's own text, at most 255 characters.
    pub key: String,
    /// A keyed hash of the request: the same key with another request is refused.
    pub fingerprint: [u8; 32],
}

/// Who does what and why: stored as the audit row, in the same transaction as the write itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// Who acts.
    pub actor: Actor,
    /// What is done, as `noun.verb`.
    pub action: &'static str,
    /// The id of what it is done to.
    pub object: String,
    /// The request that caused it.
    pub request: Option<RequestId>,
    /// Makes a repeated request find the first one's result.
    pub idempotency: Option<IdempotencyKey>,
    /// When.
    pub at: Timestamp,
}
