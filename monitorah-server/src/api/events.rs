//! Downtime events.

use super::{
    Refusals,
    checks::{CertificateBody, EchoesBody, RegistrationBody, TimingsBody, status_text},
    page,
};
use crate::{
    auth::Access,
    error::{ApiError, ApiResult},
    layer::extract::{Id, Query},
    state::AppState,
};
use axum::{Json as Shown, extract::State};
use jiff::Timestamp;
use monitorah_core::{
    EventId, FieldError, MonitorId, Severity,
    evidence::Evidence,
    incident::EventStatus,
    port::EventFilter,
    quiet::{Because, Quiet},
    service::EventView,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// One piece of evidence.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Evidence)]
pub(crate) struct EvidenceBody {
    /// When it was seen.
    at: Timestamp,
    /// From where.
    region: String,
    /// UP, DEGRADED, DOWN or UNKNOWN.
    status: String,
    /// Why.
    reason: String,
    /// What is wrong, in one sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    /// The status code of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 65535)]
    status_code: Option<u16>,
    /// From start to end: milliseconds.
    response_time_ms: f64,
    /// The phases.
    timings: TimingsBody,
    /// The address that answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    remote_address: Option<String>,
    /// The certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    certificate: Option<CertificateBody>,
    /// What a name server answered, one text a record.
    #[serde(skip_serializing_if = "Option::is_none")]
    answers: Option<Vec<String>>,
    /// What the pings came to.
    #[serde(skip_serializing_if = "Option::is_none")]
    echoes: Option<EchoesBody>,
    /// What the registry says of the domain.
    #[serde(skip_serializing_if = "Option::is_none")]
    registration: Option<RegistrationBody>,
    /// The start of the answer's body.
    #[serde(skip_serializing_if = "Option::is_none")]
    excerpt: Option<String>,
}

impl From<Evidence> for EvidenceBody {
    fn from(seen: Evidence) -> Self {
        Self {
            at: seen.at,
            region: seen.region.to_string(),
            status: status_text(seen.status).to_owned(),
            reason: seen.reason.as_str().to_owned(),
            error: seen.error,
            status_code: seen.status_code,
            response_time_ms: seen.response_time_ms,
            timings: seen.timings.into(),
            remote_address: seen.remote_address.map(|address| address.to_string()),
            certificate: seen.certificate.map(CertificateBody::from),
            answers: seen.answers,
            echoes: seen.echoes.map(EchoesBody::from),
            registration: seen.registration.map(RegistrationBody::from),
            excerpt: seen.excerpt,
        }
    }
}

/// Why nobody is told.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Quiet)]
pub(crate) struct QuietBody {
    /// MAINTENANCE, SILENCE, PARENT, PARENT_IN_DOUBT, CONFIRMING or RECOVERING.
    because: String,
    /// The maintenance window, the silence, or the monitor that it depends on.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    /// Until when at least; absent when that depends on what is seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Timestamp>,
}

impl From<Quiet> for QuietBody {
    fn from(quiet: Quiet) -> Self {
        Self {
            because: quiet.because.as_str().to_owned(),
            id: match quiet.because {
                Because::Maintenance(id) => Some(id.to_string()),
                Because::Silence(id) => Some(id.to_string()),
                Because::Parent(id) | Because::ParentInDoubt(id) => Some(id.to_string()),
                Because::Confirming | Because::Recovering => None,
            },
            until: quiet.until,
        }
    }
}

/// A downtime event.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Event)]
pub(crate) struct EventBody {
    /// Its id.
    id: String,
    /// The monitor.
    monitor_id: String,
    /// OPEN or RESOLVED.
    status: String,
    /// DOWN or DEGRADED.
    severity: String,
    /// Why it opened, or why it worsened.
    reason: String,
    /// When the first failing result was seen.
    started_at: Timestamp,
    /// When enough results agreed.
    confirmed_at: Timestamp,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    resolved_at: Option<Timestamp>,
    /// RECOVERED or PAUSED.
    #[serde(skip_serializing_if = "Option::is_none")]
    resolution: Option<String>,
    /// Whether recoveries were held back because the monitor flapped.
    flapping: bool,
    /// When somebody took it on.
    #[serde(skip_serializing_if = "Option::is_none")]
    acknowledged_at: Option<Timestamp>,
    /// When people were told of it; absent when they were not.
    #[serde(skip_serializing_if = "Option::is_none")]
    told_at: Option<Timestamp>,
    /// The channels that were told of it.
    told_channel_ids: Vec<String>,
    /// Why people are not told of it, or were not when it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    quiet: Option<QuietBody>,
    /// What was seen, oldest first.
    evidence: Vec<EvidenceBody>,
    /// Whether there is evidence that cannot be read, because the account's key is not available.
    sealed: bool,
}

page::page! {
    /// A page of downtime events.
    EventPage of EventBody
}

impl From<EventView> for EventBody {
    fn from(view: EventView) -> Self {
        let EventView {
            event,
            evidence,
            sealed,
        } = view;
        let severity = match event.severity {
            Severity::Down => "DOWN",
            Severity::Degraded => "DEGRADED",
        };
        Self {
            id: event.id.to_string(),
            monitor_id: event.monitor.to_string(),
            status: event.status.as_str().to_owned(),
            severity: severity.to_owned(),
            reason: event.reason.as_str().to_owned(),
            started_at: event.started_at,
            confirmed_at: event.confirmed_at,
            resolved_at: event.resolved_at,
            resolution: event
                .resolution
                .map(|resolution| resolution.as_str().to_owned()),
            flapping: event.flapping,
            acknowledged_at: event.acknowledged_at,
            told_at: event.told.at,
            told_channel_ids: event
                .told
                .channels
                .iter()
                .map(ToString::to_string)
                .collect(),
            quiet: event.told.quiet.map(QuietBody::from),
            evidence: evidence.into_iter().map(EvidenceBody::from).collect(),
            sealed,
        }
    }
}

/// Which events are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListEvents {
    /// Where the last page ended.
    #[param(max_length = 512)]
    cursor: Option<String>,
    /// How many, at most.
    #[param(minimum = 1, maximum = 100, default = 50)]
    limit: Option<u32>,
    /// Only of this monitor.
    #[param(max_length = 100)]
    monitor_id: Option<String>,
    /// Only OPEN or RESOLVED ones.
    #[param(inline, value_type = Option<EventState>)]
    status: Option<String>,
}

