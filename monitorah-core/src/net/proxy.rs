//! The way through a proxy: an HTTP proxy by CONNECT (RFC 9110, section 9.3.6), or SOCKS5
//! (RFC 1928, RFC 1929).
//!
//! The proxy's own address is judged by the guard like every other. What the proxy is asked for is
//! judged too: a written-out address always, and where only public addresses may be reached a name
//! is resolved here and the *address* is handed over, so that what was checked is what is
//! connected to. Elsewhere the name is handed over and the proxy resolves it.
//!
//! A proxy that fails says nothing about the target: that is `UNKNOWN` with the reason `PROXY`.
//! A proxy that says that it cannot reach the target does.

use super::{
    Family, Net, Targets,
    connect::stream_failure,
    host::Host,
    record::{Failure, Phase, Recorder},
};
use crate::{
    observation::{Reason, Status},
    secret::Secret,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use futures::future::{Either, select};
use http::{HeaderValue, Method, Request, StatusCode, header};
use http_body_util::Empty;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use std::{fmt, io, net::IpAddr, pin::pin, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use url::Url;
use zeroize::Zeroizing;

/// The largest head of a proxy's answer.
const MAX_HEAD: usize = 16 * 1024;
/// The longest user name and password of SOCKS5: their length is one byte.
const MAX_SOCKS_CREDENTIAL: usize = 255;

/// How a proxy is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Speech {
    Http,
    Socks5,
}

/// A proxy.
pub struct Proxy {
    speech: Speech,
    host: Host,
    port: u16,
    credentials: Option<Credentials>,
}

struct Credentials {
    username: String,
    password: Secret<String>,
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Proxy")
            .field("speech", &self.speech)
            .finish_non_exhaustive()
    }
}

impl Proxy {
    /// The proxy of an URL, `http://host:port` or `socks5://host:port`, without credentials in it.
    ///
    /// # Errors
    /// What to write instead.
    pub fn new(url: &str, credentials: Option<(&str, &str)>) -> Result<Self, &'static str> {
        const HOW: &str = "write http://host:port or socks5://host:port";
        let url = Url::parse(url.trim()).map_err(|_| HOW)?;
        let speech = match url.scheme() {
            "http" => Speech::Http,
            "socks5" | "socks5h" => Speech::Socks5,
            _ => return Err(HOW),
        };
        // Hosts of other schemes than those of the web are not read by its rules: ours reads them.
        let host = match url.host_str() {
            Some(host) => Host::parse(host).map_err(|_| HOW)?,
            None => return Err(HOW),
        };
        let plain = matches!(url.path(), "" | "/") && url.query().is_none();
        if !plain || url.fragment().is_some() {
            return Err("the URL of a proxy ends with its port");
        }
        let default = match speech {
            Speech::Http => 80,
            Speech::Socks5 => 1080,
        };
        let port = url.port().unwrap_or(default);
        if port == 0 {
            return Err("not a port: write a number from 1 to 65535");
        }
        if let Some((username, password)) = credentials {
            let fits = |text: &str| (1..=MAX_SOCKS_CREDENTIAL).contains(&text.len());
            if speech == Speech::Socks5 && !(fits(username) && fits(password)) {
                return Err("with SOCKS5 a user name and a password have 1 to 255 bytes each");
            }
            if speech == Speech::Http && username.contains(':') {
                return Err("with an HTTP proxy a user name has no colon");
            }
        }
        Ok(Self {
            speech,
            host,
            port,
            credentials: credentials.map(|(username, password)| Credentials {
                username: username.to_owned(),
                password: Secret::new(password.to_owned()),
            }),
        })
    }

    /// Whether requests for plain `http` URLs can be sent to the proxy itself.
    pub(crate) const fn forwards(&self) -> bool {
        matches!(self.speech, Speech::Http)
    }

    /// The header that shows our credentials to an HTTP proxy.
    pub(crate) fn authorization(&self) -> Option<HeaderValue> {
        let credentials = self.credentials.as_ref()?;
        let pair = Zeroizing::new(format!(
            "{}:{}",
            credentials.username,
            credentials.password.expose()
        ));
        let value = Zeroizing::new(format!("Basic {}", STANDARD.encode(pair.as_bytes())));
        let mut header = HeaderValue::from_str(&value).ok()?;
        header.set_sensitive(true);
        Some(header)
    }
}

/// Whom the proxy is asked for.
enum Goal {
    Name(String),
    Address(IpAddr),
}

