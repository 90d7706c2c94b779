//! What a store of maintenance windows, of silences and of dependencies must do.

use super::{Subject, refusal, sample};
use crate::{
    error::StoreErrorKind::{AlreadyExists, Conflict, NotFound, Replayed},
    incident::{Event, EventStatus, Resolution},
    maintenance::{Beginnings, Recurrence, Schedule, Span, Weekday, Window},
    monitor::{Health, Monitor, MonitorState},
    observation::{Severity, Status},
    port::{Dependants, Page, ParentRecord, Settlement},
    selection::Selection,
    silence::Silence,
};

fn named(monitors: &[&Monitor]) -> Selection {
    Selection::Named {
        monitors: monitors.iter().map(|monitor| monitor.id).collect(),
        tags: vec!["web".to_owned(), "edge".to_owned(), "web".to_owned()],
        groups: vec!["shop/checkout".to_owned()],
    }
}

/// The same selection as a store gives it back: in order, each name once.
fn in_order(covers: &Selection) -> Selection {
    let mut covers = covers.clone();
    covers.sort();
    covers
}

/// Maintenance windows from their making to their end.
pub async fn maintenance_store(subject: &Subject) {
    let Subject {
        home,
        stranger,
        monitors,
        maintenance,
        ..
    } = subject;
    let (first, second) = (sample::monitor(1), sample::monitor(2));
    for monitor in [&first, &second] {
        monitors
            .create_monitor(home, monitor, None, &sample::act(0))
            .await
            .unwrap();
    }
    let recurring = Window {
        covers: named(&[&second, &first]),
        schedule: Schedule::Recurring(Recurrence {
            beginnings: Beginnings::Weekly {
                weekdays: vec![Weekday::Sunday],
                time: jiff::civil::time(2, 30, 0, 0),
            },
            minutes: 90,
            time_zone: "Europe/Berlin".to_owned(),
            from: Some(sample::at(0)),
            until: Some(sample::at(500)),
        }),
        ..sample::window(1)
    };
    let once = sample::window(2);
    let cron = Window {
        schedule: Schedule::Recurring(Recurrence {
            beginnings: Beginnings::Cron("0 2 * * SUN".to_owned()),
            minutes: 60,
            time_zone: "UTC".to_owned(),
            from: None,
            until: None,
        }),
        ..sample::window(3)
    };
    for window in [&recurring, &once, &cron] {
        maintenance
            .create_window(home, window, &sample::act(0))
            .await
            .unwrap();
        let expected = Window {
            covers: in_order(&window.covers),
            ..window.clone()
        };
        assert_eq!(maintenance.window(home, window.id).await.unwrap(), expected);
    }
    let again = maintenance
        .create_window(home, &once, &sample::act(0))
        .await;
    assert_eq!(refusal(again), Some(AlreadyExists));

    // Nobody else sees it, and nobody reaches into another account.
    assert_eq!(
        refusal(maintenance.window(stranger, once.id).await),
        Some(NotFound)
    );
    assert!(
        maintenance
            .windows(stranger, Page::first(9))
            .await
            .unwrap()
            .is_empty()
    );
    let theirs = Window {
        covers: named(&[&first]),
        ..sample::window(8)
    };
    let refused = maintenance
        .create_window(stranger, &theirs, &sample::act(0))
        .await;
    assert_eq!(refusal(refused), Some(NotFound));
    assert_eq!(
        refusal(maintenance.window(stranger, theirs.id).await),
        Some(NotFound),
        "a refused window left a trace"
    );
    for refused in [
        refusal(
            maintenance
                .update_window(stranger, &once, &sample::act(1))
                .await,
        ),
        refusal(
            maintenance
                .delete_window(stranger, once.id, None, &sample::act(1))
                .await,
        ),
    ] {
        assert_eq!(refused, Some(NotFound));
    }

    // Lists: all, page by page, and those that are not over.
    let ids = |windows: Vec<Window>| windows.iter().map(|one| one.id).collect::<Vec<_>>();
    let all = maintenance.windows(home, Page::first(2)).await.unwrap();
    assert_eq!(ids(all), [recurring.id, once.id]);
    let rest = Page::after(*once.id.as_bytes(), 9);
    assert_eq!(
        ids(maintenance.windows(home, rest).await.unwrap()),
        [cron.id]
    );
    for (second, expected) in [
        (0, vec![recurring.id, once.id, cron.id]),
        (199, vec![recurring.id, once.id, cron.id]),
        (200, vec![recurring.id, cron.id]),
        (500, vec![cron.id]),
    ] {
        let current = maintenance
            .current_windows(home, sample::at(second), 9)
            .await
            .unwrap();
        assert_eq!(ids(current), expected, "at {second}");
    }
    let one = maintenance
        .current_windows(home, sample::at(0), 1)
        .await
        .unwrap();
    assert_eq!(ids(one), [recurring.id]);

    // An update is a compare-and-swap; what it names is replaced.
    let changed = Window {
        name: "renamed".to_owned(),
        covers: named(&[&second]),
        schedule: once.schedule.clone(),
        cut: Some(Span {
            from: sample::at(120),
            until: sample::at(130),
        }),
        updated_at: sample::at(5),
        ..recurring.clone()
    };
    maintenance
        .update_window(home, &changed, &sample::act(5))
        .await
        .unwrap();
    let stale = maintenance
        .update_window(home, &changed, &sample::act(6))
        .await;
    assert_eq!(refusal(stale), Some(Conflict));
    let dangling = Window {
        covers: named(&[&sample::monitor(77)]),
        version: 2,
        ..changed.clone()
    };
    let refused = maintenance
        .update_window(home, &dangling, &sample::act(6))
        .await;
    assert_eq!(refusal(refused), Some(NotFound));
    let stored = maintenance.window(home, changed.id).await.unwrap();
    assert_eq!(
        stored,
        Window {
            version: 2,
            covers: in_order(&changed.covers),
            ..changed
        }
    );

    // A removed monitor leaves the window: with nothing named, it is about nothing, not about all.
    monitors
        .delete_monitor(home, second.id, None, &sample::act(7))
        .await
        .unwrap();
    let stored = maintenance.window(home, recurring.id).await.unwrap();
    assert_eq!(stored.covers, in_order(&named(&[])));
    let version = maintenance
        .window(home, recurring.id)
        .await
        .unwrap()
        .version;
    let stale = maintenance
        .delete_window(home, recurring.id, Some(version + 1), &sample::act(8))
        .await;
    assert_eq!(refusal(stale), Some(Conflict));
    maintenance.window(home, recurring.id).await.unwrap();
    maintenance
        .delete_window(home, recurring.id, Some(version), &sample::act_once("key"))
        .await
        .unwrap();
    let twice = maintenance
        .delete_window(home, recurring.id, None, &sample::act_once("key"))
        .await;
    assert_eq!(refusal(twice), Some(Replayed));
    let twice = maintenance
        .delete_window(home, recurring.id, None, &sample::act(8))
        .await;
    assert_eq!(refusal(twice), Some(NotFound));
}

