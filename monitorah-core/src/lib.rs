//! The monitoring engine of Monitorah: link it, give it a store, and it watches.

pub mod alert;
pub mod channel;
pub mod check;
pub mod crypt;
pub mod delivery;
#[cfg(feature = "engine")]
pub mod engine;
pub mod environment;
mod error;
pub mod evidence;
mod id;
pub mod incident;
pub mod monitor;
#[cfg(feature = "net")]
pub mod net;
mod observation;
pub mod port;
mod region;
pub mod schedule;
mod secret;
#[cfg(feature = "engine")]
pub mod service;
mod tenant;
#[cfg(feature = "testkit")]
pub mod testkit;
pub mod uptime;
pub mod verdict;

pub use environment::{Env, Environment};
pub use error::{ConfigError, FieldError, StoreError, StoreErrorKind, StoreResult};
pub use id::{
    AccountId, ApiKeyId, AttemptId, AuditId, ChannelId, DataKeyId, EventId, MonitorId,
    NotificationId, ParseIdError, PingId, RequestId, RuleId, UserId,
};
pub use observation::{Certificate, Observation, Reason, Severity, Status, Timings, UnknownReason};
pub use region::{ParseRegionError, Region};
pub use secret::Secret;
pub use tenant::{Act, Actor, IdempotencyKey, Tenant};
