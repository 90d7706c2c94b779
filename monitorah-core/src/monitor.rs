//! A monitor: what is watched, how often, and when its results are believed.

use crate::{
    check::CheckKind,
    crypt::{SealContext, Sealed, SealedKind},
    error::FieldError,
    id::{AccountId, EventId, MonitorId},
    observation::{Reason, Severity, Status},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The shortest interval: one second.
pub const MIN_INTERVAL: Duration = Duration::from_secs(1);
/// The longest interval: 31 days.
pub const MAX_INTERVAL: Duration = Duration::from_secs(31 * 86_400);
/// The longest time that a check may take.
pub const MAX_TIMEOUT: Duration = Duration::from_secs(60);
/// How long a result may take from the look to the database.
const STORED_WITHIN: Duration = Duration::from_secs(1);
/// How soon a surprising result is checked again, when the interval is not shorter.
pub const RECHECK_AFTER: Duration = Duration::from_secs(2);
/// The most tags of a monitor.
pub const MAX_TAGS: usize = 32;
/// The most levels of a group.
pub const MAX_GROUP_LEVELS: usize = 4;
/// The longest level of a group: characters.
pub const MAX_GROUP_LEVEL: usize = 50;
/// The longest owner: characters.
pub const MAX_OWNER: usize = 64;
/// The most monitors that one depends on.
pub const MAX_PARENTS: usize = 16;

/// How many results in a row it takes to believe a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Confirmations {
    /// Worse results in a row before an event opens; at least 1.
    pub down: u8,
    /// Better results in a row before it closes; at least 1.
    pub up: u8,
}

impl Default for Confirmations {
    fn default() -> Self {
        Self { down: 2, up: 1 }
    }
}

/// How often a monitor is checked and when its results are believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// From one check to the next.
    pub interval: Duration,
    /// The longest that a check may take; never over the interval.
    pub timeout: Duration,
    /// Results in a row that make a change believed.
    pub confirmations: Confirmations,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            interval: Duration::from_secs(60),
            timeout: Duration::from_secs(10),
            confirmations: Confirmations::default(),
        }
    }
}

impl Policy {
    /// A policy of this interval, with the default time limit where the interval allows it.
    #[must_use]
    pub fn every(interval: Duration) -> Self {
        let base = Self::default();
        Self {
            interval,
            timeout: base.timeout.min(interval),
            ..base
        }
    }

    /// How soon a surprising result is checked again: two seconds, or the interval if shorter.
    #[must_use]
    pub fn recheck_after(&self) -> Duration {
        RECHECK_AFTER.min(self.interval)
    }

    /// How late a check may start and still be trusted: a second, or a tenth of the interval if
    /// longer.
    #[must_use]
    pub fn trusted_lag(&self) -> Duration {
        Duration::from_secs(1).max(self.interval / 10)
    }

    /// How long a result speaks for when the next one does not come: two intervals.
    #[must_use]
    pub fn valid_for(&self) -> Duration {
        self.interval.saturating_mul(2)
    }

    /// Until when a state that rests on something of this time can be taken for how it is now, when
    /// no result follows: that long, or as long as the next check may take if longer, and a moment
    /// to store it. Later it is stale.
    #[must_use]
    pub fn fresh_until(&self, at: Timestamp, valid_for: Duration) -> Timestamp {
        let next = self.interval.saturating_add(self.timeout);
        let fresh = self.valid_for().max(next).max(valid_for);
        at.checked_add(fresh.saturating_add(STORED_WITHIN))
            .unwrap_or(Timestamp::MAX)
    }

    /// Everything that is wrong with the policy.
    #[must_use]
    pub fn faults(&self) -> Vec<FieldError> {
        let mut wrong = Vec::new();
        if self.interval < MIN_INTERVAL || self.interval > MAX_INTERVAL {
            wrong.push(FieldError::new(
                "/intervalSeconds",
                "the interval is from 1 to 2678400 seconds (31 days)",
            ));
        }
        if self.timeout.is_zero() || self.timeout > MAX_TIMEOUT {
            wrong.push(FieldError::new(
                "/timeoutSeconds",
                "the timeout is from 1 to 60 seconds",
            ));
        } else if self.timeout > self.interval {
            wrong.push(FieldError::new(
                "/timeoutSeconds",
                "the timeout is longer than the interval: shorten it or check less often",
            ));
        }
        for (pointer, count) in [
            ("/confirmations/down", self.confirmations.down),
            ("/confirmations/up", self.confirmations.up),
        ] {
            if !(1..=10).contains(&count) {
                wrong.push(FieldError::new(pointer, "confirmations are from 1 to 10"));
            }
        }
        wrong
    }
}

