//! The share of a process: buckets of monitors, leased by the database's clock under a token.

use super::PostgresStore;
use crate::sql::{fault::fault, statement as sql};
use monitorah_core::{
    StoreError, StoreErrorKind, StoreResult, Tenant,
    port::{BUCKETS, Fence, ReplicaId, Settlement, Share, ShareRequest},
};
use sqlx::{Postgres, Transaction};
use std::collections::BTreeMap;

/// Says that this process is there, and forgets who was not for a lease.
const HERE: &str = "INSERT INTO replicas (id, until) \
    VALUES ($1, clock_timestamp() + $2 * interval '1 microsecond') \
    ON CONFLICT (id) DO UPDATE SET until = excluded.until";
const FORGET: &str = "DELETE FROM replicas WHERE id IN (SELECT id FROM replicas \
    WHERE until < clock_timestamp() FOR UPDATE SKIP LOCKED)";
const COUNT: &str = "SELECT count(*) FROM replicas";
/// What this process has and nobody took since stays its own, under the token that it has.
const RENEW: &str = "UPDATE buckets SET until = clock_timestamp() + $2 * interval '1 microsecond' \
    WHERE owner = $1 RETURNING bucket, token";
/// What is too much goes to who comes: the look that is in flight is ended by its token.
const SPARE: &str = "UPDATE buckets SET owner = NULL, until = clock_timestamp() \
    WHERE owner = $1 AND bucket = ANY($2)";
/// What nobody holds, or who does no more. What another process is taking is passed over.
const TAKE: &str = "UPDATE buckets SET owner = $1, token = token + 1, \
    until = clock_timestamp() + $2 * interval '1 microsecond' \
    WHERE bucket IN (SELECT bucket FROM buckets WHERE until <= clock_timestamp() \
    ORDER BY bucket LIMIT CAST($3 AS BIGINT) FOR UPDATE SKIP LOCKED) RETURNING bucket, token";
const LEAVE: &str = "UPDATE buckets SET owner = NULL, until = clock_timestamp() WHERE owner = $1";
const GONE: &str = "DELETE FROM replicas WHERE id = $1";
/// Whether a lease is still the one of this token.
const HOLDS: &str = "SELECT 1 FROM buckets WHERE bucket = $1 AND token = $2";

/// How many buckets one of so many processes holds at most.
fn most(replicas: i64) -> usize {
    let replicas = u64::try_from(replicas).unwrap_or(1).max(1);
    usize::try_from(u64::from(BUCKETS).div_ceil(replicas)).unwrap_or(usize::from(BUCKETS))
}

fn leases(rows: Vec<(i64, i64)>) -> impl Iterator<Item = (u8, i64)> {
    rows.into_iter()
        .filter_map(|(bucket, token)| Some((u8::try_from(bucket).ok()?, token)))
}

impl PostgresStore {
    /// Renews what this process holds, gives what is too much of it to others, and takes what is
    /// free up to its part.
    pub(super) async fn hold(&self, request: &ShareRequest) -> StoreResult<Share> {
        let lease = i64::try_from(request.lease.as_micros()).unwrap_or(i64::MAX);
        let me = request.replica.0.as_slice();
        let mut tx = self.begin_across().await?;
        sqlx::query(HERE)
            .bind(me)
            .bind(lease)
            .execute(&mut *tx)
            .await
            .map_err(fault)?;
        sqlx::query(FORGET).execute(&mut *tx).await.map_err(fault)?;
        let replicas: i64 = sqlx::query_scalar(COUNT)
            .fetch_one(&mut *tx)
            .await
            .map_err(fault)?;
        let held = sqlx::query_as(RENEW)
            .bind(me)
            .bind(lease)
            .fetch_all(&mut *tx)
            .await
            .map_err(fault)?;
        let mut buckets: BTreeMap<u8, i64> = leases(held).collect();
        let most = most(replicas);
        let spare: Vec<u8> = buckets.keys().skip(most).copied().collect();
        if !spare.is_empty() {
            buckets.retain(|bucket, _| !spare.contains(bucket));
            let spare: Vec<i64> = spare.into_iter().map(i64::from).collect();
            sqlx::query(SPARE)
                .bind(me)
                .bind(spare)
                .execute(&mut *tx)
                .await
                .map_err(fault)?;
        }
        let room = most.saturating_sub(buckets.len());
        if room > 0 {
            let taken = sqlx::query_as(TAKE)
                .bind(me)
                .bind(lease)
                .bind(i64::try_from(room).unwrap_or(i64::MAX))
                .fetch_all(&mut *tx)
                .await
                .map_err(fault)?;
            buckets.extend(leases(taken));
        }
        tx.commit().await.map_err(fault)?;
        Ok(Share::Part {
            buckets,
            others: replicas > 1,
        })
    }

    /// Others may have its buckets at once.
    pub(super) async fn give_back(&self, replica: ReplicaId) -> StoreResult<()> {
        let mut tx = self.begin_across().await?;
        for text in [LEAVE, GONE] {
            sqlx::query(text)
                .bind(replica.0.as_slice())
                .execute(&mut *tx)
                .await
                .map_err(fault)?;
        }
        tx.commit().await.map_err(fault)
    }
}

/// Refuses a settle of who lost the monitor meanwhile, and tells others of one that they must know.
///
/// The lease is not locked: whoever takes it between this look and the commit decides on the
/// version of the state that this settle writes, or makes it lose by that version.
pub(super) async fn guard(
    tx: &mut Transaction<'static, Postgres>,
    tenant: &Tenant,
    settlement: &Settlement,
) -> StoreResult<()> {
    let Some(Fence {
        bucket,
        token,
        tell,
    }) = settlement.fence
    else {
        return Ok(());
    };
    let holds = sqlx::query(HOLDS)
        .bind(i64::from(bucket))
        .bind(token)
        .fetch_optional(&mut **tx)
        .await
        .map_err(fault)?;
    if holds.is_none() {
        return Err(StoreError::new(
            StoreErrorKind::Fenced,
            "another server looks at this monitor by now",
        ));
    }
    if !tell {
        return Ok(());
    }
    let mark: i64 = sqlx::query_scalar(sql::FEED_BUMP)
        .fetch_one(&mut **tx)
        .await
        .map_err(fault)?;
    sqlx::query(sql::FEED_TELL)
        .bind(tenant.account().as_bytes().as_slice())
        .bind(settlement.monitor.as_bytes().as_slice())
        .bind(mark)
        .bind(settlement.state.since.as_microsecond())
        .execute(&mut **tx)
        .await
        .map_err(fault)?;
    Ok(())
}
