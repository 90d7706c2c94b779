//! The envelope, version 1: self-describing, committed to its key, bound to its place. Readable for ever.
//!
//! ```text
//! "MNE1"  algorithm  key id  key version  nonce  commitment  ciphertext and tag
//!   4         1        16         4         12        32          n + 16
//! ```
//! Numbers are big-endian. Algorithm 1 is AES-256-GCM (NIST SP 800-38D) under a working key that
//! HKDF-SHA-256 (RFC 5869) derives from the data key, the account and the key id. The commitment is
//! a second output of the same derivation: GCM by itself lets one ciphertext open under two keys.
//! The additional data are, each with its length before it: format, purpose, account, table,
//! column, row id, key id and seal version; so a ciphertext that is moved to another row, column or
//! account, or put back after its row was sealed anew, does not open.

use super::keyring::{CryptError, DataKey};
use crate::{
    environment::Environment,
    id::{AccountId, DataKeyId},
    secret::Secret,
};
use aes_gcm::{
    Aes256Gcm,
    aead::{Aead, KeyInit, Payload},
};
use hkdf::Hkdf;
use sha2::Sha256;
use std::fmt;
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, Zeroizing};

const MAGIC: &[u8; 4] = b"MNE1";
const AES_256_GCM: u8 = 1;
const NONCE: usize = 12;
const COMMITMENT: usize = 32;
/// Magic, algorithm, key id, key version, nonce, commitment.
const HEADER: usize = 4 + 1 + 16 + 4 + NONCE + COMMITMENT;
const TAG: usize = 16;

/// What is sealed, for the additional data: a value of one kind never opens as another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SealedKind {
    /// A stored field.
    Field,
    /// A message on its way out.
    Outbox,
}

impl SealedKind {
    const fn as_bytes(self) -> &'static [u8] {
        match self {
            Self::Field => b"field",
            Self::Outbox => b"outbox",
        }
    }
}

/// The place of a sealed value.
#[derive(Debug, Clone, Copy)]
pub struct SealContext<'a> {
    /// What kind of value it is.
    pub purpose: SealedKind,
    /// Whose it is.
    pub account: AccountId,
    /// The table that holds it.
    pub table: &'static str,
    /// The column that holds it.
    pub column: &'static str,
    /// The row's id.
    pub row: &'a [u8],
    /// Counts the sealings of this field.
    pub version: i64,
}

impl SealContext<'_> {
    fn additional_data(&self, key: DataKeyId) -> Vec<u8> {
        let mut out = Vec::with_capacity(128);
        for part in [
            MAGIC.as_slice(),
            self.purpose.as_bytes(),
            self.account.as_bytes(),
            self.table.as_bytes(),
            self.column.as_bytes(),
            self.row,
            key.as_bytes(),
            &self.version.to_be_bytes(),
        ] {
            out.extend_from_slice(&(part.len() as u64).to_be_bytes());
            out.extend_from_slice(part);
        }
        out
    }
}

/// A sealed value: an envelope's bytes. Equal plaintexts give different ones.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Sealed(Box<[u8]>);

impl Sealed {
    /// The envelope that a store kept. Nothing is checked before it is opened.
    #[must_use]
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes.into_boxed_slice())
    }

    /// The bytes that a store keeps.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The data key that it was sealed with.
    ///
    /// # Errors
    /// [`CryptError::Malformed`] when this is no envelope of a known format.
    pub fn key_id(&self) -> Result<DataKeyId, CryptError> {
        Ok(self.parse()?.key)
    }

    fn parse(&self) -> Result<Parts<'_>, CryptError> {
        let (header, ciphertext) = self
            .0
            .split_at_checked(HEADER)
            .ok_or(CryptError::Malformed)?;
        let (magic, rest) = header.split_at_checked(4).ok_or(CryptError::Malformed)?;
        let (algorithm, rest) = rest.split_first().ok_or(CryptError::Malformed)?;
        let (key, rest) = rest
            .split_first_chunk::<16>()
            .ok_or(CryptError::Malformed)?;
        let (version, rest) = rest.split_first_chunk::<4>().ok_or(CryptError::Malformed)?;
        let (nonce, commitment) = rest
            .split_first_chunk::<NONCE>()
            .ok_or(CryptError::Malformed)?;
        if magic != MAGIC || ciphertext.len() < TAG {
            return Err(CryptError::Malformed);
        }
        if *algorithm != AES_256_GCM {
            return Err(CryptError::UnknownAlgorithm);
        }
        Ok(Parts {
            key: DataKeyId::from_bytes(*key),
            key_version: u32::from_be_bytes(*version),
            nonce: *nonce,
            commitment,
            ciphertext,
        })
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealed({} bytes)", self.0.len())
    }
}

