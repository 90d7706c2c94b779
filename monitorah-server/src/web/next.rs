//! Where somebody wanted to go before signing in. It is a page of ours, or nothing.

use super::SIGN_IN;
use http::{Method, Uri};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// The longest address that is kept.
const MAX_NEXT: usize = 512;

/// The address of a page, out of a text from anywhere. Only the page of monitors has one: whatever
/// else it says, the path is that of our own root.
pub(super) fn page(text: &str) -> Option<&str> {
    let plain = text.len() <= MAX_NEXT
        && text
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    (plain && text.starts_with("/?")).then_some(text)
}

/// The part of an address that keeps it for after the sign-in.
pub(super) fn kept(next: &str) -> String {
    format!("next={}", utf8_percent_encode(next, NON_ALPHANUMERIC))
}

/// Where somebody is sent to sign in who asked for this.
pub(crate) fn sign_in_for(method: &Method, uri: &Uri) -> String {
    let asked = uri.path_and_query().map_or("", |asked| asked.as_str());
    match page(asked).filter(|_| *method == Method::GET) {
        Some(next) => format!("{SIGN_IN}?{}", kept(next)),
        None => SIGN_IN.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_page_is_gone_to() {
        for own in ["/?monitor=mtr_1", "/?", "/?a=//elsewhere.example"] {
            assert_eq!(page(own), Some(own));
        }
        let long = format!("/?{}", "a".repeat(MAX_NEXT));
        for foreign in [
            "",
            "/",
            "?a",
            "//elsewhere.example/?a",
            "/\\elsewhere.example",
            "/?a\\b",
            "https://elsewhere.example/?a",
            "javascript:alert(1)",
            "/sign-out",
            "/?a\r\nset-cookie: visit=x",
            "/?a b",
            "/?ü",
            &long,
        ] {
            assert_eq!(page(foreign), None, "{foreign}");
        }
    }

    #[test]
    fn what_was_asked_for_is_kept_for_after_the_sign_in() {
        let asked = |method, uri: &str| sign_in_for(&method, &uri.parse().unwrap());
        assert_eq!(
            asked(Method::GET, "/?monitor=mtr_1&lang=de"),
            "/sign-in?next=%2F%3Fmonitor%3Dmtr%5F1%26lang%3Dde"
        );
        assert_eq!(asked(Method::GET, "/"), "/sign-in");
        assert_eq!(asked(Method::POST, "/?a"), "/sign-in");
    }
}
