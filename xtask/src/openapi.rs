//! `cargo xtask openapi`: the specification and the one derived from it, as files.

use crate::{Fault, derive, tree};

/// The contract: OpenAPI 3.1.
const CONTRACT: &str = "openapi/monitorah.json";
/// The same in OpenAPI 3.0.3, for generators that lag.
const DERIVED: &str = "openapi/monitorah-3.0.json";
const COMMAND: &str = "cargo xtask openapi";

pub(crate) fn run(check: bool) -> Result<(), Fault> {
    let contract = monitorah_server::openapi::text()?;
    tree::generate(CONTRACT, &contract, check, COMMAND)?;
    tree::generate(DERIVED, &derived(&contract)?, check, COMMAND)
}

/// The text of the derived specification.
fn derived(contract: &str) -> Result<String, Fault> {
    let document = derive::to_3_0(serde_json::from_str(contract)?);
    let mut text = serde_json::to_string_pretty(&derive::sorted(document))?;
    text.push('\n');
    Ok(text)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_checked_in_specifications_are_what_the_code_gives() {
        super::run(true).unwrap();
    }
}
