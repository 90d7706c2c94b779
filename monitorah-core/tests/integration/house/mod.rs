//! An engine on simulated time with a memory store, a scripted check and a recording receiver.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a rig that several tests share"
)]

use async_trait::async_trait;
use monitorah_core::{
    Act, ConfigError, Env, EventId, MonitorId, Observation, Region, RuleId, Status, StoreError,
    StoreErrorKind, StoreResult, Tenant,
    alert::{Message, Rule, RuleScope},
    channel::{Channel, ChannelEnv, ChannelRegistry, ChannelSpec, DeliveryError, Receipt},
    check::{
        Check, CheckContext, CheckEnv, CheckRegistry, CheckSpec, SecretText, heartbeat::PingKind,
    },
    crypt::{Keyring, RootKey},
    engine::{Engine, EngineHandle, EngineOptions, Parts},
    monitor::{Monitor, Policy},
    port::{
        EventFilter, EvidenceRecord, FeedChanges, FeedMark, FeedPage, HeartbeatRecord,
        HeartbeatStore, IncidentStore, MemoryStore, MonitorFeed, MonitorFilter, MonitorRecord,
        MonitorStore, Page, Ports, ResultFilter, ResultRow, ResultStore, RuleStore, Settlement,
    },
    service::{
        Caller, ChannelDraft, Means, MonitorDraft, PingDraft, RuleDraft, Service, ServiceError,
        StatusDraft,
    },
    testkit::{ManualClock, Simulation, conformance::sample},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::{
    cell::RefCell,
    collections::HashMap,
    fmt,
    sync::{
        Arc, Mutex, OnceLock,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::Duration,
};

/// What a scripted target does at each second of the simulation.
#[derive(Clone)]
pub(crate) struct Script {
    says: Arc<dyn Fn(u64) -> Observation + Send + Sync>,
    takes: Arc<dyn Fn(u64) -> Duration + Send + Sync>,
    /// Looks in flight, and the most that there were at once.
    flying: Arc<(AtomicU32, AtomicU32)>,
}

impl Script {
    pub(crate) fn new(script: impl Fn(u64) -> Observation + Send + Sync + 'static) -> Self {
        Self {
            says: Arc::new(script),
            takes: Arc::new(|_| Duration::ZERO),
            flying: Arc::default(),
        }
    }

    /// A look that takes this long, and sees what there was at its beginning.
    pub(crate) fn taking(self, takes: Duration) -> Self {
        self.taking_at(move |_| takes)
    }

    /// A look that takes as long as this says of the second in which it begins.
    pub(crate) fn taking_at(self, takes: impl Fn(u64) -> Duration + Send + Sync + 'static) -> Self {
        let takes = Arc::new(takes);
        Self { takes, ..self }
    }

    /// The most looks that were in flight at once.
    pub(crate) fn most_at_once(&self) -> u32 {
        self.flying.1.load(Ordering::Relaxed)
    }

    /// How many looks are in flight.
    pub(crate) fn in_flight(&self) -> u32 {
        self.flying.0.load(Ordering::Relaxed)
    }

    pub(crate) fn always(observation: Observation) -> Self {
        Self::new(move |_| observation.clone())
    }
}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Script")
    }
}

/// Every script of this process by its name: a check is built from its configuration alone.
fn scripts() -> &'static Mutex<HashMap<String, Script>> {
    static SCRIPTS: OnceLock<Mutex<HashMap<String, Script>>> = OnceLock::new();
    SCRIPTS.get_or_init(Mutex::default)
}

#[derive(Debug, Serialize, Deserialize, schemars::JsonSchema)]
struct ScriptedSpec {}

#[derive(Debug)]
struct Scripted(Script);

impl CheckSpec for ScriptedSpec {
    const KIND: &'static str = "SCRIPTED";
    fn build(self, env: &CheckEnv) -> Result<Box<dyn Check>, ConfigError> {
        let script = scripts().lock().unwrap().get(env.target()).cloned();
        script
            .map(|script| Box::new(Scripted(script)) as Box<dyn Check>)
            .ok_or_else(|| ConfigError::new("/target", "no such script"))
    }
}

