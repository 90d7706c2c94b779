//! Twilio: a short message, or a call that reads the news out.

use crate::{
    http::{Answer, Client, HeaderValue, Request, Url, address},
    render::{Rendering, fitted, html, plain},
};
use async_trait::async_trait;
use base64::{Engine, engine::general_purpose::STANDARD};
use monitorah_core::{
    ConfigError, FieldError,
    alert::Message,
    channel::{Channel, ChannelEnv, ChannelSpec, DeliveryError, Receipt},
    check::SecretText,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::{fmt, sync::Arc};
use zeroize::Zeroizing;

/// The longest short message: Twilio takes 1,600 characters, and bills a part for each 70 or so.
const MAX_SMS: usize = 640;
/// The longest error in a short message.
const MAX_SMS_ERROR: usize = 200;
/// The longest other value in a short message: UTF-16 code units.
const MAX_SMS_VALUE: usize = 160;
/// What a short message says beside its title and the error.
const SMS_FACTS: [&str; 7] = [
    "Was down for",
    "Was degraded for",
    "Reason was",
    "Started",
    "Lasting",
    "Expires",
    "Keeps quiet",
];
/// The longest sentence that is read out; TwiML has at most 4,000 characters.
const MAX_SAID: usize = 1_200;
/// The longest secret.
const MAX_SECRET: usize = 128;

/// What is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum TwilioMode {
    /// A short message.
    Sms,
    /// A call.
    Voice,
}

/// Sends every message as a short message, or reads it out in a call.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(
    title = "Twilio",
    example = serde_json::json!({
        "accountSid": "AC0123456789abcdef0123456789abcdef",
        "authToken": "0123456789abcdef0123456789abcdef",
        "mode": "SMS",
        "to": "+15005550006",
        "from": "+15005550001"
    })
)]
pub struct TwilioSpec {
    /// The account: `AC` and 32 hexadecimal digits.
    #[schemars(length(min = 34, max = 34))]
    pub account_sid: String,
    /// The account's auth token, or the secret of the API key.
    pub auth_token: SecretText,
    /// An API key, to use instead of the account's own token: `SK` and 32 hexadecimal digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 34, max = 34))]
    pub api_key_sid: Option<String>,
    /// Whether a short message is sent or a call is made.
    pub mode: TwilioMode,
    /// Whose phone: `+` and the number with its country code.
    #[schemars(length(min = 3, max = 16))]
    pub to: String,
    /// From which number: one of the account, or for short messages a name or a short code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 16))]
    pub from: Option<String>,
    /// The messaging service that chooses the number, instead of `from`: `MG` and 32 hexadecimal
    /// digits. For short messages only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 34, max = 34))]
    pub messaging_service_sid: Option<String>,
    /// Where the API is.
    #[serde(default = "default_api")]
    #[schemars(length(max = 2048), url)]
    pub api_url: String,
}

fn default_api() -> String {
    "https://api.twilio.com".to_owned()
}

impl fmt::Debug for TwilioSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TwilioSpec")
            .field("mode", &self.mode)
            .finish_non_exhaustive()
    }
}

impl TwilioSpec {
    fn wrong(&self) -> Vec<FieldError> {
        let mut wrong = Vec::new();
        let mut at = |pointer: &str, message: &str| wrong.push(FieldError::new(pointer, message));
        if !is_sid(&self.account_sid, "AC") {
            at(
                "/config/accountSid",
                "not an account SID: it is AC and 32 hexadecimal digits",
            );
        }
        let secret = self.auth_token.expose();
        if secret.is_empty() || secret.len() > MAX_SECRET || secret.chars().any(char::is_control) {
            at(
                "/config/authToken",
                "not an auth token: paste it from the console of Twilio",
            );
        }
        if self
            .api_key_sid
            .as_deref()
            .is_some_and(|sid| !is_sid(sid, "SK"))
        {
            at(
                "/config/apiKeySid",
                "not an API key's SID: it is SK and 32 hexadecimal digits",
            );
        }
        if !is_number(&self.to) {
            at(
                "/config/to",
                "not a phone number: write + and the number with its country code",
            );
        }
        let service = self.messaging_service_sid.as_deref();
        if service.is_some_and(|sid| !is_sid(sid, "MG")) {
            at(
                "/config/messagingServiceSid",
                "not a messaging service's SID: it is MG and 32 hexadecimal digits",
            );
        }
        match (self.mode, self.from.as_deref(), service) {
            (TwilioMode::Sms, Some(_), Some(_)) => at(
                "/config/messagingServiceSid",
                "either a number (from) or a messaging service, not both",
            ),
            (TwilioMode::Sms, None, None) => at(
                "/config/from",
                "say which number it comes from, or give a messagingServiceSid",
            ),
            (TwilioMode::Sms, Some(from), None) if !is_sender(from) => at(
                "/config/from",
                "not a sender: write + and a number with its country code, a short code, or a name \
                 of up to 11 letters and digits",
            ),
            (TwilioMode::Voice, _, Some(_)) => at(
                "/config/messagingServiceSid",
                "a messaging service makes no calls: give a number as from",
            ),
            (TwilioMode::Voice, None, None) => at("/config/from", "say which number calls"),
            (TwilioMode::Voice, Some(from), None) if !is_number(from) => at(
                "/config/from",
                "not a phone number: write + and the number with its country code",
            ),
            _ => {}
        }
        wrong
    }
}

