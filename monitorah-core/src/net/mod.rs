//! The network of this installation: resolver, address guard, timed connector, TLS.
//!
//! Every check, channel and import that reaches an address which a user chose goes through a
//! [`Net`] (I6). Clients that cannot take our connection take [`Net::addresses`] as their resolver.

mod certificate;
mod connect;
mod dns;
mod echo;
pub mod guard;
pub mod host;
mod proxy;
mod record;
pub mod resolve;
mod slots;
mod system;
mod tls;

pub use guard::{AddressGuard, Blocked, Network, Targets};
pub use host::{Host, ParseHostError};
pub use proxy::Proxy;
pub use record::{Failure, Phase, Record, Recorder};
pub use resolve::{Answer, CacheLimits, Names, Resolve, ResolveError};
pub use slots::Slot;
pub use system::SystemResolver;
pub use tls::{Alpn, TlsOptions, TlsPolicy, TlsVersion};

pub(crate) use connect::{speaks_http2, stream_failure};
pub(crate) use dns::{NameServer, Question};
pub(crate) use echo::{EchoPlan, EchoSeries};
pub(crate) use tls::MAX_PEM;

use crate::{environment::Env, error::ConfigError, observation::Reason};
use hickory_resolver::proto::rr::Name;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slots::Slots;
use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};
use tls::TlsFactory;

/// Which addresses of a name are used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum Family {
    /// Whatever there is.
    #[default]
    Any,
    /// IPv4 only.
    Ipv4,
    /// IPv6 only.
    Ipv6,
}

impl Family {
    /// Whether an address is of this family.
    #[must_use]
    pub const fn admits(self, address: IpAddr) -> bool {
        match self {
            Self::Any => true,
            Self::Ipv4 => address.is_ipv4(),
            Self::Ipv6 => address.is_ipv6(),
        }
    }
}

/// How this installation reaches targets.
#[derive(Debug, Clone)]
pub struct NetOptions {
    /// Which addresses may be reached.
    pub guard: AddressGuard,
    /// Who answers for names; the machine's own resolver when absent.
    pub resolver: Option<Arc<dyn Resolve>>,
    /// The name servers that DNS checks ask when they name none; the machine's own when absent.
    pub name_servers: Option<Vec<SocketAddr>>,
    /// The domains below which those servers may know names of the inside; the search domains of
    /// the machine when absent.
    pub search_domains: Option<Vec<String>>,
    /// The bounds of the cache of names.
    pub cache: CacheLimits,
    /// Try the IPv6 addresses of a name first. Otherwise IPv4 comes first.
    pub prefer_ipv6: bool,
    /// How many checks of one host and port may be in flight at once. A check that waits for its
    /// turn for longer than it may be late (a second, or a tenth of the interval) is `UNKNOWN` with
    /// `PROBE_LATE`, so the limit must be above what the monitors of one host need while it hangs.
    pub in_flight_per_host: usize,
    /// Certificates in PEM form that every check trusts besides the machine's roots.
    pub extra_roots_pem: Option<String>,
}

impl Default for NetOptions {
    /// Public addresses only, the machine's resolver, 256 checks in flight a host.
    fn default() -> Self {
        Self {
            guard: AddressGuard::public(),
            resolver: None,
            name_servers: None,
            search_domains: None,
            cache: CacheLimits::default(),
            prefer_ipv6: false,
            in_flight_per_host: 256,
            extra_roots_pem: None,
        }
    }
}

