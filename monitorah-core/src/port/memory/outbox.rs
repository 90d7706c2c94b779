//! The outbox, in memory.

use super::{MemoryStore, World, rows};
use crate::{
    error::{StoreError, StoreErrorKind, StoreResult},
    id::{ChannelId, NotificationId},
    port::{
        AfterAttempt, AttemptRecord, Lease, LeaseLimits, Leased, NotificationFilter,
        NotificationRecord, NotificationState, Outbox, OutboxEntry, Page,
    },
    tenant::{Act, Tenant},
};
use async_trait::async_trait;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// The most attempts that are shown of a notification.
const MAX_ATTEMPTS: usize = 20;

/// A notification and where it stands. Its place in the map is the order in which it came.
pub(super) struct Waiting {
    pub(super) tenant: Tenant,
    pub(super) entry: OutboxEntry,
    pub(super) state: NotificationState,
    pub(super) next_attempt_at: Option<Timestamp>,
    pub(super) lease: Option<Lease>,
    pub(super) attempts: Vec<AttemptRecord>,
}

impl Waiting {
    /// Whether nobody has it leased.
    pub(super) fn is_free(&self, now: Timestamp) -> bool {
        self.lease.is_none_or(|held| held.until <= now)
    }

    pub(super) fn leased(&self, lease: Lease) -> Leased {
        Leased {
            tenant: self.tenant,
            entry: self.entry.clone(),
            attempts: u32::try_from(self.attempts.len()).unwrap_or(u32::MAX),
            lease,
        }
    }

    fn record(&self) -> NotificationRecord {
        let skip = self.attempts.len().saturating_sub(MAX_ATTEMPTS);
        NotificationRecord {
            id: self.entry.id,
            channel: self.entry.channel,
            monitor: self.entry.monitor,
            event: self.entry.event,
            kind: self.entry.kind,
            state: self.state,
            created_at: self.entry.created_at,
            next_attempt_at: self.next_attempt_at,
            attempts: self.attempts.iter().skip(skip).cloned().collect(),
        }
    }
}

impl World {
    /// Adds a notification unless it is there already; says whether it did.
    pub(super) fn add_notification(
        &mut self,
        tenant: &Tenant,
        entry: &OutboxEntry,
        lease: Option<Lease>,
    ) -> bool {
        if !self.outbox_ids.insert((tenant.account(), entry.id)) {
            return false;
        }
        let held = self.held_until(tenant, entry.channel);
        let position = self.outbox.last_key_value().map_or(0, |(last, _)| last + 1);
        let waiting = Waiting {
            tenant: *tenant,
            entry: entry.clone(),
            state: NotificationState::Pending,
            next_attempt_at: Some(held.unwrap_or(entry.created_at)),
            lease,
            attempts: Vec::new(),
        };
        self.outbox.insert(position, waiting);
        true
    }

    /// Gives up what waits for a channel.
    pub(super) fn bury(&mut self, tenant: &Tenant, channel: ChannelId) {
        self.holds.remove(&(*tenant, channel));
        for waiting in self.outbox.values_mut() {
            if waiting.tenant == *tenant
                && waiting.entry.channel == channel
                && waiting.state == NotificationState::Pending
            {
                waiting.state = NotificationState::Dead;
                waiting.next_attempt_at = None;
                waiting.lease = None;
            }
        }
    }

    fn notification(&mut self, tenant: &Tenant, id: NotificationId) -> Option<&mut Waiting> {
        self.outbox
            .values_mut()
            .find(|waiting| waiting.tenant == *tenant && waiting.entry.id == id)
    }

    /// Ends a lease, unless it is over already.
    pub(super) fn free(&mut self, tenant: &Tenant, id: NotificationId, lease: &Lease) {
        if let Some(waiting) = self.notification(tenant, id)
            && waiting.lease.is_some_and(|held| held.token == lease.token)
        {
            waiting.lease = None;
        }
    }

    /// The positions of what may be tried next, oldest first: of one monitor's notifications to one
    /// channel only the oldest that waits.
    fn heads(&self) -> Vec<u64> {
        let mut seen = std::collections::BTreeSet::new();
        self.outbox
            .iter()
            .filter(|(_, waiting)| waiting.state == NotificationState::Pending)
            .filter(|(_, waiting)| match waiting.entry.monitor {
                Some(monitor) => seen.insert((waiting.tenant, waiting.entry.channel, monitor)),
                None => true,
            })
            .map(|(position, _)| *position)
            .collect()
    }

