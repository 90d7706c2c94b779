//! The bench: what the product costs beside its bounds and its peer, in one interleaved run. One
//! file a group of rows.

mod alert;
mod api;
mod bound;
mod checks;
mod child;
mod delay;
mod driver;
mod engine;
mod figure;
mod ground;
mod lag;
mod machine;
mod memory;
mod names;
mod page;
mod peer;
mod phases;
mod pulse;
mod report;
mod row;
mod run;
mod seed;
mod seen;
mod server;
mod start;
mod store;
mod target;

use clap::{Parser, Subcommand};
use monitorah_core::{Env, environment::SystemEnvironment};
use std::{error::Error, io::Write, process::ExitCode, sync::Arc};

/// What went wrong with the bench itself, for the person who ran it.
type Fault = Box<dyn Error + Send + Sync>;

/// What the product costs beside its bounds and its peer.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask bench", max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    run: run::Args,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// A process beside the run.
    #[command(hide = true)]
    Role { role: String, what: String },
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    // The arms of a run share one thread, as the peer has one; what runs beside it is set up as the
    // server is.
    let mut runtime = match cli.command {
        None => tokio::runtime::Builder::new_current_thread(),
        Some(_) => tokio::runtime::Builder::new_multi_thread(),
    };
    let done = match runtime.enable_all().build() {
        Ok(runtime) => runtime.block_on(go(&cli)),
        Err(error) => Err(error.into()),
    };
    match done {
        Ok(code) => code,
        Err(fault) => {
            tell(&format!("error: {fault}"));
            ExitCode::FAILURE
        }
    }
}

async fn go(cli: &Cli) -> Result<ExitCode, Fault> {
    let environment: Env = Arc::new(SystemEnvironment::new());
    match &cli.command {
        Some(Command::Role { role, what }) => {
            run::play(&environment, role, what).await?;
            Ok(ExitCode::SUCCESS)
        }
        None => run::run(&environment, &cli.run).await,
    }
}

/// Says something to the person who waits.
fn tell(line: &str) {
    // Where stderr is gone, there is nobody to tell.
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Prints a result.
fn print(line: &str) {
    // Where stdout is gone, there is nobody to tell.
    let _ = writeln!(std::io::stdout(), "{line}");
}
