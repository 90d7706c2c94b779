//! Events and the settle, in memory.

use super::{MemoryStore, World, rows};
use crate::{
    alert::Rule,
    error::{StoreError, StoreErrorKind, StoreResult},
    id::{AccountId, EventId},
    incident::{Event, EventStatus},
    port::{EventFilter, EvidenceRecord, IncidentStore, OpenEvent, OpenEvents, Page, Settlement},
    tenant::{Act, Tenant},
};
use async_trait::async_trait;
use jiff::Timestamp;

/// The most pieces of evidence that are shown of an event.
const MAX_EVIDENCE: usize = 100;

impl World {
    /// What stands against a settlement.
    fn refuse_settlement(&self, tenant: &Tenant, settlement: &Settlement) -> StoreResult<()> {
        let account = tenant.account();
        let stored = self
            .monitors
            .get(&(account, settlement.monitor))
            .ok_or_else(|| StoreError::not_found("monitor"))?;
        if stored.state_version != settlement.expected {
            return Err(StoreError::conflict("the monitor's state"));
        }
        if let Some(event) = &settlement.event {
            let second = event.status == EventStatus::Open
                && self
                    .events
                    .of_monitor(tenant, settlement.monitor)
                    .any(|other| other.id != event.id && other.status == EventStatus::Open);
            if second {
                return Err(StoreError::new(
                    StoreErrorKind::AlreadyExists,
                    "the monitor has an open event already",
                ));
            }
        }
        let known = |id: EventId| {
            self.events.get(&(account, id)).is_some()
                || settlement
                    .event
                    .as_ref()
                    .is_some_and(|event| event.id == id)
        };
        if !settlement.evidence.iter().all(|piece| known(piece.event)) {
            return Err(StoreError::not_found("event"));
        }
        Ok(())
    }

    /// Writes a settlement, or nothing of it.
    pub(super) fn settle(&mut self, tenant: &Tenant, settlement: &Settlement) -> StoreResult<()> {
        self.refuse_settlement(tenant, settlement)?;
        let account = tenant.account();
        if let Some(stored) = self.monitors.get_mut(&(account, settlement.monitor)) {
            stored.state = settlement.state.clone();
            stored.state_version = settlement.expected + 1;
        }
        if let Some(event) = &settlement.event {
            let place = (account, event.id);
            let acknowledged_at = match self.events.get(&place) {
                Some(stored) => stored.acknowledged_at,
                None => event.acknowledged_at,
            };
            let next_reminder_at = event.next_reminder_at.filter(|_| acknowledged_at.is_none());
            let event = Event {
                account,
                monitor: settlement.monitor,
                acknowledged_at,
                next_reminder_at,
                ..event.clone()
            };
            self.events.put(event);
        }
        for piece in &settlement.evidence {
            self.evidence
                .entry((account, piece.event, piece.sequence))
                .or_insert_with(|| piece.clone());
        }
        for entry in &settlement.outbox {
            self.outbox.add(tenant, entry, None);
        }
        Ok(())
    }

    /// Reminds of the open events that it is about and that nobody took on from now on, if the rule
    /// reminds.
    pub(super) fn plan_reminders(&mut self, tenant: &Tenant, rule: &Rule, act: &Act) {
        let Some(next) = rule.first_reminder(act.at) else {
            return;
        };
        // A settle that was decided on the rules of before is decided anew, also one that opens an
        // event: it would write back, or open, an event without its reminder.
        for ((account, id), monitor) in &mut self.monitors {
            if *account == tenant.account() && rule.covers(*id) {
                monitor.state_version += 1;
            }
        }
        for place in self.events.open_of(tenant) {
            let Some(event) = self.events.open_mut(&place) else {
                continue;
            };
            if !rule.covers(event.monitor) {
                continue;
            }
            let later = event.next_reminder_at.is_none_or(|planned| planned > next);
            if event.acknowledged_at.is_none() && later {
                event.next_reminder_at = Some(next);
            }
        }
    }
}

