//! Monitors.

use super::{Refusals, checks::CheckResult, events::QuietBody, page, rules::ids};
use crate::{
    auth::{Access, Scope},
    error::{ApiError, ApiResult},
    layer::extract::{self, Id, Json, Query, Texts},
    state::AppState,
};
use axum::{Json as Shown, extract::State, response::Response};
use http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use monitorah_core::{
    FieldError, MonitorId,
    check::BUILTIN,
    monitor::{Confirmations, Policy, ShownStatus, group_fault},
    port::MonitorFilter,
    service::{MonitorDraft, MonitorView},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::time::Duration;
use utoipa::{IntoParams, ToSchema};

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
    external_ref: Option<String>,
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
    fn of(state: &AppState, access: &Access, view: MonitorView) -> Self {
        let MonitorView {
            monitor,
            state: found,
            status,
            quiet,
            target,
            config,
            last,
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
    fn patchable(&self) -> ApiResult<Value> {
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
pub(super) fn shown(
    state: &AppState,
    access: &Access,
    status: StatusCode,
    view: MonitorView,
) -> Response {
    let location = format!("/api/v1/monitors/{}", view.monitor.id);
    let body = MonitorBody::of(state, access, view);
    page::versioned(status, body.version, location, body)
}

/// Which monitors are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListMonitors {
    /// Where the last page ended.
    #[param(max_length = 512)]
    cursor: Option<String>,
    /// How many, at most.
    #[param(minimum = 1, maximum = 100, default = 50)]
    limit: Option<u32>,
    /// Only with this tag.
    #[param(max_length = 200)]
    tag: Option<String>,
    /// Only of this type.
    #[serde(rename = "type")]
    #[param(max_length = 100)]
    kind: Option<String>,
    /// Only in this group, or below it.
    #[param(max_length = 203)]
    group: Option<String>,
    /// Only with this owner.
    #[param(max_length = 64)]
    owner: Option<String>,
    /// Only with this text somewhere in the name, whatever its case.
    #[param(max_length = 200)]
    q: Option<String>,
    /// Only those that are shown so.
    #[param(inline, value_type = Option<MonitorStatus>)]
    status: Option<String>,
}

/// How a monitor is shown.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(dead_code, reason = "names the values in the specification")]
pub(crate) enum MonitorStatus {
    Pending,
    Up,
    Degraded,
    Down,
    Unknown,
    Paused,
    Maintenance,
}

/// Refuses a filter that cannot find anything because it is mistyped.
fn filter(state: &AppState, query: ListMonitors) -> ApiResult<MonitorFilter> {
    page::at_most("tag", query.tag.as_deref(), 200)?;
    page::at_most("owner", query.owner.as_deref(), 64)?;
    page::at_most("q", query.q.as_deref(), 200)?;
    let mut wrong = Vec::new();
    if let Some(kind) = &query.kind {
        let types = state.service.check_types();
        if kind == "CUSTOM" {
            wrong.push(FieldError::new(
                "type",
                "name the kind of the check itself, as in config.kind",
            ));
        } else if types.get(kind).is_none() {
            let known: Vec<_> = types.iter().map(|known| known.kind.as_str()).collect();
            wrong.push(FieldError::new(
                "type",
                format!("unknown check type: use one of {}", known.join(", ")),
            ));
        }
    }
    if let Some(fault) = query.group.as_deref().and_then(group_fault) {
        wrong.push(FieldError::new("group", fault));
    }
    let status = match query.status.as_deref().map(str::parse::<ShownStatus>) {
        None => None,
        Some(Ok(status)) => Some(status),
        Some(Err(())) => {
            let known = ShownStatus::ALL.map(ShownStatus::as_str).join(", ");
            wrong.push(FieldError::new("status", format!("use one of {known}")));
            None
        }
    };
    if !wrong.is_empty() {
        return Err(ApiError::invalid(wrong));
    }
    Ok(MonitorFilter {
        tag: query.tag,
        kind: query.kind,
        group: query.group,
        owner: query.owner,
        name: query.q,
        status,
    })
}

/// List the monitors, oldest first.
#[utoipa::path(get, path = "/api/v1/monitors", operation_id = "list_monitors", tag = "Monitors",
    params(ListMonitors),
    responses((status = 200, description = "A page of monitors.", body = MonitorPage), Refusals))]
pub(crate) async fn list(
    State(state): State<AppState>,
    access: Access,
    Query(query): Query<ListMonitors>,
) -> ApiResult<Shown<MonitorPage>> {
    let limit = page::limit(query.limit)?;
    let cursor = query.cursor.clone();
    let filter = filter(&state, query)?;
    let list = format!("monitors {filter:?}");
    let page = page::asked(&state, &access.tenant, &list, cursor.as_deref(), limit)?;
    let mut found = state
        .service
        .monitors(&access.tenant, &filter, page)
        .await?;
    let meta = page::cut(&state, &access.tenant, &list, &mut found, limit, |view| {
        view.monitor.id.as_bytes().to_vec()
    });
    let data = found
        .into_iter()
        .map(|view| MonitorBody::of(&state, &access, view))
        .collect();
    Ok(Shown(MonitorPage { data, meta }))
}

/// Make a monitor.
#[utoipa::path(post, path = "/api/v1/monitors", operation_id = "create_monitor", tag = "Monitors",
    request_body = CreateMonitor,
    responses((status = 201, description = "It was made.", body = MonitorBody), Refusals))]
