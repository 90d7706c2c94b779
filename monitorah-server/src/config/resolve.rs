//! From what was set to what is in force: each value read, the unsafe refused, every fault told.

use super::{Config, ConfigFault, File, LogFormat, SignUp, TargetPolicy, setting};
use monitorah_core::{
    Region,
    net::{Host, Network},
};
use monitorah_notify::http::Url;
use std::{
    net::{Ipv4Addr, SocketAddr},
    num::NonZeroU32,
    path::PathBuf,
};
use tracing_subscriber::EnvFilter;

/// The faults so far. What is wrong is replaced by a value that keeps the others readable.
#[derive(Default)]
struct Faults(Vec<ConfigFault>);

impl Faults {
    fn or<T>(&mut self, name: &str, read: Result<T, String>, otherwise: T) -> T {
        read.unwrap_or_else(|why| {
            self.0.push(setting(name, why));
            otherwise
        })
    }
}

impl File {
    /// What this comes to, and everything that is wrong with it. A setting that is wrong has a value
    /// then which is not to be used.
    pub(super) fn resolve(
        self,
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> (Config, Vec<ConfigFault>) {
        let mut faults = Faults::default();
        let usual = SocketAddr::from((Ipv4Addr::LOCALHOST, 8080));
        let listen = self.listen.as_deref().map_or(Ok(usual), address);
        let listen = faults.or("listen", listen, usual);
        let region = self.region.as_deref().unwrap_or("lo").parse();
        let region = region.map_err(|error: monitorah_core::ParseRegionError| error.to_string());
        let region = faults.or("region", region, Region::LOCAL);
        let mut allow_targets = Vec::new();
        for text in self.allow_targets.unwrap_or_default() {
            let network = text.parse::<Network>().map(Some);
            let network = network.map_err(|_| format!("{text:?} is no network, as 10.0.0.0/8"));
            allow_targets.extend(faults.or("allow_targets", network, None));
        }
        let sign_up = self.sign_up.unwrap_or(SignUp::Closed);
        let targets = match (self.targets, sign_up) {
            (Some(TargetPolicy::Any), SignUp::Open) => {
                faults.0.push(ConfigFault::Unsafe(
                    "targets = \"any\" with sign_up = \"open\" would let strangers reach your \
                     private network: set targets = \"public\", or close the sign-up"
                        .to_owned(),
                ));
                TargetPolicy::Public
            }
            (Some(targets), _) => targets,
            (None, SignUp::Open) => TargetPolicy::Public,
            (None, SignUp::Closed) => TargetPolicy::Any,
        };
        let behind_proxy = self.behind_proxy.unwrap_or(false);
        if !listen.ip().is_loopback() && !behind_proxy {
            faults.0.push(ConfigFault::Unsafe(format!(
                "listening on {listen} would send API keys over the network in plain text: put a \
                 proxy that speaks TLS in front and set behind_proxy = true, or listen on 127.0.0.1"
            )));
        }
        let links = self.public_url.as_deref().map(public_url).transpose();
        let wrong = links.is_err();
        let links = faults.or("public_url", links, None);
        let secure = links
            .as_deref()
            .is_some_and(|url| url.starts_with("https://"));
        if behind_proxy && !secure && !wrong {
            faults.0.push(ConfigFault::Unsafe(
                "behind_proxy = true without the https address of the proxy would make links that \
                 lead nowhere and cookies that travel in plain text: set public_url = \
                 \"https://…\" to where people reach the server"
                    .to_owned(),
            ));
        }
        let per_minute = NonZeroU32::new(self.rate_limit_per_minute.unwrap_or(600))
            .ok_or_else(|| "use a whole number above 0".to_owned());
        let rate_limit_per_minute = faults.or("rate_limit_per_minute", per_minute, NonZeroU32::MIN);
        let reference_targets = self.reference_targets.unwrap_or_default();
        for target in &reference_targets {
            faults.or("reference_targets", reference(target), ());
        }
        let log = self.log.unwrap_or_else(|| "info".to_owned());
        let filter = EnvFilter::try_new(&log).map(drop);
        let filter = filter.map_err(|error| format!("{log:?} is no filter: {error}"));
        faults.or("log", filter, ());
        let data_dir = self.data_dir.map_or_else(|| default_data_dir(variable), Ok);
        let data_dir = faults.or("data_dir", data_dir, PathBuf::new());
        let config = Config {
            data_dir,
            listen,
            // The default is an address that only this machine reaches.
            public_url: links.clone().unwrap_or_else(|| format!("http://{listen}")),
            links,
            behind_proxy,
            region,
            targets,
            allow_targets,
            sign_up,
            rate_limit_per_minute,
            reference_targets,
            log,
            log_format: self.log_format.unwrap_or(LogFormat::Text),
        };
        (config, faults.0)
    }
}

/// Where people reach the server, without slashes at its end.
fn public_url(text: &str) -> Result<String, String> {
    const WRITE: &str = "write it as https://monitor.example.org";
    let url = Url::parse(text).map_err(|error| format!("it is no URL ({error}): {WRITE}"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err("begin it with https:// or http://".to_owned());
    }
    if !url.has_host() {
        return Err(format!("it names no host: {WRITE}"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(format!(
            "it holds a user name or a password, which every message would carry: {WRITE}"
        ));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(format!("it ends with its host, without ? and #: {WRITE}"));
    }
    // The pages, their forms and the cookie of a visit begin at the root of the host: under a path
    // the sign-in would send the key to whatever else answers there.
    if !url.path().trim_matches('/').is_empty() {
        return Err(format!(
            "it has a path, and the server answers at the root of its host only: give it a host \
             name of its own and {WRITE}"
        ));
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

/// Whether this is `host:port`.
fn reference(target: &str) -> Result<(), String> {
    match Host::parse_with_port(target) {
        Ok((_, Some(_))) => Ok(()),
        Ok((_, None)) => Err(format!("{target:?} has no port: write host:port")),
        Err(error) => Err(format!("{target:?}: {error}: write host:port")),
    }
}

/// An address to listen on: an IP address, or `localhost`, with a port.
fn address(text: &str) -> Result<SocketAddr, String> {
    if let Ok(address) = text.parse() {
        return Ok(address);
    }
    let fault = |hint: &str| format!("{text:?} is no address with a port: {hint}");
    let port = |port: &str| port.parse::<u16>().ok();
    match text.rsplit_once(':') {
        Some((host, end)) => match (host, port(end)) {
            // It is loopback everywhere (RFC 6761, section 6.3), so no resolver is asked.
            ("localhost", Some(port)) => Ok(SocketAddr::from((Ipv4Addr::LOCALHOST, port))),
            ("", Some(port)) => Err(fault(&format!("write 127.0.0.1:{port} or 0.0.0.0:{port}"))),
            (_, None) => Err(fault(
                "its port is no number up to 65535, as in 127.0.0.1:8080",
            )),
            (host, Some(port)) if host.contains(':') => {
                let host = host.trim_matches(['[', ']']);
                Err(fault(&format!("write an IPv6 address as [{host}]:{port}")))
            }
            (_, Some(port)) => Err(fault(&format!(
                "names are not looked up here, write the IP address of this machine, as \
                 127.0.0.1:{port}"
            ))),
        },
        None if port(text).is_some() => Err(fault(&format!("write 127.0.0.1:{text}"))),
        None => Err(fault("add a port, as in 127.0.0.1:8080")),
    }
}

/// The state folder of the user (XDG base directories).
fn default_data_dir(variable: &dyn Fn(&str) -> Option<String>) -> Result<PathBuf, String> {
    let state = variable("XDG_STATE_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute());
    let home = || variable("HOME").map(|home| PathBuf::from(home).join(".local/state"));
    state
        .or_else(home)
        .map(|state| state.join("monitorah"))
        .ok_or_else(|| "there is no home folder to use: name a folder with --data-dir".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_to_listen_on_is_understood_or_says_what_to_write() {
        assert_eq!(
            address("localhost:8080"),
            Ok("127.0.0.1:8080".parse().unwrap())
        );
        for (text, says) in [
            ("8080", "127.0.0.1:8080"),
            (":8080", "127.0.0.1:8080"),
            ("localhost", "add a port"),
            ("localhost:http", "no number"),
            ("127.0.0.1:99999", "no number"),
            ("::1:80", "[::1]:80"),
            ("monitor.example.org:443", "127.0.0.1:443"),
        ] {
            let error = address(text).unwrap_err();
            assert!(error.contains(says) && error.contains(text), "{error}");
        }
    }
}
