//! What a monitor store and its feed must do.

use super::{Subject, refusal, sample};
use crate::{
    error::StoreErrorKind::{AlreadyExists, Conflict, NotFound},
    monitor::{Monitor, MonitorState},
    observation::Status,
    port::{FeedChange, MonitorFilter, Page},
};

/// Monitors from their making to their end.
pub async fn monitor_store(subject: &Subject) {
    let Subject {
        home,
        stranger,
        monitors,
        results,
        ..
    } = subject;
    let first = Monitor {
        tags: vec!["web".to_owned(), "prod".to_owned()],
        external_ref: Some("site".to_owned()),
        ..sample::monitor(1)
    };
    let second = Monitor {
        kind: crate::check::CheckKind::new("PORT"),
        ..sample::monitor(2)
    };
    for monitor in [&first, &second] {
        monitors
            .create_monitor(home, monitor, None, &sample::act(0))
            .await
            .unwrap();
    }
    let stored = monitors.monitor(home, first.id).await.unwrap();
    assert_eq!(stored.monitor, first);
    assert_eq!(
        (stored.state, stored.state_version),
        (MonitorState::new(first.created_at), 0)
    );
    assert_eq!(
        monitors.monitor_by_ref(home, "site").await.unwrap().monitor,
        first
    );

    // Nobody else sees it, and an absent one looks the same.
    for refused in [
        refusal(monitors.monitor(stranger, first.id).await),
        refusal(monitors.monitor_by_ref(stranger, "site").await),
        refusal(
            monitors
                .update_monitor(stranger, &first, &sample::act(1))
                .await,
        ),
        refusal(
            monitors
                .delete_monitor(stranger, first.id, &sample::act(1))
                .await,
        ),
        refusal(monitors.monitor(home, sample::monitor(77).id).await),
    ] {
        assert_eq!(refused, Some(NotFound));
    }

    // A reference is unique within its account.
    let taken = Monitor {
        external_ref: first.external_ref.clone(),
        ..sample::monitor(3)
    };
    let refused = monitors
        .create_monitor(home, &taken, None, &sample::act(1))
        .await;
    assert_eq!(refusal(refused), Some(AlreadyExists));
    let refused = Monitor {
        external_ref: first.external_ref.clone(),
        ..second.clone()
    };
    let refused = monitors
        .update_monitor(home, &refused, &sample::act(1))
        .await;
    assert_eq!(refusal(refused), Some(AlreadyExists));
    let theirs = Monitor {
        account: stranger.account(),
        ..taken
    };
    monitors
        .create_monitor(stranger, &theirs, None, &sample::act(1))
        .await
        .unwrap();

    // Lists.
    let all = MonitorFilter::default();
    let ids = |records: Vec<crate::port::MonitorRecord>| {
        records
            .into_iter()
            .map(|record| record.monitor.id)
            .collect::<Vec<_>>()
    };
    let listed = monitors
        .monitors(home, &all, Page::first(10))
        .await
        .unwrap();
    assert_eq!(ids(listed), [first.id, second.id]);
    let listed = monitors.monitors(home, &all, Page::first(1)).await.unwrap();
    assert_eq!(ids(listed), [first.id]);
    let rest = Page::after(*first.id.as_bytes(), 10);
    assert_eq!(
        ids(monitors.monitors(home, &all, rest).await.unwrap()),
        [second.id]
    );
    for (tag, kind, expected) in [
        (Some("prod"), None, vec![first.id]),
        (Some("PROD"), None, vec![]),
        (None, Some("PORT"), vec![second.id]),
        (Some("prod"), Some("PORT"), vec![]),
    ] {
        let filter = MonitorFilter {
            tag: tag.map(Into::into),
            kind: kind.map(Into::into),
        };
        let listed = monitors
            .monitors(home, &filter, Page::first(10))
            .await
            .unwrap();
        assert_eq!(ids(listed), expected, "{filter:?}");
    }

    // An update is a compare-and-swap.
    let changed = Monitor {
        name: "renamed".to_owned(),
        tags: vec!["other".to_owned()],
        external_ref: None,
        paused: true,
        updated_at: sample::at(5),
        ..first.clone()
    };
    monitors
        .update_monitor(home, &changed, &sample::act(5))
        .await
        .unwrap();
    let refused = monitors
        .update_monitor(home, &changed, &sample::act(6))
        .await;
    assert_eq!(refusal(refused), Some(Conflict));
    let stored = monitors.monitor(home, first.id).await.unwrap();
    assert_eq!(
        stored.monitor,
        Monitor {
            version: 2,
            ..changed
        }
    );
    let old_tag = MonitorFilter {
        tag: Some("prod".to_owned()),
        kind: None,
    };
    assert!(
        monitors
            .monitors(home, &old_tag, Page::first(10))
            .await
            .unwrap()
            .is_empty()
    );

    // A removed monitor takes its results with it.
    let row = sample::result(&first, 1, Status::Up);
    results.append(std::slice::from_ref(&row)).await.unwrap();
    monitors
        .delete_monitor(home, first.id, &sample::act(9))
        .await
        .unwrap();
    assert_eq!(
        refusal(monitors.monitor(home, first.id).await),
        Some(NotFound)
    );
    let refused = monitors
        .delete_monitor(home, first.id, &sample::act(9))
        .await;
    assert_eq!(refusal(refused), Some(NotFound));
    let left = results
        .results(home, first.id, &Default::default(), 10)
        .await
        .unwrap();
    assert!(left.is_empty());
}

