//! The loops, and the only ones: run due checks, settle verdicts, deliver the outbox, sweep.
//!
//! ```text
//! feed ──> run ──spawns──> look ──> settle ──> (store) ──> deliver
//!                            └────> batch  ──> (store)     sweep
//! ```

mod around;
mod audience;
mod batch;
mod deliver;
mod feed;
mod group;
mod hush;
mod look;
mod message;
mod pacing;
mod proof;
mod remind;
mod rest;
mod roster;
mod run;
mod settle;
mod share;
mod stats;
mod sweep;
mod trouble;
mod uplink;
mod watchdog;

pub use stats::{EngineStats, LagHistogram};
pub use trouble::StoreTrouble;
pub use watchdog::Watch;

use crate::{
    channel::ChannelRegistry,
    check::{Check, CheckRegistry},
    crypt::Keyring,
    environment::Env,
    id::MonitorId,
    port::{Fence, Ports, ReplicaId, ResultRow, Share},
    region::Region,
    storm::StormLimits,
};
use futures::FutureExt;
use jiff::Timestamp;
use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::sync::{Notify, mpsc, oneshot, watch};

/// What the use-cases need of a delivery: a test message goes the same way as any other.
pub(crate) mod delivering {
    pub(crate) use super::{
        deliver::{build, config_place, record_of, send},
        message::payload_place,
    };
}

/// What the use-cases need of the end of what people were told of.
pub(crate) mod ending {
    pub(crate) use super::{Means, rest::closing, settle::SettleError};
}

/// What messages are made with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Means<'a> {
    pub(crate) ports: &'a Ports,
    pub(crate) keyring: &'a Keyring,
    pub(crate) channels: &'a ChannelRegistry,
    pub(crate) public_url: Option<&'a str>,
}

/// How much the engine does at once, and how long it waits. The defaults suit a small machine.
#[derive(Debug)]
pub struct EngineOptions {
    /// Where this engine looks from.
    pub region: Region,
    /// The most checks in flight at once.
    pub checks_in_flight: usize,
    /// How many monitors that are new or changed are looked at in a second, beyond a first hundred:
    /// each of the others waits for its turn or its phase, whichever is sooner.
    pub first_looks_per_second: u32,
    /// The most results that wait to be stored; beyond that they are dropped and counted.
    pub result_queue: usize,
    /// The most results of one batch.
    pub result_batch: usize,
    /// The longest that a result waits for its batch.
    pub result_delay: Duration,
    /// The most deliveries in flight at once.
    pub deliveries_in_flight: u32,
    /// The most deliveries to one channel in flight at once, so that a receiver that hangs keeps
    /// no other one waiting.
    pub deliveries_per_channel: u32,
    /// When messages are grouped.
    pub storm: StormLimits,
    /// The longest that one delivery may take.
    pub delivery_timeout: Duration,
    /// How soon a change by another process is noticed.
    pub feed_poll: Duration,
    /// How long this process keeps its share of the monitors without asking for it again, where
    /// several servers work on one store: those of one that is gone are in others' soon after.
    pub share_lease: Duration,
    /// Looks at targets that are known to be well. A failed result is believed only while one of
    /// them succeeds; without any, failed results are believed.
    pub references: Vec<Box<dyn Check>>,
    /// Where people reach this installation, without a slash at its end: messages link there.
    pub public_url: Option<String>,
}

impl Default for EngineOptions {
    fn default() -> Self {
        Self {
            region: Region::LOCAL,
            checks_in_flight: 2_000,
            first_looks_per_second: 500,
            result_queue: 50_000,
            result_batch: 1_000,
            result_delay: Duration::from_millis(200),
            deliveries_in_flight: 32,
            deliveries_per_channel: 4,
            storm: StormLimits::default(),
            delivery_timeout: Duration::from_secs(10),
            feed_poll: Duration::from_secs(1),
            share_lease: Duration::from_secs(10),
            references: Vec::new(),
            public_url: None,
        }
    }
}

