//! Targets that are bad or well as the run wants it: one listener, a path for each.

use crate::Fault;
use futures::FutureExt;
use monitorah_core::Env;
use std::{
    collections::BTreeSet,
    io,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// The largest head of a request that is read.
const MAX_HEAD: usize = 16 * 1024;

/// The targets.
#[derive(Debug, Clone)]
pub(crate) struct Targets {
    url: String,
    bad: Arc<Mutex<BTreeSet<u64>>>,
}

impl Targets {
    /// Starts them, all well.
    pub(crate) async fn start(environment: &Env) -> Result<Self, Fault> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let bad = Arc::<Mutex<BTreeSet<u64>>>::default();
        let (own, known) = (Arc::clone(environment), Arc::clone(&bad));
        environment.spawn(
            async move {
                while let Ok((stream, _)) = listener.accept().await {
                    let known = Arc::clone(&known);
                    // A server that is killed in the middle of a request asks again later.
                    own.spawn(async move { drop(answer(stream, &known).await) }.boxed());
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
            all.insert(number);
        } else {
            all.remove(&number);
        }
    }
}

async fn answer(mut stream: TcpStream, bad: &Mutex<BTreeSet<u64>>) -> io::Result<()> {
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
        let all = bad.lock().unwrap_or_else(PoisonError::into_inner);
        all.contains(&number)
    });
    let status = if is_bad { "503 Bad" } else { "200 Well" };
    let text = format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok");
    stream.write_all(text.as_bytes()).await?;
    stream.shutdown().await
}
