//! `monitorah man`: the manual pages, made of the same words as `--help`.

use super::{Cli, Exit, Outcome, print, tell};
use clap::{Args, CommandFactory};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct ManArgs {
    /// Write a page for every command to this folder, which must be there, instead of printing the
    /// first one.
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

pub(super) fn run(args: &ManArgs) -> Outcome {
    let Some(folder) = &args.dir else {
        let mut page = Vec::new();
        clap_mangen::Man::new(Cli::command())
            .render(&mut page)
            .map_err(|error| Exit::fault(&error))?;
        return print(&String::from_utf8_lossy(&page));
    };
    if !folder.is_dir() {
        return Err(Exit::Refused(format!(
            "there is no folder {} to write the pages to: make it first",
            folder.display()
        )));
    }
    clap_mangen::generate_to(Cli::command(), folder).map_err(|error| {
        Exit::Fault(format!(
            "the pages cannot be written to {}: {error}",
            folder.display()
        ))
    })?;
    tell(&format!("the manual pages are in {}", folder.display()));
    Ok(())
}