/// What the engine is made of.
#[derive(Debug)]
pub struct Parts {
    /// Clock, sleep, randomness, tasks.
    pub environment: Env,
    /// The check types.
    pub checks: Arc<CheckRegistry>,
    /// The channel types.
    pub channels: Arc<ChannelRegistry>,
    /// Seals and opens.
    pub keyring: Arc<Keyring>,
    /// Storage.
    pub ports: Ports,
    /// How much at once.
    pub options: EngineOptions,
}

/// What the engine has done since it started.
#[derive(Debug, Default)]
pub struct Counters {
    /// Checks that ended.
    pub checks: AtomicU64,
    /// Results that are UNKNOWN.
    pub unknown: AtomicU64,
    /// Looks whose result could not be trusted for a reason of our own.
    pub untrusted: AtomicU64,
    /// Looks in flight.
    pub in_flight: AtomicU64,
    /// Notifications that waited when the sweep last counted them.
    pub outbox_waiting: AtomicU64,
    /// Monitors that gave no result for two intervals when the watchdog last looked.
    pub silent: AtomicU64,
    /// Times that monitors fell silent.
    pub silence_alerts: AtomicU64,
    /// Results that found no place in the queue.
    pub dropped_results: AtomicU64,
    /// Results that were stored.
    pub stored_results: AtomicU64,
    /// Ticks that were passed over.
    pub skipped_ticks: AtomicU64,
    /// Monitors on the schedule.
    pub scheduled: AtomicU64,
    /// Notifications that were delivered.
    pub delivered: AtomicU64,
    /// Messages of more than one notification that a receiver took.
    pub groups: AtomicU64,
    /// Notifications that were given up.
    pub dead: AtomicU64,
    /// Stored rows that could not be understood when results were rolled up, reminders were due or
    /// what waits to be told was gone through, and were left out.
    pub unreadable_rows: AtomicU64,
    /// Times that a store port failed.
    pub store_faults: AtomicU64,
}

impl Counters {
    fn add(counter: &AtomicU64, by: u64) {
        counter.fetch_add(by, Ordering::Relaxed);
    }
}

/// The longest that a process waits on its way out to give its share back.
const LEAVE: Duration = Duration::from_secs(2);

/// How far the engine is on its way out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Running,
    /// Nothing new is begun.
    Stopping,
    /// What is in flight is given up.
    Aborting,
}

/// What the loops share.
#[derive(Debug)]
struct Shared {
    parts: Parts,
    counters: Counters,
    uplink: uplink::Uplink,
    /// Since when pings could be received, as far as this process knows: it moves on when the
    /// process finds that it was stopped for a while.
    listening_since: Mutex<Timestamp>,
    ready: AtomicBool,
    trouble: trouble::Trouble,
    roster: Arc<roster::Roster>,
    lag: stats::Lag,
    watch: Mutex<Watch>,
    /// When this process last went on after it was stopped: monotonic.
    resumed_at: Mutex<Duration>,
    pacing: pacing::Pacing,
    replica: ReplicaId,
    /// The monitors that this process looks at; none until the store said so.
    share: watch::Sender<Option<Share>>,
    /// A settle was refused: the share is another's by now.
    share_lost: Notify,
    outbox_changed: Notify,
    feed_changed: Notify,
    /// Something that keeps people from being told is over, or may be.
    quiet_changed: Notify,
    windows: around::Windows,
}

