//! Targets on loopback that are well until they are told to fail, and that say how long they were held.

pub(crate) mod bomb;
pub(crate) mod certificate;
pub(crate) mod dns;
pub(crate) mod http;
pub(crate) mod pinger;
pub(crate) mod tcp;
pub(crate) mod tls;

use monitorah_core::Env;
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncReadExt},
    sync::watch,
};

/// The hand on one target: whether it fails now, and what it saw.
#[derive(Debug)]
pub(crate) struct Switch {
    failing: watch::Sender<bool>,
    requests: AtomicU64,
    longest_us: AtomicU64,
    over: AtomicBool,
}

impl Switch {
    /// A target that is well.
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self {
            failing: watch::Sender::new(false),
            requests: AtomicU64::new(0),
            longest_us: AtomicU64::new(0),
            over: AtomicBool::new(false),
        })
    }

    pub(crate) fn set(&self, failing: bool) {
        let _before = self.failing.send_replace(failing);
    }

    pub(crate) fn is_failing(&self) -> bool {
        *self.failing.borrow()
    }

    /// Ends what acts by itself.
    pub(crate) fn end(&self) {
        self.over.store(true, Ordering::SeqCst);
    }

    pub(crate) fn is_over(&self) -> bool {
        self.over.load(Ordering::SeqCst)
    }

    /// Ends when the target is told something else than `failing`.
    pub(crate) async fn changed_from(&self, failing: bool) {
        let mut watch = self.failing.subscribe();
        // The sender lives as long as this call.
        let _told = watch.wait_for(|now| *now != failing).await;
    }

    /// Counts a request that came while the target failed: 0 for the first one.
    pub(crate) fn next_request(&self) -> u64 {
        self.requests.fetch_add(1, Ordering::SeqCst)
    }

    /// How many requests came while the target failed.
    pub(crate) fn requests(&self) -> u64 {
        self.requests.load(Ordering::SeqCst)
    }

    /// Notes how long a client held a connection.
    pub(crate) fn held(&self, time: Duration) {
        let time = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        self.longest_us.fetch_max(time, Ordering::SeqCst);
    }

    /// The longest that a client held a connection.
    pub(crate) fn longest(&self) -> Duration {
        Duration::from_micros(self.longest_us.load(Ordering::SeqCst))
    }
}

/// Waits until the peer has gone, or for as long as any check may last.
pub(crate) async fn wait_for_end(environment: &Env, stream: &mut (impl AsyncRead + Unpin)) {
    let mut buffer = [0; 1024];
    let gone = async { while matches!(stream.read(&mut buffer).await, Ok(read) if read > 0) {} };
    let patience = Duration::from_secs(60);
    let _gone = monitorah_core::environment::timeout(&**environment, patience, gone).await;
}