impl Net {
    /// A connection to the proxy itself, for requests that it forwards.
    ///
    /// # Errors
    /// Why there is none; the target has no part in it.
    pub(crate) async fn connect_to_proxy(
        &self,
        proxy: &Proxy,
        budget: Duration,
        recorder: &Recorder,
    ) -> Result<TcpStream, Failure> {
        recorder.update(|record| record.towards_proxy = true);
        let stream = self
            .connect(&proxy.host, proxy.port, Family::Any, budget, recorder)
            .await
            .map_err(|failure| match failure.reason {
                Reason::TargetBlocked => Failure::unknown(
                    Reason::TargetBlocked,
                    failure.detail.replacen("the target", "the proxy", 1),
                ),
                _ => unserved(&format!("the proxy cannot be reached: {}", failure.detail)),
            })?;
        recorder.update(|record| record.towards_proxy = false);
        Ok(stream)
    }

    /// A connection to the target through the proxy.
    ///
    /// # Errors
    /// Why there is none.
    pub(crate) async fn connect_through(
        &self,
        proxy: &Proxy,
        host: &Host,
        port: u16,
        family: Family,
        budget: Duration,
        recorder: &Recorder,
    ) -> Result<TcpStream, Failure> {
        recorder.enter(Phase::Dns);
        let goal = self.goal(host, family).await?;
        let mut stream = self.connect_to_proxy(proxy, budget, recorder).await?;
        match proxy.speech {
            Speech::Http => tunnel(stream, proxy, &goal, port).await,
            Speech::Socks5 => {
                recorder.update(|record| record.towards_proxy = true);
                greet(&mut stream, proxy).await?;
                recorder.update(|record| record.towards_proxy = false);
                request(&mut stream, &goal, port).await?;
                Ok(stream)
            }
        }
    }

    /// Whether the target may be reached, for requests that the proxy forwards.
    pub(crate) async fn goal_allowed(&self, host: &Host, family: Family) -> Result<(), Failure> {
        self.goal(host, family).await.map(drop)
    }

    async fn goal(&self, host: &Host, family: Family) -> Result<Goal, Failure> {
        let blocked =
            |blocked: super::Blocked| Failure::unknown(Reason::TargetBlocked, blocked.to_string());
        match host {
            Host::Address(address) => {
                self.guard().check(*address).map_err(blocked)?;
                Ok(Goal::Address(*address))
            }
            Host::Name(name) if self.guard().targets == Targets::Any => {
                Ok(Goal::Name(name.clone()))
            }
            Host::Name(_) => {
                let mut refused = None;
                for address in self.resolve(host, family).await? {
                    match self.guard().check(address) {
                        Ok(()) => return Ok(Goal::Address(address)),
                        Err(error) => refused = Some(error),
                    }
                }
                Err(refused.map_or_else(
                    || Failure::down(Reason::DnsNxdomain, "the name has no address"),
                    blocked,
                ))
            }
        }
    }
}

/// The proxy does not serve us.
fn unserved(detail: &str) -> Failure {
    Failure::unknown(Reason::Proxy, detail)
}

/// The proxy says that it cannot reach the target.
fn unreached(reason: Reason, detail: impl Into<String>) -> Failure {
    Failure {
        status: Status::Down,
        reason,
        detail: detail.into(),
    }
}

/// Asks an HTTP proxy for a tunnel.
async fn tunnel(
    stream: TcpStream,
    proxy: &Proxy,
    goal: &Goal,
    port: u16,
) -> Result<TcpStream, Failure> {
    let lost = |_| unserved("the proxy closed the connection, or does not speak HTTP");
    let authority = match goal {
        Goal::Name(name) => format!("{}:{port}", name.trim_end_matches('.')),
        Goal::Address(IpAddr::V4(v4)) => format!("{v4}:{port}"),
        Goal::Address(IpAddr::V6(v6)) => format!("[{v6}]:{port}"),
    };
    let (mut sender, connection) = http1::Builder::new()
        .max_buf_size(MAX_HEAD)
        .handshake::<_, Empty<Bytes>>(TokioIo::new(stream))
        .await
        .map_err(lost)?;
    let mut request = Request::builder()
        .method(Method::CONNECT)
        .uri(&authority)
        .header(header::HOST, &authority);
    if let Some(value) = proxy.authorization() {
        request = request.header(header::PROXY_AUTHORIZATION, value);
    }
    let request = request.body(Empty::new()).map_err(|_| {
        Failure::unknown(
            Reason::Internal,
            "the request to the proxy could not be made",
        )
    })?;
    let work = pin!(async {
        let response = sender.send_request(request).await.map_err(lost)?;
        answered(response.status())?;
        hyper::upgrade::on(response).await.map_err(lost)
    });
    let upgraded = match select(work, pin!(connection.with_upgrades())).await {
        Either::Left((upgraded, _)) => upgraded?,
        // The connection was handed over before its answer was looked at.
        Either::Right((_, work)) => work.await?,
    };
    let parts = upgraded
        .downcast::<TokioIo<TcpStream>>()
        .map_err(|_| Failure::unknown(Reason::Internal, "the proxy's stream was lost"))?;
    if !parts.read_buf.is_empty() {
        return Err(unserved("the proxy sent something before we did"));
    }
    Ok(parts.io.into_inner())
}

