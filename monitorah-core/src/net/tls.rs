//! TLS for checks: one shared client configuration, a private one only where a monitor needs it.
//!
//! Every handshake records the chain that the target showed, also when it is then refused.
//! Sessions are never resumed: a resumed session shows no certificate.

use super::{certificate::Described, record::Recorder};
use crate::{
    environment::Env,
    error::{ConfigError, FieldError},
};
use rustls::{
    ClientConfig, DigitallySignedStruct, DistinguishedName, ProtocolVersion, RootCertStore,
    SignatureScheme,
    client::{
        Resumption, WebPkiServerVerifier,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    crypto::CryptoProvider,
    pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime, pem::PemObject},
    time_provider::TimeProvider,
};
use std::{fmt, sync::Arc};
use tokio_rustls::client::TlsStream;

/// The most certificates in one PEM text of a monitor.
const MAX_PEM_CERTIFICATES: usize = 32;
/// The longest PEM text of a monitor.
pub(crate) const MAX_PEM: usize = 64 * 1024;

/// Which application protocols a handshake offers (ALPN).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alpn {
    /// None.
    Nothing,
    /// HTTP/1.1 alone.
    Http1,
    /// HTTP/2 alone.
    Http2,
    /// HTTP/2, else HTTP/1.1.
    Http,
}

impl Alpn {
    fn protocols(self) -> Vec<Vec<u8>> {
        match self {
            Self::Nothing => Vec::new(),
            Self::Http1 => vec![b"http/1.1".to_vec()],
            Self::Http2 => vec![b"h2".to_vec()],
            Self::Http => vec![b"h2".to_vec(), b"http/1.1".to_vec()],
        }
    }
}

/// The protocol version of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TlsVersion {
    /// TLS 1.2.
    Tls12,
    /// TLS 1.3.
    Tls13,
}

impl TlsVersion {
    /// The version that a session agreed on. We speak no other one.
    #[must_use]
    pub fn of<S>(session: &TlsStream<S>) -> Self {
        match session.get_ref().1.protocol_version() {
            Some(ProtocolVersion::TLSv1_2) => Self::Tls12,
            _ => Self::Tls13,
        }
    }
}

/// How a target's certificate is judged, and which one we show: made once per configuration.
#[derive(Clone)]
pub struct TlsPolicy {
    config: Arc<ClientConfig>,
    verifier: Arc<dyn ServerCertVerifier>,
    described: Arc<Described>,
}

impl fmt::Debug for TlsPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TlsPolicy").finish_non_exhaustive()
    }
}

/// What a monitor asks of TLS beyond the usual.
#[derive(Debug, Clone, Copy, Default)]
pub struct TlsOptions<'a> {
    /// Certificates in PEM form that are trusted besides the public ones.
    pub extra_roots_pem: Option<&'a str>,
    /// Trust every certificate. The chain is still recorded.
    pub skip_verification: bool,
    /// A certificate chain and its private key, both in PEM form, to show when asked.
    pub client_certificate: Option<(&'a str, &'a str)>,
}

impl TlsOptions<'_> {
    const fn is_plain(&self) -> bool {
        self.extra_roots_pem.is_none()
            && !self.skip_verification
            && self.client_certificate.is_none()
    }
}

/// Makes policies. Holds the roots, the provider and the clock.
pub(crate) struct TlsFactory {
    provider: Arc<CryptoProvider>,
    clock: Arc<Clock>,
    roots: Arc<RootCertStore>,
    shared: TlsPolicy,
}

impl fmt::Debug for TlsFactory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TlsFactory")
            .field("roots", &self.roots.len())
            .finish_non_exhaustive()
    }
}

impl TlsFactory {
    /// With the roots of this machine, or Mozilla's where the machine has none, and `extra`.
    pub(crate) fn new(
        environment: Env,
        extra: &[CertificateDer<'static>],
    ) -> Result<Self, rustls::Error> {
        let mut roots = RootCertStore::empty();
        let native = rustls_native_certs::load_native_certs();
        roots.add_parsable_certificates(native.certs);
        if roots.is_empty() {
            roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        }
        roots.add_parsable_certificates(extra.iter().cloned());
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let clock = Arc::new(Clock(environment));
        let roots = Arc::new(roots);
        let verifier = verifier(&provider, &roots).map_err(|error| {
            rustls::Error::General(format!("the trusted roots cannot be used: {error}"))
        })?;
        let config = builder(&provider, &clock)?
            .dangerous()
            .with_custom_certificate_verifier(Arc::clone(&verifier))
            .with_no_client_auth();
        Ok(Self {
            shared: TlsPolicy::new(config, verifier, Arc::default()),
            provider,
            clock,
            roots,
        })
    }

    /// The policy for these options; the shared one when nothing special is asked for.
    /// Pointers of errors are `/config/caPem` and `/config/clientCertificate/…`.
    pub(crate) fn policy(&self, options: &TlsOptions<'_>) -> Result<TlsPolicy, ConfigError> {
        if options.is_plain() {
            return Ok(self.shared.clone());
        }
        let verifier: Arc<dyn ServerCertVerifier> = if options.skip_verification {
            Arc::new(Trusting(Arc::clone(&self.provider)))
        } else if let Some(pem) = options.extra_roots_pem {
            let mut roots = RootCertStore::clone(&self.roots);
            for certificate in certificates(pem, "/config/caPem")? {
                roots.add(certificate).map_err(|_| {
                    ConfigError::new("/config/caPem", "not a certificate that can sign others")
                })?;
            }
            verifier(&self.provider, &Arc::new(roots))
                .map_err(|error| ConfigError::new("/config/caPem", error.to_string()))?
        } else {
            Arc::clone(&self.shared.verifier)
        };
        let builder = builder(&self.provider, &self.clock)
            .map_err(|error| ConfigError::new("/config", error.to_string()))?
            .dangerous()
            .with_custom_certificate_verifier(Arc::clone(&verifier));
        let config = match options.client_certificate {
            None => builder.with_no_client_auth(),
            Some((chain, key)) => {
                let chain = certificates(chain, "/config/clientCertificate/certificatePem")?;
                let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).map_err(|_| {
                    ConfigError::new(
                        "/config/clientCertificate/privateKeyPem",
                        "not an unencrypted private key in PEM form",
                    )
                })?;
                builder.with_client_auth_cert(chain, key).map_err(|_| {
                    ConfigError::new(
                        "/config/clientCertificate/privateKeyPem",
                        "the private key does not belong to the certificate, or its kind is not \
                         supported",
                    )
                })?
            }
        };
        let described = Arc::clone(&self.shared.described);
        Ok(TlsPolicy::new(config, verifier, described))
    }
}

