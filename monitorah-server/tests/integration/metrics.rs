//! Prometheus itself scrapes us, and our rules see a failing monitor.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test"
)]

use crate::rig::{Server, Target, now, server, server_with, until};
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    process::{Child, Command},
};

fn alerts(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../docs/alerts")
        .join(file)
}

#[expect(clippy::disallowed_methods, reason = "a test runs what operators run")]
fn command(program: &str) -> Command {
    let mut command = Command::new(program);
    command.kill_on_drop(true).stdin(Stdio::null());
    command
}

async fn scrape(server: &Server, key: Option<&str>, query: &str) -> (u16, String, String) {
    let mut request = crate::rig::http().get(format!("{}/metrics{query}", server.url));
    if let Some(key) = key {
        request = request.bearer_auth(key);
    }
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let media = response.headers()["content-type"]
        .to_str()
        .unwrap()
        .to_owned();
    (status, media, response.text().await.unwrap())
}

async fn promtool(arguments: &[&str], input: &str) -> (bool, String) {
    let mut child = command("promtool")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("promtool runs: on Debian, apt-get install prometheus");
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).await.unwrap();
    drop(stdin);
    let output = child.wait_with_output().await.unwrap();
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    (output.status.success(), said)
}

/// Prometheus on a port of its own, which scrapes this server and knows our rules.
struct Prometheus {
    url: String,
    log: Arc<Mutex<String>>,
    _process: Child,
    _folder: tempfile::TempDir,
}

impl Prometheus {
    async fn start(server: &Server, key: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        // What waits for a minute in production waits for nothing here.
        let rules: String = fs::read_to_string(alerts("monitorah.rules.yml"))
            .unwrap()
            .lines()
            .filter(|line| !line.trim_start().starts_with("for: "))
            .map(|line| format!("{line}\n"))
            .collect();
        fs::write(folder.path().join("rules.yml"), rules).unwrap();
        fs::write(folder.path().join("key"), key).unwrap();
        let target = server.url.strip_prefix("http://").unwrap();
        let config = format!(
            "global:\n  scrape_interval: 1s\n  evaluation_interval: 1s\n\
             rule_files: [rules.yml]\n\
             scrape_configs:\n- job_name: monitorah\n  authorization:\n    credentials_file: key\n\
             \x20 static_configs:\n  - targets: ['{target}']\n"
        );
        fs::write(folder.path().join("prometheus.yml"), config).unwrap();
        let mut process = command("prometheus")
            .current_dir(folder.path())
            .args([
                "--config.file=prometheus.yml",
                "--storage.tsdb.path=data",
                "--web.listen-address=127.0.0.1:0",
            ])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("prometheus runs: on Debian, apt-get install prometheus");
        let mut lines = BufReader::new(process.stderr.take().unwrap()).lines();
        let log = Arc::new(Mutex::new(String::new()));
        let copy = Arc::clone(&log);
        crate::rig::spawn(async move {
            while let Ok(Some(line)) = lines.next_line().await {
                let mut copy = copy.lock().unwrap();
                copy.push_str(&line);
                copy.push('\n');
            }
        });
        // It says what it was told to listen on; where it really listens, its process says.
        let id = process.id().unwrap();
        let url = until("the address of Prometheus", async || {
            listening(id).map(|port| format!("http://127.0.0.1:{port}"))
        })
        .await;
        Self {
            url,
            log,
            _process: process,
            _folder: folder,
        }
    }

    async fn ask(&self, path: &str) -> Option<Value> {
        let response = crate::rig::http()
            .get(format!("{}{path}", self.url))
            .send()
            .await
            .ok()?;
        serde_json::from_str(&response.text().await.ok()?).ok()
    }
}

