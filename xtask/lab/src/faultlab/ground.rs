//! Where a monitor runs: on the real server, or on an engine with a clock and name servers of its own.

use super::local::Engine;
use crate::{
    Fault,
    product::Server,
    receiver::{Record, Told},
};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::{sync::PoisonError, time::Duration};

/// A place for monitors.
#[derive(Debug)]
pub(crate) enum Ground {
    Server(Box<Server>),
    Engine(Box<Engine>),
}

/// A monitor as it was made.
#[derive(Debug, Clone)]
pub(crate) struct Made {
    pub(crate) id: String,
    pub(crate) token: String,
}

/// A monitor as it is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Shown {
    pub(crate) state: String,
    /// The reason of the newest result.
    pub(crate) reason: String,
}

/// A result of the check log.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) at: Timestamp,
    pub(crate) took: Duration,
    pub(crate) status: String,
    pub(crate) reason: String,
}

/// A downtime event.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) reason: String,
    pub(crate) started_at: Timestamp,
    pub(crate) resolved_at: Option<Timestamp>,
}

const MONITORS: &str = "/api/v1/monitors";
const WINDOWS: &str = "/api/v1/maintenance-windows";

impl Ground {
    fn record(&self) -> &Record {
        match self {
            Self::Server(server) => &server.told,
            Self::Engine(engine) => &engine.told,
        }
    }

    /// What people were told of a monitor so far.
    pub(crate) fn told(&self, monitor: &str) -> Vec<Told> {
        let told = self.record().lock().unwrap_or_else(PoisonError::into_inner);
        told.iter()
            .filter(|told| told.monitor == monitor)
            .cloned()
            .collect()
    }

    pub(crate) async fn make(&self, draft: &Value) -> Result<Made, Fault> {
        match self {
            Self::Server(server) => {
                let made = server.post(MONITORS, draft).await?;
                Ok(Made {
                    id: text(&made["id"]),
                    token: text(&made["heartbeatToken"]),
                })
            }
            Self::Engine(engine) => engine.make(draft).await,
        }
    }

    pub(crate) async fn shown(&self, monitor: &str) -> Result<Shown, Fault> {
        match self {
            Self::Server(server) => {
                let body = server.get(&format!("{MONITORS}/{monitor}")).await?;
                Ok(Shown {
                    state: text(&body["status"]),
                    reason: text(&body["lastCheck"]["reason"]),
                })
            }
            Self::Engine(engine) => engine.shown(monitor).await,
        }
    }

    /// The newest results, newest first.
    pub(crate) async fn rows(&self, monitor: &str) -> Result<Vec<Row>, Fault> {
        match self {
            Self::Server(server) => {
                let path = format!("{MONITORS}/{monitor}/checks?limit=100");
                let list = server.get(&path).await?;
                list["data"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .map(row)
                    .collect()
            }
            Self::Engine(engine) => engine.rows(monitor).await,
        }
    }

    /// The events, newest first.
    pub(crate) async fn events(&self, monitor: &str) -> Result<Vec<Event>, Fault> {
        match self {
            Self::Server(server) => {
                let list = server
                    .get(&format!("/api/v1/events?monitorId={monitor}"))
                    .await?;
                list["data"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .map(event)
                    .collect()
            }
            Self::Engine(engine) => engine.events(monitor).await,
        }
    }

    /// A ping as a job sends it; `what` follows the token.
    pub(crate) async fn ping(&self, token: &str, what: &str) -> Result<(), Fault> {
        match self {
            Self::Server(server) => {
                let path = format!("/api/v1/heartbeat/{token}{what}");
                server.get(&path).await.map(drop)
            }
            Self::Engine(engine) => engine.ping(token, what).await,
        }
    }

    /// Opens a maintenance window of an hour; returns its id.
    pub(crate) async fn open_window(&self, monitor: &str, now: Timestamp) -> Result<String, Fault> {
        let Self::Server(server) = self else {
            return Err("maintenance windows are made on the server".into());
        };
        let starts = now.checked_sub(jiff::SignedDuration::from_secs(1))?;
        let ends = now.checked_add(jiff::SignedDuration::from_hours(1))?;
        let window = json!({
            "name": "lab",
            "monitorIds": [monitor],
            "schedule": {
                "type": "ONCE",
                "startsAt": starts.to_string(),
                "endsAt": ends.to_string(),
            },
        });
        Ok(text(&server.post(WINDOWS, &window).await?["id"]))
    }

    pub(crate) async fn end_window(&self, window: &str) -> Result<(), Fault> {
        let Self::Server(server) = self else {
            return Err("maintenance windows are made on the server".into());
        };
        let path = format!("{WINDOWS}/{window}/end");
        server.post(&path, &json!({})).await.map(drop)
    }

    /// Takes a monitor away, so that the next round begins anew.
    pub(crate) async fn forget(&self, monitor: &str) -> Result<(), Fault> {
        let server = match self {
            Self::Server(server) => server,
            Self::Engine(engine) => return engine.forget(monitor).await,
        };
        let path = format!("{MONITORS}/{monitor}");
        match server.ask(reqwest::Method::DELETE, &path, None).await? {
            (204, _) => Ok(()),
            (status, body) => Err(format!("DELETE {path}: {status} {body}").into()),
        }
    }

    pub(crate) async fn stop(self) -> Result<(), Fault> {
        match self {
            Self::Server(server) => server.stop().await,
            Self::Engine(engine) => {
                engine.stop().await;
                Ok(())
            }
        }
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn row(value: &Value) -> Result<Row, Fault> {
    Ok(Row {
        at: text(&value["checkedAt"]).parse()?,
        took: Duration::try_from_secs_f64(
            value["responseTimeMs"].as_f64().unwrap_or_default() / 1_000.0,
        )?,
        status: text(&value["status"]),
        reason: text(&value["reason"]),
    })
}

fn event(value: &Value) -> Result<Event, Fault> {
    Ok(Event {
        reason: text(&value["reason"]),
        started_at: text(&value["startedAt"]).parse()?,
        resolved_at: match value["resolvedAt"].as_str() {
            None => None,
            Some(at) => Some(at.parse()?),
        },
    })
}
