//! `cargo xtask openapi`: the specification and the one derived from it, as files.

use crate::{
    Fault, derive,
    process::{cargo, output},
    tree,
};

/// The contract: OpenAPI 3.1.
const CONTRACT: &str = "openapi/monitorah.json";
/// The same in OpenAPI 3.0.3, for generators that lag.
const DERIVED: &str = "openapi/monitorah-3.0.json";
const COMMAND: &str = "cargo xtask openapi";

pub(crate) fn run(check: bool) -> Result<(), Fault> {
    // Asked of the server, not linked: a chore that links it builds it a second time, with features
    // of its own, which cost the whole test command minutes.
    let server = ["run", "--quiet", "--package", "monitorah-server", "--"];
    let contract = output("the server", cargo(&server).arg("openapi"))?;
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
    use super::*;

    /// That the first is what the code gives is a test of the server.
    #[test]
    fn the_checked_in_derived_specification_is_what_the_contract_gives() {
        let contract = std::fs::read_to_string(tree::root().join(CONTRACT)).unwrap();
        tree::generate(DERIVED, &derived(&contract).unwrap(), true, COMMAND).unwrap();
    }
}
