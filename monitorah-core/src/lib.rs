//! The monitoring engine of Monitorah: link it, give it a store, and it watches.
//!
//! ```text
//! Monitor --schedule--> Tick --check--> Observation --verdict--> Verdict
//!    --incident--> Transition --alert--> Alert --outbox--> Delivery --channel--> Receipt
//! ```
//!
//! A failed check is a value ([`Observation`]), never an error; errors are for our own faults.
//! The middle ([`schedule`], [`verdict`], [`incident`], [`maintenance`], [`quiet`], [`alert`],
//! [`uptime`], [`delivery`]) is pure. [`engine`] holds the only loops, [`service`] the use-cases, [`port`] the traits that a
//! store implements, [`crypt`] the one way to encrypt.
//!
//! ```
//! # #[cfg(feature = "net")]
//! # async fn watch() -> Result<(), Box<dyn std::error::Error>> {
//! use monitorah_core::{
//!     check::CheckRegistry, embed::Embedded, environment::SystemEnvironment, monitor::Policy,
//!     net::{Net, NetOptions}, service::MonitorDraft,
//! };
//! use std::{sync::Arc, time::Duration};
//!
//! let environment = Arc::new(SystemEnvironment::new());
//! let net = Arc::new(Net::new(environment.clone(), NetOptions::default())?);
//! let checks = CheckRegistry::builtin(net);
//! let engine = Embedded::start(environment, checks, |told| println!("{}", told.summary)).await?;
//! let draft = MonitorDraft {
//!     name: "example".into(),
//!     kind: "HTTP".into(),
//!     target: "https://example.org/".into(),
//!     config: serde_json::json!({"method": "GET"}),
//!     policy: Policy::every(Duration::from_secs(60)),
//!     tags: vec![],
//!     group: None,
//!     owner: None,
//!     depends_on: vec![],
//!     external_ref: None,
//!     paused: false,
//! };
//! engine.service.create_monitor(&engine.caller(), draft).await?;
//! # Ok(())
//! # }
//! ```
//!
//! Features: none gives the types, the pure middle and the ports; `engine` adds the loops and
//! tokio; `net` adds name resolution, the address guard, the connector and the checks that use
//! them; `testkit` adds what tests are written with.

pub mod alert;
pub mod channel;
pub mod check;
pub mod crypt;
pub mod delivery;
#[cfg(feature = "engine")]
pub mod embed;
#[cfg(feature = "engine")]
pub mod engine;
pub mod environment;
mod error;
pub mod evidence;
mod id;
pub mod incident;
pub mod maintenance;
pub mod monitor;
#[cfg(feature = "net")]
pub mod net;
mod observation;
pub mod port;
pub mod quiet;
#[cfg(feature = "engine")]
mod recent;
mod region;
pub mod schedule;
mod secret;
pub mod selection;
#[cfg(feature = "engine")]
pub mod service;
mod shape;
pub mod silence;
pub mod storm;
mod tenant;
#[cfg(feature = "testkit")]
pub mod testkit;
pub mod uptime;
pub mod verdict;

pub use environment::{Env, Environment};
pub use error::{ConfigError, FieldError, StoreError, StoreErrorKind, StoreResult};
pub use id::{
    AccountId, ApiKeyId, AttemptId, AuditId, ChannelId, DataKeyId, EventId, MaintenanceId,
    MonitorId, NotificationId, ParseIdError, PingId, RequestId, RuleId, SilenceId, UserId,
};
pub use observation::{
    Certificate, Echoes, Observation, Reason, Registration, Severity, Status, Timings,
    UnknownReason,
};
pub use region::{ParseRegionError, Region};
pub use secret::Secret;
pub use tenant::{Act, Actor, IdempotencyKey, Tenant};
