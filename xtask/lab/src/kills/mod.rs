//! `kills`: the real server is killed again and again under load, and nothing that it acknowledged may be lost or doubled.

mod database;
mod dice;
pub(crate) mod faults;
mod judge;
mod ledger;
mod life;
mod load;
mod mount;
mod rig;
mod seat;
mod target;
#[cfg(test)]
mod tests;

use crate::{Fault, home::Database, print, product, tell};
use database::Keeper;
use dice::Dice;
use futures::future::try_join_all;
use judge::{Verdict, due, judge};
use ledger::{Event, Ledger};
use life::{Ground, Life};
use monitorah_core::{Env, environment::timeout};
use rig::{PATIENCE, Rig, SHORT_PATIENCE};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    process::ExitCode,
    time::Duration,
};

/// How many monitors have their outages at the same time.
const SEATS: u64 = 16;
/// How many jobs report.
const JOBS: u64 = 3;
/// Random kills come up to this long after the server listens: milliseconds.
const LONGEST_LIFE: u64 = 1_800;
/// How long a fail point is waited for before the server is killed from outside.
const POINT_PATIENCE: Duration = Duration::from_secs(4);
/// After each so many kills the leases of the dead server run out by themselves; after the others
/// the run lets them, because it would take a day otherwise.
const WAITS_OF_EACH: u64 = 25;
/// How long that takes, and the next server its first look.
const LEASE: Duration = Duration::from_secs(16);
/// The named fail points.
const POINTS: [&str; 6] = [
    "before-commit",
    "after-commit",
    "before-send",
    "after-send",
    "before-mark",
    "after-mark",
];
/// How the name of a kill at no point is printed.
const RANDOM: &str = "random";

/// A mistake that is made on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Plant {
    /// An event is taken out of the database between a kill and the next start.
    ForgottenEvent,
}

/// What is killed how often.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    /// How often the server is killed.
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u64).range(1..=100_000))]
    count: u64,
    /// Which moments and points: the same seed gives the same again.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Where the server keeps its data.
    #[arg(long, value_enum, default_value_t = Database::Sqlite)]
    database: Database,
    /// Print what came of it as JSON.
    #[arg(long)]
    json: bool,
    /// Make a mistake on purpose, which the judge must find.
    #[arg(long, value_enum)]
    plant: Option<Plant>,
    /// The server's program, with fail points; without it the one that cargo built beside the lab.
    #[arg(long)]
    server: Option<PathBuf>,
}

/// What came of a run.
#[derive(Debug)]
struct Outcome {
    verdict: Verdict,
    ledger: Ledger,
    events: Vec<Event>,
    /// How many kills came at which point.
    points: BTreeMap<&'static str, u64>,
    /// How long the starts took, shortest first.
    starts: Vec<Duration>,
    /// How long all kills took together, lives and starts.
    took: Duration,
}

