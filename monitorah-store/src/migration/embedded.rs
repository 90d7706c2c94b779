//! The migrations that this software brings: the files in `migrations/`, compiled in.

use sqlx::{
    SqlSafeStr,
    migrate::{Migration, MigrationType, Migrator},
};
use std::sync::LazyLock;

/// A migration as the build script lists it: version, description, text.
type Listed = (i64, &'static str, &'static str);

/// The schema of a SQLite file.
pub(crate) static SQLITE: LazyLock<Migrator> =
    LazyLock::new(|| migrator(&include!(concat!(env!("OUT_DIR"), "/sqlite.rs"))));

/// The schema of a PostgreSQL database.
pub(crate) static POSTGRES: LazyLock<Migrator> =
    LazyLock::new(|| migrator(&include!(concat!(env!("OUT_DIR"), "/postgres.rs"))));

/// What a file begins with whose statements cannot be in a transaction.
const NO_TRANSACTION: &str = "-- no-transaction";

fn migrator(listed: &[Listed]) -> Migrator {
    let migrations = listed.iter().map(|&(version, description, text)| {
        Migration::new(
            version,
            description.into(),
            MigrationType::Simple,
            text.into_sql_str(),
            text.starts_with(NO_TRANSACTION),
        )
    });
    Migrator::with_migrations(migrations.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{SchemaState, SqliteOptions, SqliteStore};
    use monitorah_core::environment::SystemEnvironment;
    use sqlx::{Connection, SqliteConnection, sqlite::SqliteConnectOptions};
    use std::{collections::HashSet, fmt::Write, path::Path, sync::Arc};

    /// What `sqlx::migrate!` made of the migrations of its time: databases hold it.
    const GOLDEN: &str = include_str!("golden.txt");

    fn both() -> [(&'static str, &'static Migrator); 2] {
        [("postgres", &POSTGRES), ("sqlite", &SQLITE)]
    }

    /// Everything of a migration: its text is in the checksum.
    fn line(database: &str, one: &Migration) -> String {
        let mut line = format!("{database} {} {:?} ", one.version, one.migration_type);
        for byte in one.checksum.iter() {
            write!(line, "{byte:02x}").unwrap();
        }
        write!(line, " {} {}", one.no_tx, one.description).unwrap();
        line
    }

    /// The folder as sqlx reads it itself, when it runs and when its macro ran.
    async fn folder(database: &str) -> Migrator {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
        Migrator::new(path.join(database)).await.unwrap()
    }

    #[tokio::test]
    async fn they_are_the_folder_as_sqlx_reads_it() {
        for (database, ours) in both() {
            let folder = folder(database).await;
            let lines =
                |all: &Migrator| -> Vec<_> { all.iter().map(|one| line(database, one)).collect() };
            assert!(folder.iter().count() >= 9, "{database}");
            assert_eq!(lines(ours), lines(&folder), "{database}");
            for (one, file) in ours.iter().zip(folder.iter()) {
                assert_eq!(one.sql.as_str(), file.sql.as_str(), "{database}");
            }
            let mut versions = HashSet::new();
            assert!(ours.iter().all(|one| versions.insert(one.version)));
            assert!(ours.iter().is_sorted_by_key(|one| one.version));
            let how = |all: &Migrator| {
                let schemas = all.create_schemas.clone();
                let table = all.table_name.clone();
                (all.ignore_missing, all.locking, all.no_tx, table, schemas)
            };
            assert_eq!(how(ours), how(&folder), "{database}");
        }
    }

    #[test]
    fn databases_of_before_know_them() {
        let ours: HashSet<_> = both()
            .into_iter()
            .flat_map(|(database, all)| all.iter().map(move |one| line(database, one)))
            .collect();
        assert_eq!(GOLDEN.lines().count(), 22);
        for old in GOLDEN.lines() {
            assert!(
                ours.contains(old),
                "a migration that databases hold was changed, and they will be refused: put it \
                 back, and add a new one\n{old}"
            );
        }
    }

    #[test]
    fn what_asks_for_no_transaction_has_none() {
        let listed = [
            (2, "later", "-- no-transaction\nVACUUM"),
            (1, "plain", "SELECT 1 -- no-transaction"),
        ];
        let migrator = migrator(&listed);
        let found: Vec<_> = migrator
            .iter()
            .map(|one| (one.version, &*one.description, one.no_tx))
            .collect();
        assert_eq!(found, [(1, "plain", false), (2, "later", true)]);
    }

    /// A file that sqlx migrated by itself, up to a version of before or to the newest.
    async fn migrated(path: &Path, until: Option<i64>) -> SqliteConnection {
        let connect = SqliteConnectOptions::new().filename(path);
        let connect = connect.create_if_missing(true);
        let mut connection = SqliteConnection::connect_with(&connect).await.unwrap();
        let folder = folder("sqlite").await;
        folder
            .run_direct(until, &mut connection, false)
            .await
            .unwrap();
        connection
    }

    async fn open(path: &Path) -> SqliteStore {
        let options = SqliteOptions::new(Arc::new(SystemEnvironment::new()));
        SqliteStore::open(path, options).await.unwrap()
    }

    #[tokio::test]
    async fn a_file_of_before_is_accepted_and_one_of_others_is_not() {
        let directory = tempfile::tempdir().unwrap();
        let newest = directory.path().join("newest.db");
        migrated(&newest, None).await.close().await.unwrap();
        let store = open(&newest).await;
        assert_eq!(store.schema_state().await.unwrap(), SchemaState::Current);
        store.migrate().await.unwrap();

        let older = directory.path().join("older.db");
        migrated(&older, Some(101)).await.close().await.unwrap();
        let store = open(&older).await;
        let state = store.schema_state().await.unwrap();
        assert!(matches!(state, SchemaState::Behind { schema: 101, .. }));
        store.migrate().await.unwrap();
        assert_eq!(store.schema_state().await.unwrap(), SchemaState::Current);

        let other = directory.path().join("other.db");
        let mut connection = migrated(&other, Some(101)).await;
        sqlx::query("UPDATE _sqlx_migrations SET checksum = x'00' WHERE version = 4")
            .execute(&mut connection)
            .await
            .unwrap();
        connection.close().await.unwrap();
        let store = open(&other).await;
        store.migrate().await.unwrap_err();
        assert_eq!(store.schema_state().await.unwrap(), state);
    }
}
