//! What is about one monitor is about no other: reminders, groups, removals, and windows that are changed while they are read.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test"
)]

use crate::house::{House, Script};
use async_trait::async_trait;
use jiff::Timestamp;
use monitorah_core::{
    Act, Env, MaintenanceId, MonitorId, Observation, Reason, Status, StoreResult, Tenant,
    alert::{AlertKind, RuleScope},
    engine::EngineOptions,
    incident::EventStatus,
    maintenance::{Schedule, Window},
    monitor::{Confirmations, Policy},
    port::{MaintenanceStore, MemoryStore, Page, Ports},
    selection::Selection,
    service::{Caller, RuleDraft, WindowDraft},
};
use serde_json::json;
use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3_600);

fn down() -> Observation {
    Observation::down(Reason::ConnectRefused, "nothing listens")
}

fn down_from(second: u64) -> Script {
    Script::new(move |now| {
        if now >= second {
            down()
        } else {
            Observation::up()
        }
    })
}

fn quick() -> Policy {
    Policy {
        confirmations: Confirmations { down: 1, up: 1 },
        ..Policy::every(10 * SECOND)
    }
}

/// Makes a rule that reminds every minute, of these things about these monitors.
fn remind_shortly(house: &mut House, monitors: Vec<MonitorId>, kinds: Vec<AlertKind>) {
    let (service, caller, id) = (
        house.service.clone(),
        Caller::operator(house.tenant),
        house.rule,
    );
    let work = async move {
        let rule = service.rule(&caller.tenant, id).await?;
        let draft = RuleDraft {
            name: "shortly".into(),
            channels: rule.channels,
            scope: RuleScope::Monitors(monitors),
            kinds,
            remind_every: Some(MINUTE),
            enabled: true,
        };
        service.create_rule(&caller, draft).await
    };
    house.wait(work).unwrap();
}

/// A rule about one monitor brings no reminder of another one forward.
#[test]
fn a_rule_reminds_of_what_it_is_about() {
    let mut house = House::new(80);
    let one = house.monitor("one", quick(), down_from(60));
    let other = house.monitor("other", quick(), down_from(60));
    let third = house.monitor("third", quick(), down_from(60));
    house.remind_every(Some(HOUR));
    house.start();
    house.simulation.run_for(5 * MINUTE);
    remind_shortly(&mut house, vec![one], vec![]);
    // It asks for no reminders, whatever its interval says.
    remind_shortly(&mut house, vec![third], vec![AlertKind::Down]);
    house.simulation.run_for(30 * MINUTE);
    let reminders = |house: &House, monitor: MonitorId| {
        let told = house.told().into_iter();
        told.filter(|message| message.kind == AlertKind::Reminder)
            .filter(|message| message.monitor.as_ref().unwrap().id == monitor)
            .count()
    };
    assert!(reminders(&house, one) >= 20, "{}", reminders(&house, one));
    assert_eq!(reminders(&house, other), 0);
    assert_eq!(reminders(&house, third), 0);
    house.simulation.run_for(30 * MINUTE);
    assert_eq!(reminders(&house, other), 1);
    assert_eq!(reminders(&house, third), 1);
}

/// Where a monitor is not removed, its outage goes on, and nobody hears of its end.
#[test]
fn a_removal_that_fails_ends_no_outage() {
    let mut house = House::new(81);
    house.add_channel("KEEPING", vec![AlertKind::Down]);
    let ill = house.monitor("ill", quick(), down_from(60));
    house.start();
    house.simulation.run_for(2 * MINUTE);
    assert_eq!(house.kept().len(), 1);
    let service = house.service_that_removes_nothing();
    let caller = Caller::operator(house.tenant);
    let refused = house.wait(async move { service.delete_monitor(&caller, ill, None).await });
    assert!(refused.is_err());
    house.simulation.run_for(2 * MINUTE);
    let work = house.events(ill);
    assert_eq!(house.wait(work).unwrap()[0].status, EventStatus::Open);
    assert_eq!(house.kept().len(), 1, "{:?}", house.kept());
    house.delete(ill);
    house.simulation.run_for(SECOND);
    let kept = house.kept();
    assert_eq!(kept.len(), 2);
    assert_eq!(kept[1].kind, AlertKind::Up);
}

