//! Rate limits: by key once it is known, by address before that. Told in `RateLimit-*` headers.

use crate::error::ApiError;
use axum::extract::{ConnectInfo, Request};
use governor::{
    Quota, RateLimiter,
    clock::Clock,
    middleware::{NoOpMiddleware, StateInformationMiddleware},
    state::keyed::DashMapStateStore,
};
use http::{HeaderMap, HeaderValue};
use monitorah_core::{ApiKeyId, Env};
use std::{
    hash::Hash,
    net::{IpAddr, Ipv6Addr, SocketAddr},
    num::NonZeroU32,
    sync::Arc,
    sync::atomic::{AtomicU32, Ordering},
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

/// The limits of this server.
pub(crate) struct Limits {
    keys: Keyed<ApiKeyId>,
    peers: Keyed<IpAddr>,
    per_minute: NonZeroU32,
    clock: Monotonic,
    since_tidy: AtomicU32,
    trust_forwarded: bool,
}

impl std::fmt::Debug for Limits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Limits")
            .field("per_minute", &self.per_minute)
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
    /// So many requests a minute for each key, and for each address without one. With
    /// `trust_forwarded`, the address is the last one of `X-Forwarded-For`: the one that the proxy
    /// in front of us wrote.
    pub(crate) fn new(environment: Env, per_minute: NonZeroU32, trust_forwarded: bool) -> Self {
        let clock = Monotonic(environment);
        let quota = Quota::per_minute(per_minute);
        Self {
            keys: RateLimiter::<_, _, _, NoOpMiddleware<Duration>>::new(
                quota,
                DashMapStateStore::default(),
                clock.clone(),
            )
            .with_middleware(),
            peers: RateLimiter::<_, _, _, NoOpMiddleware<Duration>>::new(
                quota,
                DashMapStateStore::default(),
                clock.clone(),
            )
            .with_middleware(),
            per_minute,
            clock,
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
    pub(crate) fn by_key(&self, key: ApiKeyId) -> Result<Limited, (ApiError, Limited)> {
        self.count(&self.keys, &key)
    }

    /// One request from this address.
    pub(crate) fn by_peer(&self, peer: IpAddr) -> Result<Limited, (ApiError, Limited)> {
        self.count(&self.peers, &peer)
    }

    fn count<K: Hash + Eq + Clone>(
        &self,
        limiter: &Keyed<K>,
        key: &K,
    ) -> Result<Limited, (ApiError, Limited)> {
        if self.since_tidy.fetch_add(1, Ordering::Relaxed) >= TIDY_EVERY {
            self.since_tidy.store(0, Ordering::Relaxed);
            self.keys.retain_recent();
            self.peers.retain_recent();
        }
        let limit = self.per_minute.get();
        match limiter.check_key(key) {
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
