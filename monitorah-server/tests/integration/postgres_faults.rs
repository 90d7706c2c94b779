//! Each fault of a PostgreSQL under a running server: health says it, nothing acknowledged is lost, and it is over soon after its end.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test"
)]

use crate::{
    postgres::{Cluster, Database, is_up},
    rig::{Server, Target, now, pause, until},
};
use rustix::process::Signal;
use serde_json::{Value, json};
use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

/// How long after its end a fault may still be felt.
const RECOVERY: Duration = Duration::from_secs(5);
/// What the server may grow by in a fault: 64 MiB.
const GROWTH: u64 = 64 << 20;

/// How long a stall lasts, unless `MONITORAH_SOAK_STALL_SECONDS` says another number.
fn stall() -> Duration {
    #[expect(
        clippy::disallowed_methods,
        reason = "how long a soak is says whoever starts it"
    )]
    let asked = std::env::var("MONITORAH_SOAK_STALL_SECONDS");
    Duration::from_secs(asked.map_or(4, |asked| asked.parse().unwrap()))
}

#[expect(clippy::disallowed_methods, reason = "a test runs on the real clock")]
fn wall() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

/// A server at work, and what it has acknowledged.
struct Work {
    server: Server,
    monitor: String,
    /// The names of channels whose making was answered with success.
    made: BTreeSet<String>,
    /// The results that were read.
    seen: Vec<Value>,
    count: u32,
}

impl Work {
    async fn results(&self) -> Option<Vec<Value>> {
        let path = format!("/api/v1/monitors/{}/checks?limit=100", self.monitor);
        let (status, body) = self.server.ask("GET", &path, None).await;
        (status == 200).then(|| body["data"].as_array().unwrap().clone())
    }

    /// Asks for a write; remembers it where it was acknowledged.
    async fn write(&mut self) -> u16 {
        self.count += 1;
        let name = format!("made {}", self.count);
        let body = json!({"name": name, "type": "WEBHOOK",
            "config": {"url": "http://127.0.0.1:9/"}});
        let path = "/api/v1/notification-channels";
        let (status, _) = self.server.ask("POST", path, Some(body)).await;
        if status < 300 {
            self.made.insert(name);
        }
        status
    }

    async fn ready(&self) -> (u16, Value) {
        self.server.ask("GET", "/api/v1/health/ready", None).await
    }

    /// What was acknowledged before the fault.
    async fn before(&mut self) {
        assert!(self.write().await < 300);
        self.seen = until("results", async || {
            self.results().await.filter(|seen| seen.len() >= 2)
        })
        .await;
    }

    /// Health says so while the fault lasts.
    async fn is_told(&self, fault: &str, says: &str) {
        until(&format!("{fault}: {says}"), async || {
            let (status, body) = self.ready().await;
            (status == 503 && body.to_string().contains(says)).then_some(())
        })
        .await;
    }

