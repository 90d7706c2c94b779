//! Jobs, flapping, maintenance, clocks and our own uplink: what has a course in time.

use crate::{
    faultlab::mode::{Draft, Expect, Mode, Rows, Script, Window},
    target::{http::HttpFault, pinger::JobFault},
};

const GET: Draft = Draft {
    kind: "HTTP",
    config: r#"{"method":"GET"}"#,
    more: "{}",
};
const JOB: Draft = Draft {
    kind: "HEARTBEAT",
    config: r#"{"graceSeconds":2}"#,
    more: "{}",
};

const fn job(name: &'static str, does: &'static str, fault: JobFault, expect: Expect) -> Mode {
    Mode {
        name,
        does,
        script: Script::Job(fault),
        monitor: JOB,
        expect: expect.either(),
    }
}

pub(super) const JOBS: &[Mode] = &[
    job(
        "heartbeat-late",
        "Pings every 8 s instead of every second.",
        JobFault::Every(8_000),
        Expect::down("HEARTBEAT_MISSED"),
    ),
    job(
        "heartbeat-late-in-grace",
        "Pings every 1.8 s, within the grace.",
        JobFault::Every(1_800),
        Expect::up(),
    ),
    job(
        "heartbeat-stops",
        "Stops to ping.",
        JobFault::Silent,
        Expect::down("HEARTBEAT_MISSED"),
    ),
    job(
        "heartbeat-never",
        "Has never pinged.",
        JobFault::Never,
        Expect::down("HEARTBEAT_MISSED"),
    ),
    job(
        "heartbeat-fails",
        "Reports failure.",
        JobFault::Fails,
        Expect::down("HEARTBEAT_FAILED"),
    ),
    job(
        "heartbeat-exit-status",
        "Reports the exit status 3.",
        JobFault::Exits(3),
        Expect::down("HEARTBEAT_FAILED"),
    ),
    Mode {
        monitor: Draft {
            more: r#"{"intervalSeconds":3600,"timeoutSeconds":10}"#,
            ..JOB
        },
        ..job(
            "heartbeat-hung",
            "Begins and does not end.",
            JobFault::Hangs,
            Expect::down("HEARTBEAT_HUNG"),
        )
    },
    job(
        "heartbeat-long-run",
        "Begins and ends 0.6 s later, within the grace.",
        JobFault::Takes(600),
        Expect::up(),
    ),
];

const fn flap(
    name: &'static str,
    does: &'static str,
    (each, failing, always_from): (u64, u64, u64),
    expect: Expect,
) -> Mode {
    Mode {
        name,
        does,
        script: Script::Http(HttpFault::StatusOfEach {
            each,
            failing,
            always_from,
            code: 500,
        }),
        monitor: GET,
        expect: Expect {
            status: "DOWN",
            reason: "HTTP_STATUS",
            rows: Rows::Either,
            ..expect
        },
    }
}

const fn window(name: &'static str, does: &'static str, window: Window, expect: Expect) -> Mode {
    Mode {
        name,
        does,
        script: Script::Window(window),
        monitor: GET,
        expect,
    }
}

const NEVER: u64 = u64::MAX;
const DOWN: &str = "monitor.down";
const UP: &str = "monitor.up";

pub(super) const FLAPS: &[Mode] = &[
    flap(
        "flap-one-of-three",
        "One answer of three is 500: each is looked at again and not believed.",
        (3, 1, NEVER),
        Expect::up(),
    ),
    flap(
        "flap-one-of-two",
        "Every second answer is 500: none is confirmed.",
        (2, 1, NEVER),
        Expect::up(),
    ),
    Mode {
        monitor: Draft {
            more: r#"{"confirmations":{"down":3,"up":1}}"#,
            ..GET
        },
        ..flap(
            "flap-two-of-three",
            "Two answers of three are 500, where three in a row are asked for.",
            (3, 2, NEVER),
            Expect::up(),
        )
    },
    flap(
        "flap-twice",
        "Down for two answers, well for two, and down for good: each outage is told.",
        (4, 2, 4),
        Expect::down("HTTP_STATUS").telling(&[DOWN, UP, DOWN], &[UP]),
    ),
    flap(
        "flap-hard",
        "Down and well in turn, three times: from the sixth turn on it flaps, and its recovery waits.",
        (4, 2, 8),
        Expect::down("HTTP_STATUS").telling(&[DOWN, UP, DOWN, UP, DOWN], &[]),
    ),
    window(
        "maintenance-covers",
        "Answers 500 in a maintenance window: nobody hears of it.",
        Window::Covers,
        Expect::down("HTTP_STATUS")
            .telling(&[], &[])
            .shown("MAINTENANCE"),
    ),
    window(
        "maintenance-ends-first",
        "Answers 500 from within a maintenance window until after its end: it is told then.",
        Window::EndsFirst,
        Expect::down("HTTP_STATUS"),
    ),
    window(
        "maintenance-begins-later",
        "Answers 500, and a maintenance window opens when that was told: its end is told too.",
        Window::BeginsLater,
        Expect::down("HTTP_STATUS").shown("MAINTENANCE"),
    ),
    window(
        "maintenance-elsewhere",
        "Answers 500 while another monitor is in maintenance.",
        Window::Elsewhere,
        Expect::down("HTTP_STATUS"),
    ),
];

const fn clock(name: &'static str, does: &'static str, script: Script, expect: Expect) -> Mode {
    let monitor = match script {
        Script::ClockJob(_) => JOB,
        _ => GET,
    };
    Mode {
        name,
        does,
        script,
        monitor,
        expect: expect.either(),
    }
}

pub(super) const OWN: &[Mode] = &[
    clock(
        "clock-forward",
        "Our clock steps an hour forward; the target is well.",
        Script::Clock(1, false),
        Expect::up(),
    ),
    clock(
        "clock-back",
        "Our clock steps an hour back; the target is well.",
        Script::Clock(-1, false),
        Expect::up(),
    ),
    clock(
        "clock-forward-in-outage",
        "Our clock steps an hour forward while the target answers 500.",
        Script::Clock(1, true),
        Expect::down("HTTP_STATUS"),
    ),
    clock(
        "clock-back-in-outage",
        "Our clock steps an hour back while the target answers 500.",
        Script::Clock(-1, true),
        Expect::down("HTTP_STATUS"),
    ),
    clock(
        "clock-forward-heartbeat",
        "Our clock steps an hour forward under a job that pings on time.",
        Script::ClockJob(1),
        Expect::up(),
    ),
    clock(
        "clock-back-heartbeat",
        "Our clock steps an hour back under a job that pings on time.",
        Script::ClockJob(-1),
        Expect::up(),
    ),
    Mode {
        name: "uplink-lost",
        does: "We are offline: the target and the reference target are out of reach.",
        script: Script::Uplink,
        monitor: GET,
        expect: Expect {
            state: "UNKNOWN",
            status: "UNKNOWN",
            reason: "PROBE_OFFLINE",
            told: &[],
            told_after: &[],
            rows: Rows::Each,
        },
    },
];
