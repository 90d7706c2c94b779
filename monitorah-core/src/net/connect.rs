//! The timed connector: name, guard, TCP, TLS, each phase recorded. The only place that opens
//! sockets to addresses that a user chose (I6).

use super::{
    Family, Net,
    host::Host,
    record::{Failure, Phase, Recorder},
    resolve::ResolveError,
    tls::{Alpn, TlsPolicy},
};
use crate::{
    environment::timeout,
    observation::{Reason, Status},
};
use rustls::{
    AlertDescription, CertificateError, Error as TlsError, PeerIncompatible, pki_types::ServerName,
};
use std::{io, net::SocketAddr, time::Duration};
use tokio::net::TcpStream;
use tokio_rustls::{TlsConnector, client::TlsStream};

/// How many addresses of one name are tried.
const MAX_ADDRESSES: usize = 4;

impl Net {
    /// A connection to the target. Addresses are tried in turn, each at most for its share of
    /// `budget`; each is judged by the guard right before its connect, so that what was checked
    /// is what is connected to.
    ///
    /// # Errors
    /// Why there is none. A target of which every address is refused is
    /// [`TARGET_BLOCKED`](Reason::TargetBlocked), with status `Unknown`.
    pub async fn connect(
        &self,
        host: &Host,
        port: u16,
        family: Family,
        budget: Duration,
        recorder: &Recorder,
    ) -> Result<TcpStream, Failure> {
        let start = self.environment().monotonic();
        recorder.enter(Phase::Dns);
        let addresses = self.resolve(host, family).await?;
        let resolved = self.environment().monotonic();
        recorder.update(|record| {
            record.timings.dns = Some(resolved.saturating_sub(start));
            record.phase = Phase::Connect;
        });

        let mut failure = None;
        let count = addresses.len().min(MAX_ADDRESSES);
        for (index, ip) in addresses.into_iter().take(MAX_ADDRESSES).enumerate() {
            let begun = self.environment().monotonic();
            let address = SocketAddr::new(ip, port);
            let left = u32::try_from(count.saturating_sub(index)).unwrap_or(1);
            let attempt = if left > 1 {
                let rest = budget.saturating_sub(begun.saturating_sub(start));
                let share = rest.checked_div(left).unwrap_or(rest);
                timeout(&**self.environment(), share, self.open(address, recorder))
                    .await
                    .unwrap_or_else(|_| Err(Failure::timed_out(Phase::Connect)))
            } else {
                // The last one has all the time that is left, which the caller limits.
                self.open(address, recorder).await
            };
            match attempt {
                Ok(stream) => {
                    let connected = self.environment().monotonic();
                    recorder.update(|record| {
                        record.timings.connect = Some(connected.saturating_sub(begun));
                    });
                    return Ok(stream);
                }
                // A refused address says nothing about the target: any other failure is told first.
                Err(new) => match &failure {
                    Some(Failure {
                        status: Status::Down,
                        ..
                    }) => {}
                    _ => failure = Some(new),
                },
            }
        }
        Err(failure.unwrap_or_else(|| {
            Failure::down(Reason::DnsNxdomain, ResolveError::NoAddress.to_string())
        }))
    }

    /// Connects to exactly this address, if the guard lets us.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that opens sockets to addresses that a user chose, behind the guard"
    )]
    async fn open(&self, address: SocketAddr, recorder: &Recorder) -> Result<TcpStream, Failure> {
        self.guard()
            .check(address.ip())
            .map_err(|blocked| Failure::unknown(Reason::TargetBlocked, blocked.to_string()))?;
        recorder.update(|record| record.remote_address = Some(address.ip()));
        TcpStream::connect(address)
            .await
            .map_err(|error| connect_failure(&error))
    }

    /// A TLS session over the stream, for the name that was asked for.
    ///
    /// # Errors
    /// Why there is none; the chain is in the recorder nevertheless, if one was shown.
    pub async fn handshake(
        &self,
        stream: TcpStream,
        host: &Host,
        policy: &TlsPolicy,
        alpn: Alpn,
        recorder: &Recorder,
    ) -> Result<TlsStream<TcpStream>, Failure> {
        recorder.enter(Phase::Tls);
        let start = self.environment().monotonic();
        // A handshake is several small writes in a row, which must not wait for each other.
        // Where the option cannot be set the handshake is slower, and that is all.
        let _slower = stream.set_nodelay(true);
        let name = server_name(host)?;
        let connector = TlsConnector::from(policy.for_handshake(alpn, recorder));
        let session = connector
            .connect(name, stream)
            .await
            .map_err(|error| tls_failure(&error))?;
        let end = self.environment().monotonic();
        recorder.update(|record| record.timings.tls = Some(end.saturating_sub(start)));
        Ok(session)
    }

    pub(super) async fn resolve(
        &self,
        host: &Host,
        family: Family,
    ) -> Result<Vec<std::net::IpAddr>, Failure> {
        match host {
            Host::Address(ip) if family.admits(*ip) => Ok(vec![*ip]),
            Host::Address(_) => Err(Failure::down(
                Reason::DnsNxdomain,
                "the target is an address of the other family than the one asked for",
            )),
            Host::Name(name) => self
                .names()
                .addresses(name, family)
                .await
                .map(|addresses| self.in_preferred_order(&addresses))
                .map_err(resolve_failure),
        }
    }
}

