//! The tests of `monitorah-server` from outside, as one program: each of its own would link the
//! whole house once more.

mod analytics;
mod apply;
mod backup;
mod bad_input;
mod boot;
mod channels;
mod client;
mod docs;
mod heartbeats;
mod import;
mod kill;
mod kinds;
mod many;
mod metrics;
mod operate;
mod pages;
mod pages_shut;
mod ping;
mod quiet;
mod readme;
mod ready;
mod rig;
mod secrets;
mod watch;
mod wrong;
