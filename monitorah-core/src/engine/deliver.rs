//! The dispatcher: leases what is due, delivers it, records every attempt. At least once, in order.

use super::{Counters, Shared, Stage, group, message::payload_place};
use crate::{
    alert::Message,
    channel::{Channel, ChannelEnv, ChannelRegistry, DeliveryError, Receipt},
    crypt::{CryptError, Keyring, SealContext, SealedKind},
    delivery::{after_failure, comes_back_soon},
    environment::{Env, random_below, timeout},
    error::StoreErrorKind,
    id::{AttemptId, ChannelId},
    port::{AfterAttempt, AttemptRecord, ChannelRecord, Held, Lease, LeaseLimits, Leased},
    tenant::Tenant,
};
use futures::{FutureExt, future::BoxFuture};
use jiff::{SignedDuration, Timestamp};
use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};
use tokio::sync::{mpsc, watch};

/// How much longer than a delivery its lease lasts.
const LEASE_MARGIN: Duration = Duration::from_secs(5);
/// The longest sleep while nothing is known to be due: another process may have written something.
const IDLE: Duration = Duration::from_secs(30);
/// How long to wait after the store failed.
const PAUSE: Duration = Duration::from_secs(1);
/// How much of an error is kept: characters.
const MAX_ERROR: usize = 500;

pub(super) async fn run(shared: Arc<Shared>, mut stages: watch::Receiver<Stage>) {
    let room = shared.parts.options.deliveries_in_flight.max(1);
    // Each attempt is a task of its own: one that waits for the store while this loop waits for
    // the store too must go on being driven, or the two wait for each other.
    let (done, mut ended) = mpsc::channel(usize::try_from(room).unwrap_or(1));
    let mut flying = 0_u32;
    let fly = |work: BoxFuture<'static, ()>, flying: &mut u32| {
        *flying = flying.saturating_add(1);
        let done = done.clone();
        shared.environment().spawn(
            async move {
                if AssertUnwindSafe(work).catch_unwind().await.is_err() {
                    tracing::error!("a delivery panicked");
                }
                let _ = done.send(()).await;
            }
            .boxed(),
        );
    };
    loop {
        let stopping = *stages.borrow_and_update() > Stage::Running;
        if stopping && flying == 0 {
            return;
        }
        let mut wait = IDLE;
        while !stopping && flying < room {
            match held(&shared).await {
                Ok(Some(held)) => {
                    let work = group::attempt(Arc::clone(&shared), held, stages.clone());
                    fly(work.boxed(), &mut flying);
                }
                Ok(None) => break,
                Err(error) => {
                    shared.store_fault("leasing held channels", &error);
                    break;
                }
            }
        }
        let free = room.saturating_sub(flying);
        if !stopping && free > 0 {
            match lease(&shared, free).await {
                Ok((leased, next)) => {
                    wait = next;
                    for leased in leased {
                        let work = attempt(Arc::clone(&shared), leased, stages.clone());
                        fly(work.boxed(), &mut flying);
                    }
                }
                Err(error) => {
                    shared.store_fault("leasing notifications", &error);
                    wait = PAUSE;
                }
            }
        }
        tokio::select! {
            biased;
            changed = stages.changed() => if changed.is_err() { return },
            Some(()) = ended.recv() => flying = flying.saturating_sub(1),
            () = shared.outbox_changed.notified(), if !stopping => {}
            () = shared.environment().sleep(wait) => {}
        }
    }
}

/// What is due now, and how long until something else may be.
async fn lease(
    shared: &Shared,
    limit: u32,
) -> Result<(Vec<Leased>, Duration), crate::error::StoreError> {
    let outbox = &shared.parts.ports.outbox;
    let (now, lease) = new_lease(shared);
    let each = shared.parts.options.deliveries_per_channel.max(1);
    let leased = outbox
        .lease(now, lease, LeaseLimits { all: limit, each })
        .await?;
    // What is leased is tried, also when the store fails at the next question.
    let next = outbox.next_due().await.unwrap_or(Some(now));
    let wait = next
        .map_or(IDLE, |due| {
            Duration::try_from(due.duration_since(now)).unwrap_or(PAUSE)
        })
        .min(IDLE);
    // What is due but was not handed out waits for another one to end, which wakes this loop; and
    // for whoever else holds it, who does not.
    let least = if leased.is_empty() {
        PAUSE
    } else {
        Duration::from_millis(200)
    };
    Ok((leased, wait.max(least)))
}