fn server_name(host: &Host) -> Result<ServerName<'static>, Failure> {
    match host {
        Host::Address(ip) => Ok(ServerName::IpAddress((*ip).into())),
        Host::Name(name) => {
            let name = name.strip_suffix('.').unwrap_or(name).to_owned();
            ServerName::try_from(name).map_err(|_| {
                Failure::down(
                    Reason::TlsHostname,
                    "the host is not a name that a certificate can be for",
                )
            })
        }
    }
}

/// What a failed look-up means for the target.
pub(crate) fn resolve_failure(error: ResolveError) -> Failure {
    let reason = match error {
        ResolveError::NoSuchName | ResolveError::NoAddress => Reason::DnsNxdomain,
        ResolveError::ServerFailure => Reason::DnsServfail,
        ResolveError::Timeout => Reason::DnsTimeout,
        ResolveError::Unavailable => {
            return Failure::unknown(Reason::ResolverFailure, error.to_string());
        }
    };
    Failure::down(reason, error.to_string())
}

pub(super) fn connect_failure(error: &io::Error) -> Failure {
    use io::ErrorKind::{
        ConnectionRefused, ConnectionReset, HostUnreachable, NetworkDown, NetworkUnreachable,
        PermissionDenied, TimedOut,
    };
    match error.kind() {
        ConnectionRefused => Failure::down(
            Reason::ConnectRefused,
            "nothing accepts connections at the port",
        ),
        ConnectionReset => Failure::down(
            Reason::ConnectReset,
            "the peer reset the connection attempt",
        ),
        TimedOut => Failure::timed_out(Phase::Connect),
        HostUnreachable | NetworkUnreachable | NetworkDown => {
            Failure::down(Reason::ConnectUnreachable, "no route leads to the target")
        }
        PermissionDenied => Failure::unknown(
            Reason::NoPermission,
            "this machine does not permit the connection",
        ),
        // Out of ports, descriptors or memory: ours, not the target's.
        _ => Failure::unknown(
            Reason::Internal,
            format!("this machine could not connect ({})", error.kind()),
        ),
    }
}

/// What an error of an established connection means, apart from TLS.
pub(crate) fn stream_failure(error: &io::Error) -> Option<Failure> {
    match error.kind() {
        io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::BrokenPipe => Some(Failure::down(
            Reason::ConnectReset,
            "the peer reset the connection",
        )),
        io::ErrorKind::TimedOut => Some(Failure::timed_out(Phase::Connect)),
        _ => None,
    }
}

/// What a failed handshake means.
pub(crate) fn tls_failure(error: &io::Error) -> Failure {
    let tls = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<TlsError>());
    match tls {
        Some(error) => tls_meaning(error),
        None => stream_failure(error).unwrap_or_else(|| {
            Failure::down(
                Reason::TlsHandshake,
                "the peer closed the connection in the TLS handshake",
            )
        }),
    }
}

fn tls_meaning(error: &TlsError) -> Failure {
    let (reason, detail) = match error {
        TlsError::InvalidCertificate(error) => certificate_meaning(error),
        TlsError::PeerIncompatible(
            PeerIncompatible::ServerDoesNotSupportTls12Or13
            | PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig,
        )
        | TlsError::AlertReceived(AlertDescription::ProtocolVersion) => (
            Reason::TlsOldProtocol,
            "the server speaks no TLS version from 1.2 on",
        ),
        TlsError::AlertReceived(
            AlertDescription::CertificateRequired
            | AlertDescription::BadCertificate
            | AlertDescription::UnknownCA,
        ) => (
            Reason::TlsHandshake,
            "the server does not accept our client certificate, or wants one",
        ),
        TlsError::NoApplicationProtocol
        | TlsError::AlertReceived(AlertDescription::NoApplicationProtocol) => (
            Reason::TlsHandshake,
            "the server does not offer the wanted HTTP version",
        ),
        TlsError::InvalidMessage(_) => (Reason::TlsHandshake, "the server's answer is not TLS"),
        _ => (Reason::TlsHandshake, "the TLS handshake failed"),
    };
    Failure::down(reason, detail)
}

fn certificate_meaning(error: &CertificateError) -> (Reason, &'static str) {
    use CertificateError as E;
    match error {
        E::Expired | E::ExpiredContext { .. } => (Reason::TlsExpired, "a certificate has expired"),
        E::NotValidYet | E::NotValidYetContext { .. } => {
            (Reason::TlsExpired, "a certificate is not valid yet")
        }
        E::NotValidForName | E::NotValidForNameContext { .. } => {
            (Reason::TlsHostname, "the certificate is for another name")
        }
        E::UnknownIssuer => (
            Reason::TlsUntrusted,
            "the certificate chain ends at no trusted root",
        ),
        E::Revoked => (Reason::TlsUntrusted, "the certificate is revoked"),
        _ => (Reason::TlsUntrusted, "the certificate is not acceptable"),
    }
}

/// The protocol that a session agreed on.
pub(crate) fn speaks_http2(session: &TlsStream<TcpStream>) -> bool {
    let (_, connection) = session.get_ref();
    connection.alpn_protocol() == Some(b"h2")
}
