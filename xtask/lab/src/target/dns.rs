//! Name servers that answer by the name that is asked for, from one zone.

use super::Switch;
use crate::Fault;
use futures::FutureExt;
use monitorah_core::Env;
use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::net::UdpSocket;

const TYPE_A: u16 = 1;
const TYPE_CNAME: u16 = 5;
const NXDOMAIN: u8 = 3;
const SERVFAIL: u8 = 2;

/// What the servers answer instead of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DnsFault {
    /// As always.
    None,
    /// The name does not exist.
    Nxdomain,
    /// The server failed.
    Servfail,
    /// Nothing.
    Silence,
    /// The name is an alias of one that does not exist.
    CnameToNowhere,
    /// The name is an alias of one without an address.
    CnameToNothing,
    /// The address comes so many milliseconds late.
    Slow(u64),
    /// Another address.
    OtherAddress,
    /// The first of two servers is silent.
    FirstSilent,
}

/// What each name does, and who says when.
type Names = HashMap<String, (DnsFault, Arc<Switch>)>;

/// The names that the servers know.
#[derive(Debug, Clone, Default)]
pub(crate) struct Zone {
    names: Arc<Mutex<Names>>,
}

impl Zone {
    pub(crate) fn put(&self, name: &str, fault: DnsFault, switch: &Arc<Switch>) {
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        names.insert(name.to_ascii_lowercase(), (fault, Arc::clone(switch)));
    }

    /// What a name does now; none when it is not in the zone.
    fn get(&self, name: &str) -> Option<(DnsFault, Arc<Switch>)> {
        let names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        let (fault, switch) = names.get(name)?;
        let fault = if switch.is_failing() {
            *fault
        } else {
            DnsFault::None
        };
        Some((fault, Arc::clone(switch)))
    }
}

/// Starts a server of the zone; `first` is the one that can be silent alone.
#[expect(
    clippy::disallowed_methods,
    reason = "a name server of the lab listens on loopback"
)]
pub(crate) async fn start(
    environment: &Env,
    zone: &Zone,
    first: bool,
) -> Result<SocketAddr, Fault> {
    let socket = Arc::new(UdpSocket::bind("127.0.0.1:0").await?);
    let address = socket.local_addr()?;
    let (own, zone) = (Arc::clone(environment), zone.clone());
    environment.spawn(
        async move {
            let mut buffer = [0; 2048];
            while let Ok((length, peer)) = socket.recv_from(&mut buffer).await {
                let Some(asked) = Question::read(buffer.get(..length).unwrap_or_default()) else {
                    continue;
                };
                let found = zone.get(&asked.name);
                if let Some((fault, switch)) = &found
                    && *fault != DnsFault::None
                {
                    let _counted = switch.next_request();
                }
                let fault = found.map_or(DnsFault::Nxdomain, |(fault, _)| fault);
                let Some(answer) = asked.answer(fault, first) else {
                    continue;
                };
                let DnsFault::Slow(ms) = fault else {
                    let _gone = socket.send_to(&answer, peer).await;
                    continue;
                };
                let (socket, late) = (Arc::clone(&socket), own.sleep(Duration::from_millis(ms)));
                own.spawn(
                    async move {
                        late.await;
                        let _gone = socket.send_to(&answer, peer).await;
                    }
                    .boxed(),
                );
            }
        }
        .boxed(),
    );
    Ok(address)
}

/// A question as it arrived (RFC 1035, section 4.1).
struct Question {
    id: [u8; 2],
    name: String,
    kind: u16,
    /// The question in wire form, as an answer repeats it.
    wire: Vec<u8>,
}

impl Question {
    fn read(bytes: &[u8]) -> Option<Self> {
        let id = *bytes.first_chunk()?;
        let body = bytes.get(12..)?;
        let mut name = String::new();
        let mut at = 0;
        loop {
            let length = usize::from(*body.get(at)?);
            at += 1;
            if length == 0 {
                break;
            }
            let label = body.get(at..at + length)?;
            if !name.is_empty() {
                name.push('.');
            }
            name.push_str(&String::from_utf8_lossy(label).to_ascii_lowercase());
            at += length;
        }
        let kind = u16::from_be_bytes(*body.get(at..at + 2)?.first_chunk()?);
        Some(Self {
            id,
            name,
            kind,
            wire: body.get(..at + 4)?.to_vec(),
        })
    }

    /// The answer in wire form; none where there is silence.
    fn answer(&self, fault: DnsFault, first: bool) -> Option<Vec<u8>> {
        let address = |last: u8| (TYPE_A, vec![127, 0, 0, last]);
        let alias = || (TYPE_CNAME, name_of("nowhere.example.org"));
        let (code, record) = match fault {
            DnsFault::Silence => return None,
            DnsFault::FirstSilent if first => return None,
            DnsFault::Nxdomain => (NXDOMAIN, None),
            DnsFault::Servfail => (SERVFAIL, None),
            DnsFault::CnameToNowhere => (NXDOMAIN, Some(alias())),
            DnsFault::CnameToNothing => (0, Some(alias())),
            DnsFault::OtherAddress => (0, Some(address(9))),
            DnsFault::None | DnsFault::Slow(_) | DnsFault::FirstSilent => (0, Some(address(1))),
        };
        // Of names with an address there is only an address.
        let record = record.filter(|(kind, _)| *kind != TYPE_A || self.kind == TYPE_A);
        let mut answer = self.id.to_vec();
        // A response, recursion desired and available, and the code.
        answer.extend([0x81, 0x80 | code]);
        answer.extend([0, 1, 0, u8::from(record.is_some()), 0, 0, 0, 0]);
        answer.extend(&self.wire);
        if let Some((kind, data)) = record {
            // The name by reference to the question, the class IN, one second to live.
            answer.extend([0xc0, 12]);
            answer.extend(kind.to_be_bytes());
            answer.extend([0, 1, 0, 0, 0, 1]);
            answer.extend(u16::try_from(data.len()).unwrap_or_default().to_be_bytes());
            answer.extend(data);
        }
        Some(answer)
    }
}

/// A name in wire form.
fn name_of(text: &str) -> Vec<u8> {
    let mut wire = Vec::new();
    for label in text.split('.') {
        wire.push(u8::try_from(label.len()).unwrap_or_default());
        wire.extend(label.bytes());
    }
    wire.push(0);
    wire
}
