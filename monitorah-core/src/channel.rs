//! The channel port: how people are told.

use crate::{
    alert::Message,
    environment::Env,
    error::{ConfigError, FieldError},
    secret::Secret,
    shape::misplaced_list,
};
use async_trait::async_trait;
use schemars::{JsonSchema, Schema};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::{collections::BTreeMap, fmt, fmt::Debug, sync::Arc, time::Duration};

/// Delivers messages to one place.
#[async_trait]
pub trait Channel: Debug + Send + Sync {
    /// Delivers once.
    ///
    /// # Contract
    /// May be called again with the same message after any outcome, also after `Ok` when the
    /// process ended before the outcome was stored: `message.id` is the same then, and goes onto
    /// the wire where the receiver can use it to tell a duplicate.
    ///
    /// # Errors
    /// How it went wrong, and so whether to try again. Never carries a secret.
    async fn deliver(&self, message: &Message) -> Result<Receipt, DeliveryError>;
}

/// The receiver took the message.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Receipt {
    /// The status code of the answer, where there is one.
    pub status_code: Option<u16>,
    /// What the user should know although the message was taken: one sentence without secrets.
    pub note: Option<String>,
}

/// The receiver did not take the message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeliveryError {
    /// It may work later.
    #[error("{detail}")]
    Retry {
        /// One sentence without secrets.
        detail: String,
        /// The status code of the answer.
        status_code: Option<u16>,
        /// How long the receiver asks us to wait.
        after: Option<Duration>,
    },
    /// The receiver refused it for good.
    #[error("{detail}")]
    Refused {
        /// One sentence without secrets.
        detail: String,
        /// The status code of the answer.
        status_code: Option<u16>,
    },
    /// The channel itself cannot work as configured.
    #[error("{detail}")]
    Broken {
        /// One sentence without secrets.
        detail: String,
    },
}

/// What a channel is built with.
#[derive(Debug, Clone)]
pub struct ChannelEnv {
    /// The clock and randomness.
    pub environment: Env,
    /// The longest that one delivery may take.
    pub timeout: Duration,
    /// Whether a delivery that is put off now comes back within minutes. Where several receivers
    /// share one message, and only some of them can take it now, it may then be put off for all:
    /// a message that went to some cannot be sent again to the others alone.
    pub comes_back_soon: bool,
}

/// A validated configuration that builds a channel. See [`CheckSpec`](crate::check::CheckSpec).
pub trait ChannelSpec: DeserializeOwned + Serialize + JsonSchema + Send + Sync + 'static {
    /// The type on the wire, in upper case.
    const KIND: &'static str;

    /// JSON pointers of the fields that are secrets (`"*"` is every key).
    const SECRETS: &'static [&'static str];

    /// JSON pointers of the fields that decide where the secrets are sent, and how the peer there
    /// is known. A stored secret is kept only while they stay as they are; of a URL its origin is
    /// what counts. The whole configuration, unless the type says less.
    const DESTINATION: &'static [&'static str] = &[""];

    /// Whether the receiver keeps an outage open until it is told of its end. Such a channel hears of
    /// the end of everything that it was told of, whatever ends it: also a pause, a deletion, or a
    /// rule that does not ask for ends.
    const LASTING: bool = false;

    /// What the channel reaches others with: an HTTP client, a mail transport. Shared by all
    /// channels of the type.
    type Means: Send + Sync + 'static;

    /// The channel.
    ///
    /// # Errors
    /// Everything that is wrong with the configuration, with pointers that start with `/config`.
    fn build(
        self,
        means: &Arc<Self::Means>,
        env: &ChannelEnv,
    ) -> Result<Box<dyn Channel>, ConfigError>;

    /// Makes the secret that the receiver verifies us with, where the type has one; called when a
    /// channel is made and when its secret is rotated. `keep_previous` says for how long the old
    /// one goes on being used beside it. The return value is shown to the user once.
    fn provision(
        &mut self,
        _env: &ChannelEnv,
        _keep_previous: Option<Duration>,
    ) -> Option<Secret<String>> {
        None
    }
}

