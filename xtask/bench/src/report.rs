//! What a run says on stdout: a table for people, or JSON for programs.

use crate::{
    Fault,
    figure::{Figure, Verdict, band, median},
    machine::Machine,
    page::{goal, number, spread},
    print,
    row::Row,
};
use serde_json::json;

/// A row, what was measured of it, and what that comes to.
pub(crate) type Judged<'a> = (&'static Row, Option<&'a Figure>, Verdict);

pub(crate) fn table(machine: &Machine, quick: bool, judged: &[Judged<'_>]) {
    print(&format!(
        "{} at commit {}: {} cores, {}, Linux {}",
        machine.date, machine.commit, machine.cores, machine.cpu, machine.kernel
    ));
    if quick {
        print("QUICK: two short rounds a row; these figures prove nothing");
    }
    for (row, figure, verdict) in judged {
        let value = figure.and_then(|figure| median(&figure.rounds));
        print(&format!(
            "{:<5} {:>12} {:<9} goal {:<8} stretch {:<8} {:<18} {}",
            row.id,
            value.map_or_else(|| "-".to_owned(), number),
            row.unit,
            goal(row, row.pass),
            goal(row, row.stretch),
            verdict.as_str(),
            row.what,
        ));
        if let Some(figure) = figure {
            let unrest = if row.control {
                format!("; band of the control {} ms", number(band(&figure.control)))
            } else {
                String::new()
            };
            print(&format!(
                "      {} rounds, {}{unrest}; {}",
                figure.rounds.len(),
                spread(figure),
                figure.note
            ));
        }
    }
    let good = judged
        .iter()
        .filter(|(_, _, verdict)| verdict.is_good())
        .count();
    print(&format!("{good} of {} rows pass", judged.len()));
}

pub(crate) fn json(machine: &Machine, quick: bool, judged: &[Judged<'_>]) -> Result<(), Fault> {
    let rows: Vec<_> = judged
        .iter()
        .map(|(row, figure, verdict)| {
            json!({
                "row": row.id,
                "what": row.what,
                "unit": row.unit,
                "pass": row.pass,
                "stretch": row.stretch,
                "value": figure.and_then(|figure| median(&figure.rounds)),
                "rounds": figure.map(|figure| &figure.rounds),
                "control": figure.map(|figure| &figure.control),
                "arms": figure.map(|figure| &figure.note),
                "verdict": verdict,
            })
        })
        .collect();
    let report = json!({"machine": machine, "quick": quick, "rows": rows});
    print(&serde_json::to_string_pretty(&report)?);
    Ok(())
}
