//! Private PostgreSQL clusters: for the tests of the product, its bench and its lab.
//!
//! A cluster lives in a folder of its own below `/tmp`, listens on a socket in it, and ends with
//! its value, also where a test panics.

mod program;

use monitorah_core::environment::{Environment, SystemEnvironment};
pub use rustix::process::Signal;
use rustix::process::{Pid, kill_process};
use sqlx::{Connection, PgConnection, postgres::PgConnectOptions};
use std::{
    error::Error,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Child,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};
use tempfile::TempDir;
use tokio::sync::Mutex;

/// What went wrong with the cluster, for the person who runs the test.
pub type Fault = Box<dyn Error + Send + Sync>;

/// How long the server may take to answer.
const START: Duration = Duration::from_secs(20);
/// How often a starting server is asked.
const ASK: Duration = Duration::from_millis(20);
/// The database that migrated ones are copied from.
const TEMPLATE: &str = "migrated";
/// The role that the product signs in as, unless a rig says another.
const LOGIN: &str = "monitorah";

/// A running cluster; stopped by its process id and removed when dropped.
#[derive(Debug)]
pub struct Cluster {
    server: Child,
    folder: TempDir,
    databases: AtomicU32,
    /// More of its settings, and the port that names its socket.
    settings: Vec<String>,
    port: u16,
    /// Whether there is a migrated database to copy.
    template: Mutex<bool>,
}

impl Cluster {
    /// Makes and starts a cluster that listens on a socket in its own folder only.
    ///
    /// What was acknowledged survives the process, and that is all that a test can take from it:
    /// it keeps no power from the machine. So the server does not wait for the disk, unless
    /// [`Cluster::start_with`] says `fsync=on`.
    pub async fn start() -> Result<Self, Fault> {
        Self::start_with(&[], &[], 5432).await
    }

    /// The same with more settings, which count more than those of the rig, files in its folder
    /// that its user owns, and a port.
    pub async fn start_with(
        settings: &[&str],
        files: &[(&str, &str)],
        port: u16,
    ) -> Result<Self, Fault> {
        Self::start_in(Path::new("/tmp"), settings, files, port).await
    }

    /// The same in a folder of its own in this one, which its user must be able to reach.
    pub async fn start_in(
        place: &Path,
        settings: &[&str],
        files: &[(&str, &str)],
        port: u16,
    ) -> Result<Self, Fault> {
        // A short path: a socket's is at most 107 bytes.
        let folder = tempfile::Builder::new().prefix("pg").tempdir_in(place)?;
        // The server's user makes its own folder inside.
        let open = std::fs::Permissions::from_mode(0o1777);
        std::fs::set_permissions(folder.path(), open)?;
        let binaries = program::binaries()?;
        program::make(&binaries, folder.path())?;
        for (name, text) in files {
            program::give(folder.path(), name, text)?;
        }
        let settings: Vec<String> = settings.iter().map(|&one| one.to_owned()).collect();
        let server = program::serve(&binaries, folder.path(), &settings, port)?;
        let mut cluster = Self {
            server,
            folder,
            databases: AtomicU32::new(0),
            settings,
            port,
            template: Mutex::new(false),
        };
        cluster.answers().await?;
        Ok(cluster)
    }

    async fn answers(&mut self) -> Result<(), Fault> {
        // A starting server tells nobody when it is ready: ask it until it answers.
        let environment = SystemEnvironment::new();
        let started = environment.monotonic();
        while let Err(error) = PgConnection::connect_with(&self.options("postgres")).await {
            let ended = self.server.try_wait()?;
            if ended.is_some() || environment.monotonic() - started >= START {
                let log = std::fs::read_to_string(self.log()).unwrap_or_default();
                return Err(format!(
                    "the PostgreSQL server did not start: {error}; it says: {log}"
                )
                .into());
            }
            environment.sleep(ASK).await;
        }
        Ok(())
    }

    /// Ends the server at once, as a crash does: whoever is connected loses the connection.
    pub fn crash(&mut self) -> Result<(), Fault> {
        self.signal(Signal::QUIT)?;
        self.server.wait()?;
        Ok(())
    }

    /// Whether the server has ended, by itself or because it was told to.
    pub fn has_ended(&mut self) -> Result<bool, Fault> {
        Ok(self.server.try_wait()?.is_some())
    }

    /// Starts the server again after a crash, and waits until it answers.
    pub async fn start_again(&mut self) -> Result<(), Fault> {
        let binaries = program::binaries()?;
        self.server = program::serve(&binaries, self.folder.path(), &self.settings, self.port)?;
        self.answers().await
    }

    /// Sends a signal to the server itself, not to its sessions.
    pub fn signal(&self, signal: Signal) -> Result<(), Fault> {
        // The child is the server itself: setpriv became it.
        let id = i32::try_from(self.server.id())?;
        let id = Pid::from_raw(id).ok_or("the server has no process id")?;
        Ok(kill_process(id, signal)?)
    }

    /// Sends a signal to every session of a role.
    pub async fn signal_sessions(&self, role: &str, signal: Signal) -> Result<(), Fault> {
        let mut connection = PgConnection::connect_with(&self.options("postgres")).await?;
        let text = "SELECT pid FROM pg_stat_activity WHERE usename = $1";
        let sessions: Vec<i32> = sqlx::query_scalar(text)
            .bind(role)
            .fetch_all(&mut connection)
            .await?;
        if sessions.is_empty() {
            return Err(format!("{role} has no session").into());
        }
        for id in sessions.into_iter().filter_map(Pid::from_raw) {
            // One that has ended meanwhile needs no signal.
            let _gone = kill_process(id, signal);
        }
        Ok(connection.close().await?)
    }

