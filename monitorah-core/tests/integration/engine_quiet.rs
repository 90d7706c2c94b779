//! What is quiet and for how long, beside the table: parents that are slow to be sure, groups of what is in maintenance, windows that are made late, and ends that receivers wait for.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test"
)]

use crate::house::{House, Script};
use monitorah_core::{
    MaintenanceId, MonitorId, Observation, Reason, Registration, Status,
    alert::{AlertKind, Message},
    crypt::Sealed,
    incident::EventStatus,
    maintenance::Schedule,
    monitor::{Confirmations, Health, Policy},
    port::MonitorStore,
    selection::Selection,
    service::{Caller, ServiceError, SilenceDraft, WindowDraft},
    testkit::conformance::sample,
};
use serde_json::json;
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3_600);

fn down() -> Observation {
    Observation::down(Reason::ConnectRefused, "nothing listens")
}

fn degraded() -> Observation {
    Observation::new(Status::Degraded, Reason::Slow)
}

/// Well, degraded from one second on and down from another.
fn falls(degraded_at: u64, down_at: u64) -> Script {
    Script::new(move |now| match now {
        now if now >= down_at => down(),
        now if now >= degraded_at => degraded(),
        _ => Observation::up(),
    })
}

fn about(told: &[Message], monitor: MonitorId) -> Vec<AlertKind> {
    let told = told.iter();
    told.filter(|message| message.monitor.as_ref().unwrap().id == monitor)
        .map(|message| message.kind)
        .collect()
}

fn tagged(tag: &str) -> Selection {
    Selection::Named {
        monitors: vec![],
        tags: vec![tag.to_owned()],
        groups: vec![],
    }
}

fn window(house: &mut House, covers: Selection, seconds: std::ops::Range<i64>) -> MaintenanceId {
    let draft = WindowDraft {
        name: "w".into(),
        covers,
        schedule: Schedule::Once {
            starts_at: house.at(seconds.start),
            ends_at: house.at(seconds.end),
        },
    };
    let (service, caller) = (house.service.clone(), Caller::operator(house.tenant));
    let made = house.wait(async move { service.create_window(&caller, draft).await });
    made.unwrap().value.id
}

fn health(house: &mut House, monitor: MonitorId) -> Health {
    let work = house.record(monitor);
    house.wait(work).unwrap().state.health
}

/// What was decided and told to nobody is not known to people: children that fell before with
/// nobody listening wait for their parent like any other.
#[test]
fn what_nobody_heard_of_is_not_told() {
    let mut house = House::new(61);
    let rule = house.rule;
    house.tell_only(rule, vec![AlertKind::Down]);
    let (_, ends) = house.add_channel("KEEPING", vec![AlertKind::Up]);
    let often = Policy::every(SECOND * 30);
    let parent = house.monitor("parent", often, falls(400, 400));
    let children: Vec<_> = (0..20)
        .map(|_| house.monitor_with("child", often, falls(100, 400), &[], &[parent]))
        .collect();
    // It is degraded, and well again: nobody heard of it.
    let blip = Script::new(|now| {
        if (100..200).contains(&now) {
            degraded()
        } else {
            Observation::up()
        }
    });
    let blip = house.monitor("blip", often, blip);
    house.start();
    house.simulation.run_for(MINUTE * 5);
    let work = house.events(children[0]);
    let event = house.wait(work).unwrap().remove(0);
    assert_eq!(event.status, EventStatus::Open);
    assert_eq!((event.told.at, event.told.channels.len()), (None, 0));
    house.simulation.run_for(MINUTE * 10);
    let told = house.told();
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(about(&told, parent), [AlertKind::Down]);
    assert_eq!(told[0].hides.as_ref().unwrap().count, 20);
    let ended = house.kept();
    assert!(
        ended.is_empty(),
        "the end of what nobody heard of: {ended:?}"
    );
    let work = house.events(blip);
    assert_eq!(house.wait(work).unwrap()[0].status, EventStatus::Resolved);
    house.delete_rule(ends);
}

