//! The settle: runs the pure middle on one observation, and writes what changed in one unit of work.

use super::{
    Shared,
    audience::{self, Occasion},
    look::{Entry, remember},
    message::{Content, Writer},
    proof,
};
use crate::{
    alert::{self, AlertKind, Expiry, Rule},
    crypt::CryptError,
    error::{StoreError, StoreErrorKind},
    evidence::Evidence,
    id::EventId,
    incident::{self, Event, EventStatus, Resolution, Transition},
    monitor::{Confirmations, MonitorState, Policy},
    observation::{Observation, Severity},
    port::Settlement,
    verdict,
};
use jiff::Timestamp;

/// How often a settle that lost a race is decided anew.
const TRIES: u32 = 5;

/// What a settle comes to.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Settled {
    /// Whether to look again soon.
    pub(super) recheck: bool,
    /// Whether the monitor is no longer there.
    pub(super) gone: bool,
}

/// Why a settle did not happen.
#[derive(Debug, thiserror::Error)]
pub(super) enum SettleError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Crypt(#[from] CryptError),
    #[error("a message cannot be written")]
    Json(#[from] serde_json::Error),
}

impl SettleError {
    pub(super) fn kind(&self) -> Option<StoreErrorKind> {
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
        let settled = Settled {
            recheck: decision.recheck,
            gone: false,
        };
        if !must_be_stored(&before, &decision) {
            keep(shared, entry, decision.state, version, observation, at);
            return settled;
        }
        match write(shared, entry, &before, version, decision, observation, at).await {
            Ok(state) => {
                keep(shared, entry, state, version + 1, observation, at);
                shared.outbox_changed.notify_one();
                return settled;
            }
            Err(error) => match recover(shared, entry, &error).await {
                Recovery::Retry => {}
                Recovery::Later => {
                    return Settled {
                        recheck: true,
                        gone: false,
                    };
                }
                Recovery::Gone => {
                    return Settled {
                        recheck: false,
                        gone: true,
                    };
                }
            },
        }
    }
    tracing::warn!(monitor = %entry.monitor.id, "a verdict lost five races; the next look decides");
    Settled {
        recheck: true,
        gone: false,
    }
}

fn decide(
    before: &MonitorState,
    entry: &Entry,
    observation: &Observation,
    at: Timestamp,
) -> Decision {
    let policy = &if entry.cadence.is_fact() {
        Policy {
            confirmations: Confirmations { down: 1, up: 1 },
            ..entry.monitor.policy
        }
    } else {
        entry.monitor.policy
    };
    let mut state = before.clone();
    let verdict = verdict::judge(&mut state, policy, observation, at);
    let transition = incident::advance(&mut state, &verdict, policy, at);
    let warn_days = Expiry::of(observation).and_then(|expiry| match expiry {
        Expiry::Certificate(seen) => alert::watch_certificate(&mut state.certificate, seen, at),
        Expiry::Registration(seen) => alert::watch_domain(&mut state.domain, seen, at),
    });
    Decision {
        state,
        transition,
        warn_days,
        recheck: verdict.recheck,
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
        || before.domain != after.domain
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

/// What to do about a settle that failed.
pub(super) enum Recovery {
    /// Decide again on what the store says now.
    Retry,
    /// The store is away; the next look decides.
    Later,
    /// The monitor is gone.
    Gone,
}

/// Finds out why a settle failed, and reads again what it was decided on.
pub(super) async fn recover(shared: &Shared, entry: &Entry, error: &SettleError) -> Recovery {
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
                    entry.memory().adopt(record.state, record.state_version);
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

/// Writes a decision. Returns the state as it was stored.
async fn write(
    shared: &Shared,
    entry: &Entry,
    before: &MonitorState,
    version: i64,
    decision: Decision,
    observation: &Observation,
    at: Timestamp,
) -> Result<MonitorState, SettleError> {
    let Decision {
        mut state,
        transition,
        warn_days,
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
    let rules = if transition.is_some() || warn_days.is_some() {
        audience::rules(shared, &entry.tenant).await?
    } else {
        Vec::new()
    };
    let writer = Writer {
        shared,
        tenant: entry.tenant,
        monitor: &entry.monitor,
    };
    if let Some(transition) = transition {
        let sequence = state.alert_count;
        state.alert_count = sequence.saturating_add(1);
        let event = event_after(shared, entry, before, &state, &transition, &rules, at).await?;
        state.open_event = (event.status == EventStatus::Open).then_some(event.id);
        settlement.evidence = proof::records(
            shared,
            entry,
            &event,
            sequence,
            (observation, at),
            &transition,
        )
        .await?;
        let kind = AlertKind::of(&transition);
        let message = Content {
            kind,
            event: Some(&event),
            check: Some((observation, at)),
            expiring: None,
            reminder: None,
            state: &state,
            at,
        };
        let occasion = Occasion {
            tenant: &entry.tenant,
            monitor: &entry.monitor,
            state: &state,
            event: Some(&event),
            kind,
            at,
        };
        let recipients = audience::recipients(shared, &rules, &occasion).await?;
        settlement.outbox = writer
            .entries(
                &recipients,
                event.id.as_bytes(),
                u64::from(sequence),
                &message,
            )
            .await?;
        settlement.event = Some(event);
    }
    if let (Some(days), Some(expiry)) = (warn_days, Expiry::of(observation)) {
        let kind = expiry.kind();
        let message = Content {
            kind,
            event: None,
            check: Some((observation, at)),
            expiring: Some((expiry, days)),
            reminder: None,
            state: &state,
            at,
        };
        let occasion = Occasion {
            tenant: &entry.tenant,
            monitor: &entry.monitor,
            state: &state,
            event: None,
            kind,
            at,
        };
        let recipients = audience::recipients(shared, &rules, &occasion).await?;
        // The same end at the same number of days is the same warning.
        let end = u64::try_from(expiry.ends_at().as_second()).unwrap_or(0);
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
    shared.wrote();
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
    Ok(state)
}

async fn event_after(
    shared: &Shared,
    entry: &Entry,
    before: &MonitorState,
    after: &MonitorState,
    transition: &Transition,
    rules: &[Rule],
    at: Timestamp,
) -> Result<Event, SettleError> {
    if let Transition::Opened {
        severity,
        reason,
        since,
    } = *transition
    {
        let every = alert::remind_every(rules, entry.monitor.id);
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
            next_reminder_at: every.and_then(|every| at.checked_add(every).ok()),
        });
    }
    let Some(id) = before.open_event else {
        return Err(StoreError::conflict("the open event").into());
    };
    let mut event = shared
        .parts
        .ports
        .incidents
        .event(&entry.tenant, id)
        .await?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        monitor::Health,
        observation::{Reason, Status},
    };

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
