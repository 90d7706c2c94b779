//! The outbox.

use super::{
    super::LEASE, Db, Page, Store, Tx, account, commit, explain_untouched, fault, note, sql, unique,
};
use crate::sql::{row, value::time_or_none};
use async_trait::async_trait;
use jiff::Timestamp;
use monitorah_core::{
    Act, NotificationId, StoreErrorKind, StoreResult, Tenant,
    port::{
        AfterAttempt, AttemptRecord, Lease, LeaseLimits, Leased, NotificationFilter,
        NotificationRecord, NotificationState, Outbox, OutboxEntry,
    },
};

/// Adds a notification by one of the two inserts: the one that refuses a second, or the one that
/// leaves the first as it is.
pub(super) async fn add_notification(
    tx: &mut Tx,
    text: &'static str,
    tenant: &Tenant,
    entry: &OutboxEntry,
    lease: Option<Lease>,
) -> StoreResult<()> {
    sqlx::query(text)
        .bind(account(tenant))
        .bind(entry.id.as_bytes().as_slice())
        .bind(entry.channel.as_bytes().as_slice())
        .bind(entry.monitor.map(|id| id.as_bytes().to_vec()))
        .bind(entry.event.map(|id| id.as_bytes().to_vec()))
        .bind(entry.kind.as_str())
        .bind(entry.payload.as_bytes())
        .bind(entry.created_at.as_microsecond())
        .bind(lease.map(|lease| lease.token.to_vec()))
        .bind(lease.map(|lease| lease.until.as_microsecond()))
        .execute(&mut **tx)
        .await
        .map_err(unique(
            StoreErrorKind::AlreadyExists,
            "the notification is there already",
        ))?;
    Ok(())
}

#[async_trait]
impl Outbox for Store {
    async fn enqueue(
        &self,
        tenant: &Tenant,
        entry: &OutboxEntry,
        lease: Lease,
        act: &Act,
    ) -> StoreResult<()> {
        let mut tx = self.begin_write(tenant).await?;
        note(self, &mut tx, tenant, act).await?;
        add_notification(&mut tx, sql::OUTBOX_INSERT, tenant, entry, Some(lease)).await?;
        commit(tx).await
    }

    async fn lease(
        &self,
        now: Timestamp,
        lease: Lease,
        limits: LeaseLimits,
    ) -> StoreResult<Vec<Leased>> {
        let mut tx = self.begin_across().await?;
        let mut rows = sqlx::query_as::<Db, row::Notification>(LEASE)
            .bind(now.as_microsecond())
            .bind(lease.token.as_slice())
            .bind(lease.until.as_microsecond())
            .bind(i64::from(limits.all))
            .bind(i64::from(limits.each))
            .fetch_all(&mut *tx)
            .await
            .map_err(fault)?;
        commit(tx).await?;
        rows.sort_unstable_by_key(|row| row.position);
        rows.into_iter().map(|row| row.leased(lease)).collect()
    }

    async fn record(
        &self,
        tenant: &Tenant,
        id: NotificationId,
        lease: &Lease,
        attempt: &AttemptRecord,
        after: AfterAttempt,
    ) -> StoreResult<()> {
        let (state, next) = match after {
            AfterAttempt::Delivered => (NotificationState::Delivered, None),
            AfterAttempt::RetryAt(at) => (NotificationState::Pending, Some(at.as_microsecond())),
            AfterAttempt::Dead => (NotificationState::Dead, None),
        };
        let bytes = id.as_bytes().as_slice();
        let mut tx = self.begin_write(tenant).await?;
        let done = sqlx::query(sql::OUTBOX_RECORD)
            .bind(account(tenant))
            .bind(bytes)
            .bind(lease.token.as_slice())
            .bind(state.as_str())
            .bind(next)
            .execute(&mut *tx)
            .await
            .map_err(fault)?;
        if done.rows_affected() == 0 {
            return Err(explain_untouched(
                &mut tx,
                sql::OUTBOX_EXISTS,
                tenant,
                bytes,
                "notification",
            )
            .await);
        }
        let took = i64::try_from(attempt.took.as_micros()).unwrap_or(i64::MAX);
        sqlx::query(sql::ATTEMPT_INSERT)
            .bind(account(tenant))
            .bind(bytes)
            .bind(attempt.id.as_bytes().as_slice())
            .bind(attempt.at.as_microsecond())
            .bind(took)
            .bind(attempt.delivered)
            .bind(attempt.status_code.map(i64::from))
            .bind(attempt.error.as_deref())
            .execute(&mut *tx)
            .await
            .map_err(fault)?;
        commit(tx).await
    }

    async fn release(&self, tenant: &Tenant, id: NotificationId, lease: &Lease) -> StoreResult<()> {
        let mut tx = self.begin_write(tenant).await?;
        sqlx::query(sql::OUTBOX_RELEASE)
            .bind(account(tenant))
            .bind(id.as_bytes().as_slice())
            .bind(lease.token.as_slice())
            .execute(&mut *tx)
            .await
            .map_err(fault)?;
        commit(tx).await
    }

    async fn next_due(&self) -> StoreResult<Option<Timestamp>> {
        let due: Option<i64> = sqlx::query_scalar(sql::OUTBOX_NEXT_DUE)
            .fetch_one(&mut *self.read_across().await?)
            .await
            .map_err(fault)?;
        time_or_none(due)
    }

    async fn waiting(&self) -> StoreResult<u64> {
        let count: i64 = sqlx::query_scalar(sql::OUTBOX_WAITING)
            .fetch_one(&mut *self.read_across().await?)
            .await
            .map_err(fault)?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    async fn notifications(
        &self,
        tenant: &Tenant,
        filter: &NotificationFilter,
        page: Page,
    ) -> StoreResult<Vec<NotificationRecord>> {
        let mut reading = self.read(tenant).await?;
        let rows = sqlx::query_as::<Db, row::Notification>(sql::OUTBOX_LOG)
            .bind(account(tenant))
            .bind(page.after.map(|id| id.to_vec()))
            .bind(filter.channel.map(|id| id.as_bytes().to_vec()))
            .bind(filter.monitor.map(|id| id.as_bytes().to_vec()))
            .bind(filter.state.map(|state| state.as_str()))
            .bind(i64::from(page.limit))
            .fetch_all(&mut *reading)
            .await
            .map_err(fault)?;
        let mut records = Vec::with_capacity(rows.len());
        for row in rows {
            let attempts = sqlx::query_as::<Db, row::Attempt>(sql::ATTEMPTS)
                .bind(account(tenant))
                .bind(row.id.as_slice())
                .fetch_all(&mut *reading)
                .await
                .map_err(fault)?;
            records.push(row.record(&attempts)?);
        }
        Ok(records)
    }
}
