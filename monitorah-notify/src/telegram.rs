//! Telegram: a message of a bot, in its HTML form.
//!
//! What is not ours stands in `<code>`, in which Telegram makes no mention, command or link of it.
//! The bot's token is a part of the address, which therefore stands in no error and no log.

use crate::{
    http::{Answer, Client, Request, Url, address, meaning, put},
    render::{Rendering, fitted, html},
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

/// The longest text of a message; ours is counted with its markup, which is stricter.
const MAX_TEXT: usize = 4_096;
/// How much of it is kept for the link and the markup around it.
const RESERVED: usize = 1_200;
/// The longest title and value: as they are escaped to at most six characters for one, this many
/// are cut again where that is needed.
const MAX_LINE: usize = 1_000;

/// Sends every message through a bot of Telegram.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(
    title = "Telegram",
    example = serde_json::json!({
        "botToken": "123456789:abcdefghijklmnopqrstuvwxyz012345678",
        "chatId": "-1001234567890"
    })
)]
pub struct TelegramSpec {
    /// The bot's token, as BotFather gave it.
    pub bot_token: SecretText,
    /// Where to: the number of a chat, or `@` and the name of a public channel or group.
    #[schemars(length(min = 1, max = 64))]
    pub chat_id: String,
    /// The topic of a forum group to post into.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 2_147_483_647))]
    pub message_thread_id: Option<u32>,
    /// Deliver without a sound.
    #[serde(default)]
    pub disable_notification: bool,
    /// Keep people from forwarding and saving the messages.
    #[serde(default)]
    pub protect_content: bool,
    /// Where the Bot API is: change it for a Bot API server of your own.
    #[serde(default = "default_api")]
    #[schemars(length(max = 2048), url)]
    pub api_url: String,
}

fn default_api() -> String {
    "https://api.telegram.org".to_owned()
}

impl fmt::Debug for TelegramSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TelegramSpec").finish_non_exhaustive()
    }
}

impl ChannelSpec for TelegramSpec {
    const KIND: &'static str = "TELEGRAM";
    const SECRETS: &'static [&'static str] = &["/botToken"];
    const DESTINATION: &'static [&'static str] = &["/apiUrl"];
    type Means = Client;

    fn build(self, means: &Arc<Client>, env: &ChannelEnv) -> Result<Box<dyn Channel>, ConfigError> {
        let mut wrong = Vec::new();
        let mut at = |pointer: &str, message: &str| wrong.push(FieldError::new(pointer, message));
        let token = self.bot_token.expose();
        if !is_token(token) {
            at(
                "/config/botToken",
                "not a bot's token: it is a number, a colon and about 35 letters and digits, as \
                 BotFather gave it",
            );
        }
        if !is_chat(&self.chat_id) {
            at(
                "/config/chatId",
                "not a chat: write its number (groups begin with -), or @ and the name of a public \
                 channel",
            );
        }
        if self
            .message_thread_id
            .is_some_and(|id| id == 0 || id > 2_147_483_647)
        {
            at(
                "/config/messageThreadId",
                "a topic's number is from 1 to 2147483647",
            );
        }
        let api = address::api(&self.api_url)
            .map_err(|message| at("/config/apiUrl", message))
            .ok();
        match api {
            Some(api) if wrong.is_empty() => Ok(Box::new(Telegram {
                client: Arc::clone(means),
                env: env.clone(),
                url: address::below(&api, &[&format!("bot{token}"), "sendMessage"]),
                chat_id: self.chat_id,
                message_thread_id: self.message_thread_id,
                disable_notification: self.disable_notification,
                protect_content: self.protect_content,
            })),
            _ => Err(ConfigError { fields: wrong }),
        }
    }
}

fn is_token(token: &str) -> bool {
    let Some((bot, secret)) = token.split_once(':') else {
        return false;
    };
    let number = !bot.is_empty() && bot.len() <= 20 && bot.bytes().all(|b| b.is_ascii_digit());
    let text = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    number && (20..=100).contains(&secret.len()) && secret.bytes().all(text)
}

fn is_chat(chat: &str) -> bool {
    match chat.strip_prefix('@') {
        Some(name) => {
            (1..=63).contains(&name.len())
                && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        }
        None => {
            chat.len() <= 20
                && chat.parse::<i64>().is_ok_and(|id| id != 0)
                && !chat.starts_with('+')
        }
    }
}

