//! The notifications of every account in the order in which they came, with the indexes that a
//! database has of them.

use super::hold::Hold;
use crate::{
    id::{AccountId, ChannelId, NotificationId},
    port::{
        AfterAttempt, AttemptRecord, Lease, Leased, NotificationRecord, NotificationState,
        OutboxEntry,
    },
    tenant::Tenant,
};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// The most attempts that are shown of a notification.
const MAX_ATTEMPTS: usize = 20;

/// A notification and where it stands.
pub(super) struct Waiting {
    pub(super) tenant: Tenant,
    pub(super) entry: OutboxEntry,
    pub(super) state: NotificationState,
    pub(super) next_attempt_at: Option<Timestamp>,
    pub(super) lease: Option<Lease>,
    pub(super) attempts: Vec<AttemptRecord>,
}

impl Waiting {
    pub(super) fn record(&self) -> NotificationRecord {
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
}

/// Every notification by its position. Which of them wait changes in here alone.
#[derive(Default)]
pub(super) struct Queue {
    all: BTreeMap<u64, Waiting>,
    positions: BTreeMap<(AccountId, NotificationId), u64>,
    pending: BTreeSet<u64>,
    created: BTreeSet<(Timestamp, u64)>,
    /// The channels that are held back.
    pub(super) holds: BTreeMap<(Tenant, ChannelId), Hold>,
}

impl Queue {
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// Adds a notification unless it is there already; says whether it did.
    pub(super) fn add(
        &mut self,
        tenant: &Tenant,
        entry: &OutboxEntry,
        lease: Option<Lease>,
    ) -> bool {
        let place = (tenant.account(), entry.id);
        if self.positions.contains_key(&place) {
            return false;
        }
        let held = self.held_until(tenant, entry.channel);
        let position = self.all.last_key_value().map_or(0, |(last, _)| last + 1);
        let waiting = Waiting {
            tenant: *tenant,
            entry: entry.clone(),
            state: NotificationState::Pending,
            next_attempt_at: Some(held.unwrap_or(entry.created_at)),
            lease,
            attempts: Vec::new(),
        };
        self.positions.insert(place, position);
        self.pending.insert(position);
        self.created.insert((entry.created_at, position));
        self.all.insert(position, waiting);
        true
    }

    /// The position of a notification.
    pub(super) fn position(&self, tenant: &Tenant, id: NotificationId) -> Option<u64> {
        self.positions.get(&(tenant.account(), id)).copied()
    }

    /// A notification.
    pub(super) fn find(&mut self, tenant: &Tenant, id: NotificationId) -> Option<&mut Waiting> {
        self.all.get_mut(&self.position(tenant, id)?)
    }

    /// Says how a notification stands after an attempt, or that it is given up.
    pub(super) fn note(&mut self, position: u64, after: AfterAttempt) {
        let Some(waiting) = self.all.get_mut(&position) else {
            return;
        };
        let place = (waiting.tenant, waiting.entry.channel);
        let held = self.holds.get(&place).map(|hold| hold.until);
        waiting.lease = None;
        (waiting.state, waiting.next_attempt_at) = match after {
            AfterAttempt::Delivered => (NotificationState::Delivered, None),
            AfterAttempt::RetryAt(at) => (NotificationState::Pending, Some(held.unwrap_or(at))),
            AfterAttempt::Dead => (NotificationState::Dead, None),
        };
        if waiting.state == NotificationState::Pending {
            self.pending.insert(position);
        } else {
            self.pending.remove(&position);
        }
    }

    /// What waits, oldest first.
    pub(super) fn pending(&self) -> impl Iterator<Item = (u64, &Waiting)> {
        self.pending
            .iter()
            .filter_map(|position| Some((*position, self.all.get(position)?)))
    }

    /// How many wait.
    pub(super) fn count_pending(&self) -> usize {
        self.pending.len()
    }

    /// Gives up what waits for a channel.
    pub(super) fn bury(&mut self, tenant: &Tenant, channel: ChannelId) {
        self.holds.remove(&(*tenant, channel));
        let dead: Vec<_> = self
            .pending()
            .filter(|(_, waiting)| waiting.tenant == *tenant && waiting.entry.channel == channel)
            .map(|(position, _)| position)
            .collect();
        for position in dead {
            self.note(position, AfterAttempt::Dead);
        }
    }

    /// What may be tried next, oldest first: of one monitor's notifications to one channel only the
    /// oldest that waits.
    fn heads(&self) -> impl Iterator<Item = (u64, &Waiting)> {
        let mut seen = BTreeSet::new();
        self.pending()
            .filter(move |(_, waiting)| match waiting.entry.monitor {
                Some(monitor) => seen.insert((waiting.tenant, waiting.entry.channel, monitor)),
                None => true,
            })
    }

    /// The positions of what is due and not leased, in the order in which channels take turns, as
    /// far as each channel may hold more.
    pub(super) fn turns(&self, now: Timestamp, each: u32) -> Vec<u64> {
        let mut held: BTreeMap<(Tenant, ChannelId), u32> = BTreeMap::new();
        for (_, waiting) in self.pending().filter(|(_, waiting)| !waiting.is_free(now)) {
            *held
                .entry((waiting.tenant, waiting.entry.channel))
                .or_default() += 1;
        }
        let mut turns: Vec<(u32, u64)> = Vec::new();
        for (position, waiting) in self.heads() {
            let due = waiting.next_attempt_at.is_some_and(|at| at <= now)
                && self
                    .held_until(&waiting.tenant, waiting.entry.channel)
                    .is_none();
            if due && waiting.is_free(now) {
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

    /// The notification at a position.
    pub(super) fn at(&mut self, position: u64) -> Option<&mut Waiting> {
        self.all.get_mut(&position)
    }

    /// Leases the notification at a position.
    pub(super) fn lease(&mut self, position: u64, lease: Lease) -> Option<Leased> {
        let waiting = self.at(position)?;
        waiting.lease = Some(lease);
        Some(waiting.leased(lease))
    }

    /// Ends a lease, unless it is over already.
    pub(super) fn free(&mut self, tenant: &Tenant, id: NotificationId, lease: &Lease) {
        if let Some(waiting) = self.find(tenant, id)
            && waiting.lease.is_some_and(|held| held.token == lease.token)
        {
            waiting.lease = None;
        }
    }

    /// When something may be tried next.
    pub(super) fn next_due(&self) -> Option<Timestamp> {
        self.heads()
            .filter_map(|(_, waiting)| match waiting.lease {
                Some(lease) => Some(lease.until),
                None => waiting.next_attempt_at,
            })
            .min()
    }

    /// What came before this position, newest first.
    pub(super) fn before(&self, position: u64) -> impl Iterator<Item = &Waiting> {
        self.all.range(..position).rev().map(|(_, waiting)| waiting)
    }

    /// Forgets what was made before this and waits no more.
    pub(super) fn forget(&mut self, before: Timestamp) {
        let old: Vec<_> = self
            .created
            .range(..(before, 0))
            .filter(|(_, position)| !self.pending.contains(position))
            .copied()
            .collect();
        for place in old {
            self.created.remove(&place);
            if let Some(waiting) = self.all.remove(&place.1) {
                let id = (waiting.tenant.account(), waiting.entry.id);
                self.positions.remove(&id);
            }
        }
    }
}
