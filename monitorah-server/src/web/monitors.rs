//! The list of monitors: state, last result, a page at a time.

use super::{
    page::{Asked, Frame, answer},
    session::Visitor,
    text::Voice,
};
use crate::{
    api::page,
    error::{ApiError, ApiResult},
    layer::extract::Query,
    state::AppState,
};
use askama::Template;
use axum::{Extension, extract::State, response::Response};
use http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use monitorah_core::{
    monitor::ShownStatus,
    port::{KeyMatch, MonitorFilter},
    service::{MonitorView, ResultView, ServiceError},
};

/// The list of the cursors of this page.
const LIST: &str = "page of monitors";

#[derive(Template)]
#[template(path = "monitors.html")]
struct MonitorsPage<'a> {
    frame: &'a Frame,
    rows: Vec<Row>,
    /// Where the list goes on.
    next: Option<String>,
    /// Whether this is not its beginning.
    inner: bool,
    /// Whether one monitor was looked for, and whether it is not there.
    single: bool,
    absent: bool,
    shown: String,
    read_at: String,
}

/// What is shown in place of a part of the list that there is not.
#[derive(Template)]
#[template(path = "lost.html")]
struct LostPage<'a> {
    frame: &'a Frame,
}

/// A monitor in the list.
struct Row {
    /// Where messages link to.
    id: String,
    name: String,
    kind: String,
    tags: Vec<String>,
    /// The class of the state in the style sheet, and its sign.
    state: &'static str,
    sign: &'static str,
    state_text: String,
    /// What is said where the state may be out of date.
    stale: Option<String>,
    last: Option<Last>,
}

/// The newest result of a monitor.
struct Last {
    reason: &'static str,
    detail: String,
    took: Option<String>,
    at: String,
    ago: String,
}

/// The page.
pub(super) async fn show(
    State(state): State<AppState>,
    Extension(Visitor(who)): Extension<Visitor>,
    headers: HeaderMap,
    asked: ApiResult<Query<Asked>>,
) -> ApiResult<Response> {
    let (asked, mistyped) = match asked {
        Ok(Query(asked)) => (asked, false),
        Err(_) => (Asked::default(), true),
    };
    let frame = Frame::new(&state, &headers, &asked).for_visitor();
    if let Some(id) = &asked.monitor {
        return one(&state, &who, &frame, id).await;
    }
    let limit = page::DEFAULT_LIMIT;
    let wanted = page::asked(&state, &who.tenant, LIST, asked.cursor.as_deref(), limit);
    // A cursor of another list, of another account, or of before the keys were made anew.
    let (false, Ok(wanted)) = (mistyped, wanted) else {
        let content = LostPage { frame: &frame };
        return Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &frame, &content));
    };
    let mut found = state
        .service
        .monitors(&who.tenant, &MonitorFilter::default(), wanted)
        .await?;
    let meta = page::cut(&state, &who.tenant, LIST, &mut found, limit, |view| {
        view.monitor.id.as_bytes().to_vec()
    });
    let now = state.environment.now();
    let count = u64::try_from(found.len()).map_err(|_| ApiError::internal())?;
    let rows = found
        .into_iter()
        .map(|view| Row::of(view, &frame.voice, now))
        .collect();
    let content = MonitorsPage {
        frame: &frame,
        rows,
        next: meta.next_cursor,
        inner: asked.cursor.is_some(),
        single: false,
        absent: false,
        shown: frame.voice.count("monitors-shown", count),
        read_at: clock(now),
    };
    Ok(answer(StatusCode::OK, &frame, &content))
}

/// The page of one monitor, to which messages link.
async fn one(state: &AppState, who: &KeyMatch, frame: &Frame, id: &str) -> ApiResult<Response> {
    let found = match id.parse() {
        Ok(id) => match state.service.monitor(&who.tenant, id).await {
            Err(ServiceError::NotFound(_)) => None,
            found => Some(found?),
        },
        Err(_) => None,
    };
    let (status, count) = match &found {
        Some(_) => (StatusCode::OK, 1),
        None => (StatusCode::NOT_FOUND, 0),
    };
    let now = state.environment.now();
    let content = MonitorsPage {
        frame,
        absent: found.is_none(),
        rows: found
            .map(|view| Row::of(view, &frame.voice, now))
            .into_iter()
            .collect(),
        next: None,
        inner: false,
        single: true,
        shown: frame.voice.count("monitors-shown", count),
        read_at: clock(now),
    };
    Ok(answer(status, frame, &content))
}

impl Row {
    fn of(view: MonitorView, voice: &Voice, now: Timestamp) -> Self {
        let (state, sign, text) = look(view.status);
        Self {
            id: view.monitor.id.to_string(),
            name: view.monitor.name,
            kind: view.monitor.kind.as_str().to_owned(),
            tags: view.monitor.tags,
            state,
            sign,
            state_text: voice.say(text),
            stale: view.stale.then(|| voice.say("state-stale")),
            last: view.last.map(|last| Last::of(last, voice, now)),
        }
    }
}

impl Last {
    fn of(result: ResultView, voice: &Voice, now: Timestamp) -> Self {
        let took = !result.row.total.is_zero();
        Self {
            reason: result.row.reason.as_str(),
            detail: result.detail.error.unwrap_or_default(),
            took: took.then(|| format!("{} ms", result.row.total.as_millis())),
            at: clock(result.row.at),
            ago: ago(voice, now, result.row.at),
        }
    }
}

/// How a state looks: its class, its sign, its word. The sign differs in shape, so that nobody
/// has to tell colours apart.
const fn look(status: ShownStatus) -> (&'static str, &'static str, &'static str) {
    match status {
        ShownStatus::Pending => ("pending", "…", "state-pending"),
        ShownStatus::Up => ("up", "✓", "state-up"),
        ShownStatus::Degraded => ("degraded", "!", "state-degraded"),
        ShownStatus::Down => ("down", "✕", "state-down"),
        ShownStatus::Unknown => ("unknown", "?", "state-unknown"),
        ShownStatus::Maintenance => ("maintenance", "⚒", "state-maintenance"),
        ShownStatus::Paused => ("paused", "‖", "state-paused"),
    }
}

/// A time to the second, as RFC 3339 writes it.
fn clock(at: Timestamp) -> String {
    Timestamp::from_second(at.as_second())
        .unwrap_or(at)
        .to_string()
}

/// How long ago that was, in the largest unit that fits.
fn ago(voice: &Voice, now: Timestamp, at: Timestamp) -> String {
    let seconds = u64::try_from(now.duration_since(at).as_secs()).unwrap_or(0);
    let (key, count) = match seconds {
        0..60 => ("ago-seconds", seconds),
        60..3_600 => ("ago-minutes", seconds / 60),
        3_600..86_400 => ("ago-hours", seconds / 3_600),
        _ => ("ago-days", seconds / 86_400),
    };
    voice.count(key, count)
}
