//! The few lines that four protocols speak before TLS begins. No more of them is spoken than that.

use super::StartTls;
use crate::{
    net::{Failure, stream_failure},
    observation::Reason,
};
use std::io;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// The longest line that a server may answer with.
const MAX_LINE: usize = 1024;
/// The most lines that a server may greet or list its capabilities with.
const MAX_LINES: usize = 64;
/// PostgreSQL's request for TLS: its length, and a number that is no protocol version.
const SSL_REQUEST: [u8; 8] = [0, 0, 0, 8, 4, 210, 22, 47];

/// Asks the server to begin TLS, and returns when it is ready to.
pub(super) async fn ask(stream: &mut TcpStream, protocol: StartTls) -> Result<(), Failure> {
    match protocol {
        StartTls::Smtp => {
            reply(stream, |line| smtp(line, "220")).await?;
            send(stream, b"EHLO monitorah.invalid\r\n").await?;
            reply(stream, |line| smtp(line, "250")).await?;
            send(stream, b"STARTTLS\r\n").await?;
            reply(stream, |line| smtp(line, "220")).await
        }
        StartTls::Imap => {
            reply(stream, |line| done(line, "* OK", "* BYE")).await?;
            send(stream, b"a STARTTLS\r\n").await?;
            reply(stream, |line| match line {
                line if line.starts_with("a ") => done(line, "a OK", "a "),
                // Untagged lines may come between.
                _ => Line::More,
            })
            .await
        }
        StartTls::Pop3 => {
            reply(stream, |line| done(line, "+OK", "-ERR")).await?;
            send(stream, b"STLS\r\n").await?;
            reply(stream, |line| done(line, "+OK", "-ERR")).await
        }
        StartTls::Postgres => {
            send(stream, &SSL_REQUEST).await?;
            match stream.read_u8().await.map_err(|error| lost(&error))? {
                b'S' => Ok(()),
                b'N' => Err(refused()),
                _ => Err(no_such_protocol()),
            }
        }
    }
}

/// What one line of an answer means.
enum Line {
    More,
    Ready,
    Refused,
    Stranger,
}

/// `220-…` goes on, `220 …` ends.
fn smtp(line: &str, code: &str) -> Line {
    match (line.get(..3), line.as_bytes().get(3)) {
        (Some(given), Some(b'-')) if given == code => Line::More,
        (Some(given), Some(b' ') | None) if given == code => Line::Ready,
        (Some(given), _) if given.bytes().all(|byte| byte.is_ascii_digit()) => Line::Refused,
        _ => Line::Stranger,
    }
}

fn done(line: &str, ready: &str, refused: &str) -> Line {
    if line.starts_with(ready) {
        Line::Ready
    } else if line.starts_with(refused) {
        Line::Refused
    } else {
        Line::Stranger
    }
}

async fn reply(stream: &mut TcpStream, read: impl Fn(&str) -> Line) -> Result<(), Failure> {
    for _ in 0..MAX_LINES {
        let line = line(stream).await?;
        match read(&line) {
            Line::More => {}
            Line::Ready => return Ok(()),
            Line::Refused => return Err(refused()),
            Line::Stranger => return Err(no_such_protocol()),
        }
    }
    Err(no_such_protocol())
}

/// Byte for byte: what follows the last line belongs to TLS.
async fn line(stream: &mut TcpStream) -> Result<String, Failure> {
    let mut line = Vec::new();
    loop {
        match stream.read_u8().await.map_err(|error| lost(&error))? {
            b'\n' => break,
            _ if line.len() >= MAX_LINE => return Err(no_such_protocol()),
            byte => line.push(byte),
        }
    }
    Ok(String::from_utf8_lossy(line.strip_suffix(b"\r").unwrap_or(&line)).into_owned())
}

async fn send(stream: &mut TcpStream, bytes: &[u8]) -> Result<(), Failure> {
    stream.write_all(bytes).await.map_err(|error| lost(&error))
}

fn lost(error: &io::Error) -> Failure {
    stream_failure(error).unwrap_or_else(|| {
        Failure::down(
            Reason::TlsHandshake,
            "the server closed the connection before TLS began",
        )
    })
}

fn refused() -> Failure {
    Failure::down(Reason::TlsHandshake, "the server does not offer STARTTLS")
}

fn no_such_protocol() -> Failure {
    Failure::down(
        Reason::Protocol,
        "the server does not speak the protocol that startTls names",
    )
}
