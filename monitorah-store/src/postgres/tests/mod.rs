//! What only PostgreSQL can be asked: its plans, and what its policies hold when we forget to.

mod leak;
mod plan;
#[path = "../../../tests/integration/support/mod.rs"]
mod support;
mod tls;
mod walk;

use super::*;
use monitorah_core::environment::SystemEnvironment;
use sqlx::{Connection, PgConnection, postgres::PgConnectOptions};
use support::Cluster;

/// A migrated database: a store that signs in as a server does, and how the administrator does.
async fn migrated(cluster: &Cluster, connections: u32) -> (PostgresStore, PgConnectOptions) {
    let database = cluster
        .migrated(async |database| {
            let login = PostgresTarget::of(cluster.login(&database));
            migrate(&PostgresTarget::of(database), &login)
                .await
                .unwrap();
        })
        .await;
    let login = PostgresTarget::of(cluster.login(&database));
    let options = PostgresOptions {
        connections,
        ..PostgresOptions::new(Arc::new(SystemEnvironment::new()))
    };
    let store = PostgresStore::connect(&login, options).await.unwrap();
    (store, database)
}
