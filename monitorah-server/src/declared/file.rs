//! A file of monitors: whose they are, and the bodies that would make them.

use super::{
    catalogue::{Catalogue, Object, escaped, kept},
    substitute::{self, Filled, Missing, is_name},
    tree::{self, Node, Place},
};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

/// The most monitors of one file.
const MAX_MONITORS: usize = 10_000;
/// The longest label of an owner: characters.
const MAX_OWNER: usize = 64;
/// The most faults that are listed.
const MAX_FAULTS: usize = 100;

/// What a file asks for.
#[derive(Debug)]
pub(crate) struct Declared {
    /// The label that every monitor of the file carries.
    pub(crate) owner: Option<String>,
    pub(crate) monitors: Vec<Wanted>,
    /// What came from the environment: nothing of it is ever printed.
    values: BTreeSet<String>,
    /// The file as it stands, for the places of faults that are found later.
    pub(crate) source: Node,
}

/// A monitor that a file asks for.
#[derive(Debug)]
pub(crate) struct Wanted {
    pub(crate) reference: String,
    /// Its number in the file, from 0.
    pub(crate) index: usize,
    /// The body as it is sent, its variables put in.
    pub(crate) body: Object,
    /// The body as it stands in the file.
    pub(crate) written: Value,
    /// The body with every default and without its secrets.
    pub(crate) full: Object,
    /// Pointers into the body of values that came from the environment.
    pub(crate) from_environment: BTreeSet<String>,
    /// Pointers into the body of its secrets.
    pub(crate) secrets: BTreeSet<String>,
}

/// One thing that is wrong with a file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) place: Option<Place>,
    pub(crate) pointer: String,
    pub(crate) message: String,
}

impl Fault {
    fn new(place: Option<Place>, pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            place,
            pointer: pointer.into(),
            message: message.into(),
        }
    }

    fn is_at_or_below(&self, other: &Self) -> bool {
        self.pointer
            .strip_prefix(&other.pointer)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = self.place {
            write!(f, "{place}: ")?;
        }
        if !self.pointer.is_empty() {
            write!(f, "{}: ", self.pointer)?;
        }
        f.write_str(&self.message)
    }
}

/// Reads a file.
///
/// # Errors
/// Everything that is wrong with it, each with its line and column.
pub(crate) fn read(
    text: &str,
    catalogue: &Catalogue,
    lookup: &dyn Fn(&str) -> Option<String>,
) -> Result<Declared, Vec<Fault>> {
    let source =
        tree::read(text).map_err(|error| vec![Fault::new(error.place, "", error.message)])?;
    let mut filled = source.clone();
    let (variables, unset) = match substitute::substitute(&mut filled, lookup) {
        Ok(variables) => (variables, Vec::new()),
        Err(missing) => (Filled::default(), missing.into_iter().map(unset).collect()),
    };
    let mut reader = Reader {
        source: &source,
        faults: Vec::new(),
    };
    let (owner, monitors) = reader.head(&filled);
    let monitors = reader.monitors(monitors, catalogue, &variables.pointers);
    // What a value without its variable comes to says nothing.
    let told = |fault: &Fault| !unset.iter().any(|unset| fault.is_at_or_below(unset));
    reader.faults.retain(told);
    reader.faults.extend(unset);
    if reader.faults.is_empty() {
        Ok(Declared {
            owner,
            monitors,
            values: variables.values,
            source,
        })
    } else {
        Err(bounded(reader.faults))
    }
}

/// A variable that cannot be put in.
fn unset(missing: Missing) -> Fault {
    let message = if is_name(&missing.name) {
        format!("the environment variable {} is not set", missing.name)
    } else {
        "write ${NAME} with a name of letters, digits and _; a plain ${ is written $${".to_owned()
    };
    Fault::new(missing.place, missing.pointer, message)
}

fn bounded(mut faults: Vec<Fault>) -> Vec<Fault> {
    faults.sort_by_key(|fault| fault.place);
    let more = faults.len().saturating_sub(MAX_FAULTS);
    faults.truncate(MAX_FAULTS);
    if more > 0 {
        faults.push(Fault::new(None, "", format!("and {more} more")));
    }
    faults
}

