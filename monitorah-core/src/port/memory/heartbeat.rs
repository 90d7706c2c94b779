//! Heartbeats and their pings, in memory.

use super::{MemoryStore, rows};
use crate::{
    check::heartbeat::HeartbeatState,
    error::{StoreError, StoreErrorKind, StoreResult},
    id::{MonitorId, PingId},
    port::{HeartbeatRecord, HeartbeatStore, Page, PingRecord},
    tenant::Tenant,
};
use async_trait::async_trait;

/// The most pings that are kept of a monitor.
const MAX_PINGS: usize = 1_000;

#[async_trait]
impl HeartbeatStore for MemoryStore {
    async fn heartbeat(&self, tenant: &Tenant, monitor: MonitorId) -> StoreResult<HeartbeatRecord> {
        self.world()
            .heartbeats
            .get(&(tenant.account(), monitor))
            .cloned()
            .ok_or_else(|| StoreError::not_found("heartbeat"))
    }

    async fn record_ping(
        &self,
        tenant: &Tenant,
        monitor: MonitorId,
        expected: i64,
        state: &HeartbeatState,
        ping: &PingRecord,
    ) -> StoreResult<()> {
        let mut world = self.world();
        let account = tenant.account();
        let place = (account, monitor, ping.id);
        if world.pings.contains_key(&place) {
            return Err(StoreError::new(
                StoreErrorKind::AlreadyExists,
                "the ping is there already",
            ));
        }
        let record = world
            .heartbeats
            .get_mut(&(account, monitor))
            .ok_or_else(|| StoreError::not_found("heartbeat"))?;
        if record.version != expected {
            return Err(StoreError::conflict("the heartbeat"));
        }
        record.state = state.clone();
        record.version += 1;
        world.pings.insert(place, ping.clone());
        let of_monitor = (account, monitor, PingId::from_bytes([0; 16]))
            ..=(account, monitor, PingId::from_bytes([0xff; 16]));
        let surplus: Vec<_> = world
            .pings
            .range(of_monitor)
            .rev()
            .skip(MAX_PINGS)
            .map(|(place, _)| *place)
            .collect();
        for place in surplus {
            world.pings.remove(&place);
        }
        world.tell(tenant, monitor, ping.at);
        Ok(())
    }

    async fn pings(
        &self,
        tenant: &Tenant,
        monitor: MonitorId,
        page: Page,
    ) -> StoreResult<Vec<PingRecord>> {
        let world = self.world();
        let account = tenant.account();
        let before = page.after.map(PingId::from_bytes);
        let of_monitor = (account, monitor, PingId::from_bytes([0; 16]))
            ..=(account, monitor, PingId::from_bytes([0xff; 16]));
        Ok(world
            .pings
            .range(of_monitor)
            .rev()
            .map(|(_, ping)| ping)
            .filter(|ping| before.is_none_or(|before| ping.id < before))
            .take(rows(page.limit))
            .cloned()
            .collect())
    }
}