#[async_trait]
impl Check for Scripted {
    async fn run(&self, cx: &CheckContext) -> Observation {
        let Script {
            says,
            takes,
            flying,
        } = &self.0;
        let second = cx.environment.monotonic().as_secs();
        let seen = says(second);
        let now = flying.0.fetch_add(1, Ordering::Relaxed) + 1;
        flying.1.fetch_max(now, Ordering::Relaxed);
        cx.environment.sleep(takes(second)).await;
        flying.0.fetch_sub(1, Ordering::Relaxed);
        seen
    }
}

/// A check of another crate that sends a token to a server which its configuration names.
#[derive(Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct KeyedSpec {
    server: String,
    #[serde(default)]
    relay: Option<String>,
    #[serde(default)]
    retries: u8,
    token: SecretText,
}

impl CheckSpec for KeyedSpec {
    const KIND: &'static str = "KEYED";
    const SECRETS: &'static [&'static str] = &["/token"];
    fn build(self, _: &CheckEnv) -> Result<Box<dyn Check>, ConfigError> {
        Ok(Box::new(Scripted(Script::always(Observation::up()))))
    }
}

/// The same, of an author who says which fields decide where the token goes.
#[derive(Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(transparent)]
struct NamedKeyedSpec(KeyedSpec);

impl CheckSpec for NamedKeyedSpec {
    const KIND: &'static str = "NAMED_KEYED";
    const SECRETS: &'static [&'static str] = KeyedSpec::SECRETS;
    const DESTINATION: &'static [&'static str] = &["/server", "/relay"];
    fn build(self, env: &CheckEnv) -> Result<Box<dyn Check>, ConfigError> {
        self.0.build(env)
    }
}

/// What the receiver got, and until when it is away.
#[derive(Debug, Default)]
pub(crate) struct Receiver {
    told: Mutex<Vec<Message>>,
    told_at: Mutex<Vec<jiff::Timestamp>>,
    refused: Mutex<u32>,
    down_until: Mutex<u64>,
}

#[derive(Debug, Serialize, Deserialize, schemars::JsonSchema)]
struct RecordingSpec {}

#[derive(Debug)]
struct Recording {
    receiver: Arc<Receiver>,
    environment: Env,
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
        let environment = Arc::clone(&env.environment);
        Ok(Box::new(Recording {
            receiver: Arc::clone(means),
            environment,
        }))
    }
}

#[async_trait]
impl Channel for Recording {
    async fn deliver(&self, message: &Message) -> Result<Receipt, DeliveryError> {
        if self.environment.monotonic().as_secs() < *self.receiver.down_until.lock().unwrap() {
            *self.receiver.refused.lock().unwrap() += 1;
            return Err(DeliveryError::Retry {
                detail: "away".into(),
                status_code: Some(503),
                after: None,
            });
        }
        self.receiver.told.lock().unwrap().push(message.clone());
        let now = self.environment.now();
        self.receiver.told_at.lock().unwrap().push(now);
        Ok(Receipt {
            status_code: Some(200),
            note: None,
        })
    }
}

/// A receiver that keeps an outage open until it is told of its end.
#[derive(Debug, Default)]
pub(crate) struct Keeper(Receiver);

#[derive(Debug, Serialize, Deserialize, schemars::JsonSchema)]
struct KeepingSpec {}

#[derive(Debug)]
struct Keeping(Arc<Keeper>);

impl ChannelSpec for KeepingSpec {
    const KIND: &'static str = "KEEPING";
    const SECRETS: &'static [&'static str] = &[];
    const LASTING: bool = true;
    type Means = Keeper;
    fn build(self, means: &Arc<Keeper>, _: &ChannelEnv) -> Result<Box<dyn Channel>, ConfigError> {
        Ok(Box::new(Keeping(Arc::clone(means))))
    }
}

