//! `cargo xtask soak NAME`: the long runs, part by part, and their figures in the book.
//!
//! A run that was interrupted goes on after its last whole part, as long as the commit is the same.

use crate::{
    Fault,
    process::{cargo, command, output, say, step},
    tree,
};
use serde_json::{Value, json};
use std::{fs, path::Path};

/// Where the figures are written.
const PAGE: &str = "docs/src/contributing/soak.md";
/// Seeds of a part, of fifty hours each.
const SEEDS: u64 = 20;
/// What the simulation's last line begins with.
const SIMULATED: &str = "simulated: ";

/// A long run.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Name {
    /// Simulated hours with a judge of every step.
    Simulation,
}

/// Which run, and how long.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The run.
    name: Name,
    /// Simulated hours, in parts of a thousand.
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(1_000..=1_000_000))]
    hours: u64,
}

/// Runs what is left of it, and writes the figures.
pub(crate) fn run(args: &Args) -> Result<(), Fault> {
    let Name::Simulation = args.name;
    let commit = commit()?;
    let folder = tree::target()?.join("soak");
    fs::create_dir_all(&folder)?;
    let progress = folder.join("simulation.json");
    let mut done = read(&progress, &commit);
    for part in done.len()..usize::try_from(args.hours / 1_000)? {
        // CI runs the seeds of the first part.
        let first = SEEDS * (u64::try_from(part)? + 1);
        let seeds = format!("{first}..{}", first + SEEDS);
        let mut simulate = cargo(&["run", "--release", "--package", "monitorah-simulation"]);
        simulate.args(["--", "--seeds", &seeds]);
        let said = step(&format!("seeds {seeds}"), &mut simulate)?;
        let figures = said.iter().find_map(|line| line.strip_prefix(SIMULATED));
        let figures = figures.ok_or("the simulation said no figures")?;
        done.push(figures.to_owned());
        let text = json!({ "commit": commit, "done": done });
        let beside = progress.with_extension("new");
        fs::write(&beside, text.to_string())?;
        fs::rename(&beside, &progress)?;
    }
    let date = output("date", command("date").args(["-u", "+%F"]))?;
    let place = tree::root().join(PAGE);
    let row = row(date.trim(), &commit, &done);
    let page = fs::read_to_string(&place)?;
    fs::write(&place, with_row(&page, &row)?)?;
    fs::remove_file(&progress)?;
    say(&format!("{row}\nis in {PAGE}"));
    Ok(())
}

/// What is checked out, and whether it was changed since.
fn commit() -> Result<String, Fault> {
    let mut describe = command("git");
    describe.args(["describe", "--always", "--dirty", "--exclude", "*"]);
    let said = output("git describe", describe.current_dir(tree::root()))?;
    Ok(said.trim().to_owned())
}

/// The parts that were done of this commit.
fn read(progress: &Path, commit: &str) -> Vec<String> {
    let text = fs::read(progress).unwrap_or_default();
    let stored: Value = serde_json::from_slice(&text).unwrap_or_default();
    let same = stored.get("commit").and_then(Value::as_str) == Some(commit);
    let done = stored.get("done").and_then(Value::as_array);
    done.filter(|_| same)
        .into_iter()
        .flatten()
        .filter_map(|part| part.as_str().map(str::to_owned))
        .collect()
}

/// The sum of what stands before this word, over the parts.
fn sum(done: &[String], word: &str) -> u64 {
    done.iter()
        .flat_map(|part| part.split(", "))
        .filter_map(|figure| figure.strip_suffix(word)?.trim().parse::<u64>().ok())
        .sum()
}

/// The row of the page's table.
fn row(date: &str, commit: &str, done: &[String]) -> String {
    let words = [
        " h",
        " checks",
        " steps",
        " events",
        " faults of ours",
        " told twice",
        " broken",
    ];
    let figures: Vec<_> = words
        .iter()
        .map(|word| sum(done, word).to_string())
        .collect();
    format!("| {date} | {commit} | {} |", figures.join(" | "))
}

/// The page with one more row at the end of its table.
fn with_row(page: &str, row: &str) -> Result<String, Fault> {
    let table = page.rfind("\n|").ok_or("the page has no table")?;
    let end = page.get(table + 1..).and_then(|rest| rest.find('\n'));
    let end = end.map_or(page.len(), |end| table + 1 + end);
    let (before, after) = page.split_at(end);
    Ok(format!("{before}\n{row}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_added_and_put_below_the_last() {
        let part = "1000 h, seeds 0..20, 1261567 checks, 16374 checks/s, 1255355 steps, \
                    12268 events, 3384 faults of ours, 453 told twice, 0 broken";
        let row = row("2026-11-22", "abc", &[part.to_owned(), part.to_owned()]);
        let expected = "| 2026-11-22 | abc | 2000 | 2523134 | 2510710 | 24536 | 6768 | 906 | 0 |";
        assert_eq!(row, expected);
        let page = with_row("# T\n\n| a |\n| - |\n\nMore.\n", "| 1 |").unwrap();
        assert_eq!(page, "# T\n\n| a |\n| - |\n| 1 |\n\nMore.\n");
    }
}
