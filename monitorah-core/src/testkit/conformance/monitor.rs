//! What a monitor store and its feed must do.

use super::{Subject, refusal, sample};
use crate::{
    error::StoreErrorKind::{AlreadyExists, Conflict, Cycle, NotFound},
    monitor::{Health, Monitor, MonitorState, ShownStatus},
    observation::Status,
    port::{FeedChange, MonitorFilter, Page, Settlement},
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
                .update_monitor(stranger, &first, &[], &sample::act(1))
                .await,
        ),
        refusal(
            monitors
                .delete_monitor(stranger, first.id, None, &sample::act(1))
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
        .update_monitor(home, &refused, &[], &sample::act(1))
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
            ..MonitorFilter::default()
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
        .update_monitor(home, &changed, &[], &sample::act(5))
        .await
        .unwrap();
    let refused = monitors
        .update_monitor(home, &changed, &[], &sample::act(6))
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
        ..MonitorFilter::default()
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
        .delete_monitor(home, first.id, None, &sample::act(9))
        .await
        .unwrap();
    assert_eq!(
        refusal(monitors.monitor(home, first.id).await),
        Some(NotFound)
    );
    let refused = monitors
        .delete_monitor(home, first.id, None, &sample::act(9))
        .await;
    assert_eq!(refusal(refused), Some(NotFound));
    let left = results
        .results(home, first.id, &Default::default(), 10)
        .await
        .unwrap();
    assert!(left.is_empty());
}

/// Groups, owners, names and states as filters of the list.
pub async fn monitor_filters(subject: &Subject) {
    let Subject {
        home,
        monitors,
        incidents,
        ..
    } = subject;
    let checkout = Monitor {
        name: "Checkout 100%".to_owned(),
        group: Some("shop/checkout".to_owned()),
        owner: Some("apply".to_owned()),
        ..sample::monitor(1)
    };
    let shopping = Monitor {
        name: "Zürich_west".to_owned(),
        group: Some("shopping".to_owned()),
        owner: Some("Apply".to_owned()),
        ..sample::monitor(2)
    };
    let shop = Monitor {
        name: "front".to_owned(),
        group: Some("shop".to_owned()),
        paused: true,
        ..sample::monitor(3)
    };
    let bare = sample::monitor(4);
    for monitor in [&checkout, &shopping, &shop, &bare] {
        monitors
            .create_monitor(home, monitor, None, &sample::act(0))
            .await
            .unwrap();
        let stored = monitors.monitor(home, monitor.id).await.unwrap();
        assert_eq!(stored.monitor, *monitor);
    }
    let down = MonitorState {
        health: Health::Down,
        last: Some(Status::Down),
        ..MonitorState::new(sample::at(1))
    };
    let doubtful = MonitorState {
        last: Some(Status::Unknown),
        ..down.clone()
    };
    for (monitor, state) in [
        (&checkout, down.clone()),
        (&shopping, doubtful),
        (&shop, down),
    ] {
        let settlement = Settlement {
            state,
            ..sample::settlement(monitor, 0)
        };
        incidents.settle(home, &settlement).await.unwrap();
    }
    let none = MonitorFilter::default;
    let group = |path: &str| MonitorFilter {
        group: Some(path.to_owned()),
        ..none()
    };
    let owner = |owner: &str| MonitorFilter {
        owner: Some(owner.to_owned()),
        ..none()
    };
    let name = |text: &str| MonitorFilter {
        name: Some(text.to_owned()),
        ..none()
    };
    let status = |status| MonitorFilter {
        status: Some(status),
        ..none()
    };
    for (filter, expected) in [
        (group("shop"), vec![checkout.id, shop.id]),
        (group("shop/checkout"), vec![checkout.id]),
        (group("shop/check"), vec![]),
        (group("Shop"), vec![]),
        (group("shop_ing"), vec![]),
        (owner("apply"), vec![checkout.id]),
        (owner("app%"), vec![]),
        (name("CHECK"), vec![checkout.id]),
        (name("100%"), vec![checkout.id]),
        (name("0_"), vec![]),
        (name("ZÜRICH_W"), vec![shopping.id]),
        (name("%"), vec![checkout.id]),
        (name("\\"), vec![]),
        (status(ShownStatus::Down), vec![checkout.id]),
        (status(ShownStatus::Unknown), vec![shopping.id]),
        (status(ShownStatus::Paused), vec![shop.id]),
        (status(ShownStatus::Pending), vec![bare.id]),
        (status(ShownStatus::Up), vec![]),
        (status(ShownStatus::Maintenance), vec![]),
    ] {
        let listed = monitors
            .monitors(home, &filter, Page::first(10))
            .await
            .unwrap();
        let ids: Vec<_> = listed.iter().map(|record| record.monitor.id).collect();
        assert_eq!(ids, expected, "{filter:?}");
    }
}