pub(crate) async fn create(
    State(state): State<AppState>,
    access: Access,
    body: Json<CreateMonitor>,
) -> ApiResult<Response> {
    let caller = access.caller(&body.raw);
    let created = state
        .service
        .create_monitor(&caller, body.value.draft()?)
        .await?;
    Ok(shown(&state, &access, StatusCode::CREATED, created.value))
}

/// Read a monitor.
#[utoipa::path(get, path = "/api/v1/monitors/{id}", operation_id = "get_monitor", tag = "Monitors",
    params(("id" = String, Path, description = "The monitor's id.")),
    responses((status = 200, description = "The monitor.", body = MonitorBody), Refusals))]
pub(crate) async fn get(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<MonitorId>,
) -> ApiResult<Response> {
    let view = state.service.monitor(&access.tenant, id).await?;
    Ok(shown(&state, &access, StatusCode::OK, view))
}

/// Change a monitor by a JSON merge patch (RFC 7396) of what creates it.
#[utoipa::path(patch, path = "/api/v1/monitors/{id}", operation_id = "update_monitor", tag = "Monitors",
    params(("id" = String, Path, description = "The monitor's id.")),
    request_body(content = Object, content_type = "application/json", description = "The fields to change; null gives a field its default."),
    responses((status = 200, description = "The monitor as it is now.", body = MonitorBody), Refusals))]
pub(crate) async fn update(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<MonitorId>,
    headers: HeaderMap,
    body: Json<Value>,
) -> ApiResult<Response> {
    let expected = extract::if_match(&headers)?;
    let before = state.service.monitor(&access.tenant, id).await?;
    let version = before.monitor.version;
    let draft = patched(&state, &access, before, &body.value)?;
    // Without If-Match the patch still applies to the version that it was merged with.
    let expected = expected.or(Some(version));
    let caller = access.caller(&body.raw);
    let view = state
        .service
        .update_monitor(&caller, id, draft, expected)
        .await?;
    Ok(shown(&state, &access, StatusCode::OK, view))
}

/// Applies a merge patch, which is an object.
pub(crate) fn merge(document: &mut Value, patch: &Value) -> ApiResult<()> {
    if !patch.is_object() {
        return Err(ApiError::invalid(vec![FieldError::new(
            "",
            "a merge patch is a JSON object of the fields to change",
        )]));
    }
    json_patch::merge(document, patch);
    Ok(())
}

/// The draft that a creation's body stands for.
pub(super) fn draft_of(body: Value) -> ApiResult<MonitorDraft> {
    extract::from_value::<CreateMonitor>(body)?.draft()
}

