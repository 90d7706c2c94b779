//! A private PostgreSQL cluster for the length of a run.

use crate::{Fault, child::Beside};
use monitorah_core::Env;
use sqlx::{Connection, PgConnection, postgres::PgConnectOptions};
use std::{
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
};
use tempfile::TempDir;

/// The user that the server runs as when the bench runs as root, which PostgreSQL refuses.
const USER: &str = "postgres";

/// A running cluster; ended and removed when dropped.
#[derive(Debug)]
pub(crate) struct Cluster {
    _server: Beside,
    folder: TempDir,
}

fn binaries() -> Result<PathBuf, Fault> {
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"))
        .filter(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
        .collect();
    versions.sort();
    versions.pop().ok_or_else(|| {
        "there is no PostgreSQL server below /usr/lib/postgresql: run `apt-get install postgresql`".into()
    })
}

/// The program and its arguments, as the user that may run it.
fn as_user(program: &Path, arguments: &[&str]) -> (PathBuf, Vec<String>) {
    let mut all: Vec<String> = Vec::new();
    let program = if rustix::process::geteuid().is_root() {
        all.extend([
            format!("--reuid={USER}"),
            format!("--regid={USER}"),
            "--init-groups".to_owned(),
            "--no-new-privs".to_owned(),
            program.display().to_string(),
        ]);
        PathBuf::from("/usr/bin/setpriv")
    } else {
        program.to_owned()
    };
    all.extend(arguments.iter().map(|&one| one.to_owned()));
    (program, all)
}

impl Cluster {
    /// Makes and starts a cluster that listens on a socket in its own folder only. Neither arm
    /// waits for the disk.
    pub(crate) async fn start(environment: &Env) -> Result<Self, Fault> {
        let binaries = binaries()?;
        // A short path: a socket's is at most 107 bytes.
        let folder = tempfile::Builder::new().prefix("pg").tempdir_in("/tmp")?;
        let open = std::fs::Permissions::from_mode(0o1777);
        std::fs::set_permissions(folder.path(), open)?;
        let data = folder.path().join("data");
        let data = data
            .to_str()
            .ok_or("the path of the cluster is not UTF-8")?;
        let socket = folder
            .path()
            .to_str()
            .ok_or("the path of the cluster is not UTF-8")?;
        let (program, arguments) = as_user(
            &binaries.join("initdb"),
            &[
                "--no-sync",
                "-A",
                "trust",
                "--locale=C.UTF-8",
                "-U",
                USER,
                "-D",
                data,
            ],
        );
        #[expect(clippy::disallowed_methods, reason = "the bench makes its own cluster")]
        let made = Command::new(program)
            .args(arguments)
            .current_dir(folder.path())
            .output()?;
        if !made.status.success() {
            return Err(format!("initdb failed: {}", String::from_utf8_lossy(&made.stderr)).into());
        }
        let settings = ["listen_addresses=", "fsync=off", "shared_buffers=128MB"];
        let mut all = vec!["-D", data, "-k", socket];
        all.extend(settings.iter().flat_map(|setting| ["-c", setting]));
        let (program, arguments) = as_user(&binaries.join("postgres"), &all);
        let log = std::fs::File::create(folder.path().join("log"))?;
        let cluster = Self {
            _server: Beside::start(&program, &arguments, &[], Some(log))?,
            folder,
        };
        let begun = environment.monotonic();
        while PgConnection::connect_with(&cluster.options())
            .await
            .is_err()
        {
            if crate::driver::seconds(environment, begun) > 20.0 {
                return Err("the PostgreSQL server did not start".into());
            }
            environment
                .sleep(std::time::Duration::from_millis(20))
                .await;
        }
        Ok(cluster)
    }

    /// How its one database is connected to.
    pub(crate) fn options(&self) -> PgConnectOptions {
        PgConnectOptions::new()
            .socket(self.folder.path())
            .username(USER)
            .database("postgres")
    }
}
