//! Many monitors at once: each item is what a single request would be, and is answered as such.

use super::{Refusals, monitors};
use crate::{
    auth::Access,
    error::{ApiError, ApiResult, ErrorBody},
    layer::extract,
    state::AppState,
};
use axum::{
    Json as Shown,
    extract::{Request, State},
};
use http::StatusCode;
use monitorah_core::{FieldError, MonitorId, environment::timeout, service::Caller};
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{Error as _, SeqAccess, Visitor},
};
use serde_json::{Value, value::RawValue};
use std::{fmt, marker::PhantomData, time::Duration};
use tokio::sync::Semaphore;
use utoipa::ToSchema;

/// The most items of one request.
const MAX_ITEMS: usize = 10_000;
/// What is said of fewer items than one, and of more than there may be.
const HOW_MANY: &str = "a request has 1 to 10000 items: split it";
/// The largest body: 800 bytes for each of the most items.
pub(crate) const MAX_BODY: usize = 8 * 1024 * 1024;
/// How many such requests are worked on at once.
const AT_ONCE: usize = 2;
/// How many are read at once: each holds as much of its body as has come.
const READ_AT_ONCE: usize = 8;
/// How long the body may take to come.
const READ_LIMIT: Duration = Duration::from_secs(30);
/// How long one request is read and worked on; what is not reached by then says so.
const LIMIT: Duration = Duration::from_secs(60);
/// When another try is likely to find a place.
const AGAIN: Duration = Duration::from_secs(5);

/// The places for such requests. One who sends slowly holds none of those for the work.
#[derive(Debug)]
pub(crate) struct Places {
    reading: Semaphore,
    working: Semaphore,
}

impl Default for Places {
    fn default() -> Self {
        Self {
            reading: Semaphore::new(READ_AT_ONCE),
            working: Semaphore::new(AT_ONCE),
        }
    }
}

fn taken() -> ApiError {
    ApiError::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "bulk_busy",
        "other bulk requests are being worked on: wait as long as Retry-After says",
    )
    .after(AGAIN)
}

/// What is done to a monitor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum BulkAction {
    /// Make it: `monitor` is what a creation takes.
    Create,
    /// Make it, or change it to this: `monitor` is what a creation takes, with `externalRef`.
    Upsert,
    /// Change it: `monitor` is a merge patch.
    Update,
    /// Delete it and everything that was seen of it.
    Delete,
    /// Pause it.
    Pause,
    /// Resume it.
    Resume,
}

/// One thing to do. What is not made is named by `id` or by `externalRef`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct BulkItem {
    /// What to do.
    action: BulkAction,
    /// The monitor's id.
    #[serde(default)]
    id: Option<String>,
    /// Your own id of the monitor.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 200)]
    external_ref: Option<String>,
    /// The monitor, or its patch.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    monitor: Option<Value>,
}

/// Things to do, one after the other.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct BulkMonitors {
    /// The things; each is done or refused by itself.
    #[schema(min_items = 1, max_items = 10_000, value_type = Vec<BulkItem>)]
    items: Items<Box<RawValue>>,
}

/// The items of one request. One more than there may be ends the reading: the rest of the body is
/// not looked at.
#[derive(Debug)]
struct Items<T>(Vec<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Items<T> {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        struct Collect<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Collect<T> {
            type Value = Items<T>;

            fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
                to.write_str("a sequence")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut source: A) -> Result<Items<T>, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = source.next_element()? {
                    if items.len() == MAX_ITEMS {
                        return Err(A::Error::custom(HOW_MANY));
                    }
                    items.push(item);
                }
                if items.is_empty() {
                    return Err(A::Error::custom(HOW_MANY));
                }
                Ok(Items(items))
            }
        }

        source.deserialize_seq(Collect(PhantomData))
    }
}

/// How one thing went.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BulkOutcome {
    /// Its place in the request, from 0.
    index: usize,
    /// The status that a single request would have been answered with.
    #[schema(minimum = 100, maximum = 599)]
    status: u16,
    /// The monitor.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    /// Why it was refused; pointers are into the body of this request.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ErrorBody>,
}

/// How all of it went.
#[derive(Debug, Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BulkCounts {
    /// Things that were done.
    succeeded: usize,
    /// Things that were refused, or failed.
    failed: usize,
    /// Things that were not begun within the time of a request. Send the same request again with
    /// the same idempotency key: what was done is not done again.
    not_reached: usize,
}

/// How each thing went.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BulkResult {
    /// One outcome for each item, in their order.
    data: Vec<BulkOutcome>,
    /// Their sums.
    meta: BulkCounts,
}

/// Do up to 10,000 things to monitors, each by itself.
///
/// An item is checked as the single request would be and answered with its status; the request
/// itself is refused only when its body cannot be read. The body has at most 8 MiB. With an
/// `Idempotency-Key` each item is done once, however often the request is sent.
#[utoipa::path(post, path = "/api/v1/monitors/bulk", operation_id = "bulk_monitors", tag = "Monitors",
    request_body = BulkMonitors,
    responses((status = 200, description = "How each went.", body = BulkResult), Refusals))]
