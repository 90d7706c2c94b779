//! Several stores on one file, as several processes are: writers never fail for each other.
#![expect(
    clippy::unwrap_used,
    reason = "a rig that cannot be set up fails its test"
)]

use monitorah_core::{
    environment::SystemEnvironment,
    port::{AccountStore, MonitorStore, Page},
    testkit::conformance::sample,
};
use monitorah_store::{DataDirLock, LockError, SqliteOptions, SqliteStore};
use std::{path::Path, sync::Arc};

async fn open(path: &Path) -> SqliteStore {
    let options = SqliteOptions::new(Arc::new(SystemEnvironment::new()));
    SqliteStore::open(path, options).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_writers_on_one_file_never_fail() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("monitorah.db");
    let first = open(&path).await;
    first.migrate().await.unwrap();
    first
        .found(&sample::founding(), &sample::act(0))
        .await
        .unwrap();
    let home = sample::home();
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..5_u64 {
        let store = open(&path).await;
        writers.spawn(async move {
            for number in 0..40 {
                let monitor = sample::monitor(1_000 * writer + number);
                store
                    .create_monitor(&home, &monitor, None, &sample::act(0))
                    .await
                    .unwrap();
                // Reading between writes is what a deferred transaction fails at.
                let stored = store.monitor(&home, monitor.id).await.unwrap().monitor;
                store
                    .update_monitor(&home, &stored, &[], &sample::act(1))
                    .await
                    .unwrap();
            }
            store.close().await;
        });
    }
    while let Some(ended) = writers.join_next().await {
        ended.unwrap();
    }
    // What the others wrote is seen at once.
    let all = first
        .monitors(&home, &Default::default(), Page::first(999))
        .await
        .unwrap();
    assert_eq!(all.len(), 200);
    assert!(all.iter().all(|record| record.monitor.version == 2));
}

#[test]
fn the_data_directory_is_locked_once() {
    let directory = tempfile::tempdir().unwrap();
    let held = DataDirLock::take(directory.path()).unwrap();
    let second = DataDirLock::take(directory.path());
    assert!(matches!(second, Err(LockError::Held)), "{second:?}");
    drop(held);
    DataDirLock::take(directory.path()).unwrap();
}
