//! A migrated PostgreSQL database, and a store that signs in to it as a server does.
#![allow(clippy::unwrap_used, reason = "a rig that several tests share")]

use monitorah_cluster::Cluster;
use monitorah_core::environment::SystemEnvironment;
use monitorah_store::{PostgresOptions, PostgresStore, PostgresTarget, postgres::migrate};
use sqlx::postgres::PgConnectOptions;
use std::sync::Arc;

/// The store, and how its administrator signs in.
pub(crate) async fn postgres(
    cluster: &Cluster,
    connections: u32,
) -> (PostgresStore, PgConnectOptions) {
    let database = cluster
        .migrated(async |database| {
            let login = PostgresTarget::of(cluster.login(&database));
            Ok(migrate(&PostgresTarget::of(database), &login).await?)
        })
        .await
        .unwrap();
    let login = PostgresTarget::of(cluster.login(&database));
    let options = PostgresOptions {
        connections,
        // As the suites of the ports have it, which know every store.
        results_kept: jiff::SignedDuration::from_hours(48),
        ..PostgresOptions::new(Arc::new(SystemEnvironment::new()))
    };
    let store = PostgresStore::connect(&login, options).await.unwrap();
    (store, database)
}
