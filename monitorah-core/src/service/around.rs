//! What is around a monitor, for those who look at it: maintenance, silences, and what it depends on.

use super::{Service, ServiceError, ServiceResult};
use crate::{
    error::{FieldError, StoreErrorKind},
    id::MonitorId,
    maintenance::{Opening, Window},
    monitor::{Monitor, ShownStatus},
    port::{MonitorFilter, MonitorRecord, Page},
    quiet::{Certainty, Parent, Quiet, Surroundings},
    recent::REMEMBERED,
    silence::Silence,
    tenant::Tenant,
};
use jiff::Timestamp;
use std::sync::Arc;

/// The windows and the silences of an account that are not over.
pub(super) type Quieting = (Vec<Window>, Vec<Silence>);

/// The most windows, and the most silences, of an account that are read.
const MAX_AROUND: u32 = 1_000;
/// How many monitors are read at a time to find those of a state while a window is open.
const SCANNED: u32 = 500;
/// How many monitors are looked at to say which dependency leads back; the store looks at all.
const MAX_ANCESTORS: usize = 1_000;

impl Service {
    /// The records of a page. Maintenance lies over what is stored, so that what is shown in the
    /// wanted state is found here: page by page, until there are enough.
    pub(super) async fn matching(
        &self,
        tenant: &Tenant,
        filter: &MonitorFilter,
        mut page: Page,
        around: &Surroundings,
    ) -> ServiceResult<Vec<MonitorRecord>> {
        let now = self.means.environment.now();
        let wanted = usize::try_from(page.limit).unwrap_or(usize::MAX);
        let open = around.windows.iter().any(|window| window.span.holds(now));
        let asked = MonitorFilter {
            status: filter
                .status
                .filter(|status| *status != ShownStatus::Maintenance),
            ..filter.clone()
        };
        if filter.status == Some(ShownStatus::Maintenance) && !open {
            return Ok(Vec::new());
        }
        let over = filter.status.is_some() && open;
        if over {
            page.limit = page.limit.max(SCANNED);
        }
        let mut found = Vec::new();
        loop {
            let records = self
                .means
                .ports
                .monitors
                .monitors(tenant, &asked, page)
                .await
                .map_err(|error| ServiceError::of_store(error, "monitor"))?;
            if !over {
                return Ok(records);
            }
            let more = records.len() >= usize::try_from(page.limit).unwrap_or(usize::MAX);
            page.after = records.last().map(|last| *last.monitor.id.as_bytes());
            found.extend(
                records
                    .into_iter()
                    .filter(|record| Some(shown(record, around, now)) == filter.status),
            );
            if !more || found.len() >= wanted {
                found.truncate(wanted);
                return Ok(found);
            }
        }
    }

    /// The windows and silences of an account that are not over, as they were a moment ago: what is
    /// changed here is seen at once, what another process changes within a second.
    pub(super) async fn surroundings(&self, tenant: &Tenant) -> ServiceResult<Surroundings> {
        let environment = &self.means.environment;
        let (read_at, now) = (environment.monotonic(), environment.now());
        let (generation, before) = self.quieting.of(tenant.account());
        let fresh = before.filter(|(at, _)| read_at.saturating_sub(*at) < REMEMBERED);
        let known = match fresh {
            Some((_, known)) => known,
            None => {
                let known = Arc::new(self.read_quieting(tenant, now).await?);
                let read = (read_at, Arc::clone(&known));
                self.quieting.keep(generation, tenant.account(), read);
                known
            }
        };
        let mut silences = known.1.clone();
        silences.retain(|silence| silence.ends_at > now);
        Ok(Surroundings {
            windows: Opening::of(known.0.clone(), now),
            silences,
            parents: Vec::new(),
        })
    }

