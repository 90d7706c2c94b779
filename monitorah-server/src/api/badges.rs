//! Badge keys of monitors, and the badges that anybody with a key may see.

use super::Refusals;
use crate::{
    auth::Access,
    badge::{Badge, Look},
    error::{ApiError, ApiResult},
    layer::extract::{Id, Query, Texts},
    state::AppState,
};
use axum::{
    Json as Shown,
    extract::State,
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use jiff::{SignedDuration, Timestamp};
use monitorah_core::{MonitorId, service::BadgeKey};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::time::Duration;
use utoipa::ToSchema;

/// The badge key of a monitor. Whoever has it sees the monitor's state, uptime and response time,
/// and nothing else of it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = BadgeKey)]
pub(crate) struct BadgeBody {
    /// The monitor.
    monitor_id: String,
    /// The key.
    key: String,
    /// The badge of its state. `.json` instead of `.svg` is for shields.io; `/uptime/30d.svg` and
    /// `/response.svg` after the key show those.
    url: String,
    /// When it was made.
    created_at: Timestamp,
}

impl BadgeBody {
    fn of(state: &AppState, badge: &BadgeKey) -> Self {
        let key = badge.key.expose();
        Self {
            monitor_id: badge.monitor.to_string(),
            url: format!("{}/badge/{key}.svg", state.public_url),
            key: key.clone(),
            created_at: badge.created_at,
        }
    }
}

/// Read the badge key of a monitor.
#[utoipa::path(get, path = "/api/v1/monitors/{id}/badge", operation_id = "get_badge", tag = "Monitors",
    params(("id" = String, Path, description = "The monitor's id.")),
    responses((status = 200, description = "The key.", body = BadgeBody), Refusals))]
pub(crate) async fn get(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<MonitorId>,
) -> ApiResult<Shown<BadgeBody>> {
    let badge = state.service.badge(&access.tenant, id).await?;
    Ok(Shown(BadgeBody::of(&state, &badge)))
}

/// Make a badge key for a monitor; the one before opens nothing any more.
#[utoipa::path(post, path = "/api/v1/monitors/{id}/badge", operation_id = "make_badge", tag = "Monitors",
    params(("id" = String, Path, description = "The monitor's id.")),
    responses((status = 200, description = "The key.", body = BadgeBody), Refusals))]
pub(crate) async fn make(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<MonitorId>,
) -> ApiResult<Shown<BadgeBody>> {
    let badge = state.service.make_badge(&access.caller(&[]), id).await?;
    Ok(Shown(BadgeBody::of(&state, &badge)))
}

/// Revoke the badge key of a monitor, in force at once.
#[utoipa::path(delete, path = "/api/v1/monitors/{id}/badge", operation_id = "revoke_badge", tag = "Monitors",
    params(("id" = String, Path, description = "The monitor's id.")),
    responses((status = 204, description = "It opens nothing any more."), Refusals))]
pub(crate) async fn revoke(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<MonitorId>,
) -> ApiResult<StatusCode> {
    state.service.revoke_badge(&access.caller(&[]), id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How a badge is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Svg,
    Json,
}

/// `name.svg` or `name.json`.
fn form(file: &str) -> ApiResult<(&str, Form)> {
    file.strip_suffix(".svg")
        .map(|name| (name, Form::Svg))
        .or_else(|| file.strip_suffix(".json").map(|name| (name, Form::Json)))
        .ok_or_else(absent)
}

/// What is no badge and what is nobody's badge are the same.
fn absent() -> ApiError {
    ApiError::not_found("badge")
}

/// `/badge/{key}.svg`: how the monitor is.
pub(crate) async fn status(
    State(state): State<AppState>,
    Texts(file): Texts<String>,
    Query(look): Query<Look>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let (key, form) = form(&file)?;
    shown(&state, key, form, "status", &look, &headers).await
}

/// `/badge/{key}/status.svg` and `/badge/{key}/response.svg`.
pub(crate) async fn kind(
    State(state): State<AppState>,
    Texts((key, file)): Texts<(String, String)>,
    Query(look): Query<Look>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let (kind, form) = form(&file)?;
    if !matches!(kind, "status" | "response") {
        return Err(absent());
    }
    shown(&state, &key, form, kind, &look, &headers).await
}

/// `/badge/{key}/uptime/30d.svg`.
pub(crate) async fn uptime(
    State(state): State<AppState>,
    Texts((key, file)): Texts<(String, String)>,
    Query(look): Query<Look>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let (window, form) = form(&file)?;
    if matches!(window, "status" | "response") {
        return Err(absent());
    }
    shown(&state, &key, form, window, &look, &headers).await
}

/// What is shown, how far back it looks, and for how long what it said is said again: a state is
/// news, and figures over days hardly move.
const KINDS: [(&str, i64, Duration); 6] = [
    ("status", 0, Duration::from_secs(2)),
    ("response", 24, Duration::from_secs(30)),
    ("24h", 24, Duration::from_secs(30)),
    ("7d", 24 * 7, Duration::from_secs(30)),
    ("30d", 24 * 30, Duration::from_secs(30)),
    ("90d", 24 * 90, Duration::from_secs(30)),
];

/// What the badge says, now or a moment ago.
async fn said(state: &AppState, key: &str, what: &str) -> ApiResult<Badge> {
    let (service, recent) = (&state.service, &state.badges);
    let kind = KINDS.iter().find(|(name, ..)| *name == what);
    let (what, hours, lasts) = *kind.ok_or_else(absent)?;
    let opened = service.badge_opens(key).await?;
    let which = (opened.monitor(), what);
    let now = state.environment.monotonic();
    if let Some(badge) = recent.get(which, now) {
        return Ok(badge);
    }
    let back = SignedDuration::from_hours(hours);
    let badge = match what {
        "status" => Badge::status(service.badge_status(&opened).await?),
        "response" => Badge::response(&service.badge_total(&opened, back).await?),
        window => Badge::uptime(window, &service.badge_total(&opened, back).await?),
    };
    recent.keep(which, badge.clone(), now, lasts);
    Ok(badge)
}

async fn shown(
    state: &AppState,
    key: &str,
    form: Form,
    what: &str,
    look: &Look,
    headers: &HeaderMap,
) -> ApiResult<Response> {
    look.check().map_err(ApiError::invalid)?;
    let badge = said(state, key, what).await?.looking(look);
    let (media, body) = match form {
        Form::Svg => ("image/svg+xml; charset=utf-8", badge.svg()),
        Form::Json => ("application/json", badge.shields().to_string()),
    };
    let digest: [u8; 32] = Sha256::digest(body.as_bytes()).into();
    let tag = digest.iter().take(12).copied().collect::<Vec<_>>();
    let tag = format!("\"{}\"", URL_SAFE_NO_PAD.encode(tag));
    let same = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|known| known.split(',').any(|one| one.trim() == tag));
    let mut response = if same {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, media)], body).into_response()
    };
    let headers = response.headers_mut();
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=60"),
    );
    // A picture that is opened by itself is a document: it runs and loads nothing.
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'"),
    );
    Ok(response)
}
