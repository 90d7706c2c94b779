//! The table of states: outages x maintenance x silence x parents x flapping x groups x reminders x restart, each combination a monitor of the real engine on simulated time, compared with an oracle that knows nothing of the engine.
#![allow(
    clippy::single_range_in_vec_init,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::panic,
    reason = "a test"
)]

mod case;
mod oracle;

use crate::house::{House, Script};
use case::{Case, EARLY, Kind, Maintenance, OUTAGES, Parent, QUIET, Silence, Taken, observation};
use monitorah_core::{
    MaintenanceId, MonitorId, SilenceId,
    alert::{AlertKind, Message},
    incident::EventStatus,
    maintenance::{Beginnings, Recurrence, Schedule, Weekday},
    monitor::Policy,
    selection::Selection,
    service::{Caller, SilenceDraft, WindowDraft},
};
use oracle::{Heard, REMIND, faults, faults_of_reminders, is_brief};
use std::{collections::BTreeMap, ops::Range, time::Duration};

/// A check every so many seconds; two results in a row confirm, the second after two seconds.
const INTERVAL: u64 = 30;
/// Everything is well by 900.
const WELL: i64 = 960;
/// And what flapped is not damped any more.
const CALM: i64 = 1_290;

/// When the engine is another process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Restart {
    No,
    /// While things are quiet and outages last.
    Inside,
    /// Just after everything that keeps quiet has ended.
    After,
}

impl Restart {
    fn at(self) -> Option<i64> {
        match self {
            Self::No => None,
            Self::Inside => Some(420),
            Self::After => Some(QUIET.end + 4),
        }
    }
}

fn second(at: jiff::Timestamp) -> i64 {
    at.as_second() - 1_767_225_600
}

fn heard(message: &Message) -> Heard {
    Heard {
        at: second(message.timestamp),
        kind: message.kind,
        began: second(message.event.as_ref().unwrap().started_at),
        number: message.reminder,
        late: message.summary.contains(" since 2026-"),
    }
}

struct Table {
    house: House,
    cases: Vec<(Case, MonitorId)>,
    parents: Vec<(Range<i64>, MonitorId)>,
    /// The member of the groups for each kind of outage.
    members: BTreeMap<usize, MonitorId>,
    early: (MaintenanceId, MaintenanceId),
    early_silence: SilenceId,
}

fn tagged(tag: &str) -> Selection {
    Selection::Named {
        monitors: vec![],
        tags: vec![tag.to_owned()],
        groups: vec![],
    }
}

fn policy() -> Policy {
    Policy::every(Duration::from_secs(INTERVAL))
}

impl Table {
    fn new(seed: u64) -> Self {
        let mut house = House::new(seed);
        let (starts_at, ends_at) = (house.at(QUIET.start), house.at(QUIET.end));
        let once = Schedule::Once { starts_at, ends_at };
        // The simulation begins on a Thursday, at midnight of UTC.
        let weekly = Schedule::Recurring(Recurrence {
            beginnings: Beginnings::Weekly {
                weekdays: vec![Weekday::Thursday],
                time: jiff::civil::time(0, 5, 0, 0),
            },
            minutes: 5,
            time_zone: "UTC".to_owned(),
            from: None,
            until: None,
        });
        let mut window = |tag: &str, schedule: Schedule| {
            let draft = WindowDraft {
                name: tag.to_owned(),
                covers: tagged(tag),
                schedule,
            };
            let (service, caller) = (house.service.clone(), Caller::operator(house.tenant));
            let made = house.wait(async move { service.create_window(&caller, draft).await });
            made.unwrap().value.id
        };
        window("once", once.clone());
        window("weekly", weekly);
        let early = (window("ended", once.clone()), window("deleted", once));
        let mut silence = |tag: &str| {
            let draft = SilenceDraft {
                reason: "the table says so".to_owned(),
                covers: tagged(tag),
                starts_at: Some(starts_at),
                ends_at,
            };
            let (service, caller) = (house.service.clone(), Caller::operator(house.tenant));
            let made = house.wait(async move { service.create_silence(&caller, draft).await });
            made.unwrap().value.id
        };
        silence("hush");
        let early_silence = silence("hush ended");
        Self {
            house,
            cases: Vec::new(),
            parents: Vec::new(),
            members: BTreeMap::new(),
            early,
            early_silence,
        }
    }

    /// The parent that is down at this time; one for all its children.
    fn parent(&mut self, down: Range<i64>) -> MonitorId {
        if let Some((_, id)) = self.parents.iter().find(|(other, _)| *other == down) {
            return *id;
        }
        let range = down.clone();
        let script =
            Script::new(move |second| observation(range.contains(&i64::try_from(second).unwrap())));
        let name = format!("parent {down:?}");
        let id = self.house.monitor(&name, policy(), script);
        self.parents.push((down, id));
        id
    }

