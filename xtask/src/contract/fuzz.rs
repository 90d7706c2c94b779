//! schemathesis: requests made from the specification, to every operation of a running server.
//!
//! What is asked of the answers: no fault of ours, a status that is declared, the media type, the
//! headers and the schema that are declared for it, a refusal for what the schema does not admit.
//! Which rules are left out stands in `xtask/rigs/schemathesis.toml`, with the reasons.

use super::{CONTRACT, server::Server};
use crate::{
    Fault,
    process::{command, step},
    rigs::{self, Rigs},
    tree,
};
use serde_json::Value;
use std::{fs, path::Path};

/// The same requests every time.
const SEED: &str = "20260601";
/// No request is refused for being one too many.
const UNLIMITED: u32 = u32::MAX;

pub(super) fn run(rigs: &Rigs, binary: &Path) -> Result<(), Fault> {
    let server = Server::start(binary, UNLIMITED)?;
    let folder = rigs.fresh("schemathesis")?;
    let reached = folder.join("reached.json");
    let mut work = command(&rigs.python("schemathesis").to_string_lossy());
    work.arg("--config-file")
        .arg(rigs::source("schemathesis.toml"))
        .arg("run")
        .arg(tree::root().join(CONTRACT))
        .args(["--url", &server.url, "--seed", SEED, "--no-color"])
        .current_dir(&folder)
        .env("PYTHONPATH", rigs::source(""))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("MONITORAH_URL", &server.url)
        .env("MONITORAH_KEY", &server.key)
        .env("MONITORAH_REACHED", &reached);
    step("schemathesis", &mut work)?;
    let contract = serde_json::from_slice(&fs::read(tree::root().join(CONTRACT))?)?;
    let reached = serde_json::from_slice(&fs::read(&reached)?)?;
    let never = never_done(&contract, &reached);
    if never.is_empty() {
        return Ok(());
    }
    // Who is always refused was never tried.
    Err(format!(
        "schemathesis never got through to these: see xtask/rigs/fuzz_hooks.py\n    {}",
        never.join("\n    ")
    )
    .into())
}

/// The operations of a contract that never succeeded, by what each answered how often.
fn never_done(contract: &Value, reached: &Value) -> Vec<String> {
    let members = |value: Option<&Value>| {
        let members = value.and_then(Value::as_object).cloned();
        members.unwrap_or_default()
    };
    let mut never = Vec::new();
    for (path, methods) in members(contract.get("paths")) {
        for (method, _) in members(Some(&methods)) {
            let name = format!("{} {path}", method.to_uppercase());
            let answers = members(reached.get(&name));
            if !answers.keys().any(|status| status.starts_with('2')) {
                never.push(name);
            }
        }
    }
    never
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_operation_that_never_succeeded_is_named() {
        let contract = json!({ "paths": { "/a": { "get": {}, "post": {} }, "/b": { "get": {} } } });
        let reached = json!({
            "GET /a": { "404": 3, "200": 1 },
            "POST /a": { "404": 3, "422": 9 },
        });
        assert_eq!(never_done(&contract, &reached), ["POST /a", "GET /b"]);
    }
}
