//! Merge patches: a field that may be null becomes `Patch`, which tells cleared from left out.

use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The types that fields of merge patches have: the name of a schema, and the type for it.
pub(super) type Replacements = BTreeMap<String, String>;

/// Rewrites the merge patches of a document, which are the schemas called `Update…`. The other
/// schemas are simplified already.
pub(super) fn rewrite(schemas: &mut Map<String, Value>) -> Replacements {
    let mut found = Replacements::new();
    let names: Vec<_> = schemas
        .keys()
        .filter(|name| name.starts_with("Update"))
        .cloned()
        .collect();
    let mut inner = Vec::new();
    for name in names {
        if let Some(schema) = schemas.get_mut(&name) {
            patch(&name, schema, &mut found, &mut inner);
        }
    }
    schemas.extend(inner);
    for name in found.keys() {
        schemas.insert(
            name.clone(),
            json!({ "type": "string", "description": "A field." }),
        );
    }
    found
}

fn patch(
    name: &str,
    schema: &mut Value,
    found: &mut Replacements,
    inner: &mut Vec<(String, Value)>,
) {
    let Some(Value::Object(properties)) = schema.get_mut("properties") else {
        return;
    };
    for (field, property) in properties {
        let Some(members) = property.as_object_mut() else {
            continue;
        };
        let nullable = members.remove("nullable") == Some(json!(true));
        // A merge patch in a merge patch is a type of its own.
        if members.contains_key("properties") {
            let name = format!("{name}{}", pascal(field));
            patch(&name, property, found, inner);
            let schema = std::mem::take(property);
            let description = schema.get("description").cloned().unwrap_or_default();
            *property = reference(&name, &description);
            inner.push((name, schema));
        }
        if !nullable {
            continue;
        }
        match plain(property) {
            Some((kind, rust)) => {
                let description = property.get("description").cloned().unwrap_or_default();
                let name = format!("PatchOf{kind}");
                *property = reference(&name, &description);
                found.insert(name, format!("crate::Patch<{rust}>"));
            }
            None => {
                if let Some(members) = property.as_object_mut() {
                    members.insert("nullable".to_owned(), json!(true));
                }
            }
        }
    }
}

fn reference(name: &str, description: &Value) -> Value {
    json!({
        "allOf": [{ "$ref": format!("#/components/schemas/{name}") }],
        "description": description.as_str().unwrap_or_default(),
    })
}

/// A word for the type of a schema, and the type.
fn plain(schema: &Value) -> Option<(String, String)> {
    let target = schema
        .get("$ref")
        .or_else(|| schema.pointer("/allOf/0/$ref"))
        .and_then(Value::as_str);
    if let Some(name) = target.and_then(|target| target.rsplit('/').next()) {
        let rust = match name {
            "Timestamp" => "::jiff::Timestamp".to_owned(),
            "Secret" => "crate::Secret".to_owned(),
            name => format!("crate::types::{name}"),
        };
        return Some((name.to_owned(), rust));
    }
    let format = schema.get("format").and_then(Value::as_str);
    let (kind, rust) = match schema.get("type").and_then(Value::as_str)? {
        "string" if schema.get("enum").is_none() => ("Text", "::std::string::String"),
        "boolean" => ("Flag", "bool"),
        "number" => ("Number", "f64"),
        "integer" => match format {
            Some("uint32") => ("Uint32", "u32"),
            Some("uint64") => ("Uint64", "u64"),
            _ => ("Int64", "i64"),
        },
        "array" => {
            let (kind, rust) = plain(schema.get("items")?)?;
            return Some((format!("ListOf{kind}"), format!("::std::vec::Vec<{rust}>")));
        }
        "object" => match schema.get("additionalProperties") {
            None | Some(Value::Bool(true)) => (
                "Object",
                "::serde_json::Map<::std::string::String, ::serde_json::Value>",
            ),
            Some(Value::Bool(false)) => return None,
            Some(items) => {
                let (kind, rust) = plain(items)?;
                let map = format!("::std::collections::BTreeMap<::std::string::String, {rust}>");
                return Some((format!("MapOf{kind}"), map));
            }
        },
        _ => return None,
    };
    Some((kind.to_owned(), rust.to_owned()))
}

/// `channelIds` as `ChannelIds`.
fn pascal(field: &str) -> String {
    let mut letters = field.chars();
    letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_null_can_be_cleared_and_the_rest_cannot() {
        let mut schemas = Map::new();
        schemas.insert(
            "CreateThing".to_owned(),
            json!({ "properties": {
            "a": { "type": "string", "nullable": true },
        } }),
        );
        let made = schemas["CreateThing"].clone();
        schemas.insert(
            "UpdateThing".to_owned(),
            json!({ "properties": {
            "name": { "type": "string" },
            "tags": { "type": "array", "items": { "type": "string" }, "nullable": true },
            "until": { "allOf": [{ "$ref": "#/components/schemas/Timestamp" }], "nullable": true },
            "counts": { "nullable": true, "properties": {
                "up": { "type": "integer", "format": "uint32", "nullable": true },
            } },
        } }),
        );
        let found = rewrite(&mut schemas);
        let of = |name: &str| found.get(name).map(String::as_str);
        assert_eq!(
            of("PatchOfListOfText"),
            Some("crate::Patch<::std::vec::Vec<::std::string::String>>")
        );
        assert_eq!(
            of("PatchOfTimestamp"),
            Some("crate::Patch<::jiff::Timestamp>")
        );
        assert_eq!(of("PatchOfUint32"), Some("crate::Patch<u32>"));
        assert_eq!(
            of("PatchOfUpdateThingCounts"),
            Some("crate::Patch<crate::types::UpdateThingCounts>")
        );
        assert_eq!(found.len(), 4);
        assert_eq!(schemas["CreateThing"], made);
        let fields = &schemas["UpdateThing"]["properties"];
        assert_eq!(fields["name"], json!({ "type": "string" }));
        assert_eq!(
            fields["tags"]["allOf"][0]["$ref"],
            "#/components/schemas/PatchOfListOfText"
        );
        assert!(schemas.contains_key("UpdateThingCounts") && schemas.contains_key("PatchOfUint32"));
    }
}
