//! Simulated hours of twenty monitors with ten faults an hour: the whole engine on a clock, a
//! network and a store of its own, and a judge that asks every invariant at every step.
//!
//! No incident is lost; a monitor never has two open events; every page has a cause, committed
//! before and true; every recovery follows a page; a message is told twice only after something
//! went wrong in between; uptime adds up, and is what the targets were.

use crate::{
    house::{House, Script},
    ledger::Ledger,
    plan::{Dice, Illness, Moment, Plan, Trouble},
    store::{Planted, Watched, Weather},
    trace,
};
use monitorah_core::{
    MonitorId, Observation, Reason,
    engine::EngineOptions,
    monitor::Policy,
    port::{Ports, ResultStoreExt},
    storm::StormLimits,
    testkit::ManualClock,
    uptime::{Resolution, Spoken, StateDurations},
};
use std::{
    ops::Range,
    rc::Rc,
    sync::{Arc, Mutex},
    time::Duration,
};

/// After the last hour, by when the last message was tried again.
const LAST_TRY: Duration = Duration::from_secs(48 * 3_600);
const MONITORS: usize = 20;
/// After the last hour everything is well, and what was decided is told within this time.
const CLOSING: u64 = 3 * 3_600;
/// The longest wait for the moment of a trouble.
const PATIENCE: Duration = Duration::from_secs(600);
/// A target that fails for so many seconds in which nothing is wrong with us has an event.
const SEEN: u64 = 200;

/// What came out of runs.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) checks: usize,
    /// Of how many commits, deliveries and roll-ups every invariant was asked.
    pub(crate) steps: u64,
    pub(crate) events: usize,
    pub(crate) doubled: u32,
    /// Kills, freezes and faults of the store.
    pub(crate) troubles: u32,
    pub(crate) broken: Vec<String>,
}

impl Report {
    /// Adds another run.
    pub(crate) fn add(&mut self, other: Self) {
        self.checks += other.checks;
        self.steps += other.steps;
        self.events += other.events;
        self.doubled += other.doubled;
        self.troubles += other.troubles;
        self.broken.extend(other.broken);
    }
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
                let plan = Arc::clone(&plan);
                let script: Script = Rc::new(move |second| {
                    let refused = || Observation::down(Reason::ConnectRefused, "nothing listens");
                    match plan.illness(whose, second) {
                        Some(Illness::Hangs) => (refused(), Duration::from_secs(3_600)),
                        Some(Illness::Refuses) => (refused(), Duration::from_millis(20)),
                        None => (Observation::up(), Duration::from_millis(20)),
                    }
                });
                house.monitor(&format!("m{whose}"), Policy::default(), script)
            })
            .collect();
        let ledger = Arc::new(Mutex::new(Ledger::default()));
        let judge = Arc::clone(&ledger);
        house.on_delivery(move |message, now| judge.lock().unwrap().delivered(message, now));
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
            // The judge looks at each message by itself.
            storm: StormLimits::per_minute(0, 0),
            ..EngineOptions::default()
        };
        self.house.start(ports, options);
    }

    /// Runs until so long after the next commit of a message, or delivery.
    fn lie_in_wait(&mut self, after: Duration) {
        let prey = self.ledger.lock().unwrap().prey;
        let latest = self.now() + PATIENCE;
        while self.ledger.lock().unwrap().prey == prey && self.now() < latest {
            let next = self.clock().next_wake().unwrap_or(latest);
            self.run_until(next.min(latest));
        }
        self.run_until(self.now() + after);
    }

    fn befall(&mut self, trouble: Trouble) {
        let now = self.now();
        let begin = now.as_secs();
        trace(now, || format!("== {trouble:?}"));
        let lasting = |seconds: u64| now + Duration::from_secs(seconds);
        let ours = |seconds: u64| begin..begin + seconds + 1;
        let lasts = match trouble {
            Trouble::ReceiverAway(seconds) => {
                return self.house.receiver_down_until(begin + seconds);
            }
            Trouble::Killed(seconds) => {
                self.house.kill();
                self.run_until(lasting(seconds));
                self.start();
                seconds
            }
            Trouble::Frozen(seconds) => {
                self.clock().advance(Duration::from_secs(seconds));
                seconds
            }
            Trouble::StoreAway(seconds) => {
                self.weather.lock().unwrap().away_until = lasting(seconds);
                seconds
            }
            Trouble::StoreLies(seconds) => {
                self.weather.lock().unwrap().lying_until = lasting(seconds);
                seconds
            }
        };
        self.ours.push(ours(lasts));
        // A delivery that was begun before a freeze goes on after it, on a lease that is over.
        self.ledger.lock().unwrap().trouble(lasting(lasts + 2));
    }

    fn live(mut self, hours: u64) -> Report {
        self.start();
        let troubles = self.plan.troubles.clone();
        for (at, (trouble, moment)) in troubles {
            self.run_until(Duration::from_millis(at));
            if let Moment::Ambush(after) = moment {
                self.lie_in_wait(Duration::from_millis(after));
            }
            self.befall(trouble);
        }
        self.run_until(Duration::from_secs(hours * 3_600 + CLOSING));
        // What was tried in vain is tried again hours later.
        while self.ledger.lock().unwrap().waits()
            && self.now() < LAST_TRY + Duration::from_secs(hours * 3_600)
        {
            self.run_until(self.now() + Duration::from_secs(3_600));
        }
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
            troubles: ledger.troubles,
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
        let series = self.house.simulation.run_until(read).unwrap().unwrap();
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

/// Lives through these hours.
pub(crate) fn simulate(seed: u64, hours: u64, planted: Option<Planted>) -> Report {
    Run::new(seed, hours, planted).live(hours)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The thousand hours are a step of `cargo xtask test`; this is what of them a test can wait
    /// for in a build that is not optimised.
    #[test]
    fn two_hours_break_nothing_and_mistakes_are_found() {
        let report = simulate(3, 2, None);
        assert!(report.broken.is_empty(), "{report:?}");
        assert!(report.events > 0 && report.checks > 5_000, "{report:?}");
        let (planted, what) = Planted::ALL[0];
        let report = simulate(1, 12, Some(planted));
        let found = report.broken.iter().any(|broken| broken.contains(what));
        assert!(found, "{planted:?}: {report:?}");
    }
}
