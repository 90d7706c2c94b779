//! PostgreSQL: the same ports over the same statements.

mod append;
mod open;
#[expect(
    clippy::duplicate_mod,
    reason = "the ports are written once and compiled for each database, see crate::sql"
)]
#[path = "../sql/port/mod.rs"]
mod port;
#[cfg(test)]
mod tests;

use crate::sql::fault::fault;
use monitorah_core::{Env, StoreResult};
use sqlx::{Pool, Postgres};

pub use open::PostgresOptions;

/// The database of this folder, for the ports that are written once.
type Db = Postgres;
/// The store of this folder, for the ports that are written once.
type Store = PostgresStore;

/// Every storage port over one PostgreSQL database. Cheap to clone; the clones share their
/// connections.
#[derive(Clone)]
pub struct PostgresStore {
    environment: Env,
    pool: Pool<Postgres>,
}

impl std::fmt::Debug for PostgresStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PostgresStore").finish_non_exhaustive()
    }
}

impl PostgresStore {
    /// Begins a transaction that may write. Read committed is enough: what must not be lost is a
    /// compare-and-swap in one statement, a unique index, or a row that is locked first.
    async fn begin_write(&self) -> StoreResult<sqlx::Transaction<'static, Postgres>> {
        self.pool.begin().await.map_err(fault)
    }

    fn readers(&self) -> &Pool<Postgres> {
        &self.pool
    }

    /// Ends the connections.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}
