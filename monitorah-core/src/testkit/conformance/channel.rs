//! What a channel store and a rule store must do.

use super::{Subject, refusal, sample};
use crate::{
    alert::{AlertKind, Rule, RuleScope},
    error::StoreErrorKind::{AlreadyExists, Conflict, NotFound},
    incident::{Event, EventStatus},
    port::{ChannelRecord, NotificationFilter, NotificationState, Page, Settlement},
};
use std::time::Duration;

/// Channels from their making to their end, which takes them out of rules and buries what waits.
pub async fn channel_store(subject: &Subject) {
    let Subject {
        home,
        stranger,
        channels,
        rules,
        outbox,
        monitors,
        incidents,
        ..
    } = subject;
    let (first, second) = (sample::channel(1), sample::channel(2));
    for channel in [&first, &second] {
        channels
            .create_channel(home, channel, &sample::act(0))
            .await
            .unwrap();
    }
    assert_eq!(channels.channel(home, first.id).await.unwrap(), first);
    let again = channels.create_channel(home, &first, &sample::act(0)).await;
    assert_eq!(refusal(again), Some(AlreadyExists));
    assert_eq!(
        refusal(channels.channel(stranger, first.id).await),
        Some(NotFound)
    );
    assert!(
        channels
            .channels(stranger, Page::first(9))
            .await
            .unwrap()
            .is_empty()
    );
    let page = Page::after(*first.id.as_bytes(), 9);
    assert_eq!(
        channels.channels(home, page).await.unwrap(),
        std::slice::from_ref(&second)
    );

    let changed = ChannelRecord {
        name: "renamed".to_owned(),
        config: sample::sealed(9),
        seal_version: 2,
        enabled: false,
        updated_at: sample::at(4),
        ..first.clone()
    };
    channels
        .update_channel(home, &changed, &sample::act(4))
        .await
        .unwrap();
    let stale = channels
        .update_channel(home, &changed, &sample::act(4))
        .await;
    assert_eq!(refusal(stale), Some(Conflict));
    let stored = channels.channel(home, first.id).await.unwrap();
    assert_eq!(
        stored,
        ChannelRecord {
            version: 2,
            ..changed
        }
    );

    let rule = Rule {
        channels: vec![first.id, second.id],
        ..sample::rule(1)
    };
    rules
        .create_rule(home, &rule, &sample::act(5))
        .await
        .unwrap();
    let monitor = sample::monitor(1);
    monitors
        .create_monitor(home, &monitor, None, &sample::act(5))
        .await
        .unwrap();
    let mut settlement = sample::settlement(&monitor, 0);
    settlement.outbox = vec![sample::notification(1, Some(&monitor))];
    incidents.settle(home, &settlement).await.unwrap();
    let theirs = channels
        .delete_channel(stranger, first.id, None, &sample::act(6))
        .await;
    assert_eq!(refusal(theirs), Some(NotFound));
    let version = channels.channel(home, first.id).await.unwrap().version;
    let stale = channels
        .delete_channel(home, first.id, Some(version + 1), &sample::act(8))
        .await;
    assert_eq!(refusal(stale), Some(Conflict));
    channels.channel(home, first.id).await.unwrap();
    channels
        .delete_channel(home, first.id, Some(version), &sample::act(6))
        .await
        .unwrap();
    assert_eq!(
        rules.rule(home, rule.id).await.unwrap().channels,
        [second.id]
    );
    assert_eq!(outbox.next_due().await.unwrap(), None);
    let filter = NotificationFilter::default();
    let log = outbox
        .notifications(home, &filter, Page::first(9))
        .await
        .unwrap();
    let states: Vec<_> = log
        .iter()
        .map(|one| (one.state, one.next_attempt_at))
        .collect();
    assert_eq!(states, [(NotificationState::Dead, None)]);
}

