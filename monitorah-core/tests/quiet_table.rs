//! The table of states: outages x maintenance x silence x parents x flapping x restart, each combination a monitor of the real engine on simulated time, compared with an oracle that knows nothing of the engine.
#![allow(
    clippy::single_range_in_vec_init,
    clippy::needless_range_loop,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::panic,
    reason = "a test"
)]

mod house;

use house::{House, Script};
use monitorah_core::{
    MonitorId, Observation, Reason,
    alert::{AlertKind, Message},
    incident::EventStatus,
    maintenance::{Beginnings, Recurrence, Schedule, Weekday},
    monitor::Policy,
    selection::Selection,
    service::{Caller, SilenceDraft, WindowDraft},
};
use std::{collections::BTreeMap, ops::Range, time::Duration};

/// Everything that keeps quiet does so from here at the earliest, and to there at the latest.
const QUIET: Range<i64> = 300..600;
/// What is ended early ends here.
const EARLY: i64 = 450;
/// The simulation ends here; everything is well by 900, and what flapped is not damped any more.
const END: i64 = 1_290;
/// A check every so many seconds; two results in a row confirm, the second after two seconds.
const INTERVAL: u64 = 30;
/// How long it takes to see and confirm something, at most.
const SEEN: i64 = 35;
/// How long it takes to tell what may be told again: a round of the watch, a look, another one.
const TOLD: i64 = 25;

