//! Who is told of an open event, and when: the one rule over maintenance, silences, dependencies and damping. Pure.
//!
//! ```text
//! open event, what was told, windows, silences, parents, now  ->  tell | keep quiet because X until Y
//! ```
//!
//! - What keeps an event quiet, the first of these that holds: an open maintenance window, a
//!   silence, a parent that is down, a parent of which it is not known yet whether it is down.
//! - When all of that is over, the monitor is looked at again: it is told when as many results in a
//!   row as open an event say that it is still not well, and then once, with its true start.
//! - What flaps is not told while it happens to be well: it is told when it is not.
//! - A recovery is told to those who were told of the outage, at once, whatever is quiet then: it
//!   ends what they were told. Whoever was told nothing is told nothing.
//!
//! What was told stands in the event ([`Told`]), so that a restart changes nothing.

use crate::{
    alert::{AlertKind, MIN_REMINDER, Rule, recipients, remind_every},
    id::{ChannelId, MaintenanceId, MonitorId, SilenceId},
    incident::{Event, EventStatus},
    maintenance::Opening,
    monitor::{Monitor, MonitorState, Policy},
    observation::{Severity, Status},
    silence::Silence,
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long the message of a monitor waits to learn whether one that it depends on is down too, when
/// the parent needs no longer than that to be sure.
pub const DOUBT: SignedDuration = SignedDuration::from_secs(30);
/// And how long at most, whatever the parents need.
pub const MAX_DOUBT: SignedDuration = SignedDuration::from_mins(5);
/// What a look may wait for beside its own time limit: a start, a place, a batch of results.
const LOOK_MARGIN: Duration = Duration::from_secs(5);

/// Why people are not told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Because {
    /// A maintenance window is open.
    Maintenance(MaintenanceId),
    /// There is a silence.
    Silence(SilenceId),
    /// A monitor that it depends on is down.
    Parent(MonitorId),
    /// A monitor that it depends on may be down: it has not been looked at since.
    ParentInDoubt(MonitorId),
    /// What kept it quiet is over, and it is looked at again.
    Confirming,
    /// It flaps, and is well at the moment.
    Recovering,
}

impl Because {
    /// The text on the wire.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Maintenance(_) => "MAINTENANCE",
            Self::Silence(_) => "SILENCE",
            Self::Parent(_) => "PARENT",
            Self::ParentInDoubt(_) => "PARENT_IN_DOUBT",
            Self::Confirming => "CONFIRMING",
            Self::Recovering => "RECOVERING",
        }
    }

    /// Whether results are to be seen anew once it is over. Not after a doubt about a parent, nor
    /// after a good moment of what flaps: there the results that count were made already.
    const fn asks_for_another_look(&self) -> bool {
        matches!(
            self,
            Self::Maintenance(_) | Self::Silence(_) | Self::Parent(_) | Self::Confirming
        )
    }
}

/// Why people are not told, and until when, as far as that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quiet {
    /// Why.
    pub because: Because,
    /// Until when at least; none when it depends on what is seen.
    pub until: Option<Timestamp>,
}

/// What was decided about an event, and what people were told of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Told {
    /// How bad it was when it was last decided who is told; none before that. When no rule wants to
    /// hear of just that, it is decided and nobody is told.
    #[serde(rename = "severity", skip_serializing_if = "Option::is_none")]
    pub decided: Option<Severity>,
    /// When they were told first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// Who was told, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<ChannelId>,
    /// Why they are not told more, or were not when the event ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quiet: Option<Quiet>,
    /// Since when the message waits for what becomes known of the parents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doubted_at: Option<Timestamp>,
}

impl Told {
    /// Whether it is decided who is told that it is so bad.
    #[must_use]
    pub fn settles(&self, severity: Severity) -> bool {
        self.decided == Some(severity)
    }

    /// Whether anybody was told.
    #[must_use]
    pub const fn anybody(&self) -> bool {
        !self.channels.is_empty()
    }

    /// Notes that it is decided who is told: these, if anybody.
    pub fn tell(&mut self, severity: Severity, channels: &[ChannelId], now: Timestamp) {
        self.decided = Some(severity);
        self.quiet = None;
        self.doubted_at = None;
        self.reach(channels, now);
    }

