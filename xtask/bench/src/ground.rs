//! The product as a program embeds it: stores, keyring, use-cases, and engines that are started on
//! them again and again.

use crate::{Fault, names::Loopback, seen::Seen, target::Targets};
use futures::{StreamExt, TryStreamExt};
use monitorah_core::{
    Env, Tenant,
    channel::ChannelRegistry,
    check::CheckRegistry,
    crypt::{KeyProvider, Keyring, RootKey},
    engine::{Engine, EngineOptions, Parts},
    monitor::Policy,
    net::{AddressGuard, CacheLimits, Net, NetOptions, Resolve},
    port::{KeyStore, MemoryStore, Ports},
    service::{Caller, Means, MonitorDraft, Service},
    storm::StormLimits,
};
use monitorah_store::{PostgresOptions, PostgresStore, PostgresTarget, SqliteOptions, SqliteStore};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::{os::unix::fs::DirBuilderExt, path::Path, sync::Arc, time::Duration};

/// Monitors that are made side by side: each waits for its own commit.
const SIDE_BY_SIDE: usize = 16;

/// Many monitors alike.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Herd {
    pub(crate) count: usize,
    pub(crate) interval: u64,
    /// Where they look: `{host}` is a name or an address of each one's own.
    pub(crate) target: String,
    /// Whether `{host}` is an address, for a server that knows no names of ours.
    pub(crate) addresses: bool,
    /// Every so many looks at a target that never answers; none of them when 0.
    pub(crate) every_hangs: usize,
    pub(crate) hangs_at: String,
    pub(crate) timeout: u64,
    pub(crate) paused: bool,
}

impl Herd {
    /// HTTP monitors of targets that are well.
    pub(crate) fn http(targets: &Targets, count: usize, interval: u64) -> Self {
        Self {
            count,
            interval,
            target: format!("http://{{host}}:{}/", targets.http),
            addresses: false,
            every_hangs: 0,
            hangs_at: String::new(),
            timeout: 10.min(interval),
            paused: false,
        }
    }

    /// The same over TLS.
    pub(crate) fn https(targets: &Targets, count: usize, interval: u64) -> Self {
        Self {
            target: format!("https://{{host}}:{}/", targets.https),
            ..Self::http(targets, count, interval)
        }
    }

    /// With addresses instead of names.
    pub(crate) fn by_address(self) -> Self {
        Self {
            addresses: true,
            ..self
        }
    }

    fn draft(&self, number: usize) -> MonitorDraft {
        let hangs = self.every_hangs > 0 && number.is_multiple_of(self.every_hangs);
        let target = if hangs { &self.hangs_at } else { &self.target };
        let host = if self.addresses {
            format!("127.0.0.{}", number % usize::from(crate::target::HOSTS) + 1)
        } else {
            crate::names::of(number)
        };
        let draft = draft(
            format!("monitor {number}"),
            target.replace("{host}", &host),
            json!({"method": "GET"}),
            Duration::from_secs(self.interval),
            Duration::from_secs(self.timeout),
        );
        MonitorDraft {
            paused: self.paused,
            ..draft
        }
    }
}

/// An HTTP monitor.
pub(crate) fn draft(
    name: String,
    target: String,
    config: Value,
    interval: Duration,
    timeout: Duration,
) -> MonitorDraft {
    MonitorDraft {
        name,
        kind: "HTTP".to_owned(),
        target,
        config,
        policy: Policy {
            timeout,
            ..Policy::every(interval)
        },
        tags: vec!["bench".to_owned()],
        group: None,
        owner: None,
        depends_on: Vec::new(),
        external_ref: None,
        paused: false,
    }
}

/// Everything but the engine.
#[derive(Debug)]
pub(crate) struct Ground {
    environment: Env,
    pub(crate) ports: Ports,
    keyring: Arc<Keyring>,
    checks: Arc<CheckRegistry>,
    channels: Arc<ChannelRegistry>,
    pub(crate) service: Service,
    pub(crate) tenant: Tenant,
    /// The key that may do everything, where the account is new.
    pub(crate) api_key: Option<String>,
    sqlite: Option<Arc<SqliteStore>>,
}

/// What the network of a ground is like.
pub(crate) fn net(
    environment: &Env,
    root: Option<&str>,
    names: Loopback,
    cache: CacheLimits,
) -> Result<Arc<Net>, Fault> {
    let options = NetOptions {
        guard: AddressGuard::any(),
        resolver: Some(Arc::new(names) as Arc<dyn Resolve>),
        extra_roots_pem: root.map(str::to_owned),
        cache,
        ..NetOptions::default()
    };
    Ok(Arc::new(Net::new(Arc::clone(environment), options)?))
}

impl Ground {
    /// A ground in memory.
    pub(crate) async fn memory(environment: &Env, net: &Arc<Net>) -> Result<Self, Fault> {
        let ports = Ports::of(&Arc::new(MemoryStore::new()));
        let mut root = [0; 32];
        environment.fill_random(&mut root);
        let root = RootKey::from_bytes(Arc::clone(environment), root);
        let keys = Arc::clone(&ports.keys);
        Self::over(environment, net, ports, root, keys, None).await
    }