/// A parent that needs long to be sure is waited for, and several are asked at once.
#[test]
fn a_message_waits_for_parents_that_are_slow_to_be_sure() {
    let mut house = House::new(62);
    let quick = Policy::every(SECOND * 30);
    let patient = Policy {
        timeout: SECOND * 20,
        confirmations: Confirmations { down: 3, up: 1 },
        ..Policy::every(MINUTE * 2)
    };
    // Both are black holes: a look takes as long as it may.
    let hole = || {
        let script = Script::new(|now| {
            if now >= 300 {
                down()
            } else {
                Observation::up()
            }
        });
        script.taking(SECOND * 19)
    };
    let parents = [
        house.monitor("first", patient, hole()),
        house.monitor("second", patient, hole()),
    ];
    let child = house.monitor_with("child", quick, falls(300, 300), &[], &parents);
    // One that stays well although it is slow.
    let slow = Script::always(Observation::up()).taking(SECOND * 19);
    let slow = house.monitor("slow", patient, slow);
    let other = house.monitor_with("other", quick, falls(300, 300), &[], &[slow]);
    house.start();
    house.simulation.run_for(MINUTE * 10);
    let told = house.told();
    assert!(about(&told, child).is_empty(), "{told:?}");
    assert_eq!(about(&told, parents[0]), [AlertKind::Down]);
    assert_eq!(about(&told, parents[1]), [AlertKind::Down]);
    assert_eq!(about(&told, other), [AlertKind::Down]);
    let seconds: Vec<_> = told
        .iter()
        .map(|message| message.timestamp.duration_since(house.at(300)).as_secs())
        .collect();
    // Asked one after the other, the second parent would take a minute more.
    assert!(seconds.iter().all(|second| *second < 110), "{seconds:?}");
}

/// What people say of a parent is known without a look: nobody waits for it.
#[test]
fn a_parent_of_facts_is_never_in_doubt() {
    let mut house = House::new(63);
    let manual = house.create("m", "MANUAL", String::new(), Policy::default(), json!({}));
    let job = house.heartbeat("job", HOUR * 24, 60);
    house.say(manual, Status::Up, None).unwrap();
    house.ping(job);
    let often = Policy::every(SECOND * 10);
    let child = house.monitor_with("child", often, falls(100, 100), &[], &[manual, job]);
    house.start();
    house.simulation.run_for(MINUTE * 5);
    let told = house.told();
    assert_eq!(about(&told, child), [AlertKind::Down]);
    let after = told[0].timestamp.duration_since(house.at(100)).as_secs();
    assert!(after <= 13, "told {after} seconds after");
}

/// What is in maintenance counts for nothing in a group, and for something again when it ends.
#[test]
fn a_group_leaves_out_members_in_maintenance() {
    let mut house = House::new(64);
    let often = Policy::every(SECOND * 10);
    let ill = house.monitor_with("ill", often, falls(130, 130), &["shop"], &[]);
    house.monitor_with("well", often, falls(9_999, 9_999), &["web"], &[]);
    let work = house.record(ill);
    let members = json!({"members": [house.wait(work).unwrap().monitor.id]});
    let day = Policy::every(HOUR * 24);
    let alone = house.create("alone", "GROUP", String::new(), day, members);
    let well = house.monitor("steady", often, Script::always(Observation::up()));
    let both = json!({"members": [ill, well]});
    let group = house.create("group", "GROUP", String::new(), day, both);
    window(&mut house, tagged("shop"), 120..420);
    house.start();
    house.simulation.run_for(SECOND * 410);
    assert_eq!(health(&mut house, ill), Health::Down);
    assert_eq!(health(&mut house, group), Health::Up);
    assert_eq!(health(&mut house, alone), Health::Up);
    let work = house.events(group);
    assert!(house.wait(work).unwrap().is_empty());
    assert!(house.told().is_empty(), "{:?}", house.told());
    house.simulation.run_for(SECOND * 40);
    assert_eq!(health(&mut house, group), Health::Down);
    assert_eq!(about(&house.told(), group), [AlertKind::Down]);
    // A window that is made now, by whom the group does not hear otherwise.
    window(&mut house, tagged("shop"), 450..900);
    house.simulation.run_for(SECOND * 20);
    assert_eq!(health(&mut house, group), Health::Up);
}

/// A window that is made between two looks that are a day apart bears on the results between.
#[test]
fn a_window_that_is_made_late_bears_on_what_is_seldom_looked_at() {
    let mut house = House::new(65);
    let manual = house.create("m", "MANUAL", String::new(), Policy::default(), json!({}));
    let daily = house.monitor(
        "daily",
        Policy::every(HOUR * 24),
        falls(9_999_999, 9_999_999),
    );
    house.say(manual, Status::Down, None).unwrap();
    house.start();
    house.simulation.run_for(MINUTE * 10);
    let later = window(&mut house, Selection::All, 1_200..2_400);
    house.simulation.run_for(MINUTE * 20);
    // It is ended early.
    let (service, caller) = (house.service.clone(), Caller::operator(house.tenant));
    house
        .wait(async move { service.end_window(&caller, later).await })
        .unwrap();
    house.simulation.run_for(MINUTE * 5);
    for monitor in [manual, daily] {
        let work = house.results(monitor, 100);
        let rows = house.wait(work).unwrap();
        let seen: Vec<_> = rows
            .iter()
            .rev()
            .map(|row| {
                (
                    row.at.duration_since(house.at(0)).as_secs(),
                    row.maintenance,
                )
            })
            .collect();
        let opened = seen.iter().find(|(_, maintenance)| *maintenance);
        assert!(
            opened.is_some_and(|(at, _)| (1_200..1_203).contains(at)),
            "{seen:?}"
        );
        let (at, maintenance) = *seen.last().unwrap();
        assert!((1_800..1_803).contains(&at) && !maintenance, "{seen:?}");
    }
}

