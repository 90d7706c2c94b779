//! The settle: runs the pure middle on one observation, and writes what changed in one unit of work.

use super::{
    Shared, around,
    look::{Entry, remember},
};
use crate::{
    alert::{self, AlertKind, CheckSummary, EventSummary, Hides, Message, MonitorSummary, Rule},
    check::Cadence,
    crypt::{CryptError, SealContext, SealedKind},
    error::{StoreError, StoreErrorKind},
    evidence::{Evidence, millis},
    id::{ChannelId, EventId, MonitorId, NotificationId},
    incident::{self, Event, EventStatus, Resolution, Transition},
    monitor::{Confirmations, Health, Monitor, MonitorState, Policy},
    observation::{Certificate, Observation, Severity},
    port::{EvidenceRecord, OutboxEntry, Page, Settlement},
    quiet::{self, Look, Speech, Told},
    tenant::Tenant,
    verdict,
};
use jiff::Timestamp;

/// How often a settle that lost a race is decided anew.
const TRIES: u32 = 5;
/// Rules of an account that are read at a time.
const RULES: u32 = 100;

/// What a settle comes to.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Settled {
    /// Whether to look again soon.
    pub(super) recheck: bool,
    /// Another monitor that is to be looked at soon.
    pub(super) look_at: Option<MonitorId>,
    /// Whether the monitor is no longer there.
    pub(super) gone: bool,
}

