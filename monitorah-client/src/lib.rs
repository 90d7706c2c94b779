//! A typed client of the Monitorah API.
//!
//! ```no_run
//! use monitorah_client::{Client, types::{CreateHttpMonitor, CreateMonitor}};
//! use futures::TryStreamExt;
//!
//! # async fn run() -> Result<(), monitorah_client::Error> {
//! let client = Client::connect("https://monitorah.example", "mon_live_…")?;
//! let shop: CreateHttpMonitor = CreateHttpMonitor::builder()
//!     .name("Shop")
//!     .target("https://shop.example/health")
//!     .try_into()?;
//! let made = client.create_monitor().body(CreateMonitor::from(shop)).send().await?;
//! println!("{} is {}", made.name, made.status);
//!
//! let mut monitors = client.monitors();
//! while let Some(monitor) = monitors.try_next().await? {
//!     println!("{}", monitor.id);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Overview
//! [`Client`] has one method for each operation of the API; each gives a builder of its parameters
//! in [`builder`], which ends in `send()`. What is sent and received is in [`types`]. Lists also
//! end in `stream()`, which walks all pages, and the commonest have a method of their own, such as
//! [`Client::monitors`]. [`Error`] tells refusals of the server apart by status, code and field.
//!
//! A request says what it leaves out: fields of a creating body that are not set have the defaults
//! of the server. Responses are open, so that an old client survives a new type: `type` is a text
//! there and `config` an object.
//!
//! The configuration of what was read is typed by [`types::Monitor::config_as`] and
//! [`types::Monitor::typed_config`]. A merge patch leaves out what stays; [`Patch`] says what is set
//! and what is cleared.
//!
//! A request that meets a passing fault is sent again where that cannot do its work twice: see
//! [`Retry`]. What could be done twice is sent once, and [`Error::retry_after`] says when to try.

mod config;
mod connect;
mod document;
mod error;
// Written by `cargo xtask client`: its style is the generator's.
#[allow(
    clippy::all,
    clippy::pedantic,
    clippy::unwrap_used,
    clippy::needless_pass_by_value,
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    unused_qualifications,
    reason = "the generator writes it, and a test holds it to what the specification gives"
)]
#[rustfmt::skip]
mod generated;
mod list;
mod patch;
mod retry;
mod secret;

pub use config::{ChannelType, ConfigFault, MonitorType};
pub use connect::Options;
pub use document::DocumentRequest;
pub use error::{Error, FieldFault, Refusal};
pub use generated::{ChannelConfig, Client, MonitorConfig, builder, types};
pub use patch::Patch;
pub use progenitor_client::{ByteStream, ResponseValue};
pub use retry::{Retry, Sender};
pub use secret::Secret;
