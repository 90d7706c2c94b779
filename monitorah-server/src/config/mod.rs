//! The configuration: a file, then the environment, then flags; the later one wins. Nothing else reads the environment.

mod check;
mod database;
mod file;
mod resolve;

use monitorah_core::{Region, Secret, net::Network};
use serde::Deserialize;
use std::{
    io::Read,
    net::SocketAddr,
    num::NonZeroU32,
    path::{Path, PathBuf},
};

pub use check::{Origin, Report, Setting, report};
pub use database::DatabaseConfig;

/// Which targets may be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TargetPolicy {
    /// Private addresses too: an installation of one operator.
    Any,
    /// Public addresses only.
    Public,
}

/// Who may sign up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SignUp {
    /// Nobody but the operator's own set-up.
    Closed,
    /// Everybody. Then only public targets may be reached.
    Open,
}

/// The form of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// Lines for people.
    Text,
    /// One JSON object a line.
    Json,
}

/// A configuration file, every field optional.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    data_dir: Option<PathBuf>,
    database_url: Option<database::Url>,
    database_password_file: Option<PathBuf>,
    database_admin_url: Option<database::Url>,
    database_connections: Option<u32>,
    database_statement_timeout_seconds: Option<u32>,
    database_lock_timeout_seconds: Option<u32>,
    database_idle_transaction_timeout_seconds: Option<u32>,
    listen: Option<String>,
    public_url: Option<String>,
    behind_proxy: Option<bool>,
    region: Option<String>,
    targets: Option<TargetPolicy>,
    allow_targets: Option<Vec<String>>,
    sign_up: Option<SignUp>,
    rate_limit_per_minute: Option<u32>,
    messages_per_minute: Option<u32>,
    account_messages_per_minute: Option<u32>,
    reference_targets: Option<Vec<String>>,
    log: Option<String>,
    log_format: Option<LogFormat>,
}

/// What the command line says; it wins over the file and the environment.
#[derive(Debug, Clone, Default)]
pub struct Flags {
    /// The configuration file.
    pub config: Option<PathBuf>,
    /// The folder of the database and the root key.
    pub data_dir: Option<PathBuf>,
    /// Where to listen.
    pub listen: Option<String>,
}

/// The configuration in force.
#[derive(Debug, Clone)]
pub struct Config {
    /// The folder of the embedded database and the root key.
    pub data_dir: PathBuf,
    /// The PostgreSQL database; without one the embedded database keeps the data.
    pub database: Option<DatabaseConfig>,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where people reach this server.
    pub public_url: String,
    /// Where messages link to: `public_url`, where one was set.
    pub links: Option<String>,
    /// Whether a proxy in front of us speaks TLS and names the client.
    pub behind_proxy: bool,
    /// Where the data lives.
    pub region: Region,
    /// Which targets may be reached.
    pub targets: TargetPolicy,
    /// Networks that may be reached although `targets` is `public`.
    pub allow_targets: Vec<Network>,
    /// Who may sign up.
    pub sign_up: SignUp,
    /// Requests a minute for each key, and for each address without one.
    pub rate_limit_per_minute: NonZeroU32,
    /// Messages a minute to one channel before they are grouped; 0 is without a limit.
    pub messages_per_minute: u32,
    /// Messages a minute to all channels of an account before they are grouped; 0 is without a
    /// limit.
    pub account_messages_per_minute: u32,
    /// `host:port` of targets that are known to be well.
    pub reference_targets: Vec<String>,
    /// What is logged, as a filter of the form `info,monitorah_core=debug`.
    pub log: String,
    /// The form of the log.
    pub log_format: LogFormat,
}

