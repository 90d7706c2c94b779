//! Fail points: a server under test kills itself at the n-th pass of a named point of its work.
//!
//! They are wrappers at the ports, so the engine knows nothing of them. Built only with the feature
//! `fail-points`, which no release has.

use async_trait::async_trait;
use jiff::Timestamp;
use monitorah_core::{
    AccountId, Act, ChannelId, EventId, NotificationId, StoreResult, Tenant,
    alert::Message,
    channel::{Channel, ChannelRegistry, DeliveryError, Receipt},
    incident::Event,
    port::{
        AfterAttempt, AfterGroup, AfterHold, AttemptRecord, EventFilter, EvidenceRecord, Held,
        HoldStore, IncidentStore, Lease, LeaseLimits, Leased, NotificationFilter,
        NotificationRecord, OpenEvents, Outbox, OutboxEntry, Page, Ports, Settlement,
    },
};
use rustix::process::{Signal, getpid, kill_process};
use std::{
    fmt,
    str::FromStr,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

/// A point of the server's work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Point {
    /// A settle that carries an event is about to be written.
    BeforeCommit,
    /// It is durable, and nobody knows it yet.
    AfterCommit,
    /// A message is about to be sent.
    BeforeSend,
    /// The receiver answered, and nobody knows it yet.
    AfterSend,
    /// The outcome of a delivery is about to be recorded.
    BeforeMark,
    /// It is durable, and nobody knows it yet.
    AfterMark,
}

impl Point {
    const ALL: [(&'static str, Self); 6] = [
        ("before-commit", Self::BeforeCommit),
        ("after-commit", Self::AfterCommit),
        ("before-send", Self::BeforeSend),
        ("after-send", Self::AfterSend),
        ("before-mark", Self::BeforeMark),
        ("after-mark", Self::AfterMark),
    ];
}

/// A point, and at which pass of it the process ends: `after-send:3`; without a number, the first.
#[derive(Debug)]
pub(crate) struct FailPoint {
    point: Point,
    left: AtomicU32,
}

impl FromStr for FailPoint {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let (name, count) = text.split_once(':').unwrap_or((text, "1"));
        let point = Point::ALL.into_iter().find(|(known, _)| *known == name);
        let (Some((_, point)), Ok(count @ 1..)) = (point, count.parse()) else {
            let known = Point::ALL.map(|(known, _)| known).join(", ");
            return Err(format!(
                "{text:?} is no fail point: write one of {known}, and after a colon at which pass \
                 of it, from 1, as in after-send:3"
            ));
        };
        Ok(Self {
            point,
            left: AtomicU32::new(count),
        })
    }
}

impl FailPoint {
    /// Passes a point; at the pass that was asked for, the process is gone.
    fn pass(&self, point: Point) {
        if self.point == point && self.left.fetch_sub(1, Ordering::SeqCst) == 1 {
            // As the kernel would end it when memory is short: no handler, no destructor, no flush.
            let _ = kill_process(getpid(), Signal::KILL);
        }
    }
}

/// Puts the fail point around everything that passes one.
pub(crate) fn install(
    point: FailPoint,
    ports: &mut Ports,
    channels: ChannelRegistry,
) -> ChannelRegistry {
    let point = Arc::new(point);
    ports.incidents = Arc::new(Around::new(&ports.incidents, &point));
    ports.outbox = Arc::new(Around::new(&ports.outbox, &point));
    ports.holds = Arc::new(Around::new(&ports.holds, &point));
    channels.wrapped(move |inner| {
        Box::new(Watched {
            inner,
            point: Arc::clone(&point),
        })
    })
}

/// A port with a fail point around it.
struct Around<P: ?Sized> {
    inner: Arc<P>,
    point: Arc<FailPoint>,
}

impl<P: ?Sized> Around<P> {
    fn new(inner: &Arc<P>, point: &Arc<FailPoint>) -> Self {
        Self {
            inner: Arc::clone(inner),
            point: Arc::clone(point),
        }
    }
}

/// A channel with a fail point around it.
struct Watched {
    inner: Box<dyn Channel>,
    point: Arc<FailPoint>,
}

impl fmt::Debug for Watched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}

#[async_trait]
impl Channel for Watched {
    async fn deliver(&self, message: &Message) -> Result<Receipt, DeliveryError> {
        self.point.pass(Point::BeforeSend);
        let outcome = self.inner.deliver(message).await;
        self.point.pass(Point::AfterSend);
        outcome
    }
}

#[async_trait]
impl IncidentStore for Around<dyn IncidentStore> {
    async fn settle(&self, tenant: &Tenant, settlement: &Settlement) -> StoreResult<()> {
        let tells = settlement.event.is_some() || !settlement.outbox.is_empty();
        if tells {
            self.point.pass(Point::BeforeCommit);
        }
        self.inner.settle(tenant, settlement).await?;
        if tells {
            self.point.pass(Point::AfterCommit);
        }
        Ok(())
    }

