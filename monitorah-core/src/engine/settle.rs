//! The settle: runs the pure middle on one observation, and writes what changed in one unit of work.

use super::{
    Shared, around, audience,
    look::{Entry, remember},
    message::{Content, Writer},
    proof,
    roster::Ill,
};
use crate::{
    alert::{self, AlertKind, Expiry},
    check::{Cadence, group::MAX_MEMBERS},
    crypt::CryptError,
    error::{StoreError, StoreErrorKind},
    evidence::Evidence,
    id::{EventId, MonitorId},
    incident::{self, Event, EventStatus, Resolution, Transition},
    monitor::{Confirmations, MonitorState, Policy},
    observation::{Observation, Reason, Severity},
    port::{Fence, Settlement},
    quiet::{self, Look, Speech, Told},
    verdict,
};
use jiff::Timestamp;

/// How often a settle that lost a race is decided anew.
const TRIES: u32 = 5;

/// What a settle comes to.
#[derive(Debug, Default)]
pub(super) struct Settled {
    /// Whether to look again soon.
    pub(super) recheck: bool,
    /// Other monitors that are to be looked at soon.
    pub(super) look_at: Vec<MonitorId>,
    /// Whether the monitor is no longer there.
    pub(super) gone: bool,
}

/// Why a settle did not happen.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SettleError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Crypt(#[from] CryptError),
    #[error("a message cannot be written")]
    Json(#[from] serde_json::Error),
}

impl SettleError {
    /// Says what went wrong. Only what the store refused is trouble with the store.
    pub(super) fn report(&self, shared: &Shared, doing: &'static str) {
        match self {
            Self::Store(error) => shared.store_fault(doing, error),
            Self::Crypt(_) | Self::Json(_) => {
                let source = std::error::Error::source(self).map(tracing::field::display);
                tracing::error!(doing, error = %self, source, "a message cannot be made");
            }
        }
    }

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
    /// How many bad results in a row are believed.
    needed: u8,
    /// Whether the observation says what is so now.
    fresh: bool,
    /// Under which share the look began.
    fence: Option<Fence>,
}

/// Judges an observation and writes what it changed. When it cannot be written, nothing is
/// remembered of it either: the next look decides again.
pub(super) async fn settle(
    shared: &Shared,
    entry: &Entry,
    observation: &Observation,
    ill: &[Ill],
    (at, fence): (Timestamp, Option<Fence>),
) -> Settled {
    let later = || Settled {
        recheck: true,
        ..Settled::default()
    };
    let gone = || Settled {
        gone: true,
        ..Settled::default()
    };
    if entry.memory().doubtful {
        match read_again(shared, entry).await {
            Recovery::Retry => {}
            Recovery::Later => return later(),
            Recovery::Elsewhere => return Settled::default(),
            Recovery::Gone => return gone(),
        }
    }
    for _ in 0..TRIES {
        let (before, version) = {
            let memory = entry.memory();
            if memory.epoch != entry.epoch {
                // The monitor was paused or changed during the look: its result decides nothing.
                return Settled::default();
            }
            (memory.state.clone(), memory.version)
        };
        let mut decision = decide(&before, entry, observation, at);
        decision.fence = fence;
        decision.fresh = is_fresh(shared, entry, ill);
        let fresh = decision.fresh;
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
                let confirms = speech.again && speech.look_at.is_empty();
                settled.look_at.extend(speech.look_at);
                note_confirming(shared, entry, confirms, fresh);
                if confirms {
                    // What was believed of them is looked at before anybody is told of it.
                    let ids = ill.iter().map(|one| one.id);
                    settled.look_at.extend(ids.take(MAX_MEMBERS));
                }
                return settled;
            }
            Err(error) => match recover(shared, entry, &error).await {
                Recovery::Retry => {}
                Recovery::Later => return later(),
                Recovery::Elsewhere => return Settled::default(),
                Recovery::Gone => return gone(),
            },
        }
    }
    tracing::warn!(monitor = %entry.monitor.id, "a verdict lost five races; the next look decides");
    later()
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
    // An end that has come is told as the outage that it is: no warning says it beside that.
    let ended = matches!(
        observation.reason,
        Reason::TlsExpired | Reason::DomainExpired
    );
    let expiry = Expiry::of(observation).filter(|_| !ended);
    let warn_days = expiry.and_then(|expiry| match expiry {
        Expiry::Certificate(seen) => alert::watch_certificate(&mut state.certificate, seen, at),
        Expiry::Registration(seen) => alert::watch_domain(&mut state.domain, seen, at),
    });
    Decision {
        state,
        transition,
        warn_days,
        recheck: verdict.recheck,
        // What was kept quiet is told when this many say so: of a group its own, because what is
        // believed of its members was confirmed before.
        needed: match entry.cadence {
            Cadence::Group => entry.monitor.policy.confirmations.down.max(1),
            _ => policy.confirmations.down.max(1),
        },
        fresh: true,
        fence: None,
    }
}

