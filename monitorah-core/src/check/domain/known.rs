//! What registries have answered: kept for hours, so that no interval hammers them. Bounded.

use super::rdap::Bootstrap;
use crate::{
    net::Failure,
    observation::{Registration, Status},
};
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
/// How long a failure is kept: the registry may be overloaded already. That a domain is gone is
/// kept only when the registry has said so for as long: a first such answer is asked about again,
/// so that each result that confirms it is an answer of its own.
const FAILURE: Duration = Duration::from_mins(5);
/// How long the bootstrap is kept.
const BOOTSTRAP: Duration = Duration::from_hours(24);
/// How many answers are kept.
const MAX_ANSWERS: usize = 10_000;
/// How many bootstraps are kept: almost everybody has the same one.
const MAX_BOOTSTRAPS: usize = 8;

/// How long an answer speaks while its registry cannot be asked again.
const STALE: Duration = Duration::from_hours(7 * 24);

/// What is asked, and where. A registry and a bootstrap are never taken for each other, whatever
/// they are called: monitors of everybody share these answers.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// A domain, at the RDAP service that the monitor names.
    Named(String, String),
    /// A domain, at the registry that this bootstrap has for it.
    Published(String, String),
}

type Outcome = Result<Registration, Failure>;

/// An answer.
struct Answer {
    outcome: Outcome,
    /// When it was given; when a registry says again and again that the domain is gone, the first
    /// time.
    at: Duration,
    /// Until when nobody asks again.
    until: Duration,
}

impl Answer {
    /// Whether the registry knew no such domain.
    fn says_gone(&self) -> bool {
        matches!(&self.outcome, Err(failure) if failure.status == Status::Down)
    }
}

