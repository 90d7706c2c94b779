//! What an error of a database means to the caller of a port.

use monitorah_core::{StoreError, StoreErrorKind};
use sqlx::error::ErrorKind;

/// An error that no unique name or missing row explains.
#[expect(
    clippy::needless_pass_by_value,
    reason = "it is what `map_err` hands over"
)]
pub(crate) fn fault(error: sqlx::Error) -> StoreError {
    told(&error, None)
}

/// An error of a statement that refuses a second of the same: `kind` and `message` are for that.
pub(crate) fn unique(
    kind: StoreErrorKind,
    message: &'static str,
) -> impl FnOnce(sqlx::Error) -> StoreError {
    move |error| told(&error, Some((kind, message)))
}

fn told(error: &sqlx::Error, on_unique: Option<(StoreErrorKind, &'static str)>) -> StoreError {
    use sqlx::Error::{
        ColumnDecode, ColumnNotFound, Database, Decode, Io, PoolClosed, PoolTimedOut, Tls,
        WorkerCrashed,
    };
    let (kind, message) = match error {
        Database(refusal) => match (refusal.kind(), on_unique) {
            (ErrorKind::UniqueViolation, Some(told)) => told,
            (ErrorKind::UniqueViolation, None) => {
                (StoreErrorKind::AlreadyExists, "it is there already")
            }
            (ErrorKind::ForeignKeyViolation, _) => {
                (StoreErrorKind::NotFound, "what it belongs to is not found")
            }
            _ => by_code(refusal.code().as_deref().unwrap_or_default()),
        },
        Io(_) | Tls(_) | PoolTimedOut | PoolClosed | WorkerCrashed => UNAVAILABLE,
        ColumnDecode { .. } | ColumnNotFound(_) | Decode(_) => (
            StoreErrorKind::Corrupt,
            "what is stored cannot be understood",
        ),
        _ => (StoreErrorKind::Internal, "the database refused a statement"),
    };
    // The database's own error may carry values of the row in its details: only its code and
    // message go on.
    let source = match error {
        Database(refusal) => format!(
            "database error {}: {}",
            refusal.code().as_deref().unwrap_or("without a code"),
            refusal.message()
        ),
        other => other.to_string(),
    };
    StoreError::new(kind, message).because(source)
}

const UNAVAILABLE: (StoreErrorKind, &str) = (
    StoreErrorKind::Unavailable,
    "the database cannot be used now",
);

/// SQLite tells by extended result code (a number), PostgreSQL by SQLSTATE (five characters).
fn by_code(code: &str) -> (StoreErrorKind, &'static str) {
    if code.len() == 5 {
        return match code.as_bytes() {
            // Connection, resources, operator intervention, system error; serialisation, deadlock.
            [b'0', b'8', ..] | [b'5', b'3' | b'7' | b'8', ..] => UNAVAILABLE,
            // A statement or a transaction that took too long ends as 57014 or 25P03.
            b"40001" | b"40P01" | b"55P03" | b"25006" | b"25P03" => UNAVAILABLE,
            [b'2', b'8', ..] | b"3D000" => (
                StoreErrorKind::Unavailable,
                "the database does not let this role in",
            ),
            b"42501" => (
                StoreErrorKind::Internal,
                "the role of the database lacks a right: run \"monitorah migrate\"",
            ),
            _ => (StoreErrorKind::Internal, "the database refused a statement"),
        };
    }
    // The low byte is the primary code: https://www.sqlite.org/rescode.html
    match code.parse::<u32>().map(|code| code & 0xff) {
        // BUSY, LOCKED, NOMEM, READONLY, INTERRUPT, IOERR, FULL, CANTOPEN, PROTOCOL
        Ok(5 | 6 | 7 | 8 | 9 | 10 | 13 | 14 | 15) => UNAVAILABLE,
        // CORRUPT, NOTADB
        Ok(11 | 26) => (StoreErrorKind::Corrupt, "the database file is damaged"),
        _ => (StoreErrorKind::Internal, "the database refused a statement"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn busy_full_and_lost_connections_are_unavailable() {
        for code in ["5", "517", "13", "4874", "08006", "53300", "57P01", "40001"] {
            assert_eq!(by_code(code).0, StoreErrorKind::Unavailable, "{code}");
        }
        assert_eq!(by_code("1").0, StoreErrorKind::Internal);
        assert_eq!(by_code("42601").0, StoreErrorKind::Internal);
        assert_eq!(by_code("11").0, StoreErrorKind::Corrupt);
    }
}
