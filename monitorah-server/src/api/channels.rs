//! Notification channels.

use super::{Refusals, checks::Paged, monitors::merge, notifications::AttemptBody, page};
use crate::{
    auth::Access,
    error::{ApiError, ApiResult},
    layer::extract::{self, Id, Json, Query},
    state::AppState,
};
use axum::{
    Json as Shown,
    extract::{Request, State},
    response::Response,
};
use http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use monitorah_core::{
    ChannelId,
    service::{ChannelDraft, ChannelView},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::time::Duration;
use utoipa::ToSchema;

/// A channel to be made. `config` is what its type publishes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct CreateChannel {
    /// What people call it.
    #[serde(deserialize_with = "extract::trimmed")]
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// The channel type.
    #[serde(rename = "type")]
    kind: String,
    /// Where and how it delivers.
    #[schema(value_type = Object)]
    config: Value,
    /// Whether it delivers.
    #[serde(default = "yes")]
    #[schema(default = true)]
    enabled: bool,
}

pub(crate) const fn yes() -> bool {
    true
}

impl CreateChannel {
    fn draft(self) -> ChannelDraft {
        ChannelDraft {
            name: self.name,
            kind: self.kind,
            config: self.config,
            enabled: self.enabled,
        }
    }
}

/// A notification channel.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Channel)]
pub(crate) struct ChannelBody {
    /// Its id.
    id: String,
    /// What people call it.
    name: String,
    /// The channel type.
    #[serde(rename = "type")]
    kind: String,
    /// Where and how it delivers, with secrets shown as `{"secret":"set"}`; absent while `sealed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    config: Option<Value>,
    /// Whether the account's key is not available, so that the config cannot be read.
    sealed: bool,
    /// Whether it delivers.
    enabled: bool,
    /// The secret that the receiver verifies us with: shown once, when it is made or rotated.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = Password)]
    signing_secret: Option<String>,
    /// When it was made.
    created_at: Timestamp,
    /// When it was last changed.
    updated_at: Timestamp,
    /// Counts its changes; the ETag is made of it.
    version: i64,
}

page::page! {
    /// A page of notification channels.
    ChannelPage of ChannelBody
}

impl From<ChannelView> for ChannelBody {
    fn from(view: ChannelView) -> Self {
        let ChannelView { record, config } = view;
        Self {
            id: record.id.to_string(),
            name: record.name,
            kind: record.kind,
            sealed: config.is_none(),
            config,
            enabled: record.enabled,
            signing_secret: None,
            created_at: record.created_at,
            updated_at: record.updated_at,
            version: record.version,
        }
    }
}

fn shown(status: StatusCode, body: ChannelBody) -> Response {
    let location = format!("/api/v1/notification-channels/{}", body.id);
    page::versioned(status, body.version, location, body)
}

/// List the channels, oldest first.
#[utoipa::path(get, path = "/api/v1/notification-channels", operation_id = "list_channels", tag = "Notifications",
    params(Paged),
    responses((status = 200, description = "A page of channels.", body = ChannelPage), Refusals))]
pub(crate) async fn list(
    State(state): State<AppState>,
    access: Access,
    Query(query): Query<Paged>,
) -> ApiResult<Shown<ChannelPage>> {
    let (data, meta) = page::list(
        &state,
        &access,
        "channels",
        &query,
        async |page| state.service.channels(&access.tenant, page).await,
        |view| *view.record.id.as_bytes(),
        ChannelBody::from,
    )
    .await?;
    Ok(Shown(ChannelPage { data, meta }))
}

/// Make a channel. The answer shows its signing secret, once.
#[utoipa::path(post, path = "/api/v1/notification-channels", operation_id = "create_channel", tag = "Notifications",
    request_body = CreateChannel,
    responses((status = 201, description = "It was made.", body = ChannelBody), Refusals))]
pub(crate) async fn create(
    State(state): State<AppState>,
    access: Access,
    body: Json<CreateChannel>,
) -> ApiResult<Response> {
    let caller = access.caller(&body.raw);
    let (created, secret) = state
        .service
        .create_channel(&caller, body.value.draft())
        .await?;
    let mut body = ChannelBody::from(created.value);
    body.signing_secret = secret.map(|secret| secret.expose().clone());
    Ok(shown(StatusCode::CREATED, body))
}

/// Read a channel.
#[utoipa::path(get, path = "/api/v1/notification-channels/{id}", operation_id = "get_channel", tag = "Notifications",
    params(("id" = String, Path, description = "The channel's id.")),
    responses((status = 200, description = "The channel.", body = ChannelBody), Refusals))]
