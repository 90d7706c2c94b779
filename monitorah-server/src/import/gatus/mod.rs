//! A configuration of Gatus 5, as monitors.
//!
//! Gatus puts environment variables into the text of its file. They stay variables here: `${NAME}`
//! in a value of the file that is written.

mod alerts;
mod client;
mod condition;
mod demand;
mod duration;
mod endpoint;
mod external;
mod glob;
mod keys;
mod request;

use super::{Desk, report::Verdict};
use crate::declared::{
    substitute::is_name,
    tree::{Data, Node},
};
use keys::Keys;

/// Settings of a whole Gatus, and what becomes of them.
const GENERAL: [(&str, &str); 15] = [
    (
        "alerting",
        "make a notification channel and a rule for each provider",
    ),
    (
        "maintenance",
        "make a maintenance window of the same time for all monitors",
    ),
    ("announcements", "they are shown by Gatus' own page"),
    ("storage", "the server keeps its data in its data directory"),
    ("web", "set where the server listens in its configuration"),
    ("ui", "it is about Gatus' own page"),
    ("security", "who may see what is told by API keys"),
    (
        "metrics",
        "how the server is measured is a setting of its own",
    ),
    ("remote", "ask the other instances directly"),
    (
        "connectivity",
        "name targets that are known to be well in reference_targets of the configuration",
    ),
    ("tunneling", "no check goes through an SSH tunnel"),
    ("debug", "the log has a setting of its own"),
    (
        "concurrency",
        "checks wait for nothing but their own target",
    ),
    (
        "skip-invalid-config-update",
        "a wrong file changes nothing when it is applied",
    ),
    (
        "disable-monitoring-lock",
        "checks wait for nothing but their own target",
    ),
];

/// Takes the endpoints of a configuration in. Says whether there is any: a file without one is
/// hardly of Gatus.
pub(crate) fn import(desk: &mut Desk<'_>, file: &str, source: &Node) -> bool {
    let Some(mut keys) = Keys::of(source) else {
        desk.say(file, "", Verdict::NotSupported, "it is no map of settings");
        return false;
    };
    let mut any = false;
    reserve(desk, source);
    let defaults = alert_defaults(&keys);
    for (key, each) in [
        (
            "endpoints",
            endpoint::import as fn(&mut Desk<'_>, usize, &Node, &Node),
        ),
        ("external-endpoints", external::import),
    ] {
        let Some(list) = keys.take(key) else { continue };
        match list.items() {
            Some(items) => {
                any |= !items.is_empty();
                for (index, item) in items.iter().enumerate() {
                    each(desk, index, item, &defaults);
                }
            }
            None => desk.say(file, key, Verdict::NotSupported, "it is no list"),
        }
    }
    if let Some(suites) = keys.take("suites") {
        for (index, suite) in suites.items().unwrap_or_default().iter().enumerate() {
            any = true;
            let name = Keys::of(suite).and_then(|mut keys| keys.text("name"));
            let thing = format!("suite {}", name.unwrap_or_else(|| index.to_string()));
            desk.say(
                &thing,
                "",
                Verdict::NotSupported,
                "requests that hand values to one another cannot be one monitor; its endpoints \
                 are left out with it",
            );
        }
    }
    for (key, why) in GENERAL {
        if keys.take(key).is_some() {
            desk.say(file, key, Verdict::NotSupported, why);
        }
    }
    for key in keys.rest() {
        if !key.starts_with("x-") {
            desk.say(
                file,
                &key,
                Verdict::NotSupported,
                "this setting is not known",
            );
        }
    }
    any
}

/// The alerting section, in which providers keep the defaults of their alerts.
fn alert_defaults(keys: &Keys<'_>) -> Node {
    keys.peek("alerting").cloned().unwrap_or(Node {
        place: None,
        data: Data::Null,
    })
}

/// Keeps the names of the variables that Gatus takes for what they are.
fn reserve(desk: &mut Desk<'_>, node: &Node) {
    match &node.data {
        Data::Text(text) => {
            let names = text.split('$').skip(1).map(|found| variable_at(found).0);
            let names = names.filter(|name| is_name(name)).map(str::to_owned);
            desk.reserved.extend(names);
        }
        Data::List(items) => items.iter().for_each(|item| reserve(desk, item)),
        Data::Map(entries) => entries.iter().for_each(|entry| reserve(desk, &entry.value)),
        Data::Null | Data::Bool(_) | Data::Number(_) => {}
    }
}

/// A text of Gatus as it stands in a file of monitors.
fn text(desk: &mut Desk<'_>, thing: &str, key: &str, text: &str) -> String {
    text_and_variables(desk, thing, key, text).0
}

/// As [`text`], and whether a variable is in it.
fn text_and_variables(desk: &mut Desk<'_>, thing: &str, key: &str, text: &str) -> (String, bool) {
    let mut variables = false;
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        let (before, found) = rest.split_at(at);
        written.push_str(before);
        let found = found.get(1..).unwrap_or("");
        if let Some(more) = found.strip_prefix('$') {
            // A dollar for itself; before a brace it would begin a variable.
            written.push_str(if more.starts_with('{') { "$$" } else { "$" });
            rest = more;
            continue;
        }
        let (name, more) = variable_at(found);
        if is_name(name) {
            desk.variables
                .insert(name.to_owned(), format!("{key} of {thing}"));
            written.push_str(&format!("${{{name}}}"));
            variables = true;
        } else {
            desk.say(
                thing,
                key,
                Verdict::Approximated,
                "a $ that begins no variable's name: Gatus leaves it out, and so does this",
            );
        }
        rest = more;
    }
    written.push_str(rest);
    (written, variables)
}

/// The name that follows a dollar, and what follows the name.
fn variable_at(text: &str) -> (&str, &str) {
    if let Some(inner) = text.strip_prefix('{')
        && let Some((name, rest)) = inner.split_once('}')
    {
        return (name, rest);
    }
    let end = text
        .find(|character: char| !character.is_ascii_alphanumeric() && character != '_')
        .unwrap_or(text.len());
    text.split_at(end)
}

/// How Gatus itself calls an endpoint in addresses: its group and its name.
fn key_of(group: &str, name: &str) -> String {
    let part = |text: &str| {
        text.trim()
            .to_lowercase()
            .replace(['/', '_', '.', ',', ' ', '#', '+', '&'], "-")
    };
    format!("{}_{}", part(group), part(name))
}

fn title(kind: &str, group: &str, name: &str) -> String {
    if group.is_empty() {
        format!("{kind} {name}")
    } else {
        format!("{kind} {group}/{name}")
    }
}
