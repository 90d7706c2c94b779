//! What a result store must do with results.

use super::{Subject, sample};
use crate::{
    incident::{Event, EventStatus},
    maintenance::{Schedule, Window},
    observation::Status::{Degraded, Down, Up},
    port::{
        AfterAttempt, NotificationFilter, Page, ResultCursor, ResultFilter, ResultRow, Settlement,
    },
    silence::Silence,
    tenant::{Act, IdempotencyKey},
    uptime::Resolution,
};
use std::time::Duration;

/// Batches, filters and cursors.
pub async fn result_store(subject: &Subject) {
    let Subject {
        home,
        stranger,
        monitors,
        results,
        ..
    } = subject;
    let (monitor, gone) = (sample::monitor(1), sample::monitor(9));
    monitors
        .create_monitor(home, &monitor, None, &sample::act(0))
        .await
        .unwrap();
    let plain = sample::result(&monitor, 0, Up);
    let other_region = ResultRow {
        region: "eu".parse().unwrap(),
        ..plain.clone()
    };
    let other_sequence = ResultRow {
        maintenance: true,
        sequence: 1,
        status: Down,
        ..plain.clone()
    };
    let sealed = ResultRow {
        detail: Some(sample::sealed(1)),
        ..sample::result(&monitor, 60, Degraded)
    };
    let strange = ResultRow {
        tenant: *stranger,
        ..sample::result(&monitor, 90, Up)
    };
    let batch = [
        plain.clone(),
        other_region.clone(),
        sample::result(&gone, 5, Up),
        other_sequence.clone(),
        strange,
        sealed.clone(),
    ];
    results.append(&[]).await.unwrap();
    results.append(&batch).await.unwrap();
    // What is stored already is passed over, whatever it says now.
    let again = ResultRow {
        status: Down,
        ..plain.clone()
    };
    results.append(&[again, plain.clone()]).await.unwrap();

    let all = ResultFilter::default();
    let stored = results.results(home, monitor.id, &all, 99).await.unwrap();
    // Newest first; of the same moment by region and sequence.
    let expected = [
        sealed.clone(),
        other_sequence.clone(),
        plain.clone(),
        other_region.clone(),
    ];
    assert_eq!(stored, expected);
    assert!(
        results
            .results(stranger, monitor.id, &all, 99)
            .await
            .unwrap()
            .is_empty()
    );
    assert!(
        results
            .results(home, gone.id, &all, 99)
            .await
            .unwrap()
            .is_empty()
    );
    let eu = Some(other_region.region);
    let cursor = |row: &ResultRow| {
        Some(ResultCursor {
            at: row.at,
            region: row.region,
            sequence: row.sequence,
        })
    };
    for (filter, expected) in [
        (
            ResultFilter {
                from: Some(sample::at(60)),
                ..all
            },
            vec![&sealed],
        ),
        (
            ResultFilter {
                to: Some(sample::at(0)),
                ..all
            },
            vec![],
        ),
        (
            ResultFilter {
                status: Some(Down),
                ..all
            },
            vec![&other_sequence],
        ),
        (ResultFilter { region: eu, ..all }, vec![&other_region]),
        (
            ResultFilter {
                before: cursor(&other_sequence),
                ..all
            },
            vec![&plain, &other_region],
        ),
        (
            ResultFilter {
                before: cursor(&other_region),
                ..all
            },
            vec![],
        ),
    ] {
        let found = results
            .results(home, monitor.id, &filter, 99)
            .await
            .unwrap();
        assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{filter:?}");
    }
    assert_eq!(
        results.results(home, monitor.id, &all, 1).await.unwrap(),
        [sealed]
    );

    // A batch of any size.
    let many: Vec<_> = (0..333)
        .map(|n| sample::result(&monitor, 1_000 + n, Up))
        .collect();
    results.append(&many).await.unwrap();
    let from = ResultFilter {
        from: Some(sample::at(1_000)),
        ..all
    };
    assert_eq!(
        results
            .results(home, monitor.id, &from, 999)
            .await
            .unwrap()
            .len(),
        333
    );
}

