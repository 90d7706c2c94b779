//! The feed: reads every monitor at the start, and after that what changed.

use super::{Command, Counters, Shared, Stage};
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
            () = environment.sleep(shared.parts.options.feed_poll) => {}
        }
        loop {
            match shared.parts.ports.feed.changes(mark, PAGE).await {
                Ok(page) => {
                    Counters::add(&shared.counters.unreadable_rows, page.unreadable);
                    // A page of nothing but rows that could not be understood is not the end.
                    let over = page.mark == mark;
                    mark = page.mark;
                    if over || commands.send(Command::Feed(page.changes)).await.is_err() {
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
        Counters::add(&shared.counters.unreadable_rows, page.unreadable);
        let changes = page
            .rows
            .into_iter()
            .map(|row| FeedChange::Changed(Box::new(row)))
            .collect();
        after = page.next;
        if commands.send(Command::Feed(changes)).await.is_err() || after.is_none() {
            return Ok(mark);
        }
    }
}
