//! P17: from the answer that confirms an outage to the row that tells it, and to who is told.

use crate::{
    Fault,
    figure::{Figure, median, quantile},
    ground::{self, Ground, Herd, draft},
    names::Loopback,
    run::Run,
    seen::Seen,
};
use async_trait::async_trait;
use futures::FutureExt;
use jiff::Timestamp;
use monitorah_core::{
    AccountId, Act, Env, EventId, MonitorId, StoreResult, Tenant,
    alert::RuleScope,
    incident::Event,
    net::CacheLimits,
    port::{EventFilter, EvidenceRecord, IncidentStore, OpenEvents, Page, Settlement},
    service::{Caller, ChannelDraft, RuleDraft},
};
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// Outages of a round.
const OUTAGES: usize = 8;
/// Monitors that are well meanwhile.
const OTHERS: usize = 300;
const SECOND: Duration = Duration::from_secs(1);
/// How long an outage may take to be told.
const PATIENCE: Duration = Duration::from_secs(20);
const MAX_MESSAGE: usize = 256 * 1024;

/// When what happened to a monitor: monotonic.
#[derive(Debug, Default, Clone, Copy)]
struct Times {
    fails: bool,
    /// The last failing answer was written.
    answered: Option<Duration>,
    /// The last failing answer before the outbox row, and when that row was durable.
    stored: Option<(Duration, Duration)>,
    /// The whole message was read.
    heard: Option<Duration>,
}

/// What target, store and receiver note.
#[derive(Debug)]
struct Notes {
    environment: Env,
    times: Mutex<HashMap<String, Times>>,
    ids: Mutex<HashMap<MonitorId, String>>,
}

impl Notes {
    fn with<T>(&self, name: &str, change: impl FnOnce(&mut Times, Duration) -> T) -> T {
        let now = self.environment.monotonic();
        let mut times = self.times.lock().unwrap_or_else(PoisonError::into_inner);
        let done = change(times.entry(name.to_owned()).or_default(), now);
        drop(times);
        done
    }
}

/// Notes when rows of the outbox are durable.
struct Noting {
    store: Arc<dyn IncidentStore>,
    notes: Arc<Notes>,
}

#[async_trait]
impl IncidentStore for Noting {
    async fn settle(&self, tenant: &Tenant, settlement: &Settlement) -> StoreResult<()> {
        self.store.settle(tenant, settlement).await?;
        let name = {
            let ids = self
                .notes
                .ids
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            ids.get(&settlement.monitor).cloned()
        };
        if let Some(name) = name.filter(|_| !settlement.outbox.is_empty()) {
            self.notes.with(&name, |times, now| {
                times.stored = times.answered.map(|answered| (answered, now));
            });
        }
        Ok(())
    }

    async fn event(&self, tenant: &Tenant, id: EventId) -> StoreResult<Event> {
        self.store.event(tenant, id).await
    }

    async fn events(
        &self,
        tenant: &Tenant,
        filter: &EventFilter,
        page: Page,
    ) -> StoreResult<Vec<Event>> {
        self.store.events(tenant, filter, page).await
    }

    async fn evidence(&self, tenant: &Tenant, id: EventId) -> StoreResult<Vec<EvidenceRecord>> {
        self.store.evidence(tenant, id).await
    }

    async fn acknowledge(&self, tenant: &Tenant, id: EventId, act: &Act) -> StoreResult<()> {
        self.store.acknowledge(tenant, id, act).await
    }

    async fn waiting(
        &self,
        after: Option<(AccountId, EventId)>,
        limit: u32,
    ) -> StoreResult<OpenEvents<(AccountId, EventId)>> {
        self.store.waiting(after, limit).await
    }

    async fn due_reminders(
        &self,
        now: Timestamp,
        after: Option<(Timestamp, EventId)>,
        limit: u32,
    ) -> StoreResult<OpenEvents<(Timestamp, EventId)>> {
        self.store.due_reminders(now, after, limit).await
    }
}

/// One request: its path, and its body.
async fn request(stream: &mut TcpStream) -> std::io::Result<(String, Vec<u8>)> {
    let mut bytes = Vec::new();
    loop {
        if stream.read_buf(&mut bytes).await? == 0 || bytes.len() > MAX_MESSAGE {
            return Err(std::io::ErrorKind::InvalidData.into());
        }
        let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
            continue;
        };
        let head = String::from_utf8_lossy(bytes.get(..end).unwrap_or_default()).into_owned();
        let length = head
            .lines()
            .filter_map(|line| line.split_once(':'))
            .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
            .and_then(|(_, value)| value.trim().parse::<usize>().ok())
            .unwrap_or(0);
        if let Some(body) = bytes.get(end + 4..end + 4 + length) {
            let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
            return Ok((path, body.to_vec()));
        }
    }
}

/// Listens for the requests of checks and the messages of the channel.
async fn listen(notes: &Arc<Notes>) -> Result<u16, Fault> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let port = listener.local_addr()?.port();
    let environment = Arc::clone(&notes.environment);
    let (notes, own) = (Arc::clone(notes), Arc::clone(&environment));
    let accept = async move {
        while let Ok((stream, _)) = listener.accept().await {
            let notes = Arc::clone(&notes);
            let work = async move {
                // A client that breaks off notices itself.
                let _broken = answer(stream, &notes).await;
            };
            own.spawn(work.boxed());
        }
    };
    environment.spawn(accept.boxed());
    Ok(port)
}

