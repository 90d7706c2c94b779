//! Trying a monitor that is not saved: looked at once, and nothing is stored.

use super::{MonitorDraft, Service, ServiceError, ServiceResult};
use crate::{
    check::{Cadence, CheckContext, CheckEnv},
    environment::timeout,
    error::FieldError,
    observation::{Observation, Reason},
    region::Region,
    secret::Secret,
};
use futures::FutureExt;
use jiff::Timestamp;
use std::{panic::AssertUnwindSafe, time::Duration};

/// The most trials at once: they are looks beside the schedule, and must not crowd it out.
pub(super) const TRIALS: usize = 16;
/// How long past its time limit a look may take before it is ended.
const SLACK: Duration = Duration::from_millis(150);
/// How long a trial waits for its place at a busy host: the patience of a look by itself.
const PATIENCE: Duration = Duration::from_secs(1);

/// What a trial saw.
#[derive(Debug)]
pub struct Trial {
    /// When.
    pub at: Timestamp,
    /// From where.
    pub region: Region,
    /// What.
    pub observation: Observation,
}

impl Service {
    /// Looks once at what the draft describes, under the same policies as any check, and stores
    /// nothing.
    ///
    /// # Errors
    /// As [`Service::create_monitor`]; also `Invalid` for a type that waits for a job's pings, and
    /// `Conflict` with the code `busy` while too many trials run.
    pub async fn try_monitor(&self, draft: MonitorDraft) -> ServiceResult<Trial> {
        let environment = &self.means.environment;
        let at = environment.now();
        let registered = self.check_draft(&draft)?;
        let config = self.checked_config(registered, &draft, None, at)?;
        if registered.cadence != Cadence::Interval {
            return Err(ServiceError::Invalid(vec![FieldError::new(
                "/type",
                "a monitor of this type looks at no target, so there is nothing to try: save it",
            )]));
        }
        let Ok(_place) = self.trials.try_acquire() else {
            return Err(ServiceError::Conflict {
                code: "busy",
                message: "too many monitors are being tried at once: try again".to_owned(),
            });
        };
        let env = CheckEnv::new(Secret::new(draft.target), draft.policy.interval, at);
        let check = self.means.checks.build(&draft.kind, config, env)?;
        let cx = CheckContext::new(environment, draft.policy.timeout);
        let started = environment.monotonic();
        let run = AssertUnwindSafe(check.run(&cx)).catch_unwind();
        let mut observation =
            match timeout(&**environment, PATIENCE + cx.timeout + SLACK, run).await {
                Ok(Ok(observation)) => observation,
                Ok(Err(_panic)) => {
                    tracing::error!(kind = %registered.kind, "the check panicked");
                    Observation::unknown(Reason::Internal, "the check itself failed")
                }
                Err(_) => Observation::down(
                    Reason::TimeoutTotal,
                    format!("no result within {} s", cx.timeout.as_secs_f64()),
                ),
            };
        if observation.total.is_zero() {
            observation.total = environment.monotonic().saturating_sub(started);
        }
        Ok(Trial {
            at,
            region: self.means.region,
            observation,
        })
    }
}
