//! The roster: every monitor that the engine has, for whoever asks about one beside its look.

use super::look::Entry;
use crate::{
    check::{
        Cadence,
        group::{Member, Neighbours},
    },
    id::MonitorId,
    observation::Status,
    tenant::Tenant,
};
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

    /// The groups of an account that are in force.
    pub(super) fn groups(&self, tenant: &Tenant) -> Vec<MonitorId> {
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        all.get(tenant)
            .map(|account| account.groups.iter().copied().collect())
            .unwrap_or_default()
    }

    /// What `see` says of each monitor.
    pub(super) fn each(&self, mut see: impl FnMut(&Entry)) {
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        for entry in all.values().flat_map(|account| account.monitors.values()) {
            see(entry);
        }
    /// One monitor.
    pub(super) fn entry(&self, tenant: &Tenant, id: MonitorId) -> Option<Arc<Entry>> {
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        all.get(tenant)?.monitors.get(&id).map(Arc::<Entry>::clone)
    }

    }
}

/// What a group of this account sees.
#[derive(Debug)]
pub(super) struct View {
    pub(super) roster: Arc<Roster>,
    pub(super) tenant: Tenant,
}

fn member(entry: &Entry) -> Member {
    let memory = entry.memory();
    Member {
        id: entry.monitor.id,
        name: entry.monitor.name.clone(),
        health: (!entry.monitor.paused).then_some(memory.state.health),
        doubtful: memory.state.last == Some(Status::Unknown),
    }
}

impl Neighbours for View {
    fn monitor(&self, id: MonitorId) -> Option<Member> {
        let all = self.roster.0.read().unwrap_or_else(PoisonError::into_inner);
        let entry = all.get(&self.tenant)?.monitors.get(&id)?;
        Some(member(entry))
    }

    fn tagged(&self, tag: &str) -> Vec<Member> {
        let all = self.roster.0.read().unwrap_or_else(PoisonError::into_inner);
        all.get(&self.tenant)
            .into_iter()
            .flat_map(|account| account.monitors.values())
            .filter(|entry| entry.cadence != Cadence::Group)
            .filter(|entry| entry.monitor.tags.iter().any(|carried| carried == tag))
            .map(|entry| member(entry))
            .collect()
    }
}