impl TlsPolicy {
    fn new(
        mut config: ClientConfig,
        verifier: Arc<dyn ServerCertVerifier>,
        described: Arc<Described>,
    ) -> Self {
        config.resumption = Resumption::disabled();
        Self {
            config: Arc::new(config),
            verifier,
            described,
        }
    }

    /// The configuration of one handshake, which leaves the chain in `recorder`.
    ///
    /// Everything costly in it is shared; the copy is a few reference counts.
    pub(crate) fn for_handshake(&self, alpn: Alpn, recorder: &Recorder) -> Arc<ClientConfig> {
        let mut config = ClientConfig::clone(&self.config);
        config.alpn_protocols = alpn.protocols();
        config
            .dangerous()
            .set_certificate_verifier(Arc::new(Recording {
                inner: Arc::clone(&self.verifier),
                described: Arc::clone(&self.described),
                recorder: recorder.clone(),
            }));
        Arc::new(config)
    }
}

fn builder(
    provider: &Arc<CryptoProvider>,
    clock: &Arc<Clock>,
) -> Result<rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier>, rustls::Error> {
    let clock: Arc<Clock> = Arc::clone(clock);
    ClientConfig::builder_with_details(Arc::clone(provider), clock)
        .with_safe_default_protocol_versions()
}

fn verifier(
    provider: &Arc<CryptoProvider>,
    roots: &Arc<RootCertStore>,
) -> Result<Arc<dyn ServerCertVerifier>, rustls::client::VerifierBuilderError> {
    let verifier =
        WebPkiServerVerifier::builder_with_provider(Arc::clone(roots), Arc::clone(provider))
            .build()?;
    Ok(verifier)
}

/// Every certificate of a PEM text.
pub(crate) fn certificates(
    pem: &str,
    pointer: &str,
) -> Result<Vec<CertificateDer<'static>>, ConfigError> {
    let wrong = |message: &str| ConfigError {
        fields: vec![FieldError::new(pointer, message)],
    };
    if pem.len() > MAX_PEM {
        return Err(wrong("at most 65536 characters"));
    }
    let certificates = CertificateDer::pem_slice_iter(pem.as_bytes())
        .take(MAX_PEM_CERTIFICATES)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|_| wrong("not certificates in PEM form"))?;
    if certificates.is_empty() {
        return Err(wrong(
            "no certificate found: paste the text from -----BEGIN CERTIFICATE----- on",
        ));
    }
    Ok(certificates)
}

/// The environment's wall clock, as rustls wants it.
#[derive(Debug)]
struct Clock(Env);

impl TimeProvider for Clock {
    fn current_time(&self) -> Option<UnixTime> {
        let since = self.0.now().as_duration();
        std::time::Duration::try_from(since)
            .ok()
            .map(UnixTime::since_unix_epoch)
    }
}

/// Records the chain, then asks the real verifier.
#[derive(Debug)]
struct Recording {
    inner: Arc<dyn ServerCertVerifier>,
    described: Arc<Described>,
    recorder: Recorder,
}

impl ServerCertVerifier for Recording {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let certificate = self.described.describe(end_entity, intermediates);
        self.recorder
            .update(|record| record.certificate = certificate);
        self.inner
            .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.inner.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.inner.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.inner.supported_verify_schemes()
    }

    fn root_hint_subjects(&self) -> Option<&[DistinguishedName]> {
        self.inner.root_hint_subjects()
    }
}

/// Trusts every chain, as the monitor's owner asked for; signatures are still verified, so the
/// peer does hold the key of the certificate that is recorded.
#[derive(Debug)]
struct Trusting(Arc<CryptoProvider>);

impl ServerCertVerifier for Trusting {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        rustls::crypto::verify_tls12_signature(
            message,
            cert,
            dss,
            &self.0.signature_verification_algorithms,
        )
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        rustls::crypto::verify_tls13_signature(
            message,
            cert,
            dss,
            &self.0.signature_verification_algorithms,
        )
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
