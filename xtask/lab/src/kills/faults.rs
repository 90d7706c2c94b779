//! `faults`: what a machine does to a server that runs on it, one thing after the other, and how soon it is over.

use super::{
    Ground, Life, Verdict,
    database::Keeper,
    events, judge,
    ledger::Ledger,
    load,
    mount::Small,
    rig::{PATIENCE, Rig},
    seat, told,
};
use crate::{Fault, home::Database, print, product, tell};
use futures::future::try_join_all;
use monitorah_core::Env;
use reqwest::Method;
use rustix::process::Signal;
use serde_json::{Value, json};
use std::{
    collections::BTreeSet,
    ffi::OsStr,
    path::{Path, PathBuf},
    process::{ExitCode, Stdio},
    time::Duration,
};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::Child,
};

/// How long after its end a fault may still be felt.
const RECOVERY: Duration = Duration::from_secs(5);
/// What the server may grow by in a fault: bytes.
const GROWTH: u64 = 64 << 20;
/// How many monitors have their outages meanwhile.
const SEATS: u64 = 4;
/// How large the disk is that is filled: bytes.
const DISK: u64 = 64 << 20;
/// Holds the one right to write, as a backup program or another process may.
const HOLD: &str = "
import sqlite3, sys, time
file = sqlite3.connect(sys.argv[1] + '/monitorah.db', timeout=30, isolation_level=None)
file.execute('BEGIN IMMEDIATE')
print('held', flush=True)
time.sleep(3600)
";

/// What a machine does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Trouble {
    /// The process stands still, as in a debugger, or on a machine that is moved.
    Stopped,
    /// Another process holds the lock of the database for longer than a writer waits for it.
    Busy,
    /// The disk of the database is full.
    DiskFull,
}

impl Trouble {
    /// Those that can be made with this database, by this user.
    fn all(database: Database) -> Vec<Self> {
        match database {
            Database::Sqlite if rustix::process::geteuid().is_root() => {
                vec![Self::Stopped, Self::Busy, Self::DiskFull]
            }
            Database::Sqlite => vec![Self::Stopped, Self::Busy],
            Database::Postgres => vec![Self::Stopped],
        }
    }

    /// What the server's health says, while it can say anything.
    fn says(self) -> Option<&'static str> {
        match self {
            Self::Stopped => None,
            Self::Busy | Self::DiskFull => Some("store_failing"),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Stopped => "stopped",
            Self::Busy => "busy",
            Self::DiskFull => "disk-full",
        }
    }
}

/// Which faults, and for how long.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    /// The faults; without a name, all that this user can make.
    #[arg(value_enum)]
    faults: Vec<Trouble>,
    /// How long each lasts.
    #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u64).range(1..=600))]
    seconds: u64,
    /// Where the server keeps its data.
    #[arg(long, value_enum, default_value_t = Database::Sqlite)]
    database: Database,
    /// Print what came of it as JSON.
    #[arg(long)]
    json: bool,
    /// The server's program; without it the one that cargo built beside the lab.
    #[arg(long)]
    server: Option<PathBuf>,
}

/// What came of one fault.
#[derive(Debug)]
struct Felt {
    trouble: Trouble,
    /// How long after its end all was well.
    recovery: Option<Duration>,
    /// How much larger the server was at most than just before: bytes.
    growth: u64,
    /// The codes of health while it lasted.
    said: BTreeSet<String>,
}

impl Felt {
    fn faults(&self) -> Vec<String> {
        let name = self.trouble.name();
        let mut wrong = Vec::new();
        match self.recovery {
            None => wrong.push(format!("{name}: not over a minute after its end")),
            Some(took) if took > RECOVERY => wrong.push(format!("{name}: over after {took:?}")),
            Some(_) => {}
        }
        if self.growth > GROWTH {
            wrong.push(format!("{name}: {} bytes more", self.growth));
        }
        if let Some(says) = self.trouble.says()
            && !self.said.contains(says)
        {
            wrong.push(format!(
                "{name}: health said {:?} and not {says}",
                self.said
            ));
        }
        wrong
    }
}

