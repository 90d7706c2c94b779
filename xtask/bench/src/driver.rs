//! Our own client: what drives peers and servers. Its cost is never counted; what it is answered is
//! always looked at.

use crate::Fault;
use monitorah_core::Env;
use std::net::SocketAddr;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// The largest answer.
const MAX_ANSWER: usize = 4 * 1024 * 1024;

/// A connection to a port of this machine.
#[expect(
    clippy::disallowed_methods,
    reason = "the bench connects to its own targets on loopback"
)]
pub(crate) async fn dial(address: SocketAddr) -> std::io::Result<TcpStream> {
    TcpStream::connect(address).await
}

/// An HTTP/1.1 connection that stays open.
#[derive(Debug)]
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The body, where the status is 200.
    pub(crate) fn body(self, of: &str) -> Result<Vec<u8>, Fault> {
        if self.status == 200 {
            return Ok(self.body);
        }
        let body = String::from_utf8_lossy(&self.body);
        Err(format!("{of} answered {}: {body}", self.status).into())
    }
}

impl Connection {
    pub(crate) async fn open(address: SocketAddr) -> Result<Self, Fault> {
        let stream = dial(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            buffer: Vec::new(),
        })
    }

    /// Asks for a path; the whole answer is read.
    pub(crate) async fn get(&mut self, path: &str, headers: &str) -> Result<Answer, Fault> {
        let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n{headers}\r\n");
        self.stream.write_all(request.as_bytes()).await?;
        self.buffer.clear();
        let (head, status, length) = loop {
            self.more().await?;
            if let Some(end) = self.buffer.windows(4).position(|four| four == b"\r\n\r\n") {
                let head = String::from_utf8_lossy(self.buffer.get(..end).unwrap_or_default());
                let status = head.split(' ').nth(1).and_then(|code| code.parse().ok());
                let length = head
                    .lines()
                    .filter_map(|line| line.split_once(':'))
                    .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
                    .and_then(|(_, value)| value.trim().parse::<usize>().ok());
                let status: Option<u16> = status;
                let status = status.ok_or_else(|| format!("not an answer of HTTP/1.1: {head}"))?;
                break (end + 4, status, length);
            }
        };
        let is_whole = |buffer: &[u8]| match length {
            Some(length) => buffer.len() >= head + length,
            // Chunks: the last one is empty.
            None => buffer.ends_with(b"\r\n0\r\n\r\n"),
        };
        while !is_whole(&self.buffer) {
            self.more().await?;
        }
        let body = self.buffer.get(head..).unwrap_or_default();
        let body = match length {
            Some(_) => body.to_vec(),
            None => joined(body),
        };
        Ok(Answer { status, body })
    }

    async fn more(&mut self) -> Result<(), Fault> {
        let read = self.stream.read_buf(&mut self.buffer).await?;
        if read == 0 || self.buffer.len() > MAX_ANSWER {
            return Err("an answer ended early, or is larger than 4 MiB".into());
        }
        Ok(())
    }
}

/// What chunks carry (RFC 9112, section 7.1).
fn joined(mut chunks: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(end) = chunks.windows(2).position(|two| two == b"\r\n") {
        let length = chunks
            .get(..end)
            .and_then(|length| std::str::from_utf8(length).ok())
            .and_then(|length| usize::from_str_radix(length, 16).ok())
            .unwrap_or(0);
        let Some(data) = chunks.get(end + 2..end + 2 + length) else {
            break;
        };
        body.extend_from_slice(data);
        chunks = chunks.get(end + 4 + length..).unwrap_or_default();
    }
    body
}

/// Asks `count` times over `width` connections side by side; every answer is given to `right`.
pub(crate) async fn drive(
    address: SocketAddr,
    path: &str,
    headers: &str,
    (count, width): (usize, usize),
    right: impl Fn(&Answer) -> bool + Sync,
) -> Result<(), Fault> {
    let one = async || -> Result<(), Fault> {
        let mut connection = Connection::open(address).await?;
        for _ in 0..count / width {
            let answer = connection.get(path, headers).await?;
            if !right(&answer) {
                let body = String::from_utf8_lossy(&answer.body);
                return Err(format!("{path} answered {}: {body}", answer.status).into());
            }
        }
        Ok(())
    };
    let all = (0..width).map(|_| one());
    futures::future::try_join_all(all).await?;
    Ok(())
}

/// Seconds between two readings of the clock.
pub(crate) fn seconds(environment: &Env, since: std::time::Duration) -> f64 {
    environment.monotonic().saturating_sub(since).as_secs_f64()
}

#[cfg(test)]
mod tests {
    #[test]
    fn chunks_are_joined() {
        assert_eq!(super::joined(b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"), b"abcde");
        assert_eq!(super::joined(b"0\r\n\r\n"), b"");
    }
}
