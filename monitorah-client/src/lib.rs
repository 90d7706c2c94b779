//! A typed client of the Monitorah API.

// Written by `cargo xtask client`: its style is the generator's.
#[allow(
    clippy::all,
    clippy::pedantic,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::needless_pass_by_value,
    clippy::large_futures,
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    unused_qualifications,
    reason = "the generator writes it, and a test that it is what the specification gives"
)]
#[rustfmt::skip]
mod generated;
mod secret;

pub use generated::{Client, builder, types};
pub use secret::Secret;