/// The answers of registries.
#[derive(Default)]
pub(in crate::check) struct Known {
    answers: Mutex<HashMap<Key, Answer>>,
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
        let answer = answers.get(key)?;
        (now < answer.until).then(|| answer.outcome.clone())
    }

    /// Keeps an answer, and gives what holds now: a registry that cannot be asked does not make
    /// unknown what it said some days ago.
    ///
    /// `spread` is added to the time that a registration is kept, so that those of one registry
    /// are not asked for all at once again.
    pub(super) fn remember(
        &self,
        key: Key,
        outcome: Outcome,
        today: Timestamp,
        now: Duration,
        spread: Duration,
    ) -> Outcome {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let at = match &outcome {
            Err(failure) if failure.status == Status::Down => answers
                .get(&key)
                .filter(|before| before.says_gone() && now < before.until.saturating_add(FAILURE))
                .map_or(now, |before| before.at),
            _ => now,
        };
        let keep = match &outcome {
            Ok(registration) if registration.expires_at.duration_since(today) < SOON => ENDING,
            Ok(_) => REGISTRATION.saturating_add(spread),
            Err(failure) if failure.status == Status::Down && now.saturating_sub(at) < FAILURE => {
                Duration::ZERO
            }
            Err(_) => FAILURE,
        };
        let until = now.saturating_add(keep);
        if let Err(failure) = &outcome
            && failure.status == Status::Unknown
            && let Some(before) = answers.get_mut(&key)
            && before.outcome.is_ok()
            && now.saturating_sub(before.at) < STALE
        {
            before.until = until;
            return before.outcome.clone();
        }
        let answer = Answer {
            outcome: outcome.clone(),
            at,
            until,
        };
        insert(&mut answers, MAX_ANSWERS, key, answer, now);
        outcome
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

/// What is kept for a while.
trait Kept {
    /// Until when.
    fn until(&self) -> Duration;
}

impl Kept for Answer {
    fn until(&self) -> Duration {
        // It may speak longer than it keeps others from asking.
        match self.outcome {
            Ok(_) => self.until.max(self.at.saturating_add(STALE)),
            Err(_) => self.until,
        }
    }
}

impl<V> Kept for (V, Duration) {
    fn until(&self) -> Duration {
        self.1
    }
}

/// Makes room first: what no longer holds goes, and then whatever comes first.
fn insert<K: Hash + Eq + Clone, V: Kept>(
    map: &mut HashMap<K, V>,
    most: usize,
    key: K,
    entry: V,
    now: Duration,
) {
    if map.len() >= most && !map.contains_key(&key) {
        map.retain(|_, kept| now < kept.until());
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
    use crate::observation::Reason;

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
            let key = Key::Named("base".to_owned(), format!("{kept:?} {outcome:?}"));
            let spread = Duration::ZERO;
            let kept_now =
                known.remember(key.clone(), outcome.clone(), today, Duration::ZERO, spread);
            assert_eq!(kept_now, outcome);
            let last = kept.checked_sub(Duration::from_secs(1)).unwrap();
            assert_eq!(known.recall(&key, last), Some(outcome));
            assert_eq!(known.recall(&key, kept), None);
        }
    }

    #[test]
    fn a_registry_that_is_away_unsays_nothing_for_a_week() {
        let (today, spread) = (Timestamp::UNIX_EPOCH, Duration::ZERO);
        let known = Known::default();
        let key = Key::Published("table".to_owned(), "a.test".to_owned());
        let away = || Err(super::super::unasked("away"));
        let remember = |outcome, at| known.remember(key.clone(), outcome, today, at, spread);
        assert_eq!(
            remember(registration(100), Duration::ZERO),
            registration(100)
        );
        assert_eq!(remember(away(), REGISTRATION), registration(100));
        let later = REGISTRATION + Duration::from_secs(1);
        assert_eq!(known.recall(&key, later), Some(registration(100)));
        assert_eq!(
            known.recall(&key, REGISTRATION + FAILURE),
            None,
            "it is asked again"
        );
        assert_eq!(remember(away(), STALE), away(), "a week is enough");
        // A domain that is gone is gone at once.
        assert_eq!(remember(registration(100), STALE), registration(100));
        let gone = Err(Failure::down(Reason::DomainExpired, "gone"));
        assert_eq!(remember(gone.clone(), STALE), gone);
    }

    #[test]
    fn that_a_domain_is_gone_is_kept_when_it_was_said_for_minutes() {
        let (today, spread) = (Timestamp::UNIX_EPOCH, Duration::ZERO);
        let known = Known::default();
        let key = Key::Named("base".to_owned(), "a.test".to_owned());
        let gone = || Err(Failure::down(Reason::DomainExpired, "gone"));
        let say = |outcome: Outcome, second| {
            let now = Duration::from_secs(second);
            known
                .remember(key.clone(), outcome, today, now, spread)
                .ok();
            known.recall(&key, now).is_some()
        };
        // Each re-check asks anew, and every interval until it is beyond doubt.
        for second in [0, 2, 60, 120, 299] {
            assert!(!say(gone(), second), "{second}");
        }
        assert!(say(gone(), 300), "five minutes are enough");
        assert_eq!(known.recall(&key, Duration::from_secs(599)), Some(gone()));
        assert_eq!(known.recall(&key, Duration::from_secs(600)), None);
        assert!(say(gone(), 600), "and it goes on");
        // What was said long ago confirms nothing, and neither does what was refuted.
        assert!(!say(gone(), 1_200));
        assert!(say(Err(super::super::unasked("away")), 1_300));
        assert!(!say(gone(), 1_600));
    }

    #[test]
    fn a_registry_is_not_taken_for_a_bootstrap_of_the_same_address() {
        let known = Known::default();
        let key = |make: fn(String, String) -> Key| make("https://a".into(), "a.test".into());
        let now = Duration::ZERO;
        let remembered = known.remember(
            key(Key::Named),
            registration(100),
            Timestamp::UNIX_EPOCH,
            now,
            now,
        );
        assert_eq!(remembered, registration(100));
        assert_eq!(known.recall(&key(Key::Named), now), Some(registration(100)));
        assert_eq!(known.recall(&key(Key::Published), now), None);
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
