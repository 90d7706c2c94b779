//! Maintenance windows: once, or again and again in somebody's own time zone. Pure.
//!
//! # Changes of the clocks
//! A window begins at a wall-clock time and lasts for its duration as a stopwatch has it: two hours
//! are two hours, whatever the clocks do meanwhile.
//!
//! - The hour that is skipped in spring: an occurrence that would begin in it begins as much later
//!   as the clocks go forward. 02:30 in Berlin is 03:30 on that day.
//! - The hour that comes twice in autumn: an occurrence that begins in it begins once, the first
//!   time.
//!
//! For weekdays and a time this holds always. A cron expression with fixed hours and minutes begins
//! at the first moment after the skipped hour instead, and one with wildcards in them counts each
//! hour that there is.

use crate::{
    error::FieldError,
    id::{AccountId, MaintenanceId},
    selection::Selection,
};
use jiff::{SignedDuration, Timestamp, ToSpan, civil, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// The longest window that comes once: 366 days.
pub const MAX_ONCE: SignedDuration = SignedDuration::from_hours(366 * 24);
/// The longest occurrence of a window that recurs: seven days.
pub const MAX_MINUTES: u32 = 7 * 24 * 60;
/// The longest cron expression: bytes.
pub const MAX_CRON: usize = 100;
/// How many occurrences that touch are followed to find the end of them all.
const MERGED: usize = 64;
/// How many stretches of time are looked through before the next one is given up.
const SEARCHED: usize = 64;
/// A year and a day: where a weekday does not come within it, it never does.
const DAYS_SEARCHED: usize = 367;

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the names of the days say it")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// From Monday to Sunday.
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];

    const fn of(day: civil::Weekday) -> Self {
        match day {
            civil::Weekday::Monday => Self::Monday,
            civil::Weekday::Tuesday => Self::Tuesday,
            civil::Weekday::Wednesday => Self::Wednesday,
            civil::Weekday::Thursday => Self::Thursday,
            civil::Weekday::Friday => Self::Friday,
            civil::Weekday::Saturday => Self::Saturday,
            civil::Weekday::Sunday => Self::Sunday,
        }
    }
}

/// When the occurrences of a window begin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Beginnings {
    /// At this time of these days.
    Weekly {
        /// The days, in order.
        weekdays: Vec<Weekday>,
        /// The time of the day, to the minute.
        time: civil::Time,
    },
    /// As a cron expression of five fields has it.
    Cron(String),
}

/// A window that comes again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recurrence {
    /// When its occurrences begin.
    pub beginnings: Beginnings,
    /// How long each lasts.
    pub minutes: u32,
    /// The IANA name of the time zone in which they begin.
    pub time_zone: String,
    /// Nothing of it lies before this.
    pub from: Option<Timestamp>,
    /// Nothing of it lies after this.
    pub until: Option<Timestamp>,
}

/// When a window is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Schedule {
    /// One stretch of time.
    Once {
        /// Its start.
        starts_at: Timestamp,
        /// Its end.
        ends_at: Timestamp,
    },
    /// Many.
    Recurring(Recurrence),
}

/// A stretch of time, without its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// Its first moment.
    pub from: Timestamp,
    /// The first moment after it.
    pub until: Timestamp,
}

impl Span {
    pub(crate) fn holds(&self, at: Timestamp) -> bool {
        self.from <= at && at < self.until
    }
}

/// A maintenance window. Checks go on; what they see is not told and does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// Its id.
    pub id: MaintenanceId,
    /// Whose it is.
    pub account: AccountId,
    /// What people call it.
    pub name: String,
    /// About which monitors.
    pub covers: Selection,
    /// When it is open.
    pub schedule: Schedule,
    /// What is left out of it, because somebody ended an occurrence early.
    pub cut: Option<Span>,
    /// Counts its changes.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// A window as it is at one moment, so that its schedule is read once for many questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// Which window.
    pub id: MaintenanceId,
    /// About which monitors.
    pub covers: Selection,
    /// The stretch of time in which it is open at that moment, or else the next one.
    pub span: Span,
}

impl Opening {
    /// What these windows are at `now`, without those that do not open again.
    #[must_use]
    pub fn of(windows: Vec<Window>, now: Timestamp) -> Vec<Self> {
        let opening = |window: Window| {
            let span = window.span(now)?;
            Some(Self {
                id: window.id,
                covers: window.covers,
                span,
            })
        };
        windows.into_iter().filter_map(opening).collect()
    }
}

impl Window {
    /// Whether it is open at `now`.
    #[must_use]
    pub fn active(&self, now: Timestamp) -> bool {
        self.span(now).is_some_and(|span| span.holds(now))
    }

