//! `cargo xtask bench`: builds the server as users run it, and the bench beside it, and runs the bench.
//!
//! The bench is a package of its own because it links the engine, which no other chore needs.

use crate::{Fault, process::cargo, tree};
use std::{ffi::OsString, process::ExitCode};

/// What goes on to the bench: see `cargo xtask bench -- --help`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Options of the bench, such as `--quick`, `--json` or `--rows P1,P5`.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    bench: Vec<OsString>,
}

/// Runs the bench; whether every row passes is the exit code.
pub(crate) fn run(args: &Args) -> Result<ExitCode, Fault> {
    let mut server = cargo(&["build", "--release"]);
    let built = server.current_dir(tree::root()).status()?;
    if !built.success() {
        return Err(format!("building the server: {built}").into());
    }
    let mut bench = cargo(&["run", "--release", "--package", "monitorah-bench", "--"]);
    let done = bench.args(&args.bench).current_dir(tree::root()).status()?;
    Ok(if done.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
