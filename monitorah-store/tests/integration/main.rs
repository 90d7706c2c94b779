//! The tests of `monitorah-store` from outside, as one program: each of its own would link the
//! whole house once more.

mod backup;
mod conformance;
mod days;
mod processes;
mod quiet;
mod security;
mod share;
mod store;
