//! OpenAPI 3.1 to 3.0.3: the same contract with the words that older generators know.

use serde_json::{Map, Value, json};

type Object = Map<String, Value>;

/// Keywords of JSON Schema 2020-12 that 3.0 lacks and that only narrow what is valid.
const DROPPED: [&str; 12] = [
    "$comment",
    "$defs",
    "$schema",
    "contentEncoding",
    "contentMediaType",
    "contains",
    "dependentRequired",
    "patternProperties",
    "prefixItems",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// The document in 3.0.3.
pub(crate) fn to_3_0(mut document: Value) -> Value {
    if let Some(root) = document.as_object_mut() {
        root.insert("openapi".to_owned(), json!("3.0.3"));
    }
    if let Some(Value::Object(license)) = document.pointer_mut("/info/license") {
        license.remove("identifier");
    }
    each_schema(&mut document, &mut schema);
    plain_text_bodies(&mut document);
    document
}

/// The same value with every object's keys in order, whatever `serde_json` is built with.
pub(crate) fn sorted(value: Value) -> Value {
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

/// Calls `change` with every schema of a document, the inner ones first.
pub(crate) fn each_schema(document: &mut Value, change: &mut impl FnMut(&mut Value)) {
    let components = document
        .pointer_mut("/components/schemas")
        .and_then(Value::as_object_mut);
    for schema in components.into_iter().flat_map(Object::values_mut) {
        inside(schema, change);
    }
    for place in ["/components/responses", "/paths"] {
        if let Some(operations) = document.pointer_mut(place) {
            in_operations(operations, change);
        }
    }
}

/// Finds the schemas of parameters, headers and bodies: they all stand under `schema`.
fn in_operations(value: &mut Value, change: &mut impl FnMut(&mut Value)) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                if name == "schema" {
                    inside(member, change);
                } else {
                    in_operations(member, change);
                }
            }
        }
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| in_operations(item, change)),
        _ => {}
    }
}

/// Calls `change` with the schemas inside this one, and then with this one.
fn inside(schema: &mut Value, change: &mut impl FnMut(&mut Value)) {
    if let Some(members) = schema.as_object_mut() {
        for (name, member) in members.iter_mut() {
            match (name.as_str(), member) {
                ("properties", Value::Object(properties)) => properties
                    .values_mut()
                    .for_each(|schema| inside(schema, change)),
                ("items" | "additionalProperties" | "not", member) if !member.is_boolean() => {
                    inside(member, change);
                }
                ("oneOf" | "anyOf" | "allOf", Value::Array(members)) => {
                    members.iter_mut().for_each(|schema| inside(schema, change));
                }
                _ => {}
            }
        }
    }
    change(schema);
}

/// One schema; those inside it are done.
fn schema(schema: &mut Value) {
    if schema.is_boolean() {
        // 3.0 writes "anything" as the empty schema.
        *schema = json!({});
    }
    let Some(members) = schema.as_object_mut() else {
        return;
    };
    for keyword in DROPPED {
        members.remove(keyword);
    }
    if let Some(value) = members.remove("const") {
        if value.is_string() {
            members.insert("type".to_owned(), json!("string"));
        }
        members.insert("enum".to_owned(), json!([value]));
    }
    if let Some(Value::Array(examples)) = members.remove("examples")
        && let Some(first) = examples.into_iter().next()
    {
        members.insert("example".to_owned(), first);
    }
    bound(members, "exclusiveMinimum", "minimum");
    bound(members, "exclusiveMaximum", "maximum");
    null_as_keyword(members);
    null_as_choice(members);
    siblings(members);
}

/// `exclusiveMinimum: 3` becomes `minimum: 3, exclusiveMinimum: true`.
fn bound(members: &mut Object, exclusive: &str, inclusive: &str) {
    if members.get(exclusive).is_some_and(Value::is_number)
        && let Some(limit) = members.insert(exclusive.to_owned(), json!(true))
    {
        members.insert(inclusive.to_owned(), limit);
    }
}

/// `type: [string, null]` becomes `type: string, nullable: true`.
fn null_as_keyword(members: &mut Object) {
    let Some(Value::Array(kinds)) = members.get("type") else {
        return;
    };
    let nullable = kinds.iter().any(|kind| kind == "null");
    let kinds: Vec<Value> = kinds
        .iter()
        .filter(|kind| *kind != "null")
        .cloned()
        .collect();
    members.remove("type");
    match kinds.as_slice() {
        [only] => {
            members.insert("type".to_owned(), only.clone());
        }
        several => {
            let choices: Vec<_> = several.iter().map(|kind| json!({ "type": kind })).collect();
            members.insert("anyOf".to_owned(), Value::Array(choices));
        }
    }
    if nullable {
        members.insert("nullable".to_owned(), json!(true));
    }
}

