//! The commands of an operator: what they look at, what they say, and how they end.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use crate::rig::{command, run, server, start};
use serde_json::Value;
use std::{collections::BTreeMap, fs, os::unix::fs::PermissionsExt, path::Path};

fn rows(out: &str) -> BTreeMap<String, (String, String)> {
    let said: Value = serde_json::from_str(out).unwrap();
    said["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            let word = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
            if row["state"] == "WRONG" || row["state"] == "WARNING" {
                assert!(!word("do").is_empty(), "{row} says nothing to do");
            }
            (
                word("name"),
                (word("state"), format!("{} {}", word("says"), word("do"))),
            )
        })
        .collect()
}

async fn doctor(data: &Path, more: &[&str]) -> (i32, BTreeMap<String, (String, String)>) {
    let arguments = ["doctor", "--json", "--data-dir", data.to_str().unwrap()];
    let (code, out, err) = run(&[&arguments[..], more].concat()).await;
    assert_eq!(err, "");
    (code, rows(&out))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn doctor_finds_what_is_wrong_and_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    // A port that was free a moment ago.
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let listen = free.local_addr().unwrap().to_string();
    drop(free);
    let at = ["--listen", listen.as_str()];

    let (code, rows) = doctor(&data, &at).await;
    assert_eq!((code, rows["data directory"].0.as_str()), (1, "WRONG"));
    assert!(
        rows["data directory"].1.contains("monitorah serve"),
        "{rows:?}"
    );
    assert!(!data.exists(), "doctor makes nothing");

    let running = server(&data).await;
    let url = running.url.trim_start_matches("http://").to_owned();
    let (code, rows) = doctor(&data, &["--listen", &url]).await;
    let wrong: Vec<_> = rows.iter().filter(|(_, row)| row.0 == "WRONG").collect();
    assert!(code == 0 && wrong.is_empty(), "{wrong:?}");
    assert!(rows["server"].1.contains("is ready"), "{rows:?}");
    for name in [
        "configuration",
        "data directory",
        "database",
        "root key",
        "schema",
        "clock",
    ] {
        assert_ne!(rows[name].0, "SKIPPED", "{name}");
    }
    let key = fs::read_to_string(data.join("root.key")).unwrap();
    let encoded = key.lines().nth(1).unwrap().to_owned();
    let (_, out, _) = run(&["doctor", "--data-dir", data.to_str().unwrap()]).await;
    assert!(!out.contains(&encoded) && out.contains("root key"), "{out}");
    running.stop().await;
    let (code, rows) = doctor(&data, &at).await;
    assert!(
        code == 0 && rows["server"].1.contains("is free"),
        "{rows:?}"
    );

    // Something else has the port: one that answers nothing, and one that answers something else.
    let stranger = crate::rig::Target::start().await;
    let (code, rows) = doctor(&data, &["--listen", &stranger.address.to_string()]).await;
    assert_eq!((code, rows["server"].0.as_str()), (1, "WRONG"));
    assert!(
        rows["server"].1.contains("no server of Monitorah"),
        "{rows:?}"
    );

    // The data, spoilt in one way after the other.
    let database = data.join("monitorah.db");
    let whole = fs::read(&database).unwrap();
    let middle = whole.len() / 4096 / 2 * 4096;
    let mut damaged = whole.clone();
    damaged[middle..middle + 64].fill(0xa5);
    fs::write(&database, damaged).unwrap();
    let (code, rows) = doctor(&data, &at).await;
    assert!(
        code == 1 && rows["database"].1.contains("restore"),
        "{rows:?}"
    );
    fs::write(&database, "").unwrap();
    let (code, rows) = doctor(&data, &at).await;
    assert!(
        code == 1 && rows["database"].1.contains("is empty"),
        "{rows:?}"
    );
    fs::write(&database, &whole).unwrap();
    fs::set_permissions(data.join("root.key"), fs::Permissions::from_mode(0o644)).unwrap();
    let (code, rows) = doctor(&data, &at).await;
    assert!(
        code == 1 && rows["root key"].1.contains("chmod 600"),
        "{rows:?}"
    );
    fs::set_permissions(data.join("root.key"), fs::Permissions::from_mode(0o600)).unwrap();
    let other = folder.path().join("other");
    start(&other, &[]).await.stop().await;
    fs::copy(other.join("root.key"), data.join("root.key")).unwrap();
    let (code, rows) = doctor(&data, &at).await;
    assert!(
        code == 1 && rows["root key"].1.contains("put back"),
        "{rows:?}"
    );
    fs::set_permissions(&data, fs::Permissions::from_mode(0o755)).unwrap();
    let (code, rows) = doctor(&data, &at).await;
    assert!(
        code == 1 && rows["data directory"].1.contains("chmod 700"),
        "{rows:?}"
    );
    let (code, rows) = doctor(&data, &["--listen", "0.0.0.0:80"]).await;
    assert!(
        code == 1 && rows["configuration"].1.contains("behind_proxy"),
        "{rows:?}"
    );
    // What the server refuses, the doctor finds.
    let file = folder.path().join("monitorah.toml");
    fs::write(
        &file,
        "behind_proxy = true\nlog = \"a=b=c\"\nreference_targets = [\"x\"]\n",
    )
    .unwrap();
    let file = ["--config", file.to_str().unwrap()];
    let (code, rows) = doctor(&data, &file).await;
    assert_eq!(code, 1, "{rows:?}");
    let told = &rows["configuration"].1;
    for said in ["public_url = ", "log: ", "reference_targets: "] {
        assert!(told.contains(said), "{said} in {told}");
    }
    let (code, _, err) = run(&["serve", file[0], file[1]]).await;
    assert_eq!(code, 2, "{err}");
    for said in ["public_url = ", "log: ", "reference_targets: "] {
        assert!(err.contains(said), "{said} in {err}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn config_check_shows_values_with_their_origin_and_fails_on_what_is_unsafe() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("monitorah.toml");
    fs::write(&file, "\nregion = \"eu\"\n").unwrap();
    let arguments = [
        "config",
        "check",
        "--json",
        "--data-dir",
        "/srv/data",
        "--config",
        file.to_str().unwrap(),
    ];
    let output = command(&arguments)
        .env("MONITORAH_LOG", "warn")
        .env("MONITORAH_PUBLIC_URL", "https://example.org/")
        .env("MONITORAH_LOGFORMAT", "json")
        .output()
        .await
        .unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{out}");
    assert!(!out.contains("secret"), "{out}");
    let said: Value = serde_json::from_str(&out).unwrap();
    let setting = |name: &str| {
        let all = said["settings"].as_array().unwrap();
        let found = all.iter().find(|one| one["name"] == name).unwrap();
        (
            found["value"].clone(),
            found["origin"]["from"].clone(),
            found["origin"]["line"].clone(),
        )
    };
    assert_eq!(setting("region"), ("eu".into(), "file".into(), 2.into()));
    assert_eq!(
        setting("log"),
        ("warn".into(), "variable".into(), Value::Null)
    );
    assert_eq!(setting("data_dir").1, "flag");
    assert_eq!(
        setting("listen"),
        ("127.0.0.1:8080".into(), "default".into(), Value::Null)
    );
    assert!(
        said["warnings"][0]
            .as_str()
            .unwrap()
            .contains("MONITORAH_LOG_FORMAT"),
        "{out}"
    );

    // A URL with a password in it is refused, and the password is not said.
    let output = command(&["config", "check", "--json", "--data-dir", "/srv/data"])
        .env("MONITORAH_PUBLIC_URL", "https://user:secret@example.org")
        .env("MONITORAH_REFERENCE_TARGETS", "127.0.0.1")
        .env("MONITORAH_LOG", "a=b=c")
        .output()
        .await
        .unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(2), "{out}");
    assert!(!out.contains("secret"), "{out}");
    let said: Value = serde_json::from_str(&out).unwrap();
    let faults = said["faults"].to_string();
    for setting in ["public_url: ", "reference_targets: ", "log: "] {
        assert!(faults.contains(setting), "{setting} in {faults}");
    }

    fs::write(&file, "regoin = \"eu\"\nlisten = \"0.0.0.0:80\"\n").unwrap();
    let (code, out, err) = run(&["config", "check", "--config", file.to_str().unwrap()]).await;
    assert_eq!(code, 2, "{err}");
    assert!(
        err.contains("did you mean \"region\"") && err.contains("toml:1"),
        "{err}"
    );
    assert!(err.contains("behind_proxy"), "every fault is told: {err}");
    assert!(out.contains("listen"), "{out}");
    let (code, _, err) = run(&["serve", "--config", file.to_str().unwrap()]).await;
    assert!(
        code == 2 && err.contains("did you mean \"region\""),
        "{err}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn healthcheck_tells_a_server_that_works_from_none() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(&folder.path().join("data"), &[]).await;
    let listen = server.url.trim_start_matches("http://").to_owned();
    crate::rig::until("ready", async || {
        let (code, out, _) = run(&["healthcheck", "--listen", &listen]).await;
        (code == 0 && out == "ready\n").then_some(())
    })
    .await;
    server.stop().await;
    let (code, out, err) = run(&["healthcheck", "--listen", &listen]).await;
    assert!(
        code == 1 && out.is_empty() && err.contains("no server answers"),
        "{err}"
    );
}

#[tokio::test]
async fn completions_and_manual_pages_are_printed() {
    for (shell, says) in [
        ("bash", "complete -F"),
        ("zsh", "#compdef monitorah"),
        ("fish", "complete -c monitorah"),
    ] {
        let (code, out, _) = run(&["completions", shell]).await;
        assert!(code == 0 && out.contains(says), "{shell}");
    }
    assert_eq!(run(&["completions", "tcsh"]).await.0, 2);
    let (code, out, _) = run(&["man"]).await;
    assert!(code == 0 && out.contains(".TH monitorah 1"), "{out}");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    assert_eq!(run(&["man", "--dir", path]).await.0, 0);
    for page in [
        "monitorah.1",
        "monitorah-backup.1",
        "monitorah-api-keys-create.1",
    ] {
        assert!(folder.path().join(page).exists(), "{page}");
    }
    let (code, _, err) = run(&["man", "--dir", "/nowhere/at/all"]).await;
    assert!(code == 2 && err.contains("make it first"), "{err}");
}