    /// Notes that these were told something of it.
    pub fn reach(&mut self, channels: &[ChannelId], now: Timestamp) {
        if channels.is_empty() {
            return;
        }
        self.at = self.at.or(Some(now));
        self.channels.extend_from_slice(channels);
        self.channels.sort_unstable();
        self.channels.dedup();
    }
}

impl Event {
    /// Whether there is something to tell of it of which it is not decided yet who is told.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.status == EventStatus::Open && !self.told.settles(self.severity)
    }
}

/// A monitor that another one depends on, as far as that matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parent {
    /// Which.
    pub id: MonitorId,
    /// Whether it has an open event of the severity DOWN and is shown as down.
    pub down: bool,
    /// When its last event ended.
    pub recovered_at: Option<Timestamp>,
    /// When a result last said that it is well, if its last result says so.
    pub well_at: Option<Timestamp>,
    /// How a look at it makes sure whether it is down.
    pub certainty: Certainty,
}

/// How soon it is known whether a parent is down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// It always is: what people or jobs say of it is a fact, and no look finds out more.
    Fact,
    /// When enough looks agree.
    Looks {
        /// How long these may take.
        take: Duration,
        /// Whether results say already that it is not well, and are not believed yet.
        failing: bool,
    },
}

impl Certainty {
    /// Of a monitor that is looked at by this policy.
    #[must_use]
    pub fn of(policy: &Policy, failing: bool) -> Self {
        let looks = u32::from(policy.confirmations.down.max(1));
        let each = policy.timeout.saturating_add(policy.recheck_after());
        Self::Looks {
            take: each.saturating_mul(looks).saturating_add(LOOK_MARGIN),
            failing,
        }
    }

    /// For how long a message waits for it.
    fn patience(self) -> SignedDuration {
        match self {
            Self::Fact => SignedDuration::ZERO,
            Self::Looks { failing: true, .. } => MAX_DOUBT,
            Self::Looks { take, .. } => SignedDuration::try_from(take)
                .unwrap_or(MAX_DOUBT)
                .clamp(DOUBT, MAX_DOUBT),
        }
    }
}

impl Parent {
    /// Whether nobody knows yet whether it is down, of what was first seen at `since`; waited for
    /// since `from`.
    fn in_doubt(&self, since: Timestamp, from: Timestamp, now: Timestamp) -> Option<Timestamp> {
        let until = from.checked_add(self.certainty.patience()).ok()?;
        let looked = self.well_at.is_some_and(|well| well >= since);
        let failing = matches!(self.certainty, Certainty::Looks { failing: true, .. });
        (now < until && (failing || !looked)).then_some(until)
    }

    /// Whether it keeps quiet what was seen at `at`: it is down, or was still down then.
    fn hides(&self, at: Timestamp) -> bool {
        self.down || self.recovered_at.is_some_and(|recovered| at <= recovered)
    }
}

/// What there is around a monitor.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// The maintenance windows of the account that are not over, as they are at the moment that is
    /// asked about.
    pub windows: Vec<Opening>,
    /// The silences of the account that are not over.
    pub silences: Vec<Silence>,
    /// The monitors that it depends on, but for those that rest.
    pub parents: Vec<Parent>,
}

impl Surroundings {
    /// The open window that covers the monitor for longest.
    #[must_use]
    pub fn maintenance(&self, monitor: &Monitor, at: Timestamp) -> Option<Quiet> {
        self.windows
            .iter()
            .filter(|window| window.span.holds(at) && window.covers.covers(monitor))
            .map(|window| Quiet {
                because: Because::Maintenance(window.id),
                until: Some(window.span.until),
            })
            .max_by_key(|quiet| quiet.until)
    }

