//! API keys: made, shown once, listed by their prefix, revoked.

use super::{
    Caller, Service, ServiceError, ServiceResult, check_name,
    token::{self, TokenKind},
};
use crate::{
    error::FieldError,
    id::{ApiKeyId, UserId},
    port::{ApiKeyRecord, KeyMatch, Page},
    secret::Secret,
    tenant::Tenant,
};
use jiff::Timestamp;

/// An API key as somebody wants it.
#[derive(Debug, Clone)]
pub struct ApiKeyDraft {
    /// What people call it.
    pub name: String,
    /// What it may do; the caller has checked that these are scopes, and that it may give them.
    pub scopes: Vec<String>,
    /// When it ends.
    pub expires_at: Option<Timestamp>,
}

/// A key that was just made.
#[derive(Debug)]
pub struct CreatedKey {
    /// What is stored of it.
    pub record: ApiKeyRecord,
    /// The key itself: shown now and never again.
    pub key: Secret<String>,
}

impl Service {
    /// Makes a key for `user`.
    ///
    /// # Errors
    /// `Invalid`; `Conflict` with the code `key_already_shown` for a repeated request, because a
    /// key is shown only once.
    pub async fn create_api_key(
        &self,
        caller: &Caller,
        user: UserId,
        draft: ApiKeyDraft,
    ) -> ServiceResult<CreatedKey> {
        let environment = &*self.means.environment;
        let now = environment.now();
        let mut wrong = Vec::new();
        check_name(&draft.name, &mut wrong);
        if draft.scopes.is_empty() {
            wrong.push(FieldError::new("/scopes", "name at least one scope"));
        }
        if draft.expires_at.is_some_and(|at| at <= now) {
            wrong.push(FieldError::new(
                "/expiresAt",
                "the end of a key lies in the future",
            ));
        }
        if !wrong.is_empty() {
            return Err(ServiceError::Invalid(wrong));
        }
        let key = token::mint(environment, TokenKind::ApiKey, self.means.region);
        let record = ApiKeyRecord {
            id: ApiKeyId::generate(environment),
            user,
            name: draft.name,
            prefix: token::display_prefix(key.expose(), TokenKind::ApiKey),
            hash: token::hash(key.expose()),
            scopes: draft.scopes,
            created_at: now,
            expires_at: draft.expires_at,
            revoked_at: None,
        };
        let act = self
            .act(caller, "api_key.create", record.id.to_string())
            .await?;
        let write = self
            .means
            .ports
            .credentials
            .create_api_key(&caller.tenant, &record, &act);
        match self.once(caller, &act, "API key", write).await? {
            None => Ok(CreatedKey { record, key }),
            Some(_) => Err(ServiceError::Conflict {
                code: "key_already_shown",
                message: "this request made a key before, and a key is shown only once: revoke it and make another with a new idempotency key".to_owned(),
            }),
        }
    }

    /// The keys, oldest first, revoked ones too.
    ///
    /// # Errors
    /// Only faults.
    pub async fn api_keys(&self, tenant: &Tenant, page: Page) -> ServiceResult<Vec<ApiKeyRecord>> {
        self.means
            .ports
            .credentials
            .api_keys(tenant, page)
            .await
            .map_err(|error| ServiceError::of_store(error, "API key"))
    }

    /// One key, revoked ones too.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn api_key(&self, tenant: &Tenant, id: ApiKeyId) -> ServiceResult<ApiKeyRecord> {
        // The page after the id before it begins with it.
        let before = u128::from_be_bytes(*id.as_bytes()).checked_sub(1);
        let page = match before {
            None => Page::first(1),
            Some(before) => Page::after(before.to_be_bytes(), 1),
        };
        let found = self.api_keys(tenant, page).await?;
        found
            .into_iter()
            .find(|record| record.id == id)
            .ok_or(ServiceError::NotFound("API key"))
    }

    /// Revokes a key, in force at once.
    ///
    /// # Errors
    /// `NotFound` when there is no such key in force.
    pub async fn revoke_api_key(&self, caller: &Caller, id: ApiKeyId) -> ServiceResult<()> {
        let act = self.act(caller, "api_key.revoke", id.to_string()).await?;
        let write = self
            .means
            .ports
            .credentials
            .revoke_api_key(&caller.tenant, id, &act);
        self.once(caller, &act, "API key", write).await?;
        Ok(())
    }

    /// Whom a key stands for: none when it is malformed, unknown, revoked or expired. A malformed
    /// key costs no look-up.
    ///
    /// # Errors
    /// Only faults.
    pub async fn authenticate(&self, key: &str) -> ServiceResult<Option<KeyMatch>> {
        if token::inspect(key, TokenKind::ApiKey, self.means.region).is_err() {
            return Ok(None);
        }
        self.key_in_force(&token::hash(key)).await
    }

    /// Whom the key with this hash stands for: none when it is unknown, revoked or expired.
    ///
    /// # Errors
    /// Only faults.
    pub async fn key_in_force(&self, hash: &[u8; 32]) -> ServiceResult<Option<KeyMatch>> {
        let found = self
            .means
            .ports
            .resolver
            .by_api_key(hash)
            .await
            .map_err(|error| ServiceError::of_store(error, "API key"))?;
        let now = self.means.environment.now();
        Ok(found.filter(|found| {
            found.revoked_at.is_none() && found.expires_at.is_none_or(|end| now < end)
        }))
    }
}
