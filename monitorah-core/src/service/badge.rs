//! Badges: a monitor's state for everybody who has its badge key, and nothing else of it.

use super::{
    AnalyticsQuery, Caller, Service, ServiceError, ServiceResult,
    around::shown,
    token::{self, TokenKind},
};
use crate::{
    crypt::{SealContext, SealedKind},
    id::MonitorId,
    monitor::ShownStatus,
    port::BadgeRecord,
    secret::Secret,
    tenant::Tenant,
    uptime::Rollup,
};
use jiff::SignedDuration;

/// A badge key as it is shown to who may read the monitor.
#[derive(Debug)]
pub struct BadgeKey {
    /// The monitor.
    pub monitor: MonitorId,
    /// The key.
    pub key: Secret<String>,
    /// When it was made.
    pub created_at: jiff::Timestamp,
}

impl Service {
    /// The badge key of a monitor.
    ///
    /// # Errors
    /// `NotFound` without one.
    pub async fn badge(&self, tenant: &Tenant, monitor: MonitorId) -> ServiceResult<BadgeKey> {
        let record = self
            .means
            .ports
            .badges
            .badge(tenant, monitor)
            .await
            .map_err(|error| ServiceError::of_store(error, "badge"))?;
        let place = place(tenant, &monitor);
        let key = &self.means.keyring;
        Ok(BadgeKey {
            monitor,
            key: key.open_text(tenant, &place, &record.key).await?,
            created_at: record.created_at,
        })
    }

    /// Makes a badge key for a monitor; the one before opens nothing any more.
    ///
    /// # Errors
    /// `NotFound` when there is no such monitor.
    pub async fn make_badge(&self, caller: &Caller, monitor: MonitorId) -> ServiceResult<BadgeKey> {
        let environment = &*self.means.environment;
        let tenant = &caller.tenant;
        let key = token::mint(environment, TokenKind::Badge, self.means.region);
        let keyring = &self.means.keyring;
        let place = place(tenant, &monitor);
        let record = BadgeRecord {
            key: keyring
                .seal(tenant, &place, key.expose().as_bytes())
                .await?,
            key_hash: token::hash(key.expose()),
            created_at: environment.now(),
        };
        let act = self.act(caller, "badge.make", monitor.to_string()).await?;
        let badges = &self.means.ports.badges;
        let write = badges.set_badge(tenant, monitor, &record, &act);
        self.once(caller, &act, "monitor", write).await?;
        self.badge(tenant, monitor).await
    }

    /// Revokes the badge key of a monitor, in force at once.
    ///
    /// # Errors
    /// `NotFound` without one.
    pub async fn revoke_badge(&self, caller: &Caller, monitor: MonitorId) -> ServiceResult<()> {
        let act = self
            .act(caller, "badge.revoke", monitor.to_string())
            .await?;
        let badges = &self.means.ports.badges;
        let write = badges.remove_badge(&caller.tenant, monitor, &act);
        self.once(caller, &act, "badge", write).await?;
        Ok(())
    }

    /// Which monitor a badge key opens. A malformed key costs no look-up.
    ///
    /// # Errors
    /// `NotFound` when the key opens nothing.
    pub async fn badge_opens(&self, key: &str) -> ServiceResult<OpenedBadge> {
        let unknown = || ServiceError::NotFound("badge");
        token::inspect(key, TokenKind::Badge, self.means.region).map_err(|_| unknown())?;
        self.means
            .ports
            .resolver
            .by_badge(&token::hash(key))
            .await
            .map_err(|error| ServiceError::of_store(error, "badge"))?
            .map(|(tenant, monitor)| OpenedBadge { tenant, monitor })
            .ok_or_else(unknown)
    }

    /// How the monitor of a badge is.
    ///
    /// # Errors
    /// `NotFound` when the monitor is gone.
    pub async fn badge_status(&self, opened: &OpenedBadge) -> ServiceResult<ShownStatus> {
        let OpenedBadge { tenant, monitor } = *opened;
        let record = self
            .means
            .ports
            .monitors
            .monitor(&tenant, monitor)
            .await
            .map_err(|error| ServiceError::of_store(error, "badge"))?;
        let around = self.surroundings(&tenant).await?;
        Ok(shown(&record, &around, self.means.environment.now()))
    }

    /// What the monitor of a badge was like for so long until now.
    ///
    /// # Errors
    /// `NotFound` when the monitor is gone.
    pub async fn badge_total(
        &self,
        opened: &OpenedBadge,
        back: SignedDuration,
    ) -> ServiceResult<Rollup> {
        let OpenedBadge { tenant, monitor } = *opened;
        let now = self.means.environment.now();
        let query = AnalyticsQuery {
            from: now.checked_sub(back).ok(),
            to: None,
            resolution: None,
        };
        let span = query.span(now, true).map_err(ServiceError::Invalid)?;
        Ok(self.analytics_of(&tenant, monitor, span).await?.total)
    }
}

/// What a badge key opens, which only a look-up of the key tells.
#[derive(Debug, Clone, Copy)]
pub struct OpenedBadge {
    tenant: Tenant,
    monitor: MonitorId,
}

impl OpenedBadge {
    /// The monitor.
    #[must_use]
    pub const fn monitor(&self) -> MonitorId {
        self.monitor
    }
}

/// Where a badge key is sealed.
fn place<'a>(tenant: &Tenant, monitor: &'a MonitorId) -> SealContext<'a> {
    SealContext {
        purpose: SealedKind::Field,
        account: tenant.account(),
        table: "badges",
        column: "key",
        row: monitor.as_bytes(),
        version: 1,
    }
}