    /// What keeps a monitor quiet at `at`, whatever is seen of it itself.
    #[must_use]
    pub fn quiet(&self, monitor: &Monitor, at: Timestamp) -> Option<Quiet> {
        let silence = || {
            self.silences
                .iter()
                .filter(|silence| silence.covers.covers(monitor) && silence.active(at))
                .max_by_key(|silence| silence.ends_at)
                .map(|silence| Quiet {
                    because: Because::Silence(silence.id),
                    until: Some(silence.ends_at),
                })
        };
        let parent = || {
            self.parents
                .iter()
                .find(|parent| parent.hides(at))
                .map(|parent| Quiet {
                    because: Because::Parent(parent.id),
                    until: None,
                })
        };
        self.maintenance(monitor, at)
            .or_else(silence)
            .or_else(parent)
    }

    /// Whether the event began while a parent, well by now, was down.
    fn began_below(&self, event: &Event) -> bool {
        self.parents.iter().any(|parent| {
            let recovered = parent.recovered_at;
            recovered.is_some_and(|recovered| event.started_at <= recovered)
        })
    }

    /// The parents of which nobody knows yet whether they are down, while there is time to find
    /// out, each with the end of that time. `since` is when the monitor was first seen as it is.
    fn doubtful(
        &self,
        event: &Event,
        since: Timestamp,
        now: Timestamp,
    ) -> impl Iterator<Item = (MonitorId, Timestamp)> {
        // Once people know of the outage, how bad it is does not wait for others.
        let waits = !event.told.anybody();
        let from = event.told.doubted_at.unwrap_or(now);
        self.parents.iter().filter_map(move |parent| {
            let until = parent.in_doubt(since, from, now).filter(|_| waits)?;
            Some((parent.id, until))
        })
    }
}

/// What to do about an open event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// People know already.
    Nothing,
    /// Tell them.
    Tell,
    /// Keep quiet for now.
    Keep(Quiet),
}

/// A result of the monitor whose event is decided on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// When it was made.
    pub at: Timestamp,
    /// What it says.
    pub status: Status,
    /// How many in a row open an event.
    pub needed: u8,
    /// Whether it says what is so now. A group is made of what is believed of its members, which
    /// may be older than the end of what kept it quiet.
    pub fresh: bool,
}

/// The rule: what to do about an open event after a look at its monitor.
///
/// Counts in `state.again` the results in a row that were made after what kept it quiet was over
/// and say that it is not well. After a restart the count begins anew.
pub fn decide(
    monitor: &Monitor,
    event: &Event,
    state: &mut MonitorState,
    look: Look,
    around: &Surroundings,
) -> Voice {
    if !event.waits() {
        state.again = 0;
        return Voice::Nothing;
    }
    let keep = |because, until| Voice::Keep(Quiet { because, until });
    if let Some(quiet) = around.quiet(monitor, look.at) {
        state.again = 0;
        return Voice::Keep(quiet);
    }
    match look.status {
        Status::Unknown => {}
        Status::Up => state.again = 0,
        Status::Degraded | Status::Down if !look.fresh => {}
        Status::Degraded | Status::Down => state.again = state.again.saturating_add(1),
    }
    if state.health.badness() == 0 {
        return keep(Because::Recovering, state.damped_until);
    }
    let kept = event
        .told
        .quiet
        .is_some_and(|quiet| quiet.because.asks_for_another_look());
    if (kept || around.began_below(event)) && state.again < look.needed {
        return keep(Because::Confirming, None);
    }
    // The parent that takes longest is the one that it waits for.
    let doubtful = around.doubtful(event, state.since, look.at);
    match doubtful.max_by_key(|(_, until)| *until) {
        Some((parent, until)) => keep(Because::ParentInDoubt(parent), Some(until)),
        None => Voice::Tell,
    }
}

/// What follows from a look for those who are to be told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Speech {
    /// What is told, and to whom; nothing when nobody is.
    pub tell: Option<(AlertKind, Vec<ChannelId>)>,
    /// Whether it is told later than it was known.
    pub late: bool,
    /// Whether the monitor is to be looked at again soon, because that decides.
    pub again: bool,
    /// Other monitors that are to be looked at soon, because that decides.
    pub look_at: Vec<MonitorId>,
}

