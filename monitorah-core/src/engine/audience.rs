//! The audience: who is told of what, decided in one place for every message about a monitor.

use super::{Shared, settle::SettleError};
use crate::{
    alert::{self, AlertKind, Rule},
    error::StoreError,
    id::ChannelId,
    incident::Event,
    monitor::{Monitor, MonitorState},
    port::Page,
    tenant::Tenant,
};
use jiff::Timestamp;

/// Rules of an account that are read at a time.
const RULES: u32 = 100;

/// What people may be told of.
#[derive(Debug, Clone, Copy)]
#[expect(
    dead_code,
    reason = "windows, silences and dependencies will ask for all of it"
)]
pub(super) struct Occasion<'a> {
    pub(super) tenant: &'a Tenant,
    pub(super) monitor: &'a Monitor,
    /// The state as it will be stored with the message.
    pub(super) state: &'a MonitorState,
    /// The event as it will be stored with the message; none for what is apart from outage.
    pub(super) event: Option<&'a Event>,
    pub(super) kind: AlertKind,
    pub(super) at: Timestamp,
}

/// Who is told: the one place that decides it. Whatever keeps people from being told (a rule that
/// does not cover the monitor, a silence, a window) leaves them out here; the change itself is
/// stored all the same.
pub(super) async fn recipients(
    _shared: &Shared,
    rules: &[Rule],
    occasion: &Occasion<'_>,
) -> Result<Vec<ChannelId>, SettleError> {
    Ok(alert::recipients(rules, occasion.monitor.id, occasion.kind))
}

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
