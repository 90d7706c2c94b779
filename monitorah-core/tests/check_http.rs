//! HTTP over loopback: each reason that an answer, or its absence, can give.

#[cfg(test)]
mod rig;

use monitorah_core::{Observation, Reason, Status};
use rig::{Server, any_net, http, look, ok, redirect_to, refused};
use serde_json::json;

fn verdict(observation: &Observation) -> (Status, Reason) {
    (observation.status, observation.reason)
}

#[tokio::test]
async fn up_with_phases_and_without_evidence() {
    let server = Server::replying(ok("hello")).await;
    let seen = http(&server.url(), json!({"method": "GET"})).await;
    assert_eq!(verdict(&seen), (Status::Up, Reason::Ok), "{seen:?}");
    assert_eq!(seen.status_code, Some(200));
    assert_eq!(seen.remote_address, Some("127.0.0.1".parse().unwrap()));
    assert!(seen.timings.connect.is_some() && seen.timings.first_byte.is_some());
    assert!(seen.timings.download.is_some() && seen.timings.tls.is_none());
    assert_eq!(
        (seen.excerpt, seen.detail, seen.certificate),
        (None, None, None)
    );
}
