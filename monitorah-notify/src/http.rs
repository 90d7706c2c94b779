//! The guarded HTTP client that every channel over HTTP shares.
//!
//! It reaches only what the address guard of its [`Net`] lets through, judged on the very address
//! that is connected to; it follows no redirect, keeps no connection, uses no proxy and no cookie,
//! and says nothing about a request in its errors.

pub(crate) mod address;
mod failure;
mod headers;
pub(crate) mod meaning;
mod tls;

pub(crate) use failure::unreachable;
pub(crate) use headers::custom_headers;

pub use reqwest::{
    Method, StatusCode, Url,
    header::{HeaderMap, HeaderName, HeaderValue},
};

use failure::{Unreachable, broken_off};
use monitorah_core::{
    ConfigError,
    channel::{ChannelEnv, DeliveryError, Receipt},
    environment::timeout,
    net::{Host, Net},
};
use reqwest::{
    dns::{Addrs, Name, Resolve, Resolving},
    header::{ACCEPT, CONTENT_TYPE, RETRY_AFTER, USER_AGENT},
};
use std::{fmt, sync::Arc, time::Duration};

/// How much of an answer's body is read: bytes.
pub const MAX_ANSWER: usize = 64 * 1024;
/// The longest wait that a receiver can ask for.
pub const MAX_RETRY_AFTER: Duration = Duration::from_secs(24 * 60 * 60);
/// How we name ourselves.
const AGENT: &str = concat!("Monitorah/", env!("CARGO_PKG_VERSION"));
/// The most headers that an answer may have.
const MAX_ANSWER_HEADERS: usize = 100;

/// The client could not be set up.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClientError {
    /// The extra roots cannot be used.
    #[error("the extra root certificates cannot be used")]
    Roots(#[source] ConfigError),
    /// TLS cannot be set up.
    #[error("TLS cannot be set up")]
    Tls(#[source] rustls::Error),
    /// The client cannot be built.
    #[error("the HTTP client cannot be set up")]
    Build(#[source] reqwest::Error),
}

/// A request as a channel wants it.
pub struct Request {
    /// How.
    pub method: Method,
    /// Where. Neither it nor the headers ever stand in an error.
    pub url: Url,
    /// With which headers; who we are and what we accept is added where it is not there.
    pub headers: HeaderMap,
    /// What.
    pub body: Vec<u8>,
}

impl Request {
    /// A `POST` of this body.
    #[must_use]
    pub const fn post(url: Url, headers: HeaderMap, body: Vec<u8>) -> Self {
        Self {
            method: Method::POST,
            url,
            headers,
            body,
        }
    }

    /// A `POST` of this value as JSON.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn json(url: Url, value: &impl serde::Serialize) -> Result<Self, DeliveryError> {
        let body = serde_json::to_vec(value).map_err(|_| DeliveryError::Broken {
            detail: "the message cannot be written as JSON".to_owned(),
        })?;
        Ok(Self::post(url, content_type("application/json"), body))
    }

    /// A `POST` of these fields as a form.
    #[must_use]
    pub fn form(url: Url, fields: &[(&str, &str)]) -> Self {
        // The serializer of forms is the query's, and needs an address to stand at.
        let mut bare = url.clone();
        bare.set_query(None);
        bare.query_pairs_mut().extend_pairs(fields);
        let body = bare.query().unwrap_or_default().as_bytes().to_vec();
        let kind = content_type("application/x-www-form-urlencoded");
        Self::post(url, kind, body)
    }
}

fn content_type(value: &'static str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(value));
    headers
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // An address is often a credential by itself, and so is many a header.
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("body", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// What the receiver answered.
#[derive(Clone)]
pub struct Answer {
    /// The status code.
    pub status: StatusCode,
    /// How long the receiver asks us to wait, at most [`MAX_RETRY_AFTER`].
    pub retry_after: Option<Duration>,
    /// The body's first [`MAX_ANSWER`] bytes, or as much as came in time.
    pub body: Vec<u8>,
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.status)
            .field("retry_after", &self.retry_after)
            .field("body", &self.body.len())
            .finish()
    }
}

impl Answer {
    /// What the status code alone says: 2xx is taken; 408, 429 and 5xx may be taken later; the rest
    /// is refused for good, also a redirect, because following one would send what is signed for
    /// one receiver to another.
    ///
    /// # Errors
    /// Whether to try again.
    pub fn receipt(&self) -> Result<Receipt, DeliveryError> {
        let code = self.status.as_u16();
        let status_code = Some(code);
        if self.status.is_success() {
            return Ok(Receipt {
                status_code,
                note: None,
            });
        }
        if self.status.is_server_error() || matches!(code, 408 | 429) {
            return Err(DeliveryError::Retry {
                detail: format!("the receiver answered {code}"),
                status_code,
                after: self.retry_after,
            });
        }
        let detail = if self.status.is_redirection() {
            format!(
                "the receiver answered {code}, a redirect, which is not followed: write the final \
                 address into the channel"
            )
        } else if code == 410 {
            "the receiver answered 410: it wants no more messages".to_owned()
        } else {
            format!("the receiver answered {code}")
        };
        Err(DeliveryError::Refused {
            detail,
            status_code,
        })
    }
}

/// The guarded client. Make one and share it.
pub struct Client {
    net: Arc<Net>,
    inner: reqwest::Client,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("guard", self.net.guard())
            .finish_non_exhaustive()
    }
}

