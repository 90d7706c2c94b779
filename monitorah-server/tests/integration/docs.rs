//! The lists of the book are the lists of the code: row for row, both ways.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use monitorah_core::{Reason, alert::AlertKind, check::BUILTIN};
use monitorah_server::{POLICY, Requirement, Scope, config};
use monitorah_store::data_class::{DATA_CLASSES, DataClass};
use std::{collections::BTreeSet, fs, path::Path};

/// The rows between the markers: the cells of each, without their backticks.
fn rows(page: &str, marker: &str) -> Vec<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../docs/src/guide")
        .join(page);
    let text = fs::read_to_string(path).unwrap();
    let (_, rest) = text
        .split_once(&format!("<!-- generated:{marker} -->"))
        .unwrap();
    let (table, _) = rest.split_once("<!-- /generated -->").unwrap();
    let rows: Vec<Vec<_>> = table
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| {
            line.trim_matches('|')
                .split(" | ")
                .map(|cell| cell.trim().replace('`', ""))
                .collect()
        })
        .collect();
    assert!(!rows.is_empty(), "{page} {marker}");
    rows
}

fn names(page: &str, marker: &str) -> BTreeSet<String> {
    rows(page, marker)
        .into_iter()
        .map(|row| row[0].clone())
        .collect()
}

fn set<'a>(texts: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    texts.into_iter().map(str::to_owned).collect()
}

#[test]
fn reasons_scopes_alerts_and_types() {
    assert_eq!(
        names("reasons.md", "reasons"),
        set(Reason::ALL.iter().map(|r| r.as_str()))
    );
    assert_eq!(
        names("routes.md", "scopes"),
        set(Scope::ALL.iter().map(|s| s.as_str()))
    );
    assert_eq!(
        names("notifications.md", "alert-kinds"),
        set(AlertKind::ALL.iter().map(|kind| kind.as_str()))
    );
    assert_eq!(names("checks.md", "check-types"), set(BUILTIN));
    assert_eq!(
        names("notifications.md", "channel-types"),
        set(monitorah_notify::KINDS)
    );
}

#[test]
fn the_checked_in_specification_is_what_the_code_gives() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi/monitorah.json");
    let same = fs::read_to_string(path).unwrap() == monitorah_server::openapi::text().unwrap();
    assert!(same, "run `cargo xtask openapi` and commit the result");
}

/// The guide says of each kind of id that the specification has what it names.
#[test]
fn prefixes_of_ids() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let specification = fs::read_to_string(folder.join("openapi/monitorah.json")).unwrap();
    let guide = fs::read_to_string(folder.join("docs/src/guide/api.md")).unwrap();
    let line = guide
        .lines()
        .find(|line| line.starts_with("- Ids have a prefix"));
    let patterns: BTreeSet<_> = specification
        .split("\"^")
        .filter_map(|rest| {
            rest.split_once("_[0-9a-f]{32}$\"")
                .map(|(prefix, _)| prefix)
        })
        .collect();
    assert!(patterns.len() >= 7, "{patterns:?}");
    for prefix in patterns {
        assert!(
            line.unwrap().contains(&format!("`{prefix}_` ")),
            "{prefix}_"
        );
    }
}

#[test]
fn the_readme_names_every_type() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md"));
    let readme = readme.unwrap();
    let row = |name: &str| -> BTreeSet<String> {
        let line = readme.lines().find(|line| line.starts_with(name)).unwrap();
        let (_, list) = line.trim_matches('|').split_once(" | ").unwrap();
        list.split(", ")
            .map(|kind| kind.trim().to_owned())
            .collect()
    };
    assert_eq!(row("| It looks |"), set(BUILTIN));
    assert_eq!(row("| It tells |"), set(monitorah_notify::KINDS));
}

#[test]
fn routes_with_their_scopes() {
    let documented: BTreeSet<_> = rows("routes.md", "routes")
        .into_iter()
        .map(|row| (row[0].clone(), row[1].clone()))
        .collect();
    let policy: BTreeSet<_> = POLICY
        .iter()
        .map(|row| {
            let scope = match row.requirement {
                Requirement::Nothing | Requirement::Token => "none".to_owned(),
                Requirement::Scope(scope) => scope.as_str().to_owned(),
                Requirement::Page(scope) => format!("page: {scope}"),
            };
            (format!("{} {}", row.method, row.path), scope)
        })
        .collect();
    assert_eq!(documented, policy);
}

#[test]
fn data_classes() {
    let documented: BTreeSet<_> = rows("data-classes.md", "data-classes")
        .into_iter()
        .map(|row| (row[0].clone(), row[1].clone()))
        .collect();
    let classes: BTreeSet<_> = DATA_CLASSES
        .iter()
        .flat_map(|(table, columns)| {
            columns.iter().map(move |(column, class)| {
                let class = match class {
                    DataClass::Plain => "plain",
                    DataClass::Platform => "platform",
                    DataClass::Cmk => "cmk",
                };
                (format!("{table}.{column}"), class.to_owned())
            })
        })
        .collect();
    assert_eq!(documented, classes);
}

#[test]
fn settings_with_their_variables() {
    let documented: BTreeSet<_> = rows("configuration.md", "settings")
        .into_iter()
        .map(|row| (row[0].clone(), row[1].clone()))
        .collect();
    let known: BTreeSet<_> = config::VARIABLES
        .iter()
        .map(|name| (name.to_lowercase(), format!("MONITORAH_{name}")))
        .collect();
    assert_eq!(documented, known);
}

#[tokio::test]
async fn commands() {
    let (code, help, _) = crate::rig::run(&["--help"]).await;
    assert_eq!(code, 0);
    let (_, list) = help.split_once("Commands:\n").unwrap();
    let known: BTreeSet<_> = list
        .lines()
        .take_while(|line| line.starts_with("  "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect();
    let documented: BTreeSet<_> = names("cli.md", "commands")
        .iter()
        .map(|name| name.split(' ').next().unwrap().to_owned())
        .collect();
    assert_eq!(documented, known);
}

/// Every code that an error can carry stands in the sources that make errors, and in the book.
#[test]
fn error_codes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut sources = String::new();
    let mut folders = vec![
        root.join("monitorah-server/src"),
        root.join("monitorah-core/src/service"),
    ];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                sources.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }
    // A code stands after the status that it is made with, or is named as one.
    let made: BTreeSet<_> = ["StatusCode::", "code: ", "invalid_as("]
        .iter()
        .flat_map(|before| sources.split(before).skip(1))
        .filter_map(|part| {
            let (head, rest) = part.split_once('"')?;
            let head = head.trim();
            let follows = head.is_empty()
                || (head.ends_with(',') && head.bytes().filter(|b| *b == b',').count() == 1);
            let word = rest.split('"').next()?;
            let is_code = word.contains('_')
                || [
                    "unauthorized",
                    "internal",
                    "sealed",
                    "timeout",
                    "busy",
                    "starting",
                ]
                .contains(&word);
            let plain = word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
            (follows && is_code && plain).then(|| word.to_owned())
        })
        .collect();
    let documented = names("errors.md", "error-codes");
    assert_eq!(documented, made);
}
