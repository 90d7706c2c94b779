//! The check log, and the pings of heartbeat monitors.

use super::{Refusals, page};
use crate::{
    auth::Access,
    error::{ApiError, ApiResult},
    layer::extract::{self, Id, Query},
    state::AppState,
};
use axum::{Json as Shown, extract::State};
use jiff::Timestamp;
use monitorah_core::{
    Certificate, Echoes, FieldError, MonitorId, Registration, Status,
    evidence::{EchoesMs, TimingsMs, millis},
    port::{ResultCursor, ResultFilter},
    service::{PingView, ResultQuery, ResultView},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The phases of a check: milliseconds. A phase that did not happen is absent.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Timings)]
pub(crate) struct TimingsBody {
    /// Name resolution.
    #[serde(skip_serializing_if = "Option::is_none")]
    dns_ms: Option<f64>,
    /// The TCP handshake.
    #[serde(skip_serializing_if = "Option::is_none")]
    connect_ms: Option<f64>,
    /// The TLS handshake.
    #[serde(skip_serializing_if = "Option::is_none")]
    tls_ms: Option<f64>,
    /// From the request's last byte to the answer's first.
    #[serde(skip_serializing_if = "Option::is_none")]
    ttfb_ms: Option<f64>,
    /// From the answer's first byte to its last.
    #[serde(skip_serializing_if = "Option::is_none")]
    download_ms: Option<f64>,
}

impl From<TimingsMs> for TimingsBody {
    fn from(timings: TimingsMs) -> Self {
        let TimingsMs {
            dns_ms,
            connect_ms,
            tls_ms,
            ttfb_ms,
            download_ms,
        } = timings;
        Self {
            dns_ms,
            connect_ms,
            tls_ms,
            ttfb_ms,
            download_ms,
        }
    }
}

/// The certificate that a target showed.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Certificate)]
pub(crate) struct CertificateBody {
    /// The subject's distinguished name.
    subject: String,
    /// The issuer's distinguished name.
    issuer: String,
    /// The start of its validity.
    not_before: Timestamp,
    /// The end of its validity: the earliest of the chain.
    not_after: Timestamp,
    /// SHA-256 of the leaf, hexadecimal.
    fingerprint: String,
}

impl From<Certificate> for CertificateBody {
    fn from(certificate: Certificate) -> Self {
        let Certificate {
            subject,
            issuer,
            not_before,
            not_after,
            fingerprint,
        } = certificate;
        Self {
            subject,
            issuer,
            not_before,
            not_after,
            fingerprint,
        }
    }
}

/// What a series of echo requests came to.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Echoes)]
pub(crate) struct EchoesBody {
    /// How many requests were sent.
    #[schema(minimum = 0, maximum = 65_535)]
    sent: u16,
    /// How many got a reply.
    #[schema(minimum = 0, maximum = 65_535)]
    received: u16,
    /// The shortest time of a reply.
    min_ms: f64,
    /// The average.
    average_ms: f64,
    /// The longest.
    max_ms: f64,
}

impl From<Echoes> for EchoesBody {
    fn from(echoes: Echoes) -> Self {
        let EchoesMs {
            sent,
            received,
            min_ms,
            average_ms,
            max_ms,
        } = echoes.into();
        Self {
            sent,
            received,
            min_ms,
            average_ms,
            max_ms,
        }
    }
}

/// What a registry says of a domain.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Registration)]
pub(crate) struct RegistrationBody {
    /// The registered domain.
    domain: String,
    /// When its registration ends.
    expires_at: Timestamp,
}

impl From<Registration> for RegistrationBody {
    fn from(registration: Registration) -> Self {
        let Registration { domain, expires_at } = registration;
        Self { domain, expires_at }
    }
}

