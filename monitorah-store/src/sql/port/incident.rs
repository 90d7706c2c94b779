//! Events and the settle.

use super::{
    Db, Page, Store, Tx, account, before, commit, explain_untouched, fault, note,
    outbox::add_notification, sql, unique,
};
use crate::sql::{
    row,
    value::{severity_text, to_json},
};
use async_trait::async_trait;
use jiff::Timestamp;
use monitorah_core::{
    AccountId, Act, EventId, StoreError, StoreErrorKind, StoreResult, Tenant,
    incident::Event,
    port::{EventFilter, EvidenceRecord, IncidentStore, OpenEvent, OpenEvents, Settlement},
};
use sqlx::{Database, FromRow, Row};

async fn put_event(
    tx: &mut Tx,
    tenant: &Tenant,
    settlement: &Settlement,
    event: &Event,
) -> StoreResult<()> {
    sqlx::query(sql::EVENT_PUT)
        .bind(account(tenant))
        .bind(event.id.as_bytes().as_slice())
        .bind(settlement.monitor.as_bytes().as_slice())
        .bind(event.status.as_str())
        .bind(severity_text(event.severity))
        .bind(event.reason.as_str())
        .bind(event.started_at.as_microsecond())
        .bind(event.confirmed_at.as_microsecond())
        .bind(event.resolved_at.map(|at| at.as_microsecond()))
        .bind(event.resolution.map(|resolution| resolution.as_str()))
        .bind(event.flapping)
        .bind(event.acknowledged_at.map(|at| at.as_microsecond()))
        .bind(i64::from(event.reminders))
        .bind(event.next_reminder_at.map(|at| at.as_microsecond()))
        .bind(to_json(&event.told)?)
        .bind(event.waits())
        .execute(&mut **tx)
        .await
        .map_err(unique(
            StoreErrorKind::AlreadyExists,
            "the monitor has an open event already",
        ))?;
    Ok(())
}

/// Everything of a settlement but the commit.
pub(in super::super) async fn write_settlement(
    tx: &mut Tx,
    tenant: &Tenant,
    settlement: &Settlement,
) -> StoreResult<()> {
    let monitor = settlement.monitor.as_bytes().as_slice();
    let done = sqlx::query(sql::STATE_SET)
        .bind(account(tenant))
        .bind(monitor)
        .bind(to_json(&settlement.state)?)
        .bind(settlement.expected)
        .bind(settlement.state.shown(false).as_str())
        .execute(&mut **tx)
        .await
        .map_err(fault)?;
    if done.rows_affected() == 0 {
        return Err(explain_untouched(tx, sql::MONITOR_EXISTS, tenant, monitor, "monitor").await);
    }
    if let Some(event) = &settlement.event {
        put_event(tx, tenant, settlement, event).await?;
    }
    for piece in &settlement.evidence {
        sqlx::query(sql::EVIDENCE_INSERT)
            .bind(account(tenant))
            .bind(piece.event.as_bytes().as_slice())
            .bind(i64::from(piece.sequence))
            .bind(piece.at.as_microsecond())
            .bind(piece.detail.as_bytes())
            .execute(&mut **tx)
            .await
            .map_err(fault)?;
    }
    for entry in &settlement.outbox {
        add_notification(tx, sql::OUTBOX_INSERT_ONCE, tenant, entry, None).await?;
    }
    Ok(())
}

#[async_trait]
impl IncidentStore for Store {
    async fn settle(&self, tenant: &Tenant, settlement: &Settlement) -> StoreResult<()> {
        let mut tx = self.begin_write().await?;
        write_settlement(&mut tx, tenant, settlement).await?;
        commit(tx).await
    }

    async fn event(&self, tenant: &Tenant, id: EventId) -> StoreResult<Event> {
        let id = id.as_bytes();
        super::one(self, (sql::EVENT, "event"), tenant, id, row::EventRow::read).await
    }

    async fn events(
        &self,
        tenant: &Tenant,
        filter: &EventFilter,
        page: Page,
    ) -> StoreResult<Vec<Event>> {
        let text = match filter.monitor {
            Some(_) => sql::EVENTS_OF,
            None => sql::EVENTS,
        };
        let mut query = sqlx::query_as::<Db, row::EventRow>(text)
            .bind(account(tenant))
            .bind(before(page))
            .bind(filter.status.map(|status| status.as_str()))
            .bind(i64::from(page.limit));
        if let Some(monitor) = filter.monitor {
            query = query.bind(monitor.as_bytes().to_vec());
        }
        query
            .fetch_all(self.readers())
            .await
            .map_err(fault)?
            .into_iter()
            .map(row::EventRow::read)
            .collect()
    }

