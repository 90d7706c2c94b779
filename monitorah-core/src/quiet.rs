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
    maintenance::Window,
    monitor::{Monitor, MonitorState},
    observation::{Severity, Status},
    silence::Silence,
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long the message of a monitor waits, at most, to learn whether one that it depends on is
/// down too.
pub const DOUBT: SignedDuration = SignedDuration::from_secs(30);

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

/// What people were told of an event.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Told {
    /// How bad they were last told it is; none when they were told nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// When they were told first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// Who was told, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<ChannelId>,
    /// Why they are not told more, or were not when the event ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quiet: Option<Quiet>,
}

impl Told {
    /// Whether people know how bad it is.
    #[must_use]
    pub fn knows(&self, severity: Severity) -> bool {
        self.severity == Some(severity)
    }

    /// Notes that these were told.
    pub fn tell(&mut self, severity: Severity, channels: &[ChannelId], now: Timestamp) {
        self.severity = Some(severity);
        self.at = self.at.or(Some(now));
        self.channels.extend_from_slice(channels);
        self.channels.sort_unstable();
        self.channels.dedup();
        self.quiet = None;
    }
}

impl Event {
    /// Whether there is something to tell of it that people were not told.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.status == EventStatus::Open && !self.told.knows(self.severity)
    }
}

/// A monitor that another one depends on, as far as that matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parent {
    /// Which.
    pub id: MonitorId,
    /// Whether it has an open event of the severity DOWN.
    pub down: bool,
    /// When its last event ended.
    pub recovered_at: Option<Timestamp>,
    /// When a result last said that it is well, if its last result says so.
    pub well_at: Option<Timestamp>,
}

impl Parent {
    /// Whether it keeps quiet what was seen at `at`: it is down, or was still down then.
    fn hides(&self, at: Timestamp) -> bool {
        self.down || self.recovered_at.is_some_and(|recovered| at <= recovered)
    }
}

