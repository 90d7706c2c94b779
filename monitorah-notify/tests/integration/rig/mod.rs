//! What the tests of channels share: a network of scripted names, and channels over it.

pub(crate) mod mail;

use async_trait::async_trait;
use monitorah_core::{
    Env, Secret,
    channel::{Channel, ChannelEnv, ChannelRegistry, ChannelType},
    environment::SystemEnvironment,
    net::{AddressGuard, Answer, CacheLimits, Family, Net, NetOptions, Resolve, ResolveError},
};
use monitorah_notify::http::Client;
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

/// A secret that must be seen nowhere: `whsec_` and 32 bytes.
pub(crate) const SECRET: &str = "whsec_Y2FuYXJ5LWNhbmFyeS1jYW5hcnktY2FuYXJ5LTAwMDE=";

/// The channel types over HTTP.
pub(crate) const HTTP_KINDS: [&str; 6] = [
    "DISCORD",
    "PAGERDUTY",
    "SLACK",
    "TELEGRAM",
    "TWILIO",
    "WEBHOOK",
];

/// A configuration of this type that delivers to the origin, with a canary in every secret.
pub(crate) fn config(kind: &str, origin: &str) -> Value {
    match kind {
        "DISCORD" => json!({
            "webhookUrl": format!("{origin}/api/webhooks/1/canary-token"),
            "username": "Monitorah",
        }),
        "EMAIL" => {
            let place = origin.rsplit('/').next().unwrap();
            let (host, port) = place.rsplit_once(':').unwrap();
            json!({
                "host": host,
                "port": port.parse::<u16>().unwrap(),
                "security": "STARTTLS",
                "username": "mailer",
                "password": "canary-password",
                "from": "Monitorah <monitorah@example.org>",
                "to": ["ops@example.org", "Ann <ann@example.org>"],
            })
        }
        "PAGERDUTY" => json!({
            "routingKey": "canarycanarycanarycanarycanary00",
            "apiUrl": origin,
        }),
        "SLACK" => json!({"webhookUrl": format!("{origin}/services/T0/B0/canary-token")}),
        "TELEGRAM" => json!({
            "botToken": "123456789:canary-canary-canary-canary-0001",
            "chatId": "-1001234567890",
            "apiUrl": origin,
        }),
        "TWILIO" => json!({
            "accountSid": "AC0123456789abcdef0123456789abcdef",
            "authToken": "canary-auth-token-0001",
            "mode": "SMS",
            "from": "+15550000001",
            "to": "+15550000002",
            "apiUrl": origin,
        }),
        "WEBHOOK" => json!({
            "url": format!("{origin}/hook/canary-path?key=canary-query"),
            "headers": {"Authorization": "Bearer canary-header"},
            "signingSecret": "whsec_canarycanarycanarycanarycanarycanarycanarycanary",
            "previousSecret": {
                "secret": "whsec_canarycanarycanarycanarycanarycanarycanarycanaru",
                "expiresAt": "2026-01-01T00:00:00Z",
            },
        }),
        other => panic!("no configuration for {other}"),
    }
}

/// Answers from a list for each name; the last answer repeats. Counts the questions.
#[derive(Debug, Default)]
pub(crate) struct Script {
    answers: Mutex<HashMap<String, Vec<Vec<IpAddr>>>>,
    pub(crate) asked: AtomicUsize,
}

impl Script {
    pub(crate) fn with(self, name: &str, answers: &[&[&str]]) -> Self {
        let parsed = |ips: &&[&str]| ips.iter().map(|ip| ip.parse().unwrap()).collect();
        let answers = answers.iter().map(parsed).collect();
        let mut known = self.answers.lock().unwrap();
        known.insert(name.to_owned(), answers);
        drop(known);
        self
    }
}

#[async_trait]
impl Resolve for Script {
    async fn resolve(&self, name: &str, _: Family) -> Result<Answer, ResolveError> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let mut answers = self.answers.lock().unwrap();
        let list = answers.get_mut(name).ok_or(ResolveError::NoSuchName)?;
        let addresses = if list.len() > 1 {
            list.remove(0)
        } else {
            list[0].clone()
        };
        Ok(Answer {
            addresses,
            ttl: Duration::ZERO,
        })
    }
}

/// A registry over a network, and the environment to build with.
pub(crate) struct Rig {
    pub(crate) registry: ChannelRegistry,
    pub(crate) env: ChannelEnv,
}

impl Rig {
    pub(crate) fn new(environment: Env, guard: AddressGuard, script: Arc<Script>) -> Self {
        Self::trusting(environment, guard, script, None)
    }

    pub(crate) fn trusting(
        environment: Env,
        guard: AddressGuard,
        script: Arc<Script>,
        roots: Option<&str>,
    ) -> Self {
        let options = NetOptions {
            guard,
            resolver: Some(script),
            // Nothing is cached, so that every script step is seen.
            cache: CacheLimits {
                min_ttl: Duration::ZERO,
                negative_ttl: Duration::ZERO,
                ..CacheLimits::default()
            },
            ..NetOptions::default()
        };
        let net = Net::new(Arc::clone(&environment), options).unwrap();
        let client = Client::new(Arc::new(net), roots).unwrap();
        Self {
            registry: monitorah_notify::register(ChannelRegistry::new(), &Arc::new(client)),
            env: ChannelEnv {
                environment,
                timeout: Duration::from_secs(10),
                comes_back_soon: false,
            },
        }
    }

    /// In the real time, reaching loopback.
    pub(crate) fn local() -> Self {
        Self::new(
            Arc::new(SystemEnvironment::new()),
            AddressGuard::any(),
            Arc::default(),
        )
    }

    pub(crate) fn kind(&self, kind: &str) -> &ChannelType {
        self.registry.get(kind).unwrap()
    }

    pub(crate) fn of(&self, kind: &str, config: Value) -> Box<dyn Channel> {
        self.kind(kind).build(config, &self.env).unwrap()
    }

    /// A webhook.
    pub(crate) fn channel(&self, config: Value) -> Box<dyn Channel> {
        self.of("WEBHOOK", config)
    }

    pub(crate) fn provision(
        &self,
        config: Value,
        keep: Option<Duration>,
    ) -> (Value, Option<Secret<String>>) {
        let kind = self.kind("WEBHOOK");
        kind.provision(config, &self.env, keep).unwrap()
    }

    /// The pointers of everything that is wrong with a webhook.
    pub(crate) fn refused(&self, config: Value) -> Vec<String> {
        self.refused_by("WEBHOOK", config)
    }

    /// The pointers of everything that is wrong; no message holds a canary.
    pub(crate) fn refused_by(&self, kind: &str, config: Value) -> Vec<String> {
        let error = self.kind(kind).build(config, &self.env);
        let error = error.expect_err("it is refused");
        assert!(
            !format!("{error:?} {error}").contains("canary"),
            "{error:?}"
        );
        error
            .fields
            .into_iter()
            .map(|field| field.pointer)
            .collect()
    }
}
