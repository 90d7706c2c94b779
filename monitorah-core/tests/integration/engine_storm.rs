//! Storms on simulated time: what goes out one by one, and what goes out together.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test"
)]

use crate::house::{House, Script};
use monitorah_core::{
    ChannelId, NotificationId, Observation, Reason,
    alert::{AlertKind, Message},
    engine::EngineOptions,
    monitor::Policy,
    port::{NotificationFilter, NotificationState, Outbox, Page},
    storm::StormLimits,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);

fn down() -> Observation {
    Observation::down(Reason::ConnectRefused, "nothing listens")
}

fn down_between(from: u64, to: u64) -> Script {
    Script::new(move |now| {
        if (from..to).contains(&now) {
            down()
        } else {
            Observation::up()
        }
    })
}

/// The ids of what the receiver was told, each as often as it was told, with the kind.
fn alerts(told: &[Message]) -> Vec<(NotificationId, AlertKind)> {
    let mut alerts = Vec::new();
    for message in told {
        match &message.group {
            Some(group) => alerts.extend(group.alerts.iter().map(|one| (one.id, one.kind))),
            None => alerts.push((message.id, message.kind)),
        }
    }
    alerts
}

/// Everything that was decided on for a channel, and how it stands.
fn log(
    house: &mut House,
    channel: Option<ChannelId>,
) -> BTreeMap<NotificationId, NotificationState> {
    let (store, tenant) = (Arc::clone(&house.store), house.tenant);
    let filter = NotificationFilter {
        channel,
        ..NotificationFilter::default()
    };
    let work = async move {
        store
            .notifications(&tenant, &filter, Page::first(100_000))
            .await
    };
    let log = house.wait(work).unwrap();
    log.iter().map(|one| (one.id, one.state)).collect()
}

/// The seconds at which grouped messages arrived.
fn grouped_at(house: &House) -> Vec<i64> {
    let start = house.at(0).as_second();
    let told = house.told();
    let at = house.told_at();
    let groups = told
        .iter()
        .zip(at)
        .filter(|(message, _)| message.group.is_some());
    groups.map(|(_, at)| at.as_second() - start).collect()
}

fn assert_all_told_once(house: &mut House) {
    let told = alerts(&house.told());
    let ids: BTreeSet<_> = told.iter().map(|(id, _)| *id).collect();
    assert_eq!(ids.len(), told.len(), "something was told twice");
    let log = log(house, None);
    let not_told: Vec<_> = log.keys().filter(|id| !ids.contains(*id)).collect();
    assert!(
        not_told.is_empty(),
        "{} of {} were not told",
        not_told.len(),
        log.len()
    );
    assert!(
        log.values()
            .all(|state| *state == NotificationState::Delivered)
    );
}

/// Three hundred monitors go down and flap for ten minutes, and the receiver is away for five.
#[test]
fn a_storm_is_one_message_a_minute_and_one_digest_when_the_receiver_is_back() {
    let mut house = House::new(60);
    for number in 0..300_u64 {
        let script = Script::new(move |now| {
            let flaps = (60..660).contains(&now) && (now + number) % 200 < 120;
            if flaps { down() } else { Observation::up() }
        });
        house.monitor(
            &format!("flaps {number}"),
            Policy::every(20 * SECOND),
            script,
        );
    }
    house.start_with(EngineOptions::default());
    house.simulation.run_for(120 * SECOND);
    let before = house.told().len();
    assert!(
        (11..=13).contains(&before),
        "ten one by one, then together: {before}"
    );
    house.receiver_down_until(420);
    house.simulation.run_for(300 * SECOND);
    assert_eq!(house.told().len(), before);
    assert!(house.refused() <= 5, "{}", house.refused());
    let waiting = log(&mut house, None);
    let waiting = waiting
        .values()
        .filter(|state| **state == NotificationState::Pending);
    let waiting = waiting.count();
    assert!(waiting > 200, "{waiting}");

    // Whenever the next try is, everything that waited is in it.
    while house.told().len() == before {
        house.simulation.run_for(SECOND);
    }
    let digest = house.told().pop().unwrap();
    assert!(digest.group.as_ref().unwrap().alerts.len() >= waiting);
    let late = *grouped_at(&house).last().unwrap() - 420;
    assert!((0..=240).contains(&late), "{late}");

    house.simulation.run_for(20 * MINUTE);
    assert_all_told_once(&mut house);
    let at = grouped_at(&house);
    assert!(at.windows(2).all(|two| two[1] - two[0] >= 60), "{at:?}");

    // Each monitor's story arrived in its order.
    let mut last = BTreeMap::new();
    for message in house.told() {
        let of = |kind, at, monitor, last: &mut BTreeMap<_, _>| {
            if let Some((_, before)) = last.insert(monitor, (kind, at)) {
                assert!(before <= at, "a story goes backwards");
            }
        };
        match message.group {
            Some(group) => {
                for one in group.alerts {
                    of(one.kind, one.timestamp, one.monitor.unwrap().id, &mut last);
                }
            }
            None => of(
                message.kind,
                message.timestamp,
                message.monitor.unwrap().id,
                &mut last,
            ),
        }
    }
    assert_eq!(last.len(), 300, "every monitor was named");
    assert!(last.values().all(|(kind, _)| *kind == AlertKind::Up));

    // The storm is over: the next message goes by itself, at once.
    let told = house.told().len();
    let now = 120 + 300 + 20 * 60 + 240;
    house.monitor(
        "later",
        Policy::every(20 * SECOND),
        down_between(now, now + 60),
    );
    house.simulation.run_for(10 * MINUTE);
    let told = house.told().split_off(told);
    let kinds: Vec<_> = told.iter().map(|message| message.kind).collect();
    assert_eq!(kinds, [AlertKind::Down, AlertKind::Up]);
}

