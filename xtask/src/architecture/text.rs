//! I3, I4, I6 and I9: words that stand in certain files only.

use super::source::Source;
use std::collections::BTreeMap;

/// Sites where clippy's bans are lifted, each reviewed: the file, how many, and why.
const REVIEWED: [(&str, usize, &str); 10] = [
    (
        "monitorah-client/src/connect.rs",
        1,
        "the client's own HTTP client",
    ),
    (
        "monitorah-client/src/retry.rs",
        1,
        "the client's pauses, outside the server",
    ),
    (
        "monitorah-core/src/environment.rs",
        2,
        "the environment port",
    ),
    (
        "monitorah-core/src/net/connect.rs",
        1,
        "the one guarded connect",
    ),
    (
        "monitorah-core/src/net/dns.rs",
        2,
        "a question to a guarded name server",
    ),
    (
        "monitorah-core/src/testkit/clock.rs",
        1,
        "the environment of tests",
    ),
    (
        "monitorah-notify/src/http.rs",
        1,
        "the one guarded HTTP client",
    ),
    ("monitorah-notify/src/testkit.rs", 1, "a receiver of tests"),
    (
        "monitorah-server/src/cli/ping/job.rs",
        1,
        "the job that the user of the command line asks for",
    ),
    ("monitorah-server/src/config/mod.rs", 2, "the settings"),
];

/// Files, and folders with a `/` at the end, in which some words may stand.
type Allowed = &'static [&'static str];

/// Everything that goes through the environment port, and where it may stand.
const ENVIRONMENT: [(&[&str], Allowed); 4] = [
    (
        &[
            "SystemTime::now",
            "Instant::now",
            "Timestamp::now",
            "Zoned::now",
            "Utc::now",
            "Local::now",
            "time::sleep",
            "time::sleep_until",
            "time::timeout",
            "time::interval",
            "thread::sleep",
            "thread::spawn",
        ],
        &[
            "monitorah-core/src/environment.rs",
            "monitorah-client/src/retry.rs",
        ],
    ),
    (
        &["tokio::spawn", "task::spawn", "JoinSet", "spawn_blocking"],
        &[
            "monitorah-core/src/environment.rs",
            "monitorah-core/src/testkit/clock.rs",
            "monitorah-notify/src/testkit.rs",
        ],
    ),
    (
        &[
            "getrandom::",
            "rand::",
            "thread_rng",
            "OsRng",
            "SystemRandom",
            "Uuid::new_v4",
            "Uuid::now_v7",
        ],
        &["monitorah-core/src/environment.rs"],
    ),
    (
        &["env::var", "env::vars", "env::var_os", "env::vars_os"],
        &["monitorah-server/src/config/mod.rs"],
    ),
];

const SOCKETS: [(&[&str], Allowed); 2] = [
    (
        &[
            "TcpStream::connect",
            "TcpSocket",
            "UdpSocket",
            "UnixStream::connect",
            "lookup_host",
            "to_socket_addrs",
            "ToSocketAddrs",
            "socket2",
            "net::socket",
            "client::legacy",
        ],
        &["monitorah-core/src/net/"],
    ),
    (
        &[
            "reqwest::Client::builder",
            "reqwest::Client::new",
            "reqwest::ClientBuilder",
            "reqwest::get",
            "reqwest::blocking",
        ],
        &[
            "monitorah-notify/src/http.rs",
            "monitorah-client/src/connect.rs",
        ],
    ),
];

const PROCESSES: [(&[&str], Allowed); 1] = [(
    &["process::Command", "Command::new", "posix_spawn", "fork"],
    // `monitorah ping URL -- command` is a client: it runs what its user writes behind it, as
    // `timeout` and `nice` do. The server and a probe have no way there.
    &["monitorah-server/src/cli/ping/job.rs"],
)];

const SQL: [(&[&str], Allowed); 1] = [(
    &[
        "sqlx::",
        "\"SELECT ",
        "\"INSERT INTO ",
        "\"UPDATE ",
        "\"DELETE FROM ",
        "\"CREATE TABLE ",
    ],
    &["monitorah-store/src/"],
)];

/// I3: text of SQL outside the store.
pub(super) fn sql(sources: &[Source]) -> Vec<String> {
    outside(sources, &SQL)
}

/// I4: what goes around the environment port.
pub(super) fn environment(sources: &[Source]) -> Vec<String> {
    outside(sources, &ENVIRONMENT)
}

