//! Simulated hours of twenty monitors with ten faults an hour: the whole engine on a clock, a
//! network and a store of its own, and a judge that asks every invariant at every step.
//!
//! No incident is lost; a monitor never has two open events; every page has a cause, committed
//! before and true; every recovery follows a page; a message is told twice only after something
//! went wrong in between; uptime adds up, and is what the targets were.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test"
)]

mod ledger;
mod plan;
mod store;

use crate::house::{House, Script};
use ledger::Ledger;
use monitorah_core::{
    MonitorId, Observation, Reason,
    engine::EngineOptions,
    monitor::Policy,
    port::{Ports, ResultStoreExt},
    testkit::ManualClock,
    uptime::{Resolution, Spoken, StateDurations},
};
use plan::{Dice, Illness, Plan, Trouble};
use std::{
    ops::Range,
    sync::{Arc, Mutex},
    time::Duration,
};
use store::{Planted, Watched, Weather};

const MONITORS: usize = 20;
/// After the last hour everything is well, and what was decided is told within this time.
const CLOSING: u64 = 3 * 3_600;
/// A target that fails for so many seconds in which nothing is wrong with us has an event.
const SEEN: u64 = 200;

/// What came out of a run.
#[derive(Debug)]
struct Report {
    checks: usize,
    steps: u64,
    events: usize,
    doubled: u32,
    broken: Vec<String>,
}

struct Run {
    house: House,
    plan: Arc<Plan>,
    monitors: Vec<MonitorId>,
    ledger: Arc<Mutex<Ledger>>,
    weather: Arc<Mutex<Weather>>,
    planted: Option<Planted>,
    seed: u64,
    /// When something was wrong with us: seconds.
    ours: Vec<Range<u64>>,
}

impl Run {
    fn new(seed: u64, hours: u64, planted: Option<Planted>) -> Self {
        let plan = Arc::new(Plan::new(seed, MONITORS, hours));
        let mut house = House::new(seed);
        let monitors = (0..MONITORS)
            .map(|whose| {
                let (says, takes) = (Arc::clone(&plan), Arc::clone(&plan));
                let script = Script::new(move |second| match says.illness(whose, second) {
                    Some(_) => Observation::down(Reason::ConnectRefused, "nothing listens"),
                    None => Observation::up(),
                })
                .taking_at(move |second| match takes.illness(whose, second) {
                    Some(Illness::Hangs) => Duration::from_secs(3_600),
                    _ => Duration::from_millis(20),
                });
                house.monitor(&format!("m{whose}"), Policy::default(), script)
            })
            .collect();
        let ledger = Arc::new(Mutex::new(Ledger::default()));
        let judge = Arc::clone(&ledger);
        house.on_delivery(move |message| judge.lock().unwrap().delivered(message));
        Self {
            house,
            plan,
            monitors,
            ledger,
            weather: Arc::default(),
            planted,
            seed,
            ours: Vec::new(),
        }
    }

    fn ports(&self) -> Ports {
        let environment = self.house.simulation.clock();
        let watched = Watched {
            store: Arc::clone(&self.house.store),
            tenant: self.house.tenant,
            environment,
            weather: Arc::clone(&self.weather),
            ledger: Arc::clone(&self.ledger),
            dice: Mutex::new(Dice::new(self.seed ^ 0x5eed)),
            planted: self.planted,
            leaked: Mutex::default(),
        };
        watched.ports()
    }

    fn clock(&self) -> Arc<ManualClock> {
        self.house.simulation.clock()
    }

    fn now(&self) -> Duration {
        monitorah_core::Environment::monotonic(&*self.clock())
    }

    fn run_until(&mut self, end: Duration) {
        let left = end.saturating_sub(self.now());
        self.house.simulation.run_for(left);
    }

    fn start(&mut self) {
        let ports = self.ports();
        // Nobody changes a monitor in a run: asking for changes every second would be most of it.
        let options = EngineOptions {
            feed_poll: Duration::from_secs(60),
            ..EngineOptions::default()
        };
        self.house.start_on(ports, options);
    }

