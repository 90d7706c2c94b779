//! The resolver of this machine: its hosts file, then the name servers of its configuration.

use super::{
    Family,
    resolve::{Answer, Resolve, ResolveError},
};
use async_trait::async_trait;
use hickory_resolver::{
    Hosts, TokioResolver,
    config::{ConnectionConfig, NameServerConfig, ResolveHosts, ResolverConfig},
    lookup::Lookup,
    net::{DnsError, NetError, runtime::TokioRuntimeProvider},
    proto::{
        op::{Query, ResponseCode},
        rr::{Name, RecordType},
    },
};
use std::{
    fmt,
    net::{IpAddr, SocketAddr},
    str::FromStr,
    time::Duration,
};

/// How long an entry of the hosts file may be kept.
const HOSTS_TTL: Duration = Duration::from_secs(60);

/// Asks as this machine is configured to. The configuration is read once, when this is made.
pub struct SystemResolver {
    hosts: Hosts,
    // Absent when the machine has no usable resolver configuration: then every name that is not
    // in the hosts file is our own fault, never the target's.
    servers: Option<TokioResolver>,
}

impl fmt::Debug for SystemResolver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SystemResolver")
            .field("configured", &self.servers.is_some())
            .finish_non_exhaustive()
    }
}

impl SystemResolver {
    /// Reads the machine's configuration. A machine without one resolves only its hosts file.
    #[must_use]
    pub fn from_system() -> Self {
        let servers = TokioResolver::builder_tokio().and_then(|mut builder| {
            let options = builder.options_mut();
            // One cache is enough, and ours follows the environment's clock.
            options.cache_size = 0;
            options.use_hosts_file = ResolveHosts::Never;
            builder.build()
        });
        Self {
            hosts: Hosts::from_system().unwrap_or_default(),
            servers: servers
                .inspect_err(|error| {
                    tracing::warn!(%error, "no resolver configuration: names will not resolve");
                })
                .ok(),
        }
    }

    /// Asks these servers instead, each try for at most `timeout`; the hosts file is not read.
    ///
    /// # Errors
    /// [`ResolveError::Unavailable`] when no resolver can be made of them.
    pub fn asking(servers: &[SocketAddr], timeout: Duration) -> Result<Self, ResolveError> {
        let servers = servers
            .iter()
            .map(|server| {
                let connections = [ConnectionConfig::udp(), ConnectionConfig::tcp()]
                    .into_iter()
                    .map(|mut connection| {
                        connection.port = server.port();
                        connection
                    })
                    .collect();
                NameServerConfig::new(server.ip(), true, connections)
            })
            .collect();
        let config = ResolverConfig::from_parts(None, Vec::new(), servers);
        let mut builder =
            TokioResolver::builder_with_config(config, TokioRuntimeProvider::default());
        let options = builder.options_mut();
        options.cache_size = 0;
        options.use_hosts_file = ResolveHosts::Never;
        options.timeout = timeout;
        options.attempts = 1;
        Ok(Self {
            hosts: Hosts::default(),
            servers: Some(builder.build().map_err(|_| ResolveError::Unavailable)?),
        })
    }

    fn in_hosts(&self, name: &str, family: Family) -> Option<Vec<IpAddr>> {
        let name = Name::from_str(name).ok()?;
        let addresses: Vec<IpAddr> = wanted(family)
            .iter()
            .filter_map(|kind| {
                self.hosts
                    .lookup_static_host(&Query::query(name.clone(), *kind))
            })
            .flat_map(|lookup| addresses_of(&lookup))
            .collect();
        (!addresses.is_empty()).then_some(addresses)
    }
}

const fn wanted(family: Family) -> &'static [RecordType] {
    match family {
        Family::Any => &[RecordType::A, RecordType::AAAA],
        Family::Ipv4 => &[RecordType::A],
        Family::Ipv6 => &[RecordType::AAAA],
    }
}

fn addresses_of(lookup: &Lookup) -> Vec<IpAddr> {
    lookup
        .answers()
        .iter()
        .filter_map(|record| record.data.ip_addr())
        .collect()
}

#[async_trait]
impl Resolve for SystemResolver {
    async fn resolve(&self, name: &str, family: Family) -> Result<Answer, ResolveError> {
        if let Some(addresses) = self.in_hosts(name, family) {
            return Ok(Answer {
                addresses,
                ttl: HOSTS_TTL,
            });
        }
        let servers = self.servers.as_ref().ok_or(ResolveError::Unavailable)?;
        let results = futures::future::join_all(
            wanted(family)
                .iter()
                .map(|kind| servers.lookup(name, *kind)),
        )
        .await;
        merge(results)
    }
}

/// One answer out of the answers for each kind of record: addresses win over failures, and a
/// failure of the servers wins over "there is none", which it makes uncertain.
fn merge(results: Vec<Result<Lookup, NetError>>) -> Result<Answer, ResolveError> {
    let mut addresses = Vec::new();
    let mut ttl = Duration::MAX;
    let mut worst = ResolveError::NoAddress;
    for result in results {
        match result {
            Ok(lookup) => {
                addresses.extend(addresses_of(&lookup));
                for record in lookup.answers() {
                    ttl = ttl.min(Duration::from_secs(u64::from(record.ttl)));
                }
            }
            Err(error) => {
                let error = meaning(&error);
                if rank(error) > rank(worst) {
                    worst = error;
                }
            }
        }
    }
    if addresses.is_empty() {
        Err(worst)
    } else {
        Ok(Answer { addresses, ttl })
    }
}

const fn rank(error: ResolveError) -> u8 {
    match error {
        ResolveError::NoAddress => 0,
        ResolveError::NoSuchName => 1,
        ResolveError::ServerFailure => 2,
        ResolveError::Timeout => 3,
        ResolveError::Unavailable => 4,
    }
}

fn meaning(error: &NetError) -> ResolveError {
    match error {
        NetError::Dns(DnsError::NoRecordsFound(none)) => match none.response_code {
            ResponseCode::NXDomain => ResolveError::NoSuchName,
            ResponseCode::NoError => ResolveError::NoAddress,
            _ => ResolveError::ServerFailure,
        },
        NetError::Dns(_) => ResolveError::ServerFailure,
        // The name cannot be asked for at all: a label is too long, for example.
        NetError::Proto(_) => ResolveError::NoSuchName,
        NetError::Timeout => ResolveError::Timeout,
        // Without a connection to any name server nothing is known about the name.
        _ => ResolveError::Unavailable,
    }
}