/// I6: sockets and HTTP clients outside their homes.
pub(super) fn sockets(sources: &[Source]) -> Vec<String> {
    outside(sources, &SOCKETS)
}

/// I9: other processes.
pub(super) fn processes(sources: &[Source]) -> Vec<String> {
    let mut wrong = outside(sources, &PROCESSES);
    let may = |path: &str| PROCESSES.iter().any(|(_, places)| places.contains(&path));
    for source in sources.iter().filter(|source| !may(&source.path)) {
        for (number, line) in source.code.lines().enumerate() {
            // `use std::process::{Child, Command}`
            let imported = line
                .split_once("process::{")
                .is_some_and(|(_, names)| names.contains("Command"));
            if imported {
                wrong.push(format!("{}:{}: process::Command", source.path, number + 1));
            }
        }
    }
    wrong
}

/// I4 and I6: the sites where clippy's bans are lifted are those that were reviewed.
pub(super) fn reviewed(sources: &[Source]) -> Vec<String> {
    let mut found = BTreeMap::new();
    for source in sources {
        let sites = source.code.matches("clippy::disallowed_methods").count();
        if sites > 0 {
            found.insert(source.path.as_str(), sites);
        }
    }
    let mut wrong = Vec::new();
    for (path, sites, why) in REVIEWED {
        let there = found.remove(path).unwrap_or_default();
        if there != sites {
            wrong.push(format!(
                "{path} lifts disallowed_methods {there} times, reviewed are {sites} ({why})"
            ));
        }
    }
    wrong.extend(
        found
            .into_keys()
            .map(|path| format!("{path} lifts disallowed_methods and is not in the list")),
    );
    wrong
}

fn outside(sources: &[Source], rules: &[(&[&str], Allowed)]) -> Vec<String> {
    let mut wrong = Vec::new();
    for source in sources {
        for (words, allowed) in rules {
            let home = allowed.iter().any(|place| {
                source.path == *place || place.ends_with('/') && source.path.starts_with(place)
            });
            if !home {
                wrong.extend(
                    source
                        .lines_with(words)
                        .map(|(number, word)| format!("{}:{number}: {word}", source.path)),
                );
            }
        }
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planted(path: &str, text: &str) -> Vec<Source> {
        vec![Source::new(path, text)]
    }

    #[test]
    fn each_rule_finds_what_is_planted_and_lets_the_home_be() {
        type Rule = fn(&[Source]) -> Vec<String>;
        let cases: [(Rule, &str, Option<&str>); 9] = [
            (sql, "query(\"SELECT 1\")", Some("monitorah-store/src/x.rs")),
            (sql, "sqlx::query(q)", Some("monitorah-store/src/x.rs")),
            (
                environment,
                "let now = std::time::Instant::now();",
                Some("monitorah-core/src/environment.rs"),
            ),
            (
                environment,
                "tokio::spawn(work)",
                Some("monitorah-core/src/testkit/clock.rs"),
            ),
            (
                environment,
                "std::env::var(\"X\")",
                Some("monitorah-server/src/config/mod.rs"),
            ),
            (
                sockets,
                "tokio::net::TcpStream::connect(a)",
                Some("monitorah-core/src/net/dial.rs"),
            ),
            (
                sockets,
                "reqwest::Client::builder()",
                Some("monitorah-notify/src/http.rs"),
            ),
            (
                processes,
                "std::process::Command::new(\"ls\")",
                Some("monitorah-server/src/cli/ping/job.rs"),
            ),
            (processes, "use std::process::{Child, Command};", None),
        ];
        for (rule, text, home) in cases {
            let found = rule(&planted("monitorah-server/src/api/x.rs", text));
            assert!(
                found
                    .iter()
                    .all(|found| found.starts_with("monitorah-server/src/api/x.rs:1:")),
                "{found:?}"
            );
            assert!(!found.is_empty(), "{text}");
            if let Some(home) = home {
                assert!(rule(&planted(home, text)).is_empty(), "{text}");
            }
            assert!(rule(&planted("x.rs", &format!("// {text}"))).is_empty());
        }
    }

    #[test]
    fn a_ban_that_is_lifted_without_review_is_found_and_so_is_one_that_is_gone() {
        let lifted = "#[expect(clippy::disallowed_methods, reason = \"why not\")]";
        let found = reviewed(&planted("monitorah-core/src/new.rs", lifted));
        assert!(
            found.iter().any(|wrong| wrong.contains("new.rs")),
            "{found:?}"
        );
        assert_eq!(found.len(), REVIEWED.len() + 1);
    }
}
