//! Retention of the result log: row by row, a few at a time.

use super::SqliteStore;
use jiff::{SignedDuration, Timestamp};
use monitorah_core::StoreResult;

/// How long results are kept: the file holds all of them.
const RESULTS: SignedDuration = SignedDuration::from_hours(48);

impl SqliteStore {
    /// How long results are kept.
    #[expect(
        clippy::unused_self,
        reason = "on PostgreSQL it is an option of the store"
    )]
    pub(super) const fn results_kept(&self) -> SignedDuration {
        RESULTS
    }

    /// Removes whole days before the cut-off, and returns how many, with the cut-off for the rows
    /// that are left. A file has no days.
    pub(super) async fn retire_days(
        &self,
        _now: Timestamp,
        cutoff: i64,
    ) -> StoreResult<(u64, i64)> {
        Ok((0, cutoff))
    }
}
