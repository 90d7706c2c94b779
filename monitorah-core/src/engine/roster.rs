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
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock},
    time::Duration,
};

/// Every monitor that the engine has, paused ones too.
#[derive(Default)]
pub(super) struct Roster(RwLock<HashMap<Tenant, Account>>);

/// The monitors of one account.
#[derive(Default)]
struct Account {
    monitors: BTreeMap<MonitorId, Arc<Entry>>,
    /// Those of them that carry a tag and are no groups.
    carriers: HashMap<String, BTreeSet<MonitorId>>,
    groups: Groups,
    /// Counts the changes.
    changes: u64,
}

/// The groups in force of one account, by what they are made of: asked for at every change of a
/// monitor. A group's configuration is sealed, so that is known from its looks.
#[derive(Default)]
struct Groups {
    /// Those of which it is not known: any change may concern them.
    unseen: BTreeSet<MonitorId>,
    seen: HashMap<MonitorId, Watched>,
    by_member: HashMap<MonitorId, BTreeSet<MonitorId>>,
    by_tag: HashMap<String, BTreeSet<MonitorId>>,
}

/// What a group is made of: whom and which tags it asked about in a look.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Watched {
    members: BTreeSet<MonitorId>,
    tags: BTreeSet<String>,
}

impl Account {
    fn carry(&mut self, entry: &Entry) {
        if entry.cadence != Cadence::Group {
            for tag in &entry.monitor.tags {
                let carriers = self.carriers.entry(tag.clone()).or_default();
                carriers.insert(entry.monitor.id);
            }
        }
    }

    fn drop_tags(&mut self, entry: &Entry) {
        for tag in &entry.monitor.tags {
            take_out(&mut self.carriers, tag, entry.monitor.id);
        }
    }
}

impl Groups {
    fn remove(&mut self, group: MonitorId) {
        self.unseen.remove(&group);
        if let Some(watched) = self.seen.remove(&group) {
            for member in &watched.members {
                take_out(&mut self.by_member, member, group);
            }
            for tag in &watched.tags {
                take_out(&mut self.by_tag, tag, group);
            }
        }
    }

    fn forget_what_it_watches(&mut self, group: MonitorId) {
        self.remove(group);
        self.unseen.insert(group);
    }

    fn watch(&mut self, group: MonitorId, watched: Watched) {
        self.remove(group);
        for member in &watched.members {
            self.by_member.entry(*member).or_default().insert(group);
        }
        for tag in &watched.tags {
            self.by_tag.entry(tag.clone()).or_default().insert(group);
        }
        self.seen.insert(group, watched);
    }

    fn knows(&self, group: MonitorId) -> bool {
        self.unseen.contains(&group) || self.seen.contains_key(&group)
    }
}

/// Takes a monitor out of the set of a key, and the set with its last one.
fn take_out<K: Eq + Hash>(sets: &mut HashMap<K, BTreeSet<MonitorId>>, key: &K, id: MonitorId) {
    if let Some(set) = sets.get_mut(key) {
        set.remove(&id);
        if set.is_empty() {
            sets.remove(key);
        }
    }
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
        let before = account.monitors.insert(id, Arc::clone(entry));
        if let Some(before) = &before {
            account.drop_tags(before);
        }
        account.carry(entry);
        let same = before.is_some_and(|before| {
            before.monitor.seal_version == entry.monitor.seal_version && account.groups.knows(id)
        });
        if entry.cadence != Cadence::Group || entry.monitor.paused {
            account.groups.remove(id);
        } else if !same {
            account.groups.forget_what_it_watches(id);
        }
    }

    /// A monitor is gone.
    pub(super) fn remove(&self, entry: &Entry) {
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(account) = all.get_mut(&entry.tenant) {
            account.monitors.remove(&entry.monitor.id);
            account.drop_tags(entry);
            account.groups.remove(entry.monitor.id);
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

    /// The groups in force that a change of this monitor may concern.
    pub(super) fn groups_of(&self, entry: &Entry) -> BTreeSet<MonitorId> {
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let Some(Account { groups, .. }) = all.get(&entry.tenant) else {
            return BTreeSet::new();
        };
        let mut found = groups.unseen.clone();
        found.extend(
            groups
                .by_member
                .get(&entry.monitor.id)
                .into_iter()
                .flatten(),
        );
        if entry.cadence != Cadence::Group {
            let tags = entry.monitor.tags.iter();
            found.extend(tags.filter_map(|tag| groups.by_tag.get(tag)).flatten());
        }
        found
    }

    /// A group was looked at, and is made of this.
    pub(super) fn watch(&self, entry: &Entry, watched: Watched) {
        let id = entry.monitor.id;
        let stale = |account: &Account| {
            let stored = account.monitors.get(&id);
            let changed = stored
                .is_none_or(|stored| stored.monitor.seal_version != entry.monitor.seal_version);
            changed || !account.groups.knows(id) || account.groups.seen.get(&id) == Some(&watched)
        };
        {
            let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
            if all.get(&entry.tenant).is_none_or(stale) {
                return;
            }
        }
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(account) = all.get_mut(&entry.tenant)
            && !stale(account)
        {
            account.groups.watch(id, watched);
        }
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
    /// What was asked about.
    watched: Mutex<Watched>,
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
            watched: Mutex::default(),
        }
    }

    /// What was asked about.
    pub(super) fn watched(&self) -> Watched {
        self.asked().clone()
    }

    fn asked(&self) -> MutexGuard<'_, Watched> {
        self.watched.lock().unwrap_or_else(PoisonError::into_inner)
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
        self.asked().members.insert(id);
        let all = self.roster.0.read().unwrap_or_else(PoisonError::into_inner);
        let entry = all.get(&self.tenant)?.monitors.get(&id)?;
        Some(self.member(entry))
    }

    fn tagged(&self, tag: &str) -> Vec<Member> {
        self.asked().tags.insert(tag.to_owned());
        let all = self.roster.0.read().unwrap_or_else(PoisonError::into_inner);
        let Some(account) = all.get(&self.tenant) else {
            return Vec::new();
        };
        let carriers = account.carriers.get(tag).into_iter().flatten();
        carriers
            .filter_map(|id| account.monitors.get(id))
            .map(|entry| self.member(entry))
            .collect()
    }
}
