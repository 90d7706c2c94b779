//! The command line: data on stdout, talk on stderr, one command a file.
//!
//! Exit codes: 0 done or up, 1 a fault of ours or UNKNOWN, 2 used wrongly or refused, 3 down, 4 a dry
//! run found something to do and was asked to say so.

mod api_keys;
mod apply;
mod backup;
mod check;
mod completions;
mod config;
mod connection;
mod doctor;
mod export;
mod healthcheck;
mod import;
mod man;
mod migrate;
mod openapi;
mod passphrase;
mod ping;
mod restore;
mod serve;
mod setup;
mod stop;

use crate::{
    config::{Config, ConfigFault, Flags, LogFormat, no_color},
    data_dir::{DataDir, DataDirFault, with_causes},
    declared::show::clean,
    wire::System,
};
use clap::{Args, Parser, Subcommand};
use monitorah_core::{Env, environment::SystemEnvironment};
use monitorah_store::SchemaState;
use std::{
    error::Error,
    fmt,
    io::{IsTerminal, Write},
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
};

/// Watches endpoints, opens downtime events, tells people.
#[derive(Debug, Parser)]
#[command(
    name = "monitorah",
    version,
    max_term_width = 100,
    args_conflicts_with_subcommands = true
)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: serve::ServeArgs,
}

/// What every command takes that works on a data directory.
#[derive(Debug, Clone, Args)]
struct Common {
    /// The configuration file (TOML).
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The folder of the database and the root key.
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the server (the default).
    Serve(serve::ServeArgs),
    /// Make the first account, its user and a key that may do everything.
    Setup(setup::SetupArgs),
    /// Make API keys without a running server.
    ApiKeys(api_keys::ApiKeysArgs),
    /// Look at a target once, without a server.
    Check(check::CheckArgs),
    /// Make the monitors of a server those of a file, after saying what that changes.
    Apply(apply::ApplyArgs),
    /// Print the monitors of a server as a file that `apply` takes.
    Export(export::ExportArgs),
    /// Read what another program watches: a file of monitors, and a report of every setting.
    Import(import::ImportArgs),
    /// Print the specification of the API (OpenAPI 3.1).
    Openapi,
    /// Bring the database to the schema of this version.
    Migrate(Common),
    /// Write the database and its root key into one sealed file.
    Backup(backup::BackupArgs),
    /// Make a data directory of a backup.
    Restore(restore::RestoreArgs),
    /// Look at what the server needs, and say what to do.
    Doctor(doctor::DoctorArgs),
    /// Show what the configuration comes to.
    Config(config::ConfigArgs),
    /// Ask the server of this machine whether it works.
    Healthcheck(healthcheck::HealthcheckArgs),
    /// Run a command, and report its start and end to a heartbeat URL.
    Ping(ping::PingArgs),
    /// Print the completions of a shell.
    Completions(completions::CompletionsArgs),
    /// Print the manual page, or write one for every command.
    Man(man::ManArgs),
}

/// A command ended in another way than done.
enum Exit {
    /// Used wrongly, or refused: 2.
    Refused(String),
    /// A fault of ours, or of the machine: 1.
    Fault(String),
    /// This code, and all has been said.
    Code(u8),
}

impl From<ConfigFault> for Exit {
    fn from(fault: ConfigFault) -> Self {
        Self::Refused(fault.to_string())
    }
}

impl Exit {
    fn fault(error: &dyn Error) -> Self {
        Self::Fault(with_causes(error))
    }
}

type Outcome = Result<(), Exit>;

/// Parses the arguments, runs the command, and says how it went.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    // One provider for every connection of this process, before the first of them.
    if rustls::crypto::aws_lc_rs::default_provider()
        .install_default()
        .is_err()
    {
        tell("another TLS provider was installed first");
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return conclude(Err(Exit::fault(&error))),
    };
    conclude(runtime.block_on(run(cli)))
}

async fn run(cli: Cli) -> Outcome {
    let environment: Env = Arc::new(SystemEnvironment::new());
    match cli.command.unwrap_or(Command::Serve(cli.serve)) {
        Command::Serve(args) => serve::run(&environment, &args).await,
        Command::Setup(args) => setup::run(&environment, &args).await,
        Command::ApiKeys(args) => api_keys::run(&environment, args).await,
        Command::Check(args) => check::run(&environment, &args).await,
        Command::Apply(args) => apply::run(&environment, &args).await,
        Command::Export(args) => export::run(&environment, &args).await,
        Command::Import(args) => import::run(&environment, &args).await,
        Command::Openapi => openapi::run(),
        Command::Migrate(common) => migrate::run(&environment, &common).await,
        Command::Backup(args) => backup::run(&environment, &args).await,
        Command::Restore(args) => restore::run(&environment, &args).await,
        Command::Doctor(args) => doctor::run(&environment, &args).await,
        Command::Config(args) => config::run(&args),
        Command::Healthcheck(args) => healthcheck::run(&environment, &args).await,
        Command::Ping(args) => ping::run(&environment, args).await,
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
    }
}

