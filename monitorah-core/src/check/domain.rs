//! DOMAIN: when the registration of a domain ends, as its registry says by RDAP.
//!
//! Registries are asked through our own guarded HTTP exchange, and seldom: what they answered is
//! kept for hours, whatever the interval. See decision 0010.

mod known;
mod rdap;

use known::Key;
pub(super) use known::Known;

use super::{Check, CheckContext, CheckEnv, CheckSpec, own_limit};
use crate::{
    error::{ConfigError, FieldError},
    net::{Failure, Host, Net},
    observation::{Observation, Reason, Registration, Status},
};
use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::{fmt, sync::Arc, time::Duration};
use url::Url;

/// Where the registry of registries is published (RFC 9224).
const BOOTSTRAP: &str = "https://data.iana.org/rdap/dns.json";
/// Registrations last ten years at most.
const MAX_DAYS: u16 = 3650;
/// The longest URL.
const MAX_URL: usize = 1024;

/// How a domain monitor is configured. Its target is a registered domain, such as `example.com`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(
    title = "Domain registration",
    example = serde_json::json!({ "downDays": 0 })
)]
pub struct DomainSpec {
    /// The monitor is DEGRADED when the registration ends in fewer days; 0 never.
    #[serde(default)]
    #[schemars(range(min = 0, max = 3650))]
    pub warning_days: u16,
    /// The monitor is DOWN when the registration ends in fewer days. An expired one is DOWN
    /// always.
    #[serde(default)]
    #[schemars(range(min = 0, max = 3650))]
    pub down_days: u16,
    /// The RDAP service of the registry, as a base URL; without it the bootstrap names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 1024))]
    pub rdap_url: Option<String>,
    /// The bootstrap (RFC 9224) that says which registry serves which domains.
    #[serde(default = "default_bootstrap")]
    #[schemars(length(min = 1, max = 1024))]
    pub bootstrap_url: String,
}

fn default_bootstrap() -> String {
    BOOTSTRAP.to_owned()
}

impl CheckSpec for DomainSpec {
    const KIND: &'static str = "DOMAIN";
    const TARGET: &'static str = "example.org";

    fn build(self, env: &CheckEnv) -> Result<Box<dyn Check>, ConfigError> {
        let net = env.net()?;
        let known = env.known();
        let mut wrong = Vec::new();
        let domain = domain_of(env.target())
            .map_err(|message| wrong.push(FieldError::new("/target", message)));
        for (pointer, days) in [
            ("/config/warningDays", self.warning_days),
            ("/config/downDays", self.down_days),
        ] {
            if days > MAX_DAYS {
                wrong.push(FieldError::new(pointer, "write a number from 0 to 3650"));
            }
        }
        if self.warning_days != 0 && self.warning_days < self.down_days {
            wrong.push(FieldError::new(
                "/config/warningDays",
                "the warning comes before DOWN: write at least downDays, or 0 for no warning",
            ));
        }
        let bootstrap = service("/config/bootstrapUrl", &self.bootstrap_url, &mut wrong);
        let base = self
            .rdap_url
            .as_deref()
            .map(|text| service("/config/rdapUrl", text, &mut wrong));
        ConfigError::check(wrong)?;
        let invalid = || ConfigError::new("/target", "invalid");
        Ok(Box::new(Domain {
            net,
            known,
            domain: domain.map_err(|()| invalid())?,
            bootstrap: bootstrap.ok_or_else(invalid)?,
            base: base.flatten(),
            warning_days: self.warning_days,
            down_days: self.down_days,
        }))
    }
}

/// The domain in the spelling of registries: lower case, punycode, no last dot.
fn domain_of(target: &str) -> Result<String, &'static str> {
    const HOW: &str = "write a registered domain, such as example.com";
    let target = target.trim();
    if target.contains("://") {
        return Err("write the domain alone, without a scheme, such as example.com");
    }
    match Host::parse(target) {
        Ok(Host::Name(name)) => {
            let name = name.trim_end_matches('.');
            if !name.contains('.') || name.len() > 253 {
                return Err(HOW);
            }
            Ok(name.to_owned())
        }
        _ => Err(HOW),
    }
}

