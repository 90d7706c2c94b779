//! The environment port: the clock, sleep, randomness and tasks, and nothing else reads any of them (I4).
//!
//! Replace it and the whole engine runs in a simulation: see [`testkit::ManualClock`](crate::testkit).

use futures::future::{BoxFuture, Either, select};
use jiff::Timestamp;
use std::{fmt::Debug, future::Future, pin::pin, sync::Arc, time::Duration};

/// What the machine gives us. Shared as [`Env`].
pub trait Environment: Debug + Send + Sync {
    /// The wall clock, truncated to microseconds. For labels only: it may jump either way.
    fn now(&self) -> Timestamp;

    /// Time since an arbitrary start that never runs backwards. Every duration is measured with it.
    fn monotonic(&self) -> Duration;

    /// Ends after `duration` of monotonic time.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;

    /// Fills the buffer from a cryptographically secure source.
    fn fill_random(&self, buffer: &mut [u8]);

    /// Runs a task to its end beside the caller.
    fn spawn(&self, task: BoxFuture<'static, ()>);
}

/// A shared environment.
pub type Env = Arc<dyn Environment>;

/// The time was over before the work was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the time limit was reached")]
pub struct Elapsed;

/// Runs `work` for at most `limit`; dropping it is how it is stopped.
///
/// # Errors
/// [`Elapsed`] when the limit came first.
pub async fn timeout<T>(
    environment: &dyn Environment,
    limit: Duration,
    work: impl Future<Output = T>,
) -> Result<T, Elapsed> {
    let work = pin!(work);
    match select(work, environment.sleep(limit)).await {
        Either::Left((value, _)) => Ok(value),
        Either::Right(((), _)) => Err(Elapsed),
    }
}

/// A uniformly drawn value below `bound` (0 when `bound` is 0), for jitter.
///
/// The bias of the reduction is below 2^-32 for every bound used here.
pub fn random_below(environment: &dyn Environment, bound: u64) -> u64 {
    let mut bytes = [0_u8; 8];
    environment.fill_random(&mut bytes);
    u64::from_le_bytes(bytes).checked_rem(bound).unwrap_or(0)
}

#[cfg(feature = "engine")]
pub use system::SystemEnvironment;

#[cfg(feature = "engine")]
mod system {
    use super::{BoxFuture, Debug, Duration, Environment, Timestamp};
    use futures::FutureExt;

    /// The real clock, randomness of the operating system, tasks on the current tokio runtime.
    #[derive(Debug)]
    pub struct SystemEnvironment {
        start: std::time::Instant,
    }

    impl SystemEnvironment {
        /// The environment of this process.
        #[must_use]
        #[expect(clippy::disallowed_methods, reason = "this is the environment port")]
        pub fn new() -> Self {
            Self {
                start: std::time::Instant::now(),
            }
        }
    }

    impl Default for SystemEnvironment {
        fn default() -> Self {
            Self::new()
        }
    }

    #[expect(clippy::disallowed_methods, reason = "this is the environment port")]
    impl Environment for SystemEnvironment {
        fn now(&self) -> Timestamp {
            let now = Timestamp::now();
            Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
        }

        fn monotonic(&self) -> Duration {
            self.start.elapsed()
        }

        fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
            tokio::time::sleep(duration).boxed()
        }

        fn fill_random(&self, buffer: &mut [u8]) {
            if let Err(error) = getrandom::fill(buffer) {
                // A machine without randomness can make no key, nonce or token: going on would
                // be worse than ending.
                tracing::error!(%error, "the operating system gave no randomness");
                std::process::abort();
            }
        }

        fn spawn(&self, task: BoxFuture<'static, ()>) {
            drop(tokio::spawn(task));
        }
    }
}
