//! What was answered is durable, whatever the server, the database, the role and the URL say.

use super::*;

async fn kept(connection: &mut PgConnection) -> String {
    sqlx::query_scalar("SHOW synchronous_commit")
        .fetch_one(connection)
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn synchronous_commit_is_on_or_the_store_refuses_to_work() {
    let cluster = Cluster::start_with(&["synchronous_commit=off"], &[], 5432)
        .await
        .unwrap();
    let (store, database) = migrated(&cluster, 2).await;
    store.close().await;
    let name = database.get_database().unwrap();
    let off = [
        format!("ALTER DATABASE {name} SET synchronous_commit = off"),
        "ALTER ROLE monitorah SET synchronous_commit = off".to_owned(),
        "ALTER ROLE monitorah_app SET synchronous_commit = off".to_owned(),
        format!("ALTER ROLE monitorah IN DATABASE {name} SET synchronous_commit = off"),
    ];
    let off: Vec<&str> = off.iter().map(String::as_str).collect();
    cluster.administer(name, &off).await.unwrap();
    let tenant = Tenant::of(monitorah_core::AccountId::from_bytes([1; 16]));
    let plain = cluster.login(&database);
    let asked = plain.clone().options([("synchronous_commit", "off")]);
    for login in [plain.clone(), asked] {
        let options = PostgresOptions::new(Arc::new(SystemEnvironment::new()));
        let store = PostgresStore::connect(&PostgresTarget::of(login), options)
            .await
            .unwrap();
        assert_eq!(
            kept(&mut store.begin_write(&tenant).await.unwrap()).await,
            "on"
        );
        assert_eq!(kept(&mut store.begin_across().await.unwrap()).await, "on");
        store.close().await;
    }
    // What comes between us and the server may take our settings away, as some poolers do.
    let mut stripped = PgConnection::connect_with(&plain).await.unwrap();
    assert_eq!(kept(&mut stripped).await, "off");
    let refused = guard::judge(&mut stripped).await.unwrap_err().to_string();
    assert!(refused.contains("synchronous_commit = on"), "{refused}");
    let on = "SET synchronous_commit = on";
    sqlx::raw_sql(on).execute(&mut stripped).await.unwrap();
    guard::judge(&mut stripped).await.unwrap();
}
