//! Maintenance windows.

use super::{Refusals, checks::Paged, monitors::merge, page, selection::Covered};
use crate::{
    auth::Access,
    error::{ApiError, ApiResult},
    layer::extract::{self, Id, Json, Query},
    state::AppState,
};
use axum::{
    Json as Shown,
    extract::State,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode, header};
use jiff::{Timestamp, civil};
use monitorah_core::{
    FieldError, MaintenanceId,
    maintenance::{Beginnings, Recurrence, Schedule, Weekday, Window},
    service::WindowDraft,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// One stretch of time.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Once {
    starts_at: Timestamp,
    ends_at: Timestamp,
}

/// Many stretches of time.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Recurring {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cron: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    weekdays: Option<Vec<Weekday>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    time: Option<String>,
    duration_minutes: u32,
    time_zone: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<Timestamp>,
}

/// When a maintenance window is open: once, or again and again.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(dead_code, reason = "names the fields in the specification")]
pub(crate) enum MaintenanceSchedule {
    /// One stretch of time.
    #[serde(rename_all = "camelCase")]
    Once {
        /// Its start.
        starts_at: Timestamp,
        /// Its end: at most 366 days later.
        ends_at: Timestamp,
    },
    /// Again and again: at a time of some weekdays, or as a cron expression has it.
    #[serde(rename_all = "camelCase")]
    Recurring {
        /// A cron expression of five fields, instead of `weekdays` and `time`.
        #[schema(max_length = 100)]
        cron: Option<String>,
        /// The days on which it begins.
        #[schema(min_items = 1, max_items = 7)]
        weekdays: Option<Vec<Day>>,
        /// The time of the day at which it begins.
        #[schema(pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$")]
        time: Option<String>,
        /// How long it lasts each time, by a stopwatch: minutes.
        #[schema(minimum = 1, maximum = 10_080)]
        duration_minutes: u32,
        /// The IANA name of the time zone of its times.
        #[schema(max_length = 100)]
        time_zone: String,
        /// Nothing of it lies before this.
        from: Option<Timestamp>,
        /// Nothing of it lies after this.
        until: Option<Timestamp>,
    },
}

/// A day of the week.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schema(as = Weekday)]
#[expect(dead_code, reason = "names the values in the specification")]
pub(crate) enum Day {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// A maintenance window to be made. It names `monitorIds`, `tags` or `groups`, or has
/// `allMonitors`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct CreateMaintenanceWindow {
    /// What people call it.
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// About these monitors.
    #[serde(default)]
    #[schema(max_items = 1000)]
    monitor_ids: Vec<String>,
    /// About the monitors that carry one of these tags.
    #[serde(default)]
    #[schema(max_items = 100)]
    tags: Vec<String>,
    /// About the monitors in one of these groups, or below it.
    #[serde(default)]
    #[schema(max_items = 100)]
    groups: Vec<String>,
    /// About every monitor, also those made later.
    #[serde(default)]
    #[schema(default = false)]
    all_monitors: bool,
    /// When it is open.
    #[schema(value_type = MaintenanceSchedule)]
    schedule: Value,
}

impl CreateMaintenanceWindow {
    fn draft(self) -> ApiResult<WindowDraft> {
        let mut wrong = Vec::new();
        let covers = Covered {
            monitor_ids: self.monitor_ids,
            tags: self.tags,
            groups: self.groups,
            all_monitors: self.all_monitors,
        }
        .read(&mut wrong);
        let schedule = read_schedule(self.schedule, &mut wrong);
        match schedule {
            Some(schedule) if wrong.is_empty() => Ok(WindowDraft {
                name: self.name,
                covers,
                schedule,
            }),
            _ => Err(ApiError::invalid(wrong)),
        }
    }
}

/// Reads a schedule by its type, so that what is wrong is said with its place.
fn read_schedule(mut schedule: Value, wrong: &mut Vec<FieldError>) -> Option<Schedule> {
    let kind = schedule
        .as_object_mut()
        .and_then(|schedule| schedule.remove("type"));
    match kind.as_ref().and_then(Value::as_str) {
        Some("ONCE") => {
            let Once { starts_at, ends_at } = read(schedule, wrong)?;
            Some(Schedule::Once { starts_at, ends_at })
        }
        Some("RECURRING") => {
            let recurring: Recurring = read(schedule, wrong)?;
            Some(Schedule::Recurring(Recurrence {
                beginnings: beginnings(&recurring, wrong)?,
                minutes: recurring.duration_minutes,
                time_zone: recurring.time_zone,
                from: recurring.from,
                until: recurring.until,
            }))
        }
        _ => {
            wrong.push(FieldError::new(
                "/schedule/type",
                "a schedule has the type \"ONCE\" with startsAt and endsAt, or \"RECURRING\"",
            ));
            None
        }
    }
}

fn read<T: DeserializeOwned>(value: Value, wrong: &mut Vec<FieldError>) -> Option<T> {
    match serde_path_to_error::deserialize(value) {
        Ok(value) => Some(value),
        Err(error) => {
            wrong.push(FieldError::unreadable("/schedule", error));
            None
        }
    }
}

