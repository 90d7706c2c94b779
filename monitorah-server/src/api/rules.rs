//! Notification rules.

use super::{Refusals, channels::yes, checks::Paged, monitors::merge, page};
use crate::{
    auth::Access,
    error::{ApiError, ApiResult},
    layer::extract::{self, Id, Json, Query},
    state::AppState,
};
use axum::{Json as Shown, extract::State, response::Response};
use http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use monitorah_core::{
    FieldError, RuleId,
    alert::{AlertKind, Rule, RuleScope},
    service::RuleDraft,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::{str::FromStr, time::Duration};
use utoipa::ToSchema;

/// A rule to be made. It names `monitorIds`, or has `allMonitors`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct CreateRule {
    /// What people call it.
    #[serde(deserialize_with = "extract::trimmed")]
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// Who is told.
    #[schema(min_items = 1, max_items = 1000)]
    channel_ids: Vec<String>,
    /// About which monitors.
    #[serde(default)]
    #[schema(max_items = 1000)]
    monitor_ids: Vec<String>,
    /// About every monitor, also those made later.
    #[serde(default)]
    #[schema(default = false)]
    all_monitors: bool,
    /// About what; empty is everything.
    #[serde(default)]
    events: Vec<String>,
    /// How often people are reminded of an open event that nobody took on: seconds.
    #[serde(default)]
    #[schema(minimum = 60, maximum = 2_678_400)]
    remind_every_seconds: Option<u32>,
    /// Whether it is in force.
    #[serde(default = "yes")]
    #[schema(default = true)]
    enabled: bool,
}

/// Reads the ids of a list; what is none is said with its place.
pub(crate) fn ids<T: FromStr<Err: std::fmt::Display>>(
    name: &str,
    texts: &[String],
    wrong: &mut Vec<FieldError>,
) -> Vec<T> {
    let mut ids = Vec::with_capacity(texts.len());
    for (index, text) in texts.iter().enumerate() {
        match text.parse() {
            Ok(id) => ids.push(id),
            Err(error) => {
                let error: T::Err = error;
                wrong.push(FieldError::new(
                    format!("/{name}/{index}"),
                    error.to_string(),
                ));
            }
        }
    }
    ids
}

impl CreateRule {
    fn draft(self) -> ApiResult<RuleDraft> {
        let mut wrong = Vec::new();
        let channels = ids("channelIds", &self.channel_ids, &mut wrong);
        let monitors = ids("monitorIds", &self.monitor_ids, &mut wrong);
        if self.all_monitors && !self.monitor_ids.is_empty() {
            wrong.push(FieldError::new(
                "/monitorIds",
                "a rule for all monitors names none: leave monitorIds out",
            ));
        }
        let mut kinds = Vec::new();
        for (index, text) in self.events.iter().enumerate() {
            match text.parse::<AlertKind>() {
                Ok(kind) => kinds.push(kind),
                Err(()) => {
                    let known = AlertKind::ALL.map(AlertKind::as_str).join(", ");
                    wrong.push(FieldError::new(
                        format!("/events/{index}"),
                        format!("unknown event: use some of {known}"),
                    ));
                }
            }
        }
        if !wrong.is_empty() {
            return Err(ApiError::invalid(wrong));
        }
        Ok(RuleDraft {
            name: self.name,
            channels,
            scope: if self.all_monitors {
                RuleScope::AllMonitors
            } else {
                RuleScope::Monitors(monitors)
            },
            kinds,
            remind_every: self
                .remind_every_seconds
                .map(|seconds| Duration::from_secs(u64::from(seconds))),
            enabled: self.enabled,
        })
    }
}

/// A notification rule.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Rule)]
pub(crate) struct RuleBody {
    /// Its id.
    id: String,
    /// What people call it.
    name: String,
    /// Who is told.
    channel_ids: Vec<String>,
    /// About which monitors.
    monitor_ids: Vec<String>,
    /// About every monitor.
    all_monitors: bool,
    /// About what; empty is everything.
    events: Vec<String>,
    /// How often people are reminded: seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 60, maximum = 2_678_400)]
    remind_every_seconds: Option<u64>,
    /// Whether it is in force.
    enabled: bool,
    /// When it was made.
    created_at: Timestamp,
    /// Counts its changes; the ETag is made of it.
    version: i64,
}

page::page! {
    /// A page of notification rules.
    RulePage of RuleBody
}

