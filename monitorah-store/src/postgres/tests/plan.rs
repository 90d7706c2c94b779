//! What the planner of PostgreSQL makes of the statements that must stay fast.

use super::*;
use crate::sql::statement;
use monitorah_core::AccountId;

/// A hundred thousand buckets of a hundred monitors: those of one are read through the key.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rollups_are_read_through_their_key() {
    let cluster = Cluster::start().await.unwrap();
    let (store, database) = migrated(&cluster, 2).await;
    let mut admin = PgConnection::connect_with(&database).await.unwrap();
    let fill = "INSERT INTO rollups (account_id, monitor_id, resolution, start, up_us, degraded_us, \
        down_us, unknown_us, checks, latencies) \
        SELECT decode(lpad('1', 32, '0'), 'hex'), decode(lpad(to_hex(m), 32, '0'), 'hex'), 900, \
        s * 900000000::bigint, 1, 0, 0, 0, 1, '' \
        FROM generate_series(1, 100) m, generate_series(1, 1000) s";
    sqlx::query(fill).execute(&mut admin).await.unwrap();
    sqlx::query("ANALYZE rollups")
        .execute(&mut admin)
        .await
        .unwrap();
    let explain = AssertSqlSafe(format!("EXPLAIN (ANALYZE, BUFFERS) {}", statement::ROLLUPS));
    let mut monitor = [0_u8; 16];
    monitor[15] = 7;
    let mut account = [0_u8; 16];
    account[15] = 1;
    let tenant = Tenant::of(AccountId::from_bytes(account));
    let plan: Vec<String> = sqlx::query_scalar(explain)
        .bind(account.as_slice())
        .bind(monitor.as_slice())
        .bind(900_i64)
        .bind(0_i64)
        .bind(96 * 900_000_000_i64)
        .fetch_all(&mut *store.read(&tenant).await.unwrap())
        .await
        .unwrap();
    let plan = plan.join("\n");
    assert!(
        plan.contains("using rollups_pkey") || plan.contains("on rollups_pkey"),
        "{plan}"
    );
    assert!(!plan.contains("Seq Scan"), "{plan}");
    assert!(plan.contains("rows=95 "), "{plan}");
    store.close().await;
}
