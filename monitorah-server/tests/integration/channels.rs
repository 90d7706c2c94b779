//! One event reaches all configured channels, once each, and their secrets stay where they are.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use crate::rig::{Receiver, Server, Target, server_with, spawn, until};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// A mail server in plain text, which says yes to everything and keeps the letters.
struct Mailbox {
    port: u16,
    letters: Arc<Mutex<Vec<String>>>,
}

impl Mailbox {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let letters = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&letters);
        spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let kept = Arc::clone(&kept);
                spawn(async move { drop(take_mail(stream, &kept).await) });
            }
        });
        Self { port, letters }
    }

    fn got(&self) -> Vec<String> {
        self.letters.lock().unwrap().clone()
    }
}

async fn take_mail(stream: TcpStream, kept: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 mail.test\r\n").await?;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let said = match line.split_whitespace().next().unwrap_or_default() {
            "EHLO" => "250-mail.test\r\n250 AUTH PLAIN\r\n",
            "AUTH" => "235 welcome\r\n",
            "DATA" => {
                stream.write_all(b"354 go on\r\n").await?;
                let mut letter = String::new();
                while !letter.ends_with("\r\n.\r\n") {
                    if stream.read_line(&mut letter).await? == 0 {
                        return Ok(());
                    }
                }
                kept.lock().unwrap().push(letter);
                "250 taken\r\n"
            }
            "QUIT" => {
                stream.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            _ => "250 ok\r\n",
        };
        stream.write_all(said.as_bytes()).await?;
    }
}

/// The configuration of each type over HTTP, for the receiver at this origin.
fn over_http(kind: &str, origin: &str) -> Value {
    match kind {
        "DISCORD" => json!({"webhookUrl": format!("{origin}/api/webhooks/1/canary-discord")}),
        "PAGERDUTY" => json!({"routingKey": "canarypagerdutycanarypagerduty00", "apiUrl": origin}),
        "SLACK" => json!({"webhookUrl": format!("{origin}/services/T/B/canary-slack")}),
        "TELEGRAM" => json!({
            "botToken": "123456789:canary-telegram-canary-telegram",
            "chatId": "-100123",
            "apiUrl": origin,
        }),
        "TWILIO" => json!({
            "accountSid": "AC0123456789abcdef0123456789abcdef",
            "authToken": "canary-twilio",
            "mode": "SMS",
            "from": "+15550000001",
            "to": "+15550000002",
            "apiUrl": origin,
        }),
        _ => json!({"url": format!("{origin}/canary-webhook")}),
    }
}

const OVER_HTTP: [&str; 6] = [
    "DISCORD",
    "PAGERDUTY",
    "SLACK",
    "TELEGRAM",
    "TWILIO",
    "WEBHOOK",
];

async fn make(server: &Server, kind: &str, config: &Value) -> Value {
    let body = json!({"name": kind, "type": kind, "config": config});
    server.post("/api/v1/notification-channels", body).await
}

