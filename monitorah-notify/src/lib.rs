//! The channels through which Monitorah tells people: one type a file, all over one guarded client.
//!
//! A composition root makes one [`http::Client`] from its network and registers every type:
//!
//! ```
//! # use monitorah_core::{channel::ChannelRegistry, environment::SystemEnvironment};
//! # use monitorah_core::net::{Net, NetOptions};
//! # use std::sync::Arc;
//! let net = Net::new(Arc::new(SystemEnvironment::new()), NetOptions::default())?;
//! let client = monitorah_notify::http::Client::new(Arc::new(net), None)?;
//! let registry = monitorah_notify::register(ChannelRegistry::new(), &Arc::new(client));
//! assert!(registry.get("WEBHOOK").is_ok());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A channel of a third party implements [`ChannelSpec`](monitorah_core::channel::ChannelSpec),
//! sends through [`http::Client::send`], and is registered beside these with
//! [`ChannelRegistry::with`].

pub mod http;
#[cfg(feature = "testkit")]
pub mod testkit;
pub mod webhook;

use monitorah_core::channel::ChannelRegistry;
use std::sync::Arc;

/// The registry with every channel type of this crate.
#[must_use]
pub fn register(registry: ChannelRegistry, means: &Arc<http::Client>) -> ChannelRegistry {
    registry.with::<webhook::WebhookSpec>(Arc::clone(means))
}
