//! Accounts, keys, look-ups before the tenant is known, and the audit log, in memory.

use super::{MemoryStore, World, oldest_first, rows};
use crate::{
    crypt::WrappedKey,
    error::{StoreError, StoreErrorKind, StoreResult},
    id::{AccountId, ApiKeyId, AuditId, DataKeyId, MonitorId, UserId},
    port::{
        AccountRecord, AccountStore, ApiKeyRecord, AuditLog, AuditRow, CredentialStore, Founding,
        KeyMatch, KeyStore, Page, TenantResolver,
    },
    tenant::{Act, Tenant},
};
use async_trait::async_trait;

impl World {
    fn add_api_key(&mut self, account: AccountId, key: &ApiKeyRecord) -> StoreResult<()> {
        let taken = self.api_keys.iter().any(|((owner, id), stored)| {
            (*owner, *id) == (account, key.id) || stored.hash == key.hash
        });
        if taken {
            return Err(StoreError::new(
                StoreErrorKind::AlreadyExists,
                "the api key is there already",
            ));
        }
        self.api_keys.insert((account, key.id), key.clone());
        Ok(())
    }
}

#[async_trait]
impl AccountStore for MemoryStore {
    async fn found(&self, founding: &Founding, act: &Act) -> StoreResult<()> {
        let mut world = self.world();
        let account = founding.account.id;
        if world.founder.is_some() {
            return Err(StoreError::new(
                StoreErrorKind::AlreadyExists,
                "the installation has an account already",
            ));
        }
        world.add_api_key(account, &founding.api_key)?;
        world.founder = Some(account);
        world.accounts.insert(account, founding.account.clone());
        let user = (account, founding.account.founder);
        world.emails.insert(user, founding.email.clone());
        let key = (account, founding.key.id);
        world.data_keys.insert(key, founding.key.clone());
        world.note(&Tenant::of(account), act);
        Ok(())
    }

    async fn account(&self, tenant: &Tenant) -> StoreResult<AccountRecord> {
        self.world()
            .accounts
            .get(&tenant.account())
            .cloned()
            .ok_or_else(|| StoreError::not_found("account"))
    }
}

#[async_trait]
impl CredentialStore for MemoryStore {
    async fn create_api_key(
        &self,
        tenant: &Tenant,
        key: &ApiKeyRecord,
        act: &Act,
    ) -> StoreResult<()> {
        let mut world = self.world();
        world.refuse_replay(tenant, act)?;
        world.add_api_key(tenant.account(), key)?;
        world.note(tenant, act);
        Ok(())
    }

    async fn api_keys(&self, tenant: &Tenant, page: Page) -> StoreResult<Vec<ApiKeyRecord>> {
        let world = self.world();
        Ok(
            oldest_first(&world.api_keys, tenant, page, ApiKeyId::from_bytes)
                .map(|(_, key)| key.clone())
                .take(rows(page.limit))
                .collect(),
        )
    }

    async fn revoke_api_key(&self, tenant: &Tenant, id: ApiKeyId, act: &Act) -> StoreResult<()> {
        let mut world = self.world();
        world.refuse_replay(tenant, act)?;
        let key = world
            .api_keys
            .get_mut(&(tenant.account(), id))
            .filter(|key| key.revoked_at.is_none())
            .ok_or_else(|| StoreError::not_found("api key"))?;
        key.revoked_at = Some(act.at);
        world.note(tenant, act);
        Ok(())
    }
}

#[async_trait]
impl KeyStore for MemoryStore {
    async fn data_key(&self, tenant: &Tenant, id: Option<DataKeyId>) -> StoreResult<WrappedKey> {
        let world = self.world();
        let account = tenant.account();
        let mut keys = world
            .data_keys
            .iter()
            .filter(|((owner, _), _)| *owner == account);
        match id {
            Some(id) => keys.find(|((_, key), _)| *key == id),
            None => keys.next_back(),
        }
        .map(|(_, key)| key.clone())
        .ok_or_else(|| StoreError::not_found("data key"))
    }
}

#[async_trait]
impl TenantResolver for MemoryStore {
    async fn by_api_key(&self, hash: &[u8; 32]) -> StoreResult<Option<KeyMatch>> {
        let world = self.world();
        let found = world.api_keys.iter().find(|(_, key)| key.hash == *hash);
        Ok(found.map(|((account, id), key)| KeyMatch {
            tenant: Tenant::of(*account),
            key: *id,
            user: key.user,
            scopes: key.scopes.clone(),
            expires_at: key.expires_at,
            revoked_at: key.revoked_at,
        }))
    }

    async fn by_heartbeat(&self, hash: &[u8; 32]) -> StoreResult<Option<(Tenant, MonitorId)>> {
        let world = self.world();
        let found = world
            .heartbeats
            .iter()
            .find(|(_, record)| record.token_hash == *hash);
        Ok(found.map(|((account, monitor), _)| (Tenant::of(*account), *monitor)))
    }

    async fn by_badge(&self, hash: &[u8; 32]) -> StoreResult<Option<(Tenant, MonitorId)>> {
        let world = self.world();
        let found = world
            .badges
            .iter()
            .find(|(_, record)| record.key_hash == *hash);
        Ok(found.map(|((account, monitor), _)| (Tenant::of(*account), *monitor)))
    }

    async fn founder(&self) -> StoreResult<Option<(Tenant, UserId)>> {
        let world = self.world();
        let account = world
            .founder
            .and_then(|account| world.accounts.get(&account));
        Ok(account.map(|account| (Tenant::of(account.id), account.founder)))
    }
}

#[async_trait]
impl AuditLog for MemoryStore {
    async fn by_idempotency_key(
        &self,
        tenant: &Tenant,
        key: &str,
    ) -> StoreResult<Option<AuditRow>> {
        let world = self.world();
        let account = tenant.account();
        let id = world.replays.get(&(account, key.to_owned()));
        Ok(id.and_then(|id| world.audit.get(&(account, *id))).cloned())
    }

    async fn acts(&self, tenant: &Tenant, page: Page) -> StoreResult<Vec<AuditRow>> {
        let world = self.world();
        Ok(
            oldest_first(&world.audit, tenant, page, AuditId::from_bytes)
                .map(|(_, row)| row.clone())
                .take(rows(page.limit))
                .collect(),
        )
    }
}
