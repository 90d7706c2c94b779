//! The keyring: the data keys of the accounts, unwrapped through their provider when needed.

use super::envelope::{self, SealContext, Sealed, Working};
use crate::{
    environment::Env,
    error::StoreError,
    id::{AccountId, DataKeyId},
    port::KeyStore,
    secret::Secret,
    tenant::Tenant,
};
use async_trait::async_trait;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::Duration,
};

/// How long an unwrapped data key is kept; the next use after that asks the provider again.
const LEASE: Duration = Duration::from_secs(30);
/// The most unwrapped keys that are kept at once.
const MAX_KEYS: usize = 10_000;

/// Sealing or opening failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CryptError {
    /// The bytes are no envelope of a known format.
    #[error("the sealed value is not an envelope of a known format")]
    Malformed,
    /// The envelope names an algorithm that this version does not know.
    #[error("the sealed value was written with an algorithm that this version does not know")]
    UnknownAlgorithm,
    /// Wrong key, wrong place or changed bytes: which of them is not told.
    #[error("the sealed value does not open")]
    Refused,
    /// The key is not available now.
    #[error("the key of the sealed value is not available")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl From<StoreError> for CryptError {
    fn from(error: StoreError) -> Self {
        Self::Unavailable(Box::new(error))
    }
}

/// A plaintext data key: 32 bytes, masked, zeroised.
pub struct DataKey {
    id: DataKeyId,
    version: u32,
    bytes: Secret<[u8; 32]>,
    /// What is derived from it for the account that it is used for: as long as the key is kept.
    working: OnceLock<Working>,
}

impl DataKey {
    /// The key of this id.
    #[must_use]
    pub fn new(id: DataKeyId, version: u32, bytes: [u8; 32]) -> Self {
        Self {
            id,
            version,
            bytes: Secret::new(bytes),
            working: OnceLock::new(),
        }
    }

    /// What it seals and opens with in this account, derived once.
    pub(super) fn working<T>(
        &self,
        account: AccountId,
        work: impl FnOnce(&Working) -> Result<T, CryptError>,
    ) -> Result<T, CryptError> {
        match self.working.get() {
            Some(working) if working.is_of(account) => work(working),
            Some(_) => work(&Working::derive(self, account)?),
            None => {
                let derived = Working::derive(self, account)?;
                work(self.working.get_or_init(|| derived))
            }
        }
    }

    /// Its id.
    #[must_use]
    pub const fn id(&self) -> DataKeyId {
        self.id
    }

    /// Its version.
    #[must_use]
    pub const fn version(&self) -> u32 {
        self.version
    }

    pub(super) fn expose(&self) -> &[u8; 32] {
        self.bytes.expose()
    }
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DataKey({}, version {})", self.id, self.version)
    }
}

/// A data key as a store keeps it.
#[derive(Clone, PartialEq, Eq)]
pub struct WrappedKey {
    /// Its id.
    pub id: DataKeyId,
    /// Its version.
    pub version: u32,
    /// Names the provider's key that wraps it.
    pub key_uri: String,
    /// The wrapped bytes.
    pub wrapped: Vec<u8>,
}

impl fmt::Debug for WrappedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "WrappedKey({}, version {}, under {})",
            self.id, self.version, self.key_uri
        )
    }
}

/// What a wrapped key is bound to.
#[derive(Debug, Clone, Copy)]
pub struct WrapContext {
    /// Whose key it is.
    pub account: AccountId,
    /// Which key it is.
    pub key: DataKeyId,
    /// Its version.
    pub version: u32,
}

/// Wraps data keys with a key that it never reveals.
#[async_trait]
pub trait KeyProvider: fmt::Debug + Send + Sync {
    /// Names the wrapping key, for the record beside the wrapped one.
    fn key_uri(&self) -> &str;

    /// Wraps a data key, bound to its context.
    ///
    /// # Errors
    /// [`CryptError::Unavailable`] when the wrapping key cannot be used now.
    async fn wrap(&self, context: &WrapContext, key: &DataKey) -> Result<Vec<u8>, CryptError>;

    /// Unwraps what was wrapped for this very context.
    ///
    /// # Errors
    /// [`CryptError::Refused`] for another context, key or changed bytes;
    /// [`CryptError::Unavailable`] when the wrapping key cannot be used now.
    async fn unwrap(&self, context: &WrapContext, wrapped: &[u8]) -> Result<DataKey, CryptError>;
}

struct Held {
    key: Arc<DataKey>,
    until: Duration,
}

/// Seals and opens for every account. Concrete, because there is one way to encrypt.
pub struct Keyring {
    environment: Env,
    provider: Arc<dyn KeyProvider>,
    store: Arc<dyn KeyStore>,
    held: Mutex<HashMap<(AccountId, Option<DataKeyId>), Held>>,
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keyring")
            .field("provider", &self.provider)
            .finish_non_exhaustive()
    }
}

