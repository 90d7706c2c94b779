//! The sweep: reminders, rollups and retention.

use super::{Counters, Shared, Stage, remind};
use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};
use tokio::sync::watch;

/// How often the sweep looks for work.
const EVERY: Duration = Duration::from_secs(15);
/// How long results may take to arrive before their minute is computed.
const SETTLE_TIME: Duration = Duration::from_secs(30);
/// Events whose reminder is due that are read at a time.
const REMINDERS: u32 = 100;
/// Results are rolled up with every fourth sweep: once a minute.
const ROLL_UP_SWEEPS: u32 = 4;
/// What is out of retention is removed with every twentieth sweep: every five minutes.
const PRUNE_SWEEPS: u32 = 20;
/// Rounds of a bounded job in one sweep, so that no job keeps the others waiting for ever.
const ROUNDS: u32 = 500;

pub(super) async fn run(shared: Arc<Shared>, mut stages: watch::Receiver<Stage>) {
    tokio::select! {
        () = sweep(&shared) => {}
        _ = stages.wait_for(|stage| *stage > Stage::Running) => {}
    }
}

async fn sweep(shared: &Shared) {
    let mut count = 0_u32;
    loop {
        shared.environment().sleep(EVERY).await;
        count = count.wrapping_add(1);
        send_reminders(shared).await;
        count_waiting(shared).await;
        if count.is_multiple_of(ROLL_UP_SWEEPS) {
            roll_up(shared).await;
        }
        if count.is_multiple_of(PRUNE_SWEEPS) {
            prune(shared).await;
        }
    }
}

async fn send_reminders(shared: &Shared) {
    let now = shared.environment().now();
    let incidents = &shared.parts.ports.incidents;
    let mut after = None;
    // Page by page: what cannot be reminded of keeps nobody else waiting.
    for _ in 0..ROUNDS {
        let page = match incidents.due_reminders(now, after, REMINDERS).await {
            Ok(page) => page,
            Err(error) => return shared.store_fault("reading reminders", &error),
        };
        Counters::add(&shared.counters.unreadable_rows, page.unreadable);
        for open in page.events {
            remind::remind(shared, &open.tenant, &open.event).await;
        }
        match page.next {
            Some(next) => after = Some(next),
            None => return,
        }
    }
}

async fn count_waiting(shared: &Shared) {
    match shared.parts.ports.outbox.waiting().await {
        Ok(count) => shared
            .counters
            .outbox_waiting
            .store(count, Ordering::Relaxed),
        Err(error) => shared.store_fault("counting notifications", &error),
    }
}

async fn roll_up(shared: &Shared) {
    let now = shared.environment().now();
    let until = now.checked_sub(SETTLE_TIME).unwrap_or(now);
    for _ in 0..ROUNDS {
        match shared.parts.ports.results.roll_up(until).await {
            Ok(report) => {
                Counters::add(&shared.counters.unreadable_rows, report.unreadable);
                if !report.more {
                    return;
                }
            }
            Err(error) => return shared.store_fault("rolling results up", &error),
        }
    }
}

async fn prune(shared: &Shared) {
    for _ in 0..ROUNDS {
        match shared
            .parts
            .ports
            .results
            .prune(shared.environment().now())
            .await
        {
            Ok(0) => return,
            Ok(count) => tracing::debug!(count, "removed what is out of retention"),
            Err(error) => return shared.store_fault("removing what is out of retention", &error),
        }
    }
}