#[async_trait]
impl Channel for Keeping {
    async fn deliver(&self, message: &Message) -> Result<Receipt, DeliveryError> {
        self.0.0.told.lock().unwrap().push(message.clone());
        Ok(Receipt::default())
    }
}

/// A receiver that takes the connection and never answers.
#[derive(Debug, Serialize, Deserialize, schemars::JsonSchema)]
struct HangingSpec {}

#[derive(Debug)]
struct Hanging;

impl ChannelSpec for HangingSpec {
    const KIND: &'static str = "HANGING";
    const SECRETS: &'static [&'static str] = &[];
    type Means = ();
    fn build(self, _: &Arc<()>, _: &ChannelEnv) -> Result<Box<dyn Channel>, ConfigError> {
        Ok(Box::new(Hanging))
    }
}

#[async_trait]
impl Channel for Hanging {
    async fn deliver(&self, _: &Message) -> Result<Receipt, DeliveryError> {
        std::future::pending().await
    }
}

/// The feed of a store that is slow to read.
struct SlowFeed {
    store: Arc<MemoryStore>,
    environment: Env,
    page: Duration,
}

#[async_trait]
impl MonitorFeed for SlowFeed {
    async fn mark(&self) -> StoreResult<FeedMark> {
        self.store.mark().await
    }

    async fn snapshot(&self, after: Option<MonitorId>, limit: u32) -> StoreResult<FeedPage> {
        if after.is_some() {
            self.environment.sleep(self.page).await;
        }
        self.store.snapshot(after, limit).await
    }

    async fn changes(&self, since: FeedMark, limit: u32) -> StoreResult<FeedChanges> {
        self.store.changes(since, limit).await
    }
}

/// The rules of a store in which somebody makes a rule remind just after they were read.
struct RemindsMeanwhile {
    store: Arc<MemoryStore>,
    every: Duration,
    done: AtomicBool,
}

#[async_trait]
impl RuleStore for RemindsMeanwhile {
    async fn create_rule(&self, tenant: &Tenant, rule: &Rule, act: &Act) -> StoreResult<()> {
        self.store.create_rule(tenant, rule, act).await
    }

    async fn rule(&self, tenant: &Tenant, id: RuleId) -> StoreResult<Rule> {
        self.store.rule(tenant, id).await
    }

    async fn rules(&self, tenant: &Tenant, page: Page) -> StoreResult<Vec<Rule>> {
        let read = self.store.rules(tenant, page).await?;
        if let Some(rule) = read.first()
            && !self.done.swap(true, Ordering::Relaxed)
        {
            let reminding = Rule {
                remind_every: Some(self.every),
                ..rule.clone()
            };
            let act = sample::act(0);
            self.store.update_rule(tenant, &reminding, &act).await?;
        }
        Ok(read)
    }

    async fn update_rule(&self, tenant: &Tenant, rule: &Rule, act: &Act) -> StoreResult<()> {
        self.store.update_rule(tenant, rule, act).await
    }

    async fn delete_rule(
        &self,
        tenant: &Tenant,
        id: RuleId,
        expected: Option<i64>,
        act: &Act,
    ) -> StoreResult<()> {
        self.store.delete_rule(tenant, id, expected, act).await
    }
}

/// Monitors that can be read and not removed: the store goes away just then.
struct RemovesNothing(Arc<MemoryStore>);

#[async_trait]
impl MonitorStore for RemovesNothing {
    async fn create_monitor(
        &self,
        tenant: &Tenant,
        monitor: &Monitor,
        heartbeat: Option<&HeartbeatRecord>,
        act: &Act,
    ) -> StoreResult<()> {
        self.0.create_monitor(tenant, monitor, heartbeat, act).await
    }

    async fn monitor(&self, tenant: &Tenant, id: MonitorId) -> StoreResult<MonitorRecord> {
        self.0.monitor(tenant, id).await
    }

    async fn monitor_by_ref(&self, tenant: &Tenant, reference: &str) -> StoreResult<MonitorRecord> {
        self.0.monitor_by_ref(tenant, reference).await
    }

