//! Uptime arithmetic: time-weighted, gaps excluded, one formula for every figure. Pure.
//!
//! A result speaks from the moment it was made until the next one, but for no longer than its
//! `valid_for` (two intervals unless the check says otherwise). Time that no result speaks for is a
//! gap and belongs to no state. Within the time that is spoken for:
//!
//! ```text
//! uptime = (up + degraded) / (up + degraded + down)
//! ```
//!
//! UNKNOWN is left out like a gap, and so is what was seen while a maintenance window was open;
//! DEGRADED counts as up. Without any known time there is no figure: "no data", never 100 %.

use crate::observation::Status;
use jiff::{SignedDuration, Timestamp};
use std::{collections::BTreeMap, time::Duration};

/// How fine a rollup is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Resolution {
    /// One minute; kept 7 days.
    Minute,
    /// A quarter of an hour; kept 400 days.
    Quarter,
    /// A day of UTC; kept for ever.
    Day,
}

impl Resolution {
    /// From finest to coarsest.
    pub const ALL: [Self; 3] = [Self::Minute, Self::Quarter, Self::Day];

    /// The length of a bucket: seconds.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        match self {
            Self::Minute => 60,
            Self::Quarter => 900,
            Self::Day => 86_400,
        }
    }

    /// How long a store keeps its buckets; days are kept for ever.
    #[must_use]
    pub const fn kept(self) -> Option<SignedDuration> {
        match self {
            Self::Minute => Some(SignedDuration::from_hours(7 * 24)),
            Self::Quarter => Some(SignedDuration::from_hours(400 * 24)),
            Self::Day => None,
        }
    }

    /// The start of the bucket that holds `at`; buckets are aligned to the Unix epoch.
    #[must_use]
    pub fn floor(self, at: Timestamp) -> Timestamp {
        let second = at.as_microsecond().div_euclid(1_000_000);
        let start = second - second.rem_euclid(self.seconds());
        Timestamp::from_second(start).unwrap_or(at)
    }

    /// The end of the bucket that starts at `start`.
    #[must_use]
    pub fn end(self, start: Timestamp) -> Timestamp {
        start
            .checked_add(SignedDuration::from_secs(self.seconds()))
            .unwrap_or(Timestamp::MAX)
    }
}

/// A result as far as uptime is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spoken {
    /// When it was made.
    pub at: Timestamp,
    /// How long it speaks for at most.
    pub valid_for: Duration,
    /// What it says.
    pub status: Status,
    /// Whether a maintenance window was open when it was made.
    pub maintenance: bool,
}

/// How long each state lasted: microseconds. Gaps are what is missing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StateDurations {
    /// Up.
    pub up: i64,
    /// Degraded.
    pub degraded: i64,
    /// Down.
    pub down: i64,
    /// Unknown.
    pub unknown: i64,
    /// In maintenance, whatever was seen.
    pub maintenance: i64,
}

impl StateDurations {
    /// How long each state lasted within `[from, to)`, by results in the order of their time.
    /// Results before `from` count as far as they speak into it.
    #[must_use]
    pub fn of(results: &[Spoken], from: Timestamp, to: Timestamp) -> Self {
        let mut sum = Self::default();
        for (index, result) in results.iter().enumerate() {
            let silence = result
                .at
                .checked_add(result.valid_for)
                .unwrap_or(Timestamp::MAX);
            let next = results
                .get(index + 1)
                .map_or(Timestamp::MAX, |next| next.at);
            let begin = result.at.max(from);
            let end = silence.min(next).min(to);
            let micros = end
                .as_microsecond()
                .saturating_sub(begin.as_microsecond())
                .max(0);
            if result.maintenance {
                sum.maintenance += micros;
            } else {
                *sum.of_status(result.status) += micros;
            }
        }
        sum
    }

