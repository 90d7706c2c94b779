//! The whole engine on simulated time: nothing is replaced but the environment port.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test"
)]

use crate::house::{House, Script};
use monitorah_core::{
    Observation, Reason, Status,
    alert::AlertKind,
    incident::EventStatus,
    monitor::{Health, Policy},
};
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(86_400);

/// I4: two monitors live through a day, one of them with an outage of ten minutes; it is not the
/// clock of the machine that passes.
#[test]
fn a_simulated_day() {
    let mut house = House::new(7);
    let well = house.monitor("well", Policy::default(), Script::always(Observation::up()));
    let outage = 36_000..36_600;
    let ill = house.monitor(
        "ill",
        Policy::default(),
        Script::new(move |second| {
            if outage.contains(&second) {
                Observation::down(Reason::ConnectRefused, "nothing listens")
            } else {
                Observation::up()
            }
        }),
    );
    house.start();
    house.simulation.run_for(DAY);

    for monitor in [well, ill] {
        let rows = {
            let work = house.results(monitor, 5_000);
            house.wait(work)
        }
        .unwrap();
        // One check a minute, and one re-check when the outage began.
        assert!((1_439..=1_442).contains(&rows.len()), "{}", rows.len());
        assert!(rows.iter().all(|row| row.status != Status::Unknown));
    }
    let events = {
        let work = house.events(ill);
        house.wait(work)
    }
    .unwrap();
    assert_eq!(events.len(), 1);
    let event = &events[0];
    assert_eq!(
        (event.status, event.reason),
        (EventStatus::Resolved, Reason::ConnectRefused)
    );
    let lasted = event
        .resolved_at
        .unwrap()
        .duration_since(event.started_at)
        .as_secs();
    assert!((540..=660).contains(&lasted), "{lasted}");
    assert!(
        {
            let work = house.events(well);
            house.wait(work)
        }
        .unwrap()
        .is_empty()
    );
    let told: Vec<_> = house
        .told()
        .into_iter()
        .map(|message| message.kind)
        .collect();
    assert_eq!(told, [AlertKind::Down, AlertKind::Up]);
    assert_eq!(house.told()[0].event.as_ref().unwrap().id, event.id);
    let evidence = {
        let work = house.evidence(event.id);
        house.wait(work)
    }
    .unwrap();
    assert_eq!(
        evidence.len(),
        3,
        "the first failure, its confirmation, the recovery"
    );
}

#[test]
fn one_failure_alone_pages_nobody() {
    let mut house = House::new(1);
    let monitor = house.monitor(
        "blip",
        Policy::every(Duration::from_secs(10)),
        Script::new(|second| {
            if second % 100 < 2 {
                Observation::down(Reason::ConnectTimeout, "silence")
            } else {
                Observation::up()
            }
        }),
    );
    house.start();
    house.simulation.run_for(10 * MINUTE);
    assert!(
        {
            let work = house.events(monitor);
            house.wait(work)
        }
        .unwrap()
        .is_empty()
    );
    assert!(house.told().is_empty());
}

#[test]
fn a_pause_of_the_process_is_a_gap_and_not_an_outage() {
    let mut house = House::new(2);
    let monitor = house.monitor(
        "steady",
        Policy::every(Duration::from_secs(10)),
        Script::always(Observation::up()),
    );
    house.start();
    house.simulation.run_for(5 * MINUTE);
    // The process was stopped: the clock goes on, nothing runs.
    house.simulation.clock().advance(10 * MINUTE);
    house.simulation.run_for(MINUTE);
    let rows = {
        let work = house.results(monitor, 1_000);
        house.wait(work)
    }
    .unwrap();
    let gaps: Vec<_> = rows
        .iter()
        .filter(|row| row.reason == Reason::Gap)
        .collect();
    assert_eq!(gaps.len(), 1);
    assert!(rows.len() < 45, "no burst: {}", rows.len());
    assert!(house.told().is_empty());
    let record = {
        let work = house.record(monitor);
        house.wait(work)
    }
    .unwrap();
    assert_eq!(record.state.health, Health::Up);
}