    /// The member of the groups of these outages. Nothing is about it: it is a row of its own.
    fn member(&mut self, case: &Case) -> MonitorId {
        if let Some(id) = self.members.get(&case.outages) {
            return *id;
        }
        let id = self.house.monitor("member", policy(), case.script());
        self.members.insert(case.outages, id);
        let row = Case {
            kind: Kind::Steady,
            maintenance: Maintenance::No,
            silence: Silence::No,
            parent: Parent::No,
            ..*case
        };
        self.cases.push((row, id));
        id
    }

    fn add(&mut self, case: Case) {
        let mut tags = Vec::new();
        match case.maintenance {
            Maintenance::No => {}
            Maintenance::Once => tags.push("once"),
            Maintenance::Weekly => tags.push("weekly"),
            Maintenance::EndedEarly => tags.push("ended"),
            Maintenance::DeletedEarly => tags.push("deleted"),
        }
        match case.silence {
            Silence::No => {}
            Silence::Whole => tags.push("hush"),
            Silence::EndedEarly => tags.push("hush ended"),
        }
        let parents = match (case.parent, case.parent_down()) {
            (Parent::No, _) => vec![],
            (_, Some(down)) => vec![self.parent(down)],
            (_, None) => vec![self.parent(0..0)],
        };
        let id = if case.kind == Kind::Group {
            let member = self.member(&case);
            let house = &mut self.house;
            house.group_with("group", policy(), member, &tags, &parents)
        } else {
            let script = case.script();
            let house = &mut self.house;
            house.monitor_with("child", policy(), script, &tags, &parents)
        };
        self.cases.push((case, id));
    }

    fn run_until(&mut self, second: i64) {
        let now = self.house.simulation.clock();
        let now = monitorah_core::Environment::monotonic(&*now);
        let until = Duration::from_secs(u64::try_from(second).unwrap());
        self.house
            .simulation
            .run_for(until.checked_sub(now).unwrap());
    }

    /// Ends what is ended early.
    fn end_early(&mut self) {
        let caller = Caller::operator(self.house.tenant);
        let service = self.house.service.clone();
        let ((ended, deleted), silence) = (self.early, self.early_silence);
        self.house
            .wait(async move {
                service.end_window(&caller, ended).await?;
                service.delete_window(&caller, deleted, None).await?;
                service.end_silence(&caller, silence).await
            })
            .unwrap();
    }

    /// Takes on the open events that are taken on at this time.
    fn take_on(&mut self, taken: Taken) {
        for index in 0..self.cases.len() {
            let (case, id) = self.cases[index];
            if case.taken != taken {
                continue;
            }
            let work = self.house.events(id);
            let event = self.house.wait(work).unwrap().remove(0);
            assert_eq!(event.status, EventStatus::Open, "{case:?}");
            let work = self.house.acknowledge(event.id);
            self.house.wait(work).unwrap();
        }
    }

    /// Lives through the table; returns what was heard of each monitor.
    fn live(&mut self, restart: Restart, end: i64) -> BTreeMap<MonitorId, Vec<Message>> {
        // No round of a loop falls on the second in which something ends.
        self.run_until(7);
        self.house.start();
        let mut steps: Vec<(i64, Option<Taken>)> = vec![(EARLY, None)];
        steps.extend(restart.at().map(|at| (at, None)));
        for taken in Taken::ALL {
            steps.extend(taken.at().map(|at| (at, Some(taken))));
        }
        steps.sort_by_key(|(at, _)| *at);
        for (at, taken) in steps {
            self.run_until(at);
            match taken {
                Some(taken) => self.take_on(taken),
                None if at == EARLY => self.end_early(),
                None => {
                    self.house.stop();
                    self.house.restart();
                }
            }
        }
        self.run_until(end);
        let mut heard: BTreeMap<MonitorId, Vec<Message>> = BTreeMap::new();
        for message in self.house.told() {
            let id = message.monitor.as_ref().unwrap().id;
            heard.entry(id).or_default().push(message);
        }
        heard
    }

