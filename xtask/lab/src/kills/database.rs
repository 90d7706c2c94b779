//! Where the server under test keeps its data, and what the run does to it behind the server's back.

use crate::{Fault, home::Database, product};
use monitorah_cluster::{Cluster, Signal};
use std::{ffi::OsStr, path::Path};

/// The database.
#[derive(Debug)]
pub(crate) enum Keeper {
    /// A file in the data directory.
    Sqlite,
    /// A cluster of the run's own, which waits for the disk as a user's does.
    Postgres {
        cluster: Box<Cluster>,
        /// The name of the database.
        name: String,
    },
}

/// What lets the leases of a server run out that is not there any more.
const AGE: [&str; 3] = [
    "UPDATE buckets SET until = clock_timestamp()",
    "DELETE FROM replicas",
    "UPDATE outbox SET lease_until = 0 WHERE lease_until IS NOT NULL",
];
/// The role's password: anybody may know it.
const PASSWORD: &str = "lab";

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
    pub(crate) async fn start(database: Database) -> Result<Self, Fault> {
        match database {
            Database::Sqlite => Ok(Self::Sqlite),
            Database::Postgres => {
                let cluster = Cluster::start_with(&["fsync=on"], &[], 5432).await?;
                Self::of(cluster).await
            }
        }
    }

    /// Makes a cluster in this folder.
    pub(crate) async fn on(place: &Path, settings: &[&str]) -> Result<Self, Fault> {
        Self::of(Cluster::start_in(place, settings, &[], 5432).await?).await
    }

    async fn of(cluster: Cluster) -> Result<Self, Fault> {
        let database = cluster.database().await?;
        let name = database.get_database();
        let name = name.ok_or("a database without a name")?.to_owned();
        let cluster = Box::new(cluster);
        Ok(Self::Postgres { cluster, name })
    }

    /// The cluster, where there is one.
    pub(crate) fn cluster(&mut self) -> Result<&mut Cluster, Fault> {
        match self {
            Self::Sqlite => Err("there is no cluster".into()),
            Self::Postgres { cluster, .. } => Ok(cluster),
        }
    }

    /// Runs statements as the administrator of the cluster.
    pub(crate) async fn administer(&mut self, statements: &[&str]) -> Result<(), Fault> {
        self.cluster()?.administer("postgres", statements).await
    }

    /// Sends a signal to every session of the server.
    pub(crate) async fn signal_sessions(&mut self, signal: Signal) -> Result<(), Fault> {
        self.cluster()?.signal_sessions("monitorah", signal).await
    }

    /// Starts a cluster again that has ended by itself.
    pub(crate) async fn revive(&mut self) -> Result<(), Fault> {
        if let Self::Postgres { cluster, .. } = self
            && cluster.has_ended()?
        {
            cluster.start_again().await?;
        }
        Ok(())
    }

    /// The settings by which the server finds it.
    pub(crate) fn settings(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Sqlite => Vec::new(),
            Self::Postgres { cluster, name } => {
                vec![("MONITORAH_DATABASE_URL", cluster.login_url(name, PASSWORD))]
            }
        }
    }

    /// Makes the schema, where the server does not do that by itself.
    pub(crate) async fn prepare(&self, program: &Path, data: &Path) -> Result<(), Fault> {
        let Self::Postgres { cluster, name } = self else {
            return Ok(());
        };
        let arguments = [
            OsStr::new("migrate"),
            OsStr::new("--data-dir"),
            data.as_os_str(),
        ];
        let output = product::command(program, &arguments)
            .envs(self.settings())
            .env("MONITORAH_DATABASE_ADMIN_URL", cluster.admin_url(name))
            .output()
            .await?;
        if output.status.success() {
            return Ok(());
        }
        Err(String::from_utf8_lossy(&output.stderr).into_owned().into())
    }

    /// Whether the leases of a server that was killed outlive it.
    pub(crate) fn has_leases(&self) -> bool {
        matches!(self, Self::Postgres { .. })
    }

    /// Lets the leases of a server that was killed run out at once, as they do by themselves a few
    /// seconds later.
    pub(crate) async fn age_leases(&self) -> Result<(), Fault> {
        match self {
            // Nobody else may run on the file: the server frees them itself.
            Self::Sqlite => Ok(()),
            Self::Postgres { cluster, name } => cluster.administer(name, &AGE).await,
        }
    }

    /// Takes the newest event out of the database while no server runs; says whether there was one.
    pub(crate) async fn forget_an_event(&self, data: &Path) -> Result<bool, Fault> {
        if let Self::Postgres { cluster, name } = self {
            let forget = "DELETE FROM events WHERE (account_id, id) IN (SELECT account_id, id \
                FROM events ORDER BY started_at DESC LIMIT 1)";
            cluster.administer(name, &[forget]).await?;
            return Ok(true);
        }
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
