//! A visit: a cookie that names an API key without holding it, and ends with it.
//!
//! The cookie holds the key's hash, an end, some randomness and a MAC of all. The hash opens nothing
//! by itself, the MAC keeps a hash that somebody saw in a store from becoming a visit, and every
//! request looks the key up anew, so that a revoked key ends its visits at once. Who signs out ends
//! this one visit: the randomness tells it from others with the same key.

use super::ended::{Ended, Mark};
use crate::state::AppState;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, HeaderValue, header};
use jiff::{SignedDuration, Timestamp};
use monitorah_core::{
    Environment, Secret,
    port::KeyMatch,
    service::{ServiceResult, token},
};
use sha2::{Digest, Sha256};
use std::path::Path;

/// How long a visit lasts.
const LASTS: SignedDuration = SignedDuration::from_hours(12);
/// What tells visits with one key apart: bytes.
const NONCE: usize = 16;
/// A key's hash, the end of the visit in seconds, and what is its own.
const CLAIM: usize = 32 + 8 + NONCE;
/// The longest cookie header that is looked at.
const MAX_COOKIES: usize = 8_192;

/// Writes and reads the cookies of visits.
#[derive(Debug)]
pub(crate) struct Sessions {
    key: Secret<[u8; 32]>,
    /// Whether people come by https: the cookie is then kept from plain connections.
    secure: bool,
    ended: Ended,
}

/// A visit as its cookie tells it.
#[derive(Debug, PartialEq, Eq)]
struct Visit {
    hash: [u8; 32],
    end: i64,
    mark: Mark,
}

/// Who looks at a page.
#[derive(Debug, Clone)]
pub(crate) struct Visitor(pub(crate) KeyMatch);

impl Sessions {
    /// Cookies under this key. `public_url` is where people reach the server; in `data_dir` stands
    /// which visits were ended.
    pub(crate) fn new(key: Secret<[u8; 32]>, public_url: &str, data_dir: &Path) -> Self {
        Self {
            key,
            secure: public_url.starts_with("https://"),
            ended: Ended::of(data_dir),
        }
    }

    /// The prefix binds a cookie to https, this host and every path (RFC 6265bis, 4.1.3.2).
    const fn name(&self) -> &'static str {
        if self.secure { "__Host-visit" } else { "visit" }
    }

    /// The cookie of a visit with this key.
    pub(super) fn begin(&self, key: &str, environment: &dyn Environment) -> Option<HeaderValue> {
        let mut nonce = [0_u8; NONCE];
        environment.fill_random(&mut nonce);
        self.cookie_of(key, nonce, environment.now())
    }

    fn cookie_of(&self, key: &str, nonce: [u8; NONCE], now: Timestamp) -> Option<HeaderValue> {
        let end = now.checked_add(LASTS).ok()?;
        let mut claim = token::hash(key).to_vec();
        claim.extend(end.as_second().to_be_bytes());
        claim.extend(nonce);
        let tag = self.tag(&claim)?;
        claim.extend(tag);
        self.cookie(&URL_SAFE_NO_PAD.encode(claim), LASTS.as_secs())
    }

    /// Ends the visit of this request, whoever else has its cookie; and the cookie that takes its
    /// place.
    pub(super) fn end(&self, headers: &HeaderMap, now: Timestamp) -> Option<HeaderValue> {
        if let Some(visit) = self.visit(headers, now) {
            self.ended.add(visit.mark, visit.end, now);
        }
        self.cookie("", 0)
    }

    fn cookie(&self, value: &str, max_age: i64) -> Option<HeaderValue> {
        let name = self.name();
        let secure = if self.secure { "; Secure" } else { "" };
        let text =
            format!("{name}={value}; Path=/; Max-Age={max_age}; HttpOnly; SameSite=Lax{secure}");
        let mut value = HeaderValue::from_str(&text).ok()?;
        value.set_sensitive(true);
        Some(value)
    }

    /// The hash of the key whose visit this is; none when there is no visit or it is over.
    fn claimed(&self, headers: &HeaderMap, now: Timestamp) -> Option<[u8; 32]> {
        let visit = self.visit(headers, now)?;
        (!self.ended.holds(&visit.mark)).then_some(visit.hash)
    }

    /// The visit that the cookie tells of, ended or not.
    fn visit(&self, headers: &HeaderMap, now: Timestamp) -> Option<Visit> {
        let mut bytes = URL_SAFE_NO_PAD.decode(cookie(headers, self.name())?).ok()?;
        if bytes.len() <= CLAIM {
            return None;
        }
        let tag = bytes.split_off(CLAIM);
        if Secret::new(tag) != Secret::new(self.tag(&bytes)?) {
            return None;
        }
        let (hash, rest) = bytes.split_at_checked(32)?;
        let (end, _) = rest.split_at_checked(8)?;
        let visit = Visit {
            hash: hash.try_into().ok()?,
            end: i64::from_be_bytes(end.try_into().ok()?),
            mark: Sha256::digest(&bytes).into(),
        };
        (now.as_second() < visit.end).then_some(visit)
    }

    fn tag(&self, claim: &[u8]) -> Option<Vec<u8>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.key.expose()).ok()?;
        mac.update(claim);
        Some(mac.finalize().into_bytes().to_vec())
    }
}

