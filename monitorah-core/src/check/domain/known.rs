//! What registries have answered: kept for hours, so that no interval hammers them. Bounded.

use super::rdap::Bootstrap;
use crate::{net::Failure, observation::Registration};
use jiff::{SignedDuration, Timestamp};
use std::{
    collections::HashMap,
    fmt,
    hash::Hash,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use url::Url;

/// How long a registration is kept.
const REGISTRATION: Duration = Duration::from_hours(12);
/// How long it is kept when it ends soon: then a renewal is news.
const ENDING: Duration = Duration::from_hours(1);
/// When a registration ends soon.
const SOON: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How long a failure is kept: the registry may be overloaded already.
const FAILURE: Duration = Duration::from_mins(5);
/// How long the bootstrap is kept.
const BOOTSTRAP: Duration = Duration::from_hours(24);
/// How many answers are kept.
const MAX_ANSWERS: usize = 10_000;
/// How many bootstraps are kept: almost everybody has the same one.
const MAX_BOOTSTRAPS: usize = 8;

/// The service that is asked, and the domain.
type Key = (String, String);
type Outcome = Result<Registration, Failure>;

/// The answers of registries.
#[derive(Default)]
pub(in crate::check) struct Known {
    answers: Mutex<HashMap<Key, (Outcome, Duration)>>,
    bootstraps: Mutex<HashMap<String, (Arc<Bootstrap>, Duration)>>,
}

impl fmt::Debug for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Known").finish_non_exhaustive()
    }
}

impl Known {
    /// What was answered, if that still holds at `now` of the monotonic clock.
    pub(super) fn recall(&self, key: &Key, now: Duration) -> Option<Outcome> {
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let (outcome, until) = answers.get(key)?;
        (now < *until).then(|| outcome.clone())
    }

    pub(super) fn remember(&self, key: Key, outcome: &Outcome, today: Timestamp, now: Duration) {
        let keep = match outcome {
            Ok(registration) if registration.expires_at.duration_since(today) < SOON => ENDING,
            Ok(_) => REGISTRATION,
            Err(_) => FAILURE,
        };
        let entry = (outcome.clone(), now.saturating_add(keep));
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        insert(&mut answers, MAX_ANSWERS, key, entry, now);
    }

    pub(super) fn bootstrap(&self, url: &Url, now: Duration) -> Option<Arc<Bootstrap>> {
        let tables = self
            .bootstraps
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let (table, until) = tables.get(url.as_str())?;
        (now < *until).then(|| Arc::clone(table))
    }

    pub(super) fn remember_bootstrap(
        &self,
        url: &Url,
        table: Bootstrap,
        now: Duration,
    ) -> Arc<Bootstrap> {
        let table = Arc::new(table);
        let entry = (Arc::clone(&table), now.saturating_add(BOOTSTRAP));
        let mut tables = self
            .bootstraps
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        insert(&mut tables, MAX_BOOTSTRAPS, url.to_string(), entry, now);
        table
    }
}

/// Makes room first: what no longer holds goes, and then whatever comes first.
fn insert<K: Hash + Eq + Clone, V>(
    map: &mut HashMap<K, (V, Duration)>,
    most: usize,
    key: K,
    entry: (V, Duration),
    now: Duration,
) {
    if map.len() >= most && !map.contains_key(&key) {
        map.retain(|_, (_, until)| now < *until);
        if map.len() >= most
            && let Some(victim) = map.keys().next().cloned()
        {
            map.remove(&victim);
        }
    }
    map.insert(key, entry);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn registration(days: i64) -> Outcome {
        Ok(Registration {
            domain: "a.test".into(),
            expires_at: Timestamp::from_second(days * 86_400).unwrap(),
        })
    }

    #[test]
    fn answers_are_kept_for_hours_and_failures_for_minutes() {
        let known = Known::default();
        let today = Timestamp::UNIX_EPOCH;
        let failure = Err(super::super::unasked("away"));
        for (outcome, kept) in [
            (registration(100), REGISTRATION),
            (registration(6), ENDING),
            (registration(-1), ENDING),
            (failure, FAILURE),
        ] {
            let key = ("base".to_owned(), format!("{kept:?} {outcome:?}"));
            known.remember(key.clone(), &outcome, today, Duration::ZERO);
            let last = kept.checked_sub(Duration::from_secs(1)).unwrap();
            assert_eq!(known.recall(&key, last), Some(outcome));
            assert_eq!(known.recall(&key, kept), None);
        }
    }

    #[test]
    fn no_more_is_kept_than_the_bound() {
        let mut map = HashMap::new();
        for number in 0..100 {
            let now = Duration::from_secs(number);
            insert(&mut map, 8, number, ((), Duration::from_secs(1000)), now);
            assert!(map.len() <= 8 && map.contains_key(&number));
        }
        insert(
            &mut map,
            8,
            200,
            ((), Duration::MAX),
            Duration::from_secs(2000),
        );
        assert_eq!(map.len(), 1, "what no longer holds goes first");
    }
}
