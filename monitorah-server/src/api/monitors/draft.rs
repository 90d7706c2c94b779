//! What makes a monitor, as requests say it.

use crate::{
    api::rules::ids,
    error::{ApiError, ApiResult},
    layer::extract,
};
use monitorah_core::{
    FieldError,
    check::BUILTIN,
    monitor::{Confirmations, Policy},
    service::MonitorDraft,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::time::Duration;
use utoipa::ToSchema;

/// How many results in a row it takes to believe a change.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct ConfirmationCounts {
    /// Worse results in a row before an event opens.
    #[schema(minimum = 1, maximum = 10, default = 2)]
    pub down: u8,
    /// Better results in a row before it closes.
    #[schema(minimum = 1, maximum = 10, default = 1)]
    pub up: u8,
}

impl Default for ConfirmationCounts {
    fn default() -> Self {
        let Confirmations { down, up } = Confirmations::default();
        Self { down, up }
    }
}

/// A monitor to be made. `config` is what its type publishes.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct CreateMonitor {
    /// What people call it.
    #[serde(deserialize_with = "extract::trimmed")]
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// The check type.
    #[serde(rename = "type")]
    kind: String,
    /// What is looked at: an URL, `host:port`, or nothing for heartbeats.
    #[serde(default)]
    #[schema(max_length = 4096, default = "")]
    target: String,
    /// How it is looked at.
    #[serde(default = "empty")]
    #[schema(value_type = Object)]
    config: Value,
    /// From one check to the next: seconds.
    #[serde(default = "default_interval")]
    #[schema(minimum = 1, maximum = 2_678_400, default = 60)]
    interval_seconds: u32,
    /// The longest that a check may take: seconds. 10, or the interval if that is shorter.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 60)]
    timeout_seconds: Option<u32>,
    /// How many results in a row it takes to believe a change.
    #[serde(default)]
    confirmations: ConfirmationCounts,
    /// Labels to search by.
    #[serde(default)]
    #[schema(max_items = 32)]
    tags: Vec<String>,
    /// Its place in the tree of groups: a path of at most four levels, such as `shop/checkout`.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 203)]
    group: Option<String>,
    /// Who keeps it in step: `apply` removes only what carries its own label.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 64)]
    owner: Option<String>,
    /// The ids of the monitors that it depends on: while one of them is down, its own outages are
    /// not told.
    #[serde(default)]
    #[schema(max_items = 16)]
    depends_on: Vec<String>,
    /// Your own id of it, unique in the account.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 200)]
    pub(super) external_ref: Option<String>,
    /// Whether it rests.
    #[serde(default)]
    #[schema(default = false)]
    paused: bool,
}

fn empty() -> Value {
    json!({})
}

const fn default_interval() -> u32 {
    60
}

/// A check of another crate, in the configuration of the type `CUSTOM`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CustomConfig {
    kind: String,
    #[serde(default = "empty")]
    config: Value,
}

impl CreateMonitor {
    pub(crate) fn draft(self) -> ApiResult<MonitorDraft> {
        // A merge patch takes null out before it comes here.
        if self.config.is_null() {
            return Err(ApiError::invalid(vec![FieldError::new(
                "/config",
                "the configuration is a JSON object: write {…}, or leave it out",
            )]));
        }
        let (kind, config) = if self.kind == "CUSTOM" {
            let custom: CustomConfig = extract::from_value(self.config).map_err(|_| {
                ApiError::invalid(vec![FieldError::new(
                    "/config",
                    "a CUSTOM monitor has the config {\"kind\": …, \"config\": {…}}",
                )])
            })?;
            if BUILTIN.contains(&custom.kind.as_str()) {
                return Err(ApiError::invalid(vec![FieldError::new(
                    "/config/kind",
                    format!("this type is built in: use \"type\": \"{}\"", custom.kind),
                )]));
            }
            (custom.kind, custom.config)
        } else {
            if !BUILTIN.contains(&self.kind.as_str()) {
                let known = BUILTIN.join(", ");
                return Err(ApiError::invalid(vec![FieldError::new(
                    "/type",
                    format!("unknown check type: use one of {known}, or CUSTOM"),
                )]));
            }
            (self.kind, self.config)
        };
        let mut wrong = Vec::new();
        let depends_on = ids("dependsOn", &self.depends_on, &mut wrong);
        if !wrong.is_empty() {
            return Err(ApiError::invalid(wrong));
        }
        let interval = Duration::from_secs(u64::from(self.interval_seconds));
        let base = Policy::every(interval);
        let timeout = self.timeout_seconds.map_or(base.timeout, |seconds| {
            Duration::from_secs(u64::from(seconds))
        });
        let ConfirmationCounts { down, up } = self.confirmations;
        Ok(MonitorDraft {
            name: self.name,
            kind,
            target: self.target,
            config,
            policy: Policy {
                timeout,
                confirmations: Confirmations { down, up },
                ..base
            },
            tags: self.tags,
            group: self.group,
            owner: self.owner,
            depends_on,
            external_ref: self.external_ref,
            paused: self.paused,
        })
    }
}
