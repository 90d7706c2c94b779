//! What refuses to boot says so, and changes nothing.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use crate::rig::{run, server, start};
use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

/// Every file of a folder with its bytes and mode.
fn picture(folder: &Path) -> BTreeMap<PathBuf, (Vec<u8>, u32)> {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let mode = fs::metadata(&path).unwrap().permissions().mode();
            (path.clone(), (fs::read(&path).unwrap(), mode))
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_root_key_that_cannot_be_used_refuses_to_boot_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    server(&data).await.stop().await;
    let key = data.join("root.key");
    assert_eq!(
        fs::metadata(&key).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let whole = fs::read(&key).unwrap();
    let spoil: [(&str, &dyn Fn(), &str); 5] = [
        ("missing", &|| fs::remove_file(&key).unwrap(), "missing"),
        ("empty", &|| fs::write(&key, "").unwrap(), "damaged"),
        (
            "one bit",
            &|| {
                let mut bytes = whole.clone();
                let middle = bytes.len() / 2;
                bytes[middle] ^= 1;
                fs::write(&key, bytes).unwrap();
            },
            "damaged",
        ),
        (
            "another file",
            &|| fs::write(&key, "x".repeat(100_000)).unwrap(),
            "damaged",
        ),
        (
            "readable by others",
            &|| {
                fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
            },
            "chmod 600",
        ),
    ];
    for (what, spoil, says) in spoil {
        spoil();
        let before = picture(&data);
        let address = ["--listen", "127.0.0.1:0"];
        let arguments = [
            "serve",
            "--data-dir",
            data.to_str().unwrap(),
            address[0],
            address[1],
        ];
        let (code, _, err) = run(&arguments).await;
        assert_eq!(code, 2, "{what}: {err}");
        assert!(err.contains(says), "{what}: {err}");
        let setup = [
            "setup",
            "--data-dir",
            data.to_str().unwrap(),
            "--email",
            "a@example.org",
        ];
        assert_eq!(run(&setup).await.0, 2, "{what}");
        assert!(picture(&data) == before, "{what} changed something");
        fs::write(&key, &whole).unwrap();
        fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    }
    // A good key, of another installation.
    let other = folder.path().join("other");
    server(&other).await.stop().await;
    fs::copy(other.join("root.key"), &key).unwrap();
    let arguments = [
        "serve",
        "--data-dir",
        data.to_str().unwrap(),
        "--listen",
        "127.0.0.1:0",
    ];
    let (code, _, err) = run(&arguments).await;
    assert!(code == 2 && err.contains("belongs to it"), "{err}");
    fs::write(&key, &whole).unwrap();
    start(&data, &[]).await.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_exposed_folder_an_unsafe_setting_and_a_second_server_refuse_to_boot() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let running = server(&data).await;
    let path = data.to_str().unwrap();
    let (code, _, err) = run(&["serve", "--data-dir", path, "--listen", "127.0.0.1:0"]).await;
    assert_eq!(code, 2, "{err}");
    assert!(
        err.contains("another process uses the data directory"),
        "{err}"
    );
    let (code, _, err) = run(&["migrate", "--data-dir", path]).await;
    assert_eq!(code, 2, "{err}");
    running.stop().await;
    assert_eq!(run(&["migrate", "--data-dir", path]).await.0, 0);

    fs::set_permissions(&data, fs::Permissions::from_mode(0o755)).unwrap();
    let (code, _, err) = run(&["serve", "--data-dir", path, "--listen", "127.0.0.1:0"]).await;
    assert!(code == 2 && err.contains("chmod 700"), "{err}");
    fs::set_permissions(&data, fs::Permissions::from_mode(0o700)).unwrap();

    let (code, _, err) = run(&["serve", "--data-dir", path, "--listen", "0.0.0.0:0"]).await;
    assert!(code == 2 && err.contains("behind_proxy"), "{err}");
    let config = folder.path().join("monitorah.toml");
    fs::write(&config, "sign_up = \"open\"\ntargets = \"any\"\n").unwrap();
    let (code, _, err) = run(&[
        "serve",
        "--data-dir",
        path,
        "--config",
        config.to_str().unwrap(),
    ])
    .await;
    assert!(code == 2 && err.contains("sign_up"), "{err}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn setup_is_done_once_and_keys_can_be_made_offline() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let path = data.to_str().unwrap();
    let (code, _, err) = run(&["api-keys", "create", "--data-dir", path]).await;
    assert!(code == 2 && err.contains("monitorah setup"), "{err}");
    let setup = [
        "setup",
        "--data-dir",
        path,
        "--email",
        "a@example.org",
        "--json",
    ];
    let many = futures::future::join_all((0..8).map(|_| run(&setup))).await;
    let done: Vec<_> = many.iter().filter(|(code, ..)| *code == 0).collect();
    assert_eq!(
        done.len(),
        1,
        "exactly one of eight set-ups at once: {many:?}"
    );
    for (code, out, err) in many.iter().filter(|(code, ..)| *code != 0) {
        assert_eq!((*code, out.as_str()), (2, ""));
        assert!(err.contains("api-keys create"), "{err}");
    }
    let wrong = ["setup", "--data-dir", path, "--email", "nobody"];
    assert_eq!(run(&wrong).await.0, 2);
    let mut server = start(&data, &[]).await;
    let (code, out, _) = run(&["api-keys", "create", "--data-dir", path, "--json"]).await;
    assert_eq!(code, 0, "while the server runs");
    let key: serde_json::Value = serde_json::from_str(&out).unwrap();
    server.key = key["key"].as_str().unwrap().to_owned();
    let keys = server.get("/api/v1/api-keys").await;
    assert_eq!(keys["data"].as_array().unwrap().len(), 2);
    let id = key["id"].as_str().unwrap();
    let (status, _) = server
        .ask("DELETE", &format!("/api/v1/api-keys/{id}"), None)
        .await;
    assert_eq!(status, 204);
    assert_eq!(
        server.ask("GET", "/api/v1/api-keys", None).await.0,
        401,
        "revoked at once"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn check_needs_no_server_and_tells_by_its_exit_code() {
    let target = crate::rig::Target::start().await;
    let (code, out, err) = run(&["check", &target.url(), "--json"]).await;
    assert_eq!(code, 0, "{err}");
    let said: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (&said["status"], &said["statusCode"]),
        (&"UP".into(), &200.into())
    );
    assert!(said["timings"]["connectMs"].is_number());
    let (code, out, _) = run(&["check", &target.url()]).await;
    assert!(
        code == 0 && out.contains("first byte") && out.contains("UP"),
        "{out}"
    );
    let config = r#"{"expectedStatus":[204]}"#;
    let (code, out, _) = run(&["check", &target.url(), "--config", config]).await;
    assert!(code == 3 && out.contains("HTTP_STATUS"), "{out}");
    let address = target.stop().await.to_string();
    let (code, out, _) = run(&["check", &address, "--json"]).await;
    assert!(code == 3 && out.contains("CONNECT_REFUSED"), "{out}");
    let (code, _, err) = run(&["check", "file:///etc/passwd"]).await;
    assert!(code == 2 && err.contains("http"), "{err}");
    assert!(err.contains("tcp://"), "{err}");
    let (code, out, err) = run(&["check", "ping://127.0.0.1", "--json"]).await;
    let seen: serde_json::Value = serde_json::from_str(&out).unwrap_or_default();
    assert_eq!((code, &seen["type"]), (0, &"PING".into()), "{out} {err}");
    assert_eq!(seen["echoes"]["received"], 3, "{out}");
    let (code, out, _) = run(&["check", "ping://127.0.0.1"]).await;
    assert!(code == 0 && out.contains("3 of 3 replies"), "{out}");
    let (code, out, _) = run(&["check", &format!("tls://{address}"), "--json"]).await;
    let seen: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (code, &seen["reason"]),
        (3, &"CONNECT_REFUSED".into()),
        "{out}"
    );
    let silent = format!("dns://{address}/name.test?type=TXT");
    let (code, out, _) = run(&["check", &silent, "--json", "--timeout", "1"]).await;
    let seen: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (code, &seen["reason"]),
        (3, &"CONNECT_REFUSED".into()),
        "{out}"
    );
    let (code, _, err) = run(&["check", "::1"]).await;
    assert!(code == 2 && err.contains("brackets"), "{code} {err}");
    let (code, _, err) = run(&["check", "example.test:0"]).await;
    assert!(code == 2 && err.contains("1 to 65535"), "{code} {err}");
    let list = "{\"basicAuth\": [\"ada\", \"secret\"]}";
    let (code, _, err) = run(&["check", "http://127.0.0.1:9/", "--config", list]).await;
    assert!(
        code == 2 && err.contains("braces") && !err.contains("secret"),
        "{code} {err}"
    );
    let (code, _, err) = run(&["check", &address, "--type", "TELEPATHY"]).await;
    assert!(code == 2 && err.contains("HTTP"), "{err}");
    let (code, out, _) = run(&["check", "http://169.254.169.254/latest", "--json"]).await;
    assert!(code == 1 && out.contains("TARGET_BLOCKED"), "{out}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_is_lost_or_damaged_refuses_to_boot_and_says_restore() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    server(&data).await.stop().await;
    let path = data.to_str().unwrap();
    let serve = ["serve", "--data-dir", path, "--listen", "127.0.0.1:0"];
    let setup = ["setup", "--data-dir", path, "--email", "a@example.org"];
    let database = data.join("monitorah.db");
    let whole = fs::read(&database).unwrap();
    let middle = whole.len() / 4096 / 2 * 4096;
    let mut damaged = whole.clone();
    damaged[middle..middle + 64].fill(0xa5);
    let mut headless = whole.clone();
    headless[..16].fill(0);
    let mut schemaless = whole.clone();
    schemaless[100..160].fill(0xff);
    let spoil: [(&str, Option<&[u8]>, &str); 6] = [
        ("missing", None, "is missing"),
        ("empty", Some(b""), "is empty"),
        ("a page", Some(&damaged), "is damaged"),
        ("the header", Some(&headless), "is damaged"),
        ("the schema", Some(&schemaless), "is damaged"),
        ("half of it", Some(&whole[..middle]), "is damaged"),
    ];
    for (what, bytes, says) in spoil {
        match bytes {
            Some(bytes) => fs::write(&database, bytes).unwrap(),
            None => fs::remove_file(&database).unwrap(),
        }
        let before = picture(&data);
        let (code, _, err) = run(&serve).await;
        assert_eq!(code, 2, "{what}: {err}");
        assert!(
            err.contains(says) && err.contains("restore"),
            "{what}: {err}"
        );
        if says != "is damaged" {
            assert_eq!(run(&setup).await.0, 2, "{what}");
        }
        let after = picture(&data);
        assert_eq!(before.get(&database), after.get(&database), "{what}");
        assert_eq!(
            before.get(&data.join("root.key")),
            after.get(&data.join("root.key"))
        );
        fs::write(&database, &whole).unwrap();
        fs::set_permissions(&database, fs::Permissions::from_mode(0o600)).unwrap();
    }
    start(&data, &[]).await.stop().await;
}

/// The machine stopped in the first start: after the key, and before there was a database.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_first_start_that_was_cut_off_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    server(&data).await.stop().await;
    assert!(!data.join("first-start").exists(), "it is over");
    for bytes in [None, Some(b"")] {
        fs::write(data.join("first-start"), "").unwrap();
        fs::remove_file(data.join("monitorah.db")).unwrap();
        if let Some(bytes) = bytes {
            fs::write(data.join("monitorah.db"), bytes).unwrap();
        }
        server(&data).await.stop().await;
        assert!(!data.join("first-start").exists());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn folders_and_addresses_that_cannot_be_used_say_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let below = file.join("data");
    let data = folder.path().join("data");
    let data = data.to_str().unwrap();
    let held = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let busy = held.local_addr().unwrap().to_string();
    for (path, listen, says) in [
        (
            file.to_str().unwrap(),
            "127.0.0.1:0",
            "is a file and no folder",
        ),
        (below.to_str().unwrap(), "127.0.0.1:0", "cannot be used"),
        ("/proc/monitorah", "127.0.0.1:0", "cannot be used"),
        (data, "example.org:80", "names are not looked up"),
        (data, "8080", "write 127.0.0.1:8080"),
        (data, busy.as_str(), "another program listens there"),
        (data, "192.0.2.1:80", "behind_proxy"),
    ] {
        let (code, _, err) = run(&["serve", "--data-dir", path, "--listen", listen]).await;
        assert!(code == 2 && err.contains(says), "{path} {listen}: {err}");
        assert!(err.contains("--data-dir") || err.contains(listen), "{err}");
    }
    // A name that is loopback everywhere is understood.
    let mut child = crate::rig::command(&["serve", "--data-dir", data, "--listen", "localhost:0"]);
    let mut child = child.stderr(std::process::Stdio::piped()).spawn().unwrap();
    let mut lines = tokio::io::BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    tokio::io::AsyncBufReadExt::read_line(&mut lines, &mut line)
        .await
        .unwrap();
    while !line.contains("monitorah listens on http://127.0.0.1:") {
        assert!(!line.is_empty());
        line.clear();
        tokio::io::AsyncBufReadExt::read_line(&mut lines, &mut line)
            .await
            .unwrap();
    }
    child.kill().await.unwrap();
}
