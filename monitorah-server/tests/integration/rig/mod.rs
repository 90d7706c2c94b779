//! The real server as a process of its own, with targets and a receiver on loopback.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a rig that several tests share"
)]

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::any,
};
use serde_json::{Value, json};
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Stdio,
    sync::{Arc, Mutex, Once},
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    net::TcpListener,
    process::{Child, Command},
    sync::oneshot,
};

/// The binary under test.
pub(crate) const MONITORAH: &str = env!("CARGO_BIN_EXE_monitorah");
/// How long a test waits for something that should come at once or within a few intervals.
const PATIENCE: Duration = Duration::from_secs(30);

/// A command of the binary that reads nothing of this machine's own configuration.
#[expect(
    clippy::disallowed_methods,
    reason = "a test starts the server as a process"
)]
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(MONITORAH);
    command
        .args(arguments)
        .env_clear()
        .kill_on_drop(true)
        .stdin(Stdio::null());
    command
}

/// Runs a command to its end: exit code, stdout, stderr.
pub(crate) async fn run(arguments: &[&str]) -> (i32, String, String) {
    let output = command(arguments).output().await.unwrap();
    (
        output.status.code().unwrap_or(-1),
        String::from_utf8_lossy(&output.stdout).into_owned(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

/// A running server.
pub(crate) struct Server {
    pub(crate) url: String,
    pub(crate) key: String,
    pub(crate) data_dir: PathBuf,
    pub(crate) log: Arc<Mutex<String>>,
    child: Child,
    http: reqwest::Client,
}

/// A server on an empty folder, set up.
pub(crate) async fn server(data_dir: &Path) -> Server {
    server_with(data_dir, &[]).await
}

/// A server on an empty folder with these settings, set up.
pub(crate) async fn server_with(data_dir: &Path, settings: &[(&str, &str)]) -> Server {
    let mut server = start(data_dir, settings).await;
    let folder = data_dir.to_str().unwrap();
    let (code, out, err) = run(&[
        "setup",
        "--data-dir",
        folder,
        "--email",
        "ops@example.org",
        "--json",
    ])
    .await;
    assert_eq!(code, 0, "{err}");
    let said: Value = serde_json::from_str(&out).unwrap();
    server.key = said["apiKey"].as_str().unwrap().to_owned();
    server
}

/// Starts a server on this folder.
pub(crate) async fn start(data_dir: &Path, settings: &[(&str, &str)]) -> Server {
    let folder = data_dir.to_str().unwrap();
    let command = command(&["serve", "--data-dir", folder, "--listen", "127.0.0.1:0"]);
    start_command(data_dir, command, settings).await
}

/// Starts a server that survives a limit on the size of its files: a write beyond it fails, as on
/// a full disk. The shell only sets the signal's fate and becomes the server.
#[expect(
    clippy::disallowed_methods,
    reason = "a test starts the server as a process"
)]
pub(crate) async fn start_limitable(data_dir: &Path) -> Server {
    let mut command = Command::new("/bin/sh");
    command
        .args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\"", MONITORAH])
        .args(["serve", "--listen", "127.0.0.1:0", "--data-dir"])
        .arg(data_dir)
        .env_clear()
        .kill_on_drop(true)
        .stdin(Stdio::null());
    start_command(data_dir, command, &[]).await
}

async fn start_command(data_dir: &Path, mut command: Command, settings: &[(&str, &str)]) -> Server {
    command
        .envs(settings.iter().copied())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let log = Arc::new(Mutex::new(String::new()));
    let (told, address) = oneshot::channel();
    let copy = Arc::clone(&log);
    spawn(async move {
        let mut told = Some(told);
        while let Ok(Some(line)) = lines.next_line().await {
            if let Some(url) = line.strip_prefix("monitorah listens on ")
                && let Some(told) = told.take()
            {
                let _ = told.send(url.to_owned());
            }
            let mut copy = copy.lock().unwrap();
            copy.push_str(&line);
            copy.push('\n');
        }
    });
    let Ok(url) = address.await else {
        panic!("the server ended: {}", log.lock().unwrap());
    };
    Server {
        url,
        key: String::new(),
        data_dir: data_dir.to_owned(),
        log,
        child,
        http: http(),
    }
}

/// An HTTP client without a pool: each request stands alone.
pub(crate) fn http() -> reqwest::Client {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    });
    #[expect(clippy::disallowed_methods, reason = "a test talks to its own server")]
    reqwest::Client::builder()
        .no_proxy()
        .pool_max_idle_per_host(0)
        .build()
        .unwrap()
}

#[expect(clippy::disallowed_methods, reason = "a test runs on the real clock")]
pub(crate) fn spawn(work: impl Future<Output = ()> + Send + 'static) {
    drop(tokio::spawn(work));
}

#[expect(clippy::disallowed_methods, reason = "a test runs on the real clock")]
pub(crate) async fn pause(duration: Duration) {
    tokio::time::sleep(duration).await;
}

#[expect(clippy::disallowed_methods, reason = "a test runs on the real clock")]
pub(crate) fn now() -> Instant {
    Instant::now()
}

/// Asks again and again until there is an answer; panics with what was waited for.
pub(crate) async fn until<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let started = now();
    loop {
        if let Some(answer) = ask().await {
            return answer;
        }
        assert!(started.elapsed() < PATIENCE, "waited in vain for {what}");
        pause(Duration::from_millis(50)).await;
    }
}