/// Silences from their making to their end.
pub async fn silence_store(subject: &Subject) {
    let Subject {
        home,
        stranger,
        monitors,
        silences,
        ..
    } = subject;
    let monitor = sample::monitor(1);
    monitors
        .create_monitor(home, &monitor, None, &sample::act(0))
        .await
        .unwrap();
    let narrow = Silence {
        covers: named(&[&monitor]),
        ..sample::silence(1)
    };
    let wide = Silence {
        ends_at: sample::at(900),
        ..sample::silence(2)
    };
    for silence in [&narrow, &wide] {
        silences
            .create_silence(home, silence, &sample::act(0))
            .await
            .unwrap();
        let expected = Silence {
            covers: in_order(&silence.covers),
            ..silence.clone()
        };
        assert_eq!(silences.silence(home, silence.id).await.unwrap(), expected);
    }
    let again = silences.create_silence(home, &wide, &sample::act(0)).await;
    assert_eq!(refusal(again), Some(AlreadyExists));
    let theirs = Silence {
        covers: named(&[&monitor]),
        ..sample::silence(3)
    };
    for refused in [
        refusal(silences.silence(stranger, wide.id).await),
        refusal(
            silences
                .create_silence(stranger, &theirs, &sample::act(0))
                .await,
        ),
        refusal(
            silences
                .update_silence(stranger, &wide, &sample::act(0))
                .await,
        ),
        refusal(
            silences
                .delete_silence(stranger, wide.id, None, &sample::act(0))
                .await,
        ),
    ] {
        assert_eq!(refused, Some(NotFound));
    }
    assert!(
        silences
            .silences(stranger, Page::first(9))
            .await
            .unwrap()
            .is_empty()
    );
    let ids = |silences: Vec<Silence>| silences.iter().map(|one| one.id).collect::<Vec<_>>();
    let all = silences.silences(home, Page::first(9)).await.unwrap();
    assert_eq!(ids(all), [narrow.id, wide.id]);
    for (second, expected) in [
        (0, vec![narrow.id, wide.id]),
        (199, vec![narrow.id, wide.id]),
        (200, vec![wide.id]),
        (900, vec![]),
    ] {
        let current = silences
            .current_silences(home, sample::at(second), 9)
            .await
            .unwrap();
        assert_eq!(ids(current), expected, "at {second}");
    }
    let changed = Silence {
        reason: "longer than thought".to_owned(),
        covers: Selection::All,
        starts_at: sample::at(50),
        ends_at: sample::at(950),
        updated_at: sample::at(5),
        ..narrow.clone()
    };
    silences
        .update_silence(home, &changed, &sample::act(5))
        .await
        .unwrap();
    let stale = silences
        .update_silence(home, &changed, &sample::act(6))
        .await;
    assert_eq!(refusal(stale), Some(Conflict));
    assert_eq!(
        silences.silence(home, narrow.id).await.unwrap(),
        Silence {
            version: 2,
            ..changed.clone()
        }
    );
    let back = Silence {
        version: 2,
        covers: named(&[&monitor]),
        ..changed
    };
    silences
        .update_silence(home, &back, &sample::act(6))
        .await
        .unwrap();
    monitors
        .delete_monitor(home, monitor.id, None, &sample::act(7))
        .await
        .unwrap();
    let stored = silences.silence(home, narrow.id).await.unwrap();
    assert_eq!(stored.covers, in_order(&named(&[])));
    let version = silences.silence(home, narrow.id).await.unwrap().version;
    let stale = silences
        .delete_silence(home, narrow.id, Some(version + 1), &sample::act(8))
        .await;
    assert_eq!(refusal(stale), Some(Conflict));
    silences.silence(home, narrow.id).await.unwrap();
    silences
        .delete_silence(home, narrow.id, Some(version), &sample::act(8))
        .await
        .unwrap();
    let twice = silences
        .delete_silence(home, narrow.id, None, &sample::act(8))
        .await;
    assert_eq!(refusal(twice), Some(NotFound));
}

