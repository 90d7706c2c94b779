//! A running server with an account, on a port of its own.

use crate::{Fault, process::command};
use serde_json::Value;
use std::{
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Child, Command, Stdio},
};
use tempfile::TempDir;

/// The server; it ends with its owner.
pub(super) struct Server {
    process: Child,
    /// Where it is.
    pub(super) url: String,
    /// A key with every scope.
    pub(super) key: String,
    _folder: TempDir,
}

impl Server {
    /// Starts one that takes so many requests a minute.
    pub(super) fn start(binary: &Path, per_minute: u32) -> Result<Self, Fault> {
        let folder = TempDir::new()?;
        // Not there yet: the server makes it, closed to others.
        let data = folder.path().join("data");
        let monitorah = |words: &[&str]| -> Command {
            let mut command = command(&binary.to_string_lossy());
            command.args(words).arg("--data-dir").arg(&data).env_clear();
            command.current_dir(folder.path());
            command
        };
        let founded = monitorah(&["setup", "--email", "a@example.org", "--json"]).output()?;
        let said: Value = serde_json::from_slice(&founded.stdout)
            .map_err(|_| format!("no account: {}", String::from_utf8_lossy(&founded.stderr)))?;
        let key = said.get("apiKey").and_then(Value::as_str);
        let key = key.ok_or("the account has no key")?.to_owned();
        let mut process = monitorah(&["serve", "--listen", "127.0.0.1:0"])
            .env("MONITORAH_RATE_LIMIT_PER_MINUTE", per_minute.to_string())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()?;
        let mut log = BufReader::new(process.stderr.take().ok_or("no log")?);
        let mut server = Self {
            process,
            url: String::new(),
            key,
            _folder: folder,
        };
        let mut line = String::new();
        while server.url.is_empty() {
            line.clear();
            if log.read_line(&mut line)? == 0 {
                return Err("the server ended before it listened".into());
            }
            if let Some((_, url)) = line.split_once("monitorah listens on ") {
                url.trim().clone_into(&mut server.url);
            }
        }
        // A full pipe would stop the server.
        std::thread::spawn(move || log.read_to_end(&mut Vec::new()));
        Ok(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