fn beginnings(recurring: &Recurring, wrong: &mut Vec<FieldError>) -> Option<Beginnings> {
    let mut refuse = |pointer: &str, message: &str| {
        wrong.push(FieldError::new(pointer, message));
        None
    };
    match (&recurring.cron, &recurring.weekdays, &recurring.time) {
        (Some(cron), None, None) => Some(Beginnings::Cron(cron.clone())),
        (Some(_), ..) => refuse(
            "/schedule/cron",
            "give either cron, or weekdays and time, not both",
        ),
        (None, Some(days), Some(time)) => {
            let mut weekdays = days.clone();
            weekdays.sort_unstable();
            weekdays.dedup();
            match civil::Time::strptime("%H:%M", time) {
                Ok(time) => Some(Beginnings::Weekly { weekdays, time }),
                Err(_) => refuse(
                    "/schedule/time",
                    "not a time of the day: write hours and minutes, for example \"02:30\"",
                ),
            }
        }
        (None, None, None) => refuse(
            "/schedule/weekdays",
            "say when it begins: give weekdays and time, or cron",
        ),
        (None, None, _) => refuse(
            "/schedule/weekdays",
            "give the weekdays as well, for example [\"SATURDAY\", \"SUNDAY\"]",
        ),
        (None, _, None) => refuse(
            "/schedule/time",
            "give the time of the day as well, for example \"02:30\"",
        ),
    }
}

/// A schedule as it is shown, and as a merge patch applies to it.
fn show_schedule(schedule: &Schedule) -> Value {
    let (kind, fields) = match schedule {
        Schedule::Once { starts_at, ends_at } => {
            let once = Once {
                starts_at: *starts_at,
                ends_at: *ends_at,
            };
            ("ONCE", serde_json::to_value(once))
        }
        Schedule::Recurring(recurrence) => {
            let (cron, weekdays, time) = match &recurrence.beginnings {
                Beginnings::Cron(cron) => (Some(cron.clone()), None, None),
                Beginnings::Weekly { weekdays, time } => (
                    None,
                    Some(weekdays.clone()),
                    Some(time.strftime("%H:%M").to_string()),
                ),
            };
            let recurring = Recurring {
                cron,
                weekdays,
                time,
                duration_minutes: recurrence.minutes,
                time_zone: recurrence.time_zone.clone(),
                from: recurrence.from,
                until: recurrence.until,
            };
            ("RECURRING", serde_json::to_value(recurring))
        }
    };
    let mut shown = fields.unwrap_or_default();
    if let Some(shown) = shown.as_object_mut() {
        shown.insert("type".to_owned(), json!(kind));
    }
    shown
}

/// A maintenance window.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MaintenanceWindow)]
pub(crate) struct WindowBody {
    /// Its id.
    id: String,
    /// What people call it.
    name: String,
    /// About these monitors.
    monitor_ids: Vec<String>,
    /// About the monitors that carry one of these tags.
    tags: Vec<String>,
    /// About the monitors in one of these groups, or below it.
    groups: Vec<String>,
    /// About every monitor.
    all_monitors: bool,
    /// When it is open, as it was given.
    #[schema(value_type = Object)]
    schedule: Value,
    /// Whether it is open now.
    active: bool,
    /// When it opened, or opens next; absent when it is over.
    #[serde(skip_serializing_if = "Option::is_none")]
    opens_at: Option<Timestamp>,
    /// When it closes then; absent when it is over.
    #[serde(skip_serializing_if = "Option::is_none")]
    closes_at: Option<Timestamp>,
    /// When it was made.
    created_at: Timestamp,
    /// When it was last changed.
    updated_at: Timestamp,
    /// Counts its changes; the ETag is made of it.
    version: i64,
}

page::page! {
    /// A page of maintenance windows.
    MaintenanceWindowPage of WindowBody
}

impl WindowBody {
    fn of(window: Window, now: Timestamp) -> Self {
        let span = window.span(now);
        let covered = Covered::from(window.covers);
        Self {
            id: window.id.to_string(),
            name: window.name,
            monitor_ids: covered.monitor_ids,
            tags: covered.tags,
            groups: covered.groups,
            all_monitors: covered.all_monitors,
            schedule: show_schedule(&window.schedule),
            active: span.is_some_and(|span| span.from <= now),
            opens_at: span.map(|span| span.from),
            closes_at: span.map(|span| span.until),
            created_at: window.created_at,
            updated_at: window.updated_at,
            version: window.version,
        }
    }
}

fn shown(state: &AppState, status: StatusCode, window: Window) -> Response {
    let body = WindowBody::of(window, state.service.now());
    let etag = extract::etag(body.version);
    let location = format!("/api/v1/maintenance-windows/{}", body.id);
    if status == StatusCode::CREATED {
        (
            status,
            [(header::ETAG, etag), (header::LOCATION, location)],
            Shown(body),
        )
            .into_response()
    } else {
        (status, [(header::ETAG, etag)], Shown(body)).into_response()
    }
}

