//! Monitors and their feed.

use super::{
    Db, Page, Store, Tx, account, after, commit, explain_untouched, fault,
    incident::{DbRow, bytes, write_settlement},
    note, sql, tell, touch, unique,
};
use crate::sql::{
    row,
    value::{holds, micros, to_json},
};
use async_trait::async_trait;
use monitorah_core::{
    Act, MonitorId, StoreError, StoreErrorKind, StoreResult, Tenant,
    monitor::{Monitor, MonitorState},
    port::{
        FeedChange, FeedChanges, FeedMark, FeedPage, FeedRow, HeartbeatRecord, MonitorFeed,
        MonitorFilter, MonitorRecord, MonitorStore, Settlement,
    },
};
use sqlx::FromRow;

const REFERENCE_TAKEN: &str = "the id or the external reference is taken";

async fn add_tags(tx: &mut Tx, tenant: &Tenant, monitor: &Monitor) -> StoreResult<()> {
    for tag in &monitor.tags {
        sqlx::query(sql::TAG_INSERT)
            .bind(account(tenant))
            .bind(monitor.id.as_bytes().as_slice())
            .bind(tag.as_str())
            .execute(&mut **tx)
            .await
            .map_err(fault)?;
    }
    Ok(())
}

/// Stores what a monitor depends on. After [`tell`], whose lock lets one writer in at a time: so
/// of two that would close a circle together, the second sees what the first has written.
async fn add_parents(tx: &mut Tx, tenant: &Tenant, monitor: &Monitor) -> StoreResult<()> {
    let id = monitor.id.as_bytes().as_slice();
    for parent in &monitor.depends_on {
        let done = sqlx::query(sql::PARENT_INSERT)
            .bind(account(tenant))
            .bind(id)
            .bind(parent.as_bytes().as_slice())
            .bind(parent.to_string())
            .execute(&mut **tx)
            .await
            .map_err(fault)?;
        if done.rows_affected() == 0 {
            return Err(StoreError::not_found("parent"));
        }
    }
    if monitor.depends_on.is_empty() {
        return Ok(());
    }
    let circle = sqlx::query_scalar::<Db, Vec<u8>>(sql::ANCESTOR_SELF)
        .bind(account(tenant))
        .bind(id)
        .fetch_optional(&mut **tx)
        .await
        .map_err(fault)?;
    match circle {
        None => Ok(()),
        Some(_) => Err(StoreError::new(
            StoreErrorKind::Cycle,
            "the monitor would depend on itself",
        )),
    }
}

async fn add_heartbeat(
    tx: &mut Tx,
    tenant: &Tenant,
    monitor: MonitorId,
    heartbeat: &HeartbeatRecord,
) -> StoreResult<()> {
    sqlx::query(sql::HEARTBEAT_INSERT)
        .bind(account(tenant))
        .bind(monitor.as_bytes().as_slice())
        .bind(heartbeat.token.as_bytes())
        .bind(heartbeat.token_hash.as_slice())
        .bind(to_json(&heartbeat.state)?)
        .bind(heartbeat.version)
        .execute(&mut **tx)
        .await
        .map_err(unique(
            StoreErrorKind::AlreadyExists,
            "the heartbeat token is taken",
        ))?;
    Ok(())
}

#[async_trait]
impl MonitorStore for Store {
    async fn create_monitor(
        &self,
        tenant: &Tenant,
        monitor: &Monitor,
        heartbeat: Option<&HeartbeatRecord>,
        act: &Act,
    ) -> StoreResult<()> {
        let mut tx = self.begin_write().await?;
        note(self, &mut tx, tenant, act).await?;
        sqlx::query(sql::MONITOR_INSERT)
            .bind(account(tenant))
            .bind(monitor.id.as_bytes().as_slice())
            .bind(monitor.name.as_str())
            .bind(monitor.kind.as_str())
            .bind(monitor.target.as_bytes())
            .bind(monitor.config.as_bytes())
            .bind(monitor.seal_version)
            .bind(micros(monitor.policy.interval))
            .bind(micros(monitor.policy.timeout))
            .bind(i64::from(monitor.policy.confirmations.down))
            .bind(i64::from(monitor.policy.confirmations.up))
            .bind(to_json(&monitor.tags)?)
            .bind(monitor.external_ref.as_deref())
            .bind(monitor.paused)
            .bind(monitor.version)
            .bind(monitor.created_at.as_microsecond())
            .bind(monitor.updated_at.as_microsecond())
            .bind(monitor.group.as_deref())
            .bind(monitor.owner.as_deref())
            .bind(monitor.name.to_lowercase())
            .execute(&mut *tx)
            .await
            .map_err(unique(StoreErrorKind::AlreadyExists, REFERENCE_TAKEN))?;
        let state = MonitorState::new(monitor.created_at);
        sqlx::query(sql::STATE_INSERT)
            .bind(account(tenant))
            .bind(monitor.id.as_bytes().as_slice())
            .bind(to_json(&state)?)
            .bind(state.shown(false).as_str())
            .execute(&mut *tx)
            .await
            .map_err(fault)?;
        add_tags(&mut tx, tenant, monitor).await?;
        if let Some(heartbeat) = heartbeat {
            add_heartbeat(&mut tx, tenant, monitor.id, heartbeat).await?;
        }
        tell(&mut tx, tenant, monitor.id, act.at).await?;
        add_parents(&mut tx, tenant, monitor).await?;
        commit(tx).await
    }

