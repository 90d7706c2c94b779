//! The rows of what happened: notifications, their attempts, results and rollups.

use super::{
    columns::columns,
    fault::fault,
    row::{id, tenant},
    value::{bytes, corrupt, duration, number, status, time, time_or_none, word},
};
use jiff::SignedDuration;
use monitorah_core::{
    AttemptId, ChannelId, EventId, MonitorId, NotificationId, StoreResult, Timings,
    crypt::Sealed,
    port::{AttemptRecord, Held, Lease, Leased, NotificationRecord, OutboxEntry, ResultRow},
    uptime::{Latencies, Rollup, Spoken, StateDurations, StatusCounts},
};
use sqlx::{FromRow, Row};
use std::time::Duration;

columns! {
    pub(crate) struct Notification {
        account_id: Vec<u8>,
        pub(crate) id: Vec<u8>,
        channel_id: Vec<u8>,
        monitor_id: Option<Vec<u8>>,
        event_id: Option<Vec<u8>>,
        kind: String,
        payload: Vec<u8>,
        created_at: i64,
        state: String,
        next_attempt_at: Option<i64>,
        attempts: i64,
        pub(crate) position: i64,
    }
}

impl Notification {
    pub(crate) fn leased(self, lease: Lease) -> StoreResult<Leased> {
        let attempts = number(self.attempts, "attempts")?;
        let tenant = tenant(&self.account_id)?;
        let payload = Sealed::from_bytes(self.payload.clone());
        let record = self.record(&[])?;
        Ok(Leased {
            tenant,
            entry: OutboxEntry {
                id: record.id,
                channel: record.channel,
                monitor: record.monitor,
                event: record.event,
                kind: record.kind,
                payload,
                created_at: record.created_at,
            },
            attempts,
            lease,
        })
    }

    pub(crate) fn record(self, attempts: &[Attempt]) -> StoreResult<NotificationRecord> {
        let monitor = self.monitor_id.map(|stored| Ok(id!(MonitorId, stored)));
        let event = self.event_id.map(|stored| Ok(id!(EventId, stored)));
        Ok(NotificationRecord {
            id: id!(NotificationId, self.id),
            channel: id!(ChannelId, self.channel_id),
            monitor: monitor.transpose()?,
            event: event.transpose()?,
            kind: word(&self.kind, "alert kind")?,
            state: word(&self.state, "notification state")?,
            created_at: time(self.created_at)?,
            next_attempt_at: time_or_none(self.next_attempt_at)?,
            attempts: attempts
                .iter()
                .rev()
                .map(Attempt::read)
                .collect::<StoreResult<_>>()?,
        })
    }
}

columns! {
    /// A held channel.
    pub(crate) struct Hold {
        account_id: Vec<u8>,
        channel_id: Vec<u8>,
        failures: i64,
        most: i64,
    }
}

impl Hold {
    /// The hold under its lease, without its members.
    pub(crate) fn held(&self, lease: Lease) -> StoreResult<Held> {
        Ok(Held {
            tenant: tenant(&self.account_id)?,
            channel: id!(ChannelId, self.channel_id),
            failures: number(self.failures, "failures")?,
            most: number(self.most, "the size of a group")?,
            members: Vec::new(),
            lease,
        })
    }
}

columns! {
    /// An attempt; read from the newest to the oldest.
    pub(crate) struct Attempt {
        id: Vec<u8>,
        at: i64,
        took_us: i64,
        delivered: bool,
        status_code: Option<i64>,
        error: Option<String>,
    }
}

impl Attempt {
    fn read(&self) -> StoreResult<AttemptRecord> {
        Ok(AttemptRecord {
            id: id!(AttemptId, self.id),
            at: time(self.at)?,
            took: SignedDuration::from_micros(self.took_us),
            delivered: self.delivered,
            status_code: self
                .status_code
                .map(|code| number(code, "status code"))
                .transpose()?,
            error: self.error.clone(),
        })
    }
}