type Build = Box<dyn Fn(Value, &ChannelEnv) -> Result<Box<dyn Channel>, ConfigError> + Send + Sync>;
type Wrap = Arc<dyn Fn(Box<dyn Channel>) -> Box<dyn Channel> + Send + Sync>;
type Provision = Box<
    dyn Fn(
            Value,
            &ChannelEnv,
            Option<Duration>,
        ) -> Result<(Value, Option<Secret<String>>), ConfigError>
        + Send
        + Sync,
>;

/// One registered type.
pub struct ChannelType {
    /// Its name.
    pub kind: &'static str,
    /// The JSON Schema (draft 2020-12) of its configuration.
    pub schema: Schema,
    /// Pointers of the secret fields.
    pub secrets: &'static [&'static str],
    /// Pointers of the fields that decide where the secrets are sent.
    pub destination: &'static [&'static str],
    /// Whether the receiver keeps an outage open until it is told of its end.
    pub lasting: bool,
    build: Build,
    wrap: Option<Wrap>,
    provision: Provision,
}

impl Debug for ChannelType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChannelType")
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

impl ChannelType {
    /// The running channel.
    ///
    /// # Errors
    /// Everything that is wrong with the configuration.
    pub fn build(&self, config: Value, env: &ChannelEnv) -> Result<Box<dyn Channel>, ConfigError> {
        let channel = (self.build)(config, env)?;
        Ok(match &self.wrap {
            Some(wrap) => wrap(channel),
            None => channel,
        })
    }

    /// The configuration with every default written out and a fresh signing secret, and that
    /// secret, to be shown once, where the type has one.
    ///
    /// # Errors
    /// What does not fit the type's schema.
    pub fn provision(
        &self,
        config: Value,
        env: &ChannelEnv,
        keep_previous: Option<Duration>,
    ) -> Result<(Value, Option<Secret<String>>), ConfigError> {
        if config.is_object()
            && let Some(error) = misplaced_list(self.schema.as_value(), &config, "/config")
        {
            return Err(ConfigError {
                fields: vec![error],
            });
        }
        (self.provision)(config, env, keep_previous)
    }
}

fn parse<S: ChannelSpec>(config: Value) -> Result<S, ConfigError> {
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

/// The channel types that this installation knows.
#[derive(Debug, Default)]
pub struct ChannelRegistry {
    types: BTreeMap<&'static str, ChannelType>,
}

impl ChannelRegistry {
    /// Knows no type yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Also knows this type, which reaches others through `means`.
    #[must_use]
    pub fn with<S: ChannelSpec>(mut self, means: Arc<S::Means>) -> Self {
        let registered = ChannelType {
            kind: S::KIND,
            schema: schemars::schema_for!(S),
            secrets: S::SECRETS,
            destination: S::DESTINATION,
            lasting: S::LASTING,
            build: Box::new(move |config, env| parse::<S>(config)?.build(&means, env)),
            wrap: None,
            provision: Box::new(|config, env, keep| {
                let mut spec = parse::<S>(config)?;
                let secret = spec.provision(env, keep);
                let config = serde_json::to_value(spec)
                    .map_err(|error| ConfigError::new("/config", error.to_string()))?;
                Ok((config, secret))
            }),
        };
        self.types.insert(S::KIND, registered);
        self
    }

    /// Puts this around every channel that is built of the types known so far, in place of what was
    /// around them before.
    #[must_use]
    pub fn wrapped<W>(mut self, wrap: W) -> Self
    where
        W: Fn(Box<dyn Channel>) -> Box<dyn Channel> + Send + Sync + 'static,
    {
        let wrap: Wrap = Arc::new(wrap);
        for registered in self.types.values_mut() {
            registered.wrap = Some(Arc::clone(&wrap));
        }
        self
    }

    /// The type of this name.
    ///
    /// # Errors
    /// When there is none, the message lists the known ones.
    pub fn get(&self, kind: &str) -> Result<&ChannelType, ConfigError> {
        self.types.get(kind).ok_or_else(|| {
            let known = self.types.keys().copied().collect::<Vec<_>>().join(", ");
            ConfigError::new("/type", format!("unknown channel type: use one of {known}"))
        })
    }

    /// Every type, by name.
    pub fn iter(&self) -> impl Iterator<Item = &ChannelType> {
        self.types.values()
    }
}
