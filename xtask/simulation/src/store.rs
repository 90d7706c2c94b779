//! A store that is slow, away or lying as the plan says, and that tells the judge what it did.

use crate::{ledger::Ledger, plan::Dice, trace};
use async_trait::async_trait;
use jiff::Timestamp;
use monitorah_core::{
    AccountId, Act, Env, EventId, MonitorId, NotificationId, StoreError, StoreErrorKind,
    StoreResult, Tenant,
    incident::Event,
    port::{
        AfterAttempt, AttemptRecord, EventFilter, EvidenceRecord, IncidentStore, Lease,
        LeaseLimits, Leased, MemoryStore, NotificationFilter, NotificationRecord, OpenEvents,
        Outbox, OutboxEntry, Page, Ports, ResultFilter, ResultRow, ResultStore, RollUpReport,
        Settlement,
    },
    uptime::{Resolution, Rollup, StateDurations},
};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

/// A mistake that is put into the store, to see that the judge finds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Planted {
    /// Messages are handed out before what they tell is committed.
    AlertBeforeCommit,
    /// Now and then the change is written and the messages about it are not.
    HalfASettle,
    /// Now and then a delivery is forgotten.
    ForgottenDelivery,
}

impl Planted {
    /// Each of them, and what the judge says of it.
    pub(crate) const ALL: [(Self, &'static str); 3] = [
        (Self::AlertBeforeCommit, "is in no outbox"),
        (Self::HalfASettle, "follows no page"),
        (Self::ForgottenDelivery, "told twice without a cause"),
    ];
}

/// Until when the store is what it should not be: monotonic.
#[derive(Debug, Default)]
pub(crate) struct Weather {
    pub(crate) away_until: Duration,
    pub(crate) lying_until: Duration,
}

/// The store as the engine sees it.
pub(crate) struct Watched {
    pub(crate) store: Arc<MemoryStore>,
    pub(crate) tenant: Tenant,
    pub(crate) environment: Env,
    pub(crate) weather: Arc<Mutex<Weather>>,
    pub(crate) ledger: Arc<Mutex<Ledger>>,
    pub(crate) dice: Mutex<Dice>,
    pub(crate) planted: Option<Planted>,
    /// Messages that are handed out before their time.
    pub(crate) leaked: Mutex<Vec<(Tenant, OutboxEntry)>>,
}

impl Watched {
    pub(crate) fn ports(self) -> Ports {
        let base = Ports::of(&self.store);
        let this = Arc::new(self);
        Ports {
            incidents: Arc::<Self>::clone(&this),
            outbox: Arc::<Self>::clone(&this),
            results: this,
            ..base
        }
    }

    fn drawn(&self, below: u64) -> u64 {
        self.dice.lock().unwrap().below(0..below)
    }

    /// Takes a while, and refuses while it is away.
    async fn begin(&self) -> StoreResult<()> {
        let takes = Duration::from_millis(self.drawn(15));
        self.environment.sleep(takes).await;
        if self.environment.monotonic() < self.weather.lock().unwrap().away_until {
            return Err(away());
        }
        Ok(())
    }

    /// Shows the judge every minute that was computed since it saw the monitor's minutes last.
    async fn prove(&self, until: Timestamp) -> StoreResult<()> {
        let unproven = self.ledger.lock().unwrap().unproven();
        for (monitor, from) in unproven {
            if from >= until {
                continue;
            }
            let minutes = self
                .store
                .rollups(&self.tenant, monitor, Resolution::Minute, from, until)
                .await?;
            let said = minutes
                .iter()
                .fold(StateDurations::default(), |sum, minute| {
                    sum.plus(minute.durations)
                });
            let mut ledger = self.ledger.lock().unwrap();
            ledger.rolled_up(monitor, (from, until), said);
        }
        Ok(())
    }