/// The loopback port on which a process listens, by the tables of the kernel.
fn listening(process: u32) -> Option<u16> {
    let sockets: Vec<String> = fs::read_dir(format!("/proc/{process}/fd"))
        .ok()?
        .flatten()
        .filter_map(|entry| fs::read_link(entry.path()).ok())
        .filter_map(|link| {
            let link = link.to_str()?.strip_prefix("socket:[")?;
            Some(link.strip_suffix(']')?.to_owned())
        })
        .collect();
    let table = fs::read_to_string("/proc/net/tcp").ok()?;
    table.lines().skip(1).find_map(|line| {
        let columns: Vec<_> = line.split_whitespace().collect();
        let listens = columns.get(3) == Some(&"0A");
        let ours = columns
            .get(9)
            .is_some_and(|inode| sockets.iter().any(|socket| socket == inode));
        let (_, port) = columns.get(1)?.split_once(':')?;
        (listens && ours).then(|| u16::from_str_radix(port, 16).ok())?
    })
}

async fn key(server: &Server, scopes: &[&str]) -> String {
    let body = json!({"name": "scraper", "scopes": scopes});
    let key = server.post("/api/v1/api-keys", body).await;
    key["key"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn prometheus_scrapes_us_and_its_rules_see_a_failing_monitor() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder.path().join("data")).await;
    let good = Target::start().await;
    let bad = Target::start().await;
    let fine = server.watch(&good.url()).await;
    let broken = server.watch(&bad.url()).await;
    let key = key(&server, &["metrics:read"]).await;
    let prometheus = Prometheus::start(&server, &key).await;
    let success = async |monitor: &str| {
        let query = format!(
            "/api/v1/query?query=monitorah_check_success%7Bmonitor_id%3D%22{monitor}%22%7D"
        );
        let found = prometheus.ask(&query).await?;
        found["data"]["result"][0]["value"][1]
            .as_str()
            .map(str::to_owned)
    };
    let firing = async || {
        let found = prometheus.ask("/api/v1/alerts").await?;
        let alerts = found["data"]["alerts"].as_array()?.clone();
        let mut down: Vec<_> = alerts
            .into_iter()
            .filter(|alert| alert["labels"]["alertname"] == "MonitorahMonitorDown")
            .filter(|alert| alert["state"] == "firing")
            .collect();
        Some((down.len(), down.pop()))
    };
    until("both are up", async || {
        let both = (success(&fine).await?, success(&broken).await?);
        (both == ("1".to_owned(), "1".to_owned())).then_some(())
    })
    .await;
    assert_eq!(
        firing().await.unwrap().0,
        0,
        "{}",
        prometheus.log.lock().unwrap()
    );

    let address = bad.stop().await;
    let alert = until("the alert fires", async || firing().await?.1).await;
    assert_eq!(alert["labels"]["monitor_id"], broken.as_str());
    assert_eq!(alert["annotations"]["summary"], "watched is down");
    assert_eq!(firing().await.unwrap().0, 1, "only the one that fails");
    assert_eq!(success(&fine).await.as_deref(), Some("1"));

    let _again = Target::at(address).await;
    until("the alert ends", async || {
        (firing().await?.0 == 0).then_some(())
    })
    .await;
    let targets = prometheus.ask("/api/v1/targets").await.unwrap();
    assert_eq!(targets["data"]["activeTargets"][0]["health"], "up");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_figures_are_clean_complete_and_behind_a_key() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder.path().join("data")).await;
    let target = Target::start().await;
    let draft = json!({
        "name": "evil\"}\n1", "type": "HTTP", "target": format!("{}?token=s3cret", target.url()),
        "intervalSeconds": 1, "config": {"method": "GET"},
    });
    // Names with line breaks are refused, so it is a quote that must not break out.
    assert_eq!(
        server
            .ask("POST", "/api/v1/monitors", Some(draft.clone()))
            .await
            .0,
        422
    );
    let mut named = draft;
    named["name"] = json!("evil\"} 1");
    let id = server.post("/api/v1/monitors", named).await["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let narrow = key(&server, &["monitors:read"]).await;
    let metrics = key(&server, &["metrics:read"]).await;
    assert_eq!(scrape(&server, None, "").await.0, 401);
    assert_eq!(scrape(&server, Some(&narrow), "").await.0, 403);
    let (status, _, said) = scrape(&server, Some(&metrics), "?detail=SOME").await;
    assert_eq!(status, 422);
    assert!(said.contains("write FULL or BASIC"), "{said}");
    let text = until("a check is counted", async || {
        let (status, media, text) = scrape(&server, Some(&metrics), "").await;
        assert_eq!(
            (status, media.as_str()),
            (200, "text/plain; version=0.0.4; charset=utf-8")
        );
        text.contains("monitorah_check_duration_seconds_count{")
            .then_some(text)
    })
    .await;
    let labels =
        format!(r#"monitor_id="{id}",monitor="evil\"}} 1",type="HTTP",region="lo",group="""#);
    for line in [
        format!("monitorah_check_success{{{labels}}} 1.0"),
        format!("monitorah_check_duration_seconds_bucket{{le=\"0.05\",{labels}}} "),
        format!("monitorah_check_duration_seconds_bucket{{le=\"+Inf\",{labels}}} "),
        format!("monitorah_check_phase_seconds{{{labels},phase=\"connect\"}} "),
        format!("monitorah_build_info{{version=\"{}\"}} 1", env!("CARGO_PKG_VERSION")),
        "monitorah_engine_checks_total ".to_owned(),
        "monitorah_engine_dropped_results_total 0".to_owned(),
        "monitorah_engine_scheduled_monitors 1.0".to_owned(),
        "monitorah_notifications_waiting 0.0".to_owned(),
        "monitorah_engine_check_lag_seconds_bucket{le=\"5.0\"} 1".to_owned(),
        "monitorah_engine_check_lag_seconds_bucket{le=\"+Inf\"} 1".to_owned(),
        "monitorah_http_requests_total{method=\"POST\",route=\"/api/v1/monitors\",status=\"201\"} 1"
            .to_owned(),
    ] {
        // The order of labels is the encoder's own.
        let wanted: std::collections::BTreeSet<_> = pieces(&line);
        let there = text.lines().any(|found| wanted.is_subset(&pieces(found)));
        assert!(there, "{line}\n{text}");
    }
    for secret in ["s3cret", "127.0.0.1", "http://", &server.key, &metrics] {
        assert!(!text.contains(secret), "{secret}");
    }
    let (clean, said) = promtool(&["check", "metrics"], &text).await;
    assert!(clean && said.is_empty(), "{said}");
    let (_, _, basic) = scrape(&server, Some(&metrics), "?detail=BASIC").await;
    assert!(
        !basic.contains("phase_seconds") && !basic.contains("le=\"0.05\",monitor"),
        "{basic}"
    );
    let (clean, said) = promtool(&["check", "metrics"], &basic).await;
    assert!(clean && said.is_empty(), "{said}");
    // What nobody is to be told of says so, so that rules leave it out as channels do.
    assert!(!basic.contains("monitorah_check_quiet{"), "{basic}");
    let environment = monitorah_core::environment::SystemEnvironment::new();
    let now = monitorah_core::Environment::now(&environment);
    let ends = now + jiff::SignedDuration::from_secs(600);
    let silence = json!({"reason": "moving", "allMonitors": true, "endsAt": ends});
    server.post("/api/v1/silences", silence).await;
    let (_, _, quiet) = scrape(&server, Some(&metrics), "").await;
    let wanted = format!("monitorah_check_quiet{{{labels}}} 1");
    let there = quiet.lines().any(|line| pieces(line) == pieces(&wanted));
    assert!(there, "{quiet}");
    let (clean, said) = promtool(&["check", "metrics"], &quiet).await;
    assert!(clean && said.is_empty(), "{said}");
    // What is gone leaves no figures.
    let path = format!("/api/v1/monitors/{id}");
    assert_eq!(server.ask("DELETE", &path, None).await.0, 204);
    let (_, _, text) = scrape(&server, Some(&metrics), "").await;
    assert!(!text.contains(&id), "{text}");
}

/// The name, each label and the value of a line.
fn pieces(line: &str) -> std::collections::BTreeSet<String> {
    let line = if line.contains('{') {
        line.replace(['{', ','], "\n").replace("} ", "\n=")
    } else {
        line.replacen(' ', "\n=", 1)
    };
    line.split('\n')
        .map(str::trim)
        .filter(|piece| !piece.is_empty() && *piece != "=")
        .map(str::to_owned)
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_rules_that_we_ship_are_rules() {
    for arguments in [["check", "rules"], ["test", "rules"]] {
        let file = if arguments[0] == "check" {
            "monitorah.rules.yml"
        } else {
            "monitorah.test.yml"
        };
        let path = alerts(file);
        let arguments = [arguments[0], arguments[1], path.to_str().unwrap()];
        let (good, said) = promtool(&arguments, "").await;
        assert!(good, "{said}");
    }
    // Every figure that a rule reads is one that we write.
    let rules = fs::read_to_string(alerts("monitorah.rules.yml")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder.path().join("data")).await;
    let target = Target::start().await;
    server.watch(&target.url()).await;
    let text = until("a check is counted", async || {
        let (_, _, text) = scrape(&server, Some(&server.key), "").await;
        text.contains("monitorah_check_duration_seconds_count{")
            .then_some(text)
    })
    .await;
    let name = |word: &str| {
        let end = word.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        format!("monitorah_{}", &word[..end.unwrap_or(word.len())])
    };
    let read: Vec<_> = rules.split("monitorah_").skip(1).map(name).collect();
    assert!(read.len() >= 8, "{read:?}");
    for figure in read {
        let family = figure.trim_end_matches("_bucket");
        assert!(
            text.contains(&format!("# TYPE {family} ")),
            "{figure}\n{text}"
        );
    }
}

/// A thousand monitors: how large a scrape is and how long it takes, in both details.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_scrape_of_a_thousand_monitors_is_bounded() {
    let folder = tempfile::tempdir().unwrap();
    let settings = [("MONITORAH_RATE_LIMIT_PER_MINUTE", "100000")];
    let server = server_with(&folder.path().join("data"), &settings).await;
    let target = Target::start().await;
    let items: Vec<_> = (0..1_000)
        .map(|number| {
            let monitor = json!({
                "name": format!("monitor number {number}"), "type": "HTTP",
                "target": target.url(), "intervalSeconds": 30, "config": {"method": "GET"},
            });
            json!({"action": "CREATE", "monitor": monitor})
        })
        .collect();
    let done = server
        .post("/api/v1/monitors/bulk", json!({"items": items}))
        .await;
    assert_eq!(done["meta"]["succeeded"], 1_000, "{}", done["meta"]);
    for (detail, most_series, most_bytes) in [("FULL", 19, 4_200), ("BASIC", 6, 1_400)] {
        let query = format!("?detail={detail}");
        let (took, text) = until("a hundred were checked", async || {
            let started = now();
            let (status, _, text) = scrape(&server, Some(&server.key), &query).await;
            assert_eq!(status, 200);
            let counted = text
                .matches("monitorah_check_duration_seconds_count{")
                .count();
            (counted >= 100).then(|| (started.elapsed(), text))
        })
        .await;
        let series = text
            .lines()
            .filter(|line| line.contains("monitor_id="))
            .count();
        println!("{detail}: {} bytes, {series} series, {took:?}", text.len());
        assert!(series <= 1_000 * most_series, "{series}");
        assert!(text.len() <= 1_000 * most_bytes, "{}", text.len());
        assert!(took.as_secs() < 5, "{took:?}");
    }
}
