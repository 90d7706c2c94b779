//! PING: whether a host answers ICMP echo requests, how fast, and how many of them.

use super::{Check, CheckContext, CheckEnv, CheckSpec, own_limit};
use crate::{
    error::{ConfigError, FieldError},
    net::{EchoPlan, EchoSeries, Failure, Family, Host, Net, Phase, Recorder},
    observation::{Observation, Reason, Status},
};
use async_trait::async_trait;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::{fmt, sync::Arc, time::Duration};

/// The largest payload: with its headers it fits an Ethernet frame.
const MAX_SIZE: u16 = 1452;

/// How a ping monitor is configured. Its target is a host: a name or an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(
    title = "Ping",
    example = serde_json::json!({ "count": 3 })
)]
pub struct PingSpec {
    /// How many echo requests are sent.
    #[serde(default = "default_count")]
    #[schemars(range(min = 1, max = 10))]
    pub count: u8,
    /// How many bytes each request carries.
    #[serde(default = "default_size")]
    #[schemars(range(min = 0, max = 1452))]
    pub packet_size: u16,
    /// How many of the requests may get no reply: percent. More is DEGRADED, all is DOWN.
    #[serde(default = "default_loss")]
    #[schemars(range(min = 0, max = 100))]
    pub max_loss_percent: u8,
    /// The average time that a reply may take: milliseconds. A longer one is DEGRADED.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 60_000))]
    pub max_average_ms: Option<u32>,
    /// Which addresses of the name are used.
    #[serde(default)]
    pub address_family: Family,
}

const fn default_count() -> u8 {
    3
}

const fn default_size() -> u16 {
    56
}

const fn default_loss() -> u8 {
    50
}

impl CheckSpec for PingSpec {
    const KIND: &'static str = "PING";
    const TARGET: &'static str = "www.example.org";

    fn build(self, env: &CheckEnv) -> Result<Box<dyn Check>, ConfigError> {
        let net = env.net()?;
        let mut wrong = Vec::new();
        let mut refuse =
            |pointer: &str, message: &str| wrong.push(FieldError::new(pointer, message));
        if !(1..=10).contains(&self.count) {
            refuse("/config/count", "write a number from 1 to 10");
        }
        if self.packet_size > MAX_SIZE {
            refuse("/config/packetSize", "write a number from 0 to 1452");
        }
        if self.max_loss_percent > 100 {
            refuse("/config/maxLossPercent", "write a number from 0 to 100");
        }
        if self
            .max_average_ms
            .is_some_and(|ms| !(1..=60_000).contains(&ms))
        {
            refuse("/config/maxAverageMs", "write a number from 1 to 60000");
        }
        let host = host_of(env.target())
            .map_err(|message| wrong.push(FieldError::new("/target", message)));
        ConfigError::check(wrong)?;
        let host = host.map_err(|()| ConfigError::new("/target", "invalid"))?;
        Ok(Box::new(Ping {
            net,
            slot: format!("{host} icmp"),
            host,
            plan: EchoPlan {
                count: self.count,
                size: self.packet_size,
                family: self.address_family,
            },
            max_loss_percent: self.max_loss_percent,
            max_average: self
                .max_average_ms
                .map(|ms| Duration::from_millis(u64::from(ms))),
        }))
    }
}

fn host_of(target: &str) -> Result<Host, String> {
    if target.contains("://") {
        return Err(
            "write a host alone, without a scheme; use the type HTTP for an URL".to_owned(),
        );
    }
    match Host::parse_with_port(target) {
        Ok((_, Some(_))) => {
            Err("a ping knows no port: write the host alone, or use the type PORT".to_owned())
        }
        Ok((host, None)) => Ok(host),
        Err(error) => Err(error.to_string()),
    }
}

/// The running look.
struct Ping {
    net: Arc<Net>,
    slot: String,
    host: Host,
    plan: EchoPlan,
    max_loss_percent: u8,
    max_average: Option<Duration>,
}

impl fmt::Debug for Ping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ping").finish_non_exhaustive()
    }
}

impl Ping {
    async fn look(
        &self,
        cx: &CheckContext,
        limit: Duration,
        recorder: &Recorder,
    ) -> Result<EchoSeries, Failure> {
        let _slot = cx.slot(&self.net, &self.slot).await?;
        // The series ends before the look does, so that what came back is told even when the last
        // reply did not.
        let budget = limit.saturating_sub(limit / 10);
        self.net.echo(&self.host, self.plan, budget, recorder).await
    }

