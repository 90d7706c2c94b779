//! What the specification knows and the generator has no word for: which calls are lists, which
//! configuration belongs to which type, and which requests can be named and so repeated.
//!
//! Each becomes a call of a macro that is written by hand in the client.

use crate::Fault;
use serde_json::{Map, Value};
use std::fmt::Write;

/// The unions of bodies: the union, what it makes, the trait and the enumeration of its
/// configurations.
const NOUNS: [(&str, &str, &str, &str); 2] = [
    ("CreateMonitor", "Monitor", "MonitorType", "MonitorConfig"),
    ("CreateChannel", "Channel", "ChannelType", "ChannelConfig"),
];

/// The additions as source.
pub(super) fn source(document: &Value) -> Result<String, Fault> {
    let mut text = format!("crate::list::lists! {{ {} }}\n", lists(document)?);
    for (union, noun, kind, name) in NOUNS {
        let configs = configs(document, union)?;
        writeln!(
            text,
            "crate::config::configs! {{ {noun}, {kind}, {name} {{ {configs} }} }}"
        )?;
    }
    writeln!(
        text,
        "/// The operations that take an `Idempotency-Key`.\npub(crate) const REPEATABLE: &[&str] = \
         &[{}];",
        repeatable(document)
    )?;
    Ok(text)
}

/// Every operation of a document.
fn operations(document: &Value) -> impl Iterator<Item = (&str, &Map<String, Value>)> {
    let paths = document.get("paths").and_then(Value::as_object);
    paths
        .into_iter()
        .flat_map(Map::values)
        .filter_map(Value::as_object)
        .flat_map(Map::values)
        .filter_map(Value::as_object)
        .filter_map(|operation| Some((operation.get("operationId")?.as_str()?, operation)))
}

/// Whether an operation has a parameter of this name.
fn takes(operation: &Map<String, Value>, name: &str) -> bool {
    let parameters = operation.get("parameters").and_then(Value::as_array);
    parameters
        .into_iter()
        .flatten()
        .any(|parameter| parameter.get("name").and_then(Value::as_str) == Some(name))
}

/// `ListMonitors gives Monitor;` for each operation that takes a cursor.
fn lists(document: &Value) -> Result<String, Fault> {
    let mut text = String::new();
    for (id, operation) in operations(document) {
        if !takes(operation, "cursor") {
            continue;
        }
        let page = Value::Object(operation.clone());
        let item = page
            .pointer("/responses/200/content/application~1json/schema")
            .and_then(|page| schema(document, page))
            .and_then(|page| named(page.pointer("/properties/data/items")?))
            .ok_or_else(|| {
                format!("{id} takes a cursor, and no page of named things comes back")
            })?;
        write!(text, "{} gives {item}; ", pascal(id))?;
    }
    Ok(text)
}

/// `"HTTP" Http HttpConfig,` for each type of a union.
fn configs(document: &Value, union: &str) -> Result<String, Fault> {
    let mapping = format!("/components/schemas/{union}/discriminator/mapping");
    let mapping = document
        .pointer(&mapping)
        .and_then(Value::as_object)
        .ok_or_else(|| format!("{union} has no mapping of its types"))?;
    let mut text = String::new();
    for (kind, body) in mapping {
        let config = body
            .as_str()
            .and_then(|target| document.pointer(target.strip_prefix('#')?))
            .and_then(|body| named(body.pointer("/properties/config")?))
            .ok_or_else(|| format!("{kind} of {union} has no named configuration"))?;
        write!(
            text,
            "\"{kind}\" {} {config}, ",
            pascal(&kind.to_lowercase())
        )?;
    }
    Ok(text)
}

/// The operations that take a name for their request.
fn repeatable(document: &Value) -> String {
    operations(document)
        .filter(|(_, operation)| takes(operation, "Idempotency-Key"))
        .map(|(id, _)| format!("\"{id}\", "))
        .collect()
}

/// The name of the schema that this one refers to, alone or beside a description.
fn named(schema: &Value) -> Option<&str> {
    let target = schema
        .get("$ref")
        .or_else(|| schema.pointer("/allOf/0/$ref"))?;
    target.as_str()?.rsplit('/').next()
}

fn schema<'a>(document: &'a Value, schema: &'a Value) -> Option<&'a Value> {
    match schema.get("$ref").and_then(Value::as_str) {
        Some(target) => document.pointer(target.strip_prefix('#')?),
        None => Some(schema),
    }
}

/// `list_monitors` as `ListMonitors`.
fn pascal(text: &str) -> String {
    text.split('_')
        .flat_map(|word| {
            let mut letters = word.chars();
            letters
                .next()
                .into_iter()
                .flat_map(char::to_uppercase)
                .chain(letters)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn lists_types_and_names_are_read_from_the_specification() {
        let config = |name: &str| {
            json!({ "properties": { "config": {
                "allOf": [{ "$ref": format!("#/components/schemas/{name}") }], "description": "x",
            } } })
        };
        let document = json!({
            "paths": { "/a": {
                "get": {
                    "operationId": "list_things",
                    "parameters": [{ "name": "cursor" }],
                    "responses": { "200": { "content": { "application/json": { "schema": {
                        "$ref": "#/components/schemas/ThingPage",
                    } } } } },
                },
                "post": { "operationId": "make", "parameters": [{ "name": "Idempotency-Key" }] },
            } },
            "components": { "schemas": {
                "ThingPage": { "properties": { "data": { "items": { "$ref": "#/x/Thing" } } } },
                "A": config("AConfig"),
                "CreateMonitor": { "discriminator": { "mapping": { "AB_C": "#/components/schemas/A" } } },
                "CreateChannel": { "discriminator": { "mapping": {} } },
            } },
        });
        let text = source(&document).unwrap();
        assert!(
            text.contains("lists! { ListThings gives Thing;  }"),
            "{text}"
        );
        assert!(
            text.contains("MonitorConfig { \"AB_C\" AbC AConfig,  }"),
            "{text}"
        );
        assert!(
            text.contains("REPEATABLE: &[&str] = &[\"make\", ];"),
            "{text}"
        );
    }
}
