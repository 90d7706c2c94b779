//! The address guard: which addresses may be reached at all. Pure; judged right before each connect.
//!
//! The ranges are those of the IANA special-purpose address registries (RFC 6890 and its updates),
//! plus the addresses at which clouds hand out credentials, of which some are public addresses.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    str::FromStr,
};

/// How far this installation may reach.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Targets {
    /// Private networks too: for an installation whose users are its operators.
    Any,
    /// Public addresses only: for an installation that strangers use. The safe choice.
    #[default]
    Public,
}

/// Why an address is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Blocked {
    /// A cloud's metadata or platform service. Refused always.
    #[error("the target's address is a cloud's metadata service, which is never reached")]
    Metadata,
    /// Link-local. Refused always.
    #[error("the target's address is link-local, which is never reached")]
    LinkLocal,
    /// Unspecified, multicast or broadcast. Refused always.
    #[error("the target's address is no address of one machine")]
    NotUnicast,
    /// Loopback, where only public addresses may be reached.
    #[error(
        "the target's address is a loopback address, and this installation reaches only public ones"
    )]
    Loopback,
    /// A private network, where only public addresses may be reached.
    #[error("the target's address is private, and this installation reaches only public ones")]
    Private,
    /// Another special-purpose range, where only public addresses may be reached.
    #[error("the target's address is reserved, and this installation reaches only public ones")]
    Reserved,
}

/// A range of addresses, written `192.0.2.0/24`, or one address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    base: IpAddr,
    prefix: u8,
}

/// The text is no network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a network: write an address such as 192.0.2.7, or a range such as 192.0.2.0/24")]
pub struct ParseNetworkError;

impl Network {
    /// The range of this address and prefix length; `None` when the prefix is too long.
    #[must_use]
    pub const fn new(base: IpAddr, prefix: u8) -> Option<Self> {
        let longest = if base.is_ipv4() { 32 } else { 128 };
        if prefix <= longest {
            Some(Self { base, prefix })
        } else {
            None
        }
    }

    /// Whether the address is in the range. An IPv4 range holds no IPv6 address.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.base, address) {
            (IpAddr::V4(base), IpAddr::V4(address)) => in_v4(address, base, self.prefix),
            (IpAddr::V6(base), IpAddr::V6(address)) => in_v6(address, base, self.prefix),
            _ => false,
        }
    }
}

impl From<IpAddr> for Network {
    fn from(base: IpAddr) -> Self {
        let prefix = if base.is_ipv4() { 32 } else { 128 };
        Self { base, prefix }
    }
}

impl FromStr for Network {
    type Err = ParseNetworkError;
    fn from_str(text: &str) -> Result<Self, ParseNetworkError> {
        let Some((base, prefix)) = text.split_once('/') else {
            return text
                .parse::<IpAddr>()
                .map(Self::from)
                .map_err(|_| ParseNetworkError);
        };
        let base = base.parse().map_err(|_| ParseNetworkError)?;
        let prefix = prefix.parse().map_err(|_| ParseNetworkError)?;
        Self::new(base, prefix).ok_or(ParseNetworkError)
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.base, self.prefix)
    }
}

/// Decides which addresses may be reached. The default reaches public addresses only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AddressGuard {
    /// How far this installation may reach.
    pub targets: Targets,
    /// Ranges that may be reached although they are not public: a setting of the operator.
    /// What is refused always stays refused.
    pub allow: Vec<Network>,
}

impl AddressGuard {
    /// Reaches everything but what is refused always.
    #[must_use]
    pub const fn any() -> Self {
        Self {
            targets: Targets::Any,
            allow: Vec::new(),
        }
    }

    /// Reaches public addresses only.
    #[must_use]
    pub const fn public() -> Self {
        Self {
            targets: Targets::Public,
            allow: Vec::new(),
        }
    }

    /// Also reaches these ranges.
    #[must_use]
    pub fn allowing(mut self, networks: impl IntoIterator<Item = Network>) -> Self {
        self.allow.extend(networks);
        self
    }

