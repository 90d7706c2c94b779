//! The requests that were answered, by route and status.

use http::{Method, StatusCode};
use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family, histogram::Histogram},
    registry::Registry,
};
use std::time::Duration;

/// The upper ends of the buckets of a request's duration: seconds.
const BOUNDS: [f64; 8] = [0.005, 0.025, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    method: &'static str,
    route: String,
}

fn histogram() -> Histogram {
    Histogram::new(BOUNDS)
}

/// The requests that were answered. Routes are patterns of the router, so their number is fixed.
#[derive(Debug, Clone)]
pub(crate) struct Requests {
    answered: Family<Answered, Counter>,
    took: Family<Route, Histogram, fn() -> Histogram>,
}

impl Default for Requests {
    fn default() -> Self {
        Self {
            answered: Family::default(),
            took: Family::new_with_constructor(histogram),
        }
    }
}

impl Requests {
    /// Counts an answer. `route` is the router's pattern, never the path, which may hold a secret.
    pub(crate) fn record(&self, method: &Method, route: &str, status: StatusCode, took: Duration) {
        let method = match method.as_str() {
            "GET" => "GET",
            "HEAD" => "HEAD",
            "POST" => "POST",
            "PUT" => "PUT",
            "PATCH" => "PATCH",
            "DELETE" => "DELETE",
            "OPTIONS" => "OPTIONS",
            // A caller may invent methods, and must not make series by it.
            _ => "other",
        };
        self.answered
            .get_or_create(&Answered {
                method,
                route: route.to_owned(),
                status: status.as_u16(),
            })
            .inc();
        self.took
            .get_or_create(&Route {
                method,
                route: route.to_owned(),
            })
            .observe(took.as_secs_f64());
    }

    /// Adds them to what is written down.
    pub(super) fn register(&self, registry: &mut Registry) {
        registry.register(
            "monitorah_http_requests",
            "Requests that were answered",
            self.answered.clone(),
        );
        registry.register(
            "monitorah_http_request_duration_seconds",
            "How long requests took to be answered",
            self.took.clone(),
        );
    }
}
