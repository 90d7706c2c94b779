//! An HTTP server that answers well, or wrong in one of many ways: written by hand, so that it can be.

use super::{Switch, bomb, wait_for_end};
use monitorah_core::Env;
use std::{io, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::TcpStream,
};

/// The body of an answer that is well: what the assertions of the table ask for.
pub(crate) const WELL: &str = r#"{"status":"ok","items":[1,2,3]}"#;
/// The largest head of a request that is read.
const MAX_HEAD: usize = 16 * 1024;

/// What the target does instead of answering well.
#[derive(Debug, Clone, Copy)]
pub(crate) enum HttpFault {
    /// Answers as always.
    None,
    /// This status, whatever is asked.
    Status(u16),
    /// This status to this method, and well to every other one.
    StatusOf(&'static str, u16),
    /// This status to requests that carry this header (`true`) or do not (`false`).
    StatusByHeader(&'static str, bool, u16),
    /// This status to the first requests of each so many, and from some request on to every one.
    StatusOfEach {
        each: u64,
        failing: u64,
        always_from: u64,
        code: u16,
    },
    /// The answer to HEAD announces a very long body, which does not follow, as it should not.
    HeadAnnounces,
    /// The whole answer comes so many milliseconds late.
    LateHead(u64),
    /// The body comes so many milliseconds after the head.
    LateBody(u64),
    /// Head and body come, each after so many milliseconds.
    LateBoth(u64),
    /// Accepts, and reads and says nothing.
    Hang,
    /// Resets the connection instead of answering.
    Reset,
    /// Resets the connection in the middle of the body.
    ResetInBody,
    /// Closes the connection instead of answering.
    Close,
    /// What comes is not HTTP.
    Garbage,
    /// The body is shorter than the length that the head announces.
    ShortOfLength,
    /// The connection ends before the last chunk.
    ShortOfChunks,
    /// The body comes a byte at a time.
    DripBody,
    /// The head comes a byte at a time.
    DripHead,
    /// The body never ends.
    Endless,
    /// The body never ends, in chunks.
    EndlessChunks,
    /// One header of so many bytes.
    HeaderBytes(usize),
    /// So many headers.
    HeaderLines(usize),
    /// A small compressed body that is a large one, although none was asked for.
    Bomb,
    /// Two addresses that redirect to each other.
    RedirectLoop,
    /// So many redirects, then a good answer.
    RedirectChain(u32),
    /// A redirect to an address that answers well.
    Redirect,
    /// Status 200 with this media type and body.
    Content(&'static str, &'static str),
}

/// Serves one connection: one request, one answer.
pub(crate) async fn serve(
    environment: Env,
    switch: Arc<Switch>,
    fault: HttpFault,
    mut stream: TcpStream,
) {
    let kept = Kept {
        environment,
        switch,
        fault,
    };
    // A peer that has gone is what many of the faults are about.
    let reset = matches!(kept.talk(&mut stream).await, Ok(End::Reset));
    if reset {
        let _reset = socket2::SockRef::from(&stream).set_linger(Some(Duration::ZERO));
    }
}

/// How a connection ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Orderly,
    Reset,
}

struct Kept {
    environment: Env,
    switch: Arc<Switch>,
    fault: HttpFault,
}

/// A request as far as it matters here.
struct Request {
    method: String,
    path: String,
    head: String,
}

impl Kept {
    async fn talk(&self, stream: &mut (impl AsyncRead + AsyncWrite + Unpin)) -> io::Result<End> {
        let failing = self.switch.is_failing();
        if failing && matches!(self.fault, HttpFault::Hang) {
            let _counted = self.switch.next_request();
            wait_for_end(&self.environment, stream).await;
            return Ok(End::Orderly);
        }
        let Some(request) = read(stream).await? else {
            return Ok(End::Orderly);
        };
        if failing {
            let number = self.switch.next_request();
            return self.fail(stream, &request, number).await;
        }
        well(stream, &request).await?;
        self.close(stream).await
    }

