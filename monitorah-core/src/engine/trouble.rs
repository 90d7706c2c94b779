//! What the store refuses to do for the engine: stands until a write succeeds again.

use jiff::Timestamp;
use std::sync::{Mutex, PoisonError};

/// Work of the engine that the store failed at, and no write has succeeded since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreTrouble {
    /// What the engine was doing when the store failed last.
    pub doing: &'static str,
    /// What the store said: a sentence of ours, without a path, an address or a value.
    pub error: String,
    /// Since when.
    pub since: Timestamp,
    /// How often the store has failed since then.
    pub times: u64,
}

/// The trouble that stands, if any.
#[derive(Debug, Default)]
pub(super) struct Trouble(Mutex<Option<StoreTrouble>>);

impl Trouble {
    /// The store failed.
    pub(super) fn met(&self, doing: &'static str, error: String, now: Timestamp) {
        let mut standing = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, times) = standing
            .as_ref()
            .map_or((now, 0), |trouble| (trouble.since, trouble.times));
        *standing = Some(StoreTrouble {
            doing,
            error,
            since,
            times: times.saturating_add(1),
        });
    }

    /// A write succeeded.
    pub(super) fn over(&self) {
        let stood = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(trouble) = stood {
            tracing::info!(
                doing = trouble.doing,
                since = %trouble.since,
                times = trouble.times,
                "the store takes writes again"
            );
        }
    }

    pub(super) fn standing(&self) -> Option<StoreTrouble> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}
