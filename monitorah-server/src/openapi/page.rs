//! The specification as a page for people: plain HTML and one style sheet, all served by us, so
//! that it works offline and under a policy that forbids every script.

use askama::Template;
use serde_json::{Map, Value};
use std::fmt::Write;

/// The style sheet of the page.
pub(crate) const STYLE: &str = include_str!("../../assets/api_docs.css");
/// Nothing runs, and nothing is loaded but our own style sheet.
pub(crate) const POLICY: &str = "default-src 'none'; style-src 'self'; base-uri 'none'; \
                                 form-action 'none'; frame-ancestors 'none'";

#[derive(Template)]
#[template(path = "api_docs.html")]
struct Page {
    title: String,
    version: String,
    description: String,
    groups: Vec<Group>,
    schemas: Vec<Schema>,
}

struct Group {
    name: String,
    anchor: String,
    description: String,
    operations: Vec<Operation>,
}

struct Operation {
    id: String,
    method: String,
    path: String,
    summary: String,
    description: String,
    scopes: Vec<String>,
    parameters: Vec<Field>,
    /// HTML.
    body: String,
    answers: Vec<Field>,
}

#[derive(Default)]
struct Field {
    name: String,
    place: String,
    /// HTML.
    kind: String,
    description: String,
    required: bool,
}

struct Schema {
    name: String,
    description: String,
    /// HTML, for what has no fields.
    kind: String,
    fields: Vec<Field>,
}

/// The page of this specification.
///
/// # Errors
/// Only when the page cannot be written, which would be a mistake of ours.
pub(crate) fn html(document: &Value) -> Result<String, askama::Error> {
    let text = |pointer: &str| text_at(document, pointer);
    let mut groups: Vec<Group> = array(document, "/tags")
        .map(|tag| Group {
            name: text_at(tag, "/name"),
            anchor: anchor(&text_at(tag, "/name")),
            description: text_at(tag, "/description"),
            operations: Vec::new(),
        })
        .collect();
    for (path, methods) in object(document, "/paths") {
        for (method, operation) in methods.as_object().into_iter().flatten() {
            let tag = text_at(operation, "/tags/0");
            if let Some(group) = groups.iter_mut().find(|group| group.name == tag) {
                let shown = shown(document, method, path, operation);
                group.operations.push(shown);
            }
        }
    }
    let schemas = object(document, "/components/schemas")
        .map(|(name, schema)| Schema {
            name: name.clone(),
            description: text_at(schema, "/description"),
            kind: if schema.get("properties").is_some() {
                String::new()
            } else {
                kind(schema)
            },
            fields: fields(schema),
        })
        .collect();
    Page {
        title: text("/info/title"),
        version: text("/info/version"),
        description: text("/info/description"),
        groups,
        schemas,
    }
    .render()
}

fn shown(document: &Value, method: &str, path: &str, operation: &Value) -> Operation {
    let parameters = array(operation, "/parameters")
        .map(|parameter| Field {
            name: text_at(parameter, "/name"),
            place: text_at(parameter, "/in"),
            kind: parameter.get("schema").map(kind).unwrap_or_default(),
            description: text_at(parameter, "/description"),
            required: flag(parameter, "required"),
        })
        .collect();
    let body = object(operation, "/requestBody/content")
        .filter_map(|(media, content)| {
            let kind = kind(content.get("schema")?);
            Some(format!("{kind} as <code>{}</code>", escape(media)))
        })
        .collect::<Vec<_>>()
        .join(" or ");
    let answers = object(operation, "/responses")
        .map(|(status, response)| {
            let response = match response.get("$ref").and_then(Value::as_str) {
                Some(target) => document
                    .pointer(target.trim_start_matches('#'))
                    .unwrap_or(response),
                None => response,
            };
            let kind = object(response, "/content")
                .filter_map(|(_, content)| content.get("schema").map(kind))
                .collect();
            Field {
                name: status.clone(),
                description: text_at(response, "/description"),
                kind,
                ..Field::default()
            }
        })
        .collect();
    Operation {
        id: text_at(operation, "/operationId"),
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: text_at(operation, "/summary"),
        description: text_at(operation, "/description"),
        scopes: array(operation, "/x-required-scopes")
            .filter_map(|scope| scope.as_str().map(str::to_owned))
            .collect(),
        parameters,
        body,
        answers,
    }
}

fn fields(schema: &Value) -> Vec<Field> {
    let required =
        |name: &str| array(schema, "/required").any(|required| required.as_str() == Some(name));
    object(schema, "/properties")
        .map(|(name, property)| Field {
            name: name.clone(),
            kind: kind(property),
            description: text_at(property, "/description"),
            required: required(name),
            place: String::new(),
        })
        .collect()
}