    /// Whether the address may be reached.
    ///
    /// An IPv6 address that carries an IPv4 address (mapped, translated, tunnelled) is refused
    /// when what it carries would be: the packet may end there.
    ///
    /// # Errors
    /// Why not.
    pub fn check(&self, address: IpAddr) -> Result<(), Blocked> {
        let carried = carried_addresses(address);
        for address in std::iter::once(address).chain(carried.iter().flatten().copied()) {
            if let Some(reason) = refused_always(address) {
                return Err(reason);
            }
        }
        if self.targets == Targets::Any || self.allow.iter().any(|net| net.contains(address)) {
            return Ok(());
        }
        let mapped = carried.iter().flatten().copied();
        for address in std::iter::once(address).chain(mapped) {
            if let Some(reason) = refused_in_public(address) {
                return Err(reason);
            }
        }
        Ok(())
    }
}

/// Addresses of metadata and platform services; those inside 169.254.0.0/16 are link-local anyway.
const METADATA_V4: [Ipv4Addr; 4] = [
    Ipv4Addr::new(169, 254, 169, 254),
    // Alibaba Cloud.
    Ipv4Addr::new(100, 100, 100, 200),
    // Azure's wire server: a public address.
    Ipv4Addr::new(168, 63, 129, 16),
    // Oracle Cloud.
    Ipv4Addr::new(192, 0, 0, 192),
];

const METADATA_V6: [Ipv6Addr; 4] = [
    // AWS.
    Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254),
    // AWS, the DNS resolver of a VPC.
    Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x253),
    // Google Cloud.
    Ipv6Addr::new(0xfd20, 0xce, 0, 0, 0, 0, 0, 0x254),
    // Scaleway.
    Ipv6Addr::new(0xfd00, 0x42, 0, 0, 0, 0, 0, 0x42),
];

fn refused_always(address: IpAddr) -> Option<Blocked> {
    match address {
        IpAddr::V4(v4) if METADATA_V4.contains(&v4) => Some(Blocked::Metadata),
        IpAddr::V6(v6) if METADATA_V6.contains(&v6) => Some(Blocked::Metadata),
        IpAddr::V4(v4) if v4.is_link_local() => Some(Blocked::LinkLocal),
        IpAddr::V6(v6) if v6.is_unicast_link_local() => Some(Blocked::LinkLocal),
        IpAddr::V4(v4) if v4.is_broadcast() => Some(Blocked::NotUnicast),
        _ if address.is_unspecified() || address.is_multicast() => Some(Blocked::NotUnicast),
        _ => None,
    }
}

/// Ranges of IPv4 that are not globally reachable.
const RESERVED_V4: [(Ipv4Addr, u8, Blocked); 14] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8, Blocked::Reserved),
    (Ipv4Addr::new(10, 0, 0, 0), 8, Blocked::Private),
    (Ipv4Addr::new(100, 64, 0, 0), 10, Blocked::Private),
    (Ipv4Addr::new(127, 0, 0, 0), 8, Blocked::Loopback),
    (Ipv4Addr::new(169, 254, 0, 0), 16, Blocked::LinkLocal),
    (Ipv4Addr::new(172, 16, 0, 0), 12, Blocked::Private),
    (Ipv4Addr::new(192, 0, 0, 0), 24, Blocked::Reserved),
    (Ipv4Addr::new(192, 0, 2, 0), 24, Blocked::Reserved),
    (Ipv4Addr::new(192, 88, 99, 0), 24, Blocked::Reserved),
    (Ipv4Addr::new(192, 168, 0, 0), 16, Blocked::Private),
    (Ipv4Addr::new(198, 18, 0, 0), 15, Blocked::Reserved),
    (Ipv4Addr::new(198, 51, 100, 0), 24, Blocked::Reserved),
    (Ipv4Addr::new(203, 0, 113, 0), 24, Blocked::Reserved),
    (Ipv4Addr::new(224, 0, 0, 0), 3, Blocked::Reserved),
];

/// Ranges inside the global unicast space 2000::/3 that are not globally reachable.
const RESERVED_V6: [(Ipv6Addr, u8); 4] = [
    // Protocol assignments: Teredo, benchmarking, ORCHID.
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    // Documentation.
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
    // 6to4.
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
];

