//! Accounts, keys, the look-ups before the tenant is known, and the audit log.

use super::{Db, Page, Store, Tx, account, commit, fault, note, sql, unique};
use crate::sql::{row, value::to_json};
use async_trait::async_trait;
use monitorah_core::{
    Act, ApiKeyId, DataKeyId, MonitorId, StoreError, StoreErrorKind, StoreResult, Tenant, UserId,
    crypt::WrappedKey,
    port::{
        AccountRecord, AccountStore, ApiKeyRecord, AuditLog, AuditRow, CredentialStore, Founding,
        KeyMatch, KeyStore, TenantResolver,
    },
};

async fn add_api_key(tx: &mut Tx, tenant: &Tenant, key: &ApiKeyRecord) -> StoreResult<()> {
    sqlx::query(sql::API_KEY_INSERT)
        .bind(account(tenant))
        .bind(key.id.as_bytes().as_slice())
        .bind(key.user.as_bytes().as_slice())
        .bind(key.name.as_str())
        .bind(key.prefix.as_str())
        .bind(key.hash.as_slice())
        .bind(to_json(&key.scopes)?)
        .bind(key.created_at.as_microsecond())
        .bind(key.expires_at.map(|at| at.as_microsecond()))
        .bind(key.revoked_at.map(|at| at.as_microsecond()))
        .execute(&mut **tx)
        .await
        .map_err(unique(
            StoreErrorKind::AlreadyExists,
            "the api key is there already",
        ))?;
    Ok(())
}

#[async_trait]
impl AccountStore for Store {
    async fn found(&self, founding: &Founding, act: &Act) -> StoreResult<()> {
        let record = &founding.account;
        let tenant = Tenant::of(record.id);
        let mut tx = self.begin_write(&tenant).await?;
        let there = || {
            unique(
                StoreErrorKind::AlreadyExists,
                "the installation has an account already",
            )
        };
        sqlx::query(sql::ACCOUNT_INSERT)
            .bind(account(&tenant))
            .bind(record.region.as_str())
            .bind(record.founder.as_bytes().as_slice())
            .bind(record.created_at.as_microsecond())
            .execute(&mut *tx)
            .await
            .map_err(there())?;
        sqlx::query(sql::INSTALLATION_INSERT)
            .bind(account(&tenant))
            .execute(&mut *tx)
            .await
            .map_err(there())?;
        sqlx::query(sql::USER_INSERT)
            .bind(account(&tenant))
            .bind(record.founder.as_bytes().as_slice())
            .bind(founding.email.as_bytes())
            .bind(record.created_at.as_microsecond())
            .execute(&mut *tx)
            .await
            .map_err(fault)?;
        sqlx::query(sql::DATA_KEY_INSERT)
            .bind(account(&tenant))
            .bind(founding.key.id.as_bytes().as_slice())
            .bind(i64::from(founding.key.version))
            .bind(founding.key.key_uri.as_str())
            .bind(founding.key.wrapped.as_slice())
            .execute(&mut *tx)
            .await
            .map_err(fault)?;
        add_api_key(&mut tx, &tenant, &founding.api_key).await?;
        note(self, &mut tx, &tenant, act).await?;
        commit(tx).await
    }

    async fn account(&self, tenant: &Tenant) -> StoreResult<AccountRecord> {
        sqlx::query_as::<Db, row::Account>(sql::ACCOUNT)
            .bind(account(tenant))
            .fetch_optional(&mut *self.read(tenant).await?)
            .await
            .map_err(fault)?
            .ok_or_else(|| StoreError::not_found("account"))?
            .read()
    }
}

#[async_trait]
impl CredentialStore for Store {
    async fn create_api_key(
        &self,
        tenant: &Tenant,
        key: &ApiKeyRecord,
        act: &Act,
    ) -> StoreResult<()> {
        let mut tx = self.begin_write(tenant).await?;
        note(self, &mut tx, tenant, act).await?;
        add_api_key(&mut tx, tenant, key).await?;
        commit(tx).await
    }

