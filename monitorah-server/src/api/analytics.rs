//! Analytics: uptime, response times and series of monitors.

use super::{Refusals, page};
use crate::{
    auth::Access,
    error::ApiResult,
    layer::extract::{self, Id, Query},
    state::AppState,
};
use axum::{Json as Shown, extract::State};
use jiff::Timestamp;
use monitorah_core::{
    MonitorId,
    evidence::millis,
    service::{AnalyticsQuery, MonitorAnalytics, Span},
    uptime::{Latencies, Resolution, Rollup, StateDurations},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// How long a bucket is.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schema(as = Resolution)]
pub(crate) enum ResolutionName {
    /// One minute.
    Minute,
    /// A quarter of an hour.
    QuarterHour,
    /// A day of UTC.
    Day,
}

impl From<ResolutionName> for Resolution {
    fn from(name: ResolutionName) -> Self {
        match name {
            ResolutionName::Minute => Self::Minute,
            ResolutionName::QuarterHour => Self::Quarter,
            ResolutionName::Day => Self::Day,
        }
    }
}

impl From<Resolution> for ResolutionName {
    fn from(resolution: Resolution) -> Self {
        match resolution {
            Resolution::Minute => Self::Minute,
            Resolution::Quarter => Self::QuarterHour,
            Resolution::Day => Self::Day,
        }
    }
}

/// How long the target was how: seconds. Time of which nothing is known is in none of them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StateSeconds {
    /// UP.
    up: f64,
    /// DEGRADED, which counts as up.
    degraded: f64,
    /// DOWN.
    down: f64,
    /// UNKNOWN, which is left out of uptime figures.
    unknown: f64,
    /// In a maintenance window, whatever was seen; left out of uptime figures.
    maintenance: f64,
}

impl From<StateDurations> for StateSeconds {
    fn from(durations: StateDurations) -> Self {
        let StateDurations {
            up,
            degraded,
            down,
            unknown,
            maintenance,
        } = durations;
        Self {
            up: seconds(up),
            degraded: seconds(degraded),
            down: seconds(down),
            unknown: seconds(unknown),
            maintenance: seconds(maintenance),
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "microseconds of 285 years fit 53 bits"
)]
fn seconds(micros: i64) -> f64 {
    micros as f64 / 1e6
}

/// How many checks ended how. Of time that an older version rolled up only the total is known.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CheckCounts {
    /// All of them.
    total: u64,
    /// UP.
    up: u64,
    /// DEGRADED.
    degraded: u64,
    /// DOWN.
    down: u64,
    /// UNKNOWN.
    unknown: u64,
}

impl From<&Rollup> for CheckCounts {
    fn from(rollup: &Rollup) -> Self {
        Self {
            total: rollup.checks,
            up: rollup.counts.up,
            degraded: rollup.counts.degraded,
            down: rollup.counts.down,
            unknown: rollup.counts.unknown,
        }
    }
}

/// How fast the target answered when it was UP or DEGRADED: milliseconds, null without such checks.
/// A percentile is never too low and at most an eighth too high; the average is exact.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ResponseTimes {
    /// The average.
    #[schema(required)]
    average_ms: Option<f64>,
    /// Half of the answers were at least as fast.
    #[schema(required)]
    p50_ms: Option<f64>,
    /// Of twenty answers, nineteen were at least as fast.
    #[schema(required)]
    p95_ms: Option<f64>,
    /// Of a hundred answers, ninety-nine were at least as fast.
    #[schema(required)]
    p99_ms: Option<f64>,
}

impl From<&Latencies> for ResponseTimes {
    fn from(latencies: &Latencies) -> Self {
        Self {
            average_ms: latencies.average().map(millis),
            p50_ms: latencies.percentile(50).map(millis),
            p95_ms: latencies.percentile(95).map(millis),
            p99_ms: latencies.percentile(99).map(millis),
        }
    }
}

/// What a monitor was like in one bucket of time.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AnalyticsPoint {
    /// The start of the bucket.
    start: Timestamp,
    /// (up + degraded) / (up + degraded + down), from 0 to 1; null when none of them is known.
    #[schema(required)]
    uptime_ratio: Option<f64>,
    /// How long the target was how.
    durations: StateSeconds,
    /// How many checks ended how.
    checks: CheckCounts,
    /// How fast the target answered.
    response_time: ResponseTimes,
}

impl From<&Rollup> for AnalyticsPoint {
    fn from(bucket: &Rollup) -> Self {
        Self {
            start: bucket.start,
            uptime_ratio: bucket.durations.uptime(),
            durations: bucket.durations.into(),
            checks: bucket.into(),
            response_time: (&bucket.latencies).into(),
        }
    }
}

/// What a monitor was like.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Analytics)]
pub(crate) struct AnalyticsBody {
    /// The monitor.
    monitor_id: String,
    /// The start of the first bucket: `from`, or a little earlier.
    from: Timestamp,
    /// The end of the last bucket: `to`, or a little later.
    to: Timestamp,
    /// The length of a bucket: MINUTE, QUARTER_HOUR or DAY.
    #[schema(value_type = String)]
    resolution: ResolutionName,
    /// (up + degraded) / (up + degraded + down), from 0 to 1; null when none of them is known.
    #[schema(required)]
    uptime_ratio: Option<f64>,
    /// How long the target was how.
    durations: StateSeconds,
    /// How many checks ended how.
    checks: CheckCounts,
    /// How fast the target answered.
    response_time: ResponseTimes,
    /// Bucket by bucket, oldest first, at most 1500; one of which nothing is known is absent.
    series: Vec<AnalyticsPoint>,
}

