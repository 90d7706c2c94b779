//! What every command takes that speaks to a running server.

use super::{Exit, tell};
use crate::{
    config::{Config, Flags, from_environment},
    data_dir::with_causes,
    declared::catalogue::Catalogue,
    wire,
};
use clap::Args;
use monitorah_client::Client;
use monitorah_core::{Env, check::CheckRegistry};
use monitorah_notify::http::Url;
use std::{
    io::Read,
    net::IpAddr,
    path::{Path, PathBuf},
};

/// The largest file that holds a key.
const MAX_KEY: u64 = 4 * 1024;

/// Where the server is and who asks. The key is never an argument: others could read it there.
#[derive(Debug, Clone, Args)]
pub(super) struct Connection {
    /// Where the server is; also `MONITORAH_URL` [default: http://127.0.0.1:8080].
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// A file that holds the API key; without it the key is `MONITORAH_API_KEY`.
    #[arg(long, value_name = "FILE")]
    api_key_file: Option<PathBuf>,
}

impl Connection {
    /// A client of the server.
    pub(super) fn client(&self) -> Result<Client, Exit> {
        let url = self
            .url
            .clone()
            .or_else(|| from_environment("MONITORAH_URL"))
            .unwrap_or_else(|| "http://127.0.0.1:8080".to_owned());
        let key = match &self.api_key_file {
            Some(path) => read_key(path)?,
            None => from_environment("MONITORAH_API_KEY").ok_or_else(|| {
                Exit::Refused(
                    "there is no API key: set MONITORAH_API_KEY, or name a file with \
                     --api-key-file"
                        .to_owned(),
                )
            })?,
        };
        if in_plain_text(&url) {
            tell("warning: the API key is sent in plain text: use https://");
        }
        Client::connect(&url, key).map_err(|error| Exit::Refused(error.to_string()))
    }
}

/// What ends a command whose first question was not answered: with another code where the server
/// refused the key than where it failed.
pub(super) fn unread(error: &monitorah_client::Error) -> Exit {
    let why = format!("the monitors cannot be read: {}", with_causes(error));
    match error.status() {
        Some(401) => Exit::Refused(format!("{why}; see MONITORAH_API_KEY or --api-key-file")),
        Some(402 | 403 | 421 | 423) => Exit::Refused(why),
        _ => Exit::Fault(why),
    }
}

fn read_key(path: &Path) -> Result<String, Exit> {
    let fault = |why: String| Exit::Refused(format!("the API key in {}: {why}", path.display()));
    let mut text = String::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(MAX_KEY).read_to_string(&mut text))
        .map_err(|error| fault(error.to_string()))?;
    let key = text.trim();
    if key.is_empty() {
        return Err(fault("the file is empty".to_owned()));
    }
    Ok(key.to_owned())
}

/// Whether this address leads over a network without TLS.
fn in_plain_text(url: &str) -> bool {
    // What is no URL is refused soon after.
    let Ok(url) = Url::parse(url) else {
        return false;
    };
    let host = url.host_str().unwrap_or_default();
    let near = match host.trim_matches(['[', ']']).parse::<IpAddr>() {
        Ok(address) => address.is_loopback(),
        // It is loopback everywhere (RFC 6761, section 6.3).
        Err(_) => host == "localhost" || host.ends_with(".localhost"),
    };
    url.scheme() == "http" && !near
}

/// The check types of this program, for reading files of monitors.
pub(super) fn catalogue(environment: &Env) -> Result<Catalogue, Exit> {
    let flags = Flags {
        // A file is read without a data directory; which targets may be reached is the server's to say.
        data_dir: Some(PathBuf::from(".")),
        ..Flags::default()
    };
    let config = Config::load(&flags)?;
    let net = wire::net(environment, &config).map_err(|error| Exit::fault(&*error))?;
    Ok(Catalogue::new(
        CheckRegistry::builtin(net),
        environment.now(),
    ))
}

/// Reads a file, or standard input where it is called `-`.
pub(super) fn read_text(path: &Path, limit: usize) -> Result<String, Exit> {
    let limit = u64::try_from(limit).unwrap_or(u64::MAX);
    let fault = |why: String| Exit::Refused(format!("{}: {why}", path.display()));
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        std::io::stdin()
            .lock()
            .take(limit + 1)
            .read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(limit + 1).read_to_end(&mut bytes))
    };
    read.map_err(|error| fault(error.to_string()))?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > limit {
        return Err(fault(format!(
            "the file has more than {} MiB",
            limit / 1_048_576
        )));
    }
    String::from_utf8(bytes).map_err(|_| fault("the file is not UTF-8 text".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::in_plain_text;

    #[test]
    fn only_this_machine_and_tls_keep_a_key_secret() {
        for near in [
            "http://127.0.0.1:8080",
            "http://127.9.9.9",
            "HTTP://LOCALHOST/x",
            "http://a.localhost",
            "http://[::1]:80/",
            "https://monitor.example.org",
            "https://127.0.0.1.evil.example",
        ] {
            assert!(!in_plain_text(near), "{near}");
        }
        for far in [
            "http://localhost.evil.example",
            "http://127.evil.example",
            "http://127.0.0.1.evil.example/",
            "http://localhost@evil.example",
            "HTTP://monitor.example.org",
            "http://[2001:db8::1]",
        ] {
            assert!(in_plain_text(far), "{far}");
        }
    }
}