impl Client {
    /// A client that reaches what `net` may reach, and trusts the roots of this machine (Mozilla's
    /// where it has none) and the certificates in `extra_roots_pem`.
    ///
    /// # Errors
    /// When the roots cannot be used.
    pub fn new(net: Arc<Net>, extra_roots_pem: Option<&str>) -> Result<Self, ClientError> {
        let tls = tls::config(net.environment(), extra_roots_pem)?;
        #[expect(
            clippy::disallowed_methods,
            reason = "this is the guarded client that the others are to take"
        )]
        let inner = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .dns_resolver(Guarded(Arc::clone(&net)))
            .redirect(reqwest::redirect::Policy::none())
            // The outbox tries again; a second try in here could be a second message.
            .retry(reqwest::retry::never())
            .no_proxy()
            .referer(false)
            // An address that was judged is not kept: the next delivery judges anew.
            .pool_max_idle_per_host(0)
            .http1_only()
            .http1_max_headers(MAX_ANSWER_HEADERS)
            .build()
            .map_err(ClientError::Build)?;
        Ok(Self { net, inner })
    }

    /// The network that it reaches others over, for channels that do not speak HTTP.
    #[must_use]
    pub const fn net(&self) -> &Arc<Net> {
        &self.net
    }

    /// Sends once, and waits for the answer for at most `env.timeout`.
    ///
    /// Once the answer's head is there the outcome is known: its body is read for what it may say,
    /// for at most half of the time that is left, and what does not come is left out.
    ///
    /// # Errors
    /// That there was no answer: `Refused` when the address is not allowed here.
    pub async fn send(&self, env: &ChannelEnv, request: Request) -> Result<Answer, DeliveryError> {
        let environment = &*env.environment;
        let started = environment.monotonic();
        let exchange = async {
            self.judge_literal(&request.url).await?;
            self.inner
                .execute(prepared(request))
                .await
                .map_err(|error| broken_off(&error))
        };
        let mut response = timeout(environment, env.timeout, exchange)
            .await
            .map_err(|_| DeliveryError::Retry {
                detail: format!("no answer within {} s", env.timeout.as_secs_f64()),
                status_code: None,
                after: None,
            })??;
        let retry_after = response
            .headers()
            .get(RETRY_AFTER)
            .and_then(|value| failure::retry_after(value, environment.now()));
        let left = env
            .timeout
            .saturating_sub(environment.monotonic().saturating_sub(started));
        let mut body = Vec::new();
        // What is cut off, by time or by an error, is left out: the status says it all.
        let _ = timeout(environment, left / 2, async {
            while let Ok(Some(chunk)) = response.chunk().await {
                let room = MAX_ANSWER.saturating_sub(body.len());
                body.extend(chunk.iter().take(room));
                if body.len() >= MAX_ANSWER {
                    break;
                }
            }
        })
        .await;
        Ok(Answer {
            status: response.status(),
            retry_after,
            body,
        })
    }

    /// Judges an address that is written out: the resolver is never asked about one.
    async fn judge_literal(&self, url: &Url) -> Result<(), DeliveryError> {
        let host = Host::of(url).map_err(|error| DeliveryError::Broken {
            detail: error.to_string(),
        })?;
        let Host::Address(_) = host else {
            return Ok(());
        };
        let port = url.port_or_known_default().unwrap_or_default();
        match self.net.addresses(&host.to_string(), port).await {
            Ok(_) => Ok(()),
            Err(failure) => Err(unreachable(&failure)),
        }
    }
}

fn prepared(request: Request) -> reqwest::Request {
    let mut prepared = reqwest::Request::new(request.method, request.url);
    *prepared.headers_mut() = request.headers;
    for (name, value) in [(USER_AGENT, AGENT), (ACCEPT, "*/*")] {
        prepared
            .headers_mut()
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    *prepared.body_mut() = Some(request.body.into());
    prepared
}

/// The resolver of the client: only addresses that may be reached come out, and they are what is
/// connected to.
struct Guarded(Arc<Net>);

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let net = Arc::clone(&self.0);
        Box::pin(async move {
            // Port 0 stands for the port of the URL.
            match net.addresses(name.as_str(), 0).await {
                Ok(addresses) => Ok(Box::new(addresses.into_iter()) as Addrs),
                Err(failure) => Err(Unreachable(failure).into()),
            }
        })
    }
}
