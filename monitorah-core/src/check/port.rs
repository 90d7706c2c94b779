//! PORT: whether a TCP port accepts connections, or whether it does not.

use super::{Check, CheckContext, CheckEnv, CheckSpec};
use crate::{
    error::{ConfigError, FieldError},
    net::{Failure, Family, Host, Net, ParseHostError, Recorder},
    observation::{Observation, Reason, Status},
};
use async_trait::async_trait;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::{fmt, sync::Arc, time::Duration};

/// How a port monitor is configured. Its target is `host:port`, or a host with `port` given here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(title = "TCP port", example = serde_json::json!({ "expectOpen": true }))]
pub struct PortSpec {
    /// The TCP port, when the target does not name it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 65_535))]
    pub port: Option<u16>,
    /// Whether the port should accept connections. `false` raises the alarm when it does.
    #[serde(default = "default_true")]
    pub expect_open: bool,
    /// Which addresses of the name are used.
    #[serde(default)]
    pub address_family: Family,
}

const fn default_true() -> bool {
    true
}

impl CheckSpec for PortSpec {
    const KIND: &'static str = "PORT";
    const TARGET: &'static str = "mail.example.org:25";

    fn build(self, env: &CheckEnv) -> Result<Box<dyn Check>, ConfigError> {
        let net = env.net()?;
        let target = env.target().trim();
        let wrong = |error: ParseHostError| {
            let message = if target.contains("://") {
                "write host:port, without a scheme; use the type HTTP for an URL".to_owned()
            } else {
                error.to_string()
            };
            FieldError::new("/target", message)
        };
        let mut fields = Vec::new();
        if self.port == Some(0) {
            fields.push(FieldError::new(
                "/config/port",
                "write a port from 1 to 65535",
            ));
        }
        let parsed = Host::parse_with_port(target).map_err(|error| fields.push(wrong(error)));
        ConfigError::check(fields)?;
        let (host, in_target) = parsed.map_err(|()| ConfigError::new("/target", "invalid"))?;
        let port = match (in_target, self.port) {
            (Some(a), Some(b)) if a != b => {
                return Err(ConfigError::new(
                    "/config/port",
                    "the target names another port: give it in one place only",
                ));
            }
            (None, None) => {
                return Err(ConfigError::new(
                    "/target",
                    "the port is missing: write host:port",
                ));
            }
            (Some(port), _) | (None, Some(port)) => port,
        };
        Ok(Box::new(Port {
            net,
            slot: format!("{host}:{port}"),
            host,
            port,
            expect_open: self.expect_open,
            family: self.address_family,
        }))
    }
}

/// The running look.
struct Port {
    net: Arc<Net>,
    slot: String,
    host: Host,
    port: u16,
    expect_open: bool,
    family: Family,
}

impl fmt::Debug for Port {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Port").finish_non_exhaustive()
    }
}

impl Port {
    async fn look(
        &self,
        cx: &CheckContext,
        budget: Duration,
        recorder: &Recorder,
    ) -> Result<(), Failure> {
        let _slot = cx.slot(&self.net, &self.slot).await?;
        self.net
            .connect(&self.host, self.port, self.family, budget, recorder)
            .await
            .map(drop)
    }

    fn judge(&self, outcome: Result<(), Failure>) -> Observation {
        match (outcome, self.expect_open) {
            (Ok(()), true) => Observation::up(),
            (Ok(()), false) => Observation::down(Reason::PortOpen, "the port accepts connections"),
            (
                Err(Failure {
                    status: Status::Down,
                    reason:
                        Reason::ConnectRefused
                        | Reason::ConnectTimeout
                        | Reason::ConnectUnreachable
                        | Reason::ConnectReset,
                    ..
                }),
                false,
            ) => Observation::up(),
            (Err(failure), _) => failure.into(),
        }
    }
}

#[async_trait]
impl Check for Port {
    async fn run(&self, cx: &CheckContext) -> Observation {
        let start = cx.environment.monotonic();
        let recorder = Recorder::default();
        let limit = super::own_limit(cx.timeout);
        let outcome = cx
            .within(limit, self.look(cx, limit, &recorder))
            .await
            .unwrap_or_else(|_| Err(Failure::timed_out(recorder.phase())));
        let mut observation = self.judge(outcome);
        recorder.describe(&mut observation);
        observation.total = cx.own_time(start);
        observation
    }
}
