//! The outbox: notifications that wait, are tried, and are never lost.

use super::page::Page;
use crate::{
    alert::AlertKind,
    crypt::Sealed,
    error::StoreResult,
    id::{AttemptId, ChannelId, EventId, MonitorId, NotificationId},
    tenant::{Act, Tenant},
};
use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};

/// A notification to be delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxEntry {
    /// Its stable id.
    pub id: NotificationId,
    /// To which channel.
    pub channel: ChannelId,
    /// About which monitor.
    pub monitor: Option<MonitorId>,
    /// About which event.
    pub event: Option<EventId>,
    /// What it is about.
    pub kind: AlertKind,
    /// The [`Message`](crate::alert::Message) as JSON, sealed for (`outbox`, `payload`, id,
    /// version 1) with the purpose `Outbox`.
    pub payload: Sealed,
    /// When it was decided on; attempts end 24 h later.
    pub created_at: Timestamp,
}

/// Where a notification stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NotificationState {
    /// It waits for its first or next attempt.
    Pending,
    /// The receiver took it.
    Delivered,
    /// It was given up: refused, out of time, or its channel is gone.
    Dead,
}

impl NotificationState {
    /// The text on the wire and in a store.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Delivered => "DELIVERED",
            Self::Dead => "DEAD",
        }
    }
}

impl std::str::FromStr for NotificationState {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Pending, Self::Delivered, Self::Dead]
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or(())
    }
}

/// The right to try a notification, for a while. A later lease of the same one has another token,
/// and what the old one records is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lease {
    /// Random; tells this lease from every other.
    pub token: [u8; 16],
    /// When it ends by itself.
    pub until: Timestamp,
}

/// How much one call leases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeaseLimits {
    /// The most notifications.
    pub all: u32,
    /// The most that one channel may hold, with what it holds already: a receiver that hangs keeps
    /// no other one waiting.
    pub each: u32,
}

/// A leased notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leased {
    /// Whose it is.
    pub tenant: Tenant,
    /// The notification.
    pub entry: OutboxEntry,
    /// How many attempts were recorded before.
    pub attempts: u32,
    /// The lease.
    pub lease: Lease,
}

/// One attempt as it is logged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttemptRecord {
    /// Its id.
    pub id: AttemptId,
    /// When it began.
    pub at: Timestamp,
    /// How long it took.
    pub took: SignedDuration,
    /// Whether the receiver took the notification.
    pub delivered: bool,
    /// The status code of the answer.
    pub status_code: Option<u16>,
    /// What went wrong, or what should be known although it was taken; without secrets, at most 500
    /// characters.
    pub error: Option<String>,
}

/// What an attempt leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterAttempt {
    /// The notification is delivered.
    Delivered,
    /// It is tried again at this time.
    RetryAt(Timestamp),
    /// It is given up.
    Dead,
}

/// A notification of the delivery log, with its attempts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotificationRecord {
    /// Its id.
    pub id: NotificationId,
    /// To which channel; the channel may be gone.
    pub channel: ChannelId,
    /// About which monitor.
    pub monitor: Option<MonitorId>,
    /// About which event.
    pub event: Option<EventId>,
    /// What it is about.
    pub kind: AlertKind,
    /// Where it stands.
    pub state: NotificationState,
    /// When it was decided on.
    pub created_at: Timestamp,
    /// When it is tried next.
    pub next_attempt_at: Option<Timestamp>,
    /// Its attempts, oldest first; the latest 20.
    pub attempts: Vec<AttemptRecord>,
}

/// Which notifications are wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NotificationFilter {
    /// Only to this channel.
    pub channel: Option<ChannelId>,
    /// Only about this monitor.
    pub monitor: Option<MonitorId>,
    /// Only those that stand so.
    pub state: Option<NotificationState>,
}

/// Notifications on their way.
#[async_trait]
pub trait Outbox: Send + Sync {
    /// Stores a notification that no settle causes (a test), leased to the caller from the start.
    async fn enqueue(
        &self,
        tenant: &Tenant,
        entry: &OutboxEntry,
        lease: Lease,
        act: &Act,
    ) -> StoreResult<()>;

    /// Leases notifications of any account that are due and not leased, within the limits. Of the
    /// notifications about one monitor to one channel only the oldest waiting one is handed out, so
    /// that a recovery never overtakes its outage.
    ///
    /// Channels take turns: the ones that hold the fewest leases come first, and each gets its
    /// oldest notification before any gets another; among equals the oldest comes first. Returned
    /// oldest first. Of calls at the same moment that lease for one channel, none hands out what
    /// another did.
    async fn lease(
        &self,
        now: Timestamp,
        lease: Lease,
        limits: LeaseLimits,
    ) -> StoreResult<Vec<Leased>>;

    /// Records an attempt under its lease and ends the lease, in one transaction. `Conflict` when
    /// the lease is no longer this one. Durable when it returns.
    async fn record(
        &self,
        tenant: &Tenant,
        id: NotificationId,
        lease: &Lease,
        attempt: &AttemptRecord,
        after: AfterAttempt,
    ) -> StoreResult<()>;

    /// Gives a lease back untried, at once due again. A lease that is over already is left alone.
    async fn release(&self, tenant: &Tenant, id: NotificationId, lease: &Lease) -> StoreResult<()>;

    /// When the next notification of any account is due or a lease ends, if any waits.
    async fn next_due(&self) -> StoreResult<Option<Timestamp>>;

    /// How many notifications of any account wait to be delivered.
    async fn waiting(&self) -> StoreResult<u64>;

    /// The delivery log, newest first. Stores keep 90 days.
    async fn notifications(
        &self,
        tenant: &Tenant,
        filter: &NotificationFilter,
        page: Page,
    ) -> StoreResult<Vec<NotificationRecord>>;
}
