//! Groups, manual monitors and the watchdog, on simulated time.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test"
)]

use crate::house::{House, Script};
use monitorah_core::{
    MonitorId, Observation, Reason, Status,
    alert::{AlertKind, Message},
    engine::EngineOptions,
    incident::EventStatus,
    maintenance::Schedule,
    monitor::{Health, Policy},
    port::{AuditLog, MonitorStore, Page},
    selection::Selection,
    service::{Caller, ServiceError, SilenceDraft, WindowDraft},
    testkit::conformance::sample,
};
use serde_json::{Value, json};
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3_600);

fn down() -> Observation {
    Observation::down(Reason::ConnectRefused, "nothing listens")
}

/// Down between these seconds.
fn down_in(seconds: std::ops::Range<u64>) -> Script {
    Script::new(move |now| {
        if seconds.contains(&now) {
            down()
        } else {
            Observation::up()
        }
    })
}

fn health(house: &mut House, monitor: MonitorId) -> (Health, Option<Status>) {
    let work = house.record(monitor);
    let state = house.wait(work).unwrap().state;
    (state.health, state.last)
}

fn about(house: &House, monitor: MonitorId) -> Vec<Message> {
    let of = |message: &Message| message.monitor.as_ref().unwrap().id == monitor;
    house.told().into_iter().filter(of).collect()
}

/// The pointers of a refusal.
fn refused<T: std::fmt::Debug>(outcome: Result<T, ServiceError>) -> Vec<String> {
    match outcome {
        Err(ServiceError::Invalid(fields)) => {
            fields.into_iter().map(|field| field.pointer).collect()
        }
        other => panic!("it was not refused as invalid: {other:?}"),
    }
}

#[test]
fn a_group_follows_its_members_within_a_second() {
    let mut house = House::new(40);
    let often = Policy::every(10 * SECOND);
    let first = house.monitor("first", often, down_in(300..900));
    let second = house.monitor("second", often, down_in(600..900));
    let group = |house: &mut House, rule: &str| {
        let config = json!({"members": [first, second], "rule": rule});
        // Its own interval brings it nowhere near.
        house.create(
            rule,
            "GROUP",
            String::new(),
            Policy::every(24 * HOUR),
            config,
        )
    };
    let any = group(&mut house, "ANY_DOWN");
    let all = group(&mut house, "ALL_DOWN");
    house.start();
    house.simulation.run_for(30 * MINUTE);
    let times = |house: &House, monitor| {
        about(house, monitor)
            .iter()
            .map(|message| (message.kind, message.timestamp))
            .collect::<Vec<_>>()
    };
    use AlertKind::{Degraded, Down, Up};
    let (of_first, of_second) = (times(&house, first), times(&house, second));
    let later = of_first[1].1.max(of_second[1].1);
    for (group, expected) in [
        (any, vec![(Down, of_first[0].1), (Up, later)]),
        (
            all,
            vec![
                (Degraded, of_first[0].1),
                (Down, of_second[0].1),
                (Up, later),
            ],
        ),
    ] {
        let told = times(&house, group);
        let kinds: Vec<_> = told.iter().map(|(kind, _)| *kind).collect();
        // The recovery of one of two that are down may be told as degraded in between.
        let kinds_expected: Vec<_> = expected.iter().map(|(kind, _)| *kind).collect();
        let without = |kinds: &[AlertKind]| {
            let (last, rest) = kinds.split_last().unwrap();
            let mut rest = rest.to_vec();
            if rest.last() == Some(&Degraded) && rest.len() > 1 {
                rest.pop();
            }
            rest.push(*last);
            rest
        };
        assert_eq!(without(&kinds), kinds_expected);
        for (kind, believed) in expected {
            // The first of each kind, but for the recovery, which is the end.
            let (_, at) = match kind {
                Up => told.last().copied().unwrap(),
                _ => *told.iter().find(|(told, _)| *told == kind).unwrap(),
            };
            let took = at.duration_since(believed);
            assert!(
                (0..1_000).contains(&took.as_millis()),
                "{kind:?} was told {took} after the member"
            );
        }
    }
    let evidence = about(&house, any)[0].check.clone().unwrap();
    assert_eq!(evidence.reason, Reason::Members);
    assert_eq!(
        evidence.error.as_deref(),
        Some("down: 1 of 2 members (first)")
    );
}

