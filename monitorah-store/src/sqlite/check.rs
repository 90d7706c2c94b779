//! Whether the file is sound: SQLite itself finds most damage only where it happens to read.

use super::SqliteStore;
use crate::sql::fault::fault;
use monitorah_core::{StoreErrorKind, StoreResult};

/// How much of the file is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// All of it: as long as reading it takes.
    All,
    /// All but the log of results and their rollups, which are nearly all of a large file.
    State,
}

impl SqliteStore {
    /// What is damaged, in SQLite's words; nothing when the file is sound.
    ///
    /// # Errors
    /// When the file cannot be read now.
    pub async fn damage(&self, extent: Extent) -> StoreResult<Option<String>> {
        let said: Result<Option<String>, _> = match extent {
            // The table-valued form takes its argument for the name of a table.
            Extent::All => {
                sqlx::query_scalar("PRAGMA quick_check(1)")
                    .fetch_optional(&mut *self.readers.acquire().await?)
                    .await
            }
            Extent::State => {
                sqlx::query_scalar(
                    "SELECT checked.quick_check
                     FROM sqlite_schema AS item, pragma_quick_check(item.name) AS checked
                     WHERE item.type = 'table' AND item.name NOT IN ('results', 'rollups')
                     AND checked.quick_check <> 'ok' LIMIT 1",
                )
                .fetch_optional(&mut *self.readers.acquire().await?)
                .await
            }
        };
        match said.map_err(fault) {
            Ok(said) => Ok(said.filter(|said| said != "ok")),
            Err(error) if error.kind() == StoreErrorKind::Corrupt => Ok(Some(error.to_string())),
            Err(error) => Err(error),
        }
    }
}
