//! The figures of this server, for Prometheus.

use super::Refusals;
use crate::{
    auth::Access,
    error::{ApiError, ApiResult},
    layer::extract::Query,
    metrics::{MAX_IN_FULL, MEDIA_TYPE, Scrape, Server},
    state::AppState,
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::header;
use monitorah_core::engine::Counters;
use serde::{Deserialize, Serialize};
use std::{collections::HashSet, sync::atomic::Ordering};
use utoipa::{IntoParams, ToSchema};

/// How much a scrape holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum MetricsDetail {
    /// Buckets and phases too: up to 18 series for each monitor.
    Full,
    /// Neither buckets nor phases: up to 5 series for each monitor.
    Basic,
}

/// How much is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ReadMetrics {
    /// FULL up to 2000 monitors and BASIC beyond, when it is absent.
    #[param(inline)]
    detail: Option<MetricsDetail>,
}

/// Read the figures of this server in Prometheus' text format.
///
/// The monitors are those of the key's account. The counters of the server itself are shown to
/// keys of the account that the installation was founded with.
#[utoipa::path(get, path = "/metrics", operation_id = "metrics", tag = "Service",
    params(ReadMetrics),
    responses((status = 200, description = "The figures.", body = String, content_type = "text/plain"), Refusals))]
pub(crate) async fn read(
    State(state): State<AppState>,
    access: Access,
    Query(query): Query<ReadMetrics>,
) -> ApiResult<Response> {
    let monitors = state.service.monitor_figures(&access.tenant).await?;
    let all: HashSet<_> = monitors.iter().map(|one| one.monitor).collect();
    let full = match query.detail {
        None => monitors.len() <= MAX_IN_FULL,
        Some(detail) => detail == MetricsDetail::Full,
    };
    let scrape = Scrape {
        seen: state.metrics.checks.of(access.tenant, &all),
        monitors,
        region: state.region,
        full,
    };
    let operator = state.service.is_founder(&access.tenant).await?;
    let server = operator.then(|| server(&state));
    let text = scrape
        .text(&state.metrics, server.as_ref())
        .map_err(|_| ApiError::internal())?;
    Ok(([(header::CONTENT_TYPE, MEDIA_TYPE)], text).into_response())
}

fn server(state: &AppState) -> Server {
    let Some(engine) = state.service.engine() else {
        return Server::default();
    };
    let counters: &Counters = engine.counters();
    let count = |counter: &std::sync::atomic::AtomicU64| counter.load(Ordering::Relaxed);
    Server {
        counters: vec![
            (
                "monitorah_engine_checks",
                "Checks that ended",
                count(&counters.checks),
            ),
            (
                "monitorah_engine_unknown_results",
                "Results that could not be trusted",
                count(&counters.unknown),
            ),
            (
                "monitorah_engine_stored_results",
                "Results that were stored",
                count(&counters.stored_results),
            ),
            (
                "monitorah_engine_dropped_results",
                "Results that found no place in the queue",
                count(&counters.dropped_results),
            ),
            (
                "monitorah_engine_skipped_ticks",
                "Checks that were passed over because the one before had not ended",
                count(&counters.skipped_ticks),
            ),
            (
                "monitorah_notifications_delivered",
                "Notifications that were delivered",
                count(&counters.delivered),
            ),
            (
                "monitorah_notifications_grouped_messages",
                "Messages of more than one notification that were delivered during storms",
                count(&counters.groups),
            ),
            (
                "monitorah_notifications_given_up",
                "Notifications that were given up",
                count(&counters.dead),
            ),
            (
                "monitorah_engine_unreadable_rows",
                "Stored rows that could not be read and were passed over: the log names why",
                count(&counters.unreadable_rows),
            ),
            (
                "monitorah_store_faults",
                "Times that the database failed a loop of the engine",
                count(&counters.store_faults),
            ),
        ],
        gauges: vec![
            (
                "monitorah_engine_scheduled_monitors",
                "Monitors on the schedule",
                as_float(count(&counters.scheduled)),
            ),
            (
                "monitorah_engine_ready",
                "Whether every monitor has been read since the start",
                f64::from(u8::from(engine.is_ready())),
            ),
            (
                "monitorah_notifications_waiting",
                "Notifications that wait to be delivered, as of at most 15 seconds ago",
                as_float(count(&counters.outbox_waiting)),
            ),
        ],
        lag: engine.stats().lag,
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "no count of ours comes near 53 bits"
)]
fn as_float(count: u64) -> f64 {
    count as f64
}
