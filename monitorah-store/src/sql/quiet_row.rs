//! The rows of maintenance windows, silences and dependencies.

use super::{
    columns::columns,
    row::id,
    value::{bytes, from_json, time, time_or_none, words},
};
use monitorah_core::{
    AccountId, MaintenanceId, MonitorId, SilenceId, StoreResult, maintenance::Window,
    port::ParentRecord, selection::Selection, silence::Silence,
};

fn selection(
    all: bool,
    monitors: Option<&str>,
    tags: &str,
    groups: &str,
) -> StoreResult<Selection> {
    if all {
        return Ok(Selection::All);
    }
    Ok(Selection::Named {
        monitors: words(monitors, "monitor")?,
        tags: from_json(tags, "tags")?,
        groups: from_json(groups, "groups")?,
    })
}

columns! {
    pub(crate) struct WindowRow {
        account_id: Vec<u8>,
        id: Vec<u8>,
        name: String,
        all_monitors: bool,
        tags: String,
        groups: String,
        schedule: String,
        cut: String,
        version: i64,
        created_at: i64,
        updated_at: i64,
        monitors: Option<String>,
    }
}

impl WindowRow {
    pub(crate) fn read(self) -> StoreResult<Window> {
        Ok(Window {
            id: id!(MaintenanceId, self.id),
            account: id!(AccountId, self.account_id),
            name: self.name,
            covers: selection(
                self.all_monitors,
                self.monitors.as_deref(),
                &self.tags,
                &self.groups,
            )?,
            schedule: from_json(&self.schedule, "schedule")?,
            cut: from_json(&self.cut, "schedule")?,
            version: self.version,
            created_at: time(self.created_at)?,
            updated_at: time(self.updated_at)?,
        })
    }
}

columns! {
    pub(crate) struct SilenceRow {
        account_id: Vec<u8>,
        id: Vec<u8>,
        reason: String,
        all_monitors: bool,
        tags: String,
        groups: String,
        starts_at: i64,
        ends_at: i64,
        created_by: String,
        version: i64,
        created_at: i64,
        updated_at: i64,
        monitors: Option<String>,
    }
}

impl SilenceRow {
    pub(crate) fn read(self) -> StoreResult<Silence> {
        Ok(Silence {
            id: id!(SilenceId, self.id),
            account: id!(AccountId, self.account_id),
            reason: self.reason,
            covers: selection(
                self.all_monitors,
                self.monitors.as_deref(),
                &self.tags,
                &self.groups,
            )?,
            starts_at: time(self.starts_at)?,
            ends_at: time(self.ends_at)?,
            created_by: self.created_by,
            version: self.version,
            created_at: time(self.created_at)?,
            updated_at: time(self.updated_at)?,
        })
    }
}

columns! {
    pub(crate) struct ParentRow {
        id: Vec<u8>,
        down: bool,
        recovered_at: Option<i64>,
    }
}

impl ParentRow {
    pub(crate) fn read(self) -> StoreResult<ParentRecord> {
        Ok(ParentRecord {
            id: id!(MonitorId, self.id),
            down: self.down,
            recovered_at: time_or_none(self.recovered_at)?,
        })
    }
}

columns! {
    /// One dependant, and how many there are.
    pub(crate) struct DependantRow {
        pub(crate) name: String,
        pub(crate) total: i64,
        pub(crate) total_down: i64,
    }
}
