//! The results: a file for each day, to which whole batches are appended, and where each row is.

use super::{
    file,
    line::{Line, ResultLine},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use monitorah_core::{AccountId, MonitorId, Region, port::ResultRow};
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    io::{self, BufRead, BufReader},
    os::unix::fs::FileExt,
    path::PathBuf,
};

/// Whose results.
pub(crate) type Of = (AccountId, MonitorId);
/// What tells a monitor's results apart, in their order.
pub(crate) type Key = (Timestamp, Region, i32);

/// Where a row is, and until when it speaks.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    day: Date,
    offset: u64,
    length: usize,
    speaks_until: Timestamp,
}

/// A day's file up to the end of its last whole batch, and how many of its rows are wanted.
struct Day {
    file: File,
    length: u64,
    wanted: usize,
}

/// A batch that was read: whether it is what was written, and where it ends.
struct Batch {
    whole: bool,
    end: u64,
    unreadable: u64,
}

/// The files, and a map in memory of where each row is: about a hundred bytes a row.
pub(crate) struct Journal {
    folder: PathBuf,
    days: BTreeMap<Date, Day>,
    rows: BTreeMap<Of, BTreeMap<Key, Place>>,
    /// Lines that could not be understood when the files were opened.
    pub(crate) unreadable: u64,
}

impl Journal {
    /// Reads every file. Behind the last whole batch is what a crash left of one that was never
    /// acknowledged: it is cut off. Rows that were silent before `kept` went with retention.
    pub(crate) fn open(folder: PathBuf, kept: Timestamp) -> io::Result<Self> {
        file::folder(&folder)?;
        let mut journal = Self {
            folder,
            days: BTreeMap::new(),
            rows: BTreeMap::new(),
            unreadable: 0,
        };
        // In the order of the days: of rows that are the same, the one of the oldest file counts.
        let mut days = BTreeSet::new();
        for entry in fs::read_dir(&journal.folder)? {
            let name = entry?.file_name();
            let day = name.to_str().and_then(|name| name.strip_suffix(".jsonl"));
            days.extend(day.and_then(|day| day.parse::<Date>().ok()));
        }
        for day in days {
            journal.recover(day, kept)?;
        }
        Ok(journal)
    }

    fn recover(&mut self, day: Date, kept: Timestamp) -> io::Result<()> {
        let file = file::open(&self.path(day))?;
        let mut reader = BufReader::new(&file);
        let (mut bytes, mut offset, mut length) = (Vec::new(), 0_u64, 0_u64);
        let mut digest = Sha256::new();
        let (mut lines, mut unreadable, mut rows) = (0_u64, 0_u64, Vec::new());
        let mut last: Option<Batch> = None;
        loop {
            bytes.clear();
            let read = reader.read_until(b'\n', &mut bytes)?;
            if bytes.last() != Some(&b'\n') {
                break;
            }
            let begin = offset;
            offset += read as u64;
            match serde_json::from_slice(&bytes) {
                Ok(Line::End { lines: all, sha256 }) => {
                    let ended = Batch {
                        whole: all == lines && sha256 == hex(std::mem::take(&mut digest)),
                        end: offset,
                        unreadable,
                    };
                    // A batch that another follows was whole when that one was written: what is
                    // amiss in it is a damaged line, and takes no other row with it.
                    if let Some(before) = last.replace(ended) {
                        length = before.end;
                        self.unreadable += before.unreadable;
                    }
                    (lines, unreadable) = (0, 0);
                    continue;
                }
                Ok(Line::Result(line)) => match line.read() {
                    Some(row) => rows.push((of(&row), key(&row), begin, read, row.speaks_until())),
                    None => unreadable += 1,
                },
                Err(_) => unreadable += 1,
            }
            lines += 1;
            digest.update(&bytes);
        }
        if let Some(batch) = last.filter(|batch| batch.whole) {
            length = batch.end;
            self.unreadable += batch.unreadable;
        }
        file.set_len(length)?;
        file.sync_all()?;
        let entry = Day {
            file,
            length,
            wanted: 0,
        };
        self.days.insert(day, entry);
        for (of, key, offset, length_of_row, speaks_until) in rows {
            if offset < length && speaks_until >= kept && !self.knows(&of, &key) {
                let place = Place {
                    day,
                    offset,
                    length: length_of_row,
                    speaks_until,
                };
                self.note(of, key, place);
            }
        }
        Ok(())
    }