#[test]
fn a_step_of_the_wall_clock_moves_no_check() {
    let mut house = House::new(3);
    let monitor = house.monitor(
        "steady",
        Policy::every(Duration::from_secs(10)),
        Script::always(Observation::up()),
    );
    house.start();
    for hours in [1, -2, 1] {
        house.simulation.run_for(MINUTE);
        house
            .simulation
            .clock()
            .step_wall(jiff::SignedDuration::from_hours(hours));
    }
    house.simulation.run_for(MINUTE);
    let rows = {
        let work = house.results(monitor, 1_000);
        house.wait(work)
    }
    .unwrap();
    assert!((23..=26).contains(&rows.len()), "{}", rows.len());
    assert!(rows.iter().all(|row| row.status == Status::Up));
    assert!(house.told().is_empty());
}

#[test]
fn a_flapping_monitor_is_damped_and_its_event_stays_open() {
    let mut house = House::new(4);
    let monitor = house.monitor(
        "flapping",
        Policy::every(Duration::from_secs(5)),
        Script::new(|second| {
            if second < 3_600 && second % 120 < 60 {
                Observation::down(Reason::HttpStatus, "503")
            } else {
                Observation::up()
            }
        }),
    );
    house.start();
    house
        .simulation
        .run_for(20 * MINUTE + Duration::from_secs(100));
    let events = {
        let work = house.events(monitor);
        house.wait(work)
    }
    .unwrap();
    assert_eq!(events[0].status, EventStatus::Open, "its end is held back");
    assert!(events[0].flapping, "and says why");
    house.simulation.run_for(70 * MINUTE);
    let told = house.told();
    assert!(told.len() <= 8, "{} messages for 30 outages", told.len());
    assert_eq!(told.last().unwrap().kind, AlertKind::Up);
    let events = {
        let work = house.events(monitor);
        house.wait(work)
    }
    .unwrap();
    assert!(
        events
            .iter()
            .all(|event| event.status == EventStatus::Resolved)
    );
    assert!(events[0].flapping);
}

#[test]
fn reminders_until_somebody_takes_it_on() {
    let mut house = House::new(5);
    let down = Script::always(Observation::down(Reason::ConnectRefused, "nothing listens"));
    let monitor = house.monitor("down", Policy::default(), down);
    house.remind_every(Some(10 * MINUTE));
    house.start();
    house.simulation.run_for(35 * MINUTE);
    let kinds = |house: &House| {
        house
            .told()
            .iter()
            .map(|told| told.kind)
            .collect::<Vec<_>>()
    };
    use AlertKind::{Down, Reminder};
    assert_eq!(kinds(&house), [Down, Reminder, Reminder, Reminder]);
    let event = {
        let work = house.events(monitor);
        house.wait(work)
    }
    .unwrap()
    .remove(0);
    {
        let work = house.acknowledge(event.id);
        house.wait(work)
    }
    .unwrap();
    house.simulation.run_for(60 * MINUTE);
    assert_eq!(kinds(&house).len(), 4, "acknowledged: no more reminders");
}

#[test]
fn a_panicking_check_is_our_fault_and_is_checked_again() {
    let mut house = House::new(6);
    let monitor = house.monitor(
        "panics",
        Policy::default(),
        Script::new(|second| {
            assert!(second > 300, "the check of another crate is broken");
            Observation::up()
        }),
    );
    house.start();
    house.simulation.run_for(10 * MINUTE);
    let rows = {
        let work = house.results(monitor, 100);
        house.wait(work)
    }
    .unwrap();
    assert_eq!(rows[0].status, Status::Up);
    assert!(rows.iter().any(|row| row.reason == Reason::Internal));
    assert!(house.told().is_empty());
}

