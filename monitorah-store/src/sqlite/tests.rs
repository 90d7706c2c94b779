//! What holds for the file itself: every statement fits its schema, and none walks a tenant's table.

use super::*;
use crate::{SchemaState, sql::statement};
use monitorah_core::environment::SystemEnvironment;
use sqlx::{Executor, SqlSafeStr};
use std::sync::Arc;

async fn fresh() -> (tempfile::TempDir, SqliteStore) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("monitorah.db");
    let environment = Arc::new(SystemEnvironment::new());
    let store = SqliteStore::open(&path, SqliteOptions::new(environment))
        .await
        .unwrap();
    assert!(matches!(
        store.schema_state().await.unwrap(),
        SchemaState::Behind { schema: 0, .. }
    ));
    store.migrate().await.unwrap();
    assert_eq!(store.schema_state().await.unwrap(), SchemaState::Current);
    (directory, store)
}

#[tokio::test]
async fn every_statement_fits_the_schema() {
    let (_directory, store) = fresh().await;
    for (name, text) in statement::TENANT.iter().chain(statement::EVERYONE) {
        let mut connection = store.writer.acquire().await.unwrap();
        let prepared = connection.prepare(text.into_sql_str()).await;
        assert!(prepared.is_ok(), "{name}: {:?}", prepared.err());
    }
}
