//! Notification channels, and the rules that join them to monitors.

use super::page::Page;
use crate::{
    alert::Rule,
    crypt::Sealed,
    error::StoreResult,
    id::{ChannelId, RuleId},
    tenant::{Act, Tenant},
};
use async_trait::async_trait;
use jiff::Timestamp;

/// A channel as a store keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelRecord {
    /// Its id.
    pub id: ChannelId,
    /// What people call it.
    pub name: String,
    /// Its type.
    pub kind: String,
    /// Its configuration (JSON), sealed for (`channels`, `config`, id, `seal_version`).
    pub config: Sealed,
    /// Counts the sealings.
    pub seal_version: i64,
    /// Whether it delivers.
    pub enabled: bool,
    /// Counts its changes.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// Channels.
#[async_trait]
pub trait ChannelStore: Send + Sync {
    /// Stores a new channel.
    async fn create_channel(
        &self,
        tenant: &Tenant,
        channel: &ChannelRecord,
        act: &Act,
    ) -> StoreResult<()>;

    /// One channel.
    async fn channel(&self, tenant: &Tenant, id: ChannelId) -> StoreResult<ChannelRecord>;

    /// The channels, oldest first.
    async fn channels(&self, tenant: &Tenant, page: Page) -> StoreResult<Vec<ChannelRecord>>;

    /// Replaces a channel whose stored version is `channel.version`; stores it as the next.
    /// `Conflict` when it was changed in between.
    async fn update_channel(
        &self,
        tenant: &Tenant,
        channel: &ChannelRecord,
        act: &Act,
    ) -> StoreResult<()>;

    /// Removes a channel, takes it out of every rule, and buries its waiting notifications.
    /// `Conflict` when its stored version is not `expected`, where that is said.
    async fn delete_channel(
        &self,
        tenant: &Tenant,
        id: ChannelId,
        expected: Option<i64>,
        act: &Act,
    ) -> StoreResult<()>;
}

/// Rules.
#[async_trait]
pub trait RuleStore: Send + Sync {
    /// Stores a new rule. `NotFound` when it names a channel or monitor that is not the tenant's.
    ///
    /// Where the rule reminds ([`Rule::first_reminder`]), every open event of the tenant that nobody
    /// took on has its next reminder at that time, unless it has an earlier one: whom the rule
    /// covers is found out then. The version of the states of all monitors of the tenant goes up, so
    /// that a settle that was decided on the rules of before is decided anew, also one that opens
    /// an event.
    async fn create_rule(&self, tenant: &Tenant, rule: &Rule, act: &Act) -> StoreResult<()>;

    /// One rule.
    async fn rule(&self, tenant: &Tenant, id: RuleId) -> StoreResult<Rule>;

    /// The rules, oldest first.
    async fn rules(&self, tenant: &Tenant, page: Page) -> StoreResult<Vec<Rule>>;

    /// Replaces a rule whose stored version is `rule.version`; stores it as the next. `Conflict`
    /// when it was changed in between, `NotFound` also for what it names. Plans reminders as
    /// [`RuleStore::create_rule`] does.
    async fn update_rule(&self, tenant: &Tenant, rule: &Rule, act: &Act) -> StoreResult<()>;

    /// Removes a rule.
    /// `Conflict` when its stored version is not `expected`, where that is said.
    async fn delete_rule(
        &self,
        tenant: &Tenant,
        id: RuleId,
        expected: Option<i64>,
        act: &Act,
    ) -> StoreResult<()>;
}
