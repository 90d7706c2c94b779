//! `cargo xtask soak NAME`: the long runs, part by part, and their figures in the book.
//!
//! A run that was interrupted goes on after its last whole part, as long as the commit is the same.

use crate::{
    Fault,
    process::{cargo, command, output, say, step},
    tree,
};
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Where the figures are written.
const PAGE: &str = "docs/src/contributing/soak.md";
/// Seeds of a part, of fifty hours each.
const SEEDS: u64 = 20;
/// What the simulation's last line begins with.
const SIMULATED: &str = "simulated: ";

/// What the line of figures of a part of the kills begins with.
const KILLED: &str = "killed: ";
/// What the line of figures of a storm begins with.
const STORMED: &str = "stormed: ";
/// What the line of figures of each fault begins with.
const FELT: &str = "felt: ";
/// Kills of a part.
const KILLS: u64 = 100;

/// A long run.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Name {
    /// Simulated hours with a judge of every step.
    Simulation,
    /// Kills of the real server under load, on each database.
    Kills,
    /// Five thousand monitors that flap while nobody listens, on each database.
    Storm,
    /// What a machine and a database do to a server under load, one thing after the other.
    Faults,
}

/// Which run, and how long.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The run.
    name: Name,
    /// Simulated hours, in parts of a thousand.
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(1_000..=1_000_000))]
    hours: u64,
    /// Kills on each database, in parts of a hundred.
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u64).range(100..=100_000))]
    kills: u64,
    /// Minutes of the storm; the receiver is away for half of them.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(4..=60))]
    minutes: u64,
    /// How long each fault lasts.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u64).range(10..=600))]
    seconds: u64,
    /// Only on this database, where the run is one on each.
    #[arg(long)]
    database: Option<Database>,
}

/// A database of the runs that are one on each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Database {
    Sqlite,
    Postgres,
}

impl Database {
    /// As the lab knows it.
    const fn option(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }

    /// As people read it.
    const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

impl Args {
    /// The databases of this run.
    fn databases(&self) -> Vec<Database> {
        let all = vec![Database::Sqlite, Database::Postgres];
        self.database.map_or(all, |one| vec![one])
    }
}

/// Runs what is left of it, and writes the figures.
pub(crate) fn run(args: &Args) -> Result<(), Fault> {
    let commit = commit()?;
    match args.name {
        Name::Simulation => simulation(args.hours, &commit),
        Name::Kills => kills(args, &commit),
        Name::Storm => storm(args, &commit),
        Name::Faults => faults(args, &commit),
    }
}

fn simulation(hours: u64, commit: &str) -> Result<(), Fault> {
    let mut progress = Progress::open("simulation", commit)?;
    for part in progress.done.len()..usize::try_from(hours / 1_000)? {
        // CI runs the seeds of the first part.
        let first = SEEDS * (u64::try_from(part)? + 1);
        let seeds = format!("{first}..{}", first + SEEDS);
        let mut simulate = cargo(&["run", "--release", "--package", "monitorah-simulation"]);
        simulate.args(["--", "--seeds", &seeds]);
        let said = step(&format!("seeds {seeds}"), &mut simulate)?;
        let figures = said.iter().find_map(|line| line.strip_prefix(SIMULATED));
        progress.add(figures.ok_or("the simulation said no figures")?)?;
    }
    let row = row(&today()?, commit, &progress.done);
    write("## The simulation", &[row])?;
    progress.end()
}

fn kills(args: &Args, commit: &str) -> Result<(), Fault> {
    let server = with_fail_points()?;
    let mut rows = Vec::new();
    let mut ended = Vec::new();
    for database in args.databases() {
        let (database, name) = (database.option(), database.name());
        let mut progress = Progress::open(&format!("kills-{database}"), commit)?;
        for part in progress.done.len()..usize::try_from(args.kills / KILLS)? {
            // CI runs the first seed.
            let (count, seed) = (KILLS.to_string(), (part + 2).to_string());
            let mut kill = cargo(&["run", "--release", "--package", "monitorah-lab"]);
            kill.args(["--", "kills", "--database", database])
                .args(["--count", &count, "--seed", &seed, "--server"])
                .arg(&server);
            let said = step(&format!("{name}, seed {seed}"), &mut kill)?;
            let figures = said.iter().find_map(|line| line.strip_prefix(KILLED));
            progress.add(figures.ok_or("the lab said no figures")?)?;
        }
        rows.push(kills_row(&today()?, commit, name, &progress.done));
        ended.push(progress);
    }
    write("## The kills", &rows)?;
    ended.iter().try_for_each(Progress::end)
}

fn storm(args: &Args, commit: &str) -> Result<(), Fault> {
    build_server()?;
    for database in args.databases() {
        let minutes = args.minutes.to_string();
        let mut storm = lab(&["storm", "--database", database.option()]);
        let said = step(
            &format!("storm, {}", database.name()),
            storm.args(["--minutes", &minutes]),
        )?;
        let figures = said.iter().find_map(|line| line.strip_prefix(STORMED));
        let figures = figures.ok_or("the lab said no figures")?;
        // One storm is a whole part: its row is written when it is over.
        let row = storm_row(&today()?, commit, database.name(), figures);
        write("## The storm", &[row])?;
    }
    Ok(())
}

fn faults(args: &Args, commit: &str) -> Result<(), Fault> {
    build_server()?;
    for database in args.databases() {
        let seconds = args.seconds.to_string();
        let mut faults = lab(&["faults", "--database", database.option()]);
        let said = step(
            &format!("faults, {}", database.name()),
            faults.args(["--seconds", &seconds]),
        )?;
        let today = today()?;
        let rows: Vec<_> = said
            .iter()
            .filter_map(|line| line.strip_prefix(FELT))
            .map(|figures| format!("| {today} | {commit} | {} | {figures} |", database.name()))
            .collect();
        if rows.is_empty() {
            return Err("the lab said no figures".into());
        }
        write("## The faults", &rows)?;
    }
    Ok(())
}

/// The server as users run it, for the lab that starts the one beside it.
fn build_server() -> Result<(), Fault> {
    let mut build = cargo(&["build", "--release", "--package", "monitorah-server"]);
    step("the server", &mut build).map(drop)
}

/// The lab with these words.
fn lab(words: &[&str]) -> Command {
    let mut lab = cargo(&["run", "--release", "--package", "monitorah-lab", "--"]);
    lab.args(words);
    lab
}

/// The server with its fail points, out of the way of the one that users run.
fn with_fail_points() -> Result<PathBuf, Fault> {
    let mut build = cargo(&["build", "--release", "--package", "monitorah-server"]);
    step(
        "the server with fail points",
        build.args(["--features", "fail-points"]),
    )?;
    let folder = tree::target()?;
    let place = folder.join("soak").join("monitorah-with-fail-points");
    fs::create_dir_all(folder.join("soak"))?;
    // Whoever builds the server next gets it anew.
    fs::rename(folder.join("release/monitorah"), &place)?;
    if !has_fail_points(&fs::read(&place)?) {
        return Err("the server was built without its fail points".into());
    }
    Ok(place)
}

/// Whether a program has fail points: the name of their variable stands in it.
pub(crate) fn has_fail_points(program: &[u8]) -> bool {
    program
        .split(|byte| *byte == b'M')
        .any(|rest| rest.starts_with(b"ONITORAH_FAIL_POINT"))
}

/// What was done of a run.
struct Progress {
    place: PathBuf,
    commit: String,
    done: Vec<String>,
}

impl Progress {
    fn open(name: &str, commit: &str) -> Result<Self, Fault> {
        let folder = tree::target()?.join("soak");
        fs::create_dir_all(&folder)?;
        let place = folder.join(format!("{name}.json"));
        Ok(Self {
            done: read(&place, commit),
            commit: commit.to_owned(),
            place,
        })
    }

    fn add(&mut self, figures: &str) -> Result<(), Fault> {
        self.done.push(figures.to_owned());
        let text = json!({ "commit": self.commit, "done": self.done });
        let beside = self.place.with_extension("new");
        fs::write(&beside, text.to_string())?;
        Ok(fs::rename(&beside, &self.place)?)
    }