/// Kills, and prints what came of it.
pub(crate) async fn run(environment: &Env, args: &Args) -> Result<ExitCode, Fault> {
    let outcome = outcome(environment, args).await?;
    if args.json {
        print(&outcome.as_json(args).to_string());
    } else {
        print(&outcome.as_text());
    }
    for fault in outcome.verdict.faults() {
        tell(&fault);
    }
    Ok(if outcome.verdict.passes() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

async fn outcome(environment: &Env, args: &Args) -> Result<Outcome, Fault> {
    let folder = tempfile::tempdir()?;
    let ground = Ground {
        program: match &args.server {
            Some(path) => path.clone(),
            None => product::binary()?,
        },
        data: folder.path().join("data"),
        keeper: Keeper::start(args.database).await?,
        settings: Vec::new(),
    };
    let key = ground.set_up().await?;
    ground.insist_on_fail_points().await?;
    let patience = match args.plant {
        Some(_) => SHORT_PATIENCE,
        None => PATIENCE,
    };
    let (rig, hook) = Rig::new(environment, key, patience).await?;
    rig.begins();
    let first = ground.start(environment, None).await?;
    let first = first.ok_or("the server ended before anything was done")?;
    rig.born(&first.url);
    rig.tell(&hook).await?;
    let seats = try_join_all((0..SEATS).map(|seat| seat::sit(&rig, seat, SEATS, args.seed)));
    let jobs = try_join_all((0..JOBS).map(|number| load::beat(&rig, number)));
    let killing = async {
        let killed = kill(&rig, &ground, args, first).await;
        rig.stop();
        killed
    };
    let (killed, seats, jobs, written, read) = tokio::join!(
        killing,
        seats,
        jobs,
        load::write(&rig),
        load::read(&rig, u64::MAX)
    );
    let Killed {
        last,
        points,
        mut starts,
        took,
    } = killed?;
    seats?;
    jobs?;
    written?;
    read?;
    starts.sort();
    let events = events(&rig).await?;
    told(&rig, &events).await;
    let ledger = rig.ledger().clone();
    last.stop().await?;
    Ok(Outcome {
        verdict: judge(&ledger, &events),
        ledger,
        events,
        points,
        starts,
        took,
    })
}

/// What came of the killing.
struct Killed {
    last: Life,
    points: BTreeMap<&'static str, u64>,
    starts: Vec<Duration>,
    took: Duration,
}

/// Kills and starts as often as was asked for; the last life lives on.
async fn kill(rig: &Rig, ground: &Ground, args: &Args, first: Life) -> Result<Killed, Fault> {
    let environment = &rig.environment;
    let mut dice = Dice::new(args.seed);
    let mut points = BTreeMap::new();
    let mut starts = Vec::new();
    let begun = environment.monotonic();
    let mut life = Some(first);
    let mut planted = args.plant.is_none();
    // The first life is killed at a random moment: nothing is to come to a point yet.
    let mut point: Option<&'static str> = None;
    for number in 1..=args.count {
        let at = match (&mut life, point) {
            // It came to its point before it listened.
            (None, point) => point.unwrap_or(RANDOM),
            (Some(life), None) => {
                let moment = Duration::from_millis(100 + dice.below(LONGEST_LIFE));
                rig.pause(moment).await;
                life.kill().await?;
                RANDOM
            }
            (Some(life), Some(point)) => {
                let ended = timeout(&**environment, POINT_PATIENCE, life.ended()).await;
                if let Ok(ended) = ended {
                    ended?;
                    point
                } else {
                    life.kill().await?;
                    RANDOM
                }
            }
        };
        rig.killed();
        *points.entry(at).or_default() += 1;
        if !planted && number * 2 >= args.count {
            planted = ground.keeper.forget_an_event(&ground.data).await?;
        }
        let waits = ground.keeper.has_leases() && number % WAITS_OF_EACH == 0;
        if !waits {
            ground.keeper.age_leases().await?;
        }
        let kinds = u64::try_from(POINTS.len())? + 1;
        point = usize::try_from(number % kinds)
            .ok()
            .and_then(|place| POINTS.get(place))
            .copied()
            .filter(|_| number < args.count);
        let asked = point.map(|point| format!("{point}:{}", 1 + dice.below(6)));
        let started = environment.monotonic();
        rig.begins();
        life = ground.start(environment, asked.as_deref()).await?;
        starts.push(environment.monotonic().saturating_sub(started));
        if let Some(life) = &life {
            rig.born(&life.url);
        }
        if waits {
            rig.pause(LEASE).await;
        }
        if number % 50 == 0 {
            tell(&format!("{number} kills"));
        }
    }
    if !planted {
        return Err("there was no event to take away: kill more often".into());
    }
    Ok(Killed {
        last: life.ok_or("the last life ended by itself")?,
        points,
        starts,
        took: environment.monotonic().saturating_sub(begun),
    })
}

/// Every event that the server shows.
async fn events(rig: &Rig) -> Result<Vec<Event>, Fault> {
    let all = rig.list("/api/v1/events?limit=100").await?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let event = |event: &Value| Event {
        id: text(&event["id"]),
        monitor: text(&event["monitorId"]),
        open: event["status"] == "OPEN",
    };
    Ok(all.iter().map(event).collect())
}

/// Waits until everything that is due was told, as long as that may take.
async fn told(rig: &Rig, events: &[Event]) {
    let wanted: BTreeSet<(String, String)> = due(events)
        .map(|(event, kind)| (event.to_owned(), kind.to_owned()))
        .collect();
    let all = async {
        loop {
            let told: BTreeSet<_> = rig
                .ledger()
                .told
                .iter()
                .map(|told| (told.event.clone(), told.kind.clone()))
                .collect();
            if wanted.is_subset(&told) {
                return;
            }
            rig.pause(Duration::from_millis(100)).await;
        }
    };
    // Who was not told by then is the judge's to name. What comes twice comes soon after a start.
    let _late = timeout(&*rig.environment, rig.patience, all).await;
    rig.pause(Duration::from_secs(1)).await;
}

impl Outcome {
    fn looked_for(&self) -> u64 {
        self.ledger.looked_for.values().sum()
    }

    fn as_json(&self, args: &Args) -> Value {
        let ms = |time: Option<&Duration>| time.map(Duration::as_millis);
        json!({
            "kills": self.ledger.kills,
            "seed": args.seed,
            "points": self.points,
            "seconds": self.took.as_secs_f64(),
            "startMsMedian": ms(self.starts.get(self.starts.len() / 2)),
            "startMsLongest": ms(self.starts.last()),
            "outages": self.ledger.outages.len(),
            "events": self.events.len(),
            "messages": self.ledger.told.len(),
            "repeated": self.verdict.repeated,
            "repeatedAfterOneKill": self.verdict.most_of_a_kill,
            "acknowledged": self.ledger.looked_for,
            "lost": self.verdict.lost,
            "doubled": self.verdict.doubled,
            "untold": self.verdict.untold,
            "unexplained": self.verdict.unexplained,
        })
    }

    fn as_text(&self) -> String {
        let points: Vec<_> = self
            .points
            .iter()
            .map(|(point, count)| format!("{point} {count}"))
            .collect();
        let looked_for: Vec<_> = self
            .ledger
            .looked_for
            .iter()
            .map(|(what, count)| format!("{what} {count}"))
            .collect();
        let ms = |time: Option<&Duration>| time.map_or(0, Duration::as_millis);
        format!(
            "points: {}\nlooked for after a kill: {}\nrepeated after one kill: {} at most\nstart: {} ms in the median, {} ms at most; \
             {:.2} s a kill\nkilled: {} kills, {} events, {} messages, {} repeated, \
             {} acknowledged, {} lost, {} doubled, {} untold, {} unexplained",
            points.join(", "),
            looked_for.join(", "),
            self.verdict.most_of_a_kill,
            ms(self.starts.get(self.starts.len() / 2)),
            ms(self.starts.last()),
            self.took.as_secs_f64() / f64::from(u32::try_from(self.ledger.kills).unwrap_or(1)),
            self.ledger.kills,
            self.events.len(),
            self.ledger.told.len(),
            self.verdict.repeated,
            self.looked_for(),
            self.verdict.lost.len(),
            self.verdict.doubled.len(),
            self.verdict.untold.len(),
            self.verdict.unexplained.len(),
        )
    }
}
