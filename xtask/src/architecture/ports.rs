//! I5: every port method takes `&Tenant` first, except those that the table of the ports names.

use super::source::Source;
use std::collections::BTreeSet;

const FOLDER: &str = "monitorah-core/src/port/";

/// A method of a port.
#[derive(Debug, PartialEq, Eq)]
struct Method {
    port: String,
    name: String,
    tenant_first: bool,
}

/// Methods without a tenant that are not listed, and listed ones that are not there or have one.
pub(super) fn tenancy(sources: &[Source], table: &str) -> Vec<String> {
    let listed = listed(table);
    let methods: Vec<_> = sources
        .iter()
        .filter(|source| {
            source
                .path
                .strip_prefix(FOLDER)
                .is_some_and(|file| !file.contains('/'))
        })
        .flat_map(|source| methods(&source.code))
        .collect();
    let mut wrong = Vec::new();
    if methods.is_empty() {
        wrong.push(format!("{FOLDER} has no port: this check reads nothing"));
    }
    let mut used = BTreeSet::new();
    for method in methods.iter().filter(|method| !method.tenant_first) {
        let (one, all) = (
            format!("{}::{}", method.port, method.name),
            format!("{}::*", method.port),
        );
        match [one.clone(), all]
            .into_iter()
            .find(|name| listed.contains(name))
        {
            Some(name) => {
                used.insert(name);
            }
            None => wrong.push(format!(
                "{one} does not take `tenant: &Tenant` first, and port/mod.rs does not list it"
            )),
        }
    }
    wrong.extend(
        listed
            .difference(&used)
            .map(|name| format!("port/mod.rs lists {name} as an exception, and it is none")),
    );
    wrong
}

/// The exceptions of the table: `Port::method`, or `Port::*`.
fn listed(table: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for row in table.lines().filter_map(|line| line.strip_prefix("//! | ")) {
        let cell = row.split('|').next().unwrap_or_default();
        // [`Port::method`] and [`method`](Port::method)
        let paths = cell
            .split(['`', '(', ')'])
            .filter(|text| text.contains("::") && !text.contains(' '));
        names.extend(paths.map(str::to_owned));
        if cell.contains("all methods")
            && let Some(port) = cell.split('`').nth(1)
        {
            names.insert(format!("{port}::*"));
        }
    }
    names
}

/// The methods of the traits of a file.
fn methods(code: &str) -> Vec<Method> {
    let mut methods = Vec::new();
    for part in code.split("pub trait ").skip(1) {
        let port: String = part.chars().take_while(|c| c.is_alphanumeric()).collect();
        let end = part.find("\n}").unwrap_or(part.len());
        let body = part.get(..end).unwrap_or_default();
        for method in body.split("async fn ").skip(1) {
            let name: String = method
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            let arguments: String = method
                .split_once('(')
                .map_or("", |(_, rest)| rest)
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ");
            methods.push(Method {
                port: port.clone(),
                name,
                tenant_first: arguments.starts_with("&self, tenant: &Tenant"),
            });
        }
    }
    methods
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "//! | Method | Who |\n//! |---|---|\n//! | [`Feed`], all methods | the \
                         schedule |\n//! | [`Box::lease`], [`due`](Box::due) | the engine |\n";

    fn found(code: &str) -> Vec<String> {
        let feed = "pub trait Feed: Send {\n    async fn mark(&self) -> X;\n}\n";
        let boxed = "pub trait Box: Send {\n    async fn lease(&self, now: T);\n    async fn \
                     due(&self);\n}\n";
        let text = format!("{feed}{boxed}{code}");
        tenancy(&[Source::new("monitorah-core/src/port/x.rs", &text)], TABLE)
    }

    #[test]
    fn a_method_without_a_tenant_is_found() {
        assert_eq!(found(""), Vec::<String>::new());
        let good =
            "pub trait S {\n    async fn a(\n        &self,\n        tenant: &Tenant,\n    );\n}";
        assert_eq!(found(good), Vec::<String>::new());
        for bad in [
            "pub trait S {\n    async fn a(&self, id: Id);\n}",
            "pub trait S {\n    async fn a(&self, id: Id, tenant: &Tenant);\n}",
            "pub trait S {\n    async fn a(&self, tenant: Option<&Tenant>);\n}",
        ] {
            let found = found(bad);
            assert!(found[0].starts_with("S::a does not take"), "{found:?}");
        }
    }

    #[test]
    fn an_exception_that_is_none_is_found_and_so_is_nothing_to_read() {
        let code = "pub trait Feed {\n    async fn mark(&self);\n}";
        let found = tenancy(&[Source::new("monitorah-core/src/port/x.rs", code)], TABLE);
        assert_eq!(found.len(), 2, "{found:?}");
        let found = tenancy(&[], "");
        assert_eq!(found.len(), 1);
    }
}
