//! Chores are processes: how they are started, and how their words go on.

use crate::Fault;
use std::{
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
    time::Instant,
};

#[expect(clippy::disallowed_methods, reason = "chores are processes")]
pub(crate) fn command(program: &str) -> Command {
    let mut command = Command::new(program);
    command.stdin(Stdio::null());
    command
}

pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = command("cargo");
    command.args(arguments);
    command
}

pub(crate) fn succeeds(program: &str, arguments: &[&str]) -> bool {
    let mut command = command(program);
    command
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// Runs a step; its output goes on as it comes, and is returned for its counts.
#[expect(clippy::disallowed_methods, reason = "chores run on the real clock")]
pub(crate) fn step(name: &str, command: &mut Command) -> Result<Vec<String>, Fault> {
    say(&format!("== {name}"));
    let started = Instant::now();
    // One pipe for both streams: nextest counts on stderr, the documentation tests on stdout.
    let (reader, writer) = std::io::pipe()?;
    command.stdout(writer.try_clone()?).stderr(writer);
    let child = command.spawn();
    // The command holds the writing ends: without letting go of them the reader never ends.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = child.map_err(|error| {
        format!(
            "{name}: {}: {error}",
            command.get_program().to_string_lossy()
        )
    })?;
    let mut lines = Vec::new();
    for line in BufReader::new(reader).split(b'\n') {
        let line = String::from_utf8_lossy(&line?).into_owned();
        say(&line);
        lines.push(line);
    }
    let status = child.wait()?;
    say(&format!("== {name}: {} s", started.elapsed().as_secs()));
    if status.success() {
        Ok(lines)
    } else {
        Err(format!("{name}: {status}").into())
    }
}

/// What a command prints on stdout; what it says on stderr goes on.
pub(crate) fn output(name: &str, command: &mut Command) -> Result<String, Fault> {
    let done = command.stderr(Stdio::inherit()).output()?;
    if !done.status.success() {
        return Err(format!("{name}: {}", done.status).into());
    }
    Ok(String::from_utf8(done.stdout)?)
}

pub(crate) fn say(line: &str) {
    // Where stdout is gone, there is nobody to tell.
    let _ = writeln!(std::io::stdout(), "{line}");
}
