//! What a badge store must do.

use super::{Subject, refusal, sample};
use crate::{
    error::StoreErrorKind::{NotFound, Replayed},
    port::BadgeRecord,
};

fn record(number: u8) -> BadgeRecord {
    BadgeRecord {
        key: sample::heartbeat(number).token,
        key_hash: sample::hash(number),
        created_at: sample::at(i64::from(number)),
    }
}

/// Badge keys: made, replaced, removed, and found by nobody else.
pub async fn badge_store(subject: &Subject) {
    let Subject {
        home,
        stranger,
        monitors,
        badges,
        resolver,
        ..
    } = subject;
    let monitor = sample::monitor(1);
    let act = || sample::act(0);
    let early = badges.set_badge(home, monitor.id, &record(1), &act()).await;
    assert_eq!(refusal(early), Some(NotFound));
    monitors
        .create_monitor(home, &monitor, None, &act())
        .await
        .unwrap();
    let none = badges.badge(home, monitor.id).await;
    assert_eq!(refusal(none), Some(NotFound));
    badges
        .set_badge(home, monitor.id, &record(1), &act())
        .await
        .unwrap();
    assert_eq!(badges.badge(home, monitor.id).await.unwrap(), record(1));
    let found = resolver.by_badge(&sample::hash(1)).await.unwrap();
    assert_eq!(found, Some((*home, monitor.id)));

    let theirs = badges.badge(stranger, monitor.id).await;
    assert_eq!(refusal(theirs), Some(NotFound));
    let theirs = badges
        .set_badge(stranger, monitor.id, &record(3), &act())
        .await;
    assert_eq!(refusal(theirs), Some(NotFound));
    let theirs = badges.remove_badge(stranger, monitor.id, &act()).await;
    assert_eq!(refusal(theirs), Some(NotFound));

    // A new key takes the place of the one before, and the same request does it once.
    let again = sample::act_once("badge");
    badges
        .set_badge(home, monitor.id, &record(2), &again)
        .await
        .unwrap();
    let twice = badges.set_badge(home, monitor.id, &record(4), &again).await;
    assert_eq!(refusal(twice), Some(Replayed));
    assert_eq!(resolver.by_badge(&sample::hash(1)).await.unwrap(), None);
    assert_eq!(badges.badge(home, monitor.id).await.unwrap(), record(2));

    badges.remove_badge(home, monitor.id, &act()).await.unwrap();
    assert_eq!(resolver.by_badge(&sample::hash(2)).await.unwrap(), None);
    let gone = badges.remove_badge(home, monitor.id, &act()).await;
    assert_eq!(refusal(gone), Some(NotFound));

    badges
        .set_badge(home, monitor.id, &record(5), &act())
        .await
        .unwrap();
    monitors
        .delete_monitor(home, monitor.id, None, &act())
        .await
        .unwrap();
    assert_eq!(resolver.by_badge(&sample::hash(5)).await.unwrap(), None);
}
