//! `monitorah config check`: every setting with its value and where it comes from, and what is wrong.

use super::{Common, Exit, Outcome, print, print_json, tell};
use crate::{
    config::{Flags, Origin, Report, report},
    declared::show::clean,
};
use clap::{Args, Subcommand};
use serde_json::json;

#[derive(Debug, Args)]
pub(super) struct ConfigArgs {
    #[command(subcommand)]
    command: ConfigCommand,
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Show every setting with its origin; fails when the server would not start with them.
    Check(CheckArgs),
}

#[derive(Debug, Args)]
struct CheckArgs {
    #[command(flatten)]
    common: Common,
    /// Where to listen, as `serve` takes it.
    #[arg(long, value_name = "HOST:PORT")]
    listen: Option<String>,
    /// Print JSON: settings, faults, warnings.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &ConfigArgs) -> Outcome {
    let ConfigCommand::Check(args) = &args.command;
    let report = report(&Flags {
        config: args.common.config.clone(),
        data_dir: args.common.data_dir.clone(),
        listen: args.listen.clone(),
    });
    if args.json {
        print_json(&json!(report))?;
    } else {
        print(&table(&report))?;
        for warning in &report.warnings {
            tell(&format!("warning: {warning}"));
        }
        for fault in &report.faults {
            tell(&format!("error: {fault}"));
        }
    }
    if report.faults.is_empty() {
        Ok(())
    } else {
        Err(Exit::Code(2))
    }
}

fn table(report: &Report) -> String {
    let mut text = String::new();
    for setting in &report.settings {
        let value = match setting.value.as_deref() {
            None => "?",
            Some("") => "(empty)",
            Some(value) => value,
        };
        let origin = match &setting.origin {
            Origin::Default => "default".to_owned(),
            Origin::File { path, line } => format!("{}:{line}", path.display()),
            Origin::Variable { name } => name.clone(),
            Origin::Flag { name } => (*name).to_owned(),
        };
        text.push_str(&format!(
            "{:<22} {:<40} {}\n",
            setting.name,
            clean(value),
            clean(&origin)
        ));
    }
    text
}
