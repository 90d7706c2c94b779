//! Maintenance, silence and dependencies through the real server: what is seen, and what is told.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use crate::rig::{Receiver, Server, Target, server, until};
use serde_json::{Value, json};

const WINDOWS: &str = "/api/v1/maintenance-windows";
const SILENCES: &str = "/api/v1/silences";
const MONITORS: &str = "/api/v1/monitors";

/// The time of so many seconds from now, as the API has it.
fn soon(seconds: i64) -> String {
    let environment = monitorah_core::environment::SystemEnvironment::new();
    let now = monitorah_core::Environment::now(&environment);
    let then = now.checked_add(jiff::SignedDuration::from_secs(seconds));
    then.unwrap().to_string()
}

async fn monitor(server: &Server, target: &str, more: Value) -> String {
    let mut body = json!({
        "name": "watched", "type": "HTTP", "target": target,
        "config": {"method": "GET"}, "intervalSeconds": 1,
    });
    for (name, value) in more.as_object().unwrap() {
        body[name] = value.clone();
    }
    let made = server.post(MONITORS, body).await;
    made["id"].as_str().unwrap().to_owned()
}

async fn event_of(server: &Server, monitor: &str) -> Value {
    until("an event", async || server.events(monitor).await.pop()).await
}

async fn quiet_because(server: &Server, monitor: &str, because: &str) -> Value {
    until("an event that is kept quiet", async || {
        let event = server.events(monitor).await.pop()?;
        (event["quiet"]["because"] == because).then_some(event)
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_breaks_in_a_window_is_told_when_the_window_is_ended() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder.path().join("data")).await;
    let receiver = Receiver::start().await;
    server.tell(&receiver.url).await;
    let id = monitor(
        &server,
        "http://127.0.0.1:9/",
        json!({"group": "shop/checkout"}),
    )
    .await;
    let other = monitor(&server, "http://127.0.0.1:9/", json!({"group": "shopping"})).await;
    let window = json!({
        "name": "work", "groups": ["shop"],
        "schedule": {"type": "ONCE", "startsAt": soon(-5), "endsAt": soon(3_600)},
    });
    let window = server.post(WINDOWS, window).await;
    assert_eq!(window["active"], true);
    // The other one is told, whatever was before: then the quiet one had its time too.
    let told = receiver.wait(1).await;
    let event = quiet_because(&server, &id, "MAINTENANCE").await;
    assert_eq!(event["quiet"]["id"], window["id"]);
    assert_eq!(event["toldAt"], Value::Null);
    assert_eq!(event["status"], "OPEN");
    assert!(
        told.iter()
            .all(|one| one.json()["monitor"]["id"] == json!(other)),
        "told in maintenance"
    );
    let shown = server.get(&format!("{MONITORS}/{id}")).await;
    assert_eq!(shown["status"], "MAINTENANCE");
    assert_eq!(shown["quiet"]["because"], "MAINTENANCE");
    for (status, expected) in [("MAINTENANCE", &id), ("DOWN", &other)] {
        let found = until("the state in a list", async || {
            let list = server.get(&format!("{MONITORS}?status={status}")).await;
            list["data"].as_array().unwrap().first().cloned()
        })
        .await;
        assert_eq!(found["id"], json!(expected), "{status}");
    }
    // Results are stored in batches: the event may come before the result that it is about.
    let newest = until("a result in maintenance", async || {
        let checks = server.get(&format!("{MONITORS}/{id}/checks")).await;
        let newest = checks["data"][0].clone();
        (newest["maintenance"] == true).then_some(newest)
    })
    .await;
    assert_eq!(newest["status"], "DOWN");

    let path = format!("{WINDOWS}/{}/end", window["id"].as_str().unwrap());
    let ended = server.post(&path, json!({})).await;
    assert_eq!(ended["active"], false);
    let (status, again) = server.ask("POST", &path, None).await;
    assert_eq!(
        (status, &again["error"]["code"]),
        (409, &json!("not_active"))
    );
    let told = until("the message after the window", async || {
        let got = receiver.got();
        got.into_iter()
            .find(|one| one.json()["monitor"]["id"] == json!(id))
    })
    .await;
    assert_eq!(told.kind(), "monitor.down");
    assert_eq!(told.json()["event"]["startedAt"], event["startedAt"]);
    let event = event_of(&server, &id).await;
    assert!(event["toldAt"].is_string(), "{event}");
    assert_eq!(event["quiet"], Value::Null);
    assert_eq!(event["toldChannelIds"].as_array().unwrap().len(), 1);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_silence_says_why_and_a_recovery_within_it_is_told_to_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder.path().join("data")).await;
    let receiver = Receiver::start().await;
    server.tell(&receiver.url).await;
    let silence = json!({"reason": "ticket 4711", "tags": ["edge"], "endsAt": soon(3_600)});
    let silence = server.post(SILENCES, silence).await;
    assert_eq!(silence["active"], true);
    assert!(silence["createdBy"].as_str().unwrap().starts_with("key_"));
    let target = Target::start().await;
    let id = monitor(&server, &target.url(), json!({"tags": ["edge"]})).await;
    let loud = monitor(&server, &target.url(), json!({})).await;
    until("results", async || {
        let shown = server.get(&format!("{MONITORS}/{id}")).await;
        (shown["status"] == "UP").then_some(())
    })
    .await;
    let address = target.stop().await;
    let event = quiet_because(&server, &id, "SILENCE").await;
    assert_eq!(event["quiet"]["id"], silence["id"]);
    let shown = server.get(&format!("{MONITORS}/{id}")).await;
    assert_eq!(shown["status"], "DOWN");
    assert_eq!(shown["quiet"]["until"], silence["endsAt"]);
    receiver.wait(1).await;
    let _target = Target::at(address).await;
    until("the end of the event", async || {
        let event = server.events(&id).await.pop()?;
        (event["status"] == "RESOLVED").then_some(())
    })
    .await;
    let told = receiver.wait(2).await;
    assert!(
        told.iter()
            .all(|one| one.json()["monitor"]["id"] == json!(loud)),
        "{told:?}"
    );
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_message_for_a_parent_and_all_that_depends_on_it() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder.path().join("data")).await;
    let receiver = Receiver::start().await;
    server.tell(&receiver.url).await;
    let target = Target::start().await;
    let router = monitor(&server, &target.url(), json!({"name": "router"})).await;
    let mut children = Vec::new();
    for number in 0..12 {
        let more = json!({"name": format!("host {number:02}"), "dependsOn": [router]});
        children.push(monitor(&server, &target.url(), more).await);
    }
    // A dependency that leads back is refused, with its place.
    let path = format!("{MONITORS}/{router}");
    let back = json!({"dependsOn": [children[0]]});
    let (status, refused) = server.ask("PATCH", &path, Some(back)).await;
    assert_eq!(status, 422, "{refused}");
    assert_eq!(
        refused["error"]["details"]["fields"][0]["pointer"],
        "/dependsOn/0"
    );
    until("all are well", async || {
        let list = server.get(&format!("{MONITORS}?status=UP&limit=100")).await;
        (list["data"].as_array().unwrap().len() == 13).then_some(())
    })
    .await;
    let address = target.stop().await;
    for child in &children {
        quiet_because(&server, child, "PARENT").await;
    }
    let told = receiver.wait(1).await;
    assert_eq!(told.len(), 1, "one message for thirteen outages");
    let told = told[0].json();
    assert_eq!(told["monitor"]["id"], json!(router));
    assert_eq!(told["hides"]["count"], 12);
    assert_eq!(told["hides"]["names"].as_array().unwrap().len(), 10);
    assert!(
        told["summary"].as_str().unwrap().contains("12 monitors"),
        "{told}"
    );

    let _target = Target::at(address).await;
    until("all are well again", async || {
        let list = server.get(&format!("{MONITORS}?status=UP&limit=100")).await;
        (list["data"].as_array().unwrap().len() == 13).then_some(())
    })
    .await;
    let got = receiver.wait(2).await;
    assert_eq!(
        got.len(),
        2,
        "the recovery of the parent, and of nobody else"
    );
    assert_eq!(got[1].kind(), "monitor.up");
    // The end of the parent is the end of the dependency.
    let (status, _) = server.ask("DELETE", &path, None).await;
    assert_eq!(status, 204);
    let child = server.get(&format!("{MONITORS}/{}", children[0])).await;
    assert_eq!(child["dependsOn"], json!([]));
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn windows_and_silences_are_listed_changed_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder.path().join("data")).await;
    let mut made = Vec::new();
    for number in 0..3 {
        let body = json!({
            "name": format!("w{number}"), "allMonitors": true,
            "schedule": {
                "type": "RECURRING", "weekdays": ["SUNDAY", "MONDAY", "SUNDAY"], "time": "02:30",
                "durationMinutes": 90, "timeZone": "Europe/Berlin",
            },
        });
        made.push(server.post(WINDOWS, body).await);
    }
    assert_eq!(made[0]["schedule"]["weekdays"], json!(["MONDAY", "SUNDAY"]));
    assert_eq!(made[0]["schedule"]["time"], "02:30");
    let first = server.get(&format!("{WINDOWS}?limit=2")).await;
    assert_eq!(first["data"].as_array().unwrap().len(), 2);
    let cursor = first["meta"]["nextCursor"].as_str().unwrap();
    let rest = server
        .get(&format!("{WINDOWS}?limit=2&cursor={cursor}"))
        .await;
    assert_eq!(rest["data"][0]["id"], made[2]["id"]);
    let (status, refused) = server
        .ask("GET", &format!("{SILENCES}?cursor={cursor}"), None)
        .await;
    assert_eq!(
        (status, &refused["error"]["code"]),
        (422, &json!("invalid_cursor"))
    );

    // A patch of the schedule: what it does not name stays, and another type begins anew.
    let path = format!("{WINDOWS}/{}", made[0]["id"].as_str().unwrap());
    let patch = json!({"schedule": {"durationMinutes": 30}});
    let (_, changed) = server.ask("PATCH", &path, Some(patch)).await;
    assert_eq!(changed["schedule"]["durationMinutes"], 30);
    assert_eq!(changed["schedule"]["timeZone"], "Europe/Berlin");
    let once = json!({"schedule": {"type": "ONCE", "startsAt": soon(60), "endsAt": soon(120)}});
    let (status, changed) = server.ask("PATCH", &path, Some(once)).await;
    assert_eq!(
        (status, &changed["schedule"]["type"]),
        (200, &json!("ONCE")),
        "{changed}"
    );
    assert_eq!(
        (&changed["version"], &changed["active"]),
        (&json!(3), &json!(false))
    );
    let wrong = json!({"schedule": {"timeZone": "Europe/Berlin"}});
    let (status, refused) = server.ask("PATCH", &path, Some(wrong)).await;
    assert_eq!(status, 422, "{refused}");

    // Versions guard changes and deletions.
    let versioned = async |method: &str, path: &str, version: &str, body: &str| {
        let request = crate::rig::http()
            .request(method.parse().unwrap(), format!("{}{path}", server.url))
            .header("authorization", format!("Bearer {}", server.key))
            .header("content-type", "application/json")
            .header("if-match", version)
            .body(body.to_owned());
        request.send().await.unwrap().status().as_u16()
    };
    assert_eq!(
        versioned("PATCH", &path, "\"v2\"", r#"{"name":"x"}"#).await,
        412
    );
    assert_eq!(
        versioned("PATCH", &path, "\"v3\"", r#"{"name":"x"}"#).await,
        200
    );
    assert_eq!(versioned("DELETE", &path, "\"v3\"", "").await, 412);
    assert_eq!(versioned("DELETE", &path, "\"v4\"", "").await, 204);
    assert_eq!(server.ask("GET", &path, None).await.0, 404);

    // A repeated request makes one silence.
    let body = json!({"reason": "r", "allMonitors": true, "endsAt": soon(600)});
    let mut ids = Vec::new();
    for _ in 0..2 {
        let response = crate::rig::http()
            .post(format!("{}{SILENCES}", server.url))
            .header("authorization", format!("Bearer {}", server.key))
            .header("content-type", "application/json")
            .header("idempotency-key", "one")
            .body(body.to_string())
            .send()
            .await
            .unwrap();
        assert_eq!(response.status().as_u16(), 201);
        let made: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
        ids.push(made["id"].clone());
    }
    assert_eq!(ids[0], ids[1]);
    let path = format!("{SILENCES}/{}", ids[0].as_str().unwrap());
    let longer = json!({"endsAt": soon(1_200), "reason": "longer"});
    let (status, changed) = server.ask("PATCH", &path, Some(longer)).await;
    assert_eq!(
        (status, &changed["reason"]),
        (200, &json!("longer")),
        "{changed}"
    );
    let ended = server.post(&format!("{path}/end"), json!({})).await;
    assert_eq!(ended["active"], false);
    assert_eq!(server.ask("DELETE", &path, None).await.0, 204);
    let left = server.get(SILENCES).await;
    assert_eq!(left["data"], json!([]));
    server.stop().await;
}
