//! Part of Monitorah.
//! Storage: every port of [`monitorah_core::port`] over SQLite and PostgreSQL.
//!
//! ```no_run
//! # async fn open(environment: monitorah_core::Env) -> monitorah_core::StoreResult<()> {
//! use monitorah_store::{SqliteOptions, SqliteStore};
//! let path = std::path::Path::new("/var/lib/monitorah/monitorah.db");
//! let store = SqliteStore::open(path, SqliteOptions::new(environment)).await?;
//! store.migrate().await?;
//! # Ok(())
//! # }
//! ```

pub mod backup;
pub mod data_class;
mod foreign;
mod lock;
mod migration;
pub mod postgres;
mod sql;
mod sqlite;

pub use foreign::{ForeignRow, ForeignSqlite, MAX_ROWS};
pub use lock::{DataDirLock, LockError};
pub use migration::SchemaState;
pub use postgres::{PostgresOptions, PostgresStore, PostgresTarget};
pub use sqlite::{Extent, SqliteOptions, SqliteStore};

pub use monitorah_core::port;