    async fn read_quieting(&self, tenant: &Tenant, now: Timestamp) -> ServiceResult<Quieting> {
        let ports = &self.means.ports;
        let windows = ports
            .maintenance
            .current_windows(tenant, now, MAX_AROUND)
            .await;
        let fault = |error| ServiceError::of_store(error, "monitor");
        let windows = windows.map_err(fault)?;
        let silences = ports
            .silences
            .current_silences(tenant, now, MAX_AROUND)
            .await;
        Ok((windows, silences.map_err(fault)?))
    }

    /// Why nobody is told of a monitor's outages now.
    pub(super) async fn quiet(
        &self,
        tenant: &Tenant,
        monitor: &Monitor,
        around: &mut Surroundings,
    ) -> ServiceResult<Option<Quiet>> {
        let parents = if monitor.depends_on.is_empty() {
            Vec::new()
        } else {
            self.means
                .ports
                .dependencies
                .parents(tenant, monitor.id)
                .await
                .map_err(|error| ServiceError::of_store(error, "monitor"))?
        };
        around.parents = parents
            .into_iter()
            .map(|record| Parent {
                // Only whether it is down is asked here.
                certainty: Certainty::Fact,
                id: record.id,
                down: record.down,
                recovered_at: None,
                well_at: None,
            })
            .collect();
        Ok(around.quiet(monitor, self.means.environment.now()))
    }

    /// Says which of the monitors that a draft depends on are not there, or depend on the monitor
    /// itself. The store has the last word on both.
    pub(super) async fn check_parents(
        &self,
        tenant: &Tenant,
        stored: Option<&Monitor>,
        parents: &[MonitorId],
    ) -> ServiceResult<()> {
        let mut wrong = Vec::new();
        for (index, parent) in parents.iter().enumerate() {
            let known = stored.is_some_and(|stored| stored.depends_on.contains(parent));
            if known {
                continue;
            }
            let fault = match stored {
                Some(stored) if stored.id == *parent => Some("a monitor cannot depend on itself"),
                _ => self.parent_fault(tenant, stored, *parent).await?,
            };
            if let Some(fault) = fault {
                wrong.push(FieldError::new(format!("/dependsOn/{index}"), fault));
            }
        }
        if wrong.is_empty() {
            Ok(())
        } else {
            Err(ServiceError::Invalid(wrong))
        }
    }

    /// What stands against depending on `parent`. Walks up from it, as far as there is to go.
    async fn parent_fault(
        &self,
        tenant: &Tenant,
        stored: Option<&Monitor>,
        parent: MonitorId,
    ) -> ServiceResult<Option<&'static str>> {
        let mut seen = std::collections::BTreeSet::new();
        let mut above = vec![parent];
        while let Some(next) = above.pop() {
            if stored.is_some_and(|stored| stored.id == next) {
                return Ok(Some(
                    "this monitor depends on the one that you change, directly or through \
                     others: leave it out",
                ));
            }
            if !seen.insert(next) || seen.len() > MAX_ANCESTORS {
                continue;
            }
            match self.means.ports.monitors.monitor(tenant, next).await {
                Ok(record) => above.extend(record.monitor.depends_on),
                Err(error) if error.kind() == StoreErrorKind::NotFound && next == parent => {
                    return Ok(Some("there is no monitor with this id: look it up first"));
                }
                Err(error) if error.kind() == StoreErrorKind::NotFound => {}
                Err(error) => return Err(ServiceError::of_store(error, "monitor")),
            }
            if stored.is_none() {
                // Nothing depends yet on a monitor that is only being made.
                return Ok(None);
            }
        }
        Ok(None)
    }
}

/// How a monitor is shown: what rests rests, and maintenance lies over the rest.
pub(super) fn shown(record: &MonitorRecord, around: &Surroundings, now: Timestamp) -> ShownStatus {
    let MonitorRecord { monitor, state, .. } = record;
    if !monitor.paused && around.maintenance(monitor, now).is_some() {
        ShownStatus::Maintenance
    } else {
        state.shown(monitor.paused)
    }
}
