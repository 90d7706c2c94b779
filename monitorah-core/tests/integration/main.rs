//! The tests of `monitorah-core` from outside, as one program: each of its own would link the
//! whole house once more.

mod bind;
mod check_assertion;
mod check_dns;
mod check_domain;
mod check_http;
mod check_http_config;
mod check_http_tls;
mod check_ping;
mod check_port;
mod check_proxy;
mod check_time;
mod check_tls;
mod engine;
mod engine_around;
mod engine_clock;
mod engine_damping;
mod engine_expiry;
mod engine_faults;
mod engine_kinds;
mod engine_lost_answer;
mod engine_quiet;
mod engine_storm;
mod house;
mod kept_secrets;
mod keys;
mod net_dns;
mod net_guard;
mod net_resolve;
mod quiet_table;
#[cfg(test)]
mod rig;
