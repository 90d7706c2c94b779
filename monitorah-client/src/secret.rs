//! A text that is never shown.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A secret: an API key, a signing secret, a password. `Debug` shows nothing of it.
///
/// It is sent and received as plain text, and dropped without being wiped: keep it for as short
/// as you can.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Takes the text.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself. Keep it for one use.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
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