columns! {
    pub(crate) struct CheckResult {
        account_id: Vec<u8>,
        monitor_id: Vec<u8>,
        at: i64,
        region: String,
        sequence: i64,
        status: String,
        reason: String,
        status_code: Option<i64>,
        total_us: i64,
        dns_us: Option<i64>,
        connect_us: Option<i64>,
        tls_us: Option<i64>,
        first_byte_us: Option<i64>,
        download_us: Option<i64>,
        valid_for_us: i64,
        detail: Option<Vec<u8>>,
        maintenance: bool,
    }
}

impl CheckResult {
    pub(crate) fn read(self) -> StoreResult<ResultRow> {
        Ok(ResultRow {
            tenant: tenant(&self.account_id)?,
            monitor: id!(MonitorId, self.monitor_id),
            at: time(self.at)?,
            region: word(&self.region, "region")?,
            sequence: number(self.sequence, "sequence")?,
            status: status(&self.status)?,
            reason: word(&self.reason, "reason")?,
            status_code: self
                .status_code
                .map(|code| number(code, "status code"))
                .transpose()?,
            total: duration(self.total_us)?,
            timings: Timings {
                dns: self.dns_us.map(duration).transpose()?,
                connect: self.connect_us.map(duration).transpose()?,
                tls: self.tls_us.map(duration).transpose()?,
                first_byte: self.first_byte_us.map(duration).transpose()?,
                download: self.download_us.map(duration).transpose()?,
            },
            valid_for: duration(self.valid_for_us)?,
            maintenance: self.maintenance,
            detail: self.detail.map(Sealed::from_bytes),
        })
    }
}

columns! {
    /// A result as far as rollups are concerned.
    pub(crate) struct Said {
        pub(crate) at: i64,
        valid_for_us: i64,
        status: String,
        total_us: i64,
        maintenance: bool,
    }
}

impl Said {
    /// What a row says; an error also when a column is not of its type.
    pub(crate) fn understand<'r, R: Row>(row: &'r R) -> StoreResult<(Spoken, Duration)>
    where
        Self: FromRow<'r, R>,
    {
        Self::from_row(row).map_err(fault)?.read()
    }

    fn read(&self) -> StoreResult<(Spoken, Duration)> {
        let spoken = Spoken {
            at: time(self.at)?,
            valid_for: duration(self.valid_for_us)?,
            status: status(&self.status)?,
            maintenance: self.maintenance,
        };
        Ok((spoken, duration(self.total_us)?))
    }
}

columns! {
    pub(crate) struct Bucket {
        start: i64,
        up_us: i64,
        degraded_us: i64,
        down_us: i64,
        unknown_us: i64,
        maintenance_us: i64,
        checks: i64,
        latencies: Vec<u8>,
        up_checks: i64,
        degraded_checks: i64,
        down_checks: i64,
        unknown_checks: i64,
    }
}

impl Bucket {
    /// What a row says; an error also when a column is not of its type.
    pub(crate) fn understand<'r, R: Row>(row: &'r R) -> StoreResult<Rollup>
    where
        Self: FromRow<'r, R>,
    {
        Self::from_row(row).map_err(fault)?.read()
    }

    pub(crate) fn read(self) -> StoreResult<Rollup> {
        Ok(Rollup {
            start: time(self.start)?,
            durations: StateDurations {
                up: self.up_us,
                degraded: self.degraded_us,
                down: self.down_us,
                unknown: self.unknown_us,
                maintenance: self.maintenance_us,
            },
            checks: number(self.checks, "count of checks")?,
            counts: StatusCounts {
                up: number(self.up_checks, "count of checks")?,
                degraded: number(self.degraded_checks, "count of checks")?,
                down: number(self.down_checks, "count of checks")?,
                unknown: number(self.unknown_checks, "count of checks")?,
            },
            latencies: Latencies::from_bytes(&self.latencies)
                .ok_or_else(|| corrupt("histogram"))?,
        })
    }
}
