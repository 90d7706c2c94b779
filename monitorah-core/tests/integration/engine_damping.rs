//! What flaps and is well at the moment: its event ends by itself, it reminds of nothing, and it hides nobody.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test"
)]

use crate::house::{House, Script};
use monitorah_core::{
    MonitorId, Observation, Reason, Status,
    alert::{AlertKind, Message},
    check::heartbeat::PingKind,
    incident::{Event, EventStatus},
    monitor::{Confirmations, Health, Policy},
};
use serde_json::json;
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3_600);

fn down() -> Observation {
    Observation::down(Reason::ConnectRefused, "nothing listens")
}

/// One result is enough, every ten seconds.
fn quick() -> Policy {
    Policy {
        confirmations: Confirmations { down: 1, up: 1 },
        ..Policy::every(10 * SECOND)
    }
}

/// Turns every twenty seconds, six times from 60 on, and then stays well, or as `then` has it.
fn flaps_then(then: impl Fn(u64) -> Observation + Send + Sync + 'static) -> Script {
    Script::new(move |now| match now {
        ..60 => Observation::up(),
        60..180 if (now - 60) % 40 < 20 => down(),
        60..180 => Observation::up(),
        _ => then(now),
    })
}

fn about(told: &[Message], monitor: MonitorId) -> Vec<AlertKind> {
    let told = told.iter();
    told.filter(|message| message.monitor.as_ref().unwrap().id == monitor)
        .map(|message| message.kind)
        .collect()
}

fn newest(house: &mut House, monitor: MonitorId) -> Event {
    let work = house.events(monitor);
    house.wait(work).unwrap().remove(0)
}

/// Six turns ten seconds apart, of which the last one is good; then nobody says anything more. The
/// event ends when the hold is over, five minutes after the last turn, also in another process.
fn it_ends_by_itself(seed: u64, restarts: bool, kind: &str) {
    let mut house = House::new(seed);
    let monitor = match kind {
        "MANUAL" => house.create("m", "MANUAL", String::new(), Policy::default(), json!({})),
        _ => house.heartbeat("h", MINUTE, 24 * 3_600),
    };
    house.start();
    for turn in 0..7 {
        let good = turn % 2 == 0;
        match (kind, good) {
            ("MANUAL", true) => house.say(monitor, Status::Up, None).unwrap(),
            ("MANUAL", false) => house.say(monitor, Status::Down, None).unwrap(),
            (_, true) => house.ping_as(monitor, PingKind::Success),
            (_, false) => house.ping_as(monitor, PingKind::Fail),
        }
        house.simulation.run_for(10 * SECOND);
    }
    let held = newest(&mut house, monitor);
    assert_eq!((held.status, held.flapping), (EventStatus::Open, true));
    if restarts {
        house.stop();
        house.restart();
    }
    house.simulation.run_for(4 * MINUTE + 45 * SECOND);
    assert_eq!(newest(&mut house, monitor).status, EventStatus::Open);
    house.simulation.run_for(10 * SECOND);
    let over = newest(&mut house, monitor);
    assert_eq!(over.status, EventStatus::Resolved, "{kind}: {over:?}");
    assert_eq!(over.id, held.id);
    let told = about(&house.told(), monitor);
    assert_eq!(told.last(), Some(&AlertKind::Up), "{told:?}");
}

#[test]
fn a_manual_monitor_that_flapped_ends_its_event() {
    it_ends_by_itself(70, false, "MANUAL");
}

#[test]
fn a_manual_monitor_that_flapped_ends_its_event_after_a_restart() {
    it_ends_by_itself(71, true, "MANUAL");
}

#[test]
fn a_heartbeat_that_flapped_ends_its_event() {
    it_ends_by_itself(72, false, "HEARTBEAT");
}

#[test]
fn a_heartbeat_that_flapped_ends_its_event_after_a_restart() {
    it_ends_by_itself(73, true, "HEARTBEAT");
}

