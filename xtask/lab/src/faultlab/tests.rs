//! The lab against the server in the profile of the tests, the page against the table, and the judge against planted faults.

use super::*;
use crate::receiver::Told;
use course::Moment;
use ground::{Event, Row, Shown};
use jiff::Timestamp;
use monitorah_core::environment::SystemEnvironment;

fn mode(name: &str) -> &'static Mode {
    table::modes().find(|mode| mode.name == name).unwrap()
}

/// Every mode once, side by side, on the real server: the same as `faultlab --quick`, with more
/// patience for a machine that builds and tests beside it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_real_server_is_right_about_every_mode() {
    let environment: Env = Arc::new(SystemEnvironment::new());
    let plan = Plan {
        modes: table::modes().collect(),
        rounds: 1,
        seed: 1,
        alone: false,
        bounds: Bounds {
            longest: Duration::from_secs(2),
            memory: MEMORY,
        },
    };
    let program = product::binary().unwrap();
    let scorecard = plan
        .run(&environment, &program, Database::Sqlite, &[])
        .await
        .unwrap();
    assert!(scorecard.passes(), "{:#?}", scorecard.faults());
}

#[test]
fn the_page_in_the_book_is_the_table() {
    let text = std::fs::read_to_string(page::path()).unwrap();
    let (_, rest) = text.split_once("<!-- generated:modes -->\n\n").unwrap();
    let (written, _) = rest.split_once("<!-- /generated -->").unwrap();
    let same = written == page::tables();
    assert!(
        same,
        "write what `cargo xtask faultlab --table` prints between the marks"
    );
}

fn at(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(1_700_000_000_000 + ms).unwrap()
}

fn moment(ms: u64) -> Moment {
    Moment {
        wall: at(i64::try_from(ms).unwrap()),
        elapsed: Duration::from_millis(ms),
    }
}

fn check(ms: i64, status: &str, reason: &str) -> Row {
    Row {
        at: at(ms),
        took: Duration::from_millis(10),
        status: status.to_owned(),
        reason: reason.to_owned(),
    }
}

fn told(ms: u64, kind: &str) -> Told {
    Told {
        monitor: "m".to_owned(),
        kind: kind.to_owned(),
        reason: Some("HTTP_STATUS".to_owned()),
        at: Duration::from_millis(ms),
    }
}

fn shown(state: &str) -> Shown {
    Shown {
        state: state.to_owned(),
        reason: String::new(),
    }
}

/// A course of `http-500` in which everything is right.
fn right() -> Course {
    Course {
        mode: mode("http-500"),
        warm: moment(1_000),
        on: moment(3_000),
        off: moment(8_000),
        shown: (shown("DOWN"), shown("UP")),
        told: vec![told(5_000, "monitor.down"), told(9_000, "monitor.up")],
        rows: vec![
            check(1_500, "UP", "OK"),
            check(2_500, "UP", "OK"),
            check(3_500, "DOWN", "HTTP_STATUS"),
            check(4_500, "DOWN", "HTTP_STATUS"),
            check(8_900, "UP", "OK"),
        ],
        events: vec![Event {
            reason: "HTTP_STATUS".to_owned(),
            started_at: at(3_500),
            resolved_at: Some(at(8_900)),
        }],
        held: Duration::from_millis(20),
        asked: Some(2),
    }
}

const BOUNDS: Bounds = Bounds {
    longest: LONGEST,
    memory: MEMORY,
};

fn score(course: &Course) -> judge::Score {
    judge::judge(course, BOUNDS)
}

#[test]
fn the_judge_lets_a_right_course_pass() {
    let score = score(&right());
    assert!(score.passes(), "{:?}", score.faults);
    assert_eq!(score.latency, Some(Duration::from_secs(2)));
    assert_eq!((score.true_positives, score.right_rows), (1, 5));
    assert!(score.reason_right);
}

