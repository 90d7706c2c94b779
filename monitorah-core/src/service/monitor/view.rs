//! A monitor as it is shown: opened, its secrets hidden, with its state and its newest result.

use super::super::{ResultView, Service, ServiceError, ServiceResult, around::shown, mask};
use crate::{
    check::Cadence,
    crypt::CryptError,
    id::MonitorId,
    monitor::{Monitor, MonitorState, ShownStatus},
    port::{MonitorRecord, ResultFilter, ResultRow},
    quiet::{Quiet, Surroundings},
    tenant::Tenant,
};
use serde_json::Value;

/// A monitor as it is shown.
#[derive(Debug, Clone)]
pub struct MonitorView {
    /// The monitor itself; target and configuration are sealed there.
    pub monitor: Monitor,
    /// Its state.
    pub state: MonitorState,
    /// How it is shown.
    pub status: ShownStatus,
    /// Why nobody is told of its outages now.
    pub quiet: Option<Quiet>,
    /// The target; none while the account's key is not available.
    pub target: Option<String>,
    /// The configuration with its secrets hidden; none while the key is not available.
    pub config: Option<Value>,
    /// The newest result.
    pub last: Option<ResultView>,
    /// The heartbeat's token. It is a secret of its own, shown to whoever may change monitors.
    pub heartbeat_token: Option<String>,
}

impl Service {
    pub(super) async fn monitor_view(
        &self,
        tenant: &Tenant,
        record: MonitorRecord,
        around: &mut Surroundings,
    ) -> ServiceResult<MonitorView> {
        let status = shown(&record, around, self.means.environment.now());
        let MonitorRecord { monitor, state, .. } = record;
        let quiet = self.quiet(tenant, &monitor, around).await?;
        let (target, config) = match self.open_monitor(tenant, &monitor).await {
            Ok(opened) => {
                let mut config: Value = serde_json::from_slice(opened.config.expose())?;
                // Of a type that this version does not know, everything may be a secret.
                let secrets = self
                    .means
                    .checks
                    .get(monitor.kind.as_str())
                    .map_or(&[""][..], |t| t.secrets);
                mask::hide(&mut config, secrets);
                (Some(opened.target.expose().clone()), Some(config))
            }
            Err(CryptError::Unavailable(_)) => (None, None),
            Err(error) => return Err(error.into()),
        };
        let last = self.last_result(tenant, monitor.id).await?;
        let heartbeat_token = match self.cadence(&monitor.kind) {
            Cadence::Heartbeat => self.heartbeat_token(tenant, monitor.id).await?,
            Cadence::Interval | Cadence::Group | Cadence::Manual => None,
        };
        Ok(MonitorView {
            monitor,
            state,
            status,
            quiet,
            target,
            config,
            last,
            heartbeat_token,
        })
    }

    pub(super) async fn last_result(
        &self,
        tenant: &Tenant,
        id: MonitorId,
    ) -> ServiceResult<Option<ResultView>> {
        let rows: Vec<ResultRow> = self
            .means
            .ports
            .results
            .results(tenant, id, &ResultFilter::default(), 1)
            .await
            .map_err(|error| ServiceError::of_store(error, "check result"))?;
        match rows.into_iter().next() {
            None => Ok(None),
            Some(row) => Ok(Some(self.result_view(tenant, row).await?)),
        }
    }
}
