//! A private PostgreSQL cluster for the length of a test.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    dead_code,
    reason = "a rig that cannot be set up fails its test"
)]

use monitorah_core::environment::{Environment, SystemEnvironment};
use sqlx::{Connection, PgConnection, postgres::PgConnectOptions};
use std::{
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

/// The user that the server runs as when the test runs as root, which PostgreSQL refuses.
const USER: &str = "postgres";
/// How long the server may take to answer.
const START: Duration = Duration::from_secs(20);

/// A running cluster; stopped by its process id and removed when dropped.
pub(crate) struct Cluster {
    server: Child,
    directory: tempfile::TempDir,
    databases: AtomicU32,
    /// More of its settings, and the port that names its socket.
    settings: Vec<String>,
    port: u16,
    /// Whether there is a migrated database to copy.
    template: tokio::sync::Mutex<bool>,
}

/// The database that migrated ones are copied from.
const TEMPLATE: &str = "migrated";

fn binaries() -> PathBuf {
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"))
        .collect();
    versions.sort();
    #[expect(
        clippy::disallowed_methods,
        reason = "where the programs of this machine are is no setting of ours"
    )]
    let path = std::env::var_os("PATH").unwrap_or_default();
    versions.extend(std::env::split_paths(&path));
    versions
        .into_iter()
        .rev()
        .find(|directory| {
            directory.join("initdb").is_file() && directory.join("postgres").is_file()
        })
        .expect(
            "this test runs a private PostgreSQL server and found no initdb and postgres below \
             /usr/lib/postgresql or in PATH: install them, on Debian with `apt-get install \
             postgresql`",
        )
}

#[expect(
    clippy::disallowed_methods,
    reason = "a rig starts the server that the test is about"
)]
fn command(program: &Path) -> Command {
    if rustix::process::geteuid().is_root() {
        let mut command = Command::new("setpriv");
        command
            .arg(format!("--reuid={USER}"))
            .arg(format!("--regid={USER}"))
            .args(["--init-groups", "--no-new-privs"])
            .arg(program);
        command
    } else {
        Command::new(program)
    }
}

