//! Connecting to the database: its pool, its limits, and what it must be like.

use super::{PostgresStore, PostgresTarget, guard, listen};
use crate::{
    migration::{self, SchemaState},
    sql::fault::fault,
};
use monitorah_core::{Env, StoreResult};
use sqlx::{
    Connection, PgConnection, Row,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{sync::Arc, time::Duration};

pub(super) static MIGRATIONS: Migrator = sqlx::migrate!("migrations/postgres");

/// How long a caller waits for a connection before the store counts as unavailable.
const ACQUIRE: Duration = Duration::from_secs(10);
/// A connection that was idle for longer is asked whether it still works before it is used: asking
/// each time would cost every read a round trip.
const ASK_AFTER: Duration = Duration::from_secs(1);
/// What is not used for so long is given back to the server.
const IDLE: Duration = Duration::from_secs(10 * 60);
/// So that a role, a certificate or an address that changed is noticed in the end.
const LIFETIME: Duration = Duration::from_secs(30 * 60);

/// How a database is connected to.
#[derive(Debug, Clone)]
pub struct PostgresOptions {
    /// Where the ids of audit rows come from.
    pub environment: Env,
    /// The most connections; at least one.
    pub connections: u32,
    /// The longest that a statement may take.
    pub statement_timeout: Duration,
    /// The longest that a statement waits for a lock of another one.
    pub lock_timeout: Duration,
    /// The longest that a transaction may do nothing before the server ends it.
    pub idle_in_transaction_timeout: Duration,
}

impl PostgresOptions {
    /// Ten connections; half a minute for a statement, ten seconds for a lock.
    #[must_use]
    pub fn new(environment: Env) -> Self {
        Self {
            environment,
            connections: 10,
            statement_timeout: Duration::from_secs(30),
            lock_timeout: Duration::from_secs(10),
            idle_in_transaction_timeout: Duration::from_secs(30),
        }
    }

    /// What every session is told at its start.
    fn session(&self, connect: PgConnectOptions) -> PgConnectOptions {
        let millis = |duration: Duration| duration.as_millis().max(1).to_string();
        let name = connect
            .get_application_name()
            .unwrap_or("monitorah")
            .to_owned();
        connect.application_name(&name).options([
            ("statement_timeout", millis(self.statement_timeout)),
            ("lock_timeout", millis(self.lock_timeout)),
            (
                "idle_in_transaction_session_timeout",
                millis(self.idle_in_transaction_timeout),
            ),
            // What was answered is durable, whatever the server's own default is.
            ("synchronous_commit", "on".to_owned()),
            ("search_path", "public".to_owned()),
        ])
    }
}

impl PostgresStore {
    /// Connects to a database, as a role that row-level security holds: any other is refused. Runs
    /// no migration: see [`migrate`](super::migrate).
    ///
    /// # Errors
    /// `Unavailable` when the database cannot be reached, or is not safe to work on.
    pub async fn connect(target: &PostgresTarget, options: PostgresOptions) -> StoreResult<Self> {
        let connect = options.session(target.connect());
        // On a connection of its own, so that a wrong password is told as such and not as a pool
        // that ran out of time.
        let mut first = PgConnection::connect_with(&connect).await.map_err(fault)?;
        guard::judge(&mut first).await?;
        first.close().await.map_err(fault)?;
        let pool = PgPoolOptions::new()
            .max_connections(options.connections.max(1))
            .acquire_timeout(ACQUIRE)
            .idle_timeout(IDLE)
            .max_lifetime(LIFETIME)
            .test_before_acquire(false)
            .before_acquire(|connection, meta| {
                Box::pin(async move {
                    Ok(meta.idle_for <= ASK_AFTER || connection.ping().await.is_ok())
                })
            })
            .connect_lazy_with(connect.clone());
        Ok(Self {
            environment: options.environment,
            pool,
            ear: Arc::new(listen::Ear::new(connect)),
        })
    }

    /// What the server calls itself, and whether it loses what it acknowledged when its machine
    /// loses power: such a server is for tests.
    ///
    /// # Errors
    /// `Unavailable` when the database cannot be read.
    pub async fn server(&self) -> StoreResult<(String, bool)> {
        let row = sqlx::query(
            "SELECT current_setting('server_version') AS version, \
             current_setting('fsync') = 'on' AND current_setting('full_page_writes') = 'on' AS kept",
        )
        .fetch_one(&self.pool)
        .await
        .map_err(fault)?;
        let version = row.try_get("version").map_err(fault)?;
        let kept: bool = row.try_get("kept").map_err(fault)?;
        Ok((version, !kept))
    }

    /// The schema that this version of the software brings.
    #[must_use]
    pub fn software_schema() -> i64 {
        MIGRATIONS.iter().map(|one| one.version).max().unwrap_or(0)
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
                .fetch_one(&mut *self.read_across().await?)
                .await
                .map_err(fault)?
        } else {
            None
        };
        Ok(migration::state(&MIGRATIONS, applied))
    }
}
