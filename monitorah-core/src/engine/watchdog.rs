//! The watchdog: monitors that silently stopped being looked at, and results that could not be trusted.
//!
//! It asks nobody but the memory of the engine, and runs beside the loops that it watches: a store
//! that hangs or a schedule that lost a monitor does not stop it.

use super::{Counters, Shared, Stage};
use crate::{check::Cadence, id::MonitorId};
use std::{
    collections::{BTreeSet, VecDeque},
    sync::{Arc, PoisonError, atomic::Ordering},
    time::Duration,
};
use tokio::sync::watch;

/// How often the watchdog looks.
const EVERY: Duration = Duration::from_secs(15);
/// What a result may take beyond two intervals and the timeout: the wait for a place in a queue.
const SLACK: Duration = Duration::from_secs(5);
/// How many rounds make the window in which results are counted: fifteen minutes.
const WINDOW: usize = 60;
/// More than this many of a thousand looks that could not be trusted are told.
const PERMILLE: u64 = 1;
/// Fewer than this many say nothing.
const LEAST: u64 = 5;
/// How many silent monitors are named.
const NAMED: usize = 20;
/// What stays is told again after this many rounds: an hour.
const AGAIN: u32 = 240;

/// What the operator should look into.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Watch {
    /// Monitors that gave no result for two intervals, though they are not paused.
    pub silent: u64,
    /// The first 20 of them.
    pub silent_monitors: Vec<MonitorId>,
    /// Looks of the last 15 minutes.
    pub looks: u64,
    /// Those of them whose result could not be trusted for a reason of our own: `PROBE_LATE`,
    /// `PROBE_OFFLINE`, `RESOLVER_FAILURE` and `INTERNAL`.
    pub untrusted: u64,
}

impl Watch {
    /// Whether more than one in a thousand looks could not be trusted.
    #[must_use]
    pub const fn is_untrustworthy(&self) -> bool {
        self.untrusted >= LEAST && self.untrusted.saturating_mul(1_000) > self.looks * PERMILLE
    }
}

pub(super) async fn run(shared: Arc<Shared>, mut stages: watch::Receiver<Stage>) {
    tokio::select! {
        () = guard(&shared) => {}
        _ = stages.wait_for(|stage| *stage > Stage::Running) => {}
    }
}

async fn guard(shared: &Shared) {
    let mut rounds: VecDeque<(u64, u64)> = VecDeque::from([(0, 0)]);
    let mut known = BTreeSet::new();
    let mut told = 0_u32;
    let mut distrusted = false;
    loop {
        shared.environment().sleep(EVERY).await;
        if !shared.ready.load(Ordering::Acquire) {
            continue;
        }
        let silent = silent(shared);
        let counters = &shared.counters;
        let now = (
            counters.checks.load(Ordering::Relaxed),
            counters.untrusted.load(Ordering::Relaxed),
        );
        let before = rounds.front().copied().unwrap_or_default();
        rounds.push_back(now);
        if rounds.len() > WINDOW {
            rounds.pop_front();
        }
        let watch = Watch {
            silent: u64::try_from(silent.len()).unwrap_or(u64::MAX),
            silent_monitors: silent.iter().take(NAMED).copied().collect(),
            looks: now.0.saturating_sub(before.0),
            untrusted: now.1.saturating_sub(before.1),
        };
        told = told.saturating_add(1);
        if !silent.is_subset(&known) || (!silent.is_empty() && told >= AGAIN) {
            told = 0;
            Counters::add(&counters.silence_alerts, 1);
            tracing::error!(
                count = watch.silent,
                first = ?watch.silent_monitors,
                "monitors gave no result for two intervals: they are not watched"
            );
        } else if silent.is_empty() && !known.is_empty() {
            tracing::info!("every monitor gives results again");
        }
        if watch.is_untrustworthy() != distrusted {
            distrusted = watch.is_untrustworthy();
            if distrusted {
                tracing::error!(
                    untrusted = watch.untrusted,
                    looks = watch.looks,
                    "more than one in a thousand looks cannot be trusted: this machine is \
                     overloaded, paused now and then, or offline"
                );
            } else {
                tracing::info!("looks can be trusted again");
            }
        }
        counters.silent.store(watch.silent, Ordering::Relaxed);
        *shared.watch.lock().unwrap_or_else(PoisonError::into_inner) = watch;
        known = silent;
    }
}

/// The monitors that should have given a result by now.
fn silent(shared: &Shared) -> BTreeSet<MonitorId> {
    let now = shared.environment().monotonic();
    let resumed = shared.resumed_at();
    let mut silent = BTreeSet::new();
    shared.roster.each(|entry| {
        let timed = matches!(entry.cadence, Cadence::Interval | Cadence::Group);
        if entry.monitor.paused || !timed || !shared.looks_at(entry.monitor.id) {
            return;
        }
        let policy = &entry.monitor.policy;
        let allowed = policy
            .interval
            .saturating_mul(2)
            .saturating_add(policy.timeout)
            .saturating_add(SLACK);
        let heard = entry.memory().heard_at.max(resumed);
        if now.saturating_sub(heard) > allowed {
            silent.insert(entry.monitor.id);
        }
    });
    silent
}
