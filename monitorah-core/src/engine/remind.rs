//! Reminders of events that stay open and that nobody took on.

use super::{
    Shared, around, audience,
    message::{Content, Writer},
    settle::SettleError,
};
use crate::{
    alert::{self, AlertKind},
    error::StoreErrorKind,
    incident::{Event, EventStatus},
    observation::Severity,
    port::Settlement,
    quiet::{self, Because, Quiet},
    tenant::Tenant,
};
use std::time::Duration;

/// When a reminder that could not be made is tried again.
const PUT_OFF: Duration = Duration::from_mins(5);

/// Reminds people of an event that is still open, and plans the next reminder.
pub(super) async fn remind(shared: &Shared, tenant: &Tenant, event: &Event) {
    if let Err(error) = try_remind(shared, tenant, event).await
        && !matches!(
            error.kind(),
            Some(StoreErrorKind::Conflict | StoreErrorKind::NotFound)
        )
    {
        error.report(shared, "reminding of an open event");
        if error.kind().is_none() {
            put_off(shared, tenant, event).await;
        }
    }
}

/// A reminder that cannot be made now is tried again a while later, and not in every sweep.
async fn put_off(shared: &Shared, tenant: &Tenant, event: &Event) {
    let ports = &shared.parts.ports;
    let work = async {
        let record = ports.monitors.monitor(tenant, event.monitor).await?;
        let event = ports.incidents.event(tenant, event.id).await?;
        if event.status != EventStatus::Open || event.next_reminder_at.is_none() {
            return Ok(());
        }
        let later = shared.environment().now().checked_add(PUT_OFF).ok();
        let settlement = Settlement {
            monitor: event.monitor,
            expected: record.state_version,
            state: record.state,
            event: Some(Event {
                next_reminder_at: later,
                ..event
            }),
            evidence: Vec::new(),
            outbox: Vec::new(),
        };
        ports.incidents.settle(tenant, &settlement).await
    };
    match work.await {
        Ok(()) => {}
        // Somebody else wrote: the next sweep tries again.
        Err(error)
            if matches!(
                error.kind(),
                StoreErrorKind::Conflict | StoreErrorKind::NotFound
            ) => {}
        Err(error) => shared.store_fault("putting a reminder off", &error),
    }
}

async fn try_remind(shared: &Shared, tenant: &Tenant, event: &Event) -> Result<(), SettleError> {
    let ports = &shared.parts.ports;
    let record = ports.monitors.monitor(tenant, event.monitor).await?;
    // Read after the state, whose version the settle compares: what resolves or takes on the event
    // from here on makes the settle fail.
    if record.state.open_event != Some(event.id) || record.monitor.paused {
        return Ok(());
    }
    let event = &ports.incidents.event(tenant, event.id).await?;
    let now = shared.environment().now();
    let due = event.next_reminder_at.is_some_and(|due| due <= now);
    if !due || event.status != EventStatus::Open || event.acknowledged_at.is_some() {
        return Ok(());
    }
    let rules = audience::rules(shared, tenant).await?;
    let every = alert::remind_every(&rules, event.monitor);
    let mut next = Event {
        next_reminder_at: every.and_then(|every| now.checked_add(every).ok()),
        ..event.clone()
    };
    let around = around::surroundings(shared, tenant, &record.monitor, now).await?;
    let well = (record.state.health.badness() == 0).then_some(Quiet {
        because: Because::Recovering,
        until: record.state.damped_until,
    });
    let hush = around.quiet(&record.monitor, now).or(well);
    // Nobody is reminded of what may not be told yet, nor while nobody is told anything, nor of an
    // outage that is over and held open only because it may come again. What no rule wanted to hear
    // of at first may have a rule that reminds of it.
    let recipients = if event.told.decided.is_none() {
        next.next_reminder_at = None;
        Vec::new()
    } else if let (Some(hush), Some(every)) = (hush, every) {
        next.next_reminder_at = Some(quiet::put_off(&hush, every, now));
        Vec::new()
    } else {
        alert::recipients(&rules, event.monitor, AlertKind::Reminder)
    };
    let hides = match event.severity {
        Severity::Down if !recipients.is_empty() => {
            audience::hides(shared, tenant, event.monitor).await?
        }
        _ => None,
    };
    // A reminder that reaches nobody is none, and is not counted.
    if !recipients.is_empty() {
        next.reminders = event.reminders.saturating_add(1);
        next.told.reach(&recipients, now);
    }
    let writer = Writer {
        means: shared.means(),
        tenant: *tenant,
        monitor: &record.monitor,
    };
    let content = Content {
        kind: AlertKind::Reminder,
        event: Some(&next),
        check: None,
        expiring: None,
        reminder: Some(next.reminders),
        hides: hides.as_ref(),
        late: false,
        state: &record.state,
        at: now,
    };
    // Reminders count apart from the alerts of transitions, which stay below 2^32.
    let sequence = (1 << 32) + u64::from(next.reminders);
    let outbox = writer
        .entries(&recipients, event.id.as_bytes(), sequence, &content)
        .await?;
    let settlement = Settlement {
        monitor: event.monitor,
        expected: record.state_version,
        state: record.state.clone(),
        event: Some(next),
        evidence: Vec::new(),
        outbox,
    };
    ports.incidents.settle(tenant, &settlement).await?;
    shared.wrote();
    shared.outbox_changed.notify_one();
    Ok(())
}
