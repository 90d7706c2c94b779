//! Encryption: one way to encrypt, one data key per account, each wrapped by a key that never leaves its provider.

mod envelope;
mod keyring;
mod local;

pub use envelope::{SealContext, Sealed, SealedKind};
pub use keyring::{CryptError, DataKey, KeyProvider, Keyring, WrapContext, WrappedKey};
pub use local::{LocalKeyError, RootKey};
