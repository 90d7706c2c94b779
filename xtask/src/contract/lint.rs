//! Readers of specifications that we did not write.

use super::{CONTRACT, DERIVED};
use crate::{
    Fault,
    process::{command, step},
    rigs::{self, Rigs},
    tree,
};
use std::path::Path;

/// Whether both files are OpenAPI.
pub(super) fn validator(rigs: &Rigs) -> Result<(), Fault> {
    let program = rigs.python("openapi-spec-validator");
    let mut check = program_at(&program);
    step("openapi-spec-validator", check.args([CONTRACT, DERIVED]))?;
    Ok(())
}

/// Whether it keeps redocly's recommended rules.
pub(super) fn redocly(rigs: &Rigs) -> Result<(), Fault> {
    let mut lint = program_at(&rigs.node_program("redocly"));
    lint.args(["lint", CONTRACT, "--format=stylish", "--config"])
        .arg(rigs::source("redocly.yaml"))
        // It would ask its maker for a newer version.
        .env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true")
        .env("REDOCLY_TELEMETRY", "off");
    step("redocly lint", &mut lint)?;
    Ok(())
}

/// Whether it keeps spectral's rules for OpenAPI.
pub(super) fn spectral(rigs: &Rigs) -> Result<(), Fault> {
    let mut lint = program_at(&rigs.node_program("spectral"));
    lint.args(["lint", CONTRACT, "--fail-severity=warn", "--ruleset"])
        .arg(rigs::source("spectral.yaml"));
    step("spectral lint", &mut lint)?;
    Ok(())
}

/// A program that runs in the folder of the workspace.
fn program_at(path: &Path) -> std::process::Command {
    let mut program = command(&path.to_string_lossy());
    program.current_dir(tree::root());
    program
}
