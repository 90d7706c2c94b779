//! The rows of what people set up and of what is known of it, and the records that they are.

use super::{
    columns::columns,
    value::{
        bytes, duration, from_json, number, severity, status, time, time_or_none, word, words,
    },
};
use monitorah_core::{
    AccountId, ApiKeyId, AuditId, ChannelId, DataKeyId, EventId, MonitorId, PingId, RuleId,
    StoreResult, Tenant, UserId,
    alert::{Rule, RuleScope},
    check::CheckKind,
    crypt::{Sealed, WrappedKey},
    incident::Event,
    monitor::{Confirmations, Monitor, Policy},
    port::{
        AccountRecord, ApiKeyRecord, AuditRow, BadgeRecord, ChannelRecord, EvidenceRecord, FeedRow,
        HeartbeatRecord, KeyMatch, ManualRecord, MonitorRecord, PingRecord,
    },
};

pub(crate) use super::{
    log_row::{Attempt, Bucket, CheckResult, Hold, Notification, Said},
    quiet_row::{DependantRow, ParentRow, SilenceRow, WindowRow},
};

macro_rules! id {
    ($kind:ident, $bytes:expr) => {
        $kind::from_bytes(bytes(&$bytes, stringify!($kind))?)
    };
}

pub(super) use id;

/// The tenant of a row.
pub(crate) fn tenant(account: &[u8]) -> StoreResult<Tenant> {
    Ok(Tenant::of(id!(AccountId, account)))
}

columns! {
    /// A row that names a monitor.
    pub(crate) struct MonitorPlace {
        pub(crate) account_id: Vec<u8>,
        pub(crate) monitor_id: Vec<u8>,
    }
}

impl MonitorPlace {
    pub(crate) fn read(&self) -> StoreResult<(Tenant, MonitorId)> {
        Ok((tenant(&self.account_id)?, id!(MonitorId, self.monitor_id)))
    }
}

columns! {
    pub(crate) struct Account {
        account_id: Vec<u8>,
        region: String,
        founder_id: Vec<u8>,
        created_at: i64,
    }
}

impl Account {
    pub(crate) fn read(self) -> StoreResult<AccountRecord> {
        Ok(AccountRecord {
            id: id!(AccountId, self.account_id),
            region: word(&self.region, "region")?,
            founder: id!(UserId, self.founder_id),
            created_at: time(self.created_at)?,
        })
    }
}

columns! {
    pub(crate) struct Founder {
        account_id: Vec<u8>,
        founder_id: Vec<u8>,
    }
}

impl Founder {
    pub(crate) fn read(&self) -> StoreResult<(Tenant, UserId)> {
        Ok((tenant(&self.account_id)?, id!(UserId, self.founder_id)))
    }
}

columns! {
    pub(crate) struct Key {
        id: Vec<u8>,
        version: i64,
        key_uri: String,
        wrapped: Vec<u8>,
    }
}

impl Key {
    pub(crate) fn read(self) -> StoreResult<WrappedKey> {
        Ok(WrappedKey {
            id: id!(DataKeyId, self.id),
            version: number(self.version, "key version")?,
            key_uri: self.key_uri,
            wrapped: self.wrapped,
        })
    }
}

columns! {
    pub(crate) struct ApiKey {
        account_id: Vec<u8>,
        id: Vec<u8>,
        user_id: Vec<u8>,
        name: String,
        prefix: String,
        hash: Vec<u8>,
        scopes: String,
        created_at: i64,
        expires_at: Option<i64>,
        revoked_at: Option<i64>,
    }
}

impl ApiKey {
    pub(crate) fn read(self) -> StoreResult<ApiKeyRecord> {
        Ok(ApiKeyRecord {
            id: id!(ApiKeyId, self.id),
            user: id!(UserId, self.user_id),
            name: self.name,
            prefix: self.prefix,
            hash: bytes(&self.hash, "key hash")?,
            scopes: from_json(&self.scopes, "scopes")?,
            created_at: time(self.created_at)?,
            expires_at: time_or_none(self.expires_at)?,
            revoked_at: time_or_none(self.revoked_at)?,
        })
    }

    pub(crate) fn matched(self) -> StoreResult<KeyMatch> {
        let tenant = tenant(&self.account_id)?;
        let key = self.read()?;
        Ok(KeyMatch {
            tenant,
            key: key.id,
            user: key.user,
            scopes: key.scopes,
            expires_at: key.expires_at,
            revoked_at: key.revoked_at,
        })
    }
}

columns! {
    pub(crate) struct Badge {
        key: Vec<u8>,
        key_hash: Vec<u8>,
        created_at: i64,
    }
}

