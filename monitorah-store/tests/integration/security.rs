//! PostgreSQL itself keeps accounts apart: roles, row-level security, and who is refused.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use crate::store::postgres;
use monitorah_cluster::Cluster;
use monitorah_core::{
    environment::SystemEnvironment,
    testkit::conformance::{self, Subject, sample},
};
use monitorah_store::{PostgresOptions, PostgresStore, PostgresTarget, postgres::migrate};
use sqlx::{AssertSqlSafe, Connection, PgConnection, postgres::PgConnectOptions};
use std::sync::Arc;

async fn admin(database: &PgConnectOptions) -> PgConnection {
    PgConnection::connect_with(database).await.unwrap()
}

async fn run(connection: &mut PgConnection, text: &str) {
    sqlx::raw_sql(AssertSqlSafe(text.to_owned()))
        .execute(connection)
        .await
        .unwrap();
}

/// The names of tables that belong to accounts, as the catalogue has them.
async fn tenant_tables(connection: &mut PgConnection) -> Vec<String> {
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT table_name::text FROM information_schema.columns \
         WHERE table_schema = 'public' AND column_name = 'account_id' ORDER BY 1",
    )
    .fetch_all(connection)
    .await
    .unwrap();
    assert!(tables.len() > 20, "{tables:?}");
    tables
}

/// Who connects by itself: role, account, and what comes of a statement.
async fn count(connection: &mut PgConnection, role: &str, account: &str, table: &str) -> String {
    run(
        connection,
        &format!("BEGIN; SET LOCAL ROLE {role}; SET LOCAL monitorah.account_id = '{account}'"),
    )
    .await;
    let text = AssertSqlSafe(format!("SELECT count(*) FROM {table}"));
    let counted = sqlx::query_scalar::<_, i64>(text)
        .fetch_one(&mut *connection)
        .await;
    run(connection, "ROLLBACK").await;
    match counted {
        Ok(count) => count.to_string(),
        Err(error) => {
            let code = error.as_database_error().and_then(|error| error.code());
            code.unwrap().into_owned()
        }
    }
}

