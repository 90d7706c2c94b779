//! A result store that counts what is stored in it, around any other.

use super::Metrics;
use async_trait::async_trait;
use jiff::Timestamp;
use monitorah_core::{
    MonitorId, StoreResult, Tenant,
    port::{ResultFilter, ResultRow, ResultStore, RollUpReport},
    uptime::{Resolution, Rollup},
};
use std::sync::Arc;

/// Counts what is stored, and passes everything on.
pub(crate) struct MeteredResults {
    inner: Arc<dyn ResultStore>,
    metrics: Arc<Metrics>,
}

impl MeteredResults {
    pub(crate) fn new(inner: Arc<dyn ResultStore>, metrics: Arc<Metrics>) -> Self {
        Self { inner, metrics }
    }
}

#[async_trait]
impl ResultStore for MeteredResults {
    async fn append(&self, batch: &[ResultRow]) -> StoreResult<()> {
        self.inner.append(batch).await?;
        self.metrics.checks.record(batch);
        Ok(())
    }

    async fn results(
        &self,
        tenant: &Tenant,
        monitor: MonitorId,
        filter: &ResultFilter,
        limit: u32,
    ) -> StoreResult<Vec<ResultRow>> {
        self.inner.results(tenant, monitor, filter, limit).await
    }

    async fn rollups(
        &self,
        tenant: &Tenant,
        monitor: MonitorId,
        resolution: Resolution,
        from: Timestamp,
        to: Timestamp,
    ) -> StoreResult<Vec<Rollup>> {
        self.inner
            .rollups(tenant, monitor, resolution, from, to)
            .await
    }

    async fn roll_up(&self, until: Timestamp) -> StoreResult<RollUpReport> {
        self.inner.roll_up(until).await
    }

    async fn prune(&self, now: Timestamp) -> StoreResult<u64> {
        self.inner.prune(now).await
    }
}
