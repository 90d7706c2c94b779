//! SQLite: the embedded default. One file, one writer, many readers, durable at every commit.

mod append;
mod check;
mod open;
#[path = "../sql/port/mod.rs"]
mod port;
mod readers;
mod retire;
mod share;
#[cfg(test)]
mod tests;

use crate::sql::fault::fault;
use monitorah_core::{Env, StoreResult, Tenant};
use readers::{Reader, Readers};
use sqlx::{Pool, Sqlite, Transaction};

pub use check::Extent;
pub use open::SqliteOptions;
pub(crate) use open::connect_options;

/// The database of this folder, for the ports that are written once.
type Db = Sqlite;
/// The store of this folder, for the ports that are written once.
type Store = SqliteStore;
/// Leases what is due, for the port that is written once.
const LEASE: &str = crate::sql::statement::OUTBOX_LEASE;
/// What reads: a connection by itself sees each statement at its own moment.
type Reading = Reader;

/// Every storage port over one SQLite file. Cheap to clone; the clones share their connections.
#[derive(Clone)]
pub struct SqliteStore {
    environment: Env,
    /// One connection: SQLite has one writer, and waiting for it here is fairer than inside it.
    writer: Pool<Sqlite>,
    readers: Readers,
}

impl std::fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SqliteStore").finish_non_exhaustive()
    }
}

impl SqliteStore {
    /// Begins a transaction that may write. Immediate: a deferred one that reads before it writes
    /// fails at once when another process writes in between, whatever the busy timeout.
    async fn begin_write(&self, _tenant: &Tenant) -> StoreResult<Transaction<'static, Sqlite>> {
        self.begin_across().await
    }

    /// Begins a transaction across accounts. A file knows no roles: the statements say whose rows
    /// they are about.
    async fn begin_across(&self) -> StoreResult<Transaction<'static, Sqlite>> {
        self.writer
            .begin_with("BEGIN IMMEDIATE")
            .await
            .map_err(fault)
    }

    /// Begins the transaction of a batch of results: there is one writer anyway.
    async fn begin_append(&self) -> StoreResult<Transaction<'static, Sqlite>> {
        self.begin_across().await
    }

    /// Begins the transaction of a roll-up.
    async fn begin_roll_up(&self) -> StoreResult<Transaction<'static, Sqlite>> {
        self.begin_across().await
    }

    /// A connection that reads.
    async fn read(&self, _tenant: &Tenant) -> StoreResult<Reading> {
        self.read_across().await
    }

    /// A connection that reads across accounts.
    async fn read_across(&self) -> StoreResult<Reading> {
        self.readers.acquire().await
    }

    /// Goes on with a transaction across accounts as one of them: on PostgreSQL that says something.
    async fn enter(
        &self,
        _tx: &mut Transaction<'static, Sqlite>,
        _tenant: &Tenant,
    ) -> StoreResult<()> {
        Ok(())
    }

    /// A file tells no other process of a change.
    async fn told(&self) {
        std::future::pending().await
    }

    /// Gives every leased notification back, at once due again: for a process that holds the data
    /// directory's lock and so knows that whoever leased them is gone.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn release_leases(&self) -> StoreResult<()> {
        let mut tx = self.begin_across().await?;
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
