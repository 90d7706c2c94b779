//! Fixed messages: one of each kind, and one that tries everything.

use jiff::{SignedDuration, Timestamp};
use monitorah_core::{
    Certificate, EventId, MonitorId, NotificationId, Reason, Registration, Severity,
    alert::{AlertKind, CheckSummary, EventSummary, Hides, Message, MonitorSummary},
    monitor::ShownStatus,
};

/// When the event of every fixed message began: 2025-12-31T23:59:00Z.
const STARTED: i64 = 1_767_225_540;

fn at(seconds: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH
        .saturating_add(SignedDuration::from_secs(seconds))
        .unwrap_or_default()
}

/// The message that a monitor went down on which others depend, with fixed ids and times.
#[must_use]
pub fn down_message() -> Message {
    let started_at = at(STARTED);
    Message {
        id: NotificationId::from_bytes([0x11; 16]),
        kind: AlertKind::Down,
        timestamp: started_at,
        summary: "shop is down: HTTP_STATUS, and 12 monitors that depend on it are kept quiet"
            .to_owned(),
        event: Some(EventSummary {
            id: EventId::from_bytes([0x22; 16]),
            severity: Severity::Down,
            reason: Reason::HttpStatus,
            started_at,
            resolved_at: None,
            duration_seconds: 0,
        }),
        monitor: Some(MonitorSummary {
            id: MonitorId::from_bytes([0x33; 16]),
            name: "shop".to_owned(),
            kind: "HTTP".to_owned(),
            target: "https://shop.example/health".to_owned(),
            status: ShownStatus::Down,
        }),
        check: Some(CheckSummary {
            checked_at: started_at,
            reason: Reason::HttpStatus,
            status_code: Some(503),
            response_time_ms: 128.5,
            error: Some("the answer's status was 503".to_owned()),
        }),
        certificate: None,
        registration: None,
        reminder: None,
        hides: Some(Hides {
            count: 12,
            down: 3,
            names: [
                "cart", "checkout", "search", "accounts", "images", "mail", "prices", "reviews",
                "stock", "wishes",
            ]
            .map(str::to_owned)
            .to_vec(),
        }),
        link: None,
    }
}

/// A message of this kind, as the engine would make it, with fixed ids and times. It links to a
/// public address.
#[must_use]
pub fn message(kind: AlertKind) -> Message {
    let down = Message {
        kind,
        link: Some(
            "https://monitor.example.org/?monitor=mtr_33333333333333333333333333333333".to_owned(),
        ),
        ..down_message()
    };
    let event = |severity, seconds: i64, over: bool| {
        down.event.clone().map(|event| EventSummary {
            severity,
            resolved_at: over.then(|| at(STARTED.saturating_add(seconds))),
            duration_seconds: seconds,
            ..event
        })
    };
    let monitor = |status| {
        down.monitor
            .clone()
            .map(|monitor| MonitorSummary { status, ..monitor })
    };
    match kind {
        AlertKind::Up => Message {
            summary: "shop is up again".to_owned(),
            timestamp: at(STARTED + 754),
            event: event(Severity::Down, 754, true),
            monitor: monitor(ShownStatus::Up),
            check: Some(CheckSummary {
                checked_at: at(STARTED + 754),
                reason: Reason::Ok,
                status_code: Some(200),
                response_time_ms: 42.25,
                error: None,
            }),
            hides: None,
            ..down
        },
        AlertKind::Degraded => Message {
            summary: "shop is degraded: SLOW".to_owned(),
            event: event(Severity::Degraded, 0, false).map(|event| EventSummary {
                reason: Reason::Slow,
                ..event
            }),
            monitor: monitor(ShownStatus::Degraded),
            check: Some(CheckSummary {
                checked_at: at(STARTED),
                reason: Reason::Slow,
                status_code: Some(200),
                response_time_ms: 2_750.0,
                error: Some("the answer took longer than 2000 ms".to_owned()),
            }),
            hides: None,
            ..down
        },
        AlertKind::Reminder => Message {
            summary: "shop is still not well: HTTP_STATUS, and 12 monitors that depend on it are kept quiet"
                .to_owned(),
            timestamp: at(STARTED + 7_200),
            event: event(Severity::Down, 7_200, false),
            check: None,
            reminder: Some(2),
            ..down
        },
        AlertKind::CertificateExpiring => Message {
            summary: "the certificate of shop expires within 14 days".to_owned(),
            event: None,
            monitor: monitor(ShownStatus::Up),
            check: Some(CheckSummary {
                checked_at: at(STARTED),
                reason: Reason::Ok,
                status_code: Some(200),
                response_time_ms: 42.25,
                error: None,
            }),
            certificate: Some(Certificate {
                subject: "CN=shop.example".to_owned(),
                issuer: "CN=Example CA,O=Example".to_owned(),
                not_before: at(STARTED - 76 * 86_400),
                not_after: at(STARTED + 14 * 86_400),
                fingerprint: "44".repeat(32),
            }),
            hides: None,
            ..down
        },
        AlertKind::DomainExpiring => Message {
            summary: "the registration of shop ends within 7 days".to_owned(),
            event: None,
            monitor: monitor(ShownStatus::Up),
            check: Some(CheckSummary {
                checked_at: at(STARTED),
                reason: Reason::Ok,
                status_code: None,
                response_time_ms: 310.5,
                error: None,
            }),
            registration: Some(Registration {
                domain: "shop.example".to_owned(),
                expires_at: at(STARTED + 7 * 86_400),
            }),
            hides: None,
            ..down
        },
        AlertKind::Test => Message {
            summary: "this is a test of the channel on call".to_owned(),
            event: None,
            monitor: None,
            check: None,
            link: None,
            hides: None,
            ..down
        },
        _ => down,
    }
}

/// A message in which everything that a user or a target may choose is `text`.
#[must_use]
pub fn hostile_message(text: &str) -> Message {
    let mut message = message(AlertKind::Down);
    text.clone_into(&mut message.summary);
    if let Some(monitor) = &mut message.monitor {
        text.clone_into(&mut monitor.name);
        text.clone_into(&mut monitor.target);
    }
    if let Some(hides) = &mut message.hides {
        // No name is longer.
        let name: String = text.chars().take(200).collect();
        hides.names = vec![name; 10];
    }
    if let Some(check) = &mut message.check {
        check.error = Some(text.to_owned());
    }
    message
}
