//! Grouped delivery: what waits for a held channel goes out as one message.

use super::{
    Counters, Shared, Stage,
    deliver::{build, opened, record_of, send, wanted},
};
use crate::{
    alert::{AlertKind, Message},
    channel::{ChannelEnv, DeliveryError, Receipt},
    delivery::{TRIED_FOR, comes_back_soon},
    error::StoreErrorKind,
    port::{AfterAttempt, AfterGroup, AfterHold, Held, Leased},
    storm::{StormLimits, may_be_too_large},
};
use jiff::Timestamp;
use std::{sync::Arc, time::Duration};
use tokio::sync::watch;

/// The longest that a receiver may ask us to wait.
const LONGEST_WISH: Duration = Duration::from_hours(6);
/// How long to wait after the store failed.
const PAUSE: Duration = Duration::from_secs(1);

/// Sends what was leased with a held channel, and records how it went.
pub(super) async fn attempt(shared: Arc<Shared>, held: Held, mut stages: watch::Receiver<Stage>) {
    let shared = &*shared;
    let environment = shared.environment();
    let limits = &shared.parts.options.storm;
    let at = environment.now();
    let started = environment.monotonic();
    let outcome = tokio::select! {
        biased;
        outcome = deliver(shared, &held) => outcome,
        () = super::deliver::aborted(&mut stages) => {
            let soon = AfterHold::Until { until: environment.now(), failures: held.failures, most: held.most };
            return record(shared, &held, None, soon).await;
        }
    };
    let took = environment.monotonic().saturating_sub(started);
    let now = environment.now();
    let Some(mut outcome) = outcome else {
        tracing::info!(channel = %held.channel, "a storm is over: nothing waited for the channel");
        return record(shared, &held, None, AfterHold::Over).await;
    };
    let count = held.members.len();
    if let (Ok(receipt), 2..) = (&mut outcome, count) {
        let others = count.saturating_sub(1);
        let together = format!("sent in one message with {others} others");
        receipt.note = Some(match receipt.note.take() {
            Some(note) => format!("{together}; {note}"),
            None => together,
        });
    }
    let attempt = record_of(environment, &outcome, at, took);
    let (group, hold) = after(limits, &held, &outcome, now);
    let members = u64::try_from(count).unwrap_or(u64::MAX);
    match group {
        AfterGroup::Delivered => {
            Counters::add(&shared.counters.delivered, members);
            if count > 1 {
                Counters::add(&shared.counters.groups, 1);
            }
        }
        AfterGroup::Dead => {
            Counters::add(&shared.counters.dead, members);
            tracing::error!(channel = %held.channel, count, "grouped notifications were given up");
        }
        AfterGroup::Retry { .. } => {
            tracing::warn!(channel = %held.channel, count, "a grouped message will be tried again");
        }
    }
    record(shared, &held, Some((attempt, group)), hold).await;
}

/// What follows from how a grouped message went. Pure.
fn after(
    limits: &StormLimits,
    held: &Held,
    outcome: &Result<Receipt, DeliveryError>,
    now: Timestamp,
) -> (AfterGroup, AfterHold) {
    let until = |pause: Duration, failures, most| AfterHold::Until {
        until: now.checked_add(pause).unwrap_or(now),
        failures,
        most,
    };
    let retry = AfterGroup::Retry {
        expired: now.checked_sub(TRIED_FOR).unwrap_or(Timestamp::UNIX_EPOCH),
    };
    let failures = held.failures.saturating_add(1);
    let count = u32::try_from(held.members.len()).unwrap_or(u32::MAX);
    match outcome {
        // A minute in which there was one message to send is no storm.
        Ok(_) if count < 2 => (AfterGroup::Delivered, AfterHold::Over),
        Ok(_) => (AfterGroup::Delivered, until(limits.every, 0, held.most)),
        Err(DeliveryError::Retry { after, .. }) => {
            let wish = after.unwrap_or_default().min(LONGEST_WISH);
            (
                retry,
                until(limits.pause(failures).max(wish), failures, held.most),
            )
        }
        Err(DeliveryError::Refused { status_code, .. })
            if count > 1 && may_be_too_large(*status_code) =>
        {
            let most = StormLimits::fewer(count);
            (retry, until(limits.every, failures, most))
        }
        Err(DeliveryError::Refused { .. } | DeliveryError::Broken { .. }) => {
            (AfterGroup::Dead, until(limits.every, failures, held.most))
        }
    }
}

/// Tells the store how it went, and says so when it cannot be told: the lease ends by itself then,
/// and what it held is sent again.
async fn record(
    shared: &Shared,
    held: &Held,
    attempt: Option<(crate::port::AttemptRecord, AfterGroup)>,
    after: AfterHold,
) {
    let environment = shared.environment();
    let place = (held.channel, &held.lease);
    for _ in 0..3 {
        let attempt = attempt.as_ref().map(|(attempt, after)| (attempt, *after));
        let now = environment.now();
        match shared
            .parts
            .ports
            .holds
            .record_held(&held.tenant, place, attempt, after, now)
            .await
        {
            Ok(()) => return shared.wrote(),
            // Somebody else has it now, or its channel is gone.
            Err(error)
                if matches!(
                    error.kind(),
                    StoreErrorKind::Conflict | StoreErrorKind::NotFound
                ) =>
            {
                return;
            }
            Err(error) => {
                shared.store_fault("recording a grouped message", &error);
                environment.sleep(PAUSE).await;
            }
        }
    }
}

