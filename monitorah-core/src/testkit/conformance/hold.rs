//! What a store of holds must do.

use super::{Subject, refusal, sample};
use crate::{
    error::StoreErrorKind::{Conflict, NotFound},
    id::NotificationId,
    port::{
        AfterAttempt, AfterGroup, AfterHold, LeaseLimits, Leased, NotificationFilter,
        NotificationState, OutboxEntry, Page, Settlement,
    },
};
use futures::future::join_all;

const ALL: LeaseLimits = LeaseLimits { all: 99, each: 99 };

fn ids(leased: &[Leased]) -> Vec<NotificationId> {
    leased.iter().map(|one| one.entry.id).collect()
}

/// Until then, after so many failures.
fn until(second: i64, failures: u32) -> AfterHold {
    AfterHold::Until {
        until: sample::at(second),
        failures,
        most: 50,
    }
}

/// Puts a notification into the outbox.
async fn put(subject: &Subject, version: &mut i64, entry: &OutboxEntry) {
    let monitor = sample::monitor(1);
    let settlement = Settlement {
        outbox: vec![entry.clone()],
        ..sample::settlement(&monitor, *version)
    };
    subject
        .incidents
        .settle(&subject.home, &settlement)
        .await
        .unwrap();
    *version += 1;
}

/// A channel, and a monitor to tell of.
async fn begin(subject: &Subject) {
    let Subject {
        home,
        monitors,
        channels,
        ..
    } = subject;
    let monitor = sample::monitor(1);
    monitors
        .create_monitor(home, &monitor, None, &sample::act(0))
        .await
        .unwrap();
    channels
        .create_channel(home, &sample::channel(1), &sample::act(1))
        .await
        .unwrap();
}

