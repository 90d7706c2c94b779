//! The lab: scriptable targets on loopback, and what the real server makes of them. One command a folder.
#![expect(
    clippy::indexing_slicing,
    reason = "only JSON objects are indexed: what is absent reads as null, and writing makes it"
)]

mod faultlab;
mod home;
mod kills;
mod product;
mod receiver;
mod storm;
mod target;

use clap::{Parser, Subcommand};
use monitorah_core::{Env, environment::SystemEnvironment};
use std::{error::Error, io::Write, process::ExitCode, sync::Arc};

/// What went wrong with the lab itself, for the person who ran it.
type Fault = Box<dyn Error + Send + Sync>;

/// What the real server makes of targets that fail.
#[derive(Debug, Parser)]
#[command(name = "monitorah-lab", max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Let targets fail in every way of the book's table, and print a scorecard.
    Faultlab(faultlab::Args),
    /// Let thousands of monitors flap while nobody listens, and see what people get of it.
    Storm(storm::Args),
    /// Kill the server again and again under load, and see that it loses and doubles nothing.
    Kills(kills::Args),
    /// Let the machine stand in the server's way, and see how soon that is over.
    Faults(kills::faults::Args),
}

#[tokio::main]
async fn main() -> ExitCode {
    let environment: Env = Arc::new(SystemEnvironment::new());
    let done = match Cli::parse().command {
        Command::Faultlab(args) => faultlab::run(&environment, &args).await,
        Command::Storm(args) => storm::run(&environment, &args).await,
        Command::Kills(args) => kills::run(&environment, &args).await,
        Command::Faults(args) => kills::faults::run(&environment, &args).await,
    };
    match done {
        Ok(code) => code,
        Err(fault) => {
            tell(&format!("error: {fault}"));
            ExitCode::FAILURE
        }
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
