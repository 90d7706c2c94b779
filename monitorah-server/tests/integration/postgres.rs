//! The server on PostgreSQL: the main job end to end, and the database going away under it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use crate::rig::{Receiver, Server, Target, command, start, until};
use serde_json::{Value, json};
use std::{path::Path, time::Duration};

pub(crate) use monitorah_cluster::Cluster;

/// A database that nothing was done with, and how server and administrator sign in to it.
pub(crate) struct Database {
    login: String,
    admin: String,
}

impl Database {
    pub(crate) async fn new(cluster: &Cluster) -> Self {
        let name = cluster
            .database()
            .await
            .unwrap()
            .get_database()
            .unwrap()
            .to_owned();
        Self {
            login: cluster.login_url(&name, "canary7f3a"),
            admin: cluster.admin_url(&name),
        }
    }

    /// Runs a command on it: exit code, stdout, stderr.
    async fn run(&self, data: &Path, admin: bool, arguments: &[&str]) -> (i32, String, String) {
        let mut command = command(arguments);
        command
            .args(["--data-dir", data.to_str().unwrap()])
            .env("MONITORAH_DATABASE_URL", &self.login);
        if admin {
            command.env("MONITORAH_DATABASE_ADMIN_URL", &self.admin);
        }
        let output = command.output().await.unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let (out, err) = (text(&output.stdout), text(&output.stderr));
        assert!(!format!("{out}{err}").contains("canary7f3a"), "{out}{err}");
        (output.status.code().unwrap(), out, err)
    }

    pub(crate) async fn start(&self, data: &Path) -> Server {
        start(data, &[("MONITORAH_DATABASE_URL", &self.login)]).await
    }

    /// A server on it, set up.
    pub(crate) async fn server(&self, data: &Path) -> Server {
        let (code, _, err) = self.run(data, true, &["migrate"]).await;
        assert_eq!(code, 0, "{err}");
        let setup = ["setup", "--email", "ops@example.org", "--json"];
        let (code, out, err) = self.run(data, false, &setup).await;
        assert_eq!(code, 0, "{err}");
        let said: Value = serde_json::from_str(&out).unwrap();
        let mut server = self.start(data).await;
        server.key = said["apiKey"].as_str().unwrap().to_owned();
        server
    }
}

