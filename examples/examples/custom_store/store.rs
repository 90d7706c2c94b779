//! The port: results and rollups in files, beside a store that keeps everything else.

use super::{
    buckets::Rollups,
    file,
    journal::{Journal, Key, Of, key, of},
};
use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use monitorah_core::{
    MonitorId, Region, StoreError, StoreErrorKind, StoreResult, Tenant,
    port::{
        FeedChange, FeedChanges, FeedMark, FeedPage, FeedRow, MonitorFeed, MonitorStore, Ports,
        ResultFilter, ResultRow, ResultStore, RollUpReport,
    },
    uptime::{Resolution, Rollup, StateDurations},
};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    fs::File,
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

/// How long results are kept.
const RESULTS: SignedDuration = SignedDuration::from_hours(48);
/// The most minutes that one roll-up computes.
const MINUTES_A_CALL: i64 = 10_000;
/// The most rows that one call of `prune` removes.
const ROWS_A_CALL: usize = 2_000;

/// What retention has taken: nothing that spoke, or began, before these. Written before anything is
/// removed, so that what is half gone is never computed from.
#[derive(Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    results: Timestamp,
    minutes: Timestamp,
    quarters: Timestamp,
}

impl Kept {
    const fn begin(&self, resolution: Resolution) -> Timestamp {
        match resolution {
            Resolution::Minute => self.minutes,
            Resolution::Quarter => self.quarters,
            Resolution::Day => Timestamp::MIN,
        }
    }
}

/// The files.
struct Files {
    folder: PathBuf,
    journal: Journal,
    rollups: Rollups,
    kept: Kept,
    /// The first minute of each monitor that is not computed yet. Not stored: after a restart, all
    /// that is kept is computed again, and comes to the same.
    rolled_up: BTreeMap<Of, Timestamp>,
    /// Two processes would write over each other.
    _lock: File,
}

/// A [`ResultStore`] over files.
#[derive(Clone)]
pub(crate) struct FileResults {
    files: Arc<Mutex<Files>>,
    monitors: Arc<dyn MonitorStore>,
    /// The result store of the other store, for its retention of what is no result.
    rest: Arc<dyn ResultStore>,
}

impl fmt::Debug for FileResults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FileResults")
    }
}

/// Puts results into files below `folder`, and leaves everything else to the store of `ports`.
///
/// # Errors
/// `Unavailable` when the files cannot be read, or another process has them open.
pub(crate) async fn results_in_files(folder: &Path, ports: Ports) -> StoreResult<Ports> {
    let folder = folder.to_owned();
    let files = blocking(move || Files::open(folder)).await?;
    let results = FileResults {
        files: Arc::new(Mutex::new(files)),
        monitors: Arc::clone(&ports.monitors),
        rest: Arc::clone(&ports.results),
    };
    let feed = Feed {
        feed: Arc::clone(&ports.feed),
        results: results.clone(),
    };
    Ok(Ports {
        feed: Arc::new(feed),
        results: Arc::new(results),
        ..ports
    })
}

/// Does what waits for the disk where no other task waits for it.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> StoreResult<T> {
    let fault = |error: Box<dyn std::error::Error + Send + Sync>| {
        StoreError::new(StoreErrorKind::Unavailable, "the result files fail").because(error)
    };
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(|error| fault(error.into())),
        Err(error) => Err(fault(error.into())),
    }
}

impl Files {
    fn open(folder: PathBuf) -> io::Result<Self> {
        file::folder(&folder)?;
        let lock = file::open(&folder.join("lock"))?;
        lock.try_lock()
            .map_err(|_| io::Error::other("another process has the result files open"))?;
        let kept = match std::fs::read(folder.join("kept.json")) {
            Ok(bytes) => serde_json::from_slice(&bytes)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Kept {
                results: Timestamp::MIN,
                minutes: Timestamp::MIN,
                quarters: Timestamp::MIN,
            },
            Err(error) => return Err(error),
        };
        let journal = Journal::open(folder.join("results"), kept.results)?;
        let mut rolled_up = BTreeMap::new();
        for of in journal.monitors() {
            if let Some(((at, ..), _)) = journal.places(of).and_then(BTreeMap::first_key_value) {
                rolled_up.insert(*of, Resolution::Minute.floor(*at));
            }
        }
        Ok(Self {
            rollups: Rollups::new(folder.join("rollups")),
            journal,
            folder,
            kept,
            rolled_up,
            _lock: lock,
        })
    }

    fn append(&mut self, batch: &[ResultRow], there: &BTreeSet<Of>) -> io::Result<()> {
        let mut keys: BTreeSet<(Of, Key)> = BTreeSet::new();
        let new: Vec<&ResultRow> = batch
            .iter()
            .filter(|row| there.contains(&of(row)) && row.speaks_until() >= self.kept.results)
            .filter(|row| !self.journal.knows(&of(row), &key(row)))
            .filter(|row| keys.insert((of(row), key(row))))
            .collect();
        self.journal.append(&new)?;
        for row in new {
            let minute = Resolution::Minute.floor(row.at);
            let from = self.rolled_up.entry(of(row)).or_insert(minute);
            *from = minute.min(*from);
        }
        Ok(())
    }

