//! A short run with the server in the profile of the tests, and the judge against planted mistakes.

use super::*;
use ledger::{Outage, Told};
use monitorah_core::environment::SystemEnvironment;
use std::sync::Arc;

fn args(count: u64, plant: Option<Plant>) -> Args {
    Args {
        count,
        seed: 1,
        database: Database::Sqlite,
        json: false,
        plant,
        server: None,
    }
}

/// One random kill and one at each fail point: nothing is lost, doubled or untold.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_killed_at_each_point_loses_nothing() {
    let environment: Env = Arc::new(SystemEnvironment::new());
    let outcome = outcome(&environment, &args(8, None)).await.unwrap();
    let faults: Vec<_> = outcome.verdict.faults().collect();
    assert!(faults.is_empty(), "{faults:#?}\n{}", outcome.as_text());
    assert_eq!(outcome.ledger.kills, 8);
    assert!(outcome.events.len() >= 8, "{}", outcome.as_text());
    for what in ["beat", "write", "row"] {
        assert!(
            outcome.ledger.looked_for.contains_key(what),
            "{what}: {}",
            outcome.as_text()
        );
    }
    for point in POINTS {
        assert!(
            outcome.points.contains_key(point),
            "{point}: {}",
            outcome.as_text()
        );
    }
    println!("{}", outcome.as_text());
}

/// An event that is gone after a kill is found by its reader and by who waits for it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_event_that_a_kill_loses_is_found() {
    let environment: Env = Arc::new(SystemEnvironment::new());
    let planted = args(4, Some(Plant::ForgottenEvent));
    let outcome = outcome(&environment, &planted).await.unwrap();
    assert!(!outcome.verdict.lost.is_empty(), "{:?}", outcome.verdict);
}

fn told(event: &str, kind: &str, id: &str, life: u64) -> Told {
    Told {
        id: id.to_owned(),
        kind: kind.to_owned(),
        event: event.to_owned(),
        life,
    }
}

/// Two outages of which everything is right: one message came again after a kill.
fn right() -> (Ledger, Vec<Event>) {
    let outage = |monitor: &str| Outage {
        monitor: monitor.to_owned(),
        seen_open: true,
        seen_resolved: true,
    };
    let event = |id: &str, monitor: &str| Event {
        id: id.to_owned(),
        monitor: monitor.to_owned(),
        open: false,
    };
    let mut ledger = Ledger {
        kills: 2,
        outages: vec![outage("m1"), outage("m2")],
        told: vec![
            told("e1", "monitor.down", "n1", 1),
            told("e1", "monitor.down", "n1", 2),
            told("e1", "monitor.up", "n2", 2),
            told("e2", "monitor.down", "n3", 2),
            told("e2", "monitor.up", "n4", 3),
        ],
        ..Ledger::default()
    };
    for (event, monitor) in [("e1", "m1"), ("e2", "m2")] {
        let (event, monitor) = (event.to_owned(), monitor.to_owned());
        ledger.events_seen.insert(event, monitor);
    }
    ledger.look("beat", "1", true);
    (ledger, vec![event("e1", "m1"), event("e2", "m2")])
}

#[test]
fn the_judge_lets_a_right_run_pass() {
    let (ledger, events) = right();
    let verdict = judge(&ledger, &events);
    assert!(verdict.passes(), "{verdict:?}");
    assert_eq!(verdict.repeated, 1);
}

/// Each mistake is planted into a run that is right, and named as what it is.
#[test]
fn the_judge_finds_every_planted_mistake() {
    type Plant = fn(&mut Ledger, &mut Vec<Event>);
    let plants: [(&str, Plant); 13] = [
        ("lost: e1 of m1 was seen", |_, events| {
            events.remove(0);
        }),
        ("lost: m1 was down and has no event", |ledger, events| {
            ledger.events_seen.clear();
            events.remove(0);
        }),
        ("lost: m2 was down, and e2 came late", |ledger, _| {
            ledger.outages[1].seen_open = false;
        }),
        ("lost: m2 is well again", |_, events| events[1].open = true),
        ("lost: beat 2", |ledger, _| ledger.look("beat", "2", false)),
        ("doubled: m1 was down once", |_, events| {
            let second = Event {
                id: "e3".to_owned(),
                ..events[0].clone()
            };
            events.push(second);
        }),
        ("doubled: monitor.down of e2", |ledger, _| {
            ledger.told.push(told("e2", "monitor.down", "n9", 3));
        }),
        ("untold: monitor.up of e2", |ledger, _| {
            ledger.told.pop();
        }),
        ("untold: monitor.down of e1", |ledger, _| {
            ledger.told.drain(..2);
        }),
        ("unexplained: n3 came 2 times", |ledger, _| {
            ledger.told.push(told("e2", "monitor.down", "n3", 2));
        }),
        ("unexplained: 5 messages came again after", |ledger, _| {
            for id in ["a", "b", "c", "d"] {
                ledger.told.push(told("e9", "monitor.down", id, 1));
                ledger.told.push(told("e9", "monitor.down", id, 3));
            }
        }),
        (
            "unexplained: 101 messages came again for 100",
            |ledger, _| {
                ledger.kills = 100;
                for life in 3..=102 {
                    ledger.told.push(told("e1", "monitor.down", "n1", life));
                }
            },
        ),
        ("unexplained: monitor.down of e7", |ledger, _| {
            ledger.told.push(told("e7", "monitor.down", "n7", 3));
        }),
    ];
    for (says, plant) in plants {
        let (mut ledger, mut events) = right();
        plant(&mut ledger, &mut events);
        let faults: Vec<_> = judge(&ledger, &events).faults().collect();
        assert!(
            faults.iter().any(|fault| fault.starts_with(says)),
            "{says}: {faults:?}"
        );
    }
}
