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
use monitorah_core::{Env, Environment};
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
    written(&**environment, args.out.as_deref(), &text)
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
fn placed(environment: &dyn Environment, path: &Path, text: &str) -> io::Result<()> {
    if path.symlink_metadata().is_ok() {
        return Err(ErrorKind::AlreadyExists.into());
    }
    let mut name = OsString::from(".");
    name.push(path.file_name().ok_or(ErrorKind::IsADirectory)?);
    // Nobody can know the name before, and what stands there all the same is never written through:
    // in a folder that others write to, that could be a link to anywhere.
    let mut random = [0; 16];
    environment.fill_random(&mut random);
    name.push(format!(".{:032x}", u128::from_be_bytes(random)));
    let new = path.with_file_name(name);
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&new)?;
    let made = file
        .write_all(text.as_bytes())
        .and_then(|()| file.sync_all())
        // Unlike a renaming, a link replaces nothing.
        .and_then(|()| fs::hard_link(&new, path));
    drop(fs::remove_file(&new));
    made
}

/// Prints a file, or puts it where it was asked for and nothing is yet. Only its owner may read it.
pub(super) fn written(environment: &dyn Environment, out: Option<&Path>, text: &str) -> Outcome {
    let Some(path) = out else {
        return print(text);
    };
    placed(environment, path, text).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Exit::Refused(format!(
            "{} is there already: name another file",
            path.display()
        )),
        _ => Exit::Fault(format!("{}: {error}", path.display())),
    })
}

#[cfg(test)]
mod tests {
    use super::placed;
    use monitorah_core::testkit::ManualClock;
    use std::{fs, io::ErrorKind, os::unix::fs::symlink};

    /// Randomness of a seed is known before, as that of the machine is not: even then what somebody
    /// put in the way is not written through.
    #[test]
    fn what_stands_in_the_way_is_not_written_through() {
        let folder = tempfile::tempdir().unwrap();
        let (out, victim) = (folder.path().join("a.yaml"), folder.path().join("victim"));
        fs::write(&victim, "kept").unwrap();
        placed(&*ManualClock::new(1), &out, "one").unwrap();
        assert_eq!(fs::read_to_string(&out).unwrap(), "one");
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            2,
            "nothing is left"
        );
        fs::remove_file(&out).unwrap();

        let mut random = [0; 16];
        let clock = ManualClock::new(1);
        monitorah_core::Environment::fill_random(&*clock, &mut random);
        let name = format!(".a.yaml.{:032x}", u128::from_be_bytes(random));
        symlink(&victim, folder.path().join(&name)).unwrap();
        let error = placed(&*ManualClock::new(1), &out, "two").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&victim).unwrap(), "kept");
        assert!(!out.exists());
        assert!(folder.path().join(&name).is_symlink(), "it is not ours");
        // With other randomness it is written beside that.
        placed(&*ManualClock::new(2), &out, "two").unwrap();
        assert_eq!(fs::read_to_string(&out).unwrap(), "two");
    }
}