/// What there is around a monitor.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// The maintenance windows of the account that are not over.
    pub windows: Vec<Window>,
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
            .filter(|window| window.covers.covers(monitor) && window.active(at))
            .map(|window| Quiet {
                because: Because::Maintenance(window.id),
                until: window.next_change(at),
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

    /// A parent of which nobody knows yet whether it is down, while there is time to find out.
    fn doubt(&self, event: &Event, now: Timestamp) -> Option<Quiet> {
        let until = event.confirmed_at.checked_add(DOUBT).ok()?;
        // Once people know of the outage, how bad it is does not wait for others.
        if now >= until || event.told.severity.is_some() {
            return None;
        }
        self.parents
            .iter()
            .find(|parent| parent.well_at.is_none_or(|well| well < event.started_at))
            .map(|parent| Quiet {
                because: Because::ParentInDoubt(parent.id),
                until: Some(until),
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
    match around.doubt(event, look.at) {
        Some(quiet) => Voice::Keep(quiet),
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
    /// Another monitor that is to be looked at soon, because that decides.
    pub look_at: Option<MonitorId>,
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
        Voice::Nothing => Speech::default(),
        Voice::Keep(quiet) => {
            event.told.quiet = Some(quiet);
            let bad = matches!(look.status, Status::Down | Status::Degraded);
            let (again, look_at) = match quiet.because {
                Because::Confirming => (bad, None),
                Because::ParentInDoubt(parent) => (true, Some(parent)),
                _ => (false, None),
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
            event.told.tell(event.severity, &channels, look.at);
            event.next_reminder_at = event.next_reminder_at.or_else(|| {
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
    if told.severity.is_none() {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        alert::RuleScope,
        check::CheckKind,
        crypt::Sealed,
        id::{AccountId, EventId, RuleId},
        maintenance::Schedule,
        monitor::{Health, Policy},
        observation::Reason,
        selection::Selection,
    };

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn monitor() -> Monitor {
        Monitor {
            id: MonitorId::from_bytes([1; 16]),
            account: AccountId::from_bytes([2; 16]),
            name: "a".into(),
            kind: CheckKind::new("HTTP"),
            target: Sealed::from_bytes(vec![]),
            config: Sealed::from_bytes(vec![]),
            seal_version: 1,
            policy: Policy::default(),
            tags: vec!["web".into()],
            group: Some("shop/checkout".into()),
            owner: None,
            depends_on: vec![],
            external_ref: None,
            paused: false,
            version: 1,
            created_at: at(0),
            updated_at: at(0),
        }
    }

    fn event(told: Told) -> Event {
        Event {
            id: EventId::from_bytes([3; 16]),
            account: AccountId::from_bytes([2; 16]),
            monitor: MonitorId::from_bytes([1; 16]),
            status: EventStatus::Open,
            severity: Severity::Down,
            reason: Reason::ConnectRefused,
            started_at: at(100),
            confirmed_at: at(102),
            resolved_at: None,
            resolution: None,
            flapping: false,
            acknowledged_at: None,
            reminders: 0,
            next_reminder_at: None,
            told,
        }
    }

    fn down(health: Health) -> MonitorState {
        MonitorState {
            health,
            ..MonitorState::new(at(0))
        }
    }

    fn look(second: i64, status: Status) -> Look {
        Look {
            at: at(second),
            status,
            needed: 2,
        }
    }

    fn window(from: i64, until: i64, covers: Selection) -> Window {
        Window {
            id: MaintenanceId::from_bytes([4; 16]),
            account: AccountId::from_bytes([2; 16]),
            name: "w".into(),
            covers,
            schedule: Schedule::Once {
                starts_at: at(from),
                ends_at: at(until),
            },
            cut: None,
            version: 1,
            created_at: at(0),
            updated_at: at(0),
        }
    }

    fn named(tags: &[&str], groups: &[&str]) -> Selection {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        Selection::Named {
            monitors: vec![],
            tags: texts(tags),
            groups: texts(groups),
        }
    }

    fn parent(down: bool, recovered: Option<i64>, well: Option<i64>) -> Parent {
        Parent {
            id: MonitorId::from_bytes([5; 16]),
            down,
            recovered_at: recovered.map(at),
            well_at: well.map(at),
        }
    }

    fn because(voice: Voice) -> &'static str {
        match voice {
            Voice::Nothing => "nothing",
            Voice::Tell => "tell",
            Voice::Keep(quiet) => quiet.because.as_str(),
        }
    }

    /// One outage, look by look: through a window, over its end, and told after two bad results.
    #[test]
    fn a_window_keeps_quiet_and_its_end_asks_for_two_more_results() {
        let (monitor, mut event) = (monitor(), event(Told::default()));
        let mut state = down(Health::Down);
        let around = Surroundings {
            windows: vec![window(90, 200, named(&[], &["shop"]))],
            ..Surroundings::default()
        };
        for (second, status, expected) in [
            (102, Status::Down, "MAINTENANCE"),
            (199, Status::Down, "MAINTENANCE"),
            (200, Status::Down, "CONFIRMING"),
            (201, Status::Unknown, "CONFIRMING"),
            (202, Status::Up, "CONFIRMING"),
            (204, Status::Down, "CONFIRMING"),
            (206, Status::Down, "tell"),
        ] {
            let voice = decide(&monitor, &event, &mut state, look(second, status), &around);
            assert_eq!(because(voice), expected, "at {second}");
            match voice {
                Voice::Keep(quiet) => event.told.quiet = Some(quiet),
                Voice::Tell => event.told.tell(Severity::Down, &[], at(second)),
                Voice::Nothing => {}
            }
        }
        let voice = decide(
            &monitor,
            &event,
            &mut state,
            look(208, Status::Down),
            &around,
        );
        assert_eq!(voice, Voice::Nothing, "once");
    }

    #[test]
    fn what_keeps_quiet_is_the_first_that_holds() {
        let monitor = monitor();
        let silence = |covers| Silence {
            id: SilenceId::from_bytes([6; 16]),
            account: monitor.account,
            reason: "r".into(),
            covers,
            starts_at: at(50),
            ends_at: at(300),
            created_by: "operator".into(),
            version: 1,
            created_at: at(0),
            updated_at: at(0),
        };
        let around = |window_covers, silence_covers, parents: &[Parent]| Surroundings {
            windows: vec![window(90, 200, window_covers)],
            silences: vec![silence(silence_covers)],
            parents: parents.to_vec(),
        };
        let nobody = || named(&["other"], &["shop/check", "shopping"]);
        let fell = [parent(true, None, None)];
        let back = [parent(false, Some(120), Some(120))];
        for (around, second, expected) in [
            (
                around(Selection::All, Selection::All, &fell),
                150,
                "MAINTENANCE",
            ),
            (
                around(Selection::All, Selection::All, &fell),
                250,
                "SILENCE",
            ),
            (around(Selection::All, Selection::All, &fell), 300, "PARENT"),
            (around(nobody(), named(&["web"], &[]), &[]), 150, "SILENCE"),
            (around(nobody(), nobody(), &fell), 150, "PARENT"),
            // Still down when the look was made.
            (around(nobody(), nobody(), &back), 119, "PARENT"),
            (around(nobody(), nobody(), &back), 150, "none"),
        ] {
            let quiet = around.quiet(&monitor, at(second));
            let found = quiet.map_or("none", |quiet| quiet.because.as_str());
            assert_eq!(found, expected, "at {second}: {around:?}");
        }
    }

    #[test]
    fn a_message_waits_for_a_look_at_the_parent_and_not_for_ever() {
        let (monitor, event) = (monitor(), event(Told::default()));
        let with = |parent: Parent| Surroundings {
            parents: vec![parent],
            ..Surroundings::default()
        };
        for (parent, second, expected) in [
            (parent(false, None, Some(99)), 102, "PARENT_IN_DOUBT"),
            (parent(false, None, None), 131, "PARENT_IN_DOUBT"),
            (parent(false, None, None), 132, "tell"),
            (parent(false, None, Some(100)), 102, "tell"),
            // It fell below the parent, which came back before the first look at it.
            (parent(false, Some(101), Some(102)), 102, "CONFIRMING"),
            (parent(false, Some(99), Some(102)), 102, "tell"),
        ] {
            let mut state = down(Health::Down);
            let look = look(second, Status::Down);
            let voice = decide(&monitor, &event, &mut state, look, &with(parent));
            assert_eq!(because(voice), expected, "{parent:?} at {second}");
        }
    }

    #[test]
    fn what_flaps_is_told_while_it_is_not_well() {
        let (monitor, event) = (monitor(), event(Told::default()));
        let around = Surroundings::default();
        for (health, status, expected) in [
            (Health::Up, Status::Up, "RECOVERING"),
            (Health::Up, Status::Down, "RECOVERING"),
            (Health::Down, Status::Down, "tell"),
        ] {
            let voice = decide(
                &monitor,
                &event,
                &mut down(health),
                look(150, status),
                &around,
            );
            assert_eq!(because(voice), expected, "{health:?}");
        }
    }

    #[test]
    fn the_end_is_told_to_those_who_were_told_and_to_those_who_want_ends_only() {
        let monitor = monitor();
        let channel = |number: u8| ChannelId::from_bytes([number; 16]);
        let rule = |number: u8, kinds: Vec<AlertKind>| Rule {
            id: RuleId::from_bytes([number; 16]),
            account: monitor.account,
            name: "r".into(),
            channels: vec![channel(number)],
            scope: RuleScope::AllMonitors,
            kinds,
            remind_every: Some(Duration::from_secs(600)),
            enabled: true,
            version: 1,
            created_at: at(0),
        };
        // Everything; everything, made during the outage; ends only; beginnings only.
        let rules = [
            rule(1, vec![]),
            rule(2, vec![]),
            rule(3, vec![AlertKind::Up]),
            rule(4, vec![AlertKind::Down]),
        ];
        let mut told = Told::default();
        assert!(recovery_recipients(&told, &rules, monitor.id).is_empty());
        told.tell(Severity::Down, &[channel(4), channel(1)], at(102));
        assert_eq!(
            recovery_recipients(&told, &rules, monitor.id),
            [channel(1), channel(3)]
        );

        // Told inside of everything that is quiet, because it ends what people were told.
        let mut over = Event {
            status: EventStatus::Resolved,
            ..event(told)
        };
        let around = Surroundings {
            windows: vec![window(0, 1_000, Selection::All)],
            ..Surroundings::default()
        };
        let mut state = down(Health::Up);
        let look = look(200, Status::Up);
        let speech = speak(&monitor, &mut over, &mut state, look, &around, &rules);
        assert_eq!(
            speech.tell,
            Some((AlertKind::Up, vec![channel(1), channel(3)]))
        );

        // Reminders begin with the message.
        let mut open = event(Told::default());
        let look = Look {
            status: Status::Down,
            ..look
        };
        let mut state = down(Health::Down);
        let quiet = speak(&monitor, &mut open, &mut state, look, &around, &rules);
        assert_eq!((quiet.tell, open.next_reminder_at), (None, None));
        assert!(state.waits);
        open.told.quiet = None;
        let around = Surroundings::default();
        speak(&monitor, &mut open, &mut state, look, &around, &rules);
        assert_eq!(open.next_reminder_at, Some(at(800)));
        assert!(!state.waits);
    }

    #[test]
    fn a_reminder_is_put_off_to_the_end_of_the_quiet_and_no_further_than_the_next() {
        let quiet = |until: Option<i64>| Quiet {
            because: Because::Recovering,
            until: until.map(at),
        };
        let every = Duration::from_secs(600);
        for (until, expected) in [
            (Some(300), 300),
            (Some(5_000), 700),
            (None, 160),
            (Some(101), 160),
        ] {
            assert_eq!(put_off(&quiet(until), every, at(100)), at(expected));
        }
    }
}
