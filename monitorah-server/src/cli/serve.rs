//! `monitorah serve`: the server, until it is told to stop.

use super::{Common, Exit, Outcome, compose, configuration, open, start_log, tell};
use crate::{config::Config, listen};
use clap::Args;
use monitorah_core::{Env, StoreError};
use monitorah_store::PostgresStore;
use std::{io, net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};

/// How long checks and deliveries in flight may take when the server stops.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long the server waits at its start for a database that nobody answers at.
const DATABASE_PATIENCE: Duration = Duration::from_secs(60);

#[derive(Debug, Clone, Args)]
pub(super) struct ServeArgs {
    #[command(flatten)]
    common: Common,
    /// Where to listen [default: 127.0.0.1:8080].
    #[arg(long, value_name = "HOST:PORT")]
    listen: Option<String>,
}

pub(super) async fn run(environment: &Env, args: &ServeArgs) -> Outcome {
    let config = configuration(&args.common, args.listen.clone())?;
    start_log(&config)?;
    await_database(environment, &config).await;
    let data = open(environment, &config).await?;
    let _lock = data
        .lock()
        .map_err(|error| Exit::Refused(error.to_string()))?;
    // Before anything is read of it: what a damaged page says would be told as something else.
    data.sound_to_start()
        .await
        .map_err(|error| Exit::Refused(error.to_string()))?;
    let system = compose(environment, &config, &data).await?;
    // Nobody else runs on this data: what a server before us had leased is free.
    data.store
        .release_leases()
        .await
        .map_err(|error| Exit::fault(&error))?;
    let listener = TcpListener::bind(config.listen)
        .await
        .map_err(|error| Exit::Refused(cannot_listen(config.listen, &error)))?;
    let address = listener.local_addr().map_err(|error| Exit::fault(&error))?;
    let router = system
        .router(&config, &data)
        .map_err(|error| Exit::fault(&*error))?;
    let engine = system
        .start(&config)
        .map_err(|error| Exit::Refused(error.to_string()))?;
    greet(&system, &config, args, address).await;
    tracing::info!(%address, "listening");
    let stop = async {
        stopped().await;
        tracing::info!("stopping: what is in flight may end");
        engine.begin_stop();
    };
    listen::serve(Arc::clone(environment), listener, router, stop).await;
    engine.stop(PATIENCE).await;
    data.store.close().await;
    tracing::info!("stopped");
    Ok(())
}

/// Waits for a database that starts later than the server, as they do when a machine starts.
async fn await_database(environment: &Env, config: &Config) {
    let Some(database) = &config.database else {
        return;
    };
    let place = database.login.to_string();
    let told = |error: &StoreError| {
        let seconds = DATABASE_PATIENCE.as_secs();
        let source = std::error::Error::source(error).map(tracing::field::display);
        tracing::warn!(%place, %error, source, "the database is not there yet: waiting up to {seconds} s");
    };
    let target = &database.login;
    PostgresStore::await_server(target, environment, DATABASE_PATIENCE, told).await;
}

/// What to do where the address cannot be had.
fn cannot_listen(address: SocketAddr, error: &io::Error) -> String {
    let hint = match error.kind() {
        io::ErrorKind::AddrInUse => {
            "another program listens there: stop it, or name another port with --listen"
        }
        io::ErrorKind::PermissionDenied => {
            "this user may not listen there: name a port from 1024 up with --listen"
        }
        io::ErrorKind::AddrNotAvailable => {
            "this machine has no such address: name one that it has with --listen"
        }
        _ => "name another address with --listen",
    };
    format!("cannot listen on {address}: {error}; {hint}")
}

/// Says what to do next.
async fn greet(
    system: &crate::wire::System,
    config: &Config,
    args: &ServeArgs,
    address: SocketAddr,
) {
    let data_dir = config.data_dir.display();
    tell(&format!("monitorah listens on http://{address}"));
    match &config.database {
        None => tell(&format!("its data is in {data_dir}")),
        Some(database) => {
            tell(&format!(
                "its data is in {}, its root key in {data_dir}",
                database.login
            ));
            if database.admin.is_some() {
                tell(
                    "database_admin_url is set, which only \"monitorah migrate\" needs: take it \
                     away from the server",
                );
            }
        }
    }
    if system.service.founder().await.is_err() {
        tell("");
        tell("Nothing is set up yet. In another terminal, make the first account and its key:");
        tell("");
        // The command that works as it stands: this very program, on this very folder.
        let program = std::env::args()
            .next()
            .unwrap_or_else(|| "monitorah".to_owned());
        let common = &args.common;
        let folder = if common.data_dir.is_some() || common.config.is_some() {
            format!(" --data-dir {data_dir}")
        } else {
            String::new()
        };
        tell(&format!(
            "    {program} setup --email you@example.org{folder}"
        ));
        tell("");
    }
}

/// Ends when the process is asked to stop.
pub(super) async fn stopped() {
    let (Ok(mut terminate), Ok(mut interrupt)) = (
        signal(SignalKind::terminate()),
        signal(SignalKind::interrupt()),
    ) else {
        tracing::error!("signals cannot be caught: the server stops only by force");
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}