impl ChannelSpec for TwilioSpec {
    const KIND: &'static str = "TWILIO";
    const SECRETS: &'static [&'static str] = &["/authToken"];
    const DESTINATION: &'static [&'static str] = &["/apiUrl"];
    type Means = Client;

    fn build(self, means: &Arc<Client>, env: &ChannelEnv) -> Result<Box<dyn Channel>, ConfigError> {
        let mut wrong = self.wrong();
        let api = address::api(&self.api_url)
            .map_err(|message| wrong.push(FieldError::new("/config/apiUrl", message)))
            .ok();
        match api {
            Some(api) if wrong.is_empty() => {
                let resource = match self.mode {
                    TwilioMode::Sms => "Messages.json",
                    TwilioMode::Voice => "Calls.json",
                };
                let path = ["2010-04-01", "Accounts", &self.account_sid, resource];
                Ok(Box::new(Twilio {
                    client: Arc::clone(means),
                    env: env.clone(),
                    url: address::below(&api, &path),
                    spec: self,
                }))
            }
            _ => Err(ConfigError { fields: wrong }),
        }
    }
}

fn is_sid(text: &str, prefix: &str) -> bool {
    text.strip_prefix(prefix).is_some_and(|digits| {
        digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

/// A number as E.164 has it.
fn is_number(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| {
        (2..=15).contains(&digits.len())
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && !digits.starts_with('0')
    })
}

/// A number, a short code, or a name.
fn is_sender(text: &str) -> bool {
    let code = (3..=8).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let name = (1..=11).contains(&text.len())
        && text.bytes().any(|byte| byte.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'-' | b'_' | b'&'));
    is_number(text) || code || name
}

/// The channel.
struct Twilio {
    client: Arc<Client>,
    env: ChannelEnv,
    url: Url,
    spec: TwilioSpec,
}

impl fmt::Debug for Twilio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Twilio").finish_non_exhaustive()
    }
}