/// Sends the members as one message; none when there is nothing to send.
async fn deliver(shared: &Shared, held: &Held) -> Option<Result<Receipt, DeliveryError>> {
    let parts = &shared.parts;
    if held.members.is_empty() {
        return None;
    }
    let record = match wanted(shared, &held.tenant, held.channel).await {
        Ok(record) => record,
        Err(error) => return Some(Err(error)),
    };
    let mut messages = Vec::with_capacity(held.members.len());
    for member in &held.members {
        match opened(shared, member).await {
            Ok(message) => messages.push(message),
            // What does not open now may open later.
            Err(error @ DeliveryError::Retry { .. }) => return Some(Err(error)),
            Err(error) => give_up(shared, member, error).await,
        }
    }
    let link = parts.options.public_url.clone();
    let message = Message::grouped(held.channel, messages, link)?;
    if message.kind == AlertKind::Grouped {
        tracing::info!(channel = %held.channel, count = held.members.len(), "a grouped message goes out");
    }
    let env = ChannelEnv {
        environment: Arc::clone(&parts.environment),
        timeout: parts.options.delivery_timeout,
        comes_back_soon: comes_back_soon(held.failures.saturating_add(1)),
    };
    let channel = build(&parts.channels, &parts.keyring, &held.tenant, &record, &env).await;
    Some(match channel {
        Ok(channel) => send(&env, &*channel, &message).await,
        Err(error) => Err(error),
    })
}

/// Gives up one member that can never be sent, so that the others are not held up by it.
async fn give_up(shared: &Shared, member: &Leased, error: DeliveryError) {
    let environment = shared.environment();
    let attempt = record_of(environment, &Err(error), environment.now(), Duration::ZERO);
    let given_up = shared
        .parts
        .ports
        .outbox
        .record(
            &member.tenant,
            member.entry.id,
            &member.lease,
            &attempt,
            AfterAttempt::Dead,
        )
        .await;
    match given_up {
        Ok(()) => Counters::add(&shared.counters.dead, 1),
        Err(error) => shared.store_fault("giving up a notification", &error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{id::ChannelId, port::Lease, testkit::conformance::sample};

    fn held(count: u64, failures: u32) -> Held {
        let lease = Lease {
            token: [1; 16],
            until: Timestamp::UNIX_EPOCH,
        };
        let member = |id| Leased {
            tenant: sample::home(),
            entry: sample::notification(id, None),
            attempts: 0,
            lease,
        };
        Held {
            tenant: sample::home(),
            channel: ChannelId::from_bytes([1; 16]),
            failures,
            most: 100,
            members: (0..count).map(member).collect(),
            lease,
        }
    }

    fn refused(status_code: u16) -> Result<Receipt, DeliveryError> {
        Err(DeliveryError::Refused {
            detail: "no".into(),
            status_code: Some(status_code),
        })
    }

    fn seconds(after: AfterHold) -> (i64, u32, u32) {
        match after {
            AfterHold::Until {
                until,
                failures,
                most,
            } => (until.as_second() - 100_000, failures, most),
            AfterHold::Over => (0, 0, 0),
        }
    }

    #[test]
    fn what_follows_from_each_answer() {
        let limits = StormLimits::default();
        let now = Timestamp::from_second(100_000).unwrap();
        let of = |count, failures, outcome: &Result<Receipt, DeliveryError>| {
            let (group, hold) = after(&limits, &held(count, failures), outcome, now);
            (group, seconds(hold))
        };
        let retry = AfterGroup::Retry {
            expired: Timestamp::from_second(100_000 - 86_400).unwrap(),
        };
        let taken = Ok(Receipt::default());
        let wish = |after| {
            Err(DeliveryError::Retry {
                detail: "503".into(),
                status_code: Some(503),
                after,
            })
        };
        assert_eq!(of(5, 3, &taken), (AfterGroup::Delivered, (60, 0, 100)));
        assert_eq!(
            of(1, 0, &taken),
            (AfterGroup::Delivered, (0, 0, 0)),
            "it is over"
        );
        assert_eq!(of(5, 0, &wish(None)), (retry, (60, 1, 100)));
        assert_eq!(of(5, 4, &wish(None)), (retry, (480, 5, 100)));
        let long = Some(Duration::from_secs(600));
        assert_eq!(of(5, 0, &wish(long)), (retry, (600, 1, 100)));
        let forever = Some(Duration::MAX);
        assert_eq!(of(5, 0, &wish(forever)), (retry, (21_600, 1, 100)));
        for too_large in [400, 413, 422] {
            assert_eq!(of(5, 0, &refused(too_large)), (retry, (60, 1, 2)));
        }
        assert_eq!(
            of(1, 0, &refused(413)).0,
            AfterGroup::Dead,
            "one is as small as it gets"
        );
        assert_eq!(of(5, 0, &refused(404)), (AfterGroup::Dead, (60, 1, 100)));
    }
}