/// Rules name only what is the tenant's own.
pub async fn rule_store(subject: &Subject) {
    let Subject {
        home,
        stranger,
        channels,
        rules,
        monitors,
        ..
    } = subject;
    let (channel, monitor) = (sample::channel(1), sample::monitor(1));
    channels
        .create_channel(home, &channel, &sample::act(0))
        .await
        .unwrap();
    monitors
        .create_monitor(home, &monitor, None, &sample::act(0))
        .await
        .unwrap();
    let rule = Rule {
        channels: vec![channel.id],
        scope: RuleScope::Monitors(vec![monitor.id]),
        ..sample::rule(1)
    };
    rules
        .create_rule(home, &rule, &sample::act(0))
        .await
        .unwrap();
    assert_eq!(rules.rule(home, rule.id).await.unwrap(), rule);
    assert_eq!(
        rules.rules(home, Page::first(9)).await.unwrap(),
        std::slice::from_ref(&rule)
    );
    assert_eq!(refusal(rules.rule(stranger, rule.id).await), Some(NotFound));
    assert!(
        rules
            .rules(stranger, Page::first(9))
            .await
            .unwrap()
            .is_empty()
    );

    for strange in [
        Rule {
            channels: vec![sample::channel(8).id],
            ..sample::rule(2)
        },
        Rule {
            scope: RuleScope::Monitors(vec![sample::monitor(8).id]),
            ..sample::rule(2)
        },
    ] {
        let refused = rules.create_rule(home, &strange, &sample::act(1)).await;
        assert_eq!(refusal(refused), Some(NotFound));
        let refused = Rule {
            id: rule.id,
            ..strange
        };
        let refused = rules.update_rule(home, &refused, &sample::act(1)).await;
        assert_eq!(refusal(refused), Some(NotFound));
    }
    assert_eq!(
        rules.rule(home, rule.id).await.unwrap(),
        rule,
        "a refused update left a trace"
    );
    let of_stranger = Rule {
        channels: vec![channel.id],
        ..sample::rule(3)
    };
    let refused = rules
        .create_rule(stranger, &of_stranger, &sample::act(1))
        .await;
    assert_eq!(
        refusal(refused),
        Some(NotFound),
        "a rule reached into another account"
    );

    let changed = Rule {
        name: "renamed".to_owned(),
        scope: RuleScope::AllMonitors,
        kinds: Vec::new(),
        remind_every: None,
        enabled: false,
        ..rule.clone()
    };
    rules
        .update_rule(home, &changed, &sample::act(2))
        .await
        .unwrap();
    let stale = rules.update_rule(home, &changed, &sample::act(2)).await;
    assert_eq!(refusal(stale), Some(Conflict));
    let stored = rules.rule(home, rule.id).await.unwrap();
    assert_eq!(
        stored,
        Rule {
            version: 2,
            ..changed
        }
    );
    let back = Rule {
        version: 2,
        ..rule.clone()
    };
    rules
        .update_rule(home, &back, &sample::act(3))
        .await
        .unwrap();

    // A removed monitor leaves the rule: with nothing named, it is about nothing, not about all.
    monitors
        .delete_monitor(home, monitor.id, None, &sample::act(4))
        .await
        .unwrap();
    let stored = rules.rule(home, rule.id).await.unwrap();
    assert_eq!(stored.scope, RuleScope::Monitors(Vec::new()));
    let version = rules.rule(home, rule.id).await.unwrap().version;
    let stale = rules
        .delete_rule(home, rule.id, Some(version + 1), &sample::act(8))
        .await;
    assert_eq!(refusal(stale), Some(Conflict));
    rules.rule(home, rule.id).await.unwrap();
    rules
        .delete_rule(home, rule.id, Some(version), &sample::act(5))
        .await
        .unwrap();
    let twice = rules
        .delete_rule(home, rule.id, None, &sample::act(5))
        .await;
    assert_eq!(refusal(twice), Some(NotFound));
}

