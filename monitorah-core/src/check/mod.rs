//! The check port: how a target is looked at, and how a configuration becomes such a look.

pub mod assertion;
#[cfg(feature = "net")]
pub mod dns;
#[cfg(feature = "net")]
pub mod domain;
pub mod group;
pub mod heartbeat;
#[cfg(feature = "net")]
pub mod http;
#[cfg(feature = "net")]
mod infer;
pub mod manual;
#[cfg(feature = "net")]
pub mod ping;
#[cfg(feature = "net")]
pub mod port;
mod registry;
mod secret_text;
#[cfg(feature = "net")]
pub mod tls;
mod turn;

#[cfg(feature = "net")]
pub use infer::{Inferred, everyday_config, infer};
pub use registry::{Cadence, CheckKind, CheckRegistry, CheckType};
pub use secret_text::SecretText;
pub use turn::Turn;

use crate::{
    environment::{Elapsed, Env},
    error::ConfigError,
    observation::Observation,
    secret::Secret,
};
use async_trait::async_trait;
use futures::future::{Either, select};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Serialize, de::DeserializeOwned};
use std::{fmt::Debug, future::Future, pin::pin, sync::Arc, time::Duration};

/// The types of this crate, as they stand in a monitor's `type`; every other one is `CUSTOM`.
pub const BUILTIN: [&str; 9] = [
    "HTTP",
    "PORT",
    "PING",
    "DNS",
    "TLS",
    "DOMAIN",
    "HEARTBEAT",
    "GROUP",
    "MANUAL",
];

/// Looks at a target once.
///
/// # Contract
/// A bad target is an [`Observation`], never an error and never a panic.
/// The engine drops the future at `cx.timeout`, not counting what the look waited in
/// [`CheckContext::slot`], so a look holds nothing that must be given back by
/// hand, and a look that can say *which* phase was too slow ends a little before that by itself.
/// Addresses that a user chose are reached through [`net`](crate::net) only (I6).
#[async_trait]
pub trait Check: Debug + Send + Sync {
    /// Looks once.
    async fn run(&self, cx: &CheckContext) -> Observation;

    /// When the result would change without anything happening: the next look of a type whose
    /// cadence is [`Cadence::Heartbeat`] or [`Cadence::Manual`]. The other types are looked at once each interval.
    fn deadline(&self, _cx: &CheckContext) -> Option<Timestamp> {
        None
    }
}

/// What a look may use and must respect.
#[derive(Debug, Clone)]
pub struct CheckContext {
    /// The clock, sleep and randomness.
    pub environment: Env,
    /// The whole time that the look may take, from when it has its place at the host.
    pub timeout: Duration,
    /// Since when this process has been able to receive pings.
    pub listening_since: Timestamp,
    /// What a heartbeat monitor received so far; absent for the other types.
    pub heartbeat: Option<heartbeat::HeartbeatState>,
    /// How long the look waits for its place at a busy host.
    pub turn: Turn,
    /// What is believed of the account's other monitors; absent for types other than groups.
    pub neighbours: Option<Arc<dyn group::Neighbours>>,
    /// What was said of a manual monitor last; absent for the other types.
    pub manual: Option<manual::ManualStatus>,
}

impl CheckContext {
    /// What a look has that stands for itself: no heartbeat, and a second of patience.
    #[must_use]
    pub fn new(environment: &Env, timeout: Duration) -> Self {
        Self {
            environment: Arc::clone(environment),
            timeout,
            listening_since: environment.now(),
            heartbeat: None,
            turn: Turn::default(),
            neighbours: None,
            manual: None,
        }
    }

    /// Waits for a place among the looks at this host and port, as long as the look is still in
    /// time. What it waits is left out of the look's own time.
    ///
    /// # Errors
    /// [`PROBE_LATE`](crate::Reason::ProbeLate), with status `Unknown`, when the host stays full.
    #[cfg(feature = "net")]
    pub async fn slot<'n>(
        &self,
        net: &'n crate::net::Net,
        host_and_port: &str,
    ) -> Result<crate::net::Slot<'n>, crate::net::Failure> {
        let environment = &*self.environment;
        self.turn.begin(environment.monotonic());
        let place = net.slot(host_and_port);
        let place = crate::environment::timeout(environment, self.turn.left(), place).await;
        self.turn.end(environment.monotonic());
        place.map_err(|_| crate::net::Failure::timed_out(crate::net::Phase::Queue))
    }

    /// How much of its own time a look has taken that began at `start`: without what it waited.
    #[must_use]
    pub fn own_time(&self, start: Duration) -> Duration {
        let now = self.environment.monotonic();
        now.saturating_sub(start)
            .saturating_sub(self.turn.waited(now))
    }

    /// Runs `work`, a part of the look, for at most `limit` of its own time; dropping it is how it
    /// is stopped.
    ///
    /// # Errors
    /// [`Elapsed`] when the limit came first.
    pub async fn within<T>(
        &self,
        limit: Duration,
        work: impl Future<Output = T>,
    ) -> Result<T, Elapsed> {
        let start = self.environment.monotonic();
        let before = self.turn.waited(start);
        let mut work = pin!(work);
        let mut left = limit;
        loop {
            match select(work.as_mut(), self.environment.sleep(left)).await {
                Either::Left((value, _)) => return Ok(value),
                Either::Right(_) => {
                    let now = self.environment.monotonic();
                    let waited = self.turn.waited(now).saturating_sub(before);
                    left = limit.saturating_sub(now.saturating_sub(start).saturating_sub(waited));
                    if left.is_zero() {
                        return Err(Elapsed);
                    }
                }
            }
        }
    }
}

