//! The judge: sees every commit and every delivery, and says which invariant broke.

use jiff::Timestamp;
use monitorah_core::{
    EventId, MonitorId, NotificationId,
    alert::{AlertKind, Message},
    incident::{Event, EventStatus},
    port::{ResultRow, Settlement},
    uptime::{Resolution, Spoken, StateDurations},
};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    time::Duration,
};

/// What the judge remembers of a notification.
#[derive(Debug, Default)]
struct Notified {
    delivered: u32,
    /// How much trouble there had been at its last delivery.
    troubles: u32,
}

/// What was committed and what was delivered.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    /// What was in the outbox, and when it came there.
    committed: HashMap<NotificationId, Timestamp>,
    given_up: HashSet<NotificationId>,
    /// Of which events something was given up.
    unheard: HashSet<EventId>,
    event_of: HashMap<NotificationId, EventId>,
    notified: HashMap<NotificationId, Notified>,
    /// What people heard of an event.
    heard: HashMap<EventId, Vec<AlertKind>>,
    open: HashMap<MonitorId, EventId>,
    events: HashMap<EventId, Event>,
    /// Of which events there was a DOWN in the outbox.
    pages: HashSet<EventId>,
    results: HashMap<MonitorId, BTreeMap<(Timestamp, i32), Spoken>>,
    /// Of each monitor, the first minute whose figures were not compared since a result came.
    unproven: BTreeMap<MonitorId, Timestamp>,
    /// Kills, freezes and faults of the store so far: each of them may double what was being
    /// delivered.
    pub(crate) troubles: u32,
    /// When the last of them is over.
    troubled_until: Duration,
    /// Of how many commits and deliveries every invariant was asked.
    pub(crate) steps: u64,
    /// How many messages were committed, and how many were delivered.
    pub(crate) prey: u64,
    pub(crate) broken: Vec<String>,
    pub(crate) doubled: u32,
}

impl Ledger {
    fn breaks(&mut self, what: String) {
        if self.broken.len() < 50 && !self.broken.contains(&what) {
            self.broken.push(what);
        }
    }

    /// Something goes wrong on our side until then.
    pub(crate) fn trouble(&mut self, until: Duration) {
        self.troubles += 1;
        self.troubled_until = until.max(self.troubled_until);
    }

    /// A settlement is in the store.
    pub(crate) fn settled(&mut self, settlement: &Settlement) {
        self.steps += 1;
        if let Some(event) = &settlement.event {
            let open = event.status == EventStatus::Open;
            match self.open.get(&event.monitor) {
                Some(other) if open && *other != event.id => {
                    self.breaks(format!(
                        "two open events of {}: {other} and {}",
                        event.monitor, event.id
                    ));
                }
                _ if open => {
                    self.open.insert(event.monitor, event.id);
                }
                Some(other) if *other == event.id => {
                    self.open.remove(&event.monitor);
                }
                _ => {}
            }
            if self
                .events
                .get(&event.id)
                .is_some_and(|was| was.status == EventStatus::Resolved)
                && open
            {
                self.breaks(format!("{} was open again after its end", event.id));
            }
            self.events.insert(event.id, event.clone());
        }
        if settlement.state.open_event != self.open.get(&settlement.monitor).copied() {
            self.breaks(format!(
                "the state of {} says that {:?} is open, its events say {:?}",
                settlement.monitor,
                settlement.state.open_event,
                self.open.get(&settlement.monitor)
            ));
        }
        for entry in &settlement.outbox {
            self.committed.insert(entry.id, entry.created_at);
            self.prey += 1;
            if let Some(event) = entry.event {
                self.event_of.insert(entry.id, event);
            }
            if let (AlertKind::Down, Some(event)) = (entry.kind, entry.event) {
                self.pages.insert(event);
            }
        }
    }

    /// Results are in the store.
    pub(crate) fn appended(&mut self, rows: &[ResultRow]) {
        for row in rows {
            let of = self.results.entry(row.monitor).or_default();
            of.entry((row.at, row.sequence))
                .or_insert_with(|| row.spoken());
            let minute = Resolution::Minute.floor(row.at);
            let unproven = self.unproven.entry(row.monitor).or_insert(minute);
            *unproven = minute.min(*unproven);
        }
    }

    /// Of each monitor, from when on its minutes are to be compared with its results.
    pub(crate) fn unproven(&self) -> Vec<(MonitorId, Timestamp)> {
        self.unproven
            .iter()
            .map(|(monitor, from)| (*monitor, *from))
            .collect()
    }

