//! Trying a monitor before it is saved.

use super::{
    Refusals,
    checks::{CertificateBody, EchoesBody, RegistrationBody, TimingsBody, status_text},
    monitors::CreateMonitor,
};
use crate::{auth::Access, error::ApiResult, layer::extract::Json, state::AppState};
use axum::{Json as Shown, extract::State};
use jiff::Timestamp;
use monitorah_core::{
    Severity, Status,
    evidence::{TimingsMs, millis},
    service::Trial,
};
use serde::Serialize;
use utoipa::ToSchema;

/// What an assertion came to.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AssertionOutcome {
    /// Where it stands in what was sent.
    pointer: String,
    /// Whether it holds.
    holds: bool,
    /// DEGRADED or DOWN, when it does not hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    severity: Option<String>,
    /// Why it does not hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// Why it does not hold, in one sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

/// What a trial saw. Nothing of it is stored.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MonitorTrial {
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
    /// The address that answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    remote_address: Option<String>,
    /// The certificate that was shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    certificate: Option<CertificateBody>,
    /// What a name server answered, one text a record, sorted.
    #[serde(skip_serializing_if = "Option::is_none")]
    answers: Option<Vec<String>>,
    /// What a series of echo requests came to.
    #[serde(skip_serializing_if = "Option::is_none")]
    echoes: Option<EchoesBody>,
    /// What the registry says of the domain.
    #[serde(skip_serializing_if = "Option::is_none")]
    registration: Option<RegistrationBody>,
    /// What is wrong, in one sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    /// The start of the answer's body, when the check failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    excerpt: Option<String>,
    /// What each assertion came to; empty when none was judged, because the check failed before.
    assertions: Vec<AssertionOutcome>,
}

impl MonitorTrial {
    fn of(trial: Trial) -> Self {
        let Trial {
            at,
            region,
            observation,
        } = trial;
        let assertions = observation
            .assertions
            .into_iter()
            .enumerate()
            .map(|(index, finding)| AssertionOutcome {
                pointer: format!("/config/assertions/{index}"),
                holds: finding.is_none(),
                severity: finding
                    .as_ref()
                    .map(|found| status_text(severity(found.severity)).to_owned()),
                reason: finding
                    .as_ref()
                    .map(|found| found.reason.as_str().to_owned()),
                error: finding.map(|found| found.detail),
            })
            .collect();
        Self {
            region: region.to_string(),
            checked_at: at,
            status: status_text(observation.status).to_owned(),
            reason: observation.reason.as_str().to_owned(),
            status_code: observation.status_code,
            response_time_ms: millis(observation.total),
            timings: TimingsMs::from(observation.timings).into(),
            remote_address: observation
                .remote_address
                .map(|address| address.to_string()),
            certificate: observation.certificate.map(CertificateBody::from),
            answers: observation.answers,
            echoes: observation.echoes.map(EchoesBody::from),
            registration: observation.registration.map(RegistrationBody::from),
            error: observation.detail,
            excerpt: observation.excerpt,
            assertions,
        }
    }
}

fn severity(severity: Severity) -> Status {
    severity.into()
}

/// Try a monitor that is not saved: look once and answer with what was seen. Nothing is stored.
///
/// The body is that of a creation. The target is reached under the same policy, time limit and
/// rate limit as by a saved monitor.
#[utoipa::path(post, path = "/api/v1/monitors/test", operation_id = "try_monitor", tag = "Monitors",
    request_body = CreateMonitor,
    responses((status = 200, description = "What was seen.", body = MonitorTrial), Refusals))]
pub(crate) async fn run(
    State(state): State<AppState>,
    _: Access,
    body: Json<CreateMonitor>,
) -> ApiResult<Shown<MonitorTrial>> {
    let trial = state.service.try_monitor(body.value.draft()?).await?;
    Ok(Shown(MonitorTrial::of(trial)))
}
