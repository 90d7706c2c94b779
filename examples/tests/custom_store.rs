//! The store of the example passes the suites that every store passes, and a crash costs it nothing
//! that it acknowledged.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

#[path = "../examples/custom_store/main.rs"]
#[allow(dead_code, reason = "its main is not run here")]
mod custom_store;

use custom_store::results_in_files;
use monitorah_core::{
    Status,
    port::{MemoryStore, Ports, ResultFilter, ResultRow},
    testkit::conformance::{self, Subject, sample},
    uptime::Resolution,
};
use std::{
    fs,
    io::{Read, Write},
    net::TcpListener,
    path::{Path, PathBuf},
    sync::Arc,
    thread,
};
use tempfile::TempDir;

/// Results in files beside a store in memory, which is the same one after the files were reopened.
struct Rig {
    folder: TempDir,
    rest: Ports,
}

impl Rig {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            rest: Ports::of(&Arc::new(MemoryStore::new())),
        }
    }

    async fn open(&self) -> Subject {
        let ports = results_in_files(self.folder.path(), self.rest.clone());
        Subject::over(ports.await.unwrap())
    }

    /// The files of the days, oldest first.
    fn days(&self) -> Vec<PathBuf> {
        let folder = self.folder.path().join("results");
        let mut days: Vec<PathBuf> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        days.sort();
        days
    }
}

macro_rules! suites {
    ($($suite:ident)+) => {$(
        #[tokio::test]
        async fn $suite() {
            let rig = Rig::new();
            conformance::$suite(&rig.open().await).await;
        }
    )+};
}

// Those of results, and those of what the store answers for together with the other one.
suites!(result_store result_retention event_retention rollups monitor_store monitor_feed);

async fn stored(subject: &Subject) -> Vec<ResultRow> {
    let all = ResultFilter::default();
    let monitor = sample::monitor(1).id;
    let found = subject.results.results(&subject.home, monitor, &all, 99);
    found.await.unwrap()
}

/// A subject with one monitor, and the batches that were acknowledged: of two rows each.
async fn two_batches(rig: &Rig) -> Vec<ResultRow> {
    let subject = rig.open().await;
    let monitor = sample::monitor(1);
    subject
        .monitors
        .create_monitor(&subject.home, &monitor, None, &sample::act(0))
        .await
        .unwrap();
    let rows: Vec<ResultRow> = (0..4)
        .map(|n| ResultRow {
            detail: Some(sample::sealed(7)),
            ..sample::result(&monitor, 60 * n, Status::Up)
        })
        .collect();
    for batch in rows.chunks(2) {
        subject.results.append(batch).await.unwrap();
    }
    rows.into_iter().rev().collect()
}

#[tokio::test]
async fn a_batch_that_a_crash_tore_is_left_out_wherever_it_was_torn() {
    let rig = Rig::new();
    let rows = two_batches(&rig).await;
    let day = rig.days().remove(0);
    let whole = fs::read(&day).unwrap();
    assert_eq!(stored(&rig.open().await).await, rows);
    // The end of the first batch: after it, every byte of the second may be missing.
    let line_ends: Vec<usize> = (0..whole.len()).filter(|at| whole[*at] == b'\n').collect();
    let first = line_ends[2] + 1;
    for length in (first..whole.len()).rev() {
        fs::write(&day, &whole[..length]).unwrap();
        let subject = rig.open().await;
        assert_eq!(stored(&subject).await, rows[2..], "{length} bytes are left");
        assert_eq!(fs::read(&day).unwrap(), whole[..first]);
        // The engine sends the batch again, for it was told of no success.
        if length % 100 == 0 {
            let again: Vec<_> = rows[..2].iter().rev().cloned().collect();
            subject.results.append(&again).await.unwrap();
            assert_eq!(stored(&subject).await, rows);
            assert_eq!(fs::read(&day).unwrap(), whole);
        }
    }
    // A block of the last batch that never reached the disk.
    let mut holed = whole.clone();
    holed[first + 20..first + 60].fill(0);
    fs::write(&day, &holed).unwrap();
    assert_eq!(stored(&rig.open().await).await, rows[2..]);
}

#[tokio::test]
async fn a_damaged_line_takes_no_other_row_with_it_and_is_counted() {
    let rig = Rig::new();
    let rows = two_batches(&rig).await;
    let day = rig.days().remove(0);
    let mut bytes = fs::read(&day).unwrap();
    bytes[5] = b'!';
    fs::write(&day, &bytes).unwrap();
    let subject = rig.open().await;
    assert_eq!(stored(&subject).await, rows[..3]);
    let report = subject.results.roll_up(sample::at(600)).await.unwrap();
    assert_eq!(report.unreadable, 1);
}

