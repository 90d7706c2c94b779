//! The schedule of a maintenance window, as the API takes and shows it.

use crate::layer::{extract, strict};
use jiff::{Timestamp, civil};
use monitorah_core::{
    FieldError,
    maintenance::{Beginnings, Recurrence, Schedule, Weekday},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// One stretch of time.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Once {
    #[serde(deserialize_with = "extract::moment")]
    starts_at: Timestamp,
    #[serde(deserialize_with = "extract::moment")]
    ends_at: Timestamp,
}

/// Many stretches of time.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Recurring {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cron: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    weekdays: Option<Vec<Weekday>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    time: Option<String>,
    duration_minutes: u32,
    time_zone: String,
    #[serde(
        default,
        deserialize_with = "extract::moment_or_none",
        skip_serializing_if = "Option::is_none"
    )]
    from: Option<Timestamp>,
    #[serde(
        default,
        deserialize_with = "extract::moment_or_none",
        skip_serializing_if = "Option::is_none"
    )]
    until: Option<Timestamp>,
}

/// When a maintenance window is open: once, or again and again.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(dead_code, reason = "names the fields in the specification")]
pub(crate) enum MaintenanceSchedule {
    /// One stretch of time.
    #[serde(rename_all = "camelCase")]
    Once {
        /// Its start.
        starts_at: Timestamp,
        /// Its end: at most 366 days later.
        ends_at: Timestamp,
    },
    /// Again and again: at a time of some weekdays, or as a cron expression has it.
    #[serde(rename_all = "camelCase")]
    Recurring {
        /// A cron expression of five fields, instead of `weekdays` and `time`.
        #[schema(max_length = 100)]
        cron: Option<String>,
        /// The days on which it begins.
        #[schema(min_items = 1, max_items = 7)]
        weekdays: Option<Vec<Day>>,
        /// The time of the day at which it begins.
        #[schema(pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$")]
        time: Option<String>,
        /// How long it lasts each time, by a stopwatch: minutes.
        #[schema(minimum = 1, maximum = 10_080)]
        duration_minutes: u32,
        /// The IANA name of the time zone of its times.
        #[schema(max_length = 100)]
        time_zone: String,
        /// Nothing of it lies before this.
        from: Option<Timestamp>,
        /// Nothing of it lies after this.
        until: Option<Timestamp>,
    },
}

/// A day of the week.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schema(as = Weekday)]
#[expect(dead_code, reason = "names the values in the specification")]
pub(crate) enum Day {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// Reads a schedule by its type, so that what is wrong is said with its place.
pub(super) fn read(mut schedule: Value, wrong: &mut Vec<FieldError>) -> Option<Schedule> {
    let kind = schedule
        .as_object_mut()
        .and_then(|schedule| schedule.remove("type"));
    match kind.as_ref().and_then(Value::as_str) {
        Some("ONCE") => {
            let Once { starts_at, ends_at } = fields(schedule, wrong)?;
            Some(Schedule::Once { starts_at, ends_at })
        }
        Some("RECURRING") => {
            let recurring: Recurring = fields(schedule, wrong)?;
            Some(Schedule::Recurring(Recurrence {
                beginnings: beginnings(&recurring, wrong)?,
                minutes: recurring.duration_minutes,
                time_zone: recurring.time_zone,
                from: recurring.from,
                until: recurring.until,
            }))
        }
        _ => {
            wrong.push(FieldError::new(
                "/schedule/type",
                "a schedule has the type \"ONCE\" with startsAt and endsAt, or \"RECURRING\"",
            ));
            None
        }
    }
}

fn fields<T: DeserializeOwned>(value: Value, wrong: &mut Vec<FieldError>) -> Option<T> {
    strict::read(value, "/schedule")
        .map_err(|fault| wrong.push(fault))
        .ok()
}

fn beginnings(recurring: &Recurring, wrong: &mut Vec<FieldError>) -> Option<Beginnings> {
    let mut refuse = |pointer: &str, message: &str| {
        wrong.push(FieldError::new(pointer, message));
        None
    };
    match (&recurring.cron, &recurring.weekdays, &recurring.time) {
        (Some(cron), None, None) => Some(Beginnings::Cron(cron.clone())),
        (Some(_), ..) => refuse(
            "/schedule/cron",
            "give either cron, or weekdays and time, not both",
        ),
        (None, Some(days), Some(time)) => {
            let mut weekdays = days.clone();
            weekdays.sort_unstable();
            weekdays.dedup();
            match civil::Time::strptime("%H:%M", time) {
                Ok(time) => Some(Beginnings::Weekly { weekdays, time }),
                Err(_) => refuse(
                    "/schedule/time",
                    "not a time of the day: write hours and minutes, for example \"02:30\"",
                ),
            }
        }
        (None, None, None) => refuse(
            "/schedule/weekdays",
            "say when it begins: give weekdays and time, or cron",
        ),
        (None, None, _) => refuse(
            "/schedule/weekdays",
            "give the weekdays as well, for example [\"SATURDAY\", \"SUNDAY\"]",
        ),
        (None, _, None) => refuse(
            "/schedule/time",
            "give the time of the day as well, for example \"02:30\"",
        ),
    }
}

/// A schedule as it is shown, and as a merge patch applies to it.
pub(super) fn show(schedule: &Schedule) -> Value {
    let (kind, fields) = match schedule {
        Schedule::Once { starts_at, ends_at } => {
            let once = Once {
                starts_at: *starts_at,
                ends_at: *ends_at,
            };
            ("ONCE", serde_json::to_value(once))
        }
        Schedule::Recurring(recurrence) => {
            let (cron, weekdays, time) = match &recurrence.beginnings {
                Beginnings::Cron(cron) => (Some(cron.clone()), None, None),
                Beginnings::Weekly { weekdays, time } => (
                    None,
                    Some(weekdays.clone()),
                    Some(time.strftime("%H:%M").to_string()),
                ),
            };
            let recurring = Recurring {
                cron,
                weekdays,
                time,
                duration_minutes: recurrence.minutes,
                time_zone: recurrence.time_zone.clone(),
                from: recurrence.from,
                until: recurrence.until,
            };
            ("RECURRING", serde_json::to_value(recurring))
        }
    };
    let mut shown = fields.unwrap_or_default();
    if let Some(shown) = shown.as_object_mut() {
        shown.insert("type".to_owned(), json!(kind));
    }
    shown
}
