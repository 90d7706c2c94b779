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
    Router,
    handler::Handler,
    middleware,
    response::IntoResponse,
    routing::{MethodFilter, MethodRouter, on},
};
use http::Method;
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

/// A route beside the specification: of these the router is made, and with these the policy table
/// is compared.
#[derive(Debug)]
pub(crate) struct Beside {
    path: &'static str,
    /// Only the comparison asks for it.
    #[cfg(test)]
    method: Method,
    answers: MethodRouter<AppState>,
}

/// A route of one method. HEAD comes with GET.
pub(crate) fn route<H, T>(method: Method, path: &'static str, handler: H) -> Beside
where
    H: Handler<T, AppState>,
    T: 'static,
{
    Beside {
        path,
        #[cfg(test)]
        method: method.clone(),
        answers: on(
            MethodFilter::try_from(method).unwrap_or(MethodFilter::GET),
            handler,
        ),
    }
}

fn beside() -> Vec<Beside> {
    let (get, post) = (Method::GET, Method::POST);
    let mut routes = web::routes();
    routes.extend([
        // Addresses that clients of other services have in their scripts.
        route(get.clone(), "/ping/{token}", aliases::ping),
        route(post.clone(), "/ping/{token}", aliases::ping),
        route(get.clone(), "/api/docs", health::docs),
        route(get.clone(), "/api/docs/style.css", health::docs_style),
        // Pictures for pages of others: no part of the API.
        route(get.clone(), "/badge/{file}", badges::status),
        route(get.clone(), "/badge/{key}/{file}", badges::kind),
        route(get.clone(), "/badge/{key}/uptime/{file}", badges::uptime),
    ]);
    for method in [get.clone(), post.clone()] {
        let (signal, slug) = ("/ping/{token}/{signal}", "/ping/{token}/{slug}/{signal}");
        routes.push(route(method.clone(), signal, aliases::ping_signal));
        routes.push(route(method, slug, aliases::ping_slug));
    }
    for method in [
        get,
        post,
        Method::PUT,
        Method::PATCH,
        Method::DELETE,
        Method::OPTIONS,
    ] {
        routes.push(route(method, "/api/push/{token}", aliases::push));
    }
    routes
}

/// The running router, with every layer.
pub(crate) fn router(state: AppState) -> Router {
    let (router, _) = documented().split_for_parts();
    beside()
        .into_iter()
        .fold(router, |router, beside| {
            router.route(beside.path, beside.answers)
        })
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
        let specified = routes.len();
        for beside in beside() {
            let fresh = routes.insert(format!("{} {}", beside.method, beside.path));
            assert!(fresh, "{beside:?} is there twice");
        }
        assert!(specified > 40 && routes.len() > specified + 20);
        let rows: BTreeSet<_> = POLICY
            .iter()
            .map(|row| format!("{} {}", row.method, row.path))
            .collect();
        assert_eq!(routes, rows);
        assert_eq!(POLICY.len(), rows.len(), "no row is there twice");
    }
}
