//! The batcher: results are stored many at a time, bounded in number and in delay.

use super::{Counters, Shared};
use crate::port::ResultRow;
use std::{sync::Arc, time::Duration};
use tokio::sync::mpsc;

/// How long to wait after the store failed; doubled up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: Duration = Duration::from_millis(100);
/// The longest wait after the store failed: what waited is stored soon after the store is back.
const LONGEST_PAUSE: Duration = Duration::from_secs(2);
/// How often the last batch is tried when every sender is gone: the process is about to end.
const LAST_TRIES: u32 = 20;

/// Ends when every sender is gone and what they sent is stored.
pub(super) async fn run(shared: Arc<Shared>, mut queue: mpsc::Receiver<ResultRow>) {
    let environment = Arc::clone(shared.environment());
    let size = shared.parts.options.result_batch.max(1);
    let mut batch = Vec::with_capacity(size);
    loop {
        if queue.recv_many(&mut batch, size).await == 0 {
            return;
        }
        let delay = environment.sleep(shared.parts.options.result_delay);
        tokio::pin!(delay);
        while batch.len() < size {
            let room = size - batch.len();
            tokio::select! {
                biased;
                () = &mut delay => break,
                more = queue.recv_many(&mut batch, room) => if more == 0 { break },
            }
        }
        store(&shared, &mut batch, &queue).await;
    }
}

/// Stores the batch, however often it takes. Meanwhile the queue fills, and then drops and counts.
async fn store(shared: &Shared, batch: &mut Vec<ResultRow>, queue: &mpsc::Receiver<ResultRow>) {
    let mut pause = FIRST_PAUSE;
    let mut tries_left = LAST_TRIES;
    loop {
        match shared.parts.ports.results.append(batch).await {
            Ok(()) => {
                let count = u64::try_from(batch.len()).unwrap_or(u64::MAX);
                Counters::add(&shared.counters.stored_results, count);
                shared.wrote();
                break;
            }
            Err(error) => {
                shared.store_fault("storing results", &error);
                if queue.is_closed() || queue.sender_strong_count() == 0 {
                    tries_left -= 1;
                }
                if tries_left == 0 {
                    let count = u64::try_from(batch.len()).unwrap_or(u64::MAX);
                    Counters::add(&shared.counters.dropped_results, count);
                    tracing::error!(count, "results were lost: the store failed until the end");
                    break;
                }
                shared.environment().sleep(pause).await;
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
        }
    }
    batch.clear();
}
