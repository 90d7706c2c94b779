//! Heartbeats at the addresses of other services, so that a script needs only a new host.
//!
//! healthchecks: `/ping/{token}` and, with a key for jobs instead of a token,
//! `/ping/{key}/{externalRef}`, each with `/start`, `/fail`, `/log` or an exit status after it.
//! Uptime Kuma: `/api/push/{token}?status=up&msg=&ping=`, by any method.
//!
//! An address that names nothing is answered as there, for scripts that read the answer:
//! healthchecks says `not found`, Uptime Kuma `{"ok":false,"msg":…}`, both with 404.

use super::heartbeat::{Pong, Run, draft, pong, take};
use crate::{
    auth::{Scope, Scopes},
    error::{ApiError, ApiResult},
    layer::extract::{Query, Texts},
    state::AppState,
};
use axum::{
    Json as Shown,
    body::Body,
    extract::State,
    response::{IntoResponse, Response},
};
use http::StatusCode;
use monitorah_core::{
    check::heartbeat::PingKind,
    service::{
        PingDraft,
        token::{self, TokenKind},
    },
};
use serde::Deserialize;
use serde_json::json;

/// What healthchecks answers where there is no such check.
fn as_healthchecks(done: ApiResult<Pong>) -> Response {
    match done {
        Err(error) if error.status() == StatusCode::NOT_FOUND => {
            (StatusCode::NOT_FOUND, "not found").into_response()
        }
        done => done.into_response(),
    }
}

/// What Uptime Kuma answers where there is no such monitor.
fn as_uptime_kuma(done: ApiResult<()>) -> Response {
    match done {
        Ok(()) => Shown(json!({ "ok": true })).into_response(),
        Err(error) if error.status() == StatusCode::NOT_FOUND => {
            let said = json!({ "ok": false, "msg": "Monitor not found or not active." });
            (StatusCode::NOT_FOUND, Shown(said)).into_response()
        }
        Err(error) => error.into_response(),
    }
}

/// `/ping/{token}`.
pub(crate) async fn ping(
    State(state): State<AppState>,
    Texts(token): Texts<String>,
    Query(run): Query<Run>,
    body: Body,
) -> Response {
    as_healthchecks(take(&state, &token, None, run, body).await)
}

/// `/ping/{token}/{signal}`, or `/ping/{key}/{externalRef}`.
pub(crate) async fn ping_signal(
    State(state): State<AppState>,
    Texts((secret, second)): Texts<(String, String)>,
    Query(run): Query<Run>,
    body: Body,
) -> Response {
    as_healthchecks(if is_key(&state, &secret) {
        by_reference(&state, &secret, &second, None, run, body).await
    } else {
        take(&state, &secret, Some(&second), run, body).await
    })
}

/// `/ping/{key}/{externalRef}/{signal}`.
pub(crate) async fn ping_slug(
    State(state): State<AppState>,
    Texts((key, reference, signal)): Texts<(String, String, String)>,
    Query(run): Query<Run>,
    body: Body,
) -> Response {
    as_healthchecks(by_reference(&state, &key, &reference, Some(&signal), run, body).await)
}

fn is_key(state: &AppState, secret: &str) -> bool {
    token::inspect(secret, TokenKind::ApiKey, state.region).is_ok()
}

async fn by_reference(
    state: &AppState,
    key: &str,
    reference: &str,
    signal: Option<&str>,
    run: Run,
    body: Body,
) -> ApiResult<Pong> {
    let absent = || ApiError::not_found("heartbeat address");
    let found = state.service.authenticate(key).await?.ok_or_else(absent)?;
    // Addresses end up in logs and scripts: a key that could do more has no place there.
    let only = Scopes::parse([Scope::HeartbeatsWrite.as_str()]);
    let scopes = Scopes::parse(found.scopes.iter().map(String::as_str));
    if !scopes.allow(Scope::HeartbeatsWrite) || !only.cover(&scopes) {
        return Err(ApiError::new(
            StatusCode::FORBIDDEN,
            "key_not_for_addresses",
            "a key in an address has the scope heartbeats:write and no other: make such a key",
        ));
    }
    let draft = draft(signal, run, body).await?;
    state
        .service
        .ping_by_ref(&found.tenant, reference, draft)
        .await?;
    Ok(pong())
}

/// What Uptime Kuma's agents say.
#[derive(Debug, Deserialize)]
pub(crate) struct Push {
    /// `up`, or anything else for down.
    status: Option<String>,
    /// A line for people.
    msg: Option<String>,
    /// How long something took: milliseconds.
    ping: Option<String>,
}

/// `/api/push/{token}`, by any method.
pub(crate) async fn push(
    State(state): State<AppState>,
    Texts(token): Texts<String>,
    Query(push): Query<Push>,
) -> Response {
    // As there: nothing said is up, and whatever is not up is down.
    let up = push
        .status
        .as_deref()
        .is_none_or(|status| status.is_empty() || status == "up");
    let mut said = push.msg.unwrap_or_default();
    if let Some(ping) = push.ping.filter(|ping| !ping.is_empty()) {
        let gap = if said.is_empty() { "" } else { "\n" };
        said.push_str(gap);
        said.push_str("ping: ");
        said.push_str(&ping);
    }
    let draft = PingDraft {
        kind: if up {
            PingKind::Success
        } else {
            PingKind::Fail
        },
        exit_status: None,
        run_id: None,
        body: said.into_bytes(),
    };
    let done = state.service.ping(&token, draft).await;
    as_uptime_kuma(done.map(drop).map_err(ApiError::from))
}
