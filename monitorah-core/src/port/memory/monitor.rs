//! Monitors and their feed, in memory.

use super::{MemoryStore, World, oldest_first, rows};
use crate::{
    alert::RuleScope,
    error::{StoreError, StoreErrorKind, StoreResult},
    id::MonitorId,
    monitor::{Monitor, MonitorState},
    port::{
        FeedChange, FeedMark, FeedRow, HeartbeatRecord, MonitorFeed, MonitorFilter, MonitorRecord,
        MonitorStore, Page,
    },
    tenant::{Act, Tenant},
};
use async_trait::async_trait;

fn taken(what: &str) -> StoreError {
    StoreError::new(
        StoreErrorKind::AlreadyExists,
        format!("the {what} is taken"),
    )
}

impl World {
    fn reference_is_taken(&self, tenant: &Tenant, monitor: &Monitor) -> bool {
        monitor.external_ref.is_some()
            && self.monitors.iter().any(|((account, id), record)| {
                *account == tenant.account()
                    && *id != monitor.id
                    && record.monitor.external_ref == monitor.external_ref
            })
    }

    fn feed_row(&self, tenant: Tenant, record: &MonitorRecord) -> FeedRow {
        let of_monitor = (tenant.account(), record.monitor.id);
        let last_result_at = self
            .results
            .keys()
            .rev()
            .find(|(account, monitor, ..)| (*account, *monitor) == of_monitor)
            .map(|(_, _, at, ..)| *at);
        FeedRow {
            tenant,
            record: record.clone(),
            last_result_at,
        }
    }
}

#[async_trait]
impl MonitorStore for MemoryStore {
    async fn create_monitor(
        &self,
        tenant: &Tenant,
        monitor: &Monitor,
        heartbeat: Option<&HeartbeatRecord>,
        act: &Act,
    ) -> StoreResult<()> {
        let mut world = self.world();
        world.refuse_replay(tenant, act)?;
        let place = (tenant.account(), monitor.id);
        if world.monitors.contains_key(&place) {
            return Err(taken("monitor id"));
        }
        if world.reference_is_taken(tenant, monitor) {
            return Err(taken("external reference"));
        }
        let record = MonitorRecord {
            monitor: Monitor {
                account: tenant.account(),
                ..monitor.clone()
            },
            state: MonitorState::new(monitor.created_at),
            state_version: 0,
        };
        world.monitors.insert(place, record);
        if let Some(heartbeat) = heartbeat {
            world.heartbeats.insert(place, heartbeat.clone());
        }
        world.tell(tenant, monitor.id, act.at);
        world.note(tenant, act);
        Ok(())
    }

    async fn monitor(&self, tenant: &Tenant, id: MonitorId) -> StoreResult<MonitorRecord> {
        self.world()
            .monitors
            .get(&(tenant.account(), id))
            .cloned()
            .ok_or_else(|| StoreError::not_found("monitor"))
    }

    async fn monitor_by_ref(&self, tenant: &Tenant, reference: &str) -> StoreResult<MonitorRecord> {
        let world = self.world();
        world
            .monitors
            .iter()
            .find(|((account, _), record)| {
                *account == tenant.account()
                    && record.monitor.external_ref.as_deref() == Some(reference)
            })
            .map(|(_, record)| record.clone())
            .ok_or_else(|| StoreError::not_found("monitor"))
    }

    async fn monitors(
        &self,
        tenant: &Tenant,
        filter: &MonitorFilter,
        page: Page,
    ) -> StoreResult<Vec<MonitorRecord>> {
        let world = self.world();
        Ok(
            oldest_first(&world.monitors, tenant, page, MonitorId::from_bytes)
                .map(|(_, record)| record)
                .filter(|MonitorRecord { monitor, .. }| {
                    filter
                        .tag
                        .as_ref()
                        .is_none_or(|tag| monitor.tags.contains(tag))
                        && filter
                            .kind
                            .as_ref()
                            .is_none_or(|kind| monitor.kind.as_str() == kind)
                })
                .take(rows(page.limit))
                .cloned()
                .collect(),
        )
    }

