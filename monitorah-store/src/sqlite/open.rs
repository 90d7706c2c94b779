//! Opening the file: its mode, its pragmas, its schema.

use super::{SqliteStore, readers::Readers};
use crate::{
    migration::{self, SchemaState},
    sql::fault::fault,
};
use monitorah_core::{Env, StoreError, StoreErrorKind, StoreResult};
use sqlx::{
    ConnectOptions, Connection, Pool, Sqlite,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{
    fs::{OpenOptions, Permissions},
    io,
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
    sync::Arc,
    time::Duration,
};

/// How long a writer waits for another process to end its transaction.
const BUSY: Duration = Duration::from_secs(5);
/// How long a caller waits for a connection before the store counts as unavailable.
const ACQUIRE: Duration = Duration::from_secs(10);

/// What a connection that reads keeps of the file: negative, so in KiB
/// (<https://www.sqlite.org/pragma.html#pragma_cache_size>). The machine keeps the file in memory
/// once for all of them.
const READER_CACHE: &str = "-512";

/// How a file is opened.
#[derive(Debug, Clone)]
pub struct SqliteOptions {
    /// Where the ids of audit rows come from.
    pub environment: Env,
    /// How many connections read; at least one.
    pub readers: u32,
}

impl SqliteOptions {
    /// Four readers.
    #[must_use]
    pub fn new(environment: Env) -> Self {
        Self {
            environment,
            readers: 4,
        }
    }
}

fn unavailable(message: &str, error: io::Error) -> StoreError {
    StoreError::new(StoreErrorKind::Unavailable, message).because(error)
}

/// Makes the file where there is none, readable by its owner only: SQLite gives its log and its
/// shared memory the same mode.
fn prepare(path: &Path) -> StoreResult<()> {
    let made = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path);
    match made {
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(unavailable("the database file cannot be made", error)),
    }
    let checked = std::fs::metadata(path).and_then(|metadata| {
        if metadata.permissions().mode() & 0o077 == 0 {
            return Ok(());
        }
        std::fs::set_permissions(path, Permissions::from_mode(0o600))
    });
    checked.map_err(|error| {
        unavailable(
            "the database file cannot be kept from other users of the machine",
            error,
        )
    })
}

/// What every connection to a file of ours has in common.
pub(crate) fn connect_options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(false)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        // Every statement would take the time twice for a line that nobody reads.
        .disable_statement_logging()
}

/// Refuses a writer that would acknowledge what a power cut can take back.
async fn insist_on_durability(writer: &Pool<Sqlite>) -> StoreResult<()> {
    let journal: String = sqlx::query_scalar("PRAGMA journal_mode")
        .fetch_one(writer)
        .await
        .map_err(fault)?;
    let synchronous: i64 = sqlx::query_scalar("PRAGMA synchronous")
        .fetch_one(writer)
        .await
        .map_err(fault)?;
    let foreign_keys: i64 = sqlx::query_scalar("PRAGMA foreign_keys")
        .fetch_one(writer)
        .await
        .map_err(fault)?;
    // synchronous 2 is FULL: https://www.sqlite.org/pragma.html#pragma_synchronous
    if journal == "wal" && synchronous == 2 && foreign_keys == 1 {
        return Ok(());
    }
    Err(StoreError::new(
        StoreErrorKind::Unavailable,
        "the database file does not take a write-ahead log with full synchronisation: keep the \
         data directory on a local file system",
    ))
}

impl SqliteStore {
    /// Opens the file, and makes it where there is none; its folder must exist. Runs no migration:
    /// see [`schema_state`](Self::schema_state) and [`migrate`](Self::migrate).
    ///
    /// # Errors
    /// `Unavailable` when the file cannot be made, opened, kept private or made durable.
    pub async fn open(path: &Path, options: SqliteOptions) -> StoreResult<Self> {
        prepare(path)?;
        let connect = connect_options(path)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .statement_cache_capacity(256);
        let writer = SqlitePoolOptions::new()
            .min_connections(1)
            .max_connections(1)
            .acquire_timeout(ACQUIRE)
            .idle_timeout(None)
            .max_lifetime(None)
            // A file does not go away as a server does: asking would be a second question each time.
            .test_before_acquire(false)
            // After a commit that failed, on a full disk say, the connection may still be inside
            // its transaction, and nothing could be written through it any more.
            .after_release(|connection, _| {
                Box::pin(async move { Ok(!connection.is_in_transaction()) })
            })
            .connect_with(connect.clone())
            .await
            .map_err(fault)?;
        insist_on_durability(&writer).await?;
        let environment = Arc::clone(&options.environment);
        let read_only = connect
            .pragma("query_only", "on")
            .pragma("cache_size", READER_CACHE);
        let readers = Readers::open(environment, read_only, options.readers).await?;
        Ok(Self {
            environment: options.environment,
            writer,
            readers,
        })
    }

    /// Brings the schema up to this version of the software; does nothing when it is there.
    ///
    /// The caller holds the [`DataDirLock`](crate::DataDirLock), so that no server runs meanwhile.
    ///
    /// # Errors
    /// `Unavailable` when the schema is newer than this version, or the file cannot be written.
    pub async fn migrate(&self) -> StoreResult<()> {
        migration::check(&self.schema_state().await?)?;
        migration::SQLITE
            .run(&self.writer)
            .await
            .map_err(migration::failed)
    }

    /// The schema that this version of the software brings.
    #[must_use]
    pub fn software_schema() -> i64 {
        migration::newest(&migration::SQLITE)
    }

    /// How the schema of the file stands to this version of the software.
    ///
    /// # Errors
    /// `Unavailable` when the file cannot be read.
    pub async fn schema_state(&self) -> StoreResult<SchemaState> {
        let table: i64 = sqlx::query_scalar(
            "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = '_sqlx_migrations'",
        )
        .fetch_one(&mut *self.readers.acquire().await?)
        .await
        .map_err(fault)?;
        let applied: Option<i64> = if table == 0 {
            None
        } else {
            sqlx::query_scalar(migration::APPLIED)
                .fetch_one(&mut *self.readers.acquire().await?)
                .await
                .map_err(fault)?
        };
        Ok(migration::state(&migration::SQLITE, applied))
    }
}
