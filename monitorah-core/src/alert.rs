//! Alerts: what people are told, and which rule tells whom. Pure.

use crate::{
    id::{AccountId, ChannelId, EventId, MonitorId, NotificationId, RuleId},
    incident::Transition,
    monitor::{CertificateWatch, DomainWatch, ShownStatus},
    observation::{Certificate, Observation, Reason, Registration, Severity},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, time::Duration};

/// Days before the end of a certificate's validity, or of a domain's registration, at which a
/// warning is sent.
pub const CERTIFICATE_WARNINGS: [u8; 4] = [30, 14, 7, 1];
/// The shortest time between two reminders.
pub const MIN_REMINDER: Duration = Duration::from_mins(1);

/// What an alert is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AlertKind {
    /// A monitor went down.
    #[serde(rename = "monitor.down")]
    Down,
    /// A monitor is well again.
    #[serde(rename = "monitor.up")]
    Up,
    /// A monitor answers, but worse than it should.
    #[serde(rename = "monitor.degraded")]
    Degraded,
    /// An event is still open and nobody took it on.
    #[serde(rename = "monitor.reminder")]
    Reminder,
    /// A certificate expires in 30, 14, 7 or 1 days.
    #[serde(rename = "certificate.expiring")]
    CertificateExpiring,
    /// The registration of a domain ends in 30, 14, 7 or 1 days.
    #[serde(rename = "domain.expiring")]
    DomainExpiring,
    /// Somebody tries a channel out.
    #[serde(rename = "channel.test")]
    Test,
}

impl AlertKind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Down,
        Self::Up,
        Self::Degraded,
        Self::Reminder,
        Self::CertificateExpiring,
        Self::DomainExpiring,
        Self::Test,
    ];

    /// The text on the wire and in a store.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Down => "monitor.down",
            Self::Up => "monitor.up",
            Self::Degraded => "monitor.degraded",
            Self::Reminder => "monitor.reminder",
            Self::CertificateExpiring => "certificate.expiring",
            Self::DomainExpiring => "domain.expiring",
            Self::Test => "channel.test",
        }
    }

    /// What a transition is told as.
    #[must_use]
    pub const fn of(transition: &Transition) -> Self {
        match transition {
            Transition::Opened {
                severity: Severity::Down,
                ..
            }
            | Transition::Worsened { .. } => Self::Down,
            Transition::Opened {
                severity: Severity::Degraded,
                ..
            }
            | Transition::Improved { .. } => Self::Degraded,
            Transition::Resolved { .. } => Self::Up,
        }
    }
}

impl std::str::FromStr for AlertKind {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or(())
    }
}

/// The monitor in a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MonitorSummary {
    /// Its id.
    pub id: MonitorId,
    /// Its name.
    pub name: String,
    /// Its check type.
    #[serde(rename = "type")]
    pub kind: String,
    /// What it watches.
    pub target: String,
    /// Its state.
    pub status: ShownStatus,
}

/// The event in a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EventSummary {
    /// Its id; the same in every message about it.
    pub id: EventId,
    /// How bad it is.
    pub severity: Severity,
    /// Why.
    pub reason: Reason,
    /// When the first failing result was seen.
    pub started_at: Timestamp,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolved_at: Option<Timestamp>,
    /// How long it lasted, or has lasted so far: seconds.
    pub duration_seconds: i64,
}

/// The check in a message: the result that made the change believed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CheckSummary {
    /// When it was made.
    pub checked_at: Timestamp,
    /// Why.
    pub reason: Reason,
    /// The HTTP status code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_code: Option<u16>,
    /// From start to end: milliseconds.
    pub response_time_ms: f64,
    /// One sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// How many monitors a message names of those that it keeps quiet.
pub const HIDDEN_NAMES: u32 = 10;

/// The monitors that depend on one that is down, and are kept quiet because of it: one message
/// instead of many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hides {
    /// How many depend on it.
    pub count: u64,
    /// How many of these are known to be down.
    pub down: u64,
    /// The names of at most ten: those that are down first.
    pub names: Vec<String>,
}

/// What a channel is given to deliver. Its JSON form is the webhook's body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// Stable over retries: whoever receives it twice can tell.
    pub id: NotificationId,
    /// What it is about.
    #[serde(rename = "type")]
    pub kind: AlertKind,
    /// When the change was believed.
    pub timestamp: Timestamp,
    /// One sentence for people.
    pub summary: String,
    /// The event; absent in tests and warnings of an expiry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<EventSummary>,
    /// The monitor; absent in tests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub monitor: Option<MonitorSummary>,
    /// The result behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check: Option<CheckSummary>,
    /// The certificate that expires.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Certificate>,
    /// The registration that ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registration: Option<Registration>,
    /// Which reminder this is, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reminder: Option<u32>,
    /// The monitors that are kept quiet because of this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hides: Option<Hides>,
    /// Where people read more; present when this installation knows its public address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

