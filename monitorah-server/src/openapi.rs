//! The published specification: what the annotations give, normalised, as one line-stable JSON text.

use crate::router::raw_spec;
use bytes::Bytes;
use serde_json::Value;

/// The contract: OpenAPI 3.1.
///
/// # Errors
/// Only when the specification cannot be written as JSON, which would be a mistake of ours.
pub fn document() -> Result<Value, serde_json::Error> {
    serde_json::to_value(raw_spec())
}

/// The contract as it is served and checked in.
///
/// # Errors
/// As [`document`].
pub fn text() -> Result<String, serde_json::Error> {
    let mut text = serde_json::to_string_pretty(&document()?)?;
    text.push('\n');
    Ok(text)
}

pub(crate) fn served() -> Result<Bytes, serde_json::Error> {
    Ok(Bytes::from(text()?))
}
