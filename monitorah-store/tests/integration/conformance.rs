//! Every store runs the conformance suites of the ports.
#![expect(
    clippy::unwrap_used,
    reason = "a rig that cannot be set up fails its test"
)]

use monitorah_core::{
    environment::SystemEnvironment,
    port::MemoryStore,
    testkit::conformance::{self, Subject, sample},
};
use monitorah_store::{SqliteOptions, SqliteStore};
use sqlx::{Connection, PgConnection, SqliteConnection, sqlite::SqliteConnectOptions};
use std::sync::Arc;

/// A subject, and what must live as long as it.
struct Rig {
    subject: Subject,
    _directory: Option<tempfile::TempDir>,
}

impl Rig {
    async fn found(self) -> Self {
        let accounts = &self.subject.accounts;
        accounts
            .found(&sample::founding(), &sample::act(0))
            .await
            .unwrap();
        self
    }
}

async fn memory() -> Rig {
    Rig {
        subject: Subject::of(&Arc::new(MemoryStore::new())),
        _directory: None,
    }
}

const STRANGER: &str = "INSERT INTO accounts (account_id, region, founder_id, created_at) \
    VALUES ($1, 'lo', $2, 0)";

async fn postgres(cluster: &monitorah_cluster::Cluster) -> Rig {
    let (store, database) = crate::store::postgres(cluster, 5).await;
    let mut connection = PgConnection::connect_with(&database).await.unwrap();
    sqlx::query(STRANGER)
        .bind(sample::stranger().account().as_bytes().as_slice())
        .bind(sample::bytes(2).as_slice())
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    Rig {
        subject: Subject::of(&Arc::new(store)),
        _directory: None,
    }
}

async fn sqlite() -> Rig {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("monitorah.db");
    let options = SqliteOptions::new(Arc::new(SystemEnvironment::new()));
    let store = SqliteStore::open(&path, options).await.unwrap();
    store.migrate().await.unwrap();
    // No port makes a second account yet.
    let mut connection =
        SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(&path))
            .await
            .unwrap();
    sqlx::query(STRANGER)
        .bind(sample::stranger().account().as_bytes().as_slice())
        .bind(sample::bytes(2).as_slice())
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    Rig {
        subject: Subject::of(&Arc::new(store)),
        _directory: Some(directory),
    }
}

macro_rules! suites {
    ($($backend:ident)+) => {$(
        mod $backend {
            use super::conformance;

            #[tokio::test]
            async fn account_store() {
                conformance::account_store(&super::$backend().await.subject).await;
            }

            #[tokio::test]
            async fn founding_race() {
                let rig = super::$backend().await;
                conformance::founding_race(&rig.subject.accounts, 50).await;
            }

            #[tokio::test]
            async fn settle_race() {
                let rig = super::$backend().await.found().await;
                conformance::settle_race(&rig.subject, 20).await;
            }

            #[tokio::test]
            async fn lease_race() {
                let rig = super::$backend().await.found().await;
                conformance::lease_race(&rig.subject, 8).await;
            }

            suites!(@plain $backend: credential_store audit_log badge_store monitor_store
                monitor_filters monitor_dependencies monitor_feed heartbeat_store manual_store
                incident_store channel_store rule_store rule_reminders maintenance_store
                silence_store dependency_store outbox lease_turns hold_store hold_race result_store result_retention
                event_retention rollups);
        }
    )+};
    (@plain $backend:ident: $($suite:ident)+) => {$(
        #[tokio::test]
        async fn $suite() {
            let rig = super::$backend().await.found().await;
            conformance::$suite(&rig.subject).await;
        }
    )+};
}

suites!(memory sqlite);

macro_rules! run {
    ($cluster:ident: $($suite:ident)+) => {$(
        conformance::$suite(&postgres(&$cluster).await.found().await.subject).await;
    )+};
}

/// One cluster for all suites, a database for each.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_conforms() {
    let cluster = monitorah_cluster::Cluster::start().await.unwrap();
    conformance::account_store(&postgres(&cluster).await.subject).await;
    let rig = postgres(&cluster).await;
    conformance::founding_race(&rig.subject.accounts, 20).await;
    let rig = postgres(&cluster).await.found().await;
    conformance::settle_race(&rig.subject, 20).await;
    let rig = postgres(&cluster).await.found().await;
    conformance::lease_race(&rig.subject, 8).await;
    run!(cluster: credential_store audit_log badge_store monitor_store monitor_filters
        monitor_dependencies monitor_feed heartbeat_store manual_store incident_store
        channel_store rule_store rule_reminders maintenance_store silence_store
        dependency_store outbox lease_turns hold_store hold_race result_store result_retention event_retention
        rollups);
}
