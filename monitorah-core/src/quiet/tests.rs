//! The rule, look by look.

use super::*;
use crate::{
    alert::RuleScope,
    check::CheckKind,
    crypt::Sealed,
    id::{AccountId, EventId, RuleId},
    maintenance::Span,
    monitor::{Confirmations, Health, Policy},
    observation::Reason,
    selection::Selection,
};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn monitor() -> Monitor {
    Monitor {
        id: MonitorId::from_bytes([1; 16]),
        account: AccountId::from_bytes([2; 16]),
        name: "a".into(),
        kind: CheckKind::new("HTTP"),
        target: Sealed::from_bytes(vec![]),
        config: Sealed::from_bytes(vec![]),
        seal_version: 1,
        policy: Policy::default(),
        tags: vec!["web".into()],
        group: Some("shop/checkout".into()),
        owner: None,
        depends_on: vec![],
        external_ref: None,
        paused: false,
        version: 1,
        created_at: at(0),
        updated_at: at(0),
    }
}

fn event(told: Told) -> Event {
    Event {
        id: EventId::from_bytes([3; 16]),
        account: AccountId::from_bytes([2; 16]),
        monitor: MonitorId::from_bytes([1; 16]),
        status: EventStatus::Open,
        severity: Severity::Down,
        reason: Reason::ConnectRefused,
        started_at: at(100),
        confirmed_at: at(102),
        resolved_at: None,
        resolution: None,
        flapping: false,
        acknowledged_at: None,
        reminders: 0,
        next_reminder_at: None,
        told,
    }
}

fn down(health: Health) -> MonitorState {
    MonitorState {
        health,
        ..MonitorState::new(at(0))
    }
}

fn look(second: i64, status: Status) -> Look {
    Look {
        at: at(second),
        status,
        needed: 2,
        fresh: true,
    }
}

fn window(from: i64, until: i64, covers: Selection) -> Opening {
    let span = Span {
        from: at(from),
        until: at(until),
    };
    Opening {
        id: MaintenanceId::from_bytes([4; 16]),
        covers,
        span,
    }
}

fn named(tags: &[&str], groups: &[&str]) -> Selection {
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    Selection::Named {
        monitors: vec![],
        tags: texts(tags),
        groups: texts(groups),
    }
}

fn parent(down: bool, recovered: Option<i64>, well: Option<i64>) -> Parent {
    Parent {
        id: MonitorId::from_bytes([5; 16]),
        down,
        recovered_at: recovered.map(at),
        well_at: well.map(at),
        certainty: Certainty::of(&Policy::default(), false),
    }
}

fn because(voice: Voice) -> &'static str {
    match voice {
        Voice::Nothing => "nothing",
        Voice::Tell => "tell",
        Voice::Keep(quiet) => quiet.because.as_str(),
    }
}

/// One outage, look by look: through a window, over its end, and told after two bad results.
#[test]
fn a_window_keeps_quiet_and_its_end_asks_for_two_more_results() {
    let (monitor, mut event) = (monitor(), event(Told::default()));
    let mut state = down(Health::Down);
    let around = Surroundings {
        windows: vec![window(90, 200, named(&[], &["shop"]))],
        ..Surroundings::default()
    };
    for (second, status, expected) in [
        (102, Status::Down, "MAINTENANCE"),
        (199, Status::Down, "MAINTENANCE"),
        (200, Status::Down, "CONFIRMING"),
        (201, Status::Unknown, "CONFIRMING"),
        (202, Status::Up, "CONFIRMING"),
        (204, Status::Down, "CONFIRMING"),
        (206, Status::Down, "tell"),
    ] {
        let voice = decide(&monitor, &event, &mut state, look(second, status), &around);
        assert_eq!(because(voice), expected, "at {second}");
        match voice {
            Voice::Keep(quiet) => event.told.quiet = Some(quiet),
            Voice::Tell => event.told.tell(Severity::Down, &[], at(second)),
            Voice::Nothing => {}
        }
    }
    let voice = decide(
        &monitor,
        &event,
        &mut state,
        look(208, Status::Down),
        &around,
    );
    assert_eq!(voice, Voice::Nothing, "once");
}

