//! The check types that this installation knows: each registered explicitly, each with its schema.

use super::{Check, CheckEnv, CheckSpec};
use crate::{
    error::{ConfigError, FieldError},
    shape::misplaced_list,
};
use schemars::Schema;

use serde_json::Value;
use std::{borrow::Borrow, collections::BTreeMap, fmt, sync::Arc};

/// The name of a check type: `HTTP`, `PORT`, or the kind of a check of another crate.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CheckKind(Arc<str>);

impl CheckKind {
    /// The kind of this name. Whether it is registered is the registry's to say.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self(name.into())
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CheckKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for CheckKind {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// When the looks of a type are due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cadence {
    /// Once each interval, at the monitor's own phase.
    Interval,
    /// When the heartbeat's next deadline passes, and when a ping arrives.
    Heartbeat,
    /// Once each interval, and soon after what is believed of a member changes.
    Group,
    /// When somebody says how it is, and never else.
    Manual,
}

impl Cadence {
    /// Whether a result is a stored or believed fact: looking again confirms nothing, so a single
    /// one is believed, and none is late.
    #[must_use]
    pub const fn is_fact(self) -> bool {
        matches!(self, Self::Heartbeat | Self::Group | Self::Manual)
    }

    /// Whether the monitor is looked at when something is told, rather than once each interval.
    #[must_use]
    pub const fn is_told(self) -> bool {
        matches!(self, Self::Heartbeat | Self::Manual)
    }
}

type Build = Box<dyn Fn(Value, &CheckEnv) -> Result<Box<dyn Check>, ConfigError> + Send + Sync>;
type Read = Box<dyn Fn(&[u8], &CheckEnv) -> Result<Box<dyn Check>, ConfigError> + Send + Sync>;
type Normalise = Box<dyn Fn(Value) -> Result<Value, ConfigError> + Send + Sync>;

/// One registered type.
pub struct CheckType {
    /// Its name.
    pub kind: CheckKind,
    /// The JSON Schema (draft 2020-12) of its configuration.
    pub schema: Schema,
    /// Pointers of the secret fields.
    pub secrets: &'static [&'static str],
    /// Pointers of the fields that decide, beside the target, where the secrets are sent.
    pub destination: &'static [&'static str],
    /// When its looks are due.
    pub cadence: Cadence,
    /// An example of a target; empty where there is none.
    pub target: &'static str,
    build: Build,
    read: Read,
    normalise: Normalise,
}

impl fmt::Debug for CheckType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CheckType")
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

impl CheckType {
    fn of<S: CheckSpec>() -> Self {
        Self {
            kind: CheckKind::new(S::KIND),
            schema: schemars::schema_for!(S),
            secrets: S::SECRETS,
            destination: S::DESTINATION,
            cadence: S::CADENCE,
            target: S::TARGET,
            build: Box::new(|config, env| parse::<S>(config)?.build(env)),
            read: Box::new(|stored, env| read::<S>(stored)?.build(env)),
            normalise: Box::new(|config| {
                serde_json::to_value(parse::<S>(config)?)
                    .map_err(|error| ConfigError::new("/config", error.to_string()))
            }),
        }
    }

    /// The configuration with every default written out.
    ///
    /// # Errors
    /// What does not fit the type's schema.
    pub fn normalise(&self, config: Value) -> Result<Value, ConfigError> {
        // What comes in is looked at more closely than what was stored.
        if config.is_object()
            && let Some(error) = misplaced_list(self.schema.as_value(), &config, "/config")
        {
            return Err(ConfigError {
                fields: vec![error],
            });
        }
        (self.normalise)(config)
    }

    /// The running look.
    ///
    /// # Errors
    /// Everything that is wrong with the configuration or the target.
    pub fn build(&self, config: Value, env: &CheckEnv) -> Result<Box<dyn Check>, ConfigError> {
        (self.build)(config, env)
    }
}

