//! What a user writes as a host, brought to one spelling by the rules of WHATWG URL.
//!
//! Decimal, octal, hexadecimal and short forms of IPv4, full-width letters and dots, punycode and
//! trailing dots all become one address or one lower-case name *before* anything judges them.

use std::{fmt, net::IpAddr};

/// The longest host that is read.
const MAX_HOST: usize = 255;

/// A host in its one spelling.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Host {
    /// A name to be resolved: lower case, ASCII.
    Name(String),
    /// An address that was written out.
    Address(IpAddr),
}

/// Why a text is no host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ParseHostError {
    /// Nothing was written.
    #[error("the host is missing")]
    Missing,
    /// An IPv6 zone id.
    #[error("a zone id (the part after %) cannot be used: write the address without it")]
    Zone,
    /// Not a name, not an address.
    #[error("not a host: write a name such as example.com, an IPv4 address, or [an IPv6 address]")]
    Invalid,
    /// Not a port number.
    #[error("not a port: write a number from 1 to 65535")]
    Port,
}

impl Host {
    /// Reads a host: a name, an IPv4 address in any spelling, or an IPv6 address with or without
    /// its brackets.
    ///
    /// # Errors
    /// When it is none of these.
    pub fn parse(text: &str) -> Result<Self, ParseHostError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(ParseHostError::Missing);
        }
        if text.len() > MAX_HOST.saturating_mul(4) {
            return Err(ParseHostError::Invalid);
        }
        let bare = match text.strip_prefix('[') {
            Some(rest) => rest.strip_suffix(']').ok_or(ParseHostError::Invalid)?,
            None => text,
        };
        if bare.contains(':') {
            if bare.contains('%') {
                return Err(ParseHostError::Zone);
            }
            return bare
                .parse()
                .map(|v6| Self::Address(IpAddr::V6(v6)))
                .map_err(|_| ParseHostError::Invalid);
        }
        match url::Host::parse(text).map_err(|_| ParseHostError::Invalid)? {
            url::Host::Ipv4(v4) => Ok(Self::Address(v4.into())),
            url::Host::Ipv6(v6) => Ok(Self::Address(v6.into())),
            url::Host::Domain(name) => Self::name(name),
        }
    }

    /// Reads `host:port`. Without a port the second value is absent.
    ///
    /// # Errors
    /// When either part is not one.
    pub fn parse_with_port(text: &str) -> Result<(Self, Option<u16>), ParseHostError> {
        let text = text.trim();
        let split = match text.rfind(']') {
            Some(end) => text
                .get(end..)
                .and_then(|rest| rest.find(':'))
                .map(|colon| end.saturating_add(colon)),
            // Several colons without brackets are an IPv6 address without a port.
            None if text.matches(':').count() > 1 => None,
            None => text.rfind(':'),
        };
        let Some((host, port)) = split.and_then(|at| Some((text.get(..at)?, text.get(at..)?)))
        else {
            return Ok((Self::parse(text)?, None));
        };
        let digits = port.trim_start_matches(':');
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(ParseHostError::Port);
        }
        match digits.parse::<u16>() {
            Ok(port) if port != 0 => Ok((Self::parse(host)?, Some(port))),
            _ => Err(ParseHostError::Port),
        }
    }

    /// The host of an URL.
    ///
    /// # Errors
    /// When the URL has none, or its name is longer than names may be.
    pub fn of(url: &url::Url) -> Result<Self, ParseHostError> {
        match url.host().ok_or(ParseHostError::Missing)? {
            url::Host::Ipv4(v4) => Ok(Self::Address(v4.into())),
            url::Host::Ipv6(v6) => Ok(Self::Address(v6.into())),
            url::Host::Domain(name) => Self::name(name.to_owned()),
        }
    }

    fn name(name: String) -> Result<Self, ParseHostError> {
        let labels = name.trim_end_matches('.');
        if labels.is_empty() || name.len() > MAX_HOST || labels.split('.').any(str::is_empty) {
            return Err(ParseHostError::Invalid);
        }
        Ok(Self::Name(name))
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => f.write_str(name),
            Self::Address(IpAddr::V4(v4)) => v4.fmt(f),
            Self::Address(IpAddr::V6(v6)) => write!(f, "[{v6}]"),
        }
    }
}
