//! The share of a process: a file has one server, which looks at every monitor.

use super::SqliteStore;
use monitorah_core::{
    StoreResult, Tenant,
    port::{ReplicaId, Settlement, Share, ShareRequest},
};
use sqlx::{Sqlite, Transaction};

impl SqliteStore {
    /// Everything: the lock of the data directory keeps other servers away.
    pub(super) async fn hold(&self, _request: &ShareRequest) -> StoreResult<Share> {
        Ok(Share::Whole)
    }

    /// There is nobody to give it to.
    pub(super) async fn give_back(&self, _replica: ReplicaId) -> StoreResult<()> {
        Ok(())
    }
}

/// Nobody else settles.
pub(super) async fn guard(
    _tx: &mut Transaction<'static, Sqlite>,
    _tenant: &Tenant,
    _settlement: &Settlement,
) -> StoreResult<()> {
    Ok(())
}
