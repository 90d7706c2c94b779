//! Pages for people: server-rendered, without a script, under a strict content policy.
//!
//! A page uses the services only, so that the API can do all that a page can.

mod asset;
mod monitors;
mod negotiate;
mod page;
mod session;
mod sign_in;
mod text;

use crate::state::AppState;
use axum::{
    Router,
    routing::{get, post},
};

pub(crate) use session::{Sessions, Visitor, visitor};
pub(crate) use text::Texts;

/// Where somebody without a session is sent.
pub(crate) const SIGN_IN: &str = "/sign-in";

/// The routes of the pages. Each has a row in the policy table, as the routes of the API do.
pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/", get(monitors::show))
        .route(SIGN_IN, get(sign_in::show).post(sign_in::enter))
        .route("/sign-out", post(sign_in::leave))
        .route("/assets/{name}", get(asset::serve))
}
