//! The machine around the server: its address, clock, limits and permissions.

use super::Row;
use crate::cli::healthcheck::{Readiness, ready};
use jiff::{SignedDuration, Timestamp};
use monitorah_core::Env;
use rustix::process::{Resource, getegid, getgroups, getrlimit};
use std::{
    fs, io,
    net::{SocketAddr, TcpListener},
    time::Duration,
};

/// The row of the server's address.
pub(super) const SERVER: &str = "server";
const CLOCK: &str = "clock";
const ICMP: &str = "ping";
const FILES: &str = "open files";

/// This software was not there before, in seconds of Unix time: 2026-01-01.
const OLDEST: i64 = 1_767_225_600;
/// Whoever reads this then has another version.
const NEWEST: SignedDuration = SignedDuration::from_hours(24 * 365 * 50);
/// What the server can use: its connections, its checks in flight, and some.
const FILES_WANTED: u64 = 8_192;
/// Below this a small installation can run out.
const FILES_NEEDED: u64 = 1_024;
/// How long the server may take to say that it is ready.
const PATIENCE: Duration = Duration::from_secs(5);

/// Whether a server runs, or could.
pub(super) async fn server(environment: &Env, listen: SocketAddr) -> Row {
    match ready(environment, listen, PATIENCE).await {
        Readiness::Ready => Row::ok(SERVER, format!("one runs on {listen} and is ready")),
        Readiness::NotYet(why) => Row::wrong(
            SERVER,
            why,
            "look into its log; after a start this passes within seconds",
        ),
        Readiness::Stranger(why) => Row::wrong(
            SERVER,
            why,
            "stop what listens there, or name another address with --listen",
        ),
        Readiness::Silent(_) => free(listen),
    }
}

/// Whether the address can be had.
fn free(listen: SocketAddr) -> Row {
    match TcpListener::bind(listen) {
        Ok(_) => Row::ok(SERVER, format!("none runs, and {listen} is free")),
        Err(error) => {
            let advice = match error.kind() {
                io::ErrorKind::AddrInUse => {
                    "something listens there that does not answer: stop it, or name another port \
                     with --listen"
                }
                io::ErrorKind::PermissionDenied => {
                    "this user may not listen there: name a port from 1024 up with --listen"
                }
                _ => "name an address that this machine has with --listen",
            };
            Row::wrong(
                SERVER,
                format!("none can listen on {listen}: {error}"),
                advice,
            )
        }
    }
}

/// Whether the clock can be right. Nobody else's is asked.
pub(super) fn clock(now: Timestamp) -> Row {
    const ADVICE: &str = "set the clock, and let a time service keep it (timedatectl set-ntp true)";
    let oldest = Timestamp::from_second(OLDEST).unwrap_or_default();
    let newest = oldest.checked_add(NEWEST).unwrap_or(Timestamp::MAX);
    if now < oldest || now > newest {
        return Row::wrong(CLOCK, format!("it says {now}, which cannot be"), ADVICE);
    }
    // Where the kernel knows that nothing keeps the clock, events would get wrong times in the end.
    let kept = fs::metadata("/run/systemd/timesync").is_ok();
    match fs::metadata("/run/systemd/timesync/synchronized") {
        Err(error) if kept && error.kind() == io::ErrorKind::NotFound => Row::warning(
            CLOCK,
            format!("it says {now}, and no time service has set it since the machine started"),
            ADVICE,
        ),
        _ => Row::ok(CLOCK, format!("it says {now}")),
    }
}

/// Whether echo requests may be sent: through datagram sockets, or by a capability.
pub(super) fn icmp() -> Row {
    const ADVICE: &str = "allow it with: sysctl -w net.ipv4.ping_group_range=\"0 2147483647\"; \
                          without it PING monitors are UNKNOWN";
    let range = match fs::read_to_string("/proc/sys/net/ipv4/ping_group_range") {
        Ok(range) => range,
        Err(error) => {
            let says = format!("whether this user may send echo requests cannot be told: {error}");
            return Row::warning(ICMP, says, ADVICE);
        }
    };
    let mut groups: Vec<u32> = vec![getegid().as_raw()];
    groups.extend(
        getgroups()
            .unwrap_or_default()
            .iter()
            .map(|group| group.as_raw()),
    );
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    if admits(&range, &groups) {
        Row::ok(ICMP, "this user may send echo requests")
    } else if raw_sockets(&status) {
        Row::ok(ICMP, "this user may send echo requests through raw sockets")
    } else {
        Row::warning(ICMP, "this user may not send echo requests", ADVICE)
    }
}

/// Whether one of the groups is in the range of the kernel's setting.
fn admits(range: &str, groups: &[u32]) -> bool {
    let mut bounds = range.split_whitespace().map(str::parse::<u32>);
    match (bounds.next(), bounds.next()) {
        (Some(Ok(first)), Some(Ok(last))) => {
            groups.iter().any(|group| (first..=last).contains(group))
        }
        _ => false,
    }
}

/// Whether the effective capabilities hold `CAP_NET_RAW`, which is number 13.
fn raw_sockets(status: &str) -> bool {
    status
        .lines()
        .find_map(|line| line.strip_prefix("CapEff:"))
        .and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
        .is_some_and(|mask| mask & (1 << 13) != 0)
}

/// Whether there are enough file descriptors.
pub(super) fn open_files() -> Row {
    let limit = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
    let says = format!("{limit} may be open at once");
    let advice = format!(
        "raise the limit to {FILES_WANTED}: ulimit -n {FILES_WANTED}, or LimitNOFILE={FILES_WANTED} \
         in the unit of systemd"
    );
    if limit < FILES_NEEDED {
        Row::wrong(FILES, says, advice)
    } else if limit < FILES_WANTED {
        Row::warning(FILES, says, advice)
    } else {
        Row::ok(FILES, says)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::doctor::State;

    #[test]
    fn echo_requests_are_allowed_by_group_or_capability() {
        assert!(admits("0\t2147483647\n", &[1000]));
        assert!(admits("1000 1000", &[5, 1000]));
        // The kernel's way to say nobody.
        assert!(!admits("1\t0", &[0, 1]));
        assert!(!admits("", &[0]));
        assert!(raw_sockets("Name:\tx\nCapEff:\t00000000a80425fb\n"));
        assert!(!raw_sockets("CapEff:\t0000000000000000\n"));
        assert!(!raw_sockets(""));
    }

    #[test]
    fn a_clock_of_another_time_is_wrong() {
        for said in [
            "1970-01-01T00:00:10Z",
            "2025-06-01T00:00:00Z",
            "2090-01-01T00:00:00Z",
        ] {
            let row = clock(said.parse().unwrap());
            assert_eq!(row.state, State::Wrong, "{row:?}");
        }
        assert_ne!(
            clock("2026-11-22T00:00:00Z".parse().unwrap()).state,
            State::Wrong
        );
    }
}
