//! Every port of a running system, each behind its own trait.

use super::{
    AccountStore, AuditLog, BadgeStore, ChannelStore, CredentialStore, DependencyStore,
    HeartbeatStore, HoldStore, IncidentStore, KeyStore, MaintenanceStore, ManualStore, MonitorFeed,
    MonitorStore, Outbox, ResultStore, RuleStore, SilenceStore, TenantResolver,
};
use std::{fmt, sync::Arc};

/// Every port of a running system. They may be one store, or several.
#[derive(Clone)]
pub struct Ports {
    /// Accounts.
    pub accounts: Arc<dyn AccountStore>,
    /// The audit log.
    pub audit: Arc<dyn AuditLog>,
    /// Badge keys.
    pub badges: Arc<dyn BadgeStore>,
    /// Channels.
    pub channels: Arc<dyn ChannelStore>,
    /// API keys.
    pub credentials: Arc<dyn CredentialStore>,
    /// What depends on what.
    pub dependencies: Arc<dyn DependencyStore>,
    /// The feed of the schedule.
    pub feed: Arc<dyn MonitorFeed>,
    /// Heartbeats.
    pub heartbeats: Arc<dyn HeartbeatStore>,
    /// Channels that are held back.
    pub holds: Arc<dyn HoldStore>,
    /// Events and the settle.
    pub incidents: Arc<dyn IncidentStore>,
    /// Wrapped data keys.
    pub keys: Arc<dyn KeyStore>,
    /// Maintenance windows.
    pub maintenance: Arc<dyn MaintenanceStore>,
    /// What people say of manual monitors.
    pub manual: Arc<dyn ManualStore>,
    /// Monitors.
    pub monitors: Arc<dyn MonitorStore>,
    /// Notifications on their way.
    pub outbox: Arc<dyn Outbox>,
    /// The look-ups before a tenant is known.
    pub resolver: Arc<dyn TenantResolver>,
    /// Results and rollups.
    pub results: Arc<dyn ResultStore>,
    /// Rules.
    pub rules: Arc<dyn RuleStore>,
    /// Silences.
    pub silences: Arc<dyn SilenceStore>,
}

impl Ports {
    /// One store behind every port.
    #[must_use]
    pub fn of<S>(store: &Arc<S>) -> Self
    where
        S: AccountStore
            + AuditLog
            + BadgeStore
            + ChannelStore
            + CredentialStore
            + DependencyStore
            + HeartbeatStore
            + HoldStore
            + IncidentStore
            + KeyStore
            + MaintenanceStore
            + ManualStore
            + MonitorFeed
            + MonitorStore
            + Outbox
            + ResultStore
            + RuleStore
            + SilenceStore
            + TenantResolver
            + 'static,
    {
        Self {
            accounts: Arc::<S>::clone(store),
            audit: Arc::<S>::clone(store),
            badges: Arc::<S>::clone(store),
            channels: Arc::<S>::clone(store),
            credentials: Arc::<S>::clone(store),
            dependencies: Arc::<S>::clone(store),
            feed: Arc::<S>::clone(store),
            heartbeats: Arc::<S>::clone(store),
            holds: Arc::<S>::clone(store),
            incidents: Arc::<S>::clone(store),
            keys: Arc::<S>::clone(store),
            maintenance: Arc::<S>::clone(store),
            manual: Arc::<S>::clone(store),
            monitors: Arc::<S>::clone(store),
            outbox: Arc::<S>::clone(store),
            resolver: Arc::<S>::clone(store),
            results: Arc::<S>::clone(store),
            rules: Arc::<S>::clone(store),
            silences: Arc::<S>::clone(store),
        }
    }
}

impl fmt::Debug for Ports {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ports")
    }
}
