//! HTTP: what an HTTP or HTTPS URL answers, over a fresh connection each time.
//!
//! The body is asked for without compression and read whole, up to `maxBodyBytes`; a longer body
//! is `BODY_TOO_LARGE`, a shorter one than announced is `BODY_TRUNCATED`. The certificate is part
//! of every observation and its expiry is the engine's to warn of: it makes no failure here unless
//! an assertion says so.

mod body;
mod exchange;
mod fetch;
mod fields;
mod plan;
mod proxy;
mod redirect;
mod run;
mod stream;

pub(crate) use fetch::fetch;
pub use fields::carries_credential;
pub use proxy::ProxySpec;

use super::{
    Check, CheckEnv, CheckSpec, SecretText,
    assertion::{Assertion, StatusMatch},
};
use crate::{error::ConfigError, net::Family};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The request method.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// The head of the answer only.
    #[default]
    Head,
    /// The whole answer.
    Get,
    /// With a body.
    Post,
    /// With a body.
    Put,
    /// With a body.
    Patch,
    /// Mind what it deletes.
    Delete,
    /// What the server offers.
    Options,
}

/// Which version of HTTP is spoken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum HttpVersion {
    /// HTTP/2 where the TLS handshake agrees on it (ALPN), else HTTP/1.1.
    #[default]
    Auto,
    /// HTTP/1.1 only.
    Http1,
    /// HTTP/2 only; without TLS with prior knowledge.
    Http2,
}

/// A user name and a password (RFC 7617).
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BasicAuth {
    /// The user name; it cannot contain a colon.
    #[schemars(length(max = 256))]
    pub username: String,
    /// The password.
    pub password: SecretText,
}

/// A certificate to show when the server asks for one.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ClientCertificate {
    /// The certificate and its chain, in PEM form.
    #[schemars(length(max = 65_536))]
    pub certificate_pem: String,
    /// Its private key, unencrypted, in PEM form.
    pub private_key_pem: SecretText,
}

fn example() -> serde_json::Value {
    serde_json::json!({
        "method": "GET",
        "expectedStatus": ["2xx"],
        "followRedirects": true,
        "assertions": [{ "type": "BODY_CONTAINS", "text": "ok" }],
    })
}

/// How an HTTP monitor is configured. Its target is an `http` or `https` URL.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(title = "HTTP", example = example())]
pub struct HttpSpec {
    /// The request method.
    #[serde(default)]
    pub method: Method,
    /// The status codes that are well: codes (`200`), ranges (`"200-299"`), classes (`"2xx"`).
    #[serde(default = "default_status")]
    #[schemars(length(min = 1, max = 50))]
    pub expected_status: Vec<StatusMatch>,
    /// Headers of the request. Those that carry credentials belong to `secretHeaders`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 50))]
    pub headers: BTreeMap<String, String>,
    /// Headers of the request whose values are secrets. Redirects to another origin drop them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("maxProperties" = 50))]
    pub secret_headers: BTreeMap<String, SecretText>,
    /// The body of the request, for POST, PUT, PATCH and DELETE.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 262_144))]
    pub body: Option<String>,
    /// The media type of the body, such as `application/json`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 256))]
    pub content_type: Option<String>,
    /// A user name and a password.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basic_auth: Option<BasicAuth>,
    /// A bearer token (RFC 6750).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bearer_token: Option<SecretText>,
    /// A certificate to show when the server asks for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_certificate: Option<ClientCertificate>,
    /// A proxy that the requests go through.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proxy: Option<ProxySpec>,
    /// Certificates in PEM form that are trusted besides the public ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 65_536))]
    pub ca_pem: Option<String>,
    /// Trust every certificate. Its expiry is still reported.
    #[serde(default)]
    pub skip_tls_verification: bool,
    /// Whether redirects are followed; else they are the answer.
    #[serde(default)]
    pub follow_redirects: bool,
    /// How many redirects are followed.
    #[serde(default = "default_redirects")]
    #[schemars(range(min = 1, max = 20))]
    pub max_redirects: u8,
    /// Which version of HTTP is spoken.
    #[serde(default)]
    pub http_version: HttpVersion,
    /// Which addresses of the name are used.
    #[serde(default)]
    pub address_family: Family,
    /// The most that is read of a body, in bytes; a longer body is a failure.
    #[serde(default = "default_body")]
    #[schemars(range(min = 1, max = 16_777_216))]
    pub max_body_bytes: u32,
    /// What the answer must be like.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 50))]
    pub assertions: Vec<Assertion>,
}

fn default_status() -> Vec<StatusMatch> {
    vec![StatusMatch::Code(200)]
}

const fn default_redirects() -> u8 {
    10
}

const fn default_body() -> u32 {
    1024 * 1024
}

impl CheckSpec for HttpSpec {
    const KIND: &'static str = "HTTP";
    const TARGET: &'static str = "https://www.example.org/health";
    const SECRETS: &'static [&'static str] = &[
        "/secretHeaders/*",
        "/basicAuth/password",
        "/bearerToken",
        "/proxy/password",
        "/clientCertificate/privateKeyPem",
    ];
    const DESTINATION: &'static [&'static str] = &[
        "/skipTlsVerification",
        "/caPem",
        "/proxy/url",
        // One address may serve many names.
        "/headers/Host",
        "/secretHeaders/Host",
    ];

    fn build(self, env: &CheckEnv) -> Result<Box<dyn Check>, ConfigError> {
        Ok(Box::new(plan::Plan::compile(&self, env)?))
    }
}