const GLOBAL_UNICAST: Ipv6Addr = Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0);
const MAPPED: Ipv6Addr = Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, 0, 0);
const NAT64: Ipv6Addr = Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0);
const NAT64_LOCAL: Ipv6Addr = Ipv6Addr::new(0x64, 0xff9b, 1, 0, 0, 0, 0, 0);
const SITE_LOCAL: Ipv6Addr = Ipv6Addr::new(0xfec0, 0, 0, 0, 0, 0, 0, 0);

fn refused_in_public(address: IpAddr) -> Option<Blocked> {
    match address {
        IpAddr::V4(v4) => RESERVED_V4
            .iter()
            .find(|(base, prefix, _)| in_v4(v4, *base, *prefix))
            .map(|(_, _, reason)| *reason),
        // What these two carry is judged in their place.
        IpAddr::V6(v6) if in_v6(v6, MAPPED, 96) || in_v6(v6, NAT64, 96) => None,
        IpAddr::V6(v6) if v6.is_loopback() => Some(Blocked::Loopback),
        IpAddr::V6(v6) if v6.is_unique_local() || in_v6(v6, SITE_LOCAL, 10) => {
            Some(Blocked::Private)
        }
        IpAddr::V6(v6) => {
            let global = in_v6(v6, GLOBAL_UNICAST, 3)
                && !RESERVED_V6
                    .iter()
                    .any(|(base, prefix)| in_v6(v6, *base, *prefix));
            (!global).then_some(Blocked::Reserved)
        }
    }
}

/// The IPv4 addresses that an IPv6 address carries, by any of the schemes that place one inside.
fn carried_addresses(address: IpAddr) -> [Option<IpAddr>; 3] {
    let IpAddr::V6(v6) = address else {
        return [None; 3];
    };
    let [a, b, c, d, e, f, g, h] = v6.segments();
    let v4 = |high: u16, low: u16| {
        let [w, x] = high.to_be_bytes();
        let [y, z] = low.to_be_bytes();
        Some(IpAddr::V4(Ipv4Addr::new(w, x, y, z)))
    };
    let last = v4(g, h);
    match (a, b) {
        // Loopback and the unspecified address are judged as what they are.
        (0, 0) if v6.is_loopback() || v6.is_unspecified() => [None; 3],
        // Compatible ::/96, mapped ::ffff:0:0/96, translated ::ffff:0:0:0/96 (RFC 2765).
        (0, 0) if (c, d) == (0, 0) && matches!((e, f), (0, 0 | 0xffff) | (0xffff, 0)) => {
            [last, None, None]
        }
        // NAT64 (RFC 6052): well-known prefix, and the local-use prefix in both usual layouts.
        _ if in_v6(v6, NAT64, 96) => [last, None, None],
        _ if in_v6(v6, NAT64_LOCAL, 48) => {
            let [_, e_low] = e.to_be_bytes();
            let [f_high, _] = f.to_be_bytes();
            [last, v4(d, u16::from_be_bytes([e_low, f_high])), None]
        }
        // Teredo (RFC 4380): the server, and the client with its bits inverted.
        (0x2001, 0) => [v4(c, d), v4(!g, !h), None],
        // 6to4 (RFC 3056), whose inside may be ISATAP again.
        (0x2002, _) => [v4(b, c), isatap(e, f).then_some(last).flatten(), None],
        _ if isatap(e, f) => [last, None, None],
        _ => [None; 3],
    }
}

/// Whether an interface identifier is one of ISATAP (RFC 5214).
const fn isatap(e: u16, f: u16) -> bool {
    (e == 0 || e == 0x0200) && f == 0x5efe
}

fn in_v4(address: Ipv4Addr, base: Ipv4Addr, prefix: u8) -> bool {
    let shift = 32_u32.saturating_sub(u32::from(prefix));
    let cut = |ip: Ipv4Addr| u32::from(ip).checked_shr(shift).unwrap_or(0);
    cut(address) == cut(base)
}

fn in_v6(address: Ipv6Addr, base: Ipv6Addr, prefix: u8) -> bool {
    let shift = 128_u32.saturating_sub(u32::from(prefix));
    let cut = |ip: Ipv6Addr| u128::from(ip).checked_shr(shift).unwrap_or(0);
    cut(address) == cut(base)
}
