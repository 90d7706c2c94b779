//! Discord: an embed with a coloured bar, posted to a webhook.
//!
//! Every character that is markup is escaped, and `allowed_mentions` allows none: nobody is called
//! by what a target answered.

use crate::{
    http::{Answer, Client, Request, Url, address, meaning, put},
    render::{Rendering, fitted},
};
use async_trait::async_trait;
use monitorah_core::{
    ConfigError, FieldError,
    alert::Message,
    channel::{Channel, ChannelEnv, ChannelSpec, DeliveryError, Receipt},
    check::SecretText,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::{fmt, sync::Arc};

/// The longest title of an embed.
const MAX_TITLE: usize = 256;
/// The longest value of a field of an embed.
const MAX_FIELD: usize = 1_024;
/// What an embed may hold in all; the labels, the link and the footer are short of the rest.
const MAX_EMBED: usize = 5_500;
/// The longest name to post as.
const MAX_NAME: usize = 80;
/// The longest name of a thread.
const MAX_THREAD: usize = 100;

/// Posts every message as an embed to a webhook of Discord.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(
    title = "Discord",
    example = serde_json::json!({
        "webhookUrl": "https://discord.com/api/webhooks/100000000000000000/example"
    })
)]
pub struct DiscordSpec {
    /// The address of the webhook, as Discord shows it. Whoever knows it can post, so it is never
    /// shown again.
    pub webhook_url: SecretText,
    /// The name to post as; the webhook's own when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 80))]
    pub username: Option<String>,
    /// The id of the thread to post into.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 20), regex(pattern = r"^[0-9]+$"))]
    pub thread_id: Option<String>,
    /// The name of the thread that each message begins, where the channel is a forum.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 100))]
    pub thread_name: Option<String>,
}

impl fmt::Debug for DiscordSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DiscordSpec").finish_non_exhaustive()
    }
}

impl ChannelSpec for DiscordSpec {
    const KIND: &'static str = "DISCORD";
    const SECRETS: &'static [&'static str] = &["/webhookUrl"];
    // The address is the secret: there is nothing else that could move it.
    const DESTINATION: &'static [&'static str] = &[];
    type Means = Client;

    fn build(self, means: &Arc<Client>, env: &ChannelEnv) -> Result<Box<dyn Channel>, ConfigError> {
        let mut wrong = Vec::new();
        let mut at = |pointer: &str, message: &str| wrong.push(FieldError::new(pointer, message));
        let url = address::receiver(self.webhook_url.expose())
            .map_err(|message| at("/config/webhookUrl", message))
            .ok();
        let fits = |text: &str, limit| {
            let count = text.chars().count();
            count > 0 && count <= limit && !text.chars().any(char::is_control)
        };
        if self
            .username
            .as_deref()
            .is_some_and(|name| !fits(name, MAX_NAME))
        {
            at("/config/username", "a name has 1 to 80 characters");
        }
        if let Some(id) = &self.thread_id
            && (id.is_empty() || id.len() > 20 || !id.bytes().all(|byte| byte.is_ascii_digit()))
        {
            at(
                "/config/threadId",
                "not a thread's id: it is a long number, from \"Copy Thread ID\"",
            );
        }
        if self
            .thread_name
            .as_deref()
            .is_some_and(|name| !fits(name, MAX_THREAD))
        {
            at(
                "/config/threadName",
                "a thread's name has 1 to 100 characters",
            );
        }
        if self.thread_id.is_some() && self.thread_name.is_some() {
            at(
                "/config/threadName",
                "either a thread that is there (threadId) or a new one (threadName), not both",
            );
        }
        match url {
            Some(url) if wrong.is_empty() => Ok(Box::new(Discord {
                client: Arc::clone(means),
                env: env.clone(),
                url: asking(url, self.thread_id.as_deref()),
                username: self.username,
                thread_name: self.thread_name,
            })),
            _ => Err(ConfigError { fields: wrong }),
        }
    }
}

