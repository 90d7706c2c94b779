//! JSON Schemas of specifications as components: definitions hoisted, tagged variants named.

use super::Object;
use serde_json::{Value, json};

const COMPONENTS: &str = "#/components/schemas/";
/// The largest integer that every reader of JSON keeps exactly.
const MAX_SAFE_INTEGER: u64 = (1 << 53) - 1;

/// Names of definitions that say too little among all the others.
const RENAMED: [(&str, &str); 3] = [
    ("Family", "AddressFamily"),
    ("Method", "HttpMethod"),
    ("Severity", "AssertionSeverity"),
];

/// A reference to the component of this name.
pub(super) fn reference(name: &str) -> Value {
    json!({ "$ref": format!("{COMPONENTS}{name}") })
}

/// Puts a specification's schema among the components under this name, its definitions beside it.
/// A definition whose name another schema has already is put under a name of its own.
pub(super) fn hoist(components: &mut Object, name: &str, schema: Value) {
    let mut schema = schema;
    unlink(&mut schema);
    let Value::Object(mut schema) = schema else {
        components.insert(name.to_owned(), schema);
        return;
    };
    schema.remove("$schema");
    schema.remove("title");
    schema.remove("examples");
    let Some(Value::Object(definitions)) = schema.remove("$defs") else {
        components.insert(name.to_owned(), Value::Object(schema));
        return;
    };
    let names: Vec<(String, String)> = definitions
        .iter()
        .map(|(old, definition)| {
            let new = RENAMED
                .iter()
                .find(|(known, _)| known == old)
                .map_or(old.as_str(), |(_, new)| new);
            let taken = components.get(new).is_some_and(|other| other != definition);
            let new = if taken {
                format!("{name}{new}")
            } else {
                new.to_owned()
            };
            (old.clone(), new)
        })
        .collect();
    let mut schema = Value::Object(schema);
    point_elsewhere(&mut schema, &names);
    components.insert(name.to_owned(), schema);
    for (old, mut definition) in definitions {
        point_elsewhere(&mut definition, &names);
        if let Some((_, new)) = names.iter().find(|(known, _)| *known == old) {
            components.insert(new.clone(), definition);
        }
    }
}

/// Descriptions come from documentation of code: what links to code there is a plain word here.
fn unlink(value: &mut Value) {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(text)) = members.get_mut("description") {
                *text = text.replace("[`", "`").replace("`]", "`");
            }
            members.values_mut().for_each(unlink);
        }
        Value::Array(items) => items.iter_mut().for_each(unlink),
        _ => {}
    }
}

fn point_elsewhere(value: &mut Value, names: &[(String, String)]) {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(target)) = members.get_mut("$ref")
                && let Some(old) = target.strip_prefix("#/$defs/")
                && let Some((_, new)) = names.iter().find(|(known, _)| known == old)
            {
                *target = format!("{COMPONENTS}{new}");
            }
            members
                .values_mut()
                .for_each(|value| point_elsewhere(value, names));
        }
        Value::Array(items) => items
            .iter_mut()
            .for_each(|value| point_elsewhere(value, names)),
        _ => {}
    }
}

/// Makes enumerations and tagged unions what generators know them as.
pub(super) fn tidy(components: &mut Object) {
    let names: Vec<_> = components.keys().cloned().collect();
    for name in names {
        let Some(schema) = components.get_mut(&name).and_then(Value::as_object_mut) else {
            continue;
        };
        flatten_enumeration(schema);
        let variants = name_variants(&name, schema);
        components.extend(variants);
    }
}

/// `oneOf` of described constants becomes one `enum`, its descriptions one text.
fn flatten_enumeration(schema: &mut Object) {
    let Some(Value::Array(members)) = schema.get("oneOf") else {
        return;
    };
    let mut values = Vec::new();
    let mut text = Vec::new();
    for member in members {
        if let Some(value @ Value::String(name)) = member.get("const") {
            values.push(value.clone());
            if let Some(Value::String(meaning)) = member.get("description") {
                text.push(format!("- `{name}`: {meaning}"));
            }
        } else if let Some(Value::Array(several)) = member.get("enum") {
            values.extend(several.iter().cloned());
        } else {
            return;
        }
    }
    schema.remove("oneOf");
    schema.insert("type".to_owned(), json!("string"));
    schema.insert("enum".to_owned(), Value::Array(values));
    if !text.is_empty() {
        let text = text.join("\n");
        let whole = match schema.get("description") {
            Some(Value::String(before)) => format!("{before}\n\n{text}"),
            _ => text,
        };
        schema.insert("description".to_owned(), Value::String(whole));
    }
}

