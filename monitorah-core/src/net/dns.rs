//! One question to a name server, as it was asked and as it was answered: UDP first, TCP where the
//! answer does not fit.
//!
//! The resolver in [`resolve`](super::resolve) says where a name leads; this says what a server
//! answered, its response code included, and caches nothing. Messages are read and written by
//! `hickory-proto`; the transport is ours, so that the guard, the clock and the time limit are those
//! of every other check.

use super::{
    Family, Net,
    connect::connect_failure,
    host::Host,
    record::{Failure, Phase, Recorder},
};
use crate::{
    environment::timeout,
    observation::{Reason, Status},
};
use hickory_resolver::{
    proto::{
        op::{Edns, Message, MessageType, OpCode, Query, ResponseCode},
        rr::{Name, RecordType},
    },
    system_conf::read_system_conf,
};
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::UdpSocket,
};

/// The largest answer over UDP that we ask for: what passes every network unfragmented.
const UDP_PAYLOAD: u16 = 1232;
/// The largest datagram that is read: more than we ask for, because not every server minds.
const MAX_DATAGRAM: usize = 8 * 1024;
/// How many servers, or addresses of one server, are asked.
const MAX_SERVERS: usize = 4;
/// How often a question is sent to one server: datagrams get lost.
const SENDS: u32 = 3;

/// Who is asked.
#[derive(Debug, Clone)]
pub(crate) enum NameServer {
    /// The servers of this machine, in turn. The operator chose them, so the guard does not judge
    /// them.
    System,
    /// This one.
    Chosen(Host, u16),
}

/// What is asked for.
#[derive(Debug, Clone)]
pub(crate) struct Question {
    pub(crate) name: Name,
    pub(crate) kind: RecordType,
}

impl Net {
    /// Asks until a server answers. Whatever code an answer has, it is an answer; of the machine's
    /// own servers the next one is asked after a failing one.
    ///
    /// # Errors
    /// Why there is no answer.
    pub(crate) async fn ask(
        &self,
        server: &NameServer,
        question: &Question,
        family: Family,
        budget: Duration,
        recorder: &Recorder,
    ) -> Result<Message, Failure> {
        let start = self.environment().monotonic();
        recorder.enter(Phase::Dns);
        let (servers, chosen) = match server {
            NameServer::System => (self.name_servers().to_vec(), false),
            NameServer::Chosen(host, port) => {
                let addresses = self.resolve(host, family).await?;
                let servers = addresses
                    .into_iter()
                    .map(|ip| SocketAddr::new(ip, *port))
                    .collect();
                (servers, true)
            }
        };
        let asked = self.environment().monotonic();
        let count = servers.len().min(MAX_SERVERS);
        let mut failure = None;
        let mut last = None;
        for (index, address) in servers.into_iter().take(MAX_SERVERS).enumerate() {
            let spent = self.environment().monotonic().saturating_sub(start);
            let rest = budget.saturating_sub(spent);
            let left = u32::try_from(count.saturating_sub(index))
                .unwrap_or(1)
                .max(1);
            let share = rest.checked_div(left).unwrap_or(rest);
            if chosen {
                // Judged right before the socket is used, like every address that a user chose.
                if let Err(blocked) = self.guard().check(address.ip()) {
                    failure.get_or_insert_with(|| {
                        Failure::unknown(Reason::TargetBlocked, blocked.to_string())
                    });
                    continue;
                }
                recorder.update(|record| record.remote_address = Some(address.ip()));
            }
            let outcome = timeout(
                &**self.environment(),
                share,
                self.ask_one(address, question, share),
            )
            .await
            .unwrap_or_else(|_| Err(Failure::timed_out(Phase::Dns)));
            match outcome {
                Ok(answer) => {
                    let end = self.environment().monotonic();
                    recorder.update(|record| {
                        record.timings.dns = Some(end.saturating_sub(asked));
                    });
                    let code = answer.metadata.response_code;
                    if chosen || matches!(code, ResponseCode::NoError | ResponseCode::NXDomain) {
                        return Ok(answer);
                    }
                    last = Some(answer);
                }
                // What a server itself said is told rather than what a policy of ours said.
                Err(new) => match &failure {
                    Some(Failure {
                        status: Status::Down,
                        ..
                    }) => {}
                    _ => failure = Some(new),
                },
            }
        }
        match (last, failure) {
            (Some(answer), _) => Ok(answer),
            (None, Some(failure)) if chosen || failure.reason == Reason::DnsTimeout => Err(failure),
            // The machine's own servers cannot be reached: the target has no part in that.
            (None, _) => Err(Failure::unknown(
                Reason::ResolverFailure,
                "this machine's name servers cannot be asked: see /etc/resolv.conf, or name a \
                 server in the configuration",
            )),
        }
    }

    /// One server: a datagram, sent again while it stays silent, then a stream if need be.
    async fn ask_one(
        &self,
        server: SocketAddr,
        question: &Question,
        share: Duration,
    ) -> Result<Message, Failure> {
        let (id, request) = self.request(question)?;
        let socket = datagram(server)
            .await
            .map_err(|error| connect_failure(&error))?;
        let mut buffer = vec![0; MAX_DATAGRAM];
        // A half, a quarter, and the rest: the caller ends the last wait.
        for send in 0..SENDS {
            socket
                .send(&request)
                .await
                .map_err(|error| connect_failure(&error))?;
            let wait = share.checked_div(4).unwrap_or(share);
            let receive = receive(&socket, &mut buffer, id, question);
            let answer = if send + 1 == SENDS {
                receive.await?
            } else {
                match timeout(&**self.environment(), wait, receive).await {
                    Ok(answer) => answer?,
                    Err(_) => continue,
                }
            };
            if !answer.metadata.truncation {
                return Ok(answer);
            }
            return over_stream(server, &request, id, question).await;
        }
        Err(Failure::timed_out(Phase::Dns))
    }

