//! What has to be done so that a server has the monitors of a file: a pure function of both.
//!
//! Two monitors are the same when they mean the same. Both sides are compared with their defaults
//! written out, and what only one of the two programs knows is no difference: a field that an older
//! server lacks and that the file leaves out, or one that a newer server has added.
//!
//! Secrets cannot be compared, because a server never shows one. That one is set or not is a
//! difference; what it is set to is none. [`Wishes::resend_secrets`] sends them all again.

use super::{
    catalogue::{Catalogue, escaped, kept},
    difference::Difference,
    file::{Declared, Wanted, at},
    live::Live,
};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What else is wanted of a plan.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Wishes {
    /// Delete what carries the file's owner and is not in the file.
    pub(crate) prune: bool,
    /// Take monitors over that carry another owner.
    pub(crate) take_over: bool,
    /// Send every secret of the file again.
    pub(crate) resend_secrets: bool,
}

/// What has to be done.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) steps: Vec<Step>,
}

/// What has to be done about one monitor.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) reference: String,
    pub(crate) name: String,
    pub(crate) kind: String,
    /// Its number in the file.
    pub(crate) index: Option<usize>,
    pub(crate) action: Action,
}

/// What is done.
#[derive(Debug)]
pub(crate) enum Action {
    Create {
        body: Value,
        /// The body as people see it.
        shown: Vec<(String, Shown)>,
    },
    Update {
        id: String,
        version: i64,
        patch: Value,
        changes: Vec<Change>,
    },
    Unchanged {
        /// Whether it holds secrets, which were not compared.
        secrets: bool,
    },
    Delete {
        id: String,
        version: i64,
    },
    /// It cannot be done as it stands.
    Blocked {
        why: String,
        pointer: &'static str,
    },
}

/// A field that changes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Change {
    pub(crate) pointer: String,
    pub(crate) before: Shown,
    pub(crate) after: Shown,
}

/// A value as people see it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Shown {
    Absent,
    Value(Value),
    Secret,
    /// It comes from the environment: what the file says.
    Written(Value),
    /// What stands in the place of something that comes from the environment.
    Hidden,
}

/// How many steps there are of each kind.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) create: usize,
    pub(crate) update: usize,
    pub(crate) delete: usize,
    pub(crate) unchanged: usize,
    pub(crate) blocked: usize,
    /// Unchanged monitors whose secrets were not compared.
    pub(crate) secrets: usize,
}

impl Plan {
    pub(crate) fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for step in &self.steps {
            match step.action {
                Action::Create { .. } => counts.create += 1,
                Action::Update { .. } => counts.update += 1,
                Action::Delete { .. } => counts.delete += 1,
                Action::Blocked { .. } => counts.blocked += 1,
                Action::Unchanged { secrets } => {
                    counts.unchanged += 1;
                    counts.secrets += usize::from(secrets);
                }
            }
        }
        counts
    }
}

impl Counts {
    pub(crate) const fn pending(self) -> bool {
        self.create + self.update + self.delete > 0
    }
}

/// Compares a file with a server.
pub(crate) fn plan(
    declared: &Declared,
    live: &[Live],
    catalogue: &Catalogue,
    wishes: Wishes,
) -> Plan {
    let by_reference: BTreeMap<&str, &Live> =
        live.iter().map(|live| (live.known_as(), live)).collect();
    let mut steps = Vec::with_capacity(declared.monitors.len());
    for wanted in &declared.monitors {
        let action = match by_reference.get(wanted.reference.as_str()) {
            None => create(declared, wanted),
            Some(live) => Difference::of(declared, wanted, live, catalogue).action(wishes),
        };
        steps.push(Step {
            reference: wanted.reference.clone(),
            name: wanted.text("name").to_owned(),
            kind: wanted.text("type").to_owned(),
            index: Some(wanted.index),
            action,
        });
    }
    if wishes.prune && declared.owner.is_some() {
        let kept: BTreeSet<&str> = declared
            .monitors
            .iter()
            .map(|wanted| wanted.reference.as_str())
            .collect();
        let gone = live
            .iter()
            .filter(|live| live.owner == declared.owner && !kept.contains(live.known_as()));
        steps.extend(gone.map(|live| Step {
            reference: live.known_as().to_owned(),
            name: live.text("name").to_owned(),
            kind: live.text("type").to_owned(),
            index: None,
            action: Action::Delete {
                id: live.id.clone(),
                version: live.version,
            },
        }));
    }
    Plan { steps }
}

fn create(declared: &Declared, wanted: &Wanted) -> Action {
    let keeps = wanted
        .secrets
        .iter()
        .any(|pointer| at(&wanted.body, pointer) == Some(&kept()));
    if keeps {
        return Action::Blocked {
            why: "there is no such monitor yet, so no stored secret to keep: write the secret \
                  itself, as ${NAME}"
                .to_owned(),
            pointer: "/config",
        };
    }
    let mut body = wanted.body.clone();
    if let Some(owner) = &declared.owner {
        body.insert("owner".to_owned(), json!(owner));
    }
    let mut shown = Vec::new();
    let order = ["name", "type", "target"].map(str::to_owned);
    let rest: Vec<_> = body
        .keys()
        .filter(|key| !order.contains(key) && *key != "externalRef")
        .cloned()
        .collect();
    for field in order.into_iter().chain(rest) {
        if let Some(value) = body.get(&field) {
            leaves(
                &format!("/{}", escaped(&field)),
                value,
                &mut |pointer, value| {
                    shown.push((pointer.to_owned(), wanted.shown(pointer, Some(value))));
                },
            );
        }
    }
    Action::Create {
        body: Value::Object(body),
        shown,
    }
}

/// Every value below this one that is no object.
pub(super) fn leaves(pointer: &str, value: &Value, seen: &mut impl FnMut(&str, &Value)) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (key, value) in members {
                leaves(&format!("{pointer}/{}", escaped(key)), value, seen);
            }
        }
        value => seen(pointer, value),
    }
}

impl Wanted {
    /// Whether a value at, above or below this pointer came from the environment.
    fn is_from_environment(&self, pointer: &str) -> bool {
        self.from_environment.iter().any(|filled| {
            filled == pointer
                || filled
                    .strip_prefix(pointer)
                    .is_some_and(|rest| rest.starts_with('/'))
        })
    }

    pub(super) fn shown(&self, pointer: &str, value: Option<&Value>) -> Shown {
        match value {
            None | Some(Value::Null) => Shown::Absent,
            Some(_) if self.secrets.contains(pointer) => Shown::Secret,
            Some(value) if *value == kept() => Shown::Secret,
            Some(_) if self.is_from_environment(pointer) => {
                Shown::Written(self.written.pointer(pointer).cloned().unwrap_or_default())
            }
            Some(value) => Shown::Value(value.clone()),
        }
    }
}
