//! The real server as a process of its own, with a data directory of its own, spoken to by its API.

use crate::{
    Fault,
    home::Home,
    receiver::{self, Record},
};
use futures::FutureExt;
use monitorah_core::Env;
use serde_json::{Value, json};
use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::Stdio,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    sync::oneshot,
};

/// How much of the server's log is kept for whoever wants to know why it ended.
const MAX_LOG: usize = 1024 * 1024;

/// The server's program: built by cargo in the profile of the lab, and so in the same folder.
pub(crate) fn binary() -> Result<PathBuf, Fault> {
    let own = std::env::current_exe()?;
    own.ancestors()
        .skip(1)
        .take(2)
        .map(|folder| folder.join("monitorah"))
        .find(|path| path.is_file())
        .ok_or_else(|| {
            "there is no server beside the lab: run `cargo xtask faultlab`, which builds both"
                .into()
        })
}

/// A running server with a receiver of everything that it tells.
#[derive(Debug)]
pub(crate) struct Server {
    url: String,
    key: String,
    pub(crate) told: Record,
    log: Arc<Mutex<String>>,
    child: Child,
    http: reqwest::Client,
    _folder: TempDir,
}

#[expect(
    clippy::disallowed_methods,
    reason = "the lab runs the server as a process"
)]
pub(crate) fn command(program: &Path, arguments: &[&OsStr]) -> Command {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .env_clear()
        .kill_on_drop(true)
        .stdin(Stdio::null());
    command
}

#[expect(clippy::disallowed_methods, reason = "the lab talks to its own server")]
pub(crate) fn http() -> Result<reqwest::Client, Fault> {
    // Whoever came first has set the same one.
    let _set = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let client = reqwest::Client::builder()
        .no_proxy()
        // The server ends connections that were idle for 15 s: who asks every 15 s would find one
        // that is just being closed.
        .pool_idle_timeout(Duration::from_secs(5));
    Ok(client.build()?)
}

impl Server {
    /// Starts a server on an empty folder with these settings, and an empty database of its own
    /// where its data is kept in one, sets it up, and has everything told to a receiver.
    pub(crate) async fn start(
        environment: &Env,
        program: &Path,
        home: &Home,
        settings: &[(&str, String)],
    ) -> Result<Self, Fault> {
        let mut settings = settings.to_vec();
        settings.extend(home.settings().await?);
        let folder = tempfile::tempdir()?;
        let data = folder.path().join("data");
        let serve: [&OsStr; 5] = [
            "serve".as_ref(),
            "--listen".as_ref(),
            "127.0.0.1:0".as_ref(),
            "--data-dir".as_ref(),
            data.as_ref(),
        ];
        let mut child = command(program, &serve)
            .env("MONITORAH_RATE_LIMIT_PER_MINUTE", "1000000")
            // Each message is judged by itself.
            .env("MONITORAH_MESSAGES_PER_MINUTE", "0")
            .env("MONITORAH_ACCOUNT_MESSAGES_PER_MINUTE", "0")
            .envs(settings.iter().map(|(name, value)| (*name, value)))
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{}: {error}", program.display()))?;
        let log = Arc::new(Mutex::new(String::new()));
        let (told, address) = oneshot::channel();
        if let Some(stderr) = child.stderr.take() {
            let copy = Arc::clone(&log);
            environment.spawn(
                async move {
                    let mut lines = BufReader::new(stderr).lines();
                    let mut told = Some(told);
                    while let Ok(Some(line)) = lines.next_line().await {
                        if let Some(url) = line.strip_prefix("monitorah listens on ")
                            && let Some(told) = told.take()
                        {
                            let _ = told.send(url.to_owned());
                        }
                        let mut copy = copy.lock().unwrap_or_else(PoisonError::into_inner);
                        if copy.len() < MAX_LOG {
                            copy.push_str(&line);
                            copy.push('\n');
                        }
                    }
                }
                .boxed(),
            );
        }
        let Ok(url) = address.await else {
            let log = log.lock().unwrap_or_else(PoisonError::into_inner);
            return Err(format!("the server ended: {log}").into());
        };
        let setup: [&OsStr; 6] = [
            "setup".as_ref(),
            "--email".as_ref(),
            "lab@example.org".as_ref(),
            "--json".as_ref(),
            "--data-dir".as_ref(),
            data.as_ref(),
        ];
        let output = command(program, &setup)
            .envs(settings.iter().map(|(name, value)| (*name, value)))
            .output()
            .await?;
        let said: Value = serde_json::from_slice(&output.stdout)
            .map_err(|_| String::from_utf8_lossy(&output.stderr).into_owned())?;
        let (hook, record) = receiver::start(environment).await?;
        let server = Self {
            url,
            key: said["apiKey"].as_str().unwrap_or_default().to_owned(),
            told: record,
            log,
            child,
            http: http()?,
            _folder: folder,
        };
        let channel = json!({"name": "lab", "type": "WEBHOOK", "config": {"url": hook}});
        let channel = server
            .post("/api/v1/notification-channels", &channel)
            .await?;
        let rule = json!({"name": "all", "channelIds": [channel["id"]], "allMonitors": true});
        let _rule = server.post("/api/v1/notification-rules", &rule).await?;
        Ok(server)
    }