    /// Takes a while, and denies what was done while it lies.
    async fn end<T>(&self, done: StoreResult<T>) -> StoreResult<T> {
        let takes = Duration::from_millis(self.drawn(15));
        self.environment.sleep(takes).await;
        if self.environment.monotonic() < self.weather.lock().unwrap().lying_until {
            return Err(away());
        }
        done
    }
}

fn away() -> StoreError {
    StoreError::new(StoreErrorKind::Unavailable, "the store is away")
}

#[async_trait]
impl IncidentStore for Watched {
    async fn settle(&self, tenant: &Tenant, settlement: &Settlement) -> StoreResult<()> {
        if self.planted == Some(Planted::AlertBeforeCommit) {
            let early = settlement
                .outbox
                .iter()
                .map(|entry| (*tenant, entry.clone()));
            self.leaked.lock().unwrap().extend(early);
        }
        self.begin().await?;
        let mut settlement = settlement.clone();
        if self.planted == Some(Planted::HalfASettle) && self.drawn(8) == 0 {
            settlement.outbox.clear();
        }
        let kept = settlement.clone();
        if self.planted == Some(Planted::AlertBeforeCommit) {
            // They are on their way.
            settlement.outbox.clear();
        }
        let done = self.store.settle(tenant, &settlement).await;
        trace(self.environment.monotonic(), || {
            let ids: Vec<_> = settlement.outbox.iter().map(|entry| entry.id).collect();
            let event = settlement
                .event
                .as_ref()
                .map(|event| (event.id, event.status));
            let state = &settlement.state;
            format!(
                "settled {} {event:?} {ids:?} {:?}: {done:?}",
                settlement.monitor, state
            )
        });
        if done.is_ok() {
            self.ledger.lock().unwrap().settled(&kept);
        }
        self.end(done).await
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

#[async_trait]
impl Outbox for Watched {
    async fn enqueue(
        &self,
        tenant: &Tenant,
        entry: &OutboxEntry,
        lease: Lease,
        act: &Act,
    ) -> StoreResult<()> {
        self.store.enqueue(tenant, entry, lease, act).await
    }

    async fn lease(
        &self,
        now: Timestamp,
        lease: Lease,
        limits: LeaseLimits,
    ) -> StoreResult<Vec<Leased>> {
        self.begin().await?;
        let mut leased = self.store.lease(now, lease, limits).await?;
        for leased in &leased {
            trace(self.environment.monotonic(), || {
                format!("leased {}", leased.entry.id)
            });
        }
        let early = std::mem::take(&mut *self.leaked.lock().unwrap());
        leased.extend(early.into_iter().map(|(tenant, entry)| Leased {
            tenant,
            entry,
            attempts: 0,
            lease,
        }));
        Ok(leased)
    }

    async fn record(
        &self,
        tenant: &Tenant,
        id: NotificationId,
        lease: &Lease,
        attempt: &AttemptRecord,
        after: AfterAttempt,
    ) -> StoreResult<()> {
        self.begin().await?;
        if self.planted == Some(Planted::ForgottenDelivery) && self.drawn(8) == 0 {
            return Ok(());
        }
        if self.planted == Some(Planted::AlertBeforeCommit) {
            return Ok(());
        }
        let done = self.store.record(tenant, id, lease, attempt, after).await;
        if done.is_ok() && after == AfterAttempt::Dead {
            let now = self.environment.now();
            self.ledger.lock().unwrap().gave_up(id, now);
        }
        trace(self.environment.monotonic(), || {
            format!("recorded {id} {after:?} {:?}: {done:?}", attempt.error)
        });
        self.end(done).await
    }

    async fn release(&self, tenant: &Tenant, id: NotificationId, lease: &Lease) -> StoreResult<()> {
        self.begin().await?;
        self.store.release(tenant, id, lease).await
    }

    async fn next_due(&self) -> StoreResult<Option<Timestamp>> {
        self.begin().await?;
        if !self.leaked.lock().unwrap().is_empty() {
            return Ok(Some(self.environment.now()));
        }
        self.store.next_due().await
    }

    async fn waiting(&self) -> StoreResult<u64> {
        Outbox::waiting(&*self.store).await
    }

    async fn notifications(
        &self,
        tenant: &Tenant,
        filter: &NotificationFilter,
        page: Page,
    ) -> StoreResult<Vec<NotificationRecord>> {
        self.store.notifications(tenant, filter, page).await
    }
}

#[async_trait]
impl ResultStore for Watched {
    async fn append(&self, batch: &[ResultRow]) -> StoreResult<()> {
        self.begin().await?;
        let done = self.store.append(batch).await;
        if done.is_ok() {
            self.ledger.lock().unwrap().appended(batch);
        }
        self.end(done).await
    }

    async fn results(
        &self,
        tenant: &Tenant,
        monitor: MonitorId,
        filter: &ResultFilter,
        limit: u32,
    ) -> StoreResult<Vec<ResultRow>> {
        self.store.results(tenant, monitor, filter, limit).await
    }

    async fn rollups(
        &self,
        tenant: &Tenant,
        monitor: MonitorId,
        resolution: Resolution,
        from: Timestamp,
        to: Timestamp,
    ) -> StoreResult<Vec<Rollup>> {
        self.store
            .rollups(tenant, monitor, resolution, from, to)
            .await
    }

    async fn roll_up(&self, until: Timestamp) -> StoreResult<RollUpReport> {
        self.begin().await?;
        let report = self.store.roll_up(until).await?;
        if !report.more {
            self.prove(Resolution::Minute.floor(until)).await?;
        }
        Ok(report)
    }

    async fn prune(&self, now: Timestamp) -> StoreResult<u64> {
        self.begin().await?;
        self.store.prune(now).await
    }
}