#[test]
fn what_keeps_quiet_is_the_first_that_holds() {
    let monitor = monitor();
    let silence = |covers| Silence {
        id: SilenceId::from_bytes([6; 16]),
        account: monitor.account,
        reason: "r".into(),
        covers,
        starts_at: at(50),
        ends_at: at(300),
        created_by: "operator".into(),
        version: 1,
        created_at: at(0),
        updated_at: at(0),
    };
    let around = |window_covers, silence_covers, parents: &[Parent]| Surroundings {
        windows: vec![window(90, 200, window_covers)],
        silences: vec![silence(silence_covers)],
        parents: parents.to_vec(),
    };
    let nobody = || named(&["other"], &["shop/check", "shopping"]);
    let fell = [parent(true, None, None)];
    let back = [parent(false, Some(120), Some(120))];
    for (around, second, expected) in [
        (
            around(Selection::All, Selection::All, &fell),
            150,
            "MAINTENANCE",
        ),
        (
            around(Selection::All, Selection::All, &fell),
            250,
            "SILENCE",
        ),
        (around(Selection::All, Selection::All, &fell), 300, "PARENT"),
        (around(nobody(), named(&["web"], &[]), &[]), 49, "none"),
        (around(nobody(), named(&["web"], &[]), &[]), 50, "SILENCE"),
        (around(nobody(), named(&["web"], &[]), &[]), 150, "SILENCE"),
        (around(nobody(), nobody(), &fell), 150, "PARENT"),
        // Still down when the look was made.
        (around(nobody(), nobody(), &back), 119, "PARENT"),
        (around(nobody(), nobody(), &back), 120, "PARENT"),
        (around(nobody(), nobody(), &back), 121, "none"),
        (around(nobody(), nobody(), &back), 150, "none"),
    ] {
        let quiet = around.quiet(&monitor, at(second));
        let found = quiet.map_or("none", |quiet| quiet.because.as_str());
        assert_eq!(found, expected, "at {second}: {around:?}");
    }
}

#[test]
fn a_message_waits_for_a_look_at_the_parent_and_not_for_ever() {
    let monitor = monitor();
    let with = |parent: Parent| Surroundings {
        parents: vec![parent],
        ..Surroundings::default()
    };
    let patient = Policy {
        timeout: Duration::from_secs(18),
        confirmations: Confirmations { down: 3, up: 1 },
        ..Policy::every(Duration::from_secs(60))
    };
    // Three looks of 18 seconds, two seconds after each, and five more.
    let patient = |failing| Parent {
        certainty: Certainty::of(&patient, failing),
        ..parent(false, None, Some(99))
    };
    let fact = Parent {
        certainty: Certainty::Fact,
        ..parent(false, None, None)
    };
    let failing_later = Parent {
        well_at: Some(at(101)),
        ..patient(true)
    };
    for (parent, second, expected) in [
        (parent(false, None, Some(99)), 102, "PARENT_IN_DOUBT"),
        (parent(false, None, None), 131, "PARENT_IN_DOUBT"),
        (parent(false, None, None), 132, "tell"),
        (parent(false, None, Some(100)), 102, "tell"),
        // It fell below the parent, which came back before the first look at it.
        (parent(false, Some(101), Some(102)), 102, "CONFIRMING"),
        (parent(false, Some(100), Some(102)), 102, "CONFIRMING"),
        (parent(false, Some(99), Some(102)), 102, "tell"),
        (patient(false), 166, "PARENT_IN_DOUBT"),
        (patient(false), 167, "tell"),
        (patient(true), 401, "PARENT_IN_DOUBT"),
        (patient(true), 402, "tell"),
        // It was well a moment ago, and fails since.
        (failing_later, 150, "PARENT_IN_DOUBT"),
        (fact, 102, "tell"),
    ] {
        let mut state = MonitorState {
            since: at(100),
            ..down(Health::Down)
        };
        let event = event(Told {
            doubted_at: Some(at(102)),
            ..Told::default()
        });
        let look = look(second, Status::Down);
        let voice = decide(&monitor, &event, &mut state, look, &with(parent));
        assert_eq!(because(voice), expected, "{parent:?} at {second}");
    }
    // What people were told of does not wait; what was decided and told to nobody does.
    let unsure = with(parent(false, None, Some(99)));
    for (channels, expected) in [
        (vec![], "PARENT_IN_DOUBT"),
        (vec![ChannelId::from_bytes([7; 16])], "tell"),
    ] {
        let mut told = Told::default();
        told.tell(Severity::Degraded, &channels, at(90));
        let mut state = MonitorState {
            since: at(100),
            ..down(Health::Down)
        };
        let look = look(102, Status::Down);
        let voice = decide(&monitor, &event(told), &mut state, look, &unsure);
        assert_eq!(because(voice), expected);
    }
}