    async fn evidence(&self, tenant: &Tenant, id: EventId) -> StoreResult<Vec<EvidenceRecord>> {
        sqlx::query_as::<Db, row::Evidence>(sql::EVIDENCE)
            .bind(account(tenant))
            .bind(id.as_bytes().as_slice())
            .fetch_all(self.readers())
            .await
            .map_err(fault)?
            .into_iter()
            .map(row::Evidence::read)
            .collect()
    }

    async fn acknowledge(&self, tenant: &Tenant, id: EventId, act: &Act) -> StoreResult<()> {
        let mut tx = self.begin_write().await?;
        note(self, &mut tx, tenant, act).await?;
        // The state first, in the order of a settle.
        sqlx::query(sql::ACKNOWLEDGE_GUARD)
            .bind(account(tenant))
            .bind(id.as_bytes().as_slice())
            .execute(&mut *tx)
            .await
            .map_err(fault)?;
        let done = sqlx::query(sql::ACKNOWLEDGE)
            .bind(account(tenant))
            .bind(id.as_bytes().as_slice())
            .bind(act.at.as_microsecond())
            .execute(&mut *tx)
            .await
            .map_err(fault)?;
        if done.rows_affected() == 0 {
            return Err(StoreError::not_found("open event"));
        }
        commit(tx).await
    }

    async fn waiting(
        &self,
        after: Option<(AccountId, EventId)>,
        limit: u32,
    ) -> StoreResult<OpenEvents<(AccountId, EventId)>> {
        let (account, id) = after.map_or(([0; 16], [0; 16]), |(account, id)| {
            (*account.as_bytes(), *id.as_bytes())
        });
        let rows = sqlx::query(sql::WAITING)
            .bind(account.to_vec())
            .bind(id.to_vec())
            .bind(i64::from(limit))
            .fetch_all(self.readers())
            .await
            .map_err(fault)?;
        let place = |row: &DbRow| {
            let (account, id) = (bytes(row, "account_id")?, bytes(row, "id")?);
            Some((AccountId::from_bytes(account), EventId::from_bytes(id)))
        };
        Ok(open(rows, limit, place))
    }

    async fn due_reminders(
        &self,
        now: Timestamp,
        after: Option<(Timestamp, EventId)>,
        limit: u32,
    ) -> StoreResult<OpenEvents<(Timestamp, EventId)>> {
        let (at, id) = after.map_or((i64::MIN, [0; 16]), |(at, id)| {
            (at.as_microsecond(), *id.as_bytes())
        });
        let rows = sqlx::query(sql::DUE_REMINDERS)
            .bind(now.as_microsecond())
            .bind(at)
            .bind(id.to_vec())
            .bind(i64::from(limit))
            .fetch_all(self.readers())
            .await
            .map_err(fault)?;
        let place = |row: &DbRow| {
            let at = row.try_get("next_reminder_at").ok()?;
            let at = Timestamp::from_microsecond(at).ok()?;
            Some((at, EventId::from_bytes(bytes(row, "id")?)))
        };
        Ok(open(rows, limit, place))
    }
}

pub(super) type DbRow = <Db as Database>::Row;

pub(super) fn bytes(row: &DbRow, column: &str) -> Option<[u8; 16]> {
    row.try_get::<Vec<u8>, _>(column).ok()?.try_into().ok()
}

/// What of a page can be understood. A row that cannot is counted and logged; it stops no other.
fn open<Place>(
    rows: Vec<DbRow>,
    limit: u32,
    place: impl Fn(&DbRow) -> Option<Place>,
) -> OpenEvents<Place> {
    let full = u32::try_from(rows.len()).is_ok_and(|found| found == limit);
    let mut page = OpenEvents {
        events: Vec::with_capacity(rows.len()),
        unreadable: 0,
        next: rows.last().filter(|_| full).and_then(place),
    };
    for row in rows {
        let event = row::EventRow::from_row(&row).map_err(fault);
        match event.and_then(row::EventRow::read) {
            Ok(event) => page.events.push(OpenEvent {
                tenant: Tenant::of(event.account),
                event,
            }),
            Err(error) => {
                tracing::warn!(%error, "a stored event cannot be read");
                page.unreadable += 1;
            }
        }
    }
    page
}