    /// Ends in order, and waits until the peer has read all of it.
    async fn close(&self, stream: &mut (impl AsyncRead + AsyncWrite + Unpin)) -> io::Result<End> {
        stream.shutdown().await?;
        wait_for_end(&self.environment, stream).await;
        Ok(End::Orderly)
    }

    async fn fail(
        &self,
        stream: &mut (impl AsyncRead + AsyncWrite + Unpin),
        request: &Request,
        number: u64,
    ) -> io::Result<End> {
        let head = request.method == "HEAD";
        match self.fault {
            HttpFault::None => well(stream, request).await?,
            HttpFault::HeadAnnounces => {
                if head {
                    stream.write_all(opening(1_000_000_000).as_bytes()).await?;
                } else {
                    well(stream, request).await?;
                }
            }
            HttpFault::Status(code) => status(stream, code, head).await?,
            HttpFault::StatusOf(method, code) => {
                if request.method == method {
                    status(stream, code, head).await?;
                } else {
                    well(stream, request).await?;
                }
            }
            HttpFault::StatusByHeader(name, carried, code) => {
                let carries = request.head.to_ascii_lowercase().contains(name);
                if carries == carried {
                    status(stream, code, head).await?;
                } else {
                    well(stream, request).await?;
                }
            }
            HttpFault::StatusOfEach {
                each,
                failing,
                always_from,
                code,
            } => {
                if number >= always_from || number.checked_rem(each).unwrap_or(0) < failing {
                    status(stream, code, head).await?;
                } else {
                    well(stream, request).await?;
                }
            }
            HttpFault::LateHead(ms) => {
                self.pause(stream, ms).await?;
                well(stream, request).await?;
            }
            HttpFault::LateBody(ms) | HttpFault::LateBoth(ms) => {
                if matches!(self.fault, HttpFault::LateBoth(_)) {
                    self.pause(stream, ms).await?;
                }
                stream.write_all(opening(WELL.len()).as_bytes()).await?;
                stream.flush().await?;
                self.pause(stream, ms).await?;
                stream.write_all(WELL.as_bytes()).await?;
            }
            HttpFault::Hang => {}
            HttpFault::Reset => return Ok(End::Reset),
            HttpFault::ResetInBody => {
                stream.write_all(opening(100_000).as_bytes()).await?;
                stream.write_all(WELL.as_bytes()).await?;
                stream.flush().await?;
                // Else the head would be lost with the connection.
                self.pause(stream, 50).await?;
                return Ok(End::Reset);
            }
            HttpFault::Close => {}
            HttpFault::Garbage => stream.write_all(b"220 mail.example.org ESMTP\r\n").await?,
            HttpFault::ShortOfLength => {
                stream.write_all(opening(100_000).as_bytes()).await?;
                stream.write_all(WELL.as_bytes()).await?;
            }
            HttpFault::ShortOfChunks => {
                let begin = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
                let chunk = format!("{begin}{:x}\r\n{WELL}\r\n", WELL.len());
                stream.write_all(chunk.as_bytes()).await?;
            }
            HttpFault::DripBody => {
                stream.write_all(opening(100_000).as_bytes()).await?;
                self.drip(stream, b' ').await?;
            }
            HttpFault::DripHead => {
                stream.write_all(b"HTTP/1.1 200 OK\r\nx-drip: ").await?;
                self.drip(stream, b'x').await?;
            }
            HttpFault::Endless => {
                stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await?;
                loop {
                    stream.write_all(&[b'x'; 16 * 1024]).await?;
                }
            }
            HttpFault::EndlessChunks => {
                let begin = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
                stream.write_all(begin).await?;
                loop {
                    stream.write_all(b"4000\r\n").await?;
                    stream.write_all(&[b'x'; 0x4000]).await?;
                    stream.write_all(b"\r\n").await?;
                }
            }
            HttpFault::HeaderBytes(size) => {
                stream.write_all(b"HTTP/1.1 200 OK\r\nx-large: ").await?;
                stream.write_all(&vec![b'x'; size]).await?;
                stream.write_all(b"\r\n\r\n").await?;
            }
            HttpFault::HeaderLines(count) => {
                let lines: String = (0..count).map(|line| format!("x-{line}: x\r\n")).collect();
                let answer = format!("HTTP/1.1 200 OK\r\n{lines}\r\n");
                stream.write_all(answer.as_bytes()).await?;
            }
            HttpFault::Bomb => {
                let bomb = bomb::gzip();
                let head = format!(
                    "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n",
                    bomb.len()
                );
                stream.write_all(head.as_bytes()).await?;
                stream.write_all(bomb).await?;
            }
            HttpFault::RedirectLoop => {
                let next = if request.path == "/" { "/again" } else { "/" };
                redirect(stream, next).await?;
            }
            HttpFault::RedirectChain(length) => {
                let step = request.path.trim_start_matches('/').parse().unwrap_or(0);
                if step < length {
                    redirect(stream, &format!("/{}", step + 1)).await?;
                } else {
                    well(stream, request).await?;
                }
            }
            HttpFault::Redirect => {
                if request.path == "/" {
                    redirect(stream, "/elsewhere").await?;
                } else {
                    well(stream, request).await?;
                }
            }
            HttpFault::Content(kind, body) => {
                let answer = format!(
                    "HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\r\n{body}",
                    body.len()
                );
                stream.write_all(answer.as_bytes()).await?;
            }
        }
        self.close(stream).await
    }

