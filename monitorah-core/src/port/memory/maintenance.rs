//! Maintenance windows, in memory.

use super::{MemoryStore, World, listed, oldest_first, one, remove, rows, there_already};
use crate::{
    error::{StoreError, StoreResult},
    id::MaintenanceId,
    maintenance::Window,
    port::{MaintenanceStore, Page},
    selection::Selection,
    tenant::{Act, Tenant},
};
use async_trait::async_trait;
use jiff::Timestamp;

impl World {
    /// Refuses a selection that names what is not the tenant's.
    pub(super) fn refuse_strange_monitors(
        &self,
        tenant: &Tenant,
        covers: &Selection,
    ) -> StoreResult<()> {
        let Selection::Named { monitors, .. } = covers else {
            return Ok(());
        };
        let account = tenant.account();
        if monitors
            .iter()
            .all(|monitor| self.monitors.contains_key(&(account, *monitor)))
        {
            Ok(())
        } else {
            Err(StoreError::not_found("monitor"))
        }
    }
}

#[async_trait]
impl MaintenanceStore for MemoryStore {
    async fn create_window(&self, tenant: &Tenant, window: &Window, act: &Act) -> StoreResult<()> {
        let mut world = self.world();
        world.refuse_replay(tenant, act)?;
        let place = (tenant.account(), window.id);
        if world.windows.contains_key(&place) {
            return Err(there_already("window"));
        }
        world.refuse_strange_monitors(tenant, &window.covers)?;
        let mut window = Window {
            account: tenant.account(),
            ..window.clone()
        };
        window.covers.sort();
        world.windows.insert(place, window);
        world.note(tenant, act);
        Ok(())
    }

    async fn window(&self, tenant: &Tenant, id: MaintenanceId) -> StoreResult<Window> {
        one(&self.world().windows, tenant, id, "window")
    }

    async fn windows(&self, tenant: &Tenant, page: Page) -> StoreResult<Vec<Window>> {
        Ok(listed(
            &self.world().windows,
            tenant,
            page,
            MaintenanceId::from_bytes,
        ))
    }

    async fn current_windows(
        &self,
        tenant: &Tenant,
        now: Timestamp,
        limit: u32,
    ) -> StoreResult<Vec<Window>> {
        let world = self.world();
        let page = Page::first(limit);
        Ok(
            oldest_first(&world.windows, tenant, page, MaintenanceId::from_bytes)
                .map(|(_, window)| window)
                .filter(|window| window.over_at().is_none_or(|over| over > now))
                .take(rows(limit))
                .cloned()
                .collect(),
        )
    }

    async fn update_window(&self, tenant: &Tenant, window: &Window, act: &Act) -> StoreResult<()> {
        let mut world = self.world();
        world.refuse_replay(tenant, act)?;
        world.refuse_strange_monitors(tenant, &window.covers)?;
        let stored = world
            .windows
            .get_mut(&(tenant.account(), window.id))
            .ok_or_else(|| StoreError::not_found("window"))?;
        if stored.version != window.version {
            return Err(StoreError::conflict("the window"));
        }
        let mut next = Window {
            account: stored.account,
            created_at: stored.created_at,
            version: window.version + 1,
            ..window.clone()
        };
        next.covers.sort();
        *stored = next;
        world.note(tenant, act);
        Ok(())
    }

    async fn delete_window(
        &self,
        tenant: &Tenant,
        id: MaintenanceId,
        expected: Option<i64>,
        act: &Act,
    ) -> StoreResult<()> {
        let mut world = self.world();
        world.refuse_replay(tenant, act)?;
        remove(&mut world.windows, tenant, id, "window", |stored| {
            expected.is_some_and(|expected| stored.version != expected)
        })?;
        world.note(tenant, act);
        Ok(())
    }
}