/// Whether what a group is made of was seen after that which kept it quiet was over: every member
/// that is not well gave a result since the group is confirmed, or had its time to.
fn is_fresh(shared: &Shared, entry: &Entry, ill: &[Ill]) -> bool {
    let Some(since) = entry.memory().confirming_since else {
        return ill.is_empty();
    };
    let now = shared.environment().monotonic();
    let patience = quiet::DOUBT.unsigned_abs();
    now.saturating_sub(since) >= patience || ill.iter().all(|one| one.heard_at >= since)
}

/// Notes since when the members are looked at again before the group is told: each look that counts
/// asks for another one at them.
fn note_confirming(shared: &Shared, entry: &Entry, confirms: bool, fresh: bool) {
    let now = shared.environment().monotonic();
    let mut memory = entry.memory();
    let before = memory.confirming_since.filter(|_| !fresh);
    memory.confirming_since = confirms.then(|| before.unwrap_or(now));
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
    /// Another process looks at the monitor by now.
    Elsewhere,
}

/// Finds out why a settle failed, and reads again what it was decided on.
pub(super) async fn recover(shared: &Shared, entry: &Entry, error: &SettleError) -> Recovery {
    match error.kind() {
        Some(StoreErrorKind::NotFound) => Recovery::Gone,
        Some(StoreErrorKind::Fenced) => {
            tracing::info!(monitor = %entry.monitor.id, "another server looks at this monitor by now");
            shared.share_lost.notify_one();
            Recovery::Elsewhere
        }
        Some(StoreErrorKind::Conflict | StoreErrorKind::AlreadyExists) => {
            read_again(shared, entry).await
        }
        _ => {
            // A commit whose answer was lost may have been done.
            entry.memory().doubtful = true;
            error.report(shared, "settling a verdict");
            Recovery::Later
        }
    }
}

