//! Channels that are held back: what waits for them goes out together.

use super::outbox::{AttemptRecord, Lease, Leased};
use crate::{
    error::StoreResult,
    id::{ChannelId, NotificationId},
    tenant::Tenant,
};
use async_trait::async_trait;
use jiff::Timestamp;

/// A held channel with what waits for it, leased as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Whose it is.
    pub tenant: Tenant,
    /// The channel.
    pub channel: ChannelId,
    /// How many grouped messages to it failed in a row.
    pub failures: u32,
    /// The most notifications that one message to it should hold.
    pub most: u32,
    /// What waits, oldest first.
    pub members: Vec<Leased>,
    /// The lease, of the hold and of each of the members.
    pub lease: Lease,
}

/// What a grouped message leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterGroup {
    /// The receiver took it: its members are delivered.
    Delivered,
    /// They go out again when the hold is over.
    Retry {
        /// Those that were decided on before this are given up instead.
        expired: Timestamp,
    },
    /// They are given up.
    Dead,
}

/// How a hold goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterHold {
    /// The channel is held until then.
    Until {
        /// When its next grouped message is due.
        until: Timestamp,
        /// How many grouped messages to it failed in a row.
        failures: u32,
        /// The most notifications that one message to it should hold.
        most: u32,
    },
    /// It is over: what waits is due at once, one by one.
    Over,
}

/// Holds.
#[async_trait]
pub trait HoldStore: Send + Sync {
    /// Holds a channel back until `until`, unless it is held already, and gives the lease of
    /// `freed` back. Whatever waits for the channel, or comes for it while it is held, is not due
    /// for [`Outbox::lease`](super::Outbox::lease) before the hold's end. `NotFound` when the
    /// channel is gone. `most` is the most notifications of a message to it.
    async fn hold(
        &self,
        tenant: &Tenant,
        channel: ChannelId,
        (until, most): (Timestamp, u32),
        freed: (NotificationId, Lease),
    ) -> StoreResult<()>;

    /// Leases the channel of any account whose hold ended first, if one has, with what waits for
    /// it, oldest first: at most what the hold allows, and at most `most`. Also what would be tried
    /// only later: it goes with the rest. What somebody else has leased, and of its monitor what
    /// came after it, is left out. The hold lasts until the lease ends.
    async fn lease_held(
        &self,
        now: Timestamp,
        lease: Lease,
        most: u32,
    ) -> StoreResult<Option<Held>>;

    /// Records one attempt at all members that are under the lease, ends it, and says how the hold
    /// goes on, in one transaction. Without an attempt the members only wait on. `Conflict` when
    /// the lease of the hold is no longer this one. Durable when it returns.
    async fn record_held(
        &self,
        tenant: &Tenant,
        (channel, lease): (ChannelId, &Lease),
        attempt: Option<(&AttemptRecord, AfterGroup)>,
        after: AfterHold,
        now: Timestamp,
    ) -> StoreResult<()>;
}
