//! The published specification: what the annotations give, normalised, as one line-stable JSON text.
//!
//! The annotations say what each handler takes and gives. The rest is known elsewhere and is put
//! in from there: what a route asks of its caller from the policy table, and the configurations of
//! checks and channels from the schemas that their specifications publish.

mod bodies;
mod forms;
mod operations;
pub(crate) mod page;
mod responses;
mod schemas;

use crate::router::raw_spec;
use bytes::Bytes;
use serde::ser::Error as _;
use serde_json::{Map, Value, json};

/// A JSON object.
type Object = Map<String, Value>;

/// The contract: OpenAPI 3.1.
///
/// # Errors
/// Only when the annotations lack what is built on, which would be a mistake of ours.
pub fn document() -> Result<Value, serde_json::Error> {
    let mut document = serde_json::to_value(raw_spec())?;
    let root = object(&mut document, "the document")?;
    if let Some(info) = root.get_mut("info").and_then(Value::as_object_mut) {
        info.insert("version".to_owned(), json!(env!("CARGO_PKG_VERSION")));
    }
    root.insert("servers".to_owned(), json!([{ "url": "/" }]));
    root.insert("tags".to_owned(), operations::tags());
    let components = member(root, "components")?;
    components.insert("responses".to_owned(), operations::refusals());
    components.insert("securitySchemes".to_owned(), operations::security_schemes());
    let components = member(components, "schemas")?;
    responses::complete(components)?;
    bodies::complete(components)?;
    schemas::tidy(components);
    operations::complete(member(root, "paths")?)?;
    forms::complete(root)?;
    schemas::bound_integers(&mut document);
    Ok(sorted(document))
}

/// The contract as it is served and checked in.
///
/// # Errors
/// As [`document`].
pub fn text() -> Result<String, serde_json::Error> {
    let mut text = serde_json::to_string_pretty(&document()?)?;
    text.push('\n');
    Ok(text)
}

pub(crate) fn served() -> Result<Bytes, serde_json::Error> {
    Ok(Bytes::from(text()?))
}

fn lacks(what: &str) -> serde_json::Error {
    serde_json::Error::custom(format!("the annotations lack {what}"))
}

fn object<'a>(value: &'a mut Value, what: &str) -> Result<&'a mut Object, serde_json::Error> {
    value.as_object_mut().ok_or_else(|| lacks(what))
}

fn member<'a>(parent: &'a mut Object, name: &str) -> Result<&'a mut Object, serde_json::Error> {
    let found = parent.get_mut(name).ok_or_else(|| lacks(name))?;
    object(found, name)
}

