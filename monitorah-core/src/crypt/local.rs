//! The local root key: 32 bytes in a file of mode 0600 that only the operator's account can read.

use super::keyring::{CryptError, DataKey, KeyProvider, WrapContext};
use crate::{environment::Env, secret::Secret};
use aes_gcm::{
    Aes256Gcm,
    aead::{Aead, KeyInit, Payload},
};
use async_trait::async_trait;
use base64::{Engine, engine::general_purpose::STANDARD};
use hkdf::Hkdf;
use sha2::{Digest, Sha256};
use std::{
    fmt, fs,
    io::{self, Read, Write},
    path::{Path, PathBuf},
};
use zeroize::{Zeroize, Zeroizing};

const HEADER: &str = "monitorah root key v1";
const NONCE: usize = 12;

/// The root key cannot be used. Nothing was changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LocalKeyError {
    /// It is not there, and data is: a new key could open none of it.
    #[error(
        "the root key file {0} is missing; put it back from its backup: without it the data in this folder cannot be read"
    )]
    Missing(PathBuf),
    /// Others may read it.
    #[error(
        "the root key file {path} can be read by others (mode {mode:o}); run: chmod 600 {path}"
    )]
    Exposed {
        /// The file.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// It holds something else.
    #[error("the root key file {0} is damaged; put it back from its backup")]
    Damaged(PathBuf),
    /// A text that should be that of such a file is not.
    #[error("this is not the text of a root key file")]
    NoKey,
    /// It is there already.
    #[error("the root key file {0} exists already")]
    Exists(PathBuf),
    /// It cannot be read or written.
    #[error("the root key file {path} cannot be used")]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
}

/// The root key of an installation.
pub struct RootKey {
    environment: Env,
    bytes: Secret<[u8; 32]>,
    uri: String,
}

impl fmt::Debug for RootKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RootKey({})", self.uri)
    }
}

impl RootKey {
    /// The key of these bytes, for tests and for programs that keep their key elsewhere.
    #[must_use]
    pub fn from_bytes(environment: Env, bytes: [u8; 32]) -> Self {
        let digest = Sha256::new()
            .chain_update(b"monitorah root key id")
            .chain_update(bytes);
        let id: String = digest
            .finalize()
            .iter()
            .take(8)
            .map(|b| format!("{b:02x}"))
            .collect();
        Self {
            environment,
            bytes: Secret::new(bytes),
            uri: format!("local:{id}"),
        }
    }

    /// Reads the key.
    ///
    /// # Errors
    /// When the file is missing, damaged, or others can read it. Nothing is changed.
    pub fn read(environment: Env, path: &Path) -> Result<Self, LocalKeyError> {
        let io = |source: io::Error| match source.kind() {
            io::ErrorKind::NotFound => LocalKeyError::Missing(path.to_owned()),
            _ => LocalKeyError::Io {
                path: path.to_owned(),
                source,
            },
        };
        let mut file = fs::File::open(path).map_err(io)?;
        let metadata = file.metadata().map_err(io)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = metadata.permissions().mode() & 0o777;
            if mode & 0o077 != 0 {
                return Err(LocalKeyError::Exposed {
                    path: path.to_owned(),
                    mode,
                });
            }
        }
        let damaged = || LocalKeyError::Damaged(path.to_owned());
        if !metadata.is_file() || metadata.len() > 256 {
            return Err(damaged());
        }
        let mut text = Zeroizing::new(String::with_capacity(257));
        Read::by_ref(&mut file)
            .take(257)
            .read_to_string(&mut text)
            .map_err(|_| damaged())?;
        let bytes = parse(&text).ok_or_else(damaged)?;
        Ok(Self::from_bytes(environment, bytes))
    }

    /// Makes a key and its file: written beside it with mode 0600, flushed to the disk, then linked
    /// to its name, so that the file is whole or absent whenever the machine stops, and a file
    /// that another process made in between stays as it is.
    ///
    /// # Errors
    /// [`LocalKeyError::Exists`] when there is one, or that it cannot be written.
    pub fn create(environment: Env, path: &Path) -> Result<Self, LocalKeyError> {
        let mut bytes = [0_u8; 32];
        environment.fill_random(&mut bytes);
        let key = Self::from_bytes(environment, bytes);
        bytes.zeroize();
        key.put(path)?;
        Ok(key)
    }

    /// The key of the text of such a file, as a backup holds it.
    ///
    /// # Errors
    /// [`LocalKeyError::NoKey`] when the text is none.
    pub fn from_text(environment: Env, text: &Secret<String>) -> Result<Self, LocalKeyError> {
        let bytes = parse(text.expose()).ok_or(LocalKeyError::NoKey)?;
        Ok(Self::from_bytes(environment, bytes))
    }

    /// The text of its file.
    #[must_use]
    pub fn text(&self) -> Secret<String> {
        let bytes = self.bytes.expose();
        let encoded = Zeroizing::new(STANDARD.encode(bytes));
        Secret::new(format!(
            "{HEADER}\n{}\n{}\n",
            encoded.as_str(),
            check(bytes)
        ))
    }

    /// Makes its file, as [`create`](Self::create) does.
    ///
    /// # Errors
    /// As [`create`](Self::create).
    pub fn put(&self, path: &Path) -> Result<(), LocalKeyError> {
        let io = |source: io::Error| LocalKeyError::Io {
            path: path.to_owned(),
            source,
        };
        let mut suffix = [0_u8; 8];
        self.environment.fill_random(&mut suffix);
        let temporary = path.with_extension(format!("{:016x}.new", u64::from_be_bytes(suffix)));
        let text = self.text();
        let write = || -> io::Result<()> {
            let mut options = fs::OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            {
                use std::os::unix::fs::OpenOptionsExt;
                options.mode(0o600);
            }
            let mut file = options.open(&temporary)?;
            file.write_all(text.expose().as_bytes())?;
            file.sync_all()?;
            // A link fails when the name is taken, where a rename would replace the other's key.
            fs::hard_link(&temporary, path)?;
            if let Some(folder) = path.parent() {
                fs::File::open(folder)?.sync_all()?;
            }
            Ok(())
        };
        let written = write();
        drop(fs::remove_file(&temporary));
        match written {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                Err(LocalKeyError::Exists(path.to_owned()))
            }
            Err(error) => Err(io(error)),
        }
    }

    /// A key for another purpose of this installation, derived from the root key.
    #[must_use]
    pub fn derive(&self, purpose: &str) -> Secret<[u8; 32]> {
        let mut out = [0_u8; 32];
        let hkdf = Hkdf::<Sha256>::new(Some(b"monitorah root v1"), self.bytes.expose());
        // 32 bytes are always within HKDF's limit of 255 hashes.
        let _always_ok = hkdf.expand_multi_info(&[b"purpose:", purpose.as_bytes()], &mut out);
        Secret::new(out)
    }

    fn cipher(&self) -> Result<Aes256Gcm, CryptError> {
        let key = self.derive("wrap data keys");
        Aes256Gcm::new_from_slice(key.expose()).map_err(|_| CryptError::Refused)
    }
}