    /// Runs statements as the administrator of a database, or of the cluster itself.
    pub async fn administer(&self, database: &str, statements: &[&str]) -> Result<(), Fault> {
        let mut connection = PgConnection::connect_with(&self.options(database)).await?;
        for statement in statements {
            let text = sqlx::AssertSqlSafe((*statement).to_owned());
            sqlx::raw_sql(text).execute(&mut connection).await?;
        }
        Ok(connection.close().await?)
    }

    /// The folder of its socket, of its data (`data`) and of its log (`log`).
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What the server itself says.
    pub fn log(&self) -> PathBuf {
        self.folder.path().join(program::LOG)
    }

    /// How its administrator signs in to a database; `postgres` is always there.
    pub fn options(&self, database: &str) -> PgConnectOptions {
        PgConnectOptions::new()
            .socket(self.folder.path())
            .port(self.port)
            .username(program::USER)
            .database(database)
    }

    /// How a server signs in to a database: as a role that `migrate` makes.
    pub fn login(&self, database: &PgConnectOptions) -> PgConnectOptions {
        database.clone().username(LOGIN)
    }

    /// The URL of a database for the administrator.
    pub fn admin_url(&self, database: &str) -> String {
        self.url(program::USER, database)
    }

    /// The URL of a database for a server, with a password that anybody may know.
    pub fn login_url(&self, database: &str, password: &str) -> String {
        self.url(&format!("{LOGIN}:{password}"), database)
    }

    fn url(&self, who: &str, database: &str) -> String {
        let socket = self.folder.path().display().to_string();
        let socket = socket.replace('/', "%2F");
        format!("postgres://{who}@{socket}:{}/{database}", self.port)
    }

    /// A fresh, empty database.
    pub async fn database(&self) -> Result<PgConnectOptions, Fault> {
        let name = self.name();
        let create = format!("CREATE DATABASE {name}");
        self.administer("postgres", &[&create]).await?;
        Ok(self.options(&name))
    }

    /// A database of its own that `migrate` was run on: the first is migrated, every one is a copy
    /// of it.
    pub async fn migrated(
        &self,
        migrate: impl AsyncFnOnce(PgConnectOptions) -> Result<(), Fault>,
    ) -> Result<PgConnectOptions, Fault> {
        let mut template = self.template.lock().await;
        if !*template {
            let create = format!("CREATE DATABASE {TEMPLATE}");
            self.administer("postgres", &[&create]).await?;
            migrate(self.options(TEMPLATE)).await?;
            *template = true;
        }
        let name = self.name();
        let copy = [
            format!("CREATE DATABASE {name} TEMPLATE {TEMPLATE}"),
            // Who may connect is the one thing that a copy does not take with it.
            format!("REVOKE CONNECT, TEMPORARY ON DATABASE {name} FROM PUBLIC"),
            format!("GRANT CONNECT ON DATABASE {name} TO {LOGIN}"),
        ];
        let copy: Vec<&str> = copy.iter().map(String::as_str).collect();
        self.administer("postgres", &copy).await?;
        Ok(self.options(&name))
    }

    /// Every database and role, as `pg_dumpall` writes them.
    pub fn dump(&self) -> Result<Vec<u8>, Fault> {
        program::dump(&program::binaries()?, self.folder.path(), self.port)
    }

    fn name(&self) -> String {
        format!("t{}", self.databases.fetch_add(1, Ordering::Relaxed))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Its folder goes with it: it need not shut down in order. What a test has stopped first
        // goes on, and sessions that do not are ended by the server after five seconds.
        let _ended = self.signal(Signal::QUIT);
        let _ended = self.signal(Signal::CONT);
        let _ended = self.server.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_cluster_starts_answers_comes_back_and_is_gone() {
        let mut cluster = Cluster::start().await.unwrap();
        let database = cluster.database().await.unwrap();
        let name = database.get_database().unwrap().to_owned();
        let keep = "CREATE TABLE kept AS SELECT 1 AS number";
        cluster.administer(&name, &[keep]).await.unwrap();
        cluster.crash().unwrap();
        assert!(PgConnection::connect_with(&database).await.is_err());
        cluster.start_again().await.unwrap();
        cluster
            .administer(&name, &["SELECT number FROM kept"])
            .await
            .unwrap();
        let wrong = cluster
            .administer(&name, &["SELECT", "SELECT nothing"])
            .await;
        assert!(wrong.is_err());
        let log = std::fs::read_to_string(cluster.log()).unwrap();
        assert!(log.contains("\"nothing\" does not exist"), "{log}");
        // Sessions and server that do not answer do not keep it from ending.
        let open = PgConnection::connect_with(&database).await.unwrap();
        cluster.signal(Signal::STOP).unwrap();
        let (id, folder) = (cluster.server.id(), cluster.folder().to_owned());
        drop(cluster);
        assert!(!Path::new("/proc").join(id.to_string()).exists());
        assert!(!folder.exists());
        drop(open);
    }

    #[tokio::test]
    async fn a_server_that_cannot_start_says_why() {
        let refused = Cluster::start_with(&["no_such_setting=1"], &[], 5432).await;
        let fault = refused.unwrap_err().to_string();
        assert!(fault.contains("no_such_setting"), "{fault}");
    }
}