/// What a few monitors have to say goes out at once and one by one, also again and again.
#[test]
fn few_messages_are_never_grouped() {
    let mut house = House::new(61);
    for number in 0..9 {
        let from = 60 + number;
        house.monitor(
            &format!("m{number}"),
            Policy::every(20 * SECOND),
            down_between(from, from + 60),
        );
    }
    house.start_with(EngineOptions::default());
    house.simulation.run_for(10 * MINUTE);
    let told = house.told();
    assert_eq!(told.len(), 18);
    assert!(told.iter().all(|message| message.group.is_none()));
    for (message, at) in told.iter().zip(house.told_at()) {
        assert!(at.duration_since(message.timestamp).as_millis() < 1_000);
    }
    assert_all_told_once(&mut house);
}

/// A receiver that keeps one thing for each event hears of each event.
#[test]
fn a_receiver_that_keeps_outages_open_hears_of_each() {
    let mut house = House::new(62);
    let (channel, _) = house.add_channel("KEEPING", vec![]);
    for number in 0..100 {
        house.monitor(
            &format!("m{number}"),
            Policy::every(20 * SECOND),
            down_between(60, 180),
        );
    }
    house.start_with(EngineOptions::default());
    house.simulation.run_for(10 * MINUTE);
    let kept = house.kept();
    assert_eq!(kept.len(), 200);
    assert!(kept.iter().all(|message| message.group.is_none()));
    let log = log(&mut house, Some(channel));
    assert_eq!(log.len(), 200);
    assert!(
        house.told().iter().any(|message| message.group.is_some()),
        "the other one groups"
    );
}

/// A receiver that does not take a large message gets smaller ones.
#[test]
fn a_group_that_is_too_large_is_halved_until_it_is_taken() {
    let mut house = House::new(63);
    house.receiver_takes(30);
    for number in 0..100 {
        house.monitor(
            &format!("m{number}"),
            Policy::every(20 * SECOND),
            down_between(60, 9_000),
        );
    }
    house.start_with(EngineOptions::default());
    house.simulation.run_for(20 * MINUTE);
    assert_all_told_once(&mut house);
    assert!((1..=3).contains(&house.refused()), "{}", house.refused());
    let sizes: Vec<_> = house
        .told()
        .iter()
        .filter_map(|message| Some(message.group.as_ref()?.alerts.len()))
        .collect();
    assert!(sizes.len() >= 3, "{sizes:?}");
    assert!(sizes.iter().all(|size| *size <= 30));
}

/// An account with many channels has a pace over all of them.
#[test]
fn an_account_has_a_pace_over_all_of_its_channels() {
    let mut house = House::new(64);
    for _ in 0..9 {
        house.add_channel("RECORDING", vec![]);
    }
    for number in 0..9 {
        house.monitor(
            &format!("m{number}"),
            Policy::every(20 * SECOND),
            down_between(60, 9_000),
        );
    }
    house.start_with(EngineOptions {
        storm: StormLimits::per_minute(10, 40),
        ..EngineOptions::default()
    });
    house.simulation.run_for(85 * SECOND);
    let (told, at) = (house.told(), house.told_at());
    let first = at[0];
    let soon = |at: &jiff::Timestamp| at.duration_since(first).as_secs() < 1;
    let at_once = at.iter().filter(|at| soon(at)).count();
    assert!(at_once <= 40 + 1, "{at_once}");
    assert!(told.iter().any(|message| message.group.is_some()));
    house.simulation.run_for(10 * MINUTE);
    assert_all_told_once(&mut house);
}

/// A hold outlives the process that began it.
#[test]
fn a_process_that_starts_anew_goes_on_with_the_hold() {
    let mut house = House::new(65);
    for number in 0..100 {
        house.monitor(
            &format!("m{number}"),
            Policy::every(20 * SECOND),
            down_between(60, 9_000),
        );
    }
    house.start_with(EngineOptions::default());
    house.simulation.run_for(60 * SECOND);
    while log(&mut house, None).len() < 12 {
        house.simulation.run_for(SECOND / 2);
    }
    let before = house.told().len();
    assert_eq!(before, 10, "the channel is held");
    house.stop();
    house.restart_with(EngineOptions::default());
    house.simulation.run_for(5 * MINUTE);
    let told = house.told().split_off(before);
    // What was held goes together also after the start, which brings no new burst into the hold.
    assert!(told[0].group.is_some(), "{:?}", told[0].kind);
    assert_all_told_once(&mut house);
}

/// Without limits everything goes by itself.
#[test]
fn who_wants_no_groups_gets_none() {
    let mut house = House::new(66);
    for number in 0..50 {
        house.monitor(
            &format!("m{number}"),
            Policy::every(20 * SECOND),
            down_between(60, 9_000),
        );
    }
    house.start_with(EngineOptions {
        storm: StormLimits::per_minute(0, 0),
        ..EngineOptions::default()
    });
    house.simulation.run_for(2 * MINUTE);
    let told = house.told();
    assert_eq!(told.len(), 50);
    assert!(told.iter().all(|message| message.group.is_none()));
}