impl Server {
    /// One request with the key: status and body.
    pub(crate) async fn ask(&self, method: &str, path: &str, body: Option<Value>) -> (u16, Value) {
        let mut request = self
            .http
            .request(method.parse().unwrap(), format!("{}{path}", self.url))
            .header("authorization", format!("Bearer {}", self.key));
        if let Some(body) = body {
            request = request
                .header("content-type", "application/json")
                .body(body.to_string());
        }
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        let text = response.text().await.unwrap();
        (
            status,
            serde_json::from_str(&text).unwrap_or(Value::String(text)),
        )
    }

    pub(crate) async fn get(&self, path: &str) -> Value {
        let (status, body) = self.ask("GET", path, None).await;
        assert_eq!(status, 200, "GET {path}: {body}");
        body
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Value {
        let (status, body) = self.ask("POST", path, Some(body)).await;
        assert!((200..300).contains(&status), "POST {path}: {status} {body}");
        body
    }

    /// An HTTP monitor with GET at an interval of one second.
    pub(crate) async fn watch(&self, target: &str) -> String {
        let body = json!({
            "name": "watched", "type": "HTTP", "target": target,
            "config": {"method": "GET"}, "intervalSeconds": 1,
        });
        self.post("/api/v1/monitors", body).await["id"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// A webhook to this address and a rule for all monitors; returns its signing secret.
    pub(crate) async fn tell(&self, url: &str) -> String {
        let body = json!({"name": "hook", "type": "WEBHOOK", "config": {"url": url}});
        let channel = self.post("/api/v1/notification-channels", body).await;
        let rule = json!({"name": "all", "channelIds": [channel["id"]], "allMonitors": true});
        self.post("/api/v1/notification-rules", rule).await;
        channel["signingSecret"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn events(&self, monitor: &str) -> Vec<Value> {
        let events = self
            .get(&format!("/api/v1/events?monitorId={monitor}"))
            .await;
        events["data"].as_array().unwrap().clone()
    }

    /// Lets no write of the process go beyond this many bytes of a file; none lifts the limit.
    pub(crate) fn limit_files(&self, bytes: Option<u64>) {
        use rustix::process::{Pid, Resource, Rlimit, prlimit};
        let id = Pid::from_raw(i32::try_from(self.child.id().unwrap()).unwrap());
        let limit = Rlimit {
            current: bytes,
            maximum: None,
        };
        prlimit(id, Resource::Fsize, limit).unwrap();
    }

    /// The most memory that the process has had so far: bytes.
    pub(crate) fn peak(&self) -> u64 {
        let status = format!("/proc/{}/status", self.child.id().unwrap());
        let status = std::fs::read_to_string(status).unwrap();
        let peak = status.split("VmHWM:").nth(1).unwrap();
        let kibibytes = peak.split_whitespace().next().unwrap();
        1_024 * kibibytes.parse::<u64>().unwrap()
    }

    /// Kills the process at once.
    pub(crate) async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }

    /// Asks the process to stop, and waits until it has.
    pub(crate) async fn stop(mut self) -> String {
        let id = i32::try_from(self.child.id().unwrap()).unwrap();
        let id = rustix::process::Pid::from_raw(id).unwrap();
        rustix::process::kill_process(id, rustix::process::Signal::TERM).unwrap();
        let status = self.child.wait().await.unwrap();
        assert!(status.success(), "{status}");
        self.log.lock().unwrap().clone()
    }
}

/// A target that answers 200 until it is dropped; its address can be taken again.
pub(crate) struct Target {
    pub(crate) address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    ended: Option<oneshot::Receiver<()>>,
}

impl Target {
    pub(crate) async fn start() -> Self {
        Self::at("127.0.0.1:0".parse().unwrap()).await
    }

    pub(crate) async fn at(address: SocketAddr) -> Self {
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.set_reuseaddr(true).unwrap();
        socket.bind(address).unwrap();
        let listener = socket.listen(128).unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let (end, ended) = oneshot::channel();
        let router = Router::new().fallback(any(|| async { "hello" }));
        spawn(async move {
            let stopped = async { drop(stopped.await) };
            tokio::select! {
                served = axum::serve(listener, router) => drop(served),
                () = stopped => {}
            }
            let _ = end.send(());
        });
        Self {
            address,
            stop: Some(stop),
            ended: Some(ended),
        }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    pub(crate) async fn stop(mut self) -> SocketAddr {
        drop(self.stop.take());
        drop(self.ended.take().unwrap().await);
        self.address
    }
}

/// A message as it arrived.
#[derive(Debug, Clone)]
pub(crate) struct Received {
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Received {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn kind(&self) -> String {
        self.json()["type"].as_str().unwrap().to_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }
}

/// A receiver of webhooks that keeps what it gets.
#[derive(Clone)]
pub(crate) struct Receiver {
    pub(crate) url: String,
    got: Arc<Mutex<Vec<Received>>>,
}

impl Receiver {
    pub(crate) async fn start() -> Self {
        Self::at("127.0.0.1:0").await
    }

    pub(crate) async fn at(address: &str) -> Self {
        let listener = TcpListener::bind(address).await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let got = Arc::new(Mutex::new(Vec::new()));
        let router =
            Router::new()
                .fallback(any(
                    |State(got): State<Arc<Mutex<Vec<Received>>>>,
                     headers: HeaderMap,
                     body: Bytes| async move {
                        got.lock().unwrap().push(Received { headers, body });
                        StatusCode::NO_CONTENT
                    },
                ))
                .with_state(Arc::clone(&got));
        spawn(async move { drop(axum::serve(listener, router).await) });
        Self { url, got }
    }

    pub(crate) fn got(&self) -> Vec<Received> {
        self.got.lock().unwrap().clone()
    }

    pub(crate) async fn wait(&self, count: usize) -> Vec<Received> {
        until(&format!("{count} messages"), async || {
            Some(self.got()).filter(|got| got.len() >= count)
        })
        .await
    }
}
