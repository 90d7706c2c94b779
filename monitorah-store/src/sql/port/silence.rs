//! Silences.

use super::{
    Page, Store, account, commit,
    covers::{add_monitors, current, stored},
    explain_untouched, fault, note, sql, touch, unique,
};
use crate::sql::row;
use async_trait::async_trait;
use jiff::Timestamp;
use monitorah_core::{
    Act, SilenceId, StoreErrorKind, StoreResult, Tenant, port::SilenceStore, silence::Silence,
};

#[async_trait]
impl SilenceStore for Store {
    async fn create_silence(
        &self,
        tenant: &Tenant,
        silence: &Silence,
        act: &Act,
    ) -> StoreResult<()> {
        let mut tx = self.begin_write().await?;
        note(self, &mut tx, tenant, act).await?;
        let covers = stored(&silence.covers)?;
        let id = silence.id.as_bytes().as_slice();
        sqlx::query(sql::SILENCE_INSERT)
            .bind(account(tenant))
            .bind(id)
            .bind(silence.reason.as_str())
            .bind(covers.all)
            .bind(covers.tags)
            .bind(covers.groups)
            .bind(silence.starts_at.as_microsecond())
            .bind(silence.ends_at.as_microsecond())
            .bind(silence.created_by.as_str())
            .bind(silence.version)
            .bind(silence.created_at.as_microsecond())
            .bind(silence.updated_at.as_microsecond())
            .execute(&mut *tx)
            .await
            .map_err(unique(
                StoreErrorKind::AlreadyExists,
                "the silence is there already",
            ))?;
        add_monitors(
            &mut tx,
            sql::SILENCE_MONITOR_INSERT,
            tenant,
            id,
            &silence.covers,
        )
        .await?;
        commit(tx).await
    }

    async fn silence(&self, tenant: &Tenant, id: SilenceId) -> StoreResult<Silence> {
        let id = id.as_bytes();
        super::one(
            self,
            (sql::SILENCE, "silence"),
            tenant,
            id,
            row::SilenceRow::read,
        )
        .await
    }

    async fn silences(&self, tenant: &Tenant, page: Page) -> StoreResult<Vec<Silence>> {
        super::list(self, sql::SILENCES, tenant, page, row::SilenceRow::read).await
    }

    async fn current_silences(
        &self,
        tenant: &Tenant,
        now: Timestamp,
        limit: u32,
    ) -> StoreResult<Vec<Silence>> {
        let text = sql::CURRENT_SILENCES;
        current(self, text, tenant, (now, limit), row::SilenceRow::read).await
    }

    async fn update_silence(
        &self,
        tenant: &Tenant,
        silence: &Silence,
        act: &Act,
    ) -> StoreResult<()> {
        let mut tx = self.begin_write().await?;
        note(self, &mut tx, tenant, act).await?;
        let covers = stored(&silence.covers)?;
        let id = silence.id.as_bytes().as_slice();
        let done = sqlx::query(sql::SILENCE_UPDATE)
            .bind(account(tenant))
            .bind(id)
            .bind(silence.reason.as_str())
            .bind(covers.all)
            .bind(covers.tags)
            .bind(covers.groups)
            .bind(silence.starts_at.as_microsecond())
            .bind(silence.ends_at.as_microsecond())
            .bind(silence.version)
            .bind(silence.updated_at.as_microsecond())
            .execute(&mut *tx)
            .await
            .map_err(fault)?;
        if done.rows_affected() == 0 {
            return Err(
                explain_untouched(&mut tx, sql::SILENCE_EXISTS, tenant, id, "silence").await,
            );
        }
        touch(&mut tx, sql::SILENCE_MONITORS_DELETE, tenant, id).await?;
        add_monitors(
            &mut tx,
            sql::SILENCE_MONITOR_INSERT,
            tenant,
            id,
            &silence.covers,
        )
        .await?;
        commit(tx).await
    }

    async fn delete_silence(
        &self,
        tenant: &Tenant,
        id: SilenceId,
        expected: Option<i64>,
        act: &Act,
    ) -> StoreResult<()> {
        super::remove(
            self,
            tenant,
            (sql::SILENCE_DELETE, sql::SILENCE_EXISTS, "silence"),
            (id.as_bytes(), expected),
            act,
        )
        .await
    }
}
