//! A commit whose answer is lost: the store did what it says that it could not.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use crate::house::{House, Script};
use async_trait::async_trait;
use jiff::Timestamp;
use monitorah_core::{
    AccountId, Act, EventId, Observation, Reason, StoreError, StoreErrorKind, StoreResult, Tenant,
    engine::EngineOptions,
    incident::{Event, EventStatus},
    monitor::Policy,
    port::{
        EventFilter, EvidenceRecord, IncidentStore, MemoryStore, OpenEvents, Page, Ports,
        Settlement,
    },
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::Duration,
};

/// Settles, and denies it once when an event was opened.
struct Denies {
    store: Arc<MemoryStore>,
    denied: AtomicBool,
}

#[async_trait]
impl IncidentStore for Denies {
    async fn settle(&self, tenant: &Tenant, settlement: &Settlement) -> StoreResult<()> {
        self.store.settle(tenant, settlement).await?;
        if settlement.event.is_some() && !self.denied.swap(true, Ordering::Relaxed) {
            let kind = StoreErrorKind::Unavailable;
            return Err(StoreError::new(kind, "the connection was lost"));
        }
        Ok(())
    }

    async fn event(&self, tenant: &Tenant, id: EventId) -> StoreResult<Event> {
        self.store.event(tenant, id).await
    }

    async fn events(
        &self,
        tenant: &Tenant,
        filter: &EventFilter,
        page: Page,
    ) -> StoreResult<Vec<Event>> {
        self.store.events(tenant, filter, page).await
    }

    async fn evidence(&self, tenant: &Tenant, id: EventId) -> StoreResult<Vec<EvidenceRecord>> {
        self.store.evidence(tenant, id).await
    }

    async fn acknowledge(&self, tenant: &Tenant, id: EventId, act: &Act) -> StoreResult<()> {
        self.store.acknowledge(tenant, id, act).await
    }

    async fn waiting(
        &self,
        after: Option<(AccountId, EventId)>,
        limit: u32,
    ) -> StoreResult<OpenEvents<(AccountId, EventId)>> {
        IncidentStore::waiting(&*self.store, after, limit).await
    }

    async fn due_reminders(
        &self,
        now: Timestamp,
        after: Option<(Timestamp, EventId)>,
        limit: u32,
    ) -> StoreResult<OpenEvents<(Timestamp, EventId)>> {
        self.store.due_reminders(now, after, limit).await
    }
}

#[test]
fn an_event_that_was_opened_without_an_answer_ends_when_the_monitor_is_well() {
    let mut house = House::new(77);
    // Two failed looks: the monitor is well again by the look that follows the lost answer.
    let failed = AtomicU32::new(0);
    let script = Script::new(move |second| {
        if second >= 60 && failed.fetch_add(1, Ordering::Relaxed) < 2 {
            return Observation::down(Reason::ConnectRefused, "nothing listens");
        }
        Observation::up()
    });
    let policy = Policy::every(Duration::from_secs(60));
    let monitor = house.monitor("shop", policy, script);
    let ports = Ports {
        incidents: Arc::new(Denies {
            store: Arc::clone(&house.store),
            denied: AtomicBool::new(false),
        }),
        ..Ports::of(&house.store)
    };
    house.start_on(ports, EngineOptions::default());
    house.simulation.run_for(Duration::from_secs(600));
    let read = house.events(monitor);
    let events = house.wait(read).unwrap();
    assert_eq!(events.len(), 1, "{events:?}");
    assert_eq!(events[0].status, EventStatus::Resolved, "{events:?}");
}
