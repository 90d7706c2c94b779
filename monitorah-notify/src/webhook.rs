//! The generic webhook: a message as JSON, posted and signed.
//!
//! The body is the [`Message`] as JSON. Beside the configured headers it carries:
//!
//! | Header | Value |
//! |---|---|
//! | `webhook-id` | the id of the message, the same in every attempt: whoever sees it twice has a duplicate |
//! | `webhook-timestamp` | the seconds since 1970 at this attempt |
//! | `webhook-signature` | `v1,` and the Base64 form of the HMAC-SHA256 of `{id}.{timestamp}.{body}`; a second one after a space while a previous secret is still in use ([Standard Webhooks](https://www.standardwebhooks.com/)) |
//! | `x-monitorah-signature` | the HMAC-SHA256 of the body alone, in lower-case hexadecimal, always with the newest secret |
//! | `x-monitorah-event` | what the message is about, such as `monitor.down` |
//!
//! The key of both is what the text after `whsec_` is the Base64 form of, and not that text.
//! Names and targets of monitors arrive as they are: there are no templates.

mod signature;

use crate::http::{Client, HeaderMap, HeaderValue, Request, Url, address, custom_headers};
use async_trait::async_trait;
use jiff::Timestamp;
use monitorah_core::{
    ConfigError, FieldError, Secret,
    alert::Message,
    channel::{Channel, ChannelEnv, ChannelSpec, DeliveryError, Receipt},
    check::SecretText,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use signature::Key;
use std::{collections::BTreeMap, fmt, sync::Arc, time::Duration};

/// The message for a text that is no signing secret.
const NO_SECRET: &str = "not a signing secret: write whsec_ and the Base64 form of 24 to 64 bytes, \
                         or leave it out when the channel is made, and one is made for you";

/// Posts every message as signed JSON to a URL.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(
    title = "Webhook",
    example = serde_json::json!({ "url": "https://hooks.example.org/monitorah" })
)]
pub struct WebhookSpec {
    /// Where to: an http or https URL.
    #[schemars(length(max = 2048), url)]
    pub url: String,
    /// Headers to send besides, such as `Authorization`. The values are never shown again.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 20))]
    pub headers: BTreeMap<String, SecretText>,
    /// The secret that messages are signed with: `whsec_` and the Base64 form of 24 to 64 bytes.
    /// Leave it out when the channel is made and one is made and shown once; give one to go on
    /// with a secret that the receiver knows already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signing_secret: Option<SecretText>,
    /// The secret before this one, while messages are still signed with it too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous_secret: Option<PreviousSecret>,
}

/// A secret that was replaced and is still in use beside its successor.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PreviousSecret {
    /// The secret.
    pub secret: SecretText,
    /// When it is no longer used.
    #[schemars(with = "String", extend("format" = "date-time"))]
    pub expires_at: Timestamp,
}

impl fmt::Debug for WebhookSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The URL of a webhook is often a credential by itself.
        f.debug_struct("WebhookSpec")
            .field("headers", &self.headers)
            .field("signing_secret", &self.signing_secret)
            .field("previous_secret", &self.previous_secret)
            .finish_non_exhaustive()
    }
}