/// What a configuration is built with: the target, and the means of this installation.
#[derive(Debug)]
pub struct CheckEnv {
    target: Secret<String>,
    interval: Duration,
    created_at: Timestamp,
    #[cfg(feature = "net")]
    net: Option<Arc<crate::net::Net>>,
    #[cfg(feature = "net")]
    known: Arc<domain::Known>,
}

impl CheckEnv {
    /// For a monitor with this target.
    #[must_use]
    pub fn new(target: Secret<String>, interval: Duration, created_at: Timestamp) -> Self {
        Self {
            target,
            interval,
            created_at,
            #[cfg(feature = "net")]
            net: None,
            #[cfg(feature = "net")]
            known: Arc::default(),
        }
    }

    /// With the network of this installation: resolver, address guard, connector.
    #[cfg(feature = "net")]
    #[must_use]
    pub fn with_net(mut self, net: Option<Arc<crate::net::Net>>) -> Self {
        self.net = net;
        self
    }

    /// With what registries have answered so far.
    #[cfg(feature = "net")]
    fn with_known(mut self, known: Arc<domain::Known>) -> Self {
        self.known = known;
        self
    }

    /// What registries have answered so far.
    #[cfg(feature = "net")]
    fn known(&self) -> Arc<domain::Known> {
        Arc::clone(&self.known)
    }

    /// What is looked at: an URL, `host:port`, or nothing, as the type says.
    #[must_use]
    pub fn target(&self) -> &str {
        self.target.expose()
    }

    /// How often the monitor is checked.
    #[must_use]
    pub const fn interval(&self) -> Duration {
        self.interval
    }

    /// When the monitor was made.
    #[must_use]
    pub const fn created_at(&self) -> Timestamp {
        self.created_at
    }

    /// The network of this installation.
    ///
    /// # Errors
    /// When the embedding program registered network checks without giving the engine a network.
    #[cfg(feature = "net")]
    pub fn net(&self) -> Result<Arc<crate::net::Net>, ConfigError> {
        self.net.clone().ok_or_else(|| {
            ConfigError::new(
                "",
                "this program has no network for checks: give the registry one",
            )
        })
    }
}

/// A validated configuration that builds the running thing.
///
/// It is the component: its JSON Schema is what the API publishes, forms are made from and input
/// is checked with. `build` checks what a schema cannot say; it opens nothing.
pub trait CheckSpec: DeserializeOwned + Serialize + JsonSchema + Send + Sync + 'static {
    /// The type on the wire, in upper case.
    const KIND: &'static str;

    /// JSON pointers of the fields that are secrets: they never come back (`"*"` is every key).
    const SECRETS: &'static [&'static str] = &[];

    /// JSON pointers of the fields that decide, beside the target, where the secrets are sent, and
    /// how the peer there is known. A stored secret is kept only while they and the target stay as
    /// they are; of an URL its origin is what counts. The whole configuration and the whole target,
    /// unless the type says less.
    const DESTINATION: &'static [&'static str] = &[""];

    /// When the next look is due.
    const CADENCE: Cadence = Cadence::Interval;

    /// An example of a target, as forms and documentation show it; empty where there is none. The
    /// type's title and an example of a configuration are the `title` and `example` of its schema.
    const TARGET: &'static str = "";

    /// The look that this configuration describes.
    ///
    /// # Errors
    /// Everything that is wrong with the configuration or the target, with pointers that start
    /// with `/config` or are `/target`.
    fn build(self, env: &CheckEnv) -> Result<Box<dyn Check>, ConfigError>;
}

/// How long a network look gives itself: a little less than the engine gives it, so that it ends
/// by itself and can say which phase was too slow.
#[cfg(feature = "net")]
pub(crate) fn own_limit(timeout: Duration) -> Duration {
    let margin = (timeout / 10).min(Duration::from_millis(10));
    timeout.saturating_sub(margin)
}
