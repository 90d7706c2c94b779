//! The project's own chores: `cargo xtask --help`. One command a file.

mod architecture;
mod bench;
mod client;
mod contract;
mod derive;
mod faultlab;
mod openapi;
mod process;
mod rigs;
mod soak;
mod test;
mod tree;

use clap::{Args, Parser, Subcommand};
use std::{error::Error, io::Write, process::ExitCode};

/// What went wrong, for the person who ran the command.
type Fault = Box<dyn Error + Send + Sync>;

/// The project's own chores.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run everything that a change must pass; the last line is the counts.
    Test,
    /// Write the specification: openapi/monitorah.json and, derived from it, monitorah-3.0.json.
    Openapi(Generate),
    /// Write the generated part of the Rust client from openapi/monitorah-3.0.json.
    Client(Generate),
    /// Hold the specification against a running server with tools and clients of others.
    Contract(contract::Args),
    /// Measure what the product costs beside its bounds and its peer, row by row.
    Bench(bench::Args),
    /// Let targets fail in every way of the book's table, and score what the server makes of them.
    Faultlab(faultlab::Args),
    /// Run what takes hours, part by part, and write its figures into the book.
    Soak(soak::Args),
    /// Check the invariants of the crates: who knows whom, and what stands where.
    CheckArchitecture,
}

/// What every generating command takes.
#[derive(Debug, Clone, Copy, Args)]
struct Generate {
    /// Write nothing; fail when a checked-in file differs from what would be written.
    #[arg(long)]
    check: bool,
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Bench(args) => return exit(bench::run(&args)),
        Command::Faultlab(args) => return exit(faultlab::run(&args)),
        Command::Test => test::run(),
        Command::Openapi(args) => openapi::run(args.check),
        Command::Client(args) => client::run(args.check),
        Command::Contract(args) => contract::run(&args),
        Command::Soak(args) => soak::run(&args),
        Command::CheckArchitecture => architecture::run(),
    };
    exit(done.map(|()| ExitCode::SUCCESS))
}

fn exit(done: Result<ExitCode, Fault>) -> ExitCode {
    match done {
        Ok(code) => code,
        Err(fault) => {
            // Where stderr is gone, there is nobody to tell.
            let _ = writeln!(std::io::stderr(), "error: {fault}");
            ExitCode::FAILURE
        }
    }
}