/// The same value with every object's keys in order: whether `serde_json` keeps the order of
/// insertion depends on the crates that it is built with.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.into_iter().collect();
            members.sort_by(|a, b| a.0.cmp(&b.0));
            members
                .into_iter()
                .map(|(name, value)| (name, sorted(value)))
                .collect()
        }
        Value::Array(items) => items.into_iter().map(sorted).collect(),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn references<'a>(value: &'a Value, found: &mut BTreeSet<&'a str>) {
        match value {
            Value::Object(members) => {
                if let Some(Value::String(target)) = members.get("$ref") {
                    found.insert(target);
                }
                members.values().for_each(|value| references(value, found));
            }
            Value::Array(items) => items.iter().for_each(|value| references(value, found)),
            _ => {}
        }
    }

    #[test]
    fn every_reference_is_there_and_every_schema_is_used() {
        let document = document().unwrap();
        let mut found = BTreeSet::new();
        references(&document, &mut found);
        for target in &found {
            let pointer = target.strip_prefix('#').unwrap();
            assert!(document.pointer(pointer).is_some(), "{target}");
        }
        for name in document["components"]["schemas"]
            .as_object()
            .unwrap()
            .keys()
        {
            let target = format!("#/components/schemas/{name}");
            let mapped = document.to_string().contains(&format!("\"{target}\""));
            assert!(mapped, "{name} is used nowhere");
        }
    }

    #[test]
    fn every_operation_says_what_it_asks_for_and_has_one_shape_of_success_and_of_refusal() {
        let document = document().unwrap();
        let mut ids = BTreeSet::new();
        for (path, methods) in document["paths"].as_object().unwrap() {
            for (method, operation) in methods.as_object().unwrap() {
                let name = format!("{method} {path}");
                assert!(
                    ids.insert(operation["operationId"].as_str().unwrap()),
                    "{name}"
                );
                assert!(operation["security"].is_array(), "{name}");
                let open = operation["security"].as_array().unwrap().is_empty();
                assert_eq!(operation.get("x-required-scopes").is_none(), open, "{name}");
                let mut shapes = [BTreeSet::new(), BTreeSet::new()];
                for (status, response) in operation["responses"].as_object().unwrap() {
                    let response = match &response["$ref"] {
                        Value::String(target) => document.pointer(&target[1..]).unwrap(),
                        _ => response,
                    };
                    assert!(
                        !response["description"].as_str().unwrap().is_empty(),
                        "{name} {status}"
                    );
                    shapes[usize::from(!status.starts_with('2'))]
                        .insert(response["content"].to_string());
                }
                assert!(shapes.iter().all(|shapes| shapes.len() == 1), "{name}");
            }
        }
    }

    #[test]
    fn what_a_monitor_is_made_of_is_closed_and_typed() {
        let document = document().unwrap();
        let schemas = &document["components"]["schemas"];
        let body = &schemas["CreateMonitor"];
        assert_eq!(body["discriminator"]["propertyName"], "type");
        let kinds: BTreeSet<_> = body["discriminator"]["mapping"]
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        let mut known = BTreeSet::from(monitorah_core::check::BUILTIN);
        known.insert("CUSTOM");
        assert_eq!(kinds, known);
        for target in body["discriminator"]["mapping"]
            .as_object()
            .unwrap()
            .values()
        {
            let name = target.as_str().unwrap().rsplit('/').next().unwrap();
            assert_eq!(schemas[name]["additionalProperties"], false, "{name}");
        }
        assert_eq!(schemas["HttpConfig"]["additionalProperties"], false);
        assert_eq!(
            schemas["HttpConfig"]["properties"]["method"]["default"],
            "HEAD"
        );
    }

    #[test]
    fn the_schemas_admit_what_the_server_takes_and_nothing_else() {
        let document = document().unwrap();
        let judge = |name: &str, body: &Value| {
            let schema = json!({
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                "$ref": format!("#/components/schemas/{name}"),
                "components": document["components"],
            });
            jsonschema::validator_for(&schema).unwrap().is_valid(body)
        };
        let check = json!({ "type": "STATUS", "anyOf": [204, "3xx"] });
        for body in [
            json!({ "name": "a", "type": "HTTP", "target": "https://a.example" }),
            json!({ "name": "a", "type": "HTTP", "target": "https://a.example", "config": {
                "method": "GET", "assertions": [check], "basicAuth": null,
            } }),
            json!({ "name": "a", "type": "PORT", "target": "a.example:25", "paused": true }),
            json!({ "name": "a", "type": "HEARTBEAT", "config": { "graceSeconds": 5400 } }),
            json!({ "name": "a", "type": "GROUP", "config": { "tag": "web", "rule": "MIN_UP", "minUp": 2 } }),
            json!({ "name": "a", "type": "MANUAL" }),
            json!({ "name": "a", "type": "CUSTOM", "config": { "kind": "acme.queue" } }),
        ] {
            assert!(judge("CreateMonitor", &body), "{body}");
            let mut more = body.clone();
            more["colour"] = json!("red");
            assert!(!judge("CreateMonitor", &more), "{more}");
            let mut other = body.clone();
            other["config"] = json!({ "colour": "red" });
            assert!(!judge("CreateMonitor", &other), "{other}");
            let mut none = body;
            none["type"] = json!("SMOKE");
            assert!(!judge("CreateMonitor", &none), "{none}");
        }
        let window = |schedule: Value| json!({ "name": "a", "schedule": schedule });
        for (schedule, taken) in [
            (
                json!({"type": "ONCE", "startsAt": "2026-01-01T00:00:00Z",
                "endsAt": "2026-01-02T00:00:00Z"}),
                true,
            ),
            (
                json!({"type": "RECURRING", "cron": "0 2 * * SUN", "durationMinutes": 60,
                "timeZone": "Europe/Berlin"}),
                true,
            ),
            (
                json!({"type": "RECURRING", "weekdays": ["SUNDAY"], "time": "02:30",
                "durationMinutes": 60, "timeZone": "UTC"}),
                true,
            ),
            (json!({"type": "ONCE"}), false),
            (
                json!({"type": "RECURRING", "weekdays": ["SONNTAG"], "time": "02:30",
                "durationMinutes": 60, "timeZone": "UTC"}),
                false,
            ),
            (
                json!({"type": "ONCE", "startsAt": "2026-01-01T00:00:00Z",
                "endsAt": "2026-01-02T00:00:00Z", "colour": "red"}),
                false,
            ),
        ] {
            let body = window(schedule);
            assert_eq!(judge("CreateMaintenanceWindow", &body), taken, "{body}");
        }
        let hook =
            json!({ "name": "a", "type": "WEBHOOK", "config": { "url": "https://a.example" } });
        assert!(judge("CreateChannel", &hook));
        assert!(!judge(
            "CreateChannel",
            &json!({ "name": "a", "type": "WEBHOOK" })
        ));
        let told = |kind: &str, config: Value| {
            judge(
                "CreateChannel",
                &json!({ "name": "a", "type": kind, "config": config }),
            )
        };
        for (kind, config) in [
            ("SLACK", json!({ "webhookUrl": "https://a.example/T" })),
            (
                "DISCORD",
                json!({ "webhookUrl": "https://a.example/T", "threadId": "7" }),
            ),
            ("TELEGRAM", json!({ "botToken": "1:x", "chatId": "-1" })),
            ("PAGERDUTY", json!({ "routingKey": "x" })),
            (
                "TWILIO",
                json!({ "accountSid": "A".repeat(34), "authToken": "x", "mode": "SMS", "to": "+15550000002", "from": "Monitorah" }),
            ),
            (
                "EMAIL",
                json!({ "host": "a.example", "from": "a@a.example", "to": ["b@a.example"], "security": "TLS" }),
            ),
        ] {
            assert!(told(kind, config.clone()), "{kind}");
            let mut more = config;
            more["colour"] = json!("red");
            assert!(!told(kind, more), "{kind}");
            assert!(!told(kind, json!({})), "{kind}");
        }
        for patch in [
            json!({}),
            json!({ "paused": null, "config": { "method": null } }),
            json!({ "confirmations": { "up": null } }),
        ] {
            assert!(judge("UpdateMonitor", &patch), "{patch}");
        }
        assert!(!judge("UpdateMonitor", &json!({ "name": null })));
    }

    #[test]
    fn every_unsigned_integer_has_a_largest_value() {
        fn look(value: &Value, place: &str) {
            match value {
                Value::Object(members) => {
                    let unsigned = members.get("minimum").and_then(Value::as_f64) >= Some(0.0);
                    if unsigned && schemas::is_integer(members) {
                        assert!(members.contains_key("maximum"), "{place}");
                    }
                    for (name, value) in members {
                        look(value, &format!("{place}/{name}"));
                    }
                }
                Value::Array(items) => items.iter().for_each(|value| look(value, place)),
                _ => {}
            }
        }
        look(&document().unwrap(), "");
    }
}