    fn results(&self, of: &Of, filter: &ResultFilter, limit: usize) -> io::Result<Vec<ResultRow>> {
        let mut found = Vec::new();
        let before = filter.before.map(|it| (it.at, it.region, it.sequence));
        let Some(places) = self.journal.places(of) else {
            return Ok(found);
        };
        for (key, place) in places.range(..before.unwrap_or(LAST)).rev() {
            let (at, region, _) = key;
            if found.len() == limit || filter.from.is_some_and(|from| *at < from) {
                break;
            }
            if filter.to.is_some_and(|to| *at >= to)
                || filter.region.is_some_and(|it| it != *region)
            {
                continue;
            }
            let row = self.journal.row(place)?;
            found.extend(row.filter(|row| filter.status.is_none_or(|status| status == row.status)));
        }
        Ok(found)
    }

    fn roll_up(&mut self, until: Timestamp) -> io::Result<RollUpReport> {
        let until = Resolution::Minute.floor(until);
        let mut report = RollUpReport {
            unreadable: std::mem::take(&mut self.journal.unreadable),
            ..RollUpReport::default()
        };
        let mut left = MINUTES_A_CALL;
        // What lost its results to retention is not computed from less than it was before.
        let begin = Resolution::Minute.end(Resolution::Minute.floor(self.kept.results));
        for (of, from) in self.rolled_up.clone() {
            let from = if self.kept.results > Timestamp::MIN {
                from.max(begin)
            } else {
                from
            };
            let minutes = (until.as_second() - from.as_second()) / 60;
            let now = minutes.clamp(0, left);
            report.more |= now < minutes;
            if now > 0 {
                let to = from
                    .checked_add(SignedDuration::from_mins(now))
                    .unwrap_or(until);
                report.unreadable += self.compute(&of, from, to)?;
                self.rolled_up.insert(of, to);
                report.minutes += now.unsigned_abs();
                left -= now;
            }
        }
        Ok(report)
    }

    /// Computes the minutes of `[from, to)`, and the coarser buckets that end in them. Returns how
    /// many rows could not be understood.
    fn compute(&self, of: &Of, from: Timestamp, to: Timestamp) -> io::Result<u64> {
        let (mut rows, mut unreadable) = (Vec::new(), 0);
        for (key, place) in self.journal.places(of).into_iter().flatten().rev() {
            if key.0 >= to {
                continue;
            }
            match self.journal.row(place)? {
                Some(row) => rows.push(row),
                None => unreadable += 1,
            }
            // Only the last result before the minutes can speak into them.
            if rows.last().is_some_and(|row| row.at < from) {
                break;
            }
        }
        rows.reverse();
        let spoken: Vec<_> = rows.iter().map(ResultRow::spoken).collect();
        let (mut minutes, mut start, mut first) = (Vec::new(), from, 0);
        while start < to {
            let end = Resolution::Minute.end(start);
            let past = spoken.partition_point(|it| it.at < end);
            let speak = spoken.get(first.max(1) - 1..past).unwrap_or_default();
            let mut minute = Rollup::empty(start);
            minute.durations = StateDurations::of(speak, start, end);
            for row in rows.get(first..past).unwrap_or_default() {
                if row.at >= start {
                    minute.record(row.status, row.total, row.maintenance);
                }
            }
            minutes.push(minute);
            (start, first) = (end, past);
        }
        self.rollups.write(of, Resolution::Minute, &minutes)?;
        for (coarse, fine) in [
            (Resolution::Quarter, Resolution::Minute),
            (Resolution::Day, Resolution::Quarter),
        ] {
            let mut buckets = Vec::new();
            let mut start = coarse.floor(from);
            while coarse.end(start) <= to {
                let end = coarse.end(start);
                let mut bucket = Rollup::empty(start);
                for finer in self.rollups.read(of, fine, (start, end))? {
                    bucket.merge(&finer);
                }
                buckets.push(bucket);
                start = end;
            }
            self.rollups.write(of, coarse, &buckets)?;
        }
        Ok(unreadable)
    }

    fn prune(&mut self, now: Timestamp) -> io::Result<u64> {
        let before = |kept| now.checked_sub(kept).unwrap_or(Timestamp::MIN);
        // A result stays until its minutes are computed, however long that takes.
        let waiting = self.rolled_up.values().min().copied();
        let mut kept = self.kept;
        kept.results = kept
            .results
            .max(before(RESULTS).min(waiting.unwrap_or(Timestamp::MAX)));
        for (resolution, mark) in [
            (Resolution::Minute, &mut kept.minutes),
            (Resolution::Quarter, &mut kept.quarters),
        ] {
            let length = SignedDuration::from_secs(resolution.seconds());
            let keep = resolution.kept().unwrap_or(SignedDuration::MAX);
            *mark = before(keep.saturating_add(length)).max(*mark);
        }
        if kept != self.kept {
            file::replace(&self.folder.join("kept.json"), &serde_json::to_vec(&kept)?)?;
            self.kept = kept;
        }
        let mut removed = self.journal.prune(kept.results, ROWS_A_CALL)?;
        for of in self.rollups.monitors()? {
            for resolution in [Resolution::Minute, Resolution::Quarter] {
                let begin = kept.begin(resolution);
                removed += self.rollups.prune(&of, resolution, begin)?;
            }
        }
        Ok(removed)
    }

