//! Things to put into a store: small, valid, and told apart by a number.

use crate::{
    alert::{AlertKind, Rule, RuleScope},
    check::{CheckKind, heartbeat::HeartbeatState},
    crypt::{Sealed, WrappedKey},
    id::{
        AccountId, ApiKeyId, AttemptId, ChannelId, DataKeyId, EventId, MaintenanceId, MonitorId,
        NotificationId, PingId, RuleId, SilenceId, UserId,
    },
    incident::{Event, EventStatus},
    maintenance::{Schedule, Window},
    monitor::{Monitor, MonitorState, Policy},
    observation::{Reason, Severity, Status, Timings},
    port::{
        AccountRecord, ApiKeyRecord, AttemptRecord, ChannelRecord, EvidenceRecord, Founding,
        HeartbeatRecord, Lease, OutboxEntry, PingRecord, ResultRow, Settlement,
    },
    quiet::Told,
    region::Region,
    selection::Selection,
    silence::Silence,
    tenant::{Act, Actor, IdempotencyKey, Tenant},
};
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

/// The bytes of the id with this number; ids are in the order of their numbers.
#[must_use]
pub fn bytes(number: u64) -> [u8; 16] {
    let mut bytes = [1; 16];
    let (_, low) = bytes.split_at_mut(8);
    low.copy_from_slice(&number.to_be_bytes());
    bytes
}

/// The account that acts.
#[must_use]
pub fn home() -> Tenant {
    Tenant::of(AccountId::from_bytes(bytes(1)))
}

/// Another account.
#[must_use]
pub fn stranger() -> Tenant {
    Tenant::of(AccountId::from_bytes(bytes(2)))
}

/// So many seconds after a midnight of UTC in 2023.
#[must_use]
pub fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_006_400)
        .and_then(|start| start.checked_add(SignedDuration::from_secs(second)))
        .unwrap_or(Timestamp::UNIX_EPOCH)
}

/// Bytes that stand for a sealed value: a store never opens one.
#[must_use]
pub fn sealed(number: u64) -> Sealed {
    Sealed::from_bytes(number.to_be_bytes().to_vec())
}

/// A hash.
#[must_use]
pub fn hash(number: u8) -> [u8; 32] {
    [number; 32]
}

/// An act of the operator.
#[must_use]
pub fn act(second: i64) -> Act {
    Act {
        actor: Actor::Operator,
        action: "thing.change",
        object: "thing".to_owned(),
        request: None,
        idempotency: None,
        at: at(second),
    }
}

/// An act that a client may repeat.
#[must_use]
pub fn act_once(key: &str) -> Act {
    Act {
        idempotency: Some(IdempotencyKey {
            key: key.to_owned(),
            fingerprint: hash(7),
        }),
        ..act(0)
    }
}

/// An API key; its hash is of the same number.
#[must_use]
pub fn api_key(number: u8) -> ApiKeyRecord {
    ApiKeyRecord {
        id: ApiKeyId::from_bytes(bytes(u64::from(number))),
        user: UserId::from_bytes(bytes(1)),
        name: format!("key {number}"),
        prefix: "mon_live_lo".to_owned(),
        hash: hash(number),
        scopes: vec!["monitors:read".to_owned(), "*".to_owned()],
        created_at: at(0),
        expires_at: Some(at(1_000)),
        revoked_at: None,
    }
}

/// What [`home`] begins with.
#[must_use]
pub fn founding() -> Founding {
    Founding {
        account: AccountRecord {
            id: home().account(),
            region: Region::LOCAL,
            founder: UserId::from_bytes(bytes(1)),
            created_at: at(0),
        },
        email: sealed(1),
        key: WrappedKey {
            id: DataKeyId::from_bytes(bytes(1)),
            version: 1,
            key_uri: "local:test".to_owned(),
            wrapped: vec![1, 2, 3],
        },
        api_key: api_key(1),
    }
}

/// A monitor of [`home`].
#[must_use]
pub fn monitor(number: u64) -> Monitor {
    Monitor {
        id: MonitorId::from_bytes(bytes(number)),
        account: home().account(),
        name: format!("monitor {number}"),
        kind: CheckKind::new("HTTP"),
        target: sealed(number),
        config: sealed(number + 1),
        seal_version: 1,
        policy: Policy::default(),
        tags: Vec::new(),
        group: None,
        owner: None,
        depends_on: Vec::new(),
        external_ref: None,
        paused: false,
        version: 1,
        created_at: at(0),
        updated_at: at(0),
    }
}

/// A heartbeat whose token hash is of this number.
#[must_use]
pub fn heartbeat(number: u8) -> HeartbeatRecord {
    HeartbeatRecord {
        token: sealed(u64::from(number)),
        token_hash: hash(number),
        state: HeartbeatState::default(),
        version: 0,
    }
}

/// A ping.
#[must_use]
pub fn ping(number: u64) -> PingRecord {
    PingRecord {
        id: PingId::from_bytes(bytes(number)),
        at: at(1),
        kind: crate::check::heartbeat::PingKind::Success,
        run_id: Some("run".to_owned()),
        exit_status: Some(0),
        duration_us: Some(5),
        body: Some(sealed(number)),
    }
}