/// What one check saw.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CheckResult {
    /// Its id, made of monitor, time, region and sequence.
    id: String,
    /// The monitor.
    monitor_id: String,
    /// Where it was made.
    region: String,
    /// When it was made.
    checked_at: Timestamp,
    /// UP, DEGRADED, DOWN or UNKNOWN.
    status: String,
    /// Why.
    reason: String,
    /// The status code of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 65535)]
    status_code: Option<u16>,
    /// From start to end: milliseconds.
    response_time_ms: f64,
    /// The phases.
    timings: TimingsBody,
    /// The address that answered; given where it differs from the check before, and on failures.
    #[serde(skip_serializing_if = "Option::is_none")]
    remote_address: Option<String>,
    /// The certificate; given where it differs from the check before, and on failures.
    #[serde(skip_serializing_if = "Option::is_none")]
    certificate: Option<CertificateBody>,
    /// What a name server answered, one text a record; given where it differs, and on failures.
    #[serde(skip_serializing_if = "Option::is_none")]
    answers: Option<Vec<String>>,
    /// What the pings came to; given where replies were lost anew, and on failures.
    #[serde(skip_serializing_if = "Option::is_none")]
    echoes: Option<EchoesBody>,
    /// What the registry says of the domain; given where it differs, and on failures.
    #[serde(skip_serializing_if = "Option::is_none")]
    registration: Option<RegistrationBody>,
    /// What is wrong, in one sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    /// Whether a maintenance window was open: it does not count in uptime figures.
    maintenance: bool,
    /// Whether more was seen that cannot be read, because the account's key is not available.
    sealed: bool,
}

/// A status as its text on the wire.
pub(crate) const fn status_text(status: Status) -> &'static str {
    match status {
        Status::Up => "UP",
        Status::Degraded => "DEGRADED",
        Status::Down => "DOWN",
        Status::Unknown => "UNKNOWN",
    }
}

impl CheckResult {
    pub(crate) fn of(view: ResultView) -> Self {
        let ResultView {
            row,
            detail,
            sealed,
        } = view;
        let micros = row.at.as_microsecond();
        Self {
            id: format!("{}.{micros}.{}.{}", row.monitor, row.region, row.sequence),
            monitor_id: row.monitor.to_string(),
            region: row.region.to_string(),
            checked_at: row.at,
            status: status_text(row.status).to_owned(),
            reason: row.reason.as_str().to_owned(),
            status_code: row.status_code,
            response_time_ms: millis(row.total),
            timings: TimingsMs::from(row.timings).into(),
            remote_address: detail.remote_address.map(|address| address.to_string()),
            certificate: detail.certificate.map(CertificateBody::from),
            answers: detail.answers,
            echoes: detail.echoes.map(EchoesBody::from),
            registration: detail.registration.map(RegistrationBody::from),
            error: detail.error,
            maintenance: row.maintenance,
            sealed,
        }
    }
}

page::page! {
    /// A page of the check log.
    CheckPage of CheckResult
}

/// Which results are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListChecks {
    /// Where the last page ended.
    #[param(max_length = 512)]
    cursor: Option<String>,
    /// How many, at most.
    #[param(minimum = 1, maximum = 100, default = 50)]
    limit: Option<u32>,
    /// Not before this time.
    #[serde(default, deserialize_with = "extract::moment_or_none")]
    from: Option<Timestamp>,
    /// Before this time.
    #[serde(default, deserialize_with = "extract::moment_or_none")]
    to: Option<Timestamp>,
    /// Only UP, DEGRADED, DOWN or UNKNOWN.
    #[param(inline, value_type = Option<CheckStatus>)]
    status: Option<Status>,
    /// Only from this region.
    #[param(max_length = 2)]
    region: Option<String>,
}

/// How the target was.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(dead_code, reason = "names the values in the specification")]
pub(crate) enum CheckStatus {
    Up,
    Degraded,
    Down,
    Unknown,
}

/// List the results of a monitor, newest first.
#[utoipa::path(get, path = "/api/v1/monitors/{id}/checks", operation_id = "list_checks", tag = "Checks",
    params(("id" = String, Path, description = "The monitor's id."), ListChecks),
    responses((status = 200, description = "A page of the check log.", body = CheckPage), Refusals))]
