//! Manual monitors and groups through the API: a status that is set is believed at once, and the group follows.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use crate::rig::{Receiver, Target, server, until};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_status_that_is_set_by_hand_opens_an_event_and_moves_the_group() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder.path().join("data")).await;
    let receiver = Receiver::start().await;
    server.tell(&receiver.url).await;
    let target = Target::start().await;
    let watched = server.watch(&target.url()).await;
    let id = |body: &Value| body["id"].as_str().unwrap().to_owned();
    let manual = server
        .post(
            "/api/v1/monitors",
            json!({"name": "printer", "type": "MANUAL"}),
        )
        .await;
    assert_eq!(manual["config"], json!({}));
    let manual = id(&manual);
    // An hour: only what is told of its members moves it.
    let group = server
        .post(
            "/api/v1/monitors",
            json!({
                "name": "office", "type": "GROUP", "intervalSeconds": 3600,
                "config": {"members": [watched, manual]},
            }),
        )
        .await;
    assert_eq!(group["config"]["rule"], "ANY_DOWN");
    let group = id(&group);
    let read = async |id: &str| server.get(&format!("/api/v1/monitors/{id}")).await;
    until("the group is up", async || {
        (read(&group).await["status"] == "UP").then_some(())
    })
    .await;

    let address = format!("/api/v1/monitors/{manual}/status");
    let said = server
        .post(&address, json!({"status": "DOWN", "message": "on fire"}))
        .await;
    assert_eq!(said["status"], "DOWN", "{said}");
    let event = said["openEventId"].as_str().unwrap();
    until("the group is down", async || {
        (read(&group).await["status"] == "DOWN").then_some(())
    })
    .await;
    let event = server.get(&format!("/api/v1/events/{event}")).await;
    assert_eq!(
        (&event["reason"], &event["evidence"][0]["error"]),
        (&json!("MANUAL"), &json!("on fire")),
        "{event}"
    );
    let of_group = server.events(&group).await;
    let of_group = &of_group[0];
    assert_eq!(of_group["reason"], "MEMBERS", "{of_group}");
    let detail = server
        .get(&format!(
            "/api/v1/events/{}",
            of_group["id"].as_str().unwrap()
        ))
        .await;
    assert_eq!(
        detail["evidence"][0]["error"], "down: 1 of 2 members (printer)",
        "{detail}"
    );
    let said = server.post(&address, json!({"status": "UP"})).await;
    assert_eq!(said["status"], "UP");
    until("the group is up again", async || {
        (read(&group).await["status"] == "UP").then_some(())
    })
    .await;

    // What is refused, and how.
    for (path, body, status, code, pointer) in [
        (
            &address,
            json!({"status": "FINE"}),
            422,
            "validation_error",
            "/status",
        ),
        (&address, json!({}), 422, "validation_error", ""),
        (
            &address,
            json!({"status": "UP", "message": "x".repeat(501)}),
            422,
            "validation_error",
            "/message",
        ),
        (
            &format!("/api/v1/monitors/{watched}/status"),
            json!({"status": "UP"}),
            409,
            "not_manual",
            "",
        ),
        (
            &format!("/api/v1/monitors/mtr_{}/status", "0".repeat(32)),
            json!({"status": "UP"}),
            404,
            "not_found",
            "",
        ),
    ] {
        let (seen, answer) = server.ask("POST", path, Some(body.clone())).await;
        assert_eq!(
            (seen, &answer["error"]["code"]),
            (status, &json!(code)),
            "{body}: {answer}"
        );
        if !pointer.is_empty() {
            assert_eq!(
                answer["error"]["details"]["fields"][0]["pointer"], pointer,
                "{answer}"
            );
        }
    }
    let around = json!({"config": {"members": [group]}});
    let (status, answer) = server
        .ask("PATCH", &format!("/api/v1/monitors/{group}"), Some(around))
        .await;
    assert_eq!(
        (status, &answer["error"]["details"]["fields"][0]["pointer"]),
        (422, &json!("/config/members/0")),
        "{answer}"
    );

    // Whoever is deleted is left out, and the group goes on.
    let (status, _) = server
        .ask("DELETE", &format!("/api/v1/monitors/{manual}"), None)
        .await;
    assert_eq!(status, 204);
    let view = server
        .ask("POST", &format!("/api/v1/monitors/{group}/check"), None)
        .await;
    assert_eq!(
        (view.0, &view.1["status"]),
        (200, &json!("UP")),
        "{}",
        view.1
    );
    let ready = server.get("/api/v1/health/ready").await;
    assert_eq!(
        (&ready["silentMonitors"], &ready["attention"]),
        (&json!(0), &json!([]))
    );
    server.stop().await;
}
