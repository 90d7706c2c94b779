//! What the network tests share: checks over loopback, servers made of raw sockets, certificates.

use async_trait::async_trait;
use futures::future::BoxFuture;
use jiff::Timestamp;
use monitorah_core::{
    Env, Observation, Secret,
    check::{CheckContext, CheckEnv, CheckRegistry},
    environment::SystemEnvironment,
    net::{
        AddressGuard, Answer, CacheLimits, Family, Net, NetOptions, Network, Resolve, ResolveError,
    },
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use serde_json::Value;
use std::{
    collections::HashMap,
    net::{IpAddr, SocketAddr},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

pub(crate) fn environment() -> Env {
    Arc::new(SystemEnvironment::new())
}

type Steps = Vec<Result<Vec<IpAddr>, ResolveError>>;

/// Answers from a list for each name; the last answer repeats. Counts the questions.
#[derive(Debug, Default)]
pub(crate) struct Script {
    answers: Mutex<HashMap<String, Steps>>,
    pub(crate) asked: AtomicUsize,
    pub(crate) hang: bool,
}

impl Script {
    /// Never answers.
    pub(crate) fn hanging() -> Self {
        Self {
            hang: true,
            ..Self::default()
        }
    }

    pub(crate) fn with(self, name: &str, answers: Vec<Result<Vec<&str>, ResolveError>>) -> Self {
        let answers = answers
            .into_iter()
            .map(|answer| answer.map(|ips| ips.iter().map(|ip| ip.parse().unwrap()).collect()))
            .collect();
        self.answers
            .lock()
            .unwrap()
            .insert(name.to_owned(), answers);
        self
    }
}

#[async_trait]
impl Resolve for Script {
    async fn resolve(&self, name: &str, _: Family) -> Result<Answer, ResolveError> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        if self.hang {
            std::future::pending::<()>().await;
        }
        let mut answers = self.answers.lock().unwrap();
        let list = answers.get_mut(name).ok_or(ResolveError::NoSuchName)?;
        let answer = if list.len() > 1 {
            list.remove(0)
        } else {
            list[0].clone()
        };
        answer.map(|addresses| Answer {
            addresses,
            ttl: Duration::ZERO,
        })
    }
}

/// Nothing is cached, so that every script step is seen.
pub(crate) fn no_cache() -> CacheLimits {
    CacheLimits {
        min_ttl: Duration::ZERO,
        negative_ttl: Duration::ZERO,
        ..CacheLimits::default()
    }
}

pub(crate) fn net_with(guard: AddressGuard, script: Script) -> Arc<Net> {
    net_of(guard, Arc::new(script))
}

pub(crate) fn net_of(guard: AddressGuard, script: Arc<Script>) -> Arc<Net> {
    let options = NetOptions {
        guard,
        resolver: Some(script),
        cache: no_cache(),
        ..NetOptions::default()
    };
    Arc::new(Net::new(environment(), options).unwrap())
}

/// Reaches loopback, with this many looks at a host at once.
pub(crate) fn narrow_net(in_flight_per_host: usize) -> Arc<Net> {
    let options = NetOptions {
        guard: AddressGuard::any(),
        in_flight_per_host,
        ..NetOptions::default()
    };
    Arc::new(Net::new(environment(), options).unwrap())
}

/// Reaches loopback; `*.test` names are not known.
pub(crate) fn any_net() -> Arc<Net> {
    net_with(AddressGuard::any(), Script::default())
}

/// Public addresses and 127.0.0.1.
pub(crate) fn public_net(script: Script) -> Arc<Net> {
    let allowed: Network = "127.0.0.1".parse().unwrap();
    net_with(AddressGuard::public().allowing([allowed]), script)
}

pub(crate) fn check_env(target: &str) -> CheckEnv {
    CheckEnv::new(
        Secret::new(target.to_owned()),
        Duration::from_secs(60),
        Timestamp::UNIX_EPOCH,
    )
}

/// What a look may use, with a time limit in milliseconds.
pub(crate) fn context(net: &Arc<Net>, timeout_ms: u64) -> CheckContext {
    CheckContext::new(net.environment(), Duration::from_millis(timeout_ms))
}

/// One look with a time limit in milliseconds.
pub(crate) async fn look(
    net: &Arc<Net>,
    kind: &str,
    target: &str,
    config: Value,
    timeout_ms: u64,
) -> Observation {
    let registry = CheckRegistry::builtin(Arc::clone(net));
    let check = registry.build(kind, config, check_env(target)).unwrap();
    let cx = context(net, timeout_ms);
    // The engine would drop the look at its limit: it must end before that by itself.
    let limit = cx.timeout;
    cx.within(limit, check.run(&cx))
        .await
        .expect("the look ends by itself before its limit")
}

/// A look with enough time for everything that answers at once.
pub(crate) async fn http(target: &str, config: Value) -> Observation {
    look(&any_net(), "HTTP", target, config, 10_000).await
}

/// The pointers of everything that is wrong.
pub(crate) fn refused(kind: &str, target: &str, config: Value) -> Vec<(String, String)> {
    let registry = CheckRegistry::builtin(any_net());
    registry
        .build(kind, config, check_env(target))
        .expect_err("the configuration is refused")
        .fields
        .into_iter()
        .map(|field| (field.pointer, field.message))
        .collect()
}

#[expect(
    clippy::disallowed_methods,
    reason = "servers of a test are beside the engine"
)]
fn spawn(task: impl Future<Output = ()> + Send + 'static) -> tokio::task::JoinHandle<()> {
    tokio::spawn(task)
}