#[test]
fn a_receiver_that_is_away_gets_its_message_later_and_in_order() {
    let mut house = House::new(8);
    let monitor = house.monitor(
        "ill",
        Policy::default(),
        Script::new(|second| {
            if (600..900).contains(&second) {
                Observation::down(Reason::ConnectRefused, "nothing listens")
            } else {
                Observation::up()
            }
        }),
    );
    house.receiver_down_until(1_800);
    house.start();
    house.simulation.run_for(120 * MINUTE);
    let told = house.told();
    assert_eq!(
        told.iter().map(|told| told.kind).collect::<Vec<_>>(),
        [AlertKind::Down, AlertKind::Up]
    );
    assert_eq!(told[0].monitor.as_ref().unwrap().id, monitor);
    assert!(house.refused() >= 3, "tried {} times", house.refused());
}

#[test]
fn a_silent_heartbeat_goes_down_and_a_ping_brings_it_back() {
    let mut house = House::new(9);
    let monitor = house.heartbeat("job", Duration::from_secs(3_600), 300);
    house.start();
    for _ in 0..5 {
        house.ping(monitor);
        house.simulation.run_for(60 * MINUTE);
    }
    assert!(house.told().is_empty());
    house.simulation.run_for(10 * MINUTE);
    assert_eq!(
        house.told().len(),
        1,
        "missed: due after an hour, told after five minutes more"
    );
    assert_eq!(
        house.told()[0].check.as_ref().unwrap().reason,
        Reason::HeartbeatMissed
    );
    house.ping(monitor);
    house.simulation.run_for(MINUTE);
    assert_eq!(house.told().len(), 2);
    let state = {
        let work = house.store_heartbeat(monitor);
        house.wait(work)
    }
    .unwrap();
    assert!(state.state.last_success.is_some());
}

#[test]
fn paused_monitors_rest_and_stopping_stores_what_is_in_flight() {
    let mut house = House::new(10);
    let down = Script::always(Observation::down(Reason::ConnectRefused, "nothing listens"));
    let monitor = house.monitor("down", Policy::default(), down);
    house.start();
    house.simulation.run_for(5 * MINUTE);
    assert_eq!(
        {
            let work = house.events(monitor);
            house.wait(work)
        }
        .unwrap()[0]
            .status,
        EventStatus::Open
    );
    house.pause(monitor);
    house.simulation.run_for(5 * MINUTE);
    let event = {
        let work = house.events(monitor);
        house.wait(work)
    }
    .unwrap()
    .remove(0);
    assert_eq!(event.status, EventStatus::Resolved);
    assert_eq!(house.told().len(), 1, "pausing tells nobody");
    let before = {
        let work = house.results(monitor, 100);
        house.wait(work)
    }
    .unwrap()
    .len();
    house.simulation.run_for(30 * MINUTE);
    house.stop();
    assert_eq!(
        {
            let work = house.results(monitor, 100);
            house.wait(work)
        }
        .unwrap()
        .len(),
        before
    );
}

/// Hundreds of monitors that nobody has looked at yet, whose phase is an hour wide: some are looked
/// at when the engine starts, the others one after the other.
#[test]
fn a_herd_of_new_monitors_is_not_looked_at_in_one_moment() {
    let mut house = House::new(58);
    let script = Script::always(Observation::up()).taking(Duration::from_millis(100));
    for number in 0..700 {
        let hourly = Policy::every(60 * MINUTE);
        house.monitor(&format!("site {number}"), hourly, script.clone());
    }
    house.start();
    house.simulation.run_for(Duration::from_millis(50));
    let begun = script.most_at_once();
    assert!((100..=130).contains(&begun), "{begun} at once");
    house.simulation.run_for(2 * Duration::from_secs(1));
    let made = house
        .engine()
        .counters()
        .checks
        .load(std::sync::atomic::Ordering::Relaxed);
    assert_eq!(made, 700);
    let most = script.most_at_once();
    assert!(most <= 160, "{most} at once");
    house.stop();
}