impl Shared {
    fn means(&self) -> Means<'_> {
        Means {
            ports: &self.parts.ports,
            keyring: &self.parts.keyring,
            channels: &self.parts.channels,
            public_url: self.parts.options.public_url.as_deref(),
        }
    }

    /// What a settle of this monitor is held to, if it is in the share of this process.
    fn fence(&self, monitor: MonitorId) -> Option<Fence> {
        self.share.borrow().as_ref()?.fence(monitor)
    }

    /// Whether this process looks at a monitor.
    fn looks_at(&self, monitor: MonitorId) -> bool {
        let share = self.share.borrow();
        share.as_ref().is_some_and(|share| share.has(monitor))
    }

    fn environment(&self) -> &Env {
        &self.parts.environment
    }

    fn listening_since(&self) -> Timestamp {
        *self
            .listening_since
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// This process was stopped until now.
    fn was_stopped(&self) {
        let now = self.environment().now();
        *self
            .listening_since
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = now;
        *self
            .resumed_at
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = self.environment().monotonic();
    }

    /// When this process last went on after it was stopped: monotonic.
    fn resumed_at(&self) -> Duration {
        *self
            .resumed_at
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts and logs a fault of the store; the loops go on and try again.
    fn store_fault(&self, doing: &'static str, error: &dyn std::error::Error) {
        Counters::add(&self.counters.store_faults, 1);
        tracing::warn!(doing, %error, source = error.source().map(tracing::field::display), "the store failed");
        // What the store said itself: that it cannot be used now tells nobody what to do.
        let why = match error.source() {
            Some(source) => format!("{error} ({source})"),
            None => error.to_string(),
        };
        self.trouble.met(doing, why, self.environment().now());
    }

    /// The store took a write.
    fn wrote(&self) {
        self.trouble.over();
    }
}

/// What the run loop is told.
#[derive(Debug)]
enum Command {
    Feed(Vec<crate::port::FeedChange>),
    /// Every monitor has been told.
    Loaded,
    /// The share of this process is another one.
    Share,
    CheckNow(MonitorId, oneshot::Sender<ResultRow>),
    /// A look is asked for; nobody waits for its result.
    Look(MonitorId),
    /// A look is asked for at this time (monotonic), if none comes before.
    LookAt(MonitorId, Duration),
    /// The look of this generation ended; without a result when it panicked beside the check itself.
    Done((MonitorId, u64), Option<Box<look::Looked>>),
}

/// A running engine.
#[derive(Debug)]
pub struct Engine {
    shared: Arc<Shared>,
    commands: mpsc::Sender<Command>,
    stage: watch::Sender<Stage>,
    ended: Vec<oneshot::Receiver<()>>,
}

/// Lets other parts of the program tell a running engine something.
#[derive(Debug, Clone)]
pub struct EngineHandle {
    shared: Arc<Shared>,
    commands: mpsc::Sender<Command>,
}

impl Engine {
    /// Starts the loops as tasks of the environment.
    #[must_use]
    pub fn start(mut parts: Parts) -> Self {
        let environment = Arc::clone(&parts.environment);
        let mut replica = [0; 16];
        environment.fill_random(&mut replica);
        let replica = ReplicaId(replica);
        let references = std::mem::take(&mut parts.options.references);
        let shared = Arc::new(Shared {
            uplink: uplink::Uplink::new(references),
            listening_since: Mutex::new(environment.now()),
            ready: AtomicBool::new(false),
            trouble: trouble::Trouble::default(),
            roster: Arc::default(),
            lag: stats::Lag::default(),
            watch: Mutex::default(),
            resumed_at: Mutex::new(environment.monotonic()),
            counters: Counters::default(),
            pacing: pacing::Pacing::default(),
            replica,
            share: watch::Sender::new(None),
            share_lost: Notify::new(),
            outbox_changed: Notify::new(),
            feed_changed: Notify::new(),
            quiet_changed: Notify::new(),
            windows: around::Windows::default(),
            parts,
        });
        let (stage, stages) = watch::channel(Stage::Running);
        let (commands, inbox) = mpsc::channel(8_192);
        let (rows, queue) = mpsc::channel(shared.parts.options.result_queue.max(1));
        let mut ended = Vec::new();
        let mut start = |work: futures::future::BoxFuture<'static, ()>| {
            let (done, end) = oneshot::channel();
            ended.push(end);
            environment.spawn(
                async move {
                    work.await;
                    let _ = done.send(());
                }
                .boxed(),
            );
        };
        start(batch::run(Arc::clone(&shared), queue).boxed());
        start(
            run::run(
                Arc::clone(&shared),
                inbox,
                commands.clone(),
                rows,
                stages.clone(),
            )
            .boxed(),
        );
        start(feed::run(Arc::clone(&shared), commands.clone(), stages.clone()).boxed());
        start(share::run(Arc::clone(&shared), commands.clone(), stages.clone()).boxed());
        start(hush::run(Arc::clone(&shared), commands.clone(), stages.clone()).boxed());
        start(deliver::run(Arc::clone(&shared), stages.clone()).boxed());
        start(sweep::run(Arc::clone(&shared), stages.clone()).boxed());
        start(watchdog::run(Arc::clone(&shared), stages).boxed());
        Self {
            shared,
            commands,
            stage,
            ended,
        }
    }

    /// A handle for other parts of the program.
    #[must_use]
    pub fn handle(&self) -> EngineHandle {
        EngineHandle {
            shared: Arc::clone(&self.shared),
            commands: self.commands.clone(),
        }
    }

    /// Begins no check and no delivery from now on; [`Engine::stop`] still has to be called.
    pub fn begin_stop(&self) {
        let _ = self.stage.send(Stage::Stopping);
    }

    /// Stops: nothing new is begun; checks and deliveries in flight may end within `patience`, then
    /// they are given up as UNKNOWN or released; every result is stored, every lease returned.
    pub async fn stop(self, patience: Duration) {
        let _ = self.stage.send(Stage::Stopping);
        let environment = Arc::clone(self.shared.environment());
        let mut all = futures::future::join_all(self.ended);
        if crate::environment::timeout(&*environment, patience, &mut all)
            .await
            .is_err()
        {
            let _ = self.stage.send(Stage::Aborting);
            // What is left only has the store to wait for; a store that never answers must not
            // keep the process for ever.
            let last = Duration::from_secs(10);
            if crate::environment::timeout(&*environment, last, &mut all)
                .await
                .is_err()
            {
                tracing::error!("the store did not answer while stopping; results may be lost");
            }
        }
        // Nothing is looked at any more: others need not wait until the lease is over.
        let leave = self.shared.parts.ports.feed.leave(self.shared.replica);
        if !matches!(
            crate::environment::timeout(&*environment, LEAVE, leave).await,
            Ok(Ok(()))
        ) {
            tracing::warn!("the share of monitors was not given back; it is over soon");
        }
    }
}

