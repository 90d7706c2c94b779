//! Signing secrets and signatures: Standard Webhooks, and the hexadecimal form of MonitorAH.

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use monitorah_core::{Environment, Secret};
use sha2::Sha256;
use std::fmt::Write;
use zeroize::Zeroizing;

/// Begins a secret in its text form.
const PREFIX: &str = "whsec_";
/// How long a secret is that we make: bytes.
const MADE: usize = 32;
/// How long a secret may be: bytes.
const ALLOWED: std::ops::RangeInclusive<usize> = 24..=64;

/// A signing secret, ready for use.
#[derive(Debug)]
pub(super) struct Key(Secret<Vec<u8>>);

/// The text is no signing secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NotASecret;

impl Key {
    /// Reads `whsec_` and the Base64 form of 24 to 64 bytes.
    pub(super) fn parse(text: &str) -> Result<Self, NotASecret> {
        let encoded = text.strip_prefix(PREFIX).ok_or(NotASecret)?;
        // Longer ones are not even decoded.
        if encoded.len() > ALLOWED.end().saturating_mul(2) {
            return Err(NotASecret);
        }
        let bytes = Secret::new(STANDARD.decode(encoded).map_err(|_| NotASecret)?);
        if ALLOWED.contains(&bytes.expose().len()) {
            Ok(Self(bytes))
        } else {
            Err(NotASecret)
        }
    }

    /// `v1,` and the Base64 form of the HMAC-SHA256 of `{id}.{timestamp}.{body}`.
    pub(super) fn standard(&self, id: &str, timestamp: i64, body: &[u8]) -> Option<String> {
        let head = format!("{id}.{timestamp}.");
        let code = self.code(&[head.as_bytes(), body])?;
        Some(format!("v1,{}", STANDARD.encode(code)))
    }

    /// The HMAC-SHA256 of the body alone, in lower-case hexadecimal.
    pub(super) fn plain(&self, body: &[u8]) -> Option<String> {
        let mut text = String::with_capacity(64);
        for byte in self.code(&[body])? {
            write!(text, "{byte:02x}").ok()?;
        }
        Some(text)
    }

    /// None never happens: HMAC takes a key of every length.
    fn code(&self, parts: &[&[u8]]) -> Option<[u8; 32]> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.expose()).ok()?;
        for part in parts {
            mac.update(part);
        }
        Some(mac.finalize().into_bytes().into())
    }
}

/// A fresh secret in its text form.
pub(super) fn fresh(environment: &dyn Environment) -> Zeroizing<String> {
    let mut bytes = Zeroizing::new([0_u8; MADE]);
    environment.fill_random(bytes.as_mut_slice());
    // With room for the prefix, so that nothing is moved and left behind.
    let mut text = Zeroizing::new(String::with_capacity(64));
    text.push_str(PREFIX);
    STANDARD.encode_string(bytes.as_slice(), &mut text);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_secret() {
        let of = |length: usize| format!("whsec_{}", STANDARD.encode(vec![7; length]));
        for length in [24, 32, 64] {
            assert!(Key::parse(&of(length)).is_ok(), "{length}");
        }
        for length in [0, 1, 23, 65, 1000] {
            assert!(Key::parse(&of(length)).is_err(), "{length}");
        }
        let bare = STANDARD.encode([7; 32]);
        for text in [
            bare.as_str(),
            "",
            "whsec_",
            "WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ",
            "whsec_!!!!",
            " whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n",
        ] {
            assert!(Key::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn published_vectors() {
        // The example of the Standard Webhooks libraries.
        let key = Key::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let signature = key.standard(
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            br#"{"test": 2432232314}"#,
        );
        let expected = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        assert_eq!(signature.as_deref(), Some(expected));
        // RFC 4231, test case 4: the one key of that page that is long enough and not too long.
        let key: Vec<u8> = (1..=25).collect();
        let key = Key::parse(&format!("whsec_{}", STANDARD.encode(key))).unwrap();
        assert_eq!(
            key.plain(&[0xcd; 50]).as_deref(),
            Some("82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b")
        );
    }
}
