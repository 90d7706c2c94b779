//! Wrong requests in one table: each gets its documented code and a message that says what to do.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use crate::rig::{server, server_with};
use crate::wrong::{MONITORS, monitor};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_wrong_request_gets_its_code_and_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let limit = [("MONITORAH_RATE_LIMIT_PER_MINUTE", "10000")];
    let server = server_with(&folder.path().join("data"), &limit).await;
    let narrow = json!({"name": "narrow", "scopes": ["monitors:read", "apiKeys:write"]});
    let narrow = server.post("/api/v1/api-keys", narrow).await;
    let environment = monitorah_core::environment::SystemEnvironment::new();
    let kind = monitorah_core::service::token::TokenKind::ApiKey;
    let foreign = monitorah_core::service::token::mint(&environment, kind, "eu".parse().unwrap());
    let mut rows = crate::wrong::requests::table(
        &server.key,
        narrow["key"].as_str().unwrap(),
        foreign.expose(),
    );
    rows.extend(crate::wrong::monitors::table());
    rows.extend(crate::wrong::quiet::table());
    assert!(rows.len() >= 40, "{}", rows.len());
    let http = crate::rig::http();
    let mut faults = Vec::new();
    for row in &rows {
        let mut request = http.request(
            row.method.parse().unwrap(),
            format!("{}{}", server.url, row.path),
        );
        let given = |name: &str| row.headers.iter().any(|(header, _)| *header == name);
        if !given("authorization") {
            request = request.header("authorization", format!("Bearer {}", server.key));
        }
        if !given("content-type") {
            request = request.header("content-type", "application/json");
        }
        for (name, value) in row.headers.iter().filter(|(_, value)| !value.is_empty()) {
            request = request.header(*name, value);
        }
        if let Some(body) = &row.body {
            request = request.body(body.clone());
        }
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        let id = response.headers()["x-request-id"]
            .to_str()
            .unwrap()
            .to_owned();
        let body: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
        let error = &body["error"];
        let fields = error["details"]["fields"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let words = format!("{} {}", error["message"], json!(fields));
        let named = row
            .pointer
            .is_none_or(|pointer| fields.iter().any(|field| field["pointer"] == pointer));
        if status != row.status
            || error["code"] != row.code
            || !words.contains(row.says)
            || !named
            || error["details"]["requestId"] != *id
        {
            faults.push(format!("{}: {status} {body}", row.what));
        }
    }
    assert!(
        faults.is_empty(),
        "{} of {}:\n{}",
        faults.len(),
        rows.len(),
        faults.join("\n")
    );
    println!("{} wrong requests, each refused with its code", rows.len());
    let left = server.get(MONITORS).await;
    assert_eq!(
        left["data"],
        json!([]),
        "nothing was made by a wrong request"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn too_many_requests_are_told_when_to_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let limit = [("MONITORAH_RATE_LIMIT_PER_MINUTE", "5")];
    let server = server_with(&folder.path().join("data"), &limit).await;
    for _ in 0..5 {
        assert_eq!(server.ask("GET", MONITORS, None).await.0, 200);
    }
    let request = crate::rig::http()
        .get(format!("{}{MONITORS}", server.url))
        .header("authorization", format!("Bearer {}", server.key));
    let refused = request.send().await.unwrap();
    assert_eq!(refused.status().as_u16(), 429);
    let seconds: u64 = refused.headers()["retry-after"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!((1..=60).contains(&seconds));
    assert_eq!(refused.headers()["ratelimit-remaining"], "0");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_repeated_request_is_answered_once() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder.path().join("data")).await;
    let http = crate::rig::http();
    let send = async |path: &str, key: &str, body: Value| {
        let response = http
            .post(format!("{}{path}", server.url))
            .header("authorization", format!("Bearer {}", server.key))
            .header("content-type", "application/json")
            .header("idempotency-key", key)
            .body(body.to_string())
            .send()
            .await
            .unwrap();
        let status = response.status().as_u16();
        (
            status,
            serde_json::from_str::<Value>(&response.text().await.unwrap()).unwrap(),
        )
    };
    let (first, a) = send(MONITORS, "one", monitor(&json!({}))).await;
    let (second, b) = send(MONITORS, "one", monitor(&json!({}))).await;
    assert_eq!((first, second, &a["id"]), (201, 201, &b["id"]));
    let (status, other) = send(MONITORS, "one", monitor(&json!({"name": "b"}))).await;
    assert_eq!(
        (status, &other["error"]["code"]),
        (409, &json!("idempotency_key_reused"))
    );
    let key = json!({"name": "k", "scopes": ["monitors:read"]});
    assert_eq!(send("/api/v1/api-keys", "two", key.clone()).await.0, 201);
    let (status, again) = send("/api/v1/api-keys", "two", key).await;
    assert_eq!(
        (status, &again["error"]["code"]),
        (409, &json!("key_already_shown"))
    );
    let (all, _) = tokio::join!(
        async {
            let same = || send(MONITORS, "race", monitor(&json!({"name": "race"})));
            tokio::join!(same(), same(), same(), same())
        },
        async {}
    );
    let ids = [
        &all.0.1["id"],
        &all.1.1["id"],
        &all.2.1["id"],
        &all.3.1["id"],
    ];
    assert!(
        ids.iter().all(|id| *id == ids[0] && id.is_string()),
        "{all:?}"
    );
    let left = server.get(MONITORS).await;
    assert_eq!(left["data"].as_array().unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_update_on_an_old_version_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder.path().join("data")).await;
    let made = server.post(MONITORS, monitor(&json!({}))).await;
    let path = format!("{}{MONITORS}/{}", server.url, made["id"].as_str().unwrap());
    let patch = async |version: &str| {
        crate::rig::http()
            .patch(&path)
            .header("authorization", format!("Bearer {}", server.key))
            .header("content-type", "application/json")
            .header("if-match", version)
            .body(r#"{"name":"b"}"#)
            .send()
            .await
            .unwrap()
            .status()
            .as_u16()
    };
    assert_eq!(patch("\"v1\"").await, 200);
    assert_eq!(patch("\"v1\"").await, 412);
    assert_eq!(patch("\"v2\"").await, 200);
    assert_eq!(patch("v3").await, 422);
}
