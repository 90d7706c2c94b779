//! `cargo xtask faultlab`: builds the server as users run it, and the lab beside it, and runs the lab.
//!
//! The lab is a package of its own because it links the engine, which no other chore needs.

use crate::{Fault, process::cargo, tree};
use std::{ffi::OsString, process::ExitCode};

/// What goes on to the lab: see `cargo xtask faultlab -- --help`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Modes and options of the lab, such as `--quick`, `--json` or `http-500`.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    lab: Vec<OsString>,
}

/// Runs the lab; what it says of the server is the exit code.
pub(crate) fn run(args: &Args) -> Result<ExitCode, Fault> {
    let mut server = cargo(&["build", "--release"]);
    let built = server.current_dir(tree::root()).status()?;
    if !built.success() {
        return Err(format!("building the server: {built}").into());
    }
    let mut lab = cargo(&[
        "run",
        "--release",
        "--package",
        "monitorah-lab",
        "--",
        "faultlab",
    ]);
    let done = lab.args(&args.lab).current_dir(tree::root()).status()?;
    Ok(if done.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