pub(crate) async fn get(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<ChannelId>,
) -> ApiResult<Response> {
    Ok(shown(
        StatusCode::OK,
        state.service.channel(&access.tenant, id).await?.into(),
    ))
}

/// Change a channel by a JSON merge patch (RFC 7396) of what creates it.
#[utoipa::path(patch, path = "/api/v1/notification-channels/{id}", operation_id = "update_channel", tag = "Notifications",
    params(("id" = String, Path, description = "The channel's id.")),
    request_body(content = Object, content_type = "application/json", description = "The fields to change; null gives a field its default."),
    responses((status = 200, description = "The channel as it is now.", body = ChannelBody), Refusals))]
pub(crate) async fn update(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<ChannelId>,
    headers: HeaderMap,
    body: Json<Value>,
) -> ApiResult<Response> {
    let expected = extract::if_match(&headers)?;
    let before = ChannelBody::from(state.service.channel(&access.tenant, id).await?);
    let Some(config) = &before.config else {
        return Err(ApiError::new(
            StatusCode::LOCKED,
            "sealed",
            "the key of this account is not available: its data cannot be read or written",
        ));
    };
    let mut document = json!({
        "name": before.name,
        "type": before.kind,
        "config": config,
        "enabled": before.enabled,
    });
    merge(&mut document, &body.value)?;
    let draft = extract::from_value::<CreateChannel>(document)?.draft();
    let expected = expected.or(Some(before.version));
    let caller = access.caller(&body.raw);
    let view = state
        .service
        .update_channel(&caller, id, draft, expected)
        .await?;
    Ok(shown(StatusCode::OK, view.into()))
}

/// Delete a channel; it leaves every rule, and what waits for it is given up.
#[utoipa::path(delete, path = "/api/v1/notification-channels/{id}", operation_id = "delete_channel", tag = "Notifications",
    params(("id" = String, Path, description = "The channel's id.")),
    responses((status = 204, description = "It is gone."), Refusals))]
pub(crate) async fn delete(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<ChannelId>,
    headers: HeaderMap,
) -> ApiResult<StatusCode> {
    let expected = extract::if_match(&headers)?;
    state
        .service
        .delete_channel(&access.caller(&[]), id, expected)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How a test message went.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ChannelTest {
    /// The notification; it stands in the delivery log.
    notification_id: String,
    /// Whether the receiver took it.
    delivered: bool,
    /// The attempt.
    attempt: AttemptBody,
}

/// Send a test message now, and say how it went.
#[utoipa::path(post, path = "/api/v1/notification-channels/{id}/test", operation_id = "test_channel", tag = "Notifications",
    params(("id" = String, Path, description = "The channel's id.")),
    responses((status = 200, description = "How it went.", body = ChannelTest), Refusals))]
pub(crate) async fn test(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<ChannelId>,
) -> ApiResult<Shown<ChannelTest>> {
    let tested = state.service.test_channel(&access.caller(&[]), id).await?;
    Ok(Shown(ChannelTest {
        notification_id: tested.notification.to_string(),
        delivered: tested.attempt.delivered,
        attempt: tested.attempt.into(),
    }))
}

/// For how long the old secret goes on being used.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RotateSecret {
    /// Messages carry both signatures for so long: seconds.
    #[serde(default = "a_day")]
    #[schema(minimum = 0, maximum = 604_800, default = 86_400)]
    overlap_seconds: u32,
}

const fn a_day() -> u32 {
    86_400
}

/// Give a channel a new signing secret; the answer shows it, once.
#[utoipa::path(post, path = "/api/v1/notification-channels/{id}/rotate-secret", operation_id = "rotate_channel_secret", tag = "Notifications",
    params(("id" = String, Path, description = "The channel's id.")),
    request_body = RotateSecret,
    responses((status = 200, description = "The channel with its new secret.", body = ChannelBody), Refusals))]
pub(crate) async fn rotate_secret(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<ChannelId>,
    request: Request,
) -> ApiResult<Response> {
    let body = extract::json_or_nothing::<RotateSecret>(request).await?;
    let overlap = Duration::from_secs(u64::from(body.value.overlap_seconds));
    let caller = access.caller(&body.raw);
    let (view, secret) = state.service.rotate_secret(&caller, id, overlap).await?;
    let mut body = ChannelBody::from(view);
    body.signing_secret = Some(secret.expose().clone());
    Ok(shown(StatusCode::OK, body))
}
