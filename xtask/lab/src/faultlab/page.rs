//! The tables of the book's page, written from the table of the code.

use super::{
    mode::{Mode, Script},
    report::{Line, Scorecard},
    table::CHAPTERS,
};
use crate::Fault;
use monitorah_core::Env;
use std::{
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

/// Between these lines a run writes.
const BEGIN: &str = "<!-- written by `cargo xtask faultlab --write`: begin -->";
const END: &str = "<!-- written by `cargo xtask faultlab --write`: end -->";

/// The page.
pub(super) fn path() -> PathBuf {
    root().join("docs/src/contributing/fault-lab.md")
}

/// The root of the sources.
fn root() -> &'static Path {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.ancestors().nth(2).unwrap_or(own)
}

/// Every chapter with its table.
pub(crate) fn tables() -> String {
    let mut text = String::new();
    for chapter in &CHAPTERS {
        text.push_str(&format!(
            "## {}\n\n| Mode | What happens | Monitor | State | Reason | Told |\n|---|---|---|---|---|---|\n",
            chapter.title
        ));
        for mode in chapter.modes {
            text.push_str(&row(mode));
        }
        text.push('\n');
    }
    text
}

fn row(mode: &Mode) -> String {
    let expect = &mode.expect;
    let list = |kinds: &[&str]| {
        let kinds: Vec<_> = kinds.iter().map(|kind| format!("`{kind}`")).collect();
        if kinds.is_empty() {
            "nobody".to_owned()
        } else {
            kinds.join(", ")
        }
    };
    let told = match (expect.told, expect.told_after) {
        ([], []) => "nobody".to_owned(),
        (during, after) => format!("{}; then {}", list(during), list(after)),
    };
    format!(
        "| `{}` | {} | {} | `{}` | `{}` | {told} |\n",
        mode.name,
        mode.does,
        monitor(mode),
        expect.state,
        expect.reason
    )
}

/// What watches the target: the type and the configuration, as a cell can hold it.
fn monitor(mode: &Mode) -> String {
    let draft = &mode.monitor;
    let mut text = format!("{} `{}`", draft.kind, draft.config.replace('|', "\\|"));
    if draft.more != "{}" {
        text.push_str(&format!(" `{}`", draft.more));
    }
    match mode.script {
        Script::Http(_) | Script::HttpPort(_) | Script::Window(_) | Script::Uplink => {}
        Script::Https(_) => text.push_str(" of an `https` URL"),
        Script::NamedHttp(_) | Script::NamedDns(_) => text.push_str(" with our own name servers"),
        _ => {}
    }
    text
}

/// The commit of the sources, marked where files differ from it.
fn commit() -> Result<String, Fault> {
    #[expect(clippy::disallowed_methods, reason = "git knows which commit this is")]
    let output = Command::new("git")
        .args(["describe", "--always", "--dirty", "--exclude", "*"])
        .current_dir(root())
        .output()?;
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

/// Writes what came of a whole run into the page.
pub(super) fn write(environment: &Env, scorecards: &[Scorecard]) -> Result<PathBuf, Fault> {
    let path = path();
    let page = std::fs::read_to_string(&path)?;
    let missing = || format!("{}: the lines for the figures are gone", path.display());
    let (before, rest) = page.split_once(BEGIN).ok_or_else(missing)?;
    let (_, after) = rest.split_once(END).ok_or_else(missing)?;
    let date = environment.now().strftime("%Y-%m-%d").to_string();
    let figures = figures(&date, &commit()?, scorecards);
    std::fs::write(&path, format!("{before}{BEGIN}\n\n{figures}\n{END}{after}"))?;
    Ok(path)
}

/// The figures of a run: the promises by database, and the modes by how fast they were noticed.
fn figures(date: &str, commit: &str, scorecards: &[Scorecard]) -> String {
    let mut text = format!("Measured on {date} at commit {commit}, the server in release.\n\n");
    text.push_str("| Database | Promise | Holds | Figure |\n|---|---|---|---|\n");
    for scorecard in scorecards {
        for promise in scorecard.promises() {
            text.push_str(&format!(
                "| {} | {} | {} | {} |\n",
                scorecard.database.name(),
                promise.says,
                if promise.holds { "yes" } else { "**no**" },
                promise.figure
            ));
        }
    }
    text.push_str(
        "\n| Mode | Database | Right | Rounds | p50 ms | p95 ms | Longest ms | KiB |\n\
         |---|---|---|---|---|---|---|---|\n",
    );
    let modes = scorecards.iter().map(|scorecard| scorecard.modes.len());
    for number in 0..modes.max().unwrap_or_default() {
        for scorecard in scorecards {
            if let Some(line) = scorecard.modes.get(number) {
                text.push_str(&figure(scorecard.database.name(), line));
            }
        }
    }
    text
}

fn figure(database: &str, line: &Line) -> String {
    let ms = |time: Option<Duration>| {
        time.map_or_else(|| "–".to_owned(), |time| time.as_millis().to_string())
    };
    let memory = line.memory.map(|bytes| (bytes / 1024).to_string());
    format!(
        "| `{}` | {database} | {} | {} | {} | {} | {} | {} |\n",
        line.mode.name,
        if line.passes() { "yes" } else { "**no**" },
        line.scores.len(),
        ms(line.latency(50)),
        ms(line.latency(95)),
        ms(Some(line.longest())),
        memory.unwrap_or_else(|| "–".to_owned())
    )
}
