//! What every handler shares.

use crate::{
    api::{badge_cache::Recent, bulk::Places},
    badge::Badge,
    cursor::Cursors,
    layer::limit::Limits,
    metrics::Metrics,
    web::{Sessions, Texts},
};
use bytes::Bytes;
use monitorah_core::{Env, Region, service::Service};
use std::sync::Arc;

/// What every handler shares. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct AppState {
    pub(crate) environment: Env,
    pub(crate) service: Service,
    pub(crate) region: Region,
    pub(crate) limits: Arc<Limits>,
    pub(crate) cursors: Arc<Cursors>,
    /// Places for bulk requests.
    pub(crate) bulks: Arc<Places>,
    /// What badges said a moment ago.
    pub(crate) badges: Arc<Recent<Badge>>,
    /// What this process counts.
    pub(crate) metrics: Arc<Metrics>,
    /// Where people reach this server, for the URLs that it shows.
    pub(crate) public_url: Arc<str>,
    /// The visits to the pages, and what the pages say.
    pub(crate) sessions: Arc<Sessions>,
    pub(crate) texts: Arc<Texts>,
    /// The specification as a page.
    pub(crate) docs: Bytes,
    /// The specification, as it is served.
    pub(crate) spec: Bytes,
}