fn mail(port: u16) -> Value {
    json!({
        "host": "127.0.0.1", "port": port, "security": "NONE",
        "username": "monitorah", "password": "canary-mail",
        "from": "Monitorah <monitorah@example.org>", "to": ["ops@example.org"],
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_event_reaches_every_channel_once() {
    let folder = tempfile::tempdir().unwrap();
    let settings = [
        ("MONITORAH_LOG", "trace"),
        ("MONITORAH_PUBLIC_URL", "https://monitor.example.org/"),
    ];
    let server = server_with(&folder.path().join("data"), &settings).await;
    let mut receivers = Vec::new();
    let mut ids = Vec::new();
    for kind in OVER_HTTP {
        let receiver = Receiver::start().await;
        let origin = receiver.url.trim_end_matches("/hook").to_owned();
        let channel = make(&server, kind, &over_http(kind, &origin)).await;
        assert!(!channel["config"].to_string().contains("canary-") || kind == "WEBHOOK");
        ids.push(channel["id"].clone());
        receivers.push((kind, receiver));
    }
    let mailbox = Mailbox::start().await;
    ids.push(make(&server, "EMAIL", &mail(mailbox.port)).await["id"].clone());
    assert_eq!(ids.len(), monitorah_notify::KINDS.len());
    // Two rules name every channel: each is told once all the same.
    for name in ["one", "two"] {
        let rule = json!({"name": name, "channelIds": ids, "allMonitors": true});
        server.post("/api/v1/notification-rules", rule).await;
    }
    let target = Target::start().await;
    let monitor = server.watch(&target.url()).await;
    let checks = format!("/api/v1/monitors/{monitor}/checks");
    until("results", async || {
        let log = server.get(&checks).await;
        (log["data"].as_array().unwrap().len() >= 2).then_some(())
    })
    .await;
    let address = target.stop().await;
    for (_, receiver) in &receivers {
        receiver.wait(1).await;
    }
    until("a letter", async || {
        (!mailbox.got().is_empty()).then_some(())
    })
    .await;
    let event = server.events(&monitor).await.remove(0);
    let _target = Target::at(address).await;
    for (_, receiver) in &receivers {
        receiver.wait(2).await;
    }
    until("two letters", async || {
        (mailbox.got().len() >= 2).then_some(())
    })
    .await;
    // Everything is settled: the log has a line for each message, delivered at the first attempt.
    let log = until("all delivered", async || {
        let log = server.get("/api/v1/notifications?limit=100").await;
        let log = log["data"].as_array().unwrap().clone();
        log.iter()
            .all(|entry| entry["status"] == "DELIVERED")
            .then_some(log)
    })
    .await;
    assert_eq!(log.len(), 2 * ids.len());
    for entry in &log {
        assert_eq!(entry["attempts"].as_array().unwrap().len(), 1, "{entry}");
    }
    for (kind, receiver) in &receivers {
        let got = receiver.got();
        assert_eq!(got.len(), 2, "{kind}: each message once");
        let texts: Vec<_> = got
            .iter()
            .map(|message| String::from_utf8_lossy(&message.body).into_owned())
            .collect();
        let (down, up) = (&texts[0], &texts[1]);
        match *kind {
            "PAGERDUTY" => {
                let (down, up) = (got[0].json(), got[1].json());
                assert_eq!(down["event_action"], "trigger");
                assert_eq!(up["event_action"], "resolve");
                assert_eq!(
                    (&down["dedup_key"], &up["dedup_key"]),
                    (&event["id"], &event["id"])
                );
            }
            "TWILIO" => {
                assert!(down.contains("Body=watched+is+down"), "{down}");
                assert!(up.contains("Body=watched+is+up+again"), "{up}");
                assert!(got[0].header("authorization").starts_with("Basic "));
            }
            "DISCORD" => {
                assert!(down.contains("watched is down"), "{down}");
                assert!(down.contains("CONNECT\\\\_REFUSED"), "{down}");
                assert!(up.contains("watched is up again"), "{up}");
            }
            _ => {
                assert!(down.contains("watched is down: CONNECT_REFUSED"), "{down}");
                assert!(up.contains("watched is up again"), "{up}");
            }
        }
        if !["PAGERDUTY", "TWILIO"].contains(kind) {
            let link = format!("https://monitor.example.org/?monitor={monitor}");
            assert!(down.contains(&link), "{kind}: {down}");
        }
    }
    let letters = mailbox.got();
    assert_eq!(letters.len(), 2);
    assert!(letters[0].contains("Subject: watched is down: CONNECT_REFUSED\r\n"));
    assert!(letters[1].contains("Subject: watched is up again\r\n"));
    let thread = format!(
        "References: <{}@example.org>",
        event["id"].as_str().unwrap()
    );
    assert!(
        letters.iter().all(|letter| letter.contains(&thread)),
        "{letters:?}"
    );
    // At trace, no secret of a channel is in the log, and no path of a secret address.
    let log = server.stop().await;
    assert!(log.len() > 10_000);
    for hidden in needles("canary") {
        assert!(!log.contains(&hidden), "{hidden}");
    }
}

/// The text, and what is the same of it in every base64 of something around it: one needle for each
/// of the three places at which it can begin.
fn needles(secret: &str) -> Vec<String> {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let mut needles = vec![secret.to_owned()];
    for offset in 0..3 {
        let text = [&b"\0\0"[..offset], secret.as_bytes()].concat();
        let encoded = STANDARD.encode(&text);
        // Six bits a character: those that hold bits of the secret only.
        let (first, end) = ((offset * 8).div_ceil(6), text.len() * 8 / 6);
        needles.push(encoded[first..end].to_owned());
    }
    needles
}

/// The needles would find each secret that the tests send, wherever it stands in what is encoded.
#[test]
fn needles_find_what_they_are_for() {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let sent = [
        "\0monitorah\0canary-mail".to_owned(),
        "AC0123456789abcdef0123456789abcdef:canary-twilio".to_owned(),
        "x".to_owned() + "canary",
    ];
    let needles = needles("canary");
    assert_eq!(needles.len(), 4);
    for text in &sent {
        let encoded = STANDARD.encode(text);
        assert!(
            needles.iter().any(|needle| encoded.contains(needle)),
            "{text}: {encoded} {needles:?}"
        );
    }
}

#[tokio::test]
async fn what_was_changed_since_it_was_read_is_not_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let server = crate::rig::server(&folder.path().join("data")).await;
    let channel = make(
        &server,
        "WEBHOOK",
        &over_http("WEBHOOK", "http://127.0.0.1:9"),
    )
    .await;
    let rule = json!({"name": "all", "channelIds": [channel["id"]], "allMonitors": true});
    let rule = server.post("/api/v1/notification-rules", rule).await;
    // The rule first: a channel that goes leaves its rules.
    for (list, made) in [
        ("notification-rules", &rule),
        ("notification-channels", &channel),
    ] {
        let path = format!("/api/v1/{list}/{}", made["id"].as_str().unwrap());
        let (status, _) = server
            .ask("PATCH", &path, Some(json!({"name": "renamed"})))
            .await;
        assert_eq!(status, 200);
        for (tag, status) in [("\"v1\"", 412), ("nonsense", 422), ("\"v2\"", 204)] {
            let answer = crate::rig::http()
                .delete(format!("{}{path}", server.url))
                .bearer_auth(&server.key)
                .header("if-match", tag)
                .send()
                .await
                .unwrap();
            assert_eq!(answer.status().as_u16(), status, "{list} {tag}");
            let there = server.ask("GET", &path, None).await.0;
            assert_eq!(there, if status == 204 { 404 } else { 200 }, "{list} {tag}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn secrets_are_shown_as_set_and_go_nowhere_else() {
    let folder = tempfile::tempdir().unwrap();
    let server = server_with(&folder.path().join("data"), &[]).await;
    let set = json!({"secret": "set"});
    let other = "http://127.0.0.1:9";
    for (kind, field, moved) in [
        ("DISCORD", "webhookUrl", None),
        ("EMAIL", "password", Some(json!({"host": "127.0.0.2"}))),
        ("EMAIL", "password", Some(json!({"port": 9}))),
        ("EMAIL", "password", Some(json!({"security": "STARTTLS"}))),
        (
            "EMAIL",
            "password",
            Some(json!({"caPem": "-----BEGIN CERTIFICATE-----"})),
        ),
        ("PAGERDUTY", "routingKey", Some(json!({"apiUrl": other}))),
        ("SLACK", "webhookUrl", None),
        ("TELEGRAM", "botToken", Some(json!({"apiUrl": other}))),
        ("TWILIO", "authToken", Some(json!({"apiUrl": other}))),
    ] {
        let receiver = Receiver::start().await;
        let mailbox = Mailbox::start().await;
        let origin = receiver.url.trim_end_matches("/hook").to_owned();
        let config = if kind == "EMAIL" {
            mail(mailbox.port)
        } else {
            over_http(kind, &origin)
        };
        let channel = make(&server, kind, &config).await;
        assert_eq!(channel["config"][field], set, "{kind}");
        let path = format!(
            "/api/v1/notification-channels/{}",
            channel["id"].as_str().unwrap()
        );
        let shown = server.get(&path).await;
        assert_eq!(shown["config"][field], set);
        assert!(!shown.to_string().contains("canary"), "{shown}");
        // What was shown, sent back, leaves the secret as it is: a test still arrives.
        let same = json!({"name": "renamed", "config": shown["config"]});
        let (status, body) = server.ask("PATCH", &path, Some(same)).await;
        assert_eq!(status, 200, "{body}");
        let tested = server.post(&format!("{path}/test"), Value::Null).await;
        assert_eq!(tested["delivered"], json!(true), "{kind}: {tested}");
        // To another place it is not kept.
        if let Some(moved) = moved {
            let patch = json!({"config": moved});
            let (status, body) = server.ask("PATCH", &path, Some(patch)).await;
            assert_eq!(status, 422, "{kind}: {body}");
            let wrong = &body["error"]["details"]["fields"][0];
            assert_eq!(wrong["pointer"], format!("/config/{field}"), "{body}");
        }
    }
    // What is wrong has a pointer, and what was sent is not repeated.
    let body =
        json!({"name": "a", "type": "TELEGRAM", "config": {"botToken": "canary", "chatId": "x"}});
    let (status, body) = server
        .ask("POST", "/api/v1/notification-channels", Some(body))
        .await;
    assert_eq!(status, 422);
    assert!(!body.to_string().contains("canary"), "{body}");
    assert_eq!(
        body["error"]["details"]["fields"][0]["pointer"],
        "/config/botToken"
    );
}
