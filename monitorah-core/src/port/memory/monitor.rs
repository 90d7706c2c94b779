//! Monitors and their feed, in memory.

use super::{MemoryStore, World, oldest_first, rows};
use crate::{
    alert::RuleScope,
    error::{StoreError, StoreErrorKind, StoreResult},
    id::MonitorId,
    monitor::{Monitor, MonitorState, is_within},
    port::{
        FeedChange, FeedChanges, FeedMark, FeedPage, FeedRow, HeartbeatRecord, MonitorFeed,
        MonitorFilter, MonitorRecord, MonitorStore, Page, Settlement,
    },
    tenant::{Act, Tenant},
};
use async_trait::async_trait;
use jiff::Timestamp;

pub(super) fn taken(what: &str) -> StoreError {
    StoreError::new(
        StoreErrorKind::AlreadyExists,
        format!("the {what} is taken"),
    )
}

/// What a monitor depends on is a set: kept in the order of the ids.
fn sorted(mut monitor: Monitor) -> Monitor {
    monitor.depends_on.sort_unstable();
    monitor.depends_on.dedup();
    monitor
}

fn admits(filter: &MonitorFilter, record: &MonitorRecord) -> bool {
    let MonitorRecord { monitor, state, .. } = record;
    let wanted =
        |wanted: &Option<String>, fits: &dyn Fn(&str) -> bool| wanted.as_deref().is_none_or(fits);
    wanted(&filter.tag, &|tag| {
        monitor.tags.iter().any(|own| own == tag)
    }) && wanted(&filter.kind, &|kind| monitor.kind.as_str() == kind)
        && wanted(&filter.group, &|group| {
            let path = monitor.group.as_deref();
            path.is_some_and(|path| is_within(path, group))
        })
        && wanted(&filter.owner, &|owner| {
            monitor.owner.as_deref() == Some(owner)
        })
        && wanted(&filter.name, &|text| {
            monitor.name.to_lowercase().contains(&text.to_lowercase())
        })
        && filter
            .status
            .is_none_or(|status| state.shown(monitor.paused) == status)
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

    /// Refuses dependencies on what is not the tenant's, and those that lead back to the monitor.
    fn refuse_parents(&self, tenant: &Tenant, monitor: &Monitor) -> StoreResult<()> {
        let account = tenant.account();
        let mut seen = std::collections::BTreeSet::new();
        let mut above = monitor.depends_on.clone();
        for parent in &above {
            let known = self.monitors.contains_key(&(account, *parent));
            if !known && *parent != monitor.id {
                return Err(StoreError::not_found("parent"));
            }
        }
        while let Some(next) = above.pop() {
            if next == monitor.id {
                return Err(StoreError::new(
                    StoreErrorKind::Cycle,
                    "the monitor would depend on itself",
                ));
            }
            if seen.insert(next)
                && let Some(record) = self.monitors.get(&(account, next))
            {
                above.extend(&record.monitor.depends_on);
            }
        }
        Ok(())
    }

    fn feed_row(&self, tenant: Tenant, record: &MonitorRecord) -> FeedRow {
        let last_result_at = self
            .results_of(tenant.account(), record.monitor.id, Timestamp::MAX)
            .next_back()
            .map(|row| row.at);
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
        world.refuse_parents(tenant, monitor)?;
        let record = MonitorRecord {
            monitor: Monitor {
                account: tenant.account(),
                ..sorted(monitor.clone())
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
                .filter(|record| admits(filter, record))
                .take(rows(page.limit))
                .cloned()
                .collect(),
        )
    }

    async fn update_monitor(
        &self,
        tenant: &Tenant,
        monitor: &Monitor,
        seen: &[(MonitorId, i64)],
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
        let same = |(other, version): &(MonitorId, i64)| {
            let found = world.monitors.get(&(tenant.account(), *other));
            found.is_some_and(|found| found.monitor.version == *version)
        };
        if !seen.iter().all(same) {
            return Err(StoreError::conflict("a monitor that this was decided on"));
        }
        if world.reference_is_taken(tenant, monitor) {
            return Err(taken("external reference"));
        }
        world.refuse_parents(tenant, monitor)?;
        if let Some(stored) = world.monitors.get_mut(&place) {
            stored.monitor = Monitor {
                account: stored.monitor.account,
                kind: stored.monitor.kind.clone(),
                created_at: stored.monitor.created_at,
                version: monitor.version + 1,
                ..sorted(monitor.clone())
            };
        }
        world.tell(tenant, monitor.id, act.at);
        world.note(tenant, act);
        Ok(())
    }

    async fn delete_monitor(
        &self,
        tenant: &Tenant,
        id: MonitorId,
        last: Option<&Settlement>,
        act: &Act,
    ) -> StoreResult<()> {
        let mut world = self.world();
        world.refuse_replay(tenant, act)?;
        let place = (tenant.account(), id);
        if let Some(last) = last {
            world.settle(tenant, last)?;
        }
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
        let events = world.events.forget(tenant, id);
        world.forget_evidence(&events);
        for ((account, _), record) in &mut world.monitors {
            if *account == tenant.account() {
                record.monitor.depends_on.retain(|parent| *parent != id);
            }
        }
        for ((account, _), window) in &mut world.windows {
            if *account == tenant.account() {
                window.covers.forget(id);
            }
        }
        for ((account, _), silence) in &mut world.silences {
            if *account == tenant.account() {
                silence.covers.forget(id);
            }
        }
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

    async fn snapshot(&self, after: Option<MonitorId>, limit: u32) -> StoreResult<FeedPage> {
        let world = self.world();
        let mut records: Vec<_> = world
            .monitors
            .iter()
            .filter(|((_, id), _)| after.is_none_or(|after| *id > after))
            .collect();
        records.sort_by_key(|((_, id), _)| *id);
        let full = records.len() > rows(limit);
        records.truncate(rows(limit));
        Ok(FeedPage {
            next: records.last().filter(|_| full).map(|((_, id), _)| *id),
            rows: records
                .into_iter()
                .map(|((account, _), record)| world.feed_row(Tenant::of(*account), record))
                .collect(),
            unreadable: 0,
        })
    }

    async fn changes(&self, mark: FeedMark, limit: u32) -> StoreResult<FeedChanges> {
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
        Ok(FeedChanges {
            changes,
            unreadable: 0,
            mark: next,
        })
    }
}
