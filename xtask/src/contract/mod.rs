//! `cargo xtask contract`: the published specification, held by tools and clients that we did not
//! write, and against what was published before.

mod baseline;
mod breaking;
mod clients;
mod fuzz;
mod lint;
mod server;

use crate::{
    Fault,
    process::{cargo, say, step},
    rigs::Rigs,
    tree,
};
use clap::{Args as Arguments, ValueEnum};
use std::time::Instant;

/// The contract.
const CONTRACT: &str = "openapi/monitorah.json";
/// The same in OpenAPI 3.0.3.
const DERIVED: &str = "openapi/monitorah-3.0.json";

/// What can be asked for.
#[derive(Debug, Clone, Arguments)]
pub(crate) struct Args {
    /// Only these; otherwise all.
    #[arg(value_enum)]
    only: Vec<Gate>,
    /// Try the debug build of the server instead of the one that users run.
    #[arg(long)]
    debug: bool,
    /// Take the contract as it is now for what was published: the next baseline.
    #[arg(long, conflicts_with = "only")]
    publish: bool,
}

/// What the contract is held to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Gate {
    /// It takes nothing away from the clients of openapi/baseline.json.
    Baseline,
    /// openapi-spec-validator, for both files.
    Validator,
    /// redocly lint.
    Redocly,
    /// spectral lint.
    Spectral,
    /// schemathesis: generated requests to the whole API.
    Schemathesis,
    /// openapi-python-client: its client makes, lists and deletes, and meets refusals.
    Python,
    /// openapi-typescript and openapi-fetch: likewise.
    Typescript,
}

/// Runs the gates; the last line is the counts.
pub(crate) fn run(args: &Args) -> Result<(), Fault> {
    if args.publish {
        return baseline::publish();
    }
    let gates = match args.only.as_slice() {
        [] => Gate::value_variants(),
        only => only,
    };
    let rigs = Rigs::install()?;
    let mut build = vec!["build", "--package", "monitorah-server"];
    if !args.debug {
        build.push("--release");
    }
    step("the server", &mut cargo(&build))?;
    let profile = if args.debug { "debug" } else { "release" };
    let binary = tree::target()?.join(profile).join("monitorah");
    let (mut passed, mut failed) = (0, Vec::new());
    for gate in gates {
        match timed(*gate, &rigs, &binary) {
            Ok(()) => passed += 1,
            Err(fault) => {
                say(&format!("error: {fault}"));
                failed.push(format!("{gate:?}: {fault}"));
            }
        }
    }
    // The words of the test runner: whoever adds counts knows them.
    say(&format!(
        "test result: {}. {passed} passed; {} failed; 0 ignored",
        if failed.is_empty() { "ok" } else { "FAILED" },
        failed.len()
    ));
    if failed.is_empty() {
        return Ok(());
    }
    Err(format!("the contract is not kept:\n  {}", failed.join("\n  ")).into())
}

#[expect(clippy::disallowed_methods, reason = "chores run on the real clock")]
fn timed(gate: Gate, rigs: &Rigs, binary: &std::path::Path) -> Result<(), Fault> {
    let started = Instant::now();
    let outcome = match gate {
        Gate::Baseline => baseline::check(),
        Gate::Validator => lint::validator(rigs),
        Gate::Redocly => lint::redocly(rigs),
        Gate::Spectral => lint::spectral(rigs),
        Gate::Schemathesis => fuzz::run(rigs, binary),
        Gate::Python => clients::python(rigs, binary),
        Gate::Typescript => clients::typescript(rigs, binary),
    };
    let taken = started.elapsed().as_secs();
    let word = if outcome.is_ok() { "kept" } else { "broken" };
    say(&format!("== {gate:?} is {word}: {taken} s"));
    outcome
}