    async fn api_keys(&self, tenant: &Tenant, page: Page) -> StoreResult<Vec<ApiKeyRecord>> {
        super::list(self, sql::API_KEYS, tenant, page, row::ApiKey::read).await
    }

    async fn revoke_api_key(&self, tenant: &Tenant, id: ApiKeyId, act: &Act) -> StoreResult<()> {
        let mut tx = self.begin_write(tenant).await?;
        note(self, &mut tx, tenant, act).await?;
        let done = sqlx::query(sql::API_KEY_REVOKE)
            .bind(account(tenant))
            .bind(id.as_bytes().as_slice())
            .bind(act.at.as_microsecond())
            .execute(&mut *tx)
            .await
            .map_err(fault)?;
        if done.rows_affected() == 0 {
            return Err(StoreError::not_found("api key"));
        }
        commit(tx).await
    }
}

#[async_trait]
impl KeyStore for Store {
    async fn data_key(&self, tenant: &Tenant, id: Option<DataKeyId>) -> StoreResult<WrappedKey> {
        sqlx::query_as::<Db, row::Key>(sql::DATA_KEY)
            .bind(account(tenant))
            .bind(id.map(|id| id.as_bytes().to_vec()))
            .fetch_optional(&mut *self.read(tenant).await?)
            .await
            .map_err(fault)?
            .ok_or_else(|| StoreError::not_found("data key"))?
            .read()
    }
}

#[async_trait]
impl TenantResolver for Store {
    async fn by_api_key(&self, hash: &[u8; 32]) -> StoreResult<Option<KeyMatch>> {
        sqlx::query_as::<Db, row::ApiKey>(sql::BY_API_KEY)
            .bind(hash.as_slice())
            .fetch_optional(&mut *self.read_across().await?)
            .await
            .map_err(fault)?
            .map(row::ApiKey::matched)
            .transpose()
    }

    async fn by_heartbeat(&self, hash: &[u8; 32]) -> StoreResult<Option<(Tenant, MonitorId)>> {
        sqlx::query_as::<Db, row::MonitorPlace>(sql::BY_HEARTBEAT)
            .bind(hash.as_slice())
            .fetch_optional(&mut *self.read_across().await?)
            .await
            .map_err(fault)?
            .map(|place| place.read())
            .transpose()
    }

    async fn by_badge(&self, hash: &[u8; 32]) -> StoreResult<Option<(Tenant, MonitorId)>> {
        sqlx::query_as::<Db, row::MonitorPlace>(sql::BY_BADGE)
            .bind(hash.as_slice())
            .fetch_optional(&mut *self.read_across().await?)
            .await
            .map_err(fault)?
            .map(|place| place.read())
            .transpose()
    }

    async fn founder(&self) -> StoreResult<Option<(Tenant, UserId)>> {
        sqlx::query_as::<Db, row::Founder>(sql::FOUNDER)
            .fetch_optional(&mut *self.read_across().await?)
            .await
            .map_err(fault)?
            .map(|founder| founder.read())
            .transpose()
    }
}

#[async_trait]
impl AuditLog for Store {
    async fn by_idempotency_key(
        &self,
        tenant: &Tenant,
        key: &str,
    ) -> StoreResult<Option<AuditRow>> {
        sqlx::query_as::<Db, row::Audit>(sql::AUDIT_BY_KEY)
            .bind(account(tenant))
            .bind(key)
            .fetch_optional(&mut *self.read(tenant).await?)
            .await
            .map_err(fault)?
            .map(row::Audit::read)
            .transpose()
    }

    async fn acts(&self, tenant: &Tenant, page: Page) -> StoreResult<Vec<AuditRow>> {
        super::list(self, sql::AUDIT, tenant, page, row::Audit::read).await
    }
}