    /// The monitors of which anything is stored.
    fn monitors(&self) -> io::Result<BTreeSet<Of>> {
        let mut monitors: BTreeSet<Of> = self.journal.monitors().copied().collect();
        monitors.extend(self.rollups.monitors()?);
        Ok(monitors)
    }

    fn forget(&mut self, of: &Of) -> io::Result<()> {
        self.journal.forget_all(of);
        self.rolled_up.remove(of);
        self.rollups.remove(of)
    }
}

/// After every row.
const LAST: Key = (Timestamp::MAX, Region::LOCAL, i32::MAX);

impl FileResults {
    async fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Files) -> io::Result<T> + Send + 'static,
    ) -> StoreResult<T> {
        let files = Arc::clone(&self.files);
        blocking(move || work(&mut files.lock().unwrap_or_else(PoisonError::into_inner))).await
    }

    /// Whether there is such a monitor. A removed one takes its results with it from that moment
    /// on, although its lines stay in the files until retention finds them.
    async fn is_there(&self, tenant: &Tenant, monitor: MonitorId) -> StoreResult<bool> {
        match self.monitors.monitor(tenant, monitor).await {
            Ok(_) => Ok(true),
            Err(error) if error.kind() == StoreErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn newest(&self, row: &mut FeedRow) -> StoreResult<()> {
        let of = (row.tenant.account(), row.record.monitor.id);
        row.last_result_at = self
            .with(move |files| {
                let last = files.journal.places(&of).and_then(|it| it.last_key_value());
                Ok(last.map(|((at, ..), _)| *at))
            })
            .await?;
        Ok(())
    }
}

#[async_trait]
impl ResultStore for FileResults {
    async fn append(&self, batch: &[ResultRow]) -> StoreResult<()> {
        let monitors: BTreeSet<_> = batch.iter().map(|row| (row.tenant, row.monitor)).collect();
        let mut there = BTreeSet::new();
        for (tenant, monitor) in monitors {
            if self.is_there(&tenant, monitor).await? {
                there.insert((tenant.account(), monitor));
            }
        }
        let batch = batch.to_vec();
        self.with(move |files| files.append(&batch, &there)).await
    }

    async fn results(
        &self,
        tenant: &Tenant,
        monitor: MonitorId,
        filter: &ResultFilter,
        limit: u32,
    ) -> StoreResult<Vec<ResultRow>> {
        if !self.is_there(tenant, monitor).await? {
            return Ok(Vec::new());
        }
        let (of, filter) = ((tenant.account(), monitor), *filter);
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        self.with(move |files| files.results(&of, &filter, limit))
            .await
    }

    async fn rollups(
        &self,
        tenant: &Tenant,
        monitor: MonitorId,
        resolution: Resolution,
        from: Timestamp,
        to: Timestamp,
    ) -> StoreResult<Vec<Rollup>> {
        if !self.is_there(tenant, monitor).await? {
            return Ok(Vec::new());
        }
        let of = (tenant.account(), monitor);
        self.with(move |files| {
            let from = from.max(files.kept.begin(resolution));
            files.rollups.read(&of, resolution, (from, to))
        })
        .await
    }

    async fn roll_up(&self, until: Timestamp) -> StoreResult<RollUpReport> {
        self.with(move |files| files.roll_up(until)).await
    }

    async fn prune(&self, now: Timestamp) -> StoreResult<u64> {
        for of in self.with(|files| files.monitors()).await? {
            if !self.is_there(&Tenant::of(of.0), of.1).await? {
                self.with(move |files| files.forget(&of)).await?;
            }
        }
        let removed = self.with(move |files| files.prune(now)).await?;
        // What else the other store keeps for a while: events, the delivery log, idempotency keys.
        Ok(removed + self.rest.prune(now).await?)
    }
}

/// A feed that knows the results of the files: by the newest one, the engine sees a gap after a
/// restart.
struct Feed {
    feed: Arc<dyn MonitorFeed>,
    results: FileResults,
}

#[async_trait]
impl MonitorFeed for Feed {
    async fn mark(&self) -> StoreResult<FeedMark> {
        self.feed.mark().await
    }

    async fn snapshot(&self, after: Option<MonitorId>, limit: u32) -> StoreResult<FeedPage> {
        let mut page = self.feed.snapshot(after, limit).await?;
        for row in &mut page.rows {
            self.results.newest(row).await?;
        }
        Ok(page)
    }

    async fn changes(&self, mark: FeedMark, limit: u32) -> StoreResult<FeedChanges> {
        let mut page = self.feed.changes(mark, limit).await?;
        for change in &mut page.changes {
            if let FeedChange::Changed(row) = change {
                self.results.newest(row).await?;
            }
        }
        Ok(page)
    }
}