/// Where an event stands.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(dead_code, reason = "names the values in the specification")]
pub(crate) enum EventState {
    Open,
    Resolved,
}

/// Reads an optional id of a query.
pub(crate) fn optional_id<T: std::str::FromStr<Err: std::fmt::Display>>(
    name: &str,
    text: Option<&str>,
) -> ApiResult<Option<T>> {
    text.map(str::parse)
        .transpose()
        .map_err(|error: T::Err| ApiError::invalid(vec![FieldError::new(name, error.to_string())]))
}

/// Reads an optional word of a query.
pub(crate) fn optional_word<T: std::str::FromStr>(
    name: &str,
    text: Option<&str>,
    words: &str,
) -> ApiResult<Option<T>> {
    text.map(str::parse)
        .transpose()
        .map_err(|_| ApiError::invalid(vec![FieldError::new(name, format!("use one of {words}"))]))
}

/// List the downtime events, newest first.
#[utoipa::path(get, path = "/api/v1/events", operation_id = "list_events", tag = "Events",
    params(ListEvents),
    responses((status = 200, description = "A page of events.", body = EventPage), Refusals))]
pub(crate) async fn list(
    State(state): State<AppState>,
    access: Access,
    Query(query): Query<ListEvents>,
) -> ApiResult<Shown<EventPage>> {
    let limit = page::limit(query.limit)?;
    let monitor = optional_id::<MonitorId>("monitorId", query.monitor_id.as_deref())?;
    let status = optional_word::<EventStatus>("status", query.status.as_deref(), "OPEN, RESOLVED")?;
    let name = format!("events {monitor:?} {status:?}");
    let asked = page::asked(
        &state,
        &access.tenant,
        &name,
        query.cursor.as_deref(),
        limit,
    )?;
    let filter = EventFilter { monitor, status };
    let mut found = state.service.events(&access.tenant, &filter, asked).await?;
    let meta = page::cut(&state, &access.tenant, &name, &mut found, limit, |view| {
        view.event.id.as_bytes().to_vec()
    });
    Ok(Shown(EventPage {
        data: found.into_iter().map(EventBody::from).collect(),
        meta,
    }))
}

/// Read a downtime event.
#[utoipa::path(get, path = "/api/v1/events/{id}", operation_id = "get_event", tag = "Events",
    params(("id" = String, Path, description = "The event's id.")),
    responses((status = 200, description = "The event.", body = EventBody), Refusals))]
pub(crate) async fn get(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<EventId>,
) -> ApiResult<Shown<EventBody>> {
    Ok(Shown(state.service.event(&access.tenant, id).await?.into()))
}

/// Take an open event on: its reminders end.
#[utoipa::path(post, path = "/api/v1/events/{id}/acknowledge", operation_id = "acknowledge_event", tag = "Events",
    params(("id" = String, Path, description = "The event's id.")),
    responses((status = 200, description = "The event as it is now.", body = EventBody), Refusals))]
pub(crate) async fn acknowledge(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<EventId>,
) -> ApiResult<Shown<EventBody>> {
    Ok(Shown(
        state
            .service
            .acknowledge(&access.caller(&[]), id)
            .await?
            .into(),
    ))
}