/// The address with our questions: wait until the message is there, and in which thread.
fn asking(mut url: Url, thread: Option<&str>) -> Url {
    let kept: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| name != "wait" && !(thread.is_some() && name == "thread_id"))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    let mut query = url.query_pairs_mut();
    query.clear().extend_pairs(kept).append_pair("wait", "true");
    if let Some(thread) = thread {
        query.append_pair("thread_id", thread);
    }
    drop(query);
    url
}

/// The channel.
struct Discord {
    client: Arc<Client>,
    env: ChannelEnv,
    url: Url,
    username: Option<String>,
    thread_name: Option<String>,
}

impl fmt::Debug for Discord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Discord").finish_non_exhaustive()
    }
}

#[async_trait]
impl Channel for Discord {
    async fn deliver(&self, message: &Message) -> Result<Receipt, DeliveryError> {
        let mut body = json!({
            "embeds": [embed(&Rendering::of(message))],
            "allowed_mentions": {"parse": []},
        });
        if let Some(name) = &self.username {
            put(&mut body, "username", name.as_str());
        }
        if let Some(name) = &self.thread_name {
            put(&mut body, "thread_name", name.as_str());
        }
        let request = Request::json(self.url.clone(), &body)?;
        let answer = self.client.send(&self.env, request).await?;
        receipt(&answer)
    }
}

/// What an answer means: a 429 says in its body how long to wait, to the millisecond.
fn receipt(answer: &Answer) -> Result<Receipt, DeliveryError> {
    let body = answer.json().unwrap_or_default();
    let wait = body.get("retry_after").and_then(meaning::seconds);
    let said = match body.get("code").and_then(Value::as_i64) {
        Some(10_003) => Some("the channel is gone (10003)".to_owned()),
        Some(10_015) => Some("the webhook was deleted (10015)".to_owned()),
        Some(50_027) => Some("the webhook's token is not valid (50027)".to_owned()),
        Some(220_001) => {
            Some("the channel is a forum: set threadName or threadId (220001)".to_owned())
        }
        Some(code) if code > 0 => Some(format!("error {code}")),
        _ => None,
    };
    answer.receipt_saying(said.as_deref(), wait)
}

/// Every character that markup, mentions and links are made of.
fn escape(character: char, out: &mut String) {
    if matches!(
        character,
        '\\' | '*'
            | '_'
            | '~'
            | '`'
            | '|'
            | '<'
            | '>'
            | '#'
            | '['
            | ']'
            | '('
            | ')'
            | ':'
            | '@'
            | '-'
            | '+'
    ) {
        out.push('\\');
    }
    out.push(character);
}

fn embed(rendering: &Rendering) -> Value {
    let title = fitted(&rendering.headline(), MAX_TITLE, escape);
    let mut left = MAX_EMBED.saturating_sub(title.encode_utf16().count());
    let mut fields = Vec::new();
    for fact in &rendering.facts {
        let value = fitted(&fact.value, MAX_FIELD.min(left), escape);
        if value.is_empty() {
            break;
        }
        left = left.saturating_sub(value.encode_utf16().count() + fact.label.len());
        let inline = fact.value.len() <= 40;
        fields.push(json!({"name": fact.label, "value": value, "inline": inline}));
    }
    let mut embed = json!({
        "title": title,
        "color": rendering.tone.colour(),
        "fields": fields,
        "timestamp": rendering.at.to_string(),
        "footer": {"text": "Monitorah"},
    });
    if let Some(link) = &rendering.link {
        put(&mut embed, "url", link.as_str());
    }
    embed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_asks_to_wait_once() {
        for (given, thread, asked) in [
            (
                "https://d.example/api/webhooks/1/t",
                None,
                "https://d.example/api/webhooks/1/t?wait=true",
            ),
            (
                "https://d.example/1/t?wait=false&x=y",
                Some("7"),
                "https://d.example/1/t?x=y&wait=true&thread_id=7",
            ),
            (
                "https://d.example/1/t?thread_id=5",
                None,
                "https://d.example/1/t?thread_id=5&wait=true",
            ),
        ] {
            assert_eq!(asking(Url::parse(given).unwrap(), thread).as_str(), asked);
        }
    }
}
