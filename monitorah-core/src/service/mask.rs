//! Secrets in a configuration: shown as `{"secret": "set"}`, and that value put back leaves them as they are.

use crate::error::FieldError;
use serde_json::{Map, Value, json};

/// What stands for a secret that is set.
fn set() -> Value {
    json!({ "secret": "set" })
}

/// Hides every secret of a configuration. `pointers` may end in `"*"`: every key there.
pub(super) fn hide(config: &mut Value, pointers: &[&str]) {
    for pointer in pointers {
        for place in places(config, pointer) {
            if let Some(value) = config.pointer_mut(&place).filter(|value| !value.is_null()) {
                *value = set();
            }
        }
    }
}

/// Puts the stored secrets back where the new configuration says `{"secret": "set"}`.
///
/// # Errors
/// Where there is no stored secret to keep.
pub(super) fn restore(
    config: &mut Value,
    stored: Option<&Value>,
    pointers: &[&str],
) -> Result<(), Vec<FieldError>> {
    let mut wrong = Vec::new();
    for pointer in pointers {
        for place in places(config, pointer) {
            let Some(value) = config.pointer_mut(&place).filter(|value| **value == set()) else {
                continue;
            };
            match stored.and_then(|stored| stored.pointer(&place)) {
                Some(kept) => *value = kept.clone(),
                None => wrong.push(FieldError::new(
                    format!("/config{place}"),
                    "there is no stored secret to keep: send the secret itself",
                )),
            }
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

/// Refuses to keep stored secrets for another destination: whoever may change where a secret is
/// sent could read it there. `destination` tells where a configuration sends its secrets.
///
/// # Errors
/// Each secret that would be kept.
pub(super) fn refuse_to_move(
    config: &Value,
    pointers: &[&str],
    before: &str,
    after: &str,
) -> Result<(), Vec<FieldError>> {
    if before == after {
        return Ok(());
    }
    let wrong: Vec<_> = pointers
        .iter()
        .flat_map(|pointer| places(config, pointer))
        .filter(|place| config.pointer(place).is_some_and(|value| *value == set()))
        .map(|place| {
            FieldError::new(
                format!("/config{place}"),
                "where this secret is sent changes: send the secret itself again",
            )
        })
        .collect();
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

/// Where secrets go: the origin of an address, or all of what is none, and how its peer is known.
pub(super) fn destination(target: &str, config: &Value) -> String {
    let origin = |text: &str| match url::Url::parse(text) {
        Ok(url) if url.has_host() => url.origin().ascii_serialization(),
        _ => text.to_owned(),
    };
    let address = config.get("url").and_then(Value::as_str).unwrap_or("");
    let blind = config
        .get("skipTlsVerification")
        .and_then(Value::as_bool)
        .unwrap_or(false);
    let authority = config.get("caPem").and_then(Value::as_str).unwrap_or("");
    let proxy = config.pointer("/proxy/url").and_then(Value::as_str);
    format!(
        "{} {} {blind} {authority} {}",
        origin(target),
        origin(address),
        proxy.map(way).unwrap_or_default()
    )
}

/// A proxy without its credentials: what goes through it can be read there.
fn way(proxy: &str) -> String {
    match url::Url::parse(proxy) {
        Ok(url) => format!(
            "{} {} {}",
            url.scheme(),
            url.host_str().unwrap_or_default(),
            url.port().unwrap_or_default()
        ),
        Err(_) => proxy.to_owned(),
    }
}

/// Where a channel's secrets go: the fields at `destination`, with every secret hidden. A field
/// that is left out has the default of `schema`. Of a URL the origin counts, because another path
/// there is the same place.
pub(super) fn place(
    config: &Value,
    destination: &[&str],
    secrets: &[&str],
    schema: &Value,
) -> String {
    let mut shown = config.clone();
    hide(&mut shown, secrets);
    let parts: Vec<_> = destination
        .iter()
        .map(|pointer| {
            let given = shown.pointer(pointer).filter(|value| !value.is_null());
            let default = || schema.pointer(&format!("/properties{pointer}/default"));
            match given.or_else(default) {
                None => Value::Null,
                Some(Value::String(text)) => match url::Url::parse(text) {
                    Ok(url) if url.has_host() => json!(url.origin().ascii_serialization()),
                    _ => json!(text),
                },
                Some(other) => other.clone(),
            }
        })
        .collect();
    Value::Array(parts).to_string()
}

/// The pointers that a pattern stands for in this configuration.
fn places(config: &Value, pattern: &str) -> Vec<String> {
    match pattern.strip_suffix("/*") {
        None => vec![pattern.to_owned()],
        Some(parent) => config
            .pointer(parent)
            .and_then(Value::as_object)
            .map(Map::keys)
            .into_iter()
            .flatten()
            .map(|key| format!("{parent}/{}", key.replace('~', "~0").replace('/', "~1")))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POINTERS: &[&str] = &["/basicAuth/password", "/secretHeaders/*"];

    #[test]
    fn a_kept_secret_goes_nowhere_else() {
        let kept = json!({"bearerToken": {"secret": "set"}});
        let place = |target: &str, config: &Value| destination(target, config);
        let here = place("https://a.example/x", &kept);
        assert_eq!(
            here,
            place("https://a.example:443/y", &kept),
            "another path is the same place"
        );
        for (target, config) in [
            ("https://b.example/x", kept.clone()),
            ("http://a.example/x", kept.clone()),
            ("https://a.example/x", json!({"skipTlsVerification": true})),
            ("https://a.example/x", json!({"caPem": "x"})),
            (
                "https://a.example/x",
                json!({"proxy": {"url": "socks5://p.example:1"}}),
            ),
        ] {
            let there = place(target, &config);
            assert_ne!(here, there, "{target}");
            let wrong = refuse_to_move(&kept, &["/bearerToken"], &here, &there).unwrap_err();
            assert_eq!(wrong[0].pointer, "/config/bearerToken");
        }
        let through = |url: &str| place("https://a.example/x", &json!({"proxy": {"url": url}}));
        assert_eq!(
            through("http://p.example:1/"),
            through("http://u:p@p.example:1")
        );
        assert_ne!(
            through("socks5://p.example:1"),
            through("socks5://q.example:1")
        );
        assert!(
            refuse_to_move(&json!({"bearerToken": "new"}), &["/bearerToken"], "a", "b").is_ok()
        );
    }

    #[test]
    fn a_channel_is_elsewhere_when_what_decides_its_place_changes() {
        let secrets = ["/password"];
        let stored = json!({
            "host": "mail.example", "port": 587, "password": "p", "to": ["a@b.example"],
            "apiUrl": "https://api.example/v1",
        });
        let kept = |pointer: &str, value: Value| {
            let mut config = stored.clone();
            config["password"] = set();
            if let Some(field) = config.pointer_mut(pointer) {
                *field = value;
            }
            config
        };
        let schema = json!({"properties": {"apiUrl": {"default": "https://api.example"}}});
        let mail = ["/host", "/port", "/caPem"];
        let same = |config: &Value, destination: &[&str]| {
            let place = |config| place(config, destination, &secrets, &schema);
            place(&stored) == place(config)
        };
        assert!(same(&kept("/to", json!([])), &mail));
        assert!(!same(&kept("/host", json!("other.example")), &mail));
        assert!(!same(&kept("/port", json!(25)), &mail));
        let mut more = kept("/to", json!([]));
        more["caPem"] = json!("x");
        assert!(!same(&more, &mail));
        // What is left out has its default.
        assert!(same(&kept("/apiUrl", Value::Null), &["/apiUrl"]));
        assert!(!same(&kept("/host", Value::Null), &mail));
        // Of a URL the origin counts.
        assert!(same(
            &kept("/apiUrl", json!("https://api.example:443/v2")),
            &["/apiUrl"]
        ));
        assert!(!same(
            &kept("/apiUrl", json!("https://api2.example/v1")),
            &["/apiUrl"]
        ));
        // A type that says nothing means all of its configuration, but its secrets.
        let whole = [""];
        let unchanged = {
            let mut config = stored.clone();
            config["password"] = set();
            config
        };
        assert!(same(&unchanged, &whole));
        assert!(!same(&kept("/to", json!([])), &whole));
    }

    #[test]
    fn hidden_and_put_back() {
        let stored = json!({
            "basicAuth": {"username": "u", "password": "p"},
            "secretHeaders": {"X-Key": "k", "a/b": "c"},
        });
        let mut shown = stored.clone();
        hide(&mut shown, POINTERS);
        assert!(!shown.to_string().contains("\"p\"") && !shown.to_string().contains("\"k\""));
        let mut back = shown.clone();
        restore(&mut back, Some(&stored), POINTERS).unwrap();
        assert_eq!(back, stored);
        let wrong = restore(&mut shown, None, POINTERS).unwrap_err();
        assert_eq!(wrong.len(), 3);
        assert_eq!(wrong[0].pointer, "/config/basicAuth/password");
    }
}
