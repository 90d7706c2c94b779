//! Assertions made ready to be judged, and the judgement: a pure function of facts.

use super::{
    Assertion, MAX_ASSERTIONS, StatusMatch, StatusRange, TimedPhase, json::JsonExpectation,
};
use crate::{
    error::FieldError,
    observation::{Certificate, Reason, Severity, Status, Timings},
};
use jiff::Timestamp;
use regex::{Regex, RegexBuilder};
use serde_json::Value;
use std::{borrow::Cow, cmp::Reverse, time::Duration};

/// The longest regular expression.
const MAX_PATTERN: usize = 1024;
/// The most memory that one compiled expression takes.
const MAX_PATTERN_BYTES: usize = 1024 * 1024;
/// The longest text that is looked for.
const MAX_TEXT: usize = 8 * 1024;

/// What was seen, as far as assertions ask for it.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The status code.
    pub status_code: Option<u16>,
    /// Names in lower case and values, in the order of the answer.
    pub headers: &'a [(&'a str, &'a [u8])],
    /// The whole body.
    pub body: &'a [u8],
    /// From the start of the check to its end.
    pub total: Duration,
    /// The phases.
    pub timings: Timings,
    /// The certificate that was shown.
    pub certificate: Option<&'a Certificate>,
    /// The moment of the judgement.
    pub now: Timestamp,
}

/// An assertion that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How bad that is.
    pub severity: Severity,
    /// Why the target is as it is.
    pub reason: Reason,
    /// One sentence for people, with nothing of the answer in it.
    pub detail: String,
}

impl Finding {
    /// The status of a target with this finding.
    #[must_use]
    pub fn status(&self) -> Status {
        self.severity.into()
    }
}

#[derive(Debug)]
enum Test {
    Status(Vec<StatusRange>),
    Header(String, HeaderTest),
    // A text is looked for as an escaped pattern: one linear-time search for both.
    Body {
        pattern: regex::bytes::Regex,
        negate: bool,
    },
    Json(Box<JsonExpectation>),
    Total(Duration),
    Phase(TimedPhase, Duration),
    CertificateDays(u16),
}

#[derive(Debug)]
enum HeaderTest {
    Equals(String),
    Contains(String),
    Matches(Regex),
    Absent,
    Present,
}

/// Assertions made ready to be judged.
#[derive(Debug, Default)]
pub struct Assertions(Vec<(Severity, Test)>);

impl Assertions {
    /// Makes the assertions ready.
    ///
    /// # Errors
    /// Everything that is wrong, with pointers below `pointer`, such as `/config/assertions`.
    pub fn compile(assertions: &[Assertion], pointer: &str) -> Result<Self, Vec<FieldError>> {
        if assertions.len() > MAX_ASSERTIONS {
            let message = format!("at most {MAX_ASSERTIONS} assertions");
            return Err(vec![FieldError::new(pointer, message)]);
        }
        let mut tests = Vec::with_capacity(assertions.len());
        let mut wrong = Vec::new();
        for (index, assertion) in assertions.iter().enumerate() {
            match compile(assertion) {
                Ok(test) => tests.push(test),
                Err((field, message)) => {
                    wrong.push(FieldError::new(
                        format!("{pointer}/{index}/{field}"),
                        message,
                    ));
                }
            }
        }
        if wrong.is_empty() {
            Ok(Self(tests))
        } else {
            Err(wrong)
        }
    }

    /// Whether there is nothing to judge.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first assertion that is about the body.
    #[must_use]
    pub fn first_on_body(&self) -> Option<usize> {
        self.0
            .iter()
            .position(|(_, test)| matches!(test, Test::Body { .. } | Test::Json(_)))
    }

    /// The first assertion that reads the body as JSON.
    #[must_use]
    pub fn first_on_json(&self) -> Option<usize> {
        self.0
            .iter()
            .position(|(_, test)| matches!(test, Test::Json(_)))
    }

    /// What each assertion comes to, in their order: absent where it holds.
    #[must_use]
    pub fn findings(&self, facts: &Facts<'_>) -> Vec<Option<Finding>> {
        let mut document = None;
        self.0
            .iter()
            .map(|(severity, test)| {
                test.fails(facts, &mut document)
                    .map(|(reason, detail)| Finding {
                        severity: *severity,
                        reason,
                        detail: detail.into_owned(),
                    })
            })
            .collect()
    }