/// What is out of retention goes, in pieces, once it is rolled up; what still speaks stays.
pub async fn result_retention(subject: &Subject) {
    let Subject {
        home,
        monitors,
        results,
        outbox,
        ..
    } = subject;
    let monitor = sample::monitor(1);
    monitors
        .create_monitor(home, &monitor, None, &sample::act(0))
        .await
        .unwrap();
    let long = ResultRow {
        valid_for: Duration::from_secs(30 * 3_600),
        ..sample::result(&monitor, 3_600, Up)
    };
    let old: Vec<_> = (0..2_500)
        .map(|n| sample::result(&monitor, n, Up))
        .collect();
    results.append(&old).await.unwrap();
    results.append(std::slice::from_ref(&long)).await.unwrap();
    // One that would speak for ten years, had nobody said anything else since.
    let superseded = ResultRow {
        valid_for: Duration::from_secs(10 * 366 * 86_400),
        ..sample::result(&monitor, 3_000, Up)
    };
    results.append(&[superseded]).await.unwrap();
    let all = ResultFilter::default();

    let later = sample::at(3 * 86_400);
    while results.prune(later).await.unwrap() > 0 {}
    let left = results
        .results(home, monitor.id, &all, 9_999)
        .await
        .unwrap();
    assert_eq!(left.len(), 2_502, "results went before they were rolled up");

    while results.roll_up(later).await.unwrap().more {}
    let mut removed = 0;
    loop {
        let count = results.prune(later).await.unwrap();
        assert!(count <= 5_000, "a call removed {count} rows at once");
        if count == 0 {
            break;
        }
        removed += count;
    }
    assert_eq!(removed, 2_501);
    assert_eq!(
        results
            .results(home, monitor.id, &all, 9_999)
            .await
            .unwrap(),
        [long]
    );

    // Minutes stay a week, quarters 400 days, days for ever.
    let begin = sample::at(0);
    for (days, kept) in [
        (6, [true, true, true]),
        (9, [false, true, true]),
        (402, [false, false, true]),
    ] {
        let now = sample::at(days * 86_400);
        while results.roll_up(now).await.unwrap().more {}
        while results.prune(now).await.unwrap() > 0 {}
        for (resolution, kept) in Resolution::ALL.into_iter().zip(kept) {
            let found = results
                .rollups(home, monitor.id, resolution, begin, now)
                .await
                .unwrap();
            assert_eq!(!found.is_empty(), kept, "{resolution:?} after {days} days");
        }
    }

    // The delivery log stays 90 days; what waits is not taken from it.
    let lease = sample::lease(1, 10);
    for number in [1, 2] {
        let entry = sample::notification(number, None);
        outbox
            .enqueue(home, &entry, lease, &sample::act(0))
            .await
            .unwrap();
    }
    let done = sample::notification(1, None).id;
    let after = AfterAttempt::Dead;
    outbox
        .record(home, done, &lease, &sample::attempt(1), after)
        .await
        .unwrap();
    let log = NotificationFilter::default();
    for (days, left) in [(89, 2), (91, 1)] {
        while results.prune(sample::at(days * 86_400)).await.unwrap() > 0 {}
        let found = outbox
            .notifications(home, &log, Page::first(9))
            .await
            .unwrap();
        assert_eq!(found.len(), left, "after {days} days");
    }
}

/// Events that are over stay 400 days with their evidence, open ones for ever; a request can be
/// repeated under its key for a week. The acts themselves stay. Windows and silences that are over
/// stay 90 days.
pub async fn event_retention(subject: &Subject) {
    let Subject {
        home,
        monitors,
        incidents,
        results,
        audit,
        maintenance,
        silences,
        ..
    } = subject;
    for (number, ends_at) in [(1, 200), (2, 500 * 86_400)] {
        let (starts_at, ends_at) = (sample::at(100), sample::at(ends_at));
        let window = Window {
            schedule: Schedule::Once { starts_at, ends_at },
            ..sample::window(number)
        };
        let silence = Silence {
            ends_at,
            ..sample::silence(number)
        };
        let act = sample::act(0);
        maintenance
            .create_window(home, &window, &act)
            .await
            .unwrap();
        silences.create_silence(home, &silence, &act).await.unwrap();
    }
    let keyed = Act {
        idempotency: Some(IdempotencyKey {
            key: "once".to_owned(),
            fingerprint: [1; 32],
        }),
        ..sample::act(0)
    };
    for (number, act) in [(1, keyed.clone()), (2, sample::act(0))] {
        let monitor = sample::monitor(number);
        monitors
            .create_monitor(home, &monitor, None, &act)
            .await
            .unwrap();
        let event = sample::event(number, &monitor);
        let settlement = Settlement {
            event: Some(event.clone()),
            evidence: vec![sample::evidence(&event, 0)],
            ..sample::settlement(&monitor, 0)
        };
        incidents.settle(home, &settlement).await.unwrap();
    }
    let over = Event {
        status: EventStatus::Resolved,
        resolved_at: Some(sample::at(86_400)),
        ..sample::event(1, &sample::monitor(1))
    };
    let settlement = Settlement {
        event: Some(over.clone()),
        ..sample::settlement(&sample::monitor(1), 1)
    };
    incidents.settle(home, &settlement).await.unwrap();
    let open = sample::event(2, &sample::monitor(2));
    let acts = audit.acts(home, Page::first(9)).await.unwrap().len();
    for (days, key, quiet, event) in [
        (6, true, 2, true),
        (8, false, 2, true),
        (89, false, 2, true),
        (91, false, 1, true),
        (402, false, 1, false),
    ] {
        while results.prune(sample::at(days * 86_400)).await.unwrap() > 0 {}
        let windows = maintenance.windows(home, Page::first(9)).await.unwrap();
        let hushes = silences.silences(home, Page::first(9)).await.unwrap();
        assert_eq!((windows.len(), hushes.len()), (quiet, quiet), "{days} days");
        let repeated = audit.by_idempotency_key(home, "once").await.unwrap();
        assert_eq!(repeated.is_some(), key, "after {days} days");
        assert_eq!(incidents.event(home, over.id).await.is_ok(), event);
        let evidence = incidents.evidence(home, over.id).await.unwrap();
        assert_eq!(evidence.len(), usize::from(event), "after {days} days");
        assert!(incidents.event(home, open.id).await.is_ok());
        assert_eq!(incidents.evidence(home, open.id).await.unwrap().len(), 1);
    }
    assert_eq!(audit.acts(home, Page::first(9)).await.unwrap().len(), acts);
    // The key is free again.
    monitors
        .create_monitor(home, &sample::monitor(3), None, &keyed)
        .await
        .unwrap();
}
