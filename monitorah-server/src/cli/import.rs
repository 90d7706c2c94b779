//! `monitorah import`: what another program watches, as a file of monitors and a report.

use super::{
    Exit, Outcome, apply,
    connection::{catalogue, read_text},
    export::written,
    print, print_json, tell,
};
use crate::{
    data_dir::with_causes,
    declared::{catalogue::Catalogue, file::is_label, tree, write::yaml},
    import::{Desk, Imported, gatus, kuma, report::Verdict},
};
use clap::{Args, Subcommand};
use monitorah_core::Env;
use monitorah_store::ForeignSqlite;
use serde_json::json;
use std::path::{Path, PathBuf};

/// The exit code where something was left behind and that was asked for.
const LEFT_BEHIND: u8 = 4;

#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    #[command(subcommand)]
    source: Source,
}

#[derive(Debug, Subcommand)]
enum Source {
    /// A configuration of Gatus 5 (YAML), in one file or several.
    Gatus(GatusArgs),
    /// The database of Uptime Kuma 2 (kuma.db), which is only read.
    UptimeKuma(KumaArgs),
}

#[derive(Debug, Args)]
struct GatusArgs {
    /// The files; `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    target: Target,
}

#[derive(Debug, Args)]
struct KumaArgs {
    /// The database.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    target: Target,
}

/// What is done with what was found. Without any of these the file goes to standard output and the
/// report to standard error.
#[derive(Debug, Args)]
struct Target {
    /// Only report.
    #[arg(long, conflicts_with_all = ["out", "apply"])]
    dry_run: bool,
    /// Write the file of monitors here; it must not be there yet.
    #[arg(long, value_name = "FILE", conflicts_with = "apply")]
    out: Option<PathBuf>,
    /// Apply the monitors to a server at once.
    #[arg(long)]
    apply: bool,
    /// The owner that the monitors carry [default: the name of the source].
    #[arg(long, value_name = "LABEL")]
    owner: Option<String>,
    /// Write passwords and tokens into the file, in place of variables of the environment.
    #[arg(long)]
    with_secrets: bool,
    /// Exit with 4 when something was left behind.
    #[arg(long)]
    strict: bool,
    /// Print the report as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    connection: super::connection::Connection,
}

pub(super) async fn run(environment: &Env, args: &ImportArgs) -> Outcome {
    let catalogue = catalogue(environment)?;
    let (name, target, imported) = match &args.source {
        Source::Gatus(args) => ("gatus", &args.target, from_gatus(&catalogue, args)?),
        Source::UptimeKuma(args) => (
            "uptime-kuma",
            &args.target,
            from_kuma(&catalogue, args).await?,
        ),
    };
    let owner = target.owner.as_deref().unwrap_or(name);
    if !is_label(owner) {
        return Err(Exit::Refused(
            "--owner is a text of 1 to 64 characters without control characters".to_owned(),
        ));
    }
    conclude(environment, &catalogue, owner, target, &imported).await
}

fn from_gatus(catalogue: &Catalogue, args: &GatusArgs) -> Result<Imported, Exit> {
    let mut desk = Desk::new(catalogue, args.target.with_secrets);
    let mut any = false;
    for path in &args.files {
        let text = read_text(path, tree::MAX_BYTES)?;
        let node = tree::read(&text).map_err(|error| {
            let place = error
                .place
                .map_or_else(String::new, |place| format!(":{place}"));
            Exit::Refused(format!("{}{place}: {}", path.display(), error.message))
        })?;
        any |= gatus::import(&mut desk, &path.display().to_string(), &node);
    }
    // What is applied with --prune from nothing would remove everything.
    if !any {
        let files: Vec<_> = args
            .files
            .iter()
            .map(|path| path.display().to_string())
            .collect();
        return Err(Exit::Refused(format!(
            "{}: there are no endpoints in it: name a configuration of Gatus",
            files.join(", ")
        )));
    }
    Ok(desk.finish())
}

async fn from_kuma(catalogue: &Catalogue, args: &KumaArgs) -> Result<Imported, Exit> {
    let refused = |error: monitorah_core::StoreError| {
        Exit::Refused(format!("{}: {}", args.file.display(), with_causes(&error)))
    };
    let mut file = ForeignSqlite::open(&args.file).await.map_err(refused)?;
    if !file.tables().contains("monitor") {
        return Err(Exit::Refused(format!(
            "{}: there is no table of monitors in it: name the kuma.db of Uptime Kuma",
            args.file.display()
        )));
    }
    let mut desk = Desk::new(catalogue, args.target.with_secrets);
    kuma::import(&mut desk, &mut file).await.map_err(refused)?;
    file.close().await;
    Ok(desk.finish())
}

async fn conclude(
    environment: &Env,
    catalogue: &Catalogue,
    owner: &str,
    target: &Target,
    imported: &Imported,
) -> Outcome {
    report(target, imported)?;
    let text = yaml(&head(imported), Some(owner), &imported.entries)
        .map_err(|error| Exit::Fault(format!("the file cannot be written: {error}")))?;
    if target.apply {
        apply::imported(environment, catalogue, &target.connection, &text).await?;
    } else if !target.dry_run {
        written(&**environment, target.out.as_deref(), &text)?;
    }
    if target.strict && imported.report.count(Verdict::NotSupported) > 0 {
        return Err(Exit::Code(LEFT_BEHIND));
    }
    Ok(())
}

/// The report is the data of a dry run, and talk beside a file.
fn report(target: &Target, imported: &Imported) -> Outcome {
    if target.json {
        let report = json!({
            "monitors": imported.entries.len(),
            "rows": imported.report.json(),
            "variables": imported.variables,
        });
        return if target.dry_run {
            print_json(&report)
        } else {
            tell(&report.to_string());
            Ok(())
        };
    }
    let mut text = imported.report.text(imported.entries.len());
    if !imported.variables.is_empty() {
        text.push_str("\nVariables that the file needs:\n");
        for (name, what) in &imported.variables {
            text.push_str(&format!(
                "  {name}  {}\n",
                crate::declared::show::clean(what)
            ));
        }
    }
    if target.dry_run {
        print(&text)
    } else {
        tell(text.trim_end());
        Ok(())
    }
}

/// What stands at the top of the file.
fn head(imported: &Imported) -> Vec<String> {
    let mut head = vec![
        "Apply it with: monitorah apply -f FILE".to_owned(),
        "A line above a monitor tells what differs from the source.".to_owned(),
    ];
    if !imported.variables.is_empty() {
        head.push("Variables that must be set:".to_owned());
        head.extend(
            imported
                .variables
                .iter()
                .map(|(name, what)| format!("  {name}: {what}")),
        );
    }
    head
}

/// How the file of an import is called in messages.
pub(super) fn label() -> &'static Path {
    Path::new("import")
}