/// Holds, what is leased of them, and how they end.
pub async fn hold_store(subject: &Subject) {
    let Subject {
        home,
        stranger,
        channels,
        outbox,
        holds,
        ..
    } = subject;
    begin(subject).await;
    let (monitor, channel) = (sample::monitor(1), sample::channel(1).id);
    let mut version = 0;
    let of = |id| OutboxEntry {
        channel,
        ..sample::notification(id, Some(&monitor))
    };
    let free = |id| OutboxEntry {
        monitor: None,
        channel,
        ..sample::notification(id, None)
    };
    for entry in [of(1), of(2), free(3)] {
        put(subject, &mut version, &entry).await;
    }
    assert_eq!(
        holds
            .lease_held(sample::at(90), sample::lease(1, 99), 9)
            .await
            .unwrap(),
        None
    );

    // The hold takes everything that waits out of the hands of the others, and ends one lease.
    let lease = sample::lease(1, 30);
    let leased = outbox.lease(sample::at(10), lease, ALL).await.unwrap();
    assert_eq!(ids(&leased), [of(1).id, free(3).id]);
    let bounds = (sample::at(20), 50);
    let gone = holds
        .hold(stranger, channel, bounds, (free(3).id, lease))
        .await;
    assert_eq!(refusal(gone), Some(NotFound), "a channel of somebody else");
    holds
        .hold(home, channel, bounds, (free(3).id, lease))
        .await
        .unwrap();
    let sooner = (sample::at(12), 7);
    let other = sample::lease(9, 30);
    holds
        .hold(home, channel, sooner, (of(1).id, other))
        .await
        .unwrap();
    assert_eq!(outbox.next_due().await.unwrap(), Some(sample::at(20)));
    assert!(
        outbox
            .lease(sample::at(19), sample::lease(2, 50), ALL)
            .await
            .unwrap()
            .is_empty()
    );
    // Neither what comes now, nor what is to be tried again, is due before.
    put(subject, &mut version, &free(4)).await;
    let soon = AfterAttempt::RetryAt(sample::at(13));
    outbox
        .record(home, of(1).id, &lease, &sample::attempt(1), soon)
        .await
        .unwrap();
    assert!(
        outbox
            .lease(sample::at(19), sample::lease(2, 50), ALL)
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(
        holds
            .lease_held(sample::at(19), sample::lease(3, 60), 9)
            .await
            .unwrap(),
        None
    );

    // All of it is leased together, also two about one monitor.
    let group = sample::lease(3, 60);
    let held = holds
        .lease_held(sample::at(20), group, 9)
        .await
        .unwrap()
        .unwrap();
    assert_eq!((held.tenant, held.channel), (*home, channel));
    assert_eq!((held.failures, held.most), (0, 50));
    assert_eq!(
        ids(&held.members),
        [of(1).id, of(2).id, free(3).id, free(4).id]
    );
    assert_eq!(held.members.first().map(|one| one.attempts), Some(1));
    assert_eq!(
        holds
            .lease_held(sample::at(20), sample::lease(4, 60), 9)
            .await
            .unwrap(),
        None
    );
    assert!(
        outbox
            .lease(sample::at(25), sample::lease(4, 50), ALL)
            .await
            .unwrap()
            .is_empty()
    );

    // It is recorded under its lease and by its tenant alone.
    let tried = sample::attempt(2);
    let expired = sample::at(0);
    let retry = Some((&tried, AfterGroup::Retry { expired }));
    let (now, next) = (sample::at(21), until(70, 1));
    let wrong = holds
        .record_held(home, (channel, &sample::lease(4, 60)), retry, next, now)
        .await;
    assert_eq!(refusal(wrong), Some(Conflict));
    let theirs = holds
        .record_held(stranger, (channel, &group), retry, next, now)
        .await;
    assert_eq!(refusal(theirs), Some(NotFound));
    holds
        .record_held(home, (channel, &group), retry, next, now)
        .await
        .unwrap();
    let twice = holds
        .record_held(home, (channel, &group), retry, next, now)
        .await;
    assert_eq!(refusal(twice), Some(Conflict), "a lease served twice");
    assert_eq!(outbox.next_due().await.unwrap(), Some(sample::at(70)));
    assert!(
        outbox
            .lease(sample::at(69), sample::lease(5, 99), ALL)
            .await
            .unwrap()
            .is_empty()
    );

    // A lease that ran out: the hold is handed out again, with its members; at most so many.
    let lost = sample::lease(6, 80);
    let held = holds
        .lease_held(sample::at(70), lost, 9)
        .await
        .unwrap()
        .unwrap();
    assert_eq!((held.failures, held.members.len()), (1, 4));
    let again = sample::lease(7, 120);
    let held = holds
        .lease_held(sample::at(80), again, 3)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(ids(&held.members), [of(1).id, of(2).id, free(3).id]);
    assert_eq!(held.members.first().map(|one| one.attempts), Some(2));
    let late = holds
        .record_held(home, (channel, &lost), retry, next, now)
        .await;
    assert_eq!(refusal(late), Some(Conflict), "somebody else has it");

    // What was decided on too long ago is given up; the rest waits on.
    let expired = of(2).created_at;
    let tried = sample::attempt(3);
    let retry = Some((&tried, AfterGroup::Retry { expired }));
    holds
        .record_held(
            home,
            (channel, &again),
            retry,
            until(130, 2),
            sample::at(85),
        )
        .await
        .unwrap();
    let states = states(subject).await;
    assert_eq!(
        states.first(),
        Some(&(free(4).id, NotificationState::Pending, 1))
    );
    assert_eq!(states.last(), Some(&(of(1).id, NotificationState::Dead, 3)));

    // Without an attempt they only wait on; then they are delivered, each with its attempt.
    let lease = sample::lease(8, 150);
    let held = holds
        .lease_held(sample::at(130), lease, 9)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(held.members.len(), 3);
    holds
        .record_held(
            home,
            (channel, &lease),
            None,
            until(140, 2),
            sample::at(131),
        )
        .await
        .unwrap();
    let lease = sample::lease(9, 190);
    let held = holds
        .lease_held(sample::at(140), lease, 9)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(held.members.first().map(|one| one.attempts), Some(2));
    put(subject, &mut version, &free(5)).await;
    let tried = sample::attempt(4);
    let taken = Some((&tried, AfterGroup::Delivered));
    holds
        .record_held(
            home,
            (channel, &lease),
            taken,
            AfterHold::Over,
            sample::at(141),
        )
        .await
        .unwrap();
    let after = self::states(subject).await;
    assert_eq!(
        after.get(1),
        Some(&(free(4).id, NotificationState::Delivered, 2))
    );
    let delivered = after
        .iter()
        .filter(|(_, state, _)| *state == NotificationState::Delivered);
    assert_eq!(delivered.count(), 3);

    // The hold is over: what came meanwhile is due by itself.
    let leased = outbox
        .lease(sample::at(141), sample::lease(10, 200), ALL)
        .await
        .unwrap();
    assert_eq!(ids(&leased), [free(5).id]);

    // A hold goes with its channel.
    let freed = (free(5).id, sample::lease(10, 200));
    holds
        .hold(home, channel, (sample::at(150), 50), freed)
        .await
        .unwrap();
    channels
        .delete_channel(home, channel, None, &sample::act(9))
        .await
        .unwrap();
    assert_eq!(
        holds
            .lease_held(sample::at(900), sample::lease(11, 999), 9)
            .await
            .unwrap(),
        None
    );
    let gone = holds
        .hold(home, channel, (sample::at(150), 50), freed)
        .await;
    assert_eq!(refusal(gone), Some(NotFound));
}

/// The notifications of the home tenant, newest first: how they stand, and how often they were
/// tried.
async fn states(subject: &Subject) -> Vec<(NotificationId, NotificationState, usize)> {
    let page = Page {
        after: None,
        limit: 50,
    };
    let log = subject
        .outbox
        .notifications(&subject.home, &NotificationFilter::default(), page)
        .await
        .unwrap();
    log.iter()
        .map(|one| (one.id, one.state, one.attempts.len()))
        .collect()
}

/// Of calls at the same moment one gets a hold and its members.
pub async fn hold_race(subject: &Subject) {
    begin(subject).await;
    let channel = sample::channel(1).id;
    let mut version = 0;
    for id in 1..=20 {
        let entry = OutboxEntry {
            monitor: None,
            channel,
            ..sample::notification(id, None)
        };
        put(subject, &mut version, &entry).await;
    }
    let freed = (sample::notification(1, None).id, sample::lease(99, 1));
    let Subject { home, holds, .. } = subject;
    holds
        .hold(home, channel, (sample::at(5), 50), freed)
        .await
        .unwrap();
    let calls = (1..=8).map(|token| holds.lease_held(sample::at(5), sample::lease(token, 60), 50));
    let held: Vec<_> = join_all(calls)
        .await
        .into_iter()
        .filter_map(Result::unwrap)
        .collect();
    assert_eq!(held.len(), 1, "leased more than once");
    assert_eq!(held.first().map(|one| one.members.len()), Some(20));
}
