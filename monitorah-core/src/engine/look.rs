//! One look: opens what is sealed, builds the check, runs it, distrusts it where we were at fault, settles it.

use super::{
    Counters, Shared, Stage,
    around::{self, Bearing},
    roster::{Ill, View},
    settle,
};
use crate::{
    check::{
        Cadence, Check, CheckContext, CheckEnv, Turn, group::Neighbours, manual::ManualStatus,
    },
    crypt::CryptError,
    environment::timeout,
    evidence::{Evidence, ResultDetail},
    id::MonitorId,
    monitor::{Health, Monitor, MonitorState},
    observation::{Observation, Reason, Status},
    port::{FeedRow, ResultRow},
    tenant::Tenant,
};
use futures::FutureExt;
use jiff::Timestamp;
use std::{
    hash::{DefaultHasher, Hash, Hasher},
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::sync::{mpsc, watch};

/// How long past its time limit a check may take before the engine ends it: checks that can say
/// which phase was too slow end by themselves before that.
const SLACK: Duration = Duration::from_millis(150);
/// How long a result waits for a place in the full queue before it is dropped and counted.
const QUEUE_PATIENCE: Duration = Duration::from_secs(1);
/// Monitors that are checked less often are looked at when a maintenance window opens or closes.
const OFTEN_ENOUGH: Duration = Duration::from_secs(600);
/// How many observations are remembered as evidence of what is not yet believed.
const MAX_SUSPECTS: usize = 4;

/// A monitor on the schedule.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) tenant: Tenant,
    pub(super) monitor: Monitor,
    pub(super) cadence: Cadence,
    /// The epoch of the memory that this entry belongs to.
    pub(super) epoch: u64,
    memory: Arc<Mutex<Memory>>,
}

/// What is remembered of a monitor from look to look, also over changes of its configuration.
#[derive(Debug, Clone)]
pub(super) struct Memory {
    pub(super) state: MonitorState,
    /// The version of the state that is stored.
    pub(super) version: i64,
    /// The store failed while it settled: whether it did is not known, and is read before anything
    /// more is decided.
    pub(super) doubtful: bool,
    /// Counts pauses and changes: a look of an earlier epoch decides nothing.
    pub(super) epoch: u64,
    /// Observations on the way to a change of belief.
    pub(super) suspects: Vec<Evidence>,
    /// When the monitor last gave a result, or when it should have begun to: monotonic.
    pub(super) heard_at: Duration,
    /// Since when it is looked at again before people are told of its event: monotonic.
    pub(super) confirming_since: Option<Duration>,
    /// Which saying of a manual monitor was settled.
    pub(super) said_at: Option<(Timestamp, Bearing)>,
    /// How maintenance windows bore on the last look.
    pub(super) bearing: Option<Bearing>,
    last_row: Option<(Timestamp, i32)>,
    last_detail: Option<u64>,
    /// The newest result that went into the log.
    logged: Option<(Timestamp, Said)>,
}

/// What a result says that another one may say again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Said {
    status: Status,
    reason: Reason,
    detail: u64,
    bearing: Bearing,
}

impl Said {
    fn of(observation: &Observation, detail: u64, bearing: Bearing) -> Self {
        Self {
            status: observation.status,
            reason: observation.reason,
            detail,
            bearing,
        }
    }
}

fn hash_of(detail: &ResultDetail) -> u64 {
    let mut hasher = DefaultHasher::new();
    detail.hash(&mut hasher);
    hasher.finish()
}

impl Memory {
    /// Whether the newest result in the log says this, and is not older than an interval.
    fn says(&self, said: &Said, at: Timestamp, interval: Duration) -> bool {
        self.logged.as_ref().is_some_and(|(logged_at, logged)| {
            let age = Duration::try_from(at.duration_since(*logged_at));
            logged == said && age.is_ok_and(|age| age < interval)
        })
    }

    /// Takes over what the store knows. A streak is known to memory alone and goes on while the
    /// same is believed: a reminder that was written meanwhile makes nobody count anew.
    pub(super) fn adopt(&mut self, stored: MonitorState, version: i64) {
        let known = std::mem::replace(&mut self.state, stored);
        self.version = version;
        self.doubtful = false;
        if known.health == self.state.health {
            self.state.streak = known.streak;
            self.state.again = known.again;
        } else {
            self.state.streak = None;
            self.suspects.clear();
        }
    }
}

