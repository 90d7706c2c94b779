//! A look's turn: how long it waits for a place at a busy host, which is our delay and not the target's.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// How long a look that stands for itself waits.
const PATIENCE: Duration = Duration::from_secs(1);

/// How long a look has waited, and may wait, for a place at a busy host. Shared by its clones.
#[derive(Debug, Clone)]
pub struct Turn(Arc<Mutex<Waits>>);

#[derive(Debug)]
struct Waits {
    #[cfg_attr(
        not(feature = "net"),
        expect(dead_code, reason = "only looks at the network wait for a place")
    )]
    patience: Duration,
    /// The waits that are over.
    over: Duration,
    /// Since when the look waits now.
    since: Option<Duration>,
}

impl Default for Turn {
    /// A second of patience.
    fn default() -> Self {
        Self::new(PATIENCE)
    }
}

impl Turn {
    /// A look that may wait for this long in all.
    #[must_use]
    pub fn new(patience: Duration) -> Self {
        Self(Arc::new(Mutex::new(Waits {
            patience,
            over: Duration::ZERO,
            since: None,
        })))
    }

    fn waits(&self) -> MutexGuard<'_, Waits> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How long the look has waited until `now`.
    #[must_use]
    pub fn waited(&self, now: Duration) -> Duration {
        let waits = self.waits();
        let current = waits.since.map(|since| now.saturating_sub(since));
        waits.over.saturating_add(current.unwrap_or_default())
    }

    /// How much longer it may wait.
    #[cfg(feature = "net")]
    pub(super) fn left(&self) -> Duration {
        let waits = self.waits();
        waits.patience.saturating_sub(waits.over)
    }

    #[cfg(feature = "net")]
    pub(super) fn begin(&self, now: Duration) {
        self.waits().since = Some(now);
    }

    #[cfg(feature = "net")]
    pub(super) fn end(&self, now: Duration) {
        let mut waits = self.waits();
        if let Some(since) = waits.since.take() {
            waits.over = waits.over.saturating_add(now.saturating_sub(since));
        }
    }
}
