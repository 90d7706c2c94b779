//! Cursors: opaque, authenticated, and bound to the account, the list and its filter.

use crate::error::{ApiError, ApiResult};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use monitorah_core::{FieldError, Secret, Tenant};
use sha2::Sha256;

/// How much of the HMAC-SHA-256 a cursor carries: 128 bits.
const TAG: usize = 16;
/// The longest cursor that is looked at.
const MAX_LENGTH: usize = 512;

/// Writes and reads cursors.
#[derive(Debug)]
pub(crate) struct Cursors {
    key: Secret<[u8; 32]>,
}

impl Cursors {
    pub(crate) const fn new(key: Secret<[u8; 32]>) -> Self {
        Self { key }
    }

    /// The cursor of a place in a list. `list` names the list with its filter.
    pub(crate) fn write(&self, tenant: &Tenant, list: &str, place: &[u8]) -> String {
        let mut bytes = place.to_vec();
        bytes.extend(self.tag(tenant, list, place));
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The place that a cursor of this very list names.
    pub(crate) fn read(&self, tenant: &Tenant, list: &str, cursor: &str) -> ApiResult<Vec<u8>> {
        let wrong = || {
            ApiError::invalid_as(
                "invalid_cursor",
                vec![FieldError::new(
                    "cursor",
                    "this cursor is not of this list and filter: start without a cursor",
                )],
            )
        };
        if cursor.len() > MAX_LENGTH {
            return Err(wrong());
        }
        let mut bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| wrong())?;
        let place = bytes.len().checked_sub(TAG).ok_or_else(wrong)?;
        let tag = bytes.split_off(place);
        let expected = Secret::new(self.tag(tenant, list, &bytes));
        if Secret::new(tag) == expected {
            Ok(bytes)
        } else {
            Err(wrong())
        }
    }

    fn tag(&self, tenant: &Tenant, list: &str, place: &[u8]) -> Vec<u8> {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.key.expose()) else {
            return Vec::new();
        };
        for part in [
            tenant.account().as_bytes().as_slice(),
            list.as_bytes(),
            place,
        ] {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into_iter().take(TAG).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use monitorah_core::AccountId;

    #[test]
    fn a_cursor_is_bound_to_its_account_list_and_place() {
        let cursors = Cursors::new(Secret::new([1; 32]));
        let mine = Tenant::of(AccountId::from_bytes([1; 16]));
        let other = Tenant::of(AccountId::from_bytes([2; 16]));
        let cursor = cursors.write(&mine, "monitors?tag=a", b"place");
        assert_eq!(
            cursors.read(&mine, "monitors?tag=a", &cursor).unwrap(),
            b"place"
        );
        assert!(cursors.read(&other, "monitors?tag=a", &cursor).is_err());
        assert!(cursors.read(&mine, "monitors?tag=b", &cursor).is_err());
        for index in 0..cursor.len() {
            let mut wrong = cursor.clone().into_bytes();
            wrong[index] = if wrong[index] == b'A' { b'B' } else { b'A' };
            let wrong = String::from_utf8(wrong).unwrap();
            assert!(
                cursors.read(&mine, "monitors?tag=a", &wrong).is_err(),
                "{index}"
            );
        }
        assert!(cursors.read(&mine, "monitors?tag=a", "").is_err());
    }
}
