//! What a metrics page shows of an account's monitors: small, and without anything that is sealed.

use super::{Service, ServiceError, ServiceResult};
use crate::{
    check::CheckKind,
    id::MonitorId,
    observation::Status,
    port::{MonitorFilter, Page},
    tenant::Tenant,
};
use jiff::Timestamp;

/// How many monitors are read at once.
const PAGE: u32 = 500;

/// A monitor as a metrics page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonitorFigures {
    /// Its id.
    pub monitor: MonitorId,
    /// What people call it.
    pub name: String,
    /// The check type.
    pub kind: CheckKind,
    /// Its place in the tree of groups.
    pub group: Option<String>,
    /// Whether it rests.
    pub paused: bool,
    /// Whether a maintenance window or a silence covers it now, so that nobody is to be told.
    pub quiet: bool,
    /// The last result's own status.
    pub last: Option<Status>,
    /// When the certificate that its target last showed expires.
    pub certificate_expires: Option<Timestamp>,
    /// When the registration of the domain that it watches ends.
    pub domain_expires: Option<Timestamp>,
}

impl Service {
    /// Every monitor of an account, oldest first.
    ///
    /// # Errors
    /// Only faults.
    pub async fn monitor_figures(&self, tenant: &Tenant) -> ServiceResult<Vec<MonitorFigures>> {
        let monitors = &self.means.ports.monitors;
        let mut figures: Vec<MonitorFigures> = Vec::new();
        let mut page = Page::first(PAGE);
        let around = self.surroundings(tenant).await?;
        let now = self.means.environment.now();
        loop {
            let records = monitors
                .monitors(tenant, &MonitorFilter::default(), page)
                .await
                .map_err(|error| ServiceError::of_store(error, "monitor"))?;
            let Some(last) = records.last() else {
                return Ok(figures);
            };
            page = Page::after(*last.monitor.id.as_bytes(), PAGE);
            figures.extend(records.into_iter().map(|record| {
                MonitorFigures {
                    quiet: around.quiet(&record.monitor, now).is_some(),
                    monitor: record.monitor.id,
                    name: record.monitor.name,
                    kind: record.monitor.kind,
                    group: record.monitor.group,
                    paused: record.monitor.paused,
                    last: record.state.last,
                    certificate_expires: record
                        .state
                        .certificate
                        .map(|certificate| certificate.not_after),
                    domain_expires: record.state.domain.map(|domain| domain.expires_at),
                }
            }));
        }
    }

    /// Whether this is the account that the installation was founded with: its keys may see the
    /// figures of the server itself.
    ///
    /// # Errors
    /// Only faults.
    pub async fn is_founder(&self, tenant: &Tenant) -> ServiceResult<bool> {
        let founder = self.means.ports.resolver.founder().await;
        let founder = founder.map_err(|error| ServiceError::of_store(error, "account"))?;
        Ok(founder.is_some_and(|(founder, _)| founder == *tenant))
    }
}
