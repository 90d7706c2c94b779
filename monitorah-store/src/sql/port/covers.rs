//! What a window or silence covers: texts in its own row, and the monitors that it names in a table
//! of their own, which forgets them when they go.

use super::{Db, Readable, Store, Tx, account, fault};
use crate::sql::value::to_json;
use jiff::Timestamp;
use monitorah_core::{StoreError, StoreResult, Tenant, selection::Selection};

/// A selection as it is stored in the row itself: the monitors that it names are elsewhere.
pub(super) struct Stored {
    pub(super) all: bool,
    pub(super) tags: String,
    pub(super) groups: String,
}

pub(super) fn stored(covers: &Selection) -> StoreResult<Stored> {
    let none = Vec::new();
    let (all, tags, groups) = match covers {
        Selection::All => (true, &none, &none),
        Selection::Named { tags, groups, .. } => (false, tags, groups),
    };
    Ok(Stored {
        all,
        tags: to_json(&set(tags))?,
        groups: to_json(&set(groups))?,
    })
}

/// The texts in order, each once.
fn set(texts: &[String]) -> Vec<&String> {
    let mut texts: Vec<_> = texts.iter().collect();
    texts.sort_unstable();
    texts.dedup();
    texts
}

/// Stores which monitors are named. Only those of the tenant are there to be named.
pub(super) async fn add_monitors(
    tx: &mut Tx,
    text: &'static str,
    tenant: &Tenant,
    id: &[u8],
    covers: &Selection,
) -> StoreResult<()> {
    let Selection::Named { monitors, .. } = covers else {
        return Ok(());
    };
    let mut monitors = monitors.clone();
    monitors.sort_unstable();
    monitors.dedup();
    for monitor in monitors {
        let done = sqlx::query(text)
            .bind(account(tenant))
            .bind(id)
            .bind(monitor.as_bytes().as_slice())
            .bind(monitor.to_string())
            .execute(&mut **tx)
            .await
            .map_err(fault)?;
        if done.rows_affected() == 0 {
            return Err(StoreError::not_found("monitor"));
        }
    }
    Ok(())
}

/// Those that are not over.
pub(super) async fn current<R: Readable, T>(
    store: &Store,
    text: &'static str,
    tenant: &Tenant,
    (now, limit): (Timestamp, u32),
    read: fn(R) -> StoreResult<T>,
) -> StoreResult<Vec<T>> {
    sqlx::query_as::<Db, R>(text)
        .bind(account(tenant))
        .bind(now.as_microsecond())
        .bind(i64::from(limit))
        .fetch_all(&mut *store.read(tenant).await?)
        .await
        .map_err(fault)?
        .into_iter()
        .map(read)
        .collect()
}