    /// The worst assertion that does not hold; the first among equals.
    #[must_use]
    pub fn judge(&self, facts: &Facts<'_>) -> Option<Finding> {
        worst(&self.findings(facts)).cloned()
    }
}

/// The worst of these findings; the first among equals.
pub(crate) fn worst(findings: &[Option<Finding>]) -> Option<&Finding> {
    findings
        .iter()
        .flatten()
        // The first of the smallest: severities the other way round.
        .min_by_key(|finding| Reverse(finding.severity))
}

type Failed = Option<(Reason, Cow<'static, str>)>;

/// The body as JSON, parsed once: the inner value is absent when it is not JSON.
type Document = Option<Option<Value>>;

impl Test {
    fn fails(&self, facts: &Facts<'_>, document: &mut Document) -> Failed {
        let unless = |holds: bool, reason, detail: &'static str| {
            (!holds).then_some((reason, Cow::Borrowed(detail)))
        };
        match self {
            Self::Status(ranges) => {
                let holds = facts
                    .status_code
                    .is_some_and(|code| ranges.iter().any(|range| range.contains(&code)));
                unless(
                    holds,
                    Reason::HttpStatus,
                    "the status code is not an asserted one",
                )
            }
            Self::Header(name, test) => {
                let mut values = facts
                    .headers
                    .iter()
                    .filter(|(header, _)| header.eq_ignore_ascii_case(name))
                    .map(|(_, value)| String::from_utf8_lossy(value));
                let holds = match test {
                    HeaderTest::Equals(text) => values.any(|value| value == *text),
                    HeaderTest::Contains(text) => values.any(|value| value.contains(text)),
                    HeaderTest::Matches(pattern) => values.any(|value| pattern.is_match(&value)),
                    HeaderTest::Absent => values.next().is_none(),
                    HeaderTest::Present => values.next().is_some(),
                };
                (!holds).then(|| {
                    let detail = format!("the header {name} is not as asserted");
                    (Reason::Assertion, Cow::Owned(detail))
                })
            }
            Self::Body { pattern, negate } => {
                let found = pattern.is_match(facts.body);
                if *negate {
                    unless(
                        !found,
                        Reason::Assertion,
                        "the body contains what it must not",
                    )
                } else {
                    unless(
                        found,
                        Reason::Assertion,
                        "the body lacks what is asserted of it",
                    )
                }
            }
            Self::Json(expectation) => {
                let document = document
                    .get_or_insert_with(|| serde_json::from_slice(facts.body).ok())
                    .as_ref();
                match document {
                    None => unless(false, Reason::Assertion, "the body is not JSON"),
                    Some(document) => unless(
                        expectation.holds(document),
                        Reason::Assertion,
                        "the JSON body is not as asserted",
                    ),
                }
            }
            Self::Total(most) => unless(
                facts.total <= *most,
                Reason::Slow,
                "the check took longer than asserted",
            ),
            Self::Phase(phase, most) => {
                let took = match phase {
                    TimedPhase::Dns => facts.timings.dns,
                    TimedPhase::Connect => facts.timings.connect,
                    TimedPhase::Tls => facts.timings.tls,
                    TimedPhase::FirstByte => facts.timings.first_byte,
                    TimedPhase::Download => facts.timings.download,
                };
                unless(
                    took.unwrap_or_default() <= *most,
                    Reason::Slow,
                    "a phase took longer than asserted",
                )
            }
            Self::CertificateDays(days) => {
                let least = jiff::SignedDuration::from_hours(i64::from(*days).saturating_mul(24));
                match facts.certificate {
                    None => unless(false, Reason::Assertion, "no certificate was shown"),
                    Some(certificate) => unless(
                        certificate.not_after.duration_since(facts.now) >= least,
                        Reason::TlsExpiring,
                        "a certificate expires sooner than asserted",
                    ),
                }
            }
        }
    }
}

