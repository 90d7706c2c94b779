//! The run loop: owns the schedule, starts what is due, reschedules what ended.

use super::{
    Command, Counters, Shared, Stage,
    look::{self, Entry, Looked},
    rest,
};
use crate::{
    check::Cadence,
    id::MonitorId,
    observation::{Observation, Reason},
    port::{FeedChange, FeedRow, ResultRow},
    schedule::{Due, Epoch, Schedule, Spread},
};
use futures::FutureExt;
use jiff::{SignedDuration, Timestamp};
use std::{
    collections::{HashMap, HashSet},
    panic::AssertUnwindSafe,
    sync::{Arc, atomic::Ordering},
    time::Duration,
};
use tokio::sync::{mpsc, oneshot, watch};

/// How long the loop sleeps when nothing is due; commands wake it before.
const IDLE: Duration = Duration::from_secs(3600);

/// A look that is asked for again so soon is the same one: a parent of a thousand children is not
/// looked at a thousand times.
const ASKED_AGAIN: Duration = Duration::from_secs(1);
/// How many monitors it is remembered of that a look was asked for, before the old ones are
/// forgotten.
const MAX_ASKED: usize = 10_000;
/// How long after the change of a member its groups are looked at: what changes together is one
/// change of the group.
const GROUP_DELAY: Duration = Duration::from_millis(250);

/// A sleep that lasted this much longer than asked for means that the process was stopped.
const STOPPED: Duration = Duration::from_secs(5);
/// The wall clock was set when it moves this much more or less than the stopwatch.
const STEPPED: SignedDuration = SignedDuration::from_secs(5);

struct Run {
    shared: Arc<Shared>,
    schedule: Schedule,
    /// When what is new or changed is looked at.
    first_looks: Spread,
    epoch: Epoch,
    entries: HashMap<MonitorId, Arc<Entry>>,
    /// Those of them that this process looks at.
    mine: HashSet<MonitorId>,
    /// Whether every monitor has been read. Until then nothing is said of a group: members that are
    /// not read yet would be missed in it.
    loaded: bool,
    /// Who asked for a look, and the latest look that had begun by then: a later one answers.
    waiting: HashMap<MonitorId, Vec<(u64, oneshot::Sender<ResultRow>)>>,
    in_flight: usize,
    commands: mpsc::Sender<Command>,
    rows: mpsc::Sender<ResultRow>,
    stages: watch::Receiver<Stage>,
    /// When a look was last asked for.
    asked: HashMap<MonitorId, Duration>,
    /// Both clocks at the last turn of the loop.
    clocks: (Timestamp, Duration),
    /// The groups that are looked at because a member changed, and when.
    poked: HashMap<MonitorId, Duration>,
}

pub(super) async fn run(
    shared: Arc<Shared>,
    mut inbox: mpsc::Receiver<Command>,
    commands: mpsc::Sender<Command>,
    rows: mpsc::Sender<ResultRow>,
    mut stages: watch::Receiver<Stage>,
) {
    let environment = Arc::clone(shared.environment());
    let epoch = Epoch {
        wall_micros: u64::try_from(environment.now().as_microsecond()).unwrap_or(0),
        monotonic: environment.monotonic(),
    };
    let mut run = Run {
        schedule: Schedule::new(),
        first_looks: Spread::new(shared.parts.options.first_looks_per_second),
        shared,
        epoch,
        entries: HashMap::new(),
        mine: HashSet::new(),
        loaded: false,
        waiting: HashMap::new(),
        in_flight: 0,
        commands,
        rows,
        stages: stages.clone(),
        asked: HashMap::new(),
        clocks: (environment.now(), environment.monotonic()),
        poked: HashMap::new(),
    };
    loop {
        run.notice_steps();
        let stopping = *stages.borrow_and_update() > Stage::Running;
        if stopping && run.in_flight == 0 {
            return;
        }
        if !stopping {
            run.start_due().await;
        }
        let now = environment.monotonic();
        let full = run.in_flight >= run.shared.parts.options.checks_in_flight;
        let wait = match run.schedule.next_due() {
            Some(due) if !stopping && !full => due.saturating_sub(now),
            _ => IDLE,
        };
        let before = environment.monotonic();
        tokio::select! {
            biased;
            command = inbox.recv() => {
                let Some(command) = command else { return };
                run.obey(command).await;
                while let Ok(command) = inbox.try_recv() {
                    run.obey(command).await;
                }
            }
            changed = stages.changed() => if changed.is_err() { return },
            () = environment.sleep(wait) => {}
        }
        if environment.monotonic().saturating_sub(before) > wait.saturating_add(STOPPED) {
            run.shared.was_stopped();
        }
    }
}

