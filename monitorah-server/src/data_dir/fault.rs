//! Why a data directory cannot be used, and what to do.

use super::{DATABASE, ROOT_KEY};
use monitorah_core::crypt::LocalKeyError;
use monitorah_store::LockError;
use std::{io, path::PathBuf};

/// The data directory cannot be used. Nothing was changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DataDirFault {
    /// It is not there, and the command makes none.
    #[error("there is no data directory {0}: name the one of the server with --data-dir")]
    Absent(PathBuf),
    /// Something else has its name.
    #[error("the data directory {0} is a file and no folder: name a folder with --data-dir")]
    NoFolder(PathBuf),
    /// It cannot be made or read.
    #[error("the data directory {path} cannot be used: {source}; name another one with --data-dir")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// This user cannot write to it.
    #[error(
        "the data directory {path} cannot be written by this user: {source}; run as the user that \
         owns it, or name another one with --data-dir"
    )]
    Unwritable {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Others may look into it.
    #[error("the data directory {path} is open to others (mode {mode:o}); run: chmod 700 {path}")]
    Exposed {
        /// The folder.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// The root key cannot be used.
    #[error(transparent)]
    Key(#[from] LocalKeyError),
    /// There is a root key, so there was data; and there is none.
    #[error(
        "the database {} {what}, though there is a root key beside it: starting anew would hide \
         that the data is lost. Put {DATABASE} back, or restore a backup into another folder with \
         \"monitorah restore\"; if nothing was ever stored here, remove {DATABASE} and {ROOT_KEY} \
         and start again", .path.display()
    )]
    NoDatabase {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        what: &'static str,
    },
    /// The database is damaged.
    #[error(
        "the database {} is damaged ({what}): nothing was written to it. Keep a copy of the \
         folder, and restore a backup into another one with \"monitorah restore --data-dir NEW \
         --from FILE\"", .path.display()
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found, in the database's words.
        what: String,
    },
    /// Another process has it.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// The database cannot be used.
    #[error("{}", unusable(.0))]
    Store(#[from] monitorah_core::StoreError),
}

/// Why the database cannot be used; most of its errors say themselves what they are about.
fn unusable(error: &monitorah_core::StoreError) -> String {
    let said = with_causes(error);
    if said.starts_with("the database") {
        said
    } else {
        format!("the database cannot be used: {said}")
    }
}

/// An error with what caused it, on one line. What a cause says that was said already is left out:
/// many errors quote their cause, as those of SQLite do.
pub(crate) fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let said = cause.to_string();
        if !text.contains(&said) {
            text.push_str(": ");
            text.push_str(&said);
        }
        next = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{DataDirFault, with_causes};
    use monitorah_core::{StoreError, StoreErrorKind};

    #[test]
    fn that_the_database_cannot_be_used_is_said_once() {
        let away = StoreError::new(
            StoreErrorKind::Unavailable,
            "the database cannot be used now",
        );
        let away = away.because("database error 14: unable to open database file");
        assert_eq!(
            DataDirFault::Store(away).to_string(),
            "the database cannot be used now: database error 14: unable to open database file"
        );
        let other = StoreError::new(StoreErrorKind::Corrupt, "a row is odd");
        assert_eq!(
            DataDirFault::Store(other).to_string(),
            "the database cannot be used: a row is odd"
        );
    }

    #[derive(Debug, thiserror::Error)]
    #[error("{text}")]
    struct Layer {
        text: &'static str,
        source: Option<Box<Layer>>,
    }

    #[test]
    fn nothing_is_said_twice() {
        let layers = |texts: &[&'static str]| {
            texts
                .iter()
                .rev()
                .fold(None, |source, text| Some(Box::new(Layer { text, source })))
        };
        for (texts, said) in [
            (&["a", "b", "c"][..], "a: b: c"),
            (
                &[
                    "error returned from database: (code: 14) no file",
                    "(code: 14) no file",
                ],
                "error returned from database: (code: 14) no file",
            ),
            (
                &["opening failed", "disk: full", "full"],
                "opening failed: disk: full",
            ),
        ] {
            assert_eq!(with_causes(&*layers(texts).unwrap()), said);
        }
    }
}
