//! Where a database is: a `postgres://` URL, understood and judged before anything connects.

use percent_encoding::percent_decode_str;
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use std::{fmt, net::IpAddr, path::Path};
use url::{Host, Url};
use zeroize::Zeroizing;

/// What may follow the `?`, each at most once.
const PARAMETERS: [&str; 7] = [
    "sslmode",
    "sslrootcert",
    "sslcert",
    "sslkey",
    "host",
    "user",
    "application_name",
];

/// A database that was named by a URL. The password is in no output of it.
#[derive(Clone)]
pub struct PostgresTarget {
    connect: PgConnectOptions,
    shown: String,
    password: Option<Zeroizing<String>>,
}

impl fmt::Debug for PostgresTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PostgresTarget").field(&self.shown).finish()
    }
}

impl fmt::Display for PostgresTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

/// A URL that names no database, or not safely. The text repeats nothing of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct TargetFault(String);

const WRITE: &str = "write it as postgres://user:password@host:5432/database?sslmode=verify-full";

fn wrong(why: impl fmt::Display) -> TargetFault {
    TargetFault(format!("{why}: {WRITE}"))
}

impl PostgresTarget {
    /// Understands a URL. Without `sslmode` a host beyond this machine is `verify-full`.
    ///
    /// # Errors
    /// When it is none, leaves something out, or says something that is not understood.
    pub fn parse(text: &str) -> Result<Self, TargetFault> {
        let url =
            Url::parse(text).map_err(|error| wrong(format_args!("it is no URL ({error})")))?;
        if !matches!(url.scheme(), "postgres" | "postgresql") {
            return Err(wrong("it does not begin with postgres://"));
        }
        if url.fragment().is_some() {
            return Err(wrong("it has a #, which a password writes as %23"));
        }
        let database = url.path().trim_start_matches('/');
        if database.is_empty() || database.contains('/') {
            return Err(wrong("it names no database"));
        }
        let mut seen = Vec::new();
        let (mut socket, mut mode) = (None, None);
        for (key, value) in url.query_pairs() {
            let known = PARAMETERS.iter().find(|known| **known == key);
            let Some(known) = known else {
                return Err(unknown(&key));
            };
            if seen.contains(known) {
                return Err(wrong(format_args!("it says {known} twice")));
            }
            seen.push(*known);
            match *known {
                "sslmode" => mode = Some(ssl_mode(&value)?),
                "host" if value.starts_with('/') => socket = Some(value.into_owned()),
                "host" => return Err(wrong("its host= is no folder of a socket")),
                "sslrootcert" | "sslcert" | "sslkey" if !Path::new(&*value).is_file() => {
                    return Err(TargetFault(format!(
                        "the file that its {known} names is not there: name one that this user \
                         can read"
                    )));
                }
                _ => {}
            }
        }
        if url.username().is_empty() != seen.contains(&"user") {
            return Err(wrong("it names no user, or two"));
        }
        let mut host = url.host().filter(|host| *host != Host::Domain(""));
        // The folder of a socket may stand in the place of the host, each of its / as %2F.
        if let Some(Host::Domain(name)) = host
            && name.to_ascii_lowercase().starts_with("%2f")
            && socket.is_none()
        {
            socket = Some(name.to_owned());
            host = None;
        }
        if host.is_none() && socket.is_none() {
            return Err(wrong("it names no host"));
        }
        if host.is_some() && socket.is_some() {
            return Err(wrong("it names a host and the folder of a socket"));
        }
        // What the driver's own parser says may repeat the URL, and with it the password.
        let connect: PgConnectOptions = text.parse().map_err(|_| wrong("it is not understood"))?;
        let near = socket.is_some() || host.is_some_and(|host| is_near(&host));
        let mode = mode.unwrap_or(if near {
            PgSslMode::Prefer
        } else {
            PgSslMode::VerifyFull
        });
        let connect = connect.ssl_mode(mode);
        let mut target = Self::of(connect);
        if let Some(password) = url.password() {
            let password = percent_decode_str(password)
                .decode_utf8()
                .map_err(|_| wrong("its password is not UTF-8"))?;
            target.password = Some(Zeroizing::new(password.into_owned()));
        }
        Ok(target)
    }

    /// A database that options of the driver name; who is to make this login does not learn its
    /// password from them.
    #[must_use]
    pub fn of(connect: PgConnectOptions) -> Self {
        let place = match connect.get_socket() {
            Some(socket) => socket.display().to_string(),
            None => format!("{}:{}", connect.get_host(), connect.get_port()),
        };
        let shown = format!(
            "postgres://{}@{place}/{}?sslmode={}",
            connect.get_username(),
            connect.get_database().unwrap_or_default(),
            mode_text(connect.get_ssl_mode())
        );
        Self {
            connect,
            shown,
            password: None,
        }
    }

    /// The same with this password.
    #[must_use]
    pub fn with_password(mut self, password: &str) -> Self {
        self.connect = self.connect.password(password);
        self.password = Some(Zeroizing::new(password.to_owned()));
        self
    }

    /// The password that was given.
    pub(super) fn password(&self) -> Option<&str> {
        self.password.as_deref().map(String::as_str)
    }

    /// The role that signs in.
    #[must_use]
    pub fn user(&self) -> &str {
        self.connect.get_username()
    }

