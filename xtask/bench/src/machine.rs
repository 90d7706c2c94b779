//! What a run was made on: date, commit, and the class of the machine, never its name.

use crate::Fault;
use monitorah_core::Env;
use serde::Serialize;
use std::{path::Path, process::Command};

/// Where and when a run was made.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Machine {
    pub(crate) date: String,
    pub(crate) commit: String,
    pub(crate) cores: usize,
    pub(crate) cpu: String,
    pub(crate) kernel: String,
}

impl Machine {
    pub(crate) fn of_this_run(environment: &Env) -> Result<Self, Fault> {
        let cpus = std::fs::read_to_string("/proc/cpuinfo")?;
        let cpu = cpus
            .lines()
            .find_map(|line| line.strip_prefix("model name"))
            .and_then(|rest| rest.split_once(':'))
            .map_or_else(
                || std::env::consts::ARCH.to_owned(),
                |(_, name)| name.trim().to_owned(),
            );
        Ok(Self {
            date: environment.now().strftime("%Y-%m-%d").to_string(),
            commit: commit(),
            cores: std::thread::available_parallelism()?.get(),
            cpu,
            kernel: std::fs::read_to_string("/proc/sys/kernel/osrelease")?
                .trim()
                .to_owned(),
        })
    }
}

/// The commit of the sources, marked where files differ from it.
fn commit() -> String {
    let git = |arguments: &[&str]| {
        #[expect(clippy::disallowed_methods, reason = "git knows which commit this is")]
        let output = Command::new("git")
            .args(arguments)
            .current_dir(root())
            .output()
            .ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        output.status.success().then(|| text.trim().to_owned())
    };
    let Some(commit) = git(&["rev-parse", "--short=12", "HEAD"]) else {
        return "unknown".to_owned();
    };
    let differs = git(&["status", "--porcelain", "--untracked-files=no"]);
    if differs.is_none_or(|text| !text.is_empty()) {
        return format!("{commit} with changes");
    }
    commit
}

/// The root of the sources.
pub(crate) fn root() -> &'static Path {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.ancestors().nth(2).unwrap_or(own)
}
