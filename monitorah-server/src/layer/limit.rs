//! Rate limits, told in `RateLimit-*` headers: by key or token once it is known, by address before.
//!
//! Each kind of caller has a bucket of its own, so that none takes the place of another: a probe of
//! the load balancer is not refused because jobs behind the same address report, and jobs are not
//! refused because somebody there guesses keys. What is presented and was never good before counts
//! against its address before the database is asked; what was good lately does not.

use crate::error::ApiError;
use axum::extract::{ConnectInfo, Request};
use governor::{
    Quota, RateLimiter,
    clock::Clock,
    middleware::{NoOpMiddleware, StateInformationMiddleware},
    state::keyed::DashMapStateStore,
};
use http::{HeaderMap, HeaderValue};
use monitorah_core::{ApiKeyId, Env, service::token};
use std::{
    collections::HashSet,
    hash::Hash,
    net::{IpAddr, Ipv6Addr, SocketAddr},
    num::NonZeroU32,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

/// After so many requests, the states of callers that went away are forgotten.
const TIDY_EVERY: u32 = 10_000;

/// The environment's clock, as the limiter reads it.
#[derive(Debug, Clone)]
struct Monotonic(Env);

impl Clock for Monotonic {
    type Instant = Duration;
    fn now(&self) -> Duration {
        self.0.monotonic()
    }
}

type Keyed<K> = RateLimiter<K, DashMapStateStore<K>, Monotonic, StateInformationMiddleware>;

/// How many times more than a key an address may present tokens that are not known to be good: the
/// jobs of a whole office may share one address, and all report after a start of this server.
const TOKENS_AN_ADDRESS: u32 = 10;
/// How many keys and tokens that were good lately are remembered, twice.
const REMEMBERED: usize = 50_000;

/// A key or a token as the limits know it: the first half of its SHA-256.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Presented([u8; 16]);

impl Presented {
    pub(crate) fn of(text: &str) -> Self {
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, ..] = token::hash(text);
        Self([a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p])
    }
}

/// What was good lately: never asked whether it is good now, only whom its failure counts against.
/// When one generation is full, the one before it is forgotten.
#[derive(Debug, Default)]
struct Remembered {
    young: HashSet<Presented>,
    old: HashSet<Presented>,
}

impl Remembered {
    fn insert(&mut self, presented: Presented) {
        if self.young.len() >= REMEMBERED {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(presented);
    }

    fn contains(&self, presented: Presented) -> bool {
        self.young.contains(&presented) || self.old.contains(&presented)
    }

    fn remove(&mut self, presented: Presented) {
        self.young.remove(&presented);
        self.old.remove(&presented);
    }
}

/// A quota for each caller of a kind.
struct Bucket<K: Hash + Eq + Clone> {
    limiter: Keyed<K>,
    per_minute: NonZeroU32,
    clock: Monotonic,
}

impl<K: Hash + Eq + Clone> Bucket<K> {
    fn new(clock: &Monotonic, per_minute: NonZeroU32) -> Self {
        let limiter = RateLimiter::<_, _, _, NoOpMiddleware<Duration>>::new(
            Quota::per_minute(per_minute),
            DashMapStateStore::default(),
            clock.clone(),
        )
        .with_middleware();
        Self {
            limiter,
            per_minute,
            clock: clock.clone(),
        }
    }

    fn count(&self, key: &K) -> Verdict {
        let limit = self.per_minute.get();
        match self.limiter.check_key(key) {
            Ok(snapshot) => {
                let remaining = snapshot.remaining_burst_capacity();
                let used = limit.saturating_sub(remaining);
                let reset = Duration::from_secs(60).mul_f64(f64::from(used) / f64::from(limit));
                Ok(Limited {
                    limit,
                    remaining,
                    reset,
                })
            }
            Err(not_until) => {
                let wait = not_until.wait_time_from(self.clock.now());
                // Retry-After counts whole seconds: rounding down would invite a second refusal.
                let wait = Duration::from_secs(wait.as_secs() + 1);
                let limited = Limited {
                    limit,
                    remaining: 0,
                    reset: wait,
                };
                Err((ApiError::rate_limited(wait), limited))
            }
        }
    }
}

/// Whether a request may go on.
type Verdict = Result<Limited, (ApiError, Limited)>;

/// The limits of this server.
pub(crate) struct Limits {
    keys: Bucket<ApiKeyId>,
    tokens: Bucket<Presented>,
    public: Bucket<IpAddr>,
    health: Bucket<IpAddr>,
    strange_keys: Bucket<IpAddr>,
    strange_tokens: Bucket<IpAddr>,
    good: Mutex<Remembered>,
    since_tidy: AtomicU32,
    trust_forwarded: bool,
}

impl std::fmt::Debug for Limits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Limits")
            .field("per_minute", &self.keys.per_minute)
            .finish_non_exhaustive()
    }
}

/// What a caller has left.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limited {
    limit: u32,
    remaining: u32,
    reset: Duration,
}

impl Limited {
    /// Tells the caller.
    pub(crate) fn write(&self, headers: &mut HeaderMap) {
        headers.insert("ratelimit-limit", HeaderValue::from(self.limit));
        headers.insert("ratelimit-remaining", HeaderValue::from(self.remaining));
        headers.insert("ratelimit-reset", HeaderValue::from(self.reset.as_secs()));
    }
}