#[tokio::test]
async fn rollups_and_retention_survive_a_reopening() {
    let rig = Rig::new();
    two_batches(&rig).await;
    let (from, to) = (sample::at(0), sample::at(86_400));
    let minutes = async |subject: &Subject| {
        let monitor = sample::monitor(1).id;
        let found = subject
            .results
            .rollups(&subject.home, monitor, Resolution::Minute, from, to);
        found.await.unwrap()
    };
    let subject = rig.open().await;
    while subject.results.roll_up(to).await.unwrap().more {}
    let before = minutes(&subject).await;
    assert_eq!(before.len(), 5);
    drop(subject);

    // Everything is computed again, and nothing is written, for nothing is new.
    let written = rollup_bytes(rig.folder.path());
    let subject = rig.open().await;
    while subject.results.roll_up(to).await.unwrap().more {}
    assert_eq!(minutes(&subject).await, before);
    assert_eq!(rollup_bytes(rig.folder.path()), written);

    // The last bucket is torn, and computed anew.
    let file = last_minutes(rig.folder.path());
    let bytes = fs::read(&file).unwrap();
    fs::write(&file, &bytes[..bytes.len() - 9]).unwrap();
    drop(subject);
    let subject = rig.open().await;
    assert_eq!(minutes(&subject).await, before[..4]);
    while subject.results.roll_up(to).await.unwrap().more {}
    assert_eq!(minutes(&subject).await, before);

    let later = sample::at(3 * 86_400);
    while subject.results.roll_up(later).await.unwrap().more {}
    while subject.results.prune(later).await.unwrap() > 0 {}
    assert!(rig.days().is_empty());
    drop(subject);
    let subject = rig.open().await;
    assert_eq!(minutes(&subject).await, before);
    // Older than what retention took: neither kept nor computed from.
    let late = sample::result(&sample::monitor(1), 90, Status::Down);
    subject.results.append(&[late]).await.unwrap();
    while subject.results.roll_up(later).await.unwrap().more {}
    assert!(stored(&subject).await.is_empty());
    assert_eq!(minutes(&subject).await, before);
}

fn last_minutes(folder: &Path) -> PathBuf {
    let monitor = sample::monitor(1);
    let folder = folder
        .join("rollups")
        .join(monitor.account.to_string())
        .join(monitor.id.to_string())
        .join("minutes");
    fs::read_dir(folder)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path()
}

fn rollup_bytes(folder: &Path) -> u64 {
    last_minutes(folder).metadata().unwrap().len()
}

#[tokio::test]
async fn a_removed_monitor_leaves_nothing_behind() {
    let rig = Rig::new();
    two_batches(&rig).await;
    let subject = rig.open().await;
    while subject.results.roll_up(sample::at(600)).await.unwrap().more {}
    let monitor = sample::monitor(1);
    subject
        .monitors
        .delete_monitor(&subject.home, monitor.id, None, &sample::act(9))
        .await
        .unwrap();
    assert!(stored(&subject).await.is_empty());
    let account = rig
        .folder
        .path()
        .join("rollups")
        .join(monitor.account.to_string());
    assert_eq!(fs::read_dir(&account).unwrap().count(), 1);
    subject.results.prune(sample::at(700)).await.unwrap();
    assert_eq!(fs::read_dir(&account).unwrap().count(), 0);
    subject.results.prune(sample::at(3 * 86_400)).await.unwrap();
    assert!(rig.days().is_empty());
}

#[tokio::test]
async fn two_processes_do_not_share_the_files() {
    let rig = Rig::new();
    let _first = rig.open().await;
    let second = results_in_files(rig.folder.path(), rig.rest.clone()).await;
    assert!(second.is_err());
}

/// The engine over SQLite and the files, closed and opened again: what it saw is still there.
#[tokio::test]
async fn an_engine_keeps_what_it_saw_over_a_restart() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let target = format!("http://{}/", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 1024]).unwrap();
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let first = custom_store::look(folder.path(), &target).await.unwrap();
    assert!(!first.is_empty());
    assert!(first.iter().all(|seen| seen.row.status == Status::Up));
    let second = custom_store::look(folder.path(), &target).await.unwrap();
    assert!(second.len() > first.len());
    let rows = |seen: &[monitorah_core::service::ResultView]| -> Vec<ResultRow> {
        seen.iter().map(|seen| seen.row.clone()).collect()
    };
    assert_eq!(rows(&second)[second.len() - first.len()..], rows(&first));
    // What was sealed opens with the key of the first time.
    assert!(second.iter().all(|seen| !seen.sealed));
    // Nobody else may read them, and one line of JSON is one result.
    let day = fs::read_dir(folder.path().join("log/results")).unwrap();
    let text = fs::read_to_string(day.last().unwrap().unwrap().path()).unwrap();
    assert_eq!(text.matches("{\"result\":").count(), second.len());
}