    fn of_status(&mut self, status: Status) -> &mut i64 {
        match status {
            Status::Up => &mut self.up,
            Status::Degraded => &mut self.degraded,
            Status::Down => &mut self.down,
            Status::Unknown => &mut self.unknown,
        }
    }

    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            up: self.up + other.up,
            degraded: self.degraded + other.degraded,
            down: self.down + other.down,
            unknown: self.unknown + other.unknown,
            maintenance: self.maintenance + other.maintenance,
        }
    }

    /// The share of known time in which the target was up, from 0 to 1; none without known time.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "microseconds of 285 years fit 53 bits"
    )]
    pub fn uptime(&self) -> Option<f64> {
        let good = self.up + self.degraded;
        let known = good + self.down;
        (known > 0).then(|| good as f64 / known as f64)
    }
}

/// How many results said what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StatusCounts {
    /// Up.
    pub up: u64,
    /// Degraded.
    pub degraded: u64,
    /// Down.
    pub down: u64,
    /// Unknown.
    pub unknown: u64,
}

impl StatusCounts {
    /// Counts one result.
    pub const fn record(&mut self, status: Status) {
        let count = match status {
            Status::Up => &mut self.up,
            Status::Degraded => &mut self.degraded,
            Status::Down => &mut self.down,
            Status::Unknown => &mut self.unknown,
        };
        *count = count.saturating_add(1);
    }

    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            up: self.up.saturating_add(other.up),
            degraded: self.degraded.saturating_add(other.degraded),
            down: self.down.saturating_add(other.down),
            unknown: self.unknown.saturating_add(other.unknown),
        }
    }
}

/// A mergeable histogram of latencies: eight buckets for each power of two of microseconds, so a
/// percentile read from it is at most an eighth too high. Beside it their exact sum, for the
/// average.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Latencies {
    buckets: BTreeMap<u16, u32>,
    sum: u64,
}

impl Latencies {
    /// Counts one latency.
    pub fn record(&mut self, latency: Duration) {
        let micros = u64::try_from(latency.as_micros()).unwrap_or(u64::MAX);
        let count = self.buckets.entry(bucket(micros)).or_default();
        *count = count.saturating_add(1);
        self.sum = self.sum.saturating_add(micros);
    }

    /// Counts what the other counted.
    pub fn merge(&mut self, other: &Self) {
        for (bucket, count) in &other.buckets {
            let sum = self.buckets.entry(*bucket).or_default();
            *sum = sum.saturating_add(*count);
        }
        self.sum = self.sum.saturating_add(other.sum);
    }

    /// Their average; none when empty.
    #[must_use]
    pub fn average(&self) -> Option<Duration> {
        let micros = self.sum.checked_div(self.count())?;
        Some(Duration::from_micros(micros))
    }

    /// How many were counted.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.buckets.values().map(|count| u64::from(*count)).sum()
    }

    /// The upper end of the bucket that holds this percentile (0 to 100); none when empty.
    #[must_use]
    pub fn percentile(&self, percent: u8) -> Option<Duration> {
        let total = self.count();
        let wanted = (total * u64::from(percent.min(100))).div_ceil(100).max(1);
        let mut seen = 0;
        for (bucket, count) in &self.buckets {
            seen += u64::from(*count);
            if seen >= wanted {
                return Some(Duration::from_micros(upper(*bucket)));
            }
        }
        None
    }

    /// The form that a store keeps: for each bucket its number (2 bytes) and count (4 bytes), in
    /// order, then the sum in microseconds (8 bytes), all big-endian; nothing at all when empty.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        if self.buckets.is_empty() {
            return Vec::new();
        }
        self.buckets
            .iter()
            .flat_map(|(bucket, count)| bucket.to_be_bytes().into_iter().chain(count.to_be_bytes()))
            .chain(self.sum.to_be_bytes())
            .collect()
    }

    /// The histogram that a store kept; none when the bytes are not of that form. The form of the
    /// first schema has no sum: each latency then counts as the upper end of its bucket.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (entries, sum) = match bytes.len() % 6 {
            0 => (bytes, None),
            2 => bytes
                .split_last_chunk::<8>()
                .map(|(entries, sum)| (entries, Some(u64::from_be_bytes(*sum))))?,
            _ => return None,
        };
        let (entries, []) = entries.as_chunks::<6>() else {
            return None;
        };
        let buckets: BTreeMap<u16, u32> = entries
            .iter()
            .map(|[a, b, c, d, e, f]| {
                (
                    u16::from_be_bytes([*a, *b]),
                    u32::from_be_bytes([*c, *d, *e, *f]),
                )
            })
            .collect();
        let sum = sum.unwrap_or_else(|| {
            buckets.iter().fold(0, |sum: u64, (bucket, count)| {
                sum.saturating_add(upper(*bucket).saturating_mul(u64::from(*count)))
            })
        });
        Some(Self { buckets, sum })
    }
}