    /// The next time after `now` at which it opens or closes; none when it does neither again.
    /// Where more than 64 occurrences touch, a time at which it is still open.
    #[must_use]
    pub fn next_change(&self, now: Timestamp) -> Option<Timestamp> {
        self.span(now).map(|span| {
            if span.holds(now) {
                span.until
            } else {
                span.from
            }
        })
    }

    /// The stretch of time in which it is open at `now`, or else the next one.
    ///
    /// A schedule that this version cannot read opens nothing.
    #[must_use]
    pub fn span(&self, now: Timestamp) -> Option<Span> {
        let calendar = self.schedule.calendar().ok()?;
        let mut after = now;
        for _ in 0..SEARCHED {
            let span = calendar.span(after)?;
            let Some(cut) = self
                .cut
                .filter(|cut| cut.from < span.until && span.from < cut.until)
            else {
                return Some(span);
            };
            let pieces = [
                Span {
                    until: span.until.min(cut.from),
                    ..span
                },
                Span {
                    from: span.from.max(cut.until),
                    ..span
                },
            ];
            let left = pieces
                .into_iter()
                .find(|piece| piece.from < piece.until && piece.until > now);
            if left.is_some() {
                return left;
            }
            after = span.until;
        }
        None
    }

    /// When it is over for ever; none when it is not known to be.
    #[must_use]
    pub const fn over_at(&self) -> Option<Timestamp> {
        match &self.schedule {
            Schedule::Once { ends_at, .. } => Some(*ends_at),
            Schedule::Recurring(recurrence) => recurrence.until,
        }
    }
}

impl Schedule {
    /// Everything that is wrong with it; `now` tells where to begin to try it out.
    #[must_use]
    pub fn faults(&self, now: Timestamp) -> Vec<FieldError> {
        match self {
            Self::Once { starts_at, ends_at } => {
                let length = ends_at.duration_since(*starts_at);
                let fault = if !length.is_positive() {
                    "a window ends after it starts: give a later endsAt"
                } else if length > MAX_ONCE {
                    "a window lasts at most 366 days: make it shorter, or let it recur"
                } else {
                    return Vec::new();
                };
                vec![FieldError::new("/schedule/endsAt", fault)]
            }
            Self::Recurring(recurrence) => recurrence.faults(now),
        }
    }

    fn calendar(&self) -> Result<Calendar, FieldError> {
        Ok(match self {
            Self::Once { starts_at, ends_at } => Calendar::Once(Span {
                from: *starts_at,
                until: *ends_at,
            }),
            Self::Recurring(recurrence) => Calendar::Recurring(recurrence.calendar()?),
        })
    }
}

impl Recurrence {
    fn length(&self) -> SignedDuration {
        SignedDuration::from_mins(i64::from(self.minutes))
    }

    fn faults(&self, now: Timestamp) -> Vec<FieldError> {
        let mut wrong = Vec::new();
        if !(1..=MAX_MINUTES).contains(&self.minutes) {
            wrong.push(FieldError::new(
                "/schedule/durationMinutes",
                "an occurrence lasts 1 to 10080 minutes (7 days)",
            ));
        }
        if let (Some(from), Some(until)) = (self.from, self.until)
            && until <= from
        {
            wrong.push(FieldError::new(
                "/schedule/until",
                "a window ends after it starts: give a later until",
            ));
        }
        if let Beginnings::Weekly { weekdays, time } = &self.beginnings {
            if weekdays.is_empty() {
                wrong.push(FieldError::new(
                    "/schedule/weekdays",
                    "name at least one day, for example \"SUNDAY\"",
                ));
            }
            if time.second() != 0 || time.subsec_nanosecond() != 0 {
                wrong.push(FieldError::new(
                    "/schedule/time",
                    "a time of the day is given to the minute, for example \"02:30\"",
                ));
            }
        }
        match self.calendar() {
            Err(fault) => wrong.push(fault),
            Ok(_) if !wrong.is_empty() => {}
            Ok(calendar) => wrong.extend(calendar.silent().or_else(|| calendar.crowded(now))),
        }
        wrong
    }

    fn calendar(&self) -> Result<Recurring, FieldError> {
        let zone = TimeZone::get(&self.time_zone).map_err(|_| {
            FieldError::new(
                "/schedule/timeZone",
                "unknown time zone: use an IANA name, for example \"Europe/Berlin\"",
            )
        })?;
        let beginnings = match &self.beginnings {
            Beginnings::Weekly { weekdays, time } => Compiled::Weekly(weekdays.clone(), *time),
            Beginnings::Cron(pattern) => {
                let cron = (pattern.len() <= MAX_CRON)
                    .then(|| {
                        croner::parser::CronParser::builder()
                            .seconds(croner::parser::Seconds::Disallowed)
                            .year(croner::parser::Year::Disallowed)
                            .build()
                            .parse(pattern)
                            .ok()
                    })
                    .flatten();
                let cron = cron.ok_or_else(|| {
                    FieldError::new(
                        "/schedule/cron",
                        "not a cron expression of five fields: write for example \"0 2 * * SUN\"",
                    )
                })?;
                Compiled::Cron(Box::new(cron))
            }
        };
        Ok(Recurring {
            beginnings,
            zone,
            length: self.length(),
            from: self.from,
            until: self.until,
        })
    }
}

