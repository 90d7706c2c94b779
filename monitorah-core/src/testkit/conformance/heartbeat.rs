//! What a heartbeat store must do.

use super::{Subject, refusal, sample};
use crate::{
    check::heartbeat::HeartbeatState,
    error::StoreErrorKind::{Conflict, NotFound},
    port::Page,
};

/// Tokens and pings.
pub async fn heartbeat_store(subject: &Subject) {
    let Subject {
        home,
        stranger,
        monitors,
        heartbeats,
        resolver,
        ..
    } = subject;
    let (plain, monitor) = (sample::monitor(1), sample::monitor(2));
    let record = sample::heartbeat(2);
    monitors
        .create_monitor(home, &plain, None, &sample::act(0))
        .await
        .unwrap();
    monitors
        .create_monitor(home, &monitor, Some(&record), &sample::act(0))
        .await
        .unwrap();
    assert_eq!(
        heartbeats.heartbeat(home, monitor.id).await.unwrap(),
        record
    );
    assert_eq!(
        refusal(heartbeats.heartbeat(home, plain.id).await),
        Some(NotFound)
    );
    assert_eq!(
        refusal(heartbeats.heartbeat(stranger, monitor.id).await),
        Some(NotFound)
    );
    let found = resolver.by_heartbeat(&record.token_hash).await.unwrap();
    assert_eq!(found, Some((*home, monitor.id)));
    assert_eq!(
        resolver.by_heartbeat(&sample::hash(50)).await.unwrap(),
        None
    );

    let state = HeartbeatState {
        last_success: Some(sample::at(1)),
        ..record.state.clone()
    };
    let ping = sample::ping(1);
    heartbeats
        .record_ping(home, monitor.id, 0, &state, &ping)
        .await
        .unwrap();
    let stored = heartbeats.heartbeat(home, monitor.id).await.unwrap();
    assert_eq!((&stored.state, stored.version), (&state, 1));
    let stale = heartbeats
        .record_ping(home, monitor.id, 0, &state, &sample::ping(2))
        .await;
    assert_eq!(refusal(stale), Some(Conflict));
    let theirs = heartbeats
        .record_ping(stranger, monitor.id, 1, &state, &sample::ping(2))
        .await;
    assert_eq!(refusal(theirs), Some(NotFound));
    assert_eq!(
        heartbeats
            .pings(home, monitor.id, Page::first(10))
            .await
            .unwrap(),
        [ping]
    );
    assert!(
        heartbeats
            .pings(stranger, monitor.id, Page::first(10))
            .await
            .unwrap()
            .is_empty()
    );

    // The newest thousand stay.
    for number in 2..=1_003 {
        let expected = i64::try_from(number).unwrap() - 1;
        let ping = sample::ping(number);
        heartbeats
            .record_ping(home, monitor.id, expected, &state, &ping)
            .await
            .unwrap();
    }
    let pings = heartbeats
        .pings(home, monitor.id, Page::first(5_000))
        .await
        .unwrap();
    assert_eq!(pings.len(), 1_000);
    assert_eq!(pings.first(), Some(&sample::ping(1_003)));
    assert_eq!(pings.last(), Some(&sample::ping(4)));
    let page = Page::after(*sample::ping(1_003).id.as_bytes(), 1);
    assert_eq!(
        heartbeats.pings(home, monitor.id, page).await.unwrap(),
        [sample::ping(1_002)]
    );

    monitors
        .delete_monitor(home, monitor.id, None, &sample::act(9))
        .await
        .unwrap();
    assert_eq!(
        resolver.by_heartbeat(&record.token_hash).await.unwrap(),
        None
    );
}
