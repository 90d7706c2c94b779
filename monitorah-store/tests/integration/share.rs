//! Servers that share a database divide the monitors: each is looked at by one of them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use crate::store::postgres;
use async_trait::async_trait;
use monitorah_cluster::Cluster;
use monitorah_core::{
    ConfigError, Env, Environment, Observation, Region, StoreErrorKind, Tenant,
    channel::ChannelRegistry,
    check::{Check, CheckContext, CheckEnv, CheckRegistry, CheckSpec},
    crypt::{Keyring, RootKey},
    engine::{Engine, EngineOptions, Parts},
    environment::SystemEnvironment,
    monitor::Policy,
    port::{
        AccountStore, BUCKETS, IncidentStore, MonitorFeed, MonitorStore, Ports, ReplicaId,
        Settlement, Share, ShareRequest,
    },
    service::{Caller, Means, MonitorDraft, Service},
    testkit::conformance::sample,
};
use monitorah_store::{PostgresOptions, PostgresStore, PostgresTarget};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

/// How often each of the two servers looked at which target.
static SEEN: [Mutex<BTreeMap<String, u32>>; 2] = [const { Mutex::new(BTreeMap::new()) }; 2];

#[derive(Debug, Serialize, Deserialize, schemars::JsonSchema)]
struct SeenSpec<const SERVER: usize> {}

#[derive(Debug)]
struct Seeing(usize, String);

impl<const SERVER: usize> CheckSpec for SeenSpec<SERVER> {
    const KIND: &'static str = "SEEN";
    fn build(self, env: &CheckEnv) -> Result<Box<dyn Check>, ConfigError> {
        Ok(Box::new(Seeing(SERVER, env.target().to_owned())))
    }
}

#[async_trait]
impl Check for Seeing {
    async fn run(&self, _: &CheckContext) -> Observation {
        *SEEN[self.0]
            .lock()
            .unwrap()
            .entry(self.1.clone())
            .or_default() += 1;
        Observation::up()
    }
}

fn looks(server: usize) -> BTreeMap<String, u32> {
    SEEN[server].lock().unwrap().clone()
}

fn forget() {
    SEEN.iter().for_each(|seen| seen.lock().unwrap().clear());
}

#[expect(
    clippy::disallowed_methods,
    reason = "two servers and a database work on real time"
)]
async fn pause(millis: u64) {
    tokio::time::sleep(Duration::from_millis(millis)).await;
}

/// Waits for what must come within this time.
async fn until(what: &str, within: Duration, mut is: impl FnMut() -> bool) -> Duration {
    let environment = SystemEnvironment::new();
    let began = environment.monotonic();
    while !is() {
        let passed = environment.monotonic() - began;
        assert!(passed < within, "{what}: not within {within:?}");
        pause(20).await;
    }
    environment.monotonic() - began
}

const LEASE: Duration = Duration::from_secs(2);
const MONITORS: usize = 40;

fn start<const SERVER: usize>(store: &Arc<PostgresStore>) -> (Service, Engine) {
    let environment: Env = Arc::new(SystemEnvironment::new());
    let checks = Arc::new(CheckRegistry::offline().with::<SeenSpec<SERVER>>());
    let channels = Arc::new(ChannelRegistry::new());
    let root = Arc::new(RootKey::from_bytes(Arc::clone(&environment), [7; 32]));
    let ports = Ports::of(store);
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
        options: EngineOptions {
            share_lease: LEASE,
            ..EngineOptions::default()
        },
    });
    service.attach(engine.handle());
    (service, engine)
}

