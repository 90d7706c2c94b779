//! Jobs report by curl and by a client of another service, at every style of address.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use crate::rig::{Server, server, server_with, until};
use serde_json::{Value, json};
use std::{path::Path, process::Stdio};
use tokio::process::Command;

#[expect(clippy::disallowed_methods, reason = "a test runs what jobs run")]
async fn run(program: impl AsRef<std::ffi::OsStr>, arguments: &[&str]) -> (bool, String) {
    let output = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .await
        .unwrap();
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    (output.status.success(), said)
}

/// As a line in a crontab has it: fail on errors, be silent, follow nothing.
async fn curl(arguments: &[&str]) -> (bool, String) {
    let mut all = vec!["--fail", "--silent", "--show-error", "--noproxy", "*"];
    all.extend(arguments);
    run("curl", &all).await
}

async fn job(server: &Server, name: &str, interval: u32, grace: u32) -> (String, String) {
    let draft = json!({
        "name": name, "type": "HEARTBEAT", "intervalSeconds": interval, "externalRef": name,
        "config": {"graceSeconds": grace},
    });
    let monitor = server.post("/api/v1/monitors", draft).await;
    let text = |field: &str| monitor[field].as_str().unwrap().to_owned();
    (text("id"), text("heartbeatToken"))
}

async fn status(server: &Server, id: &str, wanted: &str, reason: &str) {
    until(&format!("{wanted} {reason}"), async || {
        let monitor = server.get(&format!("/api/v1/monitors/{id}")).await;
        let last = &monitor["lastCheck"];
        (monitor["status"] == wanted && last["reason"] == reason).then_some(())
    })
    .await;
}

/// Start, success, fail, late and hung, by both styles of address.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn curl_drives_a_job_through_its_life() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder.path().join("data")).await;
    for style in ["/api/v1/heartbeat", "/ping"] {
        // Long enough that only what is said changes anything.
        let (id, token) = job(&server, &format!("said {style}"), 3_600, 3_600).await;
        let at = |signal: &str| format!("{}{style}/{token}{signal}", server.url);
        let (ok, said) = curl(&["--retry", "3", &at("/start?rid=one")]).await;
        assert!(ok && said == "OK", "{said}");
        let (ok, said) = curl(&["--data-binary", "42 rows", &at("?rid=one")]).await;
        assert!(ok && said == "OK", "{said}");
        status(&server, &id, "UP", "OK").await;
        assert!(curl(&["--head", &at("/fail")]).await.0);
        status(&server, &id, "DOWN", "HEARTBEAT_FAILED").await;
        let (_, head) = curl(&["--include", &at("/0")]).await;
        assert!(
            head.to_lowercase().contains("ping-body-limit: 10000"),
            "{head}"
        );
        status(&server, &id, "UP", "OK").await;
        assert!(curl(&[&at("/137")]).await.0);
        status(&server, &id, "DOWN", "HEARTBEAT_FAILED").await;
        assert!(curl(&[&at("/log")]).await.0);
        for signal in ["/256", "/-1", "/stop", "/start/more"] {
            let (ok, said) = curl(&[&at(signal)]).await;
            assert!(!ok && said.contains("404"), "{signal}: {said}");
        }
        let pings = server.get(&format!("/api/v1/monitors/{id}/pings")).await;
        let pings = pings["data"].as_array().unwrap();
        let kinds: Vec<_> = pings
            .iter()
            .map(|ping| ping["kind"].as_str().unwrap())
            .collect();
        assert_eq!(
            kinds,
            ["LOG", "FAIL", "SUCCESS", "FAIL", "SUCCESS", "START"]
        );
        assert_eq!(pings[4]["body"], "42 rows");
        assert!(pings[4]["durationMs"].is_number(), "{pings:?}");

        // Late: one ping, then silence for longer than a second and its grace.
        let (id, token) = job(&server, &format!("late {style}"), 1, 1).await;
        let at = |signal: &str| format!("{}{style}/{token}{signal}", server.url);
        assert!(curl(&[&at("")]).await.0);
        status(&server, &id, "DOWN", "HEARTBEAT_MISSED").await;
        assert!(curl(&[&at("")]).await.0);
        status(&server, &id, "UP", "OK").await;

        // Hung: it began and does not end within the grace, long before it is due again.
        let (id, token) = job(&server, &format!("hung {style}"), 3_600, 1).await;
        let at = |signal: &str| format!("{}{style}/{token}{signal}", server.url);
        assert!(curl(&[&at("")]).await.0);
        status(&server, &id, "UP", "OK").await;
        assert!(curl(&[&at("/start")]).await.0);
        status(&server, &id, "DOWN", "HEARTBEAT_HUNG").await;
    }
}