/// The held channel whose hold ended first, if one has.
async fn held(shared: &Shared) -> Result<Option<Held>, crate::error::StoreError> {
    let (now, lease) = new_lease(shared);
    let most = shared.parts.options.storm.most.max(1);
    shared.parts.ports.holds.lease_held(now, lease, most).await
}

/// A lease from now on, for as long as a delivery may take.
fn new_lease(shared: &Shared) -> (Timestamp, Lease) {
    let environment = shared.environment();
    let now = environment.now();
    let lasts = shared.parts.options.delivery_timeout + LEASE_MARGIN;
    let mut token = [0; 16];
    environment.fill_random(&mut token);
    let until = now.checked_add(lasts).unwrap_or(now);
    (now, Lease { token, until })
}

/// Tries one notification and records how it went.
async fn attempt(shared: Arc<Shared>, leased: Leased, mut stages: watch::Receiver<Stage>) {
    let shared = &*shared;
    let environment = shared.environment();
    let outbox = &shared.parts.ports.outbox;
    let at = environment.now();
    let started = environment.monotonic();
    let outcome = tokio::select! {
        biased;
        outcome = deliver(shared, &leased) => outcome,
        () = aborted(&mut stages) => {
            // Whether the receiver took it is not known: it is tried again, under the same id.
            if let Err(error) =
                outbox.release(&leased.tenant, leased.entry.id, &leased.lease).await
            {
                shared.store_fault("releasing a notification", &error);
            }
            return;
        }
    };
    let outcome = match outcome {
        Tried::Answered(outcome) => outcome,
        Tried::TooFast => return hold_back(shared, &leased).await,
    };
    let took = environment.monotonic().saturating_sub(started);
    let (attempt, after) = outcome_of(shared, &leased, &outcome, at, took);
    match after {
        AfterAttempt::Delivered => Counters::add(&shared.counters.delivered, 1),
        AfterAttempt::Dead => {
            Counters::add(&shared.counters.dead, 1);
            tracing::error!(notification = %leased.entry.id, channel = %leased.entry.channel, "a notification was given up");
        }
        AfterAttempt::RetryAt(next) => {
            tracing::warn!(notification = %leased.entry.id, channel = %leased.entry.channel, %next, "a notification will be tried again");
        }
    }
    let (tenant, id) = (&leased.tenant, leased.entry.id);
    for _ in 0..3 {
        match outbox
            .record(tenant, id, &leased.lease, &attempt, after)
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
                shared.store_fault("recording an attempt", &error);
                environment.sleep(PAUSE).await;
            }
        }
    }
}

/// Holds the channel of a notification back: what waits for it goes out together, soon.
async fn hold_back(shared: &Shared, leased: &Leased) {
    let limits = &shared.parts.options.storm;
    let channel = leased.entry.channel;
    let now = shared.environment().now();
    let until = now.checked_add(limits.gather).unwrap_or(now);
    let freed = (leased.entry.id, leased.lease);
    let holds = &shared.parts.ports.holds;
    match holds
        .hold(&leased.tenant, channel, (until, limits.most.max(1)), freed)
        .await
    {
        Ok(()) => {
            tracing::info!(%channel, "a storm: messages to the channel are grouped");
            shared.wrote();
        }
        // The notification goes with its channel.
        Err(error) if error.kind() == StoreErrorKind::NotFound => {}
        // The lease ends by itself.
        Err(error) => shared.store_fault("holding a channel back", &error),
    }
}