impl Entry {
    /// The entry of a row of the feed; what was remembered goes on, unless the store knows better.
    pub(super) fn of(row: FeedRow, cadence: Cadence, before: Option<&Self>, now: Duration) -> Self {
        let fresh = Memory {
            state: row.record.state,
            version: row.record.state_version,
            doubtful: false,
            epoch: 0,
            suspects: Vec::new(),
            heard_at: now,
            confirming_since: None,
            said_at: None,
            bearing: None,
            last_row: None,
            last_detail: None,
            logged: None,
        };
        let memory = match before {
            None => Arc::new(Mutex::new(fresh)),
            Some(before) => {
                let memory = Arc::clone(&before.memory);
                let mut held = memory.lock().unwrap_or_else(PoisonError::into_inner);
                let same = before.monitor.paused == row.record.monitor.paused
                    && before.monitor.seal_version == row.record.monitor.seal_version
                    && before.monitor.policy == row.record.monitor.policy;
                if !same {
                    held.heard_at = now;
                    held.epoch += 1;
                    held.state.streak = None;
                    held.suspects.clear();
                }
                if fresh.version > held.version {
                    held.adopt(fresh.state, fresh.version);
                }
                drop(held);
                memory
            }
        };
        let epoch = memory.lock().unwrap_or_else(PoisonError::into_inner).epoch;
        Self {
            tenant: row.tenant,
            monitor: row.record.monitor,
            cadence,
            epoch,
            memory,
        }
    }

    /// Whether maintenance windows are to be waited for: the next look may be far away.
    pub(super) fn is_seldom(&self) -> bool {
        self.cadence.is_fact() || self.monitor.policy.interval > OFTEN_ENOUGH
    }

