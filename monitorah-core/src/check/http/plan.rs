//! A validated HTTP configuration, ready to run.

use super::{HttpSpec, HttpVersion, Method, fields::RequestHeaders};
use crate::{
    check::{
        CheckEnv, SecretText,
        assertion::{Assertions, StatusRange},
    },
    error::{ConfigError, FieldError},
    net::{Family, Host, MAX_PEM, Net, Proxy, TlsOptions, TlsPolicy},
};
use bytes::Bytes;
use std::{fmt, sync::Arc};
use url::Url;
use zeroize::Zeroizing;

/// The longest URL.
const MAX_URL: usize = 4096;
/// The longest request body.
const MAX_REQUEST_BODY: usize = 128 * 1024;
/// The most that is parsed as JSON: a parsed document takes many times its size.
const MAX_JSON: u32 = 1024 * 1024;

/// What an HTTP look needs; made once per run and dropped after it.
pub(super) struct Plan {
    pub(super) net: Arc<Net>,
    pub(super) url: Url,
    pub(super) method: http::Method,
    pub(super) headers: RequestHeaders,
    pub(super) body: Bytes,
    pub(super) expected: Vec<StatusRange>,
    pub(super) assertions: Assertions,
    /// For the target's own origin.
    pub(super) tls: TlsPolicy,
    /// For the origins that redirects lead to: without the client certificate.
    pub(super) tls_elsewhere: TlsPolicy,
    pub(super) max_redirects: Option<u8>,
    pub(super) version: HttpVersion,
    pub(super) family: Family,
    pub(super) proxy: Option<Proxy>,
    pub(super) max_body: usize,
    /// What must not be in an excerpt, should the target reflect it.
    pub(super) secrets: Vec<Zeroizing<String>>,
}

impl fmt::Debug for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The URL and the headers may hold what only their owner should see.
        f.debug_struct("Http")
            .field("method", &self.method)
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}

impl Plan {
    /// Checks everything and says all that is wrong at once.
    pub(super) fn compile(spec: &HttpSpec, env: &CheckEnv) -> Result<Self, ConfigError> {
        let net = env.net()?;
        let mut wrong = Vec::new();
        let url = target(env.target()).map_err(|message| {
            wrong.push(FieldError::new("/target", message));
        });
        let headers = RequestHeaders::compile(spec, &mut wrong);
        let expected = expected(spec, &mut wrong);
        let assertions = Assertions::compile(&spec.assertions, "/config/assertions")
            .unwrap_or_else(|errors| {
                wrong.extend(errors);
                Assertions::default()
            });
        bounds(spec, &assertions, &mut wrong);
        let proxy = spec
            .proxy
            .as_ref()
            .and_then(|proxy| proxy.compile(&mut wrong));
        let tls = policies(spec, &net).map_err(|error| wrong.extend(error.fields));
        ConfigError::check(wrong)?;
        let invalid = |()| ConfigError::new("/target", "invalid");
        let (tls, tls_elsewhere) = tls.map_err(invalid)?;
        Ok(Self {
            net,
            url: url.map_err(invalid)?,
            method: method(spec.method),
            headers,
            body: Bytes::from(spec.body.clone().unwrap_or_default()),
            expected,
            assertions,
            tls,
            tls_elsewhere,
            max_redirects: spec.follow_redirects.then_some(spec.max_redirects),
            version: spec.http_version,
            family: spec.address_family,
            proxy,
            max_body: usize::try_from(spec.max_body_bytes).unwrap_or(usize::MAX),
            secrets: secrets(spec),
        })
    }
}

/// Reads the target; the message says what to write instead.
fn target(text: &str) -> Result<Url, &'static str> {
    const HOW: &str = "write an http:// or https:// URL, such as https://example.com/health";
    if text.len() > MAX_URL {
        return Err("an URL has at most 4096 characters");
    }
    let mut url = Url::parse(text.trim()).map_err(|_| HOW)?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(
            "only http:// and https:// URLs can be checked: use the type PORT for other services",
        );
    }
    Host::of(&url).map_err(|_| HOW)?;
    if url.port() == Some(0) {
        return Err("the port 0 is none: write a port from 1 to 65535, or leave it out");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("an URL here has no user name or password: use basicAuth");
    }
    url.set_fragment(None);
    Ok(url)
}

fn expected(spec: &HttpSpec, wrong: &mut Vec<FieldError>) -> Vec<StatusRange> {
    if !(1..=50).contains(&spec.expected_status.len()) {
        wrong.push(FieldError::new(
            "/config/expectedStatus",
            "write 1 to 50 codes, ranges or classes",
        ));
        return Vec::new();
    }
    let mut ranges = Vec::with_capacity(spec.expected_status.len());
    for (index, status) in spec.expected_status.iter().enumerate() {
        match status.range() {
            Some(range) => ranges.push(range),
            None => wrong.push(FieldError::new(
                format!("/config/expectedStatus/{index}"),
                "write a code (200), a range (\"200-299\") or a class (\"2xx\")",
            )),
        }
    }
    ranges
}

