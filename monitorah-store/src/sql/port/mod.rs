//! The ports over SQL, written once. Compiled below each database, against its `Store` and `Db`.

mod account;
mod badge;
mod channel;
mod covers;
mod dependency;
mod heartbeat;
pub(super) mod incident;
mod maintenance;
mod manual;
mod monitor;
mod outbox;
mod result;
mod rollup;
mod rule;
mod silence;

use super::{Db, Store};
use crate::sql::{
    fault::{fault, unique},
    statement as sql,
};
use jiff::Timestamp;
use monitorah_core::{
    Act, AuditId, MonitorId, StoreError, StoreErrorKind, StoreResult, Tenant, port::Page,
};

/// A transaction that may write.
type Tx = sqlx::Transaction<'static, Db>;

/// The account of a tenant as it is bound to `$1`.
fn account(tenant: &Tenant) -> Vec<u8> {
    tenant.account().as_bytes().to_vec()
}

/// After which id a list that begins with the oldest goes on.
fn after(page: Page) -> Vec<u8> {
    page.after.unwrap_or([0; 16]).to_vec()
}

/// Before which id a list that begins with the newest goes on.
fn before(page: Page) -> Vec<u8> {
    page.after.unwrap_or([0xff; 16]).to_vec()
}

/// Stores the audit row of an act. First of all in its transaction, so that a repeated request is
/// told so and not what its own first run has changed.
async fn note(store: &Store, tx: &mut Tx, tenant: &Tenant, act: &Act) -> StoreResult<()> {
    let id = AuditId::generate(&*store.environment);
    let idempotency = act.idempotency.as_ref();
    sqlx::query(sql::AUDIT_INSERT)
        .bind(account(tenant))
        .bind(id.as_bytes().as_slice())
        .bind(act.at.as_microsecond())
        .bind(act.actor.to_string())
        .bind(act.action)
        .bind(act.object.as_str())
        .bind(act.request.map(|request| request.as_bytes().to_vec()))
        .bind(idempotency.map(|idempotency| idempotency.key.as_str()))
        .bind(idempotency.map(|idempotency| idempotency.fingerprint.to_vec()))
        .execute(&mut **tx)
        .await
        .map_err(unique(
            StoreErrorKind::Replayed,
            "the idempotency key was used before",
        ))?;
    Ok(())
}

/// Tells the feed that a monitor changed. The counter's row is held until the transaction ends, so
/// that marks are committed in their order.
async fn tell(tx: &mut Tx, tenant: &Tenant, monitor: MonitorId, at: Timestamp) -> StoreResult<()> {
    let mark: i64 = sqlx::query_scalar(sql::FEED_BUMP)
        .fetch_one(&mut **tx)
        .await
        .map_err(fault)?;
    sqlx::query(sql::FEED_TELL)
        .bind(account(tenant))
        .bind(monitor.as_bytes().as_slice())
        .bind(mark)
        .bind(at.as_microsecond())
        .execute(&mut **tx)
        .await
        .map_err(fault)?;
    Ok(())
}

/// Why a guarded update changed nothing: the row is gone, or its version is another one.
async fn explain_untouched(
    tx: &mut Tx,
    exists: &'static str,
    tenant: &Tenant,
    id: &[u8],
    what: &str,
) -> StoreError {
    let found = sqlx::query(exists)
        .bind(account(tenant))
        .bind(id)
        .fetch_optional(&mut **tx)
        .await;
    match found {
        Ok(Some(_)) => StoreError::conflict(&format!("the {what}")),
        Ok(None) => StoreError::not_found(what),
        Err(error) => fault(error),
    }
}

/// Runs a statement that removes or changes one row named by its id; says whether there was one.
async fn touch(tx: &mut Tx, text: &'static str, tenant: &Tenant, id: &[u8]) -> StoreResult<bool> {
    let done = sqlx::query(text)
        .bind(account(tenant))
        .bind(id)
        .execute(&mut **tx)
        .await
        .map_err(fault)?;
    Ok(done.rows_affected() > 0)
}

/// A row that a statement of this database returns.
trait Readable: for<'r> sqlx::FromRow<'r, <Db as sqlx::Database>::Row> + Send + Unpin {}

impl<R: for<'r> sqlx::FromRow<'r, <Db as sqlx::Database>::Row> + Send + Unpin> Readable for R {}

/// The one thing of this id; the statement comes with the thing's name.
async fn one<R: Readable, T>(
    store: &Store,
    (text, what): (&'static str, &str),
    tenant: &Tenant,
    id: &[u8],
    read: fn(R) -> StoreResult<T>,
) -> StoreResult<T> {
    let found = sqlx::query_as::<Db, R>(text)
        .bind(account(tenant))
        .bind(id)
        .fetch_optional(store.readers())
        .await
        .map_err(fault)?;
    read(found.ok_or_else(|| StoreError::not_found(what))?)
}

/// A page of an account's things, oldest first.
async fn list<R: Readable, T>(
    store: &Store,
    text: &'static str,
    tenant: &Tenant,
    page: Page,
    read: fn(R) -> StoreResult<T>,
) -> StoreResult<Vec<T>> {
    sqlx::query_as::<Db, R>(text)
        .bind(account(tenant))
        .bind(after(page))
        .bind(i64::from(page.limit))
        .fetch_all(store.readers())
        .await
        .map_err(fault)?
        .into_iter()
        .map(read)
        .collect()
}

/// What is removed: the statement that does it, the one that looks whether it is there, its name.
type Removal = (&'static str, &'static str, &'static str);

/// Removes the one thing of this id, and what goes with it by its keys.
async fn remove(
    store: &Store,
    tenant: &Tenant,
    removal: Removal,
    (id, expected): (&[u8], Option<i64>),
    act: &Act,
) -> StoreResult<()> {
    let mut tx = store.begin_write().await?;
    note(store, &mut tx, tenant, act).await?;
    remove_one(&mut tx, tenant, removal, (id, expected)).await?;
    commit(tx).await
}

/// Removes one thing of this version, or of any where none is said. The version is compared in the
/// statement that removes, so that nobody changes it in between.
async fn remove_one(
    tx: &mut Tx,
    tenant: &Tenant,
    (text, exists, what): Removal,
    (id, expected): (&[u8], Option<i64>),
) -> StoreResult<()> {
    let done = sqlx::query(text)
        .bind(account(tenant))
        .bind(id)
        .bind(expected)
        .execute(&mut **tx)
        .await
        .map_err(fault)?;
    if done.rows_affected() == 0 {
        return Err(explain_untouched(tx, exists, tenant, id, what).await);
    }
    Ok(())
}

/// Ends a transaction: durable when this returns.
async fn commit(tx: Tx) -> StoreResult<()> {
    tx.commit().await.map_err(fault)
}
