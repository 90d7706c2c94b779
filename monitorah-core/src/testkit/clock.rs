//! A clock that moves when it is told to, and a simulation that moves it from event to event.

use crate::environment::Environment;
use futures::{
    FutureExt,
    channel::oneshot,
    executor::LocalPool,
    future::BoxFuture,
    task::{LocalSpawnExt, SpawnExt},
};
use jiff::Timestamp;
use std::{
    collections::BTreeMap,
    fmt,
    future::Future,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// The wall clock of a simulation starts here: 2026-01-01T00:00:00Z.
const START: i64 = 1_767_225_600;

#[derive(Default)]
struct Inner {
    now: Duration,
    wall_offset: jiff::SignedDuration,
    sleepers: BTreeMap<(Duration, u64), oneshot::Sender<()>>,
    sequence: u64,
    random: u64,
    spawned: Vec<BoxFuture<'static, ()>>,
    simulated: bool,
}

/// An [`Environment`] whose clock stands still until it is advanced, and whose randomness comes
/// from a seed: the same seed gives the same run.
///
/// Under a tokio runtime its tasks go there; in a [`Simulation`] they go to the simulation.
#[derive(Default)]
pub struct ManualClock {
    inner: Mutex<Inner>,
}

impl fmt::Debug for ManualClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ManualClock")
            .field("now", &self.inner().now)
            .finish_non_exhaustive()
    }
}

impl ManualClock {
    /// A clock at its start, with this seed.
    #[must_use]
    pub fn new(seed: u64) -> Arc<Self> {
        let inner = Inner {
            random: seed,
            ..Inner::default()
        };
        Arc::new(Self {
            inner: Mutex::new(inner),
        })
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Moves the clock on, waking what slept until then.
    pub fn advance(&self, by: Duration) {
        let woken = {
            let mut inner = self.inner();
            inner.now = inner.now.saturating_add(by);
            let now = inner.now;
            let mut woken = Vec::new();
            while let Some(entry) = inner
                .sleepers
                .first_entry()
                .filter(|entry| entry.key().0 <= now)
            {
                woken.push(entry.remove());
            }
            woken
        };
        for sleeper in woken {
            let _ = sleeper.send(());
        }
    }

    /// Steps the wall clock alone, as a time server does.
    pub fn step_wall(&self, by: jiff::SignedDuration) {
        let mut inner = self.inner();
        inner.wall_offset = inner.wall_offset.saturating_add(by);
    }

    /// When the next sleeper wakes.
    #[must_use]
    pub fn next_wake(&self) -> Option<Duration> {
        let mut inner = self.inner();
        while let Some(entry) = inner.sleepers.first_entry() {
            if !entry.get().is_canceled() {
                return Some(entry.key().0);
            }
            entry.remove();
        }
        None
    }
}

impl Environment for ManualClock {
    fn now(&self) -> Timestamp {
        let inner = self.inner();
        let micros = i64::try_from(inner.now.as_micros()).unwrap_or(i64::MAX);
        Timestamp::from_second(START)
            .unwrap_or_default()
            .saturating_add(jiff::SignedDuration::from_micros(micros))
            .and_then(|now| now.saturating_add(inner.wall_offset))
            .unwrap_or(Timestamp::MAX)
    }

    fn monotonic(&self) -> Duration {
        self.inner().now
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let mut inner = self.inner();
        if duration.is_zero() {
            return futures::future::ready(()).boxed();
        }
        inner.sequence += 1;
        let key = (inner.now.saturating_add(duration), inner.sequence);
        let (wake, woken) = oneshot::channel();
        inner.sleepers.insert(key, wake);
        woken.map(drop).boxed()
    }

    fn fill_random(&self, buffer: &mut [u8]) {
        // splitmix64: good enough to tell things apart, and repeatable.
        let mut inner = self.inner();
        for chunk in buffer.chunks_mut(8) {
            inner.random = inner.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = inner.random;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            for (to, from) in chunk.iter_mut().zip((z ^ (z >> 31)).to_le_bytes()) {
                *to = from;
            }
        }
    }

    #[expect(clippy::disallowed_methods, reason = "this is an environment port")]
    fn spawn(&self, task: BoxFuture<'static, ()>) {
        if self.inner().simulated {
            self.inner().spawned.push(task);
        } else {
            drop(tokio::spawn(task));
        }
    }
}

/// Runs tasks in one thread on simulated time: everything runs until nothing can, then the clock
/// jumps to the next sleeper. A day of quiet costs nothing.
pub struct Simulation {
    clock: Arc<ManualClock>,
    pool: LocalPool,
}

impl fmt::Debug for Simulation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Simulation")
            .field("clock", &self.clock)
            .finish_non_exhaustive()
    }
}

impl Simulation {
    /// A simulation with a clock of this seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let clock = ManualClock::new(seed);
        clock.inner().simulated = true;
        Self {
            clock,
            pool: LocalPool::new(),
        }
    }

    /// Its clock: the environment to give to the engine.
    #[must_use]
    pub fn clock(&self) -> Arc<ManualClock> {
        Arc::clone(&self.clock)
    }

    /// Runs for this long.
    pub fn run_for(&mut self, duration: Duration) {
        let end = self.clock.monotonic().saturating_add(duration);
        loop {
            self.settle();
            match self.clock.next_wake().filter(|next| *next <= end) {
                Some(next) => {
                    self.clock
                        .advance(next.saturating_sub(self.clock.monotonic()));
                }
                None => break,
            }
        }
        self.clock
            .advance(end.saturating_sub(self.clock.monotonic()));
        self.settle();
    }

    /// Ends every task where it stands, as the death of a process does; the clock goes on.
    pub fn kill(&mut self) {
        self.pool = LocalPool::new();
        self.clock.inner().spawned.clear();
    }

    /// Runs until `work` is done, moving the clock as needed; none when it waits for something
    /// that never comes.
    pub fn run_until<T: 'static>(&mut self, work: impl Future<Output = T> + 'static) -> Option<T> {
        let mut result = self.pool.spawner().spawn_local_with_handle(work).ok()?;
        loop {
            self.settle();
            if let Some(value) = (&mut result).now_or_never() {
                return Some(value);
            }
            let next = self.clock.next_wake()?;
            self.clock
                .advance(next.saturating_sub(self.clock.monotonic()));
        }
    }

    /// Runs everything that can run without the clock moving.
    fn settle(&mut self) {
        loop {
            let spawned = std::mem::take(&mut self.clock.inner().spawned);
            let spawner = self.pool.spawner();
            let any = !spawned.is_empty();
            for task in spawned {
                drop(spawner.spawn(task));
            }
            self.pool.run_until_stalled();
            if !any && self.clock.inner().spawned.is_empty() {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sleepers_wake_in_order_and_time_costs_nothing() {
        let mut simulation = Simulation::new(1);
        let clock = simulation.clock();
        let log = Arc::new(Mutex::new(Vec::new()));
        for seconds in [3_u64, 1, 2] {
            let (clock, log) = (Arc::clone(&clock), Arc::clone(&log));
            let sleep = clock.sleep(Duration::from_secs(seconds * 3600));
            Arc::<ManualClock>::clone(&clock).spawn(
                async move {
                    sleep.await;
                    log.lock()
                        .unwrap()
                        .push((seconds, clock.monotonic().as_secs()));
                }
                .boxed(),
            );
        }
        simulation.run_for(Duration::from_secs(86_400));
        assert_eq!(*log.lock().unwrap(), [(1, 3600), (2, 7200), (3, 10_800)]);
        assert_eq!(clock.monotonic(), Duration::from_secs(86_400));
    }
}
