//! A monitor as answers show it, and what a merge patch applies to.

use super::draft::ConfirmationCounts;
use crate::{
    api::{checks::CheckResult, events::QuietBody, page},
    auth::{Access, Scope},
    error::{ApiError, ApiResult},
    state::AppState,
};
use axum::response::Response;
use http::StatusCode;
use jiff::Timestamp;
use monitorah_core::{check::BUILTIN, service::MonitorView};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

/// A monitor.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Monitor)]
pub(crate) struct MonitorBody {
    /// Its id.
    id: String,
    /// What people call it.
    name: String,
    /// The check type.
    #[serde(rename = "type")]
    kind: String,
    /// What is looked at; absent while `sealed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<String>,
    /// How it is looked at, with secrets shown as `{"secret":"set"}`; absent while `sealed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    config: Option<Value>,
    /// Whether the key of the account is not available, so that target and config cannot be read.
    sealed: bool,
    /// From one check to the next: seconds.
    interval_seconds: u64,
    /// The longest that a check may take: seconds.
    timeout_seconds: u64,
    /// How many results in a row it takes to believe a change.
    confirmations: ConfirmationCounts,
    /// Labels to search by.
    tags: Vec<String>,
    /// Its place in the tree of groups.
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<String>,
    /// Who keeps it in step.
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<String>,
    /// The ids of the monitors that it depends on.
    depends_on: Vec<String>,
    /// Your own id of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    external_ref: Option<String>,
    /// Whether it rests.
    paused: bool,
    /// PENDING, UP, DEGRADED, DOWN, UNKNOWN, PAUSED or MAINTENANCE.
    status: String,
    /// Why nobody is told of its outages now; absent when people are told.
    #[serde(skip_serializing_if = "Option::is_none")]
    quiet: Option<QuietBody>,
    /// Since when its health is what it is.
    status_since: Timestamp,
    /// Whether a result was due and none came, so that the status may be out of date.
    stale: bool,
    /// The newest result.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_check: Option<CheckResult>,
    /// The open downtime event.
    #[serde(skip_serializing_if = "Option::is_none")]
    open_event_id: Option<String>,
    /// The token of a heartbeat monitor, for keys with the scope monitors:write.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = Password)]
    heartbeat_token: Option<String>,
    /// Where the job of a heartbeat monitor calls, for keys with the scope monitors:write.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = Password)]
    heartbeat_url: Option<String>,
    /// When it was made.
    created_at: Timestamp,
    /// When it was last changed.
    updated_at: Timestamp,
    /// Counts its changes; the ETag is made of it.
    version: i64,
}

page::page! {
    /// A page of monitors.
    MonitorPage of MonitorBody
}

impl MonitorBody {
    pub(super) fn of(state: &AppState, access: &Access, view: MonitorView) -> Self {
        let MonitorView {
            monitor,
            state: found,
            status,
            quiet,
            target,
            config,
            last,
            stale,
            heartbeat_token,
        } = view;
        let policy = monitor.policy;
        let builtin = BUILTIN.contains(&monitor.kind.as_str());
        let kind = if builtin {
            monitor.kind.as_str()
        } else {
            "CUSTOM"
        };
        let config = config.map(|config| {
            if builtin {
                config
            } else {
                json!({"kind": monitor.kind.as_str(), "config": config})
            }
        });
        let heartbeat_token = heartbeat_token.filter(|_| access.scopes.allow(Scope::MonitorsWrite));
        let heartbeat_url = heartbeat_token
            .as_ref()
            .map(|token| format!("{}/api/v1/heartbeat/{token}", state.public_url));
        Self {
            id: monitor.id.to_string(),
            name: monitor.name,
            kind: kind.to_owned(),
            sealed: target.is_none(),
            target,
            config,
            interval_seconds: policy.interval.as_secs(),
            timeout_seconds: policy.timeout.as_secs(),
            confirmations: ConfirmationCounts {
                down: policy.confirmations.down,
                up: policy.confirmations.up,
            },
            tags: monitor.tags,
            group: monitor.group,
            owner: monitor.owner,
            depends_on: monitor.depends_on.iter().map(ToString::to_string).collect(),
            external_ref: monitor.external_ref,
            paused: monitor.paused,
            status: status.as_str().to_owned(),
            quiet: quiet.map(QuietBody::from),
            status_since: found.since,
            stale,
            last_check: last.map(CheckResult::of),
            open_event_id: found.open_event.map(|id| id.to_string()),
            heartbeat_token,
            heartbeat_url,
            created_at: monitor.created_at,
            updated_at: monitor.updated_at,
            version: monitor.version,
        }
    }

    /// The fields that a merge patch applies to.
    pub(super) fn patchable(&self) -> ApiResult<Value> {
        let (Some(target), Some(config)) = (&self.target, &self.config) else {
            return Err(ApiError::new(
                StatusCode::LOCKED,
                "sealed",
                "the key of this account is not available: its data cannot be read or written",
            ));
        };
        Ok(json!({
            "name": self.name,
            "type": self.kind,
            "target": target,
            "config": config,
            "intervalSeconds": self.interval_seconds,
            "timeoutSeconds": self.timeout_seconds,
            "confirmations": self.confirmations,
            "tags": self.tags,
            "group": self.group,
            "owner": self.owner,
            "dependsOn": self.depends_on,
            "externalRef": self.external_ref,
            "paused": self.paused,
        }))
    }
}

/// A monitor as an answer, with its ETag.
pub(crate) fn shown(
    state: &AppState,
    access: &Access,
    status: StatusCode,
    view: MonitorView,
) -> Response {
    let location = format!("/api/v1/monitors/{}", view.monitor.id);
    let body = MonitorBody::of(state, access, view);
    page::versioned(status, body.version, location, body)
}
