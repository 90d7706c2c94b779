//! `monitorah export`: the monitors of a server as a file that `apply` takes.

use super::{
    Exit, Outcome,
    connection::{Connection, catalogue, unread},
    print, tell,
};
use crate::declared::{
    catalogue::{Catalogue, Object},
    counted,
    live::{self, Live},
    write::{Entry, literals, without_defaults, yaml},
};
use clap::Args;
use monitorah_core::Env;
use serde_json::json;
use std::{
    ffi::OsString,
    fs,
    io::{self, ErrorKind, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    #[command(flatten)]
    connection: Connection,
    /// Only the monitors that carry this owner, which then stands at the top of the file.
    #[arg(long, value_name = "LABEL")]
    owner: Option<String>,
    /// Write to this file, which must not be there yet; without it to standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(super) async fn run(environment: &Env, args: &ExportArgs) -> Outcome {
    let catalogue = catalogue(environment)?;
    let client = args.connection.client()?;
    let live = live::all(environment, &client)
        .await
        .map_err(|error| unread(&error))?;
    let wanted: Vec<_> = live
        .iter()
        .filter(|live| live.owner == args.owner)
        .collect();
    let others = live.len() - wanted.len();
    let sealed = wanted.iter().filter(|live| live.sealed).count();
    if sealed > 0 {
        return Err(Exit::Fault(format!(
            "{} sealed: the key of their account is not available",
            counted(sealed, "monitor is", "monitors are")
        )));
    }
    let entries: Vec<_> = wanted.iter().map(|live| entry(&catalogue, live)).collect();
    if others > 0 {
        tell(&match &args.owner {
            Some(owner) => {
                let left = counted(others, "monitor", "monitors");
                format!("left out: {left} of others than {owner}")
            }
            None => {
                let left = counted(others, "monitor", "monitors");
                format!("left out: {left} with an owner: name it with --owner")
            }
        });
    }
    let text = yaml(&[], args.owner.as_deref(), &entries)
        .map_err(|error| Exit::Fault(format!("the file cannot be written: {error}")))?;
    written(args.out.as_deref(), &text)
}

/// The monitor as it stands in a file. A secret stands as what keeps the stored one.
fn entry(catalogue: &Catalogue, live: &Live) -> Entry {
    let mut body: Object = catalogue
        .fields()
        .filter(|field| *field != "owner")
        .filter_map(|field| Some((field.to_owned(), live.shown.get(field)?.clone())))
        .collect();
    body.insert("externalRef".to_owned(), json!(live.known_as()));
    let mut short = without_defaults(catalogue, &body);
    for value in short.values_mut() {
        *value = literals(value.take());
    }
    Entry {
        body: short,
        notes: Vec::new(),
    }
}

/// Writes the file beside its place and gives it its name when it is whole: what stops in between
/// leaves nothing there that would be taken for it, or stand in the way of another try.
fn placed(path: &Path, text: &str) -> io::Result<()> {
    if path.symlink_metadata().is_ok() {
        return Err(ErrorKind::AlreadyExists.into());
    }
    let mut name = OsString::from(".");
    name.push(path.file_name().ok_or(ErrorKind::IsADirectory)?);
    name.push(format!(".{}", std::process::id()));
    let new = path.with_file_name(name);
    let made = fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&new)
        .and_then(|mut file| {
            file.write_all(text.as_bytes())
                .and_then(|()| file.sync_all())
        })
        // Unlike a renaming, a link replaces nothing.
        .and_then(|()| fs::hard_link(&new, path));
    drop(fs::remove_file(&new));
    made
}

/// Prints a file, or puts it where it was asked for and nothing is yet. Only its owner may read it.
pub(super) fn written(out: Option<&Path>, text: &str) -> Outcome {
    let Some(path) = out else {
        return print(text);
    };
    placed(path, text).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Exit::Refused(format!(
            "{} is there already: name another file",
            path.display()
        )),
        _ => Exit::Fault(format!("{}: {error}", path.display())),
    })
}
