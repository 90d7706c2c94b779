//! SQLite: the embedded default. One file, one writer, many readers, durable at every commit.

mod append;
mod check;
mod open;
#[path = "../sql/port/mod.rs"]
mod port;
#[cfg(test)]
mod tests;

use crate::sql::fault::fault;
use monitorah_core::{Env, StoreResult};
use sqlx::{Pool, Sqlite};

pub use check::Extent;
pub use open::SqliteOptions;
pub(crate) use open::connect_options;

/// The database of this folder, for the ports that are written once.
type Db = Sqlite;
/// The store of this folder, for the ports that are written once.
type Store = SqliteStore;

/// Every storage port over one SQLite file. Cheap to clone; the clones share their connections.
#[derive(Clone)]
pub struct SqliteStore {
    environment: Env,
    /// One connection: SQLite has one writer, and waiting for it here is fairer than inside it.
    writer: Pool<Sqlite>,
    readers: Pool<Sqlite>,
}

impl std::fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SqliteStore").finish_non_exhaustive()
    }
}

impl SqliteStore {
    /// Begins a transaction that may write. Immediate: a deferred one that reads before it writes
    /// fails at once when another process writes in between, whatever the busy timeout.
    async fn begin_write(&self) -> StoreResult<sqlx::Transaction<'static, Sqlite>> {
        self.writer
            .begin_with("BEGIN IMMEDIATE")
            .await
            .map_err(fault)
    }

    fn readers(&self) -> &Pool<Sqlite> {
        &self.readers
    }

    /// Gives every leased notification back, at once due again: for a process that holds the data
    /// directory's lock and so knows that whoever leased them is gone.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn release_leases(&self) -> StoreResult<()> {
        let mut tx = self.begin_write().await?;
        sqlx::query(
            "UPDATE outbox SET lease_token = NULL, lease_until = NULL WHERE lease_token IS NOT NULL",
        )
        .execute(&mut *tx)
        .await
        .map_err(fault)?;
        tx.commit().await.map_err(fault)
    }

    /// Ends the connections; the last one to a file folds its log into it.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}
