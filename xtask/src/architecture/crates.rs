//! I1, I2, I3 and the lock file: who depends on whom.

use crate::{Fault, tree};
use cargo_metadata::{DependencyKind, MetadataCommand};
use std::{collections::BTreeMap, process::Command};

/// What core has to do without, unless a feature asks for it.
const HEAVY: [&str; 22] = [
    "async-std",
    "axum",
    "h2",
    "hickory-resolver",
    "http",
    "hyper",
    "hyper-util",
    "mio",
    "native-tls",
    "openssl",
    "reqwest",
    "ring",
    "rusqlite",
    "rustls",
    "smol",
    "socket2",
    "sqlx",
    "sqlx-core",
    "tokio",
    "tokio-rustls",
    "tower",
    "ureq",
];

/// Which crates of the workspace a crate may know.
const ACQUAINTANCES: [(&str, &[&str]); 4] = [
    ("monitorah-core", &[]),
    ("monitorah-store", &["monitorah-core"]),
    ("monitorah-notify", &["monitorah-core"]),
    ("monitorah-client", &[]),
];

/// Crates that one crate of the workspace alone may use.
const HOMES: [(&str, &str); 7] = [
    ("sqlx", "monitorah-store"),
    ("rusqlite", "monitorah-store"),
    ("axum", "monitorah-server"),
    ("utoipa", "monitorah-server"),
    ("utoipa-axum", "monitorah-server"),
    ("askama", "monitorah-server"),
    ("tower-http", "monitorah-server"),
];

/// These are no part of the product: one measures it beside those crates, bare, and the other
/// starts the database of the tests.
const BESIDE: [&str; 2] = ["monitorah-bench", "monitorah-cluster"];

/// Why there is no other cryptography.
const CRYPTOGRAPHY: &str = "aws-lc-rs is our only cryptography";
/// Why sqlx is without its features `macros` and `derive`.
const TWICE: &str = "sqlx's macros have sqlx, SQLite and aws-lc-sys built a second time, for the \
     compiler to call; read rows with `columns!` of monitorah-store, and leave migrations to its \
     build script (decision 0032)";

/// Crates that are never built, not for a test either, and why.
const BANNED: [(&str, &str); 6] = [
    ("ring", CRYPTOGRAPHY),
    ("openssl-sys", CRYPTOGRAPHY),
    ("native-tls", CRYPTOGRAPHY),
    ("openssl", CRYPTOGRAPHY),
    ("sqlx-macros", TWICE),
    ("sqlx-macros-core", TWICE),
];

/// Crates of which there is one version, and how that begins.
const SINGLE: [(&str, &str); 4] = [
    ("sqlx", ""),
    ("reqwest", ""),
    ("rustls", "0.23."),
    ("hyper", "1."),
];

/// What counts as pulled in: what is built into the product or runs while it is built.
const EDGES: &str = "normal,build";
/// What is built at all: for the tests too.
const EVERY_EDGE: &str = "normal,build,dev";

/// The crates of the workspace, each with what it depends on in a normal build.
pub(super) type Manifests = BTreeMap<String, Vec<String>>;

/// Reads the manifests.
pub(super) fn manifests() -> Result<Manifests, Fault> {
    let metadata = MetadataCommand::new()
        .manifest_path(tree::root().join("Cargo.toml"))
        .no_deps()
        .exec()?;
    let manifests = metadata.packages.into_iter().map(|package| {
        let dependencies = package
            .dependencies
            .into_iter()
            .filter(|dependency| dependency.kind == DependencyKind::Normal)
            .map(|dependency| dependency.name)
            .collect();
        (package.name.to_string(), dependencies)
    });
    Ok(manifests.collect())
}

/// What core pulls in without features: a name a line.
pub(super) fn tree_of_core() -> Result<String, Fault> {
    tree(
        EDGES,
        &["--package", "monitorah-core", "--no-default-features"],
    )
}

/// What the whole workspace builds, its tests included: a name a line.
pub(super) fn tree_of_all() -> Result<String, Fault> {
    tree(EVERY_EDGE, &["--workspace"])
}

/// What `cargo tree` prints.
fn tree(edges: &str, selection: &[&str]) -> Result<String, Fault> {
    #[expect(
        clippy::disallowed_methods,
        reason = "a chore may start cargo: only it resolves the features of one crate"
    )]
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--edges", edges])
        .args(["--prefix", "none", "--format", "{p}"])
        .args(selection)
        .current_dir(tree::root())
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// I1: heavy crates in the tree of core.
pub(super) fn heavy(tree: &str) -> Vec<String> {
    among(tree, &HEAVY)
        .into_iter()
        .map(|name| format!("monitorah-core pulls in {name}"))
        .collect()
}

/// Banned crates in the tree of the workspace. The lock file also names crates that features
/// which nobody asks for would need.
pub(super) fn banned(tree: &str) -> Vec<String> {
    let names = BANNED.map(|(name, _)| name);
    among(tree, &names)
        .into_iter()
        .map(|found| {
            let why = BANNED.iter().find(|(name, _)| *name == found);
            format!("{found} is built: {}", why.map_or("", |(_, why)| why))
        })
        .collect()
}

