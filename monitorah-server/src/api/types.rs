//! The check and channel types of this installation, each with the JSON Schema of its configuration.

use super::Refusals;
use crate::{auth::Access, state::AppState};
use axum::{Json as Shown, extract::State};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// A type with its schema.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TypeBody {
    /// Its name.
    #[serde(rename = "type")]
    kind: String,
    /// The JSON Schema (draft 2020-12) of its configuration.
    #[schema(value_type = Object)]
    config_schema: Value,
    /// JSON pointers of the fields that never come back.
    secrets: Vec<String>,
}

/// Every type.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TypeList {
    /// The types, by name.
    data: Vec<TypeBody>,
}

fn texts(pointers: &[&str]) -> Vec<String> {
    pointers
        .iter()
        .map(|pointer| (*pointer).to_owned())
        .collect()
}

/// List the check types with the schemas of their configurations.
#[utoipa::path(get, path = "/api/v1/check-types", operation_id = "list_check_types", tag = "Monitors",
    responses((status = 200, description = "The types.", body = TypeList), Refusals))]
pub(crate) async fn checks(State(state): State<AppState>, _: Access) -> Shown<TypeList> {
    let data = state
        .service
        .check_types()
        .iter()
        .map(|known| TypeBody {
            kind: known.kind.to_string(),
            config_schema: known.schema.clone().to_value(),
            secrets: texts(known.secrets),
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
        .map(|known| TypeBody {
            kind: known.kind.to_owned(),
            config_schema: known.schema.clone().to_value(),
            secrets: texts(known.secrets),
        })
        .collect();
    Shown(TypeList { data })
}
