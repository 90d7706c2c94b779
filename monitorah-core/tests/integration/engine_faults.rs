//! What went wrong before, or could: each on simulated time, with the engine as it is.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test"
)]

use crate::house::{House, Script};
use monitorah_core::{
    Environment, Observation, Reason, Status,
    alert::AlertKind,
    environment::timeout,
    incident::EventStatus,
    monitor::{Confirmations, Policy},
    port::{NotificationFilter, NotificationState, Page},
    service::Caller,
};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);

fn down() -> Observation {
    Observation::down(Reason::ConnectRefused, "nothing listens")
}

/// Down from this second on.
fn down_from(second: u64) -> Script {
    Script::new(move |now| {
        if now >= second {
            down()
        } else {
            Observation::up()
        }
    })
}

/// Forty messages for a receiver that hangs wait before the one for a receiver that is well.
#[test]
fn a_receiver_that_hangs_keeps_no_other_one_waiting() {
    let mut house = House::new(20);
    let often = Policy::every(5 * SECOND);
    for number in 0..40 {
        house.monitor(&format!("many {number}"), often, down_from(60));
    }
    // A delivery may take ten seconds: all of these are in flight, or wait, when it goes down.
    let other = house.monitor("other", often, down_from(65));
    house.add_hanging_receiver(vec![other]);
    house.start();
    house.simulation.run_for(120 * SECOND);
    let told = house.told();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].monitor.as_ref().unwrap().id, other);
    let waited = house.told_at()[0].duration_since(told[0].timestamp);
    assert!(waited.as_millis() < 500, "it waited for {waited}");
}

#[test]
fn a_monitor_that_is_paused_and_resumed_during_a_look_is_not_looked_at_twice_at_once() {
    let mut house = House::new(21);
    let script = Script::always(Observation::up()).taking(8 * SECOND);
    let monitor = house.monitor("slow", Policy::every(20 * SECOND), script.clone());
    house.start();
    house.simulation.run_for(3 * SECOND);
    assert_eq!(script.in_flight(), 1);
    for _ in 0..3 {
        house.pause(monitor);
        house.simulation.run_for(SECOND / 2);
        house.resume(monitor);
        house.simulation.run_for(SECOND / 2);
    }
    assert_eq!(script.in_flight(), 1);
    // The look of before ends, and one of the resumed monitor follows at once.
    house.simulation.run_for(4 * SECOND);
    assert_eq!(script.in_flight(), 1);
    house.simulation.run_for(2 * MINUTE);
    assert_eq!(script.most_at_once(), 1);
    let rows = {
        let work = house.results(monitor, 100);
        house.wait(work)
    }
    .unwrap();
    assert!((6..=9).contains(&rows.len()), "{}", rows.len());
}

/// Who asks for a look is answered by one that began after the question.
#[test]
fn a_look_that_was_asked_for_begins_after_the_question() {
    let mut house = House::new(22);
    let script = Script::always(Observation::up()).taking(4 * SECOND);
    let monitor = house.monitor("slow", Policy::every(30 * SECOND), script.clone());
    house.start();
    house.simulation.run_for(2 * SECOND);
    assert_eq!(script.in_flight(), 1);
    let asked = Environment::now(&*house.simulation.clock());
    let engine = house.engine();
    let row = house
        .simulation
        .run_until(async move { engine.check_now(monitor).await })
        .unwrap()
        .unwrap();
    assert!(row.at >= asked, "{} is older than {asked}", row.at);
    assert_eq!(script.most_at_once(), 1);
}

