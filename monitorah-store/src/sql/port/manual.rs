//! What people say of manual monitors.

use super::{Db, Store, account, commit, fault, note, sql, tell, unique};
use crate::sql::{row, value::status_text};
use async_trait::async_trait;
use monitorah_core::{
    Act, MonitorId, StoreErrorKind, StoreResult, Tenant,
    port::{ManualRecord, ManualStore},
};

#[async_trait]
impl ManualStore for Store {
    async fn set_manual_status(
        &self,
        tenant: &Tenant,
        monitor: MonitorId,
        said: &ManualRecord,
        act: &Act,
    ) -> StoreResult<()> {
        let mut tx = self.begin_write(tenant).await?;
        note(self, &mut tx, tenant, act).await?;
        sqlx::query(sql::MANUAL_SET)
            .bind(account(tenant))
            .bind(monitor.as_bytes().as_slice())
            .bind(status_text(said.status))
            .bind(said.message.as_ref().map(|message| message.as_bytes()))
            .bind(said.at.as_microsecond())
            .execute(&mut *tx)
            .await
            .map_err(unique(
                StoreErrorKind::Conflict,
                "somebody else said something at the same moment",
            ))?;
        tell(&mut tx, tenant, monitor, said.at).await?;
        commit(tx).await
    }

    async fn manual_status(
        &self,
        tenant: &Tenant,
        monitor: MonitorId,
    ) -> StoreResult<Option<ManualRecord>> {
        sqlx::query_as::<Db, row::Manual>(sql::MANUAL)
            .bind(account(tenant))
            .bind(monitor.as_bytes().as_slice())
            .fetch_optional(&mut *self.read(tenant).await?)
            .await
            .map_err(fault)?
            .map(row::Manual::read)
            .transpose()
    }
}
