//! Who may do what: scopes, the policy table with a row for every route, and the check of both.

mod access;
mod policy;
mod scope;

pub(crate) use access::{Access, authorise};
pub use policy::{POLICY, Requirement, Row};
pub use scope::{Scope, Scopes};