#[test]
fn a_member_that_rests_or_is_gone_is_left_out() {
    let mut house = House::new(41);
    let ill = house.monitor("ill", Policy::every(10 * SECOND), Script::always(down()));
    let well = house.monitor(
        "well",
        Policy::every(10 * SECOND),
        Script::always(Observation::up()),
    );
    let config = json!({"members": [ill, well]});
    let day = Policy::every(24 * HOUR);
    let group = house.create("group", "GROUP", String::new(), day, config);
    house.start();
    house.simulation.run_for(MINUTE);
    assert_eq!(health(&mut house, group).0, Health::Down);
    house.pause(ill);
    house.simulation.run_for(SECOND * 2);
    assert_eq!(health(&mut house, group).0, Health::Up);
    house.resume(ill);
    house.simulation.run_for(MINUTE);
    assert_eq!(health(&mut house, group).0, Health::Down);
    house.delete(ill);
    house.simulation.run_for(SECOND * 2);
    assert_eq!(health(&mut house, group), (Health::Up, Some(Status::Up)));
    // With nobody left nothing is known, and what was believed stays.
    house.delete(well);
    house.simulation.run_for(SECOND * 2);
    assert_eq!(
        health(&mut house, group),
        (Health::Up, Some(Status::Unknown))
    );
    // Its members are gone, and it can be changed all the same.
    house.rename(group, "other").unwrap();
}

/// Planned work on a member is no outage of the group; what is still down afterwards is.
#[test]
fn a_member_in_maintenance_is_left_out() {
    let mut house = House::new(50);
    let often = Policy::every(10 * SECOND);
    let ill = house.monitor_with("ill", often, down_in(400..100_000), &["worked on"], &[]);
    let well = house.monitor("well", often, Script::always(Observation::up()));
    let config = json!({"members": [ill, well]});
    // Its own interval brings it nowhere near.
    let day = Policy::every(24 * HOUR);
    let group = house.create("group", "GROUP", String::new(), day, config);
    let draft = WindowDraft {
        name: "work".into(),
        covers: Selection::Named {
            monitors: vec![],
            tags: vec!["worked on".into()],
            groups: vec![],
        },
        schedule: Schedule::Once {
            starts_at: house.at(300),
            ends_at: house.at(900),
        },
    };
    let (service, caller) = (house.service.clone(), Caller::operator(house.tenant));
    house
        .wait(async move { service.create_window(&caller, draft).await })
        .unwrap();
    house.start();
    house.simulation.run_for(890 * SECOND);
    assert_eq!(health(&mut house, ill).0, Health::Down);
    assert_eq!(health(&mut house, group).0, Health::Up);
    assert!(house.told().is_empty());
    house.simulation.run_for(30 * SECOND);
    for monitor in [ill, group] {
        let told = about(&house, monitor);
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!(told[0].kind, AlertKind::Down);
        assert!(told[0].timestamp >= house.at(900));
    }
}