    /// One request: status and body.
    pub(crate) async fn ask(
        &self,
        method: reqwest::Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<(u16, Value), Fault> {
        let mut request = self
            .http
            .request(method, format!("{}{path}", self.url))
            .bearer_auth(&self.key);
        if let Some(body) = body {
            request = request.json(body);
        }
        let response = request.send().await?;
        let status = response.status().as_u16();
        let text = response.text().await?;
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Ok((status, body))
    }

    pub(crate) async fn get(&self, path: &str) -> Result<Value, Fault> {
        match self.ask(reqwest::Method::GET, path, None).await? {
            (200, body) => Ok(body),
            (status, body) => Err(format!("GET {path}: {status} {body}").into()),
        }
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Result<Value, Fault> {
        match self.ask(reqwest::Method::POST, path, Some(body)).await? {
            (200..300, body) => Ok(body),
            (status, body) => Err(format!("POST {path}: {status} {body}").into()),
        }
    }

    /// Forgets the largest memory so far: from here on it is counted anew.
    pub(crate) fn reset_peak(&self) -> Result<(), Fault> {
        std::fs::write(self.proc("clear_refs")?, "5")?;
        Ok(())
    }

    /// The memory in use, and the largest since the last reset: bytes.
    pub(crate) fn memory(&self) -> Result<(u64, u64), Fault> {
        let text = std::fs::read_to_string(self.proc("status")?)?;
        let field = |name: &str| {
            text.lines()
                .find_map(|line| line.strip_prefix(name))
                .and_then(|rest| rest.split_whitespace().next())
                .and_then(|number| number.parse::<u64>().ok())
                .map(|kib| kib * 1024)
                .ok_or_else(|| format!("the system does not say {name} of the server"))
        };
        Ok((field("VmRSS:")?, field("VmHWM:")?))
    }

    fn proc(&self, file: &str) -> Result<PathBuf, Fault> {
        let id = self.child.id().ok_or("the server has ended")?;
        Ok(Path::new("/proc").join(id.to_string()).join(file))
    }

    /// The log so far.
    pub(crate) fn log(&self) -> String {
        let log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        log.clone()
    }

    /// Ends the process.
    pub(crate) async fn stop(mut self) -> Result<(), Fault> {
        let id = self.child.id().and_then(|id| i32::try_from(id).ok());
        let id = id.and_then(rustix::process::Pid::from_raw);
        let id = id.ok_or("the server has ended before the lab did")?;
        rustix::process::kill_process(id, rustix::process::Signal::TERM)?;
        let status = self.child.wait().await?;
        if status.success() {
            Ok(())
        } else {
            Err(format!("the server ended with {status}: {}", self.log()).into())
        }
    }
}