#[test]
fn the_judge_finds_what_is_planted() {
    type Plant = fn(&mut Course);
    let plants: [(&str, Plant); 14] = [
        ("a false page before", |c| {
            c.told.push(told(2_000, "monitor.down"))
        }),
        ("a page twice", |c| c.told.push(told(5_500, "monitor.down"))),
        ("a page too late", |c| {
            c.told[0].at = Duration::from_millis(8_500)
        }),
        ("no page", |c| drop(c.told.remove(0))),
        ("no recovery", |c| drop(c.told.remove(1))),
        ("an early recovery", |c| {
            c.told[1].at = Duration::from_millis(6_000)
        }),
        ("a wrong state", |c| c.shown.0.state = "UP".to_owned()),
        ("a state that stays", |c| {
            c.shown.1.state = "DOWN".to_owned()
        }),
        ("another reason", |c| {
            c.rows[2].reason = "PROTOCOL".to_owned()
        }),
        ("a result that says unknown", |c| {
            c.rows[2].status = "UNKNOWN".to_owned()
        }),
        ("a false result before", |c| {
            c.rows[0].status = "DOWN".to_owned()
        }),
        ("an event too many", |c| c.events.push(c.events[0].clone())),
        ("a check that lasts", |c| {
            c.held = Duration::from_millis(1_300)
        }),
        ("a target that nobody asked", |c| c.asked = Some(0)),
    ];
    for (what, plant) in plants {
        let mut course = right();
        plant(&mut course);
        assert!(!score(&course).passes(), "{what}");
    }
}

/// Each promise of the run is broken by what is planted against it, and by nothing less.
#[test]
fn a_promise_that_is_broken_is_told() {
    let modes = ["http-500", "http-truncated-length", "http-head-announces"].map(mode);
    let run = |plant: &dyn Fn(&str, &mut judge::Score), memory: u64| {
        let mut scorecard = Scorecard::new(Database::Postgres, &modes, 1, BOUNDS);
        for mode in modes {
            let mut score = score(&right());
            plant(mode.name, &mut score);
            scorecard.add(mode, score);
            scorecard.alone(mode, memory);
        }
        let promises = scorecard.promises();
        assert_eq!(
            scorecard.passes(),
            promises.iter().all(|promise| promise.holds)
        );
        let broken = promises.into_iter().filter(|promise| !promise.holds);
        broken.map(|promise| promise.says).collect::<Vec<_>>()
    };
    let nothing = |_: &str, _: &mut judge::Score| {};
    assert!(run(&nothing, MEMORY).is_empty());
    type Plant = fn(&str, &mut judge::Score);
    let plants: [(&str, Plant); 6] = [
        ("every verdict and reason", |_, s| s.wrong_rows = 1),
        ("every outage", |_, s| s.false_negatives = 1),
        ("nobody is paged", |_, s| s.false_pages = 1),
        ("no check exceeds", |_, s| {
            s.longest = LONGEST + Duration::from_millis(1)
        }),
        ("truncated bodies", |name, s| {
            if name == "http-truncated-length" {
                s.faults.push("planted".to_owned());
            }
        }),
        ("the traps", |name, s| {
            if name == "http-head-announces" {
                s.faults.push("planted".to_owned());
            }
        }),
    ];
    for (says, plant) in plants {
        let broken = run(&plant, MEMORY);
        assert!(broken.iter().any(|one| one.starts_with(says)), "{broken:?}");
        assert!(broken.len() <= 2, "{broken:?}");
    }
    let broken = run(&nothing, MEMORY + 1);
    assert!(broken.contains(&"no target costs more memory than its cap"));
}

#[test]
fn the_table_has_what_was_promised() {
    assert!(table::modes().count() >= 45);
    assert_eq!(
        table::modes()
            .filter(|mode| promise::is_truncated(mode))
            .count(),
        2
    );
    let traps = table::modes().filter(|mode| promise::is_trap(mode));
    assert!(traps.count() >= 5);
}

#[test]
fn a_seed_gives_one_schedule() {
    assert_eq!(jitter(1, 0, "http-500"), jitter(1, 0, "http-500"));
    let all: std::collections::BTreeSet<_> =
        table::modes().map(|mode| jitter(1, 0, mode.name)).collect();
    assert!(all.len() > 40, "faults fall anywhere between two checks");
    assert_ne!(jitter(1, 0, "http-500"), jitter(2, 0, "http-500"));
}