    async fn monitor(&self, tenant: &Tenant, id: MonitorId) -> StoreResult<MonitorRecord> {
        let id = id.as_bytes();
        super::one(
            self,
            (sql::MONITOR, "monitor"),
            tenant,
            id,
            row::MonitorRow::read,
        )
        .await
    }

    async fn monitor_by_ref(&self, tenant: &Tenant, reference: &str) -> StoreResult<MonitorRecord> {
        sqlx::query_as::<Db, row::MonitorRow>(sql::MONITOR_BY_REF)
            .bind(account(tenant))
            .bind(reference)
            .fetch_optional(self.readers())
            .await
            .map_err(fault)?
            .ok_or_else(|| StoreError::not_found("monitor"))?
            .read()
    }

    async fn monitors(
        &self,
        tenant: &Tenant,
        filter: &MonitorFilter,
        page: Page,
    ) -> StoreResult<Vec<MonitorRecord>> {
        let mut found = Vec::new();
        let mut after = after(page);
        loop {
            let rest =
                i64::from(page.limit).saturating_sub(i64::try_from(found.len()).unwrap_or(0));
            let rows = sqlx::query(sql::MONITORS)
                .bind(account(tenant))
                .bind(after)
                .bind(filter.kind.as_deref())
                .bind(filter.tag.as_deref())
                .bind(filter.group.as_deref())
                .bind(filter.owner.as_deref())
                .bind(
                    filter
                        .name
                        .as_deref()
                        .map(|text| holds(&text.to_lowercase())),
                )
                .bind(filter.status.map(|status| status.as_str()))
                .bind(rest)
                .fetch_all(self.readers())
                .await
                .map_err(fault)?;
            let next = next_after(&rows, rest);
            found.extend(rows.iter().filter_map(|row| {
                let row = row::MonitorRow::from_row(row).map_err(fault);
                readable(row.and_then(row::MonitorRow::read))
            }));
            // What was left out makes room for what comes after it.
            match next {
                Some(next) if found.len() < usize::try_from(page.limit).unwrap_or(usize::MAX) => {
                    after = next.as_bytes().to_vec();
                }
                _ => return Ok(found),
            }
        }
    }

    async fn update_monitor(
        &self,
        tenant: &Tenant,
        monitor: &Monitor,
        seen: &[(MonitorId, i64)],
        act: &Act,
    ) -> StoreResult<()> {
        let mut tx = self.begin_write().await?;
        note(self, &mut tx, tenant, act).await?;
        let id = monitor.id.as_bytes().as_slice();
        let done = sqlx::query(sql::MONITOR_UPDATE)
            .bind(account(tenant))
            .bind(id)
            .bind(monitor.name.as_str())
            .bind(monitor.target.as_bytes())
            .bind(monitor.config.as_bytes())
            .bind(monitor.seal_version)
            .bind(micros(monitor.policy.interval))
            .bind(micros(monitor.policy.timeout))
            .bind(i64::from(monitor.policy.confirmations.down))
            .bind(i64::from(monitor.policy.confirmations.up))
            .bind(to_json(&monitor.tags)?)
            .bind(monitor.external_ref.as_deref())
            .bind(monitor.paused)
            .bind(monitor.updated_at.as_microsecond())
            .bind(monitor.version)
            .bind(monitor.group.as_deref())
            .bind(monitor.owner.as_deref())
            .bind(monitor.name.to_lowercase())
            .execute(&mut *tx)
            .await
            .map_err(unique(StoreErrorKind::AlreadyExists, REFERENCE_TAKEN))?;
        if done.rows_affected() == 0 {
            return Err(
                explain_untouched(&mut tx, sql::MONITOR_EXISTS, tenant, id, "monitor").await,
            );
        }
        touch(&mut tx, sql::TAGS_DELETE, tenant, id).await?;
        add_tags(&mut tx, tenant, monitor).await?;
        tell(&mut tx, tenant, monitor.id, act.at).await?;
        // The feed's counter is held from here on: nobody else changes a monitor meanwhile.
        for (other, version) in seen {
            let found: Option<i64> = sqlx::query_scalar(sql::MONITOR_VERSION)
                .bind(account(tenant))
                .bind(other.as_bytes().as_slice())
                .fetch_optional(&mut *tx)
                .await
                .map_err(fault)?;
            if found != Some(*version) {
                return Err(StoreError::conflict("a monitor that this was decided on"));
            }
        }
        touch(&mut tx, sql::PARENTS_DELETE, tenant, id).await?;
        add_parents(&mut tx, tenant, monitor).await?;
        commit(tx).await
    }

