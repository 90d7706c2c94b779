//! The engine inside a program of one's own, with one account: the shortest way to a transition.

use crate::{
    alert::{Message, RuleScope},
    channel::{Channel, ChannelEnv, ChannelRegistry, ChannelSpec, DeliveryError, Receipt},
    check::CheckRegistry,
    crypt::{Keyring, RootKey},
    engine::{Engine, EngineOptions, Parts},
    environment::Env,
    error::ConfigError,
    port::{MemoryStore, Ports},
    region::Region,
    service::{Caller, ChannelDraft, Means, RuleDraft, Service, ServiceError, ServiceResult},
    tenant::Tenant,
};
use async_trait::async_trait;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::{fmt, sync::Arc, time::Duration};

/// A running engine with one account, that tells every message to a function.
///
/// For a program with more accounts or channels: build [`Means`] and [`Parts`], as the reference
/// server's `wire.rs` does.
#[derive(Debug)]
pub struct Embedded {
    /// The use-cases.
    pub service: Service,
    tenant: Tenant,
    engine: Engine,
}

impl Embedded {
    /// Starts the engine on a store in memory. `tell` is called once for each message: down, up, degraded, reminders.
    ///
    /// # Errors
    /// Only faults of ours: the store in memory and the channel of this function refuse nothing.
    pub async fn start(
        environment: Env,
        checks: CheckRegistry,
        tell: impl Fn(&Message) + Send + Sync + 'static,
    ) -> ServiceResult<Self> {
        let ports = Ports::of(&Arc::new(MemoryStore::new()));
        let mut root = [0; 32];
        environment.fill_random(&mut root);
        let root = RootKey::from_bytes(Arc::clone(&environment), root);
        Self::over(environment, ports, root, checks, tell).await
    }

    /// Starts the engine over a store that keeps its data, one or several behind `ports`: with the
    /// account, the monitors and the results of the last time. The account is made the first time,
    /// and `root` seals its keys: keep it, nothing that was sealed opens without it.
    ///
    /// # Errors
    /// When the store fails, or holds data that another key sealed.
    pub async fn over(
        environment: Env,
        ports: Ports,
        root: RootKey,
        checks: CheckRegistry,
        tell: impl Fn(&Message) + Send + Sync + 'static,
    ) -> ServiceResult<Self> {
        let options = EngineOptions::default();
        Self::with(environment, ports, root, checks, options, tell).await
    }

    /// The same with options of one's own: targets that say whether this machine is online, how
    /// much is done at once, or `storm: StormLimits::per_minute(0, 0)` for a function that wants
    /// every message by itself. Without that, what is more than ten messages a minute comes grouped.
    ///
    /// # Errors
    /// Those of [`Embedded::over`].
    pub async fn with(
        environment: Env,
        ports: Ports,
        root: RootKey,
        checks: CheckRegistry,
        options: EngineOptions,
        tell: impl Fn(&Message) + Send + Sync + 'static,
    ) -> ServiceResult<Self> {
        let provider = Arc::new(root);
        let keys = Arc::clone(&ports.keys);
        let keyring = Arc::new(Keyring::new(Arc::clone(&environment), provider, keys));
        let checks = Arc::new(checks);
        let callback = Arc::new(Callback(Box::new(tell)));
        let channels = Arc::new(ChannelRegistry::new().with::<CallbackSpec>(callback));
        let service = Service::new(Means {
            environment: Arc::clone(&environment),
            ports: ports.clone(),
            keyring: Arc::clone(&keyring),
            checks: Arc::clone(&checks),
            channels: Arc::clone(&channels),
            region: Region::LOCAL,
        });
        let tenant = match service.founder().await {
            Err(ServiceError::NotFound(_)) => set_up(&service).await?,
            found => found?.0,
        };
        let engine = Engine::start(Parts {
            environment,
            checks,
            channels,
            keyring,
            ports,
            options,
        });
        service.attach(engine.handle());
        Ok(Self {
            service,
            tenant,
            engine,
        })
    }

    /// The one account's caller, for the use-cases.
    #[must_use]
    pub const fn caller(&self) -> Caller {
        Caller::operator(self.tenant)
    }

    /// Stops the engine; checks in flight may end within five seconds.
    pub async fn stop(self) {
        self.engine.stop(Duration::from_secs(5)).await;
    }
}

/// Makes the account, and the rule that tells everything to the function.
async fn set_up(service: &Service) -> ServiceResult<Tenant> {
    let founded = service.found("embedded@localhost").await?;
    let tenant = Tenant::of(founded.account);
    let caller = Caller::operator(tenant);
    let draft = ChannelDraft {
        name: "this program".to_owned(),
        kind: CallbackSpec::KIND.to_owned(),
        config: json!({}),
        enabled: true,
    };
    let (channel, _) = service.create_channel(&caller, draft).await?;
    let draft = RuleDraft {
        name: "everything".to_owned(),
        channels: vec![channel.value.record.id],
        scope: RuleScope::AllMonitors,
        kinds: Vec::new(),
        remind_every: None,
        enabled: true,
    };
    service.create_rule(&caller, draft).await?;
    Ok(tenant)
}

struct Callback(Box<dyn Fn(&Message) + Send + Sync>);

impl fmt::Debug for Callback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Callback")
    }
}

#[derive(Debug, Serialize, Deserialize, JsonSchema)]
struct CallbackSpec {}

impl ChannelSpec for CallbackSpec {
    const KIND: &'static str = "CALLBACK";
    const SECRETS: &'static [&'static str] = &[];
    type Means = Callback;

    fn build(self, means: &Arc<Callback>, _: &ChannelEnv) -> Result<Box<dyn Channel>, ConfigError> {
        Ok(Box::new(CallbackChannel(Arc::clone(means))))
    }
}

#[derive(Debug)]
struct CallbackChannel(Arc<Callback>);

#[async_trait]
impl Channel for CallbackChannel {
    async fn deliver(&self, message: &Message) -> Result<Receipt, DeliveryError> {
        (self.0.0)(message);
        Ok(Receipt::default())
    }
}
