//! The audience: the rules that say who wants to hear, and the monitors that one message stands for.
//!
//! Who is told of an event, and when, is decided by [`quiet::speak`](crate::quiet::speak).

use super::{Means, Shared};
use crate::{
    alert::{HIDDEN_NAMES, Hides, Rule},
    error::{StoreError, StoreErrorKind},
    id::{ChannelId, MonitorId},
    incident::Event,
    port::Page,
    quiet,
    tenant::Tenant,
};

/// Rules of an account that are read at a time.
const RULES: u32 = 100;

/// Every rule of an account.
pub(super) async fn rules(shared: &Shared, tenant: &Tenant) -> Result<Vec<Rule>, StoreError> {
    let mut all: Vec<Rule> = Vec::new();
    loop {
        let page = Page {
            after: all.last().map(|rule| *rule.id.as_bytes()),
            limit: RULES,
        };
        let more = shared.parts.ports.rules.rules(tenant, page).await?;
        let full = more.len() == RULES as usize;
        all.extend(more);
        if !full {
            return Ok(all);
        }
    }
}

/// Of the channels that were told of an event: those that are there and switched on, each with
/// whether its receiver keeps the outage open until it is told of its end.
async fn told(
    means: &Means<'_>,
    tenant: &Tenant,
    event: &Event,
) -> Result<Vec<(ChannelId, bool)>, StoreError> {
    let mut there = Vec::with_capacity(event.told.channels.len());
    for id in &event.told.channels {
        let record = match means.ports.channels.channel(tenant, *id).await {
            Ok(record) => record,
            Err(error) if error.kind() == StoreErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        let lasting = means
            .channels
            .get(&record.kind)
            .is_ok_and(|kind| kind.lasting);
        if record.enabled {
            there.push((*id, lasting));
        }
    }
    Ok(there)
}

/// Those whose receiver keeps the outage open until it is told of its end.
pub(super) async fn lasting(
    means: &Means<'_>,
    tenant: &Tenant,
    event: &Event,
) -> Result<Vec<ChannelId>, StoreError> {
    let told = told(means, tenant, event).await?;
    let lasting = told.into_iter().filter(|(_, lasting)| *lasting);
    Ok(lasting.map(|(id, _)| id).collect())
}

/// Who is told that an event is over: who asks for that, and who is owed it.
pub(super) async fn ends(
    means: &Means<'_>,
    tenant: &Tenant,
    event: &Event,
    asked: Option<Vec<ChannelId>>,
    rules: &[Rule],
) -> Result<Vec<ChannelId>, StoreError> {
    let told = told(means, tenant, event).await?;
    let lasting: Vec<_> = told.iter().filter(|(_, lasting)| *lasting).collect();
    let lasting: Vec<_> = lasting.into_iter().map(|(id, _)| *id).collect();
    let mut channels = asked.unwrap_or_default();
    let owed = quiet::owed(&event.told, rules, event.monitor, &lasting);
    channels.extend(
        owed.into_iter()
            .filter(|owed| told.iter().any(|(id, _)| id == owed)),
    );
    channels.sort_unstable();
    channels.dedup();
    Ok(channels)
}

/// The monitors whose messages are held back while this one is down.
pub(super) async fn hides(
    shared: &Shared,
    tenant: &Tenant,
    monitor: MonitorId,
) -> Result<Option<Hides>, StoreError> {
    let dependencies = &shared.parts.ports.dependencies;
    let found = dependencies
        .dependants(tenant, monitor, HIDDEN_NAMES)
        .await?;
    Ok((found.count > 0).then_some(Hides {
        count: found.count,
        down: found.down,
        names: found.names,
    }))
}
