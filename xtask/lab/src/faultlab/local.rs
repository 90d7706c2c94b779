//! The real engine inside the lab, over the real store, with a clock that steps and name servers of the lab.

use super::ground::{Event, Made, Row, Shown};
use crate::{
    Fault,
    home::Home,
    receiver::{Record, Told},
    target::dns::{self, Zone},
};
use futures::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};
use monitorah_core::{
    Env, MonitorId,
    check::{CheckRegistry, heartbeat::PingKind},
    crypt::RootKey,
    embed::Embedded,
    engine::EngineOptions,
    environment::Environment,
    monitor::{Confirmations, Policy},
    net::{AddressGuard, Net, NetOptions, SystemResolver, Targets},
    port::{EventFilter, Page, Ports, ResultFilter},
    service::{MonitorDraft, PingDraft, ResultQuery},
    storm::StormLimits,
};
use monitorah_store::{PostgresOptions, PostgresStore, SqliteOptions, SqliteStore};
use serde_json::Value;
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tempfile::TempDir;

/// How long the product's resolver waits for one server: as long as a machine's own does.
const RESOLVER_TIMEOUT: Duration = Duration::from_secs(5);

/// The real clock, whose wall time can be stepped as a time server does.
#[derive(Debug)]
pub(crate) struct Stepped {
    real: Env,
    by: Mutex<SignedDuration>,
}

impl Environment for Stepped {
    fn now(&self) -> Timestamp {
        let by = *self.by.lock().unwrap_or_else(PoisonError::into_inner);
        self.real.now().saturating_add(by).unwrap_or(Timestamp::MAX)
    }

    fn monotonic(&self) -> Duration {
        self.real.monotonic()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.real.sleep(duration)
    }

    fn fill_random(&self, buffer: &mut [u8]) {
        self.real.fill_random(buffer);
    }

    fn spawn(&self, task: BoxFuture<'static, ()>) {
        self.real.spawn(task);
    }
}

/// A running engine with what it tells.
#[derive(Debug)]
pub(crate) struct Engine {
    embedded: Embedded,
    pub(crate) clock: Arc<Stepped>,
    pub(crate) zone: Zone,
    pub(crate) told: Record,
    _folder: TempDir,
}

impl Engine {
    pub(crate) async fn start(real: &Env, home: &Home) -> Result<Self, Fault> {
        let clock = Arc::new(Stepped {
            real: Arc::clone(real),
            by: Mutex::default(),
        });
        let environment: Env = Arc::<Stepped>::clone(&clock);
        let zone = Zone::default();
        let servers = [
            dns::start(real, &zone, true).await?,
            dns::start(real, &zone, false).await?,
        ];
        let options = NetOptions {
            guard: AddressGuard {
                targets: Targets::Any,
                allow: Vec::new(),
            },
            resolver: Some(Arc::new(SystemResolver::asking(
                &servers,
                RESOLVER_TIMEOUT,
            )?)),
            name_servers: Some(servers.to_vec()),
            ..NetOptions::default()
        };
        let net = Arc::new(Net::new(Arc::clone(&environment), options)?);
        let folder = tempfile::tempdir()?;
        let ports = match home.database().await? {
            None => {
                let path = folder.path().join("lab.db");
                let options = SqliteOptions::new(Arc::clone(&environment));
                let store = Arc::new(SqliteStore::open(&path, options).await?);
                store.migrate().await?;
                Ports::of(&store)
            }
            Some(login) => {
                let options = PostgresOptions::new(Arc::clone(&environment));
                Ports::of(&Arc::new(PostgresStore::connect(&login, options).await?))
            }
        };
        let mut root = [0; 32];
        environment.fill_random(&mut root);
        let root = RootKey::from_bytes(Arc::clone(&environment), root);
        let told = Record::default();
        let (kept, heard) = (Arc::clone(&told), Arc::clone(real));
        let embedded = Embedded::with(
            environment,
            ports,
            root,
            CheckRegistry::builtin(net),
            EngineOptions {
                // The judge wants each message by itself, as it has the server send them.
                storm: StormLimits::per_minute(0, 0),
                ..EngineOptions::default()
            },
            move |message| {
                let monitor = message.monitor.as_ref();
                let event = message.event.as_ref();
                kept.lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(Told {
                        monitor: monitor.map(|one| one.id.to_string()).unwrap_or_default(),
                        kind: message.kind.as_str().to_owned(),
                        reason: event.map(|one| one.reason.as_str().to_owned()),
                        at: heard.monotonic(),
                    });
            },
        )
        .await?;
        Ok(Self {
            embedded,
            clock,
            zone,
            told,
            _folder: folder,
        })
    }

