//! Where a redirect leads, and what may go along with it.

use crate::{
    net::{Failure, Host},
    observation::Reason,
};
use http::{HeaderMap, Method, StatusCode, header};
use url::Url;

/// The longest URL that a redirect may name.
const MAX_LOCATION: usize = 8192;

/// Whether an answer asks to go elsewhere and says where.
pub(super) fn is_redirect(status: StatusCode, headers: &HeaderMap) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) && headers.contains_key(header::LOCATION)
}

/// The URL that the answer leads to. Only http and https; user names and passwords are dropped.
pub(super) fn location(current: &Url, headers: &HeaderMap) -> Result<Url, Failure> {
    let wrong = |detail: &str| Failure::down(Reason::Protocol, detail);
    let text = headers
        .get(header::LOCATION)
        .filter(|value| value.len() <= MAX_LOCATION)
        .and_then(|value| value.to_str().ok())
        .ok_or_else(|| wrong("a redirect names no valid URL"))?;
    let mut next = current
        .join(text)
        .map_err(|_| wrong("a redirect names no valid URL"))?;
    if !matches!(next.scheme(), "http" | "https") {
        return Err(wrong("a redirect leads away from http and https"));
    }
    Host::of(&next).map_err(|_| wrong("a redirect names no valid host"))?;
    if next.port() == Some(0) {
        return Err(wrong("a redirect names the port 0, which is none"));
    }
    // These fail only for URLs that cannot have them, which these two schemes can.
    let _cannot_fail = (next.set_username(""), next.set_password(None));
    next.set_fragment(None);
    Ok(next)
}

/// The method of the next request (RFC 9110, section 15.4): 303 asks for GET, and 301 and 302
/// turn POST into GET, as every browser does.
pub(super) fn next_method(status: StatusCode, method: &Method) -> Method {
    match (status.as_u16(), method) {
        (303, &Method::HEAD) => Method::HEAD,
        (303, _) | (301 | 302, &Method::POST) => Method::GET,
        _ => method.clone(),
    }
}

/// Whether two URLs have the same scheme, host and port.
pub(super) fn same_origin(a: &Url, b: &Url) -> bool {
    a.scheme() == b.scheme()
        && a.host() == b.host()
        && a.port_or_known_default() == b.port_or_known_default()
}
