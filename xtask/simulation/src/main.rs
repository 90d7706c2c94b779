//! Simulated hours of the whole engine: `cargo run --release --package monitorah-simulation`.
//!
//! A package of its own: the hours need an optimised build, and this one links the engine alone.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a rig: what does not hold ends the run, and says where"
)]

mod house;
mod ledger;
mod plan;
mod run;
mod store;

use clap::Parser;
use monitorah_core::{Env, environment::SystemEnvironment};
use run::{Report, simulate};
use std::{
    io::Write,
    ops::Range,
    process::ExitCode,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
};
use store::Planted;

/// Hours of simulated time with a judge: 20 monitors at 60 s, ten faults an hour.
#[derive(Debug, Parser)]
#[command(name = "monitorah-simulation", max_term_width = 100)]
struct Cli {
    /// The seeds, each a run of its own.
    #[arg(long, default_value = "0..20", value_parser = range)]
    seeds: Range<u64>,
    /// The hours of each seed.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u64).range(1..=400))]
    hours: u64,
    /// Say everything that happens, seed by seed.
    #[arg(long)]
    trace: bool,
}

static TRACE: AtomicBool = AtomicBool::new(false);

/// Says what happens, to somebody who wants to know why something broke.
fn trace(now: std::time::Duration, what: impl FnOnce() -> String) {
    if TRACE.load(Ordering::Relaxed) {
        say(&format!("{:>12.3} {}", now.as_secs_f64(), what()));
    }
}

fn range(text: &str) -> Result<Range<u64>, String> {
    let say = || "write the first seed and the one after the last, as in 0..20".to_owned();
    let (first, end) = text.split_once("..").ok_or_else(say)?;
    let range = first.parse().map_err(|_| say())?..end.parse().map_err(|_| say())?;
    if range.is_empty() {
        return Err(say());
    }
    Ok(range)
}

fn main() -> ExitCode {
    let Cli {
        seeds,
        hours,
        trace,
    } = Cli::parse();
    TRACE.store(trace, Ordering::Relaxed);
    let planted = Planted::ALL.iter().filter(|_| !trace);
    for &(planted, what) in planted {
        let report = simulate(1, 12, Some(planted));
        if !report.broken.iter().any(|broken| broken.contains(what)) {
            say(&format!(
                "error: {planted:?} was put in and not found: {report:?}"
            ));
            return ExitCode::FAILURE;
        }
        say(&format!("{planted:?} was put in and found"));
    }
    let environment: Env = Arc::new(SystemEnvironment::new());
    let began = environment.monotonic();
    let reports = all(&seeds, hours);
    let took = environment.monotonic().saturating_sub(began).as_secs_f64();
    let mut sum = Report::default();
    for (seed, report) in reports {
        for broken in &report.broken {
            say(&format!("broken: seed {seed}: {broken}"));
        }
        sum.add(report);
    }
    let hours = hours * (seeds.end - seeds.start);
    let rate = f64::from(u32::try_from(sum.checks).unwrap()) / took;
    let Report {
        checks,
        steps,
        events,
        doubled,
        troubles,
        broken,
    } = sum;
    let broken = broken.len();
    say(&format!(
        "simulated: {hours} h, seeds {}..{}, {checks} checks, {rate:.0} checks/s, {steps} steps, \
         {events} events, {troubles} faults of ours, {doubled} told twice, {broken} broken",
        seeds.start, seeds.end
    ));
    if broken > 0 {
        return ExitCode::FAILURE;
    }
    // What never happens is not shown to be survived.
    if hours >= 500 && (events == 0 || doubled == 0) {
        say("error: nothing came between a delivery and its record");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// Runs the seeds side by side.
fn all(seeds: &Range<u64>, hours: u64) -> Vec<(u64, Report)> {
    let next = AtomicU64::new(seeds.start);
    let reports = Mutex::new(Vec::new());
    let cores = match TRACE.load(Ordering::Relaxed) {
        true => 1,
        false => thread::available_parallelism().map_or(1, Into::into),
    };
    thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= seeds.end {
                        return;
                    }
                    let report = simulate(seed, hours, None);
                    reports.lock().unwrap().push((seed, report));
                }
            });
        }
    });
    reports.into_inner().unwrap()
}

/// Says something to the person who waits.
fn say(line: &str) {
    // Where stdout is gone, there is nobody to tell.
    let _ = writeln!(std::io::stdout(), "{line}");
}