/// Applies the rule to an event after a look: what is told of it, and to whom. Notes that in the
/// event, and in the state whether there is more to tell.
pub fn speak(
    monitor: &Monitor,
    event: &mut Event,
    state: &mut MonitorState,
    look: Look,
    around: &Surroundings,
    rules: &[Rule],
) -> Speech {
    if event.status == EventStatus::Resolved {
        state.waits = false;
        state.again = 0;
        let channels = recovery_recipients(&event.told, rules, monitor.id);
        return Speech {
            tell: (!channels.is_empty()).then_some((AlertKind::Up, channels)),
            ..Speech::default()
        };
    }
    let speech = match decide(monitor, event, state, look, around) {
        Voice::Nothing => {
            // It is again what people know, so nothing keeps anything from them.
            event.told.quiet = None;
            event.told.doubted_at = None;
            Speech::default()
        }
        Voice::Keep(quiet) => {
            event.told.quiet = Some(quiet);
            let bad = matches!(look.status, Status::Down | Status::Degraded);
            let (again, look_at) = match quiet.because {
                Because::Confirming => (bad, Vec::new()),
                Because::ParentInDoubt(_) => {
                    let doubtful = around.doubtful(event, state.since, look.at);
                    (true, doubtful.map(|(parent, _)| parent).collect())
                }
                _ => (false, Vec::new()),
            };
            event.told.doubted_at = match quiet.because {
                Because::ParentInDoubt(_) => event.told.doubted_at.or(Some(look.at)),
                _ => None,
            };
            Speech {
                again,
                look_at,
                ..Speech::default()
            }
        }
        Voice::Tell => {
            let kind = match event.severity {
                Severity::Down => AlertKind::Down,
                Severity::Degraded => AlertKind::Degraded,
            };
            let late = event
                .told
                .quiet
                .is_some_and(|quiet| quiet.because.asks_for_another_look());
            let channels = recipients(rules, monitor.id, kind);
            // What a rule planned while nobody was told counts from the message instead.
            let planned = event
                .next_reminder_at
                .filter(|_| !event.told.channels.is_empty());
            event.told.tell(event.severity, &channels, look.at);
            event.next_reminder_at = planned.or_else(|| {
                remind_every(rules, monitor.id).and_then(|every| look.at.checked_add(every).ok())
            });
            state.again = 0;
            Speech {
                tell: (!channels.is_empty()).then_some((kind, channels)),
                late,
                ..Speech::default()
            }
        }
    };
    state.waits = event.waits();
    speech
}

/// When a reminder that is due while people are not told is due instead: when they may be told
/// again, as far as that is known, and at the latest when the next one would have been due.
#[must_use]
pub fn put_off(quiet: &Quiet, every: Duration, now: Timestamp) -> Timestamp {
    let soon = now.saturating_add(MIN_REMINDER).unwrap_or(Timestamp::MAX);
    let latest = now.saturating_add(every).unwrap_or(Timestamp::MAX);
    quiet.until.unwrap_or(soon).max(soon).min(latest.max(soon))
}

/// Who is told that an event is over: those who were told that it began, as far as they want to
/// hear of ends; and those who want to hear of ends only, once the event was told.
#[must_use]
pub fn recovery_recipients(told: &Told, rules: &[Rule], monitor: MonitorId) -> Vec<ChannelId> {
    if !told.anybody() {
        return Vec::new();
    }
    let begins = |channel: &ChannelId| {
        [AlertKind::Down, AlertKind::Degraded]
            .into_iter()
            .any(|kind| recipients(rules, monitor, kind).contains(channel))
    };
    recipients(rules, monitor, AlertKind::Up)
        .into_iter()
        .filter(|channel| told.channels.contains(channel) || !begins(channel))
        .collect()
}

/// Who hears that an event is over although no rule asks for it, of those who were told that it
/// began: whose receiver keeps the outage open until it is told of its end (`lasting`), and to whom
/// no rule leads any more.
#[must_use]
pub fn owed(
    told: &Told,
    rules: &[Rule],
    monitor: MonitorId,
    lasting: &[ChannelId],
) -> Vec<ChannelId> {
    let named = |channel: &ChannelId| {
        AlertKind::ALL
            .into_iter()
            .any(|kind| recipients(rules, monitor, kind).contains(channel))
    };
    told.channels
        .iter()
        .filter(|channel| lasting.contains(channel) || !named(channel))
        .copied()
        .collect()
}

#[cfg(test)]
mod tests;
