//! `faults`: what a machine does to a server that runs on it, one thing after the other, and how soon it is over.

mod scene;
mod trouble;

use super::{
    Ledger, Verdict, events, judge, load,
    rig::{PATIENCE, Rig},
    seat, told,
};
use crate::{Fault, home::Database, print, product, tell};
use futures::future::try_join_all;
use monitorah_core::Env;
use reqwest::Method;
use scene::Scene;
use serde_json::{Value, json};
use std::{collections::BTreeSet, path::PathBuf, process::ExitCode, time::Duration};
use trouble::{Stand, Trouble};

/// How long after its end a fault may still be felt.
const RECOVERY: Duration = Duration::from_secs(5);
/// What the server may grow by in a fault: bytes.
const GROWTH: u64 = 64 << 20;
/// How many monitors have their outages meanwhile.
const SEATS: u64 = 4;
/// Holds the one right to write, as a backup program or another process may.
const HOLD: &str = "
import sqlite3, sys, time
file = sqlite3.connect(sys.argv[1] + '/monitorah.db', timeout=30, isolation_level=None)
file.execute('BEGIN IMMEDIATE')
print('held', flush=True)
time.sleep(3600)
";

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
    /// How long it lasted.
    seconds: u64,
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
        if self.trouble.says().is_none() && !self.said.is_empty() {
            wrong.push(format!("{name}: health said {:?}", self.said));
        }
        wrong
    }

    /// A row of the page of the long runs, without its beginning.
    fn row(&self) -> String {
        let said: Vec<_> = self.said.iter().map(String::as_str).collect();
        let took = self.recovery.map_or("never".to_owned(), |took| {
            format!("{} ms", took.as_millis())
        });
        format!(
            "felt: {} | {} s | {took} | {} KiB | {} | | |",
            self.trouble.name(),
            self.seconds,
            self.growth / 1024,
            said.join(", "),
        )
    }
}

/// Makes the faults, and prints what came of them.
pub(crate) async fn run(environment: &Env, args: &Args) -> Result<ExitCode, Fault> {
    let mut felt = Vec::new();
    let mut wrong: Vec<String> = Vec::new();
    let (mut acknowledged, mut lost) = (0_u64, Vec::new());
    for (stand, troubles) in asked(args)? {
        let (of, verdict, ledger) = outcome(environment, args, stand, troubles).await?;
        wrong.extend(verdict.faults());
        wrong.extend(of.iter().flat_map(Felt::faults));
        acknowledged += ledger.looked_for.values().sum::<u64>();
        lost.extend(verdict.lost);
        felt.extend(of);
    }
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
            "lost": lost, "wrong": wrong});
        print(&all.to_string());
    } else {
        for one in &felt {
            print(&one.row());
        }
        print(&format!(
            "felt: together | | | | | {acknowledged} | {} | {}",
            lost.len(),
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

/// What came of faults that have one stand.
type Outcome = (Vec<Felt>, Verdict, Ledger);

/// Every fault that was asked for, or that can be made, by its stand.
fn asked(args: &Args) -> Result<Vec<(Stand, Vec<Trouble>)>, Fault> {
    let possible = Trouble::all(args.database);
    if let Some(other) = args.faults.iter().find(|one| !possible.contains(one)) {
        return Err(format!("{} cannot be made here: see the book", other.name()).into());
    }
    let troubles = if args.faults.is_empty() {
        possible
    } else {
        args.faults.clone()
    };
    let of = |stand| {
        let mut of = troubles.clone();
        of.retain(|one| one.stand(args.database) == stand);
        (stand, of)
    };
    let all = Stand::ALL.map(of).into_iter();
    Ok(all.filter(|(_, of)| !of.is_empty()).collect())
}

async fn outcome(
    environment: &Env,
    args: &Args,
    stand: Stand,
    troubles: Vec<Trouble>,
) -> Result<Outcome, Fault> {
    let program = match &args.server {
        Some(path) => path.clone(),
        None => product::binary()?,
    };
    let mut scene = Scene::new(program, args.database, stand).await?;
    let key = scene.ground.set_up().await?;
    let (rig, hook) = Rig::new(environment, key, PATIENCE).await?;
    scene.start(&rig).await?;
    rig.tell(&hook).await?;
    let seats = try_join_all((0..SEATS).map(|seat| seat::sit(&rig, seat, SEATS, 1)));
    let disturbing = async {
        let mut felt = Vec::new();
        let mut done = Ok(());
        for trouble in troubles {
            match disturb(&rig, &mut scene, trouble, args.seconds).await {
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
    scene.stop().await?;
    Ok((felt, judge(&ledger, &events), ledger))
}

/// Makes one fault for so many seconds, and waits until all is well.
async fn disturb(
    rig: &Rig,
    scene: &mut Scene,
    trouble: Trouble,
    seconds: u64,
) -> Result<Felt, Fault> {
    tell(trouble.name());
    // What was acknowledged before is looked for afterwards.
    rig.pause(Duration::from_secs(3)).await;
    let before = scene.life()?.resident()?;
    let mut growth = 0;
    let mut said = BTreeSet::new();
    rig.trouble(true);
    scene.begin(rig, trouble).await?;
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
        growth = growth.max(scene.life()?.resident()?.saturating_sub(before));
        rig.pause(Duration::from_millis(200)).await;
    }
    scene.end(rig, trouble).await?;
    rig.trouble(false);
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
        growth = growth.max(scene.life()?.resident()?.saturating_sub(before));
        rig.pause(Duration::from_millis(100)).await;
    }
    // As after a kill: everything acknowledged is looked for, and a message may have come twice.
    rig.disturbed(&scene.life()?.url);
    Ok(Felt {
        trouble,
        seconds,
        recovery,
        growth,
        said,
    })
}

async fn ready(rig: &Rig) -> Option<(u16, Value)> {
    rig.ask(Method::GET, "/api/v1/health/ready", None, None)
        .await
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
        let (stand, troubles) = asked(&args).unwrap().remove(0);
        let all = outcome(&environment, &args, stand, troubles).await;
        let (felt, verdict, ledger) = all.unwrap();
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
            seconds: 15,
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
        let mut clock = felt(Some(1), 0, "store_failing");
        clock.trouble = Trouble::ClockForward;
        assert_eq!(clock.faults().len(), 1, "{clock:?}");
        let row = felt(Some(2), 2_048, "store_failing").row();
        assert_eq!(
            row,
            "felt: busy | 15 s | 2000 ms | 2 KiB | store_failing | | |"
        );
    }
}