/// What is looked at once a day ends its event when the hold is over, and not a day later.
#[test]
fn what_is_seldom_looked_at_ends_its_event_in_time() {
    let mut house = House::new(74);
    let policy = Policy {
        confirmations: Confirmations { down: 1, up: 1 },
        ..Policy::every(24 * HOUR)
    };
    let monitor = house.monitor("daily", policy, flaps_then(|_| Observation::up()));
    house.start();
    for _ in 0..10 {
        house.simulation.run_for(20 * SECOND);
        let engine = house.engine();
        let look = async move { engine.check_now(monitor).await };
        house.simulation.run_until(look).unwrap().unwrap();
    }
    assert_eq!(newest(&mut house, monitor).status, EventStatus::Open);
    // Five intervals, but no longer than turns are counted.
    house.simulation.run_for(31 * MINUTE);
    assert_eq!(newest(&mut house, monitor).status, EventStatus::Resolved);
}

/// Nobody is reminded of an outage while there is none; when it goes on, they are.
#[test]
fn nobody_is_reminded_of_what_is_well_at_the_moment() {
    let mut house = House::new(75);
    let well = house.monitor("well", quick(), flaps_then(|_| Observation::up()));
    let ill = house.monitor(
        "ill again",
        quick(),
        flaps_then(|now| match now {
            ..400 => Observation::up(),
            400..700 => down(),
            _ => Observation::up(),
        }),
    );
    house.remind_every(Some(MINUTE));
    house.start();
    house.simulation.run_for(20 * MINUTE);
    for monitor in [well, ill] {
        assert_eq!(newest(&mut house, monitor).status, EventStatus::Resolved);
    }
    let reminded = |monitor: MonitorId| -> Vec<i64> {
        let told = house.told().into_iter();
        told.filter(|message| message.kind == AlertKind::Reminder)
            .filter(|message| message.monitor.as_ref().unwrap().id == monitor)
            .map(|message| message.timestamp.duration_since(house.at(0)).as_secs())
            .collect()
    };
    assert_eq!(reminded(well), [0_i64; 0]);
    let of_ill = reminded(ill);
    assert!(of_ill.len() >= 3, "{of_ill:?}");
    assert!(
        of_ill.iter().all(|at| (400..710).contains(at)),
        "{of_ill:?}"
    );
}

/// A parent that flaps and is well at the moment has an open event, and hides nobody.
#[test]
fn a_parent_that_is_held_open_hides_nobody() {
    let mut house = House::new(76);
    let parent = house.monitor("parent", quick(), flaps_then(|_| Observation::up()));
    let falls = Script::new(|now| {
        if now >= 240 {
            down()
        } else {
            Observation::up()
        }
    });
    let child = house.monitor_with("child", quick(), falls, &[], &[parent]);
    house.start();
    house.simulation.run_for(6 * MINUTE);
    // Well since 180, and held open until 450 at least.
    let record = house.record(parent);
    assert_eq!(house.wait(record).unwrap().state.health, Health::Up);
    assert_eq!(newest(&mut house, parent).status, EventStatus::Open);
    assert_eq!(about(&house.told(), child), [AlertKind::Down]);
}

/// What cannot be trusted any more hides nobody, as long as that is so.
#[test]
fn a_parent_that_is_unknown_hides_nobody() {
    let mut house = House::new(77);
    let script = Script::new(|now| match now {
        ..60 => Observation::up(),
        60..300 => down(),
        _ => Observation::unknown(Reason::ResolverFailure, "the resolver is away"),
    });
    let parent = house.monitor("parent", quick(), script);
    let falls = || {
        Script::new(|now| {
            if now >= 120 {
                down()
            } else {
                Observation::up()
            }
        })
    };
    let child = house.monitor_with("child", quick(), falls(), &[], &[parent]);
    house.start();
    house.simulation.run_for(290 * SECOND);
    assert!(about(&house.told(), child).is_empty());
    house.simulation.run_for(3 * MINUTE);
    assert_eq!(newest(&mut house, parent).status, EventStatus::Open);
    assert_eq!(about(&house.told(), child), [AlertKind::Down]);
}
