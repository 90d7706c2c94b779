//! TLS: whether a server shows a certificate that is trusted, for its name, and good for a while.

mod starttls;

use super::{Check, CheckContext, CheckEnv, CheckSpec, http::ClientCertificate, own_limit};
use crate::{
    error::{ConfigError, FieldError},
    net::{Alpn, Failure, Family, Host, MAX_PEM, Net, Recorder, TlsOptions, TlsPolicy, TlsVersion},
    observation::{Observation, Reason, Status},
};
use async_trait::async_trait;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::{fmt, sync::Arc, time::Duration};

/// The port when the target names none and no protocol says otherwise.
const HTTPS: u16 = 443;
/// The longest validity of a public certificate: nothing longer can be asked for.
const MAX_DAYS: u16 = 825;

/// The oldest protocol version that is well.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum MinProtocol {
    /// TLS 1.2 (RFC 5246) or newer.
    #[default]
    #[serde(rename = "TLS_1_2")]
    Tls12,
    /// TLS 1.3 (RFC 8446).
    #[serde(rename = "TLS_1_3")]
    Tls13,
}

/// What is spoken before TLS begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum StartTls {
    /// Mail submission (RFC 3207); port 587 unless the target names one.
    Smtp,
    /// IMAP (RFC 9051); port 143 unless the target names one.
    Imap,
    /// POP3 (RFC 2595); port 110 unless the target names one.
    Pop3,
    /// PostgreSQL; port 5432 unless the target names one.
    Postgres,
}

impl StartTls {
    const fn port(self) -> u16 {
        match self {
            Self::Smtp => 587,
            Self::Imap => 143,
            Self::Pop3 => 110,
            Self::Postgres => 5432,
        }
    }
}

/// How a TLS monitor is configured. Its target is `host` or `host:port`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(
    title = "TLS",
    example = serde_json::json!({ "warningDays": 14 })
)]
pub struct TlsSpec {
    /// The name that the server is asked for and that its certificate must be for, when it is not
    /// the target's host.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 255))]
    pub server_name: Option<String>,
    /// What is spoken before TLS begins; without it TLS begins at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_tls: Option<StartTls>,
    /// Certificates in PEM form that are trusted besides the public ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 65_536))]
    pub ca_pem: Option<String>,
    /// Trust every certificate: only its expiry and the protocol are judged.
    #[serde(default)]
    pub skip_tls_verification: bool,
    /// A certificate to show when the server asks for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_certificate: Option<ClientCertificate>,
    /// The monitor is DEGRADED when a certificate of the chain expires in fewer days; 0 never.
    #[serde(default = "default_warning")]
    #[schemars(range(min = 0, max = 825))]
    pub warning_days: u16,
    /// The monitor is DOWN when a certificate of the chain expires in fewer days. An expired one
    /// is DOWN always.
    #[serde(default)]
    #[schemars(range(min = 0, max = 825))]
    pub down_days: u16,
    /// The oldest protocol version that is well.
    #[serde(default)]
    pub min_protocol: MinProtocol,
    /// Which addresses of the name are used.
    #[serde(default)]
    pub address_family: Family,
}

const fn default_warning() -> u16 {
    14
}

impl CheckSpec for TlsSpec {
    const KIND: &'static str = "TLS";
    const TARGET: &'static str = "www.example.org:443";
    const SECRETS: &'static [&'static str] = &["/clientCertificate/privateKeyPem"];
    const DESTINATION: &'static [&'static str] = &["/serverName", "/skipTlsVerification", "/caPem"];

    fn build(self, env: &CheckEnv) -> Result<Box<dyn Check>, ConfigError> {
        let net = env.net()?;
        let mut wrong = Vec::new();
        let target =
            target(env.target()).map_err(|message| wrong.push(FieldError::new("/target", message)));
        let name = match &self.server_name {
            None => Ok(None),
            Some(text) => Host::parse(text).map(Some).map_err(|error| {
                wrong.push(FieldError::new("/config/serverName", error.to_string()));
            }),
        };
        self.bounds(&mut wrong);
        let policy = net
            .tls_policy(&TlsOptions {
                extra_roots_pem: self.ca_pem.as_deref(),
                skip_verification: self.skip_tls_verification,
                client_certificate: self.client_certificate.as_ref().map(|shown| {
                    (
                        shown.certificate_pem.as_str(),
                        shown.private_key_pem.expose(),
                    )
                }),
            })
            .map_err(|error| wrong.extend(error.fields));
        ConfigError::check(wrong)?;
        let invalid = |()| ConfigError::new("/target", "invalid");
        let (host, port) = target.map_err(invalid)?;
        let port = port.unwrap_or_else(|| self.start_tls.map_or(HTTPS, StartTls::port));
        Ok(Box::new(Tls {
            net,
            slot: format!("{host}:{port}"),
            name: name.map_err(invalid)?.unwrap_or_else(|| host.clone()),
            host,
            port,
            policy: policy.map_err(invalid)?,
            start_tls: self.start_tls,
            warning_days: self.warning_days,
            down_days: self.down_days,
            min_protocol: self.min_protocol,
            family: self.address_family,
        }))
    }
}