/// What one of many monitors was like.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AnalyticsSummary {
    /// The monitor.
    monitor_id: String,
    /// What people call it.
    name: String,
    /// The start of the first bucket that counts: `from`, or a little earlier.
    from: Timestamp,
    /// The end of the last bucket that counts: `to`, or a little later.
    to: Timestamp,
    /// (up + degraded) / (up + degraded + down), from 0 to 1; null when none of them is known.
    #[schema(required)]
    uptime_ratio: Option<f64>,
    /// How long the target was how.
    durations: StateSeconds,
    /// How many checks ended how.
    checks: CheckCounts,
    /// How fast the target answered.
    response_time: ResponseTimes,
}

impl AnalyticsSummary {
    fn of(span: Span, one: &MonitorAnalytics) -> Self {
        Self {
            monitor_id: one.monitor.to_string(),
            name: one.name.clone(),
            from: span.from,
            to: span.to,
            uptime_ratio: one.total.durations.uptime(),
            durations: one.total.durations.into(),
            checks: (&one.total).into(),
            response_time: (&one.total.latencies).into(),
        }
    }
}

page::page! {
    /// A page of what monitors were like.
    AnalyticsPage of AnalyticsSummary
}

/// Of which time analytics are wanted, and how fine.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ReadAnalytics {
    /// From when on; a day before `to` when it is absent.
    #[serde(default, deserialize_with = "extract::moment_or_none")]
    from: Option<Timestamp>,
    /// Until when; now when it is absent or in the future.
    #[serde(default, deserialize_with = "extract::moment_or_none")]
    to: Option<Timestamp>,
    /// How fine; the finest that is kept and has at most 1500 buckets when it is absent.
    #[param(inline)]
    resolution: Option<ResolutionName>,
}

/// Of which time analytics are wanted, and which page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListAnalytics {
    /// Where the last page ended.
    #[param(max_length = 512)]
    cursor: Option<String>,
    /// How many, at most.
    #[param(minimum = 1, maximum = 100, default = 50)]
    limit: Option<u32>,
    /// From when on; a day before `to` when it is absent.
    #[serde(default, deserialize_with = "extract::moment_or_none")]
    from: Option<Timestamp>,
    /// Until when; now when it is absent or in the future.
    #[serde(default, deserialize_with = "extract::moment_or_none")]
    to: Option<Timestamp>,
}

/// Read what a monitor was like: uptime, response times, counts and a series.
///
/// All of it is made of rollups, which are computed once a minute of minutes that ended at least
/// 30 seconds ago: the newest two minutes or so are not in it yet.
#[utoipa::path(get, path = "/api/v1/analytics/{id}", operation_id = "get_analytics", tag = "Analytics",
    params(("id" = String, Path, description = "The monitor's id."), ReadAnalytics),
    responses((status = 200, description = "What it was like.", body = AnalyticsBody), Refusals))]
pub(crate) async fn get(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<MonitorId>,
    Query(query): Query<ReadAnalytics>,
) -> ApiResult<Shown<AnalyticsBody>> {
    let query = AnalyticsQuery {
        from: query.from,
        to: query.to,
        resolution: query.resolution.map(Resolution::from),
    };
    let found = state.service.analytics(&access.tenant, id, &query).await?;
    Ok(Shown(AnalyticsBody {
        monitor_id: id.to_string(),
        from: found.span.from,
        to: found.span.to,
        resolution: found.span.resolution.into(),
        uptime_ratio: found.total.durations.uptime(),
        durations: found.total.durations.into(),
        checks: (&found.total).into(),
        response_time: (&found.total.latencies).into(),
        series: found.series.iter().map(AnalyticsPoint::from).collect(),
    }))
}

/// List what the monitors were like, oldest monitor first, without series.
#[utoipa::path(get, path = "/api/v1/analytics", operation_id = "list_analytics", tag = "Analytics",
    params(ListAnalytics),
    responses((status = 200, description = "A page of what monitors were like.", body = AnalyticsPage), Refusals))]
pub(crate) async fn list(
    State(state): State<AppState>,
    access: Access,
    Query(query): Query<ListAnalytics>,
) -> ApiResult<Shown<AnalyticsPage>> {
    let limit = page::limit(query.limit)?;
    let list = format!("analytics {:?} {:?}", query.from, query.to);
    let cursor = query.cursor.as_deref();
    let asked = page::asked(&state, &access.tenant, &list, cursor, limit)?;
    let query = AnalyticsQuery {
        from: query.from,
        to: query.to,
        resolution: None,
    };
    let (span, mut found) = state
        .service
        .analytics_of_monitors(&access.tenant, &query, asked)
        .await?;
    let meta = page::cut(&state, &access.tenant, &list, &mut found, limit, |one| {
        one.monitor.as_bytes().to_vec()
    });
    let data = found
        .iter()
        .map(|one| AnalyticsSummary::of(span, one))
        .collect();
    Ok(Shown(AnalyticsPage { data, meta }))
}
