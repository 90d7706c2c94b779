//! What only PostgreSQL does: it tells who listens, and its result log goes by days.
#![allow(clippy::unwrap_used, reason = "a test")]

use crate::store::postgres;
use monitorah_cluster::Cluster;
use monitorah_core::{
    Status,
    environment::{SystemEnvironment, timeout},
    port::{AccountStore, MonitorFeed, MonitorStore, ResultFilter, ResultRow, ResultStore},
    testkit::conformance::sample,
};
use monitorah_store::{PostgresOptions, PostgresStore, PostgresTarget};
use sqlx::{Connection, PgConnection};
use std::{sync::Arc, time::Duration};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_is_told_to_who_listens() {
    let cluster = Cluster::start().await.unwrap();
    let (writer, _) = postgres(&cluster, 2).await;
    let reader = writer.clone();
    writer
        .found(&sample::founding(), &sample::act(0))
        .await
        .unwrap();
    // The first call begins to listen, and says so at once: something may have changed before.
    reader.changed().await;
    let environment = SystemEnvironment::new();
    let patience = Duration::from_secs(10);
    let nothing = timeout(&environment, Duration::from_millis(100), reader.changed()).await;
    assert!(nothing.is_err(), "nothing changed, and somebody was told");
    let monitor = sample::monitor(1);
    let (home, act) = (sample::home(), sample::act(1));
    let (heard, made) = futures::join!(
        timeout(&environment, patience, reader.changed()),
        writer.create_monitor(&home, &monitor, None, &act),
    );
    made.unwrap();
    heard.unwrap();
    writer.close().await;
}

/// Yesterday and the days to come have partitions; a day that is over goes as one, and what still
/// speaks is kept.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_day_of_results_goes_as_one() {
    let cluster = Cluster::start().await.unwrap();
    let (store, database) = postgres(&cluster, 2).await;
    let mut admin = PgConnection::connect_with(&database).await.unwrap();
    let home = sample::home();
    store
        .found(&sample::founding(), &sample::act(0))
        .await
        .unwrap();
    let monitor = sample::monitor(1);
    store
        .create_monitor(&home, &monitor, None, &sample::act(1))
        .await
        .unwrap();
    // The partitions of the days from `sample::at(0)` on.
    store.prune(sample::at(0)).await.unwrap();
    let rows: Vec<ResultRow> = (0..500)
        .map(|n| sample::result(&monitor, n, Status::Up))
        .collect();
    store.append(&rows).await.unwrap();
    let speaks = ResultRow {
        valid_for: Duration::from_secs(9 * 86_400),
        ..sample::result(&monitor, 600, Status::Up)
    };
    store.append(std::slice::from_ref(&speaks)).await.unwrap();
    let mut parts = async || -> Vec<(String, i64)> {
        sqlx::query_as(
            "SELECT tableoid::regclass::text, count(*) FROM results GROUP BY 1 ORDER BY 1",
        )
        .fetch_all(&mut admin)
        .await
        .unwrap()
    };
    assert_eq!(parts().await, [("results_20231115".to_owned(), 501)]);

    let later = sample::at(4 * 86_400);
    while store.roll_up(later).await.unwrap().more {}
    while store.prune(later).await.unwrap() > 0 {}
    assert_eq!(parts().await, [("results_rest".to_owned(), 1)]);
    let all = ResultFilter::default();
    let left = store.results(&home, monitor.id, &all, 9_999).await.unwrap();
    assert_eq!(left, [speaks]);
    store.close().await;
}

/// By default results are kept for thirty days, and until their day is over.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn results_are_kept_for_thirty_days() {
    let cluster = Cluster::start().await.unwrap();
    let (first, database) = postgres(&cluster, 2).await;
    first.close().await;
    let login = PostgresTarget::of(cluster.login(&database));
    let options = PostgresOptions::new(Arc::new(SystemEnvironment::new()));
    let store = PostgresStore::connect(&login, options).await.unwrap();
    store
        .found(&sample::founding(), &sample::act(0))
        .await
        .unwrap();
    let (home, monitor) = (sample::home(), sample::monitor(1));
    store
        .create_monitor(&home, &monitor, None, &sample::act(1))
        .await
        .unwrap();
    store.prune(sample::at(0)).await.unwrap();
    let row = sample::result(&monitor, 0, Status::Up);
    store.append(&[row]).await.unwrap();
    for (days, kept) in [(29, 1), (32, 0)] {
        let now = sample::at(days * 86_400);
        while store.roll_up(now).await.unwrap().more {}
        while store.prune(now).await.unwrap() > 0 {}
        let all = ResultFilter::default();
        let left = store.results(&home, monitor.id, &all, 9).await.unwrap();
        assert_eq!(left.len(), kept, "after {days} days");
    }
    store.close().await;
}
