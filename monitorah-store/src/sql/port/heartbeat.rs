//! Heartbeats and their pings.

use super::{
    Db, Page, Store, account, before, commit, explain_untouched, fault, sql, tell, unique,
};
use crate::sql::{row, value::to_json};
use async_trait::async_trait;
use monitorah_core::{
    MonitorId, StoreError, StoreErrorKind, StoreResult, Tenant,
    check::heartbeat::HeartbeatState,
    port::{HeartbeatRecord, HeartbeatStore, PingRecord},
};

/// The most pings that are kept of a monitor.
const MAX_PINGS: i64 = 1_000;

#[async_trait]
impl HeartbeatStore for Store {
    async fn heartbeat(&self, tenant: &Tenant, monitor: MonitorId) -> StoreResult<HeartbeatRecord> {
        sqlx::query_as::<Db, row::Heartbeat>(sql::HEARTBEAT)
            .bind(account(tenant))
            .bind(monitor.as_bytes().as_slice())
            .fetch_optional(&mut *self.read(tenant).await?)
            .await
            .map_err(fault)?
            .ok_or_else(|| StoreError::not_found("heartbeat"))?
            .read()
    }

    async fn record_ping(
        &self,
        tenant: &Tenant,
        monitor: MonitorId,
        expected: i64,
        state: &HeartbeatState,
        ping: &PingRecord,
    ) -> StoreResult<()> {
        let mut tx = self.begin_write(tenant).await?;
        let id = monitor.as_bytes().as_slice();
        let done = sqlx::query(sql::HEARTBEAT_SET)
            .bind(account(tenant))
            .bind(id)
            .bind(to_json(state)?)
            .bind(expected)
            .execute(&mut *tx)
            .await
            .map_err(fault)?;
        if done.rows_affected() == 0 {
            return Err(
                explain_untouched(&mut tx, sql::HEARTBEAT_EXISTS, tenant, id, "heartbeat").await,
            );
        }
        sqlx::query(sql::PING_INSERT)
            .bind(account(tenant))
            .bind(id)
            .bind(ping.id.as_bytes().as_slice())
            .bind(ping.at.as_microsecond())
            .bind(ping.kind.as_str())
            .bind(ping.run_id.as_deref())
            .bind(ping.exit_status.map(i64::from))
            .bind(ping.duration_us)
            .bind(ping.body.as_ref().map(|body| body.as_bytes()))
            .execute(&mut *tx)
            .await
            .map_err(unique(
                StoreErrorKind::AlreadyExists,
                "the ping is there already",
            ))?;
        sqlx::query(sql::PINGS_TRIM)
            .bind(account(tenant))
            .bind(id)
            .bind(MAX_PINGS)
            .execute(&mut *tx)
            .await
            .map_err(fault)?;
        tell(&mut tx, tenant, monitor, ping.at).await?;
        commit(tx).await
    }

    async fn pings(
        &self,
        tenant: &Tenant,
        monitor: MonitorId,
        page: Page,
    ) -> StoreResult<Vec<PingRecord>> {
        sqlx::query_as::<Db, row::Ping>(sql::PINGS)
            .bind(account(tenant))
            .bind(monitor.as_bytes().as_slice())
            .bind(before(page))
            .bind(i64::from(page.limit))
            .fetch_all(&mut *self.read(tenant).await?)
            .await
            .map_err(fault)?
            .into_iter()
            .map(row::Ping::read)
            .collect()
    }
}
