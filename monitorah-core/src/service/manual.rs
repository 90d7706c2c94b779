//! Manual monitors: somebody says how one is, and it is believed at once.

use super::{Caller, MonitorView, Service, ServiceError, ServiceResult};
use crate::{
    check::{Cadence, manual::MAX_MESSAGE},
    environment::timeout,
    error::FieldError,
    id::MonitorId,
    observation::Status,
    port::ManualRecord,
};
use std::time::Duration;

/// How long the answer waits for the engine to judge what was said. It is judged later all the
/// same: it is stored.
const JUDGED_WITHIN: Duration = Duration::from_secs(5);

/// What somebody says of a manual monitor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusDraft {
    /// How it is.
    pub status: Status,
    /// Why; an empty one is none.
    pub message: Option<String>,
}

impl Service {
    /// Sets the status of a manual monitor. When this returns, it is durable; and when an engine
    /// runs in this process, its event is opened or closed and its messages are on their way.
    ///
    /// # Errors
    /// `Invalid` for a message that is too long; `NotFound`; `Conflict` when the monitor is of
    /// another type or paused.
    pub async fn set_status(
        &self,
        caller: &Caller,
        id: MonitorId,
        draft: StatusDraft,
    ) -> ServiceResult<MonitorView> {
        let tenant = &caller.tenant;
        let message = draft.message.filter(|message| !message.trim().is_empty());
        if message.as_ref().is_some_and(|message| {
            message.chars().count() > MAX_MESSAGE
                || message.chars().any(|c| c.is_control() && c != '\n')
        }) {
            return Err(ServiceError::Invalid(vec![FieldError::new(
                "/message",
                "a message has at most 500 characters, and of control characters only line breaks",
            )]));
        }
        let monitor = self
            .means
            .ports
            .monitors
            .monitor(tenant, id)
            .await
            .map_err(|error| ServiceError::of_store(error, "monitor"))?
            .monitor;
        if self.cadence(&monitor.kind) != Cadence::Manual {
            return Err(ServiceError::Conflict {
                code: "not_manual",
                message: format!(
                    "the state of a monitor of the type {} is found out by its check: make one of \
                     the type MANUAL to set it by hand",
                    monitor.kind
                ),
            });
        }
        let act = self
            .act(caller, "monitor.set_status", id.to_string())
            .await?;
        if monitor.paused && self.replay(caller, &act).await?.is_none() {
            return Err(ServiceError::Conflict {
                code: "monitor_paused",
                message: "this monitor is paused: resume it first".to_owned(),
            });
        }
        let mut said = ManualRecord {
            status: draft.status,
            message: None,
            at: act.at,
        };
        if let Some(message) = message {
            let place = said.message_place(tenant.account(), &id);
            let keyring = &self.means.keyring;
            said.message = Some(keyring.seal(tenant, &place, message.as_bytes()).await?);
        }
        let write = self
            .means
            .ports
            .manual
            .set_manual_status(tenant, id, &said, &act);
        self.once(caller, &act, "monitor", write).await?;
        self.feed_changed();
        if let Some(engine) = self.engine() {
            let look = engine.check_now(id);
            drop(timeout(&*self.means.environment, JUDGED_WITHIN, look).await);
        }
        self.monitor(tenant, id).await
    }
}
