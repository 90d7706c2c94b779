//! The outermost layer: a request id, a log line without secrets, and the id in every refusal.

use crate::{error::ApiError, state::AppState};
use axum::{
    body::Body,
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures::FutureExt;
use http::{HeaderValue, StatusCode, header};
use http_body_util::BodyExt;
use monitorah_core::{RequestId, environment::timeout};
use serde_json::{Value, json};
use std::{panic::AssertUnwindSafe, time::Duration};

/// The longest that a request may take; a check on demand may take a minute.
const LIMIT: Duration = Duration::from_secs(75);

/// Gives the request its id, bounds its time, catches panics, and logs one line.
pub(crate) async fn identify(
    State(state): State<AppState>,
    mut request: Request,
    next: Next,
) -> Response {
    let id = RequestId::generate(&*state.environment);
    request.extensions_mut().insert(id);
    let method = request.method().clone();
    // The pattern and not the path: a path may hold a heartbeat token.
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "unknown".to_owned(), |path| path.as_str().to_owned());
    let started = state.environment.monotonic();
    let work = AssertUnwindSafe(next.run(request)).catch_unwind();
    let response = match timeout(&*state.environment, LIMIT, work).await {
        Ok(Ok(response)) => response,
        Ok(Err(_panic)) => {
            tracing::error!(request = %id, route, "a handler panicked");
            ApiError::internal().into_response()
        }
        Err(_) => ApiError::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "timeout",
            "the server did not finish in time: try again",
        )
        .into_response(),
    };
    let took = state.environment.monotonic().saturating_sub(started);
    let status = response.status();
    state.metrics.requests.record(&method, &route, status, took);
    tracing::debug!(request = %id, %method, route, status = status.as_u16(), took_us = took.as_micros(), "answered");
    let mut response = if status.is_client_error() || status.is_server_error() {
        name_request(response, id).await
    } else {
        response
    };
    if let Ok(value) = HeaderValue::from_str(&id.to_string()) {
        response.headers_mut().insert("x-request-id", value);
    }
    let headers = response.headers_mut();
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Puts the request id into the details of a refusal.
async fn name_request(response: Response, id: RequestId) -> Response {
    let (mut parts, body) = response.into_parts();
    // Refusals are made by us and small; one that cannot be read stays as it is.
    let Ok(bytes) = body
        .collect()
        .await
        .map(http_body_util::Collected::to_bytes)
    else {
        return ApiError::internal().into_response();
    };
    let Ok(mut envelope) = serde_json::from_slice::<Value>(&bytes) else {
        return Response::from_parts(parts, Body::from(bytes));
    };
    if let Some(details) = envelope
        .pointer_mut("/error/details")
        .and_then(Value::as_object_mut)
    {
        details.insert("requestId".to_owned(), json!(id.to_string()));
    }
    let body = envelope.to_string();
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(body))
}
