//! Maintenance windows.

use super::{
    Refusals,
    checks::Paged,
    monitors::merge,
    page,
    schedule::{self, MaintenanceSchedule},
    selection::Covered,
};
use crate::{
    auth::Access,
    error::{ApiError, ApiResult},
    layer::extract::{self, Id, Json, Query},
    state::AppState,
};
use axum::{Json as Shown, extract::State, response::Response};
use http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use monitorah_core::{MaintenanceId, maintenance::Window, service::WindowDraft};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// A maintenance window to be made. It names `monitorIds`, `tags` or `groups`, or has
/// `allMonitors`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct CreateMaintenanceWindow {
    /// What people call it.
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// About these monitors.
    #[serde(default)]
    #[schema(max_items = 1000)]
    monitor_ids: Vec<String>,
    /// About the monitors that carry one of these tags.
    #[serde(default)]
    #[schema(max_items = 100)]
    tags: Vec<String>,
    /// About the monitors in one of these groups, or below it.
    #[serde(default)]
    #[schema(max_items = 100)]
    groups: Vec<String>,
    /// About every monitor, also those made later.
    #[serde(default)]
    #[schema(default = false)]
    all_monitors: bool,
    /// When it is open.
    #[schema(value_type = MaintenanceSchedule)]
    schedule: Value,
}

impl CreateMaintenanceWindow {
    fn draft(self) -> ApiResult<WindowDraft> {
        let mut wrong = Vec::new();
        let covers = Covered {
            monitor_ids: self.monitor_ids,
            tags: self.tags,
            groups: self.groups,
            all_monitors: self.all_monitors,
        }
        .read(&mut wrong);
        let schedule = schedule::read(self.schedule, &mut wrong);
        match schedule {
            Some(schedule) if wrong.is_empty() => Ok(WindowDraft {
                name: self.name,
                covers,
                schedule,
            }),
            _ => Err(ApiError::invalid(wrong)),
        }
    }
}

/// A maintenance window.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MaintenanceWindow)]
pub(crate) struct WindowBody {
    /// Its id.
    id: String,
    /// What people call it.
    name: String,
    /// About these monitors.
    monitor_ids: Vec<String>,
    /// About the monitors that carry one of these tags.
    tags: Vec<String>,
    /// About the monitors in one of these groups, or below it.
    groups: Vec<String>,
    /// About every monitor.
    all_monitors: bool,
    /// When it is open, as it was given.
    #[schema(value_type = Object)]
    schedule: Value,
    /// Whether it is open now.
    active: bool,
    /// When it opened, or opens next; absent when it is over.
    #[serde(skip_serializing_if = "Option::is_none")]
    opens_at: Option<Timestamp>,
    /// When it closes then; absent when it is over.
    #[serde(skip_serializing_if = "Option::is_none")]
    closes_at: Option<Timestamp>,
    /// When it was made.
    created_at: Timestamp,
    /// When it was last changed.
    updated_at: Timestamp,
    /// Counts its changes; the ETag is made of it.
    version: i64,
}

page::page! {
    /// A page of maintenance windows.
    MaintenanceWindowPage of WindowBody
}

impl WindowBody {
    fn of(window: Window, now: Timestamp) -> Self {
        let span = window.span(now);
        let covered = Covered::from(window.covers);
        Self {
            id: window.id.to_string(),
            name: window.name,
            monitor_ids: covered.monitor_ids,
            tags: covered.tags,
            groups: covered.groups,
            all_monitors: covered.all_monitors,
            schedule: schedule::show(&window.schedule),
            active: span.is_some_and(|span| span.from <= now),
            opens_at: span.map(|span| span.from),
            closes_at: span.map(|span| span.until),
            created_at: window.created_at,
            updated_at: window.updated_at,
            version: window.version,
        }
    }
}

fn shown(state: &AppState, status: StatusCode, window: Window) -> Response {
    let body = WindowBody::of(window, state.service.now());
    let location = format!("/api/v1/maintenance-windows/{}", body.id);
    page::versioned(status, body.version, location, body)
}

/// List the maintenance windows, oldest first, also those that are over.
#[utoipa::path(get, path = "/api/v1/maintenance-windows", operation_id = "list_maintenance_windows", tag = "Quiet",
    params(Paged),
    responses((status = 200, description = "A page of maintenance windows.", body = MaintenanceWindowPage), Refusals))]