/// An open event of a monitor.
#[must_use]
pub fn event(number: u64, monitor: &Monitor) -> Event {
    Event {
        id: EventId::from_bytes(bytes(number)),
        account: home().account(),
        monitor: monitor.id,
        status: EventStatus::Open,
        severity: Severity::Down,
        reason: Reason::ConnectRefused,
        started_at: at(10),
        confirmed_at: at(12),
        resolved_at: None,
        resolution: None,
        flapping: false,
        acknowledged_at: None,
        reminders: 0,
        next_reminder_at: None,
        told: Told {
            decided: Some(Severity::Down),
            at: Some(at(12)),
            channels: vec![ChannelId::from_bytes(bytes(1))],
            quiet: None,
            doubted_at: None,
        },
    }
}

/// A piece of evidence.
#[must_use]
pub fn evidence(event: &Event, sequence: i32) -> EvidenceRecord {
    EvidenceRecord {
        event: event.id,
        sequence,
        at: at(11),
        detail: sealed(9),
    }
}

/// A settlement that changes nothing but the state.
#[must_use]
pub fn settlement(monitor: &Monitor, expected: i64) -> Settlement {
    Settlement {
        monitor: monitor.id,
        expected,
        fence: None,
        state: MonitorState {
            last: Some(Status::Down),
            last_reason: Some(Reason::ConnectRefused),
            ..MonitorState::new(at(10))
        },
        event: None,
        evidence: Vec::new(),
        outbox: Vec::new(),
    }
}

/// A channel.
#[must_use]
pub fn channel(number: u64) -> ChannelRecord {
    ChannelRecord {
        id: ChannelId::from_bytes(bytes(number)),
        name: format!("channel {number}"),
        kind: "WEBHOOK".to_owned(),
        config: sealed(number),
        seal_version: 1,
        enabled: true,
        version: 1,
        created_at: at(0),
        updated_at: at(0),
    }
}

/// A rule about every monitor that tells nobody yet.
#[must_use]
pub fn rule(number: u64) -> Rule {
    Rule {
        id: RuleId::from_bytes(bytes(number)),
        account: home().account(),
        name: format!("rule {number}"),
        channels: Vec::new(),
        scope: RuleScope::AllMonitors,
        kinds: vec![AlertKind::Down, AlertKind::Up],
        remind_every: Some(Duration::from_secs(600)),
        enabled: true,
        version: 1,
        created_at: at(0),
    }
}

/// A window about every monitor, from second 100 to second 200.
#[must_use]
pub fn window(number: u64) -> Window {
    Window {
        id: MaintenanceId::from_bytes(bytes(number)),
        account: home().account(),
        name: format!("window {number}"),
        covers: Selection::All,
        schedule: Schedule::Once {
            starts_at: at(100),
            ends_at: at(200),
        },
        cut: None,
        version: 1,
        created_at: at(0),
        updated_at: at(0),
    }
}

/// A silence about every monitor, from second 100 to second 200.
#[must_use]
pub fn silence(number: u64) -> Silence {
    Silence {
        id: SilenceId::from_bytes(bytes(number)),
        account: home().account(),
        reason: format!("reason {number}"),
        covers: Selection::All,
        starts_at: at(100),
        ends_at: at(200),
        created_by: "operator".to_owned(),
        version: 1,
        created_at: at(0),
        updated_at: at(0),
    }
}

/// A notification to channel 1, due at the second of its number.
#[must_use]
pub fn notification(number: u64, monitor: Option<&Monitor>) -> OutboxEntry {
    OutboxEntry {
        // As with real ones, the order of the ids is not that of the notifications.
        id: NotificationId::from_bytes(bytes(1_000_000 - number)),
        channel: ChannelId::from_bytes(bytes(1)),
        monitor: monitor.map(|monitor| monitor.id),
        event: None,
        kind: AlertKind::Down,
        payload: sealed(number),
        created_at: at(i64::try_from(number).unwrap_or(0)),
    }
}

/// A lease until this second.
#[must_use]
pub fn lease(token: u8, until: i64) -> Lease {
    Lease {
        token: [token; 16],
        until: at(until),
    }
}

/// An attempt that the receiver refused for now.
#[must_use]
pub fn attempt(number: u64) -> AttemptRecord {
    AttemptRecord {
        id: AttemptId::from_bytes(bytes(number)),
        at: at(i64::try_from(number).unwrap_or(0)),
        took: SignedDuration::from_millis(5),
        delivered: false,
        status_code: Some(503),
        error: Some("the receiver is busy".to_owned()),
    }
}

/// A result that speaks for two minutes.
#[must_use]
pub fn result(monitor: &Monitor, second: i64, status: Status) -> ResultRow {
    ResultRow {
        tenant: home(),
        monitor: monitor.id,
        at: at(second),
        region: Region::LOCAL,
        sequence: 0,
        status,
        reason: Reason::Ok,
        status_code: Some(200),
        total: Duration::from_millis(20),
        timings: Timings {
            dns: Some(Duration::ZERO),
            connect: Some(Duration::from_micros(700)),
            ..Timings::default()
        },
        valid_for: Duration::from_secs(120),
        maintenance: false,
        detail: None,
    }
}
