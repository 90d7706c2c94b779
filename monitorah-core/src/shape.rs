//! Whether a JSON value has lists and objects where its schema has them.
//!
//! The derived readers of structures take a list of their fields in order as well, which nobody
//! means and no schema says.

use crate::error::FieldError;
use serde_json::Value;

/// How deep a schema is followed: ours end long before, and a reference to itself would not.
const MAX_DEPTH: usize = 32;

/// The first list that stands where the schema has none, below `pointer`.
pub(crate) fn misplaced_list(schema: &Value, value: &Value, pointer: &str) -> Option<FieldError> {
    walk(schema, schema, value, pointer, 0)
}

fn walk(
    root: &Value,
    schema: &Value,
    value: &Value,
    pointer: &str,
    depth: usize,
) -> Option<FieldError> {
    if depth > MAX_DEPTH {
        return None;
    }
    let schema = resolved(root, schema);
    match value {
        Value::Array(_) if !admits_list(root, schema, depth) => Some(FieldError::new(
            pointer,
            "a list cannot stand here: write an object in braces, or a single value",
        )),
        Value::Array(items) => {
            let inner = schema.get("items")?;
            items.iter().enumerate().find_map(|(index, item)| {
                walk(root, inner, item, &format!("{pointer}/{index}"), depth + 1)
            })
        }
        Value::Object(fields) => fields.iter().find_map(|(name, field)| {
            let below = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
            let direct = schema
                .pointer("/properties")
                .and_then(|properties| properties.get(name))
                .or_else(|| schema.get("additionalProperties"));
            match direct {
                Some(inner) => walk(root, inner, field, &below, depth + 1),
                None => choices(schema).find_map(|choice| {
                    let choice = resolved(root, choice);
                    let chosen = fits(choice, value);
                    let inner = choice.pointer("/properties")?.get(name)?;
                    chosen
                        .then(|| walk(root, inner, field, &below, depth + 1))
                        .flatten()
                }),
            }
        }),
        _ => None,
    }
}

fn resolved<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    schema
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|reference| root.pointer(reference.strip_prefix('#')?))
        .unwrap_or(schema)
}

fn choices(schema: &Value) -> impl Iterator<Item = &Value> {
    ["anyOf", "oneOf"]
        .into_iter()
        .filter_map(|key| schema.get(key)?.as_array())
        .flatten()
}

fn admits_list(root: &Value, schema: &Value, depth: usize) -> bool {
    if depth > MAX_DEPTH {
        return true;
    }
    match schema.get("type") {
        Some(Value::String(kind)) => kind == "array",
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == "array"),
        _ if schema.get("enum").is_some() || schema.get("const").is_some() => false,
        _ => {
            let mut choices = choices(schema).peekable();
            choices.peek().is_none()
                || choices.any(|choice| admits_list(root, resolved(root, choice), depth + 1))
        }
    }
}

/// Whether the choice is the one that an object names by its constant fields.
fn fits(choice: &Value, value: &Value) -> bool {
    let Some(properties) = choice.get("properties").and_then(Value::as_object) else {
        return false;
    };
    properties.iter().all(|(name, schema)| {
        schema
            .get("const")
            .is_none_or(|constant| value.get(name) == Some(constant))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use schemars::JsonSchema;
    use serde_json::json;

    #[derive(JsonSchema)]
    #[expect(dead_code, reason = "its schema is what is tested")]
    struct Inner {
        names: Vec<String>,
        any: Value,
    }

    #[derive(JsonSchema)]
    #[serde(tag = "type")]
    #[expect(dead_code, reason = "its schema is what is tested")]
    enum Tagged {
        A { inner: Inner, many: Vec<String> },
        B { many: String },
    }

    #[derive(JsonSchema)]
    #[expect(dead_code, reason = "its schema is what is tested")]
    struct Outer {
        inner: Inner,
        perhaps: Option<Inner>,
        by_name: std::collections::BTreeMap<String, Inner>,
        tagged: Vec<Tagged>,
        texts: Option<Vec<String>>,
    }

    #[test]
    fn a_list_is_found_wherever_an_object_or_a_value_belongs() {
        let schema = schemars::schema_for!(Outer).to_value();
        let found = |value: Value| misplaced_list(&schema, &value, "").map(|error| error.pointer);
        for (value, pointer) in [
            (json!([]), ""),
            (json!({"inner": []}), "/inner"),
            (json!({"perhaps": [["a"]]}), "/perhaps"),
            (json!({"by_name": {"a/b": []}}), "/by_name/a~1b"),
            (json!({"inner": {"names": [["a"]]}}), "/inner/names/0"),
            (json!({"tagged": [["A"]]}), "/tagged/0"),
            (
                json!({"tagged": [{"type": "A", "inner": []}]}),
                "/tagged/0/inner",
            ),
            (
                json!({"tagged": [{"type": "B", "many": []}]}),
                "/tagged/0/many",
            ),
        ] {
            assert_eq!(found(value.clone()).as_deref(), Some(pointer), "{value}");
        }
        for value in [
            json!({"inner": {"names": ["a"], "any": [1]}, "perhaps": null, "texts": ["a"]}),
            json!({"tagged": [{"type": "A", "many": ["a"]}], "unknown": [1]}),
            json!("text"),
        ] {
            assert_eq!(found(value.clone()), None, "{value}");
        }
    }
}
