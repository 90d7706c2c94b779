//! What is around a monitor: its windows, silences and parents as the store has them, and its windows as they are remembered for a moment.

use super::{Shared, look::Entry};
use crate::{
    error::StoreError,
    id::AccountId,
    maintenance::Span,
    monitor::Monitor,
    observation::Status,
    port::ResultFilter,
    quiet::{Parent, Surroundings},
    selection::Selection,
    tenant::Tenant,
};
use jiff::Timestamp;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// The most windows, and the most silences, of an account that are read: more are not made.
const MOST: u32 = 1_000;
/// How long the windows of an account are remembered: a look costs no question to the store.
const REMEMBERED: Duration = Duration::from_secs(1);

/// Reads what is around a monitor at `now`.
pub(super) async fn surroundings(
    shared: &Shared,
    tenant: &Tenant,
    monitor: &Monitor,
    now: Timestamp,
) -> Result<Surroundings, StoreError> {
    let ports = &shared.parts.ports;
    Ok(Surroundings {
        windows: ports.maintenance.current_windows(tenant, now, MOST).await?,
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
            well_at: newest
                .first()
                .filter(|row| matches!(row.status, Status::Up | Status::Degraded))
                .map(|row| row.at),
        });
    }
    Ok(parents)
}

/// The windows of an account as they were read a moment ago: whom each is about, and the stretch of
/// time in which it is open, or the next one.
type Known = (Duration, Arc<[(Selection, Span)]>);

/// The windows of accounts, each remembered for a moment.
#[derive(Debug, Default)]
pub(super) struct Windows {
    known: Mutex<HashMap<AccountId, Known>>,
}

impl Windows {
    fn known(&self) -> MutexGuard<'_, HashMap<AccountId, Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Somebody changed one: all are read anew.
    pub(super) fn forget(&self) {
        self.known().clear();
    }
}

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
    let windows = windows(shared, &entry.tenant, at).await;
    let mut bearing = Bearing::default();
    for (covers, span) in windows.iter() {
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

/// When the next window of an account opens or closes.
pub(super) async fn next_change(
    shared: &Shared,
    tenant: &Tenant,
    at: Timestamp,
) -> Option<Timestamp> {
    let windows = windows(shared, tenant, at).await;
    windows
        .iter()
        .filter(|(_, span)| span.until > at)
        .map(|(_, span)| {
            if span.from <= at {
                span.until
            } else {
                span.from
            }
        })
        .min()
}

/// Whom the open windows of an account are about.
pub(super) async fn covered(shared: &Shared, tenant: &Tenant, at: Timestamp) -> Vec<Selection> {
    let windows = windows(shared, tenant, at).await;
    windows
        .iter()
        .filter(|(_, span)| span.holds(at))
        .map(|(covers, _)| covers.clone())
        .collect()
}

async fn windows(shared: &Shared, tenant: &Tenant, at: Timestamp) -> Arc<[(Selection, Span)]> {
    let now = shared.environment().monotonic();
    let before = shared.windows.known().get(&tenant.account()).cloned();
    if let Some((read_at, windows)) = &before
        && now.saturating_sub(*read_at) < REMEMBERED
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
    shared.windows.known().insert(tenant.account(), known);
    windows
}