/// What is known of parents and children through their events.
pub async fn dependency_store(subject: &Subject) {
    let Subject {
        home,
        stranger,
        monitors,
        incidents,
        dependencies,
        ..
    } = subject;
    let (down, well, resting) = (sample::monitor(1), sample::monitor(2), sample::monitor(3));
    let resting = Monitor {
        paused: true,
        ..resting
    };
    let child = |number: u64, name: &str| Monitor {
        name: name.to_owned(),
        depends_on: vec![down.id, well.id, resting.id],
        ..sample::monitor(number)
    };
    let (b, a, c) = (child(4, "b"), child(5, "a"), child(6, "c"));
    let asleep = Monitor {
        paused: true,
        ..child(7, "asleep")
    };
    for monitor in [&down, &well, &resting, &b, &a, &c, &asleep] {
        monitors
            .create_monitor(home, monitor, None, &sample::act(0))
            .await
            .unwrap();
    }
    // Two events of each: the older one is over; the newer one of `down` and of `c` is open, and
    // that of `a` only degraded.
    let shown = |health: Health, last: Status| MonitorState {
        health,
        last: Some(last),
        ..MonitorState::new(sample::at(10))
    };
    let settle = async |monitor: &Monitor, expected: i64, event: Event| {
        let settlement = Settlement {
            state: shown(Health::Down, Status::Down),
            event: Some(event),
            ..sample::settlement(monitor, expected)
        };
        incidents.settle(home, &settlement).await.unwrap();
    };
    for (number, monitor) in [(10, &down), (20, &well)] {
        let over = Event {
            status: EventStatus::Resolved,
            resolved_at: Some(sample::at(40)),
            resolution: Some(Resolution::Recovered),
            ..sample::event(number, monitor)
        };
        settle(monitor, 0, over).await;
    }
    settle(&down, 1, sample::event(11, &down)).await;
    settle(&c, 0, sample::event(30, &c)).await;
    let degraded = Event {
        severity: Severity::Degraded,
        ..sample::event(40, &a)
    };
    settle(&a, 0, degraded).await;

    let parent = |id, down, recovered: Option<i64>| ParentRecord {
        id,
        down,
        recovered_at: recovered.map(sample::at),
    };
    assert_eq!(
        dependencies.parents(home, a.id).await.unwrap(),
        [
            parent(down.id, true, None),
            parent(well.id, false, Some(40))
        ]
    );
    // It flaps and is well at the moment, or nothing is known of it any more: its event is open,
    // and it is not down. When the next result fails, it is.
    let states = [
        (Health::Up, Status::Up, false),
        (Health::Down, Status::Down, true),
        (Health::Down, Status::Unknown, false),
        (Health::Down, Status::Down, true),
    ];
    for (expected, (health, last, is_down)) in (2..).zip(states) {
        let settlement = Settlement {
            state: shown(health, last),
            ..sample::settlement(&down, expected)
        };
        incidents.settle(home, &settlement).await.unwrap();
        let parents = dependencies.parents(home, a.id).await.unwrap();
        assert_eq!(
            parents.first(),
            Some(&parent(down.id, is_down, None)),
            "{health:?}, last {last:?}"
        );
    }
    assert_eq!(dependencies.parents(home, down.id).await.unwrap(), []);
    assert_eq!(dependencies.parents(stranger, a.id).await.unwrap(), []);
    let gone = sample::monitor(99).id;
    assert_eq!(dependencies.parents(home, gone).await.unwrap(), []);
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    for (limit, expected) in [
        (9, &["c", "a", "b"][..]),
        (2, &["c", "a"][..]),
        (0, &[][..]),
    ] {
        assert_eq!(
            dependencies.dependants(home, down.id, limit).await.unwrap(),
            Dependants {
                count: 3,
                down: 1,
                names: names(expected),
            }
        );
    }
    for (tenant, id) in [(home, a.id), (stranger, down.id), (home, gone)] {
        assert_eq!(
            dependencies.dependants(tenant, id, 9).await.unwrap(),
            Dependants::default()
        );
    }
}