/// A group that was kept quiet is told of what its members are then, and not of what was believed
/// of them long before.
#[test]
fn a_group_is_told_after_the_quiet_when_its_members_were_seen_to_be_down() {
    for (recovers, expected) in [(400, vec![]), (100_000, vec![AlertKind::Down])] {
        let mut house = House::new(51);
        // The member is looked at each hour: in the first hour, in the outage.
        let member = house.monitor("member", Policy::every(HOUR), down_in(0..recovers));
        let day = Policy::every(24 * HOUR);
        let group = house.group_with("group", day, member, &["hushed"], &[]);
        let draft = SilenceDraft {
            reason: "known".into(),
            covers: Selection::Named {
                monitors: vec![],
                tags: vec!["hushed".into()],
                groups: vec![],
            },
            starts_at: None,
            ends_at: house.at(600),
        };
        let (service, caller) = (house.service.clone(), Caller::operator(house.tenant));
        house
            .wait(async move { service.create_silence(&caller, draft).await })
            .unwrap();
        house.start();
        house.simulation.run_for(590 * SECOND);
        assert_eq!(health(&mut house, group).0, Health::Down);
        assert!(about(&house, group).is_empty());
        house.simulation.run_for(40 * SECOND);
        let kinds: Vec<_> = about(&house, group).iter().map(|told| told.kind).collect();
        assert_eq!(kinds, expected, "the member recovers at {recovers}");
        let now = if recovers < 600 {
            Health::Up
        } else {
            Health::Down
        };
        assert_eq!(health(&mut house, group).0, now);
    }
}

/// Nothing is said of a group before every member has been read: a start in the middle of an outage
/// neither closes its event nor tells anybody again.
#[test]
fn a_restart_in_an_outage_says_nothing_of_the_group() {
    let mut house = House::new(42);
    let often = Policy::every(10 * SECOND);
    let members: Vec<_> = (0..5)
        .map(|number| house.monitor(&format!("m{number}"), often, down_in(60..100_000)))
        .collect();
    let config = json!({"members": members, "rule": "ALL_DOWN"});
    let group = house.create("group", "GROUP", String::new(), often, config);
    house.start();
    house.simulation.run_for(5 * MINUTE);
    assert_eq!(health(&mut house, group).0, Health::Down);
    let before = about(&house, group).len();
    for _ in 0..3 {
        house.stop();
        house.simulation.run_for(MINUTE);
        house.start();
        house.simulation.run_for(2 * MINUTE);
    }
    assert_eq!(about(&house, group).len(), before);
    let event = {
        let work = house.events(group);
        house.wait(work)
    }
    .unwrap()
    .remove(0);
    assert_eq!(event.status, EventStatus::Open);
}

/// A store that is slow to read its monitors makes no group judge by the half of its members.
#[test]
fn a_group_waits_until_every_monitor_has_been_read() {
    let mut house = House::new(49);
    let often = Policy::every(10 * SECOND);
    let up = Script::always(Observation::up());
    let well = house.monitor("well", often, up.clone());
    let config = json!({"members": [well]});
    house.simulation.run_for(SECOND);
    let group = house.create("group", "GROUP", String::new(), often, config);
    let mut last = group;
    // The feed is read by the thousand, in the order in which monitors were made: the member that
    // is down is on the second page.
    house.simulation.run_for(SECOND);
    for number in 0..1_000 {
        let filler = house.monitor(&format!("filler {number}"), Policy::every(HOUR), up.clone());
        house.pause(filler);
        assert!(filler > group);
        last = last.max(filler);
    }
    house.simulation.run_for(SECOND);
    let ill = house.monitor("ill", often, Script::always(down()));
    assert!(ill > last && group > well);
    house
        .reconfigure(group, json!({"members": [well, ill]}))
        .unwrap();
    house.start();
    house.simulation.run_for(MINUTE);
    assert_eq!(health(&mut house, group).0, Health::Down);
    house.stop();
    house.start_slowly(2 * MINUTE);
    house.simulation.run_for(MINUTE);
    assert!(!house.engine().is_ready(), "a page is still to be read");
    house.simulation.run_for(9 * MINUTE);
    assert!(house.engine().is_ready());
    let kinds: Vec<_> = about(&house, group).iter().map(|told| told.kind).collect();
    assert_eq!(kinds, [AlertKind::Down]);
    // Nor is a group that waits for its members one that is not watched.
    assert_eq!(house.engine().stats().silence_alerts, 0);
}