/// The bucket of a number of microseconds: exact below 8, then eight to a power of two.
fn bucket(micros: u64) -> u16 {
    let Some(power) = micros.checked_ilog2().filter(|power| *power >= 3) else {
        return u16::try_from(micros).unwrap_or(0);
    };
    let step = (micros >> (power - 3)) & 7;
    u16::try_from(u64::from(power - 2) * 8 + step).unwrap_or(u16::MAX)
}

/// The largest number of microseconds in a bucket.
fn upper(bucket: u16) -> u64 {
    if bucket < 8 {
        return u64::from(bucket);
    }
    let power = u32::from(bucket / 8) + 2;
    let step = u64::from(bucket % 8);
    ((8 + step + 1) << (power - 3)) - 1
}

/// What a monitor was like in one bucket of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rollup {
    /// The start of the bucket.
    pub start: Timestamp,
    /// How long each state lasted.
    pub durations: StateDurations,
    /// How many results were made.
    pub checks: u64,
    /// How many of them said what. Buckets of the first schema know only the total.
    pub counts: StatusCounts,
    /// The latencies of the results that were up or degraded, outside of maintenance.
    pub latencies: Latencies,
}

impl Rollup {
    /// A bucket of which nothing is known yet.
    #[must_use]
    pub fn empty(start: Timestamp) -> Self {
        Self {
            start,
            durations: StateDurations::default(),
            checks: 0,
            counts: StatusCounts::default(),
            latencies: Latencies::default(),
        }
    }

    /// Counts a result that was made in it.
    /// Its latency counts unless a maintenance window was open, or there was none: what is said of a
    /// target, or follows from others, took no time.
    pub fn record(&mut self, status: Status, took: Duration, maintenance: bool) {
        self.checks += 1;
        self.counts.record(status);
        if matches!(status, Status::Up | Status::Degraded) && !maintenance && !took.is_zero() {
            self.latencies.record(took);
        }
    }

