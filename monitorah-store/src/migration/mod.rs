//! How a stored schema stands to this version of the software.

mod embedded;
#[cfg(test)]
mod name;

pub(crate) use embedded::{POSTGRES, SQLITE};

use monitorah_core::{StoreError, StoreErrorKind, StoreResult};
use sqlx::migrate::{MigrateError, Migrator};

/// The newest migration that was applied.
pub(crate) const APPLIED: &str = "SELECT MAX(version) FROM _sqlx_migrations WHERE success";

/// How a stored schema stands to this version of the software.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemaState {
    /// They fit.
    Current,
    /// The schema is older: migrate it.
    Behind {
        /// The schema's version; 0 is an empty database.
        schema: i64,
        /// The version that this software brings.
        software: i64,
    },
    /// The schema is newer: this software must not touch it.
    Newer {
        /// The schema's version.
        schema: i64,
        /// The version that this software brings.
        software: i64,
    },
}

/// The schema that these migrations lead to.
pub(crate) fn newest(migrations: &Migrator) -> i64 {
    migrations.iter().map(|one| one.version).max().unwrap_or(0)
}

/// The state of a schema whose newest applied migration this is.
pub(crate) fn state(migrations: &Migrator, applied: Option<i64>) -> SchemaState {
    let schema = applied.unwrap_or(0);
    let software = newest(migrations);
    match schema.cmp(&software) {
        std::cmp::Ordering::Equal => SchemaState::Current,
        std::cmp::Ordering::Less => SchemaState::Behind { schema, software },
        std::cmp::Ordering::Greater => SchemaState::Newer { schema, software },
    }
}

/// Refuses a schema that is newer than the software.
pub(crate) fn check(state: &SchemaState) -> StoreResult<()> {
    match state {
        SchemaState::Newer { schema, software } => Err(StoreError::new(
            StoreErrorKind::Unavailable,
            format!(
                "the database has schema {schema} and this version knows schema {software}: run \
                 the newer version that made it"
            ),
        )),
        SchemaState::Current | SchemaState::Behind { .. } => Ok(()),
    }
}

/// A migration went wrong.
pub(crate) fn failed(error: MigrateError) -> StoreError {
    StoreError::new(
        StoreErrorKind::Unavailable,
        "the database could not be migrated",
    )
    .because(error)
}