    async fn event(&self, tenant: &Tenant, id: EventId) -> StoreResult<Event> {
        self.inner.event(tenant, id).await
    }

    async fn events(
        &self,
        tenant: &Tenant,
        filter: &EventFilter,
        page: Page,
    ) -> StoreResult<Vec<Event>> {
        self.inner.events(tenant, filter, page).await
    }

    async fn evidence(&self, tenant: &Tenant, id: EventId) -> StoreResult<Vec<EvidenceRecord>> {
        self.inner.evidence(tenant, id).await
    }

    async fn acknowledge(&self, tenant: &Tenant, id: EventId, act: &Act) -> StoreResult<()> {
        self.inner.acknowledge(tenant, id, act).await
    }

    async fn waiting(
        &self,
        after: Option<(AccountId, EventId)>,
        limit: u32,
    ) -> StoreResult<OpenEvents<(AccountId, EventId)>> {
        self.inner.waiting(after, limit).await
    }

    async fn due_reminders(
        &self,
        now: Timestamp,
        after: Option<(Timestamp, EventId)>,
        limit: u32,
    ) -> StoreResult<OpenEvents<(Timestamp, EventId)>> {
        self.inner.due_reminders(now, after, limit).await
    }
}

#[async_trait]
impl Outbox for Around<dyn Outbox> {
    async fn enqueue(
        &self,
        tenant: &Tenant,
        entry: &OutboxEntry,
        lease: Lease,
        act: &Act,
    ) -> StoreResult<()> {
        self.inner.enqueue(tenant, entry, lease, act).await
    }

    async fn lease(
        &self,
        now: Timestamp,
        lease: Lease,
        limits: LeaseLimits,
    ) -> StoreResult<Vec<Leased>> {
        self.inner.lease(now, lease, limits).await
    }

    async fn record(
        &self,
        tenant: &Tenant,
        id: NotificationId,
        lease: &Lease,
        attempt: &AttemptRecord,
        after: AfterAttempt,
    ) -> StoreResult<()> {
        self.point.pass(Point::BeforeMark);
        self.inner.record(tenant, id, lease, attempt, after).await?;
        self.point.pass(Point::AfterMark);
        Ok(())
    }

    async fn release(&self, tenant: &Tenant, id: NotificationId, lease: &Lease) -> StoreResult<()> {
        self.inner.release(tenant, id, lease).await
    }

    async fn next_due(&self) -> StoreResult<Option<Timestamp>> {
        self.inner.next_due().await
    }

    async fn waiting(&self) -> StoreResult<u64> {
        self.inner.waiting().await
    }

    async fn notifications(
        &self,
        tenant: &Tenant,
        filter: &NotificationFilter,
        page: Page,
    ) -> StoreResult<Vec<NotificationRecord>> {
        self.inner.notifications(tenant, filter, page).await
    }
}

#[async_trait]
impl HoldStore for Around<dyn HoldStore> {
    async fn hold(
        &self,
        tenant: &Tenant,
        channel: ChannelId,
        until: (Timestamp, u32),
        freed: (NotificationId, Lease),
    ) -> StoreResult<()> {
        self.inner.hold(tenant, channel, until, freed).await
    }

    async fn lease_held(
        &self,
        now: Timestamp,
        lease: Lease,
        most: u32,
    ) -> StoreResult<Option<Held>> {
        self.inner.lease_held(now, lease, most).await
    }

    async fn record_held(
        &self,
        tenant: &Tenant,
        held: (ChannelId, &Lease),
        attempt: Option<(&AttemptRecord, AfterGroup)>,
        after: AfterHold,
        now: Timestamp,
    ) -> StoreResult<()> {
        self.point.pass(Point::BeforeMark);
        self.inner
            .record_held(tenant, held, attempt, after, now)
            .await?;
        self.point.pass(Point::AfterMark);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_is_read_with_its_pass() {
        let read: FailPoint = "after-send:3".parse().unwrap();
        assert_eq!(read.point, Point::AfterSend);
        assert_eq!(read.left.load(Ordering::SeqCst), 3);
        let first: FailPoint = "before-mark".parse().unwrap();
        assert_eq!(first.left.load(Ordering::SeqCst), 1);
        for wrong in ["", "after", "after-send:0", "after-send:x", "after-send:"] {
            let why = wrong.parse::<FailPoint>().unwrap_err();
            assert!(why.contains("before-commit"), "{why}");
        }
    }

    #[test]
    fn other_points_do_not_count() {
        let point: FailPoint = "after-send:2".parse().unwrap();
        // The second pass of its own point would end this process.
        for (_, other) in Point::ALL {
            point.pass(other);
        }
        assert_eq!(point.left.load(Ordering::SeqCst), 1);
    }
}