fn bounds(spec: &HttpSpec, assertions: &Assertions, wrong: &mut Vec<FieldError>) {
    let mut refuse = |pointer: &str, message: &str| wrong.push(FieldError::new(pointer, message));
    if !(1..=20).contains(&spec.max_redirects) {
        refuse("/config/maxRedirects", "write a number from 1 to 20");
    }
    if !(1..=16 * 1024 * 1024).contains(&spec.max_body_bytes) {
        refuse("/config/maxBodyBytes", "write a number from 1 to 16777216");
    }
    match (&spec.body, spec.method) {
        (Some(_), Method::Head | Method::Get | Method::Options) => refuse(
            "/config/body",
            "this method sends no body: use POST, PUT, PATCH or DELETE",
        ),
        (Some(body), _) if body.len() > MAX_REQUEST_BODY => {
            refuse("/config/body", "a body has at most 131072 bytes");
        }
        _ => {}
    }
    for (pointer, pem) in [
        ("/config/caPem", spec.ca_pem.as_deref()),
        (
            "/config/clientCertificate/privateKeyPem",
            spec.client_certificate
                .as_ref()
                .map(|certificate| certificate.private_key_pem.expose()),
        ),
    ] {
        if pem.is_some_and(|pem| pem.len() > MAX_PEM) {
            refuse(pointer, "at most 65536 characters");
        }
    }
    if spec.skip_tls_verification && spec.ca_pem.is_some() {
        refuse(
            "/config/skipTlsVerification",
            "with skipTlsVerification caPem does nothing: keep one",
        );
    }
    if let Some(index) = assertions.first_on_body()
        && spec.method == Method::Head
    {
        refuse(
            &format!("/config/assertions/{index}"),
            "an answer to HEAD has no body: use the method GET",
        );
    }
    if let Some(index) = assertions.first_on_json()
        && spec.max_body_bytes > MAX_JSON
    {
        refuse(
            &format!("/config/assertions/{index}"),
            "JSON_PATH needs a maxBodyBytes of at most 1048576",
        );
    }
}

fn policies(spec: &HttpSpec, net: &Net) -> Result<(TlsPolicy, TlsPolicy), ConfigError> {
    let elsewhere = TlsOptions {
        extra_roots_pem: spec.ca_pem.as_deref(),
        skip_verification: spec.skip_tls_verification,
        client_certificate: None,
    };
    let policy = net.tls_policy(&elsewhere)?;
    let Some(certificate) = &spec.client_certificate else {
        return Ok((policy.clone(), policy));
    };
    let own = net.tls_policy(&TlsOptions {
        client_certificate: Some((
            &certificate.certificate_pem,
            certificate.private_key_pem.expose(),
        )),
        ..elsewhere
    })?;
    Ok((own, policy))
}

const fn method(method: Method) -> http::Method {
    match method {
        Method::Head => http::Method::HEAD,
        Method::Get => http::Method::GET,
        Method::Post => http::Method::POST,
        Method::Put => http::Method::PUT,
        Method::Patch => http::Method::PATCH,
        Method::Delete => http::Method::DELETE,
        Method::Options => http::Method::OPTIONS,
    }
}

fn secrets(spec: &HttpSpec) -> Vec<Zeroizing<String>> {
    let password = spec.basic_auth.as_ref().map(|basic| &basic.password);
    let of_proxy = spec
        .proxy
        .as_ref()
        .and_then(|proxy| proxy.password.as_ref());
    let mut secrets: Vec<Zeroizing<String>> = spec
        .secret_headers
        .values()
        .chain(spec.bearer_token.as_ref())
        .chain(password)
        .chain(of_proxy)
        .map(|secret| Zeroizing::new(secret.expose().to_owned()))
        .collect();
    // As they stand in a header (RFC 7617), for whoever quotes the request.
    let basic = spec.basic_auth.as_ref();
    let pairs = [
        basic.map(|basic| (basic.username.as_str(), Some(&basic.password))),
        spec.proxy
            .as_ref()
            .and_then(|proxy| Some((proxy.username.as_deref()?, proxy.password.as_ref()))),
    ];
    for (username, password) in pairs.into_iter().flatten() {
        use base64::{Engine, engine::general_purpose::STANDARD};
        let password = password.map(SecretText::expose).unwrap_or_default();
        let pair = Zeroizing::new(format!("{username}:{password}"));
        secrets.push(Zeroizing::new(STANDARD.encode(pair.as_bytes())));
    }
    secrets.retain(|secret| !secret.is_empty());
    secrets
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn credentials_are_known_in_the_form_that_they_have_on_the_wire() {
        let spec = json!({
            "basicAuth": {"username": "ada", "password": "of the site"},
            "proxy": {"url": "http://a.test:1", "username": "bob", "password": "of the proxy"},
        });
        let spec: HttpSpec = serde_json::from_value(spec).unwrap();
        let secrets = secrets(&spec);
        // printf 'ada:of the site' | base64
        for secret in [
            "YWRhOm9mIHRoZSBzaXRl",
            "Ym9iOm9mIHRoZSBwcm94eQ==",
            "of the proxy",
        ] {
            assert!(secrets.iter().any(|one| one.as_str() == secret), "{secret}");
        }
    }
}