#[test]
fn each_monitor_is_looked_at_by_one_server_and_a_lost_one_is_taken_over() {
    let runtime = || {
        tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap()
    };
    // A server is a runtime of its own: it ends as a killed process does, without a word.
    let (main, doomed) = (runtime(), runtime());
    main.block_on(async {
        let cluster = Cluster::start().await.unwrap();
        let (store, database) = postgres(&cluster, 3).await;
        let store = Arc::new(store);
        let (service, engine) = start::<0>(&store);
        let founded = service.found("ops@example.org").await.unwrap();
        let caller = Caller::operator(Tenant::of(founded.account));
        let mut monitors = Vec::new();
        for n in 0..MONITORS {
            let draft = MonitorDraft {
                name: format!("m{n}"),
                kind: "SEEN".into(),
                target: format!("t{n}"),
                config: json!({}),
                policy: Policy::every(Duration::from_secs(1)),
                tags: vec![],
                group: None,
                owner: None,
                depends_on: vec![],
                external_ref: None,
                paused: false,
            };
            let made = service.create_monitor(&caller, draft).await.unwrap();
            monitors.push(made.value.monitor.id);
        }
        let all = Duration::from_secs(10);
        until("alone it looks at all", all, || looks(0).len() == MONITORS).await;

        let login = PostgresTarget::of(cluster.login(&database));
        let (other, other_engine) = doomed
            .spawn(async move {
                let options = PostgresOptions {
                    connections: 3,
                    ..PostgresOptions::new(Arc::new(SystemEnvironment::new()))
                };
                let store = PostgresStore::connect(&login, options).await.unwrap();
                start::<1>(&Arc::new(store))
            })
            .await
            .unwrap();
        until("the other takes its part", all, || {
            looks(1).len() >= MONITORS / 4
        })
        .await;
        // One more round of both, so that what was handed over is where it stays.
        pause(1_500).await;
        forget();
        until("both together look at all", all, || {
            let (mine, theirs) = (looks(0), looks(1));
            mine.len() + theirs.len() >= MONITORS
                && mine.values().chain(theirs.values()).all(|n| *n >= 2)
        })
        .await;
        let (mine, theirs) = (looks(0), looks(1));
        assert_eq!(mine.len() + theirs.len(), MONITORS, "{mine:?} {theirs:?}");
        assert!(
            mine.keys().all(|target| !theirs.contains_key(target)),
            "{mine:?} {theirs:?}"
        );
        assert!(mine.len() >= MONITORS / 4 && theirs.len() >= MONITORS / 4);

        // Asked for a look, each server looks, whosever the monitor is; and does not keep it.
        let theirs_one = theirs.keys().next().unwrap();
        let id = monitors[theirs_one[1..].parse::<usize>().unwrap()];
        service.check_now(&caller.tenant, id).await.unwrap();
        assert_eq!(looks(0)[theirs_one], 1);
        pause(1_500).await;
        assert_eq!(looks(0)[theirs_one], 1, "it was looked at once");

        drop((other, other_engine));
        doomed.shutdown_background();
        forget();
        let took = until("the lost part moves", all, || looks(0).len() == MONITORS).await;
        // With the lease of ten seconds that a server has: ten, a quarter, and the interval.
        assert!(
            took < LEASE + LEASE / 4 + Duration::from_secs(3),
            "{took:?}"
        );
        println!("taken over after {took:?} with a lease of {LEASE:?}");
        engine.stop(Duration::from_secs(5)).await;
        // Who leaves gives it back at once.
        let request = ShareRequest {
            replica: ReplicaId([9; 16]),
            lease: LEASE,
        };
        let share = store.share(&request).await.unwrap();
        assert_eq!(share.buckets().len(), usize::from(BUCKETS));
        store.close().await;
    });
}

/// A server that was stopped for longer than its lease settles nothing any more.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_lost_a_monitor_settles_nothing() {
    let cluster = Cluster::start().await.unwrap();
    let (store, _) = postgres(&cluster, 3).await;
    store
        .found(&sample::founding(), &sample::act(0))
        .await
        .unwrap();
    let (home, monitor) = (sample::home(), sample::monitor(1));
    store
        .create_monitor(&home, &monitor, None, &sample::act(1))
        .await
        .unwrap();
    let ask = |n: u8, millis: u64| ShareRequest {
        replica: ReplicaId([n; 16]),
        lease: Duration::from_millis(millis),
    };
    let first = store.share(&ask(1, 300)).await.unwrap();
    assert_eq!(first.buckets().len(), usize::from(BUCKETS));
    // While the lease holds there is nothing for another one; then there is everything.
    let second = store.share(&ask(2, 60_000)).await.unwrap();
    assert_eq!(second.buckets().len(), 0);
    let mut second = Share::none();
    for _ in 0..200 {
        if second.buckets().len() == usize::from(BUCKETS) {
            break;
        }
        pause(20).await;
        second = store.share(&ask(2, 60_000)).await.unwrap();
    }
    assert_eq!(second.buckets().len(), usize::from(BUCKETS));

    let settlement = |share: &Share, expected: i64| Settlement {
        fence: Some(share.fence(monitor.id).unwrap()),
        ..sample::settlement(&monitor, expected)
    };
    let refused = store
        .settle(&home, &settlement(&first, 0))
        .await
        .unwrap_err();
    assert_eq!(refused.kind(), StoreErrorKind::Fenced);
    let stored = store.monitor(&home, monitor.id).await.unwrap();
    assert_eq!(stored.state_version, 0, "nothing of it was written");
    store.settle(&home, &settlement(&second, 0)).await.unwrap();
    // The one that went on again has its part after a round of both, under higher tokens.
    let none = store.share(&ask(1, 60_000)).await.unwrap();
    assert_eq!(none.buckets().len(), 0);
    let second = store.share(&ask(2, 60_000)).await.unwrap();
    let again = store.share(&ask(1, 60_000)).await.unwrap();
    assert_eq!((second.buckets().len(), again.buckets().len()), (32, 32));
    assert!(second.buckets().is_disjoint(&again.buckets()));
    let refused = store
        .settle(&home, &settlement(&first, 1))
        .await
        .unwrap_err();
    assert_eq!(refused.kind(), StoreErrorKind::Fenced);
    let owner = if again.has(monitor.id) {
        &again
    } else {
        &second
    };
    let mark = store.mark().await.unwrap();
    store.settle(&home, &settlement(owner, 1)).await.unwrap();
    // The others are told of it: they may look at a group that this monitor is in.
    assert_eq!(store.changes(mark, 10).await.unwrap().changes.len(), 1);
    store.close().await;
}
