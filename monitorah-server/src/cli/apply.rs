//! `monitorah apply`: makes the monitors of a server those of a file, after saying what that changes.

use super::{
    Exit, Outcome, colours_on_stdout,
    connection::{Connection, catalogue, read_text, unread},
    print, print_json, tell,
};
use crate::{
    config::from_environment,
    declared::{
        carry_out::{self, carry_out},
        catalogue::Catalogue,
        counted,
        file::{self, Declared, Fault},
        live,
        plan::{Action, Counts, Plan, Step, Wishes, plan},
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
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// With --dry-run: exit with 4 when there is something to do.
    #[arg(long, requires = "dry_run")]
    detailed_exit_code: bool,
}

pub(super) async fn run(environment: &Env, args: &ApplyArgs) -> Outcome {
    let catalogue = catalogue(environment)?;
    let text = read_text(&args.file, tree::MAX_BYTES)?;
    let task = Task {
        environment,
        catalogue: &catalogue,
        path: &args.file,
        connection: &args.connection,
        wishes: Wishes {
            prune: args.prune,
            take_over: args.take_over,
            resend_secrets: args.resend_secrets,
        },
        dry_run: args.dry_run,
        json: args.json,
    };
    let counts = task.run(&text).await?;
    if args.detailed_exit_code && counts.pending() {
        return Err(Exit::Code(PENDING));
    }
    Ok(())
}

/// Applies what was imported.
pub(super) async fn imported(
    environment: &Env,
    catalogue: &Catalogue,
    connection: &Connection,
    text: &str,
) -> Outcome {
    let task = Task {
        environment,
        catalogue,
        path: super::import::label(),
        connection,
        wishes: Wishes::default(),
        dry_run: false,
        json: false,
    };
    task.run(text).await.map(drop)
}

/// A file on its way to a server.
struct Task<'a> {
    environment: &'a Env,
    catalogue: &'a Catalogue,
    path: &'a Path,
    connection: &'a Connection,
    wishes: Wishes,
    dry_run: bool,
    json: bool,
}

impl Task<'_> {
    async fn run(&self, text: &str) -> Result<Counts, Exit> {
        let declared = self.read(text)?;
        if self.wishes.prune && declared.owner.is_none() {
            return Err(Exit::Refused(
                "--prune deletes by owner: write owner: LABEL at the top of the file".to_owned(),
            ));
        }
        let client = self.connection.client()?;
        let live = live::all(self.environment, &client)
            .await
            .map_err(|error| unread(&error))?;
        let plan = plan(&declared, &live, self.catalogue, self.wishes);
        let counts = plan.counts();
        if !self.json {
            print(&plan_text(&plan, Colours(colours_on_stdout())))?;
        } else if self.dry_run || counts.blocked > 0 {
            print_json(&plan_json(&plan, None))?;
        }
        if counts.blocked > 0 {
            self.faults(&blocked(&declared, &plan));
            return Err(Exit::Refused(format!(
                "{} blocked, so nothing was changed",
                counted(counts.blocked, "monitor is", "monitors are")
            )));
        }
        if !self.dry_run {
            self.carry_out(&client, &declared, &plan).await?;
        }
        Ok(counts)
    }

    /// Reads the file; every fault is said with its line.
    fn read(&self, text: &str) -> Result<Declared, Exit> {
        file::read(text, self.catalogue, &from_environment).map_err(|faults| {
            self.faults(&faults);
            Exit::Refused(format!(
                "{}: {} found, nothing was changed",
                self.path.display(),
                match faults.len() {
                    1 => "one fault was".to_owned(),
                    many => format!("{many} faults were"),
                }
            ))
        })
    }

    fn faults(&self, faults: &[Fault]) {
        for fault in faults {
            tell(&format!("{}:{fault}", self.path.display()));
        }
    }

    /// Carries the plan out and says how it went.
    async fn carry_out(&self, client: &Client, declared: &Declared, plan: &Plan) -> Outcome {
        let said = |step: &Step, outcome: &carry_out::Outcome| {
            if let carry_out::Outcome::Failed { message, faults } = outcome {
                tell(&format!("{}: {message}", step.reference));
                self.faults(faults);
            }
        };
        let done = carry_out(self.environment, client, declared, plan, said).await;
        if self.json {
            print_json(&plan_json(plan, Some(&done)))?;
        }
        let well = done
            .iter()
            .filter(|done| matches!(done.outcome, carry_out::Outcome::Done))
            .count();
        let failed = done.len() - well;
        if failed > 0 {
            return Err(Exit::Fault(format!(
                "{} made and {} not: mend what is said above and run \
                 this again, which is safe",
                counted(well, "change was", "changes were"),
                counted(failed, "was", "were"),
            )));
        }
        if !self.json && well > 0 {
            tell(&format!(
                "{} made",
                counted(well, "change was", "changes were")
            ));
        }
        Ok(())
    }
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
