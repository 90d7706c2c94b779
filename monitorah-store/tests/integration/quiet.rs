//! A part of the table of states on SQLite: what was told survives the process, and so does the decision.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test"
)]

use async_trait::async_trait;
use jiff::Timestamp;
use monitorah_core::{
    ConfigError, Env, Environment, MonitorId, Observation, Reason, Region, Tenant,
    alert::{AlertKind, Message, RuleScope},
    channel::{Channel, ChannelEnv, ChannelRegistry, ChannelSpec, DeliveryError, Receipt},
    check::{Check, CheckContext, CheckEnv, CheckRegistry, CheckSpec},
    crypt::{Keyring, RootKey},
    engine::{Engine, EngineOptions, Parts},
    maintenance::Schedule,
    monitor::Policy,
    port::{Ports, ResultStore},
    selection::Selection,
    service::{
        Caller, ChannelDraft, Means, MonitorDraft, RuleDraft, Service, ServiceError, SilenceDraft,
        WindowDraft,
    },
    testkit::ManualClock,
};
use monitorah_store::{SqliteOptions, SqliteStore};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};

/// The clock of the test starts here.
const START: i64 = 1_767_225_600;

/// A target that is down from one second to another: the target says which.
#[derive(Debug, Serialize, Deserialize, schemars::JsonSchema)]
struct OutageSpec {}

#[derive(Debug)]
struct Outage(u64, u64);

impl CheckSpec for OutageSpec {
    const KIND: &'static str = "OUTAGE";
    fn build(self, env: &CheckEnv) -> Result<Box<dyn Check>, ConfigError> {
        let (from, until) = env.target().split_once('-').unwrap();
        Ok(Box::new(Outage(
            from.parse().unwrap(),
            until.parse().unwrap(),
        )))
    }
}

#[async_trait]
impl Check for Outage {
    async fn run(&self, cx: &CheckContext) -> Observation {
        if (self.0..self.1).contains(&cx.environment.monotonic().as_secs()) {
            Observation::down(Reason::ConnectRefused, "nothing listens")
        } else {
            Observation::up()
        }
    }
}

#[derive(Debug, Default)]
struct Receiver(Mutex<Vec<Message>>);

#[derive(Debug, Serialize, Deserialize, schemars::JsonSchema)]
struct RecordingSpec {}

#[derive(Debug)]
struct Recording(Arc<Receiver>);

impl ChannelSpec for RecordingSpec {
    const KIND: &'static str = "RECORDING";
    const SECRETS: &'static [&'static str] = &[];
    type Means = Receiver;
    fn build(self, means: &Arc<Receiver>, _: &ChannelEnv) -> Result<Box<dyn Channel>, ConfigError> {
        Ok(Box::new(Recording(Arc::clone(means))))
    }
}

#[async_trait]
impl Channel for Recording {
    async fn deliver(&self, message: &Message) -> Result<Receipt, DeliveryError> {
        self.0.0.lock().unwrap().push(message.clone());
        Ok(Receipt::default())
    }
}

/// One process over a file: everything in it is made anew by the next one.
struct Process {
    clock: Arc<ManualClock>,
    service: Service,
    engine: Engine,
    store: Arc<SqliteStore>,
}

