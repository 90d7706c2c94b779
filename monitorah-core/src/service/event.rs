//! Downtime events, their evidence, and the delivery log.

use super::{Caller, Service, ServiceError, ServiceResult};
use crate::{
    crypt::CryptError,
    evidence::Evidence,
    id::EventId,
    incident::Event,
    port::{EventFilter, NotificationFilter, NotificationRecord, Page},
    tenant::Tenant,
};

/// An event as it is shown.
#[derive(Debug, Clone)]
pub struct EventView {
    /// The event.
    pub event: Event,
    /// What was seen, oldest first.
    pub evidence: Vec<Evidence>,
    /// Whether evidence is there that cannot be opened now.
    pub sealed: bool,
}

impl Service {
    /// One event.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn event(&self, tenant: &Tenant, id: EventId) -> ServiceResult<EventView> {
        let event = self
            .means
            .ports
            .incidents
            .event(tenant, id)
            .await
            .map_err(|error| ServiceError::of_store(error, "event"))?;
        self.event_view(tenant, event).await
    }

    /// Events, newest first.
    ///
    /// # Errors
    /// Only faults.
    pub async fn events(
        &self,
        tenant: &Tenant,
        filter: &EventFilter,
        page: Page,
    ) -> ServiceResult<Vec<EventView>> {
        let events = self
            .means
            .ports
            .incidents
            .events(tenant, filter, page)
            .await
            .map_err(|error| ServiceError::of_store(error, "event"))?;
        let mut views = Vec::with_capacity(events.len());
        for event in events {
            views.push(self.event_view(tenant, event).await?);
        }
        Ok(views)
    }

    /// Takes an open event on: its reminders end.
    ///
    /// # Errors
    /// `NotFound` when there is no such event; `Conflict` when it is over.
    pub async fn acknowledge(&self, caller: &Caller, id: EventId) -> ServiceResult<EventView> {
        let view = self.event(&caller.tenant, id).await?;
        if view.event.acknowledged_at.is_some() {
            return Ok(view);
        }
        let act = self
            .act(caller, "event.acknowledge", id.to_string())
            .await?;
        let write = self
            .means
            .ports
            .incidents
            .acknowledge(&caller.tenant, id, &act);
        match self.once(caller, &act, "event", write).await {
            Ok(_) => self.event(&caller.tenant, id).await,
            Err(ServiceError::NotFound(_)) => Err(ServiceError::Conflict {
                code: "event_resolved",
                message: "this event is over: there is nothing to take on".to_owned(),
            }),
            Err(error) => Err(error),
        }
    }

    /// The delivery log, newest first.
    ///
    /// # Errors
    /// Only faults.
    pub async fn notifications(
        &self,
        tenant: &Tenant,
        filter: &NotificationFilter,
        page: Page,
    ) -> ServiceResult<Vec<NotificationRecord>> {
        self.means
            .ports
            .outbox
            .notifications(tenant, filter, page)
            .await
            .map_err(|error| ServiceError::of_store(error, "notification"))
    }

    async fn event_view(&self, tenant: &Tenant, event: Event) -> ServiceResult<EventView> {
        let records = self
            .means
            .ports
            .incidents
            .evidence(tenant, event.id)
            .await
            .map_err(|error| ServiceError::of_store(error, "event"))?;
        let mut evidence = Vec::with_capacity(records.len());
        let mut sealed = false;
        for record in records {
            let row = Evidence::row(record.event, record.sequence);
            let place = Evidence::place(tenant.account(), &row);
            match self
                .means
                .keyring
                .open(tenant, &place, &record.detail)
                .await
            {
                Ok(json) => evidence.push(serde_json::from_slice(json.expose())?),
                Err(CryptError::Unavailable(_)) => sealed = true,
                Err(error) => return Err(error.into()),
            }
        }
        Ok(EventView {
            event,
            evidence,
            sealed,
        })
    }
}
