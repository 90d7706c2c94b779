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
//! for kind in monitorah_notify::KINDS {
//!     assert!(registry.get(kind).is_ok());
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A channel of a third party implements [`ChannelSpec`],
//! sends through [`http::Client::send`], and is registered beside these with
//! [`ChannelRegistry::with`].

pub mod discord;
pub mod email;
pub mod http;
pub mod pagerduty;
pub mod render;
pub mod slack;
pub mod telegram;
#[cfg(feature = "testkit")]
pub mod testkit;
pub mod twilio;
pub mod webhook;

use monitorah_core::channel::{ChannelRegistry, ChannelSpec};
use std::sync::Arc;

/// Every channel type of this crate.
pub const KINDS: [&str; 7] = [
    discord::DiscordSpec::KIND,
    email::EmailSpec::KIND,
    pagerduty::PagerDutySpec::KIND,
    slack::SlackSpec::KIND,
    telegram::TelegramSpec::KIND,
    twilio::TwilioSpec::KIND,
    webhook::WebhookSpec::KIND,
];

/// The registry with every channel type of this crate.
#[must_use]
pub fn register(registry: ChannelRegistry, means: &Arc<http::Client>) -> ChannelRegistry {
    registry
        .with::<discord::DiscordSpec>(Arc::clone(means))
        .with::<email::EmailSpec>(Arc::clone(means.net()))
        .with::<pagerduty::PagerDutySpec>(Arc::clone(means))
        .with::<slack::SlackSpec>(Arc::clone(means))
        .with::<telegram::TelegramSpec>(Arc::clone(means))
        .with::<twilio::TwilioSpec>(Arc::clone(means))
        .with::<webhook::WebhookSpec>(Arc::clone(means))
}
