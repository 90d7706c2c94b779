//! The conformance suites of the storage ports: every store runs the same ones.
//!
//! Each suite wants a fresh [`Subject`]: a store in which nothing is but the accounts that it
//! names. A suite that finds a difference panics and says which sentence of the port is broken.
//!
//! The suites are plain async functions and ask for no runtime of their own. This is how a crate
//! with a store of its own runs one, with the feature `testkit` of this crate as a dev-dependency:
//!
//! ```
//! use monitorah_core::{
//!     port::{MemoryStore, Ports},
//!     testkit::conformance::{self, Subject},
//! };
//! # futures::executor::block_on(async {
//! let whole = Ports::of(&std::sync::Arc::new(MemoryStore::new()));
//! // `Ports { results: my_results, ..whole }`, say, where a store keeps results only.
//! conformance::result_store(&Subject::over(whole)).await;
//! # });
//! ```
//!
//! A store that founds accounts wants [`sample::founding`] first. What a suite cannot know is what
//! a crash leaves: test that where the store is.
#![expect(
    clippy::unwrap_used,
    reason = "a suite reports what it finds by panicking, as a test does"
)]

mod account;
mod badge;
mod channel;
mod heartbeat;
mod hold;
mod incident;
mod maintenance;
mod manual;
mod monitor;
mod outbox;
mod result;
mod rollup;
pub mod sample;

pub use account::{account_store, audit_log, credential_store, founding_race};
pub use badge::badge_store;
pub use channel::{channel_store, rule_reminders, rule_store};
pub use heartbeat::heartbeat_store;
pub use hold::{hold_race, hold_store};
pub use incident::{incident_store, settle_race};
pub use maintenance::{dependency_store, maintenance_store, silence_store};
pub use manual::manual_store;
pub use monitor::{monitor_dependencies, monitor_feed, monitor_filters, monitor_store};
pub use outbox::{lease_race, lease_turns, outbox};
pub use result::{event_retention, result_retention, result_store};
pub use rollup::rollups;

use crate::{
    error::{StoreErrorKind, StoreResult},
    port::{
        AccountStore, AuditLog, BadgeStore, ChannelStore, CredentialStore, DependencyStore,
        HeartbeatStore, HoldStore, IncidentStore, KeyStore, MaintenanceStore, ManualStore,
        MonitorFeed, MonitorStore, Outbox, Ports, ResultStore, RuleStore, SilenceStore,
        TenantResolver,
    },
    tenant::Tenant,
};
use std::sync::Arc;

/// A store under test, port by port, so that a wrapper of one port can be put in its place.
#[derive(Clone)]
pub struct Subject {
    /// The tenant that acts.
    pub home: Tenant,
    /// Another account of the same store, from whom everything of `home` is hidden.
    pub stranger: Tenant,
    /// Accounts.
    pub accounts: Arc<dyn AccountStore>,
    /// API keys.
    pub credentials: Arc<dyn CredentialStore>,
    /// Data keys.
    pub keys: Arc<dyn KeyStore>,
    /// Look-ups before the tenant is known.
    pub resolver: Arc<dyn TenantResolver>,
    /// The audit log.
    pub audit: Arc<dyn AuditLog>,
    /// Monitors.
    pub monitors: Arc<dyn MonitorStore>,
    /// The feed.
    pub feed: Arc<dyn MonitorFeed>,
    /// Heartbeats.
    pub heartbeats: Arc<dyn HeartbeatStore>,
    /// What people say of manual monitors.
    pub manual: Arc<dyn ManualStore>,
    /// Channels that are held back.
    pub holds: Arc<dyn HoldStore>,
    /// Events.
    pub incidents: Arc<dyn IncidentStore>,
    /// Badge keys.
    pub badges: Arc<dyn BadgeStore>,
    /// Channels.
    pub channels: Arc<dyn ChannelStore>,
    /// Rules.
    pub rules: Arc<dyn RuleStore>,
    /// Maintenance windows.
    pub maintenance: Arc<dyn MaintenanceStore>,
    /// Silences.
    pub silences: Arc<dyn SilenceStore>,
    /// What depends on what.
    pub dependencies: Arc<dyn DependencyStore>,
    /// The outbox.
    pub outbox: Arc<dyn Outbox>,
    /// Results.
    pub results: Arc<dyn ResultStore>,
}

impl std::fmt::Debug for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Subject").finish_non_exhaustive()
    }
}

impl Subject {
    /// A store that implements every port. `home` and `stranger` are
    /// [`sample::home`] and [`sample::stranger`].
    pub fn of<S>(store: &Arc<S>) -> Self
    where
        S: AccountStore
            + CredentialStore
            + KeyStore
            + TenantResolver
            + AuditLog
            + BadgeStore
            + MonitorStore
            + MonitorFeed
            + HeartbeatStore
            + ManualStore
            + HoldStore
            + IncidentStore
            + ChannelStore
            + RuleStore
            + MaintenanceStore
            + SilenceStore
            + DependencyStore
            + Outbox
            + ResultStore
            + 'static,
    {
        Self::over(Ports::of(store))
    }

    /// Several stores behind the ports, such as one that keeps results and another that keeps the
    /// rest: run the suites of every port whose answers they make together.
    #[must_use]
    pub fn over(ports: Ports) -> Self {
        Self {
            home: sample::home(),
            stranger: sample::stranger(),
            accounts: ports.accounts,
            credentials: ports.credentials,
            keys: ports.keys,
            resolver: ports.resolver,
            audit: ports.audit,
            monitors: ports.monitors,
            feed: ports.feed,
            heartbeats: ports.heartbeats,
            manual: ports.manual,
            holds: ports.holds,
            incidents: ports.incidents,
            badges: ports.badges,
            channels: ports.channels,
            rules: ports.rules,
            maintenance: ports.maintenance,
            silences: ports.silences,
            dependencies: ports.dependencies,
            outbox: ports.outbox,
            results: ports.results,
        }
    }
}

/// What kind of refusal it was; `None` when it was none.
fn refusal<T>(result: StoreResult<T>) -> Option<StoreErrorKind> {
    result.err().map(|error| error.kind())
}
