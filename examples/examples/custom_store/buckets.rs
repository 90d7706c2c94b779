//! The rollups: for each monitor and resolution a file a day, to which buckets are appended.
//!
//! The last line of a bucket counts, and a line that a crash tore is left out: what was rolled up is
//! computed anew after a restart, from results that are still there.

use super::{file, journal::Of, line::RollupLine};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use monitorah_core::uptime::{Resolution, Rollup};
use std::{
    collections::BTreeMap,
    fs, io,
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
};

/// The buckets of one monitor and day, by their start.
type Buckets = BTreeMap<Timestamp, Rollup>;

/// The folder of the rollups.
pub(crate) struct Rollups {
    folder: PathBuf,
}

impl Rollups {
    pub(crate) const fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The buckets that begin in `[from, to)` and say something, oldest first.
    pub(crate) fn read(
        &self,
        of: &Of,
        resolution: Resolution,
        (from, to): (Timestamp, Timestamp),
    ) -> io::Result<Vec<Rollup>> {
        let (first, last) = (date(from), date(to));
        let mut found = Vec::new();
        for day in self.days(of, resolution)? {
            if day >= first && day <= last {
                let buckets = self.file(of, resolution, day)?;
                found.extend(
                    buckets
                        .into_values()
                        .filter(|it| it.start >= from && it.start < to)
                        .filter(|it| *it != Rollup::empty(it.start)),
                );
            }
        }
        Ok(found)
    }

    /// Stores buckets in place of what they were; they are on the disk when this returns.
    pub(crate) fn write(
        &self,
        of: &Of,
        resolution: Resolution,
        buckets: &[Rollup],
    ) -> io::Result<()> {
        let mut days: BTreeMap<Date, Vec<&Rollup>> = BTreeMap::new();
        for bucket in buckets {
            days.entry(date(bucket.start)).or_default().push(bucket);
        }
        for (day, buckets) in days {
            let stored = self.file(of, resolution, day)?;
            let mut bytes = Vec::new();
            for bucket in buckets {
                let before = stored.get(&bucket.start);
                // After a restart much is computed again, and little of it is new.
                if *bucket != before.cloned().unwrap_or(Rollup::empty(bucket.start)) {
                    serde_json::to_writer(&mut bytes, &RollupLine::from(bucket))?;
                    bytes.push(b'\n');
                }
            }
            if bytes.is_empty() {
                continue;
            }
            file::folder(&self.of(of, resolution))?;
            let file = file::open(&self.path(of, resolution, day))?;
            let end = file.metadata()?.len();
            let mut last = [b'\n'];
            if let Some(before) = end.checked_sub(1) {
                file.read_exact_at(&mut last, before)?;
            }
            if last != [b'\n'] {
                // A crash tore the last line: it ends here, and is no line of ours.
                bytes.insert(0, b'\n');
            }
            file.write_all_at(&bytes, end)?;
            file.sync_all()?;
        }
        Ok(())
    }

    /// Removes the files whose last bucket began before `begin`; says how many.
    pub(crate) fn prune(
        &self,
        of: &Of,
        resolution: Resolution,
        begin: Timestamp,
    ) -> io::Result<u64> {
        let mut removed = 0;
        for day in self
            .days(of, resolution)?
            .into_iter()
            .filter(|day| *day < date(begin))
        {
            fs::remove_file(self.path(of, resolution, day))?;
            removed += 1;
        }
        Ok(removed)
    }

    /// The monitors of which there are rollups.
    pub(crate) fn monitors(&self) -> io::Result<Vec<Of>> {
        let mut found = Vec::new();
        for account in names(&self.folder)? {
            for monitor in names(&self.folder.join(&account))? {
                if let (Ok(account), Ok(monitor)) = (account.parse(), monitor.parse()) {
                    found.push((account, monitor));
                }
            }
        }
        Ok(found)
    }

    /// Removes everything of a monitor.
    pub(crate) fn remove(&self, (account, monitor): &Of) -> io::Result<()> {
        let folder = self
            .folder
            .join(account.to_string())
            .join(monitor.to_string());
        match fs::remove_dir_all(folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn file(&self, of: &Of, resolution: Resolution, day: Date) -> io::Result<Buckets> {
        let bytes = match fs::read(self.path(of, resolution, day)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Buckets::new()),
            read => read?,
        };
        Ok(bytes
            .split(|byte| *byte == b'\n')
            .filter_map(|line| serde_json::from_slice::<RollupLine>(line).ok()?.read())
            .map(|rollup| (rollup.start, rollup))
            .collect())
    }

    fn days(&self, of: &Of, resolution: Resolution) -> io::Result<Vec<Date>> {
        let mut days: Vec<Date> = names(&self.of(of, resolution))?
            .iter()
            .filter_map(|name| name.strip_suffix(".jsonl")?.parse().ok())
            .collect();
        days.sort_unstable();
        Ok(days)
    }

    fn path(&self, of: &Of, resolution: Resolution, day: Date) -> PathBuf {
        self.of(of, resolution).join(format!("{day}.jsonl"))
    }

    fn of(&self, (account, monitor): &Of, resolution: Resolution) -> PathBuf {
        let name = match resolution {
            Resolution::Minute => "minutes",
            Resolution::Quarter => "quarters",
            Resolution::Day => "days",
        };
        self.folder
            .join(account.to_string())
            .join(monitor.to_string())
            .join(name)
    }
}

fn date(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

/// The names in a folder; none when there is no folder.
fn names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        read => read?,
    };
    let mut names = Vec::new();
    for entry in entries {
        names.extend(entry?.file_name().into_string().ok());
    }
    Ok(names)
}
