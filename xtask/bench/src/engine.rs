//! An engine in a process of its own: says window by window how late its looks began.

use crate::{
    Fault,
    child::own_cpu,
    figure::quantile,
    ground::{self, Ground, Herd},
    names::Loopback,
    print,
    seen::Seen,
    target::until_alone,
};
use monitorah_core::{Env, MonitorId, net::CacheLimits};
use serde::{Deserialize, Serialize};
use std::{
    collections::HashSet,
    path::PathBuf,
    sync::{Arc, PoisonError, atomic::Ordering},
    time::Duration,
};

/// What the engine does.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Job {
    /// Its data, in SQLite; without it everything is in memory, and results are only counted.
    pub(crate) data: Option<PathBuf>,
    /// What it watches: made where everything is in memory, there already where it is not.
    pub(crate) herd: Herd,
    /// Seconds until everything runs at its own phase.
    pub(crate) warm: u64,
    pub(crate) windows: usize,
    /// The length of a window in milliseconds.
    pub(crate) window: u64,
}

/// A window.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Window {
    /// Looks that ended in it.
    pub(crate) checks: u64,
    /// Results of healthy targets that were not UP.
    pub(crate) ill: u64,
    pub(crate) first_ill: Option<String>,
    /// How late the looks at healthy targets began: milliseconds.
    pub(crate) p50: f64,
    pub(crate) p99: f64,
    /// The share of a core that the process took.
    pub(crate) load: f64,
}

/// The role.
pub(crate) async fn run(environment: &Env, job: &Job) -> Result<(), Fault> {
    let net = ground::net(
        environment,
        None,
        Loopback::default(),
        CacheLimits::default(),
    )?;
    let interval = Duration::from_secs(job.herd.interval);
    let (ground, seen) = match &job.data {
        None => {
            let ground = Ground::memory(environment, &net).await?;
            ground.people(&job.herd).await?;
            (ground, Seen::new(None, interval, false))
        }
        Some(folder) => {
            let ground = Ground::sqlite(environment, &net, folder).await?;
            let behind = Some(Arc::clone(&ground.ports.results));
            (ground, Seen::new(behind, interval, false))
        }
    };
    *seen.hanging.lock().unwrap_or_else(PoisonError::into_inner) = hanging(&ground, job).await?;
    let engine = ground.start(&seen);
    let handle = engine.handle();
    let checks = || handle.counters().checks.load(Ordering::Relaxed);
    environment.sleep(Duration::from_secs(job.warm)).await;
    while !handle.is_ready() {
        environment.sleep(Duration::from_millis(10)).await;
    }
    // At the start everything is looked at at once, and what comes too late says so.
    seen.take();
    // Whoever started this knows now that the windows begin.
    print("true");
    for _ in 0..job.windows {
        let (cpu, before, begun) = (own_cpu(), checks(), environment.monotonic());
        environment.sleep(Duration::from_millis(job.window)).await;
        let tally = seen.take();
        let window = Window {
            checks: checks() - before,
            ill: tally.ill,
            first_ill: tally.first_ill,
            p50: quantile(&tally.lags, 0.5).unwrap_or(f64::MAX),
            p99: quantile(&tally.lags, 0.99).unwrap_or(f64::MAX),
            load: (own_cpu() - cpu) / crate::driver::seconds(environment, begun),
        };
        print(&serde_json::to_string(&window)?);
    }
    until_alone().await;
    Ok(())
}

/// Which of its monitors look at targets that hang.
async fn hanging(ground: &Ground, job: &Job) -> Result<HashSet<MonitorId>, Fault> {
    let mut hanging = HashSet::new();
    if job.herd.every_hangs == 0 {
        return Ok(hanging);
    }
    let mut after = None;
    loop {
        let page = ground.ports.feed.snapshot(after, 1_000).await?;
        hanging.extend(page.rows.iter().filter_map(|row| {
            let monitor = &row.record.monitor;
            let number: usize = monitor.name.strip_prefix("monitor ")?.parse().ok()?;
            number
                .is_multiple_of(job.herd.every_hangs)
                .then_some(monitor.id)
        }));
        after = page.next;
        if after.is_none() {
            return Ok(hanging);
        }
    }
}
