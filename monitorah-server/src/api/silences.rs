//! Silences.

use super::{Refusals, checks::Paged, monitors::merge, page, selection::Covered};
use crate::{
    auth::Access,
    error::{ApiError, ApiResult},
    layer::extract::{self, Id, Json, Query},
    state::AppState,
};
use axum::{Json as Shown, extract::State, response::Response};
use http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use monitorah_core::{SilenceId, service::SilenceDraft, silence::Silence};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// A silence to be made. It names `monitorIds`, `tags` or `groups`, or has `allMonitors`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct CreateSilence {
    /// Why nobody is to be told.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
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
    /// From when on; now when it is not said.
    #[serde(default, deserialize_with = "extract::moment_or_none")]
    starts_at: Option<Timestamp>,
    /// Until when: at most 90 days after the start.
    #[serde(deserialize_with = "extract::moment")]
    ends_at: Timestamp,
}

impl CreateSilence {
    fn draft(self) -> ApiResult<SilenceDraft> {
        let mut wrong = Vec::new();
        let covers = Covered {
            monitor_ids: self.monitor_ids,
            tags: self.tags,
            groups: self.groups,
            all_monitors: self.all_monitors,
        }
        .read(&mut wrong);
        if !wrong.is_empty() {
            return Err(ApiError::invalid(wrong));
        }
        Ok(SilenceDraft {
            reason: self.reason,
            covers,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
        })
    }
}

/// A silence.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Silence)]
pub(crate) struct SilenceBody {
    /// Its id.
    id: String,
    /// Why nobody is told.
    reason: String,
    /// About these monitors.
    monitor_ids: Vec<String>,
    /// About the monitors that carry one of these tags.
    tags: Vec<String>,
    /// About the monitors in one of these groups, or below it.
    groups: Vec<String>,
    /// About every monitor.
    all_monitors: bool,
    /// From when on.
    starts_at: Timestamp,
    /// Until when.
    ends_at: Timestamp,
    /// Whether it holds now.
    active: bool,
    /// Who made it: the id of an API key, or `operator`.
    created_by: String,
    /// When it was made.
    created_at: Timestamp,
    /// When it was last changed.
    updated_at: Timestamp,
    /// Counts its changes; the ETag is made of it.
    version: i64,
}

page::page! {
    /// A page of silences.
    SilencePage of SilenceBody
}

impl SilenceBody {
    fn of(silence: Silence, now: Timestamp) -> Self {
        let active = silence.active(now);
        let covered = Covered::from(silence.covers);
        Self {
            id: silence.id.to_string(),
            reason: silence.reason,
            monitor_ids: covered.monitor_ids,
            tags: covered.tags,
            groups: covered.groups,
            all_monitors: covered.all_monitors,
            starts_at: silence.starts_at,
            ends_at: silence.ends_at,
            active,
            created_by: silence.created_by,
            created_at: silence.created_at,
            updated_at: silence.updated_at,
            version: silence.version,
        }
    }
}

fn shown(state: &AppState, status: StatusCode, silence: Silence) -> Response {
    let body = SilenceBody::of(silence, state.service.now());
    let location = format!("/api/v1/silences/{}", body.id);
    page::versioned(status, body.version, location, body)
}

/// List the silences, oldest first, also those that are over.
#[utoipa::path(get, path = "/api/v1/silences", operation_id = "list_silences", tag = "Quiet",
    params(Paged),
    responses((status = 200, description = "A page of silences.", body = SilencePage), Refusals))]
pub(crate) async fn list(
    State(state): State<AppState>,
    access: Access,
    Query(query): Query<Paged>,
) -> ApiResult<Shown<SilencePage>> {
    let now = state.service.now();
    let (data, meta) = page::list(
        &state,
        &access,
        "silences",
        &query,
        |page| state.service.silences(&access.tenant, page),
        |silence| *silence.id.as_bytes(),
        |silence| SilenceBody::of(silence, now),
    )
    .await?;
    Ok(Shown(SilencePage { data, meta }))
}

/// Make a silence: events still open, and nobody is told.
#[utoipa::path(post, path = "/api/v1/silences", operation_id = "create_silence", tag = "Quiet",
    request_body = CreateSilence,
    responses((status = 201, description = "It was made.", body = SilenceBody), Refusals))]
pub(crate) async fn create(
    State(state): State<AppState>,
    access: Access,
    body: Json<CreateSilence>,
) -> ApiResult<Response> {
    let caller = access.caller(&body.raw);
    let created = state
        .service
        .create_silence(&caller, body.value.draft()?)
        .await?;
    Ok(shown(&state, StatusCode::CREATED, created.value))
}

/// Read a silence.
#[utoipa::path(get, path = "/api/v1/silences/{id}", operation_id = "get_silence", tag = "Quiet",
    params(("id" = String, Path, description = "The silence's id.")),
    responses((status = 200, description = "The silence.", body = SilenceBody), Refusals))]
pub(crate) async fn get(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<SilenceId>,
) -> ApiResult<Response> {
    let silence = state.service.silence(&access.tenant, id).await?;
    Ok(shown(&state, StatusCode::OK, silence))
}

/// Change a silence by a JSON merge patch (RFC 7396) of what creates it.
#[utoipa::path(patch, path = "/api/v1/silences/{id}", operation_id = "update_silence", tag = "Quiet",
    params(("id" = String, Path, description = "The silence's id.")),
    request_body(content = Object, content_type = "application/json", description = "The fields to change; null gives a field its default."),
    responses((status = 200, description = "The silence as it is now.", body = SilenceBody), Refusals))]
pub(crate) async fn update(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<SilenceId>,
    headers: HeaderMap,
    body: Json<Value>,
) -> ApiResult<Response> {
    let expected = extract::if_match(&headers)?;
    let now = state.service.now();
    let before = SilenceBody::of(state.service.silence(&access.tenant, id).await?, now);
    let mut document = json!({
        "reason": before.reason,
        "monitorIds": before.monitor_ids,
        "tags": before.tags,
        "groups": before.groups,
        "allMonitors": before.all_monitors,
        "startsAt": before.starts_at,
        "endsAt": before.ends_at,
    });
    merge(&mut document, &body.value)?;
    let draft = extract::from_value::<CreateSilence>(document)?.draft()?;
    let expected = expected.or(Some(before.version));
    let caller = access.caller(&body.raw);
    let silence = state
        .service
        .update_silence(&caller, id, draft, expected)
        .await?;
    Ok(shown(&state, StatusCode::OK, silence))
}

/// Delete a silence: if it holds, it ends.
#[utoipa::path(delete, path = "/api/v1/silences/{id}", operation_id = "delete_silence", tag = "Quiet",
    params(("id" = String, Path, description = "The silence's id.")),
    responses((status = 204, description = "It is gone."), Refusals))]
pub(crate) async fn delete(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<SilenceId>,
    headers: HeaderMap,
) -> ApiResult<StatusCode> {
    let expected = extract::if_match(&headers)?;
    state
        .service
        .delete_silence(&access.caller(&[]), id, expected)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// End a silence that holds, now.
#[utoipa::path(post, path = "/api/v1/silences/{id}/end", operation_id = "end_silence", tag = "Quiet",
    params(("id" = String, Path, description = "The silence's id.")),
    responses((status = 200, description = "The silence as it is now.", body = SilenceBody), Refusals))]
pub(crate) async fn end(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<SilenceId>,
) -> ApiResult<Response> {
    let silence = state.service.end_silence(&access.caller(&[]), id).await?;
    Ok(shown(&state, StatusCode::OK, silence))
}