/// A choice that is null becomes `nullable`; a single other choice stands by itself.
fn null_as_choice(members: &mut Object) {
    for keyword in ["oneOf", "anyOf"] {
        let Some(Value::Array(choices)) = members.get_mut(keyword) else {
            continue;
        };
        let before = choices.len();
        choices.retain(|choice| choice.get("type") != Some(&json!("null")));
        if choices.len() == before {
            continue;
        }
        let only = match choices.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        };
        members.insert("nullable".to_owned(), json!(true));
        if let Some(Value::Object(only)) = only {
            members.remove(keyword);
            for (name, value) in only {
                members.entry(name).or_insert(value);
            }
        }
    }
}

/// 3.0 ignores what stands beside `$ref`, so the reference moves into `allOf`.
fn siblings(members: &mut Object) {
    if members.len() > 1
        && let Some(target) = members.remove("$ref")
    {
        members.insert("allOf".to_owned(), json!([{ "$ref": target }]));
    }
}

/// Bodies of plain text are texts, and nothing else: no text is the empty one.
fn plain_text_bodies(document: &mut Value) {
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    let operations = paths
        .into_iter()
        .flat_map(Object::values_mut)
        .filter_map(Value::as_object_mut)
        .flat_map(Object::values_mut);
    for operation in operations {
        let Some(body) = operation.get_mut("requestBody") else {
            continue;
        };
        if let Some(schema) = body.pointer_mut("/content/text~1plain/schema") {
            *schema = json!({ "type": "string" });
            if let Some(body) = body.as_object_mut() {
                body.insert("required".to_owned(), json!(true));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[expect(
        clippy::needless_pass_by_value,
        reason = "the tests read better without ampersands"
    )]
    fn derived(schema: Value) -> Value {
        let document = json!({ "components": { "schemas": { "S": schema } } });
        to_3_0(document)["components"]["schemas"]["S"].take()
    }

    #[test]
    fn the_words_of_3_1_become_those_of_3_0() {
        for (new, old) in [
            (
                json!({ "type": ["string", "null"] }),
                json!({ "type": "string", "nullable": true }),
            ),
            (
                json!({ "oneOf": [{ "$ref": "#/x" }, { "type": "null" }] }),
                json!({ "allOf": [{ "$ref": "#/x" }], "nullable": true }),
            ),
            (
                json!({ "anyOf": [{ "type": "integer" }, { "type": "string" }, { "type": "null" }] }),
                json!({ "anyOf": [{ "type": "integer" }, { "type": "string" }], "nullable": true }),
            ),
            (
                json!({ "const": "A" }),
                json!({ "type": "string", "enum": ["A"] }),
            ),
            (
                json!({ "type": "number", "exclusiveMinimum": 3 }),
                json!({ "type": "number", "minimum": 3, "exclusiveMinimum": true }),
            ),
            (
                json!({ "$ref": "#/x", "description": "y" }),
                json!({ "allOf": [{ "$ref": "#/x" }], "description": "y" }),
            ),
            (
                json!({ "type": "object", "propertyNames": {}, "examples": [1, 2] }),
                json!({ "type": "object", "example": 1 }),
            ),
            (json!(true), json!({})),
        ] {
            assert_eq!(derived(new.clone()), old, "{new}");
        }
    }

    #[test]
    fn a_licence_has_no_identifier() {
        let info = json!({ "license": { "name": "MIT", "identifier": "MIT" } });
        let document = to_3_0(json!({ "info": info }));
        assert_eq!(document["info"]["license"], json!({ "name": "MIT" }));
    }

    #[test]
    fn a_property_that_is_called_like_a_keyword_stays() {
        let schema = json!({ "type": "object", "properties": {
            "const": { "type": "string" }, "examples": { "const": "A" }, "$ref": { "type": "string" },
        } });
        let properties = derived(schema)["properties"].take();
        assert_eq!(properties["const"]["type"], "string");
        assert_eq!(properties["examples"]["enum"], json!(["A"]));
        assert_eq!(properties["$ref"]["type"], "string");
    }
}