impl Limits {
    /// So many requests a minute for each key, each token, and each address without one. With
    /// `trust_forwarded`, the address is the last one of `X-Forwarded-For`: the one that the proxy
    /// in front of us wrote.
    pub(crate) fn new(environment: Env, per_minute: NonZeroU32, trust_forwarded: bool) -> Self {
        let clock = Monotonic(environment);
        let of_address = || Bucket::new(&clock, per_minute);
        let many = per_minute
            .saturating_mul(NonZeroU32::new(TOKENS_AN_ADDRESS).unwrap_or(NonZeroU32::MIN));
        Self {
            keys: Bucket::new(&clock, per_minute),
            tokens: Bucket::new(&clock, per_minute),
            public: of_address(),
            health: of_address(),
            strange_keys: of_address(),
            strange_tokens: Bucket::new(&clock, many),
            good: Mutex::default(),
            since_tidy: AtomicU32::new(0),
            trust_forwarded,
        }
    }

    /// Where a request comes from. Of IPv6 the /64 counts: a caller has all of it.
    pub(crate) fn peer(&self, request: &Request) -> IpAddr {
        let forwarded = || {
            let value = request
                .headers()
                .get_all("x-forwarded-for")
                .iter()
                .next_back()?;
            value
                .to_str()
                .ok()?
                .rsplit(',')
                .next()?
                .trim()
                .parse::<IpAddr>()
                .ok()
        };
        let peer = self.trust_forwarded.then(forwarded).flatten().or_else(|| {
            request
                .extensions()
                .get::<ConnectInfo<SocketAddr>>()
                .map(|ConnectInfo(address)| address.ip())
        });
        match peer.map(|peer| peer.to_canonical()) {
            Some(IpAddr::V6(address)) => {
                IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64)))
            }
            Some(address) => address,
            None => IpAddr::V6(Ipv6Addr::UNSPECIFIED),
        }
    }

    /// One request of this key.
    pub(crate) fn by_key(&self, key: ApiKeyId) -> Verdict {
        self.tidy();
        self.keys.count(&key)
    }

    /// One ping with this token.
    pub(crate) fn by_token(&self, token: Presented) -> Verdict {
        self.tidy();
        self.tokens.count(&token)
    }

    /// One request of something public.
    pub(crate) fn by_peer(&self, peer: IpAddr) -> Verdict {
        self.tidy();
        self.public.count(&peer)
    }

    /// One question about our health.
    pub(crate) fn by_prober(&self, peer: IpAddr) -> Verdict {
        self.tidy();
        self.health.count(&peer)
    }

    /// One key that is not known to be good, before anybody looks for it.
    pub(crate) fn by_strange_key(&self, peer: IpAddr) -> Verdict {
        self.tidy();
        self.strange_keys.count(&peer)
    }

    /// One token that is not known to be good, before anybody looks for it.
    pub(crate) fn by_strange_token(&self, peer: IpAddr) -> Verdict {
        self.tidy();
        self.strange_tokens.count(&peer)
    }

    /// Whether this was good lately.
    pub(crate) fn was_good(&self, presented: Presented) -> bool {
        self.good().contains(presented)
    }

    /// This was good.
    pub(crate) fn remember(&self, presented: Presented) {
        let mut good = self.good();
        if !good.contains(presented) {
            good.insert(presented);
        }
    }

    /// This is good no more.
    pub(crate) fn forget(&self, presented: Presented) {
        self.good().remove(presented);
    }

    fn good(&self) -> MutexGuard<'_, Remembered> {
        self.good.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tidy(&self) {
        if self.since_tidy.fetch_add(1, Ordering::Relaxed) >= TIDY_EVERY {
            self.since_tidy.store(0, Ordering::Relaxed);
            self.keys.limiter.retain_recent();
            self.tokens.limiter.retain_recent();
            for addresses in [
                &self.public,
                &self.health,
                &self.strange_keys,
                &self.strange_tokens,
            ] {
                addresses.limiter.retain_recent();
            }
        }
    }
}

/// The limits shared by the handlers.
pub(crate) fn shared(
    environment: &Env,
    per_minute: NonZeroU32,
    trust_forwarded: bool,
) -> Arc<Limits> {
    Arc::new(Limits::new(
        Arc::clone(environment),
        per_minute,
        trust_forwarded,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use monitorah_core::testkit::ManualClock;

    #[test]
    fn what_was_good_is_remembered_in_bounds_and_forgotten() {
        let mut good = Remembered::default();
        let first = Presented::of("first");
        good.insert(first);
        for number in 0..REMEMBERED {
            good.insert(Presented::of(&number.to_string()));
        }
        assert!(good.contains(first), "the generation before is still there");
        for number in 0..REMEMBERED {
            good.insert(Presented::of(&format!("more {number}")));
        }
        assert!(!good.contains(first));
        assert!(good.young.len() + good.old.len() <= 2 * REMEMBERED);
        let last = Presented::of("more 1");
        assert!(good.contains(last));
        good.remove(last);
        assert!(!good.contains(last));
    }

    #[test]
    fn no_kind_of_caller_takes_the_place_of_another() {
        let limits = Limits::new(ManualClock::new(1), NonZeroU32::new(3).unwrap(), false);
        let peer = IpAddr::from([127, 0, 0, 1]);
        let spend = |count: &dyn Fn() -> Verdict| (0..100).filter(|_| count().is_ok()).count();
        assert_eq!(spend(&|| limits.by_strange_key(peer)), 3);
        assert_eq!(spend(&|| limits.by_peer(peer)), 3);
        assert_eq!(spend(&|| limits.by_prober(peer)), 3);
        assert_eq!(spend(&|| limits.by_strange_token(peer)), 30);
        assert_eq!(spend(&|| limits.by_token(Presented::of("a"))), 3);
        assert_eq!(spend(&|| limits.by_token(Presented::of("b"))), 3);
        let other = IpAddr::from([127, 0, 0, 2]);
        assert_eq!(spend(&|| limits.by_strange_key(other)), 3);
    }
}
