//! Where PostgreSQL is, and how much is asked of it at once.

use super::{ConfigFault, File, first_line, setting};
use monitorah_core::Env;
use monitorah_store::{PostgresOptions, PostgresTarget};
use serde::{Deserialize, Deserializer};
use std::{fmt, path::PathBuf, time::Duration};
use zeroize::Zeroizing;

/// A URL as it was written, with its password: masked wherever it is shown.
#[derive(Clone)]
pub(super) struct Url(Zeroizing<String>);

impl<'de> Deserialize<'de> for Url {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self(Zeroizing::new(text)))
    }
}

impl Url {
    pub(super) fn new(text: &str) -> Self {
        Self(Zeroizing::new(text.to_owned()))
    }
}

impl fmt::Debug for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Url(***)")
    }
}

/// A PostgreSQL database, how the server signs in, and the limits of its sessions.
#[derive(Debug, Clone)]
pub struct DatabaseConfig {
    /// How the server signs in.
    pub login: PostgresTarget,
    /// How `monitorah migrate` signs in; nothing else uses it.
    pub admin: Option<PostgresTarget>,
    /// The file of the login's password; empty where there is none.
    pub password_file: PathBuf,
    /// The most connections.
    pub connections: u32,
    /// The longest that a statement may take.
    pub statement_timeout: Duration,
    /// The longest that a statement waits for a lock.
    pub lock_timeout: Duration,
    /// The longest that a transaction may do nothing.
    pub idle_transaction_timeout: Duration,
}

impl DatabaseConfig {
    /// What the store is told.
    #[must_use]
    pub fn options(&self, environment: &Env) -> PostgresOptions {
        PostgresOptions {
            connections: self.connections,
            statement_timeout: self.statement_timeout,
            lock_timeout: self.lock_timeout,
            idle_in_transaction_timeout: self.idle_transaction_timeout,
            ..PostgresOptions::new(Env::clone(environment))
        }
    }
}

/// The most connections that may be asked for: PostgreSQL has a hundred in all by default.
const MAX_CONNECTIONS: u32 = 1_000;
/// The longest limit that may be set: a statement that runs for longer holds everybody up.
const MAX_SECONDS: u32 = 3_600;

impl File {
    /// The database that is set, and what is wrong with it.
    pub(super) fn database(&self, faults: &mut Vec<ConfigFault>) -> Option<DatabaseConfig> {
        let mut parsed = |name: &str, url: &Option<Url>| {
            let target = PostgresTarget::parse(url.as_ref()?.0.as_str());
            target
                .map_err(|fault| faults.push(setting(name, fault.to_string())))
                .ok()
        };
        let login = parsed("database_url", &self.database_url);
        let admin = parsed("database_admin_url", &self.database_admin_url);
        let mut bounded = |name: &str, value: Option<u32>, default: u32, most: u32| {
            let value = value.unwrap_or(default);
            if value == 0 || value > most {
                let why = format!("use a whole number from 1 to {most}");
                faults.push(setting(name, why));
            }
            value
        };
        let connections = bounded(
            "database_connections",
            self.database_connections,
            10,
            MAX_CONNECTIONS,
        );
        let mut seconds = |name: &str, value: Option<u32>, default: u32| {
            Duration::from_secs(bounded(name, value, default, MAX_SECONDS).into())
        };
        let statement_timeout = seconds(
            "database_statement_timeout_seconds",
            self.database_statement_timeout_seconds,
            30,
        );
        let lock_timeout = seconds(
            "database_lock_timeout_seconds",
            self.database_lock_timeout_seconds,
            10,
        );
        let idle_transaction_timeout = seconds(
            "database_idle_transaction_timeout_seconds",
            self.database_idle_transaction_timeout_seconds,
            30,
        );
        if self.database_url.is_none() {
            for (name, set) in [
                (
                    "database_password_file",
                    self.database_password_file.is_some(),
                ),
                ("database_admin_url", self.database_admin_url.is_some()),
            ] {
                if set {
                    faults.push(setting(
                        name,
                        "database_url is not set, so nothing would use this: set it, too",
                    ));
                }
            }
            return None;
        }
        let mut login = login?;
        if let Some(path) = &self.database_password_file {
            match first_line(path) {
                Ok(line) => login = login.with_password(line.expose()),
                Err(why) => faults.push(setting("database_password_file", why)),
            }
        }
        Some(DatabaseConfig {
            login,
            admin,
            password_file: self.database_password_file.clone().unwrap_or_default(),
            connections,
            statement_timeout,
            lock_timeout,
            idle_transaction_timeout,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(url: &str) -> File {
        File {
            database_url: Some(Url::new(url)),
            ..File::default()
        }
    }

    #[test]
    fn a_url_alone_is_enough_and_shows_no_password() {
        let canary = "canary7f3a";
        let file = file(&format!("postgres://u:{canary}@db.example.org/d"));
        let mut faults = Vec::new();
        let config = file.database(&mut faults).unwrap();
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(config.connections, 10);
        assert_eq!(config.statement_timeout, Duration::from_secs(30));
        let told = format!("{file:?} {config:?} {config:#?}");
        assert!(!told.contains(canary), "{told}");
        assert!(told.contains("db.example.org"), "{told}");
    }

    #[test]
    fn the_password_may_be_in_a_file_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("password");
        std::fs::write(&path, "canary7f3a\n").unwrap();
        let with = |path| File {
            database_password_file: Some(path),
            ..file("postgres://u@localhost/d")
        };
        let mut faults = Vec::new();
        assert!(with(path).database(&mut faults).is_some());
        assert!(faults.is_empty(), "{faults:?}");
        with(folder.path().join("absent")).database(&mut faults);
        assert!(
            faults[0].to_string().contains("cannot be read"),
            "{faults:?}"
        );
    }

    #[test]
    fn what_is_wrong_is_told_without_the_url() {
        let canary = "canary7f3a";
        let wrong = File {
            database_connections: Some(0),
            database_lock_timeout_seconds: Some(3_601),
            database_admin_url: Some(Url::new(&format!("postgres://u:{canary}/d"))),
            ..file(&format!("postgres://u:{canary}@h/d?sslmode=no"))
        };
        let mut faults = Vec::new();
        assert!(wrong.database(&mut faults).is_none());
        let told = ConfigFault::all(faults).to_string();
        for says in [
            "database_url: its sslmode",
            "database_admin_url: ",
            "database_connections: ",
            "database_lock_timeout_seconds: ",
        ] {
            assert!(told.contains(says), "{told}");
        }
        assert!(!told.contains(canary), "{told}");
        let alone = File {
            database_admin_url: Some(Url::new("postgres://u@localhost/d")),
            ..File::default()
        };
        let mut faults = Vec::new();
        assert!(alone.database(&mut faults).is_none());
        assert!(
            faults[0].to_string().contains("database_url is not set"),
            "{faults:?}"
        );
    }
}
