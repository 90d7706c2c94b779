//! kill -9 between the failing check and the webhook loses neither event nor webhook: twenty random kills.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use crate::rig::{Receiver, Server, Target, pause, server, start, until};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    time::Duration,
};

const KILLS: u64 = 20;
/// Kills come up to this long after the target stops: the failing check, its confirmation, the
/// settle and the delivery all lie within.
const WINDOW_MS: u64 = 2_600;

/// Kills the server and starts it again on the same folder.
async fn kill_and_restart(server: Server, data: &Path) -> Server {
    let key = server.key.clone();
    server.kill().await;
    let mut again = start(data, &[]).await;
    again.key = key;
    again
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_random_kills_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut server = server(&data).await;
    let receiver = Receiver::start().await;
    server.tell(&receiver.url).await;
    // A fixed seed spreads the moments over the window; what they hit differs from run to run.
    let mut seed: u64 = 0x5eed;
    for round in 0..KILLS {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let moment = Duration::from_millis((seed >> 33) % WINDOW_MS);
        // A target and monitor of its own each round: one that flaps would be damped.
        let target = Target::start().await;
        let monitor = server.watch(&target.url()).await;
        until("it is up", async || {
            let body = server.get(&format!("/api/v1/monitors/{monitor}")).await;
            (body["status"] == "UP").then_some(())
        })
        .await;
        let address = target.stop().await;
        pause(moment).await;
        server = kill_and_restart(server, &data).await;
        let event = until(
            &format!("the event of round {round} ({moment:?})"),
            async || server.events(&monitor).await.pop(),
        )
        .await;
        let id = event["id"].as_str().unwrap().to_owned();
        let told = async |kind: &str| {
            until(
                &format!("{kind} of round {round} ({moment:?})"),
                async || {
                    let got = receiver.got();
                    got.iter()
                        .any(|m| m.kind() == kind && m.json()["event"]["id"] == *id)
                        .then_some(())
                },
            )
            .await;
        };
        told("monitor.down").await;
        let _target = Target::at(address).await;
        told("monitor.up").await;
        let events = server.events(&monitor).await;
        assert_eq!(
            events.len(),
            1,
            "round {round}: one outage is one event: {events:?}"
        );
        let path = format!("/api/v1/monitors/{monitor}/pause");
        server.post(&path, serde_json::Value::Null).await;
    }
    let mut by_id: BTreeMap<String, usize> = BTreeMap::new();
    for message in receiver.got() {
        *by_id
            .entry(message.header("webhook-id").to_owned())
            .or_default() += 1;
    }
    let events: BTreeSet<_> = receiver
        .got()
        .iter()
        .map(|m| m.json()["event"]["id"].to_string())
        .collect();
    let kills = usize::try_from(KILLS).unwrap();
    assert_eq!(events.len(), kills);
    assert_eq!(
        by_id.len(),
        2 * kills,
        "a repeated message carries the same id"
    );
    let repeated: usize = by_id.values().map(|count| count - 1).sum();
    assert!(
        repeated <= kills,
        "{repeated} repeated messages for {kills} kills"
    );
    println!(
        "{kills} kills, {} messages, {repeated} repeated, 0 lost",
        receiver.got().len()
    );
    server.stop().await;
}
