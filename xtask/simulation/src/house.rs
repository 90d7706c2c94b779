//! An engine on simulated time: a memory store, scripted targets, and a receiver that can be away.

use crate::trace;
use async_trait::async_trait;
use monitorah_core::{
    ConfigError, Env, MonitorId, Observation, Region, Tenant,
    alert::{Message, RuleScope},
    channel::{Channel, ChannelEnv, ChannelRegistry, ChannelSpec, DeliveryError, Receipt},
    check::{Check, CheckContext, CheckEnv, CheckRegistry, CheckSpec},
    crypt::{Keyring, RootKey},
    engine::{Engine, EngineOptions, Parts},
    monitor::Policy,
    port::{MemoryStore, Ports},
    service::{Caller, ChannelDraft, Means, MonitorDraft, RuleDraft, Service},
    testkit::Simulation,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::{
    cell::RefCell,
    collections::HashMap,
    fmt,
    rc::Rc,
    sync::{Arc, Mutex},
    time::Duration,
};

/// What a target says at each second of the simulation, and how long it takes to.
pub(crate) type Script = Rc<dyn Fn(u64) -> (Observation, Duration)>;

thread_local! {
    /// The scripts of this thread's simulation by their names: a check is built from its
    /// configuration alone.
    static SCRIPTS: RefCell<HashMap<String, Script>> = RefCell::default();
}

#[derive(Debug, Serialize, Deserialize, schemars::JsonSchema)]
struct ScriptedSpec {}

#[derive(Debug)]
struct Scripted(String);

impl CheckSpec for ScriptedSpec {
    const KIND: &'static str = "SCRIPTED";
    fn build(self, env: &CheckEnv) -> Result<Box<dyn Check>, ConfigError> {
        Ok(Box::new(Scripted(env.target().to_owned())))
    }
}

#[async_trait]
impl Check for Scripted {
    async fn run(&self, cx: &CheckContext) -> Observation {
        let second = cx.environment.monotonic().as_secs();
        let (seen, takes) = SCRIPTS.with_borrow(|scripts| scripts[&self.0](second));
        cx.environment.sleep(takes).await;
        seen
    }
}

/// Where messages arrive.
#[derive(Default)]
struct Receiver {
    down_until: Mutex<u64>,
    watch: Mutex<Option<Watch>>,
}

/// What is done with each message as it arrives.
type Watch = Box<dyn Fn(&Message, Duration) + Send + Sync>;

#[derive(Debug, Serialize, Deserialize, schemars::JsonSchema)]
struct RecordingSpec {}

struct Recording {
    receiver: Arc<Receiver>,
    environment: Env,
}

impl fmt::Debug for Recording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Recording")
    }
}

impl ChannelSpec for RecordingSpec {
    const KIND: &'static str = "RECORDING";
    const SECRETS: &'static [&'static str] = &[];
    type Means = Receiver;
    fn build(
        self,
        means: &Arc<Receiver>,
        env: &ChannelEnv,
    ) -> Result<Box<dyn Channel>, ConfigError> {
        Ok(Box::new(Recording {
            receiver: Arc::clone(means),
            environment: Arc::clone(&env.environment),
        }))
    }
}

#[async_trait]
impl Channel for Recording {
    async fn deliver(&self, message: &Message) -> Result<Receipt, DeliveryError> {
        let now = self.environment.monotonic();
        if now.as_secs() < *self.receiver.down_until.lock().unwrap() {
            return Err(DeliveryError::Retry {
                detail: "away".into(),
                status_code: Some(503),
                after: None,
            });
        }
        if let Some(watch) = &*self.receiver.watch.lock().unwrap() {
            trace(now, || {
                format!(
                    "told {} {:?} of {}",
                    message.id, message.kind, message.summary
                )
            });
            watch(message, now);
        }
        // It takes a message, and takes its time to say so: what happens meanwhile may double it.
        self.environment.sleep(Duration::from_millis(900)).await;
        Ok(Receipt {
            status_code: Some(200),
            note: None,
        })
    }
}

/// An installation with an account, a receiver, and a rule that tells it everything.
pub(crate) struct House {
    pub(crate) simulation: Simulation,
    pub(crate) store: Arc<MemoryStore>,
    pub(crate) tenant: Tenant,
    service: Service,
    receiver: Arc<Receiver>,
    checks: Arc<CheckRegistry>,
    channels: Arc<ChannelRegistry>,
    keyring: Arc<Keyring>,
    engine: Option<Engine>,
}

