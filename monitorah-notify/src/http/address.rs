//! Addresses of receivers as users write them: judged, and never shown in what is said of them.

use super::Url;
use monitorah_core::net::Host;

/// The longest URL.
pub(crate) const MAX_URL: usize = 2048;

/// The message for a URL with a user name or a password.
pub(crate) const WITH_USER: &str =
    "no user name and password in the URL: leave out what stands before the @";

/// Reads the URL of a receiver, and says what is wrong with it without showing it.
pub(crate) fn receiver(text: &str) -> Result<Url, &'static str> {
    if text.len() > MAX_URL {
        return Err("a URL has at most 2048 characters");
    }
    let url =
        Url::parse(text).map_err(|_| "not a URL: paste the whole address, from https:// on")?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err("the URL begins with https:// or http://");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(WITH_USER);
    }
    if url.fragment().is_some() {
        return Err("the part after # is never sent: leave it out");
    }
    if Host::of(&url).is_err() {
        return Err("the host of the URL is not one");
    }
    Ok(url)
}

/// Reads the address of an API, below which its paths are.
pub(crate) fn api(text: &str) -> Result<Url, &'static str> {
    let url = receiver(text)?;
    if url.query().is_some() {
        return Err("the address of an API has no part after ?: leave it out");
    }
    Ok(url)
}

/// The address of a path of an API.
pub(crate) fn below(api: &Url, segments: &[&str]) -> Url {
    let mut url = api.clone();
    // An http URL always has a path.
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().extend(segments);
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_below_the_api() {
        for (base, whole) in [
            ("https://api.example", "https://api.example/a/b"),
            ("https://api.example/", "https://api.example/a/b"),
            ("https://api.example/v1", "https://api.example/v1/a/b"),
            ("https://api.example/v1/", "https://api.example/v1/a/b"),
        ] {
            let url = below(&api(base).unwrap(), &["a", "b"]);
            assert_eq!(url.as_str(), whole);
        }
        // What is put into a path stays one segment.
        let url = below(&api("https://api.example").unwrap(), &["../x?y#z"]);
        assert_eq!(url.as_str(), "https://api.example/..%2Fx%3Fy%23z");
        assert!(api("https://api.example/?a=b").is_err());
    }
}
