//! A dump of the database, its WAL and the logs holds none of a hundred planted secrets, in any encoding.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use crate::rig::{Receiver, Target, server_with, until};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE},
};
use serde_json::json;
use std::{collections::BTreeMap, fs, path::Path};

/// A secret that is found again wherever it stands, with characters that encodings change.
fn canary(name: &str, number: usize) -> String {
    format!(
        "cny+{name}/{number:03}?%&{:08x}",
        number.wrapping_mul(2_654_435_761) & 0xffff_ffff
    )
}

fn url_form(text: &str) -> String {
    text.bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

fn hex(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:02x}")).collect()
}

/// The forms of a secret that a dump could hold. Base64 depends on what stands before it: the
/// middle of all three alignments is looked for.
fn forms(secret: &str) -> Vec<(&'static str, Vec<u8>)> {
    let mut forms = vec![
        ("raw", secret.as_bytes().to_vec()),
        (
            "json",
            serde_json::to_string(secret)
                .unwrap()
                .trim_matches('"')
                .into(),
        ),
        ("hex", hex(secret).into_bytes()),
        ("HEX", hex(secret).to_uppercase().into_bytes()),
        ("url", url_form(secret).into_bytes()),
        ("url lower", url_form(secret).to_lowercase().into_bytes()),
    ];
    for pad in 0..3 {
        let padded = format!("{}{secret}", "x".repeat(pad));
        for engine in [&STANDARD, &URL_SAFE] {
            let encoded = engine.encode(&padded).into_bytes();
            let middle = encoded[4..encoded.len() - 4].to_vec();
            forms.push(("base64", middle));
        }
    }
    forms
}

fn holds(dump: &[u8], needle: &[u8]) -> bool {
    memchr::memmem::find(dump, needle).is_some()
}

/// Every file of a folder, but the root key.
fn dump(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file() && !path.ends_with("root.key"))
        .map(|path| {
            (
                path.file_name().unwrap().to_string_lossy().into_owned(),
                fs::read(&path).unwrap(),
            )
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_planted_secrets_are_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let settings = [
        ("MONITORAH_LOG", "trace"),
        ("MONITORAH_RATE_LIMIT_PER_MINUTE", "100000"),
        // Whole messages are looked for, and a grouped one holds less.
        ("MONITORAH_MESSAGES_PER_MINUTE", "0"),
    ];
    let server = server_with(&data, &settings).await;
    let target = Target::start().await;
    let receiver = Receiver::start().await;
    let mut planted = vec![server.key.clone(), "ops@example.org".to_owned()];
    let mut plant = |name: &str, number: usize| {
        let secret = canary(name, number);
        planted.push(secret.clone());
        secret
    };
    let signing = server
        .tell(&format!(
            "{}?{}",
            receiver.url,
            url_form(&plant("hook-url", 0))
        ))
        .await;
    for number in 0..12 {
        // Targets, paths, query, every kind of credential, bodies, headers, assertions.
        let draft = json!({
            "name": format!("monitor {number}"),
            "type": "HTTP",
            "target": format!("{}{}?q={}", target.url(), url_form(&plant("path", number)), url_form(&plant("query", number))),
            "intervalSeconds": 1,
            "config": {
                "method": "POST",
                "headers": {"X-Plain": plant("header", number)},
                "secretHeaders": {"X-Secret": plant("secret-header", number)},
                "basicAuth": {"username": plant("user", number), "password": plant("password", number)},
                "body": plant("body", number),
                "expectedStatus": [204],
                "assertions": [{"type": "BODY_CONTAINS", "text": plant("assertion", number)}],
            },
        });
        server.post("/api/v1/monitors", draft).await;
    }
    let job = json!({"name": "job", "type": "HEARTBEAT", "config": {}});
    let job = server.post("/api/v1/monitors", job).await;
    let token = job["heartbeatToken"].as_str().unwrap().to_owned();
    for number in 0..4 {
        let said = plant("ping", number);
        let path = format!("{}/ping/{token}/fail", server.url);
        assert!(
            crate::rig::http()
                .post(path)
                .body(said)
                .send()
                .await
                .unwrap()
                .status()
                .is_success()
        );
    }
    let (status, body) = server
        .ask("POST", "/api/v1/monitors", Some(json!({"name": "x", "type": "HTTP", "target": format!("ftp://{}/", plant("refused", 0))})))
        .await;
    assert_eq!(
        status,
        422,
        "{body} {}",
        server
            .log
            .lock()
            .unwrap()
            .lines()
            .filter(|l| l.contains("ERROR") || l.contains("WARN"))
            .map(|l| l.chars().take(400).collect::<String>())
            .collect::<Vec<_>>()
            .join("\n")
    );
    planted.extend([signing, token]);
    assert!(planted.len() >= 100, "{}", planted.len());

    // The targets answer 200 where 204 is expected: events with evidence, messages in the outbox.
    until("events and messages", async || {
        let events = server.get("/api/v1/events?limit=100").await;
        let sent = receiver.got().len();
        (events["data"].as_array().unwrap().len() >= 12 && sent >= 12).then_some(())
    })
    .await;
    let live = dump(&data);
    assert!(live.contains_key("monitorah.db-wal"), "{:?}", live.keys());
    let log = server.stop().await;
    assert!(
        log.len() > 10_000,
        "the log was at its most talkative: {} bytes",
        log.len()
    );
    let mut artefacts = live;
    artefacts.extend(
        dump(&data)
            .into_iter()
            .map(|(name, bytes)| (format!("stopped {name}"), bytes)),
    );
    artefacts.insert("log".to_owned(), log.into_bytes());

    // The search itself works: what is stored in plain text is found.
    assert!(artefacts.values().any(|bytes| holds(bytes, b"monitor 7")));
    let mut found = Vec::new();
    for (number, secret) in planted.iter().enumerate() {
        for (form, needle) in forms(secret) {
            for (artefact, bytes) in &artefacts {
                if holds(bytes, &needle) {
                    found.push(format!("secret {number} as {form} in {artefact}"));
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
    let size: usize = artefacts.values().map(Vec::len).sum();
    println!(
        "{} secrets, {} artefacts, {size} bytes: 0 hits",
        planted.len(),
        artefacts.len()
    );
}
