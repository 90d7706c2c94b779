//! Signing in with an API key, and out again.

use super::{
    SIGN_IN, next,
    page::{Asked, Frame, answer, protect},
};
use crate::{
    auth::{Scope, Scopes},
    error::{ApiError, ApiResult},
    layer::extract::{Query, read_body},
    state::AppState,
};
use askama::Template;
use axum::{
    extract::{Request, State},
    response::{IntoResponse, Redirect, Response},
};
use http::{HeaderMap, StatusCode, Uri, header};
use monitorah_core::Secret;
use serde::Deserialize;
use zeroize::Zeroizing;

/// The largest form: a key has fewer than a hundred characters.
const MAX_FORM: usize = 4_096;

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage<'a> {
    frame: &'a Frame,
    refused: Option<String>,
    next: Option<&'a str>,
}

#[derive(Deserialize)]
struct Form {
    key: String,
    /// Where to go then; it is looked at as anything that anybody could have sent.
    next: Option<String>,
}

/// The form.
pub(super) async fn show(
    State(state): State<AppState>,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Response {
    let frame = Frame::new(&state, &headers, &asked);
    let next = asked.next.as_deref().and_then(next::page);
    page(StatusCode::OK, &frame, None, next)
}

fn page(
    status: StatusCode,
    frame: &Frame,
    refused: Option<String>,
    next: Option<&str>,
) -> Response {
    let content = SignInPage {
        frame,
        refused,
        next,
    };
    answer(status, frame, &content)
}

/// Takes the key, and begins a visit with it.
pub(super) async fn enter(State(state): State<AppState>, request: Request) -> ApiResult<Response> {
    own_form(request.headers())?;
    let (parts, body) = request.into_parts();
    let body = read_body(body, MAX_FORM).await?;
    let form: Option<Form> = serde_urlencoded::from_bytes(&body).ok();
    let (key, next) = form.map(|form| (form.key, form.next)).unwrap_or_default();
    let key = Secret::new(key);
    let key = Zeroizing::new(key.expose().trim().to_owned());
    let asked = Asked {
        next,
        ..Asked::default()
    };
    let frame = Frame::new(&state, &parts.headers, &asked);
    let next = asked.next.as_deref().and_then(next::page);
    let refuse = |text: &str| {
        let refused = Some(frame.voice.say(text));
        Ok(page(
            StatusCode::UNPROCESSABLE_ENTITY,
            &frame,
            refused,
            next,
        ))
    };
    let Some(found) = state.service.authenticate(&key).await? else {
        return refuse("sign-in-refused");
    };
    let scopes = Scopes::parse(found.scopes.iter().map(String::as_str));
    if !scopes.allow(Scope::MonitorsRead) {
        return refuse("sign-in-scope");
    }
    let cookie = state
        .sessions
        .begin(&key, &*state.environment)
        .ok_or_else(ApiError::internal)?;
    let mut response = Redirect::to(next.unwrap_or("/")).into_response();
    protect(response.headers_mut());
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

/// Ends the visit.
pub(super) async fn leave(
    State(state): State<AppState>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    own_form(&headers)?;
    let mut response = Redirect::to(SIGN_IN).into_response();
    protect(response.headers_mut());
    let ended = state.sessions.end(&headers, state.environment.now());
    if let Some(cookie) = ended {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// Refuses a form that another site sends: its visitor did not mean to.
fn own_form(headers: &HeaderMap) -> ApiResult<()> {
    let text = |name| {
        headers
            .get(name)
            .and_then(|value: &http::HeaderValue| value.to_str().ok())
    };
    let own = match (text("sec-fetch-site"), text("origin")) {
        (Some(site), _) => site == "same-origin" || site == "none",
        (None, Some(origin)) => origin
            .parse::<Uri>()
            .ok()
            .and_then(|origin| origin.authority().map(ToString::to_string))
            .is_some_and(|authority| text("host") == Some(authority.as_str())),
        // No browser: every browser of the last years sends one of the two.
        (None, None) => true,
    };
    if own {
        Ok(())
    } else {
        Err(ApiError::new(
            StatusCode::FORBIDDEN,
            "foreign_form",
            "this form was sent by another site: open the page itself and send it from there",
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::own_form;
    use http::{HeaderMap, HeaderName, HeaderValue};

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| {
                (
                    HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                )
            })
            .collect()
    }

    #[test]
    fn only_our_own_form_is_taken() {
        for own in [
            vec![],
            vec![("sec-fetch-site", "same-origin")],
            vec![
                ("origin", "http://a.example:8080"),
                ("host", "a.example:8080"),
            ],
        ] {
            assert!(own_form(&headers(&own)).is_ok(), "{own:?}");
        }
        for foreign in [
            vec![("sec-fetch-site", "cross-site")],
            vec![("sec-fetch-site", "same-site")],
            vec![("origin", "http://b.example"), ("host", "a.example")],
            vec![("origin", "null"), ("host", "a.example")],
            vec![("origin", "http://a.example")],
            vec![
                ("sec-fetch-site", "cross-site"),
                ("origin", "http://a.example"),
                ("host", "a.example"),
            ],
        ] {
            assert!(own_form(&headers(&foreign)).is_err(), "{foreign:?}");
        }
    }
}
