//! The audience: the rules that say who wants to hear, and the monitors that one message stands for.
//!
//! Who is told of an event, and when, is decided by [`quiet::speak`](crate::quiet::speak).

use super::Shared;
use crate::{
    alert::{HIDDEN_NAMES, Hides, Rule},
    error::StoreError,
    id::MonitorId,
    port::Page,
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
