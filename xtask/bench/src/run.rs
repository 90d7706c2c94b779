//! One run: every group of rows after the other, its figures judged, and what they come to.

use crate::{
    Fault, alert, api, checks,
    child::Beside,
    delay, engine,
    figure::{Figure, verdict},
    lag,
    machine::Machine,
    memory, page, phases, policy,
    pulse::Pulse,
    report,
    row::{ROWS, row},
    seed::Seeds,
    start, store,
    target::{self, Targets},
    tell,
};
use futures::{FutureExt, future::LocalBoxFuture};
use monitorah_core::Env;
use std::{process::ExitCode, sync::Arc};

/// What is run.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Print the result as JSON.
    #[arg(long)]
    json: bool,
    /// Two short rounds of each row: says whether the bench works, and proves nothing.
    #[arg(long)]
    quick: bool,
    /// Only the groups that have these rows, as `P1,P5`: for work on one of them. Written nowhere.
    #[arg(long, value_delimiter = ',', value_name = "ROW")]
    rows: Vec<String>,
}

/// What every group works with.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) environment: Env,
    pub(crate) targets: Targets,
    pub(crate) quick: bool,
    pub(crate) pulse: Pulse,
    pub(crate) seeds: Seeds,
}

impl Run {
    /// How many rounds a row has in this run.
    pub(crate) fn rounds(&self, id: &str) -> usize {
        match row(id) {
            Some(row) if !self.quick => row.rounds,
            _ => 2,
        }
    }

    /// This, or a quarter of it in a quick run.
    pub(crate) const fn size(&self, whole: usize) -> usize {
        if self.quick { whole.div_ceil(4) } else { whole }
    }
}

type Group = (
    &'static [&'static str],
    fn(&Run) -> LocalBoxFuture<'_, Result<Vec<Figure>, Fault>>,
);

/// The rows that are measured together, and how.
const GROUPS: [Group; 15] = [
    (&["P1", "P2", "P3", "P4"], |run| {
        checks::against(run).boxed_local()
    }),
    (&["P5"], |run| checks::pipeline(run).boxed_local()),
    (&["P6"], |run| lag::rate(run).boxed_local()),
    (&["P7a", "P7b"], |run| lag::lag(run).boxed_local()),
    (&["P8"], |run| lag::hanging(run).boxed_local()),
    (&["P9", "P10a"], |run| memory::monitors(run).boxed_local()),
    (&["P10b"], |run| memory::in_flight(run).boxed_local()),
    (&["P11a"], |run| store::postgres(run).boxed_local()),
    (&["P11b"], |run| store::sqlite(run).boxed_local()),
    (&["RLS"], |run| policy::point(run).boxed_local()),
    (&["P13"], |run| api::point(run).boxed_local()),
    (&["P14a", "P14b"], |run| api::pages(run).boxed_local()),
    (&["P15"], |run| start::start(run).boxed_local()),
    (&["P16"], |run| phases::phases(run).boxed_local()),
    (&["P17a", "P17b"], |run| alert::alert(run).boxed_local()),
];

/// Plays a role beside a run.
pub(crate) async fn play(environment: &Env, role: &str, what: &str) -> Result<(), Fault> {
    match role {
        "targets" => target::run(environment).await,
        "engine" => engine::run(environment, &serde_json::from_str(what)?).await,
        "late" => delay::run().await,
        "anchor" => api::anchor(environment, &serde_json::from_str(what)?).await,
        _ => Err(format!("there is no role {role} that does {what}").into()),
    }
}

/// Runs what is asked for; whether every row is there and well is the exit code.
pub(crate) async fn run(environment: &Env, args: &Args) -> Result<ExitCode, Fault> {
    if let Some(unknown) = args.rows.iter().find(|id| row(id).is_none()) {
        let known: Vec<&str> = ROWS.iter().map(|row| row.id).collect();
        return Err(format!(
            "there is no row {unknown}: name some of {}",
            known.join(", ")
        )
        .into());
    }
    let machine = Machine::of_this_run(environment)?;
    let mut targets = Beside::role("targets", &())?;
    let run = Run {
        environment: Arc::clone(environment),
        targets: targets.hear().await?,
        quick: args.quick,
        pulse: Pulse::start(environment)?,
        seeds: Seeds::new()?,
    };
    let mut figures = Vec::new();
    let wanted = |ids: &[&str]| {
        args.rows.is_empty() || ids.iter().any(|id| args.rows.iter().any(|row| row == id))
    };
    for (ids, group) in GROUPS.iter().filter(|(ids, _)| wanted(ids)) {
        tell(&format!("measuring {}", ids.join(", ")));
        match group(&run).await {
            Ok(measured) => figures.extend(measured),
            Err(fault) => tell(&format!("error: {}: {fault}", ids.join(", "))),
        }
    }
    let judged: Vec<_> = ROWS
        .iter()
        .filter(|row| {
            args.rows.is_empty()
                || figures.iter().any(|figure| figure.row == row.id)
                || args.rows.iter().any(|id| id == row.id)
        })
        .map(|row| {
            let figure = figures.iter().find(|figure| figure.row == row.id);
            (row, figure, verdict(row, figure, run.rounds(row.id)))
        })
        .collect();
    if args.json {
        report::json(&machine, args.quick, &judged)?;
    } else {
        report::table(&machine, args.quick, &judged);
    }
    let whole = args.rows.is_empty() && !args.quick;
    if whole {
        let path = page::write(&machine, &figures)?;
        tell(&format!("written to {}", path.display()));
    }
    Ok(if judged.iter().all(|(_, _, verdict)| verdict.is_good()) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No row is without somebody who measures it, and nobody measures a row that is none.
    #[test]
    fn every_row_is_in_one_group() {
        let measured: Vec<&str> = GROUPS
            .iter()
            .flat_map(|(ids, _)| ids.iter().copied())
            .collect();
        let rows: Vec<&str> = ROWS.iter().map(|row| row.id).collect();
        assert_eq!(measured, rows);
    }
}