    async fn monitors(
        &self,
        tenant: &Tenant,
        filter: &MonitorFilter,
        page: Page,
    ) -> StoreResult<Vec<MonitorRecord>> {
        self.0.monitors(tenant, filter, page).await
    }

    async fn update_monitor(
        &self,
        tenant: &Tenant,
        monitor: &Monitor,
        seen: &[(MonitorId, i64)],
        act: &Act,
    ) -> StoreResult<()> {
        self.0.update_monitor(tenant, monitor, seen, act).await
    }

    async fn delete_monitor(
        &self,
        _: &Tenant,
        _: MonitorId,
        _: Option<&Settlement>,
        _: &Act,
    ) -> StoreResult<()> {
        let kind = StoreErrorKind::Unavailable;
        Err(StoreError::new(kind, "the store is away"))
    }
}

pub(crate) struct House {
    pub(crate) simulation: Simulation,
    pub(crate) store: Arc<MemoryStore>,
    pub(crate) service: Service,
    pub(crate) tenant: Tenant,
    receiver: Arc<Receiver>,
    keeper: Arc<Keeper>,
    checks: Arc<CheckRegistry>,
    channels: Arc<ChannelRegistry>,
    keyring: Arc<Keyring>,
    engine: RefCell<Option<Engine>>,
    pub(crate) rule: RuleId,
    name: u64,
}

impl House {
    /// A house with an account, a receiver, and a rule that tells it everything.
    pub(crate) fn new(seed: u64) -> Self {
        let mut simulation = Simulation::new(seed);
        let clock: Arc<ManualClock> = simulation.clock();
        let environment: Env = clock;
        let store = Arc::new(MemoryStore::new());
        let receiver = Arc::new(Receiver::default());
        let keeper = Arc::new(Keeper::default());
        let checks = Arc::new(
            CheckRegistry::offline()
                .with::<ScriptedSpec>()
                .with::<KeyedSpec>()
                .with::<NamedKeyedSpec>(),
        );
        let channels = Arc::new(
            ChannelRegistry::new()
                .with::<RecordingSpec>(Arc::clone(&receiver))
                .with::<KeepingSpec>(Arc::clone(&keeper))
                .with::<HangingSpec>(Arc::new(())),
        );
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
        let founding = {
            let service = service.clone();
            async move { service.found("ops@example.org").await }
        };
        let founded = simulation.run_until(founding).unwrap().unwrap();
        let tenant = Tenant::of(founded.account);
        let caller = Caller::operator(tenant);
        let setup = {
            let service = service.clone();
            async move {
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
                service.create_rule(&caller, draft).await.unwrap().value.id
            }
        };
        let rule = simulation.run_until(setup).unwrap();
        let engine = RefCell::new(None);
        Self {
            simulation,
            store,
            service,
            tenant,
            receiver,
            keeper,
            checks,
            channels,
            keyring,
            engine,
            rule,
            name: seed * 1_000,
        }
    }

    pub(crate) fn start(&mut self) {
        self.start_with(EngineOptions::default());
    }

    pub(crate) fn start_with(&mut self, options: EngineOptions) {
        self.start_on(Ports::of(&self.store), options);
    }

    /// Starts on a store that takes this long for every page of monitors after the first.
    pub(crate) fn start_slowly(&mut self, page: Duration) {
        let feed = Arc::new(SlowFeed {
            store: Arc::clone(&self.store),
            environment: self.simulation.clock(),
            page,
        });
        let ports = Ports {
            feed,
            ..Ports::of(&self.store)
        };
        self.start_on(ports, EngineOptions::default());
    }

    /// Starts on a store in which the rule is made to remind just after it was read first.
    pub(crate) fn start_with_a_rule_in_between(&mut self, every: Duration) {
        let rules = Arc::new(RemindsMeanwhile {
            store: Arc::clone(&self.store),
            every,
            done: AtomicBool::new(false),
        });
        let ports = Ports {
            rules,
            ..Ports::of(&self.store)
        };
        self.start_on(ports, EngineOptions::default());
    }