fn conclude(outcome: Outcome) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Exit::Code(code)) => ExitCode::from(code),
        Err(Exit::Refused(why)) => {
            tell(&format!("error: {why}"));
            ExitCode::from(2)
        }
        Err(Exit::Fault(why)) => {
            tell(&format!("error: {why}"));
            ExitCode::from(1)
        }
    }
}

/// Says something to people.
fn tell(text: &str) {
    // Much of what is said quotes a server, a file or a target; the lines are ours.
    let lines: Vec<_> = text.split('\n').map(clean).collect();
    // Where stderr is gone, there is nobody to tell.
    let _ = writeln!(std::io::stderr(), "{}", lines.join("\n"));
}

/// Prints data.
fn print(text: &str) -> Outcome {
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    match written {
        Ok(()) => Ok(()),
        // The reader went away, as `head` does.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Exit::fault(&error)),
    }
}

fn print_json(value: &serde_json::Value) -> Outcome {
    print(&format!("{value}\n"))
}

fn colours() -> bool {
    std::io::stderr().is_terminal() && !no_color()
}

fn colours_on_stdout() -> bool {
    std::io::stdout().is_terminal() && !no_color()
}

/// Reads the configuration.
fn configuration(common: &Common, listen: Option<String>) -> Result<Config, Exit> {
    let flags = Flags {
        config: common.config.clone(),
        data_dir: common.data_dir.clone(),
        listen,
    };
    Ok(Config::load(&flags)?)
}

/// Starts the log, on stderr.
fn start_log(config: &Config) -> Outcome {
    let filter = tracing_subscriber::EnvFilter::try_new(&config.log)
        .map_err(|error| Exit::Refused(format!("log: {error}")))?;
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(colours());
    let started = match config.log_format {
        LogFormat::Text => builder.try_init(),
        LogFormat::Json => builder.json().try_init(),
    };
    started.map_err(|error| Exit::Fault(error.to_string()))
}

/// Opens the data directory; a schema that is behind is brought up when nobody else runs on it.
async fn open(environment: &Env, config: &Config) -> Result<DataDir, Exit> {
    let data = DataDir::of(environment, config)
        .await
        .map_err(|error| Exit::Refused(error.to_string()))?;
    let refused = |error: DataDirFault| Exit::Refused(error.to_string());
    let state = data.schema_state().await.map_err(refused)?;
    if matches!(state, SchemaState::Behind { .. }) {
        let _lock = data.lock().map_err(|error| {
            Exit::Refused(format!("the database must be migrated first: {error}"))
        })?;
        data.sound_to_start().await.map_err(refused)?;
        data.migrate().await.map_err(refused)?;
    } else {
        // A newer schema is refused here, with a message.
        data.migrate().await.map_err(refused)?;
    }
    Ok(data)
}

/// Opens everything that a command needs.
async fn system(environment: &Env, config: &Config) -> Result<(DataDir, System), Exit> {
    let data = open(environment, config).await?;
    let system = compose(environment, config, &data).await?;
    Ok((data, system))
}

/// Puts the parts together over an opened data directory.
async fn compose(environment: &Env, config: &Config, data: &DataDir) -> Result<System, Exit> {
    let system = System::new(environment, config, data).map_err(|error| Exit::fault(&*error))?;
    opens(&system).await?;
    Ok(system)
}

/// Refuses a root key of another installation, which opens nothing here: better said now than at
/// each check.
async fn opens(system: &System) -> Outcome {
    let Ok((tenant, _)) = system.service.founder().await else {
        return Ok(());
    };
    let keyring = system.service.keyring();
    match keyring.fingerprint(&tenant, "start", b"").await {
        Ok(_) => Ok(()),
        Err(error) => Err(Exit::Refused(format!(
            "the root key does not open this database ({error}): put back the root.key that belongs to it"
        ))),
    }
}

impl fmt::Debug for Exit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(why) | Self::Fault(why) => f.write_str(why),
            Self::Code(code) => write!(f, "exit code {code}"),
        }
    }
}
