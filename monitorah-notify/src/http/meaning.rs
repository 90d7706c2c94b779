//! What a receiver says in an answer's body, where its status code does not say it all.

use super::{Answer, MAX_RETRY_AFTER};
use monitorah_core::channel::{DeliveryError, Receipt};
use serde_json::Value;
use std::time::Duration;

impl Answer {
    /// The body as JSON.
    #[must_use]
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// Like [`receipt`](Self::receipt), with what the body says: `said` goes behind the sentence,
    /// and the longer of the two waits is asked for. `said` is words of ours, numbers, or words
    /// from a list of ours: a body may repeat what was sent, and what was sent is secret.
    ///
    /// # Errors
    /// Whether to try again.
    pub fn receipt_saying(
        &self,
        said: Option<&str>,
        wait: Option<Duration>,
    ) -> Result<Receipt, DeliveryError> {
        let more = |mut detail: String| {
            if let Some(said) = said {
                detail.push_str(": ");
                detail.push_str(said);
            }
            detail
        };
        self.receipt().map_err(|error| match error {
            DeliveryError::Retry {
                detail,
                status_code,
                after,
            } => DeliveryError::Retry {
                detail: more(detail),
                status_code,
                after: after.max(wait.map(|wait| wait.min(MAX_RETRY_AFTER))),
            },
            DeliveryError::Refused {
                detail,
                status_code,
            } => DeliveryError::Refused {
                detail: more(detail),
                status_code,
            },
            broken @ DeliveryError::Broken { .. } => broken,
        })
    }
}

/// A wait in seconds, whole or not, as JSON has it.
pub(crate) fn seconds(value: &Value) -> Option<Duration> {
    let seconds = value.as_f64()?;
    if !seconds.is_finite() || seconds < 0.0 {
        return None;
    }
    // More than fits is more than a day, too.
    Some(
        Duration::try_from_secs_f64(seconds)
            .map_or(MAX_RETRY_AFTER, |wait| wait.min(MAX_RETRY_AFTER)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn waits_as_json_has_them() {
        for (value, wait) in [
            (json!(0.5), Some(Duration::from_millis(500))),
            (json!(7), Some(Duration::from_secs(7))),
            (json!(-1), None),
            (json!("7"), None),
            (json!(1e300), Some(MAX_RETRY_AFTER)),
            (Value::Null, None),
        ] {
            assert_eq!(seconds(&value), wait, "{value}");
        }
    }
}
