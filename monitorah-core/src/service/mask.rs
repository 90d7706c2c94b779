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
/// sent could read it there. [`place`] and [`target`] tell where they are sent.
///
/// # Errors
/// Each secret that would be kept.
pub(super) fn refuse_to_move<P: PartialEq>(
    config: &Value,
    pointers: &[&str],
    before: &P,
    after: &P,
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

/// Where a monitor's secrets go by its target: its origin, or all of it where the type does not say
/// which fields decide.
pub(super) fn target(target: &str, destination: &[&str]) -> String {
    if destination.contains(&"") {
        target.to_owned()
    } else {
        origin(target)
    }
}

/// The origin of an URL, without credentials; all of what is none.
fn origin(text: &str) -> String {
    match url::Url::parse(text) {
        Ok(url) => match (url.origin(), url.host_str()) {
            (origin @ url::Origin::Tuple(..), _) => origin.ascii_serialization(),
            // A scheme that browsers do not know, such as `socks5` or `postgres`: these origins
            // would all be called "null".
            (_, Some(host)) if !host.is_empty() => {
                let port = url.port().map(|port| format!(":{port}"));
                format!("{}://{host}{}", url.scheme(), port.unwrap_or_default())
            }
            _ => text.to_owned(),
        },
        Err(_) => text.to_owned(),
    }
}

/// Where secrets go: the fields at `destination`, with every secret hidden. A field that is left
/// out has the default of `schema`. Of a URL the origin counts, because another path there is the
/// same place.
pub(super) fn place(
    config: &Value,
    destination: &[&str],
    secrets: &[&str],
    schema: &Value,
) -> String {
    let mut shown = config.clone();
    hide(&mut shown, secrets);
    let default = |pointer: &str| schema.pointer(&format!("/properties{pointer}/default"));
    let parts: Vec<_> = destination
        .iter()
        .map(|pointer| {
            let given = found(&shown, pointer).filter(|value| !value.is_null());
            match given.or_else(|| default(pointer)) {
                None => Value::Null,
                Some(Value::String(text)) => json!(origin(text)),
                Some(Value::Object(fields)) if pointer.is_empty() => {
                    Value::Object(written_out(fields, schema))
                }
                Some(other) => other.clone(),
            }
        })
        .collect();
    Value::Array(parts).to_string()
}

/// The value at a pointer whose last name may be in any case, as names of headers are.
fn found<'a>(config: &'a Value, pointer: &str) -> Option<&'a Value> {
    config.pointer(pointer).or_else(|| {
        let (parent, name) = pointer.rsplit_once('/')?;
        let fields = config.pointer(parent)?.as_object()?;
        let mut same = fields
            .iter()
            .filter(|(key, _)| key.eq_ignore_ascii_case(name));
        same.next().map(|(_, value)| value)
    })
}

/// The fields with every default of the schema; without those that are null.
fn written_out(fields: &Map<String, Value>, schema: &Value) -> Map<String, Value> {
    let known = schema.get("properties").and_then(Value::as_object);
    let mut all: Map<String, Value> = known
        .into_iter()
        .flatten()
        .filter_map(|(name, field)| Some((name.clone(), field.get("default")?.clone())))
        .collect();
    let given = fields.iter().filter(|(_, value)| !value.is_null());
    all.extend(given.map(|(name, value)| (name.clone(), value.clone())));
    all.retain(|_, value| !value.is_null());
    all
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
        let fields = [
            "/skipTlsVerification",
            "/caPem",
            "/proxy/url",
            "/headers/Host",
        ];
        let schema = json!({"properties": {"skipTlsVerification": {"default": false}}});
        let place = |to: &str, config: &Value| {
            (
                target(to, &fields),
                place(config, &fields, &["/bearerToken"], &schema),
            )
        };
        let here = place("https://a.example/x", &kept);
        assert_eq!(
            here,
            place("https://a.example:443/y", &kept),
            "another path is the same place"
        );
        assert_eq!(
            here,
            place(
                "https://a.example/x",
                &json!({"skipTlsVerification": false})
            ),
            "a default that is written out is the same place"
        );
        for (to, config) in [
            ("https://b.example/x", kept.clone()),
            ("http://a.example/x", kept.clone()),
            ("https://a.example/x", json!({"skipTlsVerification": true})),
            ("https://a.example/x", json!({"caPem": "x"})),
            (
                "https://a.example/x",
                json!({"headers": {"hOST": "b.example"}}),
            ),
            (
                "https://a.example/x",
                json!({"proxy": {"url": "socks5://p.example:1"}}),
            ),
        ] {
            let there = place(to, &config);
            assert_ne!(here, there, "{to}");
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
            refuse_to_move(
                &json!({"bearerToken": "new"}),
                &["/bearerToken"],
                &"a",
                &"b"
            )
            .is_ok()
        );
    }

    #[test]
    fn where_a_target_is_counts_and_all_of_it_where_nothing_is_said() {
        let named = ["/proxy/url"];
        let same = |a: &str, b: &str| target(a, &named) == target(b, &named);
        assert!(same(
            "postgres://u:p@db.example:5432/a",
            "postgres://db.example:5432/b"
        ));
        assert!(same("db.example:5432", "db.example:5432"));
        for other in [
            "postgres://evil.example:5432/a",
            "postgres://db.example:5433/a",
            "postgres://db.example/a",
            "tcp://db.example:5432/a",
            "db.example:5432",
        ] {
            assert!(!same("postgres://db.example:5432/a", other), "{other}");
        }
        assert!(!same("db.example:5432", "evil.example:5432"));
        assert!(!same("unix:///run/a", "unix:///run/b"));
        assert_ne!(
            target("https://a.example/x", &[""]),
            target("https://a.example/y", &[""])
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
