//! Holds.

use super::{Db, Store, account, commit, fault, sql};
use crate::sql::row;
use async_trait::async_trait;
use jiff::Timestamp;
use monitorah_core::{
    ChannelId, NotificationId, StoreError, StoreResult, Tenant,
    port::{AfterGroup, AfterHold, AttemptRecord, Held, HoldStore, Lease},
};

#[async_trait]
impl HoldStore for Store {
    async fn hold(
        &self,
        tenant: &Tenant,
        channel: ChannelId,
        (until, most): (Timestamp, u32),
        (freed, lease): (NotificationId, Lease),
    ) -> StoreResult<()> {
        let bytes = channel.as_bytes().as_slice();
        let mut tx = self.begin_write(tenant).await?;
        sqlx::query(sql::HOLD_INSERT)
            .bind(account(tenant))
            .bind(bytes)
            .bind(until.as_microsecond())
            .bind(i64::from(most))
            .execute(&mut *tx)
            .await
            .map_err(fault)?;
        let until: Option<i64> = sqlx::query_scalar(sql::HOLD_UNTIL)
            .bind(account(tenant))
            .bind(bytes)
            .fetch_optional(&mut *tx)
            .await
            .map_err(fault)?;
        let until = until.ok_or_else(|| StoreError::not_found("channel"))?;
        move_to(&mut tx, tenant, channel, until).await?;
        sqlx::query(sql::OUTBOX_RELEASE)
            .bind(account(tenant))
            .bind(freed.as_bytes().as_slice())
            .bind(lease.token.as_slice())
            .execute(&mut *tx)
            .await
            .map_err(fault)?;
        commit(tx).await
    }

    async fn lease_held(
        &self,
        now: Timestamp,
        lease: Lease,
        most: u32,
    ) -> StoreResult<Option<Held>> {
        // Mostly nothing is held: asked of a reader, so that the writer is not disturbed.
        let first: Option<i64> = sqlx::query_scalar(sql::HOLDS_DUE)
            .fetch_one(&mut *self.read_across().await?)
            .await
            .map_err(fault)?;
        if first.is_none_or(|first| first > now.as_microsecond()) {
            return Ok(None);
        }
        let mut tx = self.begin_across().await?;
        let hold = sqlx::query_as::<Db, row::Hold>(sql::HOLD_LEASE)
            .bind(now.as_microsecond())
            .bind(lease.token.as_slice())
            .bind(lease.until.as_microsecond())
            .fetch_optional(&mut *tx)
            .await
            .map_err(fault)?;
        let Some(hold) = hold else {
            return Ok(None);
        };
        commit(tx).await?;
        // The rest is of one account. Should it not come to that, the hold is due when its lease
        // ends.
        let mut held = hold.held(lease)?;
        let mut tx = self.begin_write(&held.tenant).await?;
        move_to(
            &mut tx,
            &held.tenant,
            held.channel,
            lease.until.as_microsecond(),
        )
        .await?;
        let mut rows = sqlx::query_as::<Db, row::Notification>(sql::GROUP_LEASE)
            .bind(account(&held.tenant))
            .bind(held.channel.as_bytes().as_slice())
            .bind(lease.token.as_slice())
            .bind(lease.until.as_microsecond())
            .bind(now.as_microsecond())
            .bind(i64::from(held.most.min(most)))
            .fetch_all(&mut *tx)
            .await
            .map_err(fault)?;
        commit(tx).await?;
        rows.sort_unstable_by_key(|row| row.position);
        held.members = rows
            .into_iter()
            .map(|row| row.leased(lease))
            .collect::<StoreResult<_>>()?;
        Ok(Some(held))
    }

    async fn record_held(
        &self,
        tenant: &Tenant,
        (channel, lease): (ChannelId, &Lease),
        attempt: Option<(&AttemptRecord, AfterGroup)>,
        after: AfterHold,
        now: Timestamp,
    ) -> StoreResult<()> {
        let bytes = channel.as_bytes().as_slice();
        let mut tx = self.begin_write(tenant).await?;
        let (done, next) = match after {
            AfterHold::Until {
                until,
                failures,
                most,
            } => (
                sqlx::query(sql::HOLD_RECORD)
                    .bind(account(tenant))
                    .bind(bytes)
                    .bind(lease.token.as_slice())
                    .bind(until.as_microsecond())
                    .bind(i64::from(failures))
                    .bind(i64::from(most)),
                until,
            ),
            AfterHold::Over => (
                sqlx::query(sql::HOLD_END)
                    .bind(account(tenant))
                    .bind(bytes)
                    .bind(lease.token.as_slice()),
                now,
            ),
        };
        let done = done.execute(&mut *tx).await.map_err(fault)?;
        if done.rows_affected() == 0 {
            let held: Option<i64> = sqlx::query_scalar(sql::HOLD_UNTIL)
                .bind(account(tenant))
                .bind(bytes)
                .fetch_optional(&mut *tx)
                .await
                .map_err(fault)?;
            return Err(match held {
                Some(_) => StoreError::conflict("the hold"),
                None => StoreError::not_found("hold"),
            });
        }
        match attempt {
            Some((attempt, after)) => {
                record_members(&mut tx, tenant, (channel, lease), attempt, after).await?
            }
            None => {
                sqlx::query(sql::GROUP_RELEASE)
                    .bind(account(tenant))
                    .bind(bytes)
                    .bind(lease.token.as_slice())
                    .execute(&mut *tx)
                    .await
                    .map_err(fault)?;
            }
        }
        move_to(&mut tx, tenant, channel, next.as_microsecond()).await?;
        commit(tx).await
    }
}

/// Records one attempt at each of the members.
async fn record_members(
    tx: &mut super::Tx,
    tenant: &Tenant,
    (channel, lease): (ChannelId, &Lease),
    attempt: &AttemptRecord,
    after: AfterGroup,
) -> StoreResult<()> {
    let bytes = channel.as_bytes().as_slice();
    sqlx::query(sql::GROUP_ATTEMPTS)
        .bind(account(tenant))
        .bind(bytes)
        .bind(lease.token.as_slice())
        .bind(attempt.id.as_bytes().as_slice())
        .bind(attempt.at.as_microsecond())
        .bind(i64::try_from(attempt.took.as_micros()).unwrap_or(i64::MAX))
        .bind(attempt.delivered)
        .bind(attempt.status_code.map(i64::from))
        .bind(attempt.error.as_deref())
        .execute(&mut **tx)
        .await
        .map_err(fault)?;
    let (state, expired) = match after {
        AfterGroup::Delivered => ("DELIVERED", 0),
        AfterGroup::Retry { expired } => ("PENDING", expired.as_microsecond()),
        AfterGroup::Dead => ("DEAD", 0),
    };
    sqlx::query(sql::GROUP_RECORD)
        .bind(account(tenant))
        .bind(bytes)
        .bind(lease.token.as_slice())
        .bind(state)
        .bind(expired)
        .execute(&mut **tx)
        .await
        .map_err(fault)?;
    Ok(())
}

/// Everything that waits for a channel is due then.
async fn move_to(
    tx: &mut super::Tx,
    tenant: &Tenant,
    channel: ChannelId,
    at: i64,
) -> StoreResult<()> {
    sqlx::query(sql::HOLD_MOVE)
        .bind(account(tenant))
        .bind(channel.as_bytes().as_slice())
        .bind(at)
        .execute(&mut **tx)
        .await
        .map_err(fault)?;
    Ok(())
}
