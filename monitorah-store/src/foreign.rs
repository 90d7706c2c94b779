//! The SQLite file of another program, read and never written: nothing is made beside it either.
//!
//! The file is opened as immutable, which takes no locks and reads no log. A log with content is
//! therefore refused: what stands in it would be missed.

use crate::sql::fault::fault;
use monitorah_core::{StoreError, StoreErrorKind, StoreResult};
use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, Row, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteRow},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::OsString,
    path::Path,
};

/// The most rows that are read of one table.
pub const MAX_ROWS: u32 = 100_000;
/// The longest value that is read whole: characters.
const MAX_VALUE: u32 = 1_000_000;
/// The most columns of a table: SQLite's own limit.
const MAX_COLUMNS: usize = 2_000;

/// A row: the columns that are not null, as text.
pub type ForeignRow = BTreeMap<String, String>;

/// An opened file.
#[derive(Debug)]
pub struct ForeignSqlite {
    connection: SqliteConnection,
    tables: BTreeSet<String>,
}

impl ForeignSqlite {
    /// Opens a file.
    ///
    /// # Errors
    /// `Unavailable` when there is no such file, it is no database of SQLite, or a log beside it
    /// holds what the file does not; the message says what to do.
    pub async fn open(path: &Path) -> StoreResult<Self> {
        let unavailable = |message: String| StoreError::new(StoreErrorKind::Unavailable, message);
        let found = std::fs::metadata(path)
            .map_err(|error| unavailable("the file cannot be opened".to_owned()).because(error))?;
        if !found.is_file() {
            return Err(unavailable("it is no file".to_owned()));
        }
        for (suffix, what) in [("-wal", "write-ahead log"), ("-journal", "journal")] {
            let mut beside = OsString::from(path.as_os_str());
            beside.push(suffix);
            let size = std::fs::metadata(Path::new(&beside)).map_or(0, |found| found.len());
            if size > 0 {
                return Err(unavailable(format!(
                    "beside it stands a {what} with changes that the file itself lacks: stop the \
                     program that writes it, or make a copy with sqlite3 FILE \".backup COPY\" and \
                     read that"
                )));
            }
        }
        let connection = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(false)
            .read_only(true)
            .immutable(true)
            .pragma("trusted_schema", "off")
            .pragma("query_only", "on")
            .disable_statement_logging()
            .connect()
            .await
            .map_err(fault)?;
        let mut file = Self {
            connection,
            tables: BTreeSet::new(),
        };
        let tables: Vec<String> =
            sqlx::query_scalar("SELECT name FROM sqlite_master WHERE type = 'table'")
                .fetch_all(&mut file.connection)
                .await
                .map_err(|error| {
                    unavailable("it is no database of SQLite".to_owned()).because(error)
                })?;
        file.tables = tables.into_iter().collect();
        Ok(file)
    }

    /// The tables of the file.
    #[must_use]
    pub const fn tables(&self) -> &BTreeSet<String> {
        &self.tables
    }

