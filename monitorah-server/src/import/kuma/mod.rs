//! The database of Uptime Kuma 2, as monitors.
//!
//! Every column of a monitor that is set to something is a row of the report. A column that has the
//! value that Uptime Kuma gives it by itself says nothing and has none.

mod columns;
mod http;
mod kinds;
mod monitor;

use super::{Desk, report::Verdict};
use crate::declared::show::clean;
use columns::{Columns, number};
use monitorah_core::StoreResult;
use monitorah_store::{ForeignRow, ForeignSqlite};
use std::collections::BTreeMap;

/// Tables that are read, row by row.
const READ: [&str; 7] = [
    "monitor",
    "tag",
    "monitor_tag",
    "notification",
    "monitor_notification",
    "proxy",
    "docker_host",
];

/// The other tables: what is in them, and what to do about it.
const OTHERS: [(&str, &str); 23] = [
    (
        "heartbeat",
        "the history of checks stays behind: figures begin anew",
    ),
    ("stat_minutely", "figures begin anew"),
    ("stat_hourly", "figures begin anew"),
    ("stat_daily", "figures begin anew"),
    ("maintenance", "make maintenance windows of the same times"),
    ("maintenance_timeslot", "it belongs to maintenance"),
    ("maintenance_status_page", "it belongs to maintenance"),
    ("monitor_maintenance", "it belongs to maintenance"),
    ("status_page", "make a status page anew"),
    ("status_page_cname", "make a status page anew"),
    (
        "group",
        "they are the groups of status pages: make a status page anew",
    ),
    (
        "monitor_group",
        "they are the groups of status pages: make a status page anew",
    ),
    ("incident", "what a status page told stays behind"),
    ("user", "people sign in anew: passwords cannot move"),
    ("api_key", "make new API keys: their secrets cannot move"),
    ("remote_browser", "there is no check in a browser"),
    (
        "monitor_tls_info",
        "certificates are seen anew at the next check",
    ),
    ("domain_expiry", "domains are looked up anew"),
    ("notification_sent_history", "what was told stays behind"),
    ("setting", "settings of Uptime Kuma itself"),
    ("knex_migrations", "the version of its schema"),
    ("knex_migrations_lock", "the version of its schema"),
    ("sqlite_sequence", "it is SQLite's own"),
];

/// What a database holds beside its monitors.
#[derive(Debug, Default)]
struct Surroundings {
    /// Tags of a monitor by its id.
    tags: BTreeMap<String, Vec<String>>,
    /// Notifications of a monitor by its id: their names.
    notifications: BTreeMap<String, Vec<String>>,
    proxies: BTreeMap<String, ForeignRow>,
    /// Names and parents of groups by their id.
    groups: BTreeMap<String, (String, Option<String>)>,
}

/// Takes the monitors of a database in.
///
/// # Errors
/// When the file cannot be read, or is no database of Uptime Kuma.
pub(crate) async fn import(desk: &mut Desk<'_>, file: &mut ForeignSqlite) -> StoreResult<()> {
    let surroundings = surroundings(desk, file).await?;
    let columns = file.columns("monitor").await?;
    for row in file.rows("monitor").await? {
        monitor::import(desk, Columns::new(row), &surroundings);
    }
    if columns.is_empty() {
        desk.say(
            "database",
            "monitor",
            Verdict::NotSupported,
            "there is no such table",
        );
    }
    let tables: Vec<String> = file.tables().iter().cloned().collect();
    for table in tables {
        if READ.contains(&table.as_str()) {
            continue;
        }
        let count = file.count(&table).await?;
        if count == 0 {
            continue;
        }
        let why = OTHERS
            .iter()
            .find(|(name, _)| *name == table)
            .map_or("this table is not known", |(_, why)| why);
        desk.say(
            "database",
            &table,
            Verdict::NotSupported,
            format!("{count} rows: {why}"),
        );
    }
    Ok(())
}

