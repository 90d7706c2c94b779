//! The Python programs that tests talk to: one virtual environment below the target folder.

use crate::{Fault, test::step};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// What is to be installed, in the versions that the tests were written with.
const REQUIREMENTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/rigs/requirements.txt");

/// The folder of the environment: `rigs/venv` in the target folder that this program runs from,
/// where the tests look for it from their own place.
fn folder() -> Result<PathBuf, Fault> {
    let program = env::current_exe()?;
    let target = program
        .ancestors()
        .nth(2)
        .ok_or("this program stands in no target folder")?;
    Ok(target.join("rigs/venv"))
}

/// Whether the environment holds exactly what is wanted.
fn is_ready(venv: &Path, wanted: &str) -> bool {
    fs::read_to_string(venv.join("requirements.txt")).is_ok_and(|have| have == wanted)
        && venv.join("bin/python").exists()
}

/// Makes the environment where it is not there or not as it should be.
///
/// # Errors
/// When Python or its packages cannot be had.
pub(crate) fn prepare() -> Result<(), Fault> {
    let wanted = fs::read_to_string(REQUIREMENTS)?;
    let venv = folder()?;
    if is_ready(&venv, &wanted) {
        return Ok(());
    }
    step(
        "making rigs/venv",
        python("python3").args(["-m", "venv", "--clear"]).arg(&venv),
    )?;
    let install = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--requirement",
        REQUIREMENTS,
    ];
    step(
        "installing into rigs/venv",
        python(venv.join("bin/python")).args(install),
    )?;
    // Written last: an environment that was left half way is made anew.
    fs::write(venv.join("requirements.txt"), wanted)?;
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "chores are processes")]
fn python(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command.env("PIP_DISABLE_PIP_VERSION_CHECK", "1");
    command
}
