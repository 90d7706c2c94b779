//! The routes: the list of the router is the list of the specification.

use crate::{
    api::{
        api_keys, channels, checks, events, health, heartbeat, maintenance, monitors,
        notifications, rules, silences, types,
    },
    auth::authorise,
    error::{ApiError, ErrorEnvelope},
    layer::request::identify,
    state::AppState,
};
use axum::{Router, middleware, response::IntoResponse, routing::get};
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Monitorah",
        description = "Watches endpoints, opens downtime events, tells people.",
        license(name = "MIT OR Apache-2.0")
    ),
    components(schemas(ErrorEnvelope))
)]
struct Document;

/// The routes of the API with their part of the specification.
fn documented() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(health::live))
        .routes(routes!(health::ready))
        .routes(routes!(health::spec))
        .routes(routes!(types::checks))
        .routes(routes!(types::channels))
        .routes(routes!(monitors::list, monitors::create))
        .routes(routes!(monitors::get, monitors::update, monitors::delete))
        .routes(routes!(monitors::pause))
        .routes(routes!(monitors::resume))
        .routes(routes!(monitors::check))
        .routes(routes!(monitors::upsert))
        .routes(routes!(checks::list))
        .routes(routes!(checks::pings))
        .routes(routes!(events::list))
        .routes(routes!(events::get))
        .routes(routes!(events::acknowledge))
        .routes(routes!(channels::list, channels::create))
        .routes(routes!(channels::get, channels::update, channels::delete))
        .routes(routes!(channels::test))
        .routes(routes!(channels::rotate_secret))
        .routes(routes!(rules::list, rules::create))
        .routes(routes!(rules::get, rules::update, rules::delete))
        .routes(routes!(notifications::list))
        .routes(routes!(maintenance::list, maintenance::create))
        .routes(routes!(
            maintenance::get,
            maintenance::update,
            maintenance::delete
        ))
        .routes(routes!(maintenance::end))
        .routes(routes!(silences::list, silences::create))
        .routes(routes!(silences::get, silences::update, silences::delete))
        .routes(routes!(silences::end))
        .routes(routes!(api_keys::list, api_keys::create))
        .routes(routes!(api_keys::revoke))
        .routes(routes!(heartbeat::success, heartbeat::success_post))
        .routes(routes!(heartbeat::signal, heartbeat::signal_post))
}

/// The specification as the annotations give it, before it is normalised.
pub(crate) fn raw_spec() -> utoipa::openapi::OpenApi {
    documented().into_openapi()
}

/// The running router, with every layer.
pub(crate) fn router(state: AppState) -> Router {
    let (router, _) = documented().split_for_parts();
    router
        // Addresses that clients of other services have in their scripts: the same handlers.
        .route(
            "/ping/{token}",
            get(heartbeat::success).post(heartbeat::success_post),
        )
        .route(
            "/ping/{token}/{signal}",
            get(heartbeat::signal).post(heartbeat::signal_post),
        )
        .fallback(|| async { ApiError::not_found("this route").into_response() })
        .method_not_allowed_fallback(|| async { ApiError::method_not_allowed() })
        // From the inside out: a request meets `identify` first, so that every refusal has its
        // id, and `authorise` second, so that no handler runs before the policy table was asked.
        .layer(middleware::from_fn_with_state(state.clone(), authorise))
        .layer(middleware::from_fn_with_state(state.clone(), identify))
        .with_state(state)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::POLICY;
    use std::collections::BTreeSet;

    /// Every route has a row and every row a route.
    #[test]
    fn the_policy_table_and_the_router_are_the_same_list() {
        let spec = serde_json::to_value(raw_spec()).unwrap();
        let mut routes = BTreeSet::new();
        for (path, methods) in spec["paths"].as_object().unwrap() {
            for method in methods.as_object().unwrap().keys() {
                routes.insert(format!("{} {path}", method.to_uppercase()));
            }
        }
        let rows: BTreeSet<_> = POLICY
            .iter()
            .filter(|row| !row.path.starts_with("/ping/"))
            .map(|row| format!("{} {}", row.method, row.path))
            .collect();
        assert_eq!(routes, rows);
    }
}