    /// The positions of what is due and not leased, in the order in which channels take turns, as
    /// far as each channel may hold more.
    fn turns(&self, now: Timestamp, each: u32) -> Vec<u64> {
        let mut held: BTreeMap<(Tenant, ChannelId), u32> = BTreeMap::new();
        for waiting in self.outbox.values() {
            if waiting.state == NotificationState::Pending && !waiting.is_free(now) {
                *held
                    .entry((waiting.tenant, waiting.entry.channel))
                    .or_default() += 1;
            }
        }
        let mut turns: Vec<(u32, u64)> = Vec::new();
        for position in self.heads() {
            let Some(waiting) = self.outbox.get(&position) else {
                continue;
            };
            let due = waiting.next_attempt_at.is_some_and(|at| at <= now);
            let hold = self.held_until(&waiting.tenant, waiting.entry.channel);
            if due && hold.is_none() && waiting.is_free(now) {
                let holds = held
                    .entry((waiting.tenant, waiting.entry.channel))
                    .or_default();
                *holds += 1;
                if *holds <= each {
                    turns.push((*holds, position));
                }
            }
        }
        turns.sort_unstable();
        turns.into_iter().map(|(_, position)| position).collect()
    }
}

#[async_trait]
impl Outbox for MemoryStore {
    async fn enqueue(
        &self,
        tenant: &Tenant,
        entry: &OutboxEntry,
        lease: Lease,
        act: &Act,
    ) -> StoreResult<()> {
        let mut world = self.world();
        world.refuse_replay(tenant, act)?;
        if !world.add_notification(tenant, entry, Some(lease)) {
            return Err(StoreError::new(
                StoreErrorKind::AlreadyExists,
                "the notification is there already",
            ));
        }
        world.note(tenant, act);
        Ok(())
    }

    async fn lease(
        &self,
        now: Timestamp,
        lease: Lease,
        limits: LeaseLimits,
    ) -> StoreResult<Vec<Leased>> {
        let mut world = self.world();
        let mut chosen: Vec<u64> = world.turns(now, limits.each);
        chosen.truncate(rows(limits.all));
        chosen.sort_unstable();
        let mut leased = Vec::new();
        for position in chosen {
            if let Some(waiting) = world.outbox.get_mut(&position) {
                waiting.lease = Some(lease);
                leased.push(waiting.leased(lease));
            }
        }
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
        let mut world = self.world();
        let channel = world
            .notification(tenant, id)
            .map(|waiting| waiting.entry.channel);
        let held = channel.and_then(|channel| world.held_until(tenant, channel));
        let waiting = world
            .notification(tenant, id)
            .ok_or_else(|| StoreError::not_found("notification"))?;
        if waiting.lease.is_none_or(|held| held.token != lease.token) {
            return Err(StoreError::conflict("the lease"));
        }
        waiting.attempts.push(attempt.clone());
        waiting.lease = None;
        (waiting.state, waiting.next_attempt_at) = match after {
            AfterAttempt::Delivered => (NotificationState::Delivered, None),
            AfterAttempt::RetryAt(at) => (NotificationState::Pending, Some(held.unwrap_or(at))),
            AfterAttempt::Dead => (NotificationState::Dead, None),
        };
        Ok(())
    }

    async fn release(&self, tenant: &Tenant, id: NotificationId, lease: &Lease) -> StoreResult<()> {
        self.world().free(tenant, id, lease);
        Ok(())
    }

    async fn next_due(&self) -> StoreResult<Option<Timestamp>> {
        let world = self.world();
        Ok(world
            .heads()
            .iter()
            .filter_map(|position| world.outbox.get(position))
            .filter_map(|waiting| match waiting.lease {
                Some(lease) => Some(lease.until),
                None => waiting.next_attempt_at,
            })
            .min())
    }

    async fn waiting(&self) -> StoreResult<u64> {
        let world = self.world();
        let waiting = world
            .outbox
            .values()
            .filter(|waiting| waiting.state == NotificationState::Pending)
            .count();
        Ok(u64::try_from(waiting).unwrap_or(u64::MAX))
    }

    async fn notifications(
        &self,
        tenant: &Tenant,
        filter: &NotificationFilter,
        page: Page,
    ) -> StoreResult<Vec<NotificationRecord>> {
        let world = self.world();
        // Ids of notifications are hashes, so the order is that of their coming.
        let before = match page.after {
            None => u64::MAX,
            Some(id) => world
                .outbox
                .iter()
                .find(|(_, waiting)| {
                    waiting.tenant == *tenant && *waiting.entry.id.as_bytes() == id
                })
                .map_or(0, |(position, _)| *position),
        };
        Ok(world
            .outbox
            .range(..before)
            .rev()
            .map(|(_, waiting)| waiting)
            .filter(|waiting| {
                waiting.tenant == *tenant
                    && filter.channel.is_none_or(|id| waiting.entry.channel == id)
                    && filter
                        .monitor
                        .is_none_or(|id| waiting.entry.monitor == Some(id))
                    && filter.state.is_none_or(|state| waiting.state == state)
            })
            .take(rows(page.limit))
            .map(Waiting::record)
            .collect())
    }
}
