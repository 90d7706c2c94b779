//! Rest: what becomes of a monitor's state and its open event while it is paused.

use super::{
    Shared,
    look::Entry,
    settle::{Recovery, SettleError, recover},
};
use crate::{
    incident::{Event, EventStatus, Resolution},
    monitor::{Health, MonitorState},
    port::Settlement,
};
use jiff::Timestamp;

/// A paused monitor rests: its open event is closed without a word, and nothing is believed of it
/// until it is looked at again.
pub(super) async fn rest(shared: &Shared, entry: &Entry) {
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
        let state = MonitorState {
            certificate: before.certificate.clone(),
            domain: before.domain.clone(),
            turns: before.turns.clone(),
            alert_count: before.alert_count,
            ..MonitorState::new(now)
        };
        match close(shared, entry, &before, version, &state, now).await {
            Ok(()) => {
                let mut memory = entry.memory();
                memory.state = state;
                memory.version = version + 1;
                memory.suspects.clear();
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
    let event = match before.open_event {
        None => None,
        Some(id) => {
            let event = ports.incidents.event(&entry.tenant, id).await?;
            Some(Event {
                status: EventStatus::Resolved,
                resolved_at: Some(now),
                resolution: Some(Resolution::Paused),
                next_reminder_at: None,
                ..event
            })
        }
    };
    let settlement = Settlement {
        monitor: entry.monitor.id,
        expected: version,
        state: state.clone(),
        event,
        evidence: Vec::new(),
        outbox: Vec::new(),
    };
    ports.incidents.settle(&entry.tenant, &settlement).await?;
    shared.wrote();
    Ok(())
}
