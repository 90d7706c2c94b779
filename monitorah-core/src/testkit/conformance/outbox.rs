//! What an outbox must do.

use super::{Subject, refusal, sample};
use crate::{
    error::StoreErrorKind::{AlreadyExists, Conflict, NotFound},
    port::{
        AfterAttempt, AttemptRecord, LeaseLimits, Leased, NotificationFilter, NotificationState,
        OutboxEntry, Page, Settlement,
    },
};

/// So many in all, and so many to each channel.
const fn limits(all: u32) -> LeaseLimits {
    LeaseLimits { all, each: 9 }
}

fn ids(leased: &[Leased]) -> Vec<crate::id::NotificationId> {
    leased.iter().map(|one| one.entry.id).collect()
}

/// Leases, their order, what is recorded under them, and the log.
pub async fn outbox(subject: &Subject) {
    let Subject {
        home,
        stranger,
        monitors,
        incidents,
        outbox,
        ..
    } = subject;
    let (first, second) = (sample::monitor(1), sample::monitor(2));
    for monitor in [&first, &second] {
        monitors
            .create_monitor(home, monitor, None, &sample::act(0))
            .await
            .unwrap();
    }
    assert_eq!(outbox.next_due().await.unwrap(), None);
    let down = sample::notification(1, Some(&first));
    // Decided on later by the order of the settles, although its clock says earlier.
    let up = OutboxEntry {
        created_at: sample::at(0),
        ..sample::notification(2, Some(&first))
    };
    let other = sample::notification(3, Some(&second));
    for (monitor, expected, entry) in [(&first, 0, &down), (&first, 1, &up), (&second, 0, &other)] {
        let settlement = Settlement {
            outbox: vec![entry.clone()],
            ..sample::settlement(monitor, expected)
        };
        incidents.settle(home, &settlement).await.unwrap();
    }

    assert_eq!(outbox.waiting().await.unwrap(), 3);

    // Due ones only, oldest first, and of one monitor to one channel only the oldest that waits.
    assert_eq!(outbox.next_due().await.unwrap(), Some(sample::at(1)));
    assert!(
        outbox
            .lease(sample::at(0), sample::lease(1, 30), limits(9))
            .await
            .unwrap()
            .is_empty()
    );
    let lease = sample::lease(1, 30);
    let leased = outbox
        .lease(sample::at(10), lease, limits(9))
        .await
        .unwrap();
    assert_eq!(ids(&leased), [down.id, other.id]);
    assert!(
        leased
            .iter()
            .all(|one| one.tenant == *home && one.lease == lease)
    );
    assert_eq!(
        leased.first().map(|one| (&one.entry, one.attempts)),
        Some((&down, 0))
    );
    let again = outbox
        .lease(sample::at(10), sample::lease(2, 30), limits(9))
        .await
        .unwrap();
    assert!(again.is_empty(), "leased twice");
    assert_eq!(outbox.next_due().await.unwrap(), Some(sample::at(30)));

    // What is given back is due at once; a lease that is over is left alone.
    outbox
        .release(home, other.id, &sample::lease(9, 30))
        .await
        .unwrap();
    assert!(
        outbox
            .lease(sample::at(10), sample::lease(2, 30), limits(9))
            .await
            .unwrap()
            .is_empty()
    );
    outbox.release(home, other.id, &lease).await.unwrap();
    let again = outbox
        .lease(sample::at(10), sample::lease(2, 40), limits(9))
        .await
        .unwrap();
    assert_eq!(ids(&again), [other.id]);

    // A retry keeps the younger one waiting.
    let retry = AfterAttempt::RetryAt(sample::at(20));
    let (wrong, tried) = (sample::lease(9, 30), sample::attempt(1));
    let wrong = outbox.record(home, down.id, &wrong, &tried, retry).await;
    assert_eq!(refusal(wrong), Some(Conflict));
    let theirs = outbox
        .record(stranger, down.id, &lease, &tried, retry)
        .await;
    assert_eq!(refusal(theirs), Some(NotFound));
    outbox
        .record(home, down.id, &lease, &sample::attempt(1), retry)
        .await
        .unwrap();
    let twice = outbox
        .record(home, down.id, &lease, &sample::attempt(2), retry)
        .await;
    assert_eq!(refusal(twice), Some(Conflict), "a lease served twice");
    assert!(
        outbox
            .lease(sample::at(19), sample::lease(3, 50), limits(9))
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(outbox.next_due().await.unwrap(), Some(sample::at(20)));

    // A lease that ran out goes to somebody else, and what the old holder says is refused.
    let third = sample::lease(3, 25);
    let leased = outbox
        .lease(sample::at(20), third, limits(9))
        .await
        .unwrap();
    assert_eq!(
        leased
            .iter()
            .map(|one| (one.entry.id, one.attempts))
            .collect::<Vec<_>>(),
        [(down.id, 1)]
    );
    let fourth = sample::lease(4, 60);
    let leased = outbox
        .lease(sample::at(25), fourth, limits(9))
        .await
        .unwrap();
    assert_eq!(ids(&leased), [down.id]);
    let delivered = AttemptRecord {
        delivered: true,
        status_code: Some(200),
        error: None,
        ..sample::attempt(3)
    };
    let done = AfterAttempt::Delivered;
    let late = outbox.record(home, down.id, &third, &delivered, done).await;
    assert_eq!(refusal(late), Some(Conflict));
    outbox
        .record(home, down.id, &fourth, &delivered, done)
        .await
        .unwrap();

    // Now the recovery.
    let leased = outbox
        .lease(sample::at(26), sample::lease(5, 60), limits(9))
        .await
        .unwrap();
    assert_eq!(ids(&leased), [up.id]);
    let dead = AfterAttempt::Dead;
    outbox
        .record(
            home,
            up.id,
            &sample::lease(5, 60),
            &sample::attempt(4),
            dead,
        )
        .await
        .unwrap();

    // One that no settle causes is leased from its birth; without a monitor it waits for nobody.
    let test = sample::notification(5, None);
    let own = sample::lease(6, 100);
    outbox
        .enqueue(home, &test, own, &sample::act(50))
        .await
        .unwrap();
    let again = outbox.enqueue(home, &test, own, &sample::act(50)).await;
    assert_eq!(refusal(again), Some(AlreadyExists));
    assert!(
        outbox
            .lease(sample::at(41), sample::lease(7, 90), limits(0))
            .await
            .unwrap()
            .is_empty()
    );
    let leased = outbox
        .lease(sample::at(41), sample::lease(7, 90), limits(9))
        .await
        .unwrap();
    assert_eq!(ids(&leased), [other.id]);

    // Of five, the recovery was given up and the outage delivered.
    assert_eq!(outbox.waiting().await.unwrap(), 2);

    // The log.
    let all = NotificationFilter::default();
    let log = outbox
        .notifications(home, &all, Page::first(9))
        .await
        .unwrap();
    let order: Vec<_> = log.iter().map(|one| one.id).collect();
    assert_eq!(order, [test.id, other.id, up.id, down.id]);
    let of_down = log.last().unwrap();
    assert_eq!(of_down.state, NotificationState::Delivered);
    assert_eq!(of_down.attempts, [sample::attempt(1), delivered]);
    let page = Page::after(*other.id.as_bytes(), 1);
    let rest = outbox.notifications(home, &all, page).await.unwrap();
    assert_eq!(rest.iter().map(|one| one.id).collect::<Vec<_>>(), [up.id]);
    for (filter, expected) in [
        (
            NotificationFilter {
                monitor: Some(second.id),
                ..all
            },
            vec![other.id],
        ),
        (
            NotificationFilter {
                channel: Some(sample::channel(9).id),
                ..all
            },
            vec![],
        ),
        (
            NotificationFilter {
                state: Some(NotificationState::Dead),
                ..all
            },
            vec![up.id],
        ),
    ] {
        let listed = outbox
            .notifications(home, &filter, Page::first(9))
            .await
            .unwrap();
        assert_eq!(
            listed.iter().map(|one| one.id).collect::<Vec<_>>(),
            expected,
            "{filter:?}"
        );
    }
    assert!(
        outbox
            .notifications(stranger, &all, Page::first(9))
            .await
            .unwrap()
            .is_empty()
    );
}

/// A receiver that hangs with all that it may hold keeps no other channel waiting, and channels
/// take turns.
pub async fn lease_turns(subject: &Subject) {
    let Subject {
        home,
        monitors,
        incidents,
        outbox,
        ..
    } = subject;
    // Forty notifications wait for a channel, each about a monitor of its own, before the first of
    // two others is written.
    let (dead, well) = (sample::channel(1).id, sample::channel(2).id);
    let mut entries = Vec::new();
    for number in 1..=42 {
        let monitor = sample::monitor(number);
        monitors
            .create_monitor(home, &monitor, None, &sample::act(0))
            .await
            .unwrap();
        let entry = OutboxEntry {
            channel: if number <= 40 { dead } else { well },
            ..sample::notification(number, Some(&monitor))
        };
        let settlement = Settlement {
            outbox: vec![entry.clone()],
            ..sample::settlement(&monitor, 0)
        };
        incidents.settle(home, &settlement).await.unwrap();
        entries.push(entry.id);
    }
    let id = |number: usize| entries.get(number - 1).copied();
    let lease = |at: i64, token: u8, limits: LeaseLimits| async move {
        let (now, lease) = (sample::at(at), sample::lease(token, at + 30));
        let leased = outbox.lease(now, lease, limits).await.unwrap();
        ids(&leased).into_iter().map(Some).collect::<Vec<_>>()
    };
    let each = |all: u32| LeaseLimits { all, each: 3 };

    // The first of each, then the second of each, however long one channel's queue is.
    assert_eq!(lease(100, 1, each(3)).await, [id(1), id(2), id(41)]);
    // What a channel holds counts: the one that holds less comes first.
    assert_eq!(lease(101, 2, each(1)).await, [id(42)]);
    assert_eq!(lease(102, 3, each(9)).await, [id(3)]);
    // Everybody holds all that they may.
    assert_eq!(lease(103, 4, each(9)).await, []);
    // What is released or recorded makes room.
    outbox
        .release(home, id(2).unwrap(), &sample::lease(1, 130))
        .await
        .unwrap();
    assert_eq!(lease(104, 5, each(9)).await, [id(2)]);
    // A lease that ran out is held no more.
    assert_eq!(lease(131, 6, each(1)).await, [id(41)]);
    assert_eq!(
        lease(200, 7, each(9)).await,
        [id(1), id(2), id(3), id(41), id(42)]
    );
}

/// However many lease at the same moment, each notification is handed out once.
pub async fn lease_race(subject: &Subject, contenders: u8) {
    let Subject {
        home,
        monitors,
        incidents,
        outbox,
        ..
    } = subject;
    for number in 1..=20 {
        let monitor = sample::monitor(number);
        monitors
            .create_monitor(home, &monitor, None, &sample::act(0))
            .await
            .unwrap();
        let settlement = Settlement {
            outbox: vec![sample::notification(number, Some(&monitor))],
            ..sample::settlement(&monitor, 0)
        };
        incidents.settle(home, &settlement).await.unwrap();
    }
    let races = (0..contenders).map(|number| async move {
        outbox
            .lease(sample::at(100), sample::lease(number, 200), limits(7))
            .await
            .unwrap()
    });
    let leased = futures::future::join_all(races).await.concat();
    let mut handed: Vec<_> = ids(&leased);
    let count = handed.len();
    handed.sort_unstable();
    handed.dedup();
    assert_eq!(handed.len(), count, "a notification was leased twice");
}