/// Windows that are slow to read.
struct SlowWindows {
    store: Arc<MemoryStore>,
    environment: Env,
    reading: Arc<AtomicU32>,
}

#[async_trait]
impl MaintenanceStore for SlowWindows {
    async fn create_window(&self, tenant: &Tenant, window: &Window, act: &Act) -> StoreResult<()> {
        self.store.create_window(tenant, window, act).await
    }

    async fn window(&self, tenant: &Tenant, id: MaintenanceId) -> StoreResult<Window> {
        self.store.window(tenant, id).await
    }

    async fn windows(&self, tenant: &Tenant, page: Page) -> StoreResult<Vec<Window>> {
        self.store.windows(tenant, page).await
    }

    async fn current_windows(
        &self,
        tenant: &Tenant,
        now: Timestamp,
        limit: u32,
    ) -> StoreResult<Vec<Window>> {
        let read = self.store.current_windows(tenant, now, limit).await;
        self.reading.fetch_add(1, Ordering::Relaxed);
        self.environment.sleep(Duration::from_millis(200)).await;
        self.reading.fetch_sub(1, Ordering::Relaxed);
        read
    }

    async fn update_window(&self, tenant: &Tenant, window: &Window, act: &Act) -> StoreResult<()> {
        self.store.update_window(tenant, window, act).await
    }

    async fn delete_window(
        &self,
        tenant: &Tenant,
        id: MaintenanceId,
        expected: Option<i64>,
        act: &Act,
    ) -> StoreResult<()> {
        self.store.delete_window(tenant, id, expected, act).await
    }
}

/// A window that is made while windows are read is not forgotten with what was read before it.
#[test]
fn a_window_that_is_made_during_a_read_is_seen_at_once() {
    let mut house = House::new(82);
    let manual = house.create("m", "MANUAL", String::new(), Policy::default(), json!({}));
    // Its looks read the windows, again and again.
    house.monitor(
        "often",
        Policy::every(SECOND),
        Script::always(Observation::up()),
    );
    house.say(manual, Status::Up, None).unwrap();
    let reading = Arc::new(AtomicU32::new(0));
    let maintenance = Arc::new(SlowWindows {
        store: Arc::clone(&house.store),
        environment: house.simulation.clock(),
        reading: Arc::clone(&reading),
    });
    let ports = Ports {
        maintenance,
        ..Ports::of(&house.store)
    };
    house.start_on(ports, EngineOptions::default());
    // Just after a round of the watch, whose next one is 15 seconds away.
    house.simulation.run_for(62 * SECOND);
    let mut steps = 0;
    while reading.load(Ordering::Relaxed) == 0 {
        house.simulation.run_for(Duration::from_millis(20));
        steps += 1;
        assert!(steps < 200, "nobody reads the windows");
    }
    let begun = steps;
    let draft = WindowDraft {
        name: "now".into(),
        covers: Selection::All,
        schedule: Schedule::Once {
            starts_at: house.at(30),
            ends_at: house.at(3_600),
        },
    };
    let (service, caller) = (house.service.clone(), Caller::operator(house.tenant));
    house
        .wait(async move { service.create_window(&caller, draft).await })
        .unwrap();
    house.simulation.run_for(3 * SECOND);
    let work = house.results(manual, 10);
    let rows = house.wait(work).unwrap();
    assert!(
        rows[0].maintenance,
        "after {begun} steps nothing is known of the window"
    );
}

