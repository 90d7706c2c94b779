//! `monitorah healthcheck`: whether the server of this machine works, for whoever restarts containers.

use super::{Common, Exit, Outcome, print};
use crate::{config::Config, wire};
use clap::Args;
use monitorah_core::{Env, channel::ChannelEnv};
use monitorah_notify::http::{HeaderMap, Method, Request, Url};
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    path::PathBuf,
    time::Duration,
};

#[derive(Debug, Args)]
pub(super) struct HealthcheckArgs {
    /// The configuration file (TOML).
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Where the server listens, when the configuration does not say it.
    #[arg(long, value_name = "HOST:PORT")]
    listen: Option<String>,
    /// How long the answer may take: seconds.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=60))]
    timeout: u64,
}

pub(super) async fn run(environment: &Env, args: &HealthcheckArgs) -> Outcome {
    // No data is looked at, so a home folder is not needed either.
    let common = Common {
        config: args.config.clone(),
        data_dir: Some(PathBuf::from(".")),
    };
    let config: Config = super::configuration(&common, args.listen.clone())?;
    match ready(
        environment,
        config.listen,
        Duration::from_secs(args.timeout),
    )
    .await
    {
        Readiness::Ready => print("ready\n"),
        Readiness::NotYet(why) | Readiness::Stranger(why) | Readiness::Silent(why) => {
            Err(Exit::Fault(why))
        }
    }
}

/// What an address answers.
#[derive(Debug)]
pub(super) enum Readiness {
    /// A server that works.
    Ready,
    /// A server of ours that does not work now.
    NotYet(String),
    /// Something else answers.
    Stranger(String),
    /// Nobody answers.
    Silent(String),
}

/// Asks the server that listens there.
pub(super) async fn ready(environment: &Env, listen: SocketAddr, limit: Duration) -> Readiness {
    let address = reachable(listen);
    let asked = Url::parse(&format!("http://{address}/api/v1/health/ready"))
        .map_err(|error| error.to_string())
        .and_then(|url| {
            Ok((
                url,
                wire::client(environment).map_err(|error| error.to_string())?,
            ))
        });
    let (url, client) = match asked {
        Ok(asked) => asked,
        Err(why) => return Readiness::Silent(why),
    };
    let env = ChannelEnv {
        environment: Env::clone(environment),
        timeout: limit,
        comes_back_soon: false,
    };
    let request = Request {
        method: Method::GET,
        url,
        headers: HeaderMap::new(),
        body: Vec::new(),
    };
    let answer = match client.send(&env, request).await {
        Ok(answer) => answer,
        Err(error) => return Readiness::Silent(format!("no server answers at {address}: {error}")),
    };
    let said: Option<serde_json::Value> = serde_json::from_slice(&answer.body).ok();
    let text = |pointer: &str| {
        let found = said.as_ref()?.pointer(pointer)?.as_str()?;
        Some(found.to_owned())
    };
    if answer.status.is_success() && text("/status").as_deref() == Some("ready") {
        return Readiness::Ready;
    }
    let status = answer.status.as_u16();
    match text("/error/message") {
        Some(message) => Readiness::NotYet(format!(
            "the server at {address} answered {status}: {message}"
        )),
        None => Readiness::Stranger(format!(
            "what answers at {address} is no server of Monitorah (status {status})"
        )),
    }
}

/// The address at which a listener of this machine is reached from itself.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let address = match listen.ip() {
        IpAddr::V4(address) if address.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(address) if address.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        address => address,
    };
    SocketAddr::new(address, listen.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listener_on_every_address_is_asked_on_loopback() {
        let asked = |text: &str| reachable(text.parse().unwrap()).to_string();
        assert_eq!(asked("0.0.0.0:80"), "127.0.0.1:80");
        assert_eq!(asked("[::]:80"), "[::1]:80");
        assert_eq!(asked("192.0.2.1:80"), "192.0.2.1:80");
    }
}