impl Process {
    async fn start(path: &Path, clock: &Arc<ManualClock>, receiver: &Arc<Receiver>) -> Self {
        let environment: Env = Arc::<ManualClock>::clone(clock);
        let options = SqliteOptions::new(Arc::clone(&environment));
        let store = Arc::new(SqliteStore::open(path, options).await.unwrap());
        store.migrate().await.unwrap();
        store.release_leases().await.unwrap();
        let checks = Arc::new(CheckRegistry::offline().with::<OutageSpec>());
        let channels = Arc::new(ChannelRegistry::new().with::<RecordingSpec>(Arc::clone(receiver)));
        let root = Arc::new(RootKey::from_bytes(Arc::clone(&environment), [7; 32]));
        let ports = Ports::of(&store);
        let keyring = Keyring::new(Arc::clone(&environment), root, Arc::clone(&ports.keys));
        let keyring = Arc::new(keyring);
        let service = Service::new(Means {
            environment: Arc::clone(&environment),
            ports: ports.clone(),
            keyring: Arc::clone(&keyring),
            checks: Arc::clone(&checks),
            channels: Arc::clone(&channels),
            region: Region::LOCAL,
        });
        let engine = Engine::start(Parts {
            environment,
            checks,
            channels,
            keyring,
            ports,
            options: EngineOptions::default(),
        });
        service.attach(engine.handle());
        Self {
            clock: Arc::clone(clock),
            service,
            engine,
            store,
        }
    }

    /// Lives until this second: the clock moves from sleeper to sleeper, and the database, which is
    /// on no simulated time, has a moment in between, and as long as its one writer takes to come to
    /// the end of its line: on a slow machine simulated time would run on without it.
    #[expect(clippy::disallowed_methods, reason = "the database works on real time")]
    async fn live(&self, second: u64) {
        let end = Duration::from_secs(second);
        loop {
            tokio::time::sleep(Duration::from_millis(8)).await;
            // There is nothing so old to remove: it only waits its turns.
            self.store.prune(Timestamp::UNIX_EPOCH).await.unwrap();
            let now = self.clock.monotonic();
            let next = self.clock.next_wake().unwrap_or(end).min(end);
            if now >= end {
                return;
            }
            self.clock
                .advance(next.saturating_sub(now).max(Duration::from_millis(1)));
        }
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the engine stops on its own clock"
    )]
    async fn stop(self) {
        let clock = Arc::clone(&self.clock);
        let ticking = tokio::spawn(async move {
            loop {
                tokio::time::sleep(Duration::from_millis(5)).await;
                clock.advance(Duration::from_millis(100));
            }
        });
        self.engine.stop(Duration::from_secs(5)).await;
        ticking.abort();
        self.store.close().await;
    }
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(START + second).unwrap()
}

fn tagged(tag: &str) -> Selection {
    Selection::Named {
        monitors: vec![],
        tags: vec![tag.to_owned()],
        groups: vec![],
    }
}

