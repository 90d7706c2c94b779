//! The channel of the example passes the suite that every channel over HTTP passes.
#![allow(clippy::unwrap_used, reason = "a test")]

#[path = "../examples/custom_channel.rs"]
#[allow(dead_code, reason = "its main is not run here")]
mod custom_channel;

use custom_channel::NtfySpec;
use monitorah_core::{
    channel::ChannelRegistry,
    environment::SystemEnvironment,
    net::{AddressGuard, Net, NetOptions},
};
use monitorah_notify::{
    http::Client,
    testkit::{FORBIDDEN, Receiver, Reply, Subject, guarded, http_channel},
};
use serde_json::{Value, json};
use std::sync::Arc;

fn registry(guard: AddressGuard) -> ChannelRegistry {
    let options = NetOptions {
        guard,
        ..NetOptions::default()
    };
    let net = Net::new(Arc::new(SystemEnvironment::new()), options).unwrap();
    let client = Client::new(Arc::new(net), None).unwrap();
    ChannelRegistry::new().with::<NtfySpec>(Arc::new(client))
}

fn config(origin: &str) -> Value {
    json!({"server": origin, "topic": "alerts", "token": "tk_canary"})
}

#[tokio::test]
async fn it_passes_the_conformance_suite() {
    let registry = registry(AddressGuard::any());
    http_channel(&Subject {
        kind: registry.get("NTFY").unwrap(),
        config: &config,
    })
    .await;
}

#[tokio::test]
async fn it_reaches_no_forbidden_address() {
    let registry = registry(AddressGuard::public());
    let receiver = Receiver::start(Reply::status(200)).await.unwrap();
    let subject = Subject {
        kind: registry.get("NTFY").unwrap(),
        config: &config,
    };
    guarded(&subject, &[receiver], FORBIDDEN).await;
}