/// A reminder that is written while results are counted makes nobody count anew.
#[test]
fn a_reminder_breaks_no_streak() {
    let mut house = House::new(23);
    let recovers = 190;
    let script = Script::new(move |second| {
        if (60..recovers).contains(&second) {
            down()
        } else {
            Observation::up()
        }
    });
    let policy = Policy {
        interval: 2 * SECOND,
        timeout: SECOND,
        confirmations: Confirmations { down: 1, up: 10 },
    };
    let monitor = house.monitor("ill", policy, script);
    // Twenty seconds of recovery, a reminder each minute and a sweep each 15 seconds: one of the
    // reminders falls into them.
    house.remind_every(Some(MINUTE));
    house.start();
    house.simulation.run_for(300 * SECOND);
    let event = {
        let work = house.events(monitor);
        house.wait(work)
    }
    .unwrap()
    .remove(0);
    assert_eq!(event.status, EventStatus::Resolved);
    let told = house.told();
    let up = told.last().unwrap();
    assert_eq!(up.kind, AlertKind::Up);
    let took = up.timestamp.duration_since(event.resolved_at.unwrap());
    assert_eq!(took.as_secs(), 18, "ten results, two seconds apart");
    let start = Environment::now(&*house.simulation.clock())
        .duration_since(event.resolved_at.unwrap())
        .as_secs();
    assert!(
        (108..=110).contains(&start),
        "resolved {start} s before the end"
    );
    let within = told.iter().any(|message| {
        message.kind == AlertKind::Reminder
            && message.timestamp > event.resolved_at.unwrap()
            && message.timestamp < up.timestamp
    });
    assert!(within, "no reminder fell into the recovery: {told:?}");
}

/// A rule that is made, or made to remind, while an event is open reminds of it.
#[test]
fn a_rule_that_comes_later_reminds_of_what_is_open() {
    let mut house = House::new(24);
    house.monitor("down", Policy::default(), Script::always(down()));
    house.start();
    house.simulation.run_for(30 * MINUTE);
    assert_eq!(house.told().len(), 1);
    house.remind_every(Some(10 * MINUTE));
    house.simulation.run_for(35 * MINUTE);
    let kinds: Vec<_> = house.told().iter().map(|told| told.kind).collect();
    use AlertKind::{Down, Reminder};
    assert_eq!(kinds, [Down, Reminder, Reminder, Reminder]);
    assert_eq!(house.told()[3].reminder, Some(3));
    house.remind_every(None);
    house.simulation.run_for(60 * MINUTE);
    assert_eq!(house.told().len(), 4);
    house.remind_every(Some(10 * MINUTE));
    house.simulation.run_for(11 * MINUTE);
    assert_eq!(house.told().last().unwrap().reminder, Some(4));
}

/// A rule that is made to remind after the settle that opens an event read the rules, and before it
/// is written, reminds of that event too.
#[test]
fn a_rule_that_comes_in_between_reminds_of_what_is_opened() {
    let mut house = House::new(27);
    house.monitor("down", Policy::default(), Script::always(down()));
    house.start_with_a_rule_in_between(10 * MINUTE);
    house.simulation.run_for(25 * MINUTE);
    let kinds: Vec<_> = house.told().iter().map(|told| told.kind).collect();
    use AlertKind::{Down, Reminder};
    assert_eq!(kinds, [Down, Reminder, Reminder]);
}

/// A child that falls asks for a look at its parent, however seldom that is looked at otherwise: of
/// a parent that is down too people hear, and of the child when the parent is well.
#[test]
fn a_parent_is_looked_at_when_its_child_falls() {
    let mut house = House::new(28);
    let often = Policy::every(10 * SECOND);
    let seldom = Policy::every(600 * MINUTE);
    let up = Script::always(Observation::up());
    let fallen = house.monitor("fallen", seldom, down_from(1_000));
    let well = house.monitor("well", seldom, up);
    let below = house.monitor_with("below", often, down_from(1_000), &[], &[fallen]);
    let beside = house.monitor_with("beside", often, down_from(1_000), &[], &[well]);
    house.start();
    house.simulation.run_for(20 * MINUTE);
    let told: Vec<_> = house
        .told()
        .iter()
        .map(|told| (told.monitor.as_ref().unwrap().id, told.timestamp))
        .collect();
    let of = |monitor| {
        told.iter()
            .find(|(id, _)| *id == monitor)
            .map(|(_, at)| *at)
    };
    assert!(of(fallen).is_some(), "{told:?}");
    assert_eq!(of(below), None);
    // An interval, the look that confirms, and the one after the look at the parent.
    let at = of(beside).unwrap();
    assert!(at < house.at(1_000 + 10 + 2 + 2 + 1), "{at}");
    assert_eq!(told.len(), 2);
}