/// A server that counts its connections and hands each to `serve`.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    connections: Arc<AtomicUsize>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    pub(crate) async fn start<F>(ip: &str, serve: F) -> Self
    where
        F: Fn(TcpStream) -> BoxFuture<'static, ()> + Send + Sync + 'static,
    {
        Self::listen(TcpListener::bind((ip, 0)).await.unwrap(), serve)
    }

    pub(crate) fn listen<F>(listener: TcpListener, serve: F) -> Self
    where
        F: Fn(TcpStream) -> BoxFuture<'static, ()> + Send + Sync + 'static,
    {
        let address = listener.local_addr().unwrap();
        let connections = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&connections);
        let task = spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::SeqCst);
                spawn(serve(stream));
            }
        });
        Self {
            address,
            connections,
            task,
        }
    }

    /// Answers each request's head with these bytes and closes.
    pub(crate) async fn replying(reply: impl Into<Vec<u8>>) -> Self {
        let reply: Arc<[u8]> = reply.into().into();
        Self::start("127.0.0.1", move |mut stream| {
            let reply = Arc::clone(&reply);
            Box::pin(async move {
                read_head(&mut stream).await;
                let _closed = stream.write_all(&reply).await;
                let _closed = stream.shutdown().await;
            })
        })
        .await
    }

    /// Answers with these bytes and then keeps the connection open in silence.
    pub(crate) async fn stalling(reply: impl Into<Vec<u8>>) -> Self {
        let reply: Arc<[u8]> = reply.into().into();
        Self::start("127.0.0.1", move |mut stream| {
            let reply = Arc::clone(&reply);
            Box::pin(async move {
                read_head(&mut stream).await;
                let _closed = stream.write_all(&reply).await;
                std::future::pending::<()>().await;
            })
        })
        .await
    }

    /// Answers each request with what `answer` makes of its head, over TLS.
    pub(crate) async fn tls<A>(identity: Identity, answer: A) -> Self
    where
        A: Fn(&str) -> String + Send + Sync + 'static,
    {
        let acceptor = tokio_rustls::TlsAcceptor::from(identity.server_config());
        let answer = Arc::new(answer);
        Self::start("127.0.0.1", move |stream| {
            let (acceptor, answer) = (acceptor.clone(), Arc::clone(&answer));
            Box::pin(async move {
                if let Ok(mut stream) = acceptor.accept(stream).await {
                    let head = read_head(&mut stream).await;
                    let _closed = stream.write_all(answer(&head).as_bytes()).await;
                    let _closed = stream.shutdown().await;
                }
            })
        })
        .await
    }

    /// Answers each request with what `answer` makes of its head.
    pub(crate) async fn answering<A>(ip: &str, answer: A) -> Self
    where
        A: Fn(&str) -> String + Send + Sync + 'static,
    {
        let answer = Arc::new(answer);
        Self::start(ip, move |mut stream| {
            let answer = Arc::clone(&answer);
            Box::pin(async move {
                let head = read_head(&mut stream).await;
                let _closed = stream.write_all(answer(&head).as_bytes()).await;
                let _closed = stream.shutdown().await;
            })
        })
        .await
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    pub(crate) fn https(&self, host: &str) -> String {
        format!("https://{host}:{}/", self.address.port())
    }

    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

/// Reads up to the end of a request's head.
pub(crate) async fn read_head(stream: &mut (impl AsyncRead + AsyncWrite + Unpin)) -> String {
    let mut head = Vec::new();
    let mut buffer = [0; 1024];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => break,
            Ok(read) => head.extend_from_slice(&buffer[..read]),
        }
    }
    String::from_utf8_lossy(&head).into_owned()
}

