//! The errors that cross our own borders: what is wrong with an input, and what failed in a port.

use serde::Serialize;
use std::{error::Error, fmt};

/// One thing that is wrong with an input, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// A JSON pointer (RFC 6901) into the input; empty for the whole of it.
    pub pointer: String,
    /// What is wrong and what to do, in one sentence.
    pub message: String,
}

impl FieldError {
    /// What a value that could not be read is missing, below `base`. The value itself, which serde
    /// quotes and which may be a secret, is left out of the message.
    #[must_use]
    pub fn unreadable(base: &str, error: serde_path_to_error::Error<serde_json::Error>) -> Self {
        let pointer = format!("{base}{}", pointer_of(error.path()));
        let error = error.into_inner();
        let place = format!(" at line {} column {}", error.line(), error.column());
        let message = error.to_string();
        // Only of what was read from a text; the pointer says it better.
        let message = message
            .strip_suffix(&place)
            .map_or(message.clone(), str::to_owned);
        if let Some(name) = missing(&message) {
            let place = name.replace('~', "~0").replace('/', "~1");
            return Self::new(format!("{pointer}/{place}"), format!("{name} is required"));
        }
        let quoted = ["invalid type: ", "invalid value: ", "invalid length "]
            .iter()
            .any(|start| message.starts_with(start));
        let message = match message.rsplit_once(", expected ") {
            Some((_, expected)) if quoted => format!("write {}", in_plain_words(expected)),
            _ => message.replacen("unknown variant", "unknown value", 1),
        };
        Self { pointer, message }
    }

    /// What is wrong at `pointer`.
    pub fn new(pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            pointer: pointer.into(),
            message: message.into(),
        }
    }
}

/// A configuration that cannot be built, with everything that is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the configuration is invalid: {}", .fields.iter().map(|f| f.message.as_str()).collect::<Vec<_>>().join("; "))]
pub struct ConfigError {
    /// At least one entry.
    pub fields: Vec<FieldError>,
}

impl ConfigError {
    /// One thing is wrong.
    pub fn new(pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            fields: vec![FieldError::new(pointer, message)],
        }
    }

    /// `Ok` when nothing is wrong.
    ///
    /// # Errors
    /// All of `fields`, when there are any.
    pub fn check(fields: Vec<FieldError>) -> Result<(), Self> {
        if fields.is_empty() {
            Ok(())
        } else {
            Err(Self { fields })
        }
    }
}

/// What kind of thing failed in a storage port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum StoreErrorKind {
    /// It is not there, or it is another account's.
    NotFound,
    /// It was changed since it was read: read it again and decide anew.
    Conflict,
    /// Something with the same unique name is there already.
    AlreadyExists,
    /// It would depend on itself, directly or through others.
    Cycle,
    /// The act's idempotency key was used before: find the first result through the audit log.
    Replayed,
    /// The store cannot be reached or is busy; the same call may work later.
    Unavailable,
    /// What the store returned cannot be understood.
    Corrupt,
    /// A fault of the store's own.
    Internal,
}

/// A storage port failed. Nothing was changed unless the method's documentation says otherwise.
pub struct StoreError {
    kind: StoreErrorKind,
    message: String,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl StoreError {
    /// An error of this kind; `message` names the thing, lower case, no full stop.
    pub fn new(kind: StoreErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            source: None,
        }
    }

    /// With the error that caused it.
    #[must_use]
    pub fn because(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// The thing is not there.
    #[must_use]
    pub fn not_found(what: &str) -> Self {
        Self::new(StoreErrorKind::NotFound, format!("{what} not found"))
    }

    /// The thing was changed in between.
    #[must_use]
    pub fn conflict(what: &str) -> Self {
        Self::new(
            StoreErrorKind::Conflict,
            format!("{what} was changed in between"),
        )
    }

    /// What the caller may decide on.
    #[must_use]
    pub const fn kind(&self) -> StoreErrorKind {
        self.kind
    }
}

impl fmt::Debug for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoreError")
            .field("kind", &self.kind)
            .field("message", &self.message)
            .field("source", &self.source)
            .finish()
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for StoreError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_ref().map(|source| source.as_ref() as _)
    }
}

/// What a storage port returns.
pub type StoreResult<T> = Result<T, StoreError>;

/// The field that serde misses.
fn missing(message: &str) -> Option<&str> {
    message.strip_prefix("missing field `")?.strip_suffix('`')
}

/// What serde expects, in the words of somebody who writes JSON and no Rust.
fn in_plain_words(expected: &str) -> String {
    let number = |most: u64| format!("a whole number from 0 to {most}");
    match expected {
        "u8" => number(u8::MAX.into()),
        "u16" => number(u16::MAX.into()),
        "u32" => number(u32::MAX.into()),
        "u64" | "usize" => number(u64::MAX),
        "i8" | "i16" | "i32" | "i64" | "isize" => "a whole number".to_owned(),
        "f32" | "f64" => "a number".to_owned(),
        "a boolean" => "true or false".to_owned(),
        "a string" | "a borrowed string" | "variant identifier" => "a text in quotes".to_owned(),
        "a map" => "an object in braces".to_owned(),
        "a sequence" => "a list in brackets".to_owned(),
        "string or map" => "a text in quotes".to_owned(),
        _ if expected.starts_with("struct ")
            || expected.starts_with("internally tagged enum ")
            || expected.starts_with("adjacently tagged enum ") =>
        {
            "an object in braces".to_owned()
        }
        _ if expected.starts_with("a nonzero ") => "a whole number from 1 on".to_owned(),
        _ if expected.starts_with("enum ") => "one of the values that are documented".to_owned(),
        _ if expected.starts_with("tuple ") || expected.starts_with("an array ") => {
            "a list in brackets".to_owned()
        }
        other => other.to_owned(),
    }
}

/// The JSON pointer that a path of serde is.
fn pointer_of(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let mut pointer = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => pointer.push_str(&format!("/{index}")),
            Segment::Map { key } => {
                pointer.push('/');
                pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
            }
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    pointer
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[test]
    fn a_missing_field_is_named_at_its_place() {
        #[derive(Debug, Deserialize)]
        struct Inner {
            #[serde(rename = "a/b")]
            _number: u8,
        }
        #[derive(Debug, Deserialize)]
        struct Outer {
            #[serde(rename = "items")]
            _items: Vec<Inner>,
        }
        for (value, pointer, message) in [
            (serde_json::json!({}), "/config/items", "items is required"),
            (
                serde_json::json!({"items": [{"a/b": 1}, {}]}),
                "/config/items/1/a~1b",
                "a/b is required",
            ),
        ] {
            let error = serde_path_to_error::deserialize::<_, Outer>(value).unwrap_err();
            let expected = FieldError::new(pointer, message);
            assert_eq!(FieldError::unreadable("/config", error), expected);
        }
    }

    #[test]
    fn the_value_that_could_not_be_read_is_not_quoted() {
        #[derive(Debug, Deserialize)]
        struct Wanted {
            #[serde(rename = "a/b")]
            _number: Vec<u8>,
        }
        for value in [
            serde_json::json!({"a/b": "canary, expected nothing"}),
            serde_json::json!({"a/b": ["canary"]}),
            serde_json::json!({"a/b": [300]}),
        ] {
            let error = serde_path_to_error::deserialize::<_, Wanted>(value).unwrap_err();
            let field = FieldError::unreadable("/config", error);
            assert!(field.pointer.starts_with("/config/a~1b"), "{field:?}");
            assert!(field.message.starts_with("write a "), "{field:?}");
            assert!(!field.message.contains("canary") && !field.message.contains("300"));
        }
    }
}