/// Stopping begins no look; what is in flight ends by itself, its result is judged and stored.
#[test]
fn stopping_waits_for_the_look_in_flight() {
    let mut house = House::new(25);
    let script = down_from(0).taking(3 * SECOND);
    let policy = Policy {
        confirmations: Confirmations { down: 1, up: 1 },
        ..Policy::every(10 * SECOND)
    };
    let monitor = house.monitor("slow", policy, script.clone());
    let quick = house.monitor(
        "quick",
        Policy::every(SECOND),
        Script::always(Observation::up()),
    );
    house.start();
    house.simulation.run_for(2 * SECOND);
    assert_eq!(script.in_flight(), 1);
    house.begin_stop();
    let rows = |house: &mut House, monitor| {
        let work = house.results(monitor, 100);
        house.wait(work).unwrap()
    };
    let before = rows(&mut house, quick).len();
    // From the word on, and not from the stop that follows it.
    house.simulation.run_for(3 * SECOND);
    assert!(rows(&mut house, quick).len() <= before + 1, "a look began");
    house.stop();
    assert_eq!(rows(&mut house, monitor).len(), 1);
    assert_eq!(rows(&mut house, monitor)[0].status, Status::Down);
    let event = {
        let work = house.events(monitor);
        house.wait(work)
    }
    .unwrap()
    .remove(0);
    assert_eq!(event.status, EventStatus::Open);
    assert!(house.told().is_empty(), "no delivery begins either");
    // The next start delivers it.
    house.start();
    house.simulation.run_for(SECOND);
    assert_eq!(house.told()[0].kind, AlertKind::Down);
}

/// Who asked for a look is answered, also when the stop comes in between.
#[test]
fn who_asked_for_a_look_is_answered_during_the_stop() {
    let mut house = House::new(29);
    let script = Script::always(Observation::up()).taking(3 * SECOND);
    let monitor = house.monitor("slow", Policy::every(MINUTE), script.clone());
    house.start();
    house.simulation.run_for(10 * SECOND);
    let answer = Arc::new(Mutex::new(None));
    let (engine, slot) = (house.engine(), Arc::clone(&answer));
    let asking = async move {
        let row = engine.check_now(monitor).await;
        *slot.lock().unwrap() = Some(row);
    };
    Environment::spawn(&*house.simulation.clock(), Box::pin(asking));
    house.simulation.run_for(SECOND);
    assert_eq!(script.in_flight(), 1);
    house.stop();
    let answer = answer.lock().unwrap().take().unwrap();
    assert_eq!(answer.unwrap().status, Status::Up);
}

/// A look that outlives the patience of the stop is given up: UNKNOWN, and nobody is told.
#[test]
fn a_look_that_outlives_the_stop_is_given_up() {
    let mut house = House::new(26);
    let script = down_from(0).taking(9 * SECOND);
    let monitor = house.monitor("slow", Policy::every(20 * SECOND), script.clone());
    house.start();
    house.simulation.run_for(2 * SECOND);
    assert_eq!(script.in_flight(), 1);
    // The patience is five seconds.
    house.stop();
    let rows = {
        let work = house.results(monitor, 100);
        house.wait(work)
    }
    .unwrap();
    assert_eq!(
        rows.iter()
            .map(|row| (row.status, row.reason))
            .collect::<Vec<_>>(),
        [(Status::Unknown, Reason::ProbeLate)]
    );
    assert!(house.told().is_empty());
}

/// Who asks for a test and goes away before the receiver has answered: the test is told to the
/// receiver once, and how it went stands in the log. The lease of it is over after half a minute,
/// and what nobody wrote down would then be sent again, hours after somebody tried a channel.
#[test]
fn a_test_whose_caller_goes_away_is_sent_once() {
    let mut house = House::new(61);
    let (channel, rule) = house.add_channel("HANGING", vec![AlertKind::Down]);
    house.delete_rule(rule);
    house.start();
    let (service, tenant) = (house.service.clone(), house.tenant);
    let clock = house.simulation.clock();
    let seen = house.simulation.run_until(async move {
        let caller = Caller::operator(tenant);
        let asking = timeout(&*clock, SECOND, service.test_channel(&caller, channel)).await;
        assert!(asking.is_err(), "the caller is gone after a second");
        clock.sleep(10 * MINUTE).await;
        let filter = NotificationFilter::default();
        let log = service
            .notifications(&tenant, &filter, Page::first(9))
            .await;
        log.unwrap()
    });
    let seen = seen.unwrap();
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].kind, AlertKind::Test);
    assert_eq!(seen[0].state, NotificationState::Dead);
    assert_eq!(seen[0].attempts.len(), 1, "{:?}", seen[0].attempts);
}
