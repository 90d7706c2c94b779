//! Notification channels.

use super::{Page, Store, account, commit, explain_untouched, fault, note, sql, touch, unique};
use crate::sql::row;
use async_trait::async_trait;
use monitorah_core::{
    Act, ChannelId, StoreErrorKind, StoreResult, Tenant,
    port::{ChannelRecord, ChannelStore},
};

#[async_trait]
impl ChannelStore for Store {
    async fn create_channel(
        &self,
        tenant: &Tenant,
        channel: &ChannelRecord,
        act: &Act,
    ) -> StoreResult<()> {
        let mut tx = self.begin_write().await?;
        note(self, &mut tx, tenant, act).await?;
        sqlx::query(sql::CHANNEL_INSERT)
            .bind(account(tenant))
            .bind(channel.id.as_bytes().as_slice())
            .bind(channel.name.as_str())
            .bind(channel.kind.as_str())
            .bind(channel.config.as_bytes())
            .bind(channel.seal_version)
            .bind(channel.enabled)
            .bind(channel.version)
            .bind(channel.created_at.as_microsecond())
            .bind(channel.updated_at.as_microsecond())
            .execute(&mut *tx)
            .await
            .map_err(unique(
                StoreErrorKind::AlreadyExists,
                "the channel is there already",
            ))?;
        commit(tx).await
    }

    async fn channel(&self, tenant: &Tenant, id: ChannelId) -> StoreResult<ChannelRecord> {
        let id = id.as_bytes();
        super::one(
            self,
            (sql::CHANNEL, "channel"),
            tenant,
            id,
            row::ChannelRow::read,
        )
        .await
    }

    async fn channels(&self, tenant: &Tenant, page: Page) -> StoreResult<Vec<ChannelRecord>> {
        super::list(self, sql::CHANNELS, tenant, page, row::ChannelRow::read).await
    }

    async fn update_channel(
        &self,
        tenant: &Tenant,
        channel: &ChannelRecord,
        act: &Act,
    ) -> StoreResult<()> {
        let mut tx = self.begin_write().await?;
        note(self, &mut tx, tenant, act).await?;
        let id = channel.id.as_bytes().as_slice();
        let done = sqlx::query(sql::CHANNEL_UPDATE)
            .bind(account(tenant))
            .bind(id)
            .bind(channel.name.as_str())
            .bind(channel.config.as_bytes())
            .bind(channel.seal_version)
            .bind(channel.enabled)
            .bind(channel.updated_at.as_microsecond())
            .bind(channel.version)
            .execute(&mut *tx)
            .await
            .map_err(fault)?;
        if done.rows_affected() == 0 {
            return Err(
                explain_untouched(&mut tx, sql::CHANNEL_EXISTS, tenant, id, "channel").await,
            );
        }
        commit(tx).await
    }

    async fn delete_channel(
        &self,
        tenant: &Tenant,
        id: ChannelId,
        expected: Option<i64>,
        act: &Act,
    ) -> StoreResult<()> {
        let mut tx = self.begin_write().await?;
        note(self, &mut tx, tenant, act).await?;
        let bytes = id.as_bytes().as_slice();
        // Its places in rules go by their keys.
        let removal = (sql::CHANNEL_DELETE, sql::CHANNEL_EXISTS, "channel");
        super::remove_one(&mut tx, tenant, removal, (bytes, expected)).await?;
        touch(&mut tx, sql::OUTBOX_BURY, tenant, bytes).await?;
        commit(tx).await
    }
}
