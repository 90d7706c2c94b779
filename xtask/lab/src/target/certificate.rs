//! Certificates that are right, and each kind that is wrong.

use crate::Fault;
use jiff::{Timestamp, tz::TimeZone};
use rustls::{
    ServerConfig, SupportedProtocolVersion,
    pki_types::{CertificateDer, PrivateKeyDer},
};
use std::sync::Arc;

/// The name that every certificate is for that is right.
pub(crate) const NAME: &str = "localhost";

/// Signs the certificates of the lab; monitors trust it by their `caPem`.
pub(crate) struct Authority {
    issuer: rcgen::CertifiedIssuer<'static, rcgen::KeyPair>,
}

impl std::fmt::Debug for Authority {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Authority")
    }
}

/// What a certificate is like.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    pub(crate) name: &'static str,
    /// Days from now to the begin of its validity; most have begun.
    pub(crate) from: i64,
    /// Days from now to the end of its validity.
    pub(crate) until: i64,
    /// Whether it stands for itself.
    pub(crate) self_signed: bool,
}

/// A certificate without fault.
pub(crate) const RIGHT: Wanted = Wanted {
    name: NAME,
    from: -30,
    until: 365,
    self_signed: false,
};

impl Authority {
    pub(crate) fn new() -> Result<Self, Fault> {
        let mut params = rcgen::CertificateParams::new(Vec::<String>::new())?;
        params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        params
            .distinguished_name
            .push(rcgen::DnType::CommonName, "Monitorah lab root");
        let key = rcgen::KeyPair::generate()?;
        Ok(Self {
            issuer: rcgen::CertifiedIssuer::self_signed(params, key)?,
        })
    }

    pub(crate) fn pem(&self) -> String {
        self.issuer.pem()
    }

    /// The side of a server that shows such a certificate and speaks these versions.
    pub(crate) fn server(
        &self,
        wanted: Wanted,
        versions: &[&'static SupportedProtocolVersion],
        now: Timestamp,
    ) -> Result<Arc<ServerConfig>, Fault> {
        let mut params = rcgen::CertificateParams::new(vec![wanted.name.to_owned()])?;
        params
            .distinguished_name
            .push(rcgen::DnType::CommonName, "leaf");
        let (year, month, date) = day(now, wanted.from)?;
        params.not_before = rcgen::date_time_ymd(year, month, date);
        let (year, month, date) = day(now, wanted.until)?;
        params.not_after = rcgen::date_time_ymd(year, month, date);
        let key = rcgen::KeyPair::generate()?;
        let leaf: CertificateDer<'static> = if wanted.self_signed {
            params.self_signed(&key)?.der().clone()
        } else {
            params.signed_by(&key, &self.issuer)?.der().clone()
        };
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(versions)?
            .with_no_client_auth()
            .with_single_cert(vec![leaf], PrivateKeyDer::try_from(key.serialize_der())?)?;
        Ok(Arc::new(config))
    }
}

/// Year, month and day, so many days from now.
fn day(now: Timestamp, days: i64) -> Result<(i32, u8, u8), Fault> {
    let then = now
        .checked_add(jiff::SignedDuration::from_hours(24 * days))?
        .to_zoned(TimeZone::UTC);
    Ok((
        i32::from(then.year()),
        u8::try_from(then.month())?,
        u8::try_from(then.day())?,
    ))
}
