//! `${NAME}` in a value stands for an environment variable, so that a file carries no secret.
//!
//! Only values are looked at, never keys, and what is put in stays a text: a password of digits
//! does not become a number. `$${` is a plain `${`.

use super::tree::{Data, Entry, Node, Place};
use std::collections::BTreeSet;

/// A variable that a file asks for and the environment lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Missing {
    pub(crate) name: String,
    pub(crate) place: Option<Place>,
    pub(crate) pointer: String,
}

/// What was put into a file.
#[derive(Debug, Default)]
pub(crate) struct Filled {
    /// Pointers of the values that hold a variable.
    pub(crate) pointers: BTreeSet<String>,
    /// What the variables held: nothing of it is ever printed.
    pub(crate) values: BTreeSet<String>,
}

/// Puts the variables in.
///
/// # Errors
/// Everything that is missing or written wrongly, at once.
pub(crate) fn substitute(
    node: &mut Node,
    lookup: &dyn Fn(&str) -> Option<String>,
) -> Result<Filled, Vec<Missing>> {
    let mut work = Work {
        lookup,
        filled: Filled::default(),
        missing: Vec::new(),
    };
    work.walk(node, &mut String::new());
    if work.missing.is_empty() {
        Ok(work.filled)
    } else {
        Err(work.missing)
    }
}

/// A text that stands for itself in a file.
pub(crate) fn literal(text: &str) -> String {
    text.replace("${", "$${")
}

/// A value that takes a variable.
pub(crate) fn variable(name: &str) -> String {
    format!("${{{name}}}")
}

/// Whether this can be the name of a variable.
pub(crate) fn is_name(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && name.len() <= 200
}

struct Work<'a> {
    lookup: &'a dyn Fn(&str) -> Option<String>,
    filled: Filled,
    missing: Vec<Missing>,
}

impl Work<'_> {
    fn walk(&mut self, node: &mut Node, pointer: &mut String) {
        let length = pointer.len();
        let place = node.place;
        match &mut node.data {
            Data::Text(text) if text.contains("${") => self.fill(text, place, pointer),
            Data::List(items) => {
                for (index, item) in items.iter_mut().enumerate() {
                    pointer.push_str(&format!("/{index}"));
                    self.walk(item, pointer);
                    pointer.truncate(length);
                }
            }
            Data::Map(entries) => {
                for Entry { key, value, .. } in entries {
                    pointer.push('/');
                    pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
                    self.walk(value, pointer);
                    pointer.truncate(length);
                }
            }
            _ => {}
        }
    }

    fn fill(&mut self, text: &mut String, place: Option<Place>, pointer: &str) {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text.as_str();
        let mut from_environment = false;
        while let Some(at) = rest.find("${") {
            let (before, found) = rest.split_at(at);
            if let Some(before) = before.strip_suffix('$') {
                filled.push_str(before);
                filled.push_str("${");
                rest = found.get(2..).unwrap_or("");
                continue;
            }
            filled.push_str(before);
            let end = found.find('}');
            let name = end.and_then(|end| found.get(2..end)).unwrap_or("");
            match (self.lookup)(name).filter(|_| is_name(name)) {
                Some(value) => {
                    filled.push_str(&value);
                    self.filled.values.insert(value);
                }
                None => self.missing.push(Missing {
                    name: name.to_owned(),
                    place,
                    pointer: pointer.to_owned(),
                }),
            }
            from_environment = true;
            rest = end.and_then(|end| found.get(end + 1..)).unwrap_or("");
        }
        filled.push_str(rest);
        *text = filled;
        if from_environment {
            self.filled.pointers.insert(pointer.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tree::read;
    use super::*;
    use serde_json::json;

    fn lookup(name: &str) -> Option<String> {
        match name {
            "A" => Some("12".to_owned()),
            "B" => Some("${A}".to_owned()),
            _ => None,
        }
    }

    #[test]
    fn values_are_filled_and_keys_are_not() {
        let mut node = read("x: ${A}\ny: [\"p${A}q$${A}\", \"$A\"]\n\"${A}\": ${B}\n").unwrap();
        let filled = substitute(&mut node, &lookup).unwrap();
        assert_eq!(
            node.to_json(),
            json!({"x": "12", "y": ["p12q${A}", "$A"], "${A}": "${A}"}),
            "what is put in is not looked at again"
        );
        let pointers: Vec<_> = filled.pointers.iter().map(String::as_str).collect();
        assert_eq!(pointers, ["/${A}", "/x", "/y/0"]);
        assert!(filled.values.contains("12"));
    }

    #[test]
    fn all_that_is_missing_is_said_at_once() {
        let mut node = read("x: ${NOT_THERE}\ny: ${also not}\nz: ${open\n").unwrap();
        let missing = substitute(&mut node, &lookup).unwrap_err();
        let said: Vec<_> = missing
            .iter()
            .map(|missing| (missing.name.as_str(), missing.place.unwrap().line))
            .collect();
        assert_eq!(said, [("NOT_THERE", 1), ("also not", 2), ("", 3)]);
    }

    #[test]
    fn a_literal_stays_what_it_is() {
        for text in ["${A}", "$${A}", "a $ b", "$$", "$${", "x${A}y"] {
            let mut node = read(&format!("x: {}", json!(literal(text)))).unwrap();
            let filled = substitute(&mut node, &lookup).unwrap();
            assert!(filled.pointers.is_empty());
            assert_eq!(node.to_json(), json!({"x": text}), "{text}");
        }
    }
}