#[test]
fn every_doubtful_parent_is_asked_at_once_and_the_wait_has_one_beginning() {
    let monitor = monitor();
    let other = Parent {
        id: MonitorId::from_bytes([8; 16]),
        ..parent(false, None, Some(99))
    };
    let around = Surroundings {
        parents: vec![parent(false, None, None), other],
        ..Surroundings::default()
    };
    let mut event = event(Told::default());
    let mut state = MonitorState {
        since: at(100),
        ..down(Health::Down)
    };
    for second in [102, 110] {
        let look = look(second, Status::Down);
        let speech = speak(&monitor, &mut event, &mut state, look, &around, &[]);
        let asked: Vec<_> = around.parents.iter().map(|parent| parent.id).collect();
        assert_eq!((speech.look_at, speech.again), (asked, true));
        assert_eq!(event.told.doubted_at, Some(at(102)));
        assert_eq!(event.told.quiet.unwrap().until, Some(at(132)));
    }
    let look = look(132, Status::Down);
    speak(&monitor, &mut event, &mut state, look, &around, &[]);
    assert!(event.told.settles(Severity::Down) && !event.told.anybody());
    // Nobody wanted to hear of it, so nobody was told at any time.
    assert_eq!((event.told.at, event.told.doubted_at), (None, None));
}

#[test]
fn the_end_is_owed_to_receivers_that_wait_for_it_and_to_whom_no_rule_leads_any_more() {
    let channel = |number: u8| ChannelId::from_bytes([number; 16]);
    let id = monitor().id;
    let beginnings = Rule {
        id: RuleId::from_bytes([1; 16]),
        account: AccountId::from_bytes([2; 16]),
        name: "r".into(),
        channels: vec![channel(1), channel(2)],
        scope: RuleScope::AllMonitors,
        kinds: vec![AlertKind::Down],
        remind_every: None,
        enabled: true,
        version: 1,
        created_at: at(0),
    };
    let mut told = Told::default();
    told.tell(Severity::Down, &[channel(1), channel(2), channel(3)], at(1));
    let rules = [beginnings];
    assert_eq!(
        owed(&told, &rules, id, &[channel(2), channel(9)]),
        [channel(2), channel(3)]
    );
    assert_eq!(owed(&told, &[], id, &[]), [1, 2, 3].map(channel));
}

/// Whatever kept it quiet: also a parent that is deleted or paused while it is down, of which
/// nothing is known afterwards.
#[test]
fn the_end_of_what_kept_it_quiet_asks_for_another_look() {
    let monitor = monitor();
    for (because_of, expected) in [
        (
            Because::Maintenance(MaintenanceId::from_bytes([4; 16])),
            "CONFIRMING",
        ),
        (
            Because::Silence(SilenceId::from_bytes([6; 16])),
            "CONFIRMING",
        ),
        (Because::Parent(monitor.id), "CONFIRMING"),
        (Because::Confirming, "CONFIRMING"),
        (Because::ParentInDoubt(monitor.id), "tell"),
        (Because::Recovering, "tell"),
    ] {
        let event = event(Told {
            quiet: Some(Quiet {
                because: because_of,
                until: None,
            }),
            ..Told::default()
        });
        let mut state = down(Health::Down);
        let around = Surroundings::default();
        let first = look(150, Status::Down);
        let voice = decide(&monitor, &event, &mut state, first, &around);
        assert_eq!(because(voice), expected, "{because_of:?}");
        if expected == "tell" {
            continue;
        }
        // What was seen before counts for nothing, a good result and an unknown one neither.
        for (second, look) in [
            (
                "stale",
                Look {
                    fresh: false,
                    ..first
                },
            ),
            ("unknown", look(151, Status::Unknown)),
            ("good", look(152, Status::Up)),
            ("bad", look(153, Status::Degraded)),
        ] {
            let voice = decide(&monitor, &event, &mut state, look, &around);
            assert_eq!(because(voice), expected, "{because_of:?}, {second}");
        }
        let last = look(154, Status::Down);
        let voice = decide(&monitor, &event, &mut state, last, &around);
        assert_eq!(voice, Voice::Tell, "{because_of:?}");
    }
}

