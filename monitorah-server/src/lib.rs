//! The reference server of Monitorah: composes core, store and notify, and speaks HTTP.

mod api;
mod auth;
mod badge;
pub mod cli;
pub mod config;
mod cursor;
pub mod data_dir;
mod declared;
mod error;
#[cfg(feature = "fail-points")]
mod fail_point;
mod import;
mod layer;
mod listen;
mod metrics;
pub mod openapi;
mod router;
mod state;
mod web;
pub mod wire;

pub use auth::{POLICY, Requirement, Row, Scope, Scopes};