#[test]
fn a_tag_makes_members_also_of_those_that_get_it_later() {
    let mut house = House::new(43);
    let ill = house.monitor("ill", Policy::every(10 * SECOND), Script::always(down()));
    let well = house.monitor(
        "well",
        Policy::every(10 * SECOND),
        Script::always(Observation::up()),
    );
    house.tag(well, &["web"]).unwrap();
    let day = Policy::every(24 * HOUR);
    let config = json!({"tag": "web"});
    let group = house.create("group", "GROUP", String::new(), day, config);
    // A group that carries its own tag is not its own member.
    house.tag(group, &["web"]).unwrap();
    house.start();
    house.simulation.run_for(MINUTE);
    assert_eq!(health(&mut house, group).0, Health::Up);
    house.tag(ill, &["web"]).unwrap();
    house.simulation.run_for(SECOND * 3);
    assert_eq!(health(&mut house, group).0, Health::Down);
    house.tag(ill, &[]).unwrap();
    house.simulation.run_for(SECOND * 3);
    assert_eq!(health(&mut house, group).0, Health::Up);
}

#[test]
fn what_a_group_may_name() {
    let mut house = House::new(44);
    let plain = house.monitor(
        "plain",
        Policy::default(),
        Script::always(Observation::up()),
    );
    let make = |house: &mut House, config: Value| {
        house.try_create("group", "GROUP", String::new(), Policy::default(), config)
    };
    // Another account's monitor is as absent as one that never was.
    let foreign = sample::monitor(77);
    {
        let store = std::sync::Arc::clone(&house.store);
        let work = async move {
            let monitor = sample::monitor(77);
            store
                .create_monitor(&sample::stranger(), &monitor, None, &sample::act(0))
                .await
        };
        house.wait(work).unwrap();
    }
    let absent = sample::monitor(99).id;
    for (config, pointers) in [
        (json!({}), vec!["/config/members"]),
        (
            json!({"members": [plain, foreign.id]}),
            vec!["/config/members/1"],
        ),
        (json!({"members": [absent]}), vec!["/config/members/0"]),
        (
            json!({"members": [plain, plain]}),
            vec!["/config/members/1"],
        ),
        (json!({"members": [plain], "tag": "a"}), vec!["/config/tag"]),
        (json!({"tag": ""}), vec!["/config/tag"]),
        (
            json!({"members": [plain], "minUp": 1}),
            vec!["/config/minUp"],
        ),
        (
            json!({"members": [plain], "rule": "MIN_UP"}),
            vec!["/config/minUp"],
        ),
        (
            json!({"members": [plain], "rule": "MIN_UP", "minUp": 2}),
            vec!["/config/minUp"],
        ),
        (json!({"members": ["evt_1"]}), vec!["/config/members/0"]),
        (
            json!({"members": [plain], "rule": "MOST"}),
            vec!["/config/rule"],
        ),
    ] {
        let outcome = make(&mut house, config.clone());
        assert_eq!(refused(outcome), pointers, "{config}");
    }
    let inner = make(&mut house, json!({"members": [plain]})).unwrap();
    let middle = make(&mut house, json!({"members": [plain, inner]})).unwrap();
    let outer = make(&mut house, json!({"members": [middle]})).unwrap();
    for (group, members, pointers) in [
        (inner, vec![plain, inner], vec!["/config/members/1"]),
        (inner, vec![middle, plain], vec!["/config/members/0"]),
        (inner, vec![plain, outer], vec!["/config/members/1"]),
        (middle, vec![inner, outer], vec!["/config/members/1"]),
    ] {
        let outcome = house.reconfigure(group, json!({"members": members}));
        assert_eq!(refused(outcome), pointers, "{members:?}");
    }
    house
        .reconfigure(outer, json!({"members": [inner, middle, plain]}))
        .unwrap();
}

