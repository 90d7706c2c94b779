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

/// So many of something, in the words for one and for any other number.
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
