//! The events of every account, with the indexes that a database has of them.

use crate::{
    id::{AccountId, EventId, MonitorId},
    incident::{Event, EventStatus},
    tenant::Tenant,
};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// Where an event has its place.
pub(super) type Place = (AccountId, EventId);

const FIRST: EventId = EventId::from_bytes([0; 16]);
const LAST: EventId = EventId::from_bytes([0xff; 16]);

/// Every event. What stands in the indexes changes through [`Events::put`] alone.
#[derive(Default)]
pub(super) struct Events {
    all: BTreeMap<Place, Event>,
    of: BTreeSet<(AccountId, MonitorId, EventId)>,
    open: BTreeSet<Place>,
    ended: BTreeSet<(Timestamp, AccountId, EventId)>,
}

impl Events {
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn get(&self, place: &Place) -> Option<&Event> {
        self.all.get(place)
    }

    /// Adds an event, or replaces what was stored of it.
    pub(super) fn put(&mut self, event: Event) {
        let place = (event.account, event.id);
        self.remove(&place);
        self.of.insert((event.account, event.monitor, event.id));
        if event.status == EventStatus::Open {
            self.open.insert(place);
        }
        if let Some(at) = event.resolved_at {
            self.ended.insert((at, event.account, event.id));
        }
        self.all.insert(place, event);
    }

    fn remove(&mut self, place: &Place) {
        if let Some(event) = self.all.remove(place) {
            self.of.remove(&(event.account, event.monitor, event.id));
            self.open.remove(place);
            if let Some(at) = event.resolved_at {
                self.ended.remove(&(at, event.account, event.id));
            }
        }
    }

    /// An open event, to be acknowledged or reminded of: whose it is and how it stands stays.
    pub(super) fn open_mut(&mut self, place: &Place) -> Option<&mut Event> {
        self.open
            .contains(place)
            .then(|| self.all.get_mut(place))
            .flatten()
    }

    /// The open events after this place, in the order of their places.
    pub(super) fn open_after(&self, after: Option<Place>) -> impl Iterator<Item = (Place, &Event)> {
        use std::ops::Bound::{Excluded, Unbounded};
        self.open
            .range((after.map_or(Unbounded, Excluded), Unbounded))
            .filter_map(|place| Some((*place, self.all.get(place)?)))
    }

    /// The places of an account's open events.
    pub(super) fn open_of(&self, tenant: &Tenant) -> Vec<Place> {
        let account = tenant.account();
        self.open
            .range((account, FIRST)..=(account, LAST))
            .copied()
            .collect()
    }

    /// The events of an account, newest first.
    pub(super) fn of_account(&self, tenant: &Tenant) -> impl Iterator<Item = &Event> {
        let account = tenant.account();
        self.all
            .range((account, FIRST)..=(account, LAST))
            .rev()
            .map(|(_, event)| event)
    }

    /// The events of a monitor, newest first.
    pub(super) fn of_monitor(
        &self,
        tenant: &Tenant,
        id: MonitorId,
    ) -> impl Iterator<Item = &Event> {
        let account = tenant.account();
        self.of
            .range((account, id, FIRST)..=(account, id, LAST))
            .rev()
            .filter_map(|(account, _, event)| self.all.get(&(*account, *event)))
    }

    /// Forgets a monitor; returns which events it had.
    pub(super) fn forget(&mut self, tenant: &Tenant, monitor: MonitorId) -> Vec<Place> {
        let places: Vec<_> = self
            .of_monitor(tenant, monitor)
            .map(|event| (event.account, event.id))
            .collect();
        places.iter().for_each(|place| self.remove(place));
        places
    }

    /// Forgets what ended before this; returns which events those were.
    pub(super) fn forget_ended(&mut self, before: Timestamp) -> Vec<Place> {
        let least = AccountId::from_bytes([0; 16]);
        let places: Vec<_> = self
            .ended
            .range(..(before, least, FIRST))
            .map(|(_, account, id)| (*account, *id))
            .collect();
        places.iter().for_each(|place| self.remove(place));
        places
    }
}
