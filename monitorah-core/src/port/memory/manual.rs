//! What people say of manual monitors, in memory.

use super::MemoryStore;
use crate::{
    error::{StoreError, StoreResult},
    id::MonitorId,
    port::{ManualRecord, ManualStore},
    tenant::{Act, Tenant},
};
use async_trait::async_trait;

#[async_trait]
impl ManualStore for MemoryStore {
    async fn set_manual_status(
        &self,
        tenant: &Tenant,
        monitor: MonitorId,
        said: &ManualRecord,
        act: &Act,
    ) -> StoreResult<()> {
        let mut world = self.world();
        world.refuse_replay(tenant, act)?;
        let place = (tenant.account(), monitor);
        if !world.monitors.contains_key(&place) {
            return Err(StoreError::not_found("monitor"));
        }
        world.manual.insert(place, said.clone());
        world.tell(tenant, monitor, said.at);
        world.note(tenant, act);
        Ok(())
    }

    async fn manual_status(
        &self,
        tenant: &Tenant,
        monitor: MonitorId,
    ) -> StoreResult<Option<ManualRecord>> {
        let world = self.world();
        Ok(world.manual.get(&(tenant.account(), monitor)).cloned())
    }
}