pub(crate) async fn run(
    State(state): State<AppState>,
    access: Access,
    request: Request,
) -> ApiResult<Shown<BulkResult>> {
    let started = state.environment.monotonic();
    let items = read(&state, request).await?;
    let Ok(_place) = state.bulks.working.try_acquire() else {
        return Err(taken());
    };
    let mut result = BulkResult {
        data: Vec::with_capacity(items.len()),
        meta: BulkCounts::default(),
    };
    for (index, item) in items.into_iter().enumerate() {
        let spent = state.environment.monotonic().saturating_sub(started);
        if spent > LIMIT {
            result.meta.not_reached += 1;
            result.data.push(refused(index, not_reached()));
            continue;
        }
        match one(&state, &access, index, &item).await {
            Ok((status, id)) => {
                result.meta.succeeded += 1;
                result.data.push(BulkOutcome {
                    index,
                    status: status.as_u16(),
                    id: Some(id.to_string()),
                    error: None,
                });
            }
            Err(error) => {
                result.meta.failed += 1;
                result.data.push(refused(index, error));
            }
        }
    }
    Ok(Shown(result))
}

/// The items, when all of them have come. Nothing is worked on before.
async fn read(state: &AppState, request: Request) -> ApiResult<Vec<Box<RawValue>>> {
    let Ok(_place) = state.bulks.reading.try_acquire() else {
        return Err(taken());
    };
    let body = extract::json_bytes(request, MAX_BODY);
    let body = timeout(&*state.environment, READ_LIMIT, body)
        .await
        .map_err(|_| {
            let seconds = READ_LIMIT.as_secs();
            ApiError::malformed(format!(
                "the body did not come within {seconds} seconds: send fewer items at a time"
            ))
        })??;
    Ok(extract::parse_lean::<BulkMonitors>(&body)?.items.0)
}

fn not_reached() -> ApiError {
    ApiError::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "not_reached",
        "the time of the request was over: send it again with the same idempotency key",
    )
}

fn refused(index: usize, error: ApiError) -> BulkOutcome {
    let (status, error) = error.into_parts();
    BulkOutcome {
        index,
        status: status.as_u16(),
        id: None,
        error: Some(error),
    }
}

async fn one(
    state: &AppState,
    access: &Access,
    index: usize,
    item: &RawValue,
) -> ApiResult<(StatusCode, MonitorId)> {
    let place = format!("/items/{index}");
    // As large as the single request may be, so that no item is much more in memory.
    if item.get().len() > extract::MAX_BODY {
        return Err(ApiError::too_large(extract::MAX_BODY));
    }
    let item = extract::value(item.get().as_bytes())?;
    let caller = access.caller_of_item(index, &item);
    let item: BulkItem = extract::from_value(item).map_err(|error| error.under(&place))?;
    let body = format!("{place}/monitor");
    match item.action {
        BulkAction::Create => {
            let draft = monitors::draft_of(wanted(&item, &place)?.clone())
                .map_err(|error| error.under(&body))?;
            if item.id.is_some() || item.external_ref.is_some() {
                return Err(invalid(
                    &place,
                    "a monitor that is made is not named: put externalRef into `monitor`",
                ));
            }
            let made = state
                .service
                .create_monitor(&caller, draft)
                .await
                .map_err(|error| ApiError::from(error).under(&body))?;
            Ok((StatusCode::CREATED, made.value.monitor.id))
        }
        BulkAction::Upsert => upsert(state, &caller, &item, &place).await,
        BulkAction::Update => {
            let id = named(state, access, &item, &place).await?;
            let patch = wanted(&item, &place)?;
            let before = state.service.monitor(&access.tenant, id).await?;
            let version = before.monitor.version;
            let draft = monitors::patched(state, access, before, patch)
                .map_err(|error| error.under(&body))?;
            state
                .service
                .update_monitor(&caller, id, draft, Some(version))
                .await
                .map_err(|error| ApiError::from(error).under(&body))?;
            Ok((StatusCode::OK, id))
        }
        BulkAction::Delete => {
            let id = match named(state, access, &item, &place).await {
                Ok(id) => id,
                // By its reference it is not found any more when this is a repetition.
                Err(error) => return deleted_before(state, &caller, error).await,
            };
            state.service.delete_monitor(&caller, id, None).await?;
            Ok((StatusCode::NO_CONTENT, id))
        }
        BulkAction::Pause | BulkAction::Resume => {
            let id = named(state, access, &item, &place).await?;
            let paused = item.action == BulkAction::Pause;
            state.service.set_paused(&caller, id, paused).await?;
            Ok((StatusCode::OK, id))
        }
    }
}

