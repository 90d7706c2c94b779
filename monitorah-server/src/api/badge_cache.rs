//! What badges said a moment ago: a page that many look at asks the database once for all of them.
//!
//! Only what a badge says is kept, never whether its key opens anything: that is looked up each
//! time, so that a revoked key ends at once.

use monitorah_core::MonitorId;
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// The most badges that are kept.
const MOST: usize = 2_048;

/// Which badge it is: the monitor and what is shown of it.
type Which = (MonitorId, &'static str);

/// Badges with the moment from which they are asked for anew.
#[derive(Debug)]
pub(crate) struct Recent<T>(Mutex<HashMap<Which, (Duration, T)>>);

impl<T> Default for Recent<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Clone> Recent<T> {
    /// What was said a moment ago. `now` is monotonic.
    pub(super) fn get(&self, which: Which, now: Duration) -> Option<T> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (until, badge) = kept.get(&which)?;
        (now < *until).then(|| badge.clone())
    }

    /// Keeps what is said now, for so long.
    pub(super) fn keep(&self, which: Which, badge: T, now: Duration, lasts: Duration) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST {
            kept.retain(|_, (until, _)| now < *until);
        }
        // Where all of them are fresh, the next one is asked for each time.
        if kept.len() < MOST || kept.contains_key(&which) {
            kept.insert(which, (now.saturating_add(lasts), badge));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use monitorah_core::testkit::ManualClock;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn what_is_kept_ends_and_is_bounded() {
        let clock = ManualClock::new(1);
        let recent = Recent::default();
        let first = MonitorId::generate(&*clock);
        recent.keep((first, "30d"), 1, Duration::ZERO, 30 * SECOND);
        assert_eq!(recent.get((first, "30d"), 29 * SECOND), Some(1));
        assert_eq!(recent.get((first, "30d"), 30 * SECOND), None);
        assert_eq!(recent.get((first, "7d"), SECOND), None);
        for _ in 0..MOST + 5 {
            let id = MonitorId::generate(&*clock);
            recent.keep((id, "30d"), 2, SECOND, 30 * SECOND);
        }
        assert_eq!(recent.0.lock().unwrap().len(), MOST);
        recent.keep((first, "30d"), 3, SECOND, 30 * SECOND);
        assert_eq!(
            recent.get((first, "30d"), SECOND),
            Some(3),
            "it had a place"
        );
        // What is over makes room.
        let late = 40 * SECOND;
        recent.keep((first, "7d"), 4, late, SECOND);
        assert_eq!(recent.get((first, "7d"), late), Some(4));
        assert_eq!(recent.0.lock().unwrap().len(), 1);
    }
}