/// A rule that reminds reminds also of what is open already and nobody took on.
pub async fn rule_reminders(subject: &Subject) {
    let Subject {
        home,
        monitors,
        incidents,
        rules,
        ..
    } = subject;
    let mut events = Vec::new();
    for number in 1..=4 {
        let monitor = sample::monitor(number);
        monitors
            .create_monitor(home, &monitor, None, &sample::act(0))
            .await
            .unwrap();
        let open = Event {
            next_reminder_at: (number == 2).then(|| sample::at(100)),
            ..sample::event(number, &monitor)
        };
        let event = if number == 4 {
            Event {
                status: EventStatus::Resolved,
                resolved_at: Some(sample::at(50)),
                ..open
            }
        } else {
            open
        };
        let settlement = Settlement {
            event: Some(event.clone()),
            ..sample::settlement(&monitor, 0)
        };
        incidents.settle(home, &settlement).await.unwrap();
        events.push(event);
    }
    let taken = events.get(2).unwrap();
    incidents
        .acknowledge(home, taken.id, &sample::act(60))
        .await
        .unwrap();
    let planned = || async {
        let mut planned = Vec::new();
        for event in &events {
            let event = incidents.event(home, event.id).await.unwrap();
            planned.push(event.next_reminder_at);
        }
        planned
    };
    let silent = Rule {
        remind_every: None,
        kinds: Vec::new(),
        ..sample::rule(1)
    };
    rules
        .create_rule(home, &silent, &sample::act(60))
        .await
        .unwrap();
    let early = Some(sample::at(100));
    assert_eq!(planned().await, [None, early, None, None]);

    // One that asks for no reminders reminds of nothing, and one that is about another monitor
    // of nothing else: neither of them moves what was decided of the first.
    let before = monitors.monitor(home, sample::monitor(1).id).await.unwrap();
    let second = RuleScope::Monitors(vec![sample::monitor(2).id]);
    let down_only = Rule {
        scope: RuleScope::AllMonitors,
        kinds: vec![AlertKind::Down],
        remind_every: Some(Duration::from_secs(60)),
        ..sample::rule(3)
    };
    let of_second = Rule {
        scope: second,
        remind_every: Some(Duration::from_secs(60)),
        kinds: Vec::new(),
        ..sample::rule(4)
    };
    for rule in [&down_only, &of_second] {
        rules
            .create_rule(home, rule, &sample::act(20))
            .await
            .unwrap();
    }
    let early = Some(sample::at(80));
    assert_eq!(planned().await, [None, early, None, None]);
    let after = monitors.monitor(home, sample::monitor(1).id).await.unwrap();
    assert_eq!(after.state_version, before.state_version);

    // The sample's rule reminds every 600 seconds; what is planned sooner stays.
    let before = monitors.monitor(home, sample::monitor(1).id).await.unwrap();
    let reminding = Rule {
        kinds: Vec::new(),
        ..sample::rule(2)
    };
    rules
        .create_rule(home, &reminding, &sample::act(60))
        .await
        .unwrap();
    let next = Some(sample::at(660));
    assert_eq!(planned().await, [next, early, None, None]);
    let after = monitors.monitor(home, sample::monitor(1).id).await.unwrap();
    assert_eq!(
        (after.state_version, &after.state),
        (before.state_version + 1, &before.state),
        "a settle that was decided before would write no reminder back"
    );

    // Also one that would open an event: it was decided on rules without a reminder.
    let calm = sample::monitor(4);
    let opening = Settlement {
        event: Some(sample::event(5, &calm)),
        ..sample::settlement(&calm, 1)
    };
    assert_eq!(
        refusal(incidents.settle(home, &opening).await),
        Some(Conflict)
    );

    // A rule that is changed to remind sooner moves what is planned, one that is off does not.
    let off = Rule {
        remind_every: Some(Duration::from_secs(60)),
        enabled: false,
        ..silent
    };
    rules
        .update_rule(home, &off, &sample::act(70))
        .await
        .unwrap();
    assert_eq!(planned().await, [next, early, None, None]);
    let sooner = Rule {
        enabled: true,
        version: 2,
        ..off
    };
    rules
        .update_rule(home, &sooner, &sample::act(70))
        .await
        .unwrap();
    assert_eq!(planned().await, [Some(sample::at(130)), early, None, None]);
}