/// Takes over what the store says now.
async fn read_again(shared: &Shared, entry: &Entry) -> Recovery {
    let monitors = &shared.parts.ports.monitors;
    match monitors.monitor(&entry.tenant, entry.monitor.id).await {
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
    let mut changed = false;
    let Decision {
        mut state,
        transition,
        mut warn_days,
        recheck,
        needed,
        fresh,
        fence,
    } = decision;
    let ports = &shared.parts.ports;
    let mut settlement = Settlement {
        monitor: entry.monitor.id,
        expected: version,
        fence,
        state: state.clone(),
        event: None,
        evidence: Vec::new(),
        outbox: Vec::new(),
    };
    // An event whose end is held back says so at once.
    let held = before.damped_until.is_none() && state.damped_until.is_some();
    let speaks = transition.is_some() || before.waits || (held && before.open_event.is_some());
    let (rules, around) = if speaks || warn_days.is_some() {
        (
            audience::rules(shared, &entry.tenant).await?,
            around::surroundings(shared, &entry.tenant, &entry.monitor, at).await?,
        )
    } else {
        Default::default()
    };
    let mut speech = Speech::default();
    let writer = Writer {
        means: shared.means(),
        tenant: entry.tenant,
        monitor: &entry.monitor,
    };
    if speaks {
        let sequence = state.alert_count;
        let was = match before.open_event {
            Some(id) => Some(ports.incidents.event(&entry.tenant, id).await?),
            None => None,
        };
        let mut event = event_after(shared, entry, was.as_ref(), before, &state, transition, at)?;
        state.open_event = (event.status == EventStatus::Open).then_some(event.id);
        let look = Look {
            at,
            status: observation.status,
            needed,
            fresh,
        };
        speech = quiet::speak(
            &entry.monitor,
            &mut event,
            &mut state,
            look,
            &around,
            &rules,
        );
        if event.status == EventStatus::Resolved {
            let asked = speech.tell.take().map(|(_, channels)| channels);
            let means = shared.means();
            let channels = audience::ends(&means, &entry.tenant, &event, asked, &rules).await?;
            speech.tell = (!channels.is_empty()).then_some((AlertKind::Up, channels));
        }
        if let Some(transition) = &transition {
            let seen = (observation, at);
            settlement.evidence =
                proof::records(shared, entry, &event, sequence, seen, transition).await?;
        }
        if let Some((kind, recipients)) = &speech.tell {
            let hides = match kind {
                AlertKind::Down => audience::hides(shared, &entry.tenant, entry.monitor.id).await?,
                _ => None,
            };
            let message = Content {
                kind: *kind,
                event: Some(&event),
                check: Some((observation, at)),
                expiring: None,
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
        if transition.is_some() || speech.tell.is_some() {
            state.alert_count = sequence.saturating_add(1);
        }
        changed |= was.as_ref() != Some(&event);
        settlement.event = Some(event);
    }
    if warn_days.is_some() && around.quiet(&entry.monitor, at).is_some() {
        // Warned as if it were seen for the first time, when people may be told again.
        warn_days = None;
        state.certificate.clone_from(&before.certificate);
        state.domain.clone_from(&before.domain);
    }
    // Asked only now: what was taken back need not be stored.
    changed |= must_be_stored(
        before,
        &Decision {
            state: state.clone(),
            transition,
            warn_days,
            recheck,
            needed,
            fresh,
            fence,
        },
    );
    if !changed {
        return Ok(Written {
            state,
            version,
            speech,
        });
    }
    if let (Some(days), Some(expiry)) = (warn_days, Expiry::of(observation)) {
        let kind = expiry.kind();
        let message = Content {
            kind,
            event: None,
            check: Some((observation, at)),
            expiring: Some((expiry, days)),
            reminder: None,
            hides: None,
            late: false,
            state: &state,
            at,
        };
        let recipients = alert::recipients(&rules, entry.monitor.id, kind);
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
    ports.incidents.settle(&entry.tenant, &settlement).await?;
    shared.wrote();
    if matches!(transition, Some(Transition::Resolved { .. })) {
        // Whom it hid is looked at again.
        shared.quiet_changed.notify_one();
    }
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
    Ok(Written {
        state,
        version: version + 1,
        speech,
    })
}

/// The event after a transition, or as it was without one.
fn event_after(
    shared: &Shared,
    entry: &Entry,
    was: Option<&Event>,
    before: &MonitorState,
    after: &MonitorState,
    transition: Option<Transition>,
    at: Timestamp,
) -> Result<Event, SettleError> {
    if let Some(Transition::Opened {
        severity,
        reason,
        since,
    }) = transition
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
    let Some(mut event) = was.cloned() else {
        return Err(StoreError::conflict("the open event").into());
    };
    event.flapping |= after.damped_until.is_some() || before.damped_until.is_some();
    match transition {
        None | Some(Transition::Opened { .. }) => {}
        Some(Transition::Worsened { reason }) => {
            event.severity = Severity::Down;
            event.reason = reason;
        }
        Some(Transition::Improved { reason }) => {
            event.severity = Severity::Degraded;
            event.reason = reason;
        }
        Some(Transition::Resolved { at }) => {
            event.status = EventStatus::Resolved;
            // A clock that went back meanwhile does not make it end before it began.
            event.resolved_at = Some(at.max(event.started_at));
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
            needed: 2,
            fresh: true,
            fence: None,
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
