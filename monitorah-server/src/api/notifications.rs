//! The delivery log: every notification with every attempt.

use super::{
    Refusals,
    events::{optional_id, optional_word},
    page,
};
use crate::{auth::Access, error::ApiResult, layer::extract::Query, state::AppState};
use axum::{Json as Shown, extract::State};
use jiff::Timestamp;
use monitorah_core::{
    ChannelId, MonitorId,
    port::{AttemptRecord, NotificationFilter, NotificationRecord, NotificationState},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// One attempt to deliver a notification.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeliveryAttempt)]
pub(crate) struct AttemptBody {
    /// When it began.
    at: Timestamp,
    /// How long it took: milliseconds.
    duration_ms: i64,
    /// Whether the receiver took it.
    delivered: bool,
    /// The status code of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 65535)]
    status_code: Option<u16>,
    /// What went wrong; of a message that was taken, what should be known about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

impl From<AttemptRecord> for AttemptBody {
    fn from(attempt: AttemptRecord) -> Self {
        Self {
            at: attempt.at,
            duration_ms: i64::try_from(attempt.took.as_millis()).unwrap_or(i64::MAX),
            delivered: attempt.delivered,
            status_code: attempt.status_code,
            error: attempt.error,
        }
    }
}

/// A notification.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Notification)]
pub(crate) struct NotificationBody {
    /// Its id, which the receiver sees too; the same over all attempts.
    id: String,
    /// The channel.
    channel_id: String,
    /// The monitor.
    #[serde(skip_serializing_if = "Option::is_none")]
    monitor_id: Option<String>,
    /// The downtime event.
    #[serde(skip_serializing_if = "Option::is_none")]
    event_id: Option<String>,
    /// What it is about.
    #[serde(rename = "type")]
    kind: String,
    /// PENDING, DELIVERED or DEAD.
    status: String,
    /// When it was decided on.
    created_at: Timestamp,
    /// When it is tried next.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_attempt_at: Option<Timestamp>,
    /// Its attempts, oldest first; the latest 20.
    attempts: Vec<AttemptBody>,
}

page::page! {
    /// A page of the delivery log.
    NotificationPage of NotificationBody
}

impl From<NotificationRecord> for NotificationBody {
    fn from(record: NotificationRecord) -> Self {
        Self {
            id: record.id.to_string(),
            channel_id: record.channel.to_string(),
            monitor_id: record.monitor.map(|id| id.to_string()),
            event_id: record.event.map(|id| id.to_string()),
            kind: record.kind.as_str().to_owned(),
            status: record.state.as_str().to_owned(),
            created_at: record.created_at,
            next_attempt_at: record.next_attempt_at,
            attempts: record.attempts.into_iter().map(AttemptBody::from).collect(),
        }
    }
}

/// Which notifications are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListNotifications {
    /// Where the last page ended.
    #[param(max_length = 512)]
    cursor: Option<String>,
    /// How many, at most.
    #[param(minimum = 1, maximum = 100, default = 50)]
    limit: Option<u32>,
    /// Only to this channel.
    #[param(max_length = 100)]
    channel_id: Option<String>,
    /// Only about this monitor.
    #[param(max_length = 100)]
    monitor_id: Option<String>,
    /// Only PENDING, DELIVERED or DEAD ones.
    #[param(inline, value_type = Option<DeliveryState>)]
    status: Option<String>,
}

/// Where a notification stands.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(dead_code, reason = "names the values in the specification")]
pub(crate) enum DeliveryState {
    Pending,
    Delivered,
    Dead,
}

/// List the notifications with their attempts, newest first.
#[utoipa::path(get, path = "/api/v1/notifications", operation_id = "list_notifications", tag = "Notifications",
    params(ListNotifications),
    responses((status = 200, description = "A page of the delivery log.", body = NotificationPage), Refusals))]
pub(crate) async fn list(
    State(state): State<AppState>,
    access: Access,
    Query(query): Query<ListNotifications>,
) -> ApiResult<Shown<NotificationPage>> {
    let limit = page::limit(query.limit)?;
    let channel = optional_id::<ChannelId>("channelId", query.channel_id.as_deref())?;
    let monitor = optional_id::<MonitorId>("monitorId", query.monitor_id.as_deref())?;
    let words = "PENDING, DELIVERED, DEAD";
    let wanted = optional_word::<NotificationState>("status", query.status.as_deref(), words)?;
    let name = format!("notifications {channel:?} {monitor:?} {wanted:?}");
    let asked = page::asked(
        &state,
        &access.tenant,
        &name,
        query.cursor.as_deref(),
        limit,
    )?;
    let filter = NotificationFilter {
        channel,
        monitor,
        state: wanted,
    };
    let mut found = state
        .service
        .notifications(&access.tenant, &filter, asked)
        .await?;
    let meta = page::cut(&state, &access.tenant, &name, &mut found, limit, |record| {
        record.id.as_bytes().to_vec()
    });
    let data = found.into_iter().map(NotificationBody::from).collect();
    Ok(Shown(NotificationPage { data, meta }))
}
