//! Maintenance windows, silences and dependencies, in memory.

use super::{MemoryStore, World, monitor::taken, oldest_first, rows};
use crate::{
    error::{StoreError, StoreResult},
    id::{EventId, MaintenanceId, MonitorId, SilenceId},
    incident::{Event, EventStatus},
    maintenance::Window,
    observation::Severity,
    port::{Dependants, DependencyStore, MaintenanceStore, Page, ParentRecord, SilenceStore},
    selection::Selection,
    silence::Silence,
    tenant::{Act, Tenant},
};
use async_trait::async_trait;
use jiff::Timestamp;

impl World {
    /// Refuses a selection that names what is not the tenant's.
    fn refuse_strange_monitors(&self, tenant: &Tenant, covers: &Selection) -> StoreResult<()> {
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

    /// The events of a monitor, newest first.
    pub(super) fn events_of(&self, tenant: &Tenant, id: MonitorId) -> impl Iterator<Item = &Event> {
        let account = tenant.account();
        let first = (account, id, EventId::from_bytes([0; 16]));
        let last = (account, id, EventId::from_bytes([0xff; 16]));
        self.events_of
            .range(first..=last)
            .rev()
            .filter_map(|(account, _, event)| self.events.get(&(*account, *event)))
    }

    fn is_down(&self, tenant: &Tenant, id: MonitorId) -> bool {
        self.events_of(tenant, id)
            .any(|event| event.status == EventStatus::Open && event.severity == Severity::Down)
    }
}

#[async_trait]
impl MaintenanceStore for MemoryStore {
    async fn create_window(&self, tenant: &Tenant, window: &Window, act: &Act) -> StoreResult<()> {
        let mut world = self.world();
        world.refuse_replay(tenant, act)?;
        let place = (tenant.account(), window.id);
        if world.windows.contains_key(&place) {
            return Err(taken("window"));
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
        self.world()
            .windows
            .get(&(tenant.account(), id))
            .cloned()
            .ok_or_else(|| StoreError::not_found("window"))
    }

    async fn windows(&self, tenant: &Tenant, page: Page) -> StoreResult<Vec<Window>> {
        let world = self.world();
        Ok(
            oldest_first(&world.windows, tenant, page, MaintenanceId::from_bytes)
                .map(|(_, window)| window.clone())
                .take(rows(page.limit))
                .collect(),
        )
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
        act: &Act,
    ) -> StoreResult<()> {
        let mut world = self.world();
        world.refuse_replay(tenant, act)?;
        if world.windows.remove(&(tenant.account(), id)).is_none() {
            return Err(StoreError::not_found("window"));
        }
        world.note(tenant, act);
        Ok(())
    }
}

#[async_trait]
impl SilenceStore for MemoryStore {
    async fn create_silence(
        &self,
        tenant: &Tenant,
        silence: &Silence,
        act: &Act,
    ) -> StoreResult<()> {
        let mut world = self.world();
        world.refuse_replay(tenant, act)?;
        let place = (tenant.account(), silence.id);
        if world.silences.contains_key(&place) {
            return Err(taken("silence"));
        }
        world.refuse_strange_monitors(tenant, &silence.covers)?;
        let mut silence = Silence {
            account: tenant.account(),
            ..silence.clone()
        };
        silence.covers.sort();
        world.silences.insert(place, silence);
        world.note(tenant, act);
        Ok(())
    }

    async fn silence(&self, tenant: &Tenant, id: SilenceId) -> StoreResult<Silence> {
        self.world()
            .silences
            .get(&(tenant.account(), id))
            .cloned()
            .ok_or_else(|| StoreError::not_found("silence"))
    }

    async fn silences(&self, tenant: &Tenant, page: Page) -> StoreResult<Vec<Silence>> {
        let world = self.world();
        Ok(
            oldest_first(&world.silences, tenant, page, SilenceId::from_bytes)
                .map(|(_, silence)| silence.clone())
                .take(rows(page.limit))
                .collect(),
        )
    }

    async fn current_silences(
        &self,
        tenant: &Tenant,
        now: Timestamp,
        limit: u32,
    ) -> StoreResult<Vec<Silence>> {
        let world = self.world();
        let page = Page::first(limit);
        Ok(
            oldest_first(&world.silences, tenant, page, SilenceId::from_bytes)
                .map(|(_, silence)| silence)
                .filter(|silence| silence.ends_at > now)
                .take(rows(limit))
                .cloned()
                .collect(),
        )
    }

    async fn update_silence(
        &self,
        tenant: &Tenant,
        silence: &Silence,
        act: &Act,
    ) -> StoreResult<()> {
        let mut world = self.world();
        world.refuse_replay(tenant, act)?;
        world.refuse_strange_monitors(tenant, &silence.covers)?;
        let stored = world
            .silences
            .get_mut(&(tenant.account(), silence.id))
            .ok_or_else(|| StoreError::not_found("silence"))?;
        if stored.version != silence.version {
            return Err(StoreError::conflict("the silence"));
        }
        let mut next = Silence {
            account: stored.account,
            created_by: stored.created_by.clone(),
            created_at: stored.created_at,
            version: silence.version + 1,
            ..silence.clone()
        };
        next.covers.sort();
        *stored = next;
        world.note(tenant, act);
        Ok(())
    }

    async fn delete_silence(&self, tenant: &Tenant, id: SilenceId, act: &Act) -> StoreResult<()> {
        let mut world = self.world();
        world.refuse_replay(tenant, act)?;
        if world.silences.remove(&(tenant.account(), id)).is_none() {
            return Err(StoreError::not_found("silence"));
        }
        world.note(tenant, act);
        Ok(())
    }
}

#[async_trait]
impl DependencyStore for MemoryStore {
    async fn parents(&self, tenant: &Tenant, id: MonitorId) -> StoreResult<Vec<ParentRecord>> {
        let world = self.world();
        let account = tenant.account();
        let Some(record) = world.monitors.get(&(account, id)) else {
            return Ok(Vec::new());
        };
        Ok(record
            .monitor
            .depends_on
            .iter()
            .filter_map(|parent| world.monitors.get(&(account, *parent)))
            .filter(|parent| !parent.monitor.paused)
            .map(|parent| {
                let id = parent.monitor.id;
                ParentRecord {
                    id,
                    down: world.is_down(tenant, id),
                    recovered_at: world
                        .events_of(tenant, id)
                        .next()
                        .and_then(|newest| newest.resolved_at),
                }
            })
            .collect())
    }

    async fn dependants(
        &self,
        tenant: &Tenant,
        id: MonitorId,
        names: u32,
    ) -> StoreResult<Dependants> {
        let world = self.world();
        let account = tenant.account();
        let mut found: Vec<_> = world
            .monitors
            .iter()
            .filter(|((owner, _), record)| {
                *owner == account
                    && !record.monitor.paused
                    && record.monitor.depends_on.contains(&id)
            })
            .map(|((_, child), record)| {
                let well = !world.is_down(tenant, *child);
                (well, record.monitor.name.clone(), *child)
            })
            .collect();
        found.sort();
        Ok(Dependants {
            count: found.len() as u64,
            down: found.iter().filter(|(well, ..)| !well).count() as u64,
            names: found
                .into_iter()
                .take(rows(names))
                .map(|(_, name, _)| name)
                .collect(),
        })
    }
}