impl Run {
    /// Notices when the wall clock was set. What was due in a time that the clock jumped over is
    /// excused, as it is after a stop: nobody could have come in time for it.
    fn notice_steps(&mut self) {
        let environment = self.shared.environment();
        let (wall, elapsed) = (environment.now(), environment.monotonic());
        let (wall_before, elapsed_before) = std::mem::replace(&mut self.clocks, (wall, elapsed));
        let passed = SignedDuration::try_from(elapsed.saturating_sub(elapsed_before));
        let step = wall
            .duration_since(wall_before)
            .saturating_sub(passed.unwrap_or(SignedDuration::MAX));
        if step.abs() > STEPPED {
            tracing::warn!(seconds = step.as_secs(), "the wall clock was set");
            self.shared.was_stopped();
        }
    }

    /// Starts every check that is due, as long as there is room.
    async fn start_due(&mut self) {
        while self.in_flight < self.shared.parts.options.checks_in_flight {
            let now = self.shared.environment().monotonic();
            match self.schedule.pop(now) {
                None => break,
                Some(Due::Check {
                    monitor,
                    planned,
                    generation,
                }) => self.start((monitor, generation), planned),
                Some(Due::Gap {
                    monitor, missed, ..
                }) => self.leave_gap(monitor, missed).await,
            }
        }
        self.shared
            .counters
            .skipped_ticks
            .store(self.schedule.skipped(), Ordering::Relaxed);
    }

    fn start(&mut self, (monitor, generation): (MonitorId, u64), planned: Duration) {
        let Some(entry) = self.entries.get(&monitor) else {
            let now = self.shared.environment().monotonic();
            self.schedule.remove(monitor);
            self.schedule.done((monitor, generation), now, None, None);
            return;
        };
        self.in_flight += 1;
        self.count_in_flight();
        let poked = self.poked.remove(&monitor) == Some(planned);
        let poked = poked && !self.waiting.contains_key(&monitor);
        let work = look::look(
            Arc::clone(&self.shared),
            Arc::clone(entry),
            (planned, poked),
            self.rows.clone(),
            self.stages.clone(),
        );
        let commands = self.commands.clone();
        self.shared.environment().spawn(
            async move {
                let looked = AssertUnwindSafe(work).catch_unwind().await;
                let looked = looked.inspect_err(|_| {
                    tracing::error!(%monitor, "a look panicked");
                });
                let looked = looked.ok().map(Box::new);
                drop(
                    commands
                        .send(Command::Done((monitor, generation), looked))
                        .await,
                );
            }
            .boxed(),
        );
    }

    /// Nothing was checked for a while: says so in the log.
    async fn leave_gap(&self, monitor: MonitorId, missed: u64) {
        self.shared.was_stopped();
        let Some(entry) = self.entries.get(&monitor) else {
            return;
        };
        tracing::warn!(%monitor, missed, "checks were missed: this process was paused or overloaded");
        let observation = Observation::unknown(
            Reason::Gap,
            format!("nothing was checked: {missed} checks were missed"),
        );
        look::record_gap(&self.shared, entry, &observation, &self.rows).await;
    }

    async fn obey(&mut self, command: Command) {
        match command {
            Command::Feed(changes) => {
                for change in changes {
                    match change {
                        FeedChange::Changed(row) => self.change(*row).await,
                        FeedChange::Removed(monitor) => self.forget(monitor),
                    }
                }
                self.count_scheduled();
            }
            Command::Loaded => self.loaded(),
            Command::Share => self.divide(),
            Command::CheckNow(monitor, reply) => {
                if self
                    .entries
                    .get(&monitor)
                    .is_some_and(|entry| !entry.monitor.paused)
                {
                    let latest = self.schedule.latest();
                    self.waiting
                        .entry(monitor)
                        .or_default()
                        .push((latest, reply));
                    let now = self.shared.environment().monotonic();
                    if !self.shared.looks_at(monitor) {
                        // Once, for who asked: it stays in the share of another process.
                        self.put_on(monitor, now);
                    }
                    self.schedule.poke(monitor, now);
                }
            }
            Command::Look(monitor) => self.look_soon(monitor),
            Command::LookAt(monitor, at) => {
                let rests = |entry: &Arc<Entry>| entry.monitor.paused;
                if !self.entries.get(&monitor).is_none_or(rests) {
                    self.schedule.poke_at(monitor, at);
                }
            }
            Command::Done(look, looked) => self.finish(look, looked.as_deref()),
        }
    }

