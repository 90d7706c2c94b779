//! Channels and rules, in memory.

use super::{MemoryStore, World, listed, one, remove, there_already};
use crate::{
    alert::{Rule, RuleScope},
    error::{StoreError, StoreResult},
    id::{ChannelId, RuleId},
    port::{ChannelRecord, ChannelStore, Page, RuleStore},
    tenant::{Act, Tenant},
};
use async_trait::async_trait;

#[async_trait]
impl ChannelStore for MemoryStore {
    async fn create_channel(
        &self,
        tenant: &Tenant,
        channel: &ChannelRecord,
        act: &Act,
    ) -> StoreResult<()> {
        let mut world = self.world();
        world.refuse_replay(tenant, act)?;
        let place = (tenant.account(), channel.id);
        if world.channels.contains_key(&place) {
            return Err(there_already("channel"));
        }
        world.channels.insert(place, channel.clone());
        world.note(tenant, act);
        Ok(())
    }

    async fn channel(&self, tenant: &Tenant, id: ChannelId) -> StoreResult<ChannelRecord> {
        one(&self.world().channels, tenant, id, "channel")
    }

    async fn channels(&self, tenant: &Tenant, page: Page) -> StoreResult<Vec<ChannelRecord>> {
        Ok(listed(
            &self.world().channels,
            tenant,
            page,
            ChannelId::from_bytes,
        ))
    }

    async fn update_channel(
        &self,
        tenant: &Tenant,
        channel: &ChannelRecord,
        act: &Act,
    ) -> StoreResult<()> {
        let mut world = self.world();
        world.refuse_replay(tenant, act)?;
        let stored = world
            .channels
            .get_mut(&(tenant.account(), channel.id))
            .ok_or_else(|| StoreError::not_found("channel"))?;
        if stored.version != channel.version {
            return Err(StoreError::conflict("the channel"));
        }
        *stored = ChannelRecord {
            kind: stored.kind.clone(),
            created_at: stored.created_at,
            version: channel.version + 1,
            ..channel.clone()
        };
        world.note(tenant, act);
        Ok(())
    }

    async fn delete_channel(
        &self,
        tenant: &Tenant,
        id: ChannelId,
        expected: Option<i64>,
        act: &Act,
    ) -> StoreResult<()> {
        let mut world = self.world();
        world.refuse_replay(tenant, act)?;
        remove(&mut world.channels, tenant, id, "channel", |stored| {
            expected.is_some_and(|expected| stored.version != expected)
        })?;
        for ((account, _), rule) in &mut world.rules {
            if *account == tenant.account() {
                rule.channels.retain(|channel| *channel != id);
            }
        }
        world.outbox.bury(tenant, id);
        world.note(tenant, act);
        Ok(())
    }
}

impl World {
    /// Refuses a rule that names what is not the tenant's.
    fn refuse_strangers(&self, tenant: &Tenant, rule: &Rule) -> StoreResult<()> {
        let account = tenant.account();
        if !rule
            .channels
            .iter()
            .all(|channel| self.channels.contains_key(&(account, *channel)))
        {
            return Err(StoreError::not_found("channel"));
        }
        if let RuleScope::Monitors(monitors) = &rule.scope
            && !monitors
                .iter()
                .all(|monitor| self.monitors.contains_key(&(account, *monitor)))
        {
            return Err(StoreError::not_found("monitor"));
        }
        Ok(())
    }
}

/// What a rule names is a set: kept in the order of the ids.
fn sorted(mut rule: Rule) -> Rule {
    rule.channels.sort_unstable();
    rule.channels.dedup();
    if let RuleScope::Monitors(monitors) = &mut rule.scope {
        monitors.sort_unstable();
        monitors.dedup();
    }
    rule
}

#[async_trait]
impl RuleStore for MemoryStore {
    async fn create_rule(&self, tenant: &Tenant, rule: &Rule, act: &Act) -> StoreResult<()> {
        let mut world = self.world();
        world.refuse_replay(tenant, act)?;
        let place = (tenant.account(), rule.id);
        if world.rules.contains_key(&place) {
            return Err(there_already("rule"));
        }
        world.refuse_strangers(tenant, rule)?;
        let rule = Rule {
            account: tenant.account(),
            ..sorted(rule.clone())
        };
        world.plan_reminders(tenant, &rule, act);
        world.rules.insert(place, rule);
        world.note(tenant, act);
        Ok(())
    }

    async fn rule(&self, tenant: &Tenant, id: RuleId) -> StoreResult<Rule> {
        one(&self.world().rules, tenant, id, "rule")
    }

    async fn rules(&self, tenant: &Tenant, page: Page) -> StoreResult<Vec<Rule>> {
        Ok(listed(
            &self.world().rules,
            tenant,
            page,
            RuleId::from_bytes,
        ))
    }

    async fn update_rule(&self, tenant: &Tenant, rule: &Rule, act: &Act) -> StoreResult<()> {
        let mut world = self.world();
        world.refuse_replay(tenant, act)?;
        world.refuse_strangers(tenant, rule)?;
        let stored = world
            .rules
            .get_mut(&(tenant.account(), rule.id))
            .ok_or_else(|| StoreError::not_found("rule"))?;
        if stored.version != rule.version {
            return Err(StoreError::conflict("the rule"));
        }
        *stored = Rule {
            account: stored.account,
            created_at: stored.created_at,
            version: rule.version + 1,
            ..sorted(rule.clone())
        };
        world.plan_reminders(tenant, rule, act);
        world.note(tenant, act);
        Ok(())
    }

    async fn delete_rule(
        &self,
        tenant: &Tenant,
        id: RuleId,
        expected: Option<i64>,
        act: &Act,
    ) -> StoreResult<()> {
        let mut world = self.world();
        world.refuse_replay(tenant, act)?;
        remove(&mut world.rules, tenant, id, "rule", |stored| {
            expected.is_some_and(|expected| stored.version != expected)
        })?;
        world.note(tenant, act);
        Ok(())
    }
}
