//! Targets that are bad or well as the run wants it: one listener, a path for each.

use crate::Fault;
use futures::FutureExt;
use monitorah_core::Env;
use std::{
    collections::BTreeMap,
    io,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// The largest head of a request that is read.
const MAX_HEAD: usize = 16 * 1024;

/// How often each life of the server saw a target bad.
type Seen = BTreeMap<u64, u64>;

/// The targets.
#[derive(Debug, Clone)]
pub(crate) struct Targets {
    url: String,
    /// The bad ones.
    bad: Arc<Mutex<BTreeMap<u64, Seen>>>,
}

impl Targets {
    /// Starts them, all well.
    pub(crate) async fn start(environment: &Env, life: &Arc<AtomicU64>) -> Result<Self, Fault> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let bad = Arc::<Mutex<BTreeMap<u64, Seen>>>::default();
        let (own, known, life) = (Arc::clone(environment), Arc::clone(&bad), Arc::clone(life));
        environment.spawn(
            async move {
                while let Ok((stream, _)) = listener.accept().await {
                    let (known, life) = (Arc::clone(&known), life.load(Ordering::SeqCst));
                    // A server that is killed in the middle of a request asks again later.
                    own.spawn(async move { drop(answer(stream, &known, life).await) }.boxed());
                }
            }
            .boxed(),
        );
        Ok(Self { url, bad })
    }

    /// Where this one is.
    pub(crate) fn url(&self, number: u64) -> String {
        format!("{}/{number}", self.url)
    }

    /// From now on this one is bad, or well.
    pub(crate) fn turn(&self, number: u64, bad: bool) {
        let mut all = self.bad.lock().unwrap_or_else(PoisonError::into_inner);
        if bad {
            all.insert(number, Seen::new());
        } else {
            all.remove(&number);
        }
    }

    /// How many lives of the server saw this one bad so often since it turned bad: each could
    /// believe it.
    pub(crate) fn chances(&self, number: u64, often: u64) -> usize {
        let all = self.bad.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = all.get(&number).map(BTreeMap::values);
        seen.into_iter()
            .flatten()
            .filter(|count| **count >= often)
            .count()
    }
}

async fn answer(
    mut stream: TcpStream,
    bad: &Mutex<BTreeMap<u64, Seen>>,
    life: u64,
) -> io::Result<()> {
    let mut head = Vec::new();
    let mut buffer = [0; 2048];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        let read = stream.read(&mut buffer).await?;
        if read == 0 || head.len() > MAX_HEAD {
            return Err(io::ErrorKind::InvalidData.into());
        }
        head.extend_from_slice(buffer.get(..read).unwrap_or_default());
    }
    let head = String::from_utf8_lossy(&head);
    let number = head
        .split_whitespace()
        .nth(1)
        .and_then(|path| path.trim_start_matches('/').parse().ok());
    let is_bad = number.is_some_and(|number: u64| {
        let mut all = bad.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = all.get_mut(&number);
        seen.is_some_and(|seen| {
            *seen.entry(life).or_default() += 1;
            true
        })
    });
    let status = if is_bad { "503 Bad" } else { "200 Well" };
    let text = format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok");
    stream.write_all(text.as_bytes()).await?;
    stream.shutdown().await
}
