//! A job that pings: on time until it is told to fail.

use super::Switch;
use futures::{FutureExt, future::BoxFuture};
use monitorah_core::Env;
use std::{sync::Arc, time::Duration};

/// How often a job pings that is well.
const EVERY: Duration = Duration::from_millis(500);

/// What the job does instead of pinging on time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum JobFault {
    /// Goes on as always.
    None,
    /// Is silent.
    Silent,
    /// Has never pinged at all.
    Never,
    /// Pings so many milliseconds after the ping before.
    Every(u64),
    /// Reports failure.
    Fails,
    /// Reports this exit status.
    Exits(u8),
    /// Begins and does not end.
    Hangs,
    /// Begins and ends so many milliseconds later, again and again.
    Takes(u64),
}

/// Sends one ping: what follows the token in its address.
pub(crate) type Ping = Arc<dyn Fn(String) -> BoxFuture<'static, ()> + Send + Sync>;

/// Starts the job.
pub(crate) fn start(environment: &Env, switch: &Arc<Switch>, fault: JobFault, ping: Ping) {
    let job = Job {
        environment: Arc::clone(environment),
        switch: Arc::clone(switch),
        fault,
        ping,
    };
    environment.spawn(async move { job.run().await }.boxed());
}

struct Job {
    environment: Env,
    switch: Arc<Switch>,
    fault: JobFault,
    ping: Ping,
}

impl Job {
    async fn run(self) {
        while !self.switch.is_over() {
            if !self.switch.is_failing() {
                self.say("").await;
                self.wait(EVERY, false).await;
                continue;
            }
            let _counted = self.switch.next_request();
            match self.fault {
                JobFault::None => {
                    self.say("").await;
                    self.wait(EVERY, true).await;
                }
                JobFault::Silent | JobFault::Never => self.switch.changed_from(true).await,
                JobFault::Every(ms) => {
                    self.wait(Duration::from_millis(ms), true).await;
                    if self.switch.is_failing() {
                        self.say("").await;
                    }
                }
                JobFault::Fails => {
                    self.say("/fail").await;
                    self.wait(EVERY, true).await;
                }
                JobFault::Exits(status) => {
                    self.say(&format!("/{status}")).await;
                    self.wait(EVERY, true).await;
                }
                JobFault::Hangs => {
                    self.say("/start").await;
                    self.switch.changed_from(true).await;
                }
                JobFault::Takes(ms) => {
                    self.say("/start").await;
                    self.wait(Duration::from_millis(ms), true).await;
                    self.say("").await;
                }
            }
        }
    }

    async fn say(&self, what: &str) {
        (self.ping)(what.to_owned()).await;
    }

    /// Waits, and no longer than the job is told to be as it is.
    async fn wait(&self, time: Duration, failing: bool) {
        tokio::select! {
            () = self.environment.sleep(time) => {}
            () = self.switch.changed_from(failing) => {}
        }
    }
}
