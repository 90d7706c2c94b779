//! Downtime events and the settle: the one unit of work that changes a monitor's state.

use super::{outbox::OutboxEntry, page::Page, share::Fence};
use crate::{
    crypt::Sealed,
    error::StoreResult,
    id::{AccountId, EventId, MonitorId},
    incident::{Event, EventStatus},
    monitor::MonitorState,
    tenant::{Act, Tenant},
};
use async_trait::async_trait;
use jiff::Timestamp;

/// What a believed change comes to: written whole or not at all.
#[derive(Debug, Clone)]
pub struct Settlement {
    /// Of which monitor.
    pub monitor: MonitorId,
    /// The state's stored version that this was decided on.
    pub expected: i64,
    /// Under which share it was decided, where somebody else may look at the monitor by now.
    pub fence: Option<Fence>,
    /// The state from now on; stored with version `expected + 1`.
    pub state: MonitorState,
    /// The event that is opened or changed. Stored by its id; what people did to a stored event
    /// (`acknowledged_at`) stays as it is.
    pub event: Option<Event>,
    /// What was seen, for the event.
    pub evidence: Vec<EvidenceRecord>,
    /// Who is to be told. An entry whose id is stored already is left as it is.
    pub outbox: Vec<OutboxEntry>,
}

/// One piece of evidence of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceRecord {
    /// Of which event.
    pub event: EventId,
    /// Its place in the event's evidence, from 0.
    pub sequence: i32,
    /// When it was seen.
    pub at: Timestamp,
    /// JSON, sealed for (`evidence`, `detail`, event id followed by the sequence, version 1).
    pub detail: Sealed,
}

/// Which events are wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EventFilter {
    /// Only of this monitor.
    pub monitor: Option<MonitorId>,
    /// Only open, or only resolved ones.
    pub status: Option<EventStatus>,
}

/// An open event with its account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenEvent {
    /// Whose it is.
    pub tenant: Tenant,
    /// The event.
    pub event: Event,
}

/// A page of open events of any account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenEvents<Place> {
    /// The events.
    pub events: Vec<OpenEvent>,
    /// Rows that could not be understood: they stop no other.
    pub unreadable: u64,
    /// Where the next page begins; none after the last one.
    pub next: Option<Place>,
}

/// Events and the settle.
#[async_trait]
pub trait IncidentStore: Send + Sync {
    /// Writes the settlement in one transaction, as a compare-and-swap on the state's version:
    /// `Conflict` when the stored version is not `expected`, `NotFound` when the monitor is gone,
    /// `Fenced` when another process holds the share that it was decided under, `AlreadyExists` when it would open a second event while one is open. Durable when it
    /// returns: a crash after that loses nothing of it, a crash before leaves nothing of it.
    async fn settle(&self, tenant: &Tenant, settlement: &Settlement) -> StoreResult<()>;

    /// One event.
    async fn event(&self, tenant: &Tenant, id: EventId) -> StoreResult<Event>;

    /// The events, newest first.
    async fn events(
        &self,
        tenant: &Tenant,
        filter: &EventFilter,
        page: Page,
    ) -> StoreResult<Vec<Event>>;

    /// The evidence of an event, oldest first; at most 100 pieces.
    async fn evidence(&self, tenant: &Tenant, id: EventId) -> StoreResult<Vec<EvidenceRecord>>;

    /// Somebody takes an open event on: its reminders end. `NotFound` when there is no such open
    /// event; doing it again changes nothing of the event. A settle that was decided before, a
    /// reminder for example, is a `Conflict` from then on.
    async fn acknowledge(&self, tenant: &Tenant, id: EventId, act: &Act) -> StoreResult<()>;

    /// Open events of any account that [wait](Event::waits) to be told, in the order of account and
    /// id, after this one. What cannot be understood is left out and counted.
    async fn waiting(
        &self,
        after: Option<(AccountId, EventId)>,
        limit: u32,
    ) -> StoreResult<OpenEvents<(AccountId, EventId)>>;

    /// Open, unacknowledged events of any account whose reminder is due, most overdue first, after
    /// this one of this time. What cannot be understood is left out and counted.
    async fn due_reminders(
        &self,
        now: Timestamp,
        after: Option<(Timestamp, EventId)>,
        limit: u32,
    ) -> StoreResult<OpenEvents<(Timestamp, EventId)>>;
}