/// The configuration cannot be used. The message names the setting and what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigFault {
    /// The file cannot be read.
    #[error("the configuration file {path} cannot be read: {why}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// The file sets what is no setting.
    #[error("{0}")]
    Unknown(String),
    /// A setting has a value that it cannot have.
    #[error("{setting}: {why}")]
    Setting {
        /// The setting, with where it was set.
        setting: String,
        /// What is wrong and what to do.
        why: String,
    },
    /// Settings that are each fine are unsafe together.
    #[error("unsafe: {0}")]
    Unsafe(String),
    /// More than one of these.
    #[error("{}", said(.0))]
    Several(Vec<ConfigFault>),
}

impl ConfigFault {
    /// All of these, of which there is at least one.
    fn all(mut faults: Vec<Self>) -> Self {
        match faults.pop() {
            Some(only) if faults.is_empty() => only,
            last => {
                faults.extend(last);
                Self::Several(faults)
            }
        }
    }
}

fn said(faults: &[ConfigFault]) -> String {
    let all: Vec<_> = faults.iter().map(ToString::to_string).collect();
    all.join("; ")
}

fn setting(name: &str, why: impl Into<String>) -> ConfigFault {
    ConfigFault::Setting {
        setting: name.to_owned(),
        why: why.into(),
    }
}

/// A number of messages.
fn whole(value: &str) -> Result<u32, String> {
    value
        .parse()
        .map_err(|_| "use a whole number; 0 is without a limit".to_owned())
}

/// The prefix of every environment variable.
const PREFIX: &str = "MONITORAH_";
/// What is read of the environment beside `MONITORAH_CONFIG`, without the prefix `MONITORAH_`.
pub const VARIABLES: [&str; 21] = [
    "DATA_DIR",
    "DATABASE_URL",
    "DATABASE_PASSWORD_FILE",
    "DATABASE_ADMIN_URL",
    "DATABASE_CONNECTIONS",
    "DATABASE_STATEMENT_TIMEOUT_SECONDS",
    "DATABASE_LOCK_TIMEOUT_SECONDS",
    "DATABASE_IDLE_TRANSACTION_TIMEOUT_SECONDS",
    "LISTEN",
    "PUBLIC_URL",
    "BEHIND_PROXY",
    "REGION",
    "TARGETS",
    "ALLOW_TARGETS",
    "SIGN_UP",
    "RATE_LIMIT_PER_MINUTE",
    "MESSAGES_PER_MINUTE",
    "ACCOUNT_MESSAGES_PER_MINUTE",
    "REFERENCE_TARGETS",
    "LOG",
    "LOG_FORMAT",
];

impl Config {
    /// Reads file, environment and flags.
    ///
    /// # Errors
    /// When something is wrong or unsafe; nothing was changed.
    pub fn load(flags: &Flags) -> Result<Self, ConfigFault> {
        Self::read(flags, &|name| variable(name))
    }

    fn read(flags: &Flags, variable: &dyn Fn(&str) -> Option<String>) -> Result<Self, ConfigFault> {
        let path = flags
            .config
            .clone()
            .or_else(|| variable("MONITORAH_CONFIG").map(PathBuf::from));
        let file = match &path {
            None => File::default(),
            Some(path) => file::read(path)?,
        };
        let (config, faults) = Self::assemble(file, flags, variable);
        if faults.is_empty() {
            Ok(config)
        } else {
            Err(ConfigFault::all(faults))
        }
    }