async fn surroundings(desk: &mut Desk<'_>, file: &mut ForeignSqlite) -> StoreResult<Surroundings> {
    let mut all = Surroundings::default();
    let mut names = BTreeMap::new();
    for mut tag in rows(file, "tag").await? {
        let (id, name) = (tag.text("id"), tag.text("name").unwrap_or_default());
        desk.say(
            &format!("tag {}", clean(&name)),
            "",
            Verdict::Approximated,
            "a tag of the same name; its colour stays behind",
        );
        names.insert(id.unwrap_or_default(), name);
    }
    for mut joined in rows(file, "monitor_tag").await? {
        let tag = joined.text("tag_id").and_then(|id| names.get(&id).cloned());
        if let (Some(monitor), Some(name)) = (joined.text("monitor_id"), tag) {
            let tag = match joined.text("value") {
                Some(value) => format!("{name}:{value}"),
                None => name,
            };
            all.tags.entry(monitor).or_default().push(tag);
        }
    }
    let mut notifications = BTreeMap::new();
    for mut notification in rows(file, "notification").await? {
        let id = notification.text("id").unwrap_or_default();
        let name = notification.text("name").unwrap_or_default();
        let kind = notification
            .text("config")
            .and_then(|config| serde_json::from_str::<serde_json::Value>(&config).ok())
            .and_then(|config| Some(config.get("type")?.as_str()?.to_owned()))
            .unwrap_or_else(|| "unknown type".to_owned());
        desk.say(
            &format!("notification {}", clean(&name)),
            "",
            Verdict::NotSupported,
            format!("make a notification channel for {kind} and a rule; its secrets were not read"),
        );
        notifications.insert(id, name);
    }
    for mut joined in rows(file, "monitor_notification").await? {
        let name = joined
            .text("notification_id")
            .and_then(|id| notifications.get(&id).cloned());
        if let (Some(monitor), Some(name)) = (joined.text("monitor_id"), name) {
            all.notifications.entry(monitor).or_default().push(name);
        }
    }
    for proxy in file.rows("proxy").await? {
        let id = proxy.get("id").cloned().unwrap_or_default();
        all.proxies.insert(id, proxy);
    }
    for mut host in rows(file, "docker_host").await? {
        let name = host.text("name").unwrap_or_default();
        desk.say(
            &format!("docker host {}", clean(&name)),
            "",
            Verdict::NotSupported,
            "containers are not looked at: watch a port or an URL of theirs",
        );
    }
    for mut monitor in rows(file, "monitor").await? {
        if monitor.text("type").as_deref() == Some("group")
            && let Some(id) = monitor.text("id")
        {
            let name = monitor.text("name").unwrap_or_default();
            all.groups.insert(id, (name, monitor.text("parent")));
        }
    }
    Ok(all)
}

async fn rows(file: &mut ForeignSqlite, table: &str) -> StoreResult<Vec<Columns>> {
    let rows = file.rows(table).await?;
    Ok(rows.into_iter().map(Columns::new).collect())
}

impl Surroundings {
    /// The groups above a monitor, the outermost first: ids and names.
    fn above(&self, parent: Option<&str>) -> Vec<(String, String)> {
        let mut path = Vec::new();
        let mut next = parent.map(str::to_owned);
        while let Some(id) = next {
            let Some((name, parent)) = self.groups.get(&id) else {
                break;
            };
            if path.iter().any(|(seen, _)| *seen == id) {
                break;
            }
            let parent = parent.clone();
            path.push((id, name.clone()));
            next = parent;
        }
        path.reverse();
        path
    }
}

/// A count of seconds in a column that may hold a fraction; rounded up.
fn seconds(text: &str) -> Option<u64> {
    let value = number(text)?;
    if !(0.0..=1e9).contains(&value) {
        return None;
    }
    Some(std::time::Duration::from_secs_f64(value.ceil()).as_secs())
}
