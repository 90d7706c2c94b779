//! Where the lab's servers and engines keep their data: each in a folder of its own, or in a database of its own.

use crate::Fault;
use monitorah_cluster::Cluster;
use monitorah_store::{PostgresTarget, postgres::migrate};

/// A database that the product runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Database {
    /// A file in the data directory.
    Sqlite,
    /// A private cluster.
    Postgres,
}

impl Database {
    pub(crate) const ALL: [Self; 2] = [Self::Sqlite, Self::Postgres];

    /// As people read it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// What a run keeps its data in.
#[derive(Debug)]
pub(crate) struct Home {
    cluster: Option<Cluster>,
}

impl Home {
    /// Starts what there has to be. A cluster waits for the disk, as users have it.
    pub(crate) async fn of(database: Database) -> Result<Self, Fault> {
        let cluster = match database {
            Database::Sqlite => None,
            Database::Postgres => Some(Cluster::start_with(&["fsync=on"], &[], 5432).await?),
        };
        Ok(Self { cluster })
    }

    /// A migrated database that nobody else uses, and how a server signs in to it; none where the
    /// data is in a folder.
    pub(crate) async fn database(&self) -> Result<Option<PostgresTarget>, Fault> {
        let Some(cluster) = &self.cluster else {
            return Ok(None);
        };
        let database = cluster.options(&made(cluster).await?);
        Ok(Some(PostgresTarget::of(cluster.login(&database))))
    }

    /// The settings of one more server.
    pub(crate) async fn settings(&self) -> Result<Vec<(&'static str, String)>, Fault> {
        let Some(cluster) = &self.cluster else {
            return Ok(Vec::new());
        };
        let url = cluster.login_url(&made(cluster).await?, "lab");
        Ok(vec![("MONITORAH_DATABASE_URL", url)])
    }
}

/// The name of a new database that is migrated.
async fn made(cluster: &Cluster) -> Result<String, Fault> {
    let database = cluster
        .migrated(async |database| {
            let login = PostgresTarget::of(cluster.login(&database));
            Ok(migrate(&PostgresTarget::of(database), &login).await?)
        })
        .await?;
    let name = database.get_database();
    Ok(name.ok_or("the new database has no name")?.to_owned())
}
