//! A TLS server whose certificate or protocol is wrong in one of many ways.

use super::{
    Switch,
    certificate::{Authority, RIGHT, Wanted},
    http::answer_well,
    wait_for_end,
};
use crate::Fault;
use monitorah_core::{Env, environment::timeout};
use rustls::{
    ServerConfig,
    version::{TLS12, TLS13},
};
use std::{sync::Arc, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_rustls::TlsAcceptor;

/// The alert `protocol_version` (RFC 5246, section 7.2): what a server of TLS 1.1 says.
const PROTOCOL_VERSION: &[u8] = b"\x15\x03\x02\x00\x02\x02\x46";

/// What the server does instead of showing a good certificate.
#[derive(Debug, Clone, Copy)]
pub(crate) enum TlsFault {
    /// The certificate has expired.
    Expired,
    /// The certificate is not valid yet.
    NotYet,
    /// The certificate expires in so many days.
    Expiring(i64),
    /// The certificate is signed by itself.
    SelfSigned,
    /// The certificate is for another name.
    WrongHost,
    /// TLS 1.2 and nothing newer.
    Only12,
    /// TLS 1.1 and nothing newer: the server refuses by its alert.
    Only11Alert,
    /// TLS 1.1 and nothing newer: the server goes on with its own version.
    Only11Hello,
    /// The connection ends in the handshake.
    Abort,
    /// The handshake is never answered.
    Silent,
    /// The handshake is answered so many milliseconds late.
    Late(u64),
    /// What answers is not TLS.
    Plain,
}

impl TlsFault {
    const fn wanted(self) -> Wanted {
        match self {
            Self::Expired => Wanted { until: -1, ..RIGHT },
            Self::NotYet => Wanted { from: 2, ..RIGHT },
            Self::Expiring(days) => Wanted {
                until: days,
                ..RIGHT
            },
            Self::SelfSigned => Wanted {
                self_signed: true,
                ..RIGHT
            },
            Self::WrongHost => Wanted {
                name: "elsewhere.example.org",
                ..RIGHT
            },
            _ => RIGHT,
        }
    }
}

/// Both sides of a TLS target: how it is while well, and how while it fails.
#[derive(Debug)]
pub(crate) struct Tls {
    environment: Env,
    switch: Arc<Switch>,
    fault: TlsFault,
    well: Arc<ServerConfig>,
    failing: Arc<ServerConfig>,
}

impl Tls {
    pub(crate) fn new(
        environment: &Env,
        switch: &Arc<Switch>,
        authority: &Authority,
        fault: TlsFault,
    ) -> Result<Self, Fault> {
        let both = [&TLS13, &TLS12];
        let versions: &[_] = match fault {
            TlsFault::Only12 => &[&TLS12],
            _ => &both,
        };
        let now = environment.now();
        Ok(Self {
            well: authority.server(RIGHT, &both, now)?,
            failing: authority.server(fault.wanted(), versions, now)?,
            environment: Arc::clone(environment),
            switch: Arc::clone(switch),
            fault,
        })
    }

    /// Serves one connection.
    pub(crate) async fn serve(&self, mut stream: TcpStream) {
        let failing = self.switch.is_failing();
        let mut config = &self.well;
        if failing {
            let _counted = self.switch.next_request();
            config = &self.failing;
            match self.fault {
                TlsFault::Only11Alert => return self.say(stream, PROTOCOL_VERSION).await,
                TlsFault::Only11Hello => return self.say(stream, &hello_of_11()).await,
                TlsFault::Abort => return self.say(stream, b"").await,
                TlsFault::Plain => return self.say(stream, b"220 ready\r\n").await,
                TlsFault::Silent => return wait_for_end(&self.environment, &mut stream).await,
                TlsFault::Late(ms) => self.environment.sleep(Duration::from_millis(ms)).await,
                _ => {}
            }
        }
        let acceptor = TlsAcceptor::from(Arc::clone(config));
        // A client that only looks at the certificate closes after the handshake.
        let patience = Duration::from_secs(60);
        let session = timeout(&*self.environment, patience, acceptor.accept(stream)).await;
        if let Ok(Ok(mut session)) = session {
            let _gone = answer_well(&self.environment, &mut session).await;
        }
    }

    /// Answers the client's hello with these bytes and the end.
    async fn say(&self, mut stream: TcpStream, bytes: &[u8]) {
        let mut hello = [0; 4096];
        let _read = stream.read(&mut hello).await;
        let _gone = stream.write_all(bytes).await;
        let _gone = stream.shutdown().await;
        wait_for_end(&self.environment, &mut stream).await;
    }
}

/// A server hello of TLS 1.1 (RFC 4346, section 7.4.1.3), with a cipher of its time.
fn hello_of_11() -> Vec<u8> {
    let mut hello = b"\x16\x03\x02\x00\x2a\x02\x00\x00\x26\x03\x02".to_vec();
    hello.extend([7; 32]);
    hello.extend(b"\x00\x00\x2f\x00");
    hello
}
