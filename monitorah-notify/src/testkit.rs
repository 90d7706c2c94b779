//! What tests of channels are written with: a receiver on loopback, fixed messages, and the suite
//! that every channel over HTTP passes.
//!
//! The receiver is made of raw sockets, so that it can misbehave in ways that a server cannot.

mod conformance;
mod messages;

pub use conformance::{FORBIDDEN, Subject, guarded, http_channel};
pub use messages::{down_message, hostile_message, message};

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::{JoinHandle, JoinSet},
};

/// The largest request that is read: bytes.
const MAX_REQUEST: usize = 1024 * 1024;

/// How a [`Receiver`] answers each request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// With these bytes, then the connection is closed.
    Text(String),
    /// With this head and then a body that never ends.
    Endless,
    /// With the head of a 200 and nothing after it.
    HeadOnly,
    /// Never.
    Hang,
    /// By closing the connection.
    Close,
}

impl Reply {
    /// With this status code and no body.
    #[must_use]
    pub fn status(code: u16) -> Self {
        Self::with_header(code, "x-receiver", "test")
    }

    /// With this status code and a header.
    #[must_use]
    pub fn with_header(code: u16, name: &str, value: &str) -> Self {
        Self::Text(format!(
            "HTTP/1.1 {code} Scripted\r\n{name}: {value}\r\ncontent-length: 0\r\n\
             connection: close\r\n\r\n"
        ))
    }

    /// With this status code and this body as JSON.
    #[must_use]
    pub fn json(code: u16, body: &serde_json::Value) -> Self {
        let body = body.to_string();
        Self::Text(format!(
            "HTTP/1.1 {code} Scripted\r\ncontent-type: application/json\r\n\
             content-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        ))
    }
}

/// A request as it came over the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The request line and the headers, without the empty line that ends them.
    pub head: String,
    /// The body.
    pub body: Vec<u8>,
}

impl Received {
    /// The value of a header; the name in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers()
            .find_map(|(known, value)| known.eq_ignore_ascii_case(name).then_some(value))
    }

    /// Every header, in the order on the wire.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.head
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.trim(), value.trim()))
    }
}

/// Listens on loopback, counts connections, keeps every request and answers each alike.
#[derive(Debug)]
pub struct Receiver {
    address: SocketAddr,
    connections: Arc<AtomicUsize>,
    requests: watch::Sender<Vec<Received>>,
    task: JoinHandle<()>,
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Receiver {
    /// Listens on a free port of 127.0.0.1.
    ///
    /// # Errors
    /// When there is none.
    pub async fn start(reply: Reply) -> io::Result<Self> {
        Self::start_at((Ipv4Addr::LOCALHOST, 0).into(), reply).await
    }

    /// Listens on this loopback address.
    ///
    /// # Errors
    /// When it is taken, or no loopback address.
    pub async fn start_at(address: SocketAddr, reply: Reply) -> io::Result<Self> {
        if !address.ip().is_loopback() {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "a receiver listens on loopback only",
            ));
        }
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let connections = Arc::new(AtomicUsize::new(0));
        let requests = watch::Sender::new(Vec::new());
        let (counter, kept) = (Arc::clone(&connections), requests.clone());
        let serving = async move {
            let mut open = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                counter.fetch_add(1, Ordering::SeqCst);
                open.spawn(serve(stream, reply.clone(), kept.clone()));
            }
        };
        #[expect(
            clippy::disallowed_methods,
            reason = "the receiver of a test is beside the engine"
        )]
        let task = tokio::spawn(serving);
        Ok(Self {
            address,
            connections,
            requests,
            task,
        })
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its origin: `http://127.0.0.1:` and its port.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// An address of its own, with a path that must stand in no error.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/hook/canary-path?key=canary-query", self.address)
    }

    /// How many connections were made so far.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// Waits until this many requests came, and gives all of them.
    pub async fn received(&self, count: usize) -> Vec<Received> {
        let mut seen = self.requests.subscribe();
        let enough = seen.wait_for(|requests| requests.len() >= count).await;
        enough.map(|requests| requests.clone()).unwrap_or_default()
    }

    /// How many requests came so far.
    #[must_use]
    pub fn request_count(&self) -> usize {
        self.requests.borrow().len()
    }
}

async fn serve(mut stream: TcpStream, reply: Reply, requests: watch::Sender<Vec<Received>>) {
    let Some(received) = read_request(&mut stream).await else {
        return;
    };
    requests.send_modify(|requests| requests.push(received));
    // An error here is the client's going away, which is its right.
    match reply {
        Reply::Text(text) => {
            drop(stream.write_all(text.as_bytes()).await);
            drop(stream.shutdown().await);
        }
        Reply::Endless => {
            let head = b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\n";
            let mut written = stream.write_all(head).await;
            while written.is_ok() {
                written = stream.write_all(&[b'x'; 16 * 1024]).await;
            }
        }
        Reply::HeadOnly => {
            let head = b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n";
            drop(stream.write_all(head).await);
            std::future::pending::<()>().await;
        }
        Reply::Hang => std::future::pending::<()>().await,
        Reply::Close => {}
    }
}

/// Reads a request with a content length; none when it ends early or is too large.
async fn read_request(stream: &mut TcpStream) -> Option<Received> {
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(end) = bytes.windows(4).position(|part| part == b"\r\n\r\n") {
            break end;
        }
        read_more(stream, &mut bytes).await?;
    };
    let text = String::from_utf8_lossy(bytes.get(..head)?).into_owned();
    let mut received = Received {
        head: text,
        body: bytes.split_off(head.saturating_add(4)),
    };
    let length: usize = received.header("content-length")?.parse().ok()?;
    while received.body.len() < length {
        read_more(stream, &mut received.body).await?;
    }
    Some(received)
}

async fn read_more(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> Option<()> {
    let read = stream.read_buf(bytes).await.ok()?;
    (read > 0 && bytes.len() <= MAX_REQUEST).then_some(())
}

/// An address on which nothing listens: a connection to it is refused. It is on another loopback
/// address than a [`Receiver`], so that none takes it over in between.
///
/// # Errors
/// When there is no free port.
pub async fn closed_address() -> io::Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::new(127, 9, 9, 9), 0)).await?;
    listener.local_addr()
}
