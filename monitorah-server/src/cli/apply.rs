//! `monitorah apply`: makes the monitors of a server those of a file, after saying what that changes.

use super::{
    Exit, Outcome, colours_on_stdout,
    connection::{Connection, catalogue, read_text},
    print, print_json, tell,
};
use crate::{
    config::from_environment,
    declared::{
        carry_out::{self, carry_out},
        catalogue::Catalogue,
        file::{self, Declared, Fault},
        live,
        plan::{Action, Plan, Wishes, plan},
        said,
        show::{Colours, plan_json, plan_text},
        tree,
    },
};
use clap::Args;
use monitorah_client::Client;
use monitorah_core::Env;
use std::path::{Path, PathBuf};

/// The exit code of a dry run that found something to do, where it was asked for.
const PENDING: u8 = 4;

#[derive(Debug, Args)]
pub(super) struct ApplyArgs {
    /// The file of monitors (YAML or JSON); `-` is standard input.
    #[arg(short = 'f', long = "file", value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    how: How,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// With --dry-run: exit with 4 when there is something to do.
    #[arg(long, requires = "dry_run")]
    detailed_exit_code: bool,
}

/// How a file is applied.
#[derive(Debug, Clone, Args)]
struct How {
    #[command(flatten)]
    connection: Connection,
    /// Say what would be done, and do nothing.
    #[arg(long)]
    dry_run: bool,
    /// Delete the monitors that carry the file's owner and are not in the file.
    #[arg(long)]
    prune: bool,
    /// Take over monitors that carry another owner.
    #[arg(long)]
    take_over: bool,
    /// Send every secret of the file again: a server never shows one, so they are not compared.
    #[arg(long)]
    resend_secrets: bool,
}

pub(super) async fn run(environment: &Env, args: &ApplyArgs) -> Outcome {
    let catalogue = catalogue(environment)?;
    let text = read_text(&args.file, tree::MAX_BYTES)?;
    let declared = read(&args.file, &text, &catalogue)?;
    if args.how.prune && declared.owner.is_none() {
        return Err(Exit::Refused(
            "--prune deletes by owner: write owner: LABEL at the top of the file".to_owned(),
        ));
    }
    let client = args.how.connection.client()?;
    let wishes = Wishes {
        prune: args.how.prune,
        take_over: args.how.take_over,
        resend_secrets: args.how.resend_secrets,
    };
    let plan = planned(environment, &client, &declared, &catalogue, wishes).await?;
    let counts = plan.counts();
    if !args.json {
        print(&plan_text(&plan, Colours(colours_on_stdout())))?;
    }
    if counts.blocked > 0 {
        if args.json {
            print_json(&plan_json(&plan, None))?;
        }
        for fault in blocked(&declared, &plan) {
            tell(&format!("{}:{fault}", args.file.display()));
        }
        return Err(Exit::Refused(format!(
            "{} monitors are blocked, so nothing was changed",
            counts.blocked
        )));
    }
    if args.how.dry_run {
        if args.json {
            print_json(&plan_json(&plan, None))?;
        }
        return if args.detailed_exit_code && counts.pending() {
            Err(Exit::Code(PENDING))
        } else {
            Ok(())
        };
    }
    conclude(environment, &client, args, &declared, &plan).await
}

/// Reads a file of monitors; every fault is said with its line.
pub(super) fn read(
    path: &Path,
    text: &str,
    catalogue: &Catalogue,
) -> Result<Declared, Exit> {
    file::read(text, catalogue, &from_environment).map_err(|faults| {
        for fault in &faults {
            tell(&format!("{}:{fault}", path.display()));
        }
        Exit::Refused(format!(
            "{}: {} found, nothing was changed",
            path.display(),
            match faults.len() {
                1 => "one fault was".to_owned(),
                many => format!("{many} faults were"),
            }
        ))
    })
}

async fn planned(
    environment: &Env,
    client: &Client,
    declared: &Declared,
    catalogue: &Catalogue,
    wishes: Wishes,
) -> Result<Plan, Exit> {
    let live = live::all(environment, client).await.map_err(|error| {
        Exit::Fault(format!("the monitors cannot be read: {}", said(&error)))
    })?;
    Ok(plan(declared, &live, catalogue, wishes))
}

fn blocked(declared: &Declared, plan: &Plan) -> Vec<Fault> {
    plan.steps
        .iter()
        .filter_map(|step| match &step.action {
            Action::Blocked { why, pointer } => {
                let pointer = format!("/monitors/{}{pointer}", step.index?);
                Some(Fault {
                    place: declared.source.place_of(&pointer),
                    pointer,
                    message: why.clone(),
                })
            }
            _ => None,
        })
        .collect()
}

/// Carries the plan out and says how it went.
async fn conclude(
    environment: &Env,
    client: &Client,
    args: &ApplyArgs,
    declared: &Declared,
    plan: &Plan,
) -> Outcome {
    let file = args.file.display();
    let done = carry_out(environment, client, declared, plan, |step, outcome| {
        if let carry_out::Outcome::Failed { message, faults } = outcome {
            tell(&format!("{}: {message}", step.reference));
            for fault in faults {
                tell(&format!("{file}:{fault}"));
            }
        }
    })
    .await;
    if args.json {
        print_json(&plan_json(plan, Some(&done)))?;
    }
    let well = done
        .iter()
        .filter(|done| matches!(done.outcome, carry_out::Outcome::Done))
        .count();
    let failed = done.len() - well;
    if failed > 0 {
        return Err(Exit::Fault(format!(
            "{well} changes were made and {failed} were not: mend what is said above and run this \
             again, which is safe"
        )));
    }
    if !args.json && well > 0 {
        tell(&format!("{well} changes were made"));
    }
    Ok(())
}