/// When the target is down.
const OUTAGES: [(&str, &[Range<i64>]); 9] = [
    ("never", &[]),
    ("inside", &[350..520]),
    ("begins before, ends inside", &[200..420]),
    ("begins before, ends after", &[200..800]),
    ("begins inside, ends after", &[380..900]),
    ("ends when the quiet ends", &[310..600]),
    ("after", &[700..850]),
    ("inside and after", &[330..400, 700..800]),
    ("before, and inside", &[100..200, 350..440]),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Maintenance {
    No,
    Once,
    Weekly,
    EndedEarly,
    DeletedEarly,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Silence {
    No,
    Whole,
    EndedEarly,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Parent {
    No,
    Well,
    /// Down for as long as everything else that keeps quiet.
    Down,
    /// Down from the same second as the child; well again when the others end.
    Together,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Restart {
    No,
    /// While things are quiet and outages last.
    Inside,
    /// Just after everything that keeps quiet has ended.
    After,
}

/// One row of the table.
#[derive(Debug, Clone)]
struct Case {
    outages: usize,
    maintenance: Maintenance,
    silence: Silence,
    parent: Parent,
    flapping: bool,
}

impl Case {
    fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for outages in 0..OUTAGES.len() {
            for maintenance in [
                Maintenance::No,
                Maintenance::Once,
                Maintenance::Weekly,
                Maintenance::EndedEarly,
                Maintenance::DeletedEarly,
            ] {
                for silence in [Silence::No, Silence::Whole, Silence::EndedEarly] {
                    for parent in [Parent::No, Parent::Well, Parent::Down, Parent::Together] {
                        for flapping in [false, true] {
                            // What flaps meets windows and silences, but not both at once: the
                            // steady ones do.
                            let both = maintenance != Maintenance::No && silence != Silence::No;
                            if flapping && both {
                                continue;
                            }
                            // The parent that falls with the child needs an outage to fall with.
                            if parent == Parent::Together && !OUTAGES[outages].1.iter().any(inside)
                            {
                                continue;
                            }
                            all.push(Self {
                                outages,
                                maintenance,
                                silence,
                                parent,
                                flapping,
                            });
                        }
                    }
                }
            }
        }
        all
    }

    fn down(&self) -> &'static [Range<i64>] {
        OUTAGES[self.outages].1
    }

    /// When the parent is down.
    fn parent_down(&self) -> Option<Range<i64>> {
        match self.parent {
            Parent::No | Parent::Well => None,
            Parent::Down => Some(QUIET.start - 20..QUIET.end),
            Parent::Together => {
                let own = self.down().iter().find(|outage| inside(outage)).unwrap();
                Some(own.start..QUIET.end)
            }
        }
    }

    /// The target at a second: down in an outage, or down and up in turns of forty seconds.
    fn script(&self) -> Script {
        let (outages, flapping) = (self.down(), self.flapping);
        Script::new(move |second| {
            let second = i64::try_from(second).unwrap();
            let down = outages.iter().any(|outage| {
                outage.contains(&second)
                    && (!flapping || (second - outage.start).rem_euclid(80) < 40)
            });
            observation(down)
        })
    }
}

fn inside(outage: &Range<i64>) -> bool {
    QUIET.contains(&outage.start) || (outage.start < QUIET.start && outage.end > QUIET.start)
}

fn observation(down: bool) -> Observation {
    if down {
        Observation::down(Reason::ConnectRefused, "nothing listens")
    } else {
        Observation::up()
    }
}

/// What the receiver got about one monitor: when, and what.
type Heard = Vec<(i64, AlertKind, Message)>;

// ---- The oracle: intervals of seconds, and nothing else. ----

/// When nobody may be told of this monitor.
fn quiet(case: &Case) -> Vec<Range<i64>> {
    let mut quiet = Vec::new();
    match case.maintenance {
        Maintenance::No => {}
        Maintenance::Once | Maintenance::Weekly => quiet.push(QUIET),
        Maintenance::EndedEarly | Maintenance::DeletedEarly => quiet.push(QUIET.start..EARLY),
    }
    match case.silence {
        Silence::No => {}
        Silence::Whole => quiet.push(QUIET),
        Silence::EndedEarly => quiet.push(QUIET.start..EARLY),
    }
    quiet.extend(case.parent_down());
    quiet
}

/// The stretches of an outage in which it may be told.
fn audible(outage: &Range<i64>, quiet: &[Range<i64>]) -> Vec<Range<i64>> {
    let mut left = vec![outage.clone()];
    for hush in quiet {
        left = left
            .into_iter()
            .flat_map(|part| {
                [
                    part.start..part.end.min(hush.start),
                    part.start.max(hush.end)..part.end,
                ]
            })
            .filter(|part| part.start < part.end)
            .collect();
    }
    left.sort_by_key(|part| part.start);
    left
}

/// What must be heard of a target that is steadily down in its outages: each message with the
/// earliest and the latest second.
fn expected(case: &Case) -> Vec<(AlertKind, Range<i64>)> {
    let quiet = quiet(case);
    let mut expected = Vec::new();
    for outage in case.down() {
        // A stretch that is shorter than it takes to see and tell tells nothing.
        let told = audible(outage, &quiet)
            .into_iter()
            .find(|part| part.end - part.start >= SEEN + TOLD);
        if let Some(part) = told {
            expected.push((AlertKind::Down, part.start..part.start + SEEN + TOLD));
            // People who were told hear of the end at once, whatever is quiet then.
            expected.push((AlertKind::Up, outage.end..outage.end + SEEN));
        }
    }
    expected
}

/// What is wrong with what was heard.
fn faults(case: &Case, heard: &Heard) -> Vec<String> {
    let mut faults = Vec::new();
    let told: Vec<_> = heard.iter().map(|(at, kind, _)| (*at, *kind)).collect();
    if case.flapping {
        faults.extend(faults_of_flapping(case, &told));
    } else {
        let expected = expected(case);
        let fits = told.len() == expected.len()
            && told
                .iter()
                .zip(&expected)
                .all(|((at, kind), (wanted, when))| kind == wanted && when.contains(at));
        if !fits {
            faults.push(format!("heard {told:?}, expected {expected:?}"));
        }
        // The true start, however late it is told.
        for (at, kind, message) in heard {
            let event = message.event.as_ref().unwrap();
            let began = event.started_at.as_second() - 1_767_225_600;
            let outage = case.down().iter().find(|outage| {
                (outage.start..outage.start + SEEN).contains(&began)
                    && (*kind == AlertKind::Up || outage.contains(at))
            });
            if outage.is_none() {
                faults.push(format!("{kind:?} at {at} says that it began at {began}"));
            }
        }
    }
    faults
}

/// What must hold of a target that flaps: when exactly it is told depends on the damping, so these
/// are the rules that no timing may break.
fn faults_of_flapping(case: &Case, told: &[(i64, AlertKind)]) -> Vec<String> {
    let mut faults = Vec::new();
    let quiet = quiet(case);
    for (index, (at, kind)) in told.iter().enumerate() {
        let down = index % 2 == 0;
        if (*kind == AlertKind::Down) != down {
            faults.push(format!("not in turns: {told:?}"));
            return faults;
        }
        // That a parent is down is not known before it is seen.
        let hushed = quiet.iter().any(|hush| {
            let seen = case.parent_down().as_ref() == Some(hush);
            (hush.start + if seen { SEEN } else { 0 }..hush.end).contains(at)
        });
        if down && hushed {
            faults.push(format!("told of an outage at {at}, in {quiet:?}"));
        }
        // A moment of the outage, and not one of the times after it.
        if down && !case.down().iter().any(|outage| outage.contains(at)) {
            faults.push(format!("told of an outage at {at}, when there was none"));
        }
    }
    if !told.len().is_multiple_of(2) {
        faults.push(format!("the end was not told: {told:?}"));
    }
    for outage in case.down() {
        for part in audible(outage, &quiet) {
            // Two turns and more in which it may be told: then it is, or was before.
            let turns = part.end - part.start >= 160 + SEEN + TOLD;
            let knows = told.iter().enumerate().any(|(index, (at, kind))| {
                let until = told.get(index + 1).map_or(END, |(next, _)| *next);
                *kind == AlertKind::Down && *at < part.end && until >= part.start
            });
            if turns && !knows {
                faults.push(format!("nobody heard of {part:?}: {told:?}"));
            }
        }
        if audible(outage, &quiet).is_empty()
            && told
                .iter()
                .any(|(at, kind)| *kind == AlertKind::Down && outage.contains(at))
        {
            faults.push(format!("told of {outage:?} in spite of {quiet:?}"));
        }
    }
    faults
}

// ---- The engine. ----

struct Table {
    house: House,
    cases: Vec<(Case, MonitorId)>,
    parents: Vec<(Range<i64>, MonitorId)>,
    early: (monitorah_core::MaintenanceId, monitorah_core::MaintenanceId),
    early_silence: monitorah_core::SilenceId,
}

fn tagged(tag: &str) -> Selection {
    Selection::Named {
        monitors: vec![],
        tags: vec![tag.to_owned()],
        groups: vec![],
    }
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
        let policy = Policy::every(Duration::from_secs(INTERVAL));
        let name = format!("parent {down:?}");
        let id = self.house.monitor(&name, policy, script);
        self.parents.push((down, id));
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
        let policy = Policy::every(Duration::from_secs(INTERVAL));
        let script = case.script();
        let id = self
            .house
            .monitor_with("child", policy, script, &tags, &parents);
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

    fn restart(&mut self) {
        self.house.stop();
        self.house.restart();
    }

    /// Lives through the table; returns what was heard of each monitor.
    fn live(&mut self, restart: Restart) -> BTreeMap<MonitorId, Heard> {
        self.house.start();
        if restart == Restart::Inside {
            self.run_until(420);
            self.restart();
        }
        self.run_until(EARLY);
        let (service, caller) = (
            self.house.service.clone(),
            Caller::operator(self.house.tenant),
        );
        let ((ended, deleted), silence) = (self.early, self.early_silence);
        self.house
            .wait(async move {
                service.end_window(&caller, ended).await?;
                service.delete_window(&caller, deleted, None).await?;
                service.end_silence(&caller, silence).await
            })
            .unwrap();
        if restart == Restart::After {
            self.run_until(604);
            self.restart();
        }
        self.run_until(END);
        let mut heard: BTreeMap<MonitorId, Heard> = BTreeMap::new();
        for message in self.house.told() {
            let id = message.monitor.as_ref().unwrap().id;
            let at = message.timestamp.as_second() - 1_767_225_600;
            heard
                .entry(id)
                .or_default()
                .push((at, message.kind, message));
        }
        heard
    }
}

fn table(seed: u64, restart: Restart) {
    let mut table = Table::new(seed);
    for case in Case::all() {
        table.add(case);
    }
    let heard = table.live(restart);
    let nothing = Heard::new();
    let mut wrong = Vec::new();
    for (case, id) in &table.cases {
        let heard = heard.get(id).unwrap_or(&nothing);
        for fault in faults(case, heard) {
            wrong.push(format!("{} {case:?}: {fault}", OUTAGES[case.outages].0));
        }
    }
    // Of its own outage a parent tells once, with the children that it hides.
    for (down, id) in &table.parents {
        let heard = heard.get(id).unwrap_or(&nothing);
        let kinds: Vec<_> = heard.iter().map(|(_, kind, _)| *kind).collect();
        let children = table
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
        let hides = heard[0].2.hides.as_ref();
        if hides.map(|hides| hides.count) != Some(children as u64)
            || hides.is_some_and(|hides| hides.names.len() != children.min(10))
        {
            wrong.push(format!("a parent of {children} hides {hides:?}"));
        }
    }
    // Every outage left an event, told or not, and all of them are over.
    let ids: Vec<_> = table.cases.iter().map(|(_, id)| *id).collect();
    for (index, id) in ids.into_iter().enumerate() {
        let work = table.house.events(id);
        let events = table.house.wait(work).unwrap();
        let case = &table.cases[index].0;
        if events.iter().any(|event| event.status == EventStatus::Open)
            || (!case.flapping && events.len() != case.down().len())
            || (case.flapping && events.is_empty() != case.down().is_empty())
        {
            wrong.push(format!("{case:?} left {} events: {events:?}", events.len()));
        }
    }
    println!(
        "{} combinations and {} parents with the restart {restart:?}",
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
fn the_table_without_a_restart() {
    table(31, Restart::No);
}

#[test]
fn the_table_with_a_restart_while_things_are_quiet() {
    table(32, Restart::Inside);
}

#[test]
fn the_table_with_a_restart_when_things_are_over() {
    table(33, Restart::After);
}
