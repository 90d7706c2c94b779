//! Which monitors of the list are wanted.

use crate::{
    api::page,
    error::{ApiError, ApiResult},
    state::AppState,
};
use monitorah_core::{
    FieldError,
    monitor::{ShownStatus, group_fault},
    port::MonitorFilter,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which monitors are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListMonitors {
    /// Where the last page ended.
    #[param(max_length = 512)]
    pub(super) cursor: Option<String>,
    /// How many, at most.
    #[param(minimum = 1, maximum = 100, default = 50)]
    pub(super) limit: Option<u32>,
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
pub(super) fn filter(state: &AppState, query: ListMonitors) -> ApiResult<MonitorFilter> {
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
