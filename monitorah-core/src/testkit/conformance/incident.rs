//! What an incident store must do: the settle above all.

use super::{Subject, refusal, sample};
use crate::{
    error::StoreErrorKind::{AlreadyExists, Conflict, NotFound},
    incident::{Event, EventStatus, Resolution},
    observation::Severity,
    port::{EventFilter, LeaseLimits, NotificationFilter, Page, Settlement},
    quiet::{Because, Quiet, Told},
};

/// Settles, events, evidence, acknowledgements and reminders.
pub async fn incident_store(subject: &Subject) {
    let Subject {
        home,
        stranger,
        monitors,
        incidents,
        outbox,
        ..
    } = subject;
    let monitor = sample::monitor(1);
    monitors
        .create_monitor(home, &monitor, None, &sample::act(0))
        .await
        .unwrap();

    // A settle writes everything.
    let event = Event {
        next_reminder_at: Some(sample::at(60)),
        ..sample::event(1, &monitor)
    };
    let opening = Settlement {
        event: Some(event.clone()),
        evidence: vec![sample::evidence(&event, 0), sample::evidence(&event, 1)],
        outbox: vec![sample::notification(1, Some(&monitor))],
        ..sample::settlement(&monitor, 0)
    };
    incidents.settle(home, &opening).await.unwrap();
    let stored = monitors.monitor(home, monitor.id).await.unwrap();
    assert_eq!((&stored.state, stored.state_version), (&opening.state, 1));
    assert_eq!(incidents.event(home, event.id).await.unwrap(), event);
    assert_eq!(
        incidents.evidence(home, event.id).await.unwrap(),
        opening.evidence
    );
    let log = NotificationFilter::default();
    assert_eq!(
        outbox
            .notifications(home, &log, Page::first(9))
            .await
            .unwrap()
            .len(),
        1
    );

    // What is refused leaves nothing: not the state, not the event, not the notification.
    let second = sample::event(2, &monitor);
    let refused = |expected, event: &Event| Settlement {
        event: Some(event.clone()),
        evidence: vec![sample::evidence(event, 0)],
        outbox: vec![sample::notification(2, Some(&monitor))],
        ..sample::settlement(&monitor, expected)
    };
    let unknown_event = Settlement {
        evidence: vec![sample::evidence(&second, 0)],
        outbox: vec![sample::notification(2, Some(&monitor))],
        ..sample::settlement(&monitor, 1)
    };
    let gone = sample::monitor(9);
    let of_gone = Settlement {
        outbox: vec![sample::notification(2, Some(&gone))],
        ..sample::settlement(&gone, 0)
    };
    for (tenant, settlement, expected) in [
        (home, refused(0, &event), Conflict),
        (home, refused(1, &second), AlreadyExists),
        (home, unknown_event, NotFound),
        (home, of_gone, NotFound),
        (stranger, refused(1, &second), NotFound),
    ] {
        assert_eq!(
            refusal(incidents.settle(tenant, &settlement).await),
            Some(expected)
        );
    }
    assert_eq!(
        monitors
            .monitor(home, monitor.id)
            .await
            .unwrap()
            .state_version,
        1
    );
    assert_eq!(
        refusal(incidents.event(home, second.id).await),
        Some(NotFound)
    );
    assert_eq!(
        refusal(incidents.event(stranger, event.id).await),
        Some(NotFound)
    );
    assert!(
        incidents
            .evidence(stranger, event.id)
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(
        outbox
            .notifications(home, &log, Page::first(9))
            .await
            .unwrap()
            .len(),
        1
    );

    // Reminders are due until somebody takes the event on, and a settle does not undo that.
    let due = |now, after, limit| {
        let due = incidents.due_reminders(sample::at(now), after, limit);
        async move { due.await.unwrap() }
    };
    assert!(due(59, None, 9).await.events.is_empty());
    let page = due(60, None, 9).await;
    assert!(matches!(&page.events[..], [one] if one.event == event && one.tenant == *home));
    assert_eq!((page.next, page.unreadable), (None, 0));
    // A full page says where the next one begins.
    let place = due(60, None, 1).await.next;
    assert_eq!(place, Some((sample::at(60), event.id)));
    assert!(due(60, place, 1).await.events.is_empty());
    let theirs = incidents
        .acknowledge(stranger, event.id, &sample::act(61))
        .await;
    assert_eq!(refusal(theirs), Some(NotFound));
    incidents
        .acknowledge(home, event.id, &sample::act(61))
        .await
        .unwrap();
    incidents
        .acknowledge(home, event.id, &sample::act(62))
        .await
        .unwrap();
    let unaware = Settlement {
        event: Some(Event {
            reminders: 1,
            ..event.clone()
        }),
        // The same notification once more changes nothing.
        outbox: vec![sample::notification(1, Some(&monitor))],
        ..sample::settlement(&monitor, 1)
    };
    // A reminder that was decided before is not sent after it.
    assert_eq!(
        refusal(incidents.settle(home, &unaware).await),
        Some(Conflict)
    );
    let version = monitors.monitor(home, monitor.id).await.unwrap();
    let version = version.state_version;
    let unaware = Settlement {
        expected: version,
        ..unaware
    };
    incidents.settle(home, &unaware).await.unwrap();
    let stored = incidents.event(home, event.id).await.unwrap();
    assert_eq!(
        (stored.acknowledged_at, stored.reminders),
        (Some(sample::at(61)), 1)
    );
    assert!(due(999, None, 9).await.events.is_empty());
    assert_eq!(
        outbox
            .notifications(home, &log, Page::first(9))
            .await
            .unwrap()
            .len(),
        1
    );

    // What people were told comes back, and what waits to be told is found, page by page.
    let nobody = incidents.waiting(None, 9).await.unwrap().events;
    assert!(nobody.is_empty(), "{nobody:?}");
    let kept = Told {
        decided: Some(Severity::Degraded),
        quiet: Some(Quiet {
            because: Because::Parent(gone.id),
            until: Some(sample::at(99)),
        }),
        ..event.told.clone()
    };
    let untold = Settlement {
        event: Some(Event {
            told: kept.clone(),
            ..stored
        }),
        ..sample::settlement(&monitor, version + 1)
    };
    incidents.settle(home, &untold).await.unwrap();
    let stored = incidents.event(home, event.id).await.unwrap();
    assert_eq!(stored.told, kept);
    let waiting = incidents.waiting(None, 9).await.unwrap().events;
    assert!(
        matches!(&waiting[..], [one] if one.event == stored && one.tenant == *home),
        "{waiting:?}"
    );
    let place = (home.account(), event.id);
    assert!(
        incidents
            .waiting(Some(place), 9)
            .await
            .unwrap()
            .events
            .is_empty()
    );
    let before = (home.account(), sample::event(0, &monitor).id);
    let page = incidents.waiting(Some(before), 1).await.unwrap();
    assert_eq!((page.events.len(), page.next), (1, Some(place)));

    // Once it is over, another may open; it waits no longer.

    let resolved = Event {
        status: EventStatus::Resolved,
        resolved_at: Some(sample::at(70)),
        resolution: Some(Resolution::Recovered),
        ..stored
    };
    let closing = Settlement {
        event: Some(resolved),
        ..sample::settlement(&monitor, version + 2)
    };
    incidents.settle(home, &closing).await.unwrap();
    let late = incidents
        .acknowledge(home, event.id, &sample::act(71))
        .await;
    assert_eq!(refusal(late), Some(NotFound));
    assert!(incidents.waiting(None, 9).await.unwrap().events.is_empty());
    let opening = refused(version + 3, &second);
    incidents.settle(home, &opening).await.unwrap();

    // Lists, newest first.
    let ids = |events: Vec<Event>| events.into_iter().map(|event| event.id).collect::<Vec<_>>();
    let all = EventFilter::default();
    let listed = incidents.events(home, &all, Page::first(9)).await.unwrap();
    assert_eq!(ids(listed), [second.id, event.id]);
    let older = Page::after(*second.id.as_bytes(), 9);
    assert_eq!(
        ids(incidents.events(home, &all, older).await.unwrap()),
        [event.id]
    );
    for (of, status, expected) in [
        (Some(monitor.id), None, vec![second.id, event.id]),
        (Some(gone.id), None, vec![]),
        (None, Some(EventStatus::Open), vec![second.id]),
        (
            Some(monitor.id),
            Some(EventStatus::Resolved),
            vec![event.id],
        ),
    ] {
        let filter = EventFilter {
            monitor: of,
            status,
        };
        let listed = incidents
            .events(home, &filter, Page::first(9))
            .await
            .unwrap();
        assert_eq!(ids(listed), expected, "{filter:?}");
    }
    assert!(
        incidents
            .events(stranger, &all, Page::first(9))
            .await
            .unwrap()
            .is_empty()
    );

    // What is said last of a monitor is written with its removal, or not at all.
    let stored = monitors.monitor(home, monitor.id).await.unwrap();
    let told = |number: u64, expected: i64| Settlement {
        outbox: vec![sample::notification(number, Some(&monitor))],
        ..sample::settlement(&monitor, expected)
    };
    let stale = told(90, stored.state_version - 1);
    let refused = monitors
        .delete_monitor(home, monitor.id, Some(&stale), &sample::act(79))
        .await;
    assert_eq!(refusal(refused), Some(Conflict));
    let last = told(91, stored.state_version);
    let refused = monitors
        .delete_monitor(stranger, monitor.id, Some(&last), &sample::act(79))
        .await;
    assert_eq!(refusal(refused), Some(NotFound));
    assert_eq!(monitors.monitor(home, monitor.id).await.unwrap(), stored);
    let mine = NotificationFilter::default();
    let notified = async || {
        let all = outbox.notifications(home, &mine, Page::first(99)).await;
        let all = all.unwrap();
        [90, 91].map(|number| {
            let id = sample::notification(number, None).id;
            all.iter().any(|one| one.id == id)
        })
    };
    assert_eq!(notified().await, [false, false]);

    // A removed monitor takes events and evidence with it, and what waits is still delivered.
    monitors
        .delete_monitor(home, monitor.id, Some(&last), &sample::act(80))
        .await
        .unwrap();
    assert_eq!(notified().await, [false, true]);
    assert_eq!(
        refusal(incidents.event(home, event.id).await),
        Some(NotFound)
    );
    assert!(incidents.evidence(home, event.id).await.unwrap().is_empty());
    let waiting = outbox
        .lease(
            sample::at(99),
            sample::lease(1, 200),
            LeaseLimits { all: 9, each: 9 },
        )
        .await
        .unwrap();
    assert_eq!(
        waiting.len(),
        1,
        "only the older of two about one monitor is handed out"
    );
}

/// Of settles decided on the same version exactly one is written.
pub async fn settle_race(subject: &Subject, contenders: u64) {
    let Subject {
        home,
        monitors,
        incidents,
        ..
    } = subject;
    let monitor = sample::monitor(1);
    monitors
        .create_monitor(home, &monitor, None, &sample::act(0))
        .await
        .unwrap();
    let races = (0..contenders).map(|number| {
        let settlement = Settlement {
            event: Some(sample::event(number, &monitor)),
            ..sample::settlement(&monitor, 0)
        };
        async move { refusal(incidents.settle(home, &settlement).await) }
    });
    let outcomes = futures::future::join_all(races).await;
    let won = outcomes.iter().filter(|outcome| outcome.is_none()).count();
    let lost = outcomes
        .iter()
        .filter(|outcome| **outcome == Some(Conflict))
        .count();
    assert_eq!(won, 1, "{outcomes:?}");
    assert_eq!(won + lost, outcomes.len(), "{outcomes:?}");
    let listed = incidents
        .events(home, &EventFilter::default(), Page::first(99))
        .await
        .unwrap();
    assert_eq!(listed.len(), 1);
}
