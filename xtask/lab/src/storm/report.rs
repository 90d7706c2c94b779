//! What came of a storm: what people got, and how late checks were.

use super::{Sky, Weather, locked};
use serde_json::{Value, json};
use std::{collections::BTreeSet, time::Duration};

/// In which at most one grouped message goes to a channel.
const MINUTE: Duration = Duration::from_secs(60);
/// How much the gap between two grouped messages may be measured too short: each is timed when it
/// has arrived.
const SLACK: Duration = Duration::from_millis(500);

/// How late checks began: how many were at most so late, cumulative.
#[derive(Debug, Clone, Default)]
pub(super) struct Lag(Vec<(f64, f64)>);

impl Lag {
    pub(super) fn of(text: &str) -> Self {
        let buckets = text.lines().filter_map(|line| {
            let rest = line.strip_prefix("monitorah_engine_check_lag_seconds_bucket{le=\"")?;
            let (bound, count) = rest.split_once("\"} ")?;
            let bound = bound.parse().unwrap_or(f64::INFINITY);
            Some((bound, count.trim().parse().ok()?))
        });
        Self(buckets.collect())
    }

    /// The 99th percentile of what came since, in seconds: linear within its bucket.
    pub(super) fn p99_since(&self, before: &Self) -> f64 {
        let counts: Vec<_> = self
            .0
            .iter()
            .enumerate()
            .map(|(place, (bound, count))| {
                (
                    *bound,
                    count - before.0.get(place).map_or(0.0, |(_, count)| *count),
                )
            })
            .collect();
        let wanted = counts.last().map_or(0.0, |(_, count)| count * 0.99);
        let (mut lower, mut below) = (0.0, 0.0);
        for (bound, count) in counts {
            if count >= wanted {
                let within = if count > below {
                    (wanted - below) / (count - below)
                } else {
                    0.0
                };
                return if bound.is_finite() {
                    lower + (bound - lower) * within
                } else {
                    bound
                };
            }
            (lower, below) = (bound, count);
        }
        f64::INFINITY
    }
}

/// What is judged.
#[derive(Debug)]
pub(super) struct Report {
    pub(super) monitors: u64,
    /// How long it took until everything was told.
    pub(super) seconds: u64,
    /// The 99th percentile of lag: milliseconds.
    pub(super) control: f64,
    pub(super) storm: f64,
    /// The most memory of the server: bytes.
    pub(super) memory: u64,
    pub(super) events: BTreeSet<String>,
    pub(super) delivered: BTreeSet<String>,
    pub(super) waiting: usize,
    pub(super) dead: usize,
}

/// One line of the result.
#[derive(Debug)]
pub(super) struct Line {
    what: &'static str,
    found: String,
    pub(super) passes: bool,
}

impl Line {
    pub(super) fn text(&self) -> String {
        let verdict = if self.passes { "pass" } else { "FAIL" };
        format!("{verdict}  {}: {}", self.what, self.found)
    }

    pub(super) fn json(&self) -> Value {
        json!({"what": self.what, "found": self.found, "passes": self.passes})
    }
}

impl Report {
    /// The line of figures of the long runs' page.
    pub(super) fn figures(&self, sky: &Sky, weather: Weather, minutes: u64) -> String {
        let told = Told::of(sky, weather);
        format!(
            "stormed: {} monitors, {minutes} minutes, {} events, {} messages, {} grouped, \
             {:.1} s between two, {} at the return, {} not named, {:.2} ms control, \
             {:.2} ms storm, {} MiB",
            self.monitors,
            self.events.len(),
            told.messages,
            told.grouped,
            told.shortest.unwrap_or_default().as_secs_f64(),
            told.digests,
            self.events.difference(&told.named).count(),
            self.control,
            self.storm,
            self.memory / 1024 / 1024,
        )
    }