    async fn delete_monitor(
        &self,
        tenant: &Tenant,
        id: MonitorId,
        last: Option<&Settlement>,
        act: &Act,
    ) -> StoreResult<()> {
        let mut tx = self.begin_write().await?;
        note(self, &mut tx, tenant, act).await?;
        if let Some(last) = last {
            write_settlement(&mut tx, tenant, last).await?;
        }
        let bytes = id.as_bytes().as_slice();
        // State, tags, dependencies both ways, heartbeat, pings, events, evidence and places in
        // rules go by their keys.
        if !touch(&mut tx, sql::MONITOR_DELETE, tenant, bytes).await? {
            return Err(StoreError::not_found("monitor"));
        }
        touch(&mut tx, sql::MONITOR_RESULTS_DELETE, tenant, bytes).await?;
        touch(&mut tx, sql::MONITOR_ROLLUPS_DELETE, tenant, bytes).await?;
        tell(&mut tx, tenant, id, act.at).await?;
        commit(tx).await
    }
}

#[async_trait]
impl MonitorFeed for Store {
    async fn mark(&self) -> StoreResult<FeedMark> {
        sqlx::query_scalar(sql::FEED_MARK)
            .fetch_one(self.readers())
            .await
            .map(FeedMark)
            .map_err(fault)
    }

    async fn snapshot(&self, after: Option<MonitorId>, limit: u32) -> StoreResult<FeedPage> {
        let after = after.map_or([0; 16], |id| *id.as_bytes());
        let limit = i64::from(limit);
        let rows = sqlx::query(sql::FEED_SNAPSHOT)
            .bind(after.as_slice())
            .bind(limit)
            .fetch_all(self.readers())
            .await
            .map_err(fault)?;
        let mut page = FeedPage {
            rows: Vec::with_capacity(rows.len()),
            unreadable: 0,
            next: next_after(&rows, limit),
        };
        for row in rows {
            match readable(feed_row(&row)) {
                Some(row) => page.rows.push(row),
                None => page.unreadable += 1,
            }
        }
        Ok(page)
    }

    async fn changes(&self, mark: FeedMark, limit: u32) -> StoreResult<FeedChanges> {
        let entries = sqlx::query_as::<Db, row::FeedEntry>(sql::FEED_CHANGES)
            .bind(mark.0)
            .bind(i64::from(limit))
            .fetch_all(self.readers())
            .await
            .map_err(fault)?;
        let mut page = FeedChanges {
            changes: Vec::with_capacity(entries.len()),
            unreadable: 0,
            mark: entries.last().map_or(mark, |entry| FeedMark(entry.mark)),
        };
        for entry in entries {
            let Some(monitor) = readable(entry.monitor()) else {
                page.unreadable += 1;
                continue;
            };
            let row = sqlx::query(sql::FEED_ROW)
                .bind(monitor.as_bytes().as_slice())
                .fetch_optional(self.readers())
                .await
                .map_err(fault)?;
            match row.map(|row| readable(feed_row(&row))) {
                Some(Some(row)) => page.changes.push(FeedChange::Changed(Box::new(row))),
                Some(None) => page.unreadable += 1,
                None => page.changes.push(FeedChange::Removed(monitor)),
            }
        }
        Ok(page)
    }
}

fn feed_row(row: &DbRow) -> StoreResult<FeedRow> {
    row::Feed::from_row(row)
        .map_err(fault)
        .and_then(row::Feed::read)
}

/// What of the stored can be understood. What cannot is logged; it stops no other.
fn readable<T>(read: StoreResult<T>) -> Option<T> {
    read.inspect_err(|error| tracing::warn!(%error, "a stored monitor cannot be read"))
        .ok()
}

/// After which monitor the next page begins, by the id as it is stored, so that a last row that
/// cannot be understood ends no list; none when this page is not full.
fn next_after(rows: &[DbRow], limit: i64) -> Option<MonitorId> {
    let full = i64::try_from(rows.len()).is_ok_and(|found| found == limit);
    let last = rows.iter().rev().find_map(|row| bytes(row, "id"));
    last.filter(|_| full).map(MonitorId::from_bytes)
}