    fn judge(&self, series: EchoSeries) -> Observation {
        let echoes = series.echoes;
        let lost = echoes.sent.saturating_sub(echoes.received);
        let too_many =
            u32::from(lost) * 100 > u32::from(self.max_loss_percent) * u32::from(echoes.sent);
        let mut seen = if echoes.received == 0 {
            series.cause.unwrap_or_else(no_reply).into()
        } else if too_many {
            let (lost, sent) = (lost, echoes.sent);
            Observation::new(Status::Degraded, Reason::PingNoReply)
                .because(format!("{lost} of {sent} echo requests got no reply"))
        } else if self.max_average.is_some_and(|most| echoes.average() > most) {
            Observation::new(Status::Degraded, Reason::Slow).because(format!(
                "the replies took {} ms on average",
                crate::evidence::millis(echoes.average())
            ))
        } else {
            Observation::up()
        };
        if echoes.received > 0 {
            seen.total = echoes.average();
        }
        seen.echoes = Some(echoes);
        seen
    }
}

fn no_reply() -> Failure {
    Failure::down(Reason::PingNoReply, "no echo request got a reply")
}

#[async_trait]
impl Check for Ping {
    async fn run(&self, cx: &CheckContext) -> Observation {
        let start = cx.environment.monotonic();
        let recorder = Recorder::default();
        let limit = own_limit(cx.timeout);
        let look = Box::pin(self.look(cx, limit, &recorder));
        let outcome = cx.within(limit, look).await.unwrap_or_else(|_| {
            Err(match recorder.phase() {
                Phase::Connect => no_reply(),
                phase => Failure::timed_out(phase),
            })
        });
        let mut seen = match outcome {
            Ok(series) => self.judge(series),
            Err(failure) => failure.into(),
        };
        recorder.describe(&mut seen);
        // The time of a reply is what people watch; without any it is the time of the check.
        if seen.total.is_zero() {
            seen.total = cx.own_time(start);
        }
        seen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[expect(clippy::needless_pass_by_value, reason = "each case is built for it")]
    fn judged(spec: PingSpec, received_ms: &[u64]) -> Observation {
        let times: Vec<Duration> = received_ms
            .iter()
            .map(|ms| Duration::from_millis(*ms))
            .collect();
        let net = Net::new(
            Arc::new(crate::environment::SystemEnvironment::new()),
            crate::net::NetOptions::default(),
        )
        .unwrap();
        let ping = Ping {
            net: Arc::new(net),
            slot: String::new(),
            host: Host::parse("a.test").unwrap(),
            plan: EchoPlan {
                count: spec.count,
                size: spec.packet_size,
                family: spec.address_family,
            },
            max_loss_percent: spec.max_loss_percent,
            max_average: spec
                .max_average_ms
                .map(|ms| Duration::from_millis(u64::from(ms))),
        };
        ping.judge(EchoSeries {
            echoes: crate::observation::Echoes::of(u16::from(spec.count), &times),
            cause: None,
        })
    }

    #[test]
    fn loss_and_slowness_are_judged_at_their_borders() {
        let spec = |loss, average| PingSpec {
            count: 4,
            packet_size: 56,
            max_loss_percent: loss,
            max_average_ms: average,
            address_family: Family::Any,
        };
        for (loss, average, received, expected) in [
            (50, None, &[1, 2, 3, 4][..], (Status::Up, Reason::Ok)),
            (50, None, &[1, 2], (Status::Up, Reason::Ok)),
            (50, None, &[1], (Status::Degraded, Reason::PingNoReply)),
            (49, None, &[1, 2], (Status::Degraded, Reason::PingNoReply)),
            (0, None, &[1, 2, 3], (Status::Degraded, Reason::PingNoReply)),
            (100, None, &[1], (Status::Up, Reason::Ok)),
            (100, None, &[], (Status::Down, Reason::PingNoReply)),
            (0, Some(20), &[10, 20, 20, 30], (Status::Up, Reason::Ok)),
            (
                0,
                Some(20),
                &[10, 20, 20, 34],
                (Status::Degraded, Reason::Slow),
            ),
        ] {
            let seen = judged(spec(loss, average), received);
            assert_eq!(
                (seen.status, seen.reason),
                expected,
                "{loss} {average:?} {received:?}"
            );
        }
        let echoes = judged(spec(0, None), &[10, 20, 30, 40]).echoes.unwrap();
        assert_eq!(
            (echoes.min_us, echoes.average_us, echoes.max_us),
            (10_000, 25_000, 40_000)
        );
    }
}
