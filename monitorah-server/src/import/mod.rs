//! What another program watches, as a file of monitors and a report of everything that was found.
//!
//! Nothing is dropped silently: each setting of the source is a row of the report, with what became
//! of it and why. Secrets become variables of the environment, so that the file carries none.

pub(crate) mod gatus;
pub(crate) mod kuma;
pub(crate) mod report;

use crate::declared::{
    catalogue::{Catalogue, Object},
    substitute::{literal, variable},
    write::Entry,
};
use report::{Report, Verdict};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// What becomes of something that others report to: the old address knows the old program only, so
/// until the job calls the new one its silence means nothing, and no alarm may come of it.
const NEW_TOKEN: &str = "the monitor has a token of its own and rests: let the job call the \
                         heartbeatUrl that the server shows, then resume it";

/// What was made of a source.
#[derive(Debug)]
pub(crate) struct Imported {
    pub(crate) entries: Vec<Entry>,
    pub(crate) report: Report,
    /// Variables that the file needs, each with what it is.
    pub(crate) variables: BTreeMap<String, String>,
}

/// What an importer works with.
#[derive(Debug)]
pub(crate) struct Desk<'a> {
    catalogue: &'a Catalogue,
    /// Whether secrets are written into the file.
    with_secrets: bool,
    report: Report,
    variables: BTreeMap<String, String>,
    /// Names of variables that the source itself uses: no other secret may hide behind one.
    reserved: BTreeSet<String>,
    entries: Vec<Entry>,
    references: BTreeSet<String>,
    /// How many rows there were before the thing at hand.
    before: usize,
}

impl<'a> Desk<'a> {
    pub(crate) fn new(catalogue: &'a Catalogue, with_secrets: bool) -> Self {
        Self {
            catalogue,
            with_secrets,
            report: Report::default(),
            variables: BTreeMap::new(),
            reserved: BTreeSet::new(),
            entries: Vec::new(),
            references: BTreeSet::new(),
            before: 0,
        }
    }

    pub(crate) fn finish(self) -> Imported {
        Imported {
            entries: self.entries,
            report: self.report,
            variables: self.variables,
        }
    }

    /// Another thing is looked at.
    fn begin(&mut self) {
        self.before = self.report.rows.len();
    }

    fn say(&mut self, thing: &str, key: &str, verdict: Verdict, note: impl Into<String>) {
        self.report.add(thing, key, verdict, note);
    }

    /// A secret on its way into the file: a variable of this name, or the secret itself, `written`
    /// in the form of the file, where that was asked for.
    fn secret(&mut self, thing: &str, key: &str, name: &str, written: String) -> String {
        if self.with_secrets {
            self.say(
                thing,
                key,
                Verdict::Mapped,
                "the secret stands in the file: keep the file safe",
            );
            return written;
        }
        let name = self.variable(name, format!("{key} of {thing}"));
        self.say(
            thing,
            key,
            Verdict::Mapped,
            format!("a secret: set the environment variable {name} to it"),
        );
        variable(&name)
    }

    /// A variable of its own for what comes from this source. Names are cut down to what an
    /// environment can hold, so that two sources may wish for the same: the later one gets a number,
    /// because one's password must never be sent to the other.
    fn variable(&mut self, wish: &str, source: String) -> String {
        let wish = variable_name(wish);
        let mut name = wish.clone();
        let mut number = 1_u32;
        while self.reserved.contains(&name)
            || self.variables.get(&name).is_some_and(|of| *of != source)
        {
            number = number.saturating_add(1);
            name = format!("{wish}_{number}");
        }
        self.variables.insert(name.clone(), source);
        name
    }

    /// Whether a configuration of this type has this field.
    fn knows(&self, kind: &str, field: &str) -> bool {
        self.catalogue.config_has(kind, field)
    }

    /// Puts a body into the group of this path; whether the path could be kept as it is.
    fn group(&self, body: &mut Object, path: &[&str]) -> bool {
        if !self.catalogue.fields().any(|field| field == "group") {
            return false;
        }
        let levels: Vec<String> = path
            .iter()
            .map(|level| {
                let level = level.replace('/', "-").replace(char::is_control, " ");
                level.trim().chars().take(50).collect::<String>()
            })
            .filter(|level| !level.trim().is_empty())
            .take(4)
            .map(|level| level.trim().to_owned())
            .collect();
        let written = levels.join("/");
        if !written.is_empty() {
            body.insert("group".to_owned(), Value::from(literal(&written)));
        }
        levels.len() == path.len() && levels.iter().zip(path).all(|(a, b)| a == b)
    }

