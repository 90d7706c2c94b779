//! Windows over changes of the clocks, over their limits, and against the wall clock as an oracle.

use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn window(schedule: Schedule) -> Window {
    Window {
        id: MaintenanceId::from_bytes([1; 16]),
        account: AccountId::from_bytes([2; 16]),
        name: "patches".into(),
        covers: Selection::All,
        schedule,
        cut: None,
        version: 1,
        created_at: Timestamp::UNIX_EPOCH,
        updated_at: Timestamp::UNIX_EPOCH,
    }
}

fn recurring(beginnings: Beginnings, minutes: u32, zone: &str) -> Recurrence {
    Recurrence {
        beginnings,
        minutes,
        time_zone: zone.into(),
        from: None,
        until: None,
    }
}

fn weekly(weekdays: &[Weekday], time: &str, minutes: u32, zone: &str) -> Window {
    let beginnings = Beginnings::Weekly {
        weekdays: weekdays.to_vec(),
        time: time.parse().unwrap(),
    };
    window(Schedule::Recurring(recurring(beginnings, minutes, zone)))
}

fn cron(pattern: &str, minutes: u32, zone: &str) -> Window {
    let beginnings = Beginnings::Cron(pattern.into());
    window(Schedule::Recurring(recurring(beginnings, minutes, zone)))
}

/// The stretches that touch `[from, until)`.
fn spans(window: &Window, from: &str, until: &str) -> Vec<(String, String)> {
    let (mut now, until) = (at(from), at(until));
    let mut spans = Vec::new();
    while let Some(span) = window.span(now).filter(|span| span.from < until) {
        spans.push((span.from.to_string(), span.until.to_string()));
        now = span.until;
    }
    spans
}

fn span(from: &str, until: &str) -> (String, String) {
    (at(from).to_string(), at(until).to_string())
}

#[test]
fn once_is_open_from_its_start_and_shut_at_its_end() {
    let once = window(Schedule::Once {
        starts_at: at("2026-03-01T10:00:00Z"),
        ends_at: at("2026-03-01T12:00:00Z"),
    });
    for (now, active, next) in [
        ("2026-03-01T09:59:59Z", false, Some("2026-03-01T10:00:00Z")),
        ("2026-03-01T10:00:00Z", true, Some("2026-03-01T12:00:00Z")),
        ("2026-03-01T11:59:59Z", true, Some("2026-03-01T12:00:00Z")),
        ("2026-03-01T12:00:00Z", false, None),
    ] {
        assert_eq!(once.active(at(now)), active, "{now}");
        assert_eq!(once.next_change(at(now)), next.map(at), "{now}");
    }
}

/// Berlin skips 02:00 to 03:00 on 29 March 2026, and has it twice on 25 October.
#[test]
fn the_skipped_and_the_doubled_hour() {
    let berlin = weekly(&Weekday::ALL, "02:30", 60, "Europe/Berlin");
    assert_eq!(
        spans(&berlin, "2026-03-28T00:00:00Z", "2026-03-31T00:00:00Z"),
        [
            span("2026-03-28T01:30:00Z", "2026-03-28T02:30:00Z"),
            // 02:30 is not there: 03:30 summer time.
            span("2026-03-29T01:30:00Z", "2026-03-29T02:30:00Z"),
            span("2026-03-30T00:30:00Z", "2026-03-30T01:30:00Z"),
        ]
    );
    assert_eq!(
        spans(&berlin, "2026-10-24T00:00:00Z", "2026-10-27T00:00:00Z"),
        [
            span("2026-10-24T00:30:00Z", "2026-10-24T01:30:00Z"),
            // The first 02:30 of two, in summer time; once.
            span("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"),
            span("2026-10-26T01:30:00Z", "2026-10-26T02:30:00Z"),
        ]
    );
    // Over the change a window keeps its length, not its wall-clock end.
    let long = weekly(&[Weekday::Sunday], "01:00", 180, "Europe/Berlin");
    assert_eq!(
        spans(&long, "2026-03-29T00:00:00Z", "2026-03-30T00:00:00Z"),
        [span("2026-03-29T00:00:00Z", "2026-03-29T03:00:00Z")]
    );
    // Half an hour is skipped on Lord Howe Island on 4 October 2026: 02:15 is 02:45.
    let howe = weekly(&[Weekday::Sunday], "02:15", 10, "Australia/Lord_Howe");
    assert_eq!(
        spans(&howe, "2026-10-03T00:00:00Z", "2026-10-05T00:00:00Z"),
        [span("2026-10-03T15:45:00Z", "2026-10-03T15:55:00Z")]
    );
}

