//! `cargo xtask check-architecture`: the invariants of the crates, held over the manifests, the
//! lock file and the source text. What a type or clippy holds already is not looked at again.

mod crates;
mod ports;
mod source;
mod text;

use crate::{Fault, tree};
use std::{fs, io::Write};

/// What is wrong with one invariant; nothing is well.
#[derive(Debug)]
struct Finding {
    id: &'static str,
    says: &'static str,
    wrong: Vec<String>,
}

pub(crate) fn run() -> Result<(), Fault> {
    let findings = findings()?;
    let mut out = std::io::stdout().lock();
    for finding in &findings {
        let state = if finding.wrong.is_empty() {
            "ok"
        } else {
            "BROKEN"
        };
        writeln!(out, "{:<5} {state:<7} {}", finding.id, finding.says)?;
        for wrong in &finding.wrong {
            writeln!(out, "      {wrong}")?;
        }
    }
    if findings.iter().all(|finding| finding.wrong.is_empty()) {
        Ok(())
    } else {
        Err("the architecture is broken: see above".into())
    }
}

fn findings() -> Result<Vec<Finding>, Fault> {
    let root = tree::root();
    let manifests = crates::manifests()?;
    let sources = source::product(&root)?;
    let lock = fs::read_to_string(root.join("Cargo.lock"))?;
    let table = fs::read_to_string(root.join("monitorah-core/src/port/mod.rs"))?;
    let mut no_sql = crates::only_where_allowed(&manifests);
    no_sql.extend(text::sql(&sources));
    let mut port = text::environment(&sources);
    port.extend(text::reviewed(&sources));
    let mut one = crates::banned(&crates::tree_of_all()?);
    one.extend(crates::lock(&lock));
    Ok(vec![
        Finding {
            id: "I1",
            says: "core without features has no HTTP, TLS, SQL and runtime crate",
            wrong: crates::heavy(&crates::tree_of_core()?),
        },
        Finding {
            id: "I2",
            says: "store and notify know core only; core and client know nobody",
            wrong: crates::acquaintances(&manifests),
        },
        Finding {
            id: "I3",
            says: "SQL is in store, axum and utoipa are in server",
            wrong: no_sql,
        },
        Finding {
            id: "I4",
            says: "clock, sleep, tasks, randomness and variables come through their ports",
            wrong: port,
        },
        Finding {
            id: "I5",
            says: "every port method takes the tenant first, or is listed",
            wrong: ports::tenancy(&sources, &table),
        },
        Finding {
            id: "I6",
            says: "only core::net opens sockets to addresses that a user chose",
            wrong: text::sockets(&sources),
        },
        Finding {
            id: "I9",
            says: "nothing starts another process",
            wrong: text::processes(&sources),
        },
        Finding {
            id: "LOCK",
            says: "one cryptography, one version of what must agree, nothing big built twice",
            wrong: one,
        },
    ])
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_architecture_holds() {
        for finding in super::findings().unwrap() {
            assert!(finding.wrong.is_empty(), "{finding:#?}");
        }
    }
}