    /// Puts the sources together, and tells everything that is wrong, so that one start is enough to
    /// learn of it. Without a fault the configuration may be used.
    fn assemble(
        mut file: File,
        flags: &Flags,
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> (Self, Vec<ConfigFault>) {
        let mut faults = Vec::new();
        for name in VARIABLES {
            let full = format!("{PREFIX}{name}");
            if let Some(value) = variable(&full)
                && let Err(why) = file.set(name, &value)
            {
                faults.push(setting(&full, why));
            }
        }
        if let Some(data_dir) = &flags.data_dir {
            file.data_dir = Some(data_dir.clone());
        }
        if let Some(listen) = &flags.listen {
            file.listen = Some(listen.clone());
        }
        let (config, more) = file.resolve(variable);
        faults.extend(more);
        (config, faults)
    }
}

#[expect(clippy::disallowed_methods, reason = "this is server::config")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// A variable that a command or a file of monitors asks for by its name; empty is as good as absent.
#[must_use]
pub fn from_environment(name: &str) -> Option<String> {
    variable(name)
}

/// Whether colours are unwanted (`NO_COLOR`, see no-color.org).
#[must_use]
pub fn no_color() -> bool {
    variable("NO_COLOR").is_some()
}

/// Where the passphrase of backups comes from, when nobody is asked for it.
const PASSPHRASE: &str = "MONITORAH_BACKUP_PASSPHRASE";
/// The largest passphrase file that is read: bytes.
const MAX_PASSPHRASE_FILE: u64 = 4096;

/// The passphrase of backups: `MONITORAH_BACKUP_PASSPHRASE`, or the first line of the file that
/// `MONITORAH_BACKUP_PASSPHRASE_FILE` names.
///
/// # Errors
/// When the file cannot be read, or both are set.
pub fn backup_passphrase() -> Result<Option<Secret<String>>, ConfigFault> {
    let name = format!("{PASSPHRASE}_FILE");
    let Some(path) = variable(&name) else {
        return Ok(variable(PASSPHRASE).map(Secret::new));
    };
    if variable(PASSPHRASE).is_some() {
        return Err(setting(
            &name,
            format!("{PASSPHRASE} is set too: set one of them"),
        ));
    }
    let line = first_line(Path::new(&path)).map_err(|why| setting(&name, why))?;
    Ok(Some(line))
}

/// The first line of a file that holds a secret.
fn first_line(path: &Path) -> Result<Secret<String>, String> {
    let mut text = String::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(MAX_PASSPHRASE_FILE).read_to_string(&mut text))
        .map_err(|error| format!("the file {} cannot be read: {error}", path.display()))?;
    let text = Secret::new(text);
    let line = text.expose().lines().next().unwrap_or_default();
    Ok(Secret::new(line.to_owned()))
}

/// At which point of its work a server under test kills itself: `MONITORAH_FAIL_POINT`.
///
/// # Errors
/// When the variable names no point.
#[cfg(feature = "fail-points")]
pub(crate) fn fail_point() -> Result<Option<crate::fail_point::FailPoint>, ConfigFault> {
    const NAME: &str = "MONITORAH_FAIL_POINT";
    variable(NAME)
        .map(|value| value.parse().map_err(|why: String| setting(NAME, why)))
        .transpose()
}

/// The names in the environment that begin as ours do.
#[expect(clippy::disallowed_methods, reason = "this is server::config")]
fn our_variables() -> Vec<String> {
    std::env::vars_os()
        .filter_map(|(name, _)| name.into_string().ok())
        .filter(|name| name.starts_with(PREFIX))
        .collect()
}