/// The agents of Uptime Kuma need only a new host.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_push_url_of_uptime_kuma_is_taken_by_any_method() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder.path().join("data")).await;
    let (id, token) = job(&server, "kuma", 3_600, 3_600).await;
    let at = |query: &str| format!("{}/api/push/{token}{query}", server.url);
    let (ok, said) = curl(&[&at("?status=up&msg=OK&ping=")]).await;
    assert!(ok && said == r#"{"ok":true}"#, "{said}");
    status(&server, &id, "UP", "OK").await;
    assert!(
        curl(&[
            "--request",
            "PUT",
            &at("?status=down&msg=disk%20full&ping=12.5")
        ])
        .await
        .0
    );
    status(&server, &id, "DOWN", "HEARTBEAT_FAILED").await;
    let pings = server.get(&format!("/api/v1/monitors/{id}/pings")).await;
    assert_eq!(pings["data"][0]["body"], "disk full\nping: 12.5");
    for method in ["POST", "PATCH", "DELETE", "OPTIONS"] {
        assert!(curl(&["--request", method, &at("")]).await.0, "{method}");
    }
    status(&server, &id, "UP", "OK").await;
    for query in ["?status=degraded", "?status=UP", "?status=0"] {
        assert!(curl(&[&at(query)]).await.0);
        status(&server, &id, "DOWN", "HEARTBEAT_FAILED").await;
        assert!(curl(&[&at("")]).await.0);
        status(&server, &id, "UP", "OK").await;
    }
    let (ok, said) = curl(&[&format!("{}/api/push/nobody?status=up", server.url)]).await;
    assert!(!ok && said.contains("404"), "{said}");
}

/// Scripts read the answers: an address that names nothing is told as the other services tell it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unknown_address_is_answered_as_by_the_service_that_it_is_of() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder.path().join("data")).await;
    let jobs = key(&server, &["heartbeats:write"]).await;
    let unknown = format!("hb_{}", "0".repeat(40));
    let ask = async |path: &str| {
        let answer = crate::rig::http()
            .get(format!("{}{path}", server.url))
            .send();
        let answer = answer.await.unwrap();
        let kind = answer.headers()["content-type"]
            .to_str()
            .unwrap()
            .to_owned();
        assert!(answer.headers().contains_key("x-request-id"));
        (answer.status().as_u16(), kind, answer.text().await.unwrap())
    };
    for path in [
        "/ping/nobody".to_owned(),
        format!("/ping/{unknown}"),
        format!("/ping/{unknown}/fail"),
        format!("/ping/{unknown}/7"),
        format!("/ping/{jobs}/no-such-job"),
        format!("/ping/{jobs}/no-such-job/start"),
    ] {
        let (status, kind, said) = ask(&path).await;
        assert_eq!((status, &*said), (404, "not found"), "{path}");
        assert!(kind.starts_with("text/plain"), "{kind}");
    }
    for path in [
        "/api/push/nobody".to_owned(),
        format!("/api/push/{unknown}?status=down"),
    ] {
        let (status, kind, said) = ask(&path).await;
        let said: Value = serde_json::from_str(&said).unwrap();
        let wanted = json!({"ok": false, "msg": "Monitor not found or not active."});
        assert_eq!((status, said), (404, wanted), "{path}");
        assert!(kind.starts_with("application/json"), "{kind}");
    }
    // Our own address keeps to our own envelope.
    let (status, _, said) = ask(&format!("/api/v1/heartbeat/{unknown}")).await;
    assert!(
        status == 404 && said.contains("\"code\":\"not_found\""),
        "{said}"
    );
}

/// The Python of the rigs, which stands in the target folder that the test runs from.
fn python() -> std::path::PathBuf {
    let test = std::env::current_exe().unwrap();
    let python = test
        .ancestors()
        .nth(3)
        .unwrap()
        .join("rigs/venv/bin/python");
    assert!(
        python.exists(),
        "{} is not there: `cargo xtask test` makes it",
        python.display()
    );
    python
}

async fn key(server: &Server, scopes: &[&str]) -> String {
    let body = json!({"name": "jobs", "scopes": scopes});
    let key = server.post("/api/v1/api-keys", body).await;
    key["key"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_of_healthchecks_pings_us_unchanged() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder.path().join("data")).await;
    let (id, token) = job(&server, "nightly-backup", 3_600, 3_600).await;
    let jobs = key(&server, &["heartbeats:write"]).await;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../xtask/rigs/healthchecks.py");
    let address = format!("{}/ping/", server.url);
    let arguments = [
        script.to_str().unwrap(),
        &address,
        &token,
        &jobs,
        "nightly-backup",
    ];
    let (ok, said) = run(python(), &arguments).await;
    assert!(ok && said == "pinged\n", "{said}");
    status(&server, &id, "DOWN", "HEARTBEAT_FAILED").await;
    let pings = server.get(&format!("/api/v1/monitors/{id}/pings")).await;
    let pings = pings["data"].as_array().unwrap();
    let kinds: Vec<_> = pings
        .iter()
        .map(|ping| ping["kind"].as_str().unwrap())
        .collect();
    assert_eq!(
        kinds,
        [
            "FAIL", "START", "SUCCESS", "START", "SUCCESS", "FAIL", "SUCCESS", "START"
        ]
    );
    assert!(pings[0]["body"].as_str().unwrap().contains("the job broke"));
    assert_eq!(
        (&pings[2]["body"], &pings[6]["body"]),
        (&json!("by reference"), &json!("by token"))
    );
    assert_eq!(pings[5]["exitStatus"], 3);
}