/// Results count from the end of the last thing that kept it quiet, not of the first.
#[test]
fn what_keeps_quiet_in_between_makes_it_count_anew() {
    let (monitor, mut event) = (monitor(), event(Told::default()));
    let mut state = down(Health::Down);
    let around = Surroundings {
        windows: vec![
            window(90, 200, Selection::All),
            window(202, 300, Selection::All),
        ],
        ..Surroundings::default()
    };
    for (second, expected) in [
        (150, "MAINTENANCE"),
        (200, "CONFIRMING"),
        (202, "MAINTENANCE"),
        (300, "CONFIRMING"),
        (302, "tell"),
    ] {
        let look = look(second, Status::Down);
        let voice = decide(&monitor, &event, &mut state, look, &around);
        assert_eq!(because(voice), expected, "at {second}");
        if let Voice::Keep(quiet) = voice {
            event.told.quiet = Some(quiet);
        }
    }
}

/// What people know of waits for nobody else to be looked at, and asks for no look.
#[test]
fn a_doubt_is_about_the_first_message_and_asks_for_a_look_at_the_parent() {
    let monitor = monitor();
    let around = Surroundings {
        parents: vec![parent(false, None, None)],
        ..Surroundings::default()
    };
    let mut worse = event(Told::default());
    let told = [ChannelId::from_bytes([9; 16])];
    worse.told.tell(Severity::Degraded, &told, at(101));
    let mut state = down(Health::Down);
    let voice = decide(
        &monitor,
        &worse,
        &mut state,
        look(102, Status::Down),
        &around,
    );
    assert_eq!(voice, Voice::Tell);

    let mut fresh = event(Told::default());
    let speech = speak(
        &monitor,
        &mut fresh,
        &mut state,
        look(102, Status::Down),
        &around,
        &[],
    );
    assert_eq!(speech.look_at, [around.parents[0].id]);
    assert!(speech.again && speech.tell.is_none());

    // What is confirmed after the quiet is looked at again while it looks bad.
    fresh.told.quiet = Some(Quiet {
        because: Because::Confirming,
        until: None,
    });
    let around = Surroundings::default();
    state.again = 0;
    for (status, again) in [(Status::Down, true), (Status::Up, false)] {
        let look = look(200, status);
        let speech = speak(&monitor, &mut fresh, &mut state, look, &around, &[]);
        assert_eq!(
            (speech.again, speech.look_at),
            (again, Vec::new()),
            "{status:?}"
        );
    }
    let look = look(202, Status::Down);
    state.again = 1;
    let speech = speak(&monitor, &mut fresh, &mut state, look, &around, &[]);
    assert!(speech.late, "it was known before");
    // It kept it quiet until then, and not from then on.
    assert_eq!(fresh.told.quiet, None);
}

#[test]
fn what_flaps_is_told_while_it_is_not_well() {
    let (monitor, event) = (monitor(), event(Told::default()));
    let around = Surroundings::default();
    for (health, status, expected) in [
        (Health::Up, Status::Up, "RECOVERING"),
        (Health::Up, Status::Down, "RECOVERING"),
        (Health::Down, Status::Down, "tell"),
    ] {
        let voice = decide(
            &monitor,
            &event,
            &mut down(health),
            look(150, status),
            &around,
        );
        assert_eq!(because(voice), expected, "{health:?}");
    }
}

