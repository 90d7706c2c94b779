//! Maintenance windows, silences and dependencies. The monitors that are named are kept in tables of
//! their own, which forget them when they go.

use super::{
    Db, Page, Store, Tx, account, after, commit, explain_untouched, fault, note, sql, touch, unique,
};
use crate::sql::{
    row,
    value::{number, to_json},
};
use async_trait::async_trait;
use jiff::Timestamp;
use monitorah_core::{
    Act, MaintenanceId, MonitorId, SilenceId, StoreError, StoreErrorKind, StoreResult, Tenant,
    maintenance::Window,
    port::{Dependants, DependencyStore, MaintenanceStore, ParentRecord, SilenceStore},
    selection::Selection,
    silence::Silence,
};

/// A selection as it is stored in the row itself: the monitors that it names are elsewhere.
struct Stored {
    all: bool,
    tags: String,
    groups: String,
}

fn stored(covers: &Selection) -> StoreResult<Stored> {
    let none = Vec::new();
    let (all, tags, groups) = match covers {
        Selection::All => (true, &none, &none),
        Selection::Named { tags, groups, .. } => (false, tags, groups),
    };
    Ok(Stored {
        all,
        tags: to_json(&set(tags))?,
        groups: to_json(&set(groups))?,
    })
}

/// The texts in order, each once.
fn set(texts: &[String]) -> Vec<&String> {
    let mut texts: Vec<_> = texts.iter().collect();
    texts.sort_unstable();
    texts.dedup();
    texts
}

/// Stores which monitors are named. Only those of the tenant are there to be named.
async fn add_monitors(
    tx: &mut Tx,
    text: &'static str,
    tenant: &Tenant,
    id: &[u8],
    covers: &Selection,
) -> StoreResult<()> {
    let Selection::Named { monitors, .. } = covers else {
        return Ok(());
    };
    let mut monitors = monitors.clone();
    monitors.sort_unstable();
    monitors.dedup();
    for monitor in monitors {
        let done = sqlx::query(text)
            .bind(account(tenant))
            .bind(id)
            .bind(monitor.as_bytes().as_slice())
            .bind(monitor.to_string())
            .execute(&mut **tx)
            .await
            .map_err(fault)?;
        if done.rows_affected() == 0 {
            return Err(StoreError::not_found("monitor"));
        }
    }
    Ok(())
}

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
        sqlx::query_as::<Db, row::WindowRow>(sql::WINDOW)
            .bind(account(tenant))
            .bind(id.as_bytes().as_slice())
            .fetch_optional(self.readers())
            .await
            .map_err(fault)?
            .ok_or_else(|| StoreError::not_found("window"))?
            .read()
    }

    async fn windows(&self, tenant: &Tenant, page: Page) -> StoreResult<Vec<Window>> {
        sqlx::query_as::<Db, row::WindowRow>(sql::WINDOWS)
            .bind(account(tenant))
            .bind(after(page))
            .bind(i64::from(page.limit))
            .fetch_all(self.readers())
            .await
            .map_err(fault)?
            .into_iter()
            .map(row::WindowRow::read)
            .collect()
    }

    async fn current_windows(
        &self,
        tenant: &Tenant,
        now: Timestamp,
        limit: u32,
    ) -> StoreResult<Vec<Window>> {
        sqlx::query_as::<Db, row::WindowRow>(sql::CURRENT_WINDOWS)
            .bind(account(tenant))
            .bind(now.as_microsecond())
            .bind(i64::from(limit))
            .fetch_all(self.readers())
            .await
            .map_err(fault)?
            .into_iter()
            .map(row::WindowRow::read)
            .collect()
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
        act: &Act,
    ) -> StoreResult<()> {
        let mut tx = self.begin_write().await?;
        note(self, &mut tx, tenant, act).await?;
        if !touch(&mut tx, sql::WINDOW_DELETE, tenant, id.as_bytes()).await? {
            return Err(StoreError::not_found("window"));
        }
        commit(tx).await
    }
}

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
        sqlx::query_as::<Db, row::SilenceRow>(sql::SILENCE)
            .bind(account(tenant))
            .bind(id.as_bytes().as_slice())
            .fetch_optional(self.readers())
            .await
            .map_err(fault)?
            .ok_or_else(|| StoreError::not_found("silence"))?
            .read()
    }

    async fn silences(&self, tenant: &Tenant, page: Page) -> StoreResult<Vec<Silence>> {
        sqlx::query_as::<Db, row::SilenceRow>(sql::SILENCES)
            .bind(account(tenant))
            .bind(after(page))
            .bind(i64::from(page.limit))
            .fetch_all(self.readers())
            .await
            .map_err(fault)?
            .into_iter()
            .map(row::SilenceRow::read)
            .collect()
    }

    async fn current_silences(
        &self,
        tenant: &Tenant,
        now: Timestamp,
        limit: u32,
    ) -> StoreResult<Vec<Silence>> {
        sqlx::query_as::<Db, row::SilenceRow>(sql::CURRENT_SILENCES)
            .bind(account(tenant))
            .bind(now.as_microsecond())
            .bind(i64::from(limit))
            .fetch_all(self.readers())
            .await
            .map_err(fault)?
            .into_iter()
            .map(row::SilenceRow::read)
            .collect()
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

    async fn delete_silence(&self, tenant: &Tenant, id: SilenceId, act: &Act) -> StoreResult<()> {
        let mut tx = self.begin_write().await?;
        note(self, &mut tx, tenant, act).await?;
        if !touch(&mut tx, sql::SILENCE_DELETE, tenant, id.as_bytes()).await? {
            return Err(StoreError::not_found("silence"));
        }
        commit(tx).await
    }
}

#[async_trait]
impl DependencyStore for Store {
    async fn parents(&self, tenant: &Tenant, id: MonitorId) -> StoreResult<Vec<ParentRecord>> {
        sqlx::query_as::<Db, row::ParentRow>(sql::PARENTS)
            .bind(account(tenant))
            .bind(id.as_bytes().as_slice())
            .fetch_all(self.readers())
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
            .fetch_all(self.readers())
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
