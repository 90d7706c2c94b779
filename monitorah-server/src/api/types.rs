//! The check and channel types of this installation, each with the JSON Schema of its configuration.

use super::Refusals;
use crate::{auth::Access, state::AppState};
use axum::{Json as Shown, extract::State};
use monitorah_core::check::BUILTIN;
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

/// A type with its schema, and what a form or a page about it shows.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TypeBody {
    /// Its name.
    #[serde(rename = "type")]
    kind: String,
    /// What people call it.
    title: String,
    /// What it is, in a sentence or two.
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    /// The JSON Schema (draft 2020-12) of its configuration.
    #[schema(value_type = Object)]
    config_schema: Value,
    /// The fields of the configuration that may be left out and have a value then.
    #[schema(value_type = Object)]
    defaults: Value,
    /// A body that makes one, where the type publishes an example.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    example: Option<Value>,
    /// JSON pointers of the fields that never come back.
    secrets: Vec<String>,
}

/// Every type.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TypeList {
    /// The types, by name.
    data: Vec<TypeBody>,
}

impl TypeBody {
    /// What the schema of a type says. `example` makes a body of its title and configuration.
    fn of(
        kind: &str,
        schema: Value,
        secrets: &[&str],
        example: impl FnOnce(&str, &Value) -> Value,
    ) -> Self {
        let text = |name: &str| schema.get(name).and_then(Value::as_str).map(str::to_owned);
        let title = text("title").unwrap_or_else(|| kind.to_owned());
        let defaults: Map<String, Value> = schema
            .get("properties")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
            .filter_map(|(name, property)| Some((name.clone(), property.get("default")?.clone())))
            .collect();
        let example = schema
            .pointer("/examples/0")
            .map(|config| example(&title, config));
        Self {
            kind: kind.to_owned(),
            description: text("description"),
            title,
            defaults: Value::Object(defaults),
            example,
            config_schema: schema,
            secrets: secrets
                .iter()
                .map(|pointer| (*pointer).to_owned())
                .collect(),
        }
    }
}

/// List the check types with the schemas of their configurations.
#[utoipa::path(get, path = "/api/v1/check-types", operation_id = "list_check_types", tag = "Monitors",
    responses((status = 200, description = "The types.", body = TypeList), Refusals))]
pub(crate) async fn checks(State(state): State<AppState>, _: Access) -> Shown<TypeList> {
    let data = state
        .service
        .check_types()
        .iter()
        .map(|known| {
            let kind = known.kind.as_str();
            let schema = known.schema.clone().to_value();
            TypeBody::of(kind, schema, known.secrets, |title, config| {
                let mut body = if BUILTIN.contains(&kind) {
                    json!({ "name": title, "type": kind, "config": config })
                } else {
                    let config = json!({ "kind": kind, "config": config });
                    json!({ "name": title, "type": "CUSTOM", "config": config })
                };
                if let (Some(body), false) = (body.as_object_mut(), known.target.is_empty()) {
                    body.insert("target".to_owned(), json!(known.target));
                }
                body
            })
        })
        .collect();
    Shown(TypeList { data })
}

/// List the channel types with the schemas of their configurations.
#[utoipa::path(get, path = "/api/v1/channel-types", operation_id = "list_channel_types", tag = "Notifications",
    responses((status = 200, description = "The types.", body = TypeList), Refusals))]
pub(crate) async fn channels(State(state): State<AppState>, _: Access) -> Shown<TypeList> {
    let data = state
        .service
        .channel_types()
        .iter()
        .map(|known| {
            let schema = known.schema.clone().to_value();
            TypeBody::of(
                known.kind,
                schema,
                known.secrets,
                |title, config| json!({ "name": title, "type": known.kind, "config": config }),
            )
        })
        .collect();
    Shown(TypeList { data })
}
