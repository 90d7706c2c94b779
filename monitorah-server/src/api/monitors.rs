//! Monitors.

mod body;
mod draft;
mod filter;

pub(crate) use body::{MonitorBody, MonitorPage, shown};
pub(crate) use draft::CreateMonitor;

use super::{Refusals, checks::CheckResult, page};
use crate::{
    auth::Access,
    error::{ApiError, ApiResult},
    layer::extract::{self, Id, Json, Query, Texts},
    state::AppState,
};
use axum::{Json as Shown, extract::State, response::Response};
use filter::{ListMonitors, filter};
use http::{HeaderMap, StatusCode};
use monitorah_core::{
    FieldError, MonitorId,
    service::{MonitorDraft, MonitorView},
};
use serde_json::Value;

/// List the monitors, oldest first.
#[utoipa::path(get, path = "/api/v1/monitors", operation_id = "list_monitors", tag = "Monitors",
    params(ListMonitors),
    responses((status = 200, description = "A page of monitors.", body = MonitorPage), Refusals))]
pub(crate) async fn list(
    State(state): State<AppState>,
    access: Access,
    Query(query): Query<ListMonitors>,
) -> ApiResult<Shown<MonitorPage>> {
    let limit = page::limit(query.limit)?;
    let cursor = query.cursor.clone();
    let filter = filter(&state, query)?;
    let list = format!("monitors {filter:?}");
    let page = page::asked(&state, &access.tenant, &list, cursor.as_deref(), limit)?;
    let mut found = state
        .service
        .monitors(&access.tenant, &filter, page)
        .await?;
    let meta = page::cut(&state, &access.tenant, &list, &mut found, limit, |view| {
        view.monitor.id.as_bytes().to_vec()
    });
    let data = found
        .into_iter()
        .map(|view| MonitorBody::of(&state, &access, view))
        .collect();
    Ok(Shown(MonitorPage { data, meta }))
}

/// Make a monitor.
#[utoipa::path(post, path = "/api/v1/monitors", operation_id = "create_monitor", tag = "Monitors",
    request_body = CreateMonitor,
    responses((status = 201, description = "It was made.", body = MonitorBody), Refusals))]
pub(crate) async fn create(
    State(state): State<AppState>,
    access: Access,
    body: Json<CreateMonitor>,
) -> ApiResult<Response> {
    let caller = access.caller(&body.raw);
    let created = state
        .service
        .create_monitor(&caller, body.value.draft()?)
        .await?;
    Ok(shown(&state, &access, StatusCode::CREATED, created.value))
}

/// Read a monitor.
#[utoipa::path(get, path = "/api/v1/monitors/{id}", operation_id = "get_monitor", tag = "Monitors",
    params(("id" = String, Path, description = "The monitor's id.")),
    responses((status = 200, description = "The monitor.", body = MonitorBody), Refusals))]
pub(crate) async fn get(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<MonitorId>,
) -> ApiResult<Response> {
    let view = state.service.monitor(&access.tenant, id).await?;
    Ok(shown(&state, &access, StatusCode::OK, view))
}

/// Change a monitor by a JSON merge patch (RFC 7396) of what creates it.
#[utoipa::path(patch, path = "/api/v1/monitors/{id}", operation_id = "update_monitor", tag = "Monitors",
    params(("id" = String, Path, description = "The monitor's id.")),
    request_body(content = Object, content_type = "application/json", description = "The fields to change; null gives a field its default."),
    responses((status = 200, description = "The monitor as it is now.", body = MonitorBody), Refusals))]
pub(crate) async fn update(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<MonitorId>,
    headers: HeaderMap,
    body: Json<Value>,
) -> ApiResult<Response> {
    let expected = extract::if_match(&headers)?;
    let before = state.service.monitor(&access.tenant, id).await?;
    let version = before.monitor.version;
    let draft = patched(&state, &access, before, &body.value)?;
    // Without If-Match the patch still applies to the version that it was merged with.
    let expected = expected.or(Some(version));
    let caller = access.caller(&body.raw);
    let view = state
        .service
        .update_monitor(&caller, id, draft, expected)
        .await?;
    Ok(shown(&state, &access, StatusCode::OK, view))
}

