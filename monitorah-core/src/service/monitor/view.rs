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
use jiff::Timestamp;
use serde_json::Value;
use std::time::Duration;

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
    /// Whether no result came although one was due, so that the state may be out of date: nobody
    /// looked, or what was seen could not be stored.
    pub stale: bool,
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
        let cadence = self.cadence(&monitor.kind);
        let stale = is_stale(
            &monitor,
            cadence,
            last.as_ref().map(|last| &last.row),
            self.means.environment.now(),
        );
        let heartbeat_token = match cadence {
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
            stale,
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

/// Whether a result was due and did not come. What people or other monitors say is as it is until
/// they say something else, and a monitor that was made, changed or resumed has its time to begin.
fn is_stale(monitor: &Monitor, cadence: Cadence, last: Option<&ResultRow>, now: Timestamp) -> bool {
    if monitor.paused || cadence != Cadence::Interval {
        return false;
    }
    let fresh = |at, valid_for| monitor.policy.fresh_until(at, valid_for);
    let seen = last.map(|last| fresh(last.at, last.valid_for));
    now > fresh(monitor.updated_at, Duration::ZERO).max(seen.unwrap_or(Timestamp::MIN))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Status, monitor::Policy, testkit::conformance::sample};

    /// Every 60 s with a limit of 10 s: a result speaks for 120 s.
    #[test]
    fn a_monitor_is_stale_when_a_result_was_due_and_did_not_come() {
        let mut monitor = sample::monitor(1);
        monitor.policy = Policy {
            timeout: Duration::from_secs(10),
            ..Policy::every(Duration::from_secs(60))
        };
        let row = sample::result(&monitor, 1_000, Status::Up);
        let stale = |monitor: &Monitor, cadence, last, second| {
            is_stale(monitor, cadence, last, sample::at(second))
        };
        let interval = Cadence::Interval;
        assert!(!stale(&monitor, interval, Some(&row), 1_121));
        assert!(stale(&monitor, interval, Some(&row), 1_122));
        assert!(!stale(&monitor, interval, None, 121), "it was just made");
        assert!(stale(&monitor, interval, None, 122));
        // An answer of our own fault speaks for nothing, and is a look all the same.
        let mut unknown = row.clone();
        unknown.valid_for = Duration::ZERO;
        assert!(!stale(&monitor, interval, Some(&unknown), 1_121));
        // What a check says for a week is as it is for a week.
        let mut week = row.clone();
        week.valid_for = Duration::from_secs(7 * 86_400);
        assert!(!stale(&monitor, interval, Some(&week), 5 * 86_400));
        for other in [Cadence::Heartbeat, Cadence::Group, Cadence::Manual] {
            assert!(!stale(&monitor, other, Some(&row), 9_000));
        }
        monitor.updated_at = sample::at(9_000);
        assert!(
            !stale(&monitor, interval, Some(&row), 9_121),
            "just resumed"
        );
        monitor.paused = true;
        assert!(!stale(&monitor, interval, Some(&row), 99_000));
    }
}
