//! JSONPath in bounds, and how what it finds is compared.

use super::JsonOperator;
use regex::Regex;
use serde_json::Value;
use serde_json_path::{JsonPath, NodeList};

/// The longest path.
const MAX_PATH: usize = 512;
/// Each comma can at most double what the step before found.
const MAX_COMMAS: usize = 4;

/// A path and what is expected of what it finds.
#[derive(Debug)]
pub(super) struct JsonExpectation {
    path: JsonPath,
    operator: JsonOperator,
    value: Value,
    pattern: Option<Regex>,
}

impl JsonExpectation {
    /// The message says what is wrong with which field, `path` or `value`.
    pub(super) fn compile(
        path: &str,
        operator: JsonOperator,
        value: Option<&Value>,
    ) -> Result<Self, (&'static str, String)> {
        let path = parse(path).map_err(|message| ("path", message))?;
        let wrong = |message: &str| ("value", message.to_owned());
        match (operator, value) {
            (JsonOperator::Exists | JsonOperator::NotExists, Some(_)) => {
                return Err(wrong("EXISTS and NOT_EXISTS take no value"));
            }
            (JsonOperator::Exists | JsonOperator::NotExists, None) => {}
            (_, None) => return Err(wrong("this operator needs a value")),
            (JsonOperator::LessThan | JsonOperator::GreaterThan, Some(value))
                if !value.is_number() =>
            {
                return Err(wrong("this operator compares with a number"));
            }
            (
                JsonOperator::LengthEquals
                | JsonOperator::LengthLessThan
                | JsonOperator::LengthGreaterThan,
                Some(value),
            ) if !value.is_u64() => {
                return Err(wrong("a length is a whole number from 0"));
            }
            (JsonOperator::Matches, Some(value)) if !value.is_string() => {
                return Err(wrong("write a regular expression as a text"));
            }
            _ => {}
        }
        let pattern = match (operator, value) {
            (JsonOperator::Matches, Some(Value::String(pattern))) => {
                Some(super::compiled::pattern(pattern).map_err(|message| ("value", message))?)
            }
            _ => None,
        };
        Ok(Self {
            path,
            operator,
            value: value.cloned().unwrap_or(Value::Null),
            pattern,
        })
    }

    /// Whether one of the found values has a length that compares so with the given one.
    fn lengths(&self, found: &NodeList<'_>, compare: impl Fn(u64, u64) -> bool) -> bool {
        let given = self.value.as_u64();
        found
            .iter()
            .any(|node| length(node).zip(given).is_some_and(|(a, b)| compare(a, b)))
    }

    /// Whether the document is as expected.
    pub(super) fn holds(&self, document: &Value) -> bool {
        let found = self.path.query(document);
        match self.operator {
            JsonOperator::Exists => !found.is_empty(),
            JsonOperator::NotExists => found.is_empty(),
            JsonOperator::NotEquals => {
                !found.is_empty() && !found.iter().any(|node| equal(node, &self.value))
            }
            JsonOperator::Equals => found.iter().any(|node| equal(node, &self.value)),
            JsonOperator::Contains => found.iter().any(|node| match (node, &self.value) {
                (Value::String(text), Value::String(part)) => text.contains(part.as_str()),
                (Value::Array(items), value) => items.iter().any(|item| equal(item, value)),
                _ => false,
            }),
            JsonOperator::LessThan => found
                .iter()
                .any(|node| numbers(node, &self.value).is_some_and(|(a, b)| a < b)),
            JsonOperator::GreaterThan => found
                .iter()
                .any(|node| numbers(node, &self.value).is_some_and(|(a, b)| a > b)),
            JsonOperator::LengthEquals => self.lengths(&found, |found, given| found == given),
            JsonOperator::LengthLessThan => self.lengths(&found, |found, given| found < given),
            JsonOperator::LengthGreaterThan => self.lengths(&found, |found, given| found > given),
            JsonOperator::Matches => found.iter().any(|node| {
                node.as_str()
                    .zip(self.pattern.as_ref())
                    .is_some_and(|(text, pattern)| pattern.is_match(text))
            }),
        }
    }
}

/// How many characters, items or members a value has.
fn length(value: &Value) -> Option<u64> {
    let length = match value {
        Value::String(text) => text.chars().count(),
        Value::Array(items) => items.len(),
        Value::Object(members) => members.len(),
        _ => return None,
    };
    u64::try_from(length).ok()
}

/// Parses a path that cannot multiply its own results: without these limits a short path such as
/// `$[0,0][0,0]…` or `$..*..*` takes exponential or quadratic time on a small document.
fn parse(path: &str) -> Result<JsonPath, String> {
    if path.len() > MAX_PATH {
        return Err(format!("at most {MAX_PATH} characters"));
    }
    let bare = without_quoted(path);
    if bare.matches("..").count() > 1 {
        return Err("at most one \"..\" in a path".to_owned());
    }
    if bare.matches(',').count() > MAX_COMMAS {
        return Err(format!("at most {MAX_COMMAS} commas in a path"));
    }
    if bare.matches('$').count() > 1 {
        return Err("a filter cannot query from the root ($)".to_owned());
    }
    JsonPath::parse(path)
        .map_err(|error| format!("not a JSONPath ({error}): write for example $.status"))
}

/// The path without its quoted names, which may hold anything.
fn without_quoted(path: &str) -> String {
    let mut bare = String::with_capacity(path.len());
    let mut quote = None;
    let mut escaped = false;
    for character in path.chars() {
        match quote {
            Some(_) if escaped => escaped = false,
            Some(_) if character == '\\' => escaped = true,
            Some(open) if character == open => quote = None,
            Some(_) => {}
            None if character == '"' || character == '\'' => quote = Some(character),
            None => bare.push(character),
        }
    }
    bare
}

fn equal(a: &Value, b: &Value) -> bool {
    a == b || numbers(a, b).is_some_and(|(a, b)| a.total_cmp(&b).is_eq())
}

fn numbers(a: &Value, b: &Value) -> Option<(f64, f64)> {
    a.as_f64().zip(b.as_f64())
}
