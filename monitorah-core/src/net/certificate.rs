//! What a certificate chain says, for people and for the expiry warning.

use crate::observation::Certificate;
use jiff::Timestamp;
use rustls::pki_types::CertificateDer;
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    fmt::Write,
    sync::{Mutex, MutexGuard, PoisonError},
};
use x509_parser::{certificate::X509Certificate, prelude::FromDer, time::ASN1Time};

/// The longest distinguished name that is kept.
const MAX_NAME: usize = 512;
/// How many certificates after the leaf are looked at.
const MAX_CHAIN: usize = 9;

/// How many chains are remembered, before all are read anew.
const MAX_KNOWN: usize = 2_000;

/// What chains say, remembered: a target shows the same one look after look, and a leaf with many
/// names takes a while to read.
#[derive(Debug, Default)]
pub(super) struct Described(Mutex<HashMap<[u8; 32], Certificate>>);

impl Described {
    /// What the chain says: the names of its leaf, and the earliest end of validity in all of it.
    ///
    /// `None` when the leaf cannot be read. A later certificate that cannot be read is left out:
    /// the verifier judges it.
    pub(super) fn describe(
        &self,
        leaf: &CertificateDer<'_>,
        rest: &[CertificateDer<'_>],
    ) -> Option<Certificate> {
        let rest = rest.get(..MAX_CHAIN).unwrap_or(rest);
        let mut hasher = Sha256::new();
        for der in std::iter::once(leaf).chain(rest) {
            hasher.update((der.len() as u64).to_be_bytes());
            hasher.update(der);
        }
        let chain: [u8; 32] = hasher.finalize().into();
        if let Some(known) = self.lock().get(&chain) {
            return Some(known.clone());
        }
        let read = read(leaf, rest)?;
        let mut known = self.lock();
        if known.len() >= MAX_KNOWN {
            known.clear();
        }
        known.insert(chain, read.clone());
        Some(read)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<[u8; 32], Certificate>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn read(first: &CertificateDer<'_>, rest: &[CertificateDer<'_>]) -> Option<Certificate> {
    let (_, leaf) = X509Certificate::from_der(first).ok()?;
    let mut not_after = time_of(leaf.validity().not_after)?;
    for der in rest {
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
