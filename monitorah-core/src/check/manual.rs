//! MANUAL: a person or a script says how the target is; nothing is looked at.

use super::{Cadence, Check, CheckContext, CheckEnv, CheckSpec};
use crate::{
    error::ConfigError,
    observation::{Observation, Reason, Status},
};
use async_trait::async_trait;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The longest message that goes with a status: characters.
pub const MAX_MESSAGE: usize = 500;
/// What was said speaks until something else is said: ten years.
const SPEAKS_FOR: Duration = Duration::from_secs(10 * 366 * 86_400);

/// How a manual monitor is configured: there is nothing to configure. Its target is free text, or
/// empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(
    title = "Manual",
    example = serde_json::json!({})
)]
pub struct ManualSpec {}

impl CheckSpec for ManualSpec {
    const KIND: &'static str = "MANUAL";
    const CADENCE: Cadence = Cadence::Manual;

    fn build(self, _: &CheckEnv) -> Result<Box<dyn Check>, ConfigError> {
        Ok(Box::new(Manual))
    }
}

/// What was said last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManualStatus {
    /// How the target is.
    pub status: Status,
    /// Why, in the words of whoever said it.
    pub message: Option<String>,
    /// When it was said.
    pub at: Timestamp,
}

#[derive(Debug)]
struct Manual;

#[async_trait]
impl Check for Manual {
    async fn run(&self, cx: &CheckContext) -> Observation {
        let Some(said) = &cx.manual else {
            return Observation::unknown(Reason::Manual, "nobody has set a status yet");
        };
        let reason = match said.status {
            Status::Up => Reason::Ok,
            Status::Degraded | Status::Down | Status::Unknown => Reason::Manual,
        };
        Observation {
            detail: said.message.clone(),
            valid_for: Some(SPEAKS_FOR),
            ..Observation::new(said.status, reason)
        }
    }

    fn deadline(&self, cx: &CheckContext) -> Option<Timestamp> {
        cx.environment.now().checked_add(SPEAKS_FOR).ok()
    }
}