impl Badge {
    pub(crate) fn read(self) -> StoreResult<BadgeRecord> {
        Ok(BadgeRecord {
            key: Sealed::from_bytes(self.key),
            key_hash: bytes(&self.key_hash, "key hash")?,
            created_at: time(self.created_at)?,
        })
    }
}

columns! {
    pub(crate) struct Audit {
        id: Vec<u8>,
        at: i64,
        actor: String,
        action: String,
        object: String,
        fingerprint: Option<Vec<u8>>,
    }
}

impl Audit {
    pub(crate) fn read(self) -> StoreResult<AuditRow> {
        Ok(AuditRow {
            id: id!(AuditId, self.id),
            at: time(self.at)?,
            actor: self.actor,
            action: self.action,
            object: self.object,
            fingerprint: self
                .fingerprint
                .map(|stored| bytes(&stored, "fingerprint"))
                .transpose()?,
        })
    }
}

columns! {
    pub(crate) struct MonitorRow {
        account_id: Vec<u8>,
        id: Vec<u8>,
        name: String,
        kind: String,
        target: Vec<u8>,
        config: Vec<u8>,
        seal_version: i64,
        interval_us: i64,
        timeout_us: i64,
        confirm_down: i64,
        confirm_up: i64,
        tags: String,
        group_path: Option<String>,
        owner: Option<String>,
        external_ref: Option<String>,
        paused: bool,
        version: i64,
        created_at: i64,
        updated_at: i64,
        state: String,
        state_version: i64,
        depends_on: Option<String>,
    }
}

impl MonitorRow {
    pub(crate) fn read(self) -> StoreResult<MonitorRecord> {
        let monitor = Monitor {
            id: id!(MonitorId, self.id),
            account: id!(AccountId, self.account_id),
            name: self.name,
            kind: CheckKind::new(&self.kind),
            target: Sealed::from_bytes(self.target),
            config: Sealed::from_bytes(self.config),
            seal_version: self.seal_version,
            policy: Policy {
                interval: duration(self.interval_us)?,
                timeout: duration(self.timeout_us)?,
                confirmations: Confirmations {
                    down: number(self.confirm_down, "confirmations")?,
                    up: number(self.confirm_up, "confirmations")?,
                },
            },
            tags: from_json(&self.tags, "tags")?,
            group: self.group_path,
            owner: self.owner,
            depends_on: words(self.depends_on.as_deref(), "dependency")?,
            external_ref: self.external_ref,
            paused: self.paused,
            version: self.version,
            created_at: time(self.created_at)?,
            updated_at: time(self.updated_at)?,
        };
        Ok(MonitorRecord {
            monitor,
            state: from_json(&self.state, "monitor state")?,
            state_version: self.state_version,
        })
    }
}

columns! {
    pub(crate) struct Feed {
        ..monitor: MonitorRow,
        last_result_at: Option<i64>,
    }
}

impl Feed {
    pub(crate) fn read(self) -> StoreResult<FeedRow> {
        let record = self.monitor.read()?;
        Ok(FeedRow {
            tenant: Tenant::of(record.monitor.account),
            record,
            last_result_at: time_or_none(self.last_result_at)?,
        })
    }
}

columns! {
    pub(crate) struct FeedEntry {
        monitor_id: Vec<u8>,
        pub(crate) mark: i64,
    }
}

impl FeedEntry {
    pub(crate) fn monitor(&self) -> StoreResult<MonitorId> {
        Ok(id!(MonitorId, self.monitor_id))
    }
}

columns! {
    pub(crate) struct Heartbeat {
        token: Vec<u8>,
        token_hash: Vec<u8>,
        state: String,
        version: i64,
    }
}

impl Heartbeat {
    pub(crate) fn read(self) -> StoreResult<HeartbeatRecord> {
        Ok(HeartbeatRecord {
            token: Sealed::from_bytes(self.token),
            token_hash: bytes(&self.token_hash, "token hash")?,
            state: from_json(&self.state, "heartbeat state")?,
            version: self.version,
        })
    }
}

columns! {
    pub(crate) struct Manual {
        status: String,
        message: Option<Vec<u8>>,
        at: i64,
    }
}

impl Manual {
    pub(crate) fn read(self) -> StoreResult<ManualRecord> {
        Ok(ManualRecord {
            status: status(&self.status)?,
            message: self.message.map(Sealed::from_bytes),
            at: time(self.at)?,
        })
    }
}

