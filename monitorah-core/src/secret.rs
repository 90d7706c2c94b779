//! A value that must not be seen: masked in `Debug`, without `Display`, `Serialize` or `Clone`, zeroised on drop.

use secrecy::{ExposeSecret, SecretBox};
use std::fmt;
use subtle::ConstantTimeEq;
use zeroize::Zeroize;

/// A plaintext secret, for the length of one use.
///
/// There is no way to print, serialise or copy it:
///
/// ```compile_fail
/// # use monitorah_core::Secret;
/// let secret = Secret::new(String::from("x"));
/// serde_json::to_string(&secret).unwrap();
/// ```
/// ```compile_fail
/// # use monitorah_core::Secret;
/// let secret = Secret::new(String::from("x"));
/// let copy = secret.clone();
/// ```
pub struct Secret<T: Zeroize>(SecretBox<T>);

impl<T: Zeroize> Secret<T> {
    /// Takes the value; it is wiped when this is dropped.
    pub fn new(value: T) -> Self {
        Self(SecretBox::new(Box::new(value)))
    }

    /// The value. Each call is a place to review: keep the reference for one use.
    pub fn expose(&self) -> &T {
        self.0.expose_secret()
    }
}

impl<T: Zeroize> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}

impl<T: Zeroize + AsRef<[u8]>> PartialEq for Secret<T> {
    /// Compares in constant time for equal lengths.
    fn eq(&self, other: &Self) -> bool {
        self.expose().as_ref().ct_eq(other.expose().as_ref()).into()
    }
}

impl From<String> for Secret<String> {
    fn from(value: String) -> Self {
        Self::new(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_nothing_of_the_value() {
        let canary = "canary-7f3a";
        let secret = Secret::new(canary.to_owned());
        assert!(!format!("{secret:?} {secret:#?}").contains(canary));
        assert_eq!(secret, Secret::new(canary.to_owned()));
    }
}
