//! The roster: every monitor that the engine has, for whoever asks about one beside its look.

use super::{around, look::Entry};
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
    sync::{Arc, PoisonError, RwLock},
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

/// What a group of this account sees.
#[derive(Debug)]
pub(super) struct View {
    pub(super) roster: Arc<Roster>,
    pub(super) tenant: Tenant,
    /// The maintenance windows of the account, and when they are asked about.
    pub(super) windows: Arc<[(Selection, Span)]>,
    pub(super) at: Timestamp,
}

impl View {
    /// What rests or is in maintenance counts for nothing.
    fn member(&self, entry: &Entry) -> Member {
        let memory = entry.memory();
        let counts =
            !entry.monitor.paused && !around::bearing_of(&self.windows, entry, self.at).open;
        Member {
            id: entry.monitor.id,
            name: entry.monitor.name.clone(),
            health: counts.then_some(memory.state.health),
            doubtful: memory.state.last == Some(Status::Unknown),
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