/// The feed tells every change once, as things are now.
pub async fn monitor_feed(subject: &Subject) {
    let Subject {
        home,
        monitors,
        feed,
        heartbeats,
        incidents,
        results,
        ..
    } = subject;
    let start = feed.mark().await.unwrap();
    let (first, second) = (sample::monitor(1), sample::monitor(2));
    monitors
        .create_monitor(home, &first, None, &sample::act(0))
        .await
        .unwrap();
    let heartbeat = sample::heartbeat(2);
    monitors
        .create_monitor(home, &second, Some(&heartbeat), &sample::act(0))
        .await
        .unwrap();
    results
        .append(&[sample::result(&first, 30, Status::Up)])
        .await
        .unwrap();
    results
        .append(&[sample::result(&first, 60, Status::Up)])
        .await
        .unwrap();

    let rows = feed.snapshot(None, 10).await.unwrap();
    let ids: Vec<_> = rows.iter().map(|row| row.record.monitor.id).collect();
    assert_eq!(ids, [first.id, second.id]);
    let newest: Vec<_> = rows.iter().map(|row| row.last_result_at).collect();
    assert_eq!(newest, [Some(sample::at(60)), None]);
    assert!(rows.iter().all(|row| row.tenant == *home));
    let rest = feed.snapshot(Some(first.id), 10).await.unwrap();
    assert_eq!(rest.len(), 1);

    let (changes, mark) = feed.changes(start, 10).await.unwrap();
    assert_eq!(changes.len(), 2);
    assert_eq!(feed.mark().await.unwrap(), mark);
    assert_eq!(feed.changes(mark, 10).await.unwrap(), (vec![], mark));

    // Two changes of one monitor are told once; a settle is not told.
    let mut changed = first.clone();
    for name in ["a", "b"] {
        name.clone_into(&mut changed.name);
        monitors
            .update_monitor(home, &changed, &sample::act(1))
            .await
            .unwrap();
        changed.version += 1;
    }
    incidents
        .settle(home, &sample::settlement(&second, 0))
        .await
        .unwrap();
    let (changes, mark) = feed.changes(mark, 10).await.unwrap();
    assert!(
        matches!(&changes[..], [FeedChange::Changed(row)] if row.record.monitor == changed),
        "{changes:?}"
    );

    // A ping is told, and so is a removal, in pieces as small as asked for.
    let state = heartbeat.state.clone();
    heartbeats
        .record_ping(home, second.id, 0, &state, &sample::ping(1))
        .await
        .unwrap();
    monitors
        .delete_monitor(home, first.id, &sample::act(2))
        .await
        .unwrap();
    let (changes, mark) = feed.changes(mark, 1).await.unwrap();
    assert!(
        matches!(&changes[..], [FeedChange::Changed(row)] if row.record.monitor.id == second.id)
    );
    let (changes, mark) = feed.changes(mark, 1).await.unwrap();
    assert_eq!(changes, [FeedChange::Removed(first.id)]);
    assert!(feed.changes(mark, 1).await.unwrap().0.is_empty());
}
