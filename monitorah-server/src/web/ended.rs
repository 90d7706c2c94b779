//! Visits that were ended before their time: whoever kept such a cookie is not let in with it.

use jiff::Timestamp;
use std::{
    collections::BTreeMap,
    fs,
    io::{self, Read, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

/// The file in the data directory, so that a restart brings no visit back.
const FILE: &str = "ended-visits";
/// The most that are remembered. More go out with the one that would have ended first.
const MOST: usize = 4_096;
/// The largest file that is read: a line of 90 bytes for each.
const MAX_FILE: u64 = 1024 * 1024;

/// What is remembered of a visit: a digest that opens nothing.
pub(super) type Mark = [u8; 32];

/// Marks of ended visits, each with the second in which its cookie ends by itself.
#[derive(Debug)]
pub(super) struct Ended {
    path: Option<PathBuf>,
    marks: Mutex<BTreeMap<Mark, i64>>,
}

impl Ended {
    /// Those that the data directory knows of.
    pub(super) fn of(data_dir: &Path) -> Self {
        let path = data_dir.join(FILE);
        let marks = match read(&path) {
            Ok(marks) => marks,
            Err(error) if error.kind() == io::ErrorKind::NotFound => BTreeMap::new(),
            Err(error) => {
                tracing::error!(%error, "which visits were ended cannot be read: some may go on");
                BTreeMap::new()
            }
        };
        Self {
            path: Some(path),
            marks: Mutex::new(marks),
        }
    }

    /// Those of this process only.
    #[cfg(test)]
    pub(super) fn nowhere() -> Self {
        Self {
            path: None,
            marks: Mutex::default(),
        }
    }

    pub(super) fn holds(&self, mark: &Mark) -> bool {
        let marks = self.marks.lock().unwrap_or_else(PoisonError::into_inner);
        marks.contains_key(mark)
    }

    /// Ends a visit. People sign out rarely and the file is small, so that it is written anew, under
    /// the lock: what a later call wrote stays.
    pub(super) fn add(&self, mark: Mark, end: i64, now: Timestamp) {
        let mut marks = self.marks.lock().unwrap_or_else(PoisonError::into_inner);
        marks.retain(|_, end| *end > now.as_second());
        if marks.len() >= MOST
            && let Some(first) = marks.iter().min_by_key(|(_, end)| **end)
        {
            let first = *first.0;
            marks.remove(&first);
        }
        marks.insert(mark, end);
        let written = self.path.as_deref().map(|path| write(path, &marks));
        if let Some(Err(error)) = written {
            tracing::error!(%error, "an ended visit cannot be stored: a restart would forget it");
        }
    }
}

fn read(path: &Path) -> io::Result<BTreeMap<Mark, i64>> {
    let mut text = String::new();
    fs::File::open(path)?
        .take(MAX_FILE)
        .read_to_string(&mut text)?;
    Ok(text.lines().filter_map(line).take(MOST).collect())
}

fn line(text: &str) -> Option<(Mark, i64)> {
    let (mark, end) = text.split_once(' ')?;
    let mut bytes = [0_u8; 32];
    if mark.len() != 2 * bytes.len() {
        return None;
    }
    for (index, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(mark.get(2 * index..2 * index + 2)?, 16).ok()?;
    }
    Some((bytes, end.parse().ok()?))
}

fn write(path: &Path, marks: &BTreeMap<Mark, i64>) -> io::Result<()> {
    let mut text = String::new();
    for (mark, end) in marks {
        for byte in mark {
            text.push_str(&format!("{byte:02x}"));
        }
        text.push_str(&format!(" {end}\n"));
    }
    let new = path.with_extension("new");
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&new)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(new, path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn mark(number: u64) -> Mark {
        let mut mark = [0; 32];
        mark[..8].copy_from_slice(&number.to_be_bytes());
        mark
    }

    #[test]
    fn what_ended_is_known_after_a_restart_until_its_time() {
        let folder = tempfile::tempdir().unwrap();
        let ended = Ended::of(folder.path());
        ended.add(mark(1), 100, at(1));
        ended.add(mark(2), 200, at(1));
        let file = folder.path().join(FILE);
        let mode = fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let again = Ended::of(folder.path());
        assert!(again.holds(&mark(1)) && again.holds(&mark(2)) && !again.holds(&mark(3)));
        again.add(mark(3), 300, at(150));
        assert!(
            !Ended::of(folder.path()).holds(&mark(1)),
            "its time is over"
        );
        assert!(Ended::of(folder.path()).holds(&mark(2)));
        fs::write(&file, "nonsense\n00 1\nü \n").unwrap();
        assert!(!Ended::of(folder.path()).holds(&mark(2)));
    }

    #[test]
    fn it_is_bounded_and_lets_go_of_the_one_that_ends_first() {
        let ended = Ended::nowhere();
        for number in 0..=MOST as u64 {
            ended.add(mark(number), 1_000 + i64::try_from(number).unwrap(), at(1));
        }
        assert_eq!(ended.marks.lock().unwrap().len(), MOST);
        assert!(!ended.holds(&mark(0)) && ended.holds(&mark(1)));
    }
}
