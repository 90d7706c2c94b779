//! The real server as a process that is started again and again on the same data.

use super::database::Keeper;
use crate::{Fault, product};
use futures::FutureExt;
use monitorah_core::{Env, environment::timeout};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use std::{
    ffi::OsStr,
    os::unix::process::ExitStatusExt,
    path::PathBuf,
    process::Stdio,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::Child,
    sync::oneshot,
};

/// How long a start may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// How much of a life's log is kept for whoever wants to know why it ended.
const MAX_LOG: usize = 64 * 1024;

/// What every life has in common.
#[derive(Debug)]
pub(crate) struct Ground {
    pub(crate) program: PathBuf,
    pub(crate) data: PathBuf,
    pub(crate) keeper: Keeper,
    /// More of the environment of each life.
    pub(crate) settings: Vec<(&'static str, String)>,
}

/// A running server.
#[derive(Debug)]
pub(crate) struct Life {
    pub(crate) url: String,
    child: Child,
    log: Arc<Mutex<String>>,
}

impl Ground {
    fn command(&self, arguments: &[&str]) -> tokio::process::Command {
        let mut all: Vec<&OsStr> = arguments.iter().map(OsStr::new).collect();
        all.extend([OsStr::new("--data-dir"), self.data.as_os_str()]);
        let mut command = product::command(&self.program, &all);
        command.envs(self.keeper.settings());
        command
    }

    /// Makes the first account; returns its key.
    pub(crate) async fn set_up(&self) -> Result<String, Fault> {
        self.keeper.prepare(&self.program, &self.data).await?;
        let setup = ["setup", "--email", "lab@example.org", "--json"];
        let output = self.command(&setup).output().await?;
        let said: Value = serde_json::from_slice(&output.stdout)
            .map_err(|_| String::from_utf8_lossy(&output.stderr).into_owned())?;
        Ok(said["apiKey"].as_str().unwrap_or_default().to_owned())
    }

    /// Refuses a program without fail points, which would be killed at random moments only.
    pub(crate) async fn insist_on_fail_points(&self) -> Result<(), Fault> {
        let mut command = self.command(&["setup", "--email", "lab@example.org"]);
        let output = command.env("MONITORAH_FAIL_POINT", "?").output().await?;
        if String::from_utf8_lossy(&output.stderr).contains("is no fail point") {
            return Ok(());
        }
        Err(format!(
            "{} has no fail points: run `cargo xtask soak kills`, or build it with `cargo build \
             --release --package monitorah-server --features fail-points` and name it with --server",
            self.program.display()
        )
        .into())
    }

    /// Starts a server that ends itself at this point, if at any. Nothing when it came to that
    /// point before it listened.
    pub(crate) async fn start(
        &self,
        environment: &Env,
        point: Option<&str>,
    ) -> Result<Option<Life>, Fault> {
        let mut command = self.command(&["serve", "--listen", "127.0.0.1:0"]);
        command
            .env("MONITORAH_RATE_LIMIT_PER_MINUTE", "1000000")
            // Each message is judged by itself.
            .env("MONITORAH_MESSAGES_PER_MINUTE", "0")
            .env("MONITORAH_ACCOUNT_MESSAGES_PER_MINUTE", "0")
            .envs(self.settings.iter().map(|(name, value)| (*name, value)))
            .envs(point.map(|point| ("MONITORAH_FAIL_POINT", point)))
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let mut child = command.spawn()?;
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
        match timeout(&**environment, PATIENCE, address).await {
            Ok(Ok(url)) => Ok(Some(Life { url, child, log })),
            Ok(Err(_)) => {
                let status = child.wait().await?;
                if point.is_some() && status.signal() == Some(Signal::KILL.as_raw()) {
                    return Ok(None);
                }
                let log = log.lock().unwrap_or_else(PoisonError::into_inner);
                Err(format!("the server did not start ({status}): {log}").into())
            }
            Err(_) => Err("the server did not listen within 30 s".into()),
        }
    }
}

impl Life {
    fn pid(&self) -> Option<Pid> {
        let id = self.child.id().and_then(|id| i32::try_from(id).ok())?;
        Pid::from_raw(id)
    }

    /// Kills it at once, and waits until it is gone.
    pub(crate) async fn kill(&mut self) -> Result<(), Fault> {
        if let Some(id) = self.pid() {
            kill_process(id, Signal::KILL)?;
        }
        self.ended().await
    }

    /// Waits until it was killed, by itself or by somebody: any other end is a fault of its own.
    pub(crate) async fn ended(&mut self) -> Result<(), Fault> {
        let status = self.child.wait().await?;
        if status.signal() == Some(Signal::KILL.as_raw()) {
            return Ok(());
        }
        Err(format!("the server ended by itself ({status}): {}", self.log()).into())
    }

    /// Sends it a signal.
    pub(crate) fn signal(&self, signal: Signal) -> Result<(), Fault> {
        let id = self.pid().ok_or("the server has ended")?;
        Ok(kill_process(id, signal)?)
    }

    /// The memory that it holds: bytes.
    pub(crate) fn resident(&self) -> Result<u64, Fault> {
        let id = self.child.id().ok_or("the server has ended")?;
        let text = std::fs::read_to_string(format!("/proc/{id}/status"))?;
        let kib = text
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))
            .and_then(|rest| rest.split_whitespace().next())
            .and_then(|number| number.parse::<u64>().ok());
        let kib = kib.ok_or("the system does not say how much memory the server holds")?;
        Ok(kib * 1024)
    }

    /// Asks it to stop, as an operator does.
    pub(crate) async fn stop(mut self) -> Result<(), Fault> {
        self.signal(Signal::TERM)?;
        let status = self.child.wait().await?;
        if status.success() {
            return Ok(());
        }
        Err(format!("the server ended with {status}: {}", self.log()).into())
    }

    fn log(&self) -> String {
        let log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        log.clone()
    }
}