    /// Takes a monitor in, or says why it cannot be one.
    fn take(&mut self, thing: &str, body: Object, notes: Vec<String>) -> bool {
        let reference = body
            .get("externalRef")
            .and_then(Value::as_str)
            .unwrap_or("")
            .to_owned();
        let (filled, variables) = filled(&body);
        let faults = match self.catalogue.full(&filled) {
            // What a variable holds is seen when the file is applied.
            Ok(_) if variables => Vec::new(),
            Ok(_) => self.catalogue.faults(&filled),
            Err(faults) => faults,
        };
        let mut wrong: Vec<String> = faults
            .into_iter()
            .map(|field| format!("{}: {}", field.pointer, field.message))
            .collect();
        if !self.references.insert(reference.clone()) {
            wrong.push(format!(
                "{reference} is there already: give one of the two another name"
            ));
        }
        if !wrong.is_empty() {
            self.report.retract(self.before, thing);
            self.say(thing, "", Verdict::NotSupported, wrong.join("; "));
            return false;
        }
        self.entries.push(Entry { body, notes });
        true
    }
}

/// The body as it is sent, its variables left as they stand; and whether there are any.
fn filled(body: &Object) -> (Object, bool) {
    fn fill(value: &Value, variables: &mut bool) -> Value {
        match value {
            Value::String(text) => {
                let plain = text.replace("$${", "");
                *variables |= plain.contains("${");
                Value::String(text.replace("$${", "${"))
            }
            Value::Array(items) => items.iter().map(|item| fill(item, variables)).collect(),
            Value::Object(members) => members
                .iter()
                .map(|(key, value)| (key.clone(), fill(value, variables)))
                .collect::<Map<_, _>>()
                .into(),
            value => value.clone(),
        }
    }
    let mut variables = false;
    let filled = body
        .iter()
        .map(|(key, value)| (key.clone(), fill(value, &mut variables)))
        .collect();
    (filled, variables)
}

/// A name that an environment variable can have.
fn variable_name(text: &str) -> String {
    let mut name = String::new();
    for character in text.chars() {
        if character.is_ascii_alphanumeric() {
            name.push(character.to_ascii_uppercase());
        } else if !name.ends_with('_') {
            name.push('_');
        }
    }
    let name = name.trim_matches('_');
    name.chars().take(120).collect()
}

/// The JSON value that a text stands for, and whether only it is admitted: programs that compare
/// texts take the number 1.5 and the text "1.5" for the same.
fn scalar(text: &str) -> (Value, bool) {
    match text {
        "true" => (Value::from(true), false),
        "false" => (Value::from(false), false),
        _ => match (text.parse::<i64>(), text.parse::<f64>()) {
            (Ok(number), _) => (Value::from(number), false),
            (_, Ok(number)) if number.is_finite() => (Value::from(number), false),
            _ => (Value::from(text), true),
        },
    }
}

/// The status codes of a set, as classes, ranges and codes.
fn status_matches(codes: &BTreeSet<u16>) -> Vec<Value> {
    let mut ranges: Vec<(u16, u16)> = Vec::new();
    for code in codes {
        match ranges.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(*code) => *last = *code,
            _ => ranges.push((*code, *code)),
        }
    }
    ranges
        .into_iter()
        .map(|(first, last)| {
            if first == last {
                Value::from(first)
            } else if first % 100 == 0 && last == first.saturating_add(99) {
                Value::from(format!("{}xx", first / 100))
            } else {
                Value::from(format!("{first}-{last}"))
            }
        })
        .collect()
}

/// Splits a user name and a password off an URL.
fn split_userinfo(url: &str) -> (String, Option<(String, String)>) {
    let whole = || (url.to_owned(), None);
    let Some((scheme, rest)) = url.split_once("://") else {
        return whole();
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at(end);
    let Some((userinfo, host)) = authority.rsplit_once('@') else {
        return whole();
    };
    let decoded = |text: &str| {
        percent_encoding::percent_decode_str(text)
            .decode_utf8_lossy()
            .into_owned()
    };
    let (user, password) = userinfo.split_once(':').unwrap_or((userinfo, ""));
    (
        format!("{scheme}://{host}{tail}"),
        Some((decoded(user), decoded(password))),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn codes_become_classes_ranges_and_codes() {
        let set = |codes: &[std::ops::RangeInclusive<u16>]| {
            let codes = codes.iter().cloned().flatten().collect();
            Value::from(status_matches(&codes))
        };
        assert_eq!(set(&[200..=299]), json!(["2xx"]));
        assert_eq!(set(&[200..=200, 301..=302]), json!([200, "301-302"]));
        assert_eq!(set(&[100..=599]), json!(["100-599"]));
    }

    #[test]
    fn user_names_and_passwords_leave_the_url() {
        assert_eq!(
            split_userinfo("https://a:p%40ss@x.example:1/y?z=@"),
            (
                "https://x.example:1/y?z=@".to_owned(),
                Some(("a".to_owned(), "p@ss".to_owned()))
            )
        );
        assert_eq!(split_userinfo("https://x.example/@a").1, None);
    }

    #[test]
    fn names_of_variables() {
        assert_eq!(variable_name("kuma-1 Basic/Auth"), "KUMA_1_BASIC_AUTH");
    }
}
