//! `faultlab`: targets that fail in every way of the book's table, the real server that watches them, and a scorecard.

mod course;
mod ground;
mod judge;
mod local;
mod mode;
mod page;
mod promise;
mod report;
mod stage;
mod table;

use crate::{
    Fault,
    home::{Database, Home},
    product::{self, Server},
    target::{bomb, certificate::Authority},
    tell,
};
use course::{Course, Run};
use futures::future::join_all;
use ground::Ground;
use judge::Bounds;
use local::Engine;
use mode::{Mode, Script};
use monitorah_core::Env;
use report::Scorecard;
use stage::Shared;
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
    time::Duration,
};
use tokio::sync::Semaphore;

/// How long a check may last: its time limit of one second, and what the issue allows beyond it.
const LONGEST: Duration = Duration::from_millis(1_200);
/// How much more memory one failing target may cost the server: its largest body by far, and what
/// an allocator keeps.
const MEMORY: u64 = 16 * 1024 * 1024;
/// How long each target fails alone while the memory of the server is measured.
const ALONE: Duration = Duration::from_secs(4);

/// What the lab is asked for.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Only these modes; without any, all of them.
    modes: Vec<String>,
    /// Print the scorecard as JSON.
    #[arg(long)]
    json: bool,
    /// One round, and the memory of the server as a whole: what the tests run.
    #[arg(long)]
    quick: bool,
    /// How often each target fails; 5, and 1 with --quick.
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=1_000))]
    rounds: Option<u64>,
    /// Where the schedule of the faults begins: the same seed, the same schedule.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Which database the server keeps its data in.
    #[arg(long, value_enum, default_value_t = Databases::Sqlite)]
    database: Databases,
    /// Write the figures of a whole run into the book's page.
    #[arg(long, conflicts_with_all = ["modes", "quick", "server"])]
    write: bool,
    /// The server's program; without it the one that cargo built beside the lab.
    #[arg(long)]
    server: Option<PathBuf>,
    /// Print the tables of the book's page, and run nothing.
    #[arg(long)]
    table: bool,
}

/// Where the server of a run keeps its data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Databases {
    /// A file in its data directory.
    Sqlite,
    /// A private cluster, which the lab starts.
    Postgres,
    /// One after the other.
    All,
}

impl Databases {
    const fn each(self) -> &'static [Database] {
        match self {
            Self::Sqlite => &[Database::Sqlite],
            Self::Postgres => &[Database::Postgres],
            Self::All => &Database::ALL,
        }
    }
}

