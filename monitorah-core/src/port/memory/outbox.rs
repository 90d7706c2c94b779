//! The outbox, in memory.

use super::{MemoryStore, queue::Waiting, rows};
use crate::{
    error::{StoreError, StoreErrorKind, StoreResult},
    id::NotificationId,
    port::{
        AfterAttempt, AttemptRecord, Lease, LeaseLimits, Leased, NotificationFilter,
        NotificationRecord, Outbox, OutboxEntry, Page,
    },
    tenant::{Act, Tenant},
};
use async_trait::async_trait;
use jiff::Timestamp;

#[async_trait]
impl Outbox for MemoryStore {
    async fn enqueue(
        &self,
        tenant: &Tenant,
        entry: &OutboxEntry,
        lease: Lease,
        act: &Act,
    ) -> StoreResult<()> {
        let mut world = self.world();
        world.refuse_replay(tenant, act)?;
        if !world.outbox.add(tenant, entry, Some(lease)) {
            return Err(StoreError::new(
                StoreErrorKind::AlreadyExists,
                "the notification is there already",
            ));
        }
        world.note(tenant, act);
        Ok(())
    }

    async fn lease(
        &self,
        now: Timestamp,
        lease: Lease,
        limits: LeaseLimits,
    ) -> StoreResult<Vec<Leased>> {
        let mut world = self.world();
        let mut chosen: Vec<u64> = world.outbox.turns(now, limits.each);
        chosen.truncate(rows(limits.all));
        chosen.sort_unstable();
        Ok(chosen
            .into_iter()
            .filter_map(|position| world.outbox.lease(position, lease))
            .collect())
    }

    async fn record(
        &self,
        tenant: &Tenant,
        id: NotificationId,
        lease: &Lease,
        attempt: &AttemptRecord,
        after: AfterAttempt,
    ) -> StoreResult<()> {
        let mut world = self.world();
        let absent = || StoreError::not_found("notification");
        let position = world.outbox.position(tenant, id).ok_or_else(absent)?;
        let waiting = world.outbox.find(tenant, id).ok_or_else(absent)?;
        if waiting.lease.is_none_or(|held| held.token != lease.token) {
            return Err(StoreError::conflict("the lease"));
        }
        waiting.attempts.push(attempt.clone());
        world.outbox.note(position, after);
        Ok(())
    }

    async fn release(&self, tenant: &Tenant, id: NotificationId, lease: &Lease) -> StoreResult<()> {
        self.world().outbox.free(tenant, id, lease);
        Ok(())
    }

    async fn next_due(&self) -> StoreResult<Option<Timestamp>> {
        Ok(self.world().outbox.next_due())
    }

    async fn waiting(&self) -> StoreResult<u64> {
        let waiting = self.world().outbox.count_pending();
        Ok(u64::try_from(waiting).unwrap_or(u64::MAX))
    }

    async fn notifications(
        &self,
        tenant: &Tenant,
        filter: &NotificationFilter,
        page: Page,
    ) -> StoreResult<Vec<NotificationRecord>> {
        let world = self.world();
        // Ids of notifications are hashes, so the order is that of their coming.
        let before = match page.after {
            None => u64::MAX,
            Some(id) => {
                let id = NotificationId::from_bytes(id);
                world.outbox.position(tenant, id).unwrap_or(0)
            }
        };
        Ok(world
            .outbox
            .before(before)
            .filter(|waiting| {
                waiting.tenant == *tenant
                    && filter.channel.is_none_or(|id| waiting.entry.channel == id)
                    && filter
                        .monitor
                        .is_none_or(|id| waiting.entry.monitor == Some(id))
                    && filter.state.is_none_or(|state| waiting.state == state)
            })
            .take(rows(page.limit))
            .map(Waiting::record)
            .collect())
    }
}
