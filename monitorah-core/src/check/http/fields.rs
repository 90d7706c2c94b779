//! Which request headers a configuration may set, and where.

use super::HttpSpec;
use crate::error::FieldError;
use base64::{Engine, engine::general_purpose::STANDARD};
use http::{HeaderMap, HeaderName, HeaderValue, header};
use zeroize::Zeroizing;

/// The most headers of each kind.
const MAX_HEADERS: usize = 50;
/// The longest name.
const MAX_NAME: usize = 128;
/// The longest value.
const MAX_VALUE: usize = 8 * 1024;

/// The headers of the request: those for every hop, and those for the target's own origin only.
#[derive(Debug, Default)]
pub(super) struct RequestHeaders {
    pub(super) plain: HeaderMap,
    pub(super) credentials: HeaderMap,
    /// A `Host` that differs from the URL's, for the target's own origin only.
    pub(super) host: Option<HeaderValue>,
}

/// Connection management is ours (RFC 9110, section 7.6.1), and so are framing and encoding.
const OURS: [&str; 12] = [
    "accept-encoding",
    "connection",
    "content-length",
    "expect",
    "http2-settings",
    "keep-alive",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "via",
];

/// Headers that carry credentials by their nature.
const CREDENTIALS: [&str; 7] = [
    "authorization",
    "proxy-authorization",
    "cookie",
    "cookie2",
    "x-api-key",
    "api-key",
    "apikey",
];

/// Whether a header of this name carries a credential, judged by its name in whatever case: its
/// place is among the secret headers.
#[must_use]
pub fn carries_credential(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    CREDENTIALS.contains(&name.as_str())
        || [
            "token",
            "secret",
            "password",
            "api-key",
            "apikey",
            "credential",
        ]
        .iter()
        .any(|part| name.contains(part))
}

impl RequestHeaders {
    /// Validates everything and leaves what is wrong in `wrong`.
    pub(super) fn compile(spec: &HttpSpec, wrong: &mut Vec<FieldError>) -> Self {
        let mut headers = Self::default();
        for (pointer, count) in [
            ("/config/headers", spec.headers.len()),
            ("/config/secretHeaders", spec.secret_headers.len()),
        ] {
            if count > MAX_HEADERS {
                wrong.push(FieldError::new(
                    pointer,
                    format!("at most {MAX_HEADERS} headers"),
                ));
                return headers;
            }
        }
        for (name, value) in &spec.headers {
            let pointer = format!("/config/headers/{}", escaped(name));
            let result = parse(name, value).and_then(|(name, value)| {
                if carries_credential(name.as_str()) {
                    return Err("this header carries a credential: put it into secretHeaders");
                }
                headers.add(name, value)
            });
            if let Err(message) = result {
                wrong.push(FieldError::new(pointer, message));
            }
        }
        for (name, value) in &spec.secret_headers {
            let pointer = format!("/config/secretHeaders/{}", escaped(name));
            let result = parse(name, value.expose()).and_then(|(name, value)| {
                if name == header::HOST {
                    return Err("put Host into headers: it is no secret");
                }
                if headers.plain.contains_key(&name) {
                    return Err("this header is in headers too: keep one");
                }
                headers.add_credential(name, value)
            });
            if let Err(message) = result {
                wrong.push(FieldError::new(pointer, message));
            }
        }
        headers.add_authorization(spec, wrong);
        if let Some(media_type) = &spec.content_type {
            match HeaderValue::from_str(media_type) {
                _ if headers.plain.contains_key(header::CONTENT_TYPE) => {
                    wrong.push(FieldError::new(
                        "/config/contentType",
                        "headers has a Content-Type too: keep one",
                    ));
                }
                Ok(value) if media_type.len() <= 256 => {
                    headers.plain.insert(header::CONTENT_TYPE, value);
                }
                _ => wrong.push(FieldError::new(
                    "/config/contentType",
                    "not a media type: write for example application/json",
                )),
            }
        }
        headers
            .plain
            .entry(header::USER_AGENT)
            .or_insert(HeaderValue::from_static(concat!(
                "Monitorah/",
                env!("CARGO_PKG_VERSION")
            )));
        headers
            .plain
            .entry(header::ACCEPT)
            .or_insert(HeaderValue::from_static("*/*"));
        // A compressed body could be a bomb, and its size would say nothing.
        headers.plain.insert(
            header::ACCEPT_ENCODING,
            HeaderValue::from_static("identity"),
        );
        headers
    }

    fn add(&mut self, name: HeaderName, value: HeaderValue) -> Result<(), &'static str> {
        if name == header::HOST {
            self.host = Some(value);
        } else if self.plain.insert(name, value).is_some() {
            return Err("this header is given twice, in different case");
        }
        Ok(())
    }

    fn add_credential(
        &mut self,
        name: HeaderName,
        mut value: HeaderValue,
    ) -> Result<(), &'static str> {
        value.set_sensitive(true);
        if self.credentials.insert(name, value).is_some() {
            return Err("this header is given twice, in different case");
        }
        Ok(())
    }

    fn add_authorization(&mut self, spec: &HttpSpec, wrong: &mut Vec<FieldError>) {
        let (pointer, text) = match (&spec.basic_auth, &spec.bearer_token) {
            (Some(_), Some(_)) => {
                wrong.push(FieldError::new(
                    "/config/bearerToken",
                    "use either basicAuth or bearerToken",
                ));
                return;
            }
            (Some(basic), None) => {
                if basic.username.contains(':') || basic.username.len() > 256 {
                    wrong.push(FieldError::new(
                        "/config/basicAuth/username",
                        "at most 256 characters, without a colon",
                    ));
                    return;
                }
                let pair =
                    Zeroizing::new(format!("{}:{}", basic.username, basic.password.expose()));
                let encoded = Zeroizing::new(STANDARD.encode(pair.as_bytes()));
                (
                    "/config/basicAuth/password",
                    Zeroizing::new(format!("Basic {}", encoded.as_str())),
                )
            }
            (None, Some(token)) => (
                "/config/bearerToken",
                Zeroizing::new(format!("Bearer {}", token.expose())),
            ),
            (None, None) => return,
        };
        let result = parse("authorization", &text)
            .and_then(|(name, value)| self.add_credential(name, value))
            .map_err(|message| {
                if message.contains("twice") {
                    "secretHeaders has an Authorization too: keep one"
                } else {
                    message
                }
            });
        if let Err(message) = result {
            wrong.push(FieldError::new(pointer, message));
        }
    }
}

/// Refuses what is no header, what breaks the line, and what is ours to set.
fn parse(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), &'static str> {
    if name.len() > MAX_NAME {
        return Err("a header's name has at most 128 characters");
    }
    if value.len() > MAX_VALUE {
        return Err("a header's value has at most 8192 characters");
    }
    let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| "not the name of a header")?;
    if OURS.contains(&name.as_str()) {
        return Err("this header belongs to the connection, which is ours: leave it out");
    }
    let value = HeaderValue::from_str(value)
        .map_err(|_| "a header's value cannot contain control characters or line breaks")?;
    Ok((name, value))
}

/// A key inside a JSON pointer.
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
