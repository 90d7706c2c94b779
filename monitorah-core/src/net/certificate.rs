//! What a certificate chain says, for people and for the expiry warning.

use crate::observation::Certificate;
use jiff::Timestamp;
use rustls::pki_types::CertificateDer;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use x509_parser::{certificate::X509Certificate, prelude::FromDer, time::ASN1Time};

/// The longest distinguished name that is kept.
const MAX_NAME: usize = 512;
/// The longest chain that is looked at.
const MAX_CHAIN: usize = 10;

/// What the chain says: the names of its leaf, and the earliest end of validity in all of it.
///
/// `None` when there is no leaf or it cannot be read. A later certificate that cannot be read is
/// left out: the verifier has judged it already.
#[must_use]
pub(super) fn describe(chain: &[CertificateDer<'_>]) -> Option<Certificate> {
    let (first, rest) = chain.split_first()?;
    let (_, leaf) = X509Certificate::from_der(first).ok()?;
    let mut not_after = time_of(leaf.validity().not_after)?;
    for der in rest.iter().take(MAX_CHAIN) {
        if let Ok((_, certificate)) = X509Certificate::from_der(der)
            && let Some(end) = time_of(certificate.validity().not_after)
        {
            not_after = not_after.min(end);
        }
    }
    Some(Certificate {
        subject: cut(leaf.subject().to_string()),
        issuer: cut(leaf.issuer().to_string()),
        not_before: time_of(leaf.validity().not_before)?,
        not_after,
        fingerprint: Sha256::digest(first).iter().fold(
            String::with_capacity(64),
            |mut text, byte| {
                // Writing to a string cannot fail.
                let _infallible = write!(text, "{byte:02x}");
                text
            },
        ),
    })
}

fn time_of(time: ASN1Time) -> Option<Timestamp> {
    Timestamp::from_second(time.timestamp()).ok()
}

fn cut(mut name: String) -> String {
    if let Some((at, _)) = name.char_indices().nth(MAX_NAME) {
        name.truncate(at);
    }
    name
}
