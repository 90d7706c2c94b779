//! The reference store: every port over maps in memory, one lock around all of it.
//!
//! What the port documentation leaves open is decided here, and the conformance suites hold every
//! other store to it. Nothing survives the process. An account need not be founded to be used.

mod account;
mod badge;
mod channel;
mod dependency;
mod events;
mod heartbeat;
mod hold;
mod incident;
mod maintenance;
mod manual;
mod monitor;
mod outbox;
mod queue;
mod result;
mod silence;

use super::{
    AccountRecord, ApiKeyRecord, AuditRow, BadgeRecord, ChannelRecord, EvidenceRecord, FeedMark,
    HeartbeatRecord, ManualRecord, MonitorRecord, Page, PingRecord, ResultRow,
};
use crate::{
    alert::Rule,
    crypt::{Sealed, WrappedKey},
    error::{StoreError, StoreErrorKind, StoreResult},
    id::{
        AccountId, ApiKeyId, AuditId, ChannelId, DataKeyId, EventId, MaintenanceId, MonitorId,
        PingId, RuleId, SilenceId, UserId,
    },
    maintenance::Window,
    region::Region,
    silence::Silence,
    tenant::{Act, Tenant},
    uptime::{Resolution, Rollup},
};
use events::Events;
use jiff::Timestamp;
use queue::Queue;
use std::{
    collections::{BTreeMap, btree_map::Entry},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Every storage port in memory.
#[derive(Default)]
pub struct MemoryStore {
    world: Mutex<World>,
}

impl std::fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MemoryStore").finish_non_exhaustive()
    }
}

impl MemoryStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where a result has its place: the order of a monitor's results.
type ResultKey = (AccountId, MonitorId, Timestamp, Region, i32);

#[derive(Default)]
struct World {
    founder: Option<AccountId>,
    accounts: BTreeMap<AccountId, AccountRecord>,
    emails: BTreeMap<(AccountId, UserId), Sealed>,
    data_keys: BTreeMap<(AccountId, DataKeyId), WrappedKey>,
    api_keys: BTreeMap<(AccountId, ApiKeyId), ApiKeyRecord>,
    audit: BTreeMap<(AccountId, AuditId), AuditRow>,
    replays: BTreeMap<(AccountId, String), AuditId>,
    monitors: BTreeMap<(AccountId, MonitorId), MonitorRecord>,
    feed_mark: FeedMark,
    feed: BTreeMap<(AccountId, MonitorId), (FeedMark, Timestamp)>,
    badges: BTreeMap<(AccountId, MonitorId), BadgeRecord>,
    heartbeats: BTreeMap<(AccountId, MonitorId), HeartbeatRecord>,
    manual: BTreeMap<(AccountId, MonitorId), ManualRecord>,
    pings: BTreeMap<(AccountId, MonitorId, PingId), PingRecord>,
    events: Events,
    evidence: BTreeMap<(AccountId, EventId, i32), EvidenceRecord>,
    channels: BTreeMap<(AccountId, ChannelId), ChannelRecord>,
    rules: BTreeMap<(AccountId, RuleId), Rule>,
    windows: BTreeMap<(AccountId, MaintenanceId), Window>,
    silences: BTreeMap<(AccountId, SilenceId), Silence>,
    outbox: Queue,
    results: BTreeMap<ResultKey, ResultRow>,
    rollups: BTreeMap<(AccountId, MonitorId, Resolution, Timestamp), Rollup>,
    roll_up_from: BTreeMap<(AccountId, MonitorId), Timestamp>,
    results_begin: Option<Timestamp>,
}

impl World {
    /// Forgets the evidence of these events.
    fn forget_evidence(&mut self, of: &[events::Place]) {
        for (account, event) in of {
            let pieces: Vec<_> = self
                .evidence
                .range((*account, *event, i32::MIN)..=(*account, *event, i32::MAX))
                .map(|(place, _)| *place)
                .collect();
            for place in pieces {
                self.evidence.remove(&place);
            }
        }
    }