impl TlsSpec {
    fn bounds(&self, wrong: &mut Vec<FieldError>) {
        let mut refuse =
            |pointer: &str, message: &str| wrong.push(FieldError::new(pointer, message));
        for (pointer, days) in [
            ("/config/warningDays", self.warning_days),
            ("/config/downDays", self.down_days),
        ] {
            if days > MAX_DAYS {
                refuse(pointer, "write a number from 0 to 825");
            }
        }
        if self.warning_days != 0 && self.warning_days < self.down_days {
            refuse(
                "/config/warningDays",
                "the warning comes before DOWN: write at least downDays, or 0 for no warning",
            );
        }
        let key = self.client_certificate.as_ref();
        if key.is_some_and(|shown| shown.private_key_pem.expose().len() > MAX_PEM) {
            refuse(
                "/config/clientCertificate/privateKeyPem",
                "at most 65536 characters",
            );
        }
        if self.skip_tls_verification && self.ca_pem.is_some() {
            refuse(
                "/config/skipTlsVerification",
                "with skipTlsVerification caPem does nothing: keep one",
            );
        }
    }
}

fn target(text: &str) -> Result<(Host, Option<u16>), String> {
    if text.contains("://") {
        return Err(
            "write host or host:port, without a scheme; use the type HTTP for an URL".to_owned(),
        );
    }
    Host::parse_with_port(text).map_err(|error| error.to_string())
}

/// The running look.
struct Tls {
    net: Arc<Net>,
    slot: String,
    host: Host,
    port: u16,
    /// Whom the certificate must be for.
    name: Host,
    policy: TlsPolicy,
    start_tls: Option<StartTls>,
    warning_days: u16,
    down_days: u16,
    min_protocol: MinProtocol,
    family: Family,
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tls").finish_non_exhaustive()
    }
}

impl Tls {
    async fn look(
        &self,
        cx: &CheckContext,
        budget: Duration,
        recorder: &Recorder,
    ) -> Result<TlsVersion, Failure> {
        let _slot = cx.slot(&self.net, &self.slot).await?;
        let mut stream = self
            .net
            .connect(&self.host, self.port, self.family, budget, recorder)
            .await?;
        if let Some(protocol) = self.start_tls {
            recorder.enter(crate::net::Phase::Tls);
            starttls::ask(&mut stream, protocol).await?;
        }
        let session = self
            .net
            .handshake(stream, &self.name, &self.policy, Alpn::Nothing, recorder)
            .await?;
        Ok(TlsVersion::of(&session))
    }

    /// What a session means that came about.
    fn judge(&self, seen: &mut Observation, version: TlsVersion, now: Timestamp) {
        if self.min_protocol == MinProtocol::Tls13 && version != TlsVersion::Tls13 {
            seen.status = Status::Down;
            seen.reason = Reason::TlsOldProtocol;
            seen.detail = Some("the server speaks TLS 1.2, and not TLS 1.3".to_owned());
            return;
        }
        let Some(certificate) = &seen.certificate else {
            seen.status = Status::Down;
            seen.reason = Reason::TlsHandshake;
            seen.detail = Some("the server showed no certificate that can be read".to_owned());
            return;
        };
        let left = certificate.not_after.duration_since(now);
        let within = |days: u16| left < jiff::SignedDuration::from_hours(24 * i64::from(days));
        let days = left.as_hours().checked_div(24).unwrap_or_default();
        let (status, reason, detail) = if left.is_negative() || left.is_zero() {
            // Only where nothing is verified: else the handshake has said so.
            let detail = "a certificate has expired".to_owned();
            (Status::Down, Reason::TlsExpired, detail)
        } else if certificate.not_before > now {
            let detail = "a certificate is not valid yet".to_owned();
            (Status::Down, Reason::TlsExpired, detail)
        } else if within(self.down_days) {
            (Status::Down, Reason::TlsExpiring, expiring(days))
        } else if within(self.warning_days) {
            (Status::Degraded, Reason::TlsExpiring, expiring(days))
        } else {
            return;
        };
        seen.status = status;
        seen.reason = reason;
        seen.detail = Some(detail);
    }
}

fn expiring(days: i64) -> String {
    match days {
        0 => "a certificate expires within a day".to_owned(),
        1 => "a certificate expires in 1 day".to_owned(),
        days => format!("a certificate expires in {days} days"),
    }
}

#[async_trait]
impl Check for Tls {
    async fn run(&self, cx: &CheckContext) -> Observation {
        let start = cx.environment.monotonic();
        let recorder = Recorder::default();
        let limit = own_limit(cx.timeout);
        let look = Box::pin(self.look(cx, limit, &recorder));
        let outcome = cx
            .within(limit, look)
            .await
            .unwrap_or_else(|_| Err(Failure::timed_out(recorder.phase())));
        let (mut seen, version) = match outcome {
            Ok(version) => (Observation::up(), Some(version)),
            Err(failure) => (failure.into(), None),
        };
        recorder.describe(&mut seen);
        if let Some(version) = version {
            self.judge(&mut seen, version, cx.environment.now());
        }
        seen.total = cx.own_time(start);
        seen
    }
}