/// Ends when what is in flight must be given up.
pub(super) async fn aborted(stages: &mut watch::Receiver<Stage>) {
    drop(stages.wait_for(|stage| *stage == Stage::Aborting).await);
}

fn outcome_of(
    shared: &Shared,
    leased: &Leased,
    outcome: &Result<Receipt, DeliveryError>,
    at: Timestamp,
    took: Duration,
) -> (AttemptRecord, AfterAttempt) {
    let environment = shared.environment();
    let attempt = record_of(environment, outcome, at, took);
    let after = match outcome {
        Ok(_) => AfterAttempt::Delivered,
        Err(error) => after_failure(
            error,
            leased.attempts.saturating_add(1),
            leased.entry.created_at,
            environment.now(),
            random_below(&**environment, 1_001),
        ),
    };
    (attempt, after)
}

/// An attempt as it is logged.
pub(crate) fn record_of(
    environment: &Env,
    outcome: &Result<Receipt, DeliveryError>,
    at: Timestamp,
    took: Duration,
) -> AttemptRecord {
    let (status_code, error) = match outcome {
        Ok(receipt) => {
            let note = receipt.note.as_ref();
            let note = note.map(|note| note.chars().take(MAX_ERROR).collect());
            (receipt.status_code, note)
        }
        Err(error) => {
            let status_code = match error {
                DeliveryError::Retry { status_code, .. }
                | DeliveryError::Refused { status_code, .. } => *status_code,
                DeliveryError::Broken { .. } => None,
            };
            (
                status_code,
                Some(error.to_string().chars().take(MAX_ERROR).collect()),
            )
        }
    };
    AttemptRecord {
        id: AttemptId::generate(&**environment),
        at,
        took: SignedDuration::try_from(took).unwrap_or(SignedDuration::MAX),
        delivered: outcome.is_ok(),
        status_code,
        error,
    }
}

/// What came of trying a notification.
enum Tried {
    /// It was sent, or cannot be.
    Answered(Result<Receipt, DeliveryError>),
    /// Its channel has had as many messages as it takes one by one.
    TooFast,
}

async fn deliver(shared: &Shared, leased: &Leased) -> Tried {
    let record = match wanted(shared, &leased.tenant, leased.entry.channel).await {
        Ok(record) => record,
        Err(error) => return Tried::Answered(Err(error)),
    };
    if !admits(shared, leased, &record) {
        return Tried::TooFast;
    }
    Tried::Answered(deliver_to(shared, leased, &record).await)
}

/// Whether a message may go to the channel by itself. A receiver that keeps one thing of its own
/// for each event is told of each: it could not close what a group opened.
fn admits(shared: &Shared, leased: &Leased, record: &ChannelRecord) -> bool {
    let parts = &shared.parts;
    let lasting = parts
        .channels
        .get(&record.kind)
        .is_ok_and(|one| one.lasting);
    let whose = (leased.tenant.account(), record.id);
    let now = parts.environment.monotonic();
    lasting || shared.pacing.admits(&parts.options.storm, whose, now)
}

async fn deliver_to(
    shared: &Shared,
    leased: &Leased,
    record: &ChannelRecord,
) -> Result<Receipt, DeliveryError> {
    let parts = &shared.parts;
    let message = opened(shared, leased).await?;
    let env = ChannelEnv {
        environment: Arc::clone(&parts.environment),
        timeout: parts.options.delivery_timeout,
        comes_back_soon: comes_back_soon(leased.attempts.saturating_add(1)),
    };
    let channel = build(
        &parts.channels,
        &parts.keyring,
        &leased.tenant,
        record,
        &env,
    )
    .await?;
    send(&env, &*channel, &message).await
}

fn later(detail: &str) -> DeliveryError {
    DeliveryError::Retry {
        detail: detail.to_owned(),
        status_code: None,
        after: None,
    }
}

