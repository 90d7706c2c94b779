//! What windows and silences have in common: what they cover, how many there may be, and that a
//! change of one is felt at once.

use super::{Caller, Service, ServiceError, ServiceResult};
use crate::{
    error::{FieldError, StoreError},
    monitor::group_fault,
    port::AuditRow,
    selection::Selection,
    tenant::Act,
};

/// The most windows, and the most silences, of an account that are not over.
pub(super) const MAX_CURRENT: u32 = 500;
/// The most monitors that a window or silence names.
const MAX_NAMED: usize = 1_000;
/// The most tags, and the most groups, that one names.
const MAX_TEXTS: usize = 100;

/// What is wrong with a selection.
pub(super) fn check_selection(covers: &mut Selection, wrong: &mut Vec<FieldError>) {
    covers.sort();
    let Selection::Named {
        monitors,
        tags,
        groups,
    } = covers
    else {
        return;
    };
    if monitors.is_empty() && tags.is_empty() && groups.is_empty() {
        wrong.push(FieldError::new(
            "/monitorIds",
            "name some monitors, tags or groups, or say \"allMonitors\": true",
        ));
    }
    if monitors.len() > MAX_NAMED {
        wrong.push(FieldError::new(
            "/monitorIds",
            "at most 1000 monitors are named: use a tag or a group for more",
        ));
    }
    for (pointer, texts) in [("/tags", &*tags), ("/groups", &*groups)] {
        if texts.len() > MAX_TEXTS {
            wrong.push(FieldError::new(pointer, "at most 100 of these are named"));
        }
    }
    for tag in tags.iter() {
        if tag.is_empty() || tag.chars().count() > 50 || tag.chars().any(char::is_control) {
            wrong.push(FieldError::new(
                "/tags",
                "a tag has 1 to 50 characters and no control characters",
            ));
        }
    }
    if let Some(fault) = groups.iter().find_map(|group| group_fault(group)) {
        wrong.push(FieldError::new("/groups", fault));
    }
}

/// Refuses one more when there are as many as there may be.
pub(super) fn check_room(what: &str, current: usize) -> ServiceResult<()> {
    if current < usize::try_from(MAX_CURRENT).unwrap_or(usize::MAX) {
        return Ok(());
    }
    Err(ServiceError::Conflict {
        code: "too_many",
        message: format!(
            "an account has at most {MAX_CURRENT} {what} that are not over: delete some"
        ),
    })
}

/// What is named and is not there.
fn dangling(error: ServiceError) -> ServiceError {
    match error {
        ServiceError::NotFound("monitor") => ServiceError::Invalid(vec![FieldError::new(
            "/monitorIds",
            "a monitor that is named does not exist: look its id up first",
        )]),
        other => other,
    }
}

impl Service {
    /// As [`Service::once`], of a window or a silence: what is kept quiet is decided anew.
    pub(super) async fn quietly<F>(
        &self,
        caller: &Caller,
        act: &Act,
        what: &'static str,
        write: F,
    ) -> ServiceResult<Option<AuditRow>>
    where
        F: Future<Output = Result<(), StoreError>> + Send,
    {
        let written = self.once(caller, act, what, write).await;
        // Also after a fault: it may have been written all the same.
        self.quieting.forget();
        let replayed = written.map_err(dangling)?;
        if let Some(engine) = self.engine() {
            engine.quiet_changed();
        }
        Ok(replayed)
    }
}
