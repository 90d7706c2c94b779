//! A text that is never shown.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// A secret: an API key, a signing secret, a password. `Debug` shows nothing of it.
///
/// It is sent and received as plain text, and dropped without being wiped: keep it for as short
/// as you can. A configuration that was read says only that a secret is set: such a secret is
/// masked, and sent back it leaves the stored one as it is.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Option<String>);

/// How a secret stands in a body.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Written {
    Text(String),
    Mask(Mask),
}

/// `{"secret": "set"}`
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Mask {
    secret: Set,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Set {
    Set,
}

impl Secret {
    /// Takes the text.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(Some(text.into()))
    }

    /// The secret that is stored already: it stays as it is.
    #[must_use]
    pub fn kept() -> Self {
        Self(None)
    }

    /// Whether all that is known is that there is one.
    #[must_use]
    pub fn is_masked(&self) -> bool {
        self.0.is_none()
    }

    /// The text itself. Keep it for one use. Of a [masked](Self::is_masked) one there is none.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.as_deref().unwrap_or_default()
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Some(text) => serializer.serialize_str(text),
            None => Mask { secret: Set::Set }.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // The words of the reader would quote what it read.
        match Written::deserialize(deserializer) {
            Ok(Written::Text(text)) => Ok(Self(Some(text))),
            Ok(Written::Mask(_)) => Ok(Self(None)),
            Err(_) => Err(serde::de::Error::custom("this is no secret")),
        }
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(Some(text))
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(Some(text.to_owned()))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types;
    use serde_json::json;

    const TEXT: &str = "mon_live_hush";

    #[test]
    fn a_secret_says_nothing_of_itself() {
        let secret = Secret::new(TEXT);
        assert!(!format!("{secret:?} {secret:#?}").contains("hush"));
        assert_eq!(secret.expose(), TEXT);
        let mask = json!({ "secret": "set" });
        let masked: Secret = serde_json::from_value(mask.clone()).unwrap();
        assert!(masked.is_masked() && masked == Secret::kept() && !secret.is_masked());
        assert_eq!(serde_json::to_value(&masked).unwrap(), mask);
        let error = serde_json::from_value::<Secret>(json!({ "secret": TEXT })).unwrap_err();
        assert!(!error.to_string().contains("hush"), "{error}");
    }

    #[test]
    fn answers_that_carry_a_secret_do_not_show_it() {
        let key: types::CreatedApiKey = serde_json::from_value(json!({
            "id": "key_1", "key": TEXT, "name": "n", "prefix": "mon_live_", "scopes": ["*"],
            "userId": "usr_1", "createdAt": "2026-01-01T00:00:00Z",
        }))
        .unwrap();
        assert_eq!(key.key.expose(), TEXT);
        assert!(!format!("{key:?} {key:#?}").contains("hush"));
        let channel: types::Channel = serde_json::from_value(json!({
            "id": "chn_1", "name": "n", "type": "WEBHOOK", "sealed": false, "enabled": true,
            "signingSecret": TEXT, "createdAt": "2026-01-01T00:00:00Z",
            "updatedAt": "2026-01-01T00:00:00Z", "version": 1,
        }))
        .unwrap();
        assert_eq!(channel.signing_secret.as_ref().unwrap().expose(), TEXT);
        assert!(!format!("{channel:?} {channel:#?}").contains("hush"));
    }

    #[test]
    fn requests_that_carry_a_secret_do_not_show_it() {
        let config: types::HttpConfig = types::HttpConfig::builder()
            .bearer_token(Some(Secret::new(TEXT)))
            .secret_headers(std::collections::BTreeMap::from([(
                "authorization".to_owned(),
                Secret::new(TEXT),
            )]))
            .try_into()
            .unwrap();
        assert!(!format!("{config:?}").contains("hush"));
        let sent = serde_json::to_string(&config).unwrap();
        assert_eq!(sent.matches(TEXT).count(), 2);
    }
}
