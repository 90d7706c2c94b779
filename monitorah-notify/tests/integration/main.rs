//! The tests of `monitorah-notify` from outside, as one program: each of its own would link the
//! whole house once more.

mod answers;
mod conformance;
mod discretion;
mod email;
mod golden;
mod http;
mod mail_peer;
mod markup;
#[cfg(test)]
mod rig;
mod tls;
mod webhook;
