//! Slack: a message with a coloured bar, posted to an incoming webhook.
//!
//! Names and errors stand in `plain_text` objects, in which nothing is markup, with `&`, `<` and
//! `>` escaped all the same: no mention and no link comes out of them.

use crate::{
    http::{Client, Request, Url, address::receiver},
    render::{Fact, Rendering, fitted},
};
use async_trait::async_trait;
use monitorah_core::{
    ConfigError,
    alert::Message,
    channel::{Channel, ChannelEnv, ChannelSpec, DeliveryError, Receipt},
    check::SecretText,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::{fmt, sync::Arc};

/// The longest text of a section ([text object](https://docs.slack.dev/reference/block-kit/composition-objects/text-object)).
const MAX_SECTION: usize = 3_000;
/// The longest text of a field of a section.
const MAX_FIELD: usize = 2_000;
/// The most fields of one section: a label and a value each.
const MAX_FIELDS: usize = 10;

/// Errors of incoming webhooks that say more than their status code.
const SAID: [&str; 10] = [
    "action_prohibited",
    "channel_is_archived",
    "channel_not_found",
    "invalid_payload",
    "invalid_token",
    "no_active_hooks",
    "no_service",
    "no_service_id",
    "no_team",
    "team_disabled",
];

/// Posts every message to an incoming webhook of Slack, or of what understands the same form.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(
    title = "Slack",
    example = serde_json::json!({
        "webhookUrl": "https://hooks.slack.com/services/T00000000/B00000000/example"
    })
)]
pub struct SlackSpec {
    /// The address of the incoming webhook, as Slack shows it. Whoever knows it can post, so it is
    /// never shown again.
    pub webhook_url: SecretText,
}

impl fmt::Debug for SlackSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SlackSpec").finish_non_exhaustive()
    }
}

impl ChannelSpec for SlackSpec {
    const KIND: &'static str = "SLACK";
    const SECRETS: &'static [&'static str] = &["/webhookUrl"];
    // The address is the secret: there is nothing else that could move it.
    const DESTINATION: &'static [&'static str] = &[];
    type Means = Client;

    fn build(self, means: &Arc<Client>, env: &ChannelEnv) -> Result<Box<dyn Channel>, ConfigError> {
        let url = receiver(self.webhook_url.expose())
            .map_err(|message| ConfigError::new("/config/webhookUrl", message))?;
        Ok(Box::new(Slack {
            client: Arc::clone(means),
            env: env.clone(),
            url,
        }))
    }
}

/// The channel.
struct Slack {
    client: Arc<Client>,
    env: ChannelEnv,
    url: Url,
}

impl fmt::Debug for Slack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Slack").finish_non_exhaustive()
    }
}

#[async_trait]
impl Channel for Slack {
    async fn deliver(&self, message: &Message) -> Result<Receipt, DeliveryError> {
        let body = body(&Rendering::of(message));
        let request = Request::json(self.url.clone(), &body)?;
        let answer = self.client.send(&self.env, request).await?;
        let said = SAID
            .into_iter()
            .find(|said| answer.body.trim_ascii() == said.as_bytes());
        answer.receipt_saying(said, None)
    }
}

/// `&`, `<` and `>` are what Slack's markup begins with.
fn escape(character: char, out: &mut String) {
    match character {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        other => out.push(other),
    }
}

/// Inside of `<address|label>`, where a bar ends the address.
fn address(character: char, out: &mut String) {
    if character == '|' {
        out.push_str("%7C");
    } else {
        escape(character, out);
    }
}

fn plain_text(text: &str, limit: usize) -> Value {
    json!({"type": "plain_text", "text": fitted(text, limit, escape), "emoji": false})
}

fn body(rendering: &Rendering) -> Value {
    let headline = rendering.headline();
    let mut blocks: Vec<Value> = rendering
        .facts
        .chunks(MAX_FIELDS / 2)
        .map(|facts| {
            let fields: Vec<Value> = facts.iter().flat_map(fields).collect();
            json!({"type": "section", "fields": fields})
        })
        .collect();
    if let Some(link) = &rendering.link {
        // A button would want an application that listens for its being pressed.
        let link = fitted(link, MAX_FIELD, address);
        let text = json!({"type": "mrkdwn", "text": format!("<{link}|Open Monitorah>")});
        blocks.push(json!({"type": "section", "text": text}));
    }
    json!({
        // What notifications show, and what readers without blocks see.
        "text": fitted(&headline, MAX_SECTION, escape),
        "mrkdwn": false,
        "unfurl_links": false,
        "unfurl_media": false,
        "blocks": [{"type": "section", "text": plain_text(&headline, MAX_SECTION)}],
        "attachments": [{"color": rendering.tone.hex(), "blocks": blocks}],
    })
}

fn fields(fact: &Fact) -> [Value; 2] {
    [
        json!({"type": "mrkdwn", "text": format!("*{}*", fact.label)}),
        plain_text(&fact.value, MAX_FIELD),
    ]
}