    pub(crate) fn start_on(&mut self, ports: Ports, options: EngineOptions) {
        let engine = Engine::start(Parts {
            environment: self.simulation.clock(),
            checks: Arc::clone(&self.checks),
            channels: Arc::clone(&self.channels),
            keyring: Arc::clone(&self.keyring),
            ports,
            options,
        });
        self.service.attach(engine.handle());
        *self.engine.borrow_mut() = Some(engine);
    }

    /// A service over a store that goes away whenever a monitor is to be removed.
    pub(crate) fn service_that_removes_nothing(&self) -> Service {
        let ports = Ports {
            monitors: Arc::new(RemovesNothing(Arc::clone(&self.store))),
            ..Ports::of(&self.store)
        };
        let service = Service::new(Means {
            environment: self.simulation.clock(),
            ports,
            keyring: Arc::clone(&self.keyring),
            checks: Arc::clone(&self.checks),
            channels: Arc::clone(&self.channels),
            region: Region::LOCAL,
        });
        service.attach(self.engine());
        service
    }

    /// Another process over the same store: nothing of the old one's memory is left.
    pub(crate) fn restart(&mut self) {
        let environment: Env = self.simulation.clock();
        self.service = Service::new(Means {
            environment,
            ports: Ports::of(&self.store),
            keyring: Arc::clone(&self.keyring),
            checks: Arc::clone(&self.checks),
            channels: Arc::clone(&self.channels),
            region: Region::LOCAL,
        });
        self.start();
    }

    pub(crate) fn stop(&mut self) {
        let engine = self.engine.borrow_mut().take().unwrap();
        self.simulation
            .run_until(engine.stop(Duration::from_secs(5)))
            .unwrap();
    }

    /// Runs work that needs no time to pass.
    pub(crate) fn wait<T: 'static, E: fmt::Debug + 'static>(
        &mut self,
        work: impl Future<Output = Result<T, E>> + 'static,
    ) -> Result<T, E> {
        self.simulation
            .run_until(work)
            .expect("it waits for nothing")
    }

    pub(crate) fn monitor(&mut self, name: &str, policy: Policy, script: Script) -> MonitorId {
        self.name += 1;
        let target = format!("{name}-{}-{:?}", self.name, std::thread::current().id());
        scripts().lock().unwrap().insert(target.clone(), script);
        self.create(name, "SCRIPTED", target, policy, json!({}))
    }

    /// A monitor with tags, that depends on others.
    pub(crate) fn monitor_with(
        &mut self,
        name: &str,
        policy: Policy,
        script: Script,
        tags: &[&str],
        depends_on: &[MonitorId],
    ) -> MonitorId {
        self.name += 1;
        let target = format!("{name}-{}-{:?}", self.name, std::thread::current().id());
        scripts().lock().unwrap().insert(target.clone(), script);
        let draft = MonitorDraft {
            name: name.into(),
            kind: "SCRIPTED".into(),
            target,
            config: json!({}),
            policy,
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            group: None,
            owner: None,
            depends_on: depends_on.to_vec(),
            external_ref: None,
            paused: false,
        };
        let (service, caller) = (self.service.clone(), Caller::operator(self.tenant));
        let created = self.wait(async move { service.create_monitor(&caller, draft).await });
        created.unwrap().value.monitor.id
    }

    /// A group of one member, with tags, that depends on others.
    pub(crate) fn group_with(
        &mut self,
        name: &str,
        policy: Policy,
        member: MonitorId,
        tags: &[&str],
        depends_on: &[MonitorId],
    ) -> MonitorId {
        let draft = MonitorDraft {
            name: name.into(),
            kind: "GROUP".into(),
            target: String::new(),
            config: json!({ "members": [member] }),
            policy,
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            group: None,
            owner: None,
            depends_on: depends_on.to_vec(),
            external_ref: None,
            paused: false,
        };
        let (service, caller) = (self.service.clone(), Caller::operator(self.tenant));
        let created = self.wait(async move { service.create_monitor(&caller, draft).await });
        created.unwrap().value.monitor.id
    }

