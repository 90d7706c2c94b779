//! What an answer must be like, as typed data; compiled once, then judged without I/O.
//!
//! An assertion comes from a user and meets an answer from a stranger, so both are bounded:
//! patterns are linear-time and limited in size, and JSONPath queries are limited to forms that
//! cannot multiply their own results.

mod compiled;
mod json;

#[cfg(feature = "net")]
pub(crate) use compiled::worst;
pub use compiled::{Assertions, Facts, Finding};

use crate::observation::Severity;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The most assertions of one monitor.
pub const MAX_ASSERTIONS: usize = 50;

/// A phase of an answer, as `PHASE_TIME` asserts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TimedPhase {
    /// Name resolution.
    Dns,
    /// The TCP handshake.
    Connect,
    /// The TLS handshake.
    Tls,
    /// From the request to the answer's first byte.
    FirstByte,
    /// From the answer's first byte to its last.
    Download,
}

/// How a JSON value is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum JsonOperator {
    /// A found value equals the given one; numbers are compared as numbers.
    Equals,
    /// At least one value is found, and none equals the given one.
    NotEquals,
    /// A found text contains the given text, or a found list contains the given value.
    Contains,
    /// At least one value is found. Takes no value.
    Exists,
    /// No value is found. Takes no value.
    NotExists,
    /// A found number is less than the given one.
    LessThan,
    /// A found number is greater than the given one.
    GreaterThan,
    /// A found text matches the given regular expression.
    Matches,
}

/// One thing that an answer must be like.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "type",
    rename_all = "SCREAMING_SNAKE_CASE",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum Assertion {
    /// The status code is one of these. Judged besides `expectedStatus`.
    Status {
        /// Codes (`200`), ranges (`"200-299"`) or classes (`"2xx"`).
        #[schemars(length(min = 1, max = 50))]
        any_of: Vec<StatusMatch>,
        /// How bad it is otherwise.
        #[serde(default)]
        severity: Severity,
    },
    /// A header of the answer. Give exactly one of `equals`, `contains`, `matches`, `absent`.
    Header {
        /// The header's name; case does not matter.
        #[schemars(length(min = 1, max = 128))]
        name: String,
        /// One of its values is this.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(length(max = 8192))]
        equals: Option<String>,
        /// One of its values contains this.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(length(max = 8192))]
        contains: Option<String>,
        /// One of its values matches this regular expression.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(length(max = 1024))]
        matches: Option<String>,
        /// `true`: it must not be there. `false`: it must be there, with whatever value.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        absent: Option<bool>,
        /// How bad it is otherwise.
        #[serde(default)]
        severity: Severity,
    },
    /// The body contains a text.
    BodyContains {
        /// The text.
        #[schemars(length(min = 1, max = 8192))]
        text: String,
        /// The body must not contain it.
        #[serde(default)]
        negate: bool,
        /// Upper and lower case are the same.
        #[serde(default)]
        ignore_case: bool,
        /// How bad it is otherwise.
        #[serde(default)]
        severity: Severity,
    },
    /// The body matches a regular expression (syntax of Rust's `regex`, without backtracking).
    BodyMatches {
        /// The expression; it may match anywhere in the body.
        #[schemars(length(min = 1, max = 1024))]
        pattern: String,
        /// The body must not match it.
        #[serde(default)]
        negate: bool,
        /// How bad it is otherwise.
        #[serde(default)]
        severity: Severity,
    },
    /// What a JSONPath (RFC 9535) finds in the body.
    JsonPath {
        /// The path, for example `$.status`. At most one `..` and four commas; no query from the
        /// root inside a filter.
        #[schemars(length(min = 1, max = 512))]
        path: String,
        /// How what is found is compared.
        operator: JsonOperator,
        /// What it is compared with; absent for `EXISTS` and `NOT_EXISTS`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        value: Option<Value>,
        /// How bad it is otherwise.
        #[serde(default)]
        severity: Severity,
    },
    /// The whole check takes at most this long.
    TotalTime {
        /// Milliseconds.
        #[schemars(range(min = 1, max = 300_000))]
        max_ms: u32,
        /// How bad it is otherwise.
        #[serde(default)]
        severity: Severity,
    },
    /// One phase takes at most this long. A phase that did not happen took no time.
    PhaseTime {
        /// The phase.
        phase: TimedPhase,
        /// Milliseconds.
        #[schemars(range(min = 1, max = 300_000))]
        max_ms: u32,
        /// How bad it is otherwise.
        #[serde(default)]
        severity: Severity,
    },
    /// The certificate is valid for at least this long. Without a certificate it does not hold.
    CertificateDays {
        /// Days.
        #[schemars(range(min = 1, max = 825))]
        min: u16,
        /// How bad it is otherwise.
        #[serde(default)]
        severity: Severity,
    },
}

/// A status code, a range such as `"200-299"`, or a class such as `"2xx"`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    untagged,
    expecting = "write a code (200), a range (\"200-299\") or a class (\"2xx\")"
)]
pub enum StatusMatch {
    /// One code.
    Code(#[schemars(range(min = 100, max = 599))] u16),
    /// A range or a class.
    Text(
        #[schemars(regex(pattern = r"^([1-5][0-9][0-9](-[1-5][0-9][0-9])?|[1-5][xX][xX])$"))]
        String,
    ),
}

/// The codes from the first to the second.
pub(crate) type StatusRange = std::ops::RangeInclusive<u16>;

impl StatusMatch {
    /// The codes that are meant; `None` when the text is neither a code, a range nor a class.
    #[must_use]
    pub fn range(&self) -> Option<StatusRange> {
        const VALID: StatusRange = 100..=599;
        let range = match self {
            Self::Code(code) => *code..=*code,
            Self::Text(text) => {
                let text = text.trim().to_ascii_lowercase();
                if let Some(class) = text.strip_suffix("xx") {
                    let first = class.parse::<u16>().ok()?.checked_mul(100)?;
                    first..=first.checked_add(99)?
                } else if let Some((from, to)) = text.split_once('-') {
                    from.trim().parse().ok()?..=to.trim().parse().ok()?
                } else {
                    let code = text.parse().ok()?;
                    code..=code
                }
            }
        };
        let fits =
            VALID.contains(range.start()) && VALID.contains(range.end()) && !range.is_empty();
        fits.then_some(range)
    }
}