impl Message {
    /// A test of a channel: about nothing that happened.
    #[must_use]
    pub fn test(id: NotificationId, timestamp: Timestamp, summary: impl Into<String>) -> Self {
        Self {
            id,
            kind: AlertKind::Test,
            timestamp,
            summary: summary.into(),
            event: None,
            monitor: None,
            check: None,
            certificate: None,
            registration: None,
            reminder: None,
            hides: None,
            link: None,
        }
    }
}

/// Which monitors a rule is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleScope {
    /// Every monitor of the account, also those made later.
    AllMonitors,
    /// These.
    Monitors(Vec<MonitorId>),
}

/// Joins channels to monitors, many to many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its id.
    pub id: RuleId,
    /// Whose it is.
    pub account: AccountId,
    /// What people call it.
    pub name: String,
    /// Who is told.
    pub channels: Vec<ChannelId>,
    /// About which monitors.
    pub scope: RuleScope,
    /// About what; empty is everything.
    pub kinds: Vec<AlertKind>,
    /// How often people are reminded of an open, unacknowledged event.
    pub remind_every: Option<Duration>,
    /// Whether it is in force.
    pub enabled: bool,
    /// Counts its changes.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Rule {
    /// When a rule that is made or changed at `at` first reminds of an event that is open already;
    /// none when it reminds of nothing.
    #[must_use]
    pub fn first_reminder(&self, at: Timestamp) -> Option<Timestamp> {
        let reminds = self.enabled && self.tells(AlertKind::Reminder);
        let every = self.remind_every.filter(|_| reminds)?;
        at.checked_add(every).ok()
    }

    pub(crate) fn covers(&self, monitor: MonitorId) -> bool {
        self.enabled
            && match &self.scope {
                RuleScope::AllMonitors => true,
                RuleScope::Monitors(ids) => ids.contains(&monitor),
            }
    }

    fn tells(&self, kind: AlertKind) -> bool {
        let wanted = self.kinds.is_empty() || self.kinds.contains(&kind);
        wanted && (kind != AlertKind::Reminder || self.remind_every.is_some())
    }
}

/// Who is told of `kind` about `monitor`: each channel once, however many rules name it.
#[must_use]
pub fn recipients(rules: &[Rule], monitor: MonitorId, kind: AlertKind) -> Vec<ChannelId> {
    let mut channels = BTreeMap::new();
    for rule in rules
        .iter()
        .filter(|rule| rule.covers(monitor) && rule.tells(kind))
    {
        channels.extend(rule.channels.iter().map(|channel| (*channel, ())));
    }
    channels.into_keys().collect()
}

/// How often people are reminded of an open event of `monitor`: the shortest of its rules.
#[must_use]
pub fn remind_every(rules: &[Rule], monitor: MonitorId) -> Option<Duration> {
    rules
        .iter()
        .filter(|rule| rule.covers(monitor) && rule.tells(AlertKind::Reminder))
        .filter_map(|rule| rule.remind_every)
        .min()
}

/// The stable id of a notification: the same alert to the same channel is the same notification,
/// so that a settle that is tried again cannot tell people twice.
///
/// `about` is the event's id, or the monitor's for alerts without an event; `sequence` counts the
/// alerts about it.
#[must_use]
pub fn notification_id(about: &[u8; 16], sequence: u64, channel: ChannelId) -> NotificationId {
    let digest = Sha256::new()
        .chain_update(b"monitorah notification v1")
        .chain_update(about)
        .chain_update(sequence.to_be_bytes())
        .chain_update(channel.as_bytes())
        .finalize();
    let mut bytes = [0_u8; 16];
    for (to, from) in bytes.iter_mut().zip(digest) {
        *to = from;
    }
    NotificationId::from_bytes(bytes)
}

/// Watches a certificate's expiry apart from outage: the number of days to warn about, once for
/// each of [`CERTIFICATE_WARNINGS`], anew for each certificate.
pub fn watch_certificate(
    watch: &mut Option<CertificateWatch>,
    seen: &Certificate,
    now: Timestamp,
) -> Option<u8> {
    let known = watch
        .take()
        .filter(|known| known.fingerprint == seen.fingerprint);
    let warned = known.and_then(|known| known.warned_days);
    let warn = due(seen.not_after, warned, now);
    *watch = Some(CertificateWatch {
        fingerprint: seen.fingerprint.clone(),
        not_after: seen.not_after,
        warned_days: warn.or(warned),
    });
    warn
}

/// Watches a registration like a certificate: one that was renewed is warned of anew.
pub fn watch_domain(
    watch: &mut Option<DomainWatch>,
    seen: &Registration,
    now: Timestamp,
) -> Option<u8> {
    let known = watch
        .take()
        .filter(|known| known.expires_at == seen.expires_at);
    let warned = known.and_then(|known| known.warned_days);
    let warn = due(seen.expires_at, warned, now);
    *watch = Some(DomainWatch {
        expires_at: seen.expires_at,
        warned_days: warn.or(warned),
    });
    warn
}