    async fn update_monitor(
        &self,
        tenant: &Tenant,
        monitor: &Monitor,
        act: &Act,
    ) -> StoreResult<()> {
        let mut world = self.world();
        world.refuse_replay(tenant, act)?;
        let place = (tenant.account(), monitor.id);
        let stored = world
            .monitors
            .get(&place)
            .ok_or_else(|| StoreError::not_found("monitor"))?;
        if stored.monitor.version != monitor.version {
            return Err(StoreError::conflict("the monitor"));
        }
        if world.reference_is_taken(tenant, monitor) {
            return Err(taken("external reference"));
        }
        if let Some(stored) = world.monitors.get_mut(&place) {
            stored.monitor = Monitor {
                account: stored.monitor.account,
                kind: stored.monitor.kind.clone(),
                created_at: stored.monitor.created_at,
                version: monitor.version + 1,
                ..monitor.clone()
            };
        }
        world.tell(tenant, monitor.id, act.at);
        world.note(tenant, act);
        Ok(())
    }

    async fn delete_monitor(&self, tenant: &Tenant, id: MonitorId, act: &Act) -> StoreResult<()> {
        let mut world = self.world();
        world.refuse_replay(tenant, act)?;
        let place = (tenant.account(), id);
        if world.monitors.remove(&place).is_none() {
            return Err(StoreError::not_found("monitor"));
        }
        world.badges.remove(&place);
        world.heartbeats.remove(&place);
        world.manual.remove(&place);
        world.roll_up_from.remove(&place);
        world
            .pings
            .retain(|(account, monitor, _), _| (*account, *monitor) != place);
        world
            .results
            .retain(|(account, monitor, ..), _| (*account, *monitor) != place);
        world
            .rollups
            .retain(|(account, monitor, ..), _| (*account, *monitor) != place);
        world.events.retain(|_, event| event.monitor != id);
        let World {
            evidence, events, ..
        } = &mut *world;
        evidence.retain(|(account, event, _), _| events.contains_key(&(*account, *event)));
        for ((account, _), rule) in &mut world.rules {
            if *account == tenant.account()
                && let RuleScope::Monitors(monitors) = &mut rule.scope
            {
                monitors.retain(|monitor| *monitor != id);
            }
        }
        world.tell(tenant, id, act.at);
        world.note(tenant, act);
        Ok(())
    }
}

#[async_trait]
impl MonitorFeed for MemoryStore {
    async fn mark(&self) -> StoreResult<FeedMark> {
        Ok(self.world().feed_mark)
    }

    async fn snapshot(&self, after: Option<MonitorId>, limit: u32) -> StoreResult<Vec<FeedRow>> {
        let world = self.world();
        let mut records: Vec<_> = world
            .monitors
            .iter()
            .filter(|((_, id), _)| after.is_none_or(|after| *id > after))
            .collect();
        records.sort_by_key(|((_, id), _)| *id);
        Ok(records
            .into_iter()
            .take(rows(limit))
            .map(|((account, _), record)| world.feed_row(Tenant::of(*account), record))
            .collect())
    }

    async fn changes(
        &self,
        mark: FeedMark,
        limit: u32,
    ) -> StoreResult<(Vec<FeedChange>, FeedMark)> {
        let world = self.world();
        let mut told: Vec<_> = world
            .feed
            .iter()
            .map(|(place, (told, _))| (*told, *place))
            .filter(|(told, _)| *told > mark)
            .collect();
        told.sort_unstable();
        told.truncate(rows(limit));
        let next = told.last().map_or(mark, |(told, _)| *told);
        let changes = told
            .into_iter()
            .map(|(_, place)| match world.monitors.get(&place) {
                Some(record) => {
                    let row = world.feed_row(Tenant::of(place.0), record);
                    FeedChange::Changed(Box::new(row))
                }
                None => FeedChange::Removed(place.1),
            })
            .collect();
        Ok((changes, next))
    }
}