impl Keyring {
    /// A keyring over a store of wrapped keys.
    #[must_use]
    pub fn new(environment: Env, provider: Arc<dyn KeyProvider>, store: Arc<dyn KeyStore>) -> Self {
        Self {
            environment,
            provider,
            store,
            held: Mutex::default(),
        }
    }

    /// A fresh data key for an account, wrapped and not yet stored.
    ///
    /// # Errors
    /// [`CryptError::Unavailable`] when the provider cannot wrap now.
    pub async fn mint(&self, account: AccountId) -> Result<WrappedKey, CryptError> {
        let mut bytes = [0_u8; 32];
        self.environment.fill_random(&mut bytes);
        let id = DataKeyId::generate(&*self.environment);
        let key = DataKey::new(id, 1, bytes);
        zeroize::Zeroize::zeroize(&mut bytes);
        let context = WrapContext {
            account,
            key: id,
            version: 1,
        };
        let wrapped = self.provider.wrap(&context, &key).await?;
        Ok(WrappedKey {
            id,
            version: 1,
            key_uri: self.provider.key_uri().to_owned(),
            wrapped,
        })
    }

    /// Seals a value of `tenant` for its place.
    ///
    /// # Errors
    /// [`CryptError::Unavailable`] when the account's key cannot be had now.
    pub async fn seal(
        &self,
        tenant: &Tenant,
        place: &SealContext<'_>,
        plaintext: &[u8],
    ) -> Result<Sealed, CryptError> {
        let key = self.key(tenant, None).await?;
        envelope::seal(&*self.environment, &key, place, plaintext)
    }

    /// Seals a value under a key that was minted and is not stored yet.
    ///
    /// # Errors
    /// [`CryptError::Unavailable`] when the provider cannot unwrap now.
    pub async fn seal_first(
        &self,
        wrapped: &WrappedKey,
        place: &SealContext<'_>,
        plaintext: &[u8],
    ) -> Result<Sealed, CryptError> {
        let context = WrapContext {
            account: place.account,
            key: wrapped.id,
            version: wrapped.version,
        };
        let key = self.provider.unwrap(&context, &wrapped.wrapped).await?;
        envelope::seal(&*self.environment, &key, place, plaintext)
    }

    /// Opens a value of `tenant` that was sealed for this very place.
    ///
    /// # Errors
    /// [`CryptError::Refused`] for another place, key or changed bytes;
    /// [`CryptError::Unavailable`] when the account's key cannot be had now.
    pub async fn open(
        &self,
        tenant: &Tenant,
        place: &SealContext<'_>,
        sealed: &Sealed,
    ) -> Result<Secret<Vec<u8>>, CryptError> {
        let key = self.key(tenant, Some(sealed.key_id()?)).await?;
        envelope::open(&key, place, sealed)
    }

    /// Opens a value that is UTF-8 text.
    ///
    /// # Errors
    /// As [`Keyring::open`]; [`CryptError::Malformed`] when the value is no text.
    pub async fn open_text(
        &self,
        tenant: &Tenant,
        place: &SealContext<'_>,
        sealed: &Sealed,
    ) -> Result<Secret<String>, CryptError> {
        let bytes = self.open(tenant, place, sealed).await?;
        match std::str::from_utf8(bytes.expose()) {
            Ok(text) => Ok(Secret::new(text.to_owned())),
            Err(_) => Err(CryptError::Malformed),
        }
    }

    /// A keyed hash (HMAC-SHA-256 under a key derived for `purpose`) of something that must not be
    /// guessable from the store: request fingerprints, cursors.
    ///
    /// # Errors
    /// [`CryptError::Unavailable`] when the account's key cannot be had now.
    pub async fn fingerprint(
        &self,
        tenant: &Tenant,
        purpose: &str,
        value: &[u8],
    ) -> Result<[u8; 32], CryptError> {
        let key = self.key(tenant, None).await?;
        let mut mac =
            Hmac::<Sha256>::new_from_slice(key.expose()).map_err(|_| CryptError::Refused)?;
        for part in [b"monitorah fingerprint v1", purpose.as_bytes(), value] {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        Ok(mac.finalize().into_bytes().into())
    }

    async fn key(
        &self,
        tenant: &Tenant,
        id: Option<DataKeyId>,
    ) -> Result<Arc<DataKey>, CryptError> {
        let account = tenant.account();
        let now = self.environment.monotonic();
        {
            let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(found) = held.get(&(account, id)).filter(|held| now < held.until) {
                return Ok(Arc::clone(&found.key));
            }
        }
        let wrapped = self.store.data_key(tenant, id).await?;
        let context = WrapContext {
            account,
            key: wrapped.id,
            version: wrapped.version,
        };
        let key = Arc::new(self.provider.unwrap(&context, &wrapped.wrapped).await?);
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if held.len() >= MAX_KEYS {
            held.retain(|_, held| now < held.until);
            if held.len() >= MAX_KEYS {
                held.clear();
            }
        }
        held.insert(
            (account, id),
            Held {
                key: Arc::clone(&key),
                until: now + LEASE,
            },
        );
        Ok(key)
    }
}