/// Applies a merge patch, which is an object.
pub(crate) fn merge(document: &mut Value, patch: &Value) -> ApiResult<()> {
    if !patch.is_object() {
        return Err(ApiError::invalid(vec![FieldError::new(
            "",
            "a merge patch is a JSON object of the fields to change",
        )]));
    }
    json_patch::merge(document, patch);
    Ok(())
}

/// The draft that a creation's body stands for.
pub(super) fn draft_of(body: Value) -> ApiResult<MonitorDraft> {
    extract::from_value::<CreateMonitor>(body)?.draft()
}

/// What a monitor is to become by a merge patch.
pub(super) fn patched(
    state: &AppState,
    access: &Access,
    before: MonitorView,
    patch: &Value,
) -> ApiResult<MonitorDraft> {
    let mut document = MonitorBody::of(state, access, before).patchable()?;
    merge(&mut document, patch)?;
    draft_of(document)
}

/// Make the monitor with this external reference, or change it to this.
#[utoipa::path(put, path = "/api/v1/monitors/by-ref/{externalRef}", operation_id = "upsert_monitor", tag = "Monitors",
    params(("externalRef" = String, Path, description = "Your own id of the monitor.")),
    request_body = CreateMonitor,
    responses(
        (status = 200, description = "The monitor as it is now.", body = MonitorBody), Refusals))]
pub(crate) async fn upsert(
    State(state): State<AppState>,
    access: Access,
    Texts(reference): Texts<String>,
    headers: HeaderMap,
    body: Json<CreateMonitor>,
) -> ApiResult<Response> {
    let expected = extract::if_match(&headers)?;
    if body
        .value
        .external_ref
        .as_ref()
        .is_some_and(|other| *other != reference)
    {
        return Err(ApiError::invalid(vec![FieldError::new(
            "/externalRef",
            "the body names another externalRef than the path: leave it out",
        )]));
    }
    let caller = access.caller(&body.raw);
    let draft = body.value.draft()?;
    let done = state
        .service
        .upsert_monitor(&caller, &reference, draft, expected)
        .await?;
    Ok(shown(&state, &access, StatusCode::OK, done.value))
}

/// Delete a monitor and everything that was seen of it.
#[utoipa::path(delete, path = "/api/v1/monitors/{id}", operation_id = "delete_monitor", tag = "Monitors",
    params(("id" = String, Path, description = "The monitor's id.")),
    responses((status = 204, description = "It is gone."), Refusals))]
pub(crate) async fn delete(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<MonitorId>,
    headers: HeaderMap,
) -> ApiResult<StatusCode> {
    let expected = extract::if_match(&headers)?;
    state
        .service
        .delete_monitor(&access.caller(&[]), id, expected)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Pause a monitor: it is not checked, and its open event is closed without a message.
#[utoipa::path(post, path = "/api/v1/monitors/{id}/pause", operation_id = "pause_monitor", tag = "Monitors",
    params(("id" = String, Path, description = "The monitor's id.")),
    responses((status = 200, description = "The monitor as it is now.", body = MonitorBody), Refusals))]
pub(crate) async fn pause(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<MonitorId>,
) -> ApiResult<Response> {
    let view = state
        .service
        .set_paused(&access.caller(&[]), id, true)
        .await?;
    Ok(shown(&state, &access, StatusCode::OK, view))
}

/// Resume a monitor: it is checked at once.
#[utoipa::path(post, path = "/api/v1/monitors/{id}/resume", operation_id = "resume_monitor", tag = "Monitors",
    params(("id" = String, Path, description = "The monitor's id.")),
    responses((status = 200, description = "The monitor as it is now.", body = MonitorBody), Refusals))]
pub(crate) async fn resume(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<MonitorId>,
) -> ApiResult<Response> {
    let view = state
        .service
        .set_paused(&access.caller(&[]), id, false)
        .await?;
    Ok(shown(&state, &access, StatusCode::OK, view))
}

/// Check a monitor now and answer with what was seen.
#[utoipa::path(post, path = "/api/v1/monitors/{id}/check", operation_id = "check_monitor", tag = "Monitors",
    params(("id" = String, Path, description = "The monitor's id.")),
    responses((status = 200, description = "What was seen.", body = CheckResult), Refusals))]
pub(crate) async fn check(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<MonitorId>,
) -> ApiResult<Shown<CheckResult>> {
    let view = state.service.check_now(&access.tenant, id).await?;
    Ok(Shown(CheckResult::of(view)))
}