struct Parts<'a> {
    key: DataKeyId,
    key_version: u32,
    nonce: [u8; NONCE],
    commitment: &'a [u8],
    ciphertext: &'a [u8],
}

/// The working key and the commitment of a data key in an account.
pub(super) struct Working {
    account: AccountId,
    cipher: Aes256Gcm,
    commitment: [u8; COMMITMENT],
}

impl Working {
    pub(super) fn derive(key: &DataKey, account: AccountId) -> Result<Self, CryptError> {
        let hkdf = Hkdf::<Sha256>::new(Some(b"monitorah envelope v1"), key.expose());
        let mut working = Zeroizing::new([0_u8; 32]);
        let mut commitment = [0_u8; COMMITMENT];
        let (id, version) = (key.id(), key.version().to_be_bytes());
        for (label, out) in [
            (b"encrypt".as_slice(), working.as_mut_slice()),
            (b"commit", &mut commitment),
        ] {
            let info = [label, account.as_bytes(), id.as_bytes(), &version];
            hkdf.expand_multi_info(&info, out)
                .map_err(|_| CryptError::Refused)?;
        }
        let cipher =
            Aes256Gcm::new_from_slice(working.as_slice()).map_err(|_| CryptError::Refused)?;
        Ok(Self {
            account,
            cipher,
            commitment,
        })
    }

    pub(super) fn is_of(&self, account: AccountId) -> bool {
        self.account == account
    }
}

/// Seals `plaintext` for its place.
pub(super) fn seal(
    environment: &dyn Environment,
    key: &DataKey,
    place: &SealContext<'_>,
    plaintext: &[u8],
) -> Result<Sealed, CryptError> {
    let mut nonce = [0_u8; NONCE];
    environment.fill_random(&mut nonce);
    let aad = place.additional_data(key.id());
    let payload = Payload {
        msg: plaintext,
        aad: &aad,
    };
    let (ciphertext, commitment) = key.working(place.account, |working| {
        let encrypted = working.cipher.encrypt(&nonce.into(), payload);
        let ciphertext = encrypted.map_err(|_| CryptError::Refused)?;
        Ok((ciphertext, working.commitment))
    })?;
    let mut out = Vec::with_capacity(HEADER + ciphertext.len());
    out.extend_from_slice(MAGIC);
    out.push(AES_256_GCM);
    out.extend_from_slice(key.id().as_bytes());
    out.extend_from_slice(&key.version().to_be_bytes());
    out.extend_from_slice(&nonce);
    out.extend_from_slice(&commitment);
    out.extend_from_slice(&ciphertext);
    Ok(Sealed::from_bytes(out))
}

/// Opens what was sealed for this very place. The error is the same for a wrong key, a wrong place
/// and a changed byte.
pub(super) fn open(
    key: &DataKey,
    place: &SealContext<'_>,
    sealed: &Sealed,
) -> Result<Secret<Vec<u8>>, CryptError> {
    let parts = sealed.parse()?;
    let aad = place.additional_data(parts.key);
    let payload = Payload {
        msg: parts.ciphertext,
        aad: &aad,
    };
    let (mut plaintext, committed) = key.working(place.account, |working| {
        let decrypted = working.cipher.decrypt(&parts.nonce.into(), payload);
        let plaintext = decrypted.map_err(|_| CryptError::Refused)?;
        Ok((plaintext, working.commitment.ct_eq(parts.commitment)))
    })?;
    if bool::from(committed) && parts.key == key.id() && parts.key_version == key.version() {
        Ok(Secret::new(plaintext))
    } else {
        plaintext.zeroize();
        Err(CryptError::Refused)
    }
}
