//! Warnings of what ends: told once each, through a restart too, and anew after a renewal.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test"
)]

use crate::house::{House, Script};
use jiff::{Timestamp, ToSpan};
use monitorah_core::{Environment, Observation, Registration, alert::AlertKind, monitor::Policy};
use std::{sync::Arc, time::Duration};

const HOUR: Duration = Duration::from_secs(3600);

/// A domain that ends on the second day, and is renewed half a day before until the ninth.
#[test]
fn a_domain_is_warned_of_once_each_and_anew_after_its_renewal() {
    let mut house = House::new(11);
    let clock: Arc<dyn Environment> = house.simulation.clock();
    let start = clock.now();
    let day = move |days: i64| -> Timestamp { start.checked_add((days * 24).hours()).unwrap() };
    let script = Script::new(move |second| {
        let mut seen = Observation::up();
        seen.registration = Some(Registration {
            domain: "example.test".into(),
            expires_at: if second < 36 * 3_600 { day(2) } else { day(9) },
        });
        seen
    });
    house.monitor("domain", Policy::every(HOUR), script);
    house.start();
    house.simulation.run_for(HOUR * 30);
    // What was warned of is part of the stored state.
    house.stop();
    house.start();
    house.simulation.run_for(HOUR * 30);

    let told = house.told();
    let warnings: Vec<_> = told
        .iter()
        .map(|message| {
            assert_eq!(message.kind, AlertKind::DomainExpiring);
            assert!(message.event.is_none() && message.certificate.is_none());
            let registration = message.registration.as_ref().unwrap();
            assert_eq!(registration.domain, "example.test");
            let passed = message.timestamp.duration_since(start).as_hours() / 24;
            let days = message
                .summary
                .rsplit(' ')
                .nth(1)
                .and_then(|number| number.parse::<u8>().ok());
            (passed, days.unwrap())
        })
        .collect();
    assert_eq!(warnings, [(0, 7), (1, 1), (1, 14), (2, 7)], "{told:?}");
    let written = serde_json::to_value(&told[0]).unwrap();
    assert_eq!(written["type"], "domain.expiring");
    assert_eq!(written["registration"]["domain"], "example.test");
    assert!(written["registration"]["expiresAt"].is_string());
}