    /// Stores rows that are not stored yet: all of them, or none. They are on the disk when this
    /// returns.
    pub(crate) fn append(&mut self, rows: &[&ResultRow]) -> io::Result<()> {
        let Some(newest) = rows.iter().map(|row| row.at).max() else {
            return Ok(());
        };
        // A batch goes into one file, that of its newest row, so that one line can end it.
        let day = newest.to_zoned(TimeZone::UTC).date();
        let path = self.path(day);
        let entry = match self.days.entry(day) {
            std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
            std::collections::btree_map::Entry::Vacant(entry) => entry.insert(Day {
                file: file::open(&path)?,
                length: 0,
                wanted: 0,
            }),
        };
        let mut bytes = Vec::new();
        let mut places = Vec::with_capacity(rows.len());
        for row in rows {
            let begin = bytes.len();
            let line = Line::Result(Box::new(ResultLine::from(*row)));
            serde_json::to_writer(&mut bytes, &line)?;
            bytes.push(b'\n');
            places.push((entry.length + begin as u64, bytes.len() - begin));
        }
        let end = Line::End {
            lines: rows.len() as u64,
            sha256: hex(Sha256::new().chain_update(&bytes)),
        };
        serde_json::to_writer(&mut bytes, &end)?;
        bytes.push(b'\n');
        // What an append that failed left behind may be longer than this one.
        entry.file.set_len(entry.length)?;
        entry.file.write_all_at(&bytes, entry.length)?;
        entry.file.sync_all()?;
        entry.length += bytes.len() as u64;
        for (row, (begin, length)) in rows.iter().zip(places) {
            let place = Place {
                day,
                offset: begin,
                length,
                speaks_until: row.speaks_until(),
            };
            self.note(of(row), key(row), place);
        }
        Ok(())
    }

    /// Whether the row is stored.
    pub(crate) fn knows(&self, of: &Of, key: &Key) -> bool {
        self.rows.get(of).is_some_and(|rows| rows.contains_key(key))
    }

    /// The places of a monitor's rows.
    pub(crate) fn places(&self, of: &Of) -> Option<&BTreeMap<Key, Place>> {
        self.rows.get(of)
    }

    /// The monitors of which there are rows.
    pub(crate) fn monitors(&self) -> impl Iterator<Item = &Of> {
        self.rows.keys()
    }

    /// The row at a place; none when its line cannot be understood any more.
    pub(crate) fn row(&self, place: &Place) -> io::Result<Option<ResultRow>> {
        let Some(day) = self.days.get(&place.day) else {
            return Ok(None);
        };
        let mut bytes = vec![0; place.length];
        day.file.read_exact_at(&mut bytes, place.offset)?;
        Ok(match serde_json::from_slice(&bytes) {
            Ok(Line::Result(line)) => line.read(),
            _ => None,
        })
    }

    /// Forgets at most `limit` rows of before `kept` that were silent by then or that a later one of
    /// before `kept` speaks in the place of, and removes the files of which
    /// no row is wanted any more. The caller has stored `kept`: after a restart, forgotten rows of a
    /// file that stays are passed over by it.
    pub(crate) fn prune(&mut self, kept: Timestamp, limit: usize) -> io::Result<u64> {
        let over: Vec<(Of, Key)> = self
            .rows
            .iter()
            .flat_map(|(of, rows)| {
                let last = rows.keys().filter(|key| key.0 < kept).max();
                let over = rows.iter().filter(move |(key, place)| {
                    key.0 < kept && (place.speaks_until < kept || Some(*key) < last)
                });
                over.map(|(key, _)| (*of, *key))
            })
            .take(limit)
            .collect();
        let count = over.len() as u64;
        for (of, key) in over {
            self.forget(&of, &key);
        }
        let today = kept.to_zoned(TimeZone::UTC).date();
        let empty: Vec<Date> = self
            .days
            .range(..today)
            .filter(|(_, day)| day.wanted == 0)
            .map(|(date, _)| *date)
            .collect();
        for day in empty {
            fs::remove_file(self.path(day))?;
            self.days.remove(&day);
        }
        Ok(count)
    }

    /// Forgets a monitor.
    pub(crate) fn forget_all(&mut self, of: &Of) {
        let keys: Vec<Key> = self
            .rows
            .get(of)
            .map(|rows| rows.keys().copied().collect())
            .unwrap_or_default();
        for key in keys {
            self.forget(of, &key);
        }
    }

    fn forget(&mut self, of: &Of, key: &Key) {
        let Some(rows) = self.rows.get_mut(of) else {
            return;
        };
        let place = rows.remove(key);
        if rows.is_empty() {
            self.rows.remove(of);
        }
        if let Some(day) = place.and_then(|place| self.days.get_mut(&place.day)) {
            day.wanted = day.wanted.saturating_sub(1);
        }
    }

    fn note(&mut self, of: Of, key: Key, place: Place) {
        self.rows.entry(of).or_default().insert(key, place);
        if let Some(day) = self.days.get_mut(&place.day) {
            day.wanted += 1;
        }
    }

    fn path(&self, day: Date) -> PathBuf {
        self.folder.join(format!("{day}.jsonl"))
    }
}

/// Whose a row is.
pub(crate) fn of(row: &ResultRow) -> Of {
    (row.tenant.account(), row.monitor)
}

/// What tells a row from the others of its monitor.
pub(crate) fn key(row: &ResultRow) -> Key {
    (row.at, row.region, row.sequence)
}

fn hex(digest: Sha256) -> String {
    digest
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