impl ChannelSpec for WebhookSpec {
    const KIND: &'static str = "WEBHOOK";
    const SECRETS: &'static [&'static str] =
        &["/headers/*", "/signingSecret", "/previousSecret/secret"];
    const DESTINATION: &'static [&'static str] = &["/url"];
    type Means = Client;

    fn build(self, means: &Arc<Client>, env: &ChannelEnv) -> Result<Box<dyn Channel>, ConfigError> {
        let mut wrong = Vec::new();
        let mut at = |pointer: &str, message: &str| wrong.push(FieldError::new(pointer, message));
        let url = match receiver(&self.url) {
            Ok(url) => Some(url),
            Err(message) => {
                at("/config/url", message);
                None
            }
        };
        let mut key_at = |pointer: &str, secret: &SecretText| {
            Key::parse(secret.expose())
                .map_err(|_| at(pointer, NO_SECRET))
                .ok()
        };
        let key = self
            .signing_secret
            .as_ref()
            .and_then(|secret| key_at("/config/signingSecret", secret));
        let previous = self.previous_secret.as_ref().and_then(|previous| {
            key_at("/config/previousSecret/secret", &previous.secret)
                .map(|key| (key, previous.expires_at))
        });
        if self.signing_secret.is_none() {
            at(
                "/config/signingSecret",
                "the secret is missing: send {\"secret\": \"set\"} to keep the stored one",
            );
        }
        let headers = custom_headers(&self.headers, &mut wrong);
        match (url, key) {
            (Some(url), Some(key)) if wrong.is_empty() => Ok(Box::new(Webhook {
                client: Arc::clone(means),
                env: env.clone(),
                url,
                headers,
                key,
                previous,
            })),
            _ => Err(ConfigError { fields: wrong }),
        }
    }

    /// When a channel is made (`keep_previous` is absent) a given secret stays, and is not shown:
    /// whoever gave it has it. A rotation always makes a new one, and keeps the one before it for
    /// `keep_previous`; a third, older one ends at once.
    fn provision(
        &mut self,
        env: &ChannelEnv,
        keep_previous: Option<Duration>,
    ) -> Option<Secret<String>> {
        if keep_previous.is_none() && self.signing_secret.is_some() {
            return None;
        }
        let fresh = signature::fresh(&*env.environment);
        let replaced = self
            .signing_secret
            .replace(SecretText::new(fresh.as_str().to_owned()));
        let keep = keep_previous.unwrap_or_default();
        self.previous_secret = replaced
            .filter(|_| !keep.is_zero())
            .zip(env.environment.now().checked_add(keep).ok())
            .map(|(secret, expires_at)| PreviousSecret { secret, expires_at });
        Some(Secret::new(fresh.as_str().to_owned()))
    }
}

/// Reads the URL, and says what is wrong with it without showing it.
fn receiver(text: &str) -> Result<Url, &'static str> {
    address::receiver(text).map_err(|message| {
        if message == address::WITH_USER {
            "no user name and password in the URL: put an Authorization header into headers"
        } else {
            message
        }
    })
}

/// The channel.
struct Webhook {
    client: Arc<Client>,
    env: ChannelEnv,
    url: Url,
    headers: HeaderMap,
    key: Key,
    previous: Option<(Key, Timestamp)>,
}

impl fmt::Debug for Webhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhook").finish_non_exhaustive()
    }
}

impl Webhook {
    /// The headers of this attempt. None never happens: all of it is plain ASCII.
    fn signed(&self, message: &Message, body: &[u8]) -> Option<HeaderMap> {
        let now = self.env.environment.now();
        let (id, timestamp) = (message.id.to_string(), now.as_second());
        let mut signatures = self.key.standard(&id, timestamp, body)?;
        if let Some((previous, expires_at)) = &self.previous
            && now < *expires_at
        {
            signatures.push(' ');
            signatures.push_str(&previous.standard(&id, timestamp, body)?);
        }
        let mut headers = self.headers.clone();
        for (name, value) in [
            ("content-type", "application/json"),
            ("webhook-id", &id),
            ("webhook-timestamp", &timestamp.to_string()),
            ("webhook-signature", &signatures),
            ("x-monitorah-signature", &self.key.plain(body)?),
            ("x-monitorah-event", message.kind.as_str()),
        ] {
            headers.insert(name, HeaderValue::from_str(value).ok()?);
        }
        Some(headers)
    }
}

#[async_trait]
impl Channel for Webhook {
    async fn deliver(&self, message: &Message) -> Result<Receipt, DeliveryError> {
        let broken = || DeliveryError::Broken {
            detail: "the message cannot be written as JSON and signed".to_owned(),
        };
        // Written once: what is signed is what is sent.
        let body = serde_json::to_vec(message).map_err(|_| broken())?;
        let headers = self.signed(message, &body).ok_or_else(broken)?;
        let request = Request::post(self.url.clone(), headers, body);
        self.client.send(&self.env, request).await?.receipt()
    }
}
