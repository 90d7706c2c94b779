//! The first account: made once, by the operator, with its key shown once.

use super::{
    Service, ServiceError, ServiceResult,
    token::{self, TokenKind},
};
use crate::{
    crypt::{Keyring, SealContext, SealedKind},
    error::{FieldError, StoreErrorKind},
    id::{AccountId, ApiKeyId, UserId},
    port::{AccountRecord, ApiKeyRecord, Founding},
    secret::Secret,
    tenant::{Act, Actor, Tenant},
};
use std::sync::Arc;

/// What a founding returns: the key is shown once and can never be read again.
#[derive(Debug)]
pub struct Founded {
    /// The account.
    pub account: AccountId,
    /// Its first user.
    pub user: UserId,
    /// An API key that may do everything.
    pub api_key: Secret<String>,
}

impl Service {
    /// Makes the installation's first account, its user, and a key that may do everything.
    ///
    /// # Errors
    /// `Conflict` with the code `already_set_up` when there is an account.
    pub async fn found(&self, email: &str) -> ServiceResult<Founded> {
        let email = email.trim();
        let plausible = email.len() <= 254
            && email.split_once('@').is_some_and(|(local, domain)| {
                !local.is_empty() && !domain.is_empty() && !domain.contains('@')
            })
            && !email.chars().any(|c| c.is_whitespace() || c.is_control());
        if !plausible {
            return Err(ServiceError::Invalid(vec![FieldError::new(
                "/email",
                "this is no mail address: write it as name@example.org",
            )]));
        }
        let environment = &*self.means.environment;
        let at = environment.now();
        let account = AccountId::generate(environment);
        let user = UserId::generate(environment);
        let wrapped = self.means.keyring.mint(account).await?;
        let api_key = token::mint(environment, TokenKind::ApiKey, self.means.region);
        let place = SealContext {
            purpose: SealedKind::Field,
            account,
            table: "users",
            column: "email",
            row: user.as_bytes(),
            version: 1,
        };
        let email = self
            .means
            .keyring
            .seal_first(&wrapped, &place, email.as_bytes())
            .await?;
        let founding = Founding {
            account: AccountRecord {
                id: account,
                region: self.means.region,
                founder: user,
                created_at: at,
            },
            email,
            key: wrapped,
            api_key: ApiKeyRecord {
                id: ApiKeyId::generate(environment),
                user,
                name: "setup".to_owned(),
                prefix: token::display_prefix(api_key.expose(), TokenKind::ApiKey),
                hash: token::hash(api_key.expose()),
                scopes: vec!["*".to_owned()],
                created_at: at,
                expires_at: None,
                revoked_at: None,
            },
        };
        let act = Act {
            actor: Actor::Operator,
            action: "account.found",
            object: account.to_string(),
            request: None,
            idempotency: None,
            at,
        };
        match self.means.ports.accounts.found(&founding, &act).await {
            Ok(()) => Ok(Founded { account, user, api_key }),
            Err(error) if error.kind() == StoreErrorKind::AlreadyExists => {
                Err(ServiceError::Conflict {
                    code: "already_set_up",
                    message: "this installation is set up already; make another key with: monitorah api-keys create".to_owned(),
                })
            }
            Err(error) => Err(ServiceError::of_store(error, "account")),
        }
    }

    /// The installation's first account, for the operator at the command line.
    ///
    /// # Errors
    /// `NotFound` when nothing was set up yet.
    pub async fn founder(&self) -> ServiceResult<(Tenant, UserId)> {
        self.means
            .ports
            .resolver
            .founder()
            .await
            .map_err(|error| ServiceError::of_store(error, "account"))?
            .ok_or(ServiceError::NotFound("account"))
    }

    /// Seals and opens for every account.
    #[must_use]
    pub fn keyring(&self) -> &Arc<Keyring> {
        &self.means.keyring
    }
}
