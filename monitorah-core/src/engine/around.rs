//! What is around a monitor: its windows, silences and parents as the store has them, and its windows as they are remembered for a moment.

use super::{Shared, look::Entry};
use crate::{
    error::StoreError,
    id::MonitorId,
    maintenance::{Opening, Span},
    monitor::Monitor,
    observation::Status,
    port::ResultFilter,
    quiet::{Certainty, Parent, Surroundings},
    recent::{REMEMBERED, Recent},
    selection::Selection,
    tenant::Tenant,
};
use jiff::Timestamp;
use std::{sync::Arc, time::Duration};

/// The most windows, and the most silences, of an account that are read: more are not made.
const MOST: u32 = 1_000;

/// Reads what is around a monitor at `now`.
pub(super) async fn surroundings(
    shared: &Shared,
    tenant: &Tenant,
    monitor: &Monitor,
    now: Timestamp,
) -> Result<Surroundings, StoreError> {
    let ports = &shared.parts.ports;
    let windows = ports.maintenance.current_windows(tenant, now, MOST).await?;
    Ok(Surroundings {
        windows: Opening::of(windows, now),
        silences: ports.silences.current_silences(tenant, now, MOST).await?,
        parents: parents(shared, tenant, monitor).await?,
    })
}

/// Reads what matters of the monitors that this one depends on.
pub(super) async fn parents(
    shared: &Shared,
    tenant: &Tenant,
    monitor: &Monitor,
) -> Result<Vec<Parent>, StoreError> {
    if monitor.depends_on.is_empty() {
        return Ok(Vec::new());
    }
    let ports = &shared.parts.ports;
    let records = ports.dependencies.parents(tenant, monitor.id).await?;
    let mut parents = Vec::with_capacity(records.len());
    for record in records {
        let newest = ports
            .results
            .results(tenant, record.id, &ResultFilter::default(), 1)
            .await?;
        parents.push(Parent {
            id: record.id,
            down: record.down,
            recovered_at: record.recovered_at,
            certainty: certainty(shared, tenant, record.id),
            well_at: newest
                .first()
                .filter(|row| matches!(row.status, Status::Up | Status::Degraded))
                .map(|row| row.at),
        });
    }
    Ok(parents)
}

/// How soon it is known whether a parent is down, as far as this engine has it.
fn certainty(shared: &Shared, tenant: &Tenant, id: MonitorId) -> Certainty {
    let Some(entry) = shared.roster.entry(tenant, id) else {
        return Certainty::Looks {
            take: Duration::ZERO,
            failing: false,
        };
    };
    if entry.cadence.is_told() {
        return Certainty::Fact;
    }
    let memory = entry.memory();
    let believed = memory.state.health.badness();
    let streak = memory.state.streak;
    let failing = streak.is_some_and(|streak| streak.towards.badness() > believed);
    Certainty::of(&entry.monitor.policy, failing)
}

/// The windows of accounts: whom each is about, and the stretch of time in which it is open, or the
/// next one.
pub(super) type Windows = Recent<Arc<[(Selection, Span)]>>;

/// How windows bear on a result.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Bearing {
    /// Whether one that covers the monitor is open.
    pub(super) open: bool,
    /// The next time at which that may be another.
    pub(super) changes_at: Option<Timestamp>,
}

impl Bearing {
    /// For how long a result of `at` speaks, when it would speak for so long without windows.
    pub(super) fn cut(self, valid_for: Duration, at: Timestamp) -> Duration {
        self.changes_at
            .and_then(|change| Duration::try_from(change.duration_since(at)).ok())
            .map_or(valid_for, |left| left.min(valid_for))
    }
}

/// How windows bear on a result that is made at `at`.
pub(super) async fn bearing(shared: &Shared, entry: &Entry, at: Timestamp) -> Bearing {
    bearing_of(&windows(shared, &entry.tenant, at).await, entry, at)
}

/// How these windows bear on a result that is made at `at`.
pub(super) fn bearing_of(windows: &[(Selection, Span)], entry: &Entry, at: Timestamp) -> Bearing {
    let mut bearing = Bearing::default();
    for (covers, span) in windows {
        if span.until <= at || !covers.covers(&entry.monitor) {
            continue;
        }
        let open = span.from <= at;
        let changes_at = if open { span.until } else { span.from };
        bearing.open |= open;
        bearing.changes_at = Some(
            bearing
                .changes_at
                .map_or(changes_at, |before| before.min(changes_at)),
        );
    }
    bearing
}

/// The next time at which any window of these opens or closes, whomever it is about.
pub(super) fn next_change(windows: &[(Selection, Span)], at: Timestamp) -> Option<Timestamp> {
    let changes = windows.iter().filter(|(_, span)| span.until > at);
    changes
        .map(|(_, span)| {
            if span.from <= at {
                span.until
            } else {
                span.from
            }
        })
        .min()
}

/// The windows of an account, each with the stretch of time in which it is open or will be.
pub(super) async fn windows(
    shared: &Shared,
    tenant: &Tenant,
    at: Timestamp,
) -> Arc<[(Selection, Span)]> {
    let now = shared.environment().monotonic();
    let (generation, before) = shared.windows.of(tenant.account());
    // What is over by now may be open again later: that is not known here.
    let fresh = |windows: &[(Selection, Span)]| windows.iter().all(|(_, span)| span.until > at);
    if let Some((read_at, windows)) = &before
        && now.saturating_sub(*read_at) < REMEMBERED
        && fresh(windows)
    {
        return Arc::clone(windows);
    }
    let port = &shared.parts.ports.maintenance;
    let windows: Arc<[_]> = match port.current_windows(tenant, at, MOST).await {
        Ok(windows) => windows
            .into_iter()
            .filter_map(|window| {
                let span = window.span(at)?;
                Some((window.covers, span))
            })
            .collect(),
        // What was known before is nearer to the truth than nothing.
        Err(error) => {
            shared.store_fault("reading maintenance windows", &error);
            before.map_or_else(|| Arc::from([]), |(_, windows)| windows)
        }
    };
    let known = (now, Arc::clone(&windows));
    shared.windows.keep(generation, tenant.account(), known);
    windows
}