impl File {
    fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
        let list = || {
            value
                .split(',')
                .map(str::trim)
                .filter(|part| !part.is_empty())
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let number = || {
            let number = value.parse();
            number.map_err(|_| "use a whole number above 0".to_owned())
        };
        match name {
            "DATABASE_URL" => self.database_url = Some(database::Url::new(value)),
            "DATABASE_PASSWORD_FILE" => self.database_password_file = Some(PathBuf::from(value)),
            "DATABASE_ADMIN_URL" => self.database_admin_url = Some(database::Url::new(value)),
            "DATABASE_CONNECTIONS" => self.database_connections = Some(number()?),
            "DATABASE_STATEMENT_TIMEOUT_SECONDS" => {
                self.database_statement_timeout_seconds = Some(number()?);
            }
            "DATABASE_LOCK_TIMEOUT_SECONDS" => {
                self.database_lock_timeout_seconds = Some(number()?);
            }
            "DATABASE_IDLE_TRANSACTION_TIMEOUT_SECONDS" => {
                self.database_idle_transaction_timeout_seconds = Some(number()?);
            }
            "DATA_DIR" => self.data_dir = Some(PathBuf::from(value)),
            "LISTEN" => self.listen = Some(value.to_owned()),
            "PUBLIC_URL" => self.public_url = Some(value.to_owned()),
            "BEHIND_PROXY" => {
                self.behind_proxy =
                    Some(value.parse().map_err(|_| "use true or false".to_owned())?);
            }
            "REGION" => self.region = Some(value.to_owned()),
            "TARGETS" => {
                self.targets = Some(match value {
                    "any" => TargetPolicy::Any,
                    "public" => TargetPolicy::Public,
                    _ => return Err("use any or public".to_owned()),
                });
            }
            "ALLOW_TARGETS" => self.allow_targets = Some(list()),
            "SIGN_UP" => {
                self.sign_up = Some(match value {
                    "closed" => SignUp::Closed,
                    "open" => SignUp::Open,
                    _ => return Err("use closed or open".to_owned()),
                });
            }
            "RATE_LIMIT_PER_MINUTE" => {
                self.rate_limit_per_minute = Some(number()?);
            }
            "MESSAGES_PER_MINUTE" => self.messages_per_minute = Some(whole(value)?),
            "ACCOUNT_MESSAGES_PER_MINUTE" => {
                self.account_messages_per_minute = Some(whole(value)?);
            }
            "REFERENCE_TARGETS" => self.reference_targets = Some(list()),
            "LOG" => self.log = Some(value.to_owned()),
            "LOG_FORMAT" => {
                self.log_format = Some(match value {
                    "text" => LogFormat::Text,
                    "json" => LogFormat::Json,
                    _ => return Err("use text or json".to_owned()),
                });
            }
            _ => return Err("this variable is not known".to_owned()),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Config, ConfigFault> {
        let lookup = |name: &str| {
            pairs
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
        };
        Config::read(&Flags::default(), &lookup)
    }

    #[test]
    fn defaults_are_safe() {
        let config = read(&[("HOME", "/home/a")]).unwrap();
        assert_eq!(
            config.data_dir,
            PathBuf::from("/home/a/.local/state/monitorah")
        );
        assert!(config.listen.ip().is_loopback());
        assert_eq!(
            (config.targets, config.sign_up),
            (TargetPolicy::Any, SignUp::Closed)
        );
    }

    #[test]
    fn messages_link_to_a_public_url_that_was_set() {
        let home = ("HOME", "/home/a");
        let config = read(&[home]).unwrap();
        assert_eq!(config.links, None);
        let set = ("MONITORAH_PUBLIC_URL", "https://monitor.example.org//");
        let config = read(&[home, set]).unwrap();
        assert_eq!(config.links.as_deref(), Some("https://monitor.example.org"));
        assert_eq!(config.public_url, "https://monitor.example.org");
    }

    #[test]
    fn open_sign_up_forces_public_targets() {
        let home = ("HOME", "/home/a");
        let open = ("MONITORAH_SIGN_UP", "open");
        assert_eq!(read(&[home, open]).unwrap().targets, TargetPolicy::Public);
        let error = read(&[home, open, ("MONITORAH_TARGETS", "any")]).unwrap_err();
        assert!(error.to_string().contains("sign_up"), "{error}");
    }

    #[test]
    fn unsafe_and_wrong_settings_are_named() {
        let home = ("HOME", "/home/a");
        for (name, value, said) in [
            ("MONITORAH_LISTEN", "0.0.0.0:80", "behind_proxy"),
            ("MONITORAH_LISTEN", "here", "listen"),
            ("MONITORAH_REGION", "Europe", "region"),
            ("MONITORAH_ALLOW_TARGETS", "10.0.0.0/8,x", "allow_targets"),
            (
                "MONITORAH_RATE_LIMIT_PER_MINUTE",
                "0",
                "rate_limit_per_minute",
            ),
            ("MONITORAH_MESSAGES_PER_MINUTE", "-1", "MESSAGES_PER_MINUTE"),
            ("MONITORAH_ACCOUNT_MESSAGES_PER_MINUTE", "x", "0 is without"),
            ("MONITORAH_TARGETS", "some", "MONITORAH_TARGETS"),
            ("MONITORAH_PUBLIC_URL", "example.org", "public_url"),
            ("MONITORAH_PUBLIC_URL", "https://", "public_url"),
            ("MONITORAH_PUBLIC_URL", "ftp://example.org", "public_url"),
            (
                "MONITORAH_PUBLIC_URL",
                "https://u:p@example.org",
                "user name",
            ),
            ("MONITORAH_PUBLIC_URL", "https://example.org/?a", "?"),
            ("MONITORAH_PUBLIC_URL", "https://example.org/#a", "#"),
            (
                "MONITORAH_PUBLIC_URL",
                "https://example.org/monitor",
                "path",
            ),
            ("MONITORAH_PUBLIC_URL", "https://example.org//a/", "path"),
            ("MONITORAH_BEHIND_PROXY", "true", "public_url"),
            ("MONITORAH_LOG", "info,[", "log"),
            ("MONITORAH_REFERENCE_TARGETS", "127.0.0.1", "host:port"),
            ("MONITORAH_REFERENCE_TARGETS", "https://x", "host:port"),
        ] {
            let error = read(&[home, (name, value)]).unwrap_err().to_string();
            assert!(error.contains(said), "{name}={value}: {error}");
        }
        assert!(read(&[]).unwrap_err().to_string().contains("--data-dir"));
    }

    #[test]
    fn behind_a_proxy_people_come_by_https_or_it_is_refused() {
        let (home, proxy) = (("HOME", "/home/a"), ("MONITORAH_BEHIND_PROXY", "true"));
        let open = ("MONITORAH_LISTEN", "0.0.0.0:8080");
        for url in [None, Some("http://monitor.example.org")] {
            let mut pairs = vec![home, proxy, open];
            pairs.extend(url.map(|url| ("MONITORAH_PUBLIC_URL", url)));
            let error = read(&pairs).unwrap_err().to_string();
            assert!(error.contains("public_url = \"https://"), "{error}");
        }
        let https = ("MONITORAH_PUBLIC_URL", "HTTPS://Monitor.example.org/");
        let config = read(&[home, proxy, open, https]).unwrap();
        assert_eq!(config.public_url, "https://monitor.example.org");
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let wrong = [
            ("MONITORAH_LISTEN", "here"),
            ("MONITORAH_REGION", "Europe"),
            ("MONITORAH_TARGETS", "some"),
            ("MONITORAH_ALLOW_TARGETS", "x,y"),
            ("MONITORAH_PUBLIC_URL", "example.org"),
            ("MONITORAH_RATE_LIMIT_PER_MINUTE", "0"),
            ("MONITORAH_REFERENCE_TARGETS", "nowhere"),
            ("MONITORAH_LOG", "a=b=c"),
            ("MONITORAH_LOG_FORMAT", "xml"),
        ];
        let error = read(&wrong).unwrap_err().to_string();
        for said in [
            "listen: ",
            "region: ",
            "MONITORAH_TARGETS: ",
            "allow_targets: \"x\"",
            "allow_targets: \"y\"",
            "public_url: ",
            "rate_limit_per_minute: ",
            "reference_targets: ",
            "log: ",
            "MONITORAH_LOG_FORMAT: ",
            "data_dir: ",
        ] {
            assert!(error.contains(said), "{said}: {error}");
        }
    }

    #[test]
    fn a_file_with_an_unknown_setting_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("monitorah.toml");
        std::fs::write(&path, "listne = \"127.0.0.1:1\"\n").unwrap();
        let flags = Flags {
            config: Some(path),
            ..Flags::default()
        };
        let error = Config::read(&flags, &|_| None).unwrap_err().to_string();
        assert!(error.contains("listne"), "{error}");
    }
}