/// The key that stands in the text of a file.
fn parse(text: &str) -> Option<[u8; 32]> {
    let mut lines = text.lines();
    if lines.next() != Some(HEADER) {
        return None;
    }
    let decoded = Zeroizing::new(STANDARD.decode(lines.next()?).ok()?);
    let bytes: [u8; 32] = decoded.as_slice().try_into().ok()?;
    let whole = lines.next()? == check(&bytes) && lines.next().is_none();
    whole.then_some(bytes)
}

/// Tells a damaged file from a wrong key: the start of a hash of the key.
fn check(bytes: &[u8; 32]) -> String {
    let digest = Sha256::new()
        .chain_update(b"monitorah root key check")
        .chain_update(bytes);
    digest
        .finalize()
        .iter()
        .take(4)
        .map(|b| format!("{b:02x}"))
        .collect()
}

fn bound_to(context: &WrapContext, uri: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(96);
    for part in [
        b"monitorah wrapped key v1".as_slice(),
        context.account.as_bytes(),
        context.key.as_bytes(),
        &context.version.to_be_bytes(),
        uri.as_bytes(),
    ] {
        out.extend_from_slice(&(part.len() as u64).to_be_bytes());
        out.extend_from_slice(part);
    }
    out
}

#[async_trait]
impl KeyProvider for RootKey {
    fn key_uri(&self) -> &str {
        &self.uri
    }

    async fn wrap(&self, context: &WrapContext, key: &DataKey) -> Result<Vec<u8>, CryptError> {
        let mut nonce = [0_u8; NONCE];
        self.environment.fill_random(&mut nonce);
        let aad = bound_to(context, &self.uri);
        let ciphertext = self
            .cipher()?
            .encrypt(
                &nonce.into(),
                Payload {
                    msg: key.expose(),
                    aad: &aad,
                },
            )
            .map_err(|_| CryptError::Refused)?;
        Ok([nonce.as_slice(), &ciphertext].concat())
    }

    async fn unwrap(&self, context: &WrapContext, wrapped: &[u8]) -> Result<DataKey, CryptError> {
        let (nonce, ciphertext) = wrapped
            .split_first_chunk::<NONCE>()
            .ok_or(CryptError::Malformed)?;
        let aad = bound_to(context, &self.uri);
        let plaintext = Zeroizing::new(
            self.cipher()?
                .decrypt(
                    &(*nonce).into(),
                    Payload {
                        msg: ciphertext,
                        aad: &aad,
                    },
                )
                .map_err(|_| CryptError::Refused)?,
        );
        let bytes: [u8; 32] = plaintext
            .as_slice()
            .try_into()
            .map_err(|_| CryptError::Malformed)?;
        Ok(DataKey::new(context.key, context.version, bytes))
    }
}
