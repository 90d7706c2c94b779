//! Maintenance windows.

use super::{
    Page, Store, account, commit,
    covers::{add_monitors, current, stored},
    explain_untouched, fault, note, sql, touch, unique,
};
use crate::sql::{row, value::to_json};
use async_trait::async_trait;
use jiff::Timestamp;
use monitorah_core::{
    Act, MaintenanceId, StoreErrorKind, StoreResult, Tenant, maintenance::Window,
    port::MaintenanceStore,
};

#[async_trait]
impl MaintenanceStore for Store {
    async fn create_window(&self, tenant: &Tenant, window: &Window, act: &Act) -> StoreResult<()> {
        let mut tx = self.begin_write().await?;
        note(self, &mut tx, tenant, act).await?;
        let covers = stored(&window.covers)?;
        let id = window.id.as_bytes().as_slice();
        sqlx::query(sql::WINDOW_INSERT)
            .bind(account(tenant))
            .bind(id)
            .bind(window.name.as_str())
            .bind(covers.all)
            .bind(covers.tags)
            .bind(covers.groups)
            .bind(to_json(&window.schedule)?)
            .bind(to_json(&window.cut)?)
            .bind(window.over_at().map(|over| over.as_microsecond()))
            .bind(window.version)
            .bind(window.created_at.as_microsecond())
            .bind(window.updated_at.as_microsecond())
            .execute(&mut *tx)
            .await
            .map_err(unique(
                StoreErrorKind::AlreadyExists,
                "the window is there already",
            ))?;
        add_monitors(
            &mut tx,
            sql::WINDOW_MONITOR_INSERT,
            tenant,
            id,
            &window.covers,
        )
        .await?;
        commit(tx).await
    }

    async fn window(&self, tenant: &Tenant, id: MaintenanceId) -> StoreResult<Window> {
        let id = id.as_bytes();
        super::one(
            self,
            (sql::WINDOW, "window"),
            tenant,
            id,
            row::WindowRow::read,
        )
        .await
    }

    async fn windows(&self, tenant: &Tenant, page: Page) -> StoreResult<Vec<Window>> {
        super::list(self, sql::WINDOWS, tenant, page, row::WindowRow::read).await
    }

    async fn current_windows(
        &self,
        tenant: &Tenant,
        now: Timestamp,
        limit: u32,
    ) -> StoreResult<Vec<Window>> {
        let text = sql::CURRENT_WINDOWS;
        current(self, text, tenant, (now, limit), row::WindowRow::read).await
    }

    async fn update_window(&self, tenant: &Tenant, window: &Window, act: &Act) -> StoreResult<()> {
        let mut tx = self.begin_write().await?;
        note(self, &mut tx, tenant, act).await?;
        let covers = stored(&window.covers)?;
        let id = window.id.as_bytes().as_slice();
        let done = sqlx::query(sql::WINDOW_UPDATE)
            .bind(account(tenant))
            .bind(id)
            .bind(window.name.as_str())
            .bind(covers.all)
            .bind(covers.tags)
            .bind(covers.groups)
            .bind(to_json(&window.schedule)?)
            .bind(to_json(&window.cut)?)
            .bind(window.over_at().map(|over| over.as_microsecond()))
            .bind(window.version)
            .bind(window.updated_at.as_microsecond())
            .execute(&mut *tx)
            .await
            .map_err(fault)?;
        if done.rows_affected() == 0 {
            return Err(explain_untouched(&mut tx, sql::WINDOW_EXISTS, tenant, id, "window").await);
        }
        touch(&mut tx, sql::WINDOW_MONITORS_DELETE, tenant, id).await?;
        add_monitors(
            &mut tx,
            sql::WINDOW_MONITOR_INSERT,
            tenant,
            id,
            &window.covers,
        )
        .await?;
        commit(tx).await
    }

    async fn delete_window(
        &self,
        tenant: &Tenant,
        id: MaintenanceId,
        expected: Option<i64>,
        act: &Act,
    ) -> StoreResult<()> {
        super::remove(
            self,
            tenant,
            (sql::WINDOW_DELETE, sql::WINDOW_EXISTS, "window"),
            (id.as_bytes(), expected),
            act,
        )
        .await
    }
}
