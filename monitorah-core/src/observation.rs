//! What one look at a target saw. A failed check is a value of this type, never an error.

use crate::check::assertion::Finding;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::{net::IpAddr, time::Duration};

/// How the target was.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Status {
    /// All is well.
    Up,
    /// It answers, but worse than it should. Counts as up in uptime figures.
    Degraded,
    /// It fails.
    Down,
    /// We could not tell: our own fault, or a policy of ours. Never opens an incident.
    Unknown,
}

/// How bad a failed assertion is.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Severity {
    /// The target is degraded.
    Degraded,
    /// The target is down.
    #[default]
    Down,
}

impl From<Severity> for Status {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Degraded => Self::Degraded,
            Severity::Down => Self::Down,
        }
    }
}

macro_rules! reasons {
    ($($(#[$doc:meta])* $variant:ident = $text:literal,)+) => {
        /// Why the target is as it is: a closed list that may grow.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
        #[non_exhaustive]
        pub enum Reason {
            $($(#[$doc])* #[serde(rename = $text)] $variant,)+
        }

        impl Reason {
            /// Every reason, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The text on the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl std::str::FromStr for Reason {
            type Err = UnknownReason;
            fn from_str(text: &str) -> Result<Self, UnknownReason> {
                match text { $($text => Ok(Self::$variant),)+ _ => Err(UnknownReason) }
            }
        }
    };
}

/// The text names no reason of this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown reason")]
pub struct UnknownReason;

reasons! {
    /// All is well.
    Ok = "OK",
    /// The name does not exist.
    DnsNxdomain = "DNS_NXDOMAIN",
    /// The name servers failed.
    DnsServfail = "DNS_SERVFAIL",
    /// The name servers did not answer in time.
    DnsTimeout = "DNS_TIMEOUT",
    /// The answer is not the expected one.
    DnsMismatch = "DNS_MISMATCH",
    /// Our own resolver could not be asked.
    ResolverFailure = "RESOLVER_FAILURE",
    /// Nothing listens at the port.
    ConnectRefused = "CONNECT_REFUSED",
    /// No answer to the connection attempt.
    ConnectTimeout = "CONNECT_TIMEOUT",
    /// No route to the address.
    ConnectUnreachable = "CONNECT_UNREACHABLE",
    /// The peer reset the connection.
    ConnectReset = "CONNECT_RESET",
    /// The TLS handshake failed.
    TlsHandshake = "TLS_HANDSHAKE",
    /// The certificate has expired or is not valid yet.
    TlsExpired = "TLS_EXPIRED",
    /// The certificate expires soon.
    TlsExpiring = "TLS_EXPIRING",
    /// The certificate chain ends at no trusted root.
    TlsUntrusted = "TLS_UNTRUSTED",
    /// The certificate is for another name.
    TlsHostname = "TLS_HOSTNAME",
    /// The server speaks no TLS version from 1.2 on.
    TlsOldProtocol = "TLS_OLD_PROTOCOL",
    /// No first byte of the answer in time.
    TimeoutFirstByte = "TIMEOUT_FIRST_BYTE",
    /// The body did not end in time.
    TimeoutBody = "TIMEOUT_BODY",
    /// The time limit of the whole check was reached.
    TimeoutTotal = "TIMEOUT_TOTAL",
    /// The body ended before its announced length.
    BodyTruncated = "BODY_TRUNCATED",
    /// The body is larger than the cap.
    BodyTooLarge = "BODY_TOO_LARGE",
    /// The header block is larger than the cap.
    HeadersTooLarge = "HEADERS_TOO_LARGE",
    /// The body could not be decompressed.
    Decompression = "DECOMPRESSION",
    /// The answer breaks the protocol.
    Protocol = "PROTOCOL",
    /// The status code is not an expected one.
    HttpStatus = "HTTP_STATUS",
    /// A redirect leads back to an address already visited.
    RedirectLoop = "REDIRECT_LOOP",
    /// More redirects than allowed.
    TooManyRedirects = "TOO_MANY_REDIRECTS",
    /// An assertion does not hold.
    Assertion = "ASSERTION",
    /// Slower than asserted.
    Slow = "SLOW",
    /// No ping within the interval and its grace.
    HeartbeatMissed = "HEARTBEAT_MISSED",
    /// The job reported failure.
    HeartbeatFailed = "HEARTBEAT_FAILED",
    /// The job started and did not end within the grace.
    HeartbeatHung = "HEARTBEAT_HUNG",
    /// Members of the group are not well, or nothing is known of them.
    Members = "MEMBERS",
    /// Somebody set it so, or nobody has set anything yet.
    Manual = "MANUAL",
    /// The port is open and should not be.
    PortOpen = "PORT_OPEN",
    /// No reply to the echo request.
    PingNoReply = "PING_NO_REPLY",
    /// We may not send what the check needs to send.
    NoPermission = "NO_PERMISSION",
    /// The proxy of the monitor does not serve us, so nothing is known of the target.
    Proxy = "PROXY",
    /// The registry of the domain cannot be asked, so nothing is known of its expiry.
    RegistryFailure = "REGISTRY_FAILURE",
    /// The domain's registration has expired.
    DomainExpired = "DOMAIN_EXPIRED",
    /// The domain's registration expires soon.
    DomainExpiring = "DOMAIN_EXPIRING",
    /// A policy of this installation forbids the address.
    TargetBlocked = "TARGET_BLOCKED",
    /// Our process was late, so the result cannot be trusted.
    ProbeLate = "PROBE_LATE",
    /// Our process was offline, so the result cannot be trusted.
    ProbeOffline = "PROBE_OFFLINE",
    /// Nothing was checked for a while.
    Gap = "GAP",
    /// The key that seals the configuration is not available.
    Sealed = "SEALED",
    /// A check of another crate says why in the detail.
    Custom = "CUSTOM",
    /// A fault of our own.
    Internal = "INTERNAL",
}

/// How long each phase took. A phase that did not happen is absent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Timings {
    /// Name resolution; zero when the cache answered.
    pub dns: Option<Duration>,
    /// The TCP handshake.
    pub connect: Option<Duration>,
    /// The TLS handshake.
    pub tls: Option<Duration>,
    /// From the request's last byte to the answer's first.
    pub first_byte: Option<Duration>,
    /// From the answer's first byte to its last.
    pub download: Option<Duration>,
}

/// The certificate that the target showed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Certificate {
    /// The subject's distinguished name (RFC 4514).
    pub subject: String,
    /// The issuer's distinguished name (RFC 4514).
    pub issuer: String,
    /// The start of its validity.
    pub not_before: Timestamp,
    /// The end of its validity: the earliest of the chain that the target sent.
    pub not_after: Timestamp,
    /// SHA-256 of the leaf's DER form, in lower-case hexadecimal.
    pub fingerprint: String,
}

/// What a series of echo requests came to. The times are those of the replies, in microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Echoes {
    /// How many requests were sent.
    pub sent: u16,
    /// How many got a reply.
    pub received: u16,
    /// The shortest.
    pub min_us: u64,
    /// The average.
    pub average_us: u64,
    /// The longest.
    pub max_us: u64,
}

impl Echoes {
    /// What these replies to `sent` requests come to; all times are zero without any.
    #[must_use]
    pub fn of(sent: u16, times: &[Duration]) -> Self {
        let micros = |time: Option<&Duration>| {
            time.map_or(0, |time| {
                u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
            })
        };
        let received = u16::try_from(times.len()).unwrap_or(u16::MAX);
        let average = times
            .iter()
            .sum::<Duration>()
            .checked_div(u32::from(received));
        Self {
            sent,
            received,
            min_us: micros(times.iter().min()),
            average_us: micros(average.as_ref()),
            max_us: micros(times.iter().max()),
        }
    }

    /// The average time of a reply.
    #[must_use]
    pub const fn average(&self) -> Duration {
        Duration::from_micros(self.average_us)
    }
}

/// What a registry says of a domain.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Registration {
    /// The registered domain.
    pub domain: String,
    /// When its registration ends.
    pub expires_at: Timestamp,
}