impl EngineHandle {
    /// Whether every monitor has been read and is on the schedule.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.shared.ready.load(Ordering::Acquire)
    }

    /// What the engine has done since it started.
    #[must_use]
    pub fn counters(&self) -> &Counters {
        &self.shared.counters
    }

    /// What the engine has done and how it is, as numbers.
    #[must_use]
    pub fn stats(&self) -> EngineStats {
        EngineStats::of(&self.shared)
    }

    /// What the operator should look into, as of at most 15 seconds ago.
    #[must_use]
    pub fn watch(&self) -> Watch {
        self.shared
            .watch
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// What the store fails at, while it does: none when nothing failed since the last write that
    /// succeeded.
    #[must_use]
    pub fn trouble(&self) -> Option<StoreTrouble> {
        self.shared.trouble.standing()
    }

    /// Something was written that the feed tells: read it now instead of at the next poll.
    pub fn feed_changed(&self) {
        self.shared.feed_changed.notify_one();
    }

    /// A notification was written: deliver it now instead of at the next round.
    pub fn outbox_changed(&self) {
        self.shared.outbox_changed.notify_one();
    }

    /// Windows or silences changed: what is kept quiet is decided anew now instead of at the next
    /// round.
    pub fn quiet_changed(&self) {
        self.shared.windows.forget();
        self.shared.quiet_changed.notify_one();
    }

    /// Looks at a monitor now, and returns the result; none when it is not on the schedule.
    pub async fn check_now(&self, monitor: MonitorId) -> Option<ResultRow> {
        let (reply, row) = oneshot::channel();
        self.commands
            .send(Command::CheckNow(monitor, reply))
            .await
            .ok()?;
        row.await.ok()
    }
}