/// A store that everything was done with that the suites do.
async fn used(cluster: &Cluster) -> PgConnectOptions {
    let (store, database) = postgres(cluster, 4).await;
    let subject = Subject::of(&Arc::new(store));
    let stranger = "INSERT INTO accounts (account_id, region, founder_id, created_at) \
        VALUES ($1, 'lo', $2, 0)";
    sqlx::query(stranger)
        .bind(sample::stranger().account().as_bytes().as_slice())
        .bind(sample::bytes(2).as_slice())
        .execute(&mut admin(&database).await)
        .await
        .unwrap();
    let (founding, act) = (sample::founding(), sample::act(0));
    subject.accounts.found(&founding, &act).await.unwrap();
    conformance::incident_store(&subject).await;
    let monitor = sample::monitor(200);
    let act = sample::act(99_999);
    let monitors = &subject.monitors;
    monitors
        .create_monitor(&subject.home, &monitor, None, &act)
        .await
        .unwrap();
    database
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_table_of_accounts_is_held_by_its_policies() {
    let cluster = Cluster::start().await.unwrap();
    let database = used(&cluster).await;
    let mut admin = admin(&database).await;
    let mut login = PgConnection::connect_with(&cluster.login(&database))
        .await
        .unwrap();
    let account: String = sqlx::query_scalar("SELECT encode(account_id, 'hex') FROM installation")
        .fetch_one(&mut admin)
        .await
        .unwrap();
    let mut seen = 0;
    for table in tenant_tables(&mut admin).await {
        let text =
            "SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE oid = $1::regclass";
        let forced: bool = sqlx::query_scalar(text)
            .bind(&table)
            .fetch_one(&mut admin)
            .await
            .unwrap();
        assert!(forced, "{table} has no forced row-level security");
        // A partition is nobody's: the way leads through the table that it is a part of.
        let text = "SELECT relispartition FROM pg_class WHERE oid = $1::regclass";
        let is_part: bool = sqlx::query_scalar(text)
            .bind(&table)
            .fetch_one(&mut admin)
            .await
            .unwrap();
        if is_part {
            let counted = count(&mut login, "monitorah_app", &account, &table).await;
            assert_eq!(counted, "42501", "{table}");
            continue;
        }
        // Whoever forgets the account sees nothing, and so does a stranger.
        assert_eq!(
            count(&mut login, "monitorah_app", "", &table).await,
            "0",
            "{table}"
        );
        let stranger = "ff".repeat(16);
        assert_eq!(
            count(&mut login, "monitorah_app", &stranger, &table).await,
            "0",
            "{table}"
        );
        // Whoever forgets the role has no rights at all.
        assert_eq!(
            count(&mut login, "NONE", &account, &table).await,
            "42501",
            "{table}"
        );
        let mine = count(&mut login, "monitorah_app", &account, &table).await;
        seen += usize::from(mine != "0");
        let all = format!("SELECT count(*) FROM {table}");
        let all: i64 = sqlx::query_scalar(AssertSqlSafe(all))
            .fetch_one(&mut admin)
            .await
            .unwrap();
        if table != "accounts" {
            assert_eq!(
                mine,
                all.to_string(),
                "{table}: the account sees what is its own"
            );
        }
    }
    assert!(seen >= 8, "only {seen} tables had a row to hide");

    // Nobody signs in as the roles, and only the administrator becomes the owner.
    let roles: Vec<String> = sqlx::query_scalar(
        "SELECT rolname::text FROM pg_roles WHERE rolname LIKE 'monitorah\\_%' \
         AND NOT rolcanlogin AND NOT rolsuper AND NOT rolbypassrls ORDER BY 1",
    )
    .fetch_all(&mut admin)
    .await
    .unwrap();
    let all = ["app", "backup", "owner", "readonly", "sre", "worker"];
    assert_eq!(roles, all.map(|role| format!("monitorah_{role}")));
    let owner = sqlx::query("SET ROLE monitorah_owner")
        .execute(&mut login)
        .await;
    assert!(owner.is_err());

    // Every key from one table of accounts to another carries the account.
    let without: Vec<String> = sqlx::query_scalar(
        "SELECT c.conname::text FROM pg_constraint c WHERE c.contype = 'f' \
         AND c.connamespace = 'public'::regnamespace AND NOT EXISTS (SELECT FROM \
         unnest(c.conkey, c.confkey) AS k (mine, theirs) \
         JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.mine \
         JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = k.theirs \
         WHERE a.attname = 'account_id' AND b.attname = 'account_id')",
    )
    .fetch_all(&mut admin)
    .await
    .unwrap();
    assert_eq!(
        without,
        Vec::<String>::new(),
        "keys that may lead to another account"
    );

    // And every table of accounts has one, but for the accounts themselves, the feed, which tells of
    // what is gone, and what is too
    // much to be compared with each write: its rows name monitor and account at once.
    let free: Vec<String> = sqlx::query_scalar(
        "SELECT c.relname::text FROM pg_class c \
         JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'account_id' \
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') \
         AND NOT c.relispartition AND NOT EXISTS (SELECT FROM pg_constraint k \
         WHERE k.conrelid = c.oid AND k.contype = 'f') ORDER BY 1",
    )
    .fetch_all(&mut admin)
    .await
    .unwrap();
    assert_eq!(free, ["accounts", "feed", "results", "rollups"]);
}

/// What is written goes to the account of the transaction, whatever the statement says.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_written_for_another_account() {
    let cluster = Cluster::start().await.unwrap();
    let database = used(&cluster).await;
    let mut login = PgConnection::connect_with(&cluster.login(&database))
        .await
        .unwrap();
    let stranger = sample::stranger().account();
    let stranger: String = stranger
        .as_bytes()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let mut admin = admin(&database).await;
    let rows = async |admin: &mut PgConnection| -> String {
        sqlx::query_scalar("SELECT md5(string_agg(m::text, '|' ORDER BY m.id)) FROM monitors m")
            .fetch_one(admin)
            .await
            .unwrap()
    };
    let before = rows(&mut admin).await;
    for (text, comes_of_it) in [
        ("UPDATE monitors SET name = 'x'", "0"),
        ("DELETE FROM monitors", "0"),
        ("DELETE FROM results", "0"),
        (
            "INSERT INTO channels SELECT (SELECT account_id FROM installation), '\\x00', 'n', 'k', \
          '', 0, true, 0, 0, 0",
            "42501",
        ),
        (
            "INSERT INTO rollups (account_id, monitor_id, resolution, start, up_us, degraded_us, \
          down_us, unknown_us, checks, latencies) VALUES ('\\x01', '\\x01', 60, 0, 0, 0, 0, 0, 0, \
          '')",
            "42501",
        ),
        ("UPDATE accounts SET account_id = '\\x01'", "42501"),
        ("DELETE FROM audit", "42501"),
        ("TRUNCATE monitors", "42501"),
        ("ALTER TABLE monitors DISABLE ROW LEVEL SECURITY", "42501"),
        ("CREATE TABLE t (a int)", "42501"),
    ] {
        run(
            &mut login,
            &format!(
                "BEGIN; SET LOCAL ROLE monitorah_app; \
            SET LOCAL monitorah.account_id = '{stranger}'"
            ),
        )
        .await;
        let done = sqlx::raw_sql(AssertSqlSafe(text.to_owned()))
            .execute(&mut login)
            .await;
        let came = match done {
            Ok(done) => done.rows_affected().to_string(),
            Err(error) => {
                let code = error.as_database_error().and_then(|error| error.code());
                code.unwrap().into_owned()
            }
        };
        assert_eq!(came, comes_of_it, "{text}");
        run(&mut login, "ROLLBACK").await;
    }
    assert_eq!(rows(&mut admin).await, before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_role_that_nothing_holds_is_refused() {
    let cluster = Cluster::start().await.unwrap();
    let (_store, database) = postgres(&cluster, 1).await;
    let mut admin = admin(&database).await;
    for (role, made, says) in [
        ("postgres", "SELECT 1", "superuser"),
        (
            "r1",
            "CREATE ROLE r1 LOGIN NOINHERIT BYPASSRLS",
            "BYPASSRLS",
        ),
        (
            "r2",
            "CREATE ROLE r2 LOGIN NOINHERIT; GRANT monitorah_owner TO r2",
            "owner",
        ),
        (
            "r3",
            "CREATE ROLE r3 LOGIN NOINHERIT; CREATE ROLE g SUPERUSER; GRANT g TO r3",
            "may become one",
        ),
        ("r4", "CREATE ROLE r4 LOGIN NOINHERIT", "monitorah_app"),
        (
            "r5",
            "CREATE ROLE r5 LOGIN; GRANT monitorah_app, monitorah_worker TO r5",
            "INHERIT",
        ),
        (
            "monitorah",
            "ALTER TABLE rules NO FORCE ROW LEVEL SECURITY",
            "rules",
        ),
    ] {
        run(&mut admin, made).await;
        run(&mut admin, &format!("DO $$ BEGIN EXECUTE format('GRANT CONNECT ON DATABASE %I TO {role}', current_database()); END $$")).await;
        let target = PostgresTarget::of(database.clone().username(role));
        let options = PostgresOptions::new(Arc::new(SystemEnvironment::new()));
        let refused = PostgresStore::connect(&target, options)
            .await
            .unwrap_err()
            .to_string();
        assert!(refused.contains(says), "{role}: {refused}");
        assert!(refused.contains("monitorah migrate"), "{role}: {refused}");
    }
    // A migration puts right what drifted, and refuses to make the server such a role.
    let admin_target = PostgresTarget::of(database.clone());
    let login = PostgresTarget::of(cluster.login(&database));
    migrate(&admin_target, &login).await.unwrap();
    let options = PostgresOptions::new(Arc::new(SystemEnvironment::new()));
    PostgresStore::connect(&login, options).await.unwrap();
    for (role, says) in [("r1", "BYPASSRLS"), ("postgres", "the same role")] {
        let mighty = PostgresTarget::of(database.clone().username(role));
        let refused = migrate(&admin_target, &mighty)
            .await
            .unwrap_err()
            .to_string();
        assert!(refused.contains(says), "{refused}");
    }
}

/// Of many that migrate at once one works, and all succeed; also of those of other databases.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn migrations_wait_for_each_other() {
    let cluster = Cluster::start().await.unwrap();
    let databases = [
        cluster.database().await.unwrap(),
        cluster.database().await.unwrap(),
    ];
    let all = (0..6).map(|number| {
        let database = databases[number % 2].clone();
        let login = PostgresTarget::of(cluster.login(&database));
        async move { migrate(&PostgresTarget::of(database), &login).await }
    });
    for done in futures::future::join_all(all).await {
        done.unwrap();
    }
}