pub(crate) async fn list(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<MonitorId>,
    Query(query): Query<ListChecks>,
) -> ApiResult<Shown<CheckPage>> {
    let limit = page::limit(query.limit)?;
    let region = match query.region.as_deref().map(str::parse).transpose() {
        Ok(region) => region,
        Err(error) => {
            let error: monitorah_core::ParseRegionError = error;
            return Err(ApiError::invalid(vec![FieldError::new(
                "region",
                error.to_string(),
            )]));
        }
    };
    let name = format!(
        "checks {id} {:?} {:?} {:?} {region:?}",
        query.from, query.to, query.status
    );
    let before = match &query.cursor {
        None => None,
        Some(cursor) => {
            let place = state.cursors.read(&access.tenant, &name, cursor)?;
            Some(read_place(&place).ok_or_else(ApiError::internal)?)
        }
    };
    let filter = ResultFilter {
        from: query.from,
        to: query.to,
        status: query.status,
        region,
        before,
    };
    let wanted = ResultQuery {
        filter,
        limit: limit + 1,
    };
    let mut found = state.service.results(&access.tenant, id, &wanted).await?;
    let meta = page::cut(&state, &access.tenant, &name, &mut found, limit, |view| {
        write_place(&view.row)
    });
    let data = found.into_iter().map(CheckResult::of).collect();
    Ok(Shown(CheckPage { data, meta }))
}

fn write_place(row: &monitorah_core::port::ResultRow) -> Vec<u8> {
    let mut place = row.at.as_microsecond().to_be_bytes().to_vec();
    place.extend(row.sequence.to_be_bytes());
    place.extend(row.region.as_str().as_bytes());
    place
}

fn read_place(place: &[u8]) -> Option<ResultCursor> {
    let (at, rest) = place.split_first_chunk::<8>()?;
    let (sequence, region) = rest.split_first_chunk::<4>()?;
    Some(ResultCursor {
        at: Timestamp::from_microsecond(i64::from_be_bytes(*at)).ok()?,
        sequence: i32::from_be_bytes(*sequence),
        region: std::str::from_utf8(region).ok()?.parse().ok()?,
    })
}

/// A ping of a heartbeat monitor.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Ping)]
pub(crate) struct PingBody {
    /// Its id.
    id: String,
    /// When it arrived.
    received_at: Timestamp,
    /// START, SUCCESS, FAIL or LOG.
    kind: String,
    /// The job's own id of the run.
    #[serde(skip_serializing_if = "Option::is_none")]
    run_id: Option<String>,
    /// The exit status that it named.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 255)]
    exit_status: Option<u8>,
    /// How long the run took, when this ended one: milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    duration_ms: Option<i64>,
    /// The last 10 kB of what the job said.
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
}

impl PingBody {
    fn of(view: PingView) -> Self {
        let PingView { ping, body } = view;
        Self {
            id: ping.id.to_string(),
            received_at: ping.at,
            kind: ping.kind.as_str().to_owned(),
            run_id: ping.run_id,
            exit_status: ping.exit_status,
            duration_ms: ping.duration_us.map(|micros| micros / 1_000),
            body,
        }
    }
}

page::page! {
    /// A page of pings.
    PingPage of PingBody
}

/// Which part of a list is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Paged {
    /// Where the last page ended.
    #[param(max_length = 512)]
    pub(crate) cursor: Option<String>,
    /// How many, at most.
    #[param(minimum = 1, maximum = 100, default = 50)]
    pub(crate) limit: Option<u32>,
}

/// List the pings of a heartbeat monitor, newest first.
#[utoipa::path(get, path = "/api/v1/monitors/{id}/pings", operation_id = "list_pings", tag = "Checks",
    params(("id" = String, Path, description = "The monitor's id."), Paged),
    responses((status = 200, description = "A page of pings.", body = PingPage), Refusals))]
pub(crate) async fn pings(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<MonitorId>,
    Query(query): Query<Paged>,
) -> ApiResult<Shown<PingPage>> {
    let limit = page::limit(query.limit)?;
    let name = format!("pings {id}");
    let asked = page::asked(
        &state,
        &access.tenant,
        &name,
        query.cursor.as_deref(),
        limit,
    )?;
    let mut found = state.service.pings(&access.tenant, id, asked).await?;
    let meta = page::cut(&state, &access.tenant, &name, &mut found, limit, |view| {
        view.ping.id.as_bytes().to_vec()
    });
    Ok(Shown(PingPage {
        data: found.into_iter().map(PingBody::of).collect(),
        meta,
    }))
}
