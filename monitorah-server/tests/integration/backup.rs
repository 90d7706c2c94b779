//! A backup brings everything back, and a file that is not whole brings nothing.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use crate::rig::{Receiver, Target, command, server, start, until};
use monitorah_core::{Env, Secret, crypt::RootKey, environment::SystemEnvironment};
use monitorah_store::backup::{self, Contents, Cost, Manifest};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    sync::Arc,
};

const PASSPHRASE: (&str, &str) = (
    "MONITORAH_BACKUP_PASSPHRASE",
    "correct horse battery staple",
);

/// Runs a command with this variable set.
async fn run_with(arguments: &[&str], variable: (&str, &str)) -> (i32, String, String) {
    let output = command(arguments)
        .env(variable.0, variable.1)
        .output()
        .await
        .unwrap();
    (
        output.status.code().unwrap_or(-1),
        String::from_utf8_lossy(&output.stdout).into_owned(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

async fn back_up(data: &Path, out: &Path) -> (i32, String, String) {
    let arguments = [
        "backup",
        "--data-dir",
        text(data),
        "--out",
        text(out),
        "--json",
    ];
    run_with(&arguments, PASSPHRASE).await
}

async fn restore(data: &Path, from: &Path, more: &[&str]) -> (i32, String, String) {
    let arguments = ["restore", "--data-dir", text(data), "--from", text(from)];
    run_with(&[&arguments[..], more].concat(), PASSPHRASE).await
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Everything below a folder: each path with its mode and bytes.
fn picture(folder: &Path) -> BTreeMap<PathBuf, (u32, Option<Vec<u8>>)> {
    let mut all = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let mode = fs::metadata(&path).unwrap().permissions().mode();
            if path.is_dir() {
                folders.push(path.clone());
                all.insert(path, (mode, None));
            } else {
                let bytes = fs::read(&path).unwrap();
                all.insert(path, (mode, Some(bytes)));
            }
        }
    }
    all
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// What an account holds, as the API tells it.
async fn everything(server: &crate::rig::Server) -> BTreeMap<&'static str, Value> {
    let mut all = BTreeMap::new();
    for path in [
        "/api/v1/monitors?limit=100",
        "/api/v1/notification-channels?limit=100",
        "/api/v1/notification-rules?limit=100",
        "/api/v1/api-keys?limit=100",
        "/api/v1/events?limit=100",
    ] {
        let mut list = server.get(path).await["data"].clone();
        for one in list.as_array_mut().unwrap() {
            // What goes on by itself while a server runs.
            for moving in [
                "lastUsedAt",
                "lastCheck",
                "state",
                "lastResult",
                "nextCheckAt",
            ] {
                one.as_object_mut().unwrap().remove(moving);
            }
            // The public URL begins with the port of this start.
            if let Some(url) = one.get_mut("heartbeatUrl") {
                let path = url
                    .as_str()
                    .unwrap()
                    .splitn(4, '/')
                    .last()
                    .unwrap()
                    .to_owned();
                *url = json!(path);
            }
        }
        all.insert(path, list);
    }
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn backup_wipe_and_restore_bring_the_same_monitors_events_and_keys_back() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let running = server(&data).await;
    let receiver = Receiver::start().await;
    running.tell(&receiver.url).await;
    let target = Target::start().await;
    let monitor = running.watch(&target.url()).await;
    let job = json!({"name": "nightly job", "type": "HEARTBEAT", "config": {}});
    let job = running.post("/api/v1/monitors", job).await;
    let token = job["heartbeatToken"].as_str().unwrap().to_owned();
    target.stop().await;
    until("an event", async || running.events(&monitor).await.pop()).await;
    receiver.wait(1).await;
    running
        .post(&format!("/api/v1/monitors/{monitor}/pause"), json!({}))
        .await;
    until("the end of the event", async || {
        let event = running.events(&monitor).await.pop()?;
        (event["status"] == "RESOLVED").then_some(())
    })
    .await;
    let key = running.key.clone();

    // While the server runs.
    let file = folder.path().join("monitorah.backup");
    let before = everything(&running).await;
    let (code, out, err) = back_up(&data, &file).await;
    assert_eq!(code, 0, "{err}");
    let said: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(said["bytes"], fs::metadata(&file).unwrap().len());
    assert_eq!(
        fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o600
    );
    assert_eq!(
        names(folder.path()),
        ["data", "monitorah.backup"],
        "nothing is left beside it"
    );
    assert!(
        names(&data).iter().all(|name| !name.contains("snapshot")),
        "{:?}",
        names(&data)
    );
    // Nothing of it can be read, not even what the database holds in plain text.
    let bytes = fs::read(&file).unwrap();
    let root_key = fs::read_to_string(data.join("root.key")).unwrap();
    let encoded = root_key.lines().nth(1).unwrap();
    for needle in [
        "nightly job",
        "SQLite format",
        "CREATE TABLE",
        encoded,
        &key,
    ] {
        assert!(
            memchr::memmem::find(&bytes, needle.as_bytes()).is_none(),
            "{needle}"
        );
    }

    // A file that is there is kept.
    let (code, _, err) = back_up(&data, &file).await;
    assert!(code == 2 && err.contains("--force"), "{code} {err}");
    assert!(fs::read(&file).unwrap() == bytes);
    let again = [
        "backup",
        "--data-dir",
        text(&data),
        "--out",
        text(&file),
        "--force",
    ];
    assert_eq!(run_with(&again, PASSPHRASE).await.0, 0);
    assert!(
        fs::read(&file).unwrap() != bytes,
        "another salt, so another file"
    );

    // Under a running server nothing is replaced.
    let (code, _, err) = restore(&data, &file, &["--force"]).await;
    assert!(
        code == 2 && err.contains("stop the running server"),
        "{code} {err}"
    );
    assert_eq!(everything(&running).await, before);
    running.stop().await;

    fs::remove_dir_all(&data).unwrap();
    let (code, out, err) = restore(&data, &file, &["--json"]).await;
    assert_eq!(code, 0, "{err}");
    let said: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(said["replaced"], Value::Null);
    assert_eq!(names(&data), ["lock", "monitorah.db", "root.key"]);
    for name in ["monitorah.db", "root.key"] {
        let mode = fs::metadata(data.join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    assert_eq!(
        fs::metadata(&data).unwrap().permissions().mode() & 0o777,
        0o700
    );
    let mut restored = start(&data, &[]).await;
    restored.key = key;
    assert_eq!(everything(&restored).await, before);
    let ping = format!("{}/ping/{token}", restored.url);
    assert_eq!(
        crate::rig::http()
            .get(ping)
            .send()
            .await
            .unwrap()
            .status()
            .as_u16(),
        200
    );
    restored.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flipped_byte_anywhere_is_refused_and_nothing_is_touched() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    server(&data).await.stop().await;
    let file = folder.path().join("good");
    assert_eq!(back_up(&data, &file).await.0, 0);
    let good = fs::read(&file).unwrap();
    // A target with data in it and the right to replace it: there is most to lose.
    let before = picture(&data);
    let header = 72;
    let step = (good.len() - header) / 24;
    let places = (0..header)
        .chain((header..good.len()).step_by(step))
        .chain([good.len() - 1]);
    let bad = folder.path().join("bad");
    for place in places {
        let mut bytes = good.clone();
        bytes[place] ^= 0x10;
        fs::write(&bad, bytes).unwrap();
        let (code, _, err) = restore(&data, &bad, &["--force"]).await;
        assert_eq!(code, 2, "byte {place}: {err}");
        assert!(err.starts_with("error: the "), "byte {place}: {err}");
    }
    assert!(
        picture(&data) == before,
        "a refused restore changed something"
    );
    for length in [0, 3, 71, 72, 5_000, 72 + 65_552, good.len() - 1] {
        fs::write(&bad, &good[..length]).unwrap();
        let (code, _, err) = restore(&data, &bad, &["--force"]).await;
        assert_eq!(code, 2, "{length} bytes: {err}");
    }
    fs::write(&bad, [&good[..], b"\n"].concat()).unwrap();
    assert_eq!(restore(&data, &bad, &["--force"]).await.0, 2);
    let arguments = [
        "restore",
        "--data-dir",
        text(&data),
        "--from",
        text(&file),
        "--force",
    ];
    let wrong = (
        "MONITORAH_BACKUP_PASSPHRASE",
        "correct horse battery stable",
    );
    let (code, _, err) = run_with(&arguments, wrong).await;
    assert!(code == 2 && err.contains("another passphrase"), "{err}");
    assert!(
        picture(&data) == before,
        "a refused restore changed something"
    );

    // A new target is not even made.
    let new = folder.path().join("new");
    for (from, says) in [(&bad, "damaged"), (&data.join("monitorah.db"), "no backup")] {
        let (code, _, err) = restore(&new, from, &[]).await;
        assert!(code == 2 && err.contains(says), "{err}");
    }
    assert!(!new.exists());
    let (code, _, err) = restore(&new, &folder.path().join("nothing"), &[]).await;
    assert!(code == 2 && err.contains("cannot be read"), "{err}");

    // Without the right to replace, a folder that holds something stays.
    let (code, _, err) = restore(&data, &file, &[]).await;
    assert!(
        code == 2 && err.contains("not empty") && err.contains("root.key"),
        "{err}"
    );
    assert!(picture(&data) == before);
    // With it, what was there is kept.
    let (code, out, err) = restore(&data, &file, &["--force", "--json"]).await;
    assert_eq!(code, 0, "{err}");
    let said: Value = serde_json::from_str(&out).unwrap();
    let kept = PathBuf::from(said["replaced"].as_str().unwrap());
    assert_eq!(
        fs::read(kept.join("root.key")).unwrap(),
        fs::read(data.join("root.key")).unwrap()
    );
    assert_eq!(
        &before[&data.join("monitorah.db")].1,
        &fs::read(kept.join("monitorah.db")).ok()
    );
    start(&data, &[]).await.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_done_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let out = folder.path().join("out");
    let arguments = ["backup", "--data-dir", text(&data), "--out", text(&out)];
    let (code, _, err) = run_with(&arguments, PASSPHRASE).await;
    assert!(code == 2 && err.contains("no data directory"), "{err}");
    assert!(!data.exists());
    server(&data).await.stop().await;
    let long = "x".repeat(2000);
    for (phrase, says) in [
        ("short", "12 characters"),
        ("abababababababab", "repeats"),
        (long.as_str(), "1024 bytes"),
    ] {
        let variable = ("MONITORAH_BACKUP_PASSPHRASE", phrase);
        let (code, _, err) = run_with(&arguments, variable).await;
        assert!(code == 2 && err.contains(says), "{err}");
        assert!(!err.contains(phrase), "{err}");
    }
    let nowhere = folder.path().join("no/such/out");
    let arguments = ["backup", "--data-dir", text(&data), "--out", text(&nowhere)];
    let (code, _, err) = run_with(&arguments, PASSPHRASE).await;
    assert!(code == 2 && err.contains("make it first"), "{err}");
    assert!(!out.exists());

    // The passphrase may stand in a file.
    let secret = folder.path().join("passphrase");
    fs::write(&secret, "correct horse battery staple\n").unwrap();
    let variable = ("MONITORAH_BACKUP_PASSPHRASE_FILE", text(&secret));
    let arguments = ["backup", "--data-dir", text(&data), "--out", text(&out)];
    let (code, said, err) = run_with(&arguments, variable).await;
    assert!(
        code == 0 && said.is_empty() && err.contains("opens with"),
        "{err}"
    );
    // A folder that is there and empty, as a new volume is, takes the backup.
    let volume = folder.path().join("volume");
    fs::create_dir(&volume).unwrap();
    fs::set_permissions(&volume, fs::Permissions::from_mode(0o700)).unwrap();
    fs::create_dir(volume.join("lost+found")).unwrap();
    let (code, _, err) = restore(&volume, &out, &[]).await;
    assert_eq!(code, 0, "{err}");
    start(&volume, &[]).await.stop().await;

    // A root key of another installation would make a backup that opens nothing.
    let other = folder.path().join("other");
    server(&other).await.stop().await;
    fs::copy(other.join("root.key"), data.join("root.key")).unwrap();
    let third = folder.path().join("third");
    let (code, _, err) = back_up(&data, &third).await;
    assert!(code == 2 && err.contains("belongs to it"), "{err}");
    assert!(!third.exists());
}

/// Files that open and still must not be used.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_newer_schema_and_a_database_that_is_none_leave_no_trace() {
    let folder = tempfile::tempdir().unwrap();
    let environment: Env = Arc::new(SystemEnvironment::new());
    let made = |schema: i64, root_key: Secret<String>, database: &[u8]| {
        let contents = Contents {
            manifest: Manifest {
                created_at: environment.now(),
                software: "9.9.9".to_owned(),
                schema,
            },
            root_key,
            database_bytes: database.len() as u64,
        };
        let phrase = Secret::new(PASSPHRASE.1.to_owned());
        let cost = Cost {
            memory_kib: 8,
            passes: 1,
            lanes: 1,
        };
        let mut from = database;
        let whole = backup::write(
            &*environment,
            &phrase,
            cost,
            &contents,
            &mut from,
            Vec::new(),
        );
        let path = folder.path().join("made");
        fs::write(&path, whole.unwrap()).unwrap();
        path
    };
    let key = || RootKey::from_bytes(Arc::clone(&environment), [9; 32]).text();
    let new = folder.path().join("new");
    let noise = [0x5a; 100_000];
    let none = || Secret::new("no key".to_owned());
    let cases: [(i64, Secret<String>, &[u8], &str); 4] = [
        (999, key(), b"x", "newer version"),
        (1, none(), b"x", "no root key"),
        (1, key(), b"", "is empty"),
        (1, key(), &noise, "damaged"),
    ];
    for (schema, root_key, database, says) in cases {
        let path = made(schema, root_key, database);
        let (code, _, err) = restore(&new, &path, &[]).await;
        assert!(code == 2 && err.contains(says), "{says}: {err}");
        assert!(!new.exists(), "{says}");
    }
}