/// What monitors depend on: of one account, without circles, and gone with its end.
pub async fn monitor_dependencies(subject: &Subject) {
    let Subject {
        home,
        stranger,
        monitors,
        ..
    } = subject;
    let depending = |number: u64, on: &[u64]| Monitor {
        depends_on: on.iter().map(|n| sample::monitor(*n).id).collect(),
        ..sample::monitor(number)
    };
    let create = async |tenant, monitor: &Monitor| {
        monitors
            .create_monitor(tenant, monitor, None, &sample::act(0))
            .await
    };
    create(home, &depending(1, &[])).await.unwrap();
    create(home, &depending(2, &[1])).await.unwrap();
    create(home, &depending(3, &[2, 1])).await.unwrap();
    let parents = async |number| {
        let record = monitors.monitor(home, sample::monitor(number).id).await;
        record.unwrap().monitor.depends_on
    };
    // A set, in the order of the ids, also in lists.
    let both = [sample::monitor(1).id, sample::monitor(2).id];
    assert_eq!(parents(3).await, both);
    let listed = monitors
        .monitors(home, &MonitorFilter::default(), Page::first(9))
        .await
        .unwrap();
    assert_eq!(listed.last().unwrap().monitor.depends_on, both);

    // Only on what is there and one's own, and nothing is left of what is refused.
    assert_eq!(
        refusal(create(home, &depending(4, &[99])).await),
        Some(NotFound)
    );
    let theirs = Monitor {
        account: stranger.account(),
        ..depending(5, &[1])
    };
    assert_eq!(refusal(create(stranger, &theirs).await), Some(NotFound));
    assert_eq!(
        refusal(monitors.monitor(home, sample::monitor(4).id).await),
        Some(NotFound)
    );

    // What was decided on another monitor is refused when that is another by now, or gone.
    let other = sample::monitor(1);
    for (seen, expected) in [
        ((other.id, 2), Some(Conflict)),
        ((sample::monitor(99).id, 1), Some(Conflict)),
        ((other.id, 1), None),
    ] {
        let changed = depending(3, &[2, 1]);
        let outcome = monitors
            .update_monitor(home, &changed, &[seen], &sample::act(1))
            .await;
        assert_eq!(refusal(outcome), expected, "{seen:?}");
    }

    // No circles, however long.
    let update = async |monitor: &Monitor| {
        monitors
            .update_monitor(home, monitor, &[], &sample::act(1))
            .await
    };
    for circle in [depending(1, &[1]), depending(1, &[2]), depending(1, &[3])] {
        assert_eq!(refusal(update(&circle).await), Some(Cycle), "{circle:?}");
    }
    assert!(parents(1).await.is_empty());
    assert_eq!(
        monitors
            .monitor(home, sample::monitor(1).id)
            .await
            .unwrap()
            .monitor
            .version,
        1
    );
    update(&depending(2, &[])).await.unwrap();
    update(&depending(1, &[2])).await.unwrap();
    assert_eq!(parents(1).await, [sample::monitor(2).id]);

    // The end of a parent is the end of the dependency.
    monitors
        .delete_monitor(home, sample::monitor(2).id, None, &sample::act(2))
        .await
        .unwrap();
    assert!(parents(1).await.is_empty());
    assert_eq!(parents(3).await, [sample::monitor(1).id]);
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

    let page = feed.snapshot(None, 10).await.unwrap();
    assert_eq!((page.next, page.unreadable), (None, 0));
    let rows = page.rows;
    let ids: Vec<_> = rows.iter().map(|row| row.record.monitor.id).collect();
    assert_eq!(ids, [first.id, second.id]);
    let newest: Vec<_> = rows.iter().map(|row| row.last_result_at).collect();
    assert_eq!(newest, [Some(sample::at(60)), None]);
    assert!(rows.iter().all(|row| row.tenant == *home));
    let rest = feed.snapshot(Some(first.id), 10).await.unwrap();
    assert_eq!(rest.rows.len(), 1);
    let page = feed.snapshot(None, 1).await.unwrap();
    assert_eq!((page.rows.len(), page.next), (1, Some(first.id)));

    let read = async |mark, limit| {
        let page = feed.changes(mark, limit).await.unwrap();
        assert_eq!(page.unreadable, 0);
        (page.changes, page.mark)
    };
    let (changes, mark) = read(start, 10).await;
    assert_eq!(changes.len(), 2);
    assert_eq!(feed.mark().await.unwrap(), mark);
    assert_eq!(read(mark, 10).await, (vec![], mark));

    // Two changes of one monitor are told once; a settle is not told.
    let mut changed = first.clone();
    for name in ["a", "b"] {
        name.clone_into(&mut changed.name);
        monitors
            .update_monitor(home, &changed, &[], &sample::act(1))
            .await
            .unwrap();
        changed.version += 1;
    }
    incidents
        .settle(home, &sample::settlement(&second, 0))
        .await
        .unwrap();
    let (changes, mark) = read(mark, 10).await;
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
        .delete_monitor(home, first.id, None, &sample::act(2))
        .await
        .unwrap();
    let (changes, mark) = read(mark, 1).await;
    assert!(
        matches!(&changes[..], [FeedChange::Changed(row)] if row.record.monitor.id == second.id)
    );
    let (changes, mark) = read(mark, 1).await;
    assert_eq!(changes, [FeedChange::Removed(first.id)]);
    assert!(read(mark, 1).await.0.is_empty());
}
