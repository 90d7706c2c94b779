//! What rollups must say: the same as the formula says straight from the results.

use super::{Subject, sample};
use crate::{
    monitor::Monitor,
    observation::Status::{self, Degraded, Down, Unknown, Up},
    port::{ResultRow, ResultStoreExt},
    uptime::{Latencies, Resolution, Rollup, StateDurations, StatusCounts},
};
use jiff::Timestamp;
use std::time::Duration;

/// Deterministic noise, for gaps, statuses and latencies.
struct Noise(u64);

impl Noise {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    fn status(&mut self) -> Status {
        match self.below(4) {
            0 => Up,
            1 => Degraded,
            2 => Down,
            _ => Unknown,
        }
    }
}

/// The buckets of `[from, to)` by the formula, one by one.
fn expected(
    rows: &[ResultRow],
    resolution: Resolution,
    from: Timestamp,
    to: Timestamp,
) -> Vec<Rollup> {
    let mut rows: Vec<_> = rows.iter().collect();
    rows.sort_by_key(|row| (row.at, row.region, row.sequence));
    let spoken: Vec<_> = rows.iter().map(|row| row.spoken()).collect();
    let mut buckets = Vec::new();
    let mut start = resolution.floor(from);
    while resolution.end(start) <= to {
        let end = resolution.end(start);
        let mut latencies = Latencies::default();
        let mut counts = StatusCounts::default();
        let inside: Vec<_> = rows
            .iter()
            .filter(|row| row.at >= start && row.at < end)
            .collect();
        for row in &inside {
            counts.record(row.status);
            if matches!(row.status, Up | Degraded) && !row.maintenance {
                latencies.record(row.total);
            }
        }
        let bucket = Rollup {
            start,
            durations: StateDurations::of(&spoken, start, end),
            checks: u64::try_from(inside.len()).unwrap(),
            counts,
            latencies,
        };
        if bucket != Rollup::empty(start) {
            buckets.push(bucket);
        }
        start = end;
    }
    buckets
}

async fn compare(subject: &Subject, monitor: &Monitor, rows: &[ResultRow], until: Timestamp) {
    while subject.results.roll_up(until).await.unwrap().more {}
    let from = sample::at(0);
    for resolution in Resolution::ALL {
        let stored = subject
            .results
            .rollups(&subject.home, monitor.id, resolution, from, until)
            .await
            .unwrap();
        let wanted = expected(rows, resolution, from, until);
        assert_eq!(stored.len(), wanted.len(), "{resolution:?} until {until}");
        for (stored, wanted) in stored.iter().zip(&wanted) {
            assert_eq!(stored, wanted, "{resolution:?}");
        }
    }
    // The series of each resolution says what its minutes say, the open bucket included.
    let minutes = expected(rows, Resolution::Minute, from, until);
    for resolution in Resolution::ALL {
        let mut wanted: Vec<Rollup> = Vec::new();
        for minute in &minutes {
            let start = resolution.floor(minute.start);
            if wanted.last().is_none_or(|last| last.start != start) {
                wanted.push(Rollup::empty(start));
            }
            wanted.last_mut().unwrap().merge(minute);
        }
        let to = resolution.end(resolution.floor(until));
        let series = subject
            .results
            .series(&subject.home, monitor.id, resolution, from, to)
            .await
            .unwrap();
        assert_eq!(series, wanted, "{resolution:?} until {until}");
    }
}

/// Rollups agree with the formula: of dense and sparse results, of silence, of late data, and after
/// the results themselves are gone.
pub async fn rollups(subject: &Subject) {
    let Subject {
        home,
        stranger,
        monitors,
        results,
        ..
    } = subject;
    let mut noise = Noise(7);
    let monitor = sample::monitor(1);
    monitors
        .create_monitor(home, &monitor, None, &sample::act(0))
        .await
        .unwrap();
    let mut rows: Vec<ResultRow> = Vec::new();
    let mut second = 5;
    // A morning of checks, some of which speak for hours, then silence into the next day.
    while second < 9 * 3_600 {
        let valid_for = if noise.below(40) == 0 { 9_000 } else { 120 };
        rows.push(ResultRow {
            valid_for: Duration::from_secs(valid_for),
            total: Duration::from_micros(noise.below(900_000)),
            maintenance: noise.below(5) == 0,
            ..sample::result(&monitor, second, noise.status())
        });
        second += i64::try_from(1 + noise.below(400)).unwrap();
    }
    let (on_time, late): (Vec<_>, Vec<_>) = rows
        .iter()
        .enumerate()
        .partition(|(index, _)| index % 7 != 3);
    let take = |some: Vec<(usize, &ResultRow)>| -> Vec<ResultRow> {
        some.into_iter().map(|(_, row)| row.clone()).collect()
    };
    let (mut known, late) = (take(on_time), take(late));

    // Half the morning, in the middle of a minute: what is not complete is not computed.
    results.append(&known).await.unwrap();
    compare(subject, &monitor, &known, sample::at(4 * 3_600 + 30)).await;
    // The whole of it and the day after; doing it again changes nothing.
    compare(subject, &monitor, &known, sample::at(86_400 + 7_200)).await;
    compare(subject, &monitor, &known, sample::at(86_400 + 7_200)).await;
    // Late data is computed in, in whatever order it comes.
    for chunk in late.rchunks(5) {
        results.append(chunk).await.unwrap();
        known.extend_from_slice(chunk);
    }
    compare(subject, &monitor, &known, sample::at(86_400 + 7_200)).await;
    // Results after a silence of days.
    let after = ResultRow {
        ..sample::result(&monitor, 3 * 86_400 + 100, Down)
    };
    results.append(std::slice::from_ref(&after)).await.unwrap();
    known.push(after);
    compare(subject, &monitor, &known, sample::at(4 * 86_400)).await;

    let resolution = Resolution::Minute;
    let (from, to) = (sample::at(0), sample::at(86_400));
    let theirs = results
        .rollups(stranger, monitor.id, resolution, from, to)
        .await
        .unwrap();
    assert!(theirs.is_empty());

    // Once the results are gone, a result that comes later than they were kept for must not undo
    // what was computed from them.
    let now = sample::at(4 * 86_400);
    while results.prune(now).await.unwrap() > 0 {}
    let before = results
        .rollups(home, monitor.id, Resolution::Quarter, from, to)
        .await
        .unwrap();
    results
        .append(&[sample::result(&monitor, 301, Down)])
        .await
        .unwrap();
    while results.roll_up(now).await.unwrap().more {}
    let after = results
        .rollups(home, monitor.id, Resolution::Quarter, from, to)
        .await
        .unwrap();
    assert_eq!(before, after);
    assert!(!after.is_empty());
}
