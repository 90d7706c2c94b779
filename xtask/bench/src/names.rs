//! The names of the targets: resolved to loopback, so that the product's own cache is at work.

use async_trait::async_trait;
use monitorah_core::net::{Answer, Family, Resolve, ResolveError};
use std::{net::IpAddr, time::Duration};

/// Every name below it is a host of the targets.
pub(crate) const ZONE: &str = "bench.test";
/// How many names there are: many monitors share a host, as they do with users.
pub(crate) const NAMES: usize = 500;

/// The name of the host of this monitor.
pub(crate) fn of(number: usize) -> String {
    format!("h{}.{ZONE}", number % NAMES)
}

/// Answers for the zone; how long an answer takes can be chosen.
#[derive(Debug, Default)]
pub(crate) struct Loopback {
    pub(crate) delay: Option<Duration>,
}

#[async_trait]
impl Resolve for Loopback {
    async fn resolve(&self, name: &str, _: Family) -> Result<Answer, ResolveError> {
        let number = name
            .strip_prefix('h')
            .and_then(|rest| rest.split_once('.'))
            .filter(|(_, zone)| *zone == ZONE)
            .and_then(|(number, _)| number.parse::<usize>().ok())
            .ok_or(ResolveError::NoSuchName)?;
        if let Some(delay) = self.delay {
            // A thread sleeps to a tenth of a millisecond, a timer of the runtime to a whole one.
            #[expect(clippy::disallowed_methods, reason = "a thread of its own")]
            let slept = tokio::task::spawn_blocking(move || std::thread::sleep(delay)).await;
            slept.map_err(|_| ResolveError::Unavailable)?;
        }
        let host = u8::try_from(number % usize::from(crate::target::HOSTS)).unwrap_or(0) + 1;
        Ok(Answer {
            addresses: vec![IpAddr::from([127, 0, 0, host])],
            ttl: Duration::from_secs(60),
        })
    }
}
