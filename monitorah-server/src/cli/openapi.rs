//! `monitorah openapi`: the specification, as it is served and checked in.

use super::{Exit, Outcome, print};

pub(super) fn run() -> Outcome {
    print(&crate::openapi::text().map_err(|error| Exit::fault(&error))?)
}
