//! The forms of texts that requests carry: ids by the kind of thing that they name, scopes, ETags.
//! The handlers take them as texts, so that what is wrong is told with its pointer.

use super::{Object, member, schemas};
use crate::auth::Scope;
use monitorah_core::{
    ApiKeyId, ChannelId, EventId, MaintenanceId, MonitorId, RuleId, SilenceId, alert::AlertKind,
};
use serde_json::{Value, json};

/// The ETag of a version, or `*` for any.
pub(super) const ETAG: &str = r#"^(\*|"v[0-9]{1,18}")$"#;

/// What stands before an id in a path, and the prefix of such ids.
const PLACES: [(&str, &str); 8] = [
    ("monitors", MonitorId::PREFIX),
    ("analytics", MonitorId::PREFIX),
    ("events", EventId::PREFIX),
    ("notification-channels", ChannelId::PREFIX),
    ("notification-rules", RuleId::PREFIX),
    ("api-keys", ApiKeyId::PREFIX),
    ("maintenance-windows", MaintenanceId::PREFIX),
    ("silences", SilenceId::PREFIX),
];

/// The fields and filters that hold ids, and the prefix of those.
const FIELDS: [(&str, &str); 5] = [
    ("monitorId", MonitorId::PREFIX),
    ("monitorIds", MonitorId::PREFIX),
    ("dependsOn", MonitorId::PREFIX),
    ("channelId", ChannelId::PREFIX),
    ("channelIds", ChannelId::PREFIX),
];

/// Gives every such text of a request its form.
pub(super) fn complete(root: &mut Object) -> Result<(), serde_json::Error> {
    for (path, methods) in member(root, "paths")? {
        let operations = methods.as_object_mut().into_iter().flatten();
        for (_, operation) in operations {
            let parameters = operation
                .get_mut("parameters")
                .and_then(Value::as_array_mut);
            for parameter in parameters.into_iter().flatten() {
                let name = parameter.get("name").and_then(Value::as_str);
                let prefix = name.and_then(|name| match name {
                    "id" => of_path(path),
                    name => of_field(name),
                });
                if let Some((prefix, schema)) = prefix.zip(parameter.get_mut("schema")) {
                    id(schema, prefix);
                }
            }
        }
    }
    let components = member(member(root, "components")?, "schemas")?;
    for (_, schema) in components.iter_mut() {
        // Requests are closed; responses promise no more than they have to.
        if schema.get("additionalProperties") == Some(&json!(false)) {
            let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
            for (name, property) in properties.into_iter().flatten() {
                if let Some(prefix) = of_field(name) {
                    id(property, prefix);
                }
            }
        }
    }
    let mut scopes: Vec<_> = Scope::ALL.iter().map(|scope| scope.as_str()).collect();
    scopes.push("*");
    let kinds = AlertKind::ALL.map(AlertKind::as_str);
    for (schema, field, name, description, texts) in [
        (
            "CreateApiKey",
            "scopes",
            "KeyScope",
            "What a key may do; `*` is all.",
            scopes.as_slice(),
        ),
        (
            "CreateRule",
            "events",
            "RuleEvent",
            "What a rule tells of.",
            kinds.as_slice(),
        ),
        (
            "UpdateRule",
            "events",
            "RuleEvent",
            "What a rule tells of.",
            kinds.as_slice(),
        ),
    ] {
        let list = member(member(member(components, schema)?, "properties")?, field)?;
        list.insert("items".to_owned(), schemas::reference(name));
        let choices = json!({ "type": "string", "description": description, "enum": texts });
        components.insert(name.to_owned(), choices);
    }
    Ok(())
}

fn of_path(path: &str) -> Option<&'static str> {
    let (before, _) = path.split_once("/{id}")?;
    let noun = before.rsplit('/').next()?;
    PLACES
        .iter()
        .find(|(place, _)| *place == noun)
        .map(|(_, prefix)| *prefix)
}

fn of_field(name: &str) -> Option<&'static str> {
    FIELDS
        .iter()
        .find(|(field, _)| *field == name)
        .map(|(_, prefix)| *prefix)
}

/// Puts the form of an id on a text, or on the texts of a list.
fn id(schema: &mut Value, prefix: &str) {
    let schema = match schema.get_mut("items") {
        Some(items) => items,
        None => schema,
    };
    if let Some(schema) = schema.as_object_mut() {
        let pattern = format!("^{prefix}_[0-9a-f]{{32}}$");
        schema.insert("pattern".to_owned(), json!(pattern));
    }
}

#[cfg(test)]
mod tests {
    use crate::openapi::document;

    #[test]
    fn ids_scopes_and_versions_have_their_forms_in_requests() {
        let document = document().unwrap();
        let parameter = |path: &str, method: &str, name: &str| {
            let list = &document["paths"][path][method]["parameters"];
            let found = list
                .as_array()
                .unwrap()
                .iter()
                .find(|one| one["name"] == name);
            found.unwrap()["schema"]["pattern"].clone()
        };
        assert_eq!(
            parameter("/api/v1/monitors/{id}/checks", "get", "id"),
            "^mtr_[0-9a-f]{32}$"
        );
        assert_eq!(
            parameter("/api/v1/events", "get", "monitorId"),
            "^mtr_[0-9a-f]{32}$"
        );
        assert!(parameter("/api/v1/monitors/{id}", "patch", "If-Match").is_string());
        let schemas = &document["components"]["schemas"];
        let rule = |name: &str| schemas[name]["properties"]["channelIds"]["items"].clone();
        for name in ["CreateRule", "UpdateRule"] {
            assert_eq!(rule(name)["pattern"], "^chn_[0-9a-f]{32}$", "{name}");
        }
        assert!(rule("Rule").get("pattern").is_none(), "a response is open");
        let scopes = &schemas["KeyScope"]["enum"];
        assert!(scopes.as_array().unwrap().contains(&"monitors:read".into()));
    }
}