/// `oneOf` of objects with a constant `type` becomes references to named components and a
/// discriminator. Gives the components.
fn name_variants(name: &str, schema: &mut Object) -> Vec<(String, Value)> {
    let Some(Value::Array(members)) = schema.get("oneOf") else {
        return Vec::new();
    };
    let mut variants = Vec::new();
    for member in members {
        // The annotations write an enumeration of one value, the schemas of configurations a
        // constant.
        let tag = member
            .pointer("/properties/type/const")
            .or_else(|| member.pointer("/properties/type/enum/0"));
        let Some(Value::String(tag)) = tag else {
            return Vec::new();
        };
        let mut variant = member.clone();
        if let Some(kind) = variant.pointer_mut("/properties/type") {
            *kind = constant(tag);
        }
        variants.push((tag.clone(), format!("{}{name}", pascal(tag)), variant));
    }
    if variants.is_empty() {
        return Vec::new();
    }
    union(
        schema,
        variants
            .iter()
            .map(|(tag, name, _)| (tag.as_str(), name.as_str())),
    );
    variants
        .into_iter()
        .map(|(_, name, variant)| (name, variant))
        .collect()
}

/// Makes a schema the union of these components, told apart by `type`.
pub(super) fn union<'a>(schema: &mut Object, variants: impl Iterator<Item = (&'a str, &'a str)>) {
    let mut members = Vec::new();
    let mut mapping = Object::new();
    for (tag, name) in variants {
        members.push(reference(name));
        mapping.insert(tag.to_owned(), json!(format!("{COMPONENTS}{name}")));
    }
    schema.insert("oneOf".to_owned(), Value::Array(members));
    schema.insert(
        "discriminator".to_owned(),
        json!({ "propertyName": "type", "mapping": mapping }),
    );
}

/// The schema of a text with this one value.
pub(super) fn constant(value: &str) -> Value {
    json!({ "type": "string", "enum": [value] })
}

/// `BODY_CONTAINS` as `BodyContains`.
pub(super) fn pascal(text: &str) -> String {
    text.split('_')
        .flat_map(|word| {
            let mut letters = word.chars();
            letters
                .next()
                .into_iter()
                .flat_map(char::to_uppercase)
                .chain(letters.flat_map(char::to_lowercase))
        })
        .collect()
}

/// Whether a schema is one of integers.
pub(super) fn is_integer(schema: &Object) -> bool {
    match schema.get("type") {
        Some(Value::String(kind)) => kind == "integer",
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == "integer"),
        _ => false,
    }
}

/// Gives every unsigned integer a largest value: generators take the type from it.
pub(super) fn bound_integers(value: &mut Value) {
    match value {
        Value::Object(members) => {
            let unsigned = members
                .get("minimum")
                .and_then(Value::as_f64)
                .is_some_and(|minimum| minimum >= 0.0);
            if is_integer(members) && unsigned && !members.contains_key("maximum") {
                let largest = match members.get("format").and_then(Value::as_str) {
                    Some("uint8") => u64::from(u8::MAX),
                    Some("uint16") => u64::from(u16::MAX),
                    Some("int32") => i32::MAX.unsigned_abs().into(),
                    Some("uint32") => u64::from(u32::MAX),
                    _ => MAX_SAFE_INTEGER,
                };
                members.insert("maximum".to_owned(), json!(largest));
            }
            members.values_mut().for_each(bound_integers);
        }
        Value::Array(items) => items.iter_mut().for_each(bound_integers),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definitions_move_beside_the_schema_and_never_over_another() {
        let mut components = Object::new();
        components.insert("Other".to_owned(), json!({ "type": "string" }));
        let schema = json!({
            "$schema": "x", "title": "y", "type": "object", "description": "See [`Other`].",
            "properties": { "a": { "$ref": "#/$defs/Other" }, "b": { "$ref": "#/$defs/Family" } },
            "$defs": { "Other": { "type": "integer" }, "Family": { "$ref": "#/$defs/Other" } },
        });
        hoist(&mut components, "Mine", schema);
        assert_eq!(
            Value::Object(components),
            json!({
                "Mine": { "type": "object", "description": "See `Other`.", "properties": {
                    "a": { "$ref": "#/components/schemas/MineOther" },
                    "b": { "$ref": "#/components/schemas/AddressFamily" },
                } },
                "Other": { "type": "string" },
                "MineOther": { "type": "integer" },
                "AddressFamily": { "$ref": "#/components/schemas/MineOther" },
            })
        );
    }

    #[test]
    fn tagged_variants_get_names_and_constants_become_an_enumeration() {
        let variant = |tag: &str| json!({ "properties": { "type": { "const": tag } } });
        let mut components = Object::new();
        components.insert(
            "Rule".to_owned(),
            json!({ "oneOf": [variant("BODY_CONTAINS"), variant("STATUS")] }),
        );
        components.insert(
            "Colour".to_owned(),
            json!({ "oneOf": [{ "const": "RED", "description": "Warm." }, { "enum": ["BLUE"] }] }),
        );
        tidy(&mut components);
        assert_eq!(
            components["Rule"]["discriminator"]["mapping"]["BODY_CONTAINS"],
            "#/components/schemas/BodyContainsRule"
        );
        assert_eq!(
            components["StatusRule"]["properties"]["type"]["enum"],
            json!(["STATUS"])
        );
        assert_eq!(components["Colour"]["enum"], json!(["RED", "BLUE"]));
        assert_eq!(components["Colour"]["description"], "- `RED`: Warm.");
    }
}