    /// How many rows a table has; none where there is no such table.
    ///
    /// # Errors
    /// When the file is damaged.
    pub async fn count(&mut self, table: &str) -> StoreResult<u64> {
        if !self.tables.contains(table) {
            return Ok(0);
        }
        let count: i64 = sqlx::query_scalar(AssertSqlSafe(format!(
            "SELECT COUNT(*) FROM {}",
            quoted(table)
        )))
        .fetch_one(&mut self.connection)
        .await
        .map_err(fault)?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    /// The columns of a table.
    ///
    /// # Errors
    /// When the file is damaged.
    pub async fn columns(&mut self, table: &str) -> StoreResult<Vec<String>> {
        sqlx::query_scalar("SELECT name FROM pragma_table_info($1)")
            .bind(table)
            .fetch_all(&mut self.connection)
            .await
            .map_err(fault)
    }

    /// The rows of a table in the order in which they were made; none where there is no such table.
    ///
    /// # Errors
    /// `Unavailable` when there are more than [`MAX_ROWS`]; when the file is damaged.
    pub async fn rows(&mut self, table: &str) -> StoreResult<Vec<ForeignRow>> {
        if !self.tables.contains(table) {
            return Ok(Vec::new());
        }
        let columns = self.columns(table).await?;
        if columns.len() > MAX_COLUMNS || self.count(table).await? > u64::from(MAX_ROWS) {
            return Err(StoreError::new(
                StoreErrorKind::Unavailable,
                format!("the table {table} is larger than what is read"),
            ));
        }
        let wanted: Vec<_> = columns
            .iter()
            .map(|column| {
                let column = quoted(column);
                format!(
                    "CASE typeof({column}) WHEN 'blob' THEN '(binary)' \
                     ELSE substr(CAST({column} AS TEXT), 1, {MAX_VALUE}) END"
                )
            })
            .collect();
        let rows: Vec<SqliteRow> = sqlx::query(AssertSqlSafe(format!(
            "SELECT {} FROM {} ORDER BY rowid",
            wanted.join(", "),
            quoted(table)
        )))
        .fetch_all(&mut self.connection)
        .await
        .map_err(fault)?;
        rows.iter()
            .map(|row| {
                let mut read = ForeignRow::new();
                for (index, column) in columns.iter().enumerate() {
                    if let Some(value) = row.try_get::<Option<String>, _>(index).map_err(fault)? {
                        read.insert(column.clone(), value);
                    }
                }
                Ok(read)
            })
            .collect()
    }

    /// Closes the file.
    pub async fn close(self) {
        // It was only read: there is nothing that closing could lose.
        drop(self.connection.close().await);
    }
}

/// A name inside a statement.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use sqlx::sqlite::SqliteJournalMode;

    async fn made(path: &Path) -> SqliteConnection {
        let mut connection = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .connect()
            .await
            .unwrap();
        for statement in [
            "CREATE TABLE \"odd \"\"name\" (id INTEGER PRIMARY KEY, a TEXT, b REAL, c BLOB)",
            "INSERT INTO \"odd \"\"name\" VALUES (2, 'x', 48.5, x'00ff'), (1, NULL, 3, NULL)",
        ] {
            sqlx::query(statement)
                .execute(&mut connection)
                .await
                .unwrap();
        }
        connection
    }

    fn beside(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[tokio::test]
    async fn a_file_is_read_and_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("other.db");
        made(&path).await.close().await.unwrap();
        let before = std::fs::read(&path).unwrap();
        assert_eq!(before[18..20], [2, 2], "it is in WAL mode");
        let mut file = ForeignSqlite::open(&path).await.unwrap();
        assert_eq!(file.count("odd \"name").await.unwrap(), 2);
        let rows = file.rows("odd \"name").await.unwrap();
        let row = |pairs: &[(&str, &str)]| -> ForeignRow {
            pairs
                .iter()
                .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
                .collect()
        };
        assert_eq!(
            rows,
            [
                row(&[("id", "1"), ("b", "3.0")]),
                row(&[("id", "2"), ("a", "x"), ("b", "48.5"), ("c", "(binary)")]),
            ]
        );
        assert!(file.rows("absent").await.unwrap().is_empty());
        file.close().await;
        assert_eq!(std::fs::read(&path).unwrap(), before);
        assert_eq!(beside(folder.path()), ["other.db"]);
    }

    #[tokio::test]
    async fn a_log_with_content_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("other.db");
        let writer = made(&path).await;
        let error = ForeignSqlite::open(&path).await.unwrap_err();
        assert!(error.to_string().contains("write-ahead log"), "{error}");
        writer.close().await.unwrap();
        ForeignSqlite::open(&path).await.unwrap().close().await;
    }

    #[tokio::test]
    async fn what_is_no_database_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("other.db");
        assert!(ForeignSqlite::open(&path).await.is_err());
        assert!(ForeignSqlite::open(folder.path()).await.is_err());
        std::fs::write(&path, "monitors: []\n".repeat(100)).unwrap();
        let error = ForeignSqlite::open(&path).await.unwrap_err();
        assert!(error.to_string().contains("SQLite"), "{error}");
        assert_eq!(beside(folder.path()), ["other.db"]);
    }
}
