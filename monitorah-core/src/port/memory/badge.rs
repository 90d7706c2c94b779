//! Badge keys, in memory.

use super::MemoryStore;
use crate::{
    error::{StoreError, StoreResult},
    id::MonitorId,
    port::{BadgeRecord, BadgeStore},
    tenant::{Act, Tenant},
};
use async_trait::async_trait;

#[async_trait]
impl BadgeStore for MemoryStore {
    async fn badge(&self, tenant: &Tenant, monitor: MonitorId) -> StoreResult<BadgeRecord> {
        self.world()
            .badges
            .get(&(tenant.account(), monitor))
            .cloned()
            .ok_or_else(|| StoreError::not_found("badge"))
    }

    async fn set_badge(
        &self,
        tenant: &Tenant,
        monitor: MonitorId,
        badge: &BadgeRecord,
        act: &Act,
    ) -> StoreResult<()> {
        let mut world = self.world();
        world.refuse_replay(tenant, act)?;
        let place = (tenant.account(), monitor);
        if !world.monitors.contains_key(&place) {
            return Err(StoreError::not_found("monitor"));
        }
        world.badges.insert(place, badge.clone());
        world.note(tenant, act);
        Ok(())
    }

    async fn remove_badge(
        &self,
        tenant: &Tenant,
        monitor: MonitorId,
        act: &Act,
    ) -> StoreResult<()> {
        let mut world = self.world();
        world.refuse_replay(tenant, act)?;
        let removed = world.badges.remove(&(tenant.account(), monitor));
        if removed.is_none() {
            return Err(StoreError::not_found("badge"));
        }
        world.note(tenant, act);
        Ok(())
    }
}