    /// The time that is so many seconds after the start of the simulation.
    pub(crate) fn at(&self, second: i64) -> jiff::Timestamp {
        let start = jiff::Timestamp::from_second(1_767_225_600).unwrap();
        start
            .checked_add(jiff::SignedDuration::from_secs(second))
            .unwrap()
    }

    pub(crate) fn heartbeat(&mut self, name: &str, interval: Duration, grace: u32) -> MonitorId {
        let config = json!({ "graceSeconds": grace });
        self.create(
            name,
            "HEARTBEAT",
            String::new(),
            Policy::every(interval),
            config,
        )
    }

    pub(crate) fn create(
        &mut self,
        name: &str,
        kind: &str,
        target: String,
        policy: Policy,
        config: serde_json::Value,
    ) -> MonitorId {
        self.try_create(name, kind, target, policy, config).unwrap()
    }

    pub(crate) fn try_create(
        &mut self,
        name: &str,
        kind: &str,
        target: String,
        policy: Policy,
        config: serde_json::Value,
    ) -> Result<MonitorId, ServiceError> {
        let draft = MonitorDraft {
            name: name.into(),
            kind: kind.into(),
            target,
            config,
            policy,
            tags: vec![],
            group: None,
            owner: None,
            depends_on: vec![],
            external_ref: None,
            paused: false,
        };
        let (service, caller) = (self.service.clone(), Caller::operator(self.tenant));
        let created = self.wait(async move { service.create_monitor(&caller, draft).await });
        created.map(|created| created.value.monitor.id)
    }

    fn change(
        &mut self,
        monitor: MonitorId,
        change: impl FnOnce(&mut MonitorDraft) + 'static,
    ) -> Result<(), ServiceError> {
        let (service, caller) = (self.service.clone(), Caller::operator(self.tenant));
        let work = async move {
            let view = service.monitor(&caller.tenant, monitor).await?;
            let mut draft = MonitorDraft {
                name: view.monitor.name,
                kind: view.monitor.kind.as_str().to_owned(),
                target: view.target.unwrap(),
                config: view.config.unwrap(),
                policy: view.monitor.policy,
                tags: view.monitor.tags,
                group: view.monitor.group,
                owner: view.monitor.owner,
                depends_on: view.monitor.depends_on,
                external_ref: None,
                paused: view.monitor.paused,
            };
            change(&mut draft);
            service.update_monitor(&caller, monitor, draft, None).await
        };
        self.wait(work).map(drop)
    }

    pub(crate) fn rename(&mut self, monitor: MonitorId, name: &str) -> Result<(), ServiceError> {
        let name = name.to_owned();
        self.change(monitor, |draft| draft.name = name)
    }

    pub(crate) fn tag(&mut self, monitor: MonitorId, tags: &[&str]) -> Result<(), ServiceError> {
        let tags = tags.iter().map(|&tag| tag.to_owned()).collect();
        self.change(monitor, |draft| draft.tags = tags)
    }

    pub(crate) fn retarget(&mut self, monitor: MonitorId, to: &str) -> Result<(), ServiceError> {
        let to = to.to_owned();
        self.change(monitor, |draft| draft.target = to)
    }

    pub(crate) fn reconfigure(
        &mut self,
        monitor: MonitorId,
        config: serde_json::Value,
    ) -> Result<(), ServiceError> {
        self.change(monitor, |draft| draft.config = config)
    }

    pub(crate) fn delete(&mut self, monitor: MonitorId) {
        let (service, caller) = (self.service.clone(), Caller::operator(self.tenant));
        self.wait(async move { service.delete_monitor(&caller, monitor, None).await })
            .unwrap();
    }

    /// Says how a manual monitor is.
    pub(crate) fn say(
        &mut self,
        monitor: MonitorId,
        status: Status,
        message: Option<&str>,
    ) -> Result<(), ServiceError> {
        let (service, caller) = (self.service.clone(), Caller::operator(self.tenant));
        let message = message.map(str::to_owned);
        let work = async move {
            let draft = StatusDraft { status, message };
            service.set_status(&caller, monitor, draft).await
        };
        self.wait(work).map(drop)
    }

