//! What a store of manual statuses must do.

use super::{Subject, refusal, sample};
use crate::{
    error::StoreErrorKind::{NotFound, Replayed},
    observation::Status,
    port::{FeedChange, ManualRecord},
    tenant::{Act, IdempotencyKey},
};

/// What is said takes the place of what was said before, is told to the feed, and goes with its
/// monitor.
pub async fn manual_store(subject: &Subject) {
    let Subject {
        home,
        stranger,
        monitors,
        manual,
        feed,
        ..
    } = subject;
    let monitor = sample::monitor(1);
    monitors
        .create_monitor(home, &monitor, None, &sample::act(0))
        .await
        .unwrap();
    assert_eq!(manual.manual_status(home, monitor.id).await.unwrap(), None);
    let first = ManualRecord {
        status: Status::Down,
        message: Some(sample::sealed(1)),
        at: sample::at(10),
    };
    let mark = feed.mark().await.unwrap();
    manual
        .set_manual_status(home, monitor.id, &first, &sample::act(10))
        .await
        .unwrap();
    let changes = feed.changes(mark, 9).await.unwrap().changes;
    assert!(
        matches!(changes.as_slice(), [FeedChange::Changed(row)] if row.record.monitor.id == monitor.id),
        "the feed was not told"
    );
    let second = ManualRecord {
        status: Status::Up,
        message: None,
        at: sample::at(20),
    };
    let keyed = Act {
        idempotency: Some(IdempotencyKey {
            key: "once".to_owned(),
            fingerprint: [1; 32],
        }),
        ..sample::act(20)
    };
    for (said, act) in [(&first, sample::act(11)), (&second, keyed.clone())] {
        manual
            .set_manual_status(home, monitor.id, said, &act)
            .await
            .unwrap();
        let stored = manual.manual_status(home, monitor.id).await.unwrap();
        assert_eq!(stored.as_ref(), Some(said));
    }
    let again = manual
        .set_manual_status(home, monitor.id, &first, &keyed)
        .await;
    assert_eq!(refusal(again), Some(Replayed));

    // Another account sees nothing and says nothing.
    let theirs = manual.manual_status(stranger, monitor.id).await.unwrap();
    assert_eq!(theirs, None);
    let theirs = manual
        .set_manual_status(stranger, monitor.id, &first, &sample::act(30))
        .await;
    assert_eq!(refusal(theirs), Some(NotFound));
    let stored = manual.manual_status(home, monitor.id).await.unwrap();
    assert_eq!(stored, Some(second));

    monitors
        .delete_monitor(home, monitor.id, None, &sample::act(40))
        .await
        .unwrap();
    assert_eq!(manual.manual_status(home, monitor.id).await.unwrap(), None);
    let gone = manual
        .set_manual_status(home, monitor.id, &first, &sample::act(50))
        .await;
    assert_eq!(refusal(gone), Some(NotFound));
}
