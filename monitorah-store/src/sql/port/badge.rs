//! Badge keys.

use super::{Db, Store, account, commit, fault, note, sql, touch};
use crate::sql::row;
use async_trait::async_trait;
use monitorah_core::{
    Act, MonitorId, StoreError, StoreResult, Tenant,
    port::{BadgeRecord, BadgeStore},
};

#[async_trait]
impl BadgeStore for Store {
    async fn badge(&self, tenant: &Tenant, monitor: MonitorId) -> StoreResult<BadgeRecord> {
        sqlx::query_as::<Db, row::Badge>(sql::BADGE)
            .bind(account(tenant))
            .bind(monitor.as_bytes().as_slice())
            .fetch_optional(&mut *self.read(tenant).await?)
            .await
            .map_err(fault)?
            .ok_or_else(|| StoreError::not_found("badge"))?
            .read()
    }

    async fn set_badge(
        &self,
        tenant: &Tenant,
        monitor: MonitorId,
        badge: &BadgeRecord,
        act: &Act,
    ) -> StoreResult<()> {
        let mut tx = self.begin_write(tenant).await?;
        note(self, &mut tx, tenant, act).await?;
        let done = sqlx::query(sql::BADGE_SET)
            .bind(account(tenant))
            .bind(monitor.as_bytes().as_slice())
            .bind(badge.key.as_bytes())
            .bind(badge.key_hash.as_slice())
            .bind(badge.created_at.as_microsecond())
            .execute(&mut *tx)
            .await
            .map_err(fault)?;
        if done.rows_affected() == 0 {
            return Err(StoreError::not_found("monitor"));
        }
        commit(tx).await
    }

    async fn remove_badge(
        &self,
        tenant: &Tenant,
        monitor: MonitorId,
        act: &Act,
    ) -> StoreResult<()> {
        let mut tx = self.begin_write(tenant).await?;
        note(self, &mut tx, tenant, act).await?;
        if !touch(&mut tx, sql::BADGE_DELETE, tenant, monitor.as_bytes()).await? {
            return Err(StoreError::not_found("badge"));
        }
        commit(tx).await
    }
}