struct Reader<'a> {
    source: &'a Node,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn refuse(&mut self, pointer: &str, message: impl Into<String>) {
        let place = self.source.place_of(pointer);
        self.faults.push(Fault::new(place, pointer, message));
    }

    /// The owner and the list of monitors.
    fn head<'n>(&mut self, file: &'n Node) -> (Option<String>, &'n [Node]) {
        let Some(entries) = file.entries() else {
            self.refuse(
                "",
                "a file of monitors is a map with the keys owner and monitors",
            );
            return (None, &[]);
        };
        let (mut owner, mut monitors) = (None, None);
        for entry in entries {
            let pointer = format!("/{}", escaped(&entry.key));
            match entry.key.as_str() {
                "owner" => match entry.value.text() {
                    Some(label) if is_label(label) => owner = Some(label.to_owned()),
                    _ => self.refuse(
                        &pointer,
                        "an owner is a text of 1 to 64 characters without control characters",
                    ),
                },
                "monitors" => match entry.value.items() {
                    Some(items) => monitors = Some(items),
                    None => self.refuse(&pointer, "monitors is a list; write [] for none"),
                },
                "channels" | "rules" => self.refuse(
                    &pointer,
                    "channels and rules are not kept in files yet: make them through the API",
                ),
                key if key.starts_with("x-") => {}
                key => self.refuse(
                    &pointer,
                    format!(
                        "unknown key {key}: a file has owner and monitors, and keys of your own \
                         that begin with x-"
                    ),
                ),
            }
        }
        if monitors.is_none() && self.faults.is_empty() {
            self.refuse(
                "",
                "the key monitors is missing; write monitors: [] for none",
            );
        }
        let monitors = monitors.unwrap_or(&[]);
        if monitors.len() > MAX_MONITORS {
            self.refuse("/monitors", "a file has at most 10000 monitors: split it");
            return (owner, &[]);
        }
        (owner, monitors)
    }

    fn monitors(
        &mut self,
        nodes: &[Node],
        catalogue: &Catalogue,
        variables: &BTreeSet<String>,
    ) -> Vec<Wanted> {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let mut monitors = Vec::with_capacity(nodes.len());
        for (index, node) in nodes.iter().enumerate() {
            let at = format!("/monitors/{index}");
            let Value::Object(mut body) = node.to_json() else {
                self.refuse(&at, "a monitor is a map of its fields");
                continue;
            };
            let reference = self.reference(&at, &body, &mut seen, index);
            if reference.is_none() {
                // It is said what is wrong with it; the other fields are read without it.
                body.remove("externalRef");
            }
            if body.remove("owner").is_some() {
                self.refuse(
                    &format!("{at}/owner"),
                    "the owner stands once, at the top of the file",
                );
            }
            let full = match catalogue.full(&body) {
                Ok(full) => full,
                Err(wrong) => {
                    self.all(&at, wrong);
                    continue;
                }
            };
            let wrong = catalogue.faults(&body);
            if !wrong.is_empty() {
                self.all(&at, wrong);
                continue;
            }
            let Some(reference) = reference else {
                continue;
            };
            let inside = |pointer: &String| pointer.strip_prefix(&at).map(str::to_owned);
            monitors.push(Wanted {
                reference,
                index,
                written: self.source.at(&at).map_or(Value::Null, Node::to_json),
                full,
                from_environment: variables
                    .range(format!("{at}/")..format!("{at}0"))
                    .filter_map(inside)
                    .collect(),
                secrets: catalogue.secrets_in(&body).into_iter().collect(),
                body,
            });
        }
        monitors
    }

    fn all(&mut self, at: &str, wrong: Vec<monitorah_core::FieldError>) {
        for field in wrong {
            self.refuse(&format!("{at}{}", field.pointer), field.message);
        }
    }

    fn reference(
        &mut self,
        at: &str,
        body: &Object,
        seen: &mut BTreeMap<String, usize>,
        index: usize,
    ) -> Option<String> {
        let pointer = format!("{at}/externalRef");
        let reference = match body.get("externalRef") {
            Some(Value::String(reference)) if !reference.is_empty() => reference.clone(),
            None => {
                self.refuse(
                    at,
                    "externalRef is missing: a monitor in a file is known by its own externalRef",
                );
                return None;
            }
            Some(_) => {
                self.refuse(&pointer, "externalRef is a text; put numbers in quotes");
                return None;
            }
        };
        if let Some(first) = seen.insert(reference.clone(), index) {
            let line = self
                .source
                .place_of(&format!("/monitors/{first}/externalRef"))
                .map_or_else(String::new, |place| format!(" in line {}", place.line));
            self.refuse(
                &pointer,
                format!("externalRef {reference} is there already{line}: each is used once"),
            );
            return None;
        }
        Some(reference)
    }
}

pub(crate) fn is_label(label: &str) -> bool {
    (1..=MAX_OWNER).contains(&label.chars().count()) && !label.chars().any(char::is_control)
}

impl Declared {
    /// Whether something that came from the environment is in this value of a server.
    pub(crate) fn holds_variable(&self, value: &Value) -> bool {
        // What is shorter than this is in everything, and no secret.
        const SHORTEST: usize = 4;
        let text = value.to_string();
        let quoted = |value: &String| Value::from(value.as_str()).to_string();
        self.values
            .iter()
            .filter(|value| value.len() >= SHORTEST)
            .any(|value| text.contains(quoted(value).trim_matches('"')))
    }
}

impl Wanted {
    pub(crate) fn text(&self, field: &str) -> &str {
        self.full.get(field).and_then(Value::as_str).unwrap_or("")
    }

    /// Whether the file gives a secret of this monitor.
    pub(crate) fn gives_secrets(&self) -> bool {
        self.given_secrets().next().is_some()
    }

    /// The pointers of the secrets that the file gives.
    pub(crate) fn given_secrets(&self) -> impl Iterator<Item = &str> {
        self.secrets
            .iter()
            .map(String::as_str)
            .filter(|pointer| at(&self.body, pointer).is_some_and(|value| *value != kept()))
    }
}

/// The value of a pointer into a body.
pub(crate) fn at<'a>(body: &'a Object, pointer: &str) -> Option<&'a Value> {
    let rest = pointer.strip_prefix('/')?;
    let (first, below) = match rest.find('/') {
        Some(end) => (rest.get(..end)?, rest.get(end..)?),
        None => (rest, ""),
    };
    body.get(&first.replace("~1", "/").replace("~0", "~"))?
        .pointer(below)
}
