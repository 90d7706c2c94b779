//! The status of a manual monitor, set by a person or a script.

use super::{
    Refusals,
    monitors::{MonitorBody, shown},
};
use crate::{
    auth::Access,
    error::ApiResult,
    layer::extract::{Id, Json},
    state::AppState,
};
use axum::{extract::State, response::Response};
use http::StatusCode;
use monitorah_core::{MonitorId, Status, service::StatusDraft};
use serde::Deserialize;
use utoipa::ToSchema;

/// How a manual monitor is.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum ManualState {
    /// All is well: an open event is closed.
    Up,
    /// It works, but worse than it should.
    Degraded,
    /// It does not work: an event is opened.
    Down,
}

/// What is said of a manual monitor.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct SetStatus {
    /// How it is.
    status: ManualState,
    /// Why; it goes into the evidence of the event and into the messages.
    #[serde(default)]
    #[schema(max_length = 500)]
    message: Option<String>,
}

/// Set the status of a manual monitor. It is believed at once: its event is opened or closed, and
/// people are told.
#[utoipa::path(post, path = "/api/v1/monitors/{id}/status", operation_id = "set_monitor_status", tag = "Monitors",
    params(("id" = String, Path, description = "The monitor's id.")),
    request_body = SetStatus,
    responses((status = 200, description = "The monitor as it is now.", body = MonitorBody), Refusals))]
pub(crate) async fn set(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<MonitorId>,
    body: Json<SetStatus>,
) -> ApiResult<Response> {
    let caller = access.caller(&body.raw);
    let draft = StatusDraft {
        status: match body.value.status {
            ManualState::Up => Status::Up,
            ManualState::Degraded => Status::Degraded,
            ManualState::Down => Status::Down,
        },
        message: body.value.message,
    };
    let view = state.service.set_status(&caller, id, draft).await?;
    Ok(shown(&state, &access, StatusCode::OK, view))
}