columns! {
    pub(crate) struct Ping {
        id: Vec<u8>,
        at: i64,
        kind: String,
        run_id: Option<String>,
        exit_status: Option<i64>,
        duration_us: Option<i64>,
        body: Option<Vec<u8>>,
    }
}

impl Ping {
    pub(crate) fn read(self) -> StoreResult<PingRecord> {
        Ok(PingRecord {
            id: id!(PingId, self.id),
            at: time(self.at)?,
            kind: word(&self.kind, "kind of ping")?,
            run_id: self.run_id,
            exit_status: self
                .exit_status
                .map(|status| number(status, "exit status"))
                .transpose()?,
            duration_us: self.duration_us,
            body: self.body.map(Sealed::from_bytes),
        })
    }
}

columns! {
    pub(crate) struct EventRow {
        account_id: Vec<u8>,
        id: Vec<u8>,
        monitor_id: Vec<u8>,
        status: String,
        severity: String,
        reason: String,
        started_at: i64,
        confirmed_at: i64,
        resolved_at: Option<i64>,
        resolution: Option<String>,
        flapping: bool,
        acknowledged_at: Option<i64>,
        reminders: i64,
        next_reminder_at: Option<i64>,
        told: String,
    }
}

impl EventRow {
    pub(crate) fn read(self) -> StoreResult<Event> {
        Ok(Event {
            id: id!(EventId, self.id),
            account: id!(AccountId, self.account_id),
            monitor: id!(MonitorId, self.monitor_id),
            status: word(&self.status, "event status")?,
            severity: severity(&self.severity)?,
            reason: word(&self.reason, "reason")?,
            started_at: time(self.started_at)?,
            confirmed_at: time(self.confirmed_at)?,
            resolved_at: time_or_none(self.resolved_at)?,
            resolution: self
                .resolution
                .map(|stored| word(&stored, "resolution"))
                .transpose()?,
            flapping: self.flapping,
            acknowledged_at: time_or_none(self.acknowledged_at)?,
            reminders: number(self.reminders, "reminders")?,
            next_reminder_at: time_or_none(self.next_reminder_at)?,
            told: from_json(&self.told, "what was told")?,
        })
    }
}

columns! {
    pub(crate) struct Evidence {
        event_id: Vec<u8>,
        sequence: i64,
        at: i64,
        detail: Vec<u8>,
    }
}

impl Evidence {
    pub(crate) fn read(self) -> StoreResult<EvidenceRecord> {
        Ok(EvidenceRecord {
            event: id!(EventId, self.event_id),
            sequence: number(self.sequence, "sequence")?,
            at: time(self.at)?,
            detail: Sealed::from_bytes(self.detail),
        })
    }
}

columns! {
    pub(crate) struct ChannelRow {
        id: Vec<u8>,
        name: String,
        kind: String,
        config: Vec<u8>,
        seal_version: i64,
        enabled: bool,
        version: i64,
        created_at: i64,
        updated_at: i64,
    }
}

impl ChannelRow {
    pub(crate) fn read(self) -> StoreResult<ChannelRecord> {
        Ok(ChannelRecord {
            id: id!(ChannelId, self.id),
            name: self.name,
            kind: self.kind,
            config: Sealed::from_bytes(self.config),
            seal_version: self.seal_version,
            enabled: self.enabled,
            version: self.version,
            created_at: time(self.created_at)?,
            updated_at: time(self.updated_at)?,
        })
    }
}

columns! {
    pub(crate) struct RuleRow {
        account_id: Vec<u8>,
        pub(crate) id: Vec<u8>,
        name: String,
        all_monitors: bool,
        kinds: String,
        remind_every_us: Option<i64>,
        enabled: bool,
        version: i64,
        created_at: i64,
    }
}

impl RuleRow {
    pub(crate) fn read(self, channels: &[Vec<u8>], monitors: &[Vec<u8>]) -> StoreResult<Rule> {
        let scope = if self.all_monitors {
            RuleScope::AllMonitors
        } else {
            let ids = monitors.iter().map(|stored| Ok(id!(MonitorId, stored)));
            RuleScope::Monitors(ids.collect::<StoreResult<_>>()?)
        };
        let channels = channels.iter().map(|stored| Ok(id!(ChannelId, stored)));
        Ok(Rule {
            id: id!(RuleId, self.id),
            account: id!(AccountId, self.account_id),
            name: self.name,
            channels: channels.collect::<StoreResult<_>>()?,
            scope,
            kinds: from_json(&self.kinds, "alert kinds")?,
            remind_every: self.remind_every_us.map(duration).transpose()?,
            enabled: self.enabled,
            version: self.version,
            created_at: time(self.created_at)?,
        })
    }
}