pub(crate) async fn is_up(server: &Server, monitor: &str) {
    until("it is up", async || {
        let body = server.get(&format!("/api/v1/monitors/{monitor}")).await;
        (body["status"] == "UP").then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_outage_across_a_restart_is_one_event_and_two_messages() {
    let cluster = Cluster::start().await.unwrap();
    let database = Database::new(&cluster).await;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = database.server(&data).await;
    let receiver = Receiver::start().await;
    let secret = server.tell(&receiver.url).await;
    let target = Target::start().await;
    let monitor = server.watch(&target.url()).await;
    is_up(&server, &monitor).await;

    let address = target.stop().await;
    let event = until("an event", async || server.events(&monitor).await.pop()).await;
    assert_eq!(event["reason"], "CONNECT_REFUSED");
    assert_eq!(receiver.wait(1).await[0].kind(), "monitor.down");

    let key = server.key.clone();
    let log = server.stop().await;
    assert!(
        log.contains("stopped") && !log.contains("canary7f3a"),
        "{log}"
    );
    let mut server = database.start(&data).await;
    server.key = key;
    let _target = Target::at(address).await;
    assert_eq!(receiver.wait(2).await[1].kind(), "monitor.up");
    let events = server.events(&monitor).await;
    assert_eq!(events.len(), 1, "exactly one event");
    assert_eq!(
        (&events[0]["id"], &events[0]["status"]),
        (&event["id"], &json!("RESOLVED"))
    );
    let verifier = standardwebhooks::Webhook::new(&secret).unwrap();
    for message in receiver.got() {
        verifier.verify(&message.body, &message.headers).unwrap();
    }

    // The other commands work on it while the server runs.
    let keys = ["api-keys", "create", "--json"];
    let (code, out, err) = database.run(&data, false, &keys).await;
    assert_eq!(code, 0, "{err}");
    let made: Value = serde_json::from_str(&out).unwrap();
    assert!(made["key"].as_str().unwrap().starts_with("mon_live_"));
    let (code, out, err) = database.run(&data, false, &["doctor"]).await;
    assert_eq!(code, 0, "{out}{err}");
    assert!(
        out.contains("PostgreSQL 1") && out.contains("opens the database"),
        "{out}"
    );
    let out = folder.path().join("backup");
    let backup = ["backup", "--out", out.to_str().unwrap()];
    let (code, _, err) = database.run(&data, false, &backup).await;
    assert_eq!(code, 2);
    assert!(
        err.contains("embedded database only") && err.contains("pg_dump"),
        "{err}"
    );
    assert!(!out.exists());
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_is_not_right_is_refused_with_what_to_do() {
    let cluster = Cluster::start().await.unwrap();
    let mut database = Database::new(&cluster).await;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let setup = ["setup", "--email", "ops@example.org", "--json"];
    let refused = async |database: &Database, arguments: &[&str], says: &str| {
        let (code, _, err) = database.run(&data, false, arguments).await;
        assert_eq!(code, 2, "{err}");
        assert!(err.contains(says), "{err}");
        assert!(
            !data.exists(),
            "nothing is made of a start that was refused"
        );
    };
    // Nobody made the role yet, and the server is not the one to.
    refused(
        &database,
        &["serve", "--listen", "127.0.0.1:0"],
        "does not exist",
    )
    .await;
    refused(&database, &["migrate"], "MONITORAH_DATABASE_ADMIN_URL").await;
    let login = std::mem::replace(&mut database.login, database.admin.clone());
    refused(&database, &setup, "superuser").await;
    let (code, _, err) = database.run(&data, true, &["migrate"]).await;
    assert_eq!(code, 2);
    assert!(err.contains("the same role"), "{err}");
    database.login = login;
    let server = database.server(&data).await;
    server.stop().await;
    // Without its key nothing can be read: a new one is not made in its place.
    std::fs::rename(data.join("root.key"), folder.path().join("root.key")).unwrap();
    let (code, _, err) = database.run(&data, false, &setup).await;
    assert_eq!(code, 2);
    assert!(
        err.contains("set up with one") && !data.join("root.key").exists(),
        "{err}"
    );
    // A migration twice is one.
    let (code, _, err) = database.run(&data, true, &["migrate"]).await;
    assert_eq!(code, 0, "{err}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn checks_go_on_while_the_database_is_away() {
    let mut cluster = Cluster::start().await.unwrap();
    let database = Database::new(&cluster).await;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = database.server(&data).await;
    let receiver = Receiver::start().await;
    server.tell(&receiver.url).await;
    let target = Target::start().await;
    let monitor = server.watch(&target.url()).await;
    is_up(&server, &monitor).await;
    let checks = format!("/api/v1/monitors/{monitor}/checks?limit=100");
    let seen = until("a stored result", async || {
        let seen = server.get(&checks).await;
        (!seen["data"].as_array().unwrap().is_empty()).then_some(seen)
    })
    .await;

    cluster.crash().unwrap();
    // Health says so, and answers fast.
    let trouble = until("the trouble to be seen", async || {
        let (status, body) = server.ask("GET", "/api/v1/health/ready", None).await;
        (status == 503).then_some(body)
    })
    .await;
    assert!(
        trouble["error"]["message"]
            .as_str()
            .unwrap()
            .contains("database"),
        "{trouble}"
    );
    // The outage begins while nothing can be stored.
    let address = target.stop().await;
    crate::rig::pause(Duration::from_secs(4)).await;
    assert!(
        receiver.got().is_empty(),
        "nothing is told that is not stored"
    );
    let back = crate::rig::now();
    cluster.start_again().await.unwrap();
    let event = until("the event", async || server.events_or_none(&monitor).await).await;
    assert!(
        back.elapsed() < Duration::from_secs(8),
        "{:?}",
        back.elapsed()
    );
    assert_eq!(event["status"], "OPEN");
    assert_eq!(receiver.wait(1).await[0].kind(), "monitor.down");
    let _target = Target::at(address).await;
    assert_eq!(receiver.wait(2).await[1].kind(), "monitor.up");
    assert_eq!(server.events(&monitor).await.len(), 1, "exactly one event");
    // What was answered before is there, and so is what was checked meanwhile.
    let after = until("the results of the time away", async || {
        let after = server.get(&checks).await["data"]
            .as_array()
            .unwrap()
            .clone();
        let away = after.iter().filter(|result| result["status"] == "DOWN");
        (away.count() >= 3).then_some(after)
    })
    .await;
    for result in seen["data"].as_array().unwrap() {
        assert!(after.contains(result), "{result} was lost");
    }
    let (status, body) = server.ask("GET", "/api/v1/health/ready", None).await;
    assert_eq!(status, 200, "{body}");
    server.stop().await;
}