/// The channel.
struct Telegram {
    client: Arc<Client>,
    env: ChannelEnv,
    url: Url,
    chat_id: String,
    message_thread_id: Option<u32>,
    disable_notification: bool,
    protect_content: bool,
}

impl fmt::Debug for Telegram {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Telegram").finish_non_exhaustive()
    }
}

#[async_trait]
impl Channel for Telegram {
    async fn deliver(&self, message: &Message) -> Result<Receipt, DeliveryError> {
        let mut body = json!({
            "chat_id": self.chat_id,
            "text": text(&Rendering::of(message)),
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": true},
            "disable_notification": self.disable_notification,
            "protect_content": self.protect_content,
        });
        if let Some(thread) = self.message_thread_id {
            put(&mut body, "message_thread_id", thread);
        }
        let request = Request::json(self.url.clone(), &body)?;
        let answer = self.client.send(&self.env, request).await?;
        receipt(&answer)
    }
}

/// What an answer means: a 429 says in its body how long to wait.
fn receipt(answer: &Answer) -> Result<Receipt, DeliveryError> {
    const SAID: [(&str, &str); 7] = [
        ("unauthorized", "the bot's token is not valid"),
        (
            "chat not found",
            "the chat is not found: has the bot been added to it?",
        ),
        ("bot was blocked", "the user has blocked the bot"),
        ("bot was kicked", "the bot was removed from the chat"),
        (
            "bot can't initiate",
            "the bot cannot begin a chat: the user has to write to it first",
        ),
        ("message thread not found", "the topic is not found"),
        ("not enough rights", "the bot may not write in this chat"),
    ];
    let body = answer.json().unwrap_or_default();
    let parameters = body.get("parameters");
    let wait = parameters
        .and_then(|parameters| parameters.get("retry_after"))
        .and_then(meaning::seconds);
    let moved = parameters
        .and_then(|parameters| parameters.get("migrate_to_chat_id"))
        .and_then(Value::as_i64);
    let description = body.get("description").and_then(Value::as_str);
    let description = description.unwrap_or_default().to_lowercase();
    let said = match moved {
        Some(id) => Some(format!(
            "the group became a supergroup: its chatId is now {id}"
        )),
        None => SAID
            .into_iter()
            .find(|(part, _)| description.contains(part))
            .map(|(_, said)| said.to_owned()),
    };
    answer.receipt_saying(said.as_deref(), wait)
}

/// Like HTML, and a mention is none any more: what follows the `@` is not joined to it.
fn title(character: char, out: &mut String) {
    html(character, out);
    if character == '@' {
        out.push('\u{2060}');
    }
}

fn text(rendering: &Rendering) -> String {
    let headline = fitted(&rendering.headline(), MAX_LINE, title);
    let mut text = format!("<b>{headline}</b>\n");
    for fact in &rendering.facts {
        let left = (MAX_TEXT - RESERVED).saturating_sub(text.encode_utf16().count());
        let value = fitted(&fact.value, MAX_LINE.min(left), html);
        if value.is_empty() {
            break;
        }
        text.push_str(&format!("\n<b>{}:</b> <code>{value}</code>", fact.label));
    }
    if let Some(link) = &rendering.link {
        let link = fitted(link, MAX_LINE, html);
        text.push_str(&format!("\n\n<a href=\"{link}\">Open Monitorah</a>"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_token_and_what_is_a_chat() {
        let secret = "A".repeat(35);
        assert!(is_token(&format!("123456789:{secret}")));
        for token in [
            "",
            &secret,
            "123:short",
            &format!(":{secret}"),
            &format!("12a:{secret}"),
            &format!("123:{secret}/x"),
            &format!("123:{secret}\n"),
            &format!("bot123:{secret}"),
        ] {
            assert!(!is_token(token), "{token}");
        }
        for chat in ["1", "-1001234567890", "@alerts_1"] {
            assert!(is_chat(chat), "{chat}");
        }
        for chat in [
            "", "0", "+5", "@", "alerts", "@a b", "1.5", "@é", "-", "12 ",
        ] {
            assert!(!is_chat(chat), "{chat}");
        }
    }
}
