//! Whether this machine itself is offline, told by targets that the operator knows to be well.

use super::Shared;
use crate::{
    check::{Check, CheckContext},
    environment::timeout,
    observation::Status,
};
use std::time::Duration;
use tokio::sync::Mutex;

/// How long an answer is believed.
const FRESH: Duration = Duration::from_secs(2);
/// The longest that a reference may take.
const LIMIT: Duration = Duration::from_secs(3);

/// The reference targets, and what they last said.
#[derive(Debug)]
pub(super) struct Uplink {
    references: Vec<Box<dyn Check>>,
    last: Mutex<Option<(Duration, bool)>>,
}

impl Uplink {
    pub(super) fn new(references: Vec<Box<dyn Check>>) -> Self {
        Self {
            references,
            last: Mutex::new(None),
        }
    }

    /// Whether there are references and all of them fail. Asked by many failing checks at once,
    /// it looks once.
    pub(super) async fn is_down(&self, shared: &Shared) -> bool {
        if self.references.is_empty() {
            return false;
        }
        let environment = shared.environment();
        let mut last = self.last.lock().await;
        let now = environment.monotonic();
        if let Some((_, down)) = last.filter(|(at, _)| now.saturating_sub(*at) < FRESH) {
            return down;
        }
        let cx = CheckContext::new(environment, LIMIT);
        let looks = self
            .references
            .iter()
            .map(|check| timeout(&**environment, LIMIT, check.run(&cx)));
        let down = !futures::future::join_all(looks).await.iter().any(
            |seen| matches!(seen, Ok(seen) if matches!(seen.status, Status::Up | Status::Degraded)),
        );
        *last = Some((environment.monotonic(), down));
        down
    }
}
