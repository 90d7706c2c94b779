//! Whether the server lives, and whether it works; and the specification itself.

use super::Refusals;
use crate::{error::ApiError, openapi::page, state::AppState};
use axum::{
    Json as Shown,
    extract::State,
    response::{IntoResponse, Response},
};
use http::{StatusCode, header};
use serde::Serialize;
use utoipa::ToSchema;

/// The server lives.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Health {
    /// `ok`.
    status: String,
    /// The version of the server.
    version: String,
}

/// The server works.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Readiness {
    /// `ready`.
    status: String,
    /// How many monitors are on the schedule.
    scheduled_monitors: u64,
    /// How many of them gave no result for two intervals: they are not watched, and the log names
    /// them.
    silent_monitors: u64,
    /// What the operator should look into; empty when all is well.
    attention: Vec<String>,
}

/// Whether the server lives.
#[utoipa::path(get, path = "/api/v1/health", operation_id = "health", tag = "Service",
    responses((status = 200, description = "It lives.", body = Health), Refusals))]
pub(crate) async fn live() -> Shown<Health> {
    Shown(Health {
        status: "ok".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    })
}

/// Whether the server works: the database answers and takes what the engine writes, and every
/// monitor is on the schedule.
#[utoipa::path(get, path = "/api/v1/health/ready", operation_id = "readiness", tag = "Service",
    responses((status = 200, description = "It works.", body = Readiness), Refusals))]
pub(crate) async fn ready(State(state): State<AppState>) -> Result<Shown<Readiness>, ApiError> {
    state.service.reachable().await?;
    let engine = state
        .service
        .engine()
        .filter(|engine| engine.is_ready())
        .ok_or_else(|| {
            ApiError::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "starting",
                "the monitors are being read: try again in a second",
            )
        })?;
    if let Some(trouble) = engine.trouble() {
        return Err(ApiError::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "store_failing",
            format!(
                "{} has failed since {}: {}; see the server's log, and whether its disk is full",
                trouble.doing, trouble.since, trouble.error
            ),
        ));
    }
    let watch = engine.watch();
    let mut attention = Vec::new();
    if watch.silent > 0 {
        attention.push(format!(
            "{} {} gave no result for two intervals: see the log",
            watch.silent,
            if watch.silent == 1 {
                "monitor"
            } else {
                "monitors"
            }
        ));
    }
    if watch.is_untrustworthy() {
        attention.push(format!(
            "{} of the {} latest looks could not be trusted: this machine is overloaded, paused \
             now and then, or offline",
            watch.untrusted, watch.looks
        ));
    }
    Ok(Shown(Readiness {
        status: "ready".to_owned(),
        scheduled_monitors: engine.stats().scheduled,
        silent_monitors: watch.silent,
        attention,
    }))
}

/// `/api/docs`: the specification as a page for people.
pub(crate) async fn docs(State(state): State<AppState>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, page::POLICY),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    (headers, state.docs).into_response()
}

/// `/api/docs/style.css`: what the page looks like.
pub(crate) async fn docs_style() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
    ];
    (headers, page::STYLE).into_response()
}

/// The specification of this API.
#[utoipa::path(get, path = "/api/v1/openapi.json", operation_id = "specification", tag = "Service",
    responses((status = 200, description = "OpenAPI 3.1.", body = Object), Refusals))]
pub(crate) async fn spec(State(state): State<AppState>) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], state.spec).into_response()
}
