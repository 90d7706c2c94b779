//! How a client is made: its key, its TLS and its limits are its own, none is a global.

use crate::{Client, Error, Retry, Secret, retry::Sender};
use reqwest::{
    Url,
    header::{AUTHORIZATION, HeaderMap, HeaderValue},
};
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};
use std::{fmt, sync::Arc, time::Duration};

/// How the client names itself.
const AGENT: &str = concat!("monitorah-client/", env!("CARGO_PKG_VERSION"));

/// How a client reaches its server.
#[derive(Clone)]
#[non_exhaustive]
pub struct Options {
    /// How long one attempt of a request may take, answer and all. 30 seconds, unless said
    /// otherwise; all attempts together take [`Retry::total`] at most.
    pub timeout: Duration,
    /// How long it may take to reach the server: part of `timeout`. 10 seconds.
    pub connect_timeout: Duration,
    /// How often a request is sent that meets a passing fault.
    pub retry: Retry,
    /// What the client says of itself after its own name, as `shop-deploy/1.4`.
    pub user_agent: Option<String>,
    /// Certificates in PEM form that are trusted besides those of this machine.
    pub extra_roots_pem: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(10),
            retry: Retry::default(),
            user_agent: None,
            extra_roots_pem: None,
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("timeout", &self.timeout)
            .field("connect_timeout", &self.connect_timeout)
            .field("retry", &self.retry)
            .field("user_agent", &self.user_agent)
            .field("extra_roots_pem", &self.extra_roots_pem.is_some())
            .finish()
    }
}

impl Client {
    /// A client of the server at this address, such as `https://monitorah.example`, which shows
    /// this API key. Nothing is sent yet.
    ///
    /// # Errors
    /// [`Error::Setup`] when the address or the key cannot be used.
    pub fn connect(base_url: &str, key: impl Into<Secret>) -> Result<Self, Error> {
        Self::connect_with(base_url, key, &Options::default())
    }

    /// As [`connect`](Self::connect), with options.
    ///
    /// # Errors
    /// [`Error::Setup`] when the address, the key or the certificates cannot be used.
    pub fn connect_with(
        base_url: &str,
        key: impl Into<Secret>,
        options: &Options,
    ) -> Result<Self, Error> {
        let base = base(base_url)?;
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, bearer(&key.into())?);
        #[expect(
            clippy::disallowed_methods,
            reason = "a client reaches the server that its owner names, from outside the server"
        )]
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls(options)?)
            .user_agent(agent(options.user_agent.as_deref())?)
            .default_headers(headers)
            .timeout(options.timeout)
            .connect_timeout(options.connect_timeout)
            // The API redirects nowhere: the key is not carried to where it was not meant for.
            .redirect(reqwest::redirect::Policy::none())
            // What is sent again, and when, is decided in one place.
            .retry(reqwest::retry::never())
            .referer(false)
            .build()
            .map_err(|_| Error::setup("the HTTP client cannot be set up"))?;
        let sender = Sender::new(options.retry.clone(), options.timeout);
        Ok(Self::new_with_client(&base, client, sender))
    }
}

/// The address without what follows its path.
fn base(text: &str) -> Result<String, Error> {
    let wrong = || {
        Error::setup(
            "write the server's address as http or https URL, such as https://monitorah.example, \
             without user name, query and fragment",
        )
    };
    let url = Url::parse(text).map_err(|_| wrong())?;
    let plain = url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    if !plain || !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err(wrong());
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

/// Our own name, and what is said after it.
fn agent(more: Option<&str>) -> Result<HeaderValue, Error> {
    let text = more.map_or_else(|| AGENT.to_owned(), |more| format!("{AGENT} {more}"));
    HeaderValue::from_str(&text)
        .map_err(|_| Error::setup("the user agent has characters that no header has"))
}

fn bearer(key: &Secret) -> Result<HeaderValue, Error> {
    let mut value = HeaderValue::from_str(&format!("Bearer {}", key.expose()))
        .map_err(|_| Error::setup("the API key has characters that no key has"))?;
    value.set_sensitive(true);
    Ok(value)
}

fn tls(options: &Options) -> Result<ClientConfig, Error> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if roots.is_empty() {
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    }
    let wrong = || Error::setup("the extra root certificates are not certificates in PEM form");
    let extra = options.extra_roots_pem.as_deref().unwrap_or_default();
    for certificate in CertificateDer::pem_slice_iter(extra.as_bytes()) {
        let certificate = certificate.map_err(|_| wrong())?;
        roots.add(certificate).map_err(|_| wrong())?;
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| Error::setup("TLS cannot be set up"))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_plain_url() {
        assert_eq!(base("http://127.0.0.1:1/").unwrap(), "http://127.0.0.1:1");
        assert_eq!(base("https://a.example/m/").unwrap(), "https://a.example/m");
        for wrong in [
            "a.example",
            "ftp://a.example",
            "http://u:p@a.example",
            "http://a.example/?q=1",
            "http://a.example/#f",
            "",
        ] {
            assert!(base(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_client_does_not_show_its_key() {
        let client = Client::connect("http://127.0.0.1:1", "mon_live_hush").unwrap();
        assert!(!format!("{client:?} {client:#?}").contains("hush"));
        let error = Client::connect("http://127.0.0.1:1", "mon_live_hush\n").unwrap_err();
        assert!(!format!("{error} {error:?}").contains("hush"));
    }

    #[test]
    fn the_user_agent_says_more_and_is_a_header() {
        assert_eq!(agent(None).unwrap(), AGENT);
        let more = agent(Some("shop-deploy/1.4")).unwrap();
        assert_eq!(more.to_str().unwrap(), format!("{AGENT} shop-deploy/1.4"));
        assert!(agent(Some("a\nb")).is_err());
    }

    #[test]
    fn roots_that_are_none_are_refused() {
        let options = Options {
            extra_roots_pem: Some(
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".to_owned(),
            ),
            ..Options::default()
        };
        assert!(Client::connect_with("http://127.0.0.1:1", "k", &options).is_err());
    }
}
