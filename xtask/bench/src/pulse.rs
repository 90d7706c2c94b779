//! The unrest of the machine: how late a bare thread wakes that does nothing but sleep. The control
//! of every row in milliseconds.

use crate::{Fault, figure::quantile};
use monitorah_core::Env;
use std::{
    sync::{Arc, Mutex, PoisonError, Weak},
    time::Duration,
};

/// How long it sleeps at a time.
const NAP: Duration = Duration::from_millis(2);

/// A sleeping thread.
#[derive(Debug)]
pub(crate) struct Pulse {
    late: Arc<Mutex<Vec<f64>>>,
}

impl Pulse {
    /// Starts it; it ends with this value.
    pub(crate) fn start(environment: &Env) -> Result<Self, Fault> {
        let late: Arc<Mutex<Vec<f64>>> = Arc::default();
        let (weak, environment) = (Arc::downgrade(&late), Arc::clone(environment));
        std::thread::Builder::new()
            .name("pulse".to_owned())
            .spawn(move || beat(&environment, &weak))?;
        Ok(Self { late })
    }

    /// The p99 of its lateness since it was last asked: milliseconds.
    pub(crate) fn take(&self) -> f64 {
        let late = std::mem::take(&mut *self.late.lock().unwrap_or_else(PoisonError::into_inner));
        quantile(&late, 0.99).unwrap_or(f64::INFINITY)
    }
}

fn beat(environment: &Env, late: &Weak<Mutex<Vec<f64>>>) {
    while let Some(late) = late.upgrade() {
        let before = environment.monotonic();
        #[expect(
            clippy::disallowed_methods,
            reason = "a thread of its own that only sleeps"
        )]
        std::thread::sleep(NAP);
        let over = environment
            .monotonic()
            .saturating_sub(before)
            .saturating_sub(NAP);
        let mut late = late.lock().unwrap_or_else(PoisonError::into_inner);
        late.push(over.as_secs_f64() * 1e3);
    }
}
