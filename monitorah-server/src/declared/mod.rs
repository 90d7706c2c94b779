//! Monitors as code: a file says which monitors there should be, a plan says what that changes.
//!
//! ```text
//! text --tree--> Node --substitute--> Node --file--> Declared --plan--> Plan --carry_out--> server
//! ```
//!
//! Everything up to the plan is pure: functions of the file, the environment's variables and what
//! the server showed.

pub(crate) mod carry_out;
pub(crate) mod catalogue;
mod difference;
pub(crate) mod file;
pub(crate) mod live;
pub(crate) mod plan;
pub(crate) mod show;
pub(crate) mod substitute;
pub(crate) mod tree;
pub(crate) mod write;

/// An error of the client with what caused it, without the address that was asked.
pub(crate) fn said(error: &monitorah_client::Error) -> String {
    use std::error::Error;
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let inner_text = inner.to_string();
        if !text.contains(&inner_text) {
            text.push_str(": ");
            text.push_str(&inner_text);
        }
        cause = inner.source();
    }
    text
}