async fn answer(mut stream: TcpStream, notes: &Notes) -> std::io::Result<()> {
    let (path, body) = request(&mut stream).await?;
    if path == "/hook" {
        let message: Value = serde_json::from_slice(&body)?;
        let name = message.pointer("/monitor/name").and_then(Value::as_str);
        let is_down = message
            .get("type")
            .is_some_and(|kind| kind == "monitor.down");
        if let Some(name) = name.filter(|_| is_down) {
            notes.with(name, |times, now| times.heard = Some(now));
        }
        let done = b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n";
        stream.write_all(done).await?;
        return stream.shutdown().await;
    }
    let name = path.trim_start_matches('/');
    let fails = notes.with(name, |times, _| times.fails);
    let status = if fails { "500 No" } else { "200 OK" };
    let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok");
    stream.write_all(answer.as_bytes()).await?;
    if fails {
        notes.with(name, |times, now| times.answered = Some(now));
    }
    stream.shutdown().await
}

pub(crate) async fn alert(run: &Run) -> Result<Vec<Figure>, Fault> {
    let count = run.rounds("P17a");
    let notes = Arc::new(Notes {
        environment: Arc::clone(&run.environment),
        times: Mutex::default(),
        ids: Mutex::default(),
    });
    let port = listen(&notes).await?;
    let folder = tempfile::tempdir()?;
    let net = ground::net(
        &run.environment,
        None,
        Loopback::default(),
        CacheLimits::default(),
    )?;
    let ground = Ground::sqlite(&run.environment, &net, &folder.path().join("data")).await?;
    let caller = Caller::operator(ground.tenant);
    let hook = format!("http://127.0.0.1:{port}/hook");
    let channel = ChannelDraft {
        name: "bench".to_owned(),
        kind: "WEBHOOK".to_owned(),
        config: json!({"url": hook}),
        enabled: true,
    };
    let (channel, _) = ground.service.create_channel(&caller, channel).await?;
    let rule = RuleDraft {
        name: "all".to_owned(),
        channels: vec![channel.value.record.id],
        scope: RuleScope::AllMonitors,
        kinds: Vec::new(),
        remind_every: None,
        enabled: true,
    };
    ground.service.create_rule(&caller, rule).await?;
    ground.people(&Herd::http(&run.targets, OTHERS, 1)).await?;
    for number in 0..count * OUTAGES {
        let name = format!("outage-{number}");
        let target = format!("http://127.0.0.1:{port}/{name}");
        let draft = draft(
            name.clone(),
            target,
            json!({"method": "GET"}),
            SECOND,
            SECOND,
        );
        let made = ground.service.create_monitor(&caller, draft).await?;
        let mut ids = notes.ids.lock().unwrap_or_else(PoisonError::into_inner);
        ids.insert(made.value.monitor.id, name);
    }
    let mut ports = ground.ports.clone();
    ports.incidents = Arc::new(Noting {
        store: Arc::clone(&ground.ports.incidents),
        notes: Arc::clone(&notes),
    });
    let seen = Seen::new(Some(Arc::clone(&ground.ports.results)), SECOND, false);
    ports.results = seen;
    let engine = ground.start_telling_each(ports);
    run.environment.sleep(3 * SECOND).await;
    run.pulse.take();
    let (mut stored, mut heard, mut control) = (Vec::new(), Vec::new(), Vec::new());
    let mut fault = None;
    for round in 0..count {
        match outages(run, &notes, round).await {
            Ok((rows, sockets)) => {
                stored.push(quantile(&rows, 0.95).unwrap_or(f64::NAN));
                heard.push(quantile(&sockets, 0.95).unwrap_or(f64::NAN));
                control.push(run.pulse.take());
            }
            Err(error) => {
                fault = Some(error);
                break;
            }
        }
    }
    engine.stop(2 * SECOND).await;
    ground.close().await;
    if let Some(fault) = fault {
        return Err(fault);
    }
    let note = format!(
        "to the row {:.1} ms, to the socket {:.1} ms, beside {OTHERS} checks a second; SQLite",
        median(&stored).unwrap_or(f64::NAN),
        median(&heard).unwrap_or(f64::NAN)
    );
    Ok(vec![
        Figure {
            row: "P17a",
            rounds: stored,
            control: control.clone(),
            note: note.clone(),
        },
        Figure {
            row: "P17b",
            rounds: heard,
            control,
            note,
        },
    ])
}

/// Some monitors go down one after the other: how long each took to its row, and to the receiver.
async fn outages(run: &Run, notes: &Notes, round: usize) -> Result<(Vec<f64>, Vec<f64>), Fault> {
    let names: Vec<String> = (round * OUTAGES..(round + 1) * OUTAGES)
        .map(|number| format!("outage-{number}"))
        .collect();
    for name in &names {
        notes.with(name, |times, _| times.fails = true);
        run.environment.sleep(Duration::from_millis(120)).await;
    }
    let begun = run.environment.monotonic();
    let (mut stored, mut heard) = (Vec::new(), Vec::new());
    for name in &names {
        loop {
            let times = notes.with(name, |times, _| *times);
            if let (Some((answered, row)), Some(socket)) = (times.stored, times.heard) {
                let since = |then: Duration| then.saturating_sub(answered).as_secs_f64() * 1e3;
                stored.push(since(row));
                heard.push(since(socket));
                break;
            }
            if run.environment.monotonic().saturating_sub(begun) > PATIENCE {
                return Err(format!("{name} was not told in {} s", PATIENCE.as_secs()).into());
            }
            run.environment.sleep(Duration::from_millis(20)).await;
        }
    }
    Ok((stored, heard))
}
