//! The policy table: one row for every route. A route without a row answers nobody.

use super::Scope;
use http::Method;

/// What a route asks of its caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requirement {
    /// Nothing: it is public.
    Nothing,
    /// No key: the address itself holds the secret.
    Token,
    /// A key with this scope.
    Scope(Scope),
    /// A visit with a key of this scope; somebody without one is sent to sign in.
    Page(Scope),
}

/// A row of the table.
#[derive(Debug, Clone)]
pub struct Row {
    /// The method; `GET` stands for `HEAD` too.
    pub method: Method,
    /// The path as the router writes it.
    pub path: &'static str,
    /// What it asks for.
    pub requirement: Requirement,
}

const fn row(method: Method, path: &'static str, requirement: Requirement) -> Row {
    Row {
        method,
        path,
        requirement,
    }
}

use Requirement::{Nothing, Page, Scope as Needs, Token};
use Scope::{
    AnalyticsRead, ApiKeysRead, ApiKeysWrite, ChecksRead, EventsRead, EventsWrite, MetricsRead,
    MonitorsRead, MonitorsWrite, NotificationsRead, NotificationsWrite,
};

/// Every route and what it asks for. A test compares it with the router.
pub static POLICY: &[Row] = &[
    row(Method::GET, "/api/v1/health", Nothing),
    row(Method::GET, "/api/v1/health/ready", Nothing),
    row(Method::GET, "/api/v1/openapi.json", Nothing),
    row(Method::GET, "/metrics", Needs(MetricsRead)),
    row(Method::GET, "/api/v1/check-types", Needs(MonitorsRead)),
    row(
        Method::GET,
        "/api/v1/channel-types",
        Needs(NotificationsRead),
    ),
    row(Method::GET, "/api/v1/monitors", Needs(MonitorsRead)),
    row(Method::POST, "/api/v1/monitors", Needs(MonitorsWrite)),
    row(Method::GET, "/api/v1/monitors/{id}", Needs(MonitorsRead)),
    row(Method::PATCH, "/api/v1/monitors/{id}", Needs(MonitorsWrite)),
    row(
        Method::DELETE,
        "/api/v1/monitors/{id}",
        Needs(MonitorsWrite),
    ),
    row(
        Method::POST,
        "/api/v1/monitors/{id}/pause",
        Needs(MonitorsWrite),
    ),
    row(
        Method::POST,
        "/api/v1/monitors/{id}/resume",
        Needs(MonitorsWrite),
    ),
    row(
        Method::POST,
        "/api/v1/monitors/{id}/check",
        Needs(MonitorsWrite),
    ),
    row(Method::POST, "/api/v1/monitors/bulk", Needs(MonitorsWrite)),
    row(Method::POST, "/api/v1/monitors/test", Needs(MonitorsWrite)),
    row(
        Method::POST,
        "/api/v1/monitors/{id}/status",
        Needs(MonitorsWrite),
    ),
    row(
        Method::PUT,
        "/api/v1/monitors/by-ref/{externalRef}",
        Needs(MonitorsWrite),
    ),
    row(
        Method::GET,
        "/api/v1/monitors/{id}/checks",
        Needs(ChecksRead),
    ),
    row(
        Method::GET,
        "/api/v1/monitors/{id}/pings",
        Needs(ChecksRead),
    ),
    row(Method::GET, "/api/v1/analytics", Needs(AnalyticsRead)),
    row(Method::GET, "/api/v1/analytics/{id}", Needs(AnalyticsRead)),
    row(
        Method::GET,
        "/api/v1/monitors/{id}/badge",
        Needs(MonitorsRead),
    ),
    row(
        Method::POST,
        "/api/v1/monitors/{id}/badge",
        Needs(MonitorsWrite),
    ),
    row(
        Method::DELETE,
        "/api/v1/monitors/{id}/badge",
        Needs(MonitorsWrite),
    ),
    row(Method::GET, "/api/v1/events", Needs(EventsRead)),
    row(Method::GET, "/api/v1/events/{id}", Needs(EventsRead)),
    row(
        Method::POST,
        "/api/v1/events/{id}/acknowledge",
        Needs(EventsWrite),
    ),
    row(
        Method::GET,
        "/api/v1/notification-channels",
        Needs(NotificationsRead),
    ),
    row(
        Method::POST,
        "/api/v1/notification-channels",
        Needs(NotificationsWrite),
    ),
    row(
        Method::GET,
        "/api/v1/notification-channels/{id}",
        Needs(NotificationsRead),
    ),
    row(
        Method::PATCH,
        "/api/v1/notification-channels/{id}",
        Needs(NotificationsWrite),
    ),
    row(
        Method::DELETE,
        "/api/v1/notification-channels/{id}",
        Needs(NotificationsWrite),
    ),
    row(
        Method::POST,
        "/api/v1/notification-channels/{id}/test",
        Needs(NotificationsWrite),
    ),
    row(
        Method::POST,
        "/api/v1/notification-channels/{id}/rotate-secret",
        Needs(NotificationsWrite),
    ),
    row(
        Method::GET,
        "/api/v1/notification-rules",
        Needs(NotificationsRead),
    ),
    row(
        Method::POST,
        "/api/v1/notification-rules",
        Needs(NotificationsWrite),
    ),
    row(
        Method::GET,
        "/api/v1/notification-rules/{id}",
        Needs(NotificationsRead),
    ),
    row(
        Method::PATCH,
        "/api/v1/notification-rules/{id}",
        Needs(NotificationsWrite),
    ),
    row(
        Method::DELETE,
        "/api/v1/notification-rules/{id}",
        Needs(NotificationsWrite),
    ),
    row(
        Method::GET,
        "/api/v1/notifications",
        Needs(NotificationsRead),
    ),
    row(
        Method::GET,
        "/api/v1/maintenance-windows",
        Needs(MonitorsRead),
    ),
    row(
        Method::POST,
        "/api/v1/maintenance-windows",
        Needs(MonitorsWrite),
    ),
    row(
        Method::GET,
        "/api/v1/maintenance-windows/{id}",
        Needs(MonitorsRead),
    ),
    row(
        Method::PATCH,
        "/api/v1/maintenance-windows/{id}",
        Needs(MonitorsWrite),
    ),
    row(
        Method::DELETE,
        "/api/v1/maintenance-windows/{id}",
        Needs(MonitorsWrite),
    ),
    row(
        Method::POST,
        "/api/v1/maintenance-windows/{id}/end",
        Needs(MonitorsWrite),
    ),
    row(Method::GET, "/api/v1/silences", Needs(MonitorsRead)),
    row(Method::POST, "/api/v1/silences", Needs(MonitorsWrite)),
    row(Method::GET, "/api/v1/silences/{id}", Needs(MonitorsRead)),
    row(Method::PATCH, "/api/v1/silences/{id}", Needs(MonitorsWrite)),
    row(
        Method::DELETE,
        "/api/v1/silences/{id}",
        Needs(MonitorsWrite),
    ),
    row(
        Method::POST,
        "/api/v1/silences/{id}/end",
        Needs(MonitorsWrite),
    ),
    row(Method::GET, "/api/v1/api-keys", Needs(ApiKeysRead)),
    row(Method::POST, "/api/v1/api-keys", Needs(ApiKeysWrite)),
    row(Method::DELETE, "/api/v1/api-keys/{id}", Needs(ApiKeysWrite)),
    row(Method::GET, "/api/docs", Nothing),
    row(Method::GET, "/api/docs/style.css", Nothing),
    // Whoever has the badge's key sees the badge.
    row(Method::GET, "/badge/{file}", Nothing),
    row(Method::GET, "/badge/{key}/{file}", Nothing),
    row(Method::GET, "/badge/{key}/uptime/{file}", Nothing),
    // The token in the address is the secret.
    row(Method::GET, "/api/v1/heartbeat/{token}", Token),
    row(Method::POST, "/api/v1/heartbeat/{token}", Token),
    row(Method::GET, "/api/v1/heartbeat/{token}/{signal}", Token),
    row(Method::POST, "/api/v1/heartbeat/{token}/{signal}", Token),
    row(Method::GET, "/ping/{token}", Token),
    row(Method::POST, "/ping/{token}", Token),
    row(Method::GET, "/ping/{token}/{signal}", Token),
    row(Method::POST, "/ping/{token}/{signal}", Token),
    row(Method::GET, "/ping/{token}/{slug}/{signal}", Token),
    row(Method::POST, "/ping/{token}/{slug}/{signal}", Token),
    row(Method::GET, "/api/push/{token}", Token),
    row(Method::POST, "/api/push/{token}", Token),
    row(Method::PUT, "/api/push/{token}", Token),
    row(Method::PATCH, "/api/push/{token}", Token),
    row(Method::DELETE, "/api/push/{token}", Token),
    row(Method::OPTIONS, "/api/push/{token}", Token),
    // The pages. Signing in is what a stranger does; style sheet and icon are everybody's.
    row(Method::GET, "/", Page(MonitorsRead)),
    row(Method::GET, "/sign-in", Nothing),
    row(Method::POST, "/sign-in", Nothing),
    row(Method::POST, "/sign-out", Nothing),
    row(Method::GET, "/assets/{name}", Nothing),
];

/// Whether the address is known with another method.
pub(crate) fn is_known(path: &str) -> bool {
    POLICY.iter().any(|row| row.path == path)
}

/// What this route asks for; none when it has no row.
pub(crate) fn requirement(method: &Method, path: &str) -> Option<Requirement> {
    let method = if *method == Method::HEAD {
        &Method::GET
    } else {
        method
    };
    POLICY
        .iter()
        .find(|row| row.method == *method && row.path == path)
        .map(|row| row.requirement)
}
