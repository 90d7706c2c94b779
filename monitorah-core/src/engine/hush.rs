//! The watch over what is kept quiet: when the reason is over, the monitor is looked at again, and that look tells.

use super::{Command, Counters, Shared, Stage, around};
use crate::{
    error::{StoreError, StoreErrorKind},
    port::OpenEvent,
    quiet::Surroundings,
    tenant::Tenant,
};
use jiff::Timestamp;
use std::{sync::Arc, time::Duration};
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
    loop {
        let now = shared.environment().now();
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
    }
}
                // What cannot be read of one monitor keeps no other waiting.
                Err(error) if error.kind() == StoreErrorKind::Corrupt => {
                    tracing::warn!(monitor = %event.monitor, %error, "a stored monitor cannot be read");
                    Counters::add(&shared.counters.unreadable_rows, 1);
                    continue;
                }
        if after.is_none() {
            return Ok(next);
        }
