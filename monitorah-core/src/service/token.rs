//! API keys and heartbeat tokens: a prefix, the region, randomness, and a checksum that costs no look-up.
//!
//! ```text
//! mon_live_ rr xxxxxxxxxxxxxxxxxxxxxxxxxxxx cccccc     API key: 30 characters and 6 of checksum
//! hb_       rr xxxxxxxxxxxxxxxxxxxxxxxxxxxx cccccc     heartbeat token, of the same form
//! bdg_      rr xxxxxxxxxxxxxxxxxxxxxxxxxxxx cccccc     badge key, of the same form
//! ```
//! 28 base62 characters are 166 bits. The checksum is the SHA-256 of all before it, modulo 62^6.

use crate::{environment::Environment, region::Region, secret::Secret};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BODY: usize = 30;
const CHECKSUM: usize = 6;

/// What a token opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// The API.
    ApiKey,
    /// One heartbeat monitor.
    Heartbeat,
    /// One monitor's badge.
    Badge,
}

impl TokenKind {
    /// What every token of the kind begins with.
    #[must_use]
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::ApiKey => "mon_live_",
            Self::Heartbeat => "hb_",
            Self::Badge => "bdg_",
        }
    }
}

/// Why a text is no token of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// It has another form, or a wrong checksum: it was mistyped or cut.
    #[error("malformed")]
    Malformed,
    /// It belongs to another region.
    #[error("it belongs to region {0}")]
    OtherRegion(Region),
}

/// A fresh token.
#[must_use]
pub fn mint(environment: &dyn Environment, kind: TokenKind, region: Region) -> Secret<String> {
    let mut text = String::with_capacity(kind.prefix().len() + BODY + CHECKSUM);
    text.push_str(kind.prefix());
    text.push_str(region.as_str());
    let wanted = kind.prefix().len() + BODY;
    let mut bytes = Zeroizing::new([0_u8; 64]);
    while text.len() < wanted {
        environment.fill_random(bytes.as_mut_slice());
        // 248 is the largest multiple of 62 in a byte: what is above would favour some characters.
        for byte in bytes.iter().filter(|byte| **byte < 248) {
            if text.len() < wanted {
                text.push(letter(u64::from(*byte)));
            }
        }
    }
    let checksum = checksum(&text);
    text.push_str(&checksum);
    Secret::new(text)
}

/// Whether the text is a token of this kind and region. No secret is compared here.
///
/// # Errors
/// When it is not.
pub fn inspect(text: &str, kind: TokenKind, region: Region) -> Result<(), TokenError> {
    let body = text
        .strip_prefix(kind.prefix())
        .ok_or(TokenError::Malformed)?;
    if body.len() != BODY + CHECKSUM || !body.bytes().all(|byte| ALPHABET.contains(&byte)) {
        return Err(TokenError::Malformed);
    }
    let (head, tail) = text
        .split_at_checked(text.len() - CHECKSUM)
        .ok_or(TokenError::Malformed)?;
    if checksum(head) != tail {
        return Err(TokenError::Malformed);
    }
    let theirs: Region = body
        .get(..2)
        .and_then(|code| code.parse().ok())
        .ok_or(TokenError::Malformed)?;
    if theirs == region {
        Ok(())
    } else {
        Err(TokenError::OtherRegion(theirs))
    }
}

/// What a store keeps instead of the token: its SHA-256. The token has 166 bits of its own, so that
/// a plain hash cannot be guessed back.
#[must_use]
pub fn hash(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

/// What a list shows to tell tokens apart: the prefix, the region and four characters.
#[must_use]
pub fn display_prefix(text: &str, kind: TokenKind) -> String {
    text.chars().take(kind.prefix().len() + 6).collect()
}

fn checksum(head: &str) -> String {
    let digest = Sha256::digest(head.as_bytes());
    let mut rest = digest
        .iter()
        .take(8)
        .fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
    let mut out = String::with_capacity(CHECKSUM);
    for _ in 0..CHECKSUM {
        out.push(letter(rest));
        rest /= 62;
    }
    out
}

fn letter(value: u64) -> char {
    let index = usize::try_from(value % 62).unwrap_or(0);
    char::from(ALPHABET.get(index).copied().unwrap_or(b'0'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::environment::SystemEnvironment;

    #[test]
    fn form_checksum_and_region() {
        let env = SystemEnvironment::new();
        for kind in [TokenKind::ApiKey, TokenKind::Heartbeat, TokenKind::Badge] {
            let token = mint(&env, kind, Region::LOCAL);
            let text = token.expose();
            assert_eq!(text.len(), kind.prefix().len() + 36);
            assert_eq!(inspect(text, kind, Region::LOCAL), Ok(()));
            let eu = "eu".parse().unwrap();
            assert_eq!(
                inspect(text, kind, eu),
                Err(TokenError::OtherRegion(Region::LOCAL))
            );
            for position in 0..text.len() {
                let mut wrong = text.clone().into_bytes();
                wrong[position] = if wrong[position] == b'x' { b'y' } else { b'x' };
                let wrong = String::from_utf8(wrong).unwrap();
                assert_eq!(
                    inspect(&wrong, kind, Region::LOCAL),
                    Err(TokenError::Malformed)
                );
            }
        }
        assert_eq!(
            inspect("", TokenKind::ApiKey, Region::LOCAL),
            Err(TokenError::Malformed)
        );
    }
}