    pub(super) fn judge(&self, sky: &Sky, weather: Weather) -> Vec<Line> {
        let told = Told::of(sky, weather);
        let line = |what, passes, found| Line {
            what,
            found,
            passes,
        };
        vec![
            line(
                "the storm was one: events",
                u64::try_from(self.events.len()).is_ok_and(|events| events >= self.monitors),
                self.events.len().to_string(),
            ),
            line(
                "at most one grouped message a minute: the shortest time between two, of so many",
                told.grouped > 1 && told.shortest.is_some_and(|gap| gap + SLACK >= MINUTE),
                format!(
                    "{:.1} s, {}",
                    told.shortest.unwrap_or_default().as_secs_f64(),
                    told.grouped
                ),
            ),
            line(
                "one digest when the receiver is back: messages in the minute from the first on; alerts in it; seconds after the return; tries before",
                told.digests == 1 && told.first_is_grouped,
                format!(
                    "{}; {}; {:.0}; {}",
                    told.digests,
                    told.in_first,
                    told.first_after.as_secs_f64(),
                    told.tries
                ),
            ),
            line(
                "every event is named in a message: not named",
                self.events.is_subset(&told.named),
                self.events.difference(&told.named).count().to_string(),
            ),
            line(
                "every notification was told: delivered, not told, told twice, waiting, dead",
                self.delivered == told.once
                    && told.twice == 0
                    && self.waiting == 0
                    && self.dead == 0,
                format!(
                    "{}, {}, {}, {}, {}",
                    self.delivered.len(),
                    self.delivered.difference(&told.once).count(),
                    told.twice,
                    self.waiting,
                    self.dead
                ),
            ),
            line(
                "lag p99 of checks within twice the control: control and storm in ms",
                self.storm <= 2.0 * self.control,
                format!("{:.2}, {:.2}", self.control, self.storm),
            ),
            line(
                "memory of the server at most: MiB; seconds until all was told",
                true,
                format!("{}; {}", self.memory / 1024 / 1024, self.seconds),
            ),
        ]
    }
}

/// What people got.
struct Told {
    messages: usize,
    grouped: usize,
    /// The shortest time between two grouped messages.
    shortest: Option<Duration>,
    /// The notifications that were told, and how many of them again.
    once: BTreeSet<String>,
    twice: usize,
    /// The events that are named in a message.
    named: BTreeSet<String>,
    /// Messages in the minute from the first after the return on.
    digests: usize,
    first_is_grouped: bool,
    /// How many notifications were in that first message.
    in_first: usize,
    /// How long after the return it came.
    first_after: Duration,
    /// How often somebody tried while nobody listened.
    tries: usize,
}

impl Told {
    fn of(sky: &Sky, weather: Weather) -> Self {
        let taken = locked(&sky.taken);
        let grouped: Vec<_> = taken
            .iter()
            .filter(|one| one.grouped)
            .map(|one| one.at)
            .collect();
        let gaps = grouped.iter().zip(grouped.iter().skip(1));
        let told: Vec<_> = taken.iter().flat_map(|one| &one.ids).collect();
        let once: BTreeSet<_> = told.iter().copied().cloned().collect();
        let back = weather.away.map_or(Duration::ZERO, |(_, back)| back);
        let after: Vec<_> = taken.iter().filter(|one| one.at >= back).collect();
        let first = after.first().map_or(back, |one| one.at);
        Self {
            messages: taken.len(),
            grouped: grouped.len(),
            shortest: gaps.map(|(one, next)| next.saturating_sub(*one)).min(),
            twice: told.len() - once.len(),
            once,
            named: taken.iter().flat_map(|one| &one.events).cloned().collect(),
            digests: after.iter().filter(|one| one.at < first + MINUTE).count(),
            first_is_grouped: after.first().is_some_and(|one| one.grouped),
            in_first: after.first().map_or(0, |one| one.ids.len()),
            first_after: first.saturating_sub(back),
            tries: locked(&sky.tries).len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_percentile_is_of_what_came_since() {
        let text = |counts: [u32; 3]| {
            let [one, two, all] = counts;
            format!(
                "monitorah_engine_check_lag_seconds_bucket{{le=\"0.001\"}} {one}\n\
                 monitorah_engine_check_lag_seconds_bucket{{le=\"0.002\"}} {two}\n\
                 monitorah_engine_check_lag_seconds_bucket{{le=\"+Inf\"}} {all}\n"
            )
        };
        let (before, after) = (Lag::of(&text([10, 10, 10])), Lag::of(&text([60, 110, 110])));
        let p99 = after.p99_since(&before);
        assert!((p99 - 0.001_98).abs() < 1e-9, "{p99}");
        let late = Lag::of(&text([10, 10, 1_000]));
        assert!(late.p99_since(&before).is_infinite());
    }
}