    fn befall(&mut self, trouble: Trouble) {
        let now = self.now();
        let begin = now.as_secs();
        let lasting = |seconds: u64| now + Duration::from_secs(seconds);
        let ours = |seconds: u64| begin..begin + seconds + 1;
        match trouble {
            Trouble::ReceiverAway(seconds) => {
                self.house.receiver_down_until(begin + seconds);
                return;
            }
            Trouble::Killed(seconds) => {
                self.house.kill();
                self.ledger.lock().unwrap().trouble();
                self.run_until(lasting(seconds));
                self.start();
                self.ours.push(ours(seconds));
            }
            Trouble::Frozen(seconds) => {
                self.clock().advance(Duration::from_secs(seconds));
                self.ours.push(ours(seconds));
            }
            Trouble::StoreAway(seconds) => {
                self.weather.lock().unwrap().away_until = lasting(seconds);
                self.ours.push(ours(seconds));
            }
            Trouble::StoreLies(seconds) => {
                self.weather.lock().unwrap().lying_until = lasting(seconds);
                self.ours.push(ours(seconds));
            }
        }
        self.ledger.lock().unwrap().trouble();
    }

    fn live(mut self, hours: u64) -> Report {
        self.start();
        let troubles = self.plan.troubles.clone();
        for (at, trouble) in troubles {
            self.run_until(Duration::from_millis(at));
            self.befall(trouble);
        }
        self.run_until(Duration::from_secs(hours * 3_600 + CLOSING));
        self.judge(hours)
    }

    /// The longest time of these seconds in which nothing was wrong with us.
    fn undisturbed(&self, within: Range<u64>) -> u64 {
        let mut longest = 0;
        let mut free = within.start;
        for ours in &self.ours {
            // After a start or a freeze the schedule is where it was a minute later.
            let (begin, end) = (ours.start, ours.end + 60);
            if end <= free || begin >= within.end {
                continue;
            }
            longest = longest.max(begin.saturating_sub(free));
            free = free.max(end);
        }
        longest.max(within.end.saturating_sub(free))
    }

    fn judge(mut self, hours: u64) -> Report {
        self.ledger.lock().unwrap().close();
        let start = self.house.at(0);
        let second = |at: jiff::Timestamp| -> u64 {
            let since = at.duration_since(start).as_secs();
            u64::try_from(since).unwrap()
        };
        let mut checks = 0;
        let mut count = 0;
        for (whose, &monitor) in self.monitors.clone().iter().enumerate() {
            let events = self.ledger.lock().unwrap().events_of(monitor);
            count += events.len();
            let lasted: Vec<_> = events
                .iter()
                .map(|event| second(event.started_at)..event.resolved_at.map_or(u64::MAX, second))
                .collect();
            for (event, lasted) in events.iter().zip(&lasted) {
                // A check that hangs began up to its time limit before it failed.
                let seen = lasted.start.saturating_sub(12)..lasted.start + 1;
                if !self.plan.was_ill(whose, seen) {
                    let what = format!(
                        "{} has no cause: m{whose} was well at {}",
                        event.id, lasted.start
                    );
                    self.ledger.lock().unwrap().accuse(what);
                }
            }
            for (&from, &(to, _)) in &self.plan.ill[whose] {
                let told = lasted
                    .iter()
                    .any(|event| event.start < to && from < event.end);
                if self.undisturbed(from..to) >= SEEN && !told {
                    let what = format!("the outage of m{whose} from {from} to {to} has no event");
                    self.ledger.lock().unwrap().accuse(what);
                }
            }
            checks += self.add_up(whose, monitor, hours);
        }
        let ledger = self.ledger.lock().unwrap();
        Report {
            checks,
            steps: ledger.steps,
            events: count,
            doubled: ledger.doubled,
            broken: ledger.broken.clone(),
        }
    }

