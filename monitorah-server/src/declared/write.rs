//! A file of monitors, written: the fields in the order in which people think, defaults left out.

use super::catalogue::{Catalogue, Object};
use super::substitute::literal;
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Value, json};

/// The fields that come first.
const ORDER: [&str; 5] = ["externalRef", "name", "type", "target", "config"];

/// A monitor on its way into a file: its body in the form of the file (see [`literal`]), and what
/// people should know of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entry {
    pub(crate) body: Object,
    pub(crate) notes: Vec<String>,
}

/// The text of a file.
///
/// # Errors
/// When a value cannot be written as YAML.
pub(crate) fn yaml(
    head: &[String],
    owner: Option<&str>,
    entries: &[Entry],
) -> Result<String, serde_saphyr::SerializeError> {
    let mut text = String::new();
    for line in head {
        text.push_str(&comment("", line));
    }
    if let Some(owner) = owner {
        text.push_str(&serde_saphyr::to_string(&Ordered(&map([(
            "owner",
            json!(owner),
        )])))?);
    }
    if entries.is_empty() {
        text.push_str("monitors: []\n");
        return Ok(text);
    }
    text.push_str("monitors:\n");
    for entry in entries {
        for note in &entry.notes {
            text.push_str(&comment("  ", note));
        }
        let body = serde_saphyr::to_string(&Ordered(&entry.body))?;
        for (number, line) in body.lines().enumerate() {
            text.push_str(match (number, line.is_empty()) {
                (0, _) => "  - ",
                (_, true) => "",
                _ => "    ",
            });
            text.push_str(line);
            text.push('\n');
        }
    }
    Ok(text)
}

fn comment(indent: &str, text: &str) -> String {
    format!("{indent}# {}\n", super::show::clean(text))
}

pub(crate) fn map<const N: usize>(members: [(&str, Value); N]) -> Object {
    members
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// Every text of a value so written that it stands for itself.
pub(crate) fn literals(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(literal(&text)),
        Value::Array(items) => items.into_iter().map(literals).collect(),
        Value::Object(members) => members
            .into_iter()
            .map(|(key, value)| (key, literals(value)))
            .collect::<Object>()
            .into(),
        value => value,
    }
}

/// The body without the fields that have the value that they have anyway.
pub(crate) fn without_defaults(catalogue: &Catalogue, body: &Object) -> Object {
    let mut least: Object = ["name", "type", "target", "intervalSeconds"]
        .into_iter()
        .filter_map(|field| Some((field.to_owned(), body.get(field)?.clone())))
        .collect();
    let bare = catalogue.full(&least).ok();
    least.remove("intervalSeconds");
    let plain = catalogue.full(&least).ok();
    let config = |full: &Option<Object>| full.as_ref()?.get("config").cloned();
    let defaults = config(&bare).unwrap_or_default();
    let is_default = |field: &str, value: &Value| {
        // The interval's default stands for itself; the timeout's depends on the interval.
        let full = if field == "intervalSeconds" {
            &plain
        } else {
            &bare
        };
        full.as_ref()
            .is_some_and(|full| full.get(field) == Some(value))
    };
    let mut short = Object::new();
    for (field, value) in body {
        let keep = ["externalRef", "name", "type"].contains(&field.as_str());
        match (field.as_str(), value) {
            ("config", Value::Object(members)) if config(&bare).is_some() => {
                let rest: Object = members
                    .iter()
                    .filter(|(name, value)| defaults.get(name.as_str()) != Some(value))
                    .map(|(name, value)| (name.clone(), value.clone()))
                    .collect();
                if !rest.is_empty() {
                    short.insert(field.clone(), Value::Object(rest));
                }
            }
            ("target", Value::String(target)) if target.is_empty() => {}
            (_, value) if !keep && field != "target" && is_default(field, value) => {}
            _ => drop(short.insert(field.clone(), value.clone())),
        }
    }
    short
}

struct Ordered<'a>(&'a Object);

impl Serialize for Ordered<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        let first = ORDER.iter().filter_map(|name| self.0.get_key_value(*name));
        let rest = self
            .0
            .iter()
            .filter(|(name, _)| !ORDER.contains(&name.as_str()));
        for (name, value) in first.chain(rest) {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}
