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
    fn holds(&self, at: Timestamp) -> bool {
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
            Ok(calendar) => wrong.extend(calendar.crowded(now)),
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
        let calendar = Recurring {
            beginnings,
            zone,
            length: self.length(),
            from: self.from,
            until: self.until,
        };
        // Any fixed moment does: an expression that fires once fires in the years after it.
        if matches!(self.beginnings, Beginnings::Cron(_))
            && calendar.begins_after(Timestamp::UNIX_EPOCH).is_none()
        {
            return Err(FieldError::new(
                "/schedule/cron",
                "this cron expression never fires: name a day that exists",
            ));
        }
        Ok(calendar)
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
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn window(schedule: Schedule) -> Window {
        Window {
            id: MaintenanceId::from_bytes([1; 16]),
            account: AccountId::from_bytes([2; 16]),
            name: "patches".into(),
            covers: Selection::All,
            schedule,
            cut: None,
            version: 1,
            created_at: Timestamp::UNIX_EPOCH,
            updated_at: Timestamp::UNIX_EPOCH,
        }
    }

    fn recurring(beginnings: Beginnings, minutes: u32, zone: &str) -> Recurrence {
        Recurrence {
            beginnings,
            minutes,
            time_zone: zone.into(),
            from: None,
            until: None,
        }
    }

    fn weekly(weekdays: &[Weekday], time: &str, minutes: u32, zone: &str) -> Window {
        let beginnings = Beginnings::Weekly {
            weekdays: weekdays.to_vec(),
            time: time.parse().unwrap(),
        };
        window(Schedule::Recurring(recurring(beginnings, minutes, zone)))
    }

    fn cron(pattern: &str, minutes: u32, zone: &str) -> Window {
        let beginnings = Beginnings::Cron(pattern.into());
        window(Schedule::Recurring(recurring(beginnings, minutes, zone)))
    }

    /// The stretches that touch `[from, until)`.
    fn spans(window: &Window, from: &str, until: &str) -> Vec<(String, String)> {
        let (mut now, until) = (at(from), at(until));
        let mut spans = Vec::new();
        while let Some(span) = window.span(now).filter(|span| span.from < until) {
            spans.push((span.from.to_string(), span.until.to_string()));
            now = span.until;
        }
        spans
    }

    fn span(from: &str, until: &str) -> (String, String) {
        (at(from).to_string(), at(until).to_string())
    }

    #[test]
    fn once_is_open_from_its_start_and_shut_at_its_end() {
        let once = window(Schedule::Once {
            starts_at: at("2026-03-01T10:00:00Z"),
            ends_at: at("2026-03-01T12:00:00Z"),
        });
        for (now, active, next) in [
            ("2026-03-01T09:59:59Z", false, Some("2026-03-01T10:00:00Z")),
            ("2026-03-01T10:00:00Z", true, Some("2026-03-01T12:00:00Z")),
            ("2026-03-01T11:59:59Z", true, Some("2026-03-01T12:00:00Z")),
            ("2026-03-01T12:00:00Z", false, None),
        ] {
            assert_eq!(once.active(at(now)), active, "{now}");
            assert_eq!(once.next_change(at(now)), next.map(at), "{now}");
        }
    }

    /// Berlin skips 02:00 to 03:00 on 29 March 2026, and has it twice on 25 October.
    #[test]
    fn the_skipped_and_the_doubled_hour() {
        let berlin = weekly(&Weekday::ALL, "02:30", 60, "Europe/Berlin");
        assert_eq!(
            spans(&berlin, "2026-03-28T00:00:00Z", "2026-03-31T00:00:00Z"),
            [
                span("2026-03-28T01:30:00Z", "2026-03-28T02:30:00Z"),
                // 02:30 is not there: 03:30 summer time.
                span("2026-03-29T01:30:00Z", "2026-03-29T02:30:00Z"),
                span("2026-03-30T00:30:00Z", "2026-03-30T01:30:00Z"),
            ]
        );
        assert_eq!(
            spans(&berlin, "2026-10-24T00:00:00Z", "2026-10-27T00:00:00Z"),
            [
                span("2026-10-24T00:30:00Z", "2026-10-24T01:30:00Z"),
                // The first 02:30 of two, in summer time; once.
                span("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"),
                span("2026-10-26T01:30:00Z", "2026-10-26T02:30:00Z"),
            ]
        );
        // Over the change a window keeps its length, not its wall-clock end.
        let long = weekly(&[Weekday::Sunday], "01:00", 180, "Europe/Berlin");
        assert_eq!(
            spans(&long, "2026-03-29T00:00:00Z", "2026-03-30T00:00:00Z"),
            [span("2026-03-29T00:00:00Z", "2026-03-29T03:00:00Z")]
        );
        // Half an hour is skipped on Lord Howe Island on 4 October 2026: 02:15 is 02:45.
        let howe = weekly(&[Weekday::Sunday], "02:15", 10, "Australia/Lord_Howe");
        assert_eq!(
            spans(&howe, "2026-10-03T00:00:00Z", "2026-10-05T00:00:00Z"),
            [span("2026-10-03T15:45:00Z", "2026-10-03T15:55:00Z")]
        );
    }

    #[test]
    fn cron_over_the_change_of_the_clocks() {
        let fixed = cron("30 2 * * *", 60, "Europe/Berlin");
        let begins = |window: &Window, from: &str, until: &str| {
            spans(window, from, until)
                .into_iter()
                .map(|(from, _)| from)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            begins(&fixed, "2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z"),
            ["2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"],
            "at the first moment after the skipped hour"
        );
        assert_eq!(
            begins(&fixed, "2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z"),
            ["2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"],
            "the first 02:30 of two"
        );
        let hourly = cron("15 * * * *", 5, "Europe/Berlin");
        assert_eq!(
            begins(&hourly, "2026-10-25T00:00:00Z", "2026-10-25T03:00:00Z"),
            [
                "2026-10-25T00:15:00Z",
                "2026-10-25T01:15:00Z",
                "2026-10-25T02:15:00Z"
            ],
            "every hour that there is"
        );
    }

    #[test]
    fn a_recurrence_lies_between_its_limits_and_a_cut_takes_out_the_rest() {
        let mut daily = weekly(&Weekday::ALL, "22:00", 240, "UTC");
        if let Schedule::Recurring(recurrence) = &mut daily.schedule {
            recurrence.from = Some(at("2026-05-02T00:00:00Z"));
            recurrence.until = Some(at("2026-05-03T23:00:00Z"));
        }
        assert_eq!(
            spans(&daily, "2026-04-01T00:00:00Z", "2026-06-01T00:00:00Z"),
            [
                // What began the day before is cut at the limit, and so is the end.
                span("2026-05-02T00:00:00Z", "2026-05-02T02:00:00Z"),
                span("2026-05-02T22:00:00Z", "2026-05-03T02:00:00Z"),
                span("2026-05-03T22:00:00Z", "2026-05-03T23:00:00Z"),
            ]
        );
        daily.cut = Some(Span {
            from: at("2026-05-02T22:30:00Z"),
            until: at("2026-05-03T02:00:00Z"),
        });
        assert_eq!(
            spans(&daily, "2026-05-02T20:00:00Z", "2026-06-01T00:00:00Z"),
            [
                span("2026-05-02T22:00:00Z", "2026-05-02T22:30:00Z"),
                span("2026-05-03T22:00:00Z", "2026-05-03T23:00:00Z"),
            ]
        );
        assert!(!daily.active(at("2026-05-02T22:30:00Z")));
    }

    #[test]
    fn occurrences_that_touch_are_one_stretch() {
        let weekend = weekly(&[Weekday::Saturday, Weekday::Sunday], "00:00", 1_440, "UTC");
        assert_eq!(
            spans(&weekend, "2026-05-01T00:00:00Z", "2026-05-08T00:00:00Z"),
            [span("2026-05-02T00:00:00Z", "2026-05-04T00:00:00Z")]
        );
    }

    #[test]
    fn what_is_wrong_is_named() {
        let now = at("2026-05-01T00:00:00Z");
        let faults = |window: &Window| {
            window
                .schedule
                .faults(now)
                .into_iter()
                .map(|fault| fault.pointer)
                .collect::<Vec<_>>()
        };
        let good = [
            weekly(&Weekday::ALL, "00:00", 1_440, "Europe/Berlin"),
            cron("0 2 * * SUN", 120, "America/New_York"),
            cron("0 0 29 2 *", 60, "UTC"),
        ];
        for window in good {
            assert!(faults(&window).is_empty(), "{window:?}");
        }
        for (window, pointer) in [
            (weekly(&[], "02:00", 60, "UTC"), "/schedule/weekdays"),
            (
                weekly(&Weekday::ALL, "02:00:30", 60, "UTC"),
                "/schedule/time",
            ),
            (
                weekly(&Weekday::ALL, "02:00", 0, "UTC"),
                "/schedule/durationMinutes",
            ),
            (
                weekly(&Weekday::ALL, "02:00", 10_081, "UTC"),
                "/schedule/durationMinutes",
            ),
            (
                weekly(&Weekday::ALL, "02:00", 60, "Europe/Berln"),
                "/schedule/timeZone",
            ),
            (cron("every sunday", 60, "UTC"), "/schedule/cron"),
            (cron("0 0 2 * * SUN", 60, "UTC"), "/schedule/cron"),
            (cron("0 0 31 2 *", 60, "UTC"), "/schedule/cron"),
            (cron("* * * * *", 60, "UTC"), "/schedule/durationMinutes"),
            (
                weekly(&Weekday::ALL, "02:00", 4_000, "UTC"),
                "/schedule/durationMinutes",
            ),
        ] {
            assert_eq!(faults(&window), [pointer], "{window:?}");
        }
    }

    const ZONES: [&str; 6] = [
        "UTC",
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "America/St_Johns",
        "Pacific/Apia",
    ];

    proptest::proptest! {
        /// `next_change` is the first moment at which `active` is another one, and a weekly window
        /// opens once for each of its days with its full length.
        #[test]
        fn changes_are_where_activity_changes(
            zone in 0_usize..6, hour in 0_i8..24, minute in 0_i8..60, days in 1_u8..128,
            minutes in 1_u32..1_440, offset in 0_i64..(366 * 86_400),
        ) {
            let weekdays: Vec<_> = Weekday::ALL.into_iter().enumerate()
                .filter(|(index, _)| days & (1 << index) != 0).map(|(_, day)| day).collect();
            let time = civil::time(hour, minute, 0, 0);
            let beginnings = Beginnings::Weekly { weekdays: weekdays.clone(), time };
            let window =
                window(Schedule::Recurring(recurring(beginnings, minutes, ZONES[zone])));
            let now = Timestamp::from_second(1_767_225_600 + offset).unwrap();
            let active = window.active(now);
            let change = window.next_change(now).unwrap();
            proptest::prop_assert!(change > now);
            proptest::prop_assert_eq!(window.active(change), !active);
            let nearly = change.checked_sub(SignedDuration::from_micros(1)).unwrap();
            proptest::prop_assert_eq!(window.active(nearly), active);
            // Nothing changes in between: tried at some moments.
            for part in 1..8 {
                let step = change.duration_since(now).as_micros() / 8 * part;
                let moment = now.checked_add(
                    SignedDuration::from_micros(i64::try_from(step).unwrap())).unwrap();
                proptest::prop_assert_eq!(window.active(moment), active);
            }
            // The oracle: the wall clock of the zone, day by day.
            let zoned = now.to_zoned(TimeZone::get(ZONES[zone]).unwrap());
            let open = (-2_i32..=1).any(|day| {
                let date = zoned.date().checked_add(day.days()).unwrap();
                let begin = zoned.time_zone().to_ambiguous_zoned(date.to_datetime(time))
                    .compatible().unwrap().timestamp();
                let end = begin.checked_add(SignedDuration::from_mins(i64::from(minutes))).unwrap();
                weekdays.contains(&Weekday::of(date.weekday())) && begin <= now && now < end
            });
            proptest::prop_assert_eq!(active, open);
        }
    }
}