    /// Looks at a monitor as soon as possible, unless it rests.
    fn look_soon(&mut self, monitor: MonitorId) {
        let rests = |entry: &Arc<Entry>| entry.monitor.paused;
        if self.entries.get(&monitor).is_none_or(rests) {
            return;
        }
        let now = self.shared.environment().monotonic();
        let recent = |asked: &Duration| now.saturating_sub(*asked) < ASKED_AGAIN;
        if self.asked.get(&monitor).is_some_and(recent) {
            return;
        }
        if self.asked.len() >= MAX_ASKED {
            self.asked.retain(|_, asked| recent(asked));
        }
        self.asked.insert(monitor, now);
        self.schedule.poke(monitor, now);
    }

    /// Puts a monitor on the schedule, or leaves it there.
    fn put_on(&mut self, monitor: MonitorId, now: Duration) {
        if let Some(entry) = self.entries.get(&monitor) {
            let interval = entry.monitor.policy.interval;
            self.schedule
                .insert(monitor, interval, None, self.epoch, now);
        }
    }

    /// The share of this process is another one: what is no more in it leaves the schedule, what
    /// came into it goes on from what the store knows.
    fn divide(&mut self) {
        let now = self.shared.environment().monotonic();
        let mut came = Vec::new();
        for (id, entry) in &self.entries {
            match (self.shared.looks_at(*id), self.mine.contains(id)) {
                (true, false) => came.push((*id, Arc::clone(entry))),
                (false, true) => {
                    self.schedule.remove(*id);
                    self.poked.remove(id);
                    self.waiting.remove(id);
                    self.mine.remove(id);
                }
                _ => {}
            }
        }
        for (id, entry) in came {
            self.mine.insert(id);
            entry.memory().heard_at = now;
            // So that whoever watches over windows sees to it as to a new one.
            self.shared.roster.put(&entry);
            if entry.monitor.paused {
                let (shared, rows) = (Arc::clone(&self.shared), self.rows.clone());
                let rest = async move { rest::rest(&shared, &entry, &rows).await };
                self.shared.environment().spawn(rest.boxed());
                continue;
            }
            if entry.cadence == Cadence::Group && !self.loaded {
                continue;
            }
            self.put_on(id, now);
            if entry.cadence.is_told() || entry.cadence == Cadence::Group {
                self.schedule.poke(id, now);
            }
        }
        self.count_scheduled();
    }

    fn forget(&mut self, monitor: MonitorId) {
        self.mine.remove(&monitor);
        self.schedule.remove(monitor);
        self.waiting.remove(&monitor);
        self.poked.remove(&monitor);
        if let Some(entry) = self.entries.remove(&monitor) {
            self.shared.roster.remove(&entry);
            self.look_at_groups(&entry);
        }
    }

    fn count_in_flight(&self) {
        let count = u64::try_from(self.in_flight).unwrap_or(u64::MAX);
        self.shared
            .counters
            .in_flight
            .store(count, Ordering::Relaxed);
    }

    /// This monitor changed: the groups that it is in are looked at soon, once for many changes.
    fn look_at_groups(&mut self, entry: &Entry) {
        if !self.loaded {
            return;
        }
        let now = self.shared.environment().monotonic();
        let soon = now.saturating_add(GROUP_DELAY);
        for group in self.shared.roster.groups_of(entry) {
            self.schedule.poke_at(group, soon);
            let at = self.poked.entry(group).or_insert(soon);
            if *at <= now {
                *at = soon;
            }
        }
    }

    /// Every monitor has been read: groups are on the schedule from now on.
    fn loaded(&mut self) {
        self.loaded = true;
        let now = self.shared.environment().monotonic();
        for (id, entry) in &self.entries {
            let mine = self.mine.contains(id);
            if entry.cadence == Cadence::Group && !entry.monitor.paused && mine {
                let interval = entry.monitor.policy.interval;
                self.schedule.insert(*id, interval, None, self.epoch, now);
                self.schedule.poke(*id, now);
            }
        }
        self.count_scheduled();
        self.shared.ready.store(true, Ordering::Release);
    }

    fn count_scheduled(&self) {
        let count = u64::try_from(self.schedule.len()).unwrap_or(u64::MAX);
        self.shared
            .counters
            .scheduled
            .store(count, Ordering::Relaxed);
    }