/// Runs the lab and prints what came of it.
pub(crate) async fn run(environment: &Env, args: &Args) -> Result<ExitCode, Fault> {
    if args.table {
        crate::print(&page::tables());
        return Ok(ExitCode::SUCCESS);
    }
    let program = match &args.server {
        Some(path) => path.clone(),
        None => product::binary()?,
    };
    let rounds = args.rounds.unwrap_or(if args.quick { 1 } else { 5 });
    let plan = Plan {
        modes: chosen(&args.modes)?,
        rounds,
        seed: args.seed,
        alone: !args.quick,
        bounds: Bounds {
            longest: LONGEST,
            memory: MEMORY,
        },
    };
    let mut scorecards = Vec::new();
    for &database in args.database.each() {
        let scorecard = plan.run(environment, &program, database, &[]).await?;
        if !args.json {
            crate::print(&scorecard.text());
        }
        scorecards.push(scorecard);
    }
    if args.json {
        crate::print(&report::json(&scorecards));
    }
    if args.write {
        let path = page::write(environment, &scorecards)?;
        tell(&format!("the figures are in {}", path.display()));
    }
    Ok(if scorecards.iter().all(Scorecard::passes) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The modes with these names.
fn chosen(names: &[String]) -> Result<Vec<&'static Mode>, Fault> {
    if names.is_empty() {
        return Ok(table::modes().collect());
    }
    let find = |name: &String| {
        table::modes()
            .find(|mode| mode.name == name)
            .ok_or_else(|| format!("there is no mode {name:?}: see faultlab --table").into())
    };
    names.iter().map(find).collect()
}

/// What is run.
struct Plan {
    modes: Vec<&'static Mode>,
    rounds: u64,
    seed: u64,
    /// Whether the memory is measured mode by mode.
    alone: bool,
    bounds: Bounds,
}

impl Plan {
    async fn run(
        &self,
        environment: &Env,
        program: &Path,
        database: Database,
        settings: &[(&str, String)],
    ) -> Result<Scorecard, Fault> {
        // Made once and before the first request: it takes a moment.
        let _bomb = bomb::gzip();
        let home = Home::of(database).await?;
        let server = Server::start(environment, program, &home, settings).await?;
        let shared = Shared {
            environment,
            program,
            home: &home,
            settings,
            authority: Authority::new()?,
            server: Arc::new(Ground::Server(Box::new(server))),
            making: Semaphore::new(1),
            names: Arc::new(Ground::Engine(Box::new(
                Engine::start(environment, &home).await?,
            ))),
        };
        let mut scorecard = Scorecard::new(database, &self.modes, self.seed, self.bounds);
        for round in 0..self.rounds {
            if self.rounds > 1 {
                tell(&format!(
                    "{}: round {} of {}",
                    database.name(),
                    round + 1,
                    self.rounds
                ));
            }
            let courses = join_all(self.modes.iter().map(|mode| {
                let jitter = jitter(self.seed, round, mode.name);
                Box::pin(course(&shared, mode, jitter))
            }));
            for (mode, course) in self.modes.iter().zip(courses.await) {
                match course {
                    Ok(course) => scorecard.add(mode, judge::judge(&course, self.bounds)),
                    Err(fault) => scorecard.fail(mode, &fault.to_string()),
                }
            }
        }
        if let Ground::Server(server) = &*shared.server {
            let (_, peak) = server.memory()?;
            scorecard.peak(peak);
            if self.alone {
                for mode in &self.modes {
                    if let Some((used, peak)) = alone(&shared, server, mode).await? {
                        scorecard.alone(mode, peak.saturating_sub(used));
                    }
                }
            }
        }
        let Shared { server, names, .. } = shared;
        for ground in [server, names] {
            stop(ground).await?;
        }
        Ok(scorecard)
    }
}

async fn stop(ground: Arc<Ground>) -> Result<(), Fault> {
    // A job of the lab may still hold on to the ground: it ends with the process.
    match Arc::into_inner(ground) {
        Some(ground) => ground.stop().await,
        None => Ok(()),
    }
}

async fn course(
    shared: &Shared<'_>,
    mode: &'static Mode,
    jitter: Duration,
) -> Result<Course, Fault> {
    let standing = stage::set(shared, mode).await?;
    let own = standing.own.then(|| Arc::clone(&standing.ground));
    let run = Run {
        environment: shared.environment,
        mode,
        standing,
        making: &shared.making,
        jitter,
    };
    let course = run.course().await;
    drop(run);
    if let Some(ground) = own {
        stop(ground).await?;
    }
    course
}

/// Lets one target fail alone on the server, and says how much memory was in use before and how
/// much at most; none where the monitor runs elsewhere.
async fn alone(
    shared: &Shared<'_>,
    server: &Server,
    mode: &'static Mode,
) -> Result<Option<(u64, u64)>, Fault> {
    let elsewhere = matches!(
        mode.script,
        Script::NamedHttp(_)
            | Script::NamedDns(_)
            | Script::Clock(..)
            | Script::ClockJob(_)
            | Script::Uplink
    );
    if elsewhere {
        return Ok(None);
    }
    let standing = stage::set(shared, mode).await?;
    let run = Run {
        environment: shared.environment,
        mode,
        standing,
        making: &shared.making,
        jitter: Duration::ZERO,
    };
    let (used, _) = server.memory()?;
    server.reset_peak()?;
    run.failing_for(ALONE).await?;
    let (_, peak) = server.memory()?;
    Ok(Some((used, peak)))
}

/// What the seed adds to the time before a fault: up to one interval, so that faults fall anywhere
/// between two checks.
fn jitter(seed: u64, round: u64, name: &str) -> Duration {
    // FNV-1a over all three: small, and the same on every machine.
    let bytes = seed
        .to_le_bytes()
        .into_iter()
        .chain(round.to_le_bytes())
        .chain(name.bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    Duration::from_millis(hash % 1_000)
}

#[cfg(test)]
mod tests;