#[test]
fn a_manual_monitor_is_what_is_said_of_it() {
    let mut house = House::new(45);
    let manual = house.create(
        "printer",
        "MANUAL",
        String::new(),
        Policy::default(),
        json!({}),
    );
    house.start();
    house.simulation.run_for(24 * HOUR);
    assert_eq!(
        health(&mut house, manual),
        (Health::Pending, Some(Status::Unknown))
    );
    assert!(house.told().is_empty());
    house.say(manual, Status::Down, Some("on fire")).unwrap();
    // It is judged when the answer comes.
    assert_eq!(health(&mut house, manual).0, Health::Down);
    house.simulation.run_for(SECOND);
    let told = about(&house, manual);
    assert_eq!(told.len(), 1);
    let check = told[0].check.as_ref().unwrap();
    assert_eq!(
        (told[0].kind, check.reason, check.error.as_deref()),
        (AlertKind::Down, Reason::Manual, Some("on fire"))
    );
    // A restart, a rename and a day change nothing.
    house.stop();
    house.start();
    house.rename(manual, "press").unwrap();
    house.simulation.run_for(24 * HOUR);
    house.say(manual, Status::Down, Some("still")).unwrap();
    house.simulation.run_for(MINUTE);
    assert_eq!(about(&house, manual).len(), 1);
    house.say(manual, Status::Up, None).unwrap();
    house.simulation.run_for(MINUTE);
    let kinds: Vec<_> = about(&house, manual).iter().map(|told| told.kind).collect();
    assert_eq!(kinds, [AlertKind::Down, AlertKind::Up]);
    let event = {
        let work = house.events(manual);
        house.wait(work)
    }
    .unwrap()
    .remove(0);
    assert_eq!(event.status, EventStatus::Resolved);
    let lasted = event.resolved_at.unwrap().duration_since(event.started_at);
    assert_eq!(lasted.as_secs() / 3_600, 24);
    // One result for each thing that was said, one of the beginning, one after the restart.
    let rows = {
        let work = house.results(manual, 100);
        house.wait(work)
    }
    .unwrap();
    let seen: Vec<_> = rows.iter().rev().map(|row| row.status).collect();
    let said = [
        Status::Unknown,
        Status::Down,
        Status::Down,
        Status::Down,
        Status::Up,
    ];
    assert_eq!(seen, said);
    assert!(rows[0].valid_for > 365 * 24 * HOUR);
    // Who said it is on record.
    let audit = {
        let (store, tenant) = (std::sync::Arc::clone(&house.store), house.tenant);
        let work = async move { store.acts(&tenant, Page::first(100)).await };
        house.wait(work)
    }
    .unwrap();
    let said = audit
        .iter()
        .filter(|row| row.action == "monitor.set_status" && row.object == manual.to_string())
        .count();
    assert_eq!(said, 3);
}

/// What is said while no engine runs is judged at the next start.
#[test]
fn what_is_said_without_an_engine_is_judged_later() {
    let mut house = House::new(46);
    let manual = house.create(
        "door",
        "MANUAL",
        String::new(),
        Policy::default(),
        json!({}),
    );
    house.say(manual, Status::Degraded, None).unwrap();
    house.start();
    house.simulation.run_for(SECOND);
    assert_eq!(health(&mut house, manual).0, Health::Degraded);
    assert_eq!(about(&house, manual)[0].kind, AlertKind::Degraded);
    house.pause(manual);
    let outcome = house.say(manual, Status::Up, None);
    assert!(
        matches!(
            outcome,
            Err(ServiceError::Conflict {
                code: "monitor_paused",
                ..
            })
        ),
        "{outcome:?}"
    );
    let other = house.monitor("x", Policy::default(), Script::always(Observation::up()));
    let outcome = house.say(other, Status::Up, None);
    assert!(
        matches!(
            outcome,
            Err(ServiceError::Conflict {
                code: "not_manual",
                ..
            })
        ),
        "{outcome:?}"
    );
    let outcome = house.say(manual, Status::Up, Some(&"x".repeat(501)));
    assert_eq!(refused(outcome), ["/message"]);
    let outcome = house.say(sample::monitor(5).id, Status::Up, None);
    assert!(matches!(outcome, Err(ServiceError::NotFound(_))));
}