    /// The question in wire format, with an id that nobody can guess.
    fn request(&self, question: &Question) -> Result<(u16, Vec<u8>), Failure> {
        let mut id = [0; 2];
        self.environment().fill_random(&mut id);
        let id = u16::from_be_bytes(id);
        let mut message = Message::new(id, MessageType::Query, OpCode::Query);
        message.metadata.recursion_desired = true;
        message.add_query(Query::query(question.name.clone(), question.kind));
        let mut edns = Edns::new();
        edns.set_max_payload(UDP_PAYLOAD);
        message.set_edns(edns);
        let bytes = message.to_vec().map_err(|_| {
            Failure::down(
                Reason::DnsNxdomain,
                "the name cannot be asked for: it is too long",
            )
        })?;
        Ok((id, bytes))
    }
}

/// The name servers of this machine's configuration; none where it has none.
pub(super) fn of_system() -> Vec<SocketAddr> {
    let Ok((config, _)) = read_system_conf() else {
        return Vec::new();
    };
    config
        .name_servers
        .iter()
        .map(|server| {
            let port = server.connections.first().map_or(53, |first| first.port);
            SocketAddr::new(server.ip, port)
        })
        .collect()
}

/// The domain of this machine and those that it searches names in.
pub(super) fn search_of_system() -> Vec<Name> {
    let Ok((config, _)) = read_system_conf() else {
        return Vec::new();
    };
    let domains = config.domain.iter().chain(&config.search);
    // `search .` searches nowhere: everything is below the root.
    domains
        .filter(|name| !name.is_root())
        .cloned()
        .map(whole)
        .collect()
}

/// These domains; what is none is left out.
pub(super) fn domains(texts: &[String]) -> Vec<Name> {
    texts
        .iter()
        .filter_map(|text| Name::from_ascii(text).ok())
        .filter(|name| !name.is_root())
        .map(whole)
        .collect()
}

/// The name with the root at its end, as names that are asked for are compared.
fn whole(mut name: Name) -> Name {
    name.set_fqdn(true);
    name
}

/// A socket that hears this server only; the system draws its port.
#[expect(
    clippy::disallowed_methods,
    reason = "core::net opens the sockets; the caller has asked the guard about a chosen server"
)]
async fn datagram(server: SocketAddr) -> std::io::Result<UdpSocket> {
    let any = match server {
        SocketAddr::V4(_) => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        SocketAddr::V6(_) => IpAddr::V6(Ipv6Addr::UNSPECIFIED),
    };
    let socket = UdpSocket::bind(SocketAddr::new(any, 0)).await?;
    socket.connect(server).await?;
    Ok(socket)
}

/// The next datagram that answers our question; others are not ours to judge.
async fn receive(
    socket: &UdpSocket,
    buffer: &mut [u8],
    id: u16,
    question: &Question,
) -> Result<Message, Failure> {
    loop {
        let length = socket
            .recv(buffer)
            .await
            .map_err(|error| connect_failure(&error))?;
        let bytes = buffer.get(..length).unwrap_or_default();
        if bytes.first_chunk() == Some(&id.to_be_bytes())
            && let Some(answer) = read(bytes, question)?
        {
            return Ok(answer);
        }
    }
}

/// The whole answer over TCP (RFC 7766): two bytes of length, then the message.
#[expect(
    clippy::disallowed_methods,
    reason = "core::net opens the sockets; the datagram before it went to the same address"
)]
async fn over_stream(
    server: SocketAddr,
    request: &[u8],
    id: u16,
    question: &Question,
) -> Result<Message, Failure> {
    let lost = |error: std::io::Error| {
        super::connect::stream_failure(&error).unwrap_or_else(|| {
            Failure::down(
                Reason::Protocol,
                "the name server closed the connection without an answer",
            )
        })
    };
    let mut stream = tokio::net::TcpStream::connect(server)
        .await
        .map_err(|error| connect_failure(&error))?;
    let length = u16::try_from(request.len()).unwrap_or(u16::MAX);
    let mut framed = length.to_be_bytes().to_vec();
    framed.extend_from_slice(request);
    stream.write_all(&framed).await.map_err(lost)?;
    let length = stream.read_u16().await.map_err(lost)?;
    let mut bytes = vec![0; usize::from(length)];
    stream.read_exact(&mut bytes).await.map_err(lost)?;
    if bytes.first_chunk() == Some(&id.to_be_bytes())
        && let Some(answer) = read(&bytes, question)?
    {
        return Ok(answer);
    }
    Err(Failure::down(
        Reason::Protocol,
        "the name server answered another question over TCP",
    ))
}

/// The message, when it answers this question. One that carries our id and cannot be read is the
/// server's fault.
fn read(bytes: &[u8], question: &Question) -> Result<Option<Message>, Failure> {
    let message = Message::from_vec(bytes).map_err(|_| {
        Failure::down(
            Reason::Protocol,
            "the name server's answer is not valid DNS",
        )
    })?;
    let ours = message.metadata.message_type == MessageType::Response
        && match message.queries.first() {
            Some(query) => query.query_type() == question.kind && *query.name() == question.name,
            // A server that could not even read the question may leave it out.
            None => message.metadata.response_code != ResponseCode::NoError,
        };
    Ok(ours.then_some(message))
}
