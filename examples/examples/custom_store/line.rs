//! A result, a rollup and the end of a batch as lines of JSON: what `jq` reads, and what is read back.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use jiff::Timestamp;
use monitorah_core::{
    AccountId, MonitorId, Reason, Region, Status, Tenant, Timings,
    crypt::Sealed,
    port::ResultRow,
    uptime::{Latencies, Rollup, StateDurations, StatusCounts},
};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// A line of a day's file.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Line {
    /// One result.
    Result(Box<ResultLine>),
    /// The batch is whole: so many lines, whose bytes have this SHA-256.
    End { lines: u64, sha256: String },
}

/// A [`ResultRow`]. Durations are microseconds, and what is sealed stays sealed.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ResultLine {
    account: AccountId,
    monitor: MonitorId,
    at: Timestamp,
    region: Region,
    sequence: i32,
    status: Status,
    reason: Reason,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status_code: Option<u16>,
    total: u64,
    /// DNS, connect, TLS, first byte, download.
    timings: [Option<u64>; 5],
    valid_for: u64,
    maintenance: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

impl From<&ResultRow> for ResultLine {
    fn from(row: &ResultRow) -> Self {
        let times = &row.timings;
        Self {
            account: row.tenant.account(),
            monitor: row.monitor,
            at: row.at,
            region: row.region,
            sequence: row.sequence,
            status: row.status,
            reason: row.reason,
            status_code: row.status_code,
            total: micros(row.total),
            timings: [
                times.dns,
                times.connect,
                times.tls,
                times.first_byte,
                times.download,
            ]
            .map(|time| time.map(micros)),
            valid_for: micros(row.valid_for),
            maintenance: row.maintenance,
            detail: row.detail.as_ref().map(|it| STANDARD.encode(it.as_bytes())),
        }
    }
}

impl ResultLine {
    /// The row; none when its sealed part is not base64.
    pub(crate) fn read(self) -> Option<ResultRow> {
        let [dns, connect, tls, first_byte, download] =
            self.timings.map(|time| time.map(Duration::from_micros));
        let detail = match self.detail {
            Some(text) => Some(Sealed::from_bytes(STANDARD.decode(text).ok()?)),
            None => None,
        };
        Some(ResultRow {
            tenant: Tenant::of(self.account),
            monitor: self.monitor,
            at: self.at,
            region: self.region,
            sequence: self.sequence,
            status: self.status,
            reason: self.reason,
            status_code: self.status_code,
            total: Duration::from_micros(self.total),
            timings: Timings {
                dns,
                connect,
                tls,
                first_byte,
                download,
            },
            valid_for: Duration::from_micros(self.valid_for),
            maintenance: self.maintenance,
            detail,
        })
    }
}

/// A [`Rollup`]. The arrays are in the order up, degraded, down, unknown (and maintenance).
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RollupLine {
    start: Timestamp,
    durations: [i64; 5],
    checks: u64,
    counts: [u64; 4],
    latencies: String,
}

impl From<&Rollup> for RollupLine {
    fn from(rollup: &Rollup) -> Self {
        let (took, said) = (&rollup.durations, &rollup.counts);
        Self {
            start: rollup.start,
            durations: [
                took.up,
                took.degraded,
                took.down,
                took.unknown,
                took.maintenance,
            ],
            checks: rollup.checks,
            counts: [said.up, said.degraded, said.down, said.unknown],
            latencies: STANDARD.encode(rollup.latencies.to_bytes()),
        }
    }
}

impl RollupLine {
    /// The rollup; none when its histogram is not one.
    pub(crate) fn read(self) -> Option<Rollup> {
        let [up, degraded, down, unknown, maintenance] = self.durations;
        let durations = StateDurations {
            up,
            degraded,
            down,
            unknown,
            maintenance,
        };
        let [up, degraded, down, unknown] = self.counts;
        Some(Rollup {
            start: self.start,
            durations,
            checks: self.checks,
            counts: StatusCounts {
                up,
                degraded,
                down,
                unknown,
            },
            latencies: Latencies::from_bytes(&STANDARD.decode(self.latencies).ok()?)?,
        })
    }
}
