//! A wall clock that is set under the engine: what people are told does not depend on it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test"
)]

use crate::house::{House, Script};
use jiff::SignedDuration;
use monitorah_core::{
    Certificate, Environment, Observation, Reason, alert::AlertKind, monitor::Policy,
};
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3_600);

fn step(house: &House, hours: i64) {
    let clock = house.simulation.clock();
    clock.step_wall(SignedDuration::from_hours(hours));
}

#[test]
fn an_event_does_not_end_before_it_began() {
    let mut house = House::new(21);
    let script = Script::new(|second| {
        if (600..1_200).contains(&second) {
            Observation::down(Reason::HttpStatus, "500")
        } else {
            Observation::up()
        }
    });
    let monitor = house.monitor("outage", Policy::every(MINUTE), script);
    house.start();
    house.simulation.run_for(15 * MINUTE);
    step(&house, -1);
    house.simulation.run_for(15 * MINUTE);
    let events = {
        let work = house.events(monitor);
        house.wait(work)
    }
    .unwrap();
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].resolved_at, Some(events[0].started_at));
    let told = house.told();
    let kinds: Vec<_> = told.iter().map(|message| message.kind).collect();
    assert_eq!(kinds, [AlertKind::Down, AlertKind::Up]);
    assert_eq!(told[1].event.as_ref().unwrap().duration_seconds, 0);
}

#[test]
fn an_event_of_a_paused_monitor_does_not_end_before_it_began() {
    let mut house = House::new(22);
    let down = Script::always(Observation::down(Reason::HttpStatus, "500"));
    let monitor = house.monitor("outage", Policy::every(MINUTE), down);
    house.start();
    house.simulation.run_for(5 * MINUTE);
    step(&house, -1);
    house.pause(monitor);
    house.simulation.run_for(MINUTE);
    let events = {
        let work = house.events(monitor);
        house.wait(work)
    }
    .unwrap();
    assert_eq!(events[0].resolved_at, Some(events[0].started_at));
}

/// A job that pings every half an hour, through steps either way.
#[test]
fn a_job_on_time_is_well_whatever_the_clock_does() {
    let mut house = House::new(23);
    let job = house.heartbeat("job", HOUR, 300);
    house.start();
    house.simulation.run_for(MINUTE);
    for hours in [0, -1, 0, 2, 0, -1, 0] {
        step(&house, hours);
        // Somebody looks at once, before the job pings again.
        let engine = house.engine();
        let work = async move { engine.check_now(job).await.ok_or("no result") };
        let row = house.wait(work).unwrap();
        assert_ne!(row.reason, Reason::HeartbeatMissed, "after {hours} hours");
        for _ in 0..3 {
            house.simulation.run_for(HOUR / 2);
            house.ping(job);
        }
    }
    assert!(house.told().is_empty(), "{:?}", house.told());
    let rows = {
        let work = house.results(job, 100);
        house.wait(work)
    }
    .unwrap();
    assert!(rows.len() >= 21, "{}", rows.len());
    assert!(rows.iter().all(|row| row.reason != Reason::HeartbeatMissed));
    // And one that stops is still missed.
    house.simulation.run_for(3 * HOUR);
    assert_eq!(house.told()[0].kind, AlertKind::Down);
}

#[test]
fn a_certificate_that_has_expired_is_an_outage_and_no_warning() {
    let mut house = House::new(24);
    let now = house.simulation.clock().now();
    let day = |days: i64| {
        now.checked_add(SignedDuration::from_hours(24 * days))
            .unwrap()
    };
    let certificate = Certificate {
        subject: "CN=example.test".into(),
        issuer: "CN=example.test".into(),
        not_before: day(-90),
        not_after: day(-1),
        fingerprint: "00".repeat(32),
    };
    let mut seen = Observation::down(Reason::TlsExpired, "a certificate has expired");
    seen.certificate = Some(certificate);
    house.monitor("expired", Policy::every(MINUTE), Script::always(seen));
    house.start();
    house.simulation.run_for(5 * MINUTE);
    let told = house.told();
    let kinds: Vec<_> = told.iter().map(|message| message.kind).collect();
    assert_eq!(kinds, [AlertKind::Down]);
}
