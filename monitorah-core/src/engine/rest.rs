//! Rest: what becomes of a monitor's state and its open event while it is paused.

use super::{
    Means, Shared, audience,
    look::{Entry, record_gap},
    message::{Content, Writer},
    settle::{Recovery, SettleError, recover},
};
use crate::{
    alert::AlertKind,
    incident::{Event, EventStatus, Resolution},
    monitor::{Health, Monitor, MonitorState},
    observation::{Observation, Reason},
    port::{MonitorRecord, OutboxEntry, ResultRow, Settlement},
    tenant::Tenant,
};
use jiff::Timestamp;
use tokio::sync::mpsc;

/// A paused monitor rests: its open event is closed without a word to people, and nothing is
/// believed of it until it is looked at again.
pub(super) async fn rest(shared: &Shared, entry: &Entry, rows: &mpsc::Sender<ResultRow>) {
    loop {
        let (before, version) = {
            let memory = entry.memory();
            if memory.epoch != entry.epoch {
                // Resumed, or paused anew: that entry sees to it.
                return;
            }
            (memory.state.clone(), memory.version)
        };
        let now = shared.environment().now();
        if before.health == Health::Pending && before.open_event.is_none() {
            return;
        }
        let state = at_rest(&before, now);
        match close(shared, entry, &before, version, &state, now).await {
            Ok(()) => {
                {
                    let mut memory = entry.memory();
                    memory.state = state;
                    memory.version = version + 1;
                    memory.suspects.clear();
                    memory.said_at = None;
                }
                if entry.is_seldom() {
                    // What was seen last would speak on for a long time.
                    let rests = Observation::unknown(Reason::Gap, "the monitor is paused");
                    record_gap(shared, entry, &rests, rows).await;
                }
                return;
            }
            Err(error) => match recover(shared, entry, &error).await {
                Recovery::Retry => {}
                Recovery::Later => {
                    shared
                        .environment()
                        .sleep(std::time::Duration::from_secs(1))
                        .await
                }
                Recovery::Gone => return,
            },
        }
    }
}

async fn close(
    shared: &Shared,
    entry: &Entry,
    before: &MonitorState,
    version: i64,
    state: &MonitorState,
    now: Timestamp,
) -> Result<(), SettleError> {
    let ports = &shared.parts.ports;
    let (event, outbox) = match before.open_event {
        None => (None, Vec::new()),
        Some(id) => {
            let event = ports.incidents.event(&entry.tenant, id).await?;
            let (event, outbox) = last_words(
                &shared.means(),
                &entry.tenant,
                &entry.monitor,
                event,
                state,
                now,
            )
            .await?;
            (Some(event), outbox)
        }
    };
    let settlement = Settlement {
        monitor: entry.monitor.id,
        expected: version,
        state: state.clone(),
        event,
        evidence: Vec::new(),
        outbox,
    };
    ports.incidents.settle(&entry.tenant, &settlement).await?;
    shared.wrote();
    shared.outbox_changed.notify_one();
    Ok(())
}

/// The state of a monitor of which nothing is believed any more. What is counted goes on.
fn at_rest(before: &MonitorState, now: Timestamp) -> MonitorState {
    MonitorState {
        certificate: before.certificate.clone(),
        domain: before.domain.clone(),
        turns: before.turns.clone(),
        alert_count: before.alert_count.saturating_add(1),
        ..MonitorState::new(now)
    }
}

/// The event, closed because nobody looks any more, and what is said of that to receivers which keep
/// it open otherwise. People are told nothing.
async fn last_words(
    means: &Means<'_>,
    tenant: &Tenant,
    monitor: &Monitor,
    event: Event,
    state: &MonitorState,
    now: Timestamp,
) -> Result<(Event, Vec<OutboxEntry>), SettleError> {
    let event = Event {
        status: EventStatus::Resolved,
        resolved_at: Some(now.max(event.started_at)),
        resolution: Some(Resolution::Paused),
        next_reminder_at: None,
        ..event
    };
    let recipients = audience::lasting(means, tenant, &event).await?;
    let writer = Writer {
        means: *means,
        tenant: *tenant,
        monitor,
    };
    let content = Content {
        kind: AlertKind::Up,
        event: Some(&event),
        check: None,
        expiring: None,
        reminder: None,
        hides: None,
        late: false,
        state,
        at: now,
    };
    // The number of the state before, which no alert has had yet.
    let sequence = u64::from(state.alert_count.saturating_sub(1));
    let outbox = match writer
        .entries(&recipients, event.id.as_bytes(), sequence, &content)
        .await
    {
        Ok(outbox) => outbox,
        Err(SettleError::Store(error)) => return Err(error.into()),
        // A monitor whose key is not at hand can still be paused and removed.
        Err(error) => {
            tracing::error!(monitor = %monitor.id, %error, "a receiver is not told of an end");
            Vec::new()
        }
    };
    Ok((event, outbox))
}

/// What closes the open event of a monitor that is about to be removed; none when no receiver waits
/// for that.
pub(crate) async fn closing(
    means: &Means<'_>,
    tenant: &Tenant,
    record: &MonitorRecord,
    now: Timestamp,
) -> Result<Option<Settlement>, SettleError> {
    let Some(id) = record.state.open_event else {
        return Ok(None);
    };
    let event = means.ports.incidents.event(tenant, id).await?;
    let state = at_rest(&record.state, now);
    let (event, outbox) = last_words(means, tenant, &record.monitor, event, &state, now).await?;
    Ok((!outbox.is_empty()).then(|| Settlement {
        monitor: record.monitor.id,
        expected: record.state_version,
        state,
        event: Some(event),
        evidence: Vec::new(),
        outbox,
    }))
}