/// A receiver that keeps an outage open is told of every end, whatever ends it; people are not.
#[test]
fn a_receiver_that_keeps_outages_open_hears_of_every_end() {
    let mut house = House::new(66);
    let (_, rule) = house.add_channel("KEEPING", vec![AlertKind::Down]);
    let often = Policy::every(SECOND * 10);
    let ill = || falls(60, 60);
    let paused = house.monitor("paused", often, ill());
    let deleted = house.monitor("deleted", often, ill());
    let recovers = Script::new(|now| {
        if (60..600).contains(&now) {
            down()
        } else {
            Observation::up()
        }
    });
    let recovers = house.monitor("recovers", often, recovers);
    house.start();
    house.simulation.run_for(MINUTE * 5);
    assert_eq!(house.kept().len(), 3);
    let heard = house.told().len();
    house.pause(paused);
    house.delete(deleted);
    house.delete_rule(rule);
    house.simulation.run_for(SECOND * 5);
    let kept = house.kept();
    for monitor in [paused, deleted] {
        assert_eq!(about(&kept, monitor), [AlertKind::Down, AlertKind::Up]);
        let of: Vec<_> = kept
            .iter()
            .filter(|message| message.monitor.as_ref().unwrap().id == monitor)
            .map(|message| message.event.as_ref().unwrap().id)
            .collect();
        assert_eq!(of[0], of[1], "the same event");
    }
    assert!(kept.last().unwrap().summary.ends_with("no longer watched"));
    assert_eq!(house.told().len(), heard, "people hear nothing of a pause");
    // Its rule is gone; it was told of the outage and hears of its end.
    house.simulation.run_for(MINUTE * 10);
    assert_eq!(
        about(&house.kept(), recovers),
        [AlertKind::Down, AlertKind::Up]
    );
}

/// Who was told of an outage hears of its end, also when no rule leads there any more.
#[test]
fn a_recovery_is_told_to_those_who_were_told() {
    let mut house = House::new(67);
    let script = Script::new(|now| {
        if (60..600).contains(&now) {
            down()
        } else {
            Observation::up()
        }
    });
    let ill = house.monitor("ill", Policy::every(SECOND * 10), script);
    house.start();
    house.simulation.run_for(MINUTE * 5);
    assert_eq!(about(&house.told(), ill), [AlertKind::Down]);
    let rule = house.rule;
    house.delete_rule(rule);
    house.simulation.run_for(MINUTE * 10);
    assert_eq!(about(&house.told(), ill), [AlertKind::Down, AlertKind::Up]);
}

/// A warning that nobody is to hear yet writes nothing, and is given when the silence is over.
#[test]
fn a_suppressed_warning_is_not_stored_at_every_look() {
    let mut house = House::new(68);
    let ends = house.at(5 * 86_400);
    let script = Script::new(move |_| {
        let mut seen = Observation::up();
        seen.registration = Some(Registration {
            domain: "example.test".into(),
            expires_at: ends,
        });
        seen
    });
    let monitor = house.monitor("domain", Policy::every(SECOND * 30), script);
    let draft = SilenceDraft {
        reason: "known".into(),
        covers: Selection::All,
        starts_at: None,
        ends_at: house.at(3_600),
    };
    let (service, caller) = (house.service.clone(), Caller::operator(house.tenant));
    house
        .wait(async move { service.create_silence(&caller, draft).await })
        .unwrap();
    house.start();
    house.simulation.run_for(MINUTE * 5);
    let work = house.record(monitor);
    let before = house.wait(work).unwrap().state_version;
    house.simulation.run_for(MINUTE * 50);
    let work = house.record(monitor);
    assert_eq!(house.wait(work).unwrap().state_version, before);
    assert!(house.told().is_empty());
    house.simulation.run_for(MINUTE * 10);
    assert_eq!(about(&house.told(), monitor), [AlertKind::DomainExpiring]);
}