    /// The engine's handle.
    pub(crate) fn engine(&self) -> EngineHandle {
        self.engine.borrow().as_ref().unwrap().handle()
    }

    /// Tells the engine that it is to stop soon.
    pub(crate) fn begin_stop(&self) {
        self.engine.borrow().as_ref().unwrap().begin_stop();
    }

    pub(crate) fn pause(&mut self, monitor: MonitorId) {
        self.set_paused(monitor, true);
    }

    pub(crate) fn resume(&mut self, monitor: MonitorId) {
        self.set_paused(monitor, false);
    }

    fn set_paused(&mut self, monitor: MonitorId, paused: bool) {
        let (service, caller) = (self.service.clone(), Caller::operator(self.tenant));
        self.wait(async move { service.set_paused(&caller, monitor, paused).await })
            .unwrap();
    }

    /// The rule that tells the receiver is about these monitors only, and another one tells a
    /// receiver that hangs about all of them.
    pub(crate) fn add_hanging_receiver(&mut self, others: Vec<MonitorId>) {
        let (service, caller, id) = (
            self.service.clone(),
            Caller::operator(self.tenant),
            self.rule,
        );
        let setup = async move {
            let draft = ChannelDraft {
                name: "hangs".into(),
                kind: "HANGING".into(),
                config: json!({}),
                enabled: true,
            };
            let (channel, _) = service.create_channel(&caller, draft).await?;
            let rule = service.rule(&caller.tenant, id).await?;
            let draft = |name: String, channels, scope| RuleDraft {
                name,
                channels,
                scope,
                kinds: vec![],
                remind_every: None,
                enabled: true,
            };
            let mine = draft(rule.name, rule.channels, RuleScope::Monitors(others));
            service.update_rule(&caller, id, mine, None).await?;
            let all = draft(
                "hanging".into(),
                vec![channel.value.record.id],
                RuleScope::AllMonitors,
            );
            service.create_rule(&caller, all).await.map(drop)
        };
        self.wait(setup).unwrap();
    }

    /// A channel of this type, and a rule that tells it these things about everything.
    pub(crate) fn add_channel(
        &mut self,
        kind: &str,
        kinds: Vec<monitorah_core::alert::AlertKind>,
    ) -> (monitorah_core::ChannelId, RuleId) {
        let (service, caller) = (self.service.clone(), Caller::operator(self.tenant));
        let kind = kind.to_owned();
        self.wait(async move {
            let draft = ChannelDraft {
                name: kind.clone(),
                kind,
                config: json!({}),
                enabled: true,
            };
            let (channel, _) = service.create_channel(&caller, draft).await?;
            let id = channel.value.record.id;
            let draft = RuleDraft {
                name: "more".into(),
                channels: vec![id],
                scope: RuleScope::AllMonitors,
                kinds,
                remind_every: None,
                enabled: true,
            };
            let rule = service.create_rule(&caller, draft).await?.value.id;
            Ok::<_, ServiceError>((id, rule))
        })
        .unwrap()
    }

    /// The rule is about these things only.
    pub(crate) fn tell_only(&mut self, rule: RuleId, kinds: Vec<monitorah_core::alert::AlertKind>) {
        let (service, caller) = (self.service.clone(), Caller::operator(self.tenant));
        self.wait(async move {
            let stored = service.rule(&caller.tenant, rule).await?;
            let draft = RuleDraft {
                name: stored.name,
                channels: stored.channels,
                scope: stored.scope,
                kinds,
                remind_every: stored.remind_every,
                enabled: true,
            };
            service.update_rule(&caller, rule, draft, None).await
        })
        .unwrap();
    }

    pub(crate) fn delete_rule(&mut self, rule: RuleId) {
        let (service, caller) = (self.service.clone(), Caller::operator(self.tenant));
        self.wait(async move { service.delete_rule(&caller, rule, None).await })
            .unwrap();
    }

