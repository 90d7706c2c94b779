//! A receiver of webhooks that notes what comes when.

use crate::Fault;
use futures::FutureExt;
use monitorah_core::Env;
use serde_json::Value;
use std::{
    io,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// The largest message that is read.
const MAX_MESSAGE: usize = 8 * 1024 * 1024;

/// A message, as far as the lab judges it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) monitor: String,
    /// `monitor.down` and the like.
    pub(crate) kind: String,
    /// The reason of the event, where it is about one.
    pub(crate) reason: Option<String>,
    /// When it arrived: monotonic.
    pub(crate) at: Duration,
}

/// Everything that was told so far, in the order in which it came.
pub(crate) type Record = Arc<Mutex<Vec<Told>>>;

/// What a receiver does with a message: notes it, and says which status it answers.
pub(crate) type Take = Arc<dyn Fn(&Value) -> u16 + Send + Sync>;

/// Starts a receiver; returns its address and what it will have got.
pub(crate) async fn start(environment: &Env) -> Result<(String, Record), Fault> {
    let record = Record::default();
    let (own, kept) = (Arc::clone(environment), Arc::clone(&record));
    let url = start_with(
        environment,
        Arc::new(move |message| {
            let text = |value: &Value| value.as_str().map(str::to_owned);
            let told = Told {
                monitor: text(&message["monitor"]["id"]).unwrap_or_default(),
                kind: text(&message["type"]).unwrap_or_default(),
                reason: text(&message["event"]["reason"]),
                at: own.monotonic(),
            };
            kept.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(told);
            204
        }),
    )
    .await?;
    Ok((url, record))
}

/// Starts a receiver that does this with each message; returns its address.
pub(crate) async fn start_with(environment: &Env, take: Take) -> Result<String, Fault> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/hook", listener.local_addr()?);
    let own = Arc::clone(environment);
    environment.spawn(
        async move {
            while let Ok((stream, _)) = listener.accept().await {
                let take = Arc::clone(&take);
                let work = async move {
                    // A client that breaks off sends again.
                    let _broken = receive(stream, &take).await;
                };
                own.spawn(work.boxed());
            }
        }
        .boxed(),
    );
    Ok(url)
}

async fn receive(mut stream: TcpStream, take: &Take) -> io::Result<()> {
    let invalid = || io::Error::from(io::ErrorKind::InvalidData);
    let mut bytes = Vec::new();
    let mut buffer = [0; 8192];
    let (head, length) = loop {
        let read = stream.read(&mut buffer).await?;
        bytes.extend_from_slice(buffer.get(..read).unwrap_or_default());
        if read == 0 || bytes.len() > MAX_MESSAGE {
            return Err(invalid());
        }
        if let Some(end) = bytes.windows(4).position(|end| end == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(bytes.get(..end).unwrap_or_default());
            let length = head
                .lines()
                .filter_map(|line| line.split_once(':'))
                .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
                .and_then(|(_, value)| value.trim().parse::<usize>().ok())
                .filter(|length| *length <= MAX_MESSAGE)
                .ok_or_else(invalid)?;
            break (end + 4, length);
        }
    };
    while bytes.len() < head + length {
        let read = stream.read(&mut buffer).await?;
        if read == 0 {
            return Err(invalid());
        }
        bytes.extend_from_slice(buffer.get(..read).unwrap_or_default());
    }
    let message: Value =
        serde_json::from_slice(bytes.get(head..head + length).unwrap_or_default())?;
    let status = take(&message);
    let done = format!("HTTP/1.1 {status} Taken\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
    stream.write_all(done.as_bytes()).await?;
    stream.shutdown().await
}
