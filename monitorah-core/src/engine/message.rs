//! What people are told: messages about one monitor, and the outbox rows that carry them.

use super::{Means, settle::SettleError};
use crate::{
    alert::{self, AlertKind, CheckSummary, EventSummary, Expiry, Hides, Message, MonitorSummary},
    crypt::{SealContext, SealedKind},
    evidence::millis,
    id::{ChannelId, NotificationId},
    incident::{Event, Resolution},
    monitor::{Monitor, MonitorState},
    observation::Observation,
    port::OutboxEntry,
    tenant::Tenant,
};
use jiff::Timestamp;

/// What a message says.
pub(super) struct Content<'a> {
    pub(super) kind: AlertKind,
    pub(super) event: Option<&'a Event>,
    pub(super) check: Option<(&'a Observation, Timestamp)>,
    pub(super) expiring: Option<(Expiry<'a>, u8)>,
    pub(super) reminder: Option<u32>,
    /// The monitors that are kept quiet because of this one.
    pub(super) hides: Option<&'a Hides>,
    /// Whether it is told later than it was known.
    pub(super) late: bool,
    pub(super) state: &'a MonitorState,
    pub(super) at: Timestamp,
}

/// Writes messages about one monitor.
pub(super) struct Writer<'a> {
    pub(super) means: Means<'a>,
    pub(super) tenant: Tenant,
    pub(super) monitor: &'a Monitor,
}

impl Writer<'_> {
    /// The message to each of the recipients, sealed. `about` and `sequence` make its id stable.
    pub(super) async fn entries(
        &self,
        recipients: &[ChannelId],
        about: &[u8; 16],
        sequence: u64,
        content: &Content<'_>,
    ) -> Result<Vec<OutboxEntry>, SettleError> {
        if recipients.is_empty() {
            return Ok(Vec::new());
        }
        let keyring = self.means.keyring;
        let place = self.monitor.target_place();
        let target = keyring
            .open_text(&self.tenant, &place, &self.monitor.target)
            .await?;
        let mut entries = Vec::with_capacity(recipients.len());
        for channel in recipients {
            let id = alert::notification_id(about, sequence, *channel);
            let message = self.message(id, content, target.expose());
            let json = zeroize::Zeroizing::new(serde_json::to_vec(&message)?);
            let place = payload_place(&self.tenant, &id);
            entries.push(OutboxEntry {
                id,
                channel: *channel,
                monitor: Some(self.monitor.id),
                event: content.event.map(|event| event.id),
                kind: content.kind,
                payload: keyring.seal(&self.tenant, &place, &json).await?,
                created_at: content.at,
            });
        }
        Ok(entries)
    }

    fn message(&self, id: NotificationId, content: &Content<'_>, target: &str) -> Message {
        Message {
            id,
            kind: content.kind,
            timestamp: content.at,
            summary: self.summary(content),
            event: content.event.map(|event| EventSummary {
                id: event.id,
                severity: event.severity,
                reason: event.reason,
                started_at: event.started_at,
                resolved_at: event.resolved_at,
                duration_seconds: event
                    .resolved_at
                    .unwrap_or(content.at)
                    .duration_since(event.started_at)
                    .as_secs()
                    .max(0),
            }),
            monitor: Some(MonitorSummary {
                id: self.monitor.id,
                name: self.monitor.name.clone(),
                kind: self.monitor.kind.as_str().to_owned(),
                target: target.to_owned(),
                status: content.state.shown(self.monitor.paused),
            }),
            check: content.check.map(|(seen, at)| CheckSummary {
                checked_at: at,
                reason: seen.reason,
                status_code: seen.status_code,
                response_time_ms: millis(seen.total),
                error: seen.detail.clone(),
            }),
            certificate: match content.expiring {
                Some((Expiry::Certificate(certificate), _)) => Some(certificate.clone()),
                _ => None,
            },
            registration: match content.expiring {
                Some((Expiry::Registration(registration), _)) => Some(registration.clone()),
                _ => None,
            },
            reminder: content.reminder,
            hides: content.hides.cloned(),
            link: self
                .means
                .public_url
                .map(|base| format!("{base}/?monitor={}", self.monitor.id)),
            group: None,
        }
    }

    fn summary(&self, content: &Content<'_>) -> String {
        let name = &self.monitor.name;
        let reason = content.event.map_or("", |event| event.reason.as_str());
        match content.kind {
            AlertKind::Down => {
                format!(
                    "{name} is down{}: {reason}{}",
                    since(content),
                    hidden(content)
                )
            }
            AlertKind::Degraded => format!("{name} is degraded{}: {reason}", since(content)),
            AlertKind::Up => match content.event.and_then(|event| event.resolution) {
                Some(Resolution::Paused) => format!("{name} is no longer watched"),
                _ => format!("{name} is up again"),
            },
            AlertKind::Reminder => {
                format!("{name} is still not well: {reason}{}", hidden(content))
            }
            AlertKind::CertificateExpiring => {
                let days = content.expiring.map_or(0, |(_, days)| days);
                format!("the certificate of {name} expires within {days} days")
            }
            AlertKind::DomainExpiring => {
                let days = content.expiring.map_or(0, |(_, days)| days);
                format!("the registration of {name} ends within {days} days")
            }
            AlertKind::Test | AlertKind::Grouped => "a test message".to_owned(),
        }
    }
}

/// Since when, where that is not just now.
fn since(content: &Content<'_>) -> String {
    match content.event {
        Some(event) if content.late => {
            format!(" since {}", event.started_at.strftime("%Y-%m-%d %H:%M UTC"))
        }
        _ => String::new(),
    }
}

/// How many monitors are kept quiet because of this one.
fn hidden(content: &Content<'_>) -> String {
    match content.hides {
        None => String::new(),
        Some(hides) if hides.count == 1 => {
            ", and 1 monitor that depends on it is kept quiet".to_owned()
        }
        Some(hides) => format!(
            ", and {} monitors that depend on it are kept quiet",
            hides.count
        ),
    }
}

/// Where the payload of a notification is sealed.
pub(crate) fn payload_place<'a>(tenant: &Tenant, id: &'a NotificationId) -> SealContext<'a> {
    SealContext {
        purpose: SealedKind::Outbox,
        account: tenant.account(),
        table: "outbox",
        column: "payload",
        row: id.as_bytes(),
        version: 1,
    }
}
