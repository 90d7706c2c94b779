//! Processes beside the run: this program again in a role of its own, the real server, a peer. Each
//! ends with the run, and tells what it costs through the system's own count.

use crate::Fault;
use serde::{Serialize, de::DeserializeOwned};
use std::{ffi::OsStr, path::Path, process::Stdio};
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
};

/// A process that was started by the run.
#[derive(Debug)]
pub(crate) struct Beside {
    child: Child,
    name: String,
    lines: Option<Lines<BufReader<ChildStdout>>>,
}

impl Beside {
    /// Starts a program; what it says on stdout can be read line by line.
    #[expect(
        clippy::disallowed_methods,
        reason = "targets, peers and the product run as processes of their own"
    )]
    pub(crate) fn start<A: AsRef<OsStr>>(
        program: &Path,
        arguments: &[A],
        settings: &[(&str, String)],
        log: Option<std::fs::File>,
    ) -> Result<Self, Fault> {
        let mut child = Command::new(program)
            .args(arguments)
            .envs(settings.iter().map(|(name, value)| (*name, value)))
            .kill_on_drop(true)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log.map_or_else(Stdio::inherit, Stdio::from))
            .spawn()
            .map_err(|error| format!("{}: {error}", program.display()))?;
        let lines = child.stdout.take().map(|out| BufReader::new(out).lines());
        let name = program
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        Ok(Self { child, name, lines })
    }

    /// Starts this program in a role; what the role needs to know is one argument of JSON.
    pub(crate) fn role(role: &str, what: &impl Serialize) -> Result<Self, Fault> {
        let what = serde_json::to_string(what)?;
        let own = std::env::current_exe()?;
        let mut beside = Self::start(&own, &["role", role, what.as_str()], &[], None)?;
        role.clone_into(&mut beside.name);
        Ok(beside)
    }

    /// The same on one core: taken away before it starts, so that its runtime knows of one only.
    pub(crate) fn role_on_one_core(role: &str, what: &impl Serialize) -> Result<Self, Fault> {
        let what = serde_json::to_string(what)?;
        let own = std::env::current_exe()?;
        let own = own.to_str().ok_or("the path of the bench is not UTF-8")?;
        let arguments = ["--cpu-list", "0", own, "role", role, what.as_str()];
        let mut beside = Self::start(Path::new("/usr/bin/taskset"), &arguments, &[], None)?;
        role.clone_into(&mut beside.name);
        Ok(beside)
    }

    /// The next line, as JSON.
    pub(crate) async fn hear<T: DeserializeOwned>(&mut self) -> Result<T, Fault> {
        let line = self.line().await?;
        serde_json::from_str(&line)
            .map_err(|error| format!("{}: {error}: {line}", self.name).into())
    }

    /// The next line.
    pub(crate) async fn line(&mut self) -> Result<String, Fault> {
        let ended = || format!("{} ended before it said what it was to say", self.name);
        let lines = self.lines.as_mut().ok_or_else(ended)?;
        Ok(lines.next_line().await?.ok_or_else(ended)?)
    }

    fn proc(&self, file: &str) -> Result<String, Fault> {
        let id = self
            .child
            .id()
            .ok_or_else(|| format!("{} has ended", self.name))?;
        Ok(std::fs::read_to_string(format!("/proc/{id}/{file}"))?)
    }

    /// How long its threads have run, those that have ended too: seconds, in steps of a hundredth.
    pub(crate) fn cpu(&self) -> Result<f64, Fault> {
        let stat = self.proc("stat")?;
        // The name stands in parentheses and may hold anything; user and system time are the
        // 12th and 13th field after it (proc(5)).
        let rest = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
        let ticks: f64 = rest
            .split_whitespace()
            .skip(11)
            .take(2)
            .filter_map(|ticks| ticks.parse::<f64>().ok())
            .sum();
        let second = rustix::param::clock_ticks_per_second() as f64;
        Ok(ticks / second)
    }

    /// The memory that it holds: KiB.
    pub(crate) fn resident(&self) -> Result<f64, Fault> {
        self.proc("status")?
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))
            .and_then(|rest| rest.split_whitespace().next())
            .and_then(|kib| kib.parse().ok())
            .ok_or_else(|| {
                format!(
                    "the system does not say how much memory {} holds",
                    self.name
                )
                .into()
            })
    }

    /// Ends it the way a user would, and waits until it has.
    pub(crate) async fn stop(mut self) -> Result<(), Fault> {
        let id = self.child.id().and_then(|id| i32::try_from(id).ok());
        if let Some(id) = id.and_then(rustix::process::Pid::from_raw) {
            rustix::process::kill_process(id, rustix::process::Signal::TERM)?;
        }
        self.child.wait().await?;
        Ok(())
    }
}

/// How long this process has run on all its threads: seconds.
pub(crate) fn own_cpu() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

/// A program of the same build, beside this one.
pub(crate) fn sibling(name: &str) -> Result<std::path::PathBuf, Fault> {
    let own = std::env::current_exe()?;
    own.ancestors()
        .skip(1)
        .take(2)
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
        .ok_or_else(|| {
            format!(
                "there is no {name} beside the bench: run `cargo xtask bench`, which builds both"
            )
            .into()
        })
}
