//! Pages for people: server-rendered, without a script, under a strict content policy.
//!
//! A page uses the services only, so that the API can do all that a page can.

mod asset;
mod ended;
mod monitors;
mod negotiate;
mod next;
mod page;
mod session;
mod sign_in;
mod text;

use crate::router::{Beside, route};
use http::Method;

pub(crate) use next::sign_in_for;
pub(crate) use session::{Sessions, Visitor, visitor};
pub(crate) use text::Texts;

/// Where somebody without a session is sent.
pub(crate) const SIGN_IN: &str = "/sign-in";

/// The routes of the pages. Each has a row in the policy table, as the routes of the API do.
pub(crate) fn routes() -> Vec<Beside> {
    vec![
        route(Method::GET, "/", monitors::show),
        route(Method::GET, SIGN_IN, sign_in::show),
        route(Method::POST, SIGN_IN, sign_in::enter),
        route(Method::POST, "/sign-out", sign_in::leave),
        route(Method::GET, "/assets/{name}", asset::serve),
    ]
}
