//! How values are stored: ids as bytes, times and durations as microseconds, lists as JSON.

use jiff::Timestamp;
use monitorah_core::{Severity, Status, StoreError, StoreErrorKind, StoreResult};
use serde::{Serialize, de::DeserializeOwned};
use std::{str::FromStr, time::Duration};

/// What was read cannot be understood.
pub(crate) fn corrupt(what: &str) -> StoreError {
    StoreError::new(
        StoreErrorKind::Corrupt,
        format!("the stored {what} cannot be understood"),
    )
}

/// An id, hash or token of `N` bytes.
pub(crate) fn bytes<const N: usize>(stored: &[u8], what: &str) -> StoreResult<[u8; N]> {
    stored.try_into().map_err(|_| corrupt(what))
}

/// A time that was stored.
pub(crate) fn time(micros: i64) -> StoreResult<Timestamp> {
    Timestamp::from_microsecond(micros).map_err(|_| corrupt("time"))
}

/// A time that was stored, if one was.
pub(crate) fn time_or_none(micros: Option<i64>) -> StoreResult<Option<Timestamp>> {
    micros.map(time).transpose()
}

/// A duration as it is stored.
pub(crate) fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

/// A duration that was stored.
pub(crate) fn duration(micros: i64) -> StoreResult<Duration> {
    u64::try_from(micros)
        .map(Duration::from_micros)
        .map_err(|_| corrupt("duration"))
}

/// A small number that was stored.
pub(crate) fn number<T: TryFrom<i64>>(stored: i64, what: &str) -> StoreResult<T> {
    T::try_from(stored).map_err(|_| corrupt(what))
}

/// A word of a closed list that was stored.
pub(crate) fn word<T: FromStr>(stored: &str, what: &str) -> StoreResult<T> {
    stored.parse().map_err(|_| corrupt(what))
}

/// A set of words of a closed kind that a query joined with commas: in their order.
pub(crate) fn words<T: FromStr + Ord>(joined: Option<&str>, what: &str) -> StoreResult<Vec<T>> {
    let mut words = joined
        .into_iter()
        .flat_map(|joined| joined.split(','))
        .map(|stored| word(stored, what))
        .collect::<StoreResult<Vec<_>>>()?;
    words.sort_unstable();
    Ok(words)
}

/// A pattern of LIKE, with `\` as its escape, for what holds this text.
pub(crate) fn holds(text: &str) -> String {
    let mut pattern = String::from("%");
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

/// A value as JSON.
pub(crate) fn to_json<T: Serialize>(value: &T) -> StoreResult<String> {
    serde_json::to_string(value).map_err(|error| {
        StoreError::new(StoreErrorKind::Internal, "a value has no JSON form").because(error)
    })
}

/// A value that was stored as JSON.
pub(crate) fn from_json<T: DeserializeOwned>(stored: &str, what: &str) -> StoreResult<T> {
    serde_json::from_str(stored).map_err(|_| corrupt(what))
}

/// The text of a status.
pub(crate) const fn status_text(status: Status) -> &'static str {
    match status {
        Status::Up => "UP",
        Status::Degraded => "DEGRADED",
        Status::Down => "DOWN",
        Status::Unknown => "UNKNOWN",
    }
}

/// A status that was stored.
pub(crate) fn status(stored: &str) -> StoreResult<Status> {
    [Status::Up, Status::Degraded, Status::Down, Status::Unknown]
        .into_iter()
        .find(|status| status_text(*status) == stored)
        .ok_or_else(|| corrupt("status"))
}

/// The text of a severity.
pub(crate) const fn severity_text(severity: Severity) -> &'static str {
    match severity {
        Severity::Degraded => "DEGRADED",
        Severity::Down => "DOWN",
    }
}

/// A severity that was stored.
pub(crate) fn severity(stored: &str) -> StoreResult<Severity> {
    [Severity::Degraded, Severity::Down]
        .into_iter()
        .find(|severity| severity_text(*severity) == stored)
        .ok_or_else(|| corrupt("severity"))
}
