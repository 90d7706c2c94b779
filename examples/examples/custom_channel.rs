//! A channel of another crate: a topic of an ntfy server, registered beside the built-in ones.
//!
//! `cargo run --example custom_channel -- https://ntfy.example.org alerts` sends a test message to
//! the topic `alerts`. `tests/custom_channel.rs` runs the conformance suite of channels over it.

use async_trait::async_trait;
use monitorah_core::{
    ConfigError, FieldError, NotificationId,
    alert::Message,
    channel::{Channel, ChannelEnv, ChannelRegistry, ChannelSpec, DeliveryError, Receipt},
    check::SecretText,
    environment::{Environment, SystemEnvironment},
    net::{AddressGuard, Net, NetOptions},
};
use monitorah_notify::{
    http::{Client, HeaderValue, Request, Url},
    render::{Rendering, Tone},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::{error::Error, fmt, io::Write, sync::Arc, time::Duration};

/// The configuration: what the API publishes the schema of.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct NtfySpec {
    /// The address of the server.
    server: String,
    /// The topic.
    topic: String,
    /// An access token, where the topic is not open to everybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    token: Option<SecretText>,
}

impl fmt::Debug for NtfySpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NtfySpec").finish_non_exhaustive()
    }
}

impl ChannelSpec for NtfySpec {
    const KIND: &'static str = "NTFY";
    const SECRETS: &'static [&'static str] = &["/token"];
    // A stored token is kept only while the server stays the same.
    const DESTINATION: &'static [&'static str] = &["/server"];
    type Means = Client;

    fn build(self, means: &Arc<Client>, env: &ChannelEnv) -> Result<Box<dyn Channel>, ConfigError> {
        let mut wrong = Vec::new();
        let server = Url::parse(&self.server).ok();
        let server = server.filter(|url| matches!(url.scheme(), "http" | "https"));
        if server.is_none() {
            wrong.push(FieldError::new(
                "/config/server",
                "not an address: write for example https://ntfy.example.org",
            ));
        }
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        if self.topic.is_empty() || self.topic.len() > 64 || !self.topic.chars().all(fits) {
            wrong.push(FieldError::new(
                "/config/topic",
                "a topic has 1 to 64 letters, digits, - and _",
            ));
        }
        let authorization = match &self.token {
            None => None,
            Some(token) => {
                let value = HeaderValue::from_str(&format!("Bearer {}", token.expose()));
                if value.is_err() {
                    wrong.push(FieldError::new("/config/token", "not an access token"));
                }
                value.ok()
            }
        };
        match server {
            Some(server) if wrong.is_empty() => Ok(Box::new(Ntfy {
                client: Arc::clone(means),
                env: env.clone(),
                server,
                topic: self.topic,
                authorization,
            })),
            _ => Err(ConfigError { fields: wrong }),
        }
    }
}

/// The channel.
struct Ntfy {
    client: Arc<Client>,
    env: ChannelEnv,
    server: Url,
    topic: String,
    authorization: Option<HeaderValue>,
}

impl fmt::Debug for Ntfy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ntfy").finish_non_exhaustive()
    }
}

#[async_trait]
impl Channel for Ntfy {
    async fn deliver(&self, message: &Message) -> Result<Receipt, DeliveryError> {
        // The words, the lines and the limits are the same as in every other channel.
        let rendering = Rendering::of(message);
        let body = json!({
            "topic": self.topic,
            "title": rendering.title,
            "message": rendering.text(),
            "priority": if rendering.tone == Tone::Down { 5 } else { 3 },
            "click": rendering.link,
        });
        let mut request = Request::json(self.server.clone(), &body)?;
        if let Some(value) = &self.authorization {
            let mut value = value.clone();
            value.set_sensitive(true);
            request.headers.insert("authorization", value);
        }
        // Guarded, without redirects, and discreet in its errors.
        self.client.send(&self.env, request).await?.receipt()
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let server = arguments.next().ok_or("name a server")?;
    let topic = arguments.next().ok_or("name a topic")?;
    let environment = Arc::new(SystemEnvironment::new());
    let options = NetOptions {
        guard: AddressGuard::any(),
        ..NetOptions::default()
    };
    let env = ChannelEnv {
        environment: Arc::<SystemEnvironment>::clone(&environment),
        timeout: Duration::from_secs(10),
    };
    let net = Net::new(Arc::<SystemEnvironment>::clone(&environment), options)?;
    let client = Arc::new(Client::new(Arc::new(net), None)?);
    let registry = monitorah_notify::register(ChannelRegistry::new(), &client)
        .with::<NtfySpec>(Arc::clone(&client));
    let config = json!({ "server": server, "topic": topic });
    let channel = registry.get("NTFY")?.build(config, &env)?;
    let message = Message::test(
        NotificationId::generate(&*environment),
        environment.now(),
        "this is a test of a channel of my own",
    );
    let receipt = channel.deliver(&message).await?;
    let status = receipt.status_code.unwrap_or_default();
    writeln!(std::io::stdout(), "delivered: {status}")?;
    Ok(())
}