    /// Uptime is what the results say, and what the target was; returns how many results there are.
    fn add_up(&mut self, whose: usize, monitor: MonitorId, hours: u64) -> usize {
        let (from, to) = (
            self.house.at(0),
            self.house.at(i64::try_from(hours * 3_600).unwrap()),
        );
        let spoken: Vec<Spoken> = self.ledger.lock().unwrap().results_of(monitor);
        let by_results = StateDurations::of(&spoken, from, to);
        let store = Arc::clone(&self.house.store);
        let tenant = self.house.tenant;
        let read = async move {
            store
                .series(&tenant, monitor, Resolution::Quarter, from, to)
                .await
        };
        let series = self.house.wait(read).unwrap();
        let by_rollups = series
            .iter()
            .fold(StateDurations::default(), |sum, bucket| {
                sum.plus(bucket.durations)
            });
        let accuse = |what: String| self.ledger.lock().unwrap().accuse(what);
        if by_results != by_rollups {
            accuse(format!(
                "uptime of m{whose} does not add up: {by_results:?} and {by_rollups:?}"
            ));
        }
        let ill = &self.plan.ill[whose];
        let truth: u64 = ill.iter().map(|(from, (to, _))| to - from).sum();
        let found = u64::try_from(by_results.down / 1_000_000).unwrap();
        // A change is seen at the next look, and not at all while something is wrong with us; a
        // result speaks for two intervals.
        let edges = u64::try_from(ill.len()).unwrap() * 75;
        let ours: u64 = self
            .ours
            .iter()
            .map(|ours| ours.end - ours.start + 130)
            .sum();
        if truth.abs_diff(found) > edges + ours {
            accuse(format!(
                "m{whose} was down for {truth} s, and {found} s were found"
            ));
        }
        spoken.len()
    }
}

fn simulate(seed: u64, hours: u64, planted: Option<Planted>) -> Report {
    Run::new(seed, hours, planted).live(hours)
}

/// Runs these seeds of so many hours each, and says what came of them on one line, which
/// `cargo xtask soak simulation` reads.
#[expect(clippy::disallowed_methods, reason = "says how fast it was")]
fn live_through(seeds: Range<u64>, hours: u64) {
    let began = std::time::Instant::now();
    let (mut checks, mut steps, mut events, mut doubled) = (0, 0, 0, 0);
    for seed in seeds.clone() {
        let report = simulate(seed, hours, None);
        assert!(
            report.broken.is_empty(),
            "seed {seed}, {hours} hours:\n  {}",
            report.broken.join("\n  ")
        );
        checks += report.checks;
        steps += report.steps;
        events += report.events;
        doubled += report.doubled;
    }
    let rate = f64::from(u32::try_from(checks).unwrap()) / began.elapsed().as_secs_f64();
    eprintln!(
        "simulated: seeds {}..{} of {hours} h: {checks} checks, {rate:.0} checks/s, {steps} \
         steps, {events} events, {doubled} told twice, 0 broken",
        seeds.start, seeds.end
    );
    assert!(events > 0, "nothing happened");
}

/// A thousand hours, in parts that run side by side.
mod a_thousand_hours {
    use super::live_through;

    #[test]
    fn first() {
        live_through(0..5, 50);
    }

    #[test]
    fn second() {
        live_through(5..10, 50);
    }

    #[test]
    fn third() {
        live_through(10..15, 50);
    }

    #[test]
    fn fourth() {
        live_through(15..20, 50);
    }
}

/// The seeds that `MONITORAH_SIMULATION` names, as in `100..120`, of fifty hours each; without it
/// one of two hours, so that what the soak runs is known to run.
#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the soak says which seeds in a variable"
)]
fn what_the_soak_runs() {
    let Ok(named) = std::env::var("MONITORAH_SIMULATION") else {
        return live_through(1_000..1_001, 2);
    };
    let (first, last) = named.split_once("..").unwrap();
    live_through(first.parse().unwrap()..last.parse().unwrap(), 50);
}

/// Whether the judge finds a mistake that was put in.
fn finds(planted: Planted, what: &str) {
    let report = simulate(1, 12, Some(planted));
    let found = report.broken.iter().any(|broken| broken.contains(what));
    assert!(found, "{report:?}");
}

#[test]
fn an_alert_before_its_commit_is_found() {
    finds(Planted::AlertBeforeCommit, "is in no outbox");
}

#[test]
fn a_change_without_its_messages_is_found() {
    finds(Planted::HalfASettle, "follows no page");
}

#[test]
fn a_forgotten_delivery_is_found() {
    finds(Planted::ForgottenDelivery, "told twice without a cause");
}