/// What was said of a manual monitor does not go on being said while it is paused.
#[test]
fn what_was_said_ends_with_a_pause_and_is_said_again_after_it() {
    let mut house = House::new(69);
    let manual = house.create("m", "MANUAL", String::new(), Policy::default(), json!({}));
    house.say(manual, Status::Down, None).unwrap();
    house.start();
    house.simulation.run_for(HOUR);
    house.pause(manual);
    house.simulation.run_for(HOUR * 24);
    house.resume(manual);
    house.simulation.run_for(HOUR);
    let work = house.results(manual, 100);
    let rows = house.wait(work).unwrap();
    let seen: Vec<_> = rows
        .iter()
        .rev()
        .map(|row| {
            let at = row.at.duration_since(house.at(0)).as_hours();
            (at, row.status, row.valid_for.is_zero())
        })
        .collect();
    assert_eq!(
        seen,
        [
            (0, Status::Down, false),
            (1, Status::Unknown, true),
            (25, Status::Down, false)
        ]
    );
}

/// What cannot be sealed or opened is no trouble with the store, and keeps no other reminder waiting.
#[test]
fn a_reminder_that_cannot_be_made_is_put_off() {
    let mut house = House::new(70);
    house.remind_every(Some(MINUTE * 5));
    let often = Policy::every(SECOND * 10);
    let broken: Vec<_> = (0..120)
        .map(|_| house.monitor("broken", often, falls(10, 10)))
        .collect();
    house.start();
    house.simulation.run_for(MINUTE * 2);
    // Their targets open no more; the looks themselves come to nothing from now on.
    for monitor in &broken {
        let work = house.record(*monitor);
        let mut monitor = house.wait(work).unwrap().monitor;
        monitor.target = Sealed::from_bytes(vec![1, 2, 3]);
        let (store, tenant) = (std::sync::Arc::clone(&house.store), house.tenant);
        let work = async move {
            store
                .update_monitor(&tenant, &monitor, &[], &sample::act(0))
                .await
        };
        house.wait(work).unwrap();
    }
    let ill = house.monitor("ill", often, falls(200, 200));
    house.simulation.run_for(MINUTE * 20);
    let told = about(&house.told(), ill);
    assert_eq!(told.first(), Some(&AlertKind::Down));
    let reminded = told.iter().filter(|kind| **kind == AlertKind::Reminder);
    assert!(reminded.count() >= 3, "{told:?}");
    assert_eq!(house.engine().trouble(), None);
}

/// What is over comes to life again only where there is room for it.
#[test]
fn an_update_makes_no_more_windows_or_silences_than_there_may_be() {
    let mut house = House::new(71);
    let (at, tenant) = (|second| house.at(second), house.tenant);
    let (now, soon, later) = (at(0), at(60), at(86_400));
    let window = move |ends_at| WindowDraft {
        name: "w".into(),
        covers: Selection::All,
        schedule: Schedule::Once {
            starts_at: now,
            ends_at,
        },
    };
    let silence = move |ends_at| SilenceDraft {
        reason: "r".into(),
        covers: Selection::All,
        starts_at: Some(now),
        ends_at,
    };
    let (service, caller) = (house.service.clone(), Caller::operator(tenant));
    let old = house.wait(async move {
        let old = service.create_window(&caller, window(soon)).await?;
        let hush = service.create_silence(&caller, silence(soon)).await?;
        Ok::<_, ServiceError>((old.value.id, hush.value.id))
    });
    let (old, hush) = old.unwrap();
    house.simulation.run_for(MINUTE * 2);
    let (service, caller) = (house.service.clone(), Caller::operator(tenant));
    let refused = house.wait(async move {
        for _ in 0..500 {
            service.create_window(&caller, window(later)).await?;
            service.create_silence(&caller, silence(later)).await?;
        }
        let refused = [
            service
                .update_window(&caller, old, window(later), None)
                .await
                .map(drop),
            service
                .update_silence(&caller, hush, silence(later), None)
                .await
                .map(drop),
        ];
        // A new name needs no room.
        let renamed = WindowDraft {
            name: "other".into(),
            ..window(soon)
        };
        service.update_window(&caller, old, renamed, None).await?;
        Ok::<_, ServiceError>(refused)
    });
    for refused in refused.unwrap() {
        assert!(
            matches!(
                refused,
                Err(ServiceError::Conflict {
                    code: "too_many",
                    ..
                })
            ),
            "{refused:?}"
        );
    }
}
