//! The proxy of an HTTP monitor, as it is configured.

use crate::{check::SecretText, error::FieldError, net::Proxy};
use percent_encoding::percent_decode_str;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use url::Url;

/// The longest URL of a proxy.
const MAX_URL: usize = 1024;

/// A proxy that the requests go through.
///
/// Credentials that are written into the URL are taken out of it when it is read, so that they are
/// sealed and never shown.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProxySpec {
    /// `http://host:port`, or `socks5://host:port` whose names the proxy resolves.
    #[schemars(length(min = 1, max = 1024))]
    pub url: String,
    /// The user name, when the proxy wants one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 256))]
    pub username: Option<String>,
    /// The password.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<SecretText>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Written {
    url: String,
    #[serde(default)]
    username: Option<String>,
    #[serde(default)]
    password: Option<SecretText>,
}

impl<'de> Deserialize<'de> for ProxySpec {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Written {
            mut url,
            mut username,
            mut password,
        } = Written::deserialize(deserializer)?;
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        if let Ok(mut parsed) = Url::parse(url.trim())
            && (!parsed.username().is_empty() || parsed.password().is_some())
        {
            let in_url = Some(decoded(parsed.username()));
            let mut at_odds = username.is_some() && username != in_url;
            username = username.or(in_url);
            if let Some(in_url) = parsed.password().map(decoded) {
                at_odds |= password
                    .as_ref()
                    .is_some_and(|beside| beside.expose() != in_url);
                password = password.or(Some(SecretText::new(in_url)));
            }
            // What stands beside it may be what was kept: neither is dropped in silence.
            if at_odds {
                return Err(D::Error::custom(
                    "the URL carries other credentials than stand beside it: write them in \
                     username and password alone",
                ));
            }
            let bare = parsed
                .set_username("")
                .and_then(|()| parsed.set_password(None));
            if bare.is_ok() {
                url = parsed.as_str().trim_end_matches('/').to_owned();
            }
        }
        Ok(Self {
            url,
            username,
            password,
        })
    }
}

impl ProxySpec {
    /// The proxy, or what is wrong with it.
    pub(super) fn compile(&self, wrong: &mut Vec<FieldError>) -> Option<Proxy> {
        let mut refuse = |pointer: &str, message: &str| {
            wrong.push(FieldError::new(pointer, message));
            None
        };
        if self.url.len() > MAX_URL {
            return refuse("/config/proxy/url", "at most 1024 characters");
        }
        let password = self.password.as_ref().map(SecretText::expose);
        let credentials = match (self.username.as_deref(), password) {
            (None, None) => None,
            (Some(username), password) => Some((username, password.unwrap_or_default())),
            (None, Some(_)) => {
                return refuse(
                    "/config/proxy/username",
                    "a password needs a user name: write both, or neither",
                );
            }
        };
        match Proxy::new(&self.url, credentials) {
            Ok(proxy) => Some(proxy),
            Err(message) if message.contains("user name") => {
                refuse("/config/proxy/username", message)
            }
            Err(message) => refuse("/config/proxy/url", message),
        }
    }
}