    /// Adds a finer bucket to this coarser one.
    pub fn merge(&mut self, finer: &Self) {
        self.durations = self.durations.plus(finer.durations);
        self.checks += finer.checks;
        self.counts = self.counts.plus(finer.counts);
        self.latencies.merge(&finer.latencies);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn said(second: i64, status: Status) -> Spoken {
        Spoken {
            at: at(second),
            valid_for: Duration::from_secs(120),
            status,
            maintenance: false,
        }
    }

    /// The golden cases of the formula, by hand.
    #[test]
    fn golden_uptime() {
        use Status::{Degraded, Down, Unknown, Up};
        let cases: &[(&str, Vec<Spoken>, Option<f64>)] = &[
            ("no data is no figure", vec![], None),
            ("only unknown is no figure", vec![said(0, Unknown)], None),
            (
                "all up",
                (0..10).map(|n| said(n * 60, Up)).collect(),
                Some(1.0),
            ),
            (
                "degraded counts as up",
                vec![said(0, Degraded), said(60, Down)],
                Some(60.0 / 180.0),
            ),
            (
                "a quarter down",
                (0..8)
                    .map(|n| said(n * 60, if n == 2 || n == 3 { Down } else { Up }))
                    .collect(),
                // 8 intervals of 60 s, and the last result speaks for 60 s more.
                Some(420.0 / 540.0),
            ),
            (
                "a gap belongs to nobody",
                vec![said(0, Up), said(300, Down)],
                // 120 s up, 180 s of silence, 120 s down.
                Some(0.5),
            ),
            (
                "maintenance is left out, whatever is seen in it",
                vec![said(0, Up), in_maintenance(60), said(120, Down)],
                Some(60.0 / 180.0),
            ),
            (
                "unknown is left out",
                vec![said(0, Up), said(60, Unknown), said(120, Down)],
                Some(60.0 / 180.0),
            ),
        ];
        for (name, results, expected) in cases {
            let durations = StateDurations::of(results, at(0), at(600));
            assert_eq!(durations.uptime(), *expected, "{name}: {durations:?}");
        }
    }

    /// What is said of a target, or follows from others, has no response time.
    #[test]
    fn what_took_no_time_is_no_response_time() {
        let mut rollup = Rollup::empty(at(0));
        rollup.record(Status::Up, Duration::ZERO, false);
        assert_eq!((rollup.checks, rollup.latencies.count()), (1, 0));
        assert_eq!(rollup.latencies.average(), None);
        rollup.record(Status::Up, Duration::from_millis(8), false);
        assert_eq!(rollup.latencies.average(), Some(Duration::from_millis(8)));
    }

    fn in_maintenance(second: i64) -> Spoken {
        Spoken {
            maintenance: true,
            ..said(second, Status::Down)
        }
    }

    #[test]
    fn a_result_before_the_window_speaks_into_it() {
        let durations = StateDurations::of(&[said(-60, Status::Down)], at(0), at(600));
        assert_eq!(durations.down, 60_000_000);
    }

    #[test]
    fn buckets_are_aligned_below_zero_too() {
        assert_eq!(Resolution::Minute.floor(at(-1)), at(-60));
        assert_eq!(Resolution::Quarter.floor(at(901)), at(900));
    }

    proptest::proptest! {
        /// The parts of a window add up to the window's own figure, and never exceed its length.
        #[test]
        fn durations_add_up(
            gaps in proptest::collection::vec((1_i64..400, 0_usize..4), 1..60), cut in 1_i64..9_999
        ) {
            let statuses = [Status::Up, Status::Degraded, Status::Down, Status::Unknown];
            let mut second = 0;
            let results: Vec<_> = gaps.iter().map(|(gap, status)| {
                second += gap;
                said(second, statuses[*status])
            }).collect();
            let whole = StateDurations::of(&results, at(0), at(10_000));
            let parts = StateDurations::of(&results, at(0), at(cut))
                .plus(StateDurations::of(&results, at(cut), at(10_000)));
            proptest::prop_assert_eq!(whole, parts);
            let total = whole.up + whole.degraded + whole.down + whole.unknown;
            proptest::prop_assert!(total <= 10_000_000_000);
        }

        /// A percentile is never too low and at most an eighth too high; bytes round-trip.
        #[test]
        fn percentiles_are_near(mut micros in proptest::collection::vec(0_u64..100_000_000, 1..200)) {
            let mut latencies = Latencies::default();
            for value in &micros {
                latencies.record(Duration::from_micros(*value));
            }
            micros.sort_unstable();
            let exact = micros[(micros.len() * 95).div_ceil(100) - 1];
            let read = u64::try_from(latencies.percentile(95).unwrap().as_micros()).unwrap();
            proptest::prop_assert!(read >= exact && read <= exact + exact / 8 + 1);
            let average = latencies.average().unwrap().as_micros();
            let sum: u64 = micros.iter().sum();
            proptest::prop_assert_eq!(average, u128::from(sum) / micros.len() as u128);
            let bytes = latencies.to_bytes();
            // Without its sum it is of the first form, and its average near.
            let old = Latencies::from_bytes(&bytes[..bytes.len() - 8]).unwrap();
            let near = old.average().unwrap().as_micros();
            proptest::prop_assert!(near >= average && near <= average + average / 8 + 1);
            proptest::prop_assert!(Latencies::from_bytes(&bytes[..bytes.len() - 3]).is_none());
            proptest::prop_assert_eq!(Latencies::from_bytes(&bytes).unwrap(), latencies);
        }
    }
}
