//! PagerDuty: events of the Events API, version 2. One event of ours is one alert there: what
//! opens it and what ends it carry the same `dedup_key`.

use crate::{
    http::{Client, Request, Url, address, put},
    render::{Rendering, fitted, plain},
};
use async_trait::async_trait;
use monitorah_core::{
    ConfigError, FieldError, Severity,
    alert::{AlertKind, Message},
    channel::{Channel, ChannelEnv, ChannelSpec, DeliveryError, Receipt},
    check::SecretText,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::{fmt, sync::Arc};

/// The longest summary.
const MAX_SUMMARY: usize = 1_024;
/// The longest of what else is said.
const MAX_DETAIL: usize = 1_024;
/// The longest `dedup_key`.
const MAX_KEY: usize = 255;

/// Opens and ends alerts of a service of PagerDuty.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(
    title = "PagerDuty",
    example = serde_json::json!({ "routingKey": "0123456789abcdef0123456789abcdef" })
)]
pub struct PagerDutySpec {
    /// The integration key of the service: 32 letters and digits, from an integration of the kind
    /// "Events API v2".
    pub routing_key: SecretText,
    /// Where the Events API is: `https://events.eu.pagerduty.com` for accounts in the EU.
    #[serde(default = "default_api")]
    #[schemars(length(max = 2048), url)]
    pub api_url: String,
}

fn default_api() -> String {
    "https://events.pagerduty.com".to_owned()
}

impl fmt::Debug for PagerDutySpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PagerDutySpec").finish_non_exhaustive()
    }
}

impl ChannelSpec for PagerDutySpec {
    const KIND: &'static str = "PAGERDUTY";
    const SECRETS: &'static [&'static str] = &["/routingKey"];
    const DESTINATION: &'static [&'static str] = &["/apiUrl"];
    /// An incident that was triggered stays open until it is resolved under the same key.
    const LASTING: bool = true;
    type Means = Client;

    fn build(self, means: &Arc<Client>, env: &ChannelEnv) -> Result<Box<dyn Channel>, ConfigError> {
        let mut wrong = Vec::new();
        let mut at = |pointer: &str, message: &str| wrong.push(FieldError::new(pointer, message));
        let key = self.routing_key.expose();
        if key.len() != 32 || !key.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            at(
                "/config/routingKey",
                "not an integration key: it is 32 letters and digits, from an integration of the \
                 kind Events API v2",
            );
        }
        let api = address::api(&self.api_url)
            .map_err(|message| at("/config/apiUrl", message))
            .ok();
        match api {
            Some(api) if wrong.is_empty() => Ok(Box::new(PagerDuty {
                client: Arc::clone(means),
                env: env.clone(),
                url: address::below(&api, &["v2", "enqueue"]),
                routing_key: self.routing_key,
            })),
            _ => Err(ConfigError { fields: wrong }),
        }
    }
}

/// The channel.
struct PagerDuty {
    client: Arc<Client>,
    env: ChannelEnv,
    url: Url,
    routing_key: SecretText,
}

impl fmt::Debug for PagerDuty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PagerDuty").finish_non_exhaustive()
    }
}

#[async_trait]
impl Channel for PagerDuty {
    async fn deliver(&self, message: &Message) -> Result<Receipt, DeliveryError> {
        let mut event = event(message);
        put(&mut event, "routing_key", self.routing_key.expose());
        let request = Request::json(self.url.clone(), &event)?;
        let answer = self.client.send(&self.env, request).await?;
        let said = (answer.status.as_u16() == 400).then_some(
            "the event was not taken: is the routingKey of an Events API v2 integration?",
        );
        answer.receipt_saying(said, None)
    }
}

fn event(message: &Message) -> Value {
    let rendering = Rendering::of(message);
    let resolves = message.kind == AlertKind::Up;
    let mut event = json!({
        "event_action": if resolves { "resolve" } else { "trigger" },
        "dedup_key": dedup_key(message),
    });
    if resolves {
        return event;
    }
    let mut details = Map::new();
    for fact in &rendering.facts {
        let value = fitted(&fact.value, MAX_DETAIL, plain);
        details.insert(fact.label.to_owned(), json!(value));
    }
    let monitor = message.monitor.as_ref();
    let source = monitor.map_or("Monitorah", |monitor| {
        if monitor.target.is_empty() {
            monitor.name.as_str()
        } else {
            monitor.target.as_str()
        }
    });
    let mut payload = json!({
        "summary": fitted(&rendering.title, MAX_SUMMARY, plain),
        "source": fitted(source, MAX_DETAIL, plain),
        "severity": severity(message),
        "timestamp": rendering.at.to_string(),
        "class": message.kind.as_str(),
        "custom_details": details,
    });
    if let Some(monitor) = monitor {
        let name = fitted(&monitor.name, MAX_DETAIL, plain);
        put(&mut payload, "component", name);
    }
    put(&mut event, "payload", payload);
    put(&mut event, "client", "Monitorah");
    if let Some(link) = &rendering.link {
        put(&mut event, "client_url", link.as_str());
        let links = json!([{"href": link, "text": "Open Monitorah"}]);
        put(&mut event, "links", links);
    }
    event
}

/// The same in everything about one event of ours. The warnings of one expiry are about what
/// expires, and a test is about nothing.
fn dedup_key(message: &Message) -> String {
    let expiring = match (&message.certificate, &message.registration) {
        (Some(certificate), _) => Some(certificate.fingerprint.clone()),
        (None, Some(registration)) => Some(registration.expires_at.to_string()),
        (None, None) => None,
    };
    let mut key = match (&message.event, &message.monitor, expiring) {
        (Some(event), ..) => event.id.to_string(),
        (None, Some(monitor), Some(expiring)) => format!("{}/{expiring}", monitor.id),
        _ => message.id.to_string(),
    };
    while key.len() > MAX_KEY {
        key.pop();
    }
    key
}

fn severity(message: &Message) -> &'static str {
    let worst = message.event.as_ref().map(|event| event.severity);
    match (message.kind, worst) {
        (AlertKind::Test, _) => "info",
        (AlertKind::Down, _) | (_, Some(Severity::Down)) => "critical",
        _ => "warning",
    }
}
