//! What every page has: its language, its headers, its frame.

use super::{asset, next, session::cookie, text::Voice};
use crate::{error::ApiError, state::AppState};
use askama::Template;
use axum::response::{Html, IntoResponse, Response};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

/// Nothing from elsewhere, no script, no inline style, no frame around us.
const CONTENT_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// The cookie that remembers a chosen language, for a year.
const LANGUAGE: &str = "language";
const YEAR_SECONDS: u32 = 31_536_000;

/// What any page can be asked.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    /// Another language, from the link at the head of the page.
    pub(super) lang: Option<String>,
    /// Where the list goes on.
    pub(super) cursor: Option<String>,
    /// The one monitor that is looked for.
    pub(super) monitor: Option<String>,
    /// Where to go after the sign-in.
    pub(super) next: Option<String>,
}

impl Asked {
    /// What a link to the same page in another language keeps.
    fn kept(&self) -> String {
        let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let next = self.next.as_deref().and_then(next::page);
        let mut kept = String::new();
        for part in [
            self.cursor
                .as_deref()
                .map(|at| format!("cursor={}", encoded(at))),
            self.monitor
                .as_deref()
                .map(|id| format!("monitor={}", encoded(id))),
            next.map(next::kept),
        ] {
            kept.extend(part.map(|part| format!("&{part}")));
        }
        kept
    }
}

/// The frame around the content of a page.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) voice: Voice,
    pub(super) style: &'static str,
    pub(super) icon: &'static str,
    /// Whether somebody is signed in.
    pub(super) signed_in: bool,
    /// What the address of this page says beside its language.
    pub(super) kept: String,
    chosen: Option<String>,
}

impl Frame {
    /// The frame in the language that this visitor wants.
    pub(super) fn new(state: &AppState, headers: &HeaderMap, asked: &Asked) -> Self {
        let accepted = headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or("");
        let chosen = asked.lang.as_deref().or_else(|| cookie(headers, LANGUAGE));
        let language = state.texts.language(chosen, accepted);
        let chosen = (asked.lang.as_deref() == Some(language.as_str())).then(|| language.clone());
        Self {
            voice: Voice::new(&state.texts, language),
            style: asset::path("page.css"),
            icon: asset::path("icon.svg"),
            signed_in: false,
            kept: asked.kept(),
            chosen,
        }
    }

    /// The same for somebody who is signed in.
    pub(super) const fn for_visitor(mut self) -> Self {
        self.signed_in = true;
        self
    }
}

/// A page as it is sent.
pub(super) fn answer(status: StatusCode, frame: &Frame, page: &impl Template) -> Response {
    let text = match page.render() {
        Ok(text) => text,
        Err(error) => {
            tracing::error!(%error, "a page cannot be written");
            return ApiError::internal().into_response();
        }
    };
    let mut response = (status, Html(text)).into_response();
    protect(response.headers_mut());
    let headers = response.headers_mut();
    headers.insert(
        header::VARY,
        HeaderValue::from_static("accept-language, cookie"),
    );
    if let Ok(language) = HeaderValue::from_str(frame.voice.language()) {
        headers.insert(header::CONTENT_LANGUAGE, language);
    }
    if let Some(chosen) = &frame.chosen {
        let text =
            format!("{LANGUAGE}={chosen}; Path=/; Max-Age={YEAR_SECONDS}; HttpOnly; SameSite=Lax");
        if let Ok(value) = HeaderValue::from_str(&text) {
            headers.append(header::SET_COOKIE, value);
        }
    }
    response
}

/// The headers that keep a page to itself.
pub(super) fn protect(headers: &mut HeaderMap) {
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, CONTENT_POLICY),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=()",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
}