    pub(super) fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a look comes to.
#[derive(Debug)]
pub(super) struct Looked {
    pub(super) row: ResultRow,
    /// Whether to look again soon.
    pub(super) recheck: bool,
    /// How long until the result would change by itself.
    pub(super) deadline: Option<Duration>,
    /// How long until a maintenance window opens or closes, where that is to be looked at, or until
    /// an event that is held open may end.
    pub(super) change: Option<Duration>,
    /// Other monitors that are to be looked at soon.
    pub(super) look_at: Vec<MonitorId>,
    /// Whether what is believed of the monitor, or how sure that is, changed.
    pub(super) changed: bool,
    /// Whether the monitor is no longer there.
    pub(super) gone: bool,
}

/// Looks once, settles, and hands the result to the log; but for one of a group that is looked at
/// because a member changed (`poked`), which says what the last one said already.
pub(super) async fn look(
    shared: Arc<Shared>,
    entry: Arc<Entry>,
    (planned, poked): (Duration, bool),
    rows: mpsc::Sender<ResultRow>,
    mut stages: watch::Receiver<Stage>,
) -> Looked {
    let environment = Arc::clone(shared.environment());
    let started = environment.monotonic();
    let at = environment.now();
    let lag = started.saturating_sub(planned);
    shared.lag.observe(lag);
    let policy = entry.monitor.policy;
    // The wait for a place at a busy host is our delay as much as a late start is.
    let fence = shared.fence(entry.monitor.id);
    let turn = Turn::new(policy.trusted_lag().saturating_sub(lag));
    let seen = tokio::select! {
        biased;
        seen = observe(&shared, &entry, &turn) => seen,
        _ = stages.wait_for(|stage| *stage == Stage::Aborting) => Seen::only(
            Observation::unknown(Reason::ProbeLate, "the server was stopped during the check"),
        ),
    };
    let (mut observation, deadline) = (seen.observation, seen.deadline);
    let ended = environment.monotonic();
    let took = ended
        .saturating_sub(started)
        .saturating_sub(turn.waited(ended));
    if observation.total.is_zero() && entry.cadence == Cadence::Interval {
        observation.total = took;
    }
    let paused_meanwhile = took > policy.timeout + SLACK + Duration::from_secs(1);
    let late = lag > policy.trusted_lag() && !entry.cadence.is_fact();
    if (late || paused_meanwhile) && observation.status != Status::Unknown {
        observation = Observation::unknown(
            Reason::ProbeLate,
            "this process was late, so the result cannot be trusted",
        );
    }
    let suspicious = observation.status == Status::Down && !entry.cadence.is_fact();
    if suspicious && shared.uplink.is_down(&shared).await {
        observation = Observation::unknown(
            Reason::ProbeOffline,
            "the reference targets fail too: this machine seems to be offline",
        );
    }
    if observation.status == Status::Unknown {
        Counters::add(&shared.counters.unknown, 1);
        if is_own_fault(observation.reason) {
            Counters::add(&shared.counters.untrusted, 1);
        }
    }
    let before = belief(&entry);
    let settled = settle::settle(&shared, &entry, &observation, &seen.ill, (at, fence)).await;
    let bearing = around::bearing(&shared, &entry, at).await;
    let (row, detail) = row(&shared, &entry, &observation, at, bearing).await;
    // What was said of a manual monitor is one result, however often it is read; one for each
    // stretch of time with or without a maintenance window.
    let said_at = seen.said_at.map(|said_at| (said_at, bearing));
    let repeated = said_at.is_some() && entry.memory().said_at == said_at;
    let said = Said::of(&observation, detail, bearing);
    if poked && entry.memory().says(&said, at, policy.interval) {
        entry.memory().heard_at = environment.monotonic();
    } else if !repeated && enqueue(&shared, &rows, row.clone()).await {
        let mut memory = entry.memory();
        memory.heard_at = environment.monotonic();
        memory.said_at = said_at;
        memory.logged = Some((at, said));
    }
    // A result speaks no further than its window does, so that what seldom changes is looked at
    // when the window opens and when it closes. A group is what its members are, and each window
    // may be about some of them.
    let changes_at = match entry.cadence {
        Cadence::Group => {
            around::next_change(&around::windows(&shared, &entry.tenant, at).await, at)
        }
        _ => bearing.changes_at,
    };
    entry.memory().bearing = Some(bearing);
    let changes_at = changes_at.filter(|_| entry.is_seldom());
    let change = [changes_at, held_until(&entry, at)]
        .into_iter()
        .flatten()
        .min()
        .and_then(|change| Duration::try_from(change.duration_since(environment.now())).ok());
    Looked {
        row,
        changed: belief(&entry) != before,
        recheck: settled.recheck,
        deadline,
        change,
        look_at: settled.look_at,
        gone: settled.gone,
    }
}

/// Puts a gap into the log; it speaks for no time and changes no state.
pub(super) async fn record_gap(
    shared: &Shared,
    entry: &Entry,
    observation: &Observation,
    rows: &mpsc::Sender<ResultRow>,
) {
    Counters::add(&shared.counters.unknown, 1);
    let at = shared.environment().now();
    let bearing = around::bearing(shared, entry, at).await;
    let (mut row, _) = row(shared, entry, observation, at, bearing).await;
    row.valid_for = Duration::ZERO;
    entry.memory().logged = None;
    let _ = enqueue(shared, rows, row).await;
}

/// What is believed of a monitor, and whether its last result could not be trusted.
fn belief(entry: &Entry) -> (Health, bool) {
    let memory = entry.memory();
    (
        memory.state.health,
        memory.state.last == Some(Status::Unknown),
    )
}

/// Until when the event of what is well by now is held open because it flapped. Who is looked at only
/// when something is said of it is looked at then all the same: nothing else would end the event.
fn held_until(entry: &Entry, at: Timestamp) -> Option<Timestamp> {
    let memory = entry.memory();
    let state = &memory.state;
    let held = state.open_event.is_some() && state.health.badness() == 0;
    state.damped_until.filter(|until| held && *until > at)
}

/// Whether a result is UNKNOWN because of us, and not because of a policy or of what it is about.
const fn is_own_fault(reason: Reason) -> bool {
    matches!(
        reason,
        Reason::ProbeLate | Reason::ProbeOffline | Reason::ResolverFailure | Reason::Internal
    )
}

/// What a look came to, before anybody distrusts it.
struct Seen {
    observation: Observation,
    deadline: Option<Duration>,
    /// Which saying of a manual monitor it is.
    said_at: Option<Timestamp>,
    /// The members of a group that are not well.
    ill: Vec<Ill>,
}

impl Seen {
    const fn only(observation: Observation) -> Self {
        Self {
            observation,
            deadline: None,
            said_at: None,
            ill: Vec::new(),
        }
    }
}

/// Opens, builds and runs the check. Whatever goes wrong on our side is an UNKNOWN.
async fn observe(shared: &Shared, entry: &Entry, turn: &Turn) -> Seen {
    match prepare(shared, entry, turn).await {
        Err(observation) => Seen::only(observation),
        Ok((check, cx, view)) => {
            let limit = cx.timeout + SLACK;
            let run = AssertUnwindSafe(check.run(&cx)).catch_unwind();
            let observation = match cx.within(limit, run).await {
                Ok(Ok(observation)) => observation,
                Ok(Err(_panic)) => {
                    tracing::error!(monitor = %entry.monitor.id, kind = %entry.monitor.kind, "the check panicked");
                    Observation::unknown(Reason::Internal, "the check itself failed")
                }
                Err(_) => Observation::down(
                    Reason::TimeoutTotal,
                    format!("no result within {} s", cx.timeout.as_secs_f64()),
                ),
            };
            let deadline = check
                .deadline(&cx)
                .and_then(|at| Duration::try_from(at.duration_since(cx.environment.now())).ok())
                .map(|left| left.max(Duration::from_millis(1)));
            if let Some(view) = &view {
                shared.roster.watch(entry, view.watched());
            }
            Seen {
                observation,
                deadline,
                said_at: cx.manual.map(|said| said.at),
                ill: view.map(|view| view.ill()).unwrap_or_default(),
            }
        }
    }
}

async fn prepare(
    shared: &Shared,
    entry: &Entry,
    turn: &Turn,
) -> Result<(Box<dyn Check>, CheckContext, Option<Arc<View>>), Observation> {
    let parts = &shared.parts;
    let monitor = &entry.monitor;
    let sealed = |error: CryptError| {
        tracing::warn!(monitor = %monitor.id, %error, "the configuration cannot be opened");
        match error {
            CryptError::Unavailable(_) => {
                Observation::unknown(Reason::Sealed, "the key of the account is not available")
            }
            _ => Observation::unknown(Reason::Internal, "the configuration does not open"),
        }
    };
    let internal = |detail: &str| Observation::unknown(Reason::Internal, detail);
    let keyring = &parts.keyring;
    let target = keyring
        .open_text(&entry.tenant, &monitor.target_place(), &monitor.target)
        .await
        .map_err(sealed)?;
    let config = keyring
        .open(&entry.tenant, &monitor.config_place(), &monitor.config)
        .await
        .map_err(sealed)?;
    // A monitor that nothing is believed of was just made or resumed: what is due counts from then.
    let since = match entry.memory().state.health {
        Health::Pending => monitor.updated_at,
        _ => monitor.created_at,
    };
    let env = CheckEnv::new(target, monitor.policy.interval, since);
    let check = parts.checks.build_stored(monitor.kind.as_str(), config.expose(), env).map_err(|error| {
        // The fields name what is wrong, and never the values that the user wrote.
        let what = error.fields.first().map_or("", |field| field.pointer.as_str()).to_owned();
        tracing::warn!(monitor = %monitor.id, kind = %monitor.kind, what, "the check cannot be built");
        internal("the check cannot be built from its configuration by this version")
    })?;
    let heartbeat = match entry.cadence {
        Cadence::Interval | Cadence::Group | Cadence::Manual => None,
        Cadence::Heartbeat => {
            match parts
                .ports
                .heartbeats
                .heartbeat(&entry.tenant, monitor.id)
                .await
            {
                Ok(record) => Some(record.state),
                Err(error) => {
                    shared.store_fault("reading a heartbeat", &error);
                    return Err(internal("the heartbeat cannot be read"));
                }
            }
        }
    };
    let manual = match entry.cadence {
        Cadence::Manual => said(shared, entry).await?,
        _ => None,
    };
    let view = match entry.cadence {
        Cadence::Group => Some(Arc::new(View::new(shared, entry.tenant).await)),
        _ => None,
    };
    let cx = CheckContext {
        listening_since: shared.listening_since(),
        heartbeat,
        manual,
        neighbours: view
            .as_ref()
            .map(|view| Arc::<View>::clone(view) as Arc<dyn Neighbours>),
        turn: turn.clone(),
        ..CheckContext::new(&parts.environment, monitor.policy.timeout)
    };
    Ok((check, cx, view))
}

/// What was said of a manual monitor last.
async fn said(shared: &Shared, entry: &Entry) -> Result<Option<ManualStatus>, Observation> {
    let internal = |detail: &str| Observation::unknown(Reason::Internal, detail);
    let parts = &shared.parts;
    let stored = parts
        .ports
        .manual
        .manual_status(&entry.tenant, entry.monitor.id)
        .await
        .map_err(|error| {
            shared.store_fault("reading a manual status", &error);
            internal("the status cannot be read")
        })?;
    let Some(stored) = stored else {
        return Ok(None);
    };
    let message = match &stored.message {
        None => None,
        Some(sealed) => {
            let place = stored.message_place(entry.tenant.account(), &entry.monitor.id);
            match parts.keyring.open_text(&entry.tenant, &place, sealed).await {
                Ok(text) => Some(text.expose().clone()),
                // The status itself is known, and matters more than the words that went with it.
                Err(CryptError::Unavailable(_)) => None,
                Err(error) => {
                    tracing::warn!(monitor = %entry.monitor.id, %error, "the message of a manual status does not open");
                    None
                }
            }
        }
    };
    Ok(Some(ManualStatus {
        status: stored.status,
        message,
        at: stored.at,
    }))
}

/// The row of the result log, and the hash of what it says beyond its columns: that is sealed, and
/// kept where it fails or differs from the look before.
async fn row(
    shared: &Shared,
    entry: &Entry,
    observation: &Observation,
    at: Timestamp,
    bearing: Bearing,
) -> (ResultRow, u64) {
    let detail = ResultDetail::of(observation);
    let hash = hash_of(&detail);
    let (sequence, differs) = {
        let mut memory = entry.memory();
        let sequence = match memory.last_row {
            Some((last, sequence)) if last == at => sequence.saturating_add(1),
            _ => 0,
        };
        memory.last_row = Some((at, sequence));
        (sequence, memory.last_detail.replace(hash) != Some(hash))
    };
    let keep = !detail.is_empty() && (differs || observation.status != Status::Up);
    let detail = if keep {
        seal_detail(shared, entry, &detail, at).await
    } else {
        None
    };
    let row = ResultRow {
        tenant: entry.tenant,
        monitor: entry.monitor.id,
        at,
        region: shared.parts.options.region,
        sequence,
        status: observation.status,
        reason: observation.reason,
        status_code: observation.status_code,
        total: observation.total,
        timings: observation.timings,
        valid_for: bearing.cut(
            observation
                .valid_for
                .unwrap_or_else(|| entry.monitor.policy.valid_for()),
            at,
        ),
        maintenance: bearing.open,
        detail,
    };
    (row, hash)
}

async fn seal_detail(
    shared: &Shared,
    entry: &Entry,
    detail: &ResultDetail,
    at: Timestamp,
) -> Option<crate::crypt::Sealed> {
    let json = serde_json::to_vec(detail).ok()?;
    let place = ResultDetail::place(entry.tenant.account(), &entry.monitor.id, at);
    shared
        .parts
        .keyring
        .seal(&entry.tenant, &place, &json)
        .await
        .ok()
}

/// Back-pressure first, then a counted drop: a store that is away holds no check up for ever.
/// Says whether the row found its place.
async fn enqueue(shared: &Shared, rows: &mpsc::Sender<ResultRow>, row: ResultRow) -> bool {
    let row = match rows.try_send(row) {
        Ok(()) => return true,
        Err(mpsc::error::TrySendError::Full(row) | mpsc::error::TrySendError::Closed(row)) => row,
    };
    let sent = timeout(&**shared.environment(), QUEUE_PATIENCE, rows.send(row)).await;
    let found = matches!(sent, Ok(Ok(())));
    if !found {
        Counters::add(&shared.counters.dropped_results, 1);
    }
    found
}

/// Remembers what was seen on the way to a change of belief.
pub(super) fn remember(memory: &mut Memory, evidence: Evidence) {
    if memory.suspects.len() >= MAX_SUSPECTS {
        // The first one tells how it began; of the rest the latest ones count.
        memory.suspects.remove(1);
    }
    memory.suspects.push(evidence);
}