/// The channel, when it is there and delivers.
pub(super) async fn wanted(
    shared: &Shared,
    tenant: &Tenant,
    channel: ChannelId,
) -> Result<ChannelRecord, DeliveryError> {
    let record = match shared.parts.ports.channels.channel(tenant, channel).await {
        Ok(record) => record,
        Err(error) if error.kind() == StoreErrorKind::NotFound => {
            return Err(DeliveryError::Broken {
                detail: "the channel is gone".to_owned(),
            });
        }
        Err(error) => {
            shared.store_fault("reading a channel", &error);
            return Err(later("the channel could not be read"));
        }
    };
    if !record.enabled {
        return Err(DeliveryError::Broken {
            detail: "the channel is switched off".to_owned(),
        });
    }
    Ok(record)
}

/// What a notification says.
pub(super) async fn opened(shared: &Shared, leased: &Leased) -> Result<Message, DeliveryError> {
    let place = payload_place(&leased.tenant, &leased.entry.id);
    let payload = shared
        .parts
        .keyring
        .open(&leased.tenant, &place, &leased.entry.payload)
        .await
        .map_err(|error| match error {
            CryptError::Unavailable(_) => later("the key of the account is not available"),
            _ => DeliveryError::Broken {
                detail: "what was stored does not open".to_owned(),
            },
        })?;
    serde_json::from_slice(payload.expose()).map_err(|_| DeliveryError::Broken {
        detail: "what was stored cannot be read".to_owned(),
    })
}

/// Delivers within the time limit; a channel that panics is broken, not the dispatcher.
pub(crate) async fn send(
    env: &ChannelEnv,
    channel: &dyn Channel,
    message: &Message,
) -> Result<Receipt, DeliveryError> {
    let work = AssertUnwindSafe(channel.deliver(message)).catch_unwind();
    match timeout(&*env.environment, env.timeout, work).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_panic)) => Err(DeliveryError::Broken {
            detail: "the channel itself failed".to_owned(),
        }),
        Err(_) => Err(DeliveryError::Retry {
            detail: format!("no answer within {} s", env.timeout.as_secs_f64()),
            status_code: None,
            after: None,
        }),
    }
}

/// Builds a channel from its sealed configuration, for one use.
pub(crate) async fn build(
    registry: &ChannelRegistry,
    keyring: &Keyring,
    tenant: &Tenant,
    record: &ChannelRecord,
    env: &ChannelEnv,
) -> Result<Box<dyn Channel>, DeliveryError> {
    let broken = |detail: &str| DeliveryError::Broken {
        detail: detail.to_owned(),
    };
    let registered = registry
        .get(&record.kind)
        .map_err(|_| broken("this version does not know the channel's type"))?;
    let place = config_place(tenant, record);
    let config =
        keyring
            .open(tenant, &place, &record.config)
            .await
            .map_err(|error| match error {
                CryptError::Unavailable(_) => DeliveryError::Retry {
                    detail: "the key of the account is not available".to_owned(),
                    status_code: None,
                    after: None,
                },
                _ => broken("the channel's configuration does not open"),
            })?;
    let config = serde_json::from_slice(config.expose())
        .map_err(|_| broken("the channel's configuration cannot be read"))?;
    registered
        .build(config, env)
        .map_err(|_| broken("the channel cannot be built from its configuration by this version"))
}

/// Where a channel's configuration is sealed.
pub(crate) fn config_place<'a>(tenant: &Tenant, record: &'a ChannelRecord) -> SealContext<'a> {
    SealContext {
        purpose: SealedKind::Field,
        account: tenant.account(),
        table: "channels",
        column: "config",
        row: record.id.as_bytes(),
        version: record.seal_version,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testkit::ManualClock;

    #[test]
    fn what_a_receipt_notes_stands_in_the_log() {
        let environment: Env = ManualClock::new(1);
        let taken = Ok(Receipt {
            status_code: Some(250),
            note: Some("x".repeat(900)),
        });
        let at = environment.now();
        let record = record_of(&environment, &taken, at, Duration::ZERO);
        assert!(record.delivered);
        assert_eq!(record.status_code, Some(250));
        assert_eq!(record.error, Some("x".repeat(MAX_ERROR)));
    }
}