pub(crate) async fn list(
    State(state): State<AppState>,
    access: Access,
    Query(query): Query<Paged>,
) -> ApiResult<Shown<MaintenanceWindowPage>> {
    let now = state.service.now();
    let (data, meta) = page::list(
        &state,
        &access,
        "maintenance",
        &query,
        |page| state.service.windows(&access.tenant, page),
        |window| *window.id.as_bytes(),
        |window| WindowBody::of(window, now),
    )
    .await?;
    Ok(Shown(MaintenanceWindowPage { data, meta }))
}

/// Make a maintenance window: checks go on, and what they see is not told and does not count.
#[utoipa::path(post, path = "/api/v1/maintenance-windows", operation_id = "create_maintenance_window", tag = "Quiet",
    request_body = CreateMaintenanceWindow,
    responses((status = 201, description = "It was made.", body = WindowBody), Refusals))]
pub(crate) async fn create(
    State(state): State<AppState>,
    access: Access,
    body: Json<CreateMaintenanceWindow>,
) -> ApiResult<Response> {
    let caller = access.caller(&body.raw);
    let created = state
        .service
        .create_window(&caller, body.value.draft()?)
        .await?;
    Ok(shown(&state, StatusCode::CREATED, created.value))
}

/// Read a maintenance window.
#[utoipa::path(get, path = "/api/v1/maintenance-windows/{id}", operation_id = "get_maintenance_window", tag = "Quiet",
    params(("id" = String, Path, description = "The window's id.")),
    responses((status = 200, description = "The window.", body = WindowBody), Refusals))]
pub(crate) async fn get(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<MaintenanceId>,
) -> ApiResult<Response> {
    let window = state.service.window(&access.tenant, id).await?;
    Ok(shown(&state, StatusCode::OK, window))
}

/// Change a maintenance window by a JSON merge patch (RFC 7396) of what creates it.
#[utoipa::path(patch, path = "/api/v1/maintenance-windows/{id}", operation_id = "update_maintenance_window", tag = "Quiet",
    params(("id" = String, Path, description = "The window's id.")),
    request_body(content = Object, content_type = "application/json", description = "The fields to change; null gives a field its default."),
    responses((status = 200, description = "The window as it is now.", body = WindowBody), Refusals))]
pub(crate) async fn update(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<MaintenanceId>,
    headers: HeaderMap,
    body: Json<Value>,
) -> ApiResult<Response> {
    let expected = extract::if_match(&headers)?;
    let now = state.service.now();
    let before = WindowBody::of(state.service.window(&access.tenant, id).await?, now);
    let mut schedule = before.schedule;
    // Another type has other fields: what the old one had is not merged into it.
    let kind = body.value.pointer("/schedule/type");
    if kind.is_some_and(|kind| schedule.get("type") != Some(kind)) {
        schedule = json!({});
    }
    let mut document = json!({
        "name": before.name,
        "monitorIds": before.monitor_ids,
        "tags": before.tags,
        "groups": before.groups,
        "allMonitors": before.all_monitors,
        "schedule": schedule,
    });
    merge(&mut document, &body.value)?;
    let draft = extract::from_value::<CreateMaintenanceWindow>(document)?.draft()?;
    let expected = expected.or(Some(before.version));
    let caller = access.caller(&body.raw);
    let window = state
        .service
        .update_window(&caller, id, draft, expected)
        .await?;
    Ok(shown(&state, StatusCode::OK, window))
}

/// Delete a maintenance window: if it is open, it ends.
#[utoipa::path(delete, path = "/api/v1/maintenance-windows/{id}", operation_id = "delete_maintenance_window", tag = "Quiet",
    params(("id" = String, Path, description = "The window's id.")),
    responses((status = 204, description = "It is gone."), Refusals))]
pub(crate) async fn delete(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<MaintenanceId>,
    headers: HeaderMap,
) -> ApiResult<StatusCode> {
    let expected = extract::if_match(&headers)?;
    state
        .service
        .delete_window(&access.caller(&[]), id, expected)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// End an open maintenance window now. One that recurs opens again at its next occurrence.
#[utoipa::path(post, path = "/api/v1/maintenance-windows/{id}/end", operation_id = "end_maintenance_window", tag = "Quiet",
    params(("id" = String, Path, description = "The window's id.")),
    responses((status = 200, description = "The window as it is now.", body = WindowBody), Refusals))]
pub(crate) async fn end(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<MaintenanceId>,
) -> ApiResult<Response> {
    let window = state.service.end_window(&access.caller(&[]), id).await?;
    Ok(shown(&state, StatusCode::OK, window))
}
