//! PostgreSQL: the same ports over the same statements, each transaction as one of two roles.

mod append;
mod guard;
mod listen;
mod migrate;
mod open;
#[expect(
    clippy::duplicate_mod,
    reason = "the ports are written once and compiled for each database, see crate::sql"
)]
#[path = "../sql/port/mod.rs"]
mod port;
mod retire;
mod scram;
mod share;
mod target;
#[cfg(test)]
mod tests;

use crate::sql::fault::fault;
use jiff::SignedDuration;
use monitorah_core::{Env, StoreError, StoreResult, Tenant, environment::timeout};
use sqlx::{
    AssertSqlSafe, Connection, Executor, PgConnection, Pool, Postgres, Transaction,
    postgres::PgConnectOptions,
};
use std::{fmt::Write, sync::Arc, time::Duration};

pub use migrate::migrate;
pub use open::PostgresOptions;
pub use target::{PostgresTarget, TargetFault};

/// The database of this folder, for the ports that are written once.
type Db = Postgres;
/// The store of this folder, for the ports that are written once.
type Store = PostgresStore;
/// Leases what is due, for the port that is written once.
const LEASE: &str = crate::sql::statement::OUTBOX_LEASE_SKIPPING;
/// What reads: a transaction, because role and account are set for one.
type Reading = Transaction<'static, Postgres>;

/// Every storage port over one PostgreSQL database. Cheap to clone; the clones share their
/// connections.
///
/// The role that signs in has no rights of its own. Every transaction is either of the role app,
/// which row-level security holds to the account that the transaction names, or of the role worker,
/// which may look across accounts and do little else.
#[derive(Clone)]
pub struct PostgresStore {
    environment: Env,
    pool: Pool<Postgres>,
    connect: PgConnectOptions,
    ear: Arc<listen::Ear>,
    results_kept: SignedDuration,
}

impl std::fmt::Debug for PostgresStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PostgresStore").finish_non_exhaustive()
    }
}

const WORKER: &str = "SET LOCAL ROLE monitorah_worker";
/// The advisory lock between batches of results and roll-ups: "mnt_mrks" in ASCII.
const MARKS: i64 = 0x6d6e_745f_6d72_6b73;
/// How long the server may take to say why it gives no connection.
const ASKED_WITHIN: Duration = Duration::from_secs(2);
/// What a transaction answers whose statement before failed.
const ABORTED: &str = "25P02";

/// Role and account of a tenant, for the rest of a transaction.
fn as_tenant(tenant: &Tenant) -> String {
    let mut text = String::from("SET LOCAL ROLE monitorah_app; SET LOCAL monitorah.account_id = '");
    for byte in tenant.account().as_bytes() {
        let _ = write!(text, "{byte:02x}");
    }
    text.push('\'');
    text
}

impl PostgresStore {
    /// Begins a transaction of one account that may write. Read committed is enough: what must not
    /// be lost is a compare-and-swap in one statement, a unique index, or a row that is locked
    /// first.
    async fn begin_write(&self, tenant: &Tenant) -> StoreResult<Transaction<'static, Postgres>> {
        self.begin(format!("BEGIN; {}", as_tenant(tenant))).await
    }

    /// Begins a transaction across accounts that may write.
    async fn begin_across(&self) -> StoreResult<Transaction<'static, Postgres>> {
        self.begin(format!("BEGIN; {WORKER}")).await
    }

    /// Begins the transaction of a batch of results. No mark of a roll-up goes on meanwhile, so that
    /// a mark that need not move back need not be locked either.
    async fn begin_append(&self) -> StoreResult<Transaction<'static, Postgres>> {
        self.begin(format!(
            "BEGIN; {WORKER}; SELECT pg_advisory_xact_lock_shared({MARKS})"
        ))
        .await
    }

    /// Begins the transaction of a roll-up: batches wait for its end, and it for theirs.
    async fn begin_roll_up(&self) -> StoreResult<Transaction<'static, Postgres>> {
        self.begin(format!(
            "BEGIN; {WORKER}; SELECT pg_advisory_xact_lock({MARKS})"
        ))
        .await
    }

    /// Begins a transaction of one account that only reads.
    async fn read(&self, tenant: &Tenant) -> StoreResult<Reading> {
        self.begin(format!("BEGIN READ ONLY; {}", as_tenant(tenant)))
            .await
    }

    /// Begins a transaction across accounts that only reads.
    async fn read_across(&self) -> StoreResult<Reading> {
        self.begin(format!("BEGIN READ ONLY; {WORKER}")).await
    }

    /// Goes on with a transaction across accounts as one of them.
    async fn enter(
        &self,
        tx: &mut Transaction<'static, Postgres>,
        tenant: &Tenant,
    ) -> StoreResult<()> {
        let text = AssertSqlSafe(as_tenant(tenant));
        tx.execute(sqlx::raw_sql(text)).await.map_err(fault)?;
        Ok(())
    }

    /// One round trip: beginning, role and account.
    async fn begin(&self, text: String) -> StoreResult<Transaction<'static, Postgres>> {
        let begun = self.pool.begin_with(AssertSqlSafe(text.clone())).await;
        let aborted = begun.as_ref().err().is_some_and(|error| {
            let code = error.as_database_error().and_then(|refusal| refusal.code());
            code.as_deref() == Some(ABORTED)
        });
        if matches!(begun, Err(sqlx::Error::PoolTimedOut)) {
            return Err(self.why_none().await);
        }
        if !aborted {
            return begun.map_err(fault);
        }
        // Beginning was refused, or given up half-way, on this connection before: the driver counts
        // no transaction there and ends none.
        let mut connection = self.pool.acquire().await.map_err(fault)?;
        connection.execute("ROLLBACK").await.map_err(fault)?;
        drop(connection);
        let again = self.pool.begin_with(AssertSqlSafe(text)).await;
        again.map_err(fault)
    }

    /// Why there was no connection in time: the pool itself tells nobody what it was refused with.
    async fn why_none(&self) -> StoreError {
        let attempt = PgConnection::connect_with(&self.connect);
        match timeout(&*self.environment, ASKED_WITHIN, attempt).await {
            Ok(Err(error)) => fault(error),
            Ok(Ok(connection)) => {
                let _ = connection.close().await;
                fault(sqlx::Error::PoolTimedOut)
            }
            Err(_) => fault(sqlx::Error::PoolTimedOut),
        }
    }

    /// Ends the connections.
    pub async fn close(&self) {
        self.stop_listening();
        self.pool.close().await;
    }
}
