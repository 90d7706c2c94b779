//! The roster: every monitor that the engine has, for whoever asks about one beside its look.

use super::{Shared, around, look::Entry};
use crate::{
    check::{
        Cadence,
        group::{Member, Neighbours},
    },
    id::MonitorId,
    maintenance::Span,
    observation::Status,
    selection::Selection,
    tenant::Tenant,
};
use jiff::Timestamp;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fmt,
    sync::{Arc, Mutex, PoisonError, RwLock},
    time::Duration,
};

/// Every monitor that the engine has, paused ones too.
#[derive(Default)]
pub(super) struct Roster(RwLock<HashMap<Tenant, Account>>);

/// The monitors of one account.
#[derive(Default)]
struct Account {
    monitors: BTreeMap<MonitorId, Arc<Entry>>,
    /// Those of them that are groups and in force: asked for at every change of a monitor.
    groups: BTreeSet<MonitorId>,
    /// Counts the changes.
    changes: u64,
}

/// The monitors of an account that are seldom looked at.
pub(super) struct Seldom {
    pub(super) tenant: Tenant,
    /// How often the monitors of the account have changed.
    pub(super) changes: u64,
    pub(super) entries: Vec<Arc<Entry>>,
}

impl fmt::Debug for Roster {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Roster").finish_non_exhaustive()
    }
}

impl Roster {
    /// A monitor was made or changed.
    pub(super) fn put(&self, entry: &Arc<Entry>) {
        let id = entry.monitor.id;
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let account = all.entry(entry.tenant).or_default();
        account.changes = account.changes.wrapping_add(1);
        if entry.cadence == Cadence::Group && !entry.monitor.paused {
            account.groups.insert(id);
        } else {
            account.groups.remove(&id);
        }
        account.monitors.insert(id, Arc::clone(entry));
    }

    /// A monitor is gone.
    pub(super) fn remove(&self, entry: &Entry) {
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(account) = all.get_mut(&entry.tenant) {
            account.monitors.remove(&entry.monitor.id);
            account.groups.remove(&entry.monitor.id);
            if account.monitors.is_empty() {
                all.remove(&entry.tenant);
            }
        }
    }

    /// One monitor.
    pub(super) fn entry(&self, tenant: &Tenant, id: MonitorId) -> Option<Arc<Entry>> {
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        all.get(tenant)?.monitors.get(&id).map(Arc::<Entry>::clone)
    }

    /// The groups of an account that are in force.
    pub(super) fn groups(&self, tenant: &Tenant) -> Vec<MonitorId> {
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        all.get(tenant)
            .map(|account| account.groups.iter().copied().collect())
            .unwrap_or_default()
    }

    /// The monitors in force of each account of which it matters by itself that a maintenance window
    /// opens or closes: the next look may be far away.
    pub(super) fn seldom(&self) -> Vec<Seldom> {
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        all.iter()
            .map(|(tenant, account)| {
                let seldom = account.monitors.values();
                let seldom = seldom.filter(|entry| entry.is_seldom() && !entry.monitor.paused);
                Seldom {
                    tenant: *tenant,
                    changes: account.changes,
                    entries: seldom.map(Arc::<Entry>::clone).collect(),
                }
            })
            .filter(|seldom| !seldom.entries.is_empty())
            .collect()
    }

    /// What `see` says of each monitor.
    pub(super) fn each(&self, mut see: impl FnMut(&Entry)) {
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        for entry in all.values().flat_map(|account| account.monitors.values()) {
            see(entry);
        }
    }
}

/// A member of a group that is not well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ill {
    pub(super) id: MonitorId,
    /// When it last gave a result: monotonic.
    pub(super) heard_at: Duration,
}

/// What a group of this account sees in one look.
#[derive(Debug)]
pub(super) struct View {
    roster: Arc<Roster>,
    tenant: Tenant,
    /// The maintenance windows of the account, and when they are asked about.
    windows: Arc<[(Selection, Span)]>,
    at: Timestamp,
    /// The members that were seen and are not well.
    ill: Mutex<Vec<Ill>>,
}

impl View {
    pub(super) async fn new(shared: &Shared, tenant: Tenant) -> Self {
        let at = shared.environment().now();
        Self {
            roster: Arc::clone(&shared.roster),
            tenant,
            windows: around::windows(shared, &tenant, at).await,
            at,
            ill: Mutex::default(),
        }
    }

    /// The members that were seen and are not well.
    pub(super) fn ill(&self) -> Vec<Ill> {
        std::mem::take(&mut *self.ill.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn member(&self, entry: &Entry) -> Member {
        let monitor = &entry.monitor;
        // What is worked on is left out as what is paused is.
        let rests = monitor.paused || around::bearing_of(&self.windows, entry, self.at).open;
        let (state, heard_at) = {
            let memory = entry.memory();
            (memory.state.clone(), memory.heard_at)
        };
        // What somebody said of a manual monitor does not become truer by reading it again.
        if !rests && state.health.badness() > 0 && entry.cadence != Cadence::Manual {
            let id = monitor.id;
            let mut ill = self.ill.lock().unwrap_or_else(PoisonError::into_inner);
            ill.push(Ill { id, heard_at });
        }
        Member {
            id: monitor.id,
            name: monitor.name.clone(),
            health: (!rests).then_some(state.health),
            doubtful: state.last == Some(Status::Unknown),
        }
    }
}

impl Neighbours for View {
    fn monitor(&self, id: MonitorId) -> Option<Member> {
        let all = self.roster.0.read().unwrap_or_else(PoisonError::into_inner);
        let entry = all.get(&self.tenant)?.monitors.get(&id)?;
        Some(self.member(entry))
    }

    fn tagged(&self, tag: &str) -> Vec<Member> {
        let all = self.roster.0.read().unwrap_or_else(PoisonError::into_inner);
        all.get(&self.tenant)
            .into_iter()
            .flat_map(|account| account.monitors.values())
            .filter(|entry| entry.cadence != Cadence::Group)
            .filter(|entry| entry.monitor.tags.iter().any(|carried| carried == tag))
            .map(|entry| self.member(entry))
            .collect()
    }
}
