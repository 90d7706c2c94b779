//! The answer's body: read whole up to a cap, and its beginning kept as evidence.

use super::exchange::{At, failure};
use crate::{net::Failure, observation::Reason};
use http_body_util::BodyExt;
use hyper::body::{Body, Incoming};
use zeroize::Zeroizing;

/// How much of a body is kept as evidence.
const EXCERPT: usize = 4096;

/// Reads the whole body into `read`, which keeps what came before a failure.
pub(super) async fn read_into(
    mut body: Incoming,
    at: At,
    cap: usize,
    read: &mut Vec<u8>,
) -> Result<(), Failure> {
    let announced = body.size_hint().exact();
    // Announced sizes are a stranger's word: they only save growing, within reason.
    let likely = announced.and_then(|size| usize::try_from(size).ok());
    read.reserve(likely.unwrap_or(0).min(cap).min(64 * 1024));
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| failure(&error, at))?;
        if let Some(data) = frame.data_ref() {
            let room = cap.saturating_sub(read.len());
            match data.get(..room) {
                Some(fits) if data.len() > room => {
                    read.extend_from_slice(fits);
                    return Err(Failure::down(
                        Reason::BodyTooLarge,
                        format!("the body is longer than {cap} bytes"),
                    ));
                }
                _ => read.extend_from_slice(data),
            }
        }
    }
    match announced {
        Some(size) if usize::try_from(size).is_ok_and(|size| size != read.len()) => {
            Err(Failure::down(
                Reason::BodyTruncated,
                "the body ended before its announced length",
            ))
        }
        _ => Ok(()),
    }
}

/// The beginning of the body as text, without control characters and without our own secrets.
pub(super) fn excerpt(body: &[u8], secrets: &[Zeroizing<String>]) -> Option<String> {
    if body.is_empty() {
        return None;
    }
    // A little more than is kept, so that a secret across the border is found whole.
    let longest = secrets.iter().map(|secret| secret.len()).max().unwrap_or(0);
    let start = body.get(..EXCERPT.saturating_add(longest)).unwrap_or(body);
    let mut text = String::from_utf8_lossy(start).into_owned();
    for secret in secrets {
        if text.contains(secret.as_str()) {
            text = text.replace(secret.as_str(), "***");
        }
    }
    text.retain(|character| !character.is_control() || matches!(character, '\n' | '\t'));
    let mut end = EXCERPT.min(text.len());
    while !text.is_char_boundary(end) {
        end = end.saturating_sub(1);
    }
    text.truncate(end);
    Some(text)
}
