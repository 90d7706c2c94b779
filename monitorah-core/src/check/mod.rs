//! The check port: how a target is looked at, and how a configuration becomes such a look.

pub mod assertion;
pub mod heartbeat;
#[cfg(feature = "net")]
pub mod http;
#[cfg(feature = "net")]
pub mod port;
mod registry;
mod secret_text;

pub use registry::{Cadence, CheckKind, CheckRegistry, CheckType};
pub use secret_text::SecretText;

use crate::{environment::Env, error::ConfigError, observation::Observation, secret::Secret};
use async_trait::async_trait;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Serialize, de::DeserializeOwned};
use std::{fmt::Debug, time::Duration};

/// The types of this crate, as they stand in a monitor's `type`; every other one is `CUSTOM`.
pub const BUILTIN: [&str; 3] = ["HTTP", "PORT", "HEARTBEAT"];

/// Looks at a target once.
///
/// # Contract
/// A bad target is an [`Observation`], never an error and never a panic.
/// The engine drops the future at `cx.timeout`, so a look holds nothing that must be given back by
/// hand, and a look that can say *which* phase was too slow ends a little before that by itself.
/// Addresses that a user chose are reached through [`net`](crate::net) only (I6).
#[async_trait]
pub trait Check: Debug + Send + Sync {
    /// Looks once.
    async fn run(&self, cx: &CheckContext) -> Observation;

    /// When the result would change without anything happening: the next look of a type whose
    /// cadence is [`Cadence::Heartbeat`]. The other types are looked at once each interval.
    fn deadline(&self, _cx: &CheckContext) -> Option<Timestamp> {
        None
    }
}

/// What a look may use and must respect.
#[derive(Debug, Clone)]
pub struct CheckContext {
    /// The clock, sleep and randomness.
    pub environment: Env,
    /// The whole time that the look may take.
    pub timeout: Duration,
    /// Since when this process has been able to receive pings.
    pub listening_since: Timestamp,
    /// What a heartbeat monitor received so far; absent for the other types.
    pub heartbeat: Option<heartbeat::HeartbeatState>,
}

/// What a configuration is built with: the target, and the means of this installation.
#[derive(Debug)]
pub struct CheckEnv {
    target: Secret<String>,
    interval: Duration,
    created_at: Timestamp,
    #[cfg(feature = "net")]
    net: Option<std::sync::Arc<crate::net::Net>>,
}

impl CheckEnv {
    /// For a monitor with this target.
    #[must_use]
    pub const fn new(target: Secret<String>, interval: Duration, created_at: Timestamp) -> Self {
        Self {
            target,
            interval,
            created_at,
            #[cfg(feature = "net")]
            net: None,
        }
    }

    /// With the network of this installation: resolver, address guard, connector.
    #[cfg(feature = "net")]
    #[must_use]
    pub fn with_net(mut self, net: Option<std::sync::Arc<crate::net::Net>>) -> Self {
        self.net = net;
        self
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
    pub fn net(&self) -> Result<std::sync::Arc<crate::net::Net>, ConfigError> {
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