/// A monitor that the schedule cannot serve is told of, and one that is served is not.
#[test]
fn the_watchdog_tells_of_silent_monitors() {
    let mut house = House::new(47);
    let hog = Policy {
        timeout: MINUTE,
        ..Policy::every(MINUTE)
    };
    let slow = Script::always(Observation::up()).taking(59 * SECOND);
    house.monitor("hog", hog, slow);
    let starved = house.monitor(
        "starved",
        Policy::every(5 * SECOND),
        Script::always(Observation::up()),
    );
    let resting = house.monitor(
        "resting",
        Policy::every(SECOND),
        Script::always(Observation::up()),
    );
    house.pause(resting);
    house.create(
        "manual",
        "MANUAL",
        String::new(),
        Policy::every(SECOND),
        json!({}),
    );
    house.start_with(EngineOptions {
        checks_in_flight: 1,
        ..EngineOptions::default()
    });
    let mut most = 0;
    let mut names = Vec::new();
    for _ in 0..40 {
        house.simulation.run_for(5 * SECOND);
        let watch = house.engine().watch();
        most = most.max(watch.silent);
        names.extend(watch.silent_monitors);
    }
    names.dedup();
    assert_eq!((most, names), (1, vec![starved]));
    let stats = house.engine().stats();
    assert!(
        stats.silence_alerts >= 1 && stats.skipped_ticks > 10,
        "{stats:?}"
    );
    assert_eq!(stats.lag.count, stats.looks + stats.in_flight);
    assert!(stats.lag.buckets.windows(2).all(|two| two[0].1 <= two[1].1));
    // With room for it, it is heard again.
    house.stop();
    house.start();
    house.simulation.run_for(2 * MINUTE);
    let engine = house.engine();
    assert_eq!(
        (engine.watch().silent, engine.stats().silent_monitors),
        (0, 0)
    );
}

/// A process that was stopped for a while has nothing to say of monitors that it looks at again.
#[test]
fn the_watchdog_blames_no_monitor_for_a_pause_of_the_process() {
    let mut house = House::new(52);
    let slow = Script::always(Observation::up()).taking(3 * SECOND);
    house.monitor("slow", Policy::every(10 * SECOND), slow);
    house.start();
    house.simulation.run_for(MINUTE);
    house.simulation.clock().advance(10 * MINUTE);
    house.simulation.run_for(MINUTE);
    let engine = house.engine();
    assert_eq!(
        (engine.watch().silent, engine.stats().silence_alerts),
        (0, 0)
    );
}

#[test]
fn the_watchdog_counts_results_that_could_not_be_trusted() {
    let mut house = House::new(48);
    let often = Policy::every(SECOND);
    for number in 0..20 {
        let script = Script::new(move |second| {
            if number == 0 && second % 100 == 0 {
                Observation::unknown(Reason::ResolverFailure, "our own resolver is away")
            } else if number == 1 {
                // A policy of ours is no fault of ours.
                Observation::unknown(Reason::TargetBlocked, "not allowed")
            } else {
                Observation::up()
            }
        });
        house.monitor(&format!("m{number}"), often, script);
    }
    house.start();
    house.simulation.run_for(10 * MINUTE);
    let watch = house.engine().watch();
    assert!((5..=7).contains(&watch.untrusted), "{watch:?}");
    assert!((11_800..=12_050).contains(&watch.looks), "{watch:?}");
    assert!(!watch.is_untrustworthy(), "one in a thousand is no alert");
    for number in 0..3 {
        let script = Script::always(Observation::unknown(Reason::Internal, "broken"));
        house.monitor(&format!("broken {number}"), often, script);
    }
    house.simulation.run_for(MINUTE);
    assert!(house.engine().watch().is_untrustworthy());
    assert_eq!(house.engine().watch().silent, 0);
}