fn service(pointer: &str, text: &str, wrong: &mut Vec<FieldError>) -> Option<Url> {
    let url = Url::parse(text.trim()).ok().filter(|url| {
        text.len() <= MAX_URL
            && matches!(url.scheme(), "http" | "https")
            && Host::of(url).is_ok()
            && url.port() != Some(0)
            && url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
    });
    if url.is_none() {
        wrong.push(FieldError::new(
            pointer,
            "write an https:// URL of at most 1024 characters, without credentials and query",
        ));
    }
    url
}

/// The running look.
struct Domain {
    net: Arc<Net>,
    known: Arc<Known>,
    domain: String,
    bootstrap: Url,
    base: Option<Url>,
    warning_days: u16,
    down_days: u16,
}

impl fmt::Debug for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Domain").finish_non_exhaustive()
    }
}

impl Domain {
    /// The registration, as it is known or as the registry says now.
    async fn look(&self, cx: &CheckContext, limit: Duration) -> Result<Registration, Failure> {
        let start = self.net.environment().monotonic();
        let key = match &self.base {
            Some(base) => Key::Named(base.to_string(), self.domain.clone()),
            None => Key::Published(self.bootstrap.to_string(), self.domain.clone()),
        };
        if let Some(known) = self.known.recall(&key, start) {
            return known;
        }
        // Ended here, and not by whoever waits: a registry that is silent is not asked again at
        // once either.
        let outcome = cx
            .within(limit, Box::pin(self.ask(cx, limit)))
            .await
            .unwrap_or_else(|_| Err(unasked("the registry did not answer in time")));
        let environment = self.net.environment();
        let mut bytes = [0; 2];
        environment.fill_random(&mut bytes);
        // Up to an hour.
        let spread = Duration::from_millis(u64::from(u16::from_be_bytes(bytes)) * 55);
        let (today, now) = (environment.now(), environment.monotonic());
        self.known.remember(key, outcome, today, now, spread)
    }

    async fn ask(&self, cx: &CheckContext, limit: Duration) -> Result<Registration, Failure> {
        let base = match &self.base {
            Some(base) => base.clone(),
            None => self.registry(cx, limit).await?,
        };
        rdap::registration(&self.net, cx, &base, &self.domain, limit).await
    }

    /// The registry that serves the domain, by the bootstrap.
    async fn registry(&self, cx: &CheckContext, limit: Duration) -> Result<Url, Failure> {
        let start = self.net.environment().monotonic();
        let table = match self.known.bootstrap(&self.bootstrap, start) {
            Some(table) => table,
            None => {
                let table = rdap::bootstrap(&self.net, cx, &self.bootstrap, limit).await?;
                self.known.remember_bootstrap(&self.bootstrap, table, start)
            }
        };
        table.serving(&self.domain).ok_or_else(|| {
            unasked("no registry for this domain is published: name its RDAP service in rdapUrl")
        })
    }

    fn judge(&self, registration: Registration, now: Timestamp) -> Observation {
        let left = registration.expires_at.duration_since(now);
        let within = |days: u16| left < SignedDuration::from_hours(24 * i64::from(days));
        let days = left.as_hours().checked_div(24).unwrap_or_default();
        let expiring = || match days {
            0 => "the registration ends within a day".to_owned(),
            1 => "the registration ends in 1 day".to_owned(),
            days => format!("the registration ends in {days} days"),
        };
        let mut seen = if left.is_negative() || left.is_zero() {
            Observation::down(Reason::DomainExpired, "the registration has expired")
        } else if within(self.down_days) {
            Observation::down(Reason::DomainExpiring, expiring())
        } else if within(self.warning_days) {
            Observation::new(Status::Degraded, Reason::DomainExpiring).because(expiring())
        } else {
            Observation::up()
        };
        seen.registration = Some(registration);
        seen
    }
}

/// Nothing is known of the domain, and it is not to blame.
fn unasked(detail: impl Into<String>) -> Failure {
    Failure::unknown(Reason::RegistryFailure, detail)
}

#[async_trait]
impl Check for Domain {
    async fn run(&self, cx: &CheckContext) -> Observation {
        let start = cx.environment.monotonic();
        let limit = own_limit(cx.timeout);
        let mut seen = match self.look(cx, limit).await {
            Ok(registration) => self.judge(registration, cx.environment.now()),
            Err(failure) => failure.into(),
        };
        seen.total = cx.own_time(start);
        seen
    }
}
