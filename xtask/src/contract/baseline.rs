//! What was published: `openapi/baseline.json`, and whether its clients still work.

use super::{CONTRACT, breaking};
use crate::{Fault, tree};
use serde_json::Value;
use std::fs;

const BASELINE: &str = "openapi/baseline.json";

fn read(path: &str) -> Result<Value, Fault> {
    let text =
        fs::read_to_string(tree::root().join(path)).map_err(|error| format!("{path}: {error}"))?;
    Ok(serde_json::from_str(&text)?)
}

/// Whether the contract still keeps what the baseline promises.
pub(super) fn check() -> Result<(), Fault> {
    let broken = breaking::changes(&read(BASELINE)?, &read(CONTRACT)?);
    if broken.is_empty() {
        return Ok(());
    }
    Err(format!(
        "clients of {BASELINE} would break; keep what they rely on, or publish a new major version \
         with `cargo xtask contract --publish` and say so:\n    {}",
        broken.join("\n    ")
    )
    .into())
}

/// Makes the contract of now the baseline.
pub(super) fn publish() -> Result<(), Fault> {
    let contract = fs::read_to_string(tree::root().join(CONTRACT))?;
    tree::generate(BASELINE, &contract, false, "cargo xtask contract --publish")
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_clients_of_what_was_published_still_work() {
        super::check().unwrap();
    }
}