/// Why a settle did not happen.
#[derive(Debug, thiserror::Error)]
enum SettleError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Crypt(#[from] CryptError),
    #[error("a message cannot be written")]
    Json(#[from] serde_json::Error),
}

impl SettleError {
    fn kind(&self) -> Option<StoreErrorKind> {
        match self {
            Self::Store(error) => Some(error.kind()),
            Self::Crypt(_) | Self::Json(_) => None,
        }
    }
}

/// What was decided on an observation, before it is written.
struct Decision {
    state: MonitorState,
    transition: Option<Transition>,
    warn_days: Option<u8>,
    recheck: bool,
    /// The policy that was decided by.
    needed: u8,
}

/// Judges an observation and writes what it changed. When it cannot be written, nothing is
/// remembered of it either: the next look decides again.
pub(super) async fn settle(
    shared: &Shared,
    entry: &Entry,
    observation: &Observation,
    at: Timestamp,
) -> Settled {
    for _ in 0..TRIES {
        let (before, version) = {
            let memory = entry.memory();
            if memory.epoch != entry.epoch {
                // The monitor was paused or changed during the look: its result decides nothing.
                return Settled::default();
            }
            (memory.state.clone(), memory.version)
        };
        let decision = decide(&before, entry, observation, at);
        let mut settled = Settled {
            recheck: decision.recheck,
            ..Settled::default()
        };
        // What waits to be told is decided on with every look.
        if !must_be_stored(&before, &decision) && !before.waits {
            keep(shared, entry, decision.state, version, observation, at);
            return settled;
        }
        match write(shared, entry, &before, version, decision, observation, at).await {
            Ok(Written {
                state,
                version,
                speech,
            }) => {
                keep(shared, entry, state, version, observation, at);
                shared.outbox_changed.notify_one();
                settled.recheck |= speech.again;
                settled.look_at = speech.look_at;
                return settled;
            }
            Err(error) => match recover(shared, entry, &error).await {
                Recovery::Retry => {}
                Recovery::Later => {
                    return Settled {
                        recheck: true,
                        look_at: None,
                        gone: false,
                    };
                }
                Recovery::Gone => {
                    return Settled {
                        recheck: false,
                        look_at: None,
                        gone: true,
                    };
                }
            },
        }
    }
    tracing::warn!(monitor = %entry.monitor.id, "a verdict lost five races; the next look decides");
    Settled {
        recheck: true,
        look_at: None,
        gone: false,
    }
}

fn decide(
    before: &MonitorState,
    entry: &Entry,
    observation: &Observation,
    at: Timestamp,
) -> Decision {
    let policy = &match entry.cadence {
        Cadence::Interval => entry.monitor.policy,
        // What a job reported, or did not, is a stored fact: looking again confirms nothing.
        Cadence::Heartbeat => Policy {
            confirmations: Confirmations { down: 1, up: 1 },
            ..entry.monitor.policy
        },
    };
    let mut state = before.clone();
    let verdict = verdict::judge(&mut state, policy, observation, at);
    let transition = incident::advance(&mut state, &verdict, policy, at);
    let warn_days = observation
        .certificate
        .as_ref()
        .and_then(|seen| alert::watch_certificate(&mut state.certificate, seen, at));
    Decision {
        state,
        transition,
        warn_days,
        recheck: verdict.recheck,
        needed: policy.confirmations.down.max(1),
    }
}

/// Whether the store must know: what only helps to decide (streak, last result) stays in memory,
/// and after a crash is found out again.
fn must_be_stored(before: &MonitorState, decision: &Decision) -> bool {
    use crate::observation::Status;
    let after = &decision.state;
    let doubtful = |state: &MonitorState| state.last == Some(Status::Unknown);
    decision.transition.is_some()
        || decision.warn_days.is_some()
        || before.health != after.health
        || doubtful(before) != doubtful(after)
        || before.damped_until != after.damped_until
        || before.certificate != after.certificate
}

/// Remembers the state, and what was seen on the way to a change.
fn keep(
    shared: &Shared,
    entry: &Entry,
    state: MonitorState,
    version: i64,
    observation: &Observation,
    at: Timestamp,
) {
    let mut memory = entry.memory();
    if state.streak.is_some() {
        let region = shared.parts.options.region;
        remember(&mut memory, Evidence::of(observation, at, region));
    } else {
        memory.suspects.clear();
    }
    memory.state = state;
    memory.version = version;
}

enum Recovery {
    /// Decide again on what the store says now.
    Retry,
    /// The store is away; the next look decides.
    Later,
    /// The monitor is gone.
    Gone,
}

async fn recover(shared: &Shared, entry: &Entry, error: &SettleError) -> Recovery {
    match error.kind() {
        Some(StoreErrorKind::NotFound) => Recovery::Gone,
        Some(StoreErrorKind::Conflict | StoreErrorKind::AlreadyExists) => {
            match shared
                .parts
                .ports
                .monitors
                .monitor(&entry.tenant, entry.monitor.id)
                .await
            {
                Ok(record) => {
                    let mut memory = entry.memory();
                    memory.state = record.state;
                    memory.version = record.state_version;
                    Recovery::Retry
                }
                Err(error) if error.kind() == StoreErrorKind::NotFound => Recovery::Gone,
                Err(error) => {
                    shared.store_fault("reading a monitor's state", &error);
                    Recovery::Later
                }
            }
        }
        _ => {
            shared.store_fault("settling a verdict", error);
            Recovery::Later
        }
    }
}

/// What was written, and what follows from it.
struct Written {
    state: MonitorState,
    /// The stored version of the state.
    version: i64,
    speech: Speech,
}

/// Writes a decision, unless there is nothing in it that the store must know.
async fn write(
    shared: &Shared,
    entry: &Entry,
    before: &MonitorState,
    version: i64,
    decision: Decision,
    observation: &Observation,
    at: Timestamp,
) -> Result<Written, SettleError> {
    let stored = must_be_stored(before, &decision);
    let Decision {
        mut state,
        transition,
        mut warn_days,
        needed,
        ..
    } = decision;
    let mut settlement = Settlement {
        monitor: entry.monitor.id,
        expected: version,
        state: state.clone(),
        event: None,
        evidence: Vec::new(),
        outbox: Vec::new(),
    };
    let rules = rules(shared, &entry.tenant).await?;
    let around = around::surroundings(shared, &entry.tenant, &entry.monitor, at).await?;
    let mut speech = Speech::default();
    let mut changed = stored;
    let writer = Writer {
        shared,
        tenant: entry.tenant,
        monitor: &entry.monitor,
    };
    if transition.is_some() || before.waits {
        let sequence = state.alert_count;
        let was = match transition {
            Some(_) => None,
            None => Some(open_event(shared, entry, before).await?),
        };
        let mut event = match (&transition, &was) {
            (Some(transition), _) => {
                event_after(shared, entry, before, &state, transition, at).await?
            }
            (None, Some(was)) => was.clone(),
            (None, None) => return Err(StoreError::conflict("the open event").into()),
        };
        state.open_event = (event.status == EventStatus::Open).then_some(event.id);
        let look = Look {
            at,
            status: observation.status,
            needed,
        };
        speech = quiet::speak(
            &entry.monitor,
            &mut event,
            &mut state,
            look,
            &around,
            &rules,
        );
        if let Some(transition) = &transition {
            settlement.evidence = writer
                .evidence(entry, &event, sequence, observation, at, transition)
                .await?;
        }
        if let Some((kind, recipients)) = &speech.tell {
            let hides = match kind {
                AlertKind::Down => hides(shared, &entry.tenant, entry.monitor.id).await?,
                _ => None,
            };
            let message = Content {
                kind: *kind,
                event: Some(&event),
                check: Some((observation, at)),
                certificate: None,
                reminder: None,
                hides: hides.as_ref(),
                late: speech.late,
                state: &state,
                at,
            };
            settlement.outbox = writer
                .entries(
                    recipients,
                    event.id.as_bytes(),
                    u64::from(sequence),
                    &message,
                )
                .await?;
        }
        changed |= was.as_ref() != Some(&event);
        if transition.is_some() || speech.tell.is_some() {
            state.alert_count = sequence.saturating_add(1);
        }
        settlement.event = Some(event);
    }
    if warn_days.is_some() && around.quiet(&entry.monitor, at).is_some() {
        // Warned as if it were seen for the first time, when people may be told again.
        warn_days = None;
        state.certificate = before.certificate.clone();
    }
    if !changed {
        return Ok(Written {
            state,
            version,
            speech,
        });
    }
    if let (Some(days), Some(certificate)) = (warn_days, observation.certificate.as_ref()) {
        let kind = AlertKind::CertificateExpiring;
        let message = Content {
            kind,
            event: None,
            check: Some((observation, at)),
            certificate: Some((certificate, days)),
            reminder: None,
            hides: None,
            late: false,
            state: &state,
            at,
        };
        let recipients = alert::recipients(&rules, entry.monitor.id, kind);
        // The same certificate at the same number of days is the same warning.
        let end = u64::try_from(certificate.not_after.as_second()).unwrap_or(0);
        let sequence = end.wrapping_mul(256).wrapping_add(u64::from(days));
        let about = entry.monitor.id;
        let entries = writer
            .entries(&recipients, about.as_bytes(), sequence, &message)
            .await?;
        settlement.outbox.extend(entries);
    }
    settlement.state = state.clone();
    shared
        .parts
        .ports
        .incidents
        .settle(&entry.tenant, &settlement)
        .await?;
    if let Some(transition) = transition {
        tracing::info!(
            monitor = %entry.monitor.id,
            event = settlement.event.as_ref().map(|event| tracing::field::display(event.id)),
            kind = AlertKind::of(&transition).as_str(),
            reason = observation.reason.as_str(),
            told = settlement.outbox.len(),
            "the state of a monitor changed"
        );
    }
    let recovered = matches!(transition, Some(Transition::Resolved { .. }));
    if recovered {
        // Whom it hid is looked at again.
        shared.quiet_changed.notify_one();
    }
    Ok(Written {
        state,
        version: version + 1,
        speech,
    })
}

/// The open event of a monitor.
async fn open_event(
    shared: &Shared,
    entry: &Entry,
    before: &MonitorState,
) -> Result<Event, SettleError> {
    let Some(id) = before.open_event else {
        return Err(StoreError::conflict("the open event").into());
    };
    let incidents = &shared.parts.ports.incidents;
    Ok(incidents.event(&entry.tenant, id).await?)
}

/// The monitors whose messages are held back while this one is down.
async fn hides(
    shared: &Shared,
    tenant: &Tenant,
    monitor: MonitorId,
) -> Result<Option<Hides>, SettleError> {
    let dependencies = &shared.parts.ports.dependencies;
    let found = dependencies
        .dependants(tenant, monitor, alert::HIDDEN_NAMES)
        .await?;
    Ok((found.count > 0).then_some(Hides {
        count: found.count,
        down: found.down,
        names: found.names,
    }))
}

async fn event_after(
    shared: &Shared,
    entry: &Entry,
    before: &MonitorState,
    after: &MonitorState,
    transition: &Transition,
    at: Timestamp,
) -> Result<Event, SettleError> {
    if let Transition::Opened {
        severity,
        reason,
        since,
    } = *transition
    {
        return Ok(Event {
            id: EventId::generate(&**shared.environment()),
            account: entry.tenant.account(),
            monitor: entry.monitor.id,
            status: EventStatus::Open,
            severity,
            reason,
            started_at: since,
            confirmed_at: at,
            resolved_at: None,
            resolution: None,
            flapping: after.damped_until.is_some(),
            acknowledged_at: None,
            reminders: 0,
            // People are reminded of what they were told.
            next_reminder_at: None,
            told: Told::default(),
        });
    }
    let mut event = open_event(shared, entry, before).await?;
    event.flapping |= after.damped_until.is_some() || before.damped_until.is_some();
    match *transition {
        Transition::Opened { .. } => {}
        Transition::Worsened { reason } => {
            event.severity = Severity::Down;
            event.reason = reason;
        }
        Transition::Improved { reason } => {
            event.severity = Severity::Degraded;
            event.reason = reason;
        }
        Transition::Resolved { at } => {
            event.status = EventStatus::Resolved;
            event.resolved_at = Some(at);
            event.resolution = Some(Resolution::Recovered);
            event.next_reminder_at = None;
        }
    }
    Ok(event)
}

async fn rules(shared: &Shared, tenant: &Tenant) -> Result<Vec<Rule>, StoreError> {
    let mut all: Vec<Rule> = Vec::new();
    loop {
        let page = Page {
            after: all.last().map(|rule| *rule.id.as_bytes()),
            limit: RULES,
        };
        let more = shared.parts.ports.rules.rules(tenant, page).await?;
        let full = more.len() == RULES as usize;
        all.extend(more);
        if !full {
            return Ok(all);
        }
    }
}

/// What a message says.
struct Content<'a> {
    kind: AlertKind,
    event: Option<&'a Event>,
    check: Option<(&'a Observation, Timestamp)>,
    certificate: Option<(&'a Certificate, u8)>,
    reminder: Option<u32>,
    /// The monitors that are kept quiet because of this one.
    hides: Option<&'a Hides>,
    /// Whether it is told later than it was known.
    late: bool,
    state: &'a MonitorState,
    at: Timestamp,
}

/// Writes messages and evidence about one monitor.
struct Writer<'a> {
    shared: &'a Shared,
    tenant: Tenant,
    monitor: &'a Monitor,
}

impl Writer<'_> {
    async fn evidence(
        &self,
        entry: &Entry,
        event: &Event,
        sequence: u32,
        observation: &Observation,
        at: Timestamp,
        transition: &Transition,
    ) -> Result<Vec<EvidenceRecord>, SettleError> {
        let parts = &self.shared.parts;
        let mut seen = match transition {
            Transition::Opened { .. } | Transition::Worsened { .. } => {
                entry.memory().suspects.clone()
            }
            Transition::Improved { .. } | Transition::Resolved { .. } => Vec::new(),
        };
        seen.push(Evidence::of(observation, at, parts.options.region));
        // Eight places for each alert of the event keep the sequence in order.
        let mut place = i32::try_from(sequence)
            .unwrap_or(i32::MAX / 8)
            .saturating_mul(8);
        let mut records = Vec::with_capacity(seen.len());
        for evidence in seen {
            let row = Evidence::row(event.id, place);
            let json = serde_json::to_vec(&evidence)?;
            let seal = Evidence::place(self.tenant.account(), &row);
            let detail = parts.keyring.seal(&self.tenant, &seal, &json).await?;
            records.push(EvidenceRecord {
                event: event.id,
                sequence: place,
                at: evidence.at,
                detail,
            });
            place = place.saturating_add(1);
        }
        Ok(records)
    }

    async fn entries(
        &self,
        recipients: &[ChannelId],
        about: &[u8; 16],
        sequence: u64,
        content: &Content<'_>,
    ) -> Result<Vec<OutboxEntry>, SettleError> {
        if recipients.is_empty() {
            return Ok(Vec::new());
        }
        let keyring = &self.shared.parts.keyring;
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
            certificate: content
                .certificate
                .map(|(certificate, _)| certificate.clone()),
            reminder: content.reminder,
            hides: content.hides.cloned(),
        }
    }

    fn summary(&self, content: &Content<'_>) -> String {
        let name = &self.monitor.name;
        let reason = content.event.map_or("", |event| event.reason.as_str());
        match content.kind {
            AlertKind::Down => format!(
                "{name} is down{}: {reason}{}",
                since(content),
                hidden(content)
            ),
            AlertKind::Degraded => format!("{name} is degraded{}: {reason}", since(content)),
            AlertKind::Up => format!("{name} is up again"),
            AlertKind::Reminder => {
                format!("{name} is still not well: {reason}{}", hidden(content))
            }
            AlertKind::CertificateExpiring => {
                let days = content.certificate.map_or(0, |(_, days)| days);
                format!("the certificate of {name} expires within {days} days")
            }
            AlertKind::Test => "a test message".to_owned(),
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

/// A paused monitor rests: its open event is closed without a word, and nothing is believed of it
/// until it is looked at again.
pub(super) async fn rest(shared: &Shared, entry: &Entry) {
    loop {
        let (before, version) = {
            let memory = entry.memory();
            if memory.epoch != entry.epoch {
                // Resumed, or paused anew: that entry sees to it.
                return;
            }
            (memory.state.clone(), memory.version)
        };
        let now = shared.environment().now();
        if before.health == Health::Pending && before.open_event.is_none() {
            return;
        }
        let state = MonitorState {
            certificate: before.certificate.clone(),
            turns: before.turns.clone(),
            alert_count: before.alert_count,
            ..MonitorState::new(now)
        };
        match close(shared, entry, &before, version, &state, now).await {
            Ok(()) => {
                let mut memory = entry.memory();
                memory.state = state;
                memory.version = version + 1;
                memory.suspects.clear();
                return;
            }
            Err(error) => match recover(shared, entry, &error).await {
                Recovery::Retry => {}
                Recovery::Later => {
                    shared
                        .environment()
                        .sleep(std::time::Duration::from_secs(1))
                        .await
                }
                Recovery::Gone => return,
            },
        }
    }
}

async fn close(
    shared: &Shared,
    entry: &Entry,
    before: &MonitorState,
    version: i64,
    state: &MonitorState,
    now: Timestamp,
) -> Result<(), SettleError> {
    let ports = &shared.parts.ports;
    let event = match before.open_event {
        None => None,
        Some(id) => {
            let event = ports.incidents.event(&entry.tenant, id).await?;
            Some(Event {
                status: EventStatus::Resolved,
                resolved_at: Some(now),
                resolution: Some(Resolution::Paused),
                next_reminder_at: None,
                ..event
            })
        }
    };
    let settlement = Settlement {
        monitor: entry.monitor.id,
        expected: version,
        state: state.clone(),
        event,
        evidence: Vec::new(),
        outbox: Vec::new(),
    };
    Ok(ports.incidents.settle(&entry.tenant, &settlement).await?)
}

/// Reminds people of an event that is still open, and plans the next reminder.
pub(super) async fn remind(shared: &Shared, tenant: &Tenant, event: &Event) {
    if let Err(error) = try_remind(shared, tenant, event).await
        && !matches!(
            error.kind(),
            Some(StoreErrorKind::Conflict | StoreErrorKind::NotFound)
        )
    {
        shared.store_fault("reminding of an open event", &error);
    }
}

async fn try_remind(shared: &Shared, tenant: &Tenant, event: &Event) -> Result<(), SettleError> {
    let ports = &shared.parts.ports;
    let record = ports.monitors.monitor(tenant, event.monitor).await?;
    // Read after the state, whose version the settle compares: what resolves or takes on the event
    // from here on makes the settle fail.
    if record.state.open_event != Some(event.id) || record.monitor.paused {
        return Ok(());
    }
    let event = &ports.incidents.event(tenant, event.id).await?;
    let now = shared.environment().now();
    let due = event.next_reminder_at.is_some_and(|due| due <= now);
    if !due || event.status != EventStatus::Open || event.acknowledged_at.is_some() {
        return Ok(());
    }
    let rules = rules(shared, tenant).await?;
    let every = alert::remind_every(&rules, event.monitor);
    let around = around::surroundings(shared, tenant, &record.monitor, now).await?;
    if let (Some(quiet), Some(every)) = (around.quiet(&record.monitor, now), every) {
        let later = Event {
            next_reminder_at: Some(quiet::put_off(&quiet, every, now)),
            ..event.clone()
        };
        let settlement = Settlement {
            monitor: event.monitor,
            expected: record.state_version,
            state: record.state,
            event: Some(later),
            evidence: Vec::new(),
            outbox: Vec::new(),
        };
        return Ok(ports.incidents.settle(tenant, &settlement).await?);
    }
    let number = event.reminders.saturating_add(1);
    let hides = hides(shared, tenant, event.monitor).await?;
    let next = Event {
        reminders: number,
        next_reminder_at: every.and_then(|every| now.checked_add(every).ok()),
        ..event.clone()
    };
    let recipients = alert::recipients(&rules, event.monitor, AlertKind::Reminder);
    let writer = Writer {
        shared,
        tenant: *tenant,
        monitor: &record.monitor,
    };
    let content = Content {
        kind: AlertKind::Reminder,
        event: Some(&next),
        check: None,
        certificate: None,
        reminder: Some(number),
        hides: hides.as_ref(),
        late: false,
        state: &record.state,
        at: now,
    };
    // Reminders count apart from the alerts of transitions, which stay below 2^32.
    let sequence = (1 << 32) + u64::from(number);
    let outbox = writer
        .entries(&recipients, event.id.as_bytes(), sequence, &content)
        .await?;
    let settlement = Settlement {
        monitor: event.monitor,
        expected: record.state_version,
        state: record.state.clone(),
        event: Some(next),
        evidence: Vec::new(),
        outbox,
    };
    ports.incidents.settle(tenant, &settlement).await?;
    shared.outbox_changed.notify_one();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observation::{Reason, Status};

    #[test]
    fn a_steady_result_is_not_stored() {
        let at = Timestamp::UNIX_EPOCH;
        let mut state = MonitorState::new(at);
        state.health = Health::Up;
        state.last = Some(Status::Up);
        let same = Decision {
            state: state.clone(),
            transition: None,
            warn_days: None,
            recheck: false,
            needed: 2,
        };
        assert!(!must_be_stored(&state, &same));
        let mut doubtful = state.clone();
        doubtful.last = Some(Status::Unknown);
        doubtful.last_reason = Some(Reason::ProbeLate);
        assert!(must_be_stored(
            &state,
            &Decision {
                state: doubtful,
                ..same
            }
        ));
    }
}
