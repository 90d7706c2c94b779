//! The figures of this server for Prometheus: what it counts, and how that is written down.

mod http;
mod results;
mod scrape;
mod seen;

pub(crate) use results::MeteredResults;
pub(crate) use scrape::{MAX_IN_FULL, Scrape, Server};

use http::Requests;
use seen::Seen;

/// What this process has counted since it started.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    /// By monitor.
    pub(crate) checks: Seen,
    /// By route.
    pub(crate) requests: Requests,
}

/// The media type of what [`Scrape::text`] writes.
pub(crate) const MEDIA_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";
