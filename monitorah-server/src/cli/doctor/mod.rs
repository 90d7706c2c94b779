//! `monitorah doctor`: looks at what the server needs, and says what to do; it changes nothing.

mod data;
mod machine;

use super::{Common, Exit, Outcome, print, print_json};
use crate::{
    config::{Config, Flags, report},
    declared::show::clean,
};
use clap::Args;
use monitorah_core::Env;
use serde::Serialize;
use serde_json::json;

#[derive(Debug, Args)]
pub(super) struct DoctorArgs {
    #[command(flatten)]
    common: Common,
    /// Where to listen, as `serve` takes it.
    #[arg(long, value_name = "HOST:PORT")]
    listen: Option<String>,
    /// Print JSON: healthy, rows.
    #[arg(long)]
    json: bool,
}

/// How one thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
enum State {
    /// Well.
    Ok,
    /// The server works, and something does less than it could.
    Warning,
    /// To be mended.
    Wrong,
    /// Not looked at, because something before it is wrong.
    Skipped,
}

/// One thing that was looked at.
#[derive(Debug, Serialize)]
struct Row {
    name: &'static str,
    state: State,
    /// What was seen.
    says: String,
    /// What to do, where there is something.
    #[serde(rename = "do", skip_serializing_if = "Option::is_none")]
    advice: Option<String>,
}

impl Row {
    fn ok(name: &'static str, says: impl Into<String>) -> Self {
        Self {
            name,
            state: State::Ok,
            says: says.into(),
            advice: None,
        }
    }

    fn warning(name: &'static str, says: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            name,
            state: State::Warning,
            says: says.into(),
            advice: Some(advice.into()),
        }
    }

    fn wrong(name: &'static str, says: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            name,
            state: State::Wrong,
            says: says.into(),
            advice: Some(advice.into()),
        }
    }

    fn skipped(name: &'static str, says: impl Into<String>) -> Self {
        Self {
            name,
            state: State::Skipped,
            says: says.into(),
            advice: None,
        }
    }
}

pub(super) async fn run(environment: &Env, args: &DoctorArgs) -> Outcome {
    let flags = Flags {
        config: args.common.config.clone(),
        data_dir: args.common.data_dir.clone(),
        listen: args.listen.clone(),
    };
    let mut rows = vec![configuration(&flags)];
    match Config::load(&flags) {
        Ok(config) => {
            data::look(environment, &config, &mut rows).await;
            rows.push(machine::server(environment, config.listen).await);
        }
        Err(_) => {
            for name in data::NAMES.iter().chain(&[machine::SERVER]) {
                rows.push(Row::skipped(name, "the configuration is wrong"));
            }
        }
    }
    rows.push(machine::clock(environment.now()));
    rows.push(machine::icmp());
    rows.push(machine::open_files());
    let healthy = rows.iter().all(|row| row.state != State::Wrong);
    if args.json {
        print_json(&json!({ "healthy": healthy, "rows": rows }))?;
    } else {
        print(&table(&rows))?;
    }
    if healthy { Ok(()) } else { Err(Exit::Code(1)) }
}

fn configuration(flags: &Flags) -> Row {
    const NAME: &str = "configuration";
    const ADVICE: &str = "see every setting with: monitorah config check";
    let report = report(flags);
    if !report.faults.is_empty() {
        return Row::wrong(NAME, report.faults.join("; "), ADVICE);
    }
    if !report.warnings.is_empty() {
        return Row::warning(NAME, report.warnings.join("; "), ADVICE);
    }
    Row::ok(NAME, "every setting is understood")
}

fn table(rows: &[Row]) -> String {
    let mut text = String::new();
    for row in rows {
        let state = match row.state {
            State::Ok => "ok",
            State::Warning => "warning",
            State::Wrong => "WRONG",
            State::Skipped => "skipped",
        };
        // What listens on the address may be anybody.
        text.push_str(&format!(
            "{state:<8} {:<15} {}\n",
            row.name,
            clean(&row.says)
        ));
        if let Some(advice) = &row.advice {
            text.push_str(&format!("{:<24} -> {}\n", "", clean(advice)));
        }
    }
    text
}