    /// The fault ended now: all is well soon after, and nothing is missing.
    async fn after(&mut self, fault: &str, began: jiff::Timestamp, ended: Instant, memory: u64) {
        until("health", async || {
            (self.ready().await.0 == 200).then_some(())
        })
        .await;
        while self.write().await >= 300 {
            pause(Duration::from_millis(50)).await;
        }
        let took = ended.elapsed();
        assert!(took < RECOVERY, "{fault}: recovered after {took:?}");
        // What was looked at meanwhile is stored: the time of the fault has results.
        until("the results of the fault", async || {
            let results = self.results().await?;
            let stored = results.iter().filter(|result| {
                let at: jiff::Timestamp = result["checkedAt"].as_str().unwrap().parse().unwrap();
                at >= began
            });
            (stored.count() >= 2).then_some(())
        })
        .await;
        let results = self.results().await.unwrap();
        for seen in &self.seen {
            assert!(results.contains(seen), "{fault}: {seen} was lost");
        }
        let channels = self
            .server
            .get("/api/v1/notification-channels?limit=100")
            .await;
        let names: BTreeSet<String> = channels["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|channel| channel["name"].as_str().unwrap().to_owned())
            .collect();
        let lost: Vec<_> = self.made.difference(&names).collect();
        assert!(
            lost.is_empty(),
            "{fault}: {lost:?} was acknowledged and lost"
        );
        let grown = self.server.peak().saturating_sub(memory);
        assert!(grown < GROWTH, "{fault}: {grown} bytes more");
        println!("{fault}: recovered after {took:?}, {grown} bytes more at most");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_fault_is_told_and_is_over_soon_after_its_end() {
    let mut cluster = Cluster::start().await.unwrap();
    let database = Database::new(&cluster).await;
    let folder = tempfile::tempdir().unwrap();
    let server = database.server(&folder.path().join("data")).await;
    let target = Target::start().await;
    let monitor = server.watch(&target.url()).await;
    is_up(&server, &monitor).await;
    let mut work = Work {
        server,
        monitor,
        made: BTreeSet::new(),
        seen: vec![],
        count: 0,
    };

    // Read-only, as a standby is, or a database whose disk its provider has locked.
    work.before().await;
    let (memory, began) = (work.server.peak(), wall());
    let read_only = "ALTER ROLE monitorah SET default_transaction_read_only = on";
    let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'monitorah'";
    cluster
        .administer("postgres", &[read_only, end])
        .await
        .unwrap();
    assert!(work.write().await >= 500);
    work.is_told("read-only", "read-only").await;
    pause(Duration::from_secs(2)).await;
    let lifted = "ALTER ROLE monitorah RESET default_transaction_read_only";
    let ended = now();
    cluster
        .administer("postgres", &[lifted, end])
        .await
        .unwrap();
    work.after("read-only", began, ended, memory).await;

    // Too many connections.
    work.before().await;
    let (memory, began) = (work.server.peak(), wall());
    let none = "ALTER ROLE monitorah CONNECTION LIMIT 0";
    cluster.administer("postgres", &[none, end]).await.unwrap();
    work.is_told("too many connections", "too many connections")
        .await;
    pause(Duration::from_secs(2)).await;
    let ended = now();
    let many = "ALTER ROLE monitorah CONNECTION LIMIT -1";
    cluster.administer("postgres", &[many]).await.unwrap();
    work.after("too many connections", began, ended, memory)
        .await;

    // A stall: the sessions do not answer, and do not end.
    work.before().await;
    let (memory, began) = (work.server.peak(), wall());
    let stalled = now();
    for _ in 0..3 {
        // Those that come meanwhile too.
        cluster
            .signal_sessions("monitorah", Signal::STOP)
            .await
            .unwrap();
        pause(Duration::from_millis(300)).await;
    }
    pause(stall().saturating_sub(stalled.elapsed())).await;
    let ended = now();
    cluster
        .signal_sessions("monitorah", Signal::CONT)
        .await
        .unwrap();
    work.after("stall", began, ended, memory).await;

    // Gone at once, as in a crash, and back.
    work.before().await;
    let (memory, began) = (work.server.peak(), wall());
    cluster.crash().unwrap();
    work.is_told("crash", "database").await;
    pause(Duration::from_secs(2)).await;
    cluster.start_again().await.unwrap();
    work.after("crash", began, now(), memory).await;
    work.server.stop().await;
}

/// A machine starts all its services at once: the server waits for the database, and says so.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_starts_later_is_waited_for() {
    let mut cluster = Cluster::start().await.unwrap();
    let database = Database::new(&cluster).await;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    database.server(&data).await.stop().await;
    cluster.crash().unwrap();
    let (server, ()) = tokio::join!(database.start(&data), async {
        pause(Duration::from_secs(2)).await;
        cluster.start_again().await.unwrap();
    });
    until("readiness", async || {
        let (status, _) = server.ask("GET", "/api/v1/health/ready", None).await;
        (status == 200).then_some(())
    })
    .await;
    let log = server.stop().await;
    assert!(log.contains("the database is not there yet"), "{log}");
    assert!(!log.contains("canary7f3a"), "{log}");
}
