//! The HTTP look: hop by hop to the last answer, then the judgement.

use super::{
    HttpVersion, body,
    exchange::{Answer, Reading, exchange},
    plan::Plan,
    redirect,
    stream::Stream,
};
use crate::{
    check::{
        Check, CheckContext,
        assertion::{Facts, worst},
        own_limit,
    },
    net::{Alpn, Failure, Host, Proxy, Recorder, Targets, TlsPolicy, speaks_http2},
    observation::{Observation, Reason},
};
use async_trait::async_trait;
use bytes::Bytes;
use http::{HeaderValue, Method, Request, StatusCode, header};
use http_body_util::Full;
use std::{collections::HashSet, time::Duration};
use url::{Position, Url};

/// One request of the look.
struct Hop {
    url: Url,
    method: Method,
    body: Bytes,
    /// Whether this is the target's own origin, without having left it in between.
    at_home: bool,
}

#[async_trait]
impl Check for Plan {
    async fn run(&self, cx: &CheckContext) -> Observation {
        let start = cx.environment.monotonic();
        let limit = own_limit(cx.timeout);
        let recorder = Recorder::default();
        let mut buffer = Vec::new();
        let look = Box::pin(self.look(cx, start, limit, &recorder, &mut buffer));
        let outcome = cx
            .within(limit, look)
            .await
            .unwrap_or_else(|_| Err(Failure::timed_out(recorder.phase())));
        let total = cx.own_time(start);
        self.observe(cx, outcome, &recorder, &buffer, total)
    }
}

impl Plan {
    pub(super) async fn look(
        &self,
        cx: &CheckContext,
        start: Duration,
        limit: Duration,
        recorder: &Recorder,
        buffer: &mut Vec<u8>,
    ) -> Result<Answer, Failure> {
        let mut hop = Hop {
            url: self.url.clone(),
            method: self.method.clone(),
            body: self.body.clone(),
            at_home: true,
        };
        let mut visited = HashSet::new();
        let mut followed: u8 = 0;
        loop {
            let left = limit.saturating_sub(cx.own_time(start));
            let answer = self.ask(cx, &hop, left, recorder, buffer).await?;
            let Some(most) = self.max_redirects else {
                return Ok(answer);
            };
            if !redirect::is_redirect(answer.status, &answer.headers) {
                return Ok(answer);
            }
            let next = redirect::location(&hop.url, &answer.headers)?;
            let method = redirect::next_method(answer.status, &hop.method);
            visited.insert((hop.method.clone(), hop.url.to_string()));
            if visited.contains(&(method.clone(), next.to_string())) {
                return Err(Failure::down(
                    Reason::RedirectLoop,
                    "a redirect leads back to where another one came from",
                ));
            }
            if followed >= most {
                return Err(Failure::down(
                    Reason::TooManyRedirects,
                    format!("more than {most} redirects"),
                ));
            }
            followed = followed.saturating_add(1);
            recorder.next_hop();
            hop = Hop {
                at_home: hop.at_home && redirect::same_origin(&self.url, &next),
                body: if method == hop.method {
                    hop.body
                } else {
                    Bytes::new()
                },
                method,
                url: next,
            };
        }
    }

    /// One hop: a slot, a connection, a request, an answer.
    async fn ask(
        &self,
        cx: &CheckContext,
        hop: &Hop,
        budget: Duration,
        recorder: &Recorder,
        buffer: &mut Vec<u8>,
    ) -> Result<Answer, Failure> {
        let unusable = |detail: String| Failure::down(Reason::Protocol, detail);
        let host = Host::of(&hop.url).map_err(|error| unusable(error.to_string()))?;
        let port = hop
            .url
            .port_or_known_default()
            .ok_or_else(|| unusable("the URL has no port".to_owned()))?;
        let _slot = cx.slot(&self.net, &format!("{host}:{port}")).await?;
        let forwarded = self.is_forwarded(hop);
        let tcp = match &self.proxy {
            None => {
                self.net
                    .connect(&host, port, self.family, budget, recorder)
                    .await?
            }
            Some(proxy) if forwarded => {
                self.net.goal_allowed(&host, self.family).await?;
                self.net.connect_to_proxy(proxy, budget, recorder).await?
            }
            Some(proxy) => {
                self.net
                    .connect_through(proxy, &host, port, self.family, budget, recorder)
                    .await?
            }
        };
        let (stream, http2) = if hop.url.scheme() == "https" {
            let alpn = match self.version {
                HttpVersion::Auto => Alpn::Http,
                HttpVersion::Http1 => Alpn::Http1,
                HttpVersion::Http2 => Alpn::Http2,
            };
            let policy: &TlsPolicy = if hop.at_home {
                &self.tls
            } else {
                &self.tls_elsewhere
            };
            let session = self
                .net
                .handshake(tcp, &host, policy, alpn, recorder)
                .await?;
            let http2 = speaks_http2(&session);
            if self.version == HttpVersion::Http2 && !http2 {
                return Err(unusable("the server does not speak HTTP/2".to_owned()));
            }
            (Stream::Tls(Box::new(session)), http2)
        } else {
            (Stream::Plain(tcp), self.version == HttpVersion::Http2)
        };
        let request = self.request(hop, http2).map_err(|error| {
            Failure::unknown(
                Reason::Internal,
                format!("the request could not be made: {error}"),
            )
        })?;
        let reading = Reading {
            recorder,
            environment: &**self.net.environment(),
            follow: self.max_redirects.is_some(),
            cap: self.max_body,
            buffer,
        };
        let answer = exchange(stream, http2, request, reading).await?;
        if forwarded && answer.status == StatusCode::PROXY_AUTHENTICATION_REQUIRED {
            return Err(Failure::unknown(
                Reason::Proxy,
                "the proxy wants other credentials",
            ));
        }
        Ok(answer)
    }

