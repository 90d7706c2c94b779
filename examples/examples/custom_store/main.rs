//! A store of another crate: the check log in files that `jq` reads, everything else in SQLite.
//!
//! `cargo run --example custom_store -- /var/lib/watch https://example.org/` looks once at the
//! target, stores the result below the folder, and prints all that are there, newest first: run it
//! again, and there is one more. `tests/custom_store.rs` runs the conformance suites over it, and
//! tears its files as a crash does.
//!
//! `FileResults` implements `ResultStore`, and `results_in_files` puts it in place of the one that a
//! whole store brings. Of what the ports ask, this is what must hold and how it does:
//!
//! - **A batch is stored whole or not at all, and is on the disk when `append` returns.** It is
//!   written at once into one file, its last line says its length and its digest, and the file is
//!   flushed. Behind the last whole batch of a file is what a crash tore: opening cuts it off. The
//!   engine repeats a batch whose `append` failed, so a row that is there is passed over.
//! - **Results are kept until they are rolled up, and what retention took is not computed from.**
//!   `kept.json` is replaced before anything is removed. How far the rollups got is not stored:
//!   after a restart everything that is kept is computed again, and comes to the same.
//! - **A monitor that is removed takes its results with it, and another account sees none.** Both
//!   are the other store's to say, so every read asks it first.
//! - **The feed tells when a monitor's newest result was made**, by which the engine sees a gap after
//!   a restart: a store that keeps results apart answers for that part of the feed too.
//! - **`prune` is the retention of everything**, so it is passed on to the other store.
//!
//! It is made for some hundred monitors: where each row of the last two days is, is held in memory.

mod buckets;
mod file;
mod journal;
mod line;
mod store;

use monitorah_core::{
    check::CheckRegistry,
    crypt::{LocalKeyError, RootKey},
    embed::Embedded,
    environment::{Environment, SystemEnvironment},
    monitor::Policy,
    net::{AddressGuard, Net, NetOptions},
    port::{Ports, ResultFilter},
    service::{MonitorDraft, ResultQuery, ResultView, ServiceError},
};
use monitorah_store::{SqliteOptions, SqliteStore};
use std::{error::Error, io::Write, path::Path, sync::Arc, time::Duration};

pub(crate) use store::results_in_files;

/// The store in SQLite with its results in files, all below `folder`.
async fn ports(
    environment: &Arc<SystemEnvironment>,
    folder: &Path,
) -> Result<Ports, Box<dyn Error>> {
    file::folder(folder)?;
    let options = SqliteOptions::new(Arc::<SystemEnvironment>::clone(environment));
    let store = SqliteStore::open(&folder.join("monitorah.db"), options).await?;
    store.migrate().await?;
    Ok(results_in_files(&folder.join("log"), Ports::of(&Arc::new(store))).await?)
}

/// Keeps the account's keys: read where it is, made the first time.
fn root_key(environment: &Arc<SystemEnvironment>, folder: &Path) -> Result<RootKey, LocalKeyError> {
    let path = folder.join("root.key");
    let environment = || Arc::<SystemEnvironment>::clone(environment);
    match RootKey::read(environment(), &path) {
        Err(LocalKeyError::Missing(_)) => RootKey::create(environment(), &path),
        read => read,
    }
}

/// Looks once at the target, and reads everything that was ever seen of it.
pub(crate) async fn look(folder: &Path, target: &str) -> Result<Vec<ResultView>, Box<dyn Error>> {
    let environment = Arc::new(SystemEnvironment::new());
    let options = NetOptions {
        guard: AddressGuard::any(),
        ..NetOptions::default()
    };
    let net = Net::new(Arc::<SystemEnvironment>::clone(&environment), options)?;
    let ports = ports(&environment, folder).await?;
    let engine = Embedded::over(
        Arc::<SystemEnvironment>::clone(&environment),
        ports,
        root_key(&environment, folder)?,
        CheckRegistry::builtin(Arc::new(net)),
        |_| {},
    )
    .await?;
    let caller = engine.caller();
    let service = engine.service.clone();
    let draft = MonitorDraft {
        name: "target".to_owned(),
        kind: "HTTP".to_owned(),
        target: target.to_owned(),
        config: serde_json::json!({"method": "GET"}),
        policy: Policy::every(Duration::from_secs(3_600)),
        tags: Vec::new(),
        group: None,
        owner: None,
        depends_on: Vec::new(),
        external_ref: None,
        paused: false,
    };
    let made = service.upsert_monitor(&caller, "target", draft, None);
    let id = made.await?.value.monitor.id;
    // The engine that was just started may still be reading its schedule.
    let mut tries = 0;
    while let Err(error) = service.check_now(&caller.tenant, id).await {
        tries += 1;
        if tries == 200 || !matches!(error, ServiceError::Conflict { .. }) {
            return Err(error.into());
        }
        environment.sleep(Duration::from_millis(50)).await;
    }
    // What waits to be stored is stored now.
    engine.stop().await;
    let query = ResultQuery {
        filter: ResultFilter::default(),
        limit: 100,
    };
    Ok(service.results(&caller.tenant, id, &query).await?)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("name a folder")?;
    let target = arguments.next().ok_or("name an URL to watch")?;
    for seen in look(Path::new(&folder), &target).await? {
        let row = seen.row;
        let (status, took) = (row.status, row.total.as_millis());
        writeln!(std::io::stdout(), "{} {status:?} {took} ms", row.at)?;
    }
    Ok(())
}
