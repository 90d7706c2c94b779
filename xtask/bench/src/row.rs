//! The rows: what is measured, in which unit, and what passes. The list is fixed: a row without a
//! figure is a failure of the run.

/// Which side of its goal a value has to be on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Better {
    /// The goal or more.
    More,
    /// The goal or less.
    Less,
}

/// One row of the table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Row {
    pub(crate) id: &'static str,
    pub(crate) what: &'static str,
    pub(crate) unit: &'static str,
    pub(crate) better: Better,
    pub(crate) pass: f64,
    pub(crate) stretch: f64,
    /// How many rounds a whole run has at least: seven where the wall clock is read.
    pub(crate) rounds: usize,
    /// Whether the machine's own unrest, measured in the same rounds, is part of the verdict.
    pub(crate) control: bool,
}

const fn ratio(id: &'static str, what: &'static str, pass: f64, stretch: f64) -> Row {
    Row {
        id,
        what,
        unit: "times",
        better: Better::More,
        pass,
        stretch,
        rounds: 5,
        control: false,
    }
}

const fn at_most(
    id: &'static str,
    what: &'static str,
    unit: &'static str,
    pass: f64,
    stretch: f64,
) -> Row {
    Row {
        id,
        what,
        unit,
        better: Better::Less,
        pass,
        stretch,
        rounds: 5,
        control: false,
    }
}

const fn lag(id: &'static str, what: &'static str, pass: f64, stretch: f64) -> Row {
    Row {
        rounds: 7,
        control: true,
        ..at_most(id, what, "ms", pass, stretch)
    }
}

/// Every row, in the order of the table.
pub(crate) const ROWS: [Row; 22] = [
    ratio(
        "P1",
        "HTTP check through the whole engine, against blackbox_exporter",
        8.0,
        11.0,
    ),
    ratio(
        "P2",
        "HTTP check through the whole engine, against raw HTTP over tokio",
        0.5,
        0.65,
    ),
    ratio(
        "P3",
        "HTTPS check, full handshake, chain verified, expiry read, against blackbox_exporter",
        2.8,
        3.5,
    ),
    ratio(
        "P4",
        "HTTPS check, the same, against bare hyper and rustls",
        0.8,
        0.92,
    ),
    at_most(
        "P5",
        "whole pipeline with durable rows in SQLite: CPU per 1,000 checks",
        "s",
        0.25,
        0.12,
    ),
    Row {
        better: Better::More,
        rounds: 7,
        ..at_most(
            "P6",
            "HTTP checks of one process on one core, 2-s interval, before lag p99 exceeds 20 ms",
            "checks/s",
            4_000.0,
            7_000.0,
        )
    },
    lag(
        "P7a",
        "start-to-plan lag p99: 10,000 monitors at 20 s, results stored",
        10.0,
        4.0,
    ),
    lag(
        "P7b",
        "start-to-plan lag p99: 100,000 monitors at 60 s, results stored",
        25.0,
        8.0,
    ),
    Row {
        rounds: 7,
        ..at_most(
            "P8",
            "lag p99 while 5 % of 10,000 targets hang, against an undisturbed engine beside it",
            "times",
            2.0,
            1.0,
        )
    },
    at_most(
        "P9",
        "resident memory with 10,000 HTTP monitors at 20 s, results stored",
        "MiB",
        80.0,
        40.0,
    ),
    at_most("P10a", "resident memory per extra monitor", "KiB", 4.0, 1.5),
    at_most(
        "P10b",
        "resident memory per HTTPS check in flight",
        "KiB",
        96.0,
        64.0,
    ),
    Row {
        rounds: 7,
        ..ratio(
            "P11a",
            "PostgreSQL: batches of 1,000 results, against COPY of the same rows",
            0.4,
            0.8,
        )
    },
    Row {
        rounds: 7,
        ..ratio(
            "P11b",
            "SQLite: batches of 1,000 results, against multi-row inserts of the same rows",
            0.6,
            0.85,
        )
    },
    ratio(
        "RLS",
        "PostgreSQL: point read under row-level security, against the same transaction without policies",
        0.6,
        0.8,
    ),
    ratio(
        "P13",
        "`GET` of a monitor with an API key, against bare axum and sqlx with one indexed SELECT",
        0.6,
        0.8,
    ),
    lag(
        "P14a",
        "first page of 100 of 100,000 monitors with state: p95",
        50.0,
        20.0,
    ),
    Row {
        rounds: 7,
        ..at_most(
            "P14b",
            "the same page of 100,000 monitors, against that of 1,000",
            "times",
            1.5,
            1.5,
        )
    },
    Row {
        rounds: 7,
        ..at_most(
            "P15",
            "start-up: from the start of the process to 10,000 monitors loaded and checks begun",
            "s",
            2.0,
            0.5,
        )
    },
    lag(
        "P16",
        "reported phases against injected delays of 50 ms at 500 checks/s: error p99",
        2.0,
        1.0,
    ),
    lag(
        "P17a",
        "last confirming result to outbox row: p95",
        50.0,
        10.0,
    ),
    lag(
        "P17b",
        "last confirming result to the receiver's socket: p95",
        200.0,
        50.0,
    ),
];

/// The row of this id.
pub(crate) fn row(id: &str) -> Option<&'static Row> {
    ROWS.iter().find(|row| row.id == id)
}