    /// A monitor was made or changed.
    async fn change(&mut self, row: FeedRow) {
        let environment = Arc::clone(self.shared.environment());
        let id = row.record.monitor.id;
        let paused = row.record.monitor.paused;
        let cadence = self
            .shared
            .parts
            .checks
            .get(row.record.monitor.kind.as_str())
            .map_or(Cadence::Interval, |registered| registered.cadence);
        let last_result_at = row.last_result_at;
        let known = self.entries.get(&id);
        let is_new = known.is_none();
        let same_check = known.is_some_and(|entry| {
            entry.monitor.seal_version == row.record.monitor.seal_version
                && entry.monitor.paused == paused
        });
        let now = environment.monotonic();
        let entry = Arc::new(Entry::of(row, cadence, known.map(|entry| &**entry), now));
        let before = self.entries.insert(id, Arc::clone(&entry));
        self.shared.roster.put(&entry);
        self.look_at_groups(&entry);
        if let Some(before) = before.filter(|before| before.monitor.tags != entry.monitor.tags) {
            // Groups of a tag that it carries no more.
            self.look_at_groups(&before);
        }
        if !self.shared.looks_at(id) {
            self.mine.remove(&id);
            self.schedule.remove(id);
            return;
        }
        self.mine.insert(id);
        if paused {
            self.schedule.remove(id);
            self.waiting.remove(&id);
            // Beside the loop: a store that is away must not keep other monitors waiting.
            let shared = Arc::clone(&self.shared);
            let rows = self.rows.clone();
            environment.spawn(async move { rest::rest(&shared, &entry, &rows).await }.boxed());
            return;
        }
        if cadence == Cadence::Group && !self.loaded {
            return;
        }
        // What is new, changed or resumed is looked at soon; what was read at our own start waits
        // for its phase, so that ten thousand monitors do not all begin at once.
        let soon = match (is_new, last_result_at) {
            (true, Some(_)) => false,
            (true, None) => true,
            (false, _) => !same_check,
        };
        let interval = entry.monitor.policy.interval;
        self.schedule.insert(id, interval, None, self.epoch, now);
        if cadence.is_told() {
            // It asks nobody but our own store.
            self.schedule.poke(id, now);
        } else if soon {
            self.schedule.poke_at(id, self.first_looks.take(now));
        }
        if is_new && cadence == Cadence::Interval {
            let gap = last_result_at
                .and_then(|at| Duration::try_from(environment.now().duration_since(at)).ok())
                .filter(|gap| *gap > entry.monitor.policy.valid_for());
            if let Some(gap) = gap {
                let observation = Observation::unknown(
                    Reason::Gap,
                    format!("nothing was checked for {} seconds", gap.as_secs()),
                );
                look::record_gap(&self.shared, &entry, &observation, &self.rows).await;
            }
        }
    }

    /// A check ended.
    fn finish(&mut self, (id, generation): (MonitorId, u64), looked: Option<&Looked>) {
        self.in_flight = self.in_flight.saturating_sub(1);
        self.count_in_flight();
        Counters::add(&self.shared.counters.checks, 1);
        let now = self.shared.environment().monotonic();
        let elsewhere = !self.shared.looks_at(id);
        if elsewhere {
            self.schedule.remove(id);
        }
        let Some(looked) = looked else {
            self.schedule.done((id, generation), now, None, None);
            return;
        };
        if looked.gone {
            self.forget(id);
            self.schedule.done((id, generation), now, None, None);
            return;
        }
        for other in &looked.look_at {
            self.look_soon(*other);
        }
        let recheck = looked
            .recheck
            .then(|| {
                self.entries
                    .get(&id)
                    .map(|entry| entry.monitor.policy.recheck_after())
            })
            .flatten();
        let sooner = [recheck, looked.change].into_iter().flatten().min();
        self.schedule
            .done((id, generation), now, sooner, looked.deadline);
        if looked.changed
            && let Some(entry) = self.entries.get(&id).map(Arc::<Entry>::clone)
        {
            self.look_at_groups(&entry);
        }
        let waiting = self.waiting.remove(&id).unwrap_or_default();
        let (later, answered): (Vec<_>, Vec<_>) = waiting
            .into_iter()
            .partition(|(latest, _)| *latest >= generation);
        for (_, reply) in answered {
            drop(reply.send(looked.row.clone()));
        }
        if !later.is_empty() {
            if elsewhere {
                self.put_on(id, now);
                self.schedule.poke(id, now);
            }
            self.waiting.insert(id, later);
        }
    }
}
