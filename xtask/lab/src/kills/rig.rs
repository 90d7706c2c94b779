//! The run as its parts share it: the server's address of the moment, the ledger, and requests that outlive kills.

use super::{
    ledger::{Ledger, Told},
    target::Targets,
};
use crate::{Fault, product, receiver};
use monitorah_core::{Env, environment::timeout};
use reqwest::Method;
use serde_json::{Value, json};
use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

/// How long one request may take before it counts as not answered.
const ANSWER: Duration = Duration::from_secs(5);
/// The pause before a request is tried again.
const AGAIN: Duration = Duration::from_millis(50);
/// How long something that must come is waited for, kills included.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);
/// The same where a mistake was planted, and something will not come.
pub(crate) const SHORT_PATIENCE: Duration = Duration::from_secs(6);

/// What the parts of a run share.
#[derive(Debug)]
pub(crate) struct Rig {
    pub(crate) environment: Env,
    pub(crate) targets: Targets,
    pub(crate) key: String,
    /// How long something that must come is waited for.
    pub(crate) patience: Duration,
    http: reqwest::Client,
    /// Where the server listens, while there is one.
    url: Mutex<Option<String>>,
    /// Which life of the server this is, from 1.
    life: Arc<AtomicU64>,
    stopping: AtomicBool,
    /// Since when nothing stands in the server's way: monotonic; none while something does.
    free: Mutex<Option<Duration>>,
    ledger: Arc<Mutex<Ledger>>,
}

fn locked<T>(one: &Mutex<T>) -> MutexGuard<'_, T> {
    one.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Rig {
    /// A run with a server that is yet to be started, and the address of its receiver.
    pub(crate) async fn new(
        environment: &Env,
        key: String,
        patience: Duration,
    ) -> Result<(Self, String), Fault> {
        let ledger = Arc::<Mutex<Ledger>>::default();
        let life = Arc::new(AtomicU64::new(0));
        let (kept, when) = (Arc::clone(&ledger), Arc::clone(&life));
        let hook = receiver::start_with(
            environment,
            Arc::new(move |message| {
                let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
                locked(&kept).told.push(Told {
                    id: text(&message["id"]),
                    kind: text(&message["type"]),
                    event: text(&message["event"]["id"]),
                    life: when.load(Ordering::SeqCst),
                });
                204
            }),
        )
        .await?;
        let rig = Self {
            environment: Arc::clone(environment),
            targets: Targets::start(environment, &life).await?,
            key,
            patience,
            http: product::http()?,
            url: Mutex::new(None),
            life,
            stopping: AtomicBool::new(false),
            free: Mutex::new(Some(Duration::ZERO)),
            ledger,
        };
        Ok((rig, hook))
    }

    /// A new life of the server begins: it may tell something before it listens, and whatever the
    /// one before it sent has arrived, because it is gone.
    pub(crate) fn begins(&self) {
        self.life.fetch_add(1, Ordering::SeqCst);
    }

    /// The server listens here.
    pub(crate) fn born(&self, url: &str) {
        *locked(&self.url) = Some(url.to_owned());
    }

    /// It is over.
    pub(crate) fn killed(&self) {
        *locked(&self.url) = None;
        self.ledger().kills += 1;
    }

    /// It went on through something as bad as a kill.
    pub(crate) fn disturbed(&self, url: &str) {
        self.killed();
        self.begins();
        self.born(url);
    }

    /// Has everything told to the receiver at this address.
    pub(crate) async fn tell(&self, hook: &str) -> Result<(), Fault> {
        let channel = json!({"name": "lab", "type": "WEBHOOK", "config": {"url": hook}});
        let channel = self
            .post("/api/v1/notification-channels", &channel, "channel")
            .await?;
        let rule = json!({"name": "all", "channelIds": [channel["id"]], "allMonitors": true});
        self.post("/api/v1/notification-rules", &rule, "rule")
            .await?;
        Ok(())
    }

    pub(crate) fn life(&self) -> u64 {
        self.life.load(Ordering::SeqCst)
    }

    pub(crate) fn ledger(&self) -> MutexGuard<'_, Ledger> {
        locked(&self.ledger)
    }

    /// Something stands in the server's way from now on, or does not any more.
    pub(crate) fn trouble(&self, stands: bool) {
        *locked(&self.free) = (!stands).then(|| self.environment.monotonic());
    }

    /// Since when nothing stands in the server's way: now, while something does. A question that
    /// was asked in between has its answer only then.
    pub(crate) fn free_since(&self) -> Duration {
        locked(&self.free).unwrap_or_else(|| self.environment.monotonic())
    }

    /// Nothing new is to be begun.
    pub(crate) fn stop(&self) {
        self.stopping.store(true, Ordering::SeqCst);
    }

    pub(crate) fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::SeqCst)
    }

    pub(crate) async fn pause(&self, time: Duration) {
        self.environment.sleep(time).await;
    }

    /// One request: status and body, or nothing when there was no answer.
    pub(crate) async fn ask(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
        idempotency: Option<&str>,
    ) -> Option<(u16, Value)> {
        let url = locked(&self.url).clone()?;
        let mut request = self
            .http
            .request(method, format!("{url}{path}"))
            .bearer_auth(&self.key);
        if let Some(body) = body {
            request = request.json(body);
        }
        if let Some(idempotency) = idempotency {
            request = request.header("idempotency-key", idempotency);
        }
        let exchange = async {
            let response = request.send().await.ok()?;
            let status = response.status().as_u16();
            let text = response.text().await.ok()?;
            let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
            Some((status, body))
        };
        timeout(&*self.environment, ANSWER, exchange).await.ok()?
    }

    /// Asks until there is an answer that is not a fault of the server's.
    pub(crate) async fn answer(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
        idempotency: Option<&str>,
    ) -> Result<(u16, Value), Fault> {
        let begun = self.environment.monotonic();
        loop {
            match self.ask(method.clone(), path, body, idempotency).await {
                Some((status, body)) if status < 500 => return Ok((status, body)),
                last => {
                    let waited = self.environment.monotonic().saturating_sub(begun);
                    if waited > PATIENCE {
                        return Err(format!("{method} {path}: no answer: {last:?}").into());
                    }
                }
            }
            self.pause(AGAIN).await;
        }
    }

    /// Asks until it is there.
    pub(crate) async fn get(&self, path: &str) -> Result<Value, Fault> {
        match self.answer(Method::GET, path, None, None).await? {
            (200, body) => Ok(body),
            (status, body) => Err(format!("GET {path}: {status} {body}").into()),
        }
    }

    /// Everything of a list, page by page; the path has a query.
    pub(crate) async fn list(&self, path: &str) -> Result<Vec<Value>, Fault> {
        let mut page = self.get(path).await?;
        let mut all = Vec::new();
        loop {
            all.extend(page["data"].as_array().cloned().unwrap_or_default());
            let Some(cursor) = page["meta"]["nextCursor"].as_str() else {
                return Ok(all);
            };
            page = self.get(&format!("{path}&cursor={cursor}")).await?;
        }
    }

    /// Asks until it is done, under a key of its own so that it is done once.
    pub(crate) async fn post(
        &self,
        path: &str,
        body: &Value,
        idempotency: &str,
    ) -> Result<Value, Fault> {
        match self
            .answer(Method::POST, path, Some(body), Some(idempotency))
            .await?
        {
            (200..300, body) => Ok(body),
            (status, body) => Err(format!("POST {path}: {status} {body}").into()),
        }
    }
}