async fn upsert(
    state: &AppState,
    caller: &Caller,
    item: &BulkItem,
    place: &str,
) -> ApiResult<(StatusCode, MonitorId)> {
    let body = format!("{place}/monitor");
    let draft =
        monitors::draft_of(wanted(item, place)?.clone()).map_err(|error| error.under(&body))?;
    let reference = match (&item.external_ref, &draft.external_ref) {
        (Some(outside), Some(inside)) if outside != inside => {
            return Err(invalid(
                &format!("{place}/externalRef"),
                "the monitor names another externalRef: leave one of them out",
            ));
        }
        (Some(reference), _) | (None, Some(reference)) => reference.clone(),
        (None, None) => {
            return Err(invalid(
                &format!("{place}/externalRef"),
                "name the monitor by its externalRef",
            ));
        }
    };
    let done = state
        .service
        .upsert_monitor(caller, &reference, draft, None)
        .await
        .map_err(|error| ApiError::from(error).under(&body))?;
    let status = if done.replayed {
        StatusCode::OK
    } else {
        StatusCode::CREATED
    };
    Ok((status, done.value.monitor.id))
}

async fn deleted_before(
    state: &AppState,
    caller: &Caller,
    error: ApiError,
) -> ApiResult<(StatusCode, MonitorId)> {
    match state.service.deleted_by(caller).await? {
        Some(id) => Ok((StatusCode::NO_CONTENT, id)),
        None => Err(error),
    }
}

fn invalid(pointer: &str, message: &str) -> ApiError {
    ApiError::invalid(vec![FieldError::new(pointer, message)])
}

fn wanted<'a>(item: &'a BulkItem, place: &str) -> ApiResult<&'a Value> {
    item.monitor
        .as_ref()
        .ok_or_else(|| invalid(&format!("{place}/monitor"), "say what the monitor is like"))
}

/// The monitor that an item names.
async fn named(
    state: &AppState,
    access: &Access,
    item: &BulkItem,
    place: &str,
) -> ApiResult<MonitorId> {
    match (&item.id, &item.external_ref) {
        (Some(id), None) => id
            .parse()
            .map_err(|_| ApiError::not_found("monitor with this id")),
        (None, Some(reference)) => Ok(state
            .service
            .monitor_named(&access.tenant, reference)
            .await?),
        (Some(_), Some(_)) | (None, None) => Err(invalid(
            place,
            "name the monitor by its id or by its externalRef, one of them",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::de::value::{Error, SeqDeserializer};

    #[test]
    fn one_item_too_many_is_the_last_that_is_read() {
        for (there, read, taken) in [
            (0, 0, None),
            (1, 1, Some(1)),
            (MAX_ITEMS, MAX_ITEMS, Some(MAX_ITEMS)),
            (MAX_ITEMS + 1, MAX_ITEMS + 1, None),
            (3_000_000, MAX_ITEMS + 1, None),
        ] {
            let mut seen = 0;
            let source = (0..there as u64).inspect(|_| seen += 1);
            let items = Items::<u64>::deserialize(SeqDeserializer::<_, Error>::new(source));
            match items {
                Ok(items) => assert_eq!(Some(items.0.len()), taken),
                Err(error) => assert_eq!((error.to_string().as_str(), taken), (HOW_MANY, None)),
            }
            assert_eq!(seen, read, "of {there}");
        }
    }

    #[test]
    fn a_body_is_an_object_with_items_and_nothing_else() {
        let refused = |body: &str| {
            let error = extract::parse_lean::<BulkMonitors>(body.as_bytes()).unwrap_err();
            let (status, body) = error.into_parts();
            (status.as_u16(), serde_json::to_value(body).unwrap())
        };
        for (body, status, pointer, says) in [
            ("[]", 422, "", "JSON object"),
            ("7", 422, "", "JSON object"),
            ("{}", 422, "/items", "items is required"),
            ("{\"items\": {}}", 422, "/items", "write a list"),
            ("{\"items\": []}", 422, "/items", HOW_MANY),
            (
                "{\"items\": [{}], \"more\": 1}",
                422,
                "/more",
                "unknown field `more`",
            ),
        ] {
            let (found, error) = refused(body);
            let field = &error["details"]["fields"][0];
            assert_eq!(
                (found, &field["pointer"]),
                (status, &Value::from(pointer)),
                "{body}"
            );
            let message = field["message"].as_str().unwrap();
            assert!(
                message.contains(says) && !message.contains(" line "),
                "{body}: {message}"
            );
        }
        for body in [
            "",
            "[",
            "{\"items\": [{\"a\": ]}",
            "{\"items\": [{}]} x",
            "nonsense",
        ] {
            let (found, error) = refused(body);
            let message = error["message"].as_str().unwrap();
            assert!(
                found == 400 && message.starts_with("the body is not JSON"),
                "{body}: {error}"
            );
        }
        let read = extract::parse_lean::<BulkMonitors>(b" {\"items\": [{\"a\": [1]}, 2]}\n");
        let read: Vec<_> = read
            .unwrap()
            .items
            .0
            .iter()
            .map(|item| item.get().to_owned())
            .collect();
        assert_eq!(read, ["{\"a\": [1]}", "2"]);
    }
}