fn among(tree: &str, names: &[&'static str]) -> Vec<&'static str> {
    let built: Vec<_> = tree
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    if !built.contains(&"serde") {
        // Every tree of ours has it: this one was not read.
        return vec!["(a tree without even serde)"];
    }
    names
        .iter()
        .copied()
        .filter(|name| built.contains(name))
        .collect()
}

/// I2: crates of the workspace that know another one that they should not.
pub(super) fn acquaintances(manifests: &Manifests) -> Vec<String> {
    let mut wrong = Vec::new();
    for (name, may) in ACQUAINTANCES {
        let Some(dependencies) = manifests.get(name) else {
            wrong.push(format!("there is no {name}"));
            continue;
        };
        for other in dependencies {
            if manifests.contains_key(other) && !may.contains(&other.as_str()) {
                wrong.push(format!("{name} depends on {other}"));
            }
        }
    }
    wrong
}

/// I3: crates of SQL and of the web outside their homes.
pub(super) fn only_where_allowed(manifests: &Manifests) -> Vec<String> {
    let mut wrong = Vec::new();
    for (name, dependencies) in manifests {
        for (dependency, home) in HOMES {
            let may = name == home || BESIDE.contains(&name.as_str());
            if !may && dependencies.iter().any(|other| other == dependency) {
                wrong.push(format!("{name} depends on {dependency}, which is {home}'s"));
            }
        }
    }
    wrong
}

/// What should not be in the lock file twice.
pub(super) fn lock(text: &str) -> Vec<String> {
    let mut packages: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(name) = value(line, "name")
            && let Some(version) = lines.next().and_then(|line| value(line, "version"))
        {
            packages.entry(name).or_default().push(version);
        }
    }
    let mut wrong = Vec::new();
    for (name, start) in SINGLE {
        let versions = packages.get(name).map_or(&[][..], Vec::as_slice);
        if !matches!(versions, [only] if only.starts_with(start)) {
            wrong.push(format!(
                "there should be one {name} {start}: Cargo.lock has {}",
                versions.join(", ")
            ));
        }
    }
    wrong
}

fn value<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    line.strip_prefix(key)?
        .strip_prefix(" = \"")?
        .strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heavy_crate_is_found() {
        assert!(heavy("serde v1.0.0\nserde_json v1.0.0").is_empty());
        let tree = "serde v1.0.0\ntokio-rustls v0.26.0\ntokio v1.0.0 (*)\ntokio v1.0.0";
        assert_eq!(heavy(tree).len(), 2);
        assert_eq!(heavy("").len(), 1, "an empty tree is no proof");
        assert_eq!(
            banned("serde v1.0.0\nring v0.17.0"),
            [format!("ring is built: {CRYPTOGRAPHY}")]
        );
        assert_eq!(
            banned("serde v1.0.0\nsqlx-macros v0.9.0 (proc-macro)"),
            [format!("sqlx-macros is built: {TWICE}")]
        );
        assert_eq!(banned("").len(), 1);
        assert!(banned(tree).is_empty());
    }

    fn with(name: &str, dependency: &str) -> Manifests {
        let mut manifests: Manifests = ACQUAINTANCES
            .iter()
            .map(|(name, may)| {
                let may = may.iter().map(|name| (*name).to_owned());
                ((*name).to_owned(), may.collect())
            })
            .collect();
        manifests
            .entry(name.to_owned())
            .or_default()
            .push(dependency.to_owned());
        manifests
    }

    #[test]
    fn a_crate_that_knows_too_much_is_found() {
        assert!(acquaintances(&with("monitorah-core", "serde")).is_empty());
        for (name, other) in [
            ("monitorah-store", "monitorah-notify"),
            ("monitorah-core", "monitorah-store"),
            ("monitorah-client", "monitorah-core"),
        ] {
            assert_eq!(acquaintances(&with(name, other)).len(), 1, "{name} {other}");
        }
        assert!(!acquaintances(&Manifests::new()).is_empty());
    }

    #[test]
    fn sql_and_the_web_have_homes() {
        assert!(only_where_allowed(&with("monitorah-store", "sqlx")).is_empty());
        assert_eq!(only_where_allowed(&with("monitorah-core", "sqlx")).len(), 1);
        assert_eq!(
            only_where_allowed(&with("monitorah-notify", "axum")).len(),
            1
        );
        for name in BESIDE {
            assert!(only_where_allowed(&with(name, "axum")).is_empty());
        }
        for (dependency, home) in HOMES {
            let product = with("monitorah-core", dependency);
            assert_eq!(
                only_where_allowed(&product).len(),
                1,
                "{dependency} is {home}'s"
            );
        }
    }

    #[test]
    fn a_banned_or_second_version_is_found() {
        let good = [
            ("sqlx", "0.9.0"),
            ("reqwest", "0.13.1"),
            ("rustls", "0.23.4"),
            ("hyper", "1.2.3"),
        ];
        let text = |packages: &[(&str, &str)]| {
            packages
                .iter()
                .fold(String::new(), |text, (name, version)| {
                    format!("{text}[[package]]\nname = \"{name}\"\nversion = \"{version}\"\n\n")
                })
        };
        assert!(lock(&text(&good)).is_empty());
        for bad in [("rustls", "0.24.0"), ("hyper", "0.14.0")] {
            let mut packages = good.to_vec();
            packages.push(bad);
            assert_eq!(lock(&text(&packages)).len(), 1, "{bad:?}");
        }
        assert_eq!(lock("").len(), SINGLE.len());
    }
}