/// What one look at a target saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// How the target was.
    pub status: Status,
    /// Why.
    pub reason: Reason,
    /// One sentence for people; never a secret, never the target's address. Empty when all is well.
    pub detail: Option<String>,
    /// The status code of the last HTTP answer.
    pub status_code: Option<u16>,
    /// From the start of the check to its end.
    pub total: Duration,
    /// The phases of the last hop.
    pub timings: Timings,
    /// The address that answered.
    pub remote_address: Option<IpAddr>,
    /// The certificate that the target showed.
    pub certificate: Option<Certificate>,
    /// What a name server answered, one text a record, sorted.
    pub answers: Option<Vec<String>>,
    /// What a series of echo requests came to.
    pub echoes: Option<Echoes>,
    /// What the registry says of the domain.
    pub registration: Option<Registration>,
    /// The start of the answer's body when the check failed, at most 4 KiB, as evidence.
    pub excerpt: Option<String>,
    /// How long this result speaks for, when that is not two intervals.
    pub valid_for: Option<Duration>,
    /// What each assertion of the configuration came to, in their order, absent where it holds;
    /// empty where none was judged. For whoever tries a configuration; it is not stored.
    pub assertions: Vec<Option<Finding>>,
}

impl Observation {
    /// A result with nothing but its status and reason; the fields are public to be filled in.
    #[must_use]
    pub const fn new(status: Status, reason: Reason) -> Self {
        Self {
            status,
            reason,
            detail: None,
            status_code: None,
            total: Duration::ZERO,
            timings: Timings {
                dns: None,
                connect: None,
                tls: None,
                first_byte: None,
                download: None,
            },
            remote_address: None,
            certificate: None,
            answers: None,
            echoes: None,
            registration: None,
            excerpt: None,
            valid_for: None,
            assertions: Vec::new(),
        }
    }

    /// The target is well.
    #[must_use]
    pub const fn up() -> Self {
        Self::new(Status::Up, Reason::Ok)
    }

    /// The target fails.
    #[must_use]
    pub fn down(reason: Reason, detail: impl Into<String>) -> Self {
        Self::new(Status::Down, reason).because(detail)
    }

    /// We could not tell.
    #[must_use]
    pub fn unknown(reason: Reason, detail: impl Into<String>) -> Self {
        Self::new(Status::Unknown, reason).because(detail)
    }

    /// Says why in one sentence.
    #[must_use]
    pub fn because(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }
}