/// Who makes this request, by the cookie: none when nobody is signed in.
pub(crate) async fn visitor(
    state: &AppState,
    headers: &HeaderMap,
) -> ServiceResult<Option<Visitor>> {
    let now = state.environment.now();
    let Some(hash) = state.sessions.claimed(headers, now) else {
        return Ok(None);
    };
    Ok(state.service.key_in_force(&hash).await?.map(Visitor))
}

/// The value of a cookie.
pub(super) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .filter(|value| value.len() <= MAX_COOKIES)
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "mon_live_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

    fn sessions(key: [u8; 32], public_url: &str) -> Sessions {
        Sessions {
            key: Secret::new(key),
            secure: public_url.starts_with("https://"),
            ended: Ended::nowhere(),
        }
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn sent(cookie: &HeaderValue) -> HeaderMap {
        let text = cookie.to_str().unwrap();
        let pair = text.split(';').next().unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(
            header::COOKIE,
            HeaderValue::from_str(&format!("a=b; {pair}")).unwrap(),
        );
        headers
    }

    #[test]
    fn a_visit_holds_no_key_and_ends() {
        let sessions = sessions([1; 32], "http://127.0.0.1:8080");
        let cookie = sessions.cookie_of(KEY, [7; NONCE], at(1_000)).unwrap();
        let text = cookie.to_str().unwrap();
        assert!(!text.contains(KEY));
        assert!(text.starts_with("visit=") && text.contains("HttpOnly; SameSite=Lax"));
        assert!(!text.contains("Secure"));
        let headers = sent(&cookie);
        let end = 1_000 + LASTS.as_secs();
        assert_eq!(
            sessions.claimed(&headers, at(end - 1)),
            Some(token::hash(KEY))
        );
        assert_eq!(sessions.claimed(&headers, at(end)), None);
        let other = self::sessions([2; 32], "http://127.0.0.1:8080");
        assert_eq!(other.claimed(&headers, at(1_001)), None);
        // Another visit with the same key, begun in the same second, goes on.
        let beside = sent(&sessions.cookie_of(KEY, [8; NONCE], at(1_000)).unwrap());
        assert!(sessions.end(&headers, at(1_002)).is_some());
        assert_eq!(sessions.claimed(&headers, at(1_003)), None);
        assert_eq!(sessions.claimed(&beside, at(1_003)), Some(token::hash(KEY)));
    }

    #[test]
    fn no_character_of_a_visit_can_be_changed() {
        let sessions = sessions([1; 32], "https://status.example.org");
        let cookie = sessions.cookie_of(KEY, [7; NONCE], at(1_000)).unwrap();
        let text = cookie.to_str().unwrap();
        assert!(text.starts_with("__Host-visit=") && text.ends_with("; Secure"));
        let pair = text.split(';').next().unwrap();
        for index in "__Host-visit=".len()..pair.len() {
            let mut wrong = pair.as_bytes().to_vec();
            wrong[index] = if wrong[index] == b'A' { b'B' } else { b'A' };
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, HeaderValue::from_bytes(&wrong).unwrap());
            assert_eq!(sessions.claimed(&headers, at(1_001)), None, "{index}");
        }
        assert_eq!(sessions.claimed(&HeaderMap::new(), at(1_001)), None);
    }
}
