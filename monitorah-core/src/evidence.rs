//! What is kept of a look beyond its row in the result log: sealed as JSON, and opened to show why.

use crate::{
    crypt::{SealContext, SealedKind},
    id::{AccountId, EventId, MonitorId},
    observation::{Certificate, Echoes, Observation, Reason, Registration, Status, Timings},
    region::Region,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::{
    hash::{Hash, Hasher},
    net::IpAddr,
    time::Duration,
};

/// The phases in milliseconds, as they are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TimingsMs {
    /// Name resolution.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dns_ms: Option<f64>,
    /// The TCP handshake.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connect_ms: Option<f64>,
    /// The TLS handshake.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls_ms: Option<f64>,
    /// To the answer's first byte.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ttfb_ms: Option<f64>,
    /// From the answer's first byte to its last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub download_ms: Option<f64>,
}

impl From<Timings> for TimingsMs {
    fn from(timings: Timings) -> Self {
        Self {
            dns_ms: timings.dns.map(millis),
            connect_ms: timings.connect.map(millis),
            tls_ms: timings.tls.map(millis),
            ttfb_ms: timings.first_byte.map(millis),
            download_ms: timings.download.map(millis),
        }
    }
}

/// A series of echo requests, as it is shown: times in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EchoesMs {
    /// How many requests were sent.
    pub sent: u16,
    /// How many got a reply.
    pub received: u16,
    /// The shortest time of a reply.
    pub min_ms: f64,
    /// The average.
    pub average_ms: f64,
    /// The longest.
    pub max_ms: f64,
}

impl From<Echoes> for EchoesMs {
    fn from(echoes: Echoes) -> Self {
        let ms = |micros| millis(Duration::from_micros(micros));
        Self {
            sent: echoes.sent,
            received: echoes.received,
            min_ms: ms(echoes.min_us),
            average_ms: ms(echoes.average_us),
            max_ms: ms(echoes.max_us),
        }
    }
}

/// A duration in milliseconds, to the microsecond.
#[must_use]
pub fn millis(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1e6).round() / 1e3
}

/// What a result says beyond its row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ResultDetail {
    /// The address that answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remote_address: Option<IpAddr>,
    /// The certificate that was shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Certificate>,
    /// What a name server answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answers: Option<Vec<String>>,
    /// What a series of echo requests came to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub echoes: Option<Echoes>,
    /// What the registry says of the domain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registration: Option<Registration>,
    /// One sentence about what is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// Tells details apart that differ in what matters: the times of echo replies differ every time,
/// and the result's own row has their average.
impl Hash for ResultDetail {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.remote_address.hash(state);
        self.certificate.hash(state);
        self.answers.hash(state);
        self.echoes
            .map(|echoes| (echoes.sent, echoes.received))
            .hash(state);
        self.registration.hash(state);
        self.error.hash(state);
    }
}

impl ResultDetail {
    /// What this observation says.
    #[must_use]
    pub fn of(observation: &Observation) -> Self {
        Self {
            remote_address: observation.remote_address,
            certificate: observation.certificate.clone(),
            answers: observation.answers.clone(),
            echoes: observation.echoes,
            registration: observation.registration.clone(),
            error: observation.detail.clone(),
        }
    }

    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Where it is sealed.
    #[must_use]
    pub fn place(account: AccountId, monitor: &MonitorId, at: Timestamp) -> SealContext<'_> {
        SealContext {
            purpose: SealedKind::Field,
            account,
            table: "results",
            column: "detail",
            row: monitor.as_bytes(),
            version: at.as_microsecond(),
        }
    }
}

/// One piece of evidence of a downtime event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Evidence {
    /// When it was seen.
    pub at: Timestamp,
    /// From where.
    pub region: Region,
    /// How the target was.
    pub status: Status,
    /// Why.
    pub reason: Reason,
    /// One sentence.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub error: Option<String>,
    /// The status code of the answer.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub status_code: Option<u16>,
    /// From start to end: milliseconds.
    pub response_time_ms: f64,
    /// The phases.
    #[serde(default)]
    pub timings: TimingsMs,
    /// The address that answered.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub remote_address: Option<IpAddr>,
    /// The certificate that was shown.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub certificate: Option<Certificate>,
    /// What a name server answered.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub answers: Option<Vec<String>>,
    /// What a series of echo requests came to.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub echoes: Option<Echoes>,
    /// What the registry says of the domain.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub registration: Option<Registration>,
    /// The start of the answer's body.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub excerpt: Option<String>,
}

impl Evidence {
    /// What was seen at `at`.
    #[must_use]
    pub fn of(observation: &Observation, at: Timestamp, region: Region) -> Self {
        Self {
            at,
            region,
            status: observation.status,
            reason: observation.reason,
            error: observation.detail.clone(),
            status_code: observation.status_code,
            response_time_ms: millis(observation.total),
            timings: observation.timings.into(),
            remote_address: observation.remote_address,
            certificate: observation.certificate.clone(),
            answers: observation.answers.clone(),
            echoes: observation.echoes,
            registration: observation.registration.clone(),
            excerpt: observation.excerpt.clone(),
        }
    }

    /// The row that a piece of evidence is sealed for: the event's id and the sequence.
    #[must_use]
    pub fn row(event: EventId, sequence: i32) -> [u8; 20] {
        let mut row = [0; 20];
        let id = event
            .as_bytes()
            .iter()
            .chain(&sequence.to_be_bytes())
            .copied()
            .collect::<Vec<_>>();
        for (to, from) in row.iter_mut().zip(id) {
            *to = from;
        }
        row
    }

    /// Where it is sealed.
    #[must_use]
    pub const fn place(account: AccountId, row: &[u8; 20]) -> SealContext<'_> {
        SealContext {
            purpose: SealedKind::Field,
            account,
            table: "evidence",
            column: "detail",
            row,
            version: 1,
        }
    }
}
