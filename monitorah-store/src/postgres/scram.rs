//! What PostgreSQL keeps of a password (RFC 5802, RFC 7677): computed here, so that no log of statements and their values holds the password itself.

use hkdf::hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// How often the password is hashed; PostgreSQL's own number.
pub(super) const ROUNDS: u32 = 4_096;

/// The two keys that a server checks a password with; neither opens anything by itself.
pub(super) struct Verifier {
    pub(super) stored: [u8; 32],
    pub(super) server: [u8; 32],
}

/// The keys of a password under a salt. None of one that is not of printable ASCII: it would have to
/// be normalised first (SASLprep), as server and driver do.
pub(super) fn verifier(password: &str, salt: &[u8]) -> Option<Verifier> {
    let plain = password.bytes().all(|byte| (0x20..0x7f).contains(&byte));
    if !plain {
        return None;
    }
    let key = password.as_bytes();
    // PBKDF2 (RFC 8018) with one block, whose number is 1.
    let mut turn = mac(key, &[salt, &[0, 0, 0, 1]])?;
    let mut salted = Zeroizing::new(turn);
    for _ in 1..ROUNDS {
        turn = mac(key, &[&turn])?;
        for (sum, byte) in salted.iter_mut().zip(turn) {
            *sum ^= byte;
        }
    }
    let client = Zeroizing::new(mac(&*salted, &[b"Client Key"])?);
    Some(Verifier {
        stored: Sha256::digest(client.as_slice()).into(),
        server: mac(&*salted, &[b"Server Key"])?,
    })
}

fn mac(key: &[u8], parts: &[&[u8]]) -> Option<[u8; 32]> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    for part in parts {
        mac.update(part);
    }
    Some(mac.finalize().into_bytes().into())
}
