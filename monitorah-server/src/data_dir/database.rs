//! The database that keeps the data: the embedded one in the folder, or PostgreSQL.

use monitorah_core::{StoreResult, port::Ports};
use monitorah_store::{PostgresStore, SchemaState, SqliteStore};
use std::sync::Arc;

/// The database that keeps the data.
#[derive(Debug, Clone)]
pub enum Database {
    /// The embedded one.
    Sqlite(Arc<SqliteStore>),
    /// One that others may work on at the same time.
    Postgres(Arc<PostgresStore>),
}

impl Database {
    /// Every port.
    #[must_use]
    pub fn ports(&self) -> Ports {
        match self {
            Self::Sqlite(store) => Ports::of(store),
            Self::Postgres(store) => Ports::of(store),
        }
    }

    /// How its schema stands to this version.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn schema_state(&self) -> StoreResult<SchemaState> {
        match self {
            Self::Sqlite(store) => store.schema_state().await,
            Self::Postgres(store) => store.schema_state().await,
        }
    }

    /// Gives back what a server before us had leased, where nobody else runs on the data. The
    /// leases of a PostgreSQL database may be another server's, and run out by themselves.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn release_leases(&self) -> StoreResult<()> {
        match self {
            Self::Sqlite(store) => store.release_leases().await,
            Self::Postgres(_) => Ok(()),
        }
    }

    /// Ends the connections.
    pub async fn close(&self) {
        match self {
            Self::Sqlite(store) => store.close().await,
            Self::Postgres(store) => store.close().await,
        }
    }
}