#[test]
fn the_end_is_told_to_those_who_were_told_and_to_those_who_want_ends_only() {
    let monitor = monitor();
    let channel = |number: u8| ChannelId::from_bytes([number; 16]);
    let rule = |number: u8, kinds: Vec<AlertKind>| Rule {
        id: RuleId::from_bytes([number; 16]),
        account: monitor.account,
        name: "r".into(),
        channels: vec![channel(number)],
        scope: RuleScope::AllMonitors,
        kinds,
        remind_every: Some(Duration::from_secs(600)),
        enabled: true,
        version: 1,
        created_at: at(0),
    };
    // Everything; everything, made during the outage; ends only; beginnings only.
    let rules = [
        rule(1, vec![]),
        rule(2, vec![]),
        rule(3, vec![AlertKind::Up]),
        rule(4, vec![AlertKind::Down]),
    ];
    let mut told = Told::default();
    assert!(recovery_recipients(&told, &rules, monitor.id).is_empty());
    told.tell(Severity::Down, &[channel(4), channel(1)], at(102));
    assert_eq!(
        recovery_recipients(&told, &rules, monitor.id),
        [channel(1), channel(3)]
    );

    // Told inside of everything that is quiet, because it ends what people were told.
    let mut over = Event {
        status: EventStatus::Resolved,
        ..event(told)
    };
    let around = Surroundings {
        windows: vec![window(0, 1_000, Selection::All)],
        ..Surroundings::default()
    };
    let mut state = down(Health::Up);
    let look = look(200, Status::Up);
    let speech = speak(&monitor, &mut over, &mut state, look, &around, &rules);
    assert_eq!(
        speech.tell,
        Some((AlertKind::Up, vec![channel(1), channel(3)]))
    );

    // Reminders begin with the message.
    let mut open = event(Told::default());
    let look = Look {
        status: Status::Down,
        ..look
    };
    let mut state = down(Health::Down);
    let quiet = speak(&monitor, &mut open, &mut state, look, &around, &rules);
    assert_eq!((quiet.tell, open.next_reminder_at), (None, None));
    assert!(state.waits);
    open.told.quiet = None;
    // A rule that was made meanwhile planned one.
    open.next_reminder_at = Some(at(210));
    let around = Surroundings::default();
    speak(&monitor, &mut open, &mut state, look, &around, &rules);
    assert_eq!(open.next_reminder_at, Some(at(800)));
    // What is told anew leaves the plan as it is.
    open.severity = Severity::Degraded;
    let later = Look {
        at: at(300),
        status: Status::Degraded,
        ..look
    };
    state.health = Health::Degraded;
    let told = speak(&monitor, &mut open, &mut state, later, &around, &rules);
    assert_eq!(told.tell.unwrap().0, AlertKind::Degraded);
    assert_eq!(open.next_reminder_at, Some(at(800)));
    assert!(!state.waits);
}

#[test]
fn a_reminder_is_put_off_to_the_end_of_the_quiet_and_no_further_than_the_next() {
    let quiet = |until: Option<i64>| Quiet {
        because: Because::Recovering,
        until: until.map(at),
    };
    let every = Duration::from_secs(600);
    for (until, expected) in [
        (Some(300), 300),
        (Some(5_000), 700),
        (None, 160),
        (Some(101), 160),
    ] {
        assert_eq!(put_off(&quiet(until), every, at(100)), at(expected));
    }
}

/// What got worse while a window was open, and then was again what people know, is not quiet.
#[test]
fn what_is_again_as_it_was_told_is_not_quiet() {
    let maintenance = Surroundings {
        windows: vec![window(150, 400, Selection::All)],
        ..Surroundings::default()
    };
    let doubtful = Surroundings {
        parents: vec![parent(false, None, None)],
        ..Surroundings::default()
    };
    for around in [maintenance, doubtful] {
        let mut event = event(Told {
            decided: Some(Severity::Degraded),
            ..Told::default()
        });
        let mut state = down(Health::Down);
        state.waits = true;
        let hear = |event: &mut Event, state: &mut MonitorState, second, status| {
            speak(&monitor(), event, state, look(second, status), &around, &[])
        };
        hear(&mut event, &mut state, 200, Status::Down);
        assert!(event.told.quiet.is_some(), "{around:?}");
        event.severity = Severity::Degraded;
        state.health = Health::Degraded;
        let speech = hear(&mut event, &mut state, 210, Status::Degraded);
        assert_eq!(speech, Speech::default());
        assert_eq!((event.told.quiet, event.told.doubted_at), (None, None));
        assert!(!state.waits);
    }
}