fn compile(assertion: &Assertion) -> Result<(Severity, Test), (&'static str, String)> {
    let (severity, test) = match assertion {
        Assertion::Status { any_of, severity } => (severity, Test::Status(status_ranges(any_of)?)),
        Assertion::Header {
            name,
            equals,
            contains,
            matches,
            absent,
            severity,
        } => {
            if name.is_empty() || name.len() > 128 || !name.bytes().all(|b| b.is_ascii_graphic()) {
                return Err(("name", "not the name of a header".to_owned()));
            }
            let test = match (equals, contains, matches, absent) {
                (Some(text), None, None, None) => HeaderTest::Equals(bounded(text, "equals")?),
                (None, Some(text), None, None) => HeaderTest::Contains(bounded(text, "contains")?),
                (None, None, Some(text), None) => {
                    HeaderTest::Matches(pattern(text).map_err(|message| ("matches", message))?)
                }
                (None, None, None, Some(true)) => HeaderTest::Absent,
                (None, None, None, Some(false)) => HeaderTest::Present,
                _ => {
                    return Err((
                        "name",
                        "give exactly one of equals, contains, matches, absent".to_owned(),
                    ));
                }
            };
            (severity, Test::Header(name.to_ascii_lowercase(), test))
        }
        Assertion::BodyContains {
            text,
            negate,
            ignore_case,
            severity,
        } => {
            if text.is_empty() {
                return Err(("text", "write the text to look for".to_owned()));
            }
            let text = regex::escape(&bounded(text, "text")?);
            let test = Test::Body {
                pattern: bytes_pattern(&text, *ignore_case).map_err(|message| ("text", message))?,
                negate: *negate,
            };
            (severity, test)
        }
        Assertion::BodyMatches {
            pattern,
            negate,
            severity,
        } => {
            check_pattern(pattern).map_err(|message| ("pattern", message))?;
            let test = Test::Body {
                pattern: bytes_pattern(pattern, false).map_err(|message| ("pattern", message))?,
                negate: *negate,
            };
            (severity, test)
        }
        Assertion::JsonPath {
            path,
            operator,
            value,
            severity,
        } => {
            let test = JsonExpectation::compile(path, *operator, value.as_ref())?;
            (severity, Test::Json(Box::new(test)))
        }
        Assertion::TotalTime { max_ms, severity } => (severity, Test::Total(millis(*max_ms)?)),
        Assertion::PhaseTime {
            phase,
            max_ms,
            severity,
        } => (severity, Test::Phase(*phase, millis(*max_ms)?)),
        Assertion::CertificateDays { min, severity } => {
            if !(1..=825).contains(min) {
                return Err(("min", "write days from 1 to 825".to_owned()));
            }
            (severity, Test::CertificateDays(*min))
        }
    };
    Ok((*severity, test))
}

fn status_ranges(any_of: &[StatusMatch]) -> Result<Vec<StatusRange>, (&'static str, String)> {
    let ranges: Option<Vec<_>> = any_of.iter().map(StatusMatch::range).collect();
    ranges
        .filter(|ranges| (1..=50).contains(&ranges.len()))
        .ok_or_else(|| {
            (
                "anyOf",
                "write 1 to 50 codes, ranges (\"200-299\") or classes (\"2xx\")".to_owned(),
            )
        })
}

fn millis(value: u32) -> Result<Duration, (&'static str, String)> {
    if (1..=300_000).contains(&value) {
        Ok(Duration::from_millis(u64::from(value)))
    } else {
        Err(("maxMs", "write milliseconds from 1 to 300000".to_owned()))
    }
}

fn bounded(text: &str, field: &'static str) -> Result<String, (&'static str, String)> {
    if text.len() > MAX_TEXT {
        Err((field, format!("at most {MAX_TEXT} characters")))
    } else {
        Ok(text.to_owned())
    }
}

fn check_pattern(text: &str) -> Result<(), String> {
    if text.is_empty() || text.len() > MAX_PATTERN {
        Err(format!("write 1 to {MAX_PATTERN} characters"))
    } else {
        Ok(())
    }
}

/// A regular expression in bounds: linear in time, limited in memory.
pub(super) fn pattern(text: &str) -> Result<Regex, String> {
    check_pattern(text)?;
    RegexBuilder::new(text)
        .size_limit(MAX_PATTERN_BYTES)
        .dfa_size_limit(MAX_PATTERN_BYTES)
        .build()
        .map_err(|error| pattern_error(&error))
}

fn bytes_pattern(text: &str, ignore_case: bool) -> Result<regex::bytes::Regex, String> {
    regex::bytes::RegexBuilder::new(text)
        .case_insensitive(ignore_case)
        .size_limit(MAX_PATTERN_BYTES)
        .dfa_size_limit(MAX_PATTERN_BYTES)
        .build()
        .map_err(|error| pattern_error(&error))
}

fn pattern_error(error: &regex::Error) -> String {
    match error {
        regex::Error::CompiledTooBig(_) => {
            "the regular expression is too large: use fewer or smaller repetitions".to_owned()
        }
        _ => "not a regular expression (look-around and back-references are not supported)"
            .to_owned(),
    }
}
