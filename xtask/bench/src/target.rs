//! The targets, in a process of their own: answers that are right and cost little, and some that
//! never come. Loopback only; it ends with whoever started it.

use crate::{Fault, print};
use futures::FutureExt;
use monitorah_core::Env;
use rustls::{
    ServerConfig,
    pki_types::{CertificateDer, PrivateKeyDer},
};
use serde::{Deserialize, Serialize};
use std::{
    io,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::TcpListener,
};
use tokio_rustls::TlsAcceptor;

/// Addresses that each port answers on: as many hosts, each with its own limit of looks.
pub(crate) const HOSTS: u8 = 32;
/// The longest head of a request.
const MAX_HEAD: usize = 8 * 1024;
/// What is answered.
const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok";

/// Where the targets are.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Targets {
    /// Answers at once.
    pub(crate) http: u16,
    /// The same over TLS.
    pub(crate) https: u16,
    /// Takes a request and never answers.
    pub(crate) hang: u16,
    /// The same over TLS.
    pub(crate) hang_tls: u16,
    /// How many came and how many hang: two numbers, over bare TCP.
    pub(crate) counts: u16,
    /// What the certificates are to be verified with, in PEM form.
    pub(crate) root: String,
}

#[derive(Debug, Default)]
struct Counts {
    answered: AtomicU64,
    hanging: AtomicU64,
}

/// The role: listens, says where, and stays until stdin ends.
pub(crate) async fn run(environment: &Env) -> Result<(), Fault> {
    let (root, server) = certificates()?;
    let acceptor = TlsAcceptor::from(Arc::new(server));
    let counts = Arc::new(Counts::default());
    let targets = Targets {
        http: serve(environment, &counts, None, false).await?,
        https: serve(environment, &counts, Some(acceptor.clone()), false).await?,
        hang: serve(environment, &counts, None, true).await?,
        hang_tls: serve(environment, &counts, Some(acceptor), true).await?,
        counts: tell(environment, &counts).await?,
        root,
    };
    print(&serde_json::to_string(&targets)?);
    until_alone().await;
    Ok(())
}

/// Waits until whoever started this process is gone.
pub(crate) async fn until_alone() {
    let mut rest = Vec::new();
    // Nothing is ever said there: it ends with the other process.
    let _ended = tokio::io::stdin().read_to_end(&mut rest).await;
}

/// A root, and a server's side with a leaf of an intermediate of that root.
pub(crate) fn certificates() -> Result<(String, ServerConfig), Fault> {
    let authority = |name: &str| -> Result<rcgen::CertificateParams, Fault> {
        let mut params = rcgen::CertificateParams::new(Vec::<String>::new())?;
        params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        params
            .distinguished_name
            .push(rcgen::DnType::CommonName, name);
        Ok(params)
    };
    let root = rcgen::CertifiedIssuer::self_signed(
        authority("Monitorah bench root")?,
        rcgen::KeyPair::generate()?,
    )?;
    let between = rcgen::CertifiedIssuer::signed_by(
        authority("Monitorah bench intermediate")?,
        rcgen::KeyPair::generate()?,
        &root,
    )?;
    let mut names = vec!["localhost".to_owned(), format!("*.{}", crate::names::ZONE)];
    names.extend((1..=HOSTS).map(|host| format!("127.0.0.{host}")));
    let key = rcgen::KeyPair::generate()?;
    let leaf = rcgen::CertificateParams::new(names)?.signed_by(&key, &between)?;
    let chain: Vec<CertificateDer<'static>> = vec![leaf.der().clone(), between.der().clone()];
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut server = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, PrivateKeyDer::try_from(key.serialize_der())?)?;
    // Every handshake is a whole one.
    server.session_storage = Arc::new(rustls::server::NoServerSessionStorage {});
    server.send_tls13_tickets = 0;
    Ok((root.pem(), server))
}

/// Listens on one port of every host.
async fn serve(
    environment: &Env,
    counts: &Arc<Counts>,
    tls: Option<TlsAcceptor>,
    hangs: bool,
) -> Result<u16, Fault> {
    let mut port = 0;
    for host in 1..=HOSTS {
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, host], port))).await?;
        port = listener.local_addr()?.port();
        let (own, counts, tls) = (Arc::clone(environment), Arc::clone(counts), tls.clone());
        let accept = async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (counts, tls) = (Arc::clone(&counts), tls.clone());
                let work = async move {
                    // A client that breaks off notices itself.
                    let _broken = match tls {
                        None => answer(stream, hangs, &counts).await,
                        Some(tls) => match tls.accept(stream).await {
                            Ok(session) => answer(session, hangs, &counts).await,
                            Err(error) => Err(error),
                        },
                    };
                };
                own.spawn(work.boxed());
            }
        };
        environment.spawn(accept.boxed());
    }
    Ok(port)
}

async fn answer(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    hangs: bool,
    counts: &Counts,
) -> io::Result<()> {
    let mut head = [0; 2048];
    let mut length = 0;
    loop {
        let room = head.get_mut(length..).unwrap_or_default();
        let read = stream.read(room).await?;
        if read == 0 || length > MAX_HEAD {
            return Ok(());
        }
        length += read;
        if head
            .get(..length)
            .is_some_and(|head| head.ends_with(b"\r\n\r\n"))
        {
            break;
        }
    }
    if hangs {
        counts.hanging.fetch_add(1, Ordering::Relaxed);
        // Until the client gives up.
        let _ended = stream.read(&mut head).await;
        counts.hanging.fetch_sub(1, Ordering::Relaxed);
        return Ok(());
    }
    counts.answered.fetch_add(1, Ordering::Relaxed);
    stream.write_all(ANSWER).await?;
    stream.shutdown().await
}

/// Tells the counts to whoever connects.
async fn tell(environment: &Env, counts: &Arc<Counts>) -> Result<u16, Fault> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let port = listener.local_addr()?.port();
    let counts = Arc::clone(counts);
    let work = async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let answered = counts.answered.load(Ordering::Relaxed);
            let hanging = counts.hanging.load(Ordering::Relaxed);
            let said = format!("{answered} {hanging}");
            let _gone = stream.write_all(said.as_bytes()).await;
        }
    };
    environment.spawn(work.boxed());
    Ok(port)
}

impl Targets {
    /// How many requests were answered so far, and how many hang.
    pub(crate) async fn counts(&self) -> Result<(u64, u64), Fault> {
        let mut stream =
            crate::driver::dial(SocketAddr::from(([127, 0, 0, 1], self.counts))).await?;
        let mut said = String::new();
        stream.read_to_string(&mut said).await?;
        let numbers = said
            .split_once(' ')
            .and_then(|(answered, hanging)| Some((answered.parse().ok()?, hanging.parse().ok()?)));
        numbers.ok_or_else(|| format!("the targets say {said:?} instead of two numbers").into())
    }

    /// Waits until so many hang.
    pub(crate) async fn until_hanging(&self, environment: &Env, wanted: u64) -> Result<(), Fault> {
        let begun = environment.monotonic();
        while self.counts().await?.1 < wanted {
            if environment.monotonic().saturating_sub(begun) > Duration::from_secs(60) {
                return Err(format!("{wanted} requests should hang by now").into());
            }
            environment.sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }
}
