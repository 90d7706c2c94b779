//! The watch over what is kept quiet: when the reason is over, the monitor is looked at again, and that look tells.

use super::{Command, Counters, Shared, Stage, around};
use crate::{
    check::Cadence,
    error::{StoreError, StoreErrorKind},
    maintenance::Span,
    port::OpenEvent,
    quiet::Surroundings,
    selection::Selection,
    tenant::Tenant,
};
use jiff::Timestamp;
use std::{collections::HashMap, sync::Arc, time::Duration};
use tokio::sync::{mpsc, watch};

/// How often everything that waits is gone through, at least.
const EVERY: Duration = Duration::from_secs(15);
/// And at most, whatever changes.
const PAUSE: Duration = Duration::from_millis(500);
/// Events that are read at a time.
const PAGE: u32 = 500;

pub(super) async fn run(
    shared: Arc<Shared>,
    commands: mpsc::Sender<Command>,
    mut stages: watch::Receiver<Stage>,
) {
    tokio::select! {
        () = watch(&shared, &commands) => {}
        _ = stages.wait_for(|stage| *stage > Stage::Running) => {}
    }
}

async fn watch(shared: &Shared, commands: &mpsc::Sender<Command>) {
    let mut seen = HashMap::new();
    loop {
        let now = shared.environment().now();
        meet_windows(shared, commands, &mut seen, now).await;
        let next = match go_through(shared, commands, now).await {
            Ok(next) => next,
            Err(error) => {
                shared.store_fault("reading what waits to be told", &error);
                None
            }
        };
        let left = next.and_then(|at| Duration::try_from(at.duration_since(now)).ok());
        let wait = left.unwrap_or(EVERY).clamp(PAUSE, EVERY);
        tokio::select! {
            () = shared.environment().sleep(wait) => {}
            // A thousand recoveries at once are one round, not a thousand.
            () = shared.quiet_changed.notified() => shared.environment().sleep(PAUSE).await,
        }
    }
}

/// The windows of accounts, and how often the monitors had changed, when they were last compared.
type Seen = HashMap<Tenant, (u64, Arc<[(Selection, Span)]>)>;

/// Sees to it that windows which were made, changed or ended since, by whatever process, bear on
/// what is seldom looked at: where one opened or closed it is looked at now, and else when the next
/// one does.
async fn meet_windows(
    shared: &Shared,
    commands: &mpsc::Sender<Command>,
    seen: &mut Seen,
    now: Timestamp,
) {
    let accounts = shared.roster.seldom();
    seen.retain(|tenant, _| accounts.iter().any(|account| account.tenant == *tenant));
    for account in accounts {
        let windows = around::windows(shared, &account.tenant, now).await;
        let before = seen.get(&account.tenant);
        let same_windows = before.is_some_and(|(_, before)| *before == windows);
        if same_windows && before.is_some_and(|(changes, _)| *changes == account.changes) {
            continue;
        }
        for entry in account.entries {
            let id = entry.monitor.id;
            let known = entry.memory().bearing;
            let bearing = around::bearing_of(&windows, &entry, now);
            // Whose members are in maintenance only the group itself finds out.
            let members_may = entry.cadence == Cadence::Group && !same_windows;
            let command = if members_may || bearing.open != known.unwrap_or_default().open {
                Command::Look(id)
            } else if let Some(at) = bearing.changes_at {
                let left = Duration::try_from(at.duration_since(now)).unwrap_or_default();
                let at = shared.environment().monotonic().saturating_add(left);
                Command::LookAt(id, at)
            } else {
                continue;
            };
            if commands.send(command).await.is_err() {
                return;
            }
        }
        seen.insert(account.tenant, (account.changes, windows));
    }
}

/// Asks for a look at every monitor whose event nothing keeps quiet any more. Returns when the
/// next reason ends.
async fn go_through(
    shared: &Shared,
    commands: &mpsc::Sender<Command>,
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    let mut after = None;
    let mut next: Option<Timestamp> = None;
    let mut around: Option<(Tenant, Surroundings)> = None;
    loop {
        let page = shared.parts.ports.incidents.waiting(after, PAGE).await?;
        Counters::add(&shared.counters.unreadable_rows, page.unreadable);
        after = page.next;
        for open in page.events {
            let OpenEvent { tenant, event } = &open;
            let record = match shared
                .parts
                .ports
                .monitors
                .monitor(tenant, event.monitor)
                .await
            {
                Ok(record) => record,
                Err(error) if error.kind() == StoreErrorKind::NotFound => continue,
                // What cannot be read of one monitor keeps no other waiting.
                Err(error) if error.kind() == StoreErrorKind::Corrupt => {
                    tracing::warn!(monitor = %event.monitor, %error, "a stored monitor cannot be read");
                    Counters::add(&shared.counters.unreadable_rows, 1);
                    continue;
                }
                Err(error) => return Err(error),
            };
            // Windows and silences are those of the account; only the parents are the monitor's.
            let mut found = match around.take().filter(|(of, _)| of == tenant) {
                Some((_, found)) => found,
                None => around::surroundings(shared, tenant, &record.monitor, now).await?,
            };
            found.parents = around::parents(shared, tenant, &record.monitor).await?;
            match found.quiet(&record.monitor, now) {
                Some(quiet) => next = [next, quiet.until].into_iter().flatten().min(),
                None => {
                    // A full queue has looks enough to do: the next round asks again.
                    let _ = commands.try_send(Command::Look(record.monitor.id));
                }
            }
            around = Some((*tenant, found));
        }
        if after.is_none() {
            return Ok(next);
        }
    }
}
