//! The feed: reads every monitor at the start, and after that what changed.

use super::{Command, Shared, Stage};
use crate::{
    error::StoreResult,
    port::{FeedChange, FeedMark},
};
use std::{sync::Arc, time::Duration};
use tokio::sync::{mpsc, watch};

/// Monitors that are read at a time.
const PAGE: u32 = 1_000;
/// How long to wait after the store failed.
const PAUSE: Duration = Duration::from_secs(1);

pub(super) async fn run(
    shared: Arc<Shared>,
    commands: mpsc::Sender<Command>,
    mut stages: watch::Receiver<Stage>,
) {
    tokio::select! {
        () = follow(&shared, &commands) => {}
        _ = stages.wait_for(|stage| *stage > Stage::Running) => {}
    }
}

async fn follow(shared: &Shared, commands: &mpsc::Sender<Command>) {
    let environment = shared.environment();
    let mut mark = loop {
        match read_all(shared, commands).await {
            Ok(mark) => break mark,
            Err(error) => {
                shared.store_fault("reading the monitors", &error);
                environment.sleep(PAUSE).await;
            }
        }
    };
    if commands.send(Command::Loaded).await.is_err() {
        return;
    }
    loop {
        tokio::select! {
            () = shared.feed_changed.notified() => {}
            () = shared.parts.ports.feed.changed() => {}
            () = environment.sleep(shared.parts.options.feed_poll) => {}
        }
        loop {
            match shared.parts.ports.feed.changes(mark, PAGE).await {
                Ok((changes, next)) => {
                    mark = next;
                    if changes.is_empty() || commands.send(Command::Feed(changes)).await.is_err() {
                        break;
                    }
                }
                Err(error) => {
                    shared.store_fault("reading what changed", &error);
                    environment.sleep(PAUSE).await;
                    break;
                }
            }
        }
    }
}

async fn read_all(shared: &Shared, commands: &mpsc::Sender<Command>) -> StoreResult<FeedMark> {
    let feed = &shared.parts.ports.feed;
    let mark = feed.mark().await?;
    let mut after = None;
    loop {
        let page = feed.snapshot(after, PAGE).await?;
        let Some(last) = page.last() else {
            return Ok(mark);
        };
        after = Some(last.record.monitor.id);
        let changes = page
            .into_iter()
            .map(|row| FeedChange::Changed(Box::new(row)))
            .collect();
        if commands.send(Command::Feed(changes)).await.is_err() {
            return Ok(mark);
        }
    }
}
