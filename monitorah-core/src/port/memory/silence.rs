//! Silences, in memory.

use super::{MemoryStore, listed, oldest_first, one, remove, rows, there_already};
use crate::{
    error::{StoreError, StoreResult},
    id::SilenceId,
    port::{Page, SilenceStore},
    silence::Silence,
    tenant::{Act, Tenant},
};
use async_trait::async_trait;
use jiff::Timestamp;

#[async_trait]
impl SilenceStore for MemoryStore {
    async fn create_silence(
        &self,
        tenant: &Tenant,
        silence: &Silence,
        act: &Act,
    ) -> StoreResult<()> {
        let mut world = self.world();
        world.refuse_replay(tenant, act)?;
        let place = (tenant.account(), silence.id);
        if world.silences.contains_key(&place) {
            return Err(there_already("silence"));
        }
        world.refuse_strange_monitors(tenant, &silence.covers)?;
        let mut silence = Silence {
            account: tenant.account(),
            ..silence.clone()
        };
        silence.covers.sort();
        world.silences.insert(place, silence);
        world.note(tenant, act);
        Ok(())
    }

    async fn silence(&self, tenant: &Tenant, id: SilenceId) -> StoreResult<Silence> {
        one(&self.world().silences, tenant, id, "silence")
    }

    async fn silences(&self, tenant: &Tenant, page: Page) -> StoreResult<Vec<Silence>> {
        Ok(listed(
            &self.world().silences,
            tenant,
            page,
            SilenceId::from_bytes,
        ))
    }

    async fn current_silences(
        &self,
        tenant: &Tenant,
        now: Timestamp,
        limit: u32,
    ) -> StoreResult<Vec<Silence>> {
        let world = self.world();
        let page = Page::first(limit);
        Ok(
            oldest_first(&world.silences, tenant, page, SilenceId::from_bytes)
                .map(|(_, silence)| silence)
                .filter(|silence| silence.ends_at > now)
                .take(rows(limit))
                .cloned()
                .collect(),
        )
    }

    async fn update_silence(
        &self,
        tenant: &Tenant,
        silence: &Silence,
        act: &Act,
    ) -> StoreResult<()> {
        let mut world = self.world();
        world.refuse_replay(tenant, act)?;
        world.refuse_strange_monitors(tenant, &silence.covers)?;
        let stored = world
            .silences
            .get_mut(&(tenant.account(), silence.id))
            .ok_or_else(|| StoreError::not_found("silence"))?;
        if stored.version != silence.version {
            return Err(StoreError::conflict("the silence"));
        }
        let mut next = Silence {
            account: stored.account,
            created_by: stored.created_by.clone(),
            created_at: stored.created_at,
            version: silence.version + 1,
            ..silence.clone()
        };
        next.covers.sort();
        *stored = next;
        world.note(tenant, act);
        Ok(())
    }

    async fn delete_silence(
        &self,
        tenant: &Tenant,
        id: SilenceId,
        expected: Option<i64>,
        act: &Act,
    ) -> StoreResult<()> {
        let mut world = self.world();
        world.refuse_replay(tenant, act)?;
        remove(&mut world.silences, tenant, id, "silence", |stored| {
            expected.is_some_and(|expected| stored.version != expected)
        })?;
        world.note(tenant, act);
        Ok(())
    }
}