    /// A ground in a data directory as the server has it; made where there is none.
    pub(crate) async fn sqlite(
        environment: &Env,
        net: &Arc<Net>,
        folder: &Path,
    ) -> Result<Self, Fault> {
        let key = folder.join("root.key");
        let root = if key.exists() {
            RootKey::read(Arc::clone(environment), &key)?
        } else {
            std::fs::DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(folder)?;
            RootKey::create(Arc::clone(environment), &key)?
        };
        let options = SqliteOptions::new(Arc::clone(environment));
        let store = Arc::new(SqliteStore::open(&folder.join("monitorah.db"), options).await?);
        store.migrate().await?;
        let keys: Arc<dyn KeyStore> = Arc::<SqliteStore>::clone(&store);
        let ports = Ports::of(&store);
        Self::over(environment, net, ports, root, keys, Some(store)).await
    }

    /// A ground in a database of PostgreSQL.
    pub(crate) async fn postgres(
        environment: &Env,
        net: &Arc<Net>,
        (admin, login): (&PostgresTarget, &PostgresTarget),
    ) -> Result<Self, Fault> {
        monitorah_store::postgres::migrate(admin, login).await?;
        let options = PostgresOptions::new(Arc::clone(environment));
        let store = Arc::new(PostgresStore::connect(login, options).await?);
        let mut root = [0; 32];
        environment.fill_random(&mut root);
        let root = RootKey::from_bytes(Arc::clone(environment), root);
        let keys: Arc<dyn KeyStore> = Arc::<PostgresStore>::clone(&store);
        Self::over(environment, net, Ports::of(&store), root, keys, None).await
    }

    async fn over(
        environment: &Env,
        net: &Arc<Net>,
        ports: Ports,
        root: RootKey,
        keys: Arc<dyn KeyStore>,
        sqlite: Option<Arc<SqliteStore>>,
    ) -> Result<Self, Fault> {
        let provider: Arc<dyn KeyProvider> = Arc::new(root);
        let keyring = Arc::new(Keyring::new(Arc::clone(environment), provider, keys));
        let checks = Arc::new(CheckRegistry::builtin(Arc::clone(net)));
        let client = monitorah_notify::http::Client::new(Arc::clone(net), None)?;
        let channels = Arc::new(monitorah_notify::register(
            ChannelRegistry::new(),
            &Arc::new(client),
        ));
        let service = Service::new(Means {
            environment: Arc::clone(environment),
            ports: ports.clone(),
            keyring: Arc::clone(&keyring),
            checks: Arc::clone(&checks),
            channels: Arc::clone(&channels),
            region: monitorah_core::Region::LOCAL,
        });
        let (tenant, api_key) = match service.founder().await {
            Ok((tenant, _)) => (tenant, None),
            Err(_) => {
                let founded = service.found("bench@example.org").await?;
                let key = founded.api_key.expose().clone();
                (Tenant::of(founded.account), Some(key))
            }
        };
        Ok(Self {
            environment: Arc::clone(environment),
            ports,
            keyring,
            checks,
            channels,
            service,
            tenant,
            api_key,
            sqlite,
        })
    }

    /// Makes the monitors of a herd.
    pub(crate) async fn people(&self, herd: &Herd) -> Result<(), Fault> {
        let caller = Caller::operator(self.tenant);
        futures::stream::iter(
            (0..herd.count).map(|number| self.service.create_monitor(&caller, herd.draft(number))),
        )
        .buffer_unordered(SIDE_BY_SIDE)
        .try_for_each(async |_| Ok(()))
        .await?;
        Ok(())
    }

    /// Starts an engine whose results go through `seen`.
    pub(crate) fn start(&self, seen: &Arc<Seen>) -> Engine {
        let mut ports = self.ports.clone();
        ports.results = Arc::<Seen>::clone(seen);
        self.start_with(ports)
    }

    /// Starts an engine that has only so many checks in flight, and begins them as fast as it can.
    pub(crate) fn start_with_width(&self, seen: &Arc<Seen>, width: usize) -> Engine {
        let mut ports = self.ports.clone();
        ports.results = Arc::<Seen>::clone(seen);
        let options = EngineOptions {
            checks_in_flight: width,
            first_looks_per_second: u32::MAX,
            ..EngineOptions::default()
        };
        self.engine(ports, options)
    }

    /// Starts an engine on these ports.
    fn start_with(&self, ports: Ports) -> Engine {
        self.engine(ports, EngineOptions::default())
    }

    /// Starts an engine on these ports that groups no messages: each is told by itself.
    pub(crate) fn start_telling_each(&self, ports: Ports) -> Engine {
        let options = EngineOptions {
            storm: StormLimits::per_minute(0, 0),
            ..EngineOptions::default()
        };
        self.engine(ports, options)
    }

    fn engine(&self, ports: Ports, options: EngineOptions) -> Engine {
        Engine::start(Parts {
            environment: Arc::clone(&self.environment),
            checks: Arc::clone(&self.checks),
            channels: Arc::clone(&self.channels),
            keyring: Arc::clone(&self.keyring),
            ports,
            options,
        })
    }

    /// Ends the store's connections.
    pub(crate) async fn close(self) {
        if let Some(store) = self.sqlite {
            store.close().await;
        }
    }
}