/// A schema's type in a few words of HTML: what it refers to is linked.
fn kind(schema: &Value) -> String {
    if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
        let name = escape(target.rsplit('/').next().unwrap_or(target));
        return format!("<a href=\"#schema-{name}\">{name}</a>");
    }
    for union in ["oneOf", "anyOf"] {
        if let Some(Value::Array(members)) = schema.get(union) {
            return members.iter().map(kind).collect::<Vec<_>>().join(" or ");
        }
    }
    if let Some(Value::Array(values)) = schema.get("enum") {
        return values
            .iter()
            .map(|value| format!("<code>{}</code>", escape(&plain(value))))
            .collect::<Vec<_>>()
            .join(", ");
    }
    let mut words = match schema.get("type") {
        Some(Value::String(one)) => escape(one),
        Some(Value::Array(several)) => several
            .iter()
            .map(|one| escape(&plain(one)))
            .collect::<Vec<_>>()
            .join(" or "),
        _ => "any".to_owned(),
    };
    if let Some(items) = schema.get("items") {
        // Writing into a text does not fail.
        let _ = write!(words, " of {}", kind(items));
    }
    for (name, word) in [
        ("format", ""),
        ("minimum", "from "),
        ("maximum", "to "),
        ("maxLength", "at most "),
        ("maxItems", "at most "),
        ("default", "default "),
    ] {
        if let Some(value) = schema.get(name) {
            let _ = write!(words, ", {word}{}", escape(&plain(value)));
        }
    }
    words
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn text_at(value: &Value, pointer: &str) -> String {
    value
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

fn flag(value: &Value, name: &str) -> bool {
    value.get(name).and_then(Value::as_bool).unwrap_or(false)
}

fn array<'a>(value: &'a Value, pointer: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    let items = value.pointer(pointer).and_then(Value::as_array);
    items.into_iter().flatten()
}

fn object<'a>(
    value: &'a Value,
    pointer: &str,
) -> impl Iterator<Item = (&'a String, &'a Value)> + use<'a> {
    let members: Option<&Map<String, Value>> = value.pointer(pointer).and_then(Value::as_object);
    members.into_iter().flatten()
}

fn anchor(name: &str) -> String {
    format!("group-{}", name.to_lowercase().replace(' ', "-"))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_operation_and_schema_is_there_and_nothing_runs() {
        let document = crate::openapi::document().unwrap();
        let page = html(&document).unwrap();
        for methods in document["paths"].as_object().unwrap().values() {
            for operation in methods.as_object().unwrap().values() {
                let id = operation["operationId"].as_str().unwrap();
                assert_eq!(page.matches(&format!("id=\"{id}\"")).count(), 1, "{id}");
            }
        }
        for name in document["components"]["schemas"]
            .as_object()
            .unwrap()
            .keys()
        {
            assert!(page.contains(&format!("id=\"schema-{name}\"")), "{name}");
        }
        // Every link within the page leads somewhere.
        for link in page.split("href=\"#").skip(1) {
            let target = link.split('"').next().unwrap();
            assert!(page.contains(&format!("id=\"{target}\"")), "{target}");
        }
        for forbidden in ["<script", "style=", " on", "http://", "https://"] {
            let found = page.split(forbidden).skip(1).find(|rest| {
                // Words of the text may begin like an attribute.
                forbidden != " on"
                    || rest
                        .split(['=', ' '])
                        .next()
                        .is_some_and(|word| rest.as_bytes().get(word.len()) == Some(&b'='))
            });
            let links = forbidden.starts_with("http");
            assert!(
                found.is_none_or(|_| links
                    && !page.contains(&format!("src=\"{forbidden}"))
                    && !page.contains(&format!("href=\"{forbidden}"))),
                "{forbidden}: {found:?}"
            );
        }
    }

    #[test]
    fn what_the_specification_says_is_text() {
        let document = json!({
            "info": {"title": "<b>", "version": "1", "description": "\"&"},
            "tags": [{"name": "T"}],
            "paths": {"/x": {"get": {"tags": ["T"], "operationId": "x",
                "summary": "<script>alert(1)</script>",
                "parameters": [{"name": "<i>", "in": "query", "schema": {"enum": ["<u>"]}}],
                "responses": {}}}},
            "components": {"schemas": {}},
        });
        let page = html(&document).unwrap();
        for tag in ["<b>", "<i>", "<u>", "<script>"] {
            assert!(!page.contains(tag), "{tag}");
        }
    }
}
