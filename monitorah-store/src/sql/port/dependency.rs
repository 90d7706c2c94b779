//! What depends on what.

use super::{Db, Store, account, fault, sql};
use crate::sql::{row, value::number};
use async_trait::async_trait;
use monitorah_core::{
    MonitorId, StoreResult, Tenant,
    port::{Dependants, DependencyStore, ParentRecord},
};

#[async_trait]
impl DependencyStore for Store {
    async fn parents(&self, tenant: &Tenant, id: MonitorId) -> StoreResult<Vec<ParentRecord>> {
        sqlx::query_as::<Db, row::ParentRow>(sql::PARENTS)
            .bind(account(tenant))
            .bind(id.as_bytes().as_slice())
            .fetch_all(&mut *self.read(tenant).await?)
            .await
            .map_err(fault)?
            .into_iter()
            .map(row::ParentRow::read)
            .collect()
    }

    async fn dependants(
        &self,
        tenant: &Tenant,
        id: MonitorId,
        names: u32,
    ) -> StoreResult<Dependants> {
        let rows = sqlx::query_as::<Db, row::DependantRow>(sql::DEPENDANTS)
            .bind(account(tenant))
            .bind(id.as_bytes().as_slice())
            .bind(i64::from(names.max(1)))
            .fetch_all(&mut *self.read(tenant).await?)
            .await
            .map_err(fault)?;
        let Some(first) = rows.first() else {
            return Ok(Dependants::default());
        };
        let (count, down) = (first.total, first.total_down);
        let wanted = usize::try_from(names).unwrap_or(usize::MAX);
        Ok(Dependants {
            count: number(count, "number of dependants")?,
            down: number(down, "number of dependants")?,
            names: rows.into_iter().take(wanted).map(|row| row.name).collect(),
        })
    }
}
