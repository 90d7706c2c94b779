//! What the pages keep out: text of targets and of addresses, plain connections, keys that ended.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use crate::{
    pages::{Browser, is_protected, is_self_contained, location},
    rig::{Server, server, server_with, spawn, until},
};
use monitorah_core::{Environment, environment::SystemEnvironment};
use serde_json::{Value, json};
use sqlx::{ConnectOptions, Connection, sqlite::SqliteConnectOptions};
use std::net::SocketAddr;

/// What a stranger would like a page to run.
const HOSTILE: &str = "<img src=x onerror=alert(1)>\"'&amp;";
/// The same as a page may show it.
const SHOWN: &str = "&#60;img src=x onerror=alert(1)&#62;&#34;&#39;&#38;amp;";

/// A name server that answers every question with this text.
async fn name_server(text: &'static str) -> SocketAddr {
    #[expect(clippy::disallowed_methods, reason = "a target of the test's own")]
    let socket = tokio::net::UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let at = socket.local_addr().unwrap();
    spawn(async move {
        let mut packet = [0_u8; 1_500];
        while let Ok((length, from)) = socket.recv_from(&mut packet).await {
            // The question ends with its root label, type and class; what follows is left out.
            let name = packet[12..length].iter().position(|byte| *byte == 0);
            let mut answer = packet[..12 + name.unwrap() + 5].to_vec();
            answer[2..12].copy_from_slice(&[0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0]);
            let size = u8::try_from(text.len()).unwrap();
            // A record of the type TXT with one text (RFC 1035, 3.3.14).
            answer.extend([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0, size + 1, size]);
            answer.extend(text.as_bytes());
            drop(socket.send_to(&answer, from).await);
        }
    });
    at
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_target_says_is_text_on_the_page() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder.path().join("data")).await;
    let names = name_server(HOSTILE).await;
    let body = json!({
        "name": "names", "type": "DNS", "target": "shop.example", "intervalSeconds": 1,
        "config": {
            "server": names.to_string(), "recordType": "TXT", "expectedValues": ["v=spf1 -all"],
        },
    });
    server.post("/api/v1/monitors", body).await;
    let mut browser = Browser::new(&server);
    browser.sign_in(&server.key).await;
    let page = until("the answer on the page", async || {
        let page = browser.get("/").await;
        is_protected(&page);
        let text = page.text().await.unwrap();
        text.contains("DNS_MISMATCH").then_some(text)
    })
    .await;
    is_self_contained(&page);
    assert!(page.contains(SHOWN), "{page}");
    assert!(!page.contains("<img src=x"), "{page}");
}

#[tokio::test]
async fn where_to_go_next_stays_in_its_attribute() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder.path().join("data")).await;
    let mut browser = Browser::new(&server);
    let next = "/?a=\"><script>alert(1)</script>";
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("next", next);
    let form = browser.get(&format!("/sign-in?{}", query.finish())).await;
    assert_eq!(form.status(), 200);
    // A key that was mistyped shows the form again.
    let sent = [("key", "mon_live_nothing"), ("next", next)];
    let refused = browser.post("/sign-in", &sent).await;
    assert_eq!(refused.status(), 422);
    for answer in [form, refused] {
        is_protected(&answer);
        let text = answer.text().await.unwrap();
        is_self_contained(&text);
        let value = "value=\"/?a=&#34;&#62;&#60;script&#62;alert(1)&#60;/script&#62;\"";
        assert!(text.contains(value), "{text}");
    }
}

#[tokio::test]
async fn a_visit_over_https_is_kept_from_plain_connections() {
    let folder = tempfile::tempdir().unwrap();
    let settings = [("MONITORAH_PUBLIC_URL", "https://monitor.example.org/")];
    let server = server_with(&folder.path().join("data"), &settings).await;
    let mut browser = Browser::new(&server);
    let cookie = |answer: &reqwest::Response| {
        let cookie = answer.headers()["set-cookie"].to_str().unwrap();
        cookie.to_owned()
    };
    let entered = browser.sign_in(&server.key).await;
    assert_eq!(entered.status(), 303);
    is_protected(&entered);
    let given = cookie(&entered);
    let (value, rest) = given.split_once("; ").unwrap();
    assert!(value.starts_with("__Host-visit="), "{given}");
    assert_eq!(
        rest,
        "Path=/; Max-Age=43200; HttpOnly; SameSite=Lax; Secure"
    );
    assert_eq!(browser.get("/").await.status(), 200);
    // Under the name that a plain connection could have set, the same visit opens nothing.
    let visit = browser.cookie.clone().unwrap();
    browser.cookie = Some(visit.replace("__Host-", ""));
    assert_eq!(browser.get("/").await.status(), 303);

    browser.cookie = Some(visit);
    let left = browser.post("/sign-out", &[]).await;
    is_protected(&left);
    assert_eq!(
        cookie(&left),
        "__Host-visit=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure"
    );
}

/// Moves the end of every key but the first, in the file of a running server.
async fn end_keys_at(server: &Server, at: jiff::Timestamp) {
    let mut connection = SqliteConnectOptions::new()
        .filename(server.data_dir.join("monitorah.db"))
        .connect()
        .await
        .unwrap();
    let done = sqlx::query("UPDATE api_keys SET expires_at = $1 WHERE expires_at IS NOT NULL")
        .bind(at.as_microsecond())
        .execute(&mut connection)
        .await
        .unwrap();
    assert_eq!(done.rows_affected(), 2);
    connection.close().await.unwrap();
}

/// Every way in asks whether the key goes on: the API, the addresses of pings, and visits, also
/// one that began before.
#[tokio::test]
async fn a_key_that_ended_opens_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder.path().join("data")).await;
    let now = SystemEnvironment::new().now();
    let hour = jiff::SignedDuration::from_hours(1);
    let make = async |scope: &str| -> String {
        let body = json!({"name": scope, "scopes": [scope], "expiresAt": now + hour});
        let made: Value = server.post("/api/v1/api-keys", body).await;
        made["key"].as_str().unwrap().to_owned()
    };
    let (reader, pinger) = (make("monitors:read").await, make("heartbeats:write").await);
    let body = json!({
        "name": "job", "type": "HEARTBEAT", "externalRef": "job", "intervalSeconds": 86_400,
        "config": {"graceSeconds": 60},
    });
    server.post("/api/v1/monitors", body).await;
    let mut browser = Browser::new(&server);
    let entered = browser.sign_in(&reader).await;
    assert_eq!(entered.status(), 303);
    let visit = browser.cookie.clone();
    let mut ways = async || -> [u16; 4] {
        let api = crate::rig::http()
            .get(format!("{}/api/v1/monitors", server.url))
            .header("x-api-key", &reader);
        let api = api.send().await.unwrap().status();
        let ping = browser.get(&format!("/ping/{pinger}/job")).await.status();
        browser.cookie.clone_from(&visit);
        let page = browser.get("/").await.status();
        let sign_in = browser.sign_in(&reader).await;
        if sign_in.status() == 303 {
            assert_eq!(location(&sign_in), "/");
        }
        [api, ping, page, sign_in.status()].map(|status| status.as_u16())
    };
    assert_eq!(ways().await, [200, 200, 200, 303]);
    end_keys_at(&server, now - hour).await;
    assert_eq!(ways().await, [401, 404, 303, 422]);
}