/// What is watched. Target and configuration are sealed; the rest can be searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Monitor {
    /// Its id.
    pub id: MonitorId,
    /// Whose it is.
    pub account: AccountId,
    /// What people call it.
    pub name: String,
    /// The check type.
    pub kind: CheckKind,
    /// The sealed target (UTF-8 text).
    pub target: Sealed,
    /// The sealed configuration (JSON, every default written out).
    pub config: Sealed,
    /// The seal version of target and configuration: counts their changes.
    pub seal_version: i64,
    /// How often and how strictly.
    pub policy: Policy,
    /// Labels to search by.
    pub tags: Vec<String>,
    /// Its place in the tree of groups: a path such as `shop/checkout`.
    pub group: Option<String>,
    /// Who keeps it in step, a program for example: what carries another label is not its own.
    pub owner: Option<String>,
    /// The monitors that it depends on, in the order of their ids: while one of them is down, its
    /// own outages are not told.
    pub depends_on: Vec<MonitorId>,
    /// The caller's own id of it, unique in the account.
    pub external_ref: Option<String>,
    /// Whether it rests.
    pub paused: bool,
    /// Counts its changes: the ETag, and the guard of every update.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl Monitor {
    /// Where the target is sealed.
    #[must_use]
    pub const fn target_place(&self) -> SealContext<'_> {
        self.place("target")
    }

    /// Where the configuration is sealed.
    #[must_use]
    pub const fn config_place(&self) -> SealContext<'_> {
        self.place("config")
    }

    const fn place(&self, column: &'static str) -> SealContext<'_> {
        SealContext {
            purpose: SealedKind::Field,
            account: self.account,
            table: "monitors",
            column,
            row: self.id.as_bytes(),
            version: self.seal_version,
        }
    }
}

/// What the results so far amount to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Health {
    /// No believed result yet.
    Pending,
    /// All is well.
    Up,
    /// It answers, but worse than it should.
    Degraded,
    /// It fails.
    Down,
}

impl Health {
    /// How bad it is; [`Health::Pending`] is as good as up, because nothing was seen to fail.
    #[must_use]
    pub const fn badness(self) -> u8 {
        match self {
            Self::Pending | Self::Up => 0,
            Self::Degraded => 1,
            Self::Down => 2,
        }
    }

    /// The severity of an event in this health.
    #[must_use]
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Pending | Self::Up => None,
            Self::Degraded => Some(Severity::Degraded),
            Self::Down => Some(Severity::Down),
        }
    }

    /// The text on the wire and in a store.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Up => "UP",
            Self::Degraded => "DEGRADED",
            Self::Down => "DOWN",
        }
    }
}

/// Results in a row that point the same way and are not yet believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Streak {
    /// What they say.
    pub towards: Health,
    /// How many.
    pub count: u8,
    /// When the first of them was seen.
    pub since: Timestamp,
    /// Why, by the first of them.
    pub reason: Reason,
}

/// The certificate that a monitor's target last showed, and the warning that was sent about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateWatch {
    /// SHA-256 of the leaf, hexadecimal.
    pub fingerprint: String,
    /// The end of its validity.
    pub not_after: Timestamp,
    /// The smallest number of days about which a warning was sent.
    pub warned_days: Option<u8>,
}

/// The registration of a monitor's domain as it was last seen, and the warning that was sent about
/// it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DomainWatch {
    /// When it ends.
    pub expires_at: Timestamp,
    /// The smallest number of days about which a warning was sent.
    pub warned_days: Option<u8>,
}

/// What the engine knows of a monitor: changed only by the pure middle, stored only by a settle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonitorState {
    /// What is believed.
    pub health: Health,
    /// Since when.
    pub since: Timestamp,
    /// The last result's own status, which may be UNKNOWN; none before the first.
    pub last: Option<Status>,
    /// The last result's reason.
    pub last_reason: Option<Reason>,
    /// Results on the way to a change of belief.
    pub streak: Option<Streak>,
    /// The open event.
    pub open_event: Option<EventId>,
    /// The severity of the open event.
    pub open_severity: Option<Severity>,
    /// The latest believed changes between good and bad, newest last, at most eight.
    pub turns: Vec<Timestamp>,
    /// While set and in the future, good results do not close the event: the monitor flaps.
    pub damped_until: Option<Timestamp>,
    /// The certificate last seen.
    pub certificate: Option<CertificateWatch>,
    /// The registration last seen; states of earlier versions have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<DomainWatch>,
    /// Counts the alerts of the open event, so that each has a stable key.
    pub alert_count: u32,
    /// Whether there is something about the open event that people were not told.
    #[serde(default)]
    pub waits: bool,
    /// Results in a row that say that it is not well, since what kept the open event quiet is
    /// over.
    #[serde(default)]
    pub again: u8,
}

