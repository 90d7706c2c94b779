//! The share: which monitors this process looks at, asked for again and again where others work on the store too.

use super::{Command, Shared, Stage};
use crate::port::{Share, ShareRequest};
use std::{sync::Arc, time::Duration};
use tokio::sync::{mpsc, watch};

/// How often the share is asked for while it is kept for one lease: three calls may fail.
const ASKS_A_LEASE: u32 = 4;
/// How long to wait after the store failed, at most.
const PAUSE: Duration = Duration::from_secs(1);

pub(super) async fn run(
    shared: Arc<Shared>,
    commands: mpsc::Sender<Command>,
    mut stages: watch::Receiver<Stage>,
) {
    tokio::select! {
        () = keep(&shared, &commands) => {}
        _ = stages.wait_for(|stage| *stage > Stage::Running) => {}
    }
}

async fn keep(shared: &Shared, commands: &mpsc::Sender<Command>) {
    let lease = shared.parts.options.share_lease;
    let every = lease.checked_div(ASKS_A_LEASE).unwrap_or(lease);
    let request = ShareRequest {
        replica: shared.replica,
        lease,
    };
    loop {
        let wait = match shared.parts.ports.feed.share(&request).await {
            Ok(share) => {
                let whole = share == Share::Whole;
                if !take(shared, commands, share).await || whole {
                    return;
                }
                every
            }
            // While the store is away nobody else can take it either: what is looked at stays so,
            // and each settle is held to the token.
            Err(error) => {
                shared.store_fault("keeping the share of monitors", &error);
                every.min(PAUSE)
            }
        };
        tokio::select! {
            () = shared.environment().sleep(wait) => {}
            () = shared.share_lost.notified() => {}
        }
    }
}

/// Says whether somebody still listens.
async fn take(shared: &Shared, commands: &mpsc::Sender<Command>, share: Share) -> bool {
    let before = shared.share.borrow().clone();
    if before.as_ref() == Some(&share) {
        return true;
    }
    let had = before.as_ref().map_or(0, |before| before.buckets().len());
    let has = share.buckets().len();
    if share != Share::Whole && had != has {
        tracing::info!(had, has, "the share of monitors of this server changed");
    }
    shared.share.send_replace(Some(share));
    commands.send(Command::Share).await.is_ok()
}
