//! Names to addresses: one cache with bounded size and age in front of whatever answers.

use super::Family;
use crate::environment::Env;
use async_trait::async_trait;
use futures::{
    FutureExt,
    future::{BoxFuture, Shared, WeakShared},
};
use std::{
    collections::HashMap,
    fmt::{self, Debug},
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

/// What a name stands for at the moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// At least one address, in the order in which the servers gave them.
    pub addresses: Vec<IpAddr>,
    /// How long this may be kept.
    pub ttl: Duration,
}

/// Why a name gave no address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ResolveError {
    /// The name does not exist.
    #[error("the name does not exist")]
    NoSuchName,
    /// The name exists and has no address of the wanted family.
    #[error("the name has no address of the wanted kind")]
    NoAddress,
    /// The servers answered that they failed.
    #[error("the name servers failed")]
    ServerFailure,
    /// The servers did not answer in time.
    #[error("the name servers did not answer in time")]
    Timeout,
    /// No name server can be asked: a fault of this machine, not of the target.
    #[error("this machine's resolver cannot be asked")]
    Unavailable,
}

/// Answers which addresses a name has. Replace it to script answers in tests.
///
/// # Contract
/// An answer has at least one address of the wanted family. Nothing is cached here: [`Names`] does
/// that. The future may be dropped at any time.
#[async_trait]
pub trait Resolve: Debug + Send + Sync {
    /// Asks anew.
    async fn resolve(&self, name: &str, family: Family) -> Result<Answer, ResolveError>;
}

/// The bounds of the cache.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CacheLimits {
    /// How many names are kept.
    pub entries: usize,
    /// No answer is kept for less.
    pub min_ttl: Duration,
    /// No answer is kept for longer, so that a move is noticed.
    pub max_ttl: Duration,
    /// How long "does not exist" is kept: short, so that a recovery is noticed.
    pub negative_ttl: Duration,
}

impl Default for CacheLimits {
    /// 10,000 names, 1 s to 5 min, 5 s for names that do not exist.
    fn default() -> Self {
        Self {
            entries: 10_000,
            min_ttl: Duration::from_secs(1),
            max_ttl: Duration::from_secs(300),
            negative_ttl: Duration::from_secs(5),
        }
    }
}

type Outcome = Result<Arc<[IpAddr]>, ResolveError>;
type Asking = Shared<BoxFuture<'static, Result<Answer, ResolveError>>>;
type Key = (Box<str>, Family);

struct Entry {
    outcome: Outcome,
    until: Duration,
}

#[derive(Default)]
struct Known {
    entries: HashMap<Key, Entry>,
    // Weak: a look-up ends when nobody waits for it any more.
    asking: HashMap<Key, WeakShared<BoxFuture<'static, Result<Answer, ResolveError>>>>,
}

/// The cache in front of a [`Resolve`]. Concurrent look-ups of one name are one question.
pub struct Names {
    environment: Env,
    upstream: Arc<dyn Resolve>,
    limits: CacheLimits,
    known: Mutex<Known>,
}

impl Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Names")
            .field("upstream", &self.upstream)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

impl Names {
    /// An empty cache.
    #[must_use]
    pub fn new(environment: Env, upstream: Arc<dyn Resolve>, limits: CacheLimits) -> Self {
        Self {
            environment,
            upstream,
            limits,
            known: Mutex::default(),
        }
    }

    /// The addresses of a name. `localhost` and the names below it are loopback (RFC 6761).
    ///
    /// # Errors
    /// Why there is none.
    pub async fn addresses(&self, name: &str, family: Family) -> Outcome {
        if is_localhost(name) {
            return Ok(localhost(family));
        }
        let key: Key = (name.into(), family);
        if let Some(known) = self.recall(&key) {
            return known;
        }
        let asking = self.ask(&key);
        let answer = asking.await;
        self.remember(key, answer)
    }

    fn recall(&self, key: &Key) -> Option<Outcome> {
        let now = self.environment.monotonic();
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = known.entries.get(key)?;
        (now < entry.until).then(|| entry.outcome.clone())
    }

    fn ask(&self, key: &Key) -> Asking {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(asking) = known.asking.get(key).and_then(WeakShared::upgrade) {
            return asking;
        }
        let upstream = Arc::clone(&self.upstream);
        let (name, family) = (key.0.to_string(), key.1);
        let asking = async move { upstream.resolve(&name, family).await }
            .boxed()
            .shared();
        if known.asking.len() >= self.limits.entries {
            known.asking.retain(|_, asking| asking.upgrade().is_some());
        }
        if let Some(weak) = asking.downgrade() {
            known.asking.insert(key.clone(), weak);
        }
        asking
    }

    fn remember(&self, key: Key, answer: Result<Answer, ResolveError>) -> Outcome {
        let (outcome, ttl) = match answer {
            Ok(answer) => (
                Ok(Arc::from(answer.addresses)),
                answer.ttl.clamp(
                    self.limits.min_ttl.min(self.limits.max_ttl),
                    self.limits.max_ttl,
                ),
            ),
            Err(error @ (ResolveError::NoSuchName | ResolveError::NoAddress)) => {
                (Err(error), self.limits.negative_ttl)
            }
            // A failure of the servers is asked again each time.
            Err(error) => (Err(error), Duration::ZERO),
        };
        let now = self.environment.monotonic();
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.asking.remove(&key);
        if ttl.is_zero() {
            known.entries.remove(&key);
            return outcome;
        }
        if known.entries.len() >= self.limits.entries && !known.entries.contains_key(&key) {
            known.entries.retain(|_, entry| now < entry.until);
            if known.entries.len() >= self.limits.entries
                && let Some(victim) = known.entries.keys().next().cloned()
            {
                known.entries.remove(&victim);
            }
        }
        if self.limits.entries > 0 {
            known.entries.insert(
                key,
                Entry {
                    outcome: outcome.clone(),
                    until: now.saturating_add(ttl),
                },
            );
        }
        outcome
    }
}

fn is_localhost(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    name.eq_ignore_ascii_case("localhost")
        || name
            .len()
            .checked_sub(".localhost".len())
            .and_then(|at| name.get(at..))
            .is_some_and(|end| end.eq_ignore_ascii_case(".localhost"))
}

fn localhost(family: Family) -> Arc<[IpAddr]> {
    const V4: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
    const V6: IpAddr = IpAddr::V6(Ipv6Addr::LOCALHOST);
    match family {
        Family::Any => Arc::from([V4, V6]),
        Family::Ipv4 => Arc::from([V4]),
        Family::Ipv6 => Arc::from([V6]),
    }
}
