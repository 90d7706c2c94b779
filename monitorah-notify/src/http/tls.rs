//! How receivers are trusted: the provider, the roots and the clock are given, none is a global.

use super::ClientError;
use monitorah_core::{ConfigError, Env};
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, UnixTime, pem::PemObject},
    time_provider::TimeProvider,
};
use std::{sync::Arc, time::Duration};

/// The configuration of every handshake.
pub(super) fn config(
    environment: &Env,
    extra_roots_pem: Option<&str>,
) -> Result<ClientConfig, ClientError> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if roots.is_empty() {
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    }
    let wrong = || ClientError::Roots(ConfigError::new("", "not certificates in PEM form"));
    for certificate in
        CertificateDer::pem_slice_iter(extra_roots_pem.unwrap_or_default().as_bytes())
    {
        let certificate = certificate.map_err(|_| wrong())?;
        roots.add(certificate).map_err(|_| wrong())?;
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let clock: Arc<Clock> = Arc::new(Clock(Arc::clone(environment)));
    let mut config = ClientConfig::builder_with_details(provider, clock)
        .with_safe_default_protocol_versions()
        .map_err(ClientError::Tls)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

/// The environment's wall clock, as rustls wants it.
#[derive(Debug)]
struct Clock(Env);

impl TimeProvider for Clock {
    fn current_time(&self) -> Option<UnixTime> {
        Duration::try_from(self.0.now().as_duration())
            .ok()
            .map(UnixTime::since_unix_epoch)
    }
}