pub(crate) fn ok(body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

pub(crate) fn redirect_to(location: &str) -> String {
    format!("HTTP/1.1 302 Found\r\nlocation: {location}\r\ncontent-length: 0\r\n\r\n")
}

/// A certificate authority of a test.
pub(crate) struct Authority {
    pub(crate) issuer: rcgen::CertifiedIssuer<'static, rcgen::KeyPair>,
}

/// A server's or a client's certificate and key.
pub(crate) struct Identity {
    pub(crate) chain: Vec<CertificateDer<'static>>,
    pub(crate) key: rcgen::KeyPair,
    pub(crate) client_roots: Option<CertificateDer<'static>>,
    pub(crate) alpn: Vec<Vec<u8>>,
}

impl Authority {
    pub(crate) fn new() -> Self {
        Self::valid_until(2040)
    }

    pub(crate) fn valid_until(year: i32) -> Self {
        let mut params = rcgen::CertificateParams::new(Vec::<String>::new()).unwrap();
        params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        params
            .distinguished_name
            .push(rcgen::DnType::CommonName, "Monitorah test root");
        params.not_after = rcgen::date_time_ymd(year, 1, 1);
        let key = rcgen::KeyPair::generate().unwrap();
        Self {
            issuer: rcgen::CertifiedIssuer::self_signed(params, key).unwrap(),
        }
    }

    pub(crate) fn pem(&self) -> String {
        self.issuer.pem()
    }

    pub(crate) fn issue(&self, names: &[&str], from: i32, until: i32) -> Identity {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        let mut params = rcgen::CertificateParams::new(names).unwrap();
        params
            .distinguished_name
            .push(rcgen::DnType::CommonName, "leaf");
        params.not_before = rcgen::date_time_ymd(from, 1, 1);
        params.not_after = rcgen::date_time_ymd(until, 1, 1);
        let key = rcgen::KeyPair::generate().unwrap();
        let leaf = params.signed_by(&key, &self.issuer).unwrap();
        Identity {
            chain: vec![leaf.der().clone()],
            key,
            client_roots: None,
            alpn: Vec::new(),
        }
    }

    pub(crate) fn der(&self) -> CertificateDer<'static> {
        self.issuer.der().clone()
    }
}

impl Identity {
    pub(crate) fn pem(&self) -> String {
        use base64_of_pem as armour;
        self.chain.iter().map(|der| armour(der)).collect()
    }

    pub(crate) fn server_config(&self) -> Arc<rustls::ServerConfig> {
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let builder = rustls::ServerConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .unwrap();
        let builder = match &self.client_roots {
            None => builder.with_no_client_auth(),
            Some(root) => {
                let mut roots = rustls::RootCertStore::empty();
                roots.add(root.clone()).unwrap();
                builder.with_client_cert_verifier(
                    rustls::server::WebPkiClientVerifier::builder_with_provider(
                        Arc::new(roots),
                        provider,
                    )
                    .build()
                    .unwrap(),
                )
            }
        };
        let key = PrivateKeyDer::try_from(self.key.serialize_der()).unwrap();
        let mut config = builder.with_single_cert(self.chain.clone(), key).unwrap();
        config.alpn_protocols.clone_from(&self.alpn);
        Arc::new(config)
    }
}

fn base64_of_pem(der: &CertificateDer<'_>) -> String {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let text = STANDARD.encode(der);
    let lines: Vec<&str> = text
        .as_bytes()
        .chunks(64)
        .map(|line| std::str::from_utf8(line).unwrap())
        .collect();
    format!(
        "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n",
        lines.join("\n")
    )
}

/// A listener that accepts nothing and whose queue is full: attempts go unanswered.
pub(crate) async fn full_listener() -> (Vec<Box<dyn std::any::Any + Send>>, SocketAddr) {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let mut held: Vec<Box<dyn std::any::Any + Send>> = vec![Box::new(listener)];
    for _ in 0..8 {
        #[expect(
            clippy::disallowed_methods,
            reason = "the test fills a queue of its own"
        )]
        let attempt = TcpStream::connect(address);
        let limit = Duration::from_millis(50);
        match monitorah_core::environment::timeout(&*environment(), limit, attempt).await {
            Ok(stream) => held.push(Box::new(stream)),
            Err(_) => break,
        }
    }
    (held, address)
}

/// An address at which nothing listens, and which no other test is given meanwhile.
pub(crate) fn closed_port() -> (tokio::net::TcpSocket, SocketAddr) {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let address = socket.local_addr().unwrap();
    (socket, address)
}

/// Serves HTTP/2 over any stream.
pub(crate) async fn serve_http2<S, A>(stream: S, answer: A)
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
    A: Fn(&http::Request<hyper::body::Incoming>) -> http::Response<String> + Send + Sync + 'static,
{
    use http_body_util::Full;
    let answer = Arc::new(answer);
    let service = hyper::service::service_fn(move |request| {
        let answer = Arc::clone(&answer);
        async move {
            let response = answer(&request).map(|body| Full::new(bytes::Bytes::from(body)));
            Ok::<_, std::convert::Infallible>(response)
        }
    });
    let _closed = hyper::server::conn::http2::Builder::new(hyper_util::rt::TokioExecutor::new())
        .serve_connection(hyper_util::rt::TokioIo::new(stream), service)
        .await;
}