/// What is made, and what must be heard of it.
type Row = (&'static str, &'static str, &'static [AlertKind]);

use AlertKind::{Down, Up};

/// Name and tags or parent, outage, what is heard. Everything is quiet from 100 to 200.
const ROWS: [Row; 10] = [
    ("free", "120-180", &[Down, Up]),
    ("window", "120-180", &[]),
    ("window", "120-400", &[Down, Up]),
    ("window", "40-150", &[Down, Up]),
    ("window", "40-400", &[Down, Up]),
    ("silence", "120-180", &[]),
    ("silence", "120-400", &[Down, Up]),
    ("child", "105-180", &[]),
    ("child", "105-400", &[Down, Up]),
    ("child", "260-400", &[Down, Up]),
];

async fn run(restart: bool) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("monitorah.db");
    let clock = ManualClock::new(5);
    let receiver = Arc::new(Receiver::default());
    let mut process = Process::start(&path, &clock, &receiver).await;
    let founded = process.service.found("ops@example.org").await.unwrap();
    let caller = Caller::operator(Tenant::of(founded.account));
    let service = process.service.clone();
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
    let window = WindowDraft {
        name: "window".into(),
        covers: tagged("window"),
        schedule: Schedule::Once {
            starts_at: at(100),
            ends_at: at(200),
        },
    };
    service.create_window(&caller, window).await.unwrap();
    let silence = SilenceDraft {
        reason: "the table says so".into(),
        covers: tagged("silence"),
        starts_at: Some(at(100)),
        ends_at: at(200),
    };
    service.create_silence(&caller, silence).await.unwrap();
    let create = async |name: &str, outage: &str, depends_on: Vec<MonitorId>| {
        let draft = MonitorDraft {
            name: name.into(),
            kind: "OUTAGE".into(),
            target: outage.into(),
            config: json!({}),
            policy: Policy::every(Duration::from_secs(10)),
            tags: vec![name.to_owned()],
            group: None,
            owner: None,
            depends_on,
            external_ref: None,
            paused: false,
        };
        let made = service.create_monitor(&caller, draft).await.unwrap();
        made.value.monitor.id
    };
    let parent = create("parent", "100-200", vec![]).await;
    let mut ids = Vec::new();
    for (name, outage, _) in ROWS {
        let parents = if name == "child" {
            vec![parent]
        } else {
            vec![]
        };
        ids.push(create(name, outage, parents).await);
    }
    for second in [150, 202] {
        process.live(second).await;
        if restart {
            process.stop().await;
            process = Process::start(&path, &clock, &receiver).await;
        }
    }
    process.live(460).await;
    process.stop().await;

    let mut heard: BTreeMap<MonitorId, Vec<AlertKind>> = BTreeMap::new();
    for message in receiver.0.lock().unwrap().iter() {
        let id = message.monitor.as_ref().unwrap().id;
        let began = message.event.as_ref().unwrap().started_at;
        let number = ids.iter().position(|other| *other == id);
        let from: i64 = number.map_or(100, |number| {
            ROWS[number].1.split_once('-').unwrap().0.parse().unwrap()
        });
        let late = began.as_second() - START - from;
        assert!((0..=15).contains(&late), "{message:?} began {late} s late");
        heard.entry(id).or_default().push(message.kind);
    }
    assert_eq!(heard.remove(&parent).unwrap(), [Down, Up]);
    for (row, id) in ROWS.iter().zip(&ids) {
        let heard = heard.remove(id).unwrap_or_default();
        assert_eq!(heard, row.2, "{row:?} with restarts: {restart}");
    }
    println!("{} rows on SQLite, with restarts: {restart}", ROWS.len());
}

/// Two changes that are right alone and wrong together: one of them is refused, whoever is first.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_groups_that_are_changed_at_once_never_hold_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let clock = ManualClock::new(6);
    let receiver = Arc::new(Receiver::default());
    let path = folder.path().join("monitorah.db");
    let process = Process::start(&path, &clock, &receiver).await;
    let founded = process.service.found("ops@example.org").await.unwrap();
    let caller = Caller::operator(Tenant::of(founded.account));
    let service = &process.service;
    let draft = |name: &str, kind: &str, target: &str, config| MonitorDraft {
        name: name.into(),
        kind: kind.into(),
        target: target.into(),
        config,
        policy: Policy::every(Duration::from_secs(3_600)),
        tags: vec![],
        group: None,
        owner: None,
        depends_on: vec![],
        external_ref: None,
        paused: true,
    };
    let create = async |draft| {
        let made = service.create_monitor(&caller, draft).await.unwrap();
        made.value.monitor.id
    };
    let plain = create(draft("plain", "OUTAGE", "0-1", json!({}))).await;
    let group = |members: &[MonitorId]| draft("group", "GROUP", "", json!({ "members": members }));
    for round in 0..20 {
        let (first, second) = (create(group(&[plain])).await, create(group(&[plain])).await);
        let (one, other) = tokio::join!(
            service.update_monitor(&caller, first, group(&[second]), None),
            service.update_monitor(&caller, second, group(&[first]), None),
        );
        let refused = [one.map(drop), other.map(drop)];
        let invalid = refused.iter().filter(|outcome| {
            matches!(outcome, Err(ServiceError::Invalid(fields))
                if fields[0].pointer == "/config/members/0")
        });
        assert_eq!(invalid.count(), 1, "round {round}: {refused:?}");
        assert_eq!(refused.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    }
    process.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_rows_hold_on_sqlite() {
    run(false).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_rows_hold_on_sqlite_over_restarts() {
    run(true).await;
}
