//! Which request headers a channel's configuration may add. Every value is a secret.

use super::{HeaderMap, HeaderName, HeaderValue};
use monitorah_core::{FieldError, check::SecretText};
use std::collections::BTreeMap;

/// The most headers that a configuration may add.
const MAX_HEADERS: usize = 20;
/// The longest name.
const MAX_NAME: usize = 128;
/// The longest value.
const MAX_VALUE: usize = 4 * 1024;

/// Connection management (RFC 9110, section 7.6.1), framing, and what every message carries.
const OURS: [&str; 18] = [
    "accept-encoding",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "expect",
    "host",
    "http2-settings",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "via",
];

/// Begins the names that tell whether a message is genuine, and what it is.
const SIGNED: [&str; 2] = ["webhook-", "x-monitorah-"];

/// The headers of a configuration's field `headers`; what is wrong is left in `wrong`.
pub(crate) fn custom_headers(
    headers: &BTreeMap<String, SecretText>,
    wrong: &mut Vec<FieldError>,
) -> HeaderMap {
    let mut map = HeaderMap::new();
    if headers.len() > MAX_HEADERS {
        wrong.push(FieldError::new(
            "/config/headers",
            format!("at most {MAX_HEADERS} headers"),
        ));
        return map;
    }
    for (name, value) in headers {
        match parse(name, value.expose()) {
            Ok((parsed, _)) if map.contains_key(&parsed) => {
                wrong.push(at(name, "this header is there twice: keep one"));
            }
            Ok((parsed, value)) => {
                map.insert(parsed, value);
            }
            Err(message) => wrong.push(at(name, message)),
        }
    }
    map
}

fn at(name: &str, message: &str) -> FieldError {
    let name = name.replace('~', "~0").replace('/', "~1");
    FieldError::new(format!("/config/headers/{name}"), message)
}

fn parse(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), &'static str> {
    if name.len() > MAX_NAME {
        return Err("a header's name has at most 128 characters");
    }
    let name = HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| "not a header's name: use letters, digits and -")?;
    if OURS.contains(&name.as_str()) {
        return Err("this header belongs to the connection or the message, and cannot be set");
    }
    if SIGNED.iter().any(|begin| name.as_str().starts_with(begin)) {
        return Err("headers of this name tell that a message is genuine, and cannot be set");
    }
    if value.len() > MAX_VALUE {
        return Err("a header's value has at most 4096 bytes");
    }
    let mut value = HeaderValue::from_str(value)
        .map_err(|_| "a header's value has no line breaks and no control characters")?;
    value.set_sensitive(true);
    Ok((name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(name: &str, value: &str) -> Vec<FieldError> {
        let headers = BTreeMap::from([(name.to_owned(), SecretText::new(value.to_owned()))]);
        let mut wrong = Vec::new();
        let map = custom_headers(&headers, &mut wrong);
        assert_eq!(map.len() + wrong.len(), 1);
        assert!(!format!("{map:?} {wrong:?}").contains("canary"));
        wrong
    }

    #[test]
    fn what_may_be_set() {
        for name in ["Authorization", "X-Api-Key", "cookie", "X-Tenant_1"] {
            assert_eq!(judged(name, "canary é"), []);
        }
    }

    #[test]
    fn v20_what_is_refused() {
        for name in [
            "Connection",
            "TRANSFER-ENCODING",
            "content-length",
            "Host",
            "Webhook-Signature",
            "webhook-id",
            "X-Monitorah-Signature",
            "x-monitorah-anything",
            "X A",
            "X\r\nY",
            "X:",
            "",
            "ü",
        ] {
            assert_eq!(judged(name, "canary").len(), 1, "{name}");
        }
        for value in ["canary\r\nX-Y: z", "canary\n", "canary\0", "\u{7f}canary"] {
            assert_eq!(judged("X-A", value).len(), 1, "{value:?}");
        }
        assert_eq!(judged("X-A", &"canary".repeat(1000)).len(), 1);
        assert_eq!(
            judged("a/b~", "canary")[0].pointer,
            "/config/headers/a~1b~0"
        );
    }

    #[test]
    fn two_spellings_of_one_header_are_refused() {
        let value = || SecretText::new("canary".to_owned());
        let headers = BTreeMap::from([("X-A".to_owned(), value()), ("x-a".to_owned(), value())]);
        let mut wrong = Vec::new();
        custom_headers(&headers, &mut wrong);
        assert_eq!(wrong.len(), 1);
        assert_eq!(wrong[0].pointer, "/config/headers/x-a");
    }
}