/// What an HTTP proxy's answer to CONNECT means.
fn answered(status: StatusCode) -> Result<(), Failure> {
    if status.is_success() {
        return Ok(());
    }
    let code = status.as_u16();
    Err(match code {
        407 => unserved("the proxy wants other credentials"),
        502 | 503 => unreached(
            Reason::ConnectUnreachable,
            format!("the proxy could not reach the target: it answered {code}"),
        ),
        504 => unreached(
            Reason::ConnectTimeout,
            "the proxy got no answer from the target: it answered 504",
        ),
        _ => unserved(&format!("the proxy refused to connect: it answered {code}")),
    })
}

fn lost(error: &io::Error) -> Failure {
    match stream_failure(error) {
        Some(_) => unserved("the proxy reset the connection"),
        None => unserved("the proxy closed the connection"),
    }
}

/// SOCKS5: agrees on a method, and shows the credentials if that is the method.
async fn greet(stream: &mut TcpStream, proxy: &Proxy) -> Result<(), Failure> {
    const NONE: u8 = 0;
    const PASSWORD: u8 = 2;
    let lost = |error: io::Error| lost(&error);
    let methods: &[u8] = match proxy.credentials {
        None => &[5, 1, NONE],
        Some(_) => &[5, 2, NONE, PASSWORD],
    };
    stream.write_all(methods).await.map_err(lost)?;
    let mut answer = [0; 2];
    stream.read_exact(&mut answer).await.map_err(lost)?;
    match (answer, &proxy.credentials) {
        ([5, NONE], _) => Ok(()),
        ([5, PASSWORD], Some(credentials)) => {
            let mut message = Zeroizing::new(vec![1]);
            for text in [&credentials.username, credentials.password.expose()] {
                message.push(u8::try_from(text.len()).unwrap_or(u8::MAX));
                message.extend_from_slice(text.as_bytes());
            }
            stream.write_all(&message).await.map_err(lost)?;
            stream.read_exact(&mut answer).await.map_err(lost)?;
            match answer {
                [_, 0] => Ok(()),
                _ => Err(unserved("the proxy refuses the credentials")),
            }
        }
        ([5, 0xff], None) => Err(unserved("the proxy wants credentials")),
        ([5, _], _) => Err(unserved("the proxy offers no way to sign in that we know")),
        _ => Err(unserved("the proxy does not speak SOCKS5")),
    }
}

/// SOCKS5: asks for a connection.
async fn request(stream: &mut TcpStream, goal: &Goal, port: u16) -> Result<(), Failure> {
    const CONNECT: u8 = 1;
    let lost = |error: io::Error| lost(&error);
    let mut message = vec![5, CONNECT, 0];
    match goal {
        Goal::Address(IpAddr::V4(v4)) => {
            message.push(1);
            message.extend(v4.octets());
        }
        Goal::Address(IpAddr::V6(v6)) => {
            message.push(4);
            message.extend(v6.octets());
        }
        Goal::Name(name) => {
            let name = name.trim_end_matches('.');
            let length = u8::try_from(name.len()).map_err(|_| {
                Failure::down(Reason::DnsNxdomain, "the name is longer than names may be")
            })?;
            message.extend([3, length]);
            message.extend(name.as_bytes());
        }
    }
    message.extend(port.to_be_bytes());
    stream.write_all(&message).await.map_err(lost)?;
    let mut head = [0; 4];
    stream.read_exact(&mut head).await.map_err(lost)?;
    let [version, reply, _, kind] = head;
    if version != 5 {
        return Err(unserved("the proxy does not speak SOCKS5"));
    }
    match reply {
        0 => {}
        3 | 4 => {
            return Err(unreached(
                Reason::ConnectUnreachable,
                "the proxy finds no route to the target",
            ));
        }
        5 => {
            return Err(unreached(
                Reason::ConnectRefused,
                "the target refused the proxy's connection",
            ));
        }
        6 => {
            return Err(unreached(
                Reason::ConnectTimeout,
                "the proxy's connection to the target expired",
            ));
        }
        2 => return Err(unserved("the proxy's rules forbid the target")),
        code => {
            return Err(unserved(&format!(
                "the proxy failed with the SOCKS5 code {code}"
            )));
        }
    }
    // The address that the proxy uses, which is of no interest here.
    let rest = match kind {
        1 => 4,
        4 => 16,
        3 => usize::from(stream.read_u8().await.map_err(lost)?),
        _ => return Err(unserved("the proxy does not speak SOCKS5")),
    };
    let mut bound = vec![0; rest.saturating_add(2)];
    stream.read_exact(&mut bound).await.map_err(lost)?;
    Ok(())
}