    /// Refuses an act whose idempotency key was used before. Asked before anything else, so that a
    /// repeated request is told so and not what its own first run has changed.
    fn refuse_replay(&self, tenant: &Tenant, act: &Act) -> StoreResult<()> {
        let used = act.idempotency.as_ref().is_some_and(|idempotency| {
            self.replays
                .contains_key(&(tenant.account(), idempotency.key.clone()))
        });
        if used {
            return Err(StoreError::new(
                StoreErrorKind::Replayed,
                "the idempotency key was used before",
            ));
        }
        Ok(())
    }

    /// Keeps an act.
    fn note(&mut self, tenant: &Tenant, act: &Act) {
        // The time, then a counter: as ordered as ids of version 7 are, and the same in every run
        // of a simulation.
        let millis = u64::try_from(act.at.as_millisecond()).unwrap_or(0);
        let count = self.audit.len() as u64;
        let [_, _, a, b, c, d, e, f] = millis.to_be_bytes();
        let [_, g, h, i, j, k, l, m] = count.to_be_bytes();
        let id = AuditId::from_bytes([a, b, c, d, e, f, 0x70, 0, 0x80, g, h, i, j, k, l, m]);
        let account = tenant.account();
        let row = AuditRow {
            id,
            at: act.at,
            actor: act.actor.to_string(),
            action: act.action.to_owned(),
            object: act.object.clone(),
            fingerprint: act.idempotency.as_ref().map(|key| key.fingerprint),
        };
        self.audit.insert((account, id), row);
        if let Some(idempotency) = &act.idempotency {
            self.replays.insert((account, idempotency.key.clone()), id);
        }
    }

    /// Tells the feed that a monitor changed.
    fn tell(&mut self, tenant: &Tenant, monitor: MonitorId, at: Timestamp) {
        self.feed_mark.0 += 1;
        let entry = (self.feed_mark, at);
        self.feed.insert((tenant.account(), monitor), entry);
    }
}

/// The page of the rows of an account, oldest first.
fn oldest_first<'a, K: Ord + Copy, V>(
    map: &'a BTreeMap<(AccountId, K), V>,
    tenant: &Tenant,
    page: Page,
    id: fn([u8; 16]) -> K,
) -> impl Iterator<Item = (K, &'a V)> + use<'a, K, V> {
    let account = tenant.account();
    let first = (account, id([0; 16]));
    let last = (account, id([0xff; 16]));
    let after = page.after.map(id);
    map.range(first..=last)
        .map(|((_, key), value)| (*key, value))
        .filter(move |(key, _)| after.is_none_or(|after| *key > after))
}

/// The limit of a page as a number of rows.
fn rows(limit: u32) -> usize {
    usize::try_from(limit).unwrap_or(usize::MAX)
}

/// There is a thing of this id.
fn there_already(what: &str) -> StoreError {
    StoreError::new(
        StoreErrorKind::AlreadyExists,
        format!("the {what} is there already"),
    )
}

/// The one thing of this id.
fn one<K: Ord, V: Clone>(
    map: &BTreeMap<(AccountId, K), V>,
    tenant: &Tenant,
    id: K,
    what: &str,
) -> StoreResult<V> {
    map.get(&(tenant.account(), id))
        .cloned()
        .ok_or_else(|| StoreError::not_found(what))
}

/// A page of an account's things, oldest first.
fn listed<K: Ord + Copy, V: Clone>(
    map: &BTreeMap<(AccountId, K), V>,
    tenant: &Tenant,
    page: Page,
    id: fn([u8; 16]) -> K,
) -> Vec<V> {
    oldest_first(map, tenant, page, id)
        .map(|(_, value)| value.clone())
        .take(rows(page.limit))
        .collect()
}

/// Removes the one thing of this id.
fn remove<K: Ord, V>(
    map: &mut BTreeMap<(AccountId, K), V>,
    tenant: &Tenant,
    id: K,
    what: &str,
    refused: impl Fn(&V) -> bool,
) -> StoreResult<V> {
    match map.entry((tenant.account(), id)) {
        Entry::Vacant(_) => Err(StoreError::not_found(what)),
        Entry::Occupied(there) if refused(there.get()) => {
            Err(StoreError::conflict(&format!("the {what}")))
        }
        Entry::Occupied(there) => Ok(there.remove()),
    }
}