    /// Waits, and notices when the peer has not.
    async fn pause(&self, stream: &mut (impl AsyncRead + Unpin), ms: u64) -> io::Result<()> {
        tokio::select! {
            () = self.environment.sleep(Duration::from_millis(ms)) => Ok(()),
            () = wait_for_end(&self.environment, stream) => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    /// Writes a byte ten times a second, until the peer has enough of it.
    async fn drip(
        &self,
        stream: &mut (impl AsyncRead + AsyncWrite + Unpin),
        byte: u8,
    ) -> io::Result<()> {
        for _ in 0..600 {
            stream.write_all(&[byte]).await?;
            stream.flush().await?;
            self.pause(stream, 100).await?;
        }
        Ok(())
    }
}

/// Answers well over any stream; a TLS target does so after its handshake.
pub(crate) async fn answer_well(
    environment: &Env,
    stream: &mut (impl AsyncRead + AsyncWrite + Unpin),
) -> io::Result<()> {
    if let Some(request) = read(stream).await? {
        well(stream, &request).await?;
    }
    stream.shutdown().await?;
    wait_for_end(environment, stream).await;
    Ok(())
}

/// The request's head; none when the peer sent none.
async fn read(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<Option<Request>> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 2048];
    while !bytes.windows(4).any(|end| end == b"\r\n\r\n") {
        let length = stream.read(&mut buffer).await?;
        if length == 0 || bytes.len() > MAX_HEAD {
            return Ok(None);
        }
        bytes.extend_from_slice(buffer.get(..length).unwrap_or_default());
    }
    let head = String::from_utf8_lossy(&bytes).into_owned();
    let mut words = head.split_whitespace();
    let mut word = || words.next().unwrap_or_default().to_owned();
    Ok(Some(Request {
        method: word(),
        path: word(),
        head,
    }))
}

fn opening(length: usize) -> String {
    format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n")
}

/// A good answer; to HEAD it announces the length of what GET would get, as it should.
async fn well(stream: &mut (impl AsyncWrite + Unpin), request: &Request) -> io::Result<()> {
    stream.write_all(opening(WELL.len()).as_bytes()).await?;
    if request.method != "HEAD" {
        stream.write_all(WELL.as_bytes()).await?;
    }
    stream.flush().await
}

async fn status(
    stream: &mut (impl AsyncWrite + Unpin),
    code: u16,
    head_only: bool,
) -> io::Result<()> {
    let body = if head_only { "" } else { "not well\n" };
    let answer = format!("HTTP/1.1 {code} Lab\r\ncontent-length: 9\r\n\r\n{body}");
    stream.write_all(answer.as_bytes()).await
}

async fn redirect(stream: &mut (impl AsyncWrite + Unpin), to: &str) -> io::Result<()> {
    let answer = format!("HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n");
    stream.write_all(answer.as_bytes()).await
}