    /// The minutes of a monitor say this of the time from `from` to `until`.
    pub(crate) fn rolled_up(
        &mut self,
        monitor: MonitorId,
        (from, until): (Timestamp, Timestamp),
        said: StateDurations,
    ) {
        self.steps += 1;
        let Some(rows) = self.results.get(&monitor) else {
            return;
        };
        let before = rows.range(..(from, i32::MIN)).next_back();
        let within = rows.range((from, i32::MIN)..(until, i32::MIN));
        let spoken: Vec<_> = before
            .into_iter()
            .chain(within)
            .map(|(_, row)| *row)
            .collect();
        let truth = StateDurations::of(&spoken, from, until);
        if truth != said {
            self.breaks(format!(
                "uptime of {monitor} does not add up from {from} to {until}: its results say \
                 {truth:?}, its minutes {said:?}"
            ));
        }
        self.unproven.insert(monitor, until);
    }

    /// A message is with its receiver.
    pub(crate) fn delivered(&mut self, message: &Message, now: Duration) {
        self.steps += 1;
        self.prey += 1;
        if !self.committed.contains_key(&message.id) {
            self.breaks(format!(
                "{} was told and is in no outbox: {}",
                message.id, message.summary
            ));
        }
        let troubles = self.troubles;
        // What goes wrong now excuses one more.
        let over = u32::from(now < self.troubled_until);
        let notified = self.notified.entry(message.id).or_default();
        notified.delivered += 1;
        let excused = notified.delivered == 1 || notified.troubles < troubles;
        self.doubled += u32::from(notified.delivered > 1);
        notified.troubles = troubles - over;
        if !excused {
            self.breaks(format!(
                "{} was told twice without a cause: {}",
                message.id, message.summary
            ));
        }
        let Some(event) = message.event.as_ref().map(|event| event.id) else {
            self.breaks(format!("{} has no event: {}", message.id, message.summary));
            return;
        };
        if !self.events.contains_key(&event) {
            self.breaks(format!(
                "{event} was told of and is in no store: {}",
                message.summary
            ));
        }
        let heard = self.heard.entry(event).or_default();
        let first = heard.first().copied();
        heard.push(message.kind);
        match message.kind {
            AlertKind::Up if first.is_none() => {
                self.breaks(format!("the recovery of {event} follows no page"));
            }
            AlertKind::Down | AlertKind::Up => {}
            other => self.breaks(format!(
                "nobody is to be told of {other:?}: {}",
                message.summary
            )),
        }
    }

    fn was_settled(&self, id: &NotificationId) -> bool {
        self.notified.contains_key(id) || self.given_up.contains(id)
    }

    /// A message is given up: after a day in which the receiver was away whenever it was asked.
    pub(crate) fn gave_up(&mut self, id: NotificationId, now: Timestamp) {
        let since = self.committed.get(&id).copied();
        let tried = since.map(|since| now.duration_since(since));
        if tried.is_none_or(|tried| tried < jiff::SignedDuration::from_hours(24)) {
            self.breaks(format!("{id} was given up after {tried:?}"));
        }
        self.given_up.insert(id);
        self.unheard.extend(self.event_of.get(&id));
    }

    /// Whether something is in the outbox that nobody was told.
    pub(crate) fn waits(&self) -> bool {
        self.committed.keys().any(|id| !self.was_settled(id))
    }

    /// Says what is broken now that everything is over.
    pub(crate) fn close(&mut self) {
        let open: Vec<_> = self.open.values().copied().collect();
        for event in open {
            self.breaks(format!("{event} is open although everything is well"));
        }
        let lost: Vec<_> = self
            .committed
            .keys()
            .filter(|id| !self.was_settled(id))
            .copied()
            .collect();
        for id in lost {
            self.breaks(format!("{id} is in the outbox and was never told"));
        }
        let events: Vec<_> = self.events.keys().copied().collect();
        for event in events {
            let heard = self
                .heard
                .get(&event)
                .map(Vec::as_slice)
                .unwrap_or_default();
            let (down, up) = (
                heard.contains(&AlertKind::Down),
                heard.contains(&AlertKind::Up),
            );
            let given_up = self.unheard.contains(&event);
            if !(down && up || given_up) {
                let paged = self.pages.contains(&event);
                self.breaks(format!(
                    "of {event} people heard {heard:?} only (paged: {paged})"
                ));
            }
        }
    }

    /// The events of a monitor.
    pub(crate) fn events_of(&self, monitor: MonitorId) -> Vec<Event> {
        let mut events: Vec<_> = self
            .events
            .values()
            .filter(|event| event.monitor == monitor)
            .cloned()
            .collect();
        events.sort_by_key(|event| event.started_at);
        events
    }

    /// The results of a monitor in the order of their time.
    pub(crate) fn results_of(&self, monitor: MonitorId) -> Vec<Spoken> {
        self.results
            .get(&monitor)
            .map(|rows| rows.values().copied().collect())
            .unwrap_or_default()
    }

    /// Says that something is wrong.
    pub(crate) fn accuse(&mut self, what: String) {
        self.breaks(what);
    }
}