#[test]
fn cron_over_the_change_of_the_clocks() {
    let fixed = cron("30 2 * * *", 60, "Europe/Berlin");
    let begins = |window: &Window, from: &str, until: &str| {
        spans(window, from, until)
            .into_iter()
            .map(|(from, _)| from)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        begins(&fixed, "2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z"),
        ["2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"],
        "at the first moment after the skipped hour"
    );
    assert_eq!(
        begins(&fixed, "2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z"),
        ["2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"],
        "the first 02:30 of two"
    );
    let hourly = cron("15 * * * *", 5, "Europe/Berlin");
    assert_eq!(
        begins(&hourly, "2026-10-25T00:00:00Z", "2026-10-25T03:00:00Z"),
        [
            "2026-10-25T00:15:00Z",
            "2026-10-25T01:15:00Z",
            "2026-10-25T02:15:00Z"
        ],
        "every hour that there is"
    );
}

#[test]
fn a_recurrence_lies_between_its_limits_and_a_cut_takes_out_the_rest() {
    let mut daily = weekly(&Weekday::ALL, "22:00", 240, "UTC");
    if let Schedule::Recurring(recurrence) = &mut daily.schedule {
        recurrence.from = Some(at("2026-05-02T00:00:00Z"));
        recurrence.until = Some(at("2026-05-03T23:00:00Z"));
    }
    assert_eq!(
        spans(&daily, "2026-04-01T00:00:00Z", "2026-06-01T00:00:00Z"),
        [
            // What began the day before is cut at the limit, and so is the end.
            span("2026-05-02T00:00:00Z", "2026-05-02T02:00:00Z"),
            span("2026-05-02T22:00:00Z", "2026-05-03T02:00:00Z"),
            span("2026-05-03T22:00:00Z", "2026-05-03T23:00:00Z"),
        ]
    );
    daily.cut = Some(Span {
        from: at("2026-05-02T22:30:00Z"),
        until: at("2026-05-03T02:00:00Z"),
    });
    assert_eq!(
        spans(&daily, "2026-05-02T20:00:00Z", "2026-06-01T00:00:00Z"),
        [
            span("2026-05-02T22:00:00Z", "2026-05-02T22:30:00Z"),
            span("2026-05-03T22:00:00Z", "2026-05-03T23:00:00Z"),
        ]
    );
    assert!(!daily.active(at("2026-05-02T22:30:00Z")));
}

#[test]
fn occurrences_that_touch_are_one_stretch() {
    let weekend = weekly(&[Weekday::Saturday, Weekday::Sunday], "00:00", 1_440, "UTC");
    assert_eq!(
        spans(&weekend, "2026-05-01T00:00:00Z", "2026-05-08T00:00:00Z"),
        [span("2026-05-02T00:00:00Z", "2026-05-04T00:00:00Z")]
    );
}