    /// Of its own outage a parent tells once, with the children that it hides.
    fn faults_of_parents(&self, heard: &BTreeMap<MonitorId, Vec<Message>>) -> Vec<String> {
        let mut wrong = Vec::new();
        for (down, id) in &self.parents {
            let heard = heard.get(id).map_or(&[][..], Vec::as_slice);
            let kinds: Vec<_> = heard
                .iter()
                .map(|message| message.kind)
                .filter(|kind| *kind != AlertKind::Reminder)
                .collect();
            let children = self
                .cases
                .iter()
                .filter(|(case, _)| case.parent != Parent::No)
                .filter(|(case, _)| case.parent_down().unwrap_or(0..0) == *down)
                .count();
            if down.is_empty() {
                if !kinds.is_empty() {
                    wrong.push(format!("a well parent told {kinds:?}"));
                }
                continue;
            }
            if kinds != [AlertKind::Down, AlertKind::Up] {
                wrong.push(format!("a parent down at {down:?} told {kinds:?}"));
                continue;
            }
            for message in heard {
                let hides = message.hides.as_ref();
                let right = if message.kind == AlertKind::Up {
                    hides.is_none()
                } else {
                    hides.is_some_and(|hides| {
                        hides.count == children as u64 && hides.names.len() == children.min(10)
                    })
                };
                if !right {
                    wrong.push(format!("a parent of {children} hides {hides:?}"));
                }
            }
        }
        wrong
    }

    /// Every outage left an event, told or not, and all of them are over.
    fn faults_of_events(&mut self) -> Vec<String> {
        let mut wrong = Vec::new();
        for index in 0..self.cases.len() {
            let (case, id) = self.cases[index];
            let work = self.house.events(id);
            let events = self.house.wait(work).unwrap();
            let flaps = case.kind == Kind::Flapping;
            if events.iter().any(|event| event.status == EventStatus::Open)
                || (!flaps && events.len() != case.down().len())
                || (flaps && events.is_empty() != case.down().is_empty())
            {
                wrong.push(format!("{case:?} left {} events: {events:?}", events.len()));
            }
        }
        wrong
    }
}

fn table(seed: u64, cases: Vec<Case>, restart: Restart, reminds: bool) {
    let mut table = Table::new(seed);
    let flaps = cases.iter().any(|case| case.kind == Kind::Flapping);
    for case in cases {
        table.add(case);
    }
    if reminds {
        let every = Duration::from_secs(u64::try_from(REMIND).unwrap());
        table.house.remind_every(Some(every));
    }
    let told = table.live(restart, if flaps { CALM } else { WELL });
    let mut wrong = Vec::new();
    let (mut reminders, mut brief, mut brief_told) = (0, 0, 0);
    for (case, id) in &table.cases {
        let told = told.get(id).map_or(&[][..], Vec::as_slice);
        let heard: Vec<_> = told.iter().map(heard).collect();
        let mut found = faults(case, &heard, restart != Restart::No);
        let reminded = |one: &&Heard| one.kind == AlertKind::Reminder;
        reminders += heard.iter().filter(reminded).count();
        if is_brief(case) {
            let last = |outage: &Range<i64>| heard.iter().any(|one| one.began >= outage.start);
            brief += 1;
            brief_told += usize::from(case.down().last().is_some_and(last));
        }
        if reminds {
            found.extend(faults_of_reminders(case, &heard));
        }
        for fault in found {
            wrong.push(format!("{} {case:?}: {fault}", OUTAGES[case.outages].0));
        }
    }
    assert_eq!(reminders > 0, reminds, "{reminders} reminders");
    if brief_told * 8 > brief {
        wrong.push(format!("{brief_told} of {brief} brief outages were told"));
    }
    wrong.extend(table.faults_of_parents(&told));
    wrong.extend(table.faults_of_events());
    println!(
        "{} combinations and {} parents with the restart {restart:?}, {reminders} reminders",
        table.cases.len(),
        table.parents.len()
    );
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        table.cases.len(),
        wrong[..wrong.len().min(25)].join("\n")
    );
}

#[test]
fn what_is_steady_without_a_restart() {
    table(31, Case::steady(), Restart::No, false);
}

#[test]
fn what_is_steady_with_a_restart_while_things_are_quiet() {
    table(32, Case::steady(), Restart::Inside, false);
}

#[test]
fn what_is_steady_with_a_restart_when_things_are_over() {
    table(33, Case::steady(), Restart::After, false);
}

#[test]
fn groups_without_a_restart() {
    table(39, Case::groups(), Restart::No, false);
}

#[test]
fn groups_with_a_restart_while_things_are_quiet() {
    table(40, Case::groups(), Restart::Inside, false);
}

#[test]
fn groups_with_a_restart_when_things_are_over() {
    table(41, Case::groups(), Restart::After, false);
}

#[test]
fn what_flaps_without_a_restart() {
    table(34, Case::flapping(), Restart::No, false);
}

#[test]
fn what_flaps_with_a_restart_while_things_are_quiet() {
    table(35, Case::flapping(), Restart::Inside, false);
}

#[test]
fn what_flaps_with_a_restart_when_things_are_over() {
    table(36, Case::flapping(), Restart::After, false);
}

#[test]
fn what_is_reminded_of_without_a_restart() {
    table(37, Case::reminded(), Restart::No, true);
}

#[test]
fn what_is_reminded_of_with_a_restart_while_things_are_quiet() {
    table(38, Case::reminded(), Restart::Inside, true);
}