/// The warning that is due about an end, unless one as urgent was sent.
fn due(end: Timestamp, warned: Option<u8>, now: Timestamp) -> Option<u8> {
    let left = end.duration_since(now);
    CERTIFICATE_WARNINGS
        .into_iter()
        .filter(|days| left <= jiff::SignedDuration::from_hours(24 * i64::from(*days)))
        .min()
        .filter(|days| warned.is_none_or(|before| *days < before))
}

/// What ends soon.
#[derive(Debug, Clone, Copy)]
pub enum Expiry<'a> {
    /// A certificate.
    Certificate(&'a Certificate),
    /// A domain's registration.
    Registration(&'a Registration),
}

impl<'a> Expiry<'a> {
    /// What an observation saw that ends some day.
    #[must_use]
    pub fn of(seen: &'a Observation) -> Option<Self> {
        match (&seen.certificate, &seen.registration) {
            (Some(certificate), _) => Some(Self::Certificate(certificate)),
            (None, Some(registration)) => Some(Self::Registration(registration)),
            (None, None) => None,
        }
    }

    /// When it ends.
    #[must_use]
    pub const fn ends_at(self) -> Timestamp {
        match self {
            Self::Certificate(certificate) => certificate.not_after,
            Self::Registration(registration) => registration.expires_at,
        }
    }

    /// What a warning of it is told as.
    #[must_use]
    pub const fn kind(self) -> AlertKind {
        match self {
            Self::Certificate(_) => AlertKind::CertificateExpiring,
            Self::Registration(_) => AlertKind::DomainExpiring,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn certificate(days: i64, fingerprint: &str) -> Certificate {
        Certificate {
            subject: "CN=a".into(),
            issuer: "CN=b".into(),
            not_before: Timestamp::UNIX_EPOCH,
            not_after: Timestamp::from_second(days * 86_400).unwrap(),
            fingerprint: fingerprint.into(),
        }
    }

    #[test]
    fn each_certificate_warning_is_sent_once() {
        let mut watch = None;
        let sent: Vec<_> = (0..45_i64)
            .filter_map(|day| {
                let now = Timestamp::from_second(day * 86_400).unwrap();
                watch_certificate(&mut watch, &certificate(40, "a"), now).map(|days| (day, days))
            })
            .collect();
        assert_eq!(sent, [(10, 30), (26, 14), (33, 7), (39, 1)]);
        let now = Timestamp::from_second(40 * 86_400).unwrap();
        assert_eq!(
            watch_certificate(&mut watch, &certificate(45, "b"), now),
            Some(7)
        );
    }

    #[test]
    fn each_domain_warning_is_sent_once_and_a_renewal_begins_anew() {
        let mut watch = None;
        let at = |day: i64| Timestamp::from_second(day * 86_400).unwrap();
        let mut sent = Vec::new();
        for day in 0..60_i64 {
            // Renewed on the thirty-ninth day for twenty more days.
            let end = if day < 39 { 40 } else { 60 };
            let seen = Registration {
                domain: "example.test".into(),
                expires_at: at(end),
            };
            // Looked at twice a day: the second look says nothing new.
            for _ in 0..2 {
                sent.extend(watch_domain(&mut watch, &seen, at(day)).map(|days| (day, days)));
            }
        }
        assert_eq!(
            sent,
            [
                (10, 30),
                (26, 14),
                (33, 7),
                (39, 30),
                (46, 14),
                (53, 7),
                (59, 1)
            ]
        );
    }

    #[test]
    fn a_channel_named_by_two_rules_is_told_once() {
        let monitor = MonitorId::from_bytes([1; 16]);
        let channel = ChannelId::from_bytes([2; 16]);
        let rule = Rule {
            id: RuleId::from_bytes([3; 16]),
            account: AccountId::from_bytes([4; 16]),
            name: "all".into(),
            channels: vec![channel],
            scope: RuleScope::AllMonitors,
            kinds: vec![],
            remind_every: Some(Duration::from_secs(600)),
            enabled: true,
            version: 1,
            created_at: Timestamp::UNIX_EPOCH,
        };
        let narrow = Rule {
            scope: RuleScope::Monitors(vec![monitor]),
            kinds: vec![AlertKind::Down],
            remind_every: None,
            ..rule.clone()
        };
        let off = Rule {
            enabled: false,
            channels: vec![ChannelId::from_bytes([9; 16])],
            ..rule.clone()
        };
        let rules = [rule, narrow, off];
        assert_eq!(recipients(&rules, monitor, AlertKind::Down), [channel]);
        assert_eq!(
            remind_every(&rules, monitor),
            Some(Duration::from_secs(600))
        );
        assert_ne!(
            notification_id(&[1; 16], 1, channel),
            notification_id(&[1; 16], 2, channel)
        );
    }
}
