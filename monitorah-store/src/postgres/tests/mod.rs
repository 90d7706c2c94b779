//! What only PostgreSQL can be asked: its plans, and what its policies hold when we forget to.

mod leak;
mod plan;
mod tls;
mod walk;

use super::*;
use monitorah_cluster::Cluster;
use monitorah_core::environment::SystemEnvironment;
use sqlx::{Connection, PgConnection, postgres::PgConnectOptions};

/// A migrated database: a store that signs in as a server does, and how the administrator does.
async fn migrated(cluster: &Cluster, connections: u32) -> (PostgresStore, PgConnectOptions) {
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
        ..PostgresOptions::new(Arc::new(SystemEnvironment::new()))
    };
    let store = PostgresStore::connect(&login, options).await.unwrap();
    (store, database)
}

/// A statement that can be prepared by itself, as nobody binds values to it.
fn typed(mut text: String) -> String {
    // Alone, "$2 IS NULL" says nothing of a type: the ports bind a value of one.
    for place in 2..=9 {
        let bare = format!("(${place} IS NULL OR ");
        if let Some(at) = text.find(&bare) {
            let rest = text.get(at + bare.len()..).unwrap();
            let ids = ["position", "id =", "channel_id", "monitor_id"];
            let id = ids.iter().any(|id| rest.starts_with(id));
            let kind = if id { "bytea" } else { "text" };
            text = text.replacen(&bare, &format!("(${place}::{kind} IS NULL OR "), 1);
        }
    }
    text
}