    /// Whether the request is sent to the proxy, which makes its own: RFC 9112, section 3.2.2.
    /// Not so where only public addresses may be reached: the proxy would resolve the name anew.
    fn is_forwarded(&self, hop: &Hop) -> bool {
        self.proxy.as_ref().is_some_and(Proxy::forwards)
            && hop.url.scheme() == "http"
            && self.version != HttpVersion::Http2
            && self.net.guard().targets == Targets::Any
    }

    fn request(&self, hop: &Hop, http2: bool) -> Result<Request<Full<Bytes>>, http::Error> {
        let url = &hop.url;
        let authority = &url[Position::BeforeHost..Position::AfterPort];
        let path = &url[Position::BeforePath..Position::AfterQuery];
        let own_host = self.headers.host.as_ref().filter(|_| hop.at_home);
        let mut request = Request::builder().method(hop.method.clone());
        if http2 {
            let authority = own_host
                .and_then(|host| host.to_str().ok())
                .unwrap_or(authority);
            let uri = http::Uri::builder()
                .scheme(url.scheme())
                .authority(authority)
                .path_and_query(path)
                .build()?;
            request = request.uri(uri).version(http::Version::HTTP_2);
        } else if self.is_forwarded(hop) {
            request = request.uri(format!("http://{authority}{path}"));
            if let Some(value) = self.proxy.as_ref().and_then(Proxy::authorization) {
                request = request.header(header::PROXY_AUTHORIZATION, value);
            }
        } else {
            request = request.uri(path);
        }
        let mut request = request.body(Full::new(hop.body.clone()))?;
        let headers = request.headers_mut();
        if !http2 {
            let host = match own_host {
                Some(host) => host.clone(),
                None => HeaderValue::from_str(authority)?,
            };
            headers.insert(header::HOST, host);
            headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        for (name, value) in &self.headers.plain {
            if name != header::CONTENT_TYPE || !hop.body.is_empty() || hop.method == self.method {
                headers.append(name, value.clone());
            }
        }
        if hop.at_home {
            for (name, value) in &self.headers.credentials {
                headers.append(name, value.clone());
            }
        }
        Ok(request)
    }

    fn observe(
        &self,
        cx: &CheckContext,
        outcome: Result<Answer, Failure>,
        recorder: &Recorder,
        buffer: &[u8],
        total: Duration,
    ) -> Observation {
        let mut seen = Observation::up();
        recorder.describe(&mut seen);
        seen.total = total;
        let failure = match (self.unexpected_status(&seen, &outcome), outcome) {
            (Some(failure), _) | (None, Err(failure)) => failure,
            (None, Ok(answer)) => match answer.body {
                Err(failure) => failure,
                Ok(()) => return self.assert(cx, seen, &answer.headers, buffer),
            },
        };
        seen.status = failure.status;
        seen.reason = failure.reason;
        seen.detail = Some(failure.detail);
        seen.excerpt = body::excerpt(buffer, &self.secrets);
        seen
    }

    /// A wrong status of the last answer, which is told even where its body then failed: it is the
    /// first cause.
    fn unexpected_status(
        &self,
        seen: &Observation,
        outcome: &Result<Answer, Failure>,
    ) -> Option<Failure> {
        let code = seen.status_code?;
        let is_last = match outcome {
            Ok(_) => true,
            // Only the body of the last answer is read.
            Err(failure) => failure.reason == Reason::TimeoutBody,
        };
        let expected = self.expected.iter().any(|range| range.contains(&code));
        (is_last && !expected)
            .then(|| Failure::down(Reason::HttpStatus, format!("the status code is {code}")))
    }

    fn assert(
        &self,
        cx: &CheckContext,
        mut seen: Observation,
        headers: &http::HeaderMap,
        buffer: &[u8],
    ) -> Observation {
        if self.assertions.is_empty() {
            return seen;
        }
        let headers: Vec<(&str, &[u8])> = headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_bytes()))
            .collect();
        let findings = self.assertions.findings(&Facts {
            status_code: seen.status_code,
            headers: &headers,
            body: buffer,
            total: seen.total,
            timings: seen.timings,
            certificate: seen.certificate.as_ref(),
            now: cx.environment.now(),
        });
        if let Some(finding) = worst(&findings) {
            seen.status = finding.status();
            seen.reason = finding.reason;
            seen.detail = Some(finding.detail.clone());
            seen.excerpt = body::excerpt(buffer, &self.secrets);
        }
        seen.assertions = findings;
        seen
    }
}
