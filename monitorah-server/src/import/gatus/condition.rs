//! The parts of a Gatus condition, such as `[BODY].status == UP`.
//!
//! Gatus compares texts, and whole numbers where both sides are some; durations are milliseconds.
//! The meaning of each part is that of its `config/endpoint/condition.go` and `placeholder.go`.

use super::{duration, glob};
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    NotEqual,
    AtMost,
    AtLeast,
    More,
    Less,
}

impl Comparison {
    /// In the order in which Gatus looks for them.
    pub(super) const ALL: [(&'static str, Self); 6] = [
        (" == ", Self::Equal),
        (" != ", Self::NotEqual),
        (" <= ", Self::AtMost),
        (" >= ", Self::AtLeast),
        (" > ", Self::More),
        (" < ", Self::Less),
    ];

    pub(super) const fn turned(self) -> Self {
        match self {
            Self::AtMost => Self::AtLeast,
            Self::AtLeast => Self::AtMost,
            Self::More => Self::Less,
            Self::Less => Self::More,
            same => same,
        }
    }

    pub(super) const fn holds(self, a: i64, b: i64) -> bool {
        match self {
            Self::Equal => a == b,
            Self::NotEqual => a != b,
            Self::AtMost => a <= b,
            Self::AtLeast => a >= b,
            Self::More => a > b,
            Self::Less => a < b,
        }
    }
}

/// The side of a condition that is looked at.
pub(super) enum Subject<'a> {
    Status,
    Ip,
    Rcode,
    ResponseTime,
    Body,
    Path(&'a str),
    Connected,
    Certificate,
    Domain,
    Length(&'a str),
    Has(&'a str),
    Unknown,
}

/// The side that it is compared with.
pub(super) enum Expected<'a> {
    Text(&'a str),
    Pattern(&'a str),
    Any(Vec<&'a str>),
}

impl<'a> Expected<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let inner = |prefix: &str| text.strip_prefix(prefix)?.strip_suffix(')');
        if let Some(pattern) = inner("pat(") {
            Self::Pattern(pattern)
        } else if let Some(options) = inner("any(") {
            Self::Any(options.split(',').map(str::trim).collect())
        } else {
            Self::Text(text)
        }
    }

    /// Whether a text is what is expected, as Gatus compares.
    pub(super) fn admits(&self, text: &str) -> bool {
        match self {
            Self::Text(expected) => match (whole(expected), whole(text)) {
                (Some(a), Some(b)) => a == b,
                _ => *expected == text,
            },
            Self::Pattern(pattern) => glob::admits(pattern, text),
            Self::Any(options) => options.contains(&text),
        }
    }

    /// A regular expression of what is expected.
    pub(super) fn regex(&self) -> Option<String> {
        Some(match self {
            Self::Text(text) => glob::escaped(text),
            Self::Pattern(pattern) => glob::regex(pattern)?,
            Self::Any(options) => {
                let options: Vec<_> = options.iter().map(|text| glob::escaped(text)).collect();
                format!("(?:{})", options.join("|"))
            }
        })
    }
}

pub(super) fn subject(text: &str) -> Subject<'_> {
    let inner = |prefix: &str| text.strip_prefix(prefix)?.strip_suffix(')');
    if let Some(inner) = inner("len(") {
        return body_path(inner).map_or(Subject::Unknown, Subject::Length);
    }
    if let Some(inner) = inner("has(") {
        return body_path(inner).map_or(Subject::Unknown, Subject::Has);
    }
    match text.to_ascii_uppercase().as_str() {
        "[STATUS]" => Subject::Status,
        "[IP]" => Subject::Ip,
        "[DNS_RCODE]" => Subject::Rcode,
        "[RESPONSE_TIME]" => Subject::ResponseTime,
        "[BODY]" => Subject::Body,
        "[CONNECTED]" => Subject::Connected,
        "[CERTIFICATE_EXPIRATION]" => Subject::Certificate,
        "[DOMAIN_EXPIRATION]" => Subject::Domain,
        _ => body_path(text).map_or(Subject::Unknown, Subject::Path),
    }
}

/// What stands behind `[BODY]`; the body itself has the empty path.
fn body_path(text: &str) -> Option<&str> {
    let head = text.get(..6)?;
    let rest = text.get(6..)?;
    let named = head.eq_ignore_ascii_case("[BODY]")
        && (rest.is_empty() || rest.starts_with('.') || rest.starts_with('['));
    named.then(|| rest.strip_prefix('.').unwrap_or(rest))
}

/// A path of Gatus (`data.items[0].name`) as RFC 9535 writes it.
pub(super) fn json_path(path: &str) -> Option<String> {
    let mut written = "$".to_owned();
    for part in path.split('.').filter(|part| !part.is_empty()) {
        let (name, mut indices) = part.split_at(part.find('[').unwrap_or(part.len()));
        let plain = name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            && !name.starts_with(|first: char| first.is_ascii_digit());
        if plain && !name.is_empty() {
            written.push('.');
            written.push_str(name);
        } else if !name.is_empty() {
            let quoted = name.replace('\\', "\\\\").replace('\'', "\\'");
            written.push_str(&format!("['{quoted}']"));
        }
        while !indices.is_empty() {
            let (index, rest) = indices.strip_prefix('[')?.split_once(']')?;
            if index.is_empty() || !index.bytes().all(|byte| byte.is_ascii_digit()) {
                return None;
            }
            written.push_str(&format!("[{index}]"));
            indices = rest;
        }
    }
    Some(written)
}

/// A whole number, as Go reads it with any base.
fn whole(text: &str) -> Option<i64> {
    text.parse().ok()
}

/// A number, or a duration in milliseconds.
pub(super) fn numeric(text: &str) -> Option<i64> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    duration::parse(text).and_then(|duration| i64::try_from(duration.as_millis()).ok())
}