impl MonitorState {
    /// A monitor that was never checked.
    #[must_use]
    pub const fn new(at: Timestamp) -> Self {
        Self {
            health: Health::Pending,
            since: at,
            last: None,
            last_reason: None,
            streak: None,
            open_event: None,
            open_severity: None,
            turns: Vec::new(),
            damped_until: None,
            certificate: None,
            domain: None,
            alert_count: 0,
            waits: false,
            again: 0,
        }
    }

    /// What people are shown. Maintenance is not known here: it lies over this, see
    /// [`ShownStatus::Maintenance`].
    #[must_use]
    pub const fn shown(&self, paused: bool) -> ShownStatus {
        match (paused, self.health, self.last) {
            (true, ..) => ShownStatus::Paused,
            (false, _, Some(Status::Unknown)) => ShownStatus::Unknown,
            (false, Health::Pending, _) => ShownStatus::Pending,
            (false, Health::Up, _) => ShownStatus::Up,
            (false, Health::Degraded, _) => ShownStatus::Degraded,
            (false, Health::Down, _) => ShownStatus::Down,
        }
    }
}

/// The state of a monitor as people are shown it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ShownStatus {
    /// No believed result yet.
    Pending,
    /// All is well.
    Up,
    /// It answers, but worse than it should.
    Degraded,
    /// It fails.
    Down,
    /// The last result could not be trusted.
    Unknown,
    /// It rests.
    Paused,
    /// A maintenance window is open: what is seen is not told and does not count.
    Maintenance,
}

impl ShownStatus {
    /// Every status.
    pub const ALL: [Self; 7] = [
        Self::Pending,
        Self::Up,
        Self::Degraded,
        Self::Down,
        Self::Unknown,
        Self::Paused,
        Self::Maintenance,
    ];

    /// The text on the wire and in a store.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Up => "UP",
            Self::Degraded => "DEGRADED",
            Self::Down => "DOWN",
            Self::Unknown => "UNKNOWN",
            Self::Paused => "PAUSED",
            Self::Maintenance => "MAINTENANCE",
        }
    }
}

impl std::str::FromStr for ShownStatus {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|status| status.as_str() == text)
            .ok_or(())
    }
}

/// Whether a group's path is this one or lies below it.
#[must_use]
pub fn is_within(path: &str, group: &str) -> bool {
    path.strip_prefix(group)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// What is wrong with a group's path, if something is.
#[must_use]
pub fn group_fault(path: &str) -> Option<&'static str> {
    let mut levels = 0;
    for level in path.split('/') {
        levels += 1;
        if level.is_empty()
            || level.chars().count() > MAX_GROUP_LEVEL
            || level.chars().any(char::is_control)
            || level.trim() != level
        {
            return Some(
                "a group is a path such as \"shop/checkout\": levels of 1 to 50 characters with \
                 one slash between them, no control characters, no space around a level",
            );
        }
    }
    (levels > MAX_GROUP_LEVELS).then_some("a group has at most 4 levels")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_nest_by_whole_levels() {
        for (path, group, within) in [
            ("shop", "shop", true),
            ("shop/checkout", "shop", true),
            ("shop/checkout/card", "shop/checkout", true),
            ("shopping", "shop", false),
            ("shop", "shop/checkout", false),
            ("Shop/checkout", "shop", false),
        ] {
            assert_eq!(is_within(path, group), within, "{path} in {group}");
        }
        for good in ["a", "a/b/c/d", "Läden/Kasse 1"] {
            assert_eq!(group_fault(good), None, "{good}");
        }
        for bad in [
            "",
            "/a",
            "a/",
            "a//b",
            "a/ b",
            "a/b/c/d/e",
            "a\u{7}",
            &"x".repeat(51),
        ] {
            assert!(group_fault(bad).is_some(), "{bad}");
        }
    }
}