impl House {
    pub(crate) fn new(seed: u64) -> Self {
        SCRIPTS.take();
        let mut simulation = Simulation::new(seed);
        let environment: Env = simulation.clock();
        let store = Arc::new(MemoryStore::new());
        let receiver = Arc::new(Receiver::default());
        let checks = Arc::new(CheckRegistry::offline().with::<ScriptedSpec>());
        let channels =
            Arc::new(ChannelRegistry::new().with::<RecordingSpec>(Arc::clone(&receiver)));
        let root = RootKey::from_bytes(Arc::clone(&environment), [7; 32]);
        let keyring = Arc::new(Keyring::new(
            Arc::clone(&environment),
            Arc::new(root),
            Arc::<MemoryStore>::clone(&store),
        ));
        let service = Service::new(Means {
            environment,
            ports: Ports::of(&store),
            keyring: Arc::clone(&keyring),
            checks: Arc::clone(&checks),
            channels: Arc::clone(&channels),
            region: Region::LOCAL,
        });
        let setup = {
            let service = service.clone();
            async move {
                let founded = service.found("ops@example.org").await.unwrap();
                let tenant = Tenant::of(founded.account);
                let caller = Caller::operator(tenant);
                let draft = ChannelDraft {
                    name: "receiver".into(),
                    kind: "RECORDING".into(),
                    config: json!({}),
                    enabled: true,
                };
                let (channel, _) = service.create_channel(&caller, draft).await.unwrap();
                let draft = RuleDraft {
                    name: "all".into(),
                    channels: vec![channel.value.record.id],
                    scope: RuleScope::AllMonitors,
                    kinds: vec![],
                    remind_every: None,
                    enabled: true,
                };
                service.create_rule(&caller, draft).await.unwrap();
                tenant
            }
        };
        let tenant = simulation.run_until(setup).unwrap();
        Self {
            simulation,
            store,
            tenant,
            service,
            receiver,
            checks,
            channels,
            keyring,
            engine: None,
        }
    }

    pub(crate) fn monitor(&mut self, name: &str, policy: Policy, script: Script) -> MonitorId {
        SCRIPTS.with_borrow_mut(|scripts| scripts.insert(name.to_owned(), script));
        let draft = MonitorDraft {
            name: name.into(),
            kind: "SCRIPTED".into(),
            target: name.into(),
            config: json!({}),
            policy,
            tags: vec![],
            group: None,
            owner: None,
            depends_on: vec![],
            external_ref: None,
            paused: false,
        };
        let (service, caller) = (self.service.clone(), Caller::operator(self.tenant));
        let create = async move { service.create_monitor(&caller, draft).await };
        let created = self.simulation.run_until(create).unwrap();
        created.unwrap().value.monitor.id
    }

    /// A process starts on these ports.
    pub(crate) fn start(&mut self, ports: Ports, options: EngineOptions) {
        let engine = Engine::start(Parts {
            environment: self.simulation.clock(),
            checks: Arc::clone(&self.checks),
            channels: Arc::clone(&self.channels),
            keyring: Arc::clone(&self.keyring),
            ports,
            options,
        });
        self.service.attach(engine.handle());
        self.engine = Some(engine);
    }

    /// The process is killed: whatever it was doing goes no further.
    pub(crate) fn kill(&mut self) {
        self.simulation.kill();
        self.engine = None;
    }

    /// What is done with each message as it arrives, and when (monotonic).
    pub(crate) fn on_delivery(&self, watch: impl Fn(&Message, Duration) + Send + Sync + 'static) {
        *self.receiver.watch.lock().unwrap() = Some(Box::new(watch));
    }

    /// The receiver refuses everything until this second.
    pub(crate) fn receiver_down_until(&self, second: u64) {
        *self.receiver.down_until.lock().unwrap() = second;
    }

    /// The time that is so many seconds after the start of the simulation.
    pub(crate) fn at(&self, second: i64) -> jiff::Timestamp {
        let start = jiff::Timestamp::from_second(1_767_225_600).unwrap();
        start
            .checked_add(jiff::SignedDuration::from_secs(second))
            .unwrap()
    }
}
