//! The main job, end to end: a target is watched, fails, people are told, it recovers, people are told.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use crate::rig::{Receiver, Target, now, server, start, until};
use serde_json::{Value, json};
use std::time::Duration;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_outage_is_one_event_and_two_verified_messages() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder.path().join("data")).await;
    let receiver = Receiver::start().await;
    let secret = server.tell(&receiver.url).await;
    let target = Target::start().await;
    let monitor = server.watch(&target.url()).await;
    let checks = format!("/api/v1/monitors/{monitor}/checks");
    until("three results", async || {
        let log = server.get(&checks).await;
        (log["data"].as_array().unwrap().len() >= 3).then_some(())
    })
    .await;

    let address = target.stop().await;
    let stopped = now();
    let event = until("an event", async || server.events(&monitor).await.pop()).await;
    // Interval, one re-check of one interval, and one second: with the API's own polling on top.
    assert!(
        stopped.elapsed() < Duration::from_millis(3_500),
        "{:?}",
        stopped.elapsed()
    );
    assert_eq!(event["reason"], "CONNECT_REFUSED");
    assert_eq!(event["status"], "OPEN");
    assert_eq!(event["evidence"].as_array().unwrap().len(), 2);
    let down = receiver.wait(1).await.remove(0);
    assert_eq!(down.kind(), "monitor.down");
    assert_eq!(down.json()["event"]["id"], event["id"]);
    assert_eq!(
        down.json()["monitor"]["target"],
        format!("http://{address}/")
    );

    let _target = Target::at(address).await;
    let up = receiver.wait(2).await.remove(1);
    assert_eq!(up.kind(), "monitor.up");
    let events = server.events(&monitor).await;
    assert_eq!(events.len(), 1, "exactly one event");
    assert_eq!(
        (&events[0]["status"], &events[0]["resolution"]),
        (&json!("RESOLVED"), &json!("RECOVERED"))
    );

    // The reference implementation of Standard Webhooks says that both are ours.
    let verifier = standardwebhooks::Webhook::new(&secret).unwrap();
    for message in receiver.got() {
        verifier.verify(&message.body, &message.headers).unwrap();
        assert!(message.header("webhook-id").starts_with("ntf_"));
        assert_eq!(message.header("x-monitorah-signature").len(), 64);
    }
    let log = server.get("/api/v1/notifications").await;
    for entry in log["data"].as_array().unwrap() {
        assert_eq!(entry["status"], "DELIVERED");
        assert_eq!(entry["attempts"][0]["statusCode"], 204);
    }
    assert_eq!(receiver.got().len(), 2, "each message once");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_graceful_stop_stores_every_result_and_a_restart_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let first = server(&data).await;
    let target = Target::start().await;
    let monitor = first.watch(&target.url()).await;
    let checks = format!("/api/v1/monitors/{monitor}/checks?limit=100");
    until("two results", async || {
        (first.get(&checks).await["data"].as_array().unwrap().len() >= 2).then_some(())
    })
    .await;
    let key = first.key.clone();
    let log = first.stop().await;
    assert!(log.contains("stopped"), "{log}");
    let mut again = start(&data, &[]).await;
    again.key = key;
    let before = again.get(&checks).await["data"].as_array().unwrap().len();
    until("results go on", async || {
        (again.get(&checks).await["data"].as_array().unwrap().len() > before + 1).then_some(())
    })
    .await;
    assert!(again.events(&monitor).await.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_heartbeat_is_pinged_in_both_styles() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder.path().join("data")).await;
    let draft = json!({"name": "job", "type": "HEARTBEAT", "config": {"graceSeconds": 1}, "intervalSeconds": 1});
    let monitor = server.post("/api/v1/monitors", draft).await;
    let (id, token) = (
        monitor["id"].as_str().unwrap(),
        monitor["heartbeatToken"].as_str().unwrap(),
    );
    assert!(token.starts_with("hb_"));
    let http = crate::rig::http();
    let status = async |wanted: &str| {
        until(wanted, async || {
            let monitor = server.get(&format!("/api/v1/monitors/{id}")).await;
            (monitor["status"] == wanted).then_some(monitor)
        })
        .await
    };
    let ping = async |path: String| {
        let response = http
            .post(format!("{}{path}", server.url))
            .body("said")
            .send()
            .await
            .unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    };
    assert_eq!(
        ping(format!("/ping/{token}/start?rid=a")).await,
        (200, "OK".to_owned())
    );
    assert_eq!(
        ping(format!("/ping/{token}?rid=a")).await,
        (200, "OK".to_owned())
    );
    status("UP").await;
    assert_eq!(ping(format!("/api/v1/heartbeat/{token}/3")).await.0, 200);
    let event = until("an event", async || server.events(id).await.pop()).await;
    assert_eq!(event["reason"], "HEARTBEAT_FAILED");
    assert_eq!(ping(format!("/api/v1/heartbeat/{token}/0")).await.0, 200);
    until("recovery", async || {
        (server.events(id).await[0]["status"] == "RESOLVED").then_some(())
    })
    .await;
    // Silence now: two seconds and it is missed.
    let missed = until("a second event", async || {
        let events = server.events(id).await;
        (events.len() == 2).then(|| events[0].clone())
    })
    .await;
    assert_eq!(missed["reason"], "HEARTBEAT_MISSED");
    let pings = server.get(&format!("/api/v1/monitors/{id}/pings")).await;
    let pings = pings["data"].as_array().unwrap();
    assert_eq!(pings.len(), 4);
    assert_eq!(
        (&pings[1]["exitStatus"], &pings[1]["body"]),
        (&json!(3), &json!("said"))
    );
    assert!(
        pings[2]["durationMs"].is_number(),
        "the start was paired: {pings:?}"
    );
    assert_eq!(ping("/ping/hb_nothing".to_owned()).await.0, 404);
    for no_status in ["+1", "-1", "256", "1x", ""] {
        let address = format!("/ping/{token}/{no_status}");
        assert_eq!(ping(address).await.0, 404, "{no_status}");
    }
    let head = http
        .head(format!("{}/ping/{token}", server.url))
        .send()
        .await
        .unwrap();
    assert_eq!(head.status().as_u16(), 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failed_job_is_told_at_once_whatever_its_interval() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder.path().join("data")).await;
    let draft = json!({"name": "nightly", "type": "HEARTBEAT", "config": {"cron": "0 3 * * *"}});
    let monitor = server.post("/api/v1/monitors", draft).await;
    let (id, url) = (
        monitor["id"].as_str().unwrap(),
        monitor["heartbeatUrl"].as_str().unwrap(),
    );
    // The URL is the configured public one; the test listens elsewhere.
    let path = url.split_once("/api/").unwrap().1;
    let ping = async |signal: &str| {
        let url = format!("{}/api/{path}{signal}", server.url);
        assert!(
            crate::rig::http()
                .get(url)
                .send()
                .await
                .unwrap()
                .status()
                .is_success()
        );
    };
    ping("").await;
    ping("/fail").await;
    let event = until("an event", async || server.events(id).await.pop()).await;
    assert_eq!(event["reason"], "HEARTBEAT_FAILED");
    ping("").await;
    until("recovery", async || {
        (server.events(id).await[0]["status"] == "RESOLVED").then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pause_resume_check_now_patch_and_upsert() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder.path().join("data")).await;
    let target = Target::start().await;
    let slow = json!({
        "name": "slow", "type": "HTTP", "target": target.url(), "intervalSeconds": 3600,
        "config": {"method": "GET", "bearerToken": "s3cret-token"}, "externalRef": "web 1",
    });
    let (status, monitor) = server
        .ask("PUT", "/api/v1/monitors/by-ref/web%201", Some(slow.clone()))
        .await;
    assert_eq!(status, 200, "{monitor}");
    let id = monitor["id"].as_str().unwrap();
    let (_, again) = server
        .ask("PUT", "/api/v1/monitors/by-ref/web%201", Some(slow))
        .await;
    assert_eq!(again["id"], monitor["id"], "the upsert found it");
    assert_eq!(monitor["config"]["bearerToken"], json!({"secret": "set"}));

    let checked = until("it is on the schedule", async || {
        let (status, body) = server
            .ask("POST", &format!("/api/v1/monitors/{id}/check"), None)
            .await;
        (status == 200).then_some(body)
    })
    .await;
    assert_eq!(
        (&checked["status"], &checked["statusCode"]),
        (&json!("UP"), &json!(200))
    );

    let path = format!("/api/v1/monitors/{id}");
    let (status, patched) = server
        .ask(
            "PATCH",
            &path,
            Some(json!({"name": "renamed", "tags": ["a"]})),
        )
        .await;
    assert_eq!(status, 200, "{patched}");
    assert_eq!(
        (&patched["name"], &patched["intervalSeconds"]),
        (&json!("renamed"), &json!(3600))
    );
    assert_eq!(
        patched["config"]["bearerToken"],
        json!({"secret": "set"}),
        "the secret stays"
    );
    let elsewhere = json!({"target": "http://127.0.0.1:9/"});
    let (status, refused) = server.ask("PATCH", &path, Some(elsewhere)).await;
    assert_eq!(
        status, 422,
        "a kept secret goes to no other place: {refused}"
    );
    assert_eq!(
        refused["error"]["details"]["fields"][0]["pointer"],
        "/config/bearerToken"
    );
    let tagged = server.get("/api/v1/monitors?tag=a").await;
    assert_eq!(tagged["data"].as_array().unwrap().len(), 1);

    let paused = server.post(&format!("{path}/pause"), Value::Null).await;
    assert_eq!(paused["status"], "PAUSED");
    let (status, body) = server.ask("POST", &format!("{path}/check"), None).await;
    assert_eq!(
        (status, &body["error"]["code"]),
        (409, &json!("monitor_paused"))
    );
    let resumed = server.post(&format!("{path}/resume"), Value::Null).await;
    assert_ne!(resumed["status"], "PAUSED");
    assert_eq!(server.ask("DELETE", &path, None).await.0, 204);
    assert_eq!(server.ask("GET", &path, None).await.0, 404);
}