/// What was stored fits but for changes of the software, so where it is wrong is only looked for
/// when it does not: this runs once a look.
fn read<S: CheckSpec>(stored: &[u8]) -> Result<S, ConfigError> {
    serde_json::from_slice(stored).or_else(|_| {
        let unreadable = |_| ConfigError::new("/config", "the stored configuration is no JSON");
        parse(serde_json::from_slice(stored).map_err(unreadable)?)
    })
}

fn parse<S: CheckSpec>(config: Value) -> Result<S, ConfigError> {
    let config = if config.is_null() {
        Value::Object(serde_json::Map::new())
    } else {
        config
    };
    if !config.is_object() {
        return Err(ConfigError::new(
            "/config",
            "the configuration is a JSON object",
        ));
    }
    serde_path_to_error::deserialize(config).map_err(|error| ConfigError {
        fields: vec![FieldError::unreadable("/config", error)],
    })
}

/// The check types that this installation knows.
#[derive(Debug, Default)]
pub struct CheckRegistry {
    types: BTreeMap<CheckKind, CheckType>,
    #[cfg(feature = "net")]
    net: Option<Arc<crate::net::Net>>,
    /// Outlives the checks, which are built for each look.
    #[cfg(feature = "net")]
    registrations: Arc<super::domain::Known>,
}

impl CheckRegistry {
    /// Knows no type yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Knows every type of this crate that needs no network.
    #[must_use]
    pub fn offline() -> Self {
        Self::new()
            .with::<super::heartbeat::HeartbeatSpec>()
            .with::<super::group::GroupSpec>()
            .with::<super::manual::ManualSpec>()
    }

    /// Knows every type of this crate, and reaches targets through `net`.
    #[cfg(feature = "net")]
    #[must_use]
    pub fn builtin(net: Arc<crate::net::Net>) -> Self {
        let mut registry = Self::offline()
            .with::<super::http::HttpSpec>()
            .with::<super::port::PortSpec>()
            .with::<super::ping::PingSpec>()
            .with::<super::dns::DnsSpec>()
            .with::<super::tls::TlsSpec>()
            .with::<super::domain::DomainSpec>();
        registry.net = Some(net);
        registry
    }

    /// Also knows this type; a type of the same name is replaced.
    #[must_use]
    pub fn with<S: CheckSpec>(mut self) -> Self {
        let registered = CheckType::of::<S>();
        self.types.insert(registered.kind.clone(), registered);
        self
    }

    /// The type of this name.
    #[must_use]
    pub fn get(&self, kind: &str) -> Option<&CheckType> {
        self.types.get(kind)
    }

    /// Every type, by name.
    pub fn iter(&self) -> impl Iterator<Item = &CheckType> {
        self.types.values()
    }

    /// The look of a monitor of this type.
    ///
    /// # Errors
    /// When the type is unknown, the message lists the known ones; else everything that is wrong.
    pub fn build(
        &self,
        kind: &str,
        config: Value,
        env: CheckEnv,
    ) -> Result<Box<dyn Check>, ConfigError> {
        let registered = self.known(kind)?;
        registered.build(config, &self.equip(env))
    }

    /// The look of a monitor of this type by its stored configuration, which is JSON.
    ///
    /// # Errors
    /// As [`CheckRegistry::build`].
    pub fn build_stored(
        &self,
        kind: &str,
        stored: &[u8],
        env: CheckEnv,
    ) -> Result<Box<dyn Check>, ConfigError> {
        let registered = self.known(kind)?;
        (registered.read)(stored, &self.equip(env))
    }

    fn known(&self, kind: &str) -> Result<&CheckType, ConfigError> {
        self.types.get(kind).ok_or_else(|| {
            let known = self.types.keys().map(CheckKind::as_str);
            let known = known.collect::<Vec<_>>().join(", ");
            ConfigError::new("/type", format!("unknown check type: use one of {known}"))
        })
    }

    #[cfg(feature = "net")]
    fn equip(&self, env: CheckEnv) -> CheckEnv {
        env.with_net(self.net.clone())
            .with_known(Arc::clone(&self.registrations))
    }

    #[cfg(not(feature = "net"))]
    fn equip(&self, env: CheckEnv) -> CheckEnv {
        env
    }
}