    /// The time by the engine's own clock.
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Steps the wall clock.
    pub(crate) fn step(&self, by: SignedDuration) {
        let mut stepped = self.clock.by.lock().unwrap_or_else(PoisonError::into_inner);
        *stepped = stepped.saturating_add(by);
    }

    pub(crate) async fn make(&self, draft: &Value) -> Result<Made, Fault> {
        let text = |field: &str| draft[field].as_str().unwrap_or_default().to_owned();
        let seconds = |field: &str| draft[field].as_u64().map(Duration::from_secs);
        let interval = seconds("intervalSeconds").unwrap_or(Duration::from_secs(1));
        let draft = MonitorDraft {
            name: text("name"),
            kind: text("type"),
            target: text("target"),
            config: draft["config"].clone(),
            policy: Policy {
                interval,
                timeout: seconds("timeoutSeconds").unwrap_or(interval),
                confirmations: Confirmations::default(),
            },
            tags: Vec::new(),
            group: None,
            owner: None,
            depends_on: Vec::new(),
            external_ref: None,
            paused: false,
        };
        let service = &self.embedded.service;
        let made = service
            .create_monitor(&self.embedded.caller(), draft)
            .await?;
        Ok(Made {
            id: made.value.monitor.id.to_string(),
            token: made.value.heartbeat_token.unwrap_or_default(),
        })
    }

    pub(crate) async fn shown(&self, monitor: &str) -> Result<Shown, Fault> {
        let id: MonitorId = monitor.parse()?;
        let caller = self.embedded.caller();
        let view = self.embedded.service.monitor(&caller.tenant, id).await?;
        let reason = view.last.map(|last| last.row.reason.as_str().to_owned());
        Ok(Shown {
            state: view.status.as_str().to_owned(),
            reason: reason.unwrap_or_default(),
        })
    }

    pub(crate) async fn rows(&self, monitor: &str) -> Result<Vec<Row>, Fault> {
        let id: MonitorId = monitor.parse()?;
        let caller = self.embedded.caller();
        let query = ResultQuery {
            filter: ResultFilter::default(),
            limit: 100,
        };
        let results = self
            .embedded
            .service
            .results(&caller.tenant, id, &query)
            .await?;
        let rows = results.into_iter().map(|result| Row {
            at: result.row.at,
            took: result.row.total,
            status: format!("{:?}", result.row.status).to_uppercase(),
            reason: result.row.reason.as_str().to_owned(),
        });
        Ok(rows.collect())
    }

    pub(crate) async fn events(&self, monitor: &str) -> Result<Vec<Event>, Fault> {
        let filter = EventFilter {
            monitor: Some(monitor.parse()?),
            status: None,
        };
        let caller = self.embedded.caller();
        let events = self
            .embedded
            .service
            .events(&caller.tenant, &filter, Page::first(100))
            .await?;
        let events = events.into_iter().map(|view| Event {
            reason: view.event.reason.as_str().to_owned(),
            started_at: view.event.started_at,
            resolved_at: view.event.resolved_at,
        });
        Ok(events.collect())
    }

    pub(crate) async fn ping(&self, token: &str, what: &str) -> Result<(), Fault> {
        let kind = match what {
            "" => PingKind::Success,
            "/start" => PingKind::Start,
            _ => PingKind::Fail,
        };
        let ping = PingDraft {
            kind,
            exit_status: None,
            run_id: None,
            body: Vec::new(),
        };
        self.embedded.service.ping(token, ping).await?;
        Ok(())
    }

    pub(crate) async fn forget(&self, monitor: &str) -> Result<(), Fault> {
        let id: MonitorId = monitor.parse()?;
        let caller = self.embedded.caller();
        self.embedded
            .service
            .delete_monitor(&caller, id, None)
            .await?;
        Ok(())
    }

    pub(crate) async fn stop(self) {
        self.embedded.stop().await;
    }
}