    /// Server and database, whoever signs in.
    pub(super) fn place(&self) -> (Option<&Path>, &str, u16, Option<&str>) {
        let connect = &self.connect;
        let socket = connect.get_socket().map(std::path::PathBuf::as_path);
        let host = if socket.is_some() {
            ""
        } else {
            connect.get_host()
        };
        (socket, host, connect.get_port(), connect.get_database())
    }

    pub(super) fn connect(&self) -> PgConnectOptions {
        self.connect.clone()
    }
}

fn unknown(key: &str) -> TargetFault {
    match key {
        "password" => wrong(format_args!("it says {key} after the ?")),
        // It would take the place of the name, and the certificate be checked against it.
        "hostaddr" => wrong("its hostaddr is not understood"),
        "options" => wrong("its options are set by Monitorah itself"),
        _ => wrong(format_args!(
            "after the ? there may be {} and nothing else",
            PARAMETERS.join(", ")
        )),
    }
}

fn ssl_mode(text: &str) -> Result<PgSslMode, TargetFault> {
    [
        PgSslMode::Disable,
        PgSslMode::Allow,
        PgSslMode::Prefer,
        PgSslMode::Require,
        PgSslMode::VerifyCa,
        PgSslMode::VerifyFull,
    ]
    .into_iter()
    .find(|mode| mode_text(*mode) == text)
    .ok_or_else(|| {
        wrong("its sslmode is none of disable, allow, prefer, require, verify-ca and verify-full")
    })
}

const fn mode_text(mode: PgSslMode) -> &'static str {
    match mode {
        PgSslMode::Disable => "disable",
        PgSslMode::Allow => "allow",
        PgSslMode::Prefer => "prefer",
        PgSslMode::Require => "require",
        PgSslMode::VerifyCa => "verify-ca",
        PgSslMode::VerifyFull => "verify-full",
    }
}

/// Whether this is the machine itself.
fn is_near(host: &Host<&str>) -> bool {
    match host {
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
        // The scheme is not one that the URL standard knows addresses of.
        Host::Domain(name) => match name.parse::<IpAddr>() {
            Ok(address) => address.is_loopback(),
            // It is loopback everywhere (RFC 6761, section 6.3).
            Err(_) => *name == "localhost",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sslmode_is_taken_and_a_far_host_is_verified() {
        for mode in [
            "disable",
            "allow",
            "prefer",
            "require",
            "verify-ca",
            "verify-full",
        ] {
            let url = format!("postgres://u:p@db.example.org/d?sslmode={mode}");
            let target = PostgresTarget::parse(&url).unwrap();
            assert!(target.to_string().ends_with(mode), "{target}");
        }
        for (url, mode) in [
            ("postgres://u@db.example.org/d", "verify-full"),
            ("postgresql://u@203.0.113.7:6432/d", "verify-full"),
            ("postgres://u@localhost/d", "prefer"),
            ("postgres://u@127.0.0.1/d", "prefer"),
            ("postgres://u@[::1]/d", "prefer"),
            ("postgres:///d?host=/run/postgresql&user=u", "prefer"),
            ("postgres://u:p@%2Frun%2Fpostgresql/d", "prefer"),
        ] {
            let target = PostgresTarget::parse(url).unwrap();
            assert!(target.to_string().ends_with(mode), "{url}: {target}");
        }
    }

    #[test]
    fn what_is_wrong_is_named_and_nothing_of_the_url_repeated() {
        let canary = "canary7f3a";
        for (rest, says) in [
            ("h/d?sslmode=sometimes", "none of disable"),
            ("h/d?sslmode=require&sslmode=disable", "twice"),
            ("h/d?hostaddr=127.0.0.1", "hostaddr"),
            ("h/d?password=canary7f3a", "after the ?"),
            ("h/d?options=-c%20canary7f3a", "by Monitorah itself"),
            ("h/d?ssl_mode=canary7f3a", "nothing else"),
            ("h/d?sslrootcert=/none/canary7f3a", "sslrootcert"),
            ("h/", "no database"),
            ("h", "no database"),
            ("/d", "empty host"),
            ("h:canary7f3a/d", "no URL"),
            ("h/d#canary7f3a", "%23"),
        ] {
            let url = format!("postgres://u:{canary}@{rest}");
            let told = PostgresTarget::parse(&url).unwrap_err().to_string();
            assert!(told.contains(says), "{rest}: {told}");
            assert!(!told.contains(canary), "{rest}: {told}");
        }
        for (url, says) in [
            ("mysql://u@h/d", "postgres://"),
            ("postgres://h/d", "no user"),
            ("postgres://u@h/d?user=v", "or two"),
            ("postgres:///d?user=u", "no host"),
        ] {
            let told = PostgresTarget::parse(url).unwrap_err().to_string();
            assert!(told.contains(says), "{url}: {told}");
        }
    }

    #[test]
    fn no_output_has_the_password() {
        let canary = "canary7f3a";
        let url = format!("postgres://u:{canary}@db.example.org/d");
        let target = PostgresTarget::parse(&url).unwrap();
        let again = target.clone().with_password(canary);
        let told = format!("{target:?} {target:#?} {target} {again:?}");
        assert!(!told.contains(canary), "{told}");
        assert_eq!(
            (target.password(), again.password()),
            (Some(canary), Some(canary))
        );
    }
}
