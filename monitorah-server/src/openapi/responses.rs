//! What responses carry: a field that has no value is absent and never null, unless it is required.

use super::{Object, member, schemas};
use serde_json::{Value, json};

/// Completes the schemas of responses, which are those that are not closed.
pub(super) fn complete(components: &mut Object) -> Result<(), serde_json::Error> {
    for schema in components.values_mut().filter_map(Value::as_object_mut) {
        if schema.get("additionalProperties") != Some(&json!(false)) {
            absent_and_not_null(schema);
        }
    }
    components.insert("FieldFault".to_owned(), field_fault());
    components.insert("ErrorDetails".to_owned(), details());
    let body = member(member(components, "ErrorBody")?, "properties")?;
    body.insert("details".to_owned(), schemas::reference("ErrorDetails"));
    Ok(())
}

fn absent_and_not_null(schema: &mut Object) {
    let required = schema.get("required").cloned().unwrap_or_default();
    let Some(Value::Object(properties)) = schema.get_mut("properties") else {
        return;
    };
    for (name, property) in properties {
        let required = required
            .as_array()
            .is_some_and(|names| names.iter().any(|required| required == name));
        if required {
            continue;
        }
        if let Some(Value::Array(kinds)) = property.get_mut("type") {
            kinds.retain(|kind| kind != "null");
            if let [only] = kinds.as_slice() {
                let only = only.clone();
                if let Some(kind) = property.get_mut("type") {
                    *kind = only;
                }
            }
        }
        if let Some(Value::Array(choices)) = property.get_mut("oneOf") {
            choices.retain(|choice| choice.get("type") != Some(&json!("null")));
            if let [only] = choices.as_slice() {
                *property = only.clone();
            }
        }
    }
}

fn field_fault() -> Value {
    json!({
        "description": "One thing that is wrong with a request, and where.",
        "type": "object",
        "properties": {
            "pointer": {
                "description": "A JSON pointer (RFC 6901) into the body, or the name of a query \
                                parameter or header.",
                "type": "string",
            },
            "message": { "description": "What is wrong and what to do.", "type": "string" },
        },
        "required": ["pointer", "message"],
    })
}

fn details() -> Value {
    json!({
        "description": "More, where there is more.",
        "type": "object",
        "properties": {
            "fields": {
                "description": "Everything that is wrong with the request.",
                "type": "array",
                "items": schemas::reference("FieldFault"),
            },
            "requestId": {
                "description": "Finds the request in the server's log.",
                "type": "string",
            },
            "requiredScope": { "description": "What the key lacks.", "type": "string" },
            "region": { "description": "Where the key belongs.", "type": "string" },
        },
    })
}
