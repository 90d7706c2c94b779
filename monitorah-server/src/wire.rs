//! From configuration to running system: the whole composition on one page.

use crate::{
    config::{Config, TargetPolicy},
    cursor::Cursors,
    data_dir::DataDir,
    layer::limit,
    metrics::{MeteredResults, Metrics},
    openapi,
    router::router,
    state::AppState,
    web::{Sessions, Texts},
};
use axum::Router;
use bytes::Bytes;
use monitorah_core::{
    Env, Secret,
    channel::ChannelRegistry,
    check::{Check, CheckEnv, CheckRegistry},
    crypt::{KeyProvider, Keyring, RootKey},
    engine::{Engine, EngineOptions, Parts},
    net::{AddressGuard, Net, NetOptions, Targets},
    port::{KeyStore, Ports},
    service::{Means, Service},
    storm::StormLimits,
};
use serde_json::json;
use std::{error::Error, sync::Arc, time::Duration};

/// Something cannot be put together.
pub type WireFault = Box<dyn Error + Send + Sync>;

/// The network of this configuration.
///
/// # Errors
/// When TLS cannot be set up.
pub fn net(environment: &Env, config: &Config) -> Result<Arc<Net>, WireFault> {
    let guard = AddressGuard {
        targets: match config.targets {
            TargetPolicy::Any => Targets::Any,
            TargetPolicy::Public => Targets::Public,
        },
        allow: config.allow_targets.clone(),
    };
    let options = NetOptions {
        guard,
        ..NetOptions::default()
    };
    Ok(Arc::new(Net::new(Arc::clone(environment), options)?))
}

/// The HTTP client of commands that talk to an address of their own user's.
///
/// # Errors
/// When TLS cannot be set up.
pub fn client(environment: &Env) -> Result<monitorah_notify::http::Client, WireFault> {
    let options = NetOptions {
        guard: AddressGuard {
            targets: Targets::Any,
            allow: Vec::new(),
        },
        ..NetOptions::default()
    };
    let net = Net::new(Arc::clone(environment), options)?;
    Ok(monitorah_notify::http::Client::new(Arc::new(net), None)?)
}

/// The parts that commands and the server share.
#[derive(Debug)]
pub struct System {
    environment: Env,
    checks: Arc<CheckRegistry>,
    channels: Arc<ChannelRegistry>,
    keyring: Arc<Keyring>,
    ports: Ports,
    metrics: Arc<Metrics>,
    /// The use-cases.
    pub service: Service,
}

impl System {
    /// Puts the parts together over an opened data directory.
    ///
    /// # Errors
    /// When the network cannot be set up.
    pub fn new(environment: &Env, config: &Config, data: &DataDir) -> Result<Self, WireFault> {
        let net = net(environment, config)?;
        let checks = Arc::new(CheckRegistry::builtin(Arc::clone(&net)));
        let client = monitorah_notify::http::Client::new(Arc::clone(&net), None)?;
        let channels = monitorah_notify::register(ChannelRegistry::new(), &Arc::new(client));
        let provider: Arc<dyn KeyProvider> = Arc::<RootKey>::clone(&data.root_key);
        let mut ports = data.store.ports();
        let keys: Arc<dyn KeyStore> = Arc::clone(&ports.keys);
        let keyring = Arc::new(Keyring::new(Arc::clone(environment), provider, keys));
        let metrics = Arc::new(Metrics::default());
        ports.results = Arc::new(MeteredResults::new(ports.results, Arc::clone(&metrics)));
        #[cfg(feature = "fail-points")]
        let channels = match crate::config::fail_point()? {
            Some(point) => crate::fail_point::install(point, &mut ports, channels),
            None => channels,
        };
        let channels = Arc::new(channels);
        let service = Service::new(Means {
            environment: Arc::clone(environment),
            ports: ports.clone(),
            keyring: Arc::clone(&keyring),
            checks: Arc::clone(&checks),
            channels: Arc::clone(&channels),
            region: config.region,
        });
        Ok(Self {
            environment: Arc::clone(environment),
            checks,
            channels,
            keyring,
            ports,
            metrics,
            service,
        })
    }

    /// Starts the engine.
    ///
    /// # Errors
    /// When a reference target is none.
    pub fn start(&self, config: &Config) -> Result<Engine, WireFault> {
        let engine = Engine::start(Parts {
            environment: Arc::clone(&self.environment),
            checks: Arc::clone(&self.checks),
            channels: Arc::clone(&self.channels),
            keyring: Arc::clone(&self.keyring),
            ports: self.ports.clone(),
            options: EngineOptions {
                region: config.region,
                references: self.references(config)?,
                public_url: config.links.clone(),
                storm: StormLimits::per_minute(
                    config.messages_per_minute,
                    config.account_messages_per_minute,
                ),
                ..EngineOptions::default()
            },
        });
        self.service.attach(engine.handle());
        Ok(engine)
    }

    fn references(&self, config: &Config) -> Result<Vec<Box<dyn Check>>, WireFault> {
        let mut references = Vec::new();
        for target in &config.reference_targets {
            let env = CheckEnv::new(
                Secret::new(target.clone()),
                Duration::from_secs(60),
                self.environment.now(),
            );
            let check = self
                .checks
                .build("PORT", json!({}), env)
                .map_err(|error| format!("reference_targets: {target:?}: {error}"))?;
            references.push(check);
        }
        Ok(references)
    }

    /// The HTTP side.
    ///
    /// # Errors
    /// When the specification cannot be written.
    pub fn router(&self, config: &Config, data: &DataDir) -> Result<Router, WireFault> {
        Ok(router(AppState {
            environment: Arc::clone(&self.environment),
            service: self.service.clone(),
            region: config.region,
            limits: limit::shared(
                &self.environment,
                config.rate_limit_per_minute,
                config.behind_proxy,
            ),
            cursors: Arc::new(Cursors::new(data.root_key.derive("cursors"))),
            bulks: Arc::default(),
            badges: Arc::default(),
            metrics: Arc::clone(&self.metrics),
            public_url: config.public_url.as_str().into(),
            sessions: Arc::new(Sessions::new(
                data.root_key.derive("visits"),
                &config.public_url,
                &config.data_dir,
            )),
            texts: Arc::new(Texts::read()?),
            docs: Bytes::from(openapi::page::html(&openapi::document()?)?),
            spec: openapi::served()?,
        }))
    }
}
