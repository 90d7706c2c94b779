//! P1 to P5: what a check costs, against the peer and the bounds, and with everything behind it.

use crate::{
    Fault, bound,
    child::own_cpu,
    figure::{Figure, median},
    ground::{self, Ground, Herd},
    names::Loopback,
    peer::Peer,
    run::Run,
    seen::Seen,
};
use monitorah_core::net::CacheLimits;
use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

/// How often every monitor of P5 is checked.
const INTERVAL: Duration = Duration::from_secs(1);
/// How often those of P1 to P4 are, which are looked at once: so seldom that none is late.
const A_DAY: Duration = Duration::from_secs(86_400);
/// How long a round of checks may take, and an engine may end.
const PATIENCE: Duration = Duration::from_secs(60);

/// The middle of some rates, as people read it.
fn middle(rates: &[f64]) -> String {
    median(rates).map_or_else(|| "nothing".to_owned(), |rate| format!("{rate:.0}"))
}

fn ratios(ours: &[f64], theirs: &[f64]) -> Vec<f64> {
    ours.iter()
        .zip(theirs)
        .map(|(our, their)| our / their)
        .collect()
}

/// P1 to P4.
pub(crate) async fn against(run: &Run) -> Result<Vec<Figure>, Fault> {
    let peer = Peer::start(&run.environment, &run.targets).await?;
    let root = Some(run.targets.root.as_str());
    let net = ground::net(
        &run.environment,
        root,
        Loopback::default(),
        CacheLimits::default(),
    )?;
    let http = Ground::memory(&run.environment, &net).await?;
    http.people(&Herd::http(&run.targets, run.size(10_000), A_DAY.as_secs()))
        .await?;
    let https = Ground::memory(&run.environment, &net).await?;
    https
        .people(&Herd::https(&run.targets, run.size(2_000), A_DAY.as_secs()))
        .await?;
    let mut rates: [Vec<f64>; 6] = Default::default();
    for _ in 0..run.rounds("P1") {
        let round = [
            product(run, &http).await?,
            bound::raw(&run.targets, run.size(20_000)).await?,
            peer.rate("http", run.size(2_000)).await?,
            product(run, &https).await?,
            bound::tls(&run.targets, run.size(2_000)).await?,
            peer.rate("https", run.size(1_000)).await?,
        ];
        for (rates, rate) in rates.iter_mut().zip(round) {
            rates.push(rate);
        }
    }
    let [http, raw, peer_http, https, bare, peer_https] = rates;
    let figure = |row, ours: &[f64], theirs: &[f64], of: &str| Figure {
        row,
        rounds: ratios(ours, theirs),
        control: Vec::new(),
        note: format!(
            "{} of ours, {} of {of}, per CPU-second",
            middle(ours),
            middle(theirs)
        ),
    };
    Ok(vec![
        figure("P1", &http, &peer_http, "the peer"),
        figure("P2", &http, &raw, "the bound"),
        figure("P3", &https, &peer_https, "the peer"),
        figure("P4", &https, &bare, "the bound"),
    ])
}

/// Checks per CPU-second of an engine that has as many in flight as the bound has, and more that
/// are due: as busy as the bound and the peer are. Monitors that were never looked at are due at
/// once. Its results are looked at and counted.
async fn product(run: &Run, ground: &Ground) -> Result<f64, Fault> {
    let seen = Seen::new(None, A_DAY, false);
    let cpu = own_cpu();
    let engine = ground.start_with_width(&seen, bound::WIDTH);
    let handle = engine.handle();
    let checks = || handle.counters().checks.load(Ordering::Relaxed);
    let begun = run.environment.monotonic();
    while !handle.is_ready() || checks() < handle.stats().scheduled {
        if crate::driver::seconds(&run.environment, begun) > PATIENCE.as_secs_f64() {
            return Err(format!("only {} checks were made in time", checks()).into());
        }
        run.environment.sleep(Duration::from_millis(1)).await;
    }
    let (cpu, made) = (own_cpu() - cpu, checks());
    engine.stop(PATIENCE).await;
    let tally = seen.take();
    if tally.ill > 0 || tally.rows < made {
        return Err(format!(
            "of {made} checks {} were stored and {} were not UP: {:?}",
            tally.rows, tally.ill, tally.first_ill
        )
        .into());
    }
    Ok(made as f64 / cpu)
}

/// P5.
pub(crate) async fn pipeline(run: &Run) -> Result<Vec<Figure>, Fault> {
    let root = Some(run.targets.root.as_str());
    let net = ground::net(
        &run.environment,
        root,
        Loopback::default(),
        CacheLimits::default(),
    )?;
    let folder = tempfile::tempdir()?;
    let ground = Ground::sqlite(&run.environment, &net, &folder.path().join("data")).await?;
    ground
        .people(&Herd::http(&run.targets, run.size(2_000), 1))
        .await?;
    let seen = Seen::new(Some(Arc::clone(&ground.ports.results)), INTERVAL, false);
    let engine = ground.start(&seen);
    let handle = engine.handle();
    let made = || handle.counters().checks.load(Ordering::Relaxed);
    run.environment.sleep(3 * INTERVAL).await;
    let mut rounds = Vec::new();
    for _ in 0..run.rounds("P5") {
        let (cpu, before) = (own_cpu(), made());
        run.environment.sleep(3 * INTERVAL).await;
        rounds.push((own_cpu() - cpu) / (made() - before) as f64 * 1e3);
    }
    let made = made();
    engine.stop(PATIENCE).await;
    let stored = handle.counters().stored_results.load(Ordering::Relaxed);
    let tally = seen.take();
    ground.close().await;
    if tally.ill > 0 || stored < made {
        return Err(format!(
            "of {made} checks {stored} were stored and {} were not UP: {:?}",
            tally.ill, tally.first_ill
        )
        .into());
    }
    Ok(vec![Figure {
        row: "P5",
        rounds,
        control: Vec::new(),
        note: format!("{stored} rows stored"),
    }])
}