#[async_trait]
impl IncidentStore for MemoryStore {
    async fn settle(&self, tenant: &Tenant, settlement: &Settlement) -> StoreResult<()> {
        self.world().settle(tenant, settlement)
    }

    async fn event(&self, tenant: &Tenant, id: EventId) -> StoreResult<Event> {
        self.world()
            .events
            .get(&(tenant.account(), id))
            .cloned()
            .ok_or_else(|| StoreError::not_found("event"))
    }

    async fn events(
        &self,
        tenant: &Tenant,
        filter: &EventFilter,
        page: Page,
    ) -> StoreResult<Vec<Event>> {
        let world = self.world();
        let before = page.after.map(EventId::from_bytes);
        let all: Box<dyn Iterator<Item = &Event> + Send> = match filter.monitor {
            Some(monitor) => Box::new(world.events.of_monitor(tenant, monitor)),
            None => Box::new(world.events.of_account(tenant)),
        };
        Ok(all
            .filter(|event| {
                before.is_none_or(|before| event.id < before)
                    && filter.status.is_none_or(|status| event.status == status)
            })
            .take(rows(page.limit))
            .cloned()
            .collect())
    }

    async fn evidence(&self, tenant: &Tenant, id: EventId) -> StoreResult<Vec<EvidenceRecord>> {
        let world = self.world();
        let account = tenant.account();
        Ok(world
            .evidence
            .range((account, id, i32::MIN)..=(account, id, i32::MAX))
            .take(MAX_EVIDENCE)
            .map(|(_, piece)| piece.clone())
            .collect())
    }

    async fn acknowledge(&self, tenant: &Tenant, id: EventId, act: &Act) -> StoreResult<()> {
        let mut world = self.world();
        world.refuse_replay(tenant, act)?;
        let event = world
            .events
            .open_mut(&(tenant.account(), id))
            .ok_or_else(|| StoreError::not_found("open event"))?;
        event.acknowledged_at = event.acknowledged_at.or(Some(act.at));
        event.next_reminder_at = None;
        let monitor = (tenant.account(), event.monitor);
        if let Some(stored) = world.monitors.get_mut(&monitor) {
            stored.state_version += 1;
        }
        world.note(tenant, act);
        Ok(())
    }

    async fn waiting(
        &self,
        after: Option<(AccountId, EventId)>,
        limit: u32,
    ) -> StoreResult<OpenEvents<(AccountId, EventId)>> {
        let world = self.world();
        let waiting = world
            .events
            .open_after(after)
            .filter(|(_, event)| event.waits());
        Ok(page(waiting, limit))
    }

    async fn due_reminders(
        &self,
        now: Timestamp,
        after: Option<(Timestamp, EventId)>,
        limit: u32,
    ) -> StoreResult<OpenEvents<(Timestamp, EventId)>> {
        let world = self.world();
        let mut due: Vec<_> = world
            .events
            .open_after(None)
            .filter(|(_, event)| event.acknowledged_at.is_none())
            .filter_map(|((_, id), event)| {
                let at = event.next_reminder_at.filter(|at| *at <= now)?;
                Some(((at, id), event))
            })
            .filter(|(place, _)| after.is_none_or(|after| *place > after))
            .collect();
        due.sort_by_key(|(place, _)| *place);
        Ok(page(due.into_iter(), limit))
    }
}

fn page<'a, Place: Copy>(
    found: impl Iterator<Item = (Place, &'a Event)>,
    limit: u32,
) -> OpenEvents<Place> {
    let found: Vec<_> = found.take(rows(limit)).collect();
    let full = found.len() == rows(limit);
    OpenEvents {
        next: found.last().map(|(place, _)| *place).filter(|_| full),
        unreadable: 0,
        events: found
            .into_iter()
            .map(|(_, event)| OpenEvent {
                tenant: Tenant::of(event.account),
                event: event.clone(),
            })
            .collect(),
    }
}