impl From<Rule> for RuleBody {
    fn from(rule: Rule) -> Self {
        let (monitor_ids, all_monitors) = match rule.scope {
            RuleScope::AllMonitors => (Vec::new(), true),
            RuleScope::Monitors(ids) => (ids.iter().map(ToString::to_string).collect(), false),
        };
        Self {
            id: rule.id.to_string(),
            name: rule.name,
            channel_ids: rule.channels.iter().map(ToString::to_string).collect(),
            monitor_ids,
            all_monitors,
            events: rule
                .kinds
                .iter()
                .map(|kind| kind.as_str().to_owned())
                .collect(),
            remind_every_seconds: rule.remind_every.map(|every| every.as_secs()),
            enabled: rule.enabled,
            created_at: rule.created_at,
            version: rule.version,
        }
    }
}

fn shown(status: StatusCode, body: RuleBody) -> Response {
    let location = format!("/api/v1/notification-rules/{}", body.id);
    page::versioned(status, body.version, location, body)
}

/// List the rules, oldest first.
#[utoipa::path(get, path = "/api/v1/notification-rules", operation_id = "list_rules", tag = "Notifications",
    params(Paged),
    responses((status = 200, description = "A page of rules.", body = RulePage), Refusals))]
pub(crate) async fn list(
    State(state): State<AppState>,
    access: Access,
    Query(query): Query<Paged>,
) -> ApiResult<Shown<RulePage>> {
    let (data, meta) = page::list(
        &state,
        &access,
        "rules",
        &query,
        async |page| state.service.rules(&access.tenant, page).await,
        |rule| *rule.id.as_bytes(),
        RuleBody::from,
    )
    .await?;
    Ok(Shown(RulePage { data, meta }))
}

/// Make a rule.
#[utoipa::path(post, path = "/api/v1/notification-rules", operation_id = "create_rule", tag = "Notifications",
    request_body = CreateRule,
    responses((status = 201, description = "It was made.", body = RuleBody), Refusals))]
pub(crate) async fn create(
    State(state): State<AppState>,
    access: Access,
    body: Json<CreateRule>,
) -> ApiResult<Response> {
    let caller = access.caller(&body.raw);
    let created = state
        .service
        .create_rule(&caller, body.value.draft()?)
        .await?;
    Ok(shown(StatusCode::CREATED, created.value.into()))
}

/// Read a rule.
#[utoipa::path(get, path = "/api/v1/notification-rules/{id}", operation_id = "get_rule", tag = "Notifications",
    params(("id" = String, Path, description = "The rule's id.")),
    responses((status = 200, description = "The rule.", body = RuleBody), Refusals))]
pub(crate) async fn get(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<RuleId>,
) -> ApiResult<Response> {
    Ok(shown(
        StatusCode::OK,
        state.service.rule(&access.tenant, id).await?.into(),
    ))
}

/// Change a rule by a JSON merge patch (RFC 7396) of what creates it.
#[utoipa::path(patch, path = "/api/v1/notification-rules/{id}", operation_id = "update_rule", tag = "Notifications",
    params(("id" = String, Path, description = "The rule's id.")),
    request_body(content = Object, content_type = "application/json", description = "The fields to change; null gives a field its default."),
    responses((status = 200, description = "The rule as it is now.", body = RuleBody), Refusals))]
pub(crate) async fn update(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<RuleId>,
    headers: HeaderMap,
    body: Json<Value>,
) -> ApiResult<Response> {
    let expected = extract::if_match(&headers)?;
    let before = RuleBody::from(state.service.rule(&access.tenant, id).await?);
    let mut document = json!({
        "name": before.name,
        "channelIds": before.channel_ids,
        "monitorIds": before.monitor_ids,
        "allMonitors": before.all_monitors,
        "events": before.events,
        "remindEverySeconds": before.remind_every_seconds,
        "enabled": before.enabled,
    });
    merge(&mut document, &body.value)?;
    let draft = extract::from_value::<CreateRule>(document)?.draft()?;
    let expected = expected.or(Some(before.version));
    let caller = access.caller(&body.raw);
    let rule = state
        .service
        .update_rule(&caller, id, draft, expected)
        .await?;
    Ok(shown(StatusCode::OK, rule.into()))
}

/// Delete a rule.
#[utoipa::path(delete, path = "/api/v1/notification-rules/{id}", operation_id = "delete_rule", tag = "Notifications",
    params(("id" = String, Path, description = "The rule's id.")),
    responses((status = 204, description = "It is gone."), Refusals))]
pub(crate) async fn delete(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<RuleId>,
    headers: HeaderMap,
) -> ApiResult<StatusCode> {
    let expected = extract::if_match(&headers)?;
    state
        .service
        .delete_rule(&access.caller(&[]), id, expected)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
