//! Heartbeats: the address holds the secret.
//!
//! `/api/v1/heartbeat/{token}` reports success; `/start`, `/fail`, `/log` and an
//! exit status after it say more. `GET`, `HEAD` and `POST`; the body of a `POST` is kept.

use super::Refusals;
use crate::{
    error::{ApiError, ApiResult},
    layer::extract::{Query, Texts, read_body},
    state::AppState,
};
use axum::{body::Body, extract::State};
use http::{HeaderName, HeaderValue};
use monitorah_core::{
    check::heartbeat::PingKind,
    service::{MAX_PING_BODY, PingDraft},
};
use serde::Deserialize;
use utoipa::IntoParams;

/// The largest body that is read; its last 10 kB are kept.
const MAX_READ: usize = 1024 * 1024;

/// What a ping may say beside its address.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Run {
    /// The job's own id of the run: pairs a start with its end. Its first 64 characters are kept.
    rid: Option<String>,
}

/// The answer to a ping, as clients of this kind expect it.
pub(super) type Pong = ([(HeaderName, HeaderValue); 1], &'static str);

/// What a ping with this signal after its address says. What is no signal is no address.
pub(super) async fn draft(signal: Option<&str>, run: Run, body: Body) -> ApiResult<PingDraft> {
    let (kind, exit_status) = match signal {
        None => (PingKind::Success, None),
        Some("start") => (PingKind::Start, None),
        Some("fail") => (PingKind::Fail, None),
        Some("log") => (PingKind::Log, None),
        Some(number) => {
            // A sign is no part of an exit status, although Rust reads one.
            let digits = number.bytes().all(|byte| byte.is_ascii_digit());
            let status: u8 = Some(number)
                .filter(|_| digits)
                .and_then(|number| number.parse().ok())
                .ok_or_else(|| ApiError::not_found("heartbeat address"))?;
            (PingKind::from_exit_status(status), Some(status))
        }
    };
    let body = read_body(body, MAX_READ).await?;
    Ok(PingDraft {
        kind,
        exit_status,
        run_id: run.rid,
        body: body.to_vec(),
    })
}

/// The answer to a ping that was stored.
pub(super) fn pong() -> Pong {
    let limit = HeaderValue::from(MAX_PING_BODY);
    ([(HeaderName::from_static("ping-body-limit"), limit)], "OK")
}

pub(super) async fn take(
    state: &AppState,
    token: &str,
    signal: Option<&str>,
    run: Run,
    body: Body,
) -> ApiResult<Pong> {
    let draft = draft(signal, run, body).await?;
    state.service.ping(token, draft).await?;
    Ok(pong())
}

/// Report success of a job.
#[utoipa::path(get, path = "/api/v1/heartbeat/{token}", operation_id = "heartbeat", tag = "Heartbeat",
    params(("token" = String, Path, description = "The monitor's heartbeat token."), Run),
    responses((status = 200, description = "It is stored.", body = String, content_type = "text/plain"), Refusals))]
pub(crate) async fn success(
    State(state): State<AppState>,
    Texts(token): Texts<String>,
    Query(run): Query<Run>,
    body: Body,
) -> ApiResult<Pong> {
    take(&state, &token, None, run, body).await
}

/// Report success of a job, with what it said.
#[utoipa::path(post, path = "/api/v1/heartbeat/{token}", operation_id = "heartbeat_with_output", tag = "Heartbeat",
    params(("token" = String, Path, description = "The monitor's heartbeat token."), Run),
    request_body(content = Option<String>, content_type = "text/plain", description = "What the job said; the last 10 kB are kept."),
    responses((status = 200, description = "It is stored.", body = String, content_type = "text/plain"), Refusals))]
pub(crate) async fn success_post(
    state: State<AppState>,
    token: Texts<String>,
    run: Query<Run>,
    body: Body,
) -> ApiResult<Pong> {
    success(state, token, run, body).await
}

/// Report the start, failure, a log line or the exit status of a job.
#[utoipa::path(get, path = "/api/v1/heartbeat/{token}/{signal}", operation_id = "heartbeat_signal", tag = "Heartbeat",
    params(("token" = String, Path, description = "The monitor's heartbeat token."),
        ("signal" = String, Path, description = "start, fail, log, or an exit status from 0 to 255."), Run),
    responses((status = 200, description = "It is stored.", body = String, content_type = "text/plain"), Refusals))]
pub(crate) async fn signal(
    State(state): State<AppState>,
    Texts((token, signal)): Texts<(String, String)>,
    Query(run): Query<Run>,
    body: Body,
) -> ApiResult<Pong> {
    take(&state, &token, Some(&signal), run, body).await
}

/// Report the start, failure, a log line or the exit status of a job, with what it said.
#[utoipa::path(post, path = "/api/v1/heartbeat/{token}/{signal}", operation_id = "heartbeat_signal_with_output", tag = "Heartbeat",
    params(("token" = String, Path, description = "The monitor's heartbeat token."),
        ("signal" = String, Path, description = "start, fail, log, or an exit status from 0 to 255."), Run),
    request_body(content = Option<String>, content_type = "text/plain", description = "What the job said; the last 10 kB are kept."),
    responses((status = 200, description = "It is stored.", body = String, content_type = "text/plain"), Refusals))]
pub(crate) async fn signal_post(
    state: State<AppState>,
    texts: Texts<(String, String)>,
    run: Query<Run>,
    body: Body,
) -> ApiResult<Pong> {
    signal(state, texts, run, body).await
}
