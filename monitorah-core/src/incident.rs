//! Downtime events: opened, worsened, improved and resolved by believed changes, at most one open per monitor. Pure.

use crate::{
    id::{AccountId, EventId, MonitorId},
    monitor::{Health, MonitorState, Policy},
    observation::{Reason, Severity},
    quiet::Told,
    verdict::Verdict,
};
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

/// This many turns within [`FLAP_WINDOW`] make a monitor flap.
const FLAP_TURNS: usize = 6;
/// The window in which turns are counted: half an hour.
const FLAP_WINDOW: SignedDuration = SignedDuration::from_mins(30);
/// A flapping monitor must stay good for this long, or five intervals if longer (but no longer than
/// turns are counted), to close.
const FLAP_HOLD: Duration = Duration::from_mins(5);
/// How many turns are remembered.
const MAX_TURNS: usize = 8;

/// Where an event stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EventStatus {
    /// It goes on.
    Open,
    /// It is over.
    Resolved,
}

impl EventStatus {
    /// The text on the wire and in a store.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "OPEN",
            Self::Resolved => "RESOLVED",
        }
    }
}

impl std::str::FromStr for EventStatus {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "OPEN" => Ok(Self::Open),
            "RESOLVED" => Ok(Self::Resolved),
            _ => Err(()),
        }
    }
}

/// Why an event ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Resolution {
    /// The target is well again.
    Recovered,
    /// Somebody paused the monitor.
    Paused,
}

impl Resolution {
    /// The text on the wire and in a store.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Recovered => "RECOVERED",
            Self::Paused => "PAUSED",
        }
    }
}

impl std::str::FromStr for Resolution {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "RECOVERED" => Ok(Self::Recovered),
            "PAUSED" => Ok(Self::Paused),
            _ => Err(()),
        }
    }
}

/// A downtime event: one stretch of time in which a monitor was not well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its id.
    pub id: EventId,
    /// Whose it is.
    pub account: AccountId,
    /// Of which monitor.
    pub monitor: MonitorId,
    /// Open or resolved.
    pub status: EventStatus,
    /// How bad it is now, or was last.
    pub severity: Severity,
    /// Why it opened, by the first failing result; replaced when it worsens.
    pub reason: Reason,
    /// When the first failing result was seen.
    pub started_at: Timestamp,
    /// When enough results agreed.
    pub confirmed_at: Timestamp,
    /// When it ended: the time of the first good result.
    pub resolved_at: Option<Timestamp>,
    /// Why it ended.
    pub resolution: Option<Resolution>,
    /// Whether recoveries were held back because the monitor flapped.
    pub flapping: bool,
    /// When somebody took it on; ends its reminders.
    pub acknowledged_at: Option<Timestamp>,
    /// How many reminders were sent.
    pub reminders: u32,
    /// When the next reminder is due; none when no rule asks for one, or nobody was told yet.
    pub next_reminder_at: Option<Timestamp>,
    /// What people were told of it.
    pub told: Told,
}

/// A believed change that people may want to hear of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transition {
    /// A new event.
    Opened {
        /// How bad.
        severity: Severity,
        /// Why.
        reason: Reason,
        /// When the first failing result was seen.
        since: Timestamp,
    },
    /// The open event went from degraded to down.
    Worsened {
        /// Why.
        reason: Reason,
    },
    /// The open event went from down to degraded.
    Improved {
        /// Why it is still not well.
        reason: Reason,
    },
    /// The open event is over.
    Resolved {
        /// When the first good result was seen.
        at: Timestamp,
    },
}

/// Applies a verdict to the state: belief, turns, damping. Says what people may want to hear of.
///
/// `state.open_event` itself is set by the caller, who makes the id.
pub fn advance(
    state: &mut MonitorState,
    verdict: &Verdict,
    policy: &Policy,
    now: Timestamp,
) -> Option<Transition> {
    let change = verdict.change;
    if let Some(change) = change {
        let was_bad = state.health.badness() > 0;
        let is_bad = change.to.badness() > 0;
        if was_bad != is_bad && state.health != Health::Pending {
            note_turn(state, policy, now);
        }
        state.health = change.to;
        state.since = change.since;
    }
    match (state.open_severity, state.health.severity()) {
        (None, Some(severity)) => {
            // Without a change there is nothing to date the event by: the health was believed
            // before, and its event was closed by hand.
            let change = change?;
            state.open_severity = Some(severity);
            Some(Transition::Opened {
                severity,
                reason: change.reason,
                since: change.since,
            })
        }
        (Some(Severity::Degraded), Some(Severity::Down)) => {
            state.open_severity = Some(Severity::Down);
            Some(Transition::Worsened {
                reason: change?.reason,
            })
        }
        (Some(Severity::Down), Some(Severity::Degraded)) => {
            state.open_severity = Some(Severity::Degraded);
            Some(Transition::Improved {
                reason: change?.reason,
            })
        }
        (Some(_), None) => {
            if state.damped_until.is_some_and(|until| now < until) {
                return None;
            }
            state.damped_until = None;
            state.open_severity = None;
            Some(Transition::Resolved { at: state.since })
        }
        (None, None) | (Some(_), Some(_)) => None,
    }
}

/// Remembers a turn between good and bad, and damps the monitor when there are too many.
fn note_turn(state: &mut MonitorState, policy: &Policy, now: Timestamp) {
    state
        .turns
        .retain(|at| now.duration_since(*at) <= FLAP_WINDOW);
    state.turns.push(now);
    if state.turns.len() > MAX_TURNS {
        state.turns.remove(0);
    }
    if state.turns.len() >= FLAP_TURNS {
        let window = FLAP_WINDOW.unsigned_abs();
        let hold = FLAP_HOLD.max(policy.interval.saturating_mul(5).min(window));
        state.damped_until = now.checked_add(hold).ok();
    }
}