/// The network of this installation could not be set up.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NetError {
    /// The extra roots cannot be used.
    #[error("the extra root certificates cannot be used")]
    Roots(#[source] ConfigError),
    /// TLS cannot be set up.
    #[error("TLS cannot be set up")]
    Tls(#[source] rustls::Error),
}

/// The network of this installation. Make one and share it.
#[derive(Debug)]
pub struct Net {
    environment: Env,
    guard: AddressGuard,
    names: Names,
    name_servers: Vec<SocketAddr>,
    servers_are_chosen: bool,
    search_domains: Vec<Name>,
    prefer_ipv6: bool,
    slots: Slots,
    tls: TlsFactory,
}

impl Net {
    /// Reads the machine's resolver configuration and roots, unless the options say otherwise.
    ///
    /// # Errors
    /// When TLS cannot be set up from the roots.
    pub fn new(environment: Env, options: NetOptions) -> Result<Self, NetError> {
        let extra = match &options.extra_roots_pem {
            None => Vec::new(),
            Some(pem) => tls::certificates(pem, "").map_err(NetError::Roots)?,
        };
        let upstream = options
            .resolver
            .unwrap_or_else(|| Arc::new(SystemResolver::from_system()));
        Ok(Self {
            tls: TlsFactory::new(Arc::clone(&environment), &extra).map_err(NetError::Tls)?,
            guard: options.guard,
            servers_are_chosen: options.name_servers.is_some(),
            name_servers: options.name_servers.unwrap_or_else(dns::of_system),
            search_domains: match options.search_domains {
                None => dns::search_of_system(),
                Some(domains) => dns::domains(&domains),
            },
            names: Names::new(Arc::clone(&environment), upstream, options.cache),
            prefer_ipv6: options.prefer_ipv6,
            slots: Slots::new(options.in_flight_per_host),
            environment,
        })
    }

    /// Which addresses may be reached.
    #[must_use]
    pub const fn guard(&self) -> &AddressGuard {
        &self.guard
    }

    /// The cache of names.
    #[must_use]
    pub const fn names(&self) -> &Names {
        &self.names
    }

    /// The name servers that DNS checks ask when they name none.
    #[must_use]
    pub fn name_servers(&self) -> &[SocketAddr] {
        &self.name_servers
    }

    /// Whether whoever made this chose the name servers; else they are the machine's own.
    pub(crate) const fn servers_are_chosen(&self) -> bool {
        self.servers_are_chosen
    }

    /// The domains below which those servers may know names of the inside.
    pub(crate) fn search_domains(&self) -> &[Name] {
        &self.search_domains
    }

    /// The clock that everything here follows.
    #[must_use]
    pub const fn environment(&self) -> &Env {
        &self.environment
    }

    /// Waits for a place among the checks of this host and port that are in flight, however long
    /// that takes: a check waits in [`CheckContext::slot`](crate::check::CheckContext::slot), which
    /// keeps the wait apart from the check's own time.
    pub async fn slot(&self, host_and_port: &str) -> Slot<'_> {
        self.slots.acquire(host_and_port).await
    }

    /// How certificates are judged under these options: the shared policy when there are none.
    ///
    /// # Errors
    /// What is wrong with the certificates or the key, with pointers below `/config`.
    pub fn tls_policy(&self, options: &TlsOptions<'_>) -> Result<TlsPolicy, ConfigError> {
        self.tls.policy(options)
    }

    /// The addresses of a host that may be reached: the resolver of clients that cannot take our
    /// connection. Connect to exactly these; a literal address is judged here too.
    ///
    /// # Errors
    /// Why there is none; [`TARGET_BLOCKED`](Reason::TargetBlocked) when every one is refused.
    pub async fn addresses(&self, host: &str, port: u16) -> Result<Vec<SocketAddr>, Failure> {
        let host = Host::parse(host)
            .map_err(|error| Failure::down(Reason::DnsNxdomain, error.to_string()))?;
        let addresses = match host {
            Host::Address(address) => vec![address],
            Host::Name(name) => {
                let addresses = self
                    .names
                    .addresses(&name, Family::Any)
                    .await
                    .map_err(connect::resolve_failure)?;
                self.in_preferred_order(&addresses)
            }
        };
        let mut refused = None;
        let mut allowed = Vec::with_capacity(addresses.len());
        for address in addresses {
            match self.guard.check(address) {
                Ok(()) => allowed.push(SocketAddr::new(address, port)),
                Err(blocked) => refused = Some(blocked),
            }
        }
        match refused {
            Some(blocked) if allowed.is_empty() => {
                Err(Failure::unknown(Reason::TargetBlocked, blocked.to_string()))
            }
            _ => Ok(allowed),
        }
    }

    /// The preferred family first; within one family the order of the servers.
    fn in_preferred_order(&self, addresses: &[IpAddr]) -> Vec<IpAddr> {
        let (mut first, second): (Vec<IpAddr>, Vec<IpAddr>) = addresses
            .iter()
            .partition(|address| address.is_ipv6() == self.prefer_ipv6);
        first.extend(second);
        first
    }
}