/// Makes the faults, and prints what came of them.
pub(crate) async fn run(environment: &Env, args: &Args) -> Result<ExitCode, Fault> {
    let (felt, verdict, ledger) = outcome(environment, args).await?;
    let mut wrong: Vec<String> = verdict.faults().collect();
    wrong.extend(felt.iter().flat_map(Felt::faults));
    let acknowledged: u64 = ledger.looked_for.values().sum();
    if args.json {
        let faults: Vec<Value> = felt
            .iter()
            .map(|one| {
                json!({"fault": one.trouble.name(),
                    "recoveryMs": one.recovery.map(|took| took.as_millis()),
                    "growthBytes": one.growth, "health": one.said})
            })
            .collect();
        let all = json!({"faults": faults, "acknowledged": acknowledged,
            "lost": verdict.lost, "wrong": wrong});
        print(&all.to_string());
    } else {
        for one in &felt {
            print(&format!(
                "{}: over {} ms after its end, {} KiB more at most, health said {:?}",
                one.trouble.name(),
                one.recovery.map_or(0, |took| took.as_millis()),
                one.growth / 1024,
                one.said
            ));
        }
        print(&format!(
            "disturbed: {} faults, {acknowledged} acknowledged, {} lost, {} wrong",
            felt.len(),
            verdict.lost.len(),
            wrong.len()
        ));
    }
    wrong.iter().for_each(|wrong| tell(wrong));
    Ok(if wrong.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

async fn outcome(environment: &Env, args: &Args) -> Result<(Vec<Felt>, Verdict, Ledger), Fault> {
    let mut troubles = args.faults.clone();
    let possible = Trouble::all(args.database);
    if let Some(other) = troubles.iter().find(|one| !possible.contains(one)) {
        return Err(format!("{} cannot be made here: see the book", other.name()).into());
    }
    if troubles.is_empty() {
        troubles = possible;
    }
    let folder = tempfile::tempdir()?;
    let disk = if troubles.contains(&Trouble::DiskFull) {
        Some(Small::mount(&folder.path().join("disk"), DISK).await?)
    } else {
        None
    };
    let place = disk.as_ref().map_or(folder.path(), Small::place);
    let ground = Ground {
        program: match &args.server {
            Some(path) => path.clone(),
            None => product::binary()?,
        },
        data: place.join("data"),
        keeper: Keeper::start(args.database).await?,
    };
    let key = ground.set_up().await?;
    let (rig, hook) = Rig::new(environment, key, PATIENCE).await?;
    rig.begins();
    let life = ground.start(environment, None).await?;
    let life = life.ok_or("the server ended before anything was done")?;
    rig.born(&life.url);
    rig.tell(&hook).await?;
    let seats = try_join_all((0..SEATS).map(|seat| seat::sit(&rig, seat, SEATS, 1)));
    let disturbing = async {
        let mut felt = Vec::new();
        let mut done = Ok(());
        for trouble in troubles {
            match disturb(&rig, &ground, &life, disk.as_ref(), trouble, args.seconds).await {
                Ok(one) => felt.push(one),
                Err(fault) => {
                    done = Err(fault);
                    break;
                }
            }
        }
        rig.stop();
        done.map(|()| felt)
    };
    let (felt, seats, beats, written, read) = tokio::join!(
        disturbing,
        seats,
        load::beat(&rig, 0),
        load::write(&rig),
        load::read(&rig, u64::MAX)
    );
    let felt = felt?;
    seats?;
    beats?;
    written?;
    read?;
    let events = events(&rig).await?;
    told(&rig, &events).await;
    let ledger = rig.ledger().clone();
    life.stop().await?;
    // Its log is on the disk too.
    drop(ground);
    drop(disk);
    Ok((felt, judge(&ledger, &events), ledger))
}

/// Makes one fault for so many seconds, and waits until all is well.
async fn disturb(
    rig: &Rig,
    ground: &Ground,
    life: &Life,
    disk: Option<&Small>,
    trouble: Trouble,
    seconds: u64,
) -> Result<Felt, Fault> {
    tell(trouble.name());
    // What was acknowledged before is looked for afterwards.
    rig.pause(Duration::from_secs(3)).await;
    let before = life.resident()?;
    let mut growth = 0;
    let mut said = BTreeSet::new();
    let mut other = None;
    match trouble {
        Trouble::Stopped => life.signal(Signal::STOP)?,
        Trouble::Busy => other = Some(hold(&ground.data).await?),
        Trouble::DiskFull => disk.ok_or("there is no disk to fill")?.fill()?,
    }
    let begun = rig.environment.monotonic();
    while rig.environment.monotonic().saturating_sub(begun) < Duration::from_secs(seconds) {
        if trouble != Trouble::Stopped
            && let Some((status, body)) = ready(rig).await
            && status != 200
        {
            said.insert(
                body["error"]["code"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned(),
            );
        }
        growth = growth.max(life.resident()?.saturating_sub(before));
        rig.pause(Duration::from_millis(200)).await;
    }
    match trouble {
        Trouble::Stopped => life.signal(Signal::CONT)?,
        Trouble::Busy => {
            if let Some(mut other) = other {
                other.kill().await?;
            }
        }
        Trouble::DiskFull => disk.ok_or("there is no disk to fill")?.free()?,
    }
    let ended = rig.environment.monotonic();
    let mut recovery = None;
    for number in 0..600_u64 {
        let name = format!("after {} {number}", trouble.name());
        let draft = json!({"name": name, "type": "WEBHOOK",
            "config": {"url": "http://127.0.0.1:9/"}});
        let place = "/api/v1/notification-channels";
        let written = rig.ask(Method::POST, place, Some(&draft), None).await;
        let well = matches!(ready(rig).await, Some((200, _)));
        if well && matches!(written, Some((200..300, _))) {
            recovery = Some(rig.environment.monotonic().saturating_sub(ended));
            break;
        }
        growth = growth.max(life.resident()?.saturating_sub(before));
        rig.pause(Duration::from_millis(100)).await;
    }
    // As after a kill: everything acknowledged is looked for, and a message may have come twice.
    rig.disturbed(&life.url);
    Ok(Felt {
        trouble,
        recovery,
        growth,
        said,
    })
}

async fn ready(rig: &Rig) -> Option<(u16, Value)> {
    rig.ask(Method::GET, "/api/v1/health/ready", None, None)
        .await
}

/// Returns when the lock is held.
async fn hold(data: &Path) -> Result<Child, Fault> {
    let arguments = [OsStr::new("-c"), OsStr::new(HOLD), data.as_os_str()];
    let mut command = product::command(Path::new("/usr/bin/python3"), &arguments);
    command.stdout(Stdio::piped()).stderr(Stdio::inherit());
    let mut child = command.spawn()?;
    let out = child.stdout.take().ok_or("a process without stdout")?;
    match BufReader::new(out).lines().next_line().await? {
        Some(_) => Ok(child),
        None => Err("the lock of the database could not be had".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use monitorah_core::environment::SystemEnvironment;
    use std::sync::Arc;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_server_that_stood_still_is_well_soon_after() {
        let environment: Env = Arc::new(SystemEnvironment::new());
        let args = Args {
            faults: vec![Trouble::Stopped],
            seconds: 3,
            database: Database::Sqlite,
            json: false,
            server: None,
        };
        let (felt, verdict, ledger) = outcome(&environment, &args).await.unwrap();
        let mut wrong: Vec<_> = verdict.faults().collect();
        wrong.extend(felt.iter().flat_map(Felt::faults));
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(felt[0].recovery.is_some());
        assert!(
            ledger.looked_for.contains_key("beat"),
            "{:?}",
            ledger.looked_for
        );
    }

    #[test]
    fn what_was_felt_too_long_or_not_told_is_wrong() {
        let felt = |recovery: Option<u64>, growth: u64, said: &str| Felt {
            trouble: Trouble::Busy,
            recovery: recovery.map(Duration::from_secs),
            growth,
            said: BTreeSet::from([said.to_owned()]),
        };
        assert!(felt(Some(5), GROWTH, "store_failing").faults().is_empty());
        for wrong in [
            felt(Some(6), 0, "store_failing"),
            felt(None, 0, "store_failing"),
            felt(Some(1), GROWTH + 1, "store_failing"),
            felt(Some(1), 0, "starting"),
        ] {
            assert_eq!(wrong.faults().len(), 1, "{wrong:?}");
        }
    }
}