/// List the maintenance windows, oldest first, also those that are over.
#[utoipa::path(get, path = "/api/v1/maintenance-windows", operation_id = "list_maintenance_windows", tag = "Quiet",
    params(Paged),
    responses((status = 200, description = "A page of maintenance windows.", body = MaintenanceWindowPage), Refusals))]
pub(crate) async fn list(
    State(state): State<AppState>,
    access: Access,
    Query(query): Query<Paged>,
) -> ApiResult<Shown<MaintenanceWindowPage>> {
    let limit = page::limit(query.limit)?;
    let asked = page::asked(
        &state,
        &access.tenant,
        "maintenance",
        query.cursor.as_deref(),
        limit,
    )?;
    let mut found = state.service.windows(&access.tenant, asked).await?;
    let meta = page::cut(
        &state,
        &access.tenant,
        "maintenance",
        &mut found,
        limit,
        |window| window.id.as_bytes().to_vec(),
    );
    let now = state.service.now();
    Ok(Shown(MaintenanceWindowPage {
        data: found
            .into_iter()
            .map(|window| WindowBody::of(window, now))
            .collect(),
        meta,
    }))
}

/// Make a maintenance window: checks go on, and what they see is not told and does not count.
#[utoipa::path(post, path = "/api/v1/maintenance-windows", operation_id = "create_maintenance_window", tag = "Quiet",
    request_body = CreateMaintenanceWindow,
    responses((status = 201, description = "It was made.", body = WindowBody), Refusals))]
pub(crate) async fn create(
    State(state): State<AppState>,
    access: Access,
    body: Json<CreateMaintenanceWindow>,
) -> ApiResult<Response> {
    let caller = access.caller(&body.raw);
    let created = state
        .service
        .create_window(&caller, body.value.draft()?)
        .await?;
    Ok(shown(&state, StatusCode::CREATED, created.value))
}

/// Read a maintenance window.
#[utoipa::path(get, path = "/api/v1/maintenance-windows/{id}", operation_id = "get_maintenance_window", tag = "Quiet",
    params(("id" = String, Path, description = "The window's id.")),
    responses((status = 200, description = "The window.", body = WindowBody), Refusals))]
pub(crate) async fn get(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<MaintenanceId>,
) -> ApiResult<Response> {
    let window = state.service.window(&access.tenant, id).await?;
    Ok(shown(&state, StatusCode::OK, window))
}

/// Change a maintenance window by a JSON merge patch (RFC 7396) of what creates it.
#[utoipa::path(patch, path = "/api/v1/maintenance-windows/{id}", operation_id = "update_maintenance_window", tag = "Quiet",
    params(("id" = String, Path, description = "The window's id.")),
    request_body(content = Object, content_type = "application/json", description = "The fields to change; null gives a field its default."),
    responses((status = 200, description = "The window as it is now.", body = WindowBody), Refusals))]
pub(crate) async fn update(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<MaintenanceId>,
    headers: HeaderMap,
    body: Json<Value>,
) -> ApiResult<Response> {
    let expected = extract::if_match(&headers)?;
    let now = state.service.now();
    let before = WindowBody::of(state.service.window(&access.tenant, id).await?, now);
    let mut schedule = before.schedule;
    // Another type has other fields: what the old one had is not merged into it.
    let kind = body.value.pointer("/schedule/type");
    if kind.is_some_and(|kind| schedule.get("type") != Some(kind)) {
        schedule = json!({});
    }
    let mut document = json!({
        "name": before.name,
        "monitorIds": before.monitor_ids,
        "tags": before.tags,
        "groups": before.groups,
        "allMonitors": before.all_monitors,
        "schedule": schedule,
    });
    merge(&mut document, &body.value)?;
    let draft = extract::from_value::<CreateMaintenanceWindow>(document)?.draft()?;
    let expected = expected.or(Some(before.version));
    let caller = access.caller(&body.raw);
    let window = state
        .service
        .update_window(&caller, id, draft, expected)
        .await?;
    Ok(shown(&state, StatusCode::OK, window))
}

/// Delete a maintenance window: if it is open, it ends.
#[utoipa::path(delete, path = "/api/v1/maintenance-windows/{id}", operation_id = "delete_maintenance_window", tag = "Quiet",
    params(("id" = String, Path, description = "The window's id.")),
    responses((status = 204, description = "It is gone."), Refusals))]
pub(crate) async fn delete(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<MaintenanceId>,
    headers: HeaderMap,
) -> ApiResult<StatusCode> {
    let expected = extract::if_match(&headers)?;
    state
        .service
        .delete_window(&access.caller(&[]), id, expected)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// End an open maintenance window now. One that recurs opens again at its next occurrence.
#[utoipa::path(post, path = "/api/v1/maintenance-windows/{id}/end", operation_id = "end_maintenance_window", tag = "Quiet",
    params(("id" = String, Path, description = "The window's id.")),
    responses((status = 200, description = "The window as it is now.", body = WindowBody), Refusals))]
pub(crate) async fn end(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<MaintenanceId>,
) -> ApiResult<Response> {
    let window = state.service.end_window(&access.caller(&[]), id).await?;
    Ok(shown(&state, StatusCode::OK, window))
}
