//! The storage ports: every trait that the engine and the services call, one file each.
//!
//! `monitorah-store` implements them; [`testkit`](crate::testkit) holds their conformance suites,
//! and [`MemoryStore`] is their reference.
//!
//! # Tenancy (I5)
//! Every tenant-bound method takes `&Tenant` first, and answers about another account's things
//! exactly as about absent ones. The exceptions, and there are no others:
//!
//! | Method | Who calls it |
//! |---|---|
//! | [`TenantResolver`], all methods | whoever must find out the tenant: they return only tenant and principal |
//! | [`MonitorFeed`], all methods | the engine's schedule |
//! | [`ResultStore::append`], [`roll_up`](ResultStore::roll_up), [`prune`](ResultStore::prune) | the engine's batches and sweep |
//! | [`Outbox::lease`], [`Outbox::next_due`], [`Outbox::waiting`] | the engine's dispatcher and sweep |
//! | [`IncidentStore::due_reminders`], [`IncidentStore::waiting`] | the engine's sweep |
//! | [`AccountStore::found`] | the operator's set-up |

mod account;
mod audit;
mod badge;
mod channel;
mod credential;
mod dependency;
mod heartbeat;
mod incident;
mod key;
mod maintenance;
mod manual;
mod memory;
mod monitor;
mod outbox;
mod page;
mod ports;
mod resolver;
mod result;

pub use account::{AccountRecord, AccountStore, Founding};
pub use audit::{AuditLog, AuditRow};
pub use badge::{BadgeRecord, BadgeStore};
pub use channel::{ChannelRecord, ChannelStore, RuleStore};
pub use credential::{ApiKeyRecord, CredentialStore};
pub use dependency::{Dependants, DependencyStore, ParentRecord};
pub use heartbeat::{HeartbeatRecord, HeartbeatStore, PingRecord};
pub use incident::{EventFilter, EvidenceRecord, IncidentStore, OpenEvent, OpenEvents, Settlement};
pub use key::KeyStore;
pub use maintenance::{MaintenanceStore, SilenceStore};
pub use manual::{ManualRecord, ManualStore};
pub use memory::MemoryStore;
pub use monitor::{
    FeedChange, FeedChanges, FeedMark, FeedPage, FeedRow, MonitorFeed, MonitorFilter,
    MonitorRecord, MonitorStore,
};
pub use outbox::{
    AfterAttempt, AttemptRecord, Lease, LeaseLimits, Leased, NotificationFilter,
    NotificationRecord, NotificationState, Outbox, OutboxEntry,
};
pub use page::Page;
pub use ports::Ports;
pub use resolver::{KeyMatch, TenantResolver};
pub use result::{
    ResultCursor, ResultFilter, ResultRow, ResultStore, ResultStoreExt, RollUpReport,
};