/// A schedule that was read.
enum Calendar {
    Once(Span),
    Recurring(Recurring),
}

impl Calendar {
    /// The first stretch that ends after `after`.
    fn span(&self, after: Timestamp) -> Option<Span> {
        match self {
            Self::Once(span) => Some(*span).filter(|span| span.until > after),
            Self::Recurring(recurring) => recurring.span(after),
        }
    }
}

enum Compiled {
    Weekly(Vec<Weekday>, civil::Time),
    Cron(Box<croner::Cron>),
}

struct Recurring {
    beginnings: Compiled,
    zone: TimeZone,
    length: SignedDuration,
    from: Option<Timestamp>,
    until: Option<Timestamp>,
}

impl Recurring {
    /// The first beginning strictly after this.
    fn begins_after(&self, after: Timestamp) -> Option<Timestamp> {
        match &self.beginnings {
            Compiled::Cron(cron) => cron
                .find_next_occurrence(&after.to_zoned(self.zone.clone()), false)
                .ok()
                .map(|next| next.timestamp()),
            Compiled::Weekly(weekdays, time) => {
                // From the day before: what begins in a skipped hour begins later, and at worst on
                // the next day.
                let first = after.to_zoned(self.zone.clone()).date().yesterday().ok()?;
                first
                    .series(1.day())
                    .take(DAYS_SEARCHED)
                    .filter(|day| weekdays.contains(&Weekday::of(day.weekday())))
                    .filter_map(|day| {
                        // "Compatible" is what RFC 5545 asks for: later over a gap, the first one
                        // of two.
                        let ambiguous = self.zone.to_ambiguous_zoned(day.to_datetime(*time));
                        ambiguous.compatible().ok().map(|start| start.timestamp())
                    })
                    .find(|start| *start > after)
            }
        }
    }

    fn ends(&self, start: Timestamp) -> Timestamp {
        start.checked_add(self.length).unwrap_or(Timestamp::MAX)
    }

    fn span(&self, after: Timestamp) -> Option<Span> {
        let after = self.from.map_or(after, |from| {
            // What ends at `from` is not part of it.
            after.max(from)
        });
        let mut start = self.begins_after(after.checked_sub(self.length).ok()?)?;
        let mut span = Span {
            from: start,
            until: self.ends(start),
        };
        for _ in 0..MERGED {
            match self.begins_after(start) {
                Some(next) if next <= span.until => {
                    start = next;
                    span.until = span.until.max(self.ends(next));
                }
                _ => break,
            }
        }
        if let Some(from) = self.from {
            span.from = span.from.max(from);
        }
        if let Some(until) = self.until {
            span.until = span.until.min(until);
        }
        Some(span).filter(|span| span.from < span.until && span.until > after)
    }

    /// Whether it never fires. That takes a cron expression years of days to find out: it is asked
    /// when the window is made, and not again.
    fn silent(&self) -> Option<FieldError> {
        // Any fixed moment does: an expression that fires once fires in the years after it.
        let is_cron = matches!(self.beginnings, Compiled::Cron(_));
        (is_cron && self.begins_after(Timestamp::UNIX_EPOCH).is_none()).then(|| {
            FieldError::new(
                "/schedule/cron",
                "this cron expression never fires: name a day that exists",
            )
        })
    }

    /// Whether more than two occurrences overlap: such a window is one that is always open, in a
    /// shape that takes long to read. Two may, where the clocks go forward.
    fn crowded(&self, now: Timestamp) -> Option<FieldError> {
        let mut starts = Vec::new();
        let mut after = now;
        while starts.len() < MERGED {
            let Some(next) = self.begins_after(after) else {
                break;
            };
            starts.push(next);
            after = next;
        }
        let overlap = starts
            .iter()
            .zip(starts.iter().skip(2))
            .any(|(first, third)| *third < self.ends(*first));
        overlap.then(|| {
            FieldError::new(
                "/schedule/durationMinutes",
                "an occurrence lasts beyond the next two: make it shorter, or let it begin less \
                 often",
            )
        })
    }
}

#[cfg(test)]
mod tests;
