//! The check log: results with what is sealed of them opened.

use super::{Service, ServiceError, ServiceResult};
use crate::{
    crypt::CryptError,
    evidence::ResultDetail,
    id::MonitorId,
    port::{ResultFilter, ResultRow},
    tenant::Tenant,
};

/// A result as it is shown.
#[derive(Debug, Clone)]
pub struct ResultView {
    /// The row.
    pub row: ResultRow,
    /// What was sealed of it; kept where it failed or differed from the result before.
    pub detail: ResultDetail,
    /// Whether the detail is there and cannot be opened now.
    pub sealed: bool,
}

/// Which results are wanted, and how many.
#[derive(Debug, Clone, Copy)]
pub struct ResultQuery {
    /// Which.
    pub filter: ResultFilter,
    /// At most so many.
    pub limit: u32,
}

impl Service {
    /// The check log of a monitor, newest first.
    ///
    /// # Errors
    /// `NotFound` when there is no such monitor.
    pub async fn results(
        &self,
        tenant: &Tenant,
        monitor: MonitorId,
        query: &ResultQuery,
    ) -> ServiceResult<Vec<ResultView>> {
        let of_store = |error| ServiceError::of_store(error, "monitor");
        let ports = &self.means.ports;
        ports
            .monitors
            .monitor(tenant, monitor)
            .await
            .map_err(of_store)?;
        let rows = ports
            .results
            .results(tenant, monitor, &query.filter, query.limit)
            .await
            .map_err(of_store)?;
        let mut views = Vec::with_capacity(rows.len());
        for row in rows {
            views.push(self.result_view(tenant, row).await?);
        }
        Ok(views)
    }

    pub(super) async fn result_view(
        &self,
        tenant: &Tenant,
        row: ResultRow,
    ) -> ServiceResult<ResultView> {
        let Some(detail) = &row.detail else {
            return Ok(ResultView {
                row,
                detail: ResultDetail::default(),
                sealed: false,
            });
        };
        let place = ResultDetail::place(tenant.account(), &row.monitor, row.at);
        match self.means.keyring.open(tenant, &place, detail).await {
            Ok(json) => {
                let detail = serde_json::from_slice(json.expose())?;
                Ok(ResultView {
                    row,
                    detail,
                    sealed: false,
                })
            }
            Err(CryptError::Unavailable(_)) => Ok(ResultView {
                row,
                detail: ResultDetail::default(),
                sealed: true,
            }),
            Err(error) => Err(error.into()),
        }
    }
}
