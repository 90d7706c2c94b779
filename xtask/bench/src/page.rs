//! The page of the book: its table is written by a whole run, and compared with the rows by a test.

use crate::{
    Fault,
    figure::{Figure, median, verdict},
    machine::{Machine, root},
    row::{Better, ROWS, Row},
};
use std::{fmt::Write, path::PathBuf};

/// Between these lines a run writes.
const BEGIN: &str = "<!-- written by `cargo xtask bench`: begin -->";
const END: &str = "<!-- written by `cargo xtask bench`: end -->";

fn path() -> PathBuf {
    root().join("docs/src/contributing/benchmarks.md")
}

/// A number as people read it.
pub(crate) fn number(value: f64) -> String {
    if value.abs() >= 100.0 {
        format!("{value:.0}")
    } else if value.abs() >= 10.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.2}")
    }
}

/// A goal as the table has it.
pub(crate) fn goal(row: &Row, value: f64) -> String {
    let sign = match row.better {
        Better::More => "≥",
        Better::Less => "≤",
    };
    format!("{sign} {value}")
}

/// The smallest and the largest round.
pub(crate) fn spread(figure: &Figure) -> String {
    let least = figure.rounds.iter().copied().fold(f64::INFINITY, f64::min);
    let most = figure
        .rounds
        .iter()
        .copied()
        .fold(f64::NEG_INFINITY, f64::max);
    format!("{} to {}", number(least), number(most))
}

/// The table in Markdown.
fn table(machine: &Machine, figures: &[Figure]) -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    writeln!(
        text,
        "Measured on {} at commit {}: {} cores, {}, Linux {}.\n",
        machine.date, machine.commit, machine.cores, machine.cpu, machine.kernel
    )?;
    writeln!(
        text,
        "| Row | What | Unit | Pass | Stretch | Value | Rounds from–to | Verdict | Arms |"
    )?;
    writeln!(text, "|---|---|---|---|---|---|---|---|---|")?;
    for row in &ROWS {
        let figure = figures.iter().find(|figure| figure.row == row.id);
        let value = figure.and_then(|figure| median(&figure.rounds));
        writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} |",
            row.id,
            row.what,
            row.unit,
            goal(row, row.pass),
            goal(row, row.stretch),
            value.map_or_else(|| "not measured".to_owned(), number),
            figure.map(spread).unwrap_or_default(),
            verdict(row, figure, row.rounds).as_str(),
            figure.map_or("", |figure| figure.note.as_str()),
        )?;
    }
    Ok(text)
}

/// Writes the table of a whole run into the page.
pub(crate) fn write(machine: &Machine, figures: &[Figure]) -> Result<PathBuf, Fault> {
    let path = path();
    let page = std::fs::read_to_string(&path)?;
    let (before, rest) = page
        .split_once(BEGIN)
        .ok_or_else(|| format!("{}: there is no line {BEGIN}", path.display()))?;
    let (_, after) = rest
        .split_once(END)
        .ok_or_else(|| format!("{}: there is no line {END}", path.display()))?;
    let table = table(machine, figures)?;
    std::fs::write(&path, format!("{before}{BEGIN}\n\n{table}\n{END}{after}"))?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows of the code are the rows of the page, with the same goals, in the same order.
    #[test]
    fn the_page_has_every_row_with_its_goals() {
        let page = std::fs::read_to_string(path()).unwrap();
        let (_, rest) = page.split_once(BEGIN).unwrap();
        let (table, _) = rest.split_once(END).unwrap();
        let written: Vec<Vec<&str>> = table
            .lines()
            .filter_map(|line| line.strip_prefix("| ")?.strip_suffix('|'))
            .map(|line| line.split('|').map(str::trim).collect::<Vec<_>>())
            .filter(|cells| cells[0] != "Row")
            .collect();
        let expected: Vec<Vec<String>> = ROWS
            .iter()
            .map(|row| {
                vec![
                    row.id.to_owned(),
                    row.what.to_owned(),
                    row.unit.to_owned(),
                    goal(row, row.pass),
                    goal(row, row.stretch),
                ]
            })
            .collect();
        let found: Vec<Vec<&str>> = written.iter().map(|cells| cells[..5].to_vec()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_table_names_every_row_also_where_nothing_was_measured() {
        let machine = Machine {
            date: "2026-01-01".to_owned(),
            commit: "0".to_owned(),
            cores: 2,
            cpu: "x".to_owned(),
            kernel: "6".to_owned(),
        };
        let figure = Figure {
            row: "P1",
            rounds: vec![9.0; 5],
            control: Vec::new(),
            note: "90 of ours".to_owned(),
        };
        let table = table(&machine, &[figure]).unwrap();
        assert_eq!(table.matches("MISSING").count(), ROWS.len() - 1);
        assert!(
            table.contains("| 9.00 | 9.00 to 9.00 | pass | 90 of ours |"),
            "{table}"
        );
    }
}