    /// What the receiver got that keeps outages open.
    pub(crate) fn kept(&self) -> Vec<Message> {
        self.keeper.0.told.lock().unwrap().clone()
    }

    pub(crate) fn ping(&mut self, monitor: MonitorId) {
        self.ping_as(monitor, PingKind::Success);
    }

    pub(crate) fn ping_as(&mut self, monitor: MonitorId, kind: PingKind) {
        let (service, tenant) = (self.service.clone(), self.tenant);
        let ping = async move {
            let token = service
                .monitor(&tenant, monitor)
                .await?
                .heartbeat_token
                .unwrap();
            let draft = PingDraft {
                kind,
                exit_status: None,
                run_id: None,
                body: b"done".to_vec(),
            };
            service.ping(&token, draft).await
        };
        assert_eq!(self.wait(ping).unwrap(), monitor);
    }

    pub(crate) fn remind_every(&mut self, every: Option<Duration>) {
        let (service, caller, id) = (
            self.service.clone(),
            Caller::operator(self.tenant),
            self.rule,
        );
        let change = async move {
            let rule = service.rule(&caller.tenant, id).await?;
            let draft = RuleDraft {
                name: rule.name,
                channels: rule.channels,
                scope: rule.scope,
                kinds: rule.kinds,
                remind_every: every,
                enabled: true,
            };
            service.update_rule(&caller, id, draft, None).await
        };
        self.wait(change).unwrap();
    }

    pub(crate) fn receiver_down_until(&self, second: u64) {
        *self.receiver.down_until.lock().unwrap() = second;
    }

    pub(crate) fn told(&self) -> Vec<Message> {
        self.receiver.told.lock().unwrap().clone()
    }

    /// When each message arrived.
    pub(crate) fn told_at(&self) -> Vec<jiff::Timestamp> {
        self.receiver.told_at.lock().unwrap().clone()
    }

    pub(crate) fn refused(&self) -> u32 {
        *self.receiver.refused.lock().unwrap()
    }

    pub(crate) fn results(
        &self,
        monitor: MonitorId,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<ResultRow>, StoreError>> + use<> {
        let (store, tenant) = (Arc::clone(&self.store), self.tenant);
        async move {
            store
                .results(&tenant, monitor, &ResultFilter::default(), limit)
                .await
        }
    }

    pub(crate) fn events(
        &self,
        monitor: MonitorId,
    ) -> impl Future<Output = Result<Vec<monitorah_core::incident::Event>, StoreError>> + use<>
    {
        let (store, tenant) = (Arc::clone(&self.store), self.tenant);
        async move {
            let filter = EventFilter {
                monitor: Some(monitor),
                status: None,
            };
            store.events(&tenant, &filter, Page::first(100)).await
        }
    }

    pub(crate) fn evidence(
        &self,
        event: EventId,
    ) -> impl Future<Output = Result<Vec<EvidenceRecord>, StoreError>> + use<> {
        let (store, tenant) = (Arc::clone(&self.store), self.tenant);
        async move { store.evidence(&tenant, event).await }
    }

    pub(crate) fn record(
        &self,
        monitor: MonitorId,
    ) -> impl Future<Output = Result<MonitorRecord, StoreError>> + use<> {
        let (store, tenant) = (Arc::clone(&self.store), self.tenant);
        async move { store.monitor(&tenant, monitor).await }
    }

    pub(crate) fn store_heartbeat(
        &self,
        monitor: MonitorId,
    ) -> impl Future<Output = Result<HeartbeatRecord, StoreError>> + use<> {
        let (store, tenant) = (Arc::clone(&self.store), self.tenant);
        async move { store.heartbeat(&tenant, monitor).await }
    }

    pub(crate) fn acknowledge(
        &self,
        event: EventId,
    ) -> impl Future<Output = Result<(), ServiceError>> + use<> {
        let (service, caller) = (self.service.clone(), Caller::operator(self.tenant));
        async move { service.acknowledge(&caller, event).await.map(drop) }
    }
}