/// Starts the server of a cluster. What was acknowledged survives the process, and that is all
/// that a test can take from it: it keeps no power from the machine.
fn serve(binaries: &Path, directory: &Path, settings: &[String], port: u16) -> Child {
    command(&binaries.join("postgres"))
        .arg("-D")
        .arg(directory.join("data"))
        .arg("-k")
        .arg(directory)
        .args(["-c", "listen_addresses=", "-c", "fsync=off"])
        .args(["-p", &port.to_string()])
        .args(settings.iter().flat_map(|setting| ["-c", setting]))
        .args(["-c", "shared_buffers=16MB"])
        // Each suite leaves the connections of its pool to be closed by themselves.
        .args(["-c", "max_connections=200"])
        .current_dir(directory)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

impl Cluster {
    /// Makes and starts a cluster that listens on a socket in its own folder only.
    pub(crate) async fn start() -> Self {
        Self::start_with(&[], &[], 5432).await
    }

    /// The same with more settings, files in its folder that its user owns, and a port.
    pub(crate) async fn start_with(settings: &[&str], files: &[(&str, &str)], port: u16) -> Self {
        let binaries = binaries();
        // A short path: a socket's is at most 107 bytes.
        let directory = tempfile::Builder::new()
            .prefix("pg")
            .tempdir_in("/tmp")
            .unwrap();
        // The server's user makes its own folder inside.
        let open = std::fs::Permissions::from_mode(0o1777);
        std::fs::set_permissions(directory.path(), open).unwrap();
        let data = directory.path().join("data");
        let made = command(&binaries.join("initdb"))
            .args([
                "--no-sync",
                "-A",
                "trust",
                "--locale=C.UTF-8",
                "-U",
                USER,
                "-D",
            ])
            .arg(&data)
            .current_dir(directory.path())
            .output()
            .unwrap();
        assert!(
            made.status.success(),
            "initdb failed: {}",
            String::from_utf8_lossy(&made.stderr)
        );
        for (name, text) in files {
            let given = directory.path().join(format!("{name}.given"));
            std::fs::write(&given, text).unwrap();
            let copied = command(Path::new("install"))
                .args(["-m", "600"])
                .args([&given, &directory.path().join(name)])
                .status()
                .unwrap();
            assert!(copied.success(), "{name} is not written");
        }
        let settings: Vec<String> = settings.iter().map(|&one| one.to_owned()).collect();
        let server = serve(&binaries, directory.path(), &settings, port);
        let cluster = Self {
            settings,
            port,
            server,
            directory,
            databases: AtomicU32::new(0),
            template: tokio::sync::Mutex::new(false),
        };
        cluster.wait().await;
        cluster
    }

    async fn wait(&self) {
        // A starting server tells nobody when it is ready: ask it until it answers.
        let environment = SystemEnvironment::new();
        let started = environment.monotonic();
        while PgConnection::connect_with(&self.options("postgres"))
            .await
            .is_err()
        {
            assert!(
                environment.monotonic() - started < START,
                "the PostgreSQL server did not start"
            );
            environment.sleep(Duration::from_millis(20)).await;
        }
    }

    /// Ends the server at once, as a crash does: whoever is connected loses the connection.
    pub(crate) fn crash(&mut self) {
        self.signal(rustix::process::Signal::QUIT);
        let _ = self.server.wait();
    }

    /// Starts the server again after a crash, and waits until it answers.
    pub(crate) async fn start_again(&mut self) {
        self.server = serve(
            &binaries(),
            self.directory.path(),
            &self.settings,
            self.port,
        );
        self.wait().await;
    }

    fn signal(&self, signal: rustix::process::Signal) {
        // The child is the server itself: setpriv became it.
        if let Ok(id) = i32::try_from(self.server.id())
            && let Some(id) = rustix::process::Pid::from_raw(id)
        {
            let _ = rustix::process::kill_process(id, signal);
        }
    }

    /// Runs statements as the administrator of a database, or of the cluster itself.
    pub(crate) async fn administer(&self, database: &str, statements: &[&str]) {
        let mut connection = PgConnection::connect_with(&self.options(database))
            .await
            .unwrap();
        for statement in statements {
            let text = sqlx::AssertSqlSafe((*statement).to_owned());
            sqlx::raw_sql(text).execute(&mut connection).await.unwrap();
        }
        connection.close().await.unwrap();
    }

    /// Sends a signal to every session of a role.
    pub(crate) async fn signal_sessions(&self, role: &str, signal: rustix::process::Signal) {
        let mut connection = PgConnection::connect_with(&self.options("postgres"))
            .await
            .unwrap();
        let sessions: Vec<i32> =
            sqlx::query_scalar("SELECT pid FROM pg_stat_activity WHERE usename = $1")
                .bind(role)
                .fetch_all(&mut connection)
                .await
                .unwrap();
        assert!(!sessions.is_empty(), "{role} has no session");
        for session in sessions {
            let id = rustix::process::Pid::from_raw(session).unwrap();
            let _ = rustix::process::kill_process(id, signal);
        }
        connection.close().await.unwrap();
    }

    /// The folder of its socket.
    pub(crate) fn socket(&self) -> &Path {
        self.directory.path()
    }

    /// How a server signs in to a database: as a role that `migrate` makes.
    pub(crate) fn login(&self, database: &PgConnectOptions) -> PgConnectOptions {
        database.clone().username("monitorah")
    }

    fn options(&self, database: &str) -> PgConnectOptions {
        PgConnectOptions::new()
            .socket(self.directory.path())
            .port(self.port)
            .username(USER)
            .database(database)
    }

    /// A fresh, empty database.
    pub(crate) async fn database(&self) -> PgConnectOptions {
        let name = self.next();
        self.run(format!("CREATE DATABASE {name}")).await;
        self.options(&name)
    }

    /// A database of its own that `migrate` was run on: the first is migrated, every one is a copy
    /// of it.
    pub(crate) async fn migrated(
        &self,
        migrate: impl AsyncFnOnce(PgConnectOptions),
    ) -> PgConnectOptions {
        let mut template = self.template.lock().await;
        if !*template {
            self.run(format!("CREATE DATABASE {TEMPLATE}")).await;
            migrate(self.options(TEMPLATE)).await;
            *template = true;
        }
        let name = self.next();
        self.run(format!("CREATE DATABASE {name} TEMPLATE {TEMPLATE}"))
            .await;
        // Who may connect is the one thing that a copy does not take with it.
        self.run(format!(
            "REVOKE CONNECT, TEMPORARY ON DATABASE {name} FROM PUBLIC"
        ))
        .await;
        self.run(format!("GRANT CONNECT ON DATABASE {name} TO monitorah"))
            .await;
        self.options(&name)
    }

    fn next(&self) -> String {
        format!("t{}", self.databases.fetch_add(1, Ordering::Relaxed))
    }

    async fn run(&self, text: String) {
        let mut connection = PgConnection::connect_with(&self.options("postgres"))
            .await
            .unwrap();
        sqlx::query(sqlx::AssertSqlSafe(text))
            .execute(&mut connection)
            .await
            .unwrap();
        connection.close().await.unwrap();
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // The fast shutdown.
        self.signal(rustix::process::Signal::INT);
        let _ = self.server.wait();
    }
}
