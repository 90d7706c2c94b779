//! Holds, in memory.

use super::{MemoryStore, queue::Queue, rows};
use crate::{
    error::{StoreError, StoreResult},
    id::{ChannelId, NotificationId},
    port::{AfterAttempt, AfterGroup, AfterHold, AttemptRecord, Held, HoldStore, Lease},
    tenant::Tenant,
};
use async_trait::async_trait;
use jiff::Timestamp;
use std::collections::BTreeSet;

/// A channel that is held back.
pub(super) struct Hold {
    pub(super) until: Timestamp,
    failures: u32,
    most: u32,
    /// The token of the lease it is under.
    token: Option<[u8; 16]>,
}

impl Queue {
    /// Until when a channel is held back, if it is.
    pub(super) fn held_until(&self, tenant: &Tenant, channel: ChannelId) -> Option<Timestamp> {
        self.holds.get(&(*tenant, channel)).map(|hold| hold.until)
    }

    /// The positions of what waits for a channel, oldest first.
    fn of_channel(&self, tenant: &Tenant, channel: ChannelId) -> Vec<u64> {
        self.pending()
            .filter(|(_, waiting)| waiting.tenant == *tenant && waiting.entry.channel == channel)
            .map(|(position, _)| position)
            .collect()
    }

    /// Everything that waits for a channel is due then.
    fn due_at(&mut self, tenant: &Tenant, channel: ChannelId, at: Timestamp) {
        for position in self.of_channel(tenant, channel) {
            if let Some(waiting) = self.at(position) {
                waiting.next_attempt_at = Some(at);
            }
        }
    }

    /// The positions of what a held channel's message may hold, oldest first.
    fn members(&self, tenant: &Tenant, channel: ChannelId, now: Timestamp) -> Vec<u64> {
        let mut elsewhere = BTreeSet::new();
        let mut members = Vec::new();
        for (position, waiting) in self.pending() {
            if waiting.tenant != *tenant || waiting.entry.channel != channel {
                continue;
            }
            let monitor = waiting.entry.monitor;
            if !waiting.is_free(now) {
                elsewhere.extend(monitor);
            } else if monitor.is_none_or(|monitor| !elsewhere.contains(&monitor)) {
                members.push(position);
            }
        }
        members
    }
}

#[async_trait]
impl HoldStore for MemoryStore {
    async fn hold(
        &self,
        tenant: &Tenant,
        channel: ChannelId,
        (until, most): (Timestamp, u32),
        (freed, lease): (NotificationId, Lease),
    ) -> StoreResult<()> {
        let mut world = self.world();
        if !world.channels.contains_key(&(tenant.account(), channel)) {
            return Err(StoreError::not_found("channel"));
        }
        let hold = world
            .outbox
            .holds
            .entry((*tenant, channel))
            .or_insert(Hold {
                until,
                failures: 0,
                most,
                token: None,
            });
        let until = hold.until;
        world.outbox.due_at(tenant, channel, until);
        world.outbox.free(tenant, freed, &lease);
        Ok(())
    }

    async fn lease_held(
        &self,
        now: Timestamp,
        lease: Lease,
        most: u32,
    ) -> StoreResult<Option<Held>> {
        let mut world = self.world();
        let Some((tenant, channel)) = world
            .outbox
            .holds
            .iter()
            .filter(|(_, hold)| hold.until <= now)
            .min_by_key(|(place, hold)| (hold.until, **place))
            .map(|(place, _)| *place)
        else {
            return Ok(None);
        };
        let mut positions = world.outbox.members(&tenant, channel, now);
        world.outbox.due_at(&tenant, channel, lease.until);
        let Some(hold) = world.outbox.holds.get_mut(&(tenant, channel)) else {
            return Ok(None);
        };
        hold.until = lease.until;
        hold.token = Some(lease.token);
        let (failures, allowed) = (hold.failures, hold.most);
        positions.truncate(rows(allowed.min(most)));
        let members = positions
            .into_iter()
            .filter_map(|position| world.outbox.lease(position, lease))
            .collect();
        Ok(Some(Held {
            tenant,
            channel,
            failures,
            most: allowed,
            members,
            lease,
        }))
    }

    async fn record_held(
        &self,
        tenant: &Tenant,
        (channel, lease): (ChannelId, &Lease),
        attempt: Option<(&AttemptRecord, AfterGroup)>,
        after: AfterHold,
        now: Timestamp,
    ) -> StoreResult<()> {
        let mut world = self.world();
        let place = (*tenant, channel);
        let hold = world
            .outbox
            .holds
            .get_mut(&place)
            .ok_or_else(|| StoreError::not_found("hold"))?;
        if hold.token != Some(lease.token) {
            return Err(StoreError::conflict("the hold"));
        }
        let next = match after {
            AfterHold::Until {
                until,
                failures,
                most,
            } => {
                *hold = Hold {
                    until,
                    failures,
                    most,
                    token: None,
                };
                until
            }
            AfterHold::Over => {
                world.outbox.holds.remove(&place);
                now
            }
        };
        for position in world.outbox.of_channel(tenant, channel) {
            let Some(waiting) = world.outbox.at(position) else {
                continue;
            };
            if waiting.lease.is_none_or(|held| held.token != lease.token) {
                continue;
            }
            waiting.lease = None;
            let Some((attempt, after)) = attempt else {
                continue;
            };
            waiting.attempts.push(attempt.clone());
            let after = match after {
                AfterGroup::Delivered => AfterAttempt::Delivered,
                AfterGroup::Retry { expired } if waiting.entry.created_at >= expired => {
                    AfterAttempt::RetryAt(next)
                }
                AfterGroup::Retry { .. } | AfterGroup::Dead => AfterAttempt::Dead,
            };
            world.outbox.note(position, after);
        }
        world.outbox.due_at(tenant, channel, next);
        Ok(())
    }
}