/// What a monitor is to become by a merge patch.
pub(super) fn patched(
    state: &AppState,
    access: &Access,
    before: MonitorView,
    patch: &Value,
) -> ApiResult<MonitorDraft> {
    let mut document = MonitorBody::of(state, access, before).patchable()?;
    merge(&mut document, patch)?;
    draft_of(document)
}

/// Make the monitor with this external reference, or change it to this.
#[utoipa::path(put, path = "/api/v1/monitors/by-ref/{externalRef}", operation_id = "upsert_monitor", tag = "Monitors",
    params(("externalRef" = String, Path, description = "Your own id of the monitor.")),
    request_body = CreateMonitor,
    responses(
        (status = 200, description = "The monitor as it is now.", body = MonitorBody), Refusals))]
pub(crate) async fn upsert(
    State(state): State<AppState>,
    access: Access,
    Texts(reference): Texts<String>,
    headers: HeaderMap,
    body: Json<CreateMonitor>,
) -> ApiResult<Response> {
    let expected = extract::if_match(&headers)?;
    if body
        .value
        .external_ref
        .as_ref()
        .is_some_and(|other| *other != reference)
    {
        return Err(ApiError::invalid(vec![FieldError::new(
            "/externalRef",
            "the body names another externalRef than the path: leave it out",
        )]));
    }
    let caller = access.caller(&body.raw);
    let draft = body.value.draft()?;
    let done = state
        .service
        .upsert_monitor(&caller, &reference, draft, expected)
        .await?;
    Ok(shown(&state, &access, StatusCode::OK, done.value))
}

/// Delete a monitor and everything that was seen of it.
#[utoipa::path(delete, path = "/api/v1/monitors/{id}", operation_id = "delete_monitor", tag = "Monitors",
    params(("id" = String, Path, description = "The monitor's id.")),
    responses((status = 204, description = "It is gone."), Refusals))]
pub(crate) async fn delete(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<MonitorId>,
    headers: HeaderMap,
) -> ApiResult<StatusCode> {
    let expected = extract::if_match(&headers)?;
    state
        .service
        .delete_monitor(&access.caller(&[]), id, expected)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Pause a monitor: it is not checked, and its open event is closed without a message.
#[utoipa::path(post, path = "/api/v1/monitors/{id}/pause", operation_id = "pause_monitor", tag = "Monitors",
    params(("id" = String, Path, description = "The monitor's id.")),
    responses((status = 200, description = "The monitor as it is now.", body = MonitorBody), Refusals))]
pub(crate) async fn pause(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<MonitorId>,
) -> ApiResult<Response> {
    let view = state
        .service
        .set_paused(&access.caller(&[]), id, true)
        .await?;
    Ok(shown(&state, &access, StatusCode::OK, view))
}

/// Resume a monitor: it is checked at once.
#[utoipa::path(post, path = "/api/v1/monitors/{id}/resume", operation_id = "resume_monitor", tag = "Monitors",
    params(("id" = String, Path, description = "The monitor's id.")),
    responses((status = 200, description = "The monitor as it is now.", body = MonitorBody), Refusals))]
pub(crate) async fn resume(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<MonitorId>,
) -> ApiResult<Response> {
    let view = state
        .service
        .set_paused(&access.caller(&[]), id, false)
        .await?;
    Ok(shown(&state, &access, StatusCode::OK, view))
}

/// Check a monitor now and answer with what was seen.
#[utoipa::path(post, path = "/api/v1/monitors/{id}/check", operation_id = "check_monitor", tag = "Monitors",
    params(("id" = String, Path, description = "The monitor's id.")),
    responses((status = 200, description = "What was seen.", body = CheckResult), Refusals))]
pub(crate) async fn check(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<MonitorId>,
) -> ApiResult<Shown<CheckResult>> {
    let view = state.service.check_now(&access.tenant, id).await?;
    Ok(Shown(CheckResult::of(view)))
}
