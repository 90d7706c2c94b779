//! Targets that are late by a known time in a known phase, a role. A thread each: a thread sleeps to
//! a tenth of a millisecond, a timer of the runtime to a whole one.

use crate::{
    Fault, print,
    target::{certificates, until_alone},
};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use serde::{Deserialize, Serialize};
use std::{
    io::{self, Read, Write},
    net::{TcpListener, TcpStream},
    sync::Arc,
    time::Duration,
};

/// How late they are.
pub(crate) const DELAY: Duration = Duration::from_millis(50);
/// How long a client may take before its thread is given up.
const PATIENCE: Duration = Duration::from_secs(5);

/// Where the late targets are.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Late {
    /// The head of the answer comes late.
    pub(crate) head: u16,
    /// The body comes late.
    pub(crate) body: u16,
    /// The handshake begins late.
    pub(crate) tls: u16,
    /// Over TLS, and not late: what a handshake takes by itself.
    pub(crate) prompt_tls: u16,
    pub(crate) root: String,
}

/// What a target does late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Nothing,
    Head,
    Body,
    Tls,
}

pub(crate) async fn run() -> Result<(), Fault> {
    let (root, server) = certificates()?;
    let server = Arc::new(server);
    let late = Late {
        head: serve(Phase::Head, None)?,
        body: serve(Phase::Body, None)?,
        tls: serve(Phase::Tls, Some(Arc::<ServerConfig>::clone(&server)))?,
        prompt_tls: serve(Phase::Nothing, Some(server))?,
        root,
    };
    print(&serde_json::to_string(&late)?);
    until_alone().await;
    Ok(())
}

fn serve(phase: Phase, tls: Option<Arc<ServerConfig>>) -> Result<u16, Fault> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let port = listener.local_addr()?.port();
    let accept = move || {
        while let Ok((stream, _)) = listener.accept() {
            let tls = tls.clone();
            let work = move || {
                // A client that breaks off notices itself.
                let _broken = answer(stream, phase, tls);
            };
            // Where there is no thread left the client gets no answer, and the row fails.
            let _none = std::thread::Builder::new()
                .stack_size(128 * 1024)
                .spawn(work);
        }
    };
    std::thread::Builder::new().spawn(accept)?;
    Ok(port)
}

#[expect(
    clippy::disallowed_methods,
    reason = "a thread of its own that is to be late"
)]
fn sleep_if(late: bool) {
    if late {
        std::thread::sleep(DELAY);
    }
}

fn answer(stream: TcpStream, phase: Phase, tls: Option<Arc<ServerConfig>>) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    sleep_if(phase == Phase::Tls);
    match tls {
        None => talk(stream, phase),
        Some(config) => {
            let session = ServerConnection::new(config).map_err(io::Error::other)?;
            let mut stream = StreamOwned::new(session, stream);
            talk(&mut stream, phase)?;
            stream.conn.send_close_notify();
            stream.flush()
        }
    }
}

fn talk(mut stream: impl Read + Write, phase: Phase) -> io::Result<()> {
    let mut head = Vec::new();
    let mut buffer = [0; 2048];
    while !head.ends_with(b"\r\n\r\n") {
        let read = stream.read(&mut buffer)?;
        if read == 0 || head.len() > 8_192 {
            return Ok(());
        }
        head.extend_from_slice(buffer.get(..read).unwrap_or_default());
    }
    sleep_if(phase == Phase::Head);
    stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n")?;
    stream.flush()?;
    sleep_if(phase == Phase::Body);
    stream.write_all(b"ok")?;
    stream.flush()
}
