//! What depends on what, in memory.

use super::{MemoryStore, World, rows};
use crate::{
    error::StoreResult,
    id::MonitorId,
    incident::EventStatus,
    monitor::ShownStatus,
    observation::Severity,
    port::{Dependants, DependencyStore, ParentRecord},
    tenant::Tenant,
};
use async_trait::async_trait;

impl World {
    fn is_down(&self, tenant: &Tenant, id: MonitorId) -> bool {
        self.events
            .of_monitor(tenant, id)
            .any(|event| event.status == EventStatus::Open && event.severity == Severity::Down)
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
                    down: parent.state.shown(false) == ShownStatus::Down
                        && world.is_down(tenant, id),
                    recovered_at: world
                        .events
                        .of_monitor(tenant, id)
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