impl Twilio {
    /// The `Authorization` header (RFC 7617).
    fn authorization(&self) -> Option<HeaderValue> {
        let spec = &self.spec;
        let user = spec.api_key_sid.as_deref().unwrap_or(&spec.account_sid);
        let pair = Zeroizing::new(format!("{user}:{}", spec.auth_token.expose()));
        let text = Zeroizing::new(format!("Basic {}", STANDARD.encode(pair.as_bytes())));
        let mut value = HeaderValue::from_str(&text).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}

#[async_trait]
impl Channel for Twilio {
    async fn deliver(&self, message: &Message) -> Result<Receipt, DeliveryError> {
        let spec = &self.spec;
        let rendering = Rendering::of(message);
        let (name, text) = match spec.mode {
            TwilioMode::Sms => ("Body", sms(&rendering)),
            TwilioMode::Voice => ("Twiml", twiml(&rendering)),
        };
        let mut fields = vec![("To", spec.to.as_str()), (name, &text)];
        if let Some(from) = &spec.from {
            fields.push(("From", from));
        }
        if let Some(service) = &spec.messaging_service_sid {
            fields.push(("MessagingServiceSid", service));
        }
        let mut request = Request::form(self.url.clone(), &fields);
        let authorization = self.authorization().ok_or_else(|| DeliveryError::Broken {
            detail: "the auth token cannot be sent".to_owned(),
        })?;
        request.headers.insert("authorization", authorization);
        let answer = self.client.send(&self.env, request).await?;
        receipt(&answer)
    }
}

/// What an answer means: errors carry a number that Twilio explains at its address.
fn receipt(answer: &Answer) -> Result<Receipt, DeliveryError> {
    let body = answer.json().unwrap_or_default();
    let said = match body.get("code").and_then(Value::as_i64) {
        Some(20_003) => Some("the account or its token is not valid (20003)".to_owned()),
        Some(21_211) => Some("the number in to is not valid (21211)".to_owned()),
        Some(21_608) => Some("the account may call verified numbers only (21608)".to_owned()),
        Some(21_610) => Some("the receiver has unsubscribed (21610)".to_owned()),
        Some(code) if code > 0 => Some(format!("Twilio's error {code}")),
        _ => None,
    };
    answer.receipt_saying(said.as_deref(), None)
}

fn sms(rendering: &Rendering) -> String {
    let mut text = rendering.title.clone();
    if let Some(error) = rendering.fact("Error")
        && !rendering.title.contains(error)
    {
        text.push_str("\nError: ");
        text.push_str(&fitted(error, MAX_SMS_ERROR, plain));
    }
    for label in SMS_FACTS {
        if let Some(value) = rendering.fact(label) {
            let value = fitted(value, MAX_SMS_VALUE, plain);
            text.push_str(&format!("\n{label}: {value}"));
        }
    }
    let mut text = fitted(&text, MAX_SMS, plain);
    if let Some(link) = rendering.link.as_ref().filter(|link| link.len() <= MAX_SMS) {
        text.push('\n');
        text.push_str(link);
    }
    text
}

/// A duration of ours, `2 min 1 s`, in whole words.
fn units(duration: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    for part in duration.split(' ') {
        let unit = match part {
            "d" => "day",
            "h" => "hour",
            "min" => "minute",
            "s" => "second",
            number => {
                words.push(number.to_owned());
                continue;
            }
        };
        let one = words.last().is_some_and(|number| number == "1");
        words.push(format!("{unit}{}", if one { "" } else { "s" }));
    }
    words.join(" ")
}

/// The sentence twice, because whoever picks up has to find the phone first.
fn twiml(rendering: &Rendering) -> String {
    let mut said = fitted(&rendering.title, MAX_SAID, spoken);
    for (label, words) in [
        ("Was down for", "It was down for"),
        ("Was degraded for", "It was degraded for"),
    ] {
        if let Some(value) = rendering.fact(label) {
            said.push_str(&format!(". {words} {}", units(value)));
        }
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Say>Monitorah: {said}.</Say>\
         <Pause length=\"1\"/><Say>Again: {said}.</Say></Response>"
    )
}

/// XML, and codes are read as words: `HTTP_STATUS` is no word to a voice.
fn spoken(character: char, out: &mut String) {
    // XML has no place for these, not even escaped.
    if matches!(character, '\u{fffe}' | '\u{ffff}') {
        return;
    }
    html(if character == '_' { ' ' } else { character }, out);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_said_in_words() {
        for (short, said) in [
            ("1 d 3 h", "1 day 3 hours"),
            ("12 min 1 s", "12 minutes 1 second"),
            ("0 s", "0 seconds"),
        ] {
            assert_eq!(units(short), said);
        }
    }

    #[test]
    fn numbers_senders_and_sids() {
        for number in ["+15551234567", "+4930123456"] {
            assert!(is_number(number) && is_sender(number), "{number}");
        }
        for number in [
            "",
            "+",
            "15551234567",
            "+0123",
            "+1 555",
            "+1234567890123456",
            "+12a",
        ] {
            assert!(!is_number(number), "{number}");
        }
        for sender in ["12345", "Monitorah", "My Alerts"] {
            assert!(is_sender(sender), "{sender}");
        }
        for sender in ["", "12", "Monitorah123456", "a\r\nb", "é"] {
            assert!(!is_sender(sender), "{sender}");
        }
        let digits = "0123456789abcdef0123456789abcdef";
        assert!(is_sid(&format!("AC{digits}"), "AC"));
        for sid in [
            "",
            "AC",
            digits,
            &format!("SK{digits}"),
            &format!("AC{digits}0"),
            "AC../../x",
        ] {
            assert!(!is_sid(sid, "AC"), "{sid}");
        }
    }
}