#[test]
fn what_is_wrong_is_named() {
    let now = at("2026-05-01T00:00:00Z");
    let faults = |window: &Window| {
        window
            .schedule
            .faults(now)
            .into_iter()
            .map(|fault| fault.pointer)
            .collect::<Vec<_>>()
    };
    let good = [
        weekly(&Weekday::ALL, "00:00", 1_440, "Europe/Berlin"),
        cron("0 2 * * SUN", 120, "America/New_York"),
        cron("0 0 29 2 *", 60, "UTC"),
    ];
    for window in good {
        assert!(faults(&window).is_empty(), "{window:?}");
    }
    for (window, pointer) in [
        (weekly(&[], "02:00", 60, "UTC"), "/schedule/weekdays"),
        (
            weekly(&Weekday::ALL, "02:00:30", 60, "UTC"),
            "/schedule/time",
        ),
        (
            weekly(&Weekday::ALL, "02:00", 0, "UTC"),
            "/schedule/durationMinutes",
        ),
        (
            weekly(&Weekday::ALL, "02:00", 10_081, "UTC"),
            "/schedule/durationMinutes",
        ),
        (
            weekly(&Weekday::ALL, "02:00", 60, "Europe/Berln"),
            "/schedule/timeZone",
        ),
        (cron("every sunday", 60, "UTC"), "/schedule/cron"),
        (cron("0 0 2 * * SUN", 60, "UTC"), "/schedule/cron"),
        (cron("0 0 31 2 *", 60, "UTC"), "/schedule/cron"),
        (cron("* * * * *", 60, "UTC"), "/schedule/durationMinutes"),
        (
            weekly(&Weekday::ALL, "02:00", 4_000, "UTC"),
            "/schedule/durationMinutes",
        ),
    ] {
        assert_eq!(faults(&window), [pointer], "{window:?}");
    }
}

const ZONES: [&str; 6] = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/St_Johns",
    "Pacific/Apia",
];

proptest::proptest! {
    /// `next_change` is the first moment at which `active` is another one, and a weekly window
    /// opens once for each of its days with its full length.
    #[test]
    fn changes_are_where_activity_changes(
        zone in 0_usize..6, hour in 0_i8..24, minute in 0_i8..60, days in 1_u8..128,
        minutes in 1_u32..1_440, offset in 0_i64..(366 * 86_400),
    ) {
        let weekdays: Vec<_> = Weekday::ALL.into_iter().enumerate()
            .filter(|(index, _)| days & (1 << index) != 0).map(|(_, day)| day).collect();
        let time = civil::time(hour, minute, 0, 0);
        let beginnings = Beginnings::Weekly { weekdays: weekdays.clone(), time };
        let window =
            window(Schedule::Recurring(recurring(beginnings, minutes, ZONES[zone])));
        let now = Timestamp::from_second(1_767_225_600 + offset).unwrap();
        let active = window.active(now);
        let change = window.next_change(now).unwrap();
        proptest::prop_assert!(change > now);
        proptest::prop_assert_eq!(window.active(change), !active);
        let nearly = change.checked_sub(SignedDuration::from_micros(1)).unwrap();
        proptest::prop_assert_eq!(window.active(nearly), active);
        // Nothing changes in between: tried at some moments.
        for part in 1..8 {
            let step = change.duration_since(now).as_micros() / 8 * part;
            let moment = now.checked_add(
                SignedDuration::from_micros(i64::try_from(step).unwrap())).unwrap();
            proptest::prop_assert_eq!(window.active(moment), active);
        }
        // The oracle: the wall clock of the zone, day by day.
        let zoned = now.to_zoned(TimeZone::get(ZONES[zone]).unwrap());
        let open = (-2_i32..=1).any(|day| {
            let date = zoned.date().checked_add(day.days()).unwrap();
            let begin = zoned.time_zone().to_ambiguous_zoned(date.to_datetime(time))
                .compatible().unwrap().timestamp();
            let end = begin.checked_add(SignedDuration::from_mins(i64::from(minutes))).unwrap();
            weekdays.contains(&Weekday::of(date.weekday())) && begin <= now && now < end
        });
        proptest::prop_assert_eq!(active, open);
    }
}
