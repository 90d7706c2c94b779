//! The routes: the list of the router is the list of the specification.

use crate::{
    api::{
        aliases, analytics, api_keys, badges, bulk, channels, checks, events, health, heartbeat,
        maintenance, metrics, monitors, notifications, rules, silences, status, trial, types,
    },
    auth::authorise,
    error::{ApiError, ErrorEnvelope},
    layer::request::identify,
    state::AppState,
    web,
};
use axum::{
    Router, middleware,
    response::IntoResponse,
    routing::{any, get},
};
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Monitorah",
        description = "Watches endpoints, opens downtime events, tells people.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
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
        .routes(routes!(metrics::read))
        .routes(routes!(types::checks))
        .routes(routes!(types::channels))
        .routes(routes!(monitors::list, monitors::create))
        .routes(routes!(monitors::get, monitors::update, monitors::delete))
        .routes(routes!(monitors::pause))
        .routes(routes!(monitors::resume))
        .routes(routes!(monitors::check))
        .routes(routes!(status::set))
        .routes(routes!(monitors::upsert))
        .routes(routes!(trial::run))
        .routes(routes!(bulk::run))
        .routes(routes!(badges::get, badges::make, badges::revoke))
        .routes(routes!(checks::list))
        .routes(routes!(checks::pings))
        .routes(routes!(analytics::list))
        .routes(routes!(analytics::get))
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
        .merge(web::routes())
        // Addresses that clients of other services have in their scripts.
        .route("/ping/{token}", get(aliases::ping).post(aliases::ping))
        .route(
            "/ping/{token}/{signal}",
            get(aliases::ping_signal).post(aliases::ping_signal),
        )
        .route(
            "/ping/{token}/{slug}/{signal}",
            get(aliases::ping_slug).post(aliases::ping_slug),
        )
        .route("/api/push/{token}", any(aliases::push))
        .route("/api/docs", get(health::docs))
        .route("/api/docs/style.css", get(health::docs_style))
        // Pictures for pages of others: no part of the API.
        .route("/badge/{file}", get(badges::status))
        .route("/badge/{key}/{file}", get(badges::kind))
        .route("/badge/{key}/uptime/{file}", get(badges::uptime))
        .fallback(|| async { ApiError::not_found("route").into_response() })
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
    use crate::auth::{ALIASES, POLICY};
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
            .filter(|row| {
                row.path != "/" && !ALIASES.iter().any(|alias| row.path.starts_with(alias))
            })
            .map(|row| format!("{} {}", row.method, row.path))
            .collect();
        assert_eq!(routes, rows);
    }
}
