//! Connecting to the database: its pool, its limits, and what it must be like.

use super::{PostgresStore, PostgresTarget, guard, listen};
use crate::{
    migration::{self, SchemaState},
    sql::fault::fault,
};
use jiff::SignedDuration;
use monitorah_core::{Env, StoreError, StoreErrorKind, StoreResult, environment::timeout};
use sqlx::{
    Connection, PgConnection, Row,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{sync::Arc, time::Duration};

/// How long a caller waits for a connection before the store counts as unavailable.
const ACQUIRE: Duration = Duration::from_secs(5);
/// A connection that was idle for longer is asked whether it still works before it is used: asking
/// each time would cost every read a round trip.
const ASK_AFTER: Duration = Duration::from_secs(1);
/// How long the answer to a first connection may take, and the pauses between attempts at one.
const ANSWER: Duration = Duration::from_secs(5);
const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LAST_PAUSE: Duration = Duration::from_secs(4);
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
    /// How long results are kept, and until their day is over.
    pub results_kept: SignedDuration,
}

impl PostgresOptions {
    /// Ten connections; half a minute for a statement, ten seconds for a lock; results for thirty
    /// days.
    #[must_use]
    pub fn new(environment: Env) -> Self {
        Self {
            environment,
            connections: 10,
            statement_timeout: Duration::from_secs(30),
            lock_timeout: Duration::from_secs(10),
            idle_in_transaction_timeout: Duration::from_secs(30),
            results_kept: SignedDuration::from_hours(30 * 24),
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

/// Whether there may be somebody later who answers: nobody does, or the server is starting, stopping
/// or full.
fn may_come(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) => !is_distrust(error),
        sqlx::Error::Database(refusal) => {
            matches!(refusal.code().as_deref(), Some("57P03" | "53300"))
        }
        _ => false,
    }
}

/// Whether the certificate of the server is what is wrong.
fn is_distrust(error: &sqlx::Error) -> bool {
    error.to_string().contains("peer certificate")
}

/// Why nobody could sign in, with what to do where that is known.
fn unreached(error: sqlx::Error, target: &PostgresTarget) -> StoreError {
    let unencrypted = matches!(&error, sqlx::Error::Tls(_));
    if is_distrust(&error) {
        StoreError::new(
            StoreErrorKind::Unavailable,
            format!(
                "the certificate of the server of {target} is not trusted: name the file of the \
                 certificates that it is signed by with sslrootcert, and the host as it stands in \
                 the certificate"
            ),
        )
        .because(error.to_string())
    } else if unencrypted {
        StoreError::new(
            StoreErrorKind::Unavailable,
            format!(
                "no encrypted connection to {target} can be made: let the server use TLS (ssl = \
                 on), or say what its sslmode is to be"
            ),
        )
        .because(error.to_string())
    } else {
        fault(error)
    }
}

impl PostgresStore {
    /// Waits until a server answers, whatever it says, or until this patience is over: a database
    /// may start after whoever works on it. `told` hears once in a while why it is waited for, and
    /// whoever connects after that is told what is wrong.
    pub async fn await_server(
        target: &PostgresTarget,
        environment: &Env,
        patience: Duration,
        mut told: impl FnMut(&StoreError) + Send,
    ) {
        let connect = target.connect();
        let began = environment.monotonic();
        let mut pause = FIRST_PAUSE;
        loop {
            let attempt = PgConnection::connect_with(&connect);
            let error = match timeout(&**environment, ANSWER, attempt).await {
                Ok(Ok(connection)) => {
                    // That it could not be told good-bye is no matter of who comes after it.
                    let _ = connection.close().await;
                    return;
                }
                Ok(Err(error)) if !may_come(&error) => return,
                Ok(Err(error)) => fault(error),
                Err(_) => {
                    StoreError::new(StoreErrorKind::Unavailable, "the database does not answer")
                }
            };
            let passed = environment.monotonic().saturating_sub(began);
            if passed.saturating_add(pause) > patience {
                return;
            }
            told(&error);
            environment.sleep(pause).await;
            pause = pause.saturating_mul(2).min(LAST_PAUSE);
        }
    }

    /// Connects to a database, as a role that row-level security holds: any other is refused. Runs
    /// no migration: see [`migrate`](super::migrate).
    ///
    /// # Errors
    /// `Unavailable` when the database cannot be reached, or is not safe to work on.
    pub async fn connect(target: &PostgresTarget, options: PostgresOptions) -> StoreResult<Self> {
        let connect = options.session(target.connect());
        // On a connection of its own, so that a wrong password is told as such and not as a pool
        // that ran out of time.
        let mut first = PgConnection::connect_with(&connect)
            .await
            .map_err(|error| unreached(error, target))?;
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
            connect: connect.clone(),
            ear: Arc::new(listen::Ear::new(connect)),
            results_kept: options.results_kept,
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
        migration::newest(&migration::POSTGRES)
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
        Ok(migration::state(&migration::POSTGRES, applied))
    }
}
