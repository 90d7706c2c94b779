//! Retention of the result log: a day is a partition, and goes as one.

use super::PostgresStore;
use crate::sql::{fault::fault, statement as sql};
use jiff::{SignedDuration, Timestamp};
use monitorah_core::StoreResult;

/// A day in microseconds.
const DAY: i64 = 86_400_000_000;
/// The most days that one call removes.
const DAYS_A_CALL: u64 = 2;

impl PostgresStore {
    /// How long results are kept.
    pub(super) const fn results_kept(&self) -> SignedDuration {
        self.results_kept
    }

    /// Removes whole days before the cut-off, and returns how many, with the cut-off for the rows
    /// that are left: those of a day that is not over yet go with it. Makes the days to come.
    ///
    /// What is removed waits for nobody for long: it is tried again at the next call.
    pub(super) async fn retire_days(&self, now: Timestamp, cutoff: i64) -> StoreResult<(u64, i64)> {
        let cutoff = cutoff.saturating_sub(cutoff.rem_euclid(DAY));
        self.make_days(now).await?;
        let mut days = 0;
        while days < DAYS_A_CALL {
            let mut tx = self.begin_across().await?;
            sqlx::query("SET LOCAL lock_timeout = '2s'")
                .execute(&mut *tx)
                .await
                .map_err(fault)?;
            let dropped: bool = sqlx::query_scalar("SELECT results_drop_day($1)")
                .bind(cutoff)
                .fetch_one(&mut *tx)
                .await
                .map_err(fault)?;
            if !dropped {
                break;
            }
            // What lost its results is never computed again.
            sqlx::query(sql::RESULTS_BEGIN_SET)
                .bind(cutoff)
                .execute(&mut *tx)
                .await
                .map_err(fault)?;
            tx.commit().await.map_err(fault)?;
            days += 1;
        }
        Ok((days, cutoff))
    }

    async fn make_days(&self, now: Timestamp) -> StoreResult<()> {
        let mut tx = self.begin_across().await?;
        sqlx::query("SELECT results_make_days($1)")
            .bind(now.as_microsecond())
            .execute(&mut *tx)
            .await
            .map_err(fault)?;
        tx.commit().await.map_err(fault)
    }
}