/// A key that may do more has no place in an address, and one that may do less opens none.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_a_key_for_jobs_stands_in_an_address() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder.path().join("data")).await;
    let (id, _) = job(&server, "nightly", 3_600, 3_600).await;
    let draft = json!({"name": "p", "type": "PORT", "target": "127.0.0.1:9", "externalRef": "port",
        "paused": true});
    server.post("/api/v1/monitors", draft).await;
    let jobs = key(&server, &["heartbeats:write"]).await;
    let more = key(&server, &["heartbeats:write", "monitors:read"]).await;
    let other = key(&server, &["monitors:read"]).await;
    let at = |key: &str, rest: &str| format!("/ping/{key}/{rest}");
    for (path, expected) in [
        (at(&jobs, "nightly"), 200),
        (at(&jobs, "nightly/fail"), 200),
        (at(&jobs, "nightly/7"), 200),
        (at(&jobs, "nightly/never"), 404),
        (at(&jobs, "absent"), 404),
        (at(&jobs, "port"), 404),
        (at(&jobs, "absent?create=1"), 404),
        (at(&more, "nightly"), 403),
        (at(&other, "nightly"), 403),
        (at(&server.key, "nightly"), 403),
        (format!("/ping/{jobs}"), 404),
    ] {
        let (status, body) = server.ask("POST", &path, None).await;
        assert_eq!(status, expected, "{path}: {body}");
    }
    // It opens nothing else.
    let (refused, body) = server_ask(&server, &jobs, &format!("/api/v1/monitors/{id}")).await;
    assert_eq!(
        (refused, &body["error"]["code"]),
        (403, &json!("missing_scope"))
    );
    // Revoked, it reports no more.
    let keys = server.get("/api/v1/api-keys").await;
    let found = keys["data"]
        .as_array()
        .unwrap()
        .iter()
        .find(|key| key["scopes"] == json!(["heartbeats:write"]));
    let path = format!(
        "/api/v1/api-keys/{}",
        found.unwrap()["id"].as_str().unwrap()
    );
    assert_eq!(server.ask("DELETE", &path, None).await.0, 204);
    assert_eq!(server.ask("POST", &at(&jobs, "nightly"), None).await.0, 404);
}

async fn server_ask(server: &Server, key: &str, path: &str) -> (u16, Value) {
    let response = crate::rig::http()
        .get(format!("{}{path}", server.url))
        .bearer_auth(key)
        .send()
        .await
        .unwrap();
    let status = response.status().as_u16();
    (
        status,
        serde_json::from_str(&response.text().await.unwrap()).unwrap(),
    )
}

/// Guessing keys, asking for health, reporting and working have a limit each of their own.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_behind_one_address_is_refused_for_another() {
    let folder = tempfile::tempdir().unwrap();
    let settings = [("MONITORAH_RATE_LIMIT_PER_MINUTE", "20")];
    let server = server_with(&folder.path().join("data"), &settings).await;
    let (_, token) = job(&server, "job", 3_600, 3_600).await;
    let (_, other) = job(&server, "other", 3_600, 3_600).await;
    let http = crate::rig::http();
    let ask = async |path: &str, key: Option<&str>| {
        let mut request = http.get(format!("{}{path}", server.url));
        if let Some(key) = key {
            request = request.bearer_auth(key);
        }
        request.send().await.unwrap().status().as_u16()
    };
    let known = "/api/v1/monitors";
    let health = "/api/v1/health";
    assert_eq!(ask(&format!("/ping/{token}"), None).await, 200);
    // Somebody guesses keys until the address is refused.
    let mut guesses = Vec::new();
    for _ in 0..40 {
        guesses.push(ask(known, Some("mon_live_guess")).await);
    }
    assert!(
        guesses.contains(&401) && guesses.ends_with(&[429]),
        "{guesses:?}"
    );
    // A key that is known to be good goes on, as do health and jobs.
    assert_eq!(ask(known, Some(&server.key)).await, 200);
    assert_eq!(ask(health, None).await, 200);
    assert_eq!(ask(&format!("/ping/{token}"), None).await, 200);
    // One job that reports too often takes no other job's place.
    let mut pings = Vec::new();
    for _ in 0..40 {
        pings.push(ask(&format!("/ping/{token}"), None).await);
    }
    assert!(pings.contains(&200) && pings.ends_with(&[429]), "{pings:?}");
    assert_eq!(ask(&format!("/ping/{other}"), None).await, 200);
    assert_eq!(ask(health, None).await, 200);
    // Tokens that are none are refused in the end, and then good ones still are not.
    let mut strange = Vec::new();
    for _ in 0..260 {
        strange.push(ask("/ping/hb_nobody", None).await);
    }
    assert!(
        strange.contains(&404) && strange.ends_with(&[429]),
        "{strange:?}"
    );
    assert_eq!(ask(&format!("/ping/{other}"), None).await, 200);
}
