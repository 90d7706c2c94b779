//! Connecting to the database: its pool and its schema.

use super::PostgresStore;
use crate::{
    migration::{self, SchemaState},
    sql::fault::fault,
};
use monitorah_core::{Env, StoreError, StoreErrorKind, StoreResult};
use sqlx::{
    migrate::Migrator,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::time::Duration;

static MIGRATIONS: Migrator = sqlx::migrate!("migrations/postgres");

/// How long a caller waits for a connection before the store counts as unavailable.
const ACQUIRE: Duration = Duration::from_secs(10);

/// How a database is connected to.
#[derive(Debug, Clone)]
pub struct PostgresOptions {
    /// Where the ids of audit rows come from.
    pub environment: Env,
    /// The most connections; at least one.
    pub connections: u32,
}

impl PostgresOptions {
    /// Ten connections.
    #[must_use]
    pub fn new(environment: Env) -> Self {
        Self {
            environment,
            connections: 10,
        }
    }
}

impl PostgresStore {
    /// Connects to the database that a `postgres://` URL names. Runs no migration: see
    /// [`schema_state`](Self::schema_state) and [`migrate`](Self::migrate).
    ///
    /// # Errors
    /// `Unavailable` when the database cannot be reached, `Internal` when the URL is none.
    pub async fn connect(url: &str, options: PostgresOptions) -> StoreResult<Self> {
        let connect: PgConnectOptions = url.parse().map_err(|_| {
            // The parser's own error may repeat the URL, and with it the password.
            StoreError::new(StoreErrorKind::Internal, "the database URL is not valid")
        })?;
        Self::connect_with(connect, options).await
    }

    /// Connects with options of the driver.
    ///
    /// # Errors
    /// `Unavailable` when the database cannot be reached.
    pub async fn connect_with(
        connect: PgConnectOptions,
        options: PostgresOptions,
    ) -> StoreResult<Self> {
        let pool = PgPoolOptions::new()
            .max_connections(options.connections.max(1))
            .acquire_timeout(ACQUIRE)
            .connect_with(connect)
            .await
            .map_err(fault)?;
        Ok(Self {
            environment: options.environment,
            pool,
        })
    }

    /// Brings the schema up to this version of the software; does nothing when it is there. Of
    /// several callers at the same moment one does it and the others wait.
    ///
    /// # Errors
    /// `Unavailable` when the schema is newer than this version, or cannot be changed.
    pub async fn migrate(&self) -> StoreResult<()> {
        migration::check(&self.schema_state().await?)?;
        MIGRATIONS.run(&self.pool).await.map_err(migration::failed)
    }

    /// How the schema of the database stands to this version of the software.
    ///
    /// # Errors
    /// `Unavailable` when the database cannot be read.
    pub async fn schema_state(&self) -> StoreResult<SchemaState> {
        let table: bool = sqlx::query_scalar("SELECT to_regclass('_sqlx_migrations') IS NOT NULL")
            .fetch_one(&self.pool)
            .await
            .map_err(fault)?;
        let applied: Option<i64> = if table {
            sqlx::query_scalar(migration::APPLIED)
                .fetch_one(&self.pool)
                .await
                .map_err(fault)?
        } else {
            None
        };
        Ok(migration::state(&MIGRATIONS, applied))
    }
}