    fn end(&self) -> Result<(), Fault> {
        Ok(fs::remove_file(&self.place)?)
    }
}

fn today() -> Result<String, Fault> {
    let date = output("date", command("date").args(["-u", "+%F"]))?;
    Ok(date.trim().to_owned())
}

/// Puts rows below the table of a section of the page.
fn write(section: &str, rows: &[String]) -> Result<(), Fault> {
    let place = tree::root().join(PAGE);
    let mut page = fs::read_to_string(&place)?;
    for row in rows {
        page = with_row(&page, section, row)?;
    }
    fs::write(&place, page)?;
    say(&format!("{}\nis in {PAGE}", rows.join("\n")));
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

/// The row of a database in the table of the kills.
fn kills_row(date: &str, commit: &str, database: &str, done: &[String]) -> String {
    let words = [
        " kills",
        " events",
        " messages",
        " repeated",
        " acknowledged",
        " lost",
        " doubled",
        " untold",
        " unexplained",
    ];
    let figures: Vec<_> = words
        .iter()
        .map(|word| sum(done, word).to_string())
        .collect();
    format!(
        "| {date} | {commit} | {database} | {} |",
        figures.join(" | ")
    )
}

/// The row of a database in the table of the storms.
fn storm_row(date: &str, commit: &str, database: &str, figures: &str) -> String {
    let words = [
        " monitors",
        " minutes",
        " events",
        " messages",
        " grouped",
        " s between two",
        " at the return",
        " not named",
        " ms control",
        " ms storm",
        " MiB",
    ];
    let figures: Vec<_> = words
        .iter()
        .map(|word| {
            let of = |figure: &'_ str| figure.strip_suffix(word).map(str::to_owned);
            figures.split(", ").find_map(of).unwrap_or_default()
        })
        .collect();
    format!(
        "| {date} | {commit} | {database} | {} |",
        figures.join(" | ")
    )
}

/// The page with one more row at the end of the table of this section.
fn with_row(page: &str, section: &str, row: &str) -> Result<String, Fault> {
    let begin = page
        .find(&format!("{section}\n"))
        .ok_or_else(|| format!("the page has no section {section:?}"))?;
    let rest = page.get(begin..).unwrap_or_default();
    let rest = rest.split("\n## ").next().unwrap_or_default();
    let table = rest.rfind("\n|").ok_or("the section has no table")? + begin;
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
        let page = "## T\n\n| a |\n| - |\n\nMore.\n\n## U\n\n| b |\n| - |\n";
        let first = with_row(page, "## T", "| 1 |").unwrap();
        assert_eq!(
            first,
            "## T\n\n| a |\n| - |\n| 1 |\n\nMore.\n\n## U\n\n| b |\n| - |\n"
        );
        let last = with_row(&first, "## U", "| 2 |").unwrap();
        assert!(last.ends_with("| b |\n| - |\n| 2 |\n"), "{last}");
        assert!(with_row(page, "## V", "| 3 |").is_err());
    }

    #[test]
    fn kills_are_added_for_a_database() {
        let part = "100 kills, 400 events, 812 messages, 12 repeated, 900 acknowledged, 0 lost, \
                    1 doubled, 0 untold, 0 unexplained";
        let row = kills_row("2026-11-22", "abc", "SQLite", &[part.into(), part.into()]);
        let expected =
            "| 2026-11-22 | abc | SQLite | 200 | 800 | 1624 | 24 | 1800 | 0 | 2 | 0 | 0 |";
        assert_eq!(row, expected);
    }

    #[test]
    fn a_storm_is_a_row() {
        let said = "5000 monitors, 10 minutes, 21000 events, 40 messages, 19 grouped, \
                    60.0 s between two, 1 at the return, 0 not named, 1.05 ms control, \
                    1.90 ms storm, 130 MiB";
        let row = storm_row("2026-11-23", "abc", "SQLite", said);
        let expected = "| 2026-11-23 | abc | SQLite | 5000 | 10 | 21000 | 40 | 19 | 60.0 | 1 | 0 \
                        | 1.05 | 1.90 | 130 |";
        assert_eq!(row, expected);
    }

    #[test]
    fn fail_points_are_found_in_a_program() {
        assert!(has_fail_points(b"\x7fELF MMONITORAH_FAIL_POINT\0"));
        assert!(!has_fail_points(b"\x7fELF MONITORAH_FAIL MONITORAH_LOG"));
    }
}