/// A change of a monitor is looked at by the groups that it is in, and by no other.
#[test]
fn a_change_concerns_the_groups_of_the_monitor_alone() {
    let mut house = House::new(83);
    let hourly = Policy::every(HOUR);
    let turns = Script::new(|now| {
        if now >= 600 && (now / 60) % 2 == 0 {
            down()
        } else {
            Observation::up()
        }
    });
    let well = || Script::always(Observation::up());
    let ill = house.monitor_with("ill", quick(), turns, &["shop"], &[]);
    let calm = house.monitor_with("calm", quick(), well(), &["web"], &[]);
    let group = |house: &mut House, config: serde_json::Value| {
        house.create("group", "GROUP", String::new(), hourly, config)
    };
    let by_id = group(&mut house, json!({"members": [ill, calm]}));
    let by_tag = group(&mut house, json!({"tag": "shop"}));
    let above = group(&mut house, json!({"members": [by_tag]}));
    let other = group(&mut house, json!({"members": [calm]}));
    let other_tag = group(&mut house, json!({"tag": "web"}));
    house.start();
    house.simulation.run_for(9 * MINUTE);
    let rows = |house: &mut House, monitor: MonitorId| {
        let work = house.results(monitor, 100);
        house.wait(work).unwrap().len()
    };
    let groups = [by_id, by_tag, above, other, other_tag];
    let before = groups.map(|monitor| rows(&mut house, monitor));
    // Ten turns, of which the first four are not damped.
    house.simulation.run_for(11 * MINUTE);
    let after = groups.map(|monitor| rows(&mut house, monitor));
    let more: Vec<_> = after
        .iter()
        .zip(before)
        .map(|(after, before)| after - before)
        .collect();
    assert!(more[..3].iter().all(|rows| *rows >= 8), "{more:?}");
    assert_eq!(more[3..], [0, 0], "{more:?}");
    // A monitor that gets the tag, and loses it, is seen by the groups of both.
    let health = |house: &mut House, monitor: MonitorId| {
        let work = house.record(monitor);
        house.wait(work).unwrap().state.health
    };
    let bad = house.monitor("bad", quick(), Script::always(down()));
    house.simulation.run_for(20 * SECOND);
    assert_eq!(health(&mut house, other_tag).badness(), 0);
    house.tag(bad, &["web"]).unwrap();
    house.simulation.run_for(20 * SECOND);
    assert_eq!(health(&mut house, other_tag).badness(), 2);
    house.tag(bad, &[]).unwrap();
    house.simulation.run_for(20 * SECOND);
    assert_eq!(health(&mut house, other_tag).badness(), 0);
    assert_eq!(health(&mut house, other).badness(), 0);
    // And one that joins by the group's own configuration.
    house.reconfigure(other, json!({"members": [bad]})).unwrap();
    house.simulation.run_for(20 * SECOND);
    assert_eq!(health(&mut house, other).badness(), 2);
    house.delete(bad);
    house.simulation.run_for(20 * SECOND);
    let work = house.results(other, 1);
    assert_eq!(house.wait(work).unwrap()[0].status, Status::Unknown);
}

/// What a group sees again for no other reason than that a member changed is no new result.
#[test]
fn a_group_that_sees_the_same_again_writes_nothing() {
    let mut house = House::new(84);
    let member = house.monitor("member", quick(), Script::always(Observation::up()));
    let hourly = Policy::every(HOUR);
    let config = json!({"members": [member]});
    let group = house.create("group", "GROUP", String::new(), hourly, config);
    house.start();
    house.simulation.run_for(5 * MINUTE);
    let rows = |house: &mut House| {
        let work = house.results(group, 100);
        house.wait(work).unwrap().len()
    };
    let before = rows(&mut house);
    assert!(before >= 1);
    for number in 0..5 {
        house.rename(member, &format!("member {number}")).unwrap();
        house.simulation.run_for(20 * SECOND);
    }
    assert_eq!(rows(&mut house), before);
    // Its own looks go on, each with a result, and so does one that somebody asks for.
    house.simulation.run_for(3 * HOUR);
    let own = rows(&mut house);
    assert!((before + 3..before + 5).contains(&own), "{own}");
    let engine = house.engine();
    let look = async move { engine.check_now(group).await };
    house.simulation.run_until(look).unwrap().unwrap();
    house.simulation.run_for(SECOND);
    assert_eq!(rows(&mut house), own + 1);
}
