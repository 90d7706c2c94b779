//! Where the server under test keeps its data, and what the run does to it behind the server's back.

use crate::{
    Fault,
    product::{self, Database},
};
use monitorah_core::Env;
use std::{ffi::OsStr, path::Path};

/// The database.
#[derive(Debug)]
pub(crate) enum Keeper {
    /// A file in the data directory.
    Sqlite,
}

/// Takes one event out of the file: a mistake that the judge must find. The folder of the file is
/// the first argument.
const FORGET: &str = "
import sqlite3, sys
file = sqlite3.connect(sys.argv[1] + '/monitorah.db', timeout=10)
file.execute('PRAGMA foreign_keys = on')
gone = file.execute('DELETE FROM events WHERE (account_id, id) IN '
    '(SELECT account_id, id FROM events ORDER BY started_at DESC LIMIT 1)').rowcount
file.commit()
print(gone)
";

impl Keeper {
    /// Makes one.
    pub(crate) async fn start(_environment: &Env, database: Database) -> Result<Self, Fault> {
        match database {
            Database::Sqlite => Ok(Self::Sqlite),
            Database::Postgres => Err("not yet".into()),
        }
    }

    /// The settings by which the server finds it.
    pub(crate) fn settings(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Sqlite => Vec::new(),
        }
    }

    /// Makes the schema, where the server does not do that by itself.
    pub(crate) async fn prepare(&self, _program: &Path, _data: &Path) -> Result<(), Fault> {
        match self {
            Self::Sqlite => Ok(()),
        }
    }

    /// Lets the leases of a server that was killed run out at once, as they do by themselves a few
    /// seconds later.
    pub(crate) async fn age_leases(&self) -> Result<(), Fault> {
        match self {
            // Nobody else may run on the file: the server frees them itself.
            Self::Sqlite => Ok(()),
        }
    }

    /// Takes the newest event out of the database while no server runs; says whether there was one.
    pub(crate) async fn forget_an_event(&self, data: &Path) -> Result<bool, Fault> {
        let Self::Sqlite = self;
        let arguments = [OsStr::new("-c"), OsStr::new(FORGET), data.as_os_str()];
        let output = product::command(Path::new("/usr/bin/python3"), &arguments)
            .output()
            .await?;
        match String::from_utf8_lossy(&output.stdout).trim() {
            "" => Err(String::from_utf8_lossy(&output.stderr).into_owned().into()),
            count => Ok(count != "0"),
        }
    }
}
