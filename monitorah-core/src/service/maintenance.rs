//! Maintenance windows: made, read, changed, ended early.

use super::{
    Caller, Created, Service, ServiceError, ServiceResult, check_name,
    covers::{MAX_CURRENT, check_room, check_selection},
    object_of,
};
use crate::{
    error::FieldError,
    id::MaintenanceId,
    maintenance::{Schedule, Span, Window},
    port::Page,
    selection::Selection,
    tenant::Tenant,
};
use jiff::Timestamp;

/// A window as somebody wants it.
#[derive(Debug, Clone)]
pub struct WindowDraft {
    /// What people call it.
    pub name: String,
    /// About which monitors.
    pub covers: Selection,
    /// When it is open.
    pub schedule: Schedule,
}

impl Service {
    fn check_window(&self, draft: &mut WindowDraft) -> ServiceResult<()> {
        let mut wrong = Vec::new();
        check_name(&draft.name, &mut wrong);
        check_selection(&mut draft.covers, &mut wrong);
        wrong.extend(draft.schedule.faults(self.means.environment.now()));
        if wrong.is_empty() {
            Ok(())
        } else {
            Err(ServiceError::Invalid(wrong))
        }
    }

    /// Makes a maintenance window.
    ///
    /// # Errors
    /// `Invalid`, also when it names a monitor that is not there or is over already; `Conflict`
    /// when there are too many.
    pub async fn create_window(
        &self,
        caller: &Caller,
        mut draft: WindowDraft,
    ) -> ServiceResult<Created<Window>> {
        self.check_window(&mut draft)?;
        let environment = &*self.means.environment;
        let now = environment.now();
        let window = Window {
            id: MaintenanceId::generate(environment),
            account: caller.tenant.account(),
            name: draft.name,
            covers: draft.covers,
            schedule: draft.schedule,
            cut: None,
            version: 1,
            created_at: now,
            updated_at: now,
        };
        let act = self
            .act(caller, "maintenance.create", window.id.to_string())
            .await?;
        if self.replay(caller, &act).await?.is_none() {
            if window.next_change(now).is_none() {
                return Err(ServiceError::Invalid(vec![FieldError::new(
                    "/schedule",
                    "this window is over already: let it end in the future",
                )]));
            }
            self.room_for_window(&caller.tenant, now).await?;
        }
        let write = self
            .means
            .ports
            .maintenance
            .create_window(&caller.tenant, &window, &act);
        let replayed = self.quietly(caller, &act, "monitor", write).await?;
        let (id, replayed) = match replayed {
            None => (window.id, false),
            Some(row) => (object_of(&row, "maintenance window")?, true),
        };
        Ok(Created {
            value: self.window(&caller.tenant, id).await?,
            replayed,
        })
    }

    async fn room_for_window(&self, tenant: &Tenant, now: Timestamp) -> ServiceResult<()> {
        let port = &self.means.ports.maintenance;
        let current = port
            .current_windows(tenant, now, MAX_CURRENT)
            .await
            .map_err(|error| ServiceError::of_store(error, "maintenance window"))?;
        check_room("maintenance windows", current.len())
    }

    /// One maintenance window.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn window(&self, tenant: &Tenant, id: MaintenanceId) -> ServiceResult<Window> {
        self.means
            .ports
            .maintenance
            .window(tenant, id)
            .await
            .map_err(|error| ServiceError::of_store(error, "maintenance window"))
    }

    /// Maintenance windows, oldest first.
    ///
    /// # Errors
    /// Only faults.
    pub async fn windows(&self, tenant: &Tenant, page: Page) -> ServiceResult<Vec<Window>> {
        self.means
            .ports
            .maintenance
            .windows(tenant, page)
            .await
            .map_err(|error| ServiceError::of_store(error, "maintenance window"))
    }

    /// Changes a maintenance window to the draft. What was cut out of it by ending it early stays
    /// cut out as long as its schedule does.
    ///
    /// # Errors
    /// As [`Service::create_window`]; `Stale` when it was changed in between.
    pub async fn update_window(
        &self,
        caller: &Caller,
        id: MaintenanceId,
        mut draft: WindowDraft,
        expected: Option<i64>,
    ) -> ServiceResult<Window> {
        self.check_window(&mut draft)?;
        let stored = self.window(&caller.tenant, id).await?;
        let act = self
            .act(caller, "maintenance.update", id.to_string())
            .await?;
        if self.replay(caller, &act).await?.is_some() {
            return Ok(stored);
        }
        if expected.is_some_and(|expected| expected != stored.version) {
            return Err(ServiceError::Stale);
        }
        let now = self.means.environment.now();
        let was_over = stored.over_at().is_some_and(|at| at <= now);
        let window = Window {
            name: draft.name,
            covers: draft.covers,
            cut: stored.cut.filter(|_| draft.schedule == stored.schedule),
            schedule: draft.schedule,
            updated_at: now,
            ..stored
        };
        // What is over comes to life again only where there is room.
        if was_over && window.next_change(now).is_some() {
            self.room_for_window(&caller.tenant, now).await?;
        }
        let write = self
            .means
            .ports
            .maintenance
            .update_window(&caller.tenant, &window, &act);
        self.quietly(caller, &act, "monitor", write).await?;
        self.window(&caller.tenant, id).await
    }

    /// Ends an open maintenance window now. One that recurs opens again at its next occurrence.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` when it is not open.
    pub async fn end_window(&self, caller: &Caller, id: MaintenanceId) -> ServiceResult<Window> {
        let act = self.act(caller, "maintenance.end", id.to_string()).await?;
        if self.replay(caller, &act).await?.is_some() {
            return self.window(&caller.tenant, id).await;
        }
        let now = self.means.environment.now();
        let stored = self.window(&caller.tenant, id).await?;
        let Some(span) = stored.span(now).filter(|span| span.from <= now) else {
            return Err(ServiceError::Conflict {
                code: "not_active",
                message: "this maintenance window is not open now: change or delete it instead"
                    .to_owned(),
            });
        };
        let window = match stored.schedule {
            Schedule::Once { starts_at, .. } => Window {
                schedule: Schedule::Once {
                    starts_at,
                    ends_at: now,
                },
                updated_at: now,
                ..stored
            },
            Schedule::Recurring(_) => Window {
                cut: Some(Span {
                    from: now,
                    until: span.until,
                }),
                updated_at: now,
                ..stored
            },
        };
        let write = self
            .means
            .ports
            .maintenance
            .update_window(&caller.tenant, &window, &act);
        self.quietly(caller, &act, "maintenance window", write)
            .await?;
        self.window(&caller.tenant, id).await
    }

    /// Removes a maintenance window: if it is open, it ends.
    ///
    /// # Errors
    /// `NotFound`; `Stale` when `expected` is not its version.
    pub async fn delete_window(
        &self,
        caller: &Caller,
        id: MaintenanceId,
        expected: Option<i64>,
    ) -> ServiceResult<()> {
        let act = self
            .act(caller, "maintenance.delete", id.to_string())
            .await?;
        if self.replay(caller, &act).await?.is_some() {
            return Ok(());
        }
        let write = self
            .means
            .ports
            .maintenance
            .delete_window(&caller.tenant, id, expected, &act);
        self.quietly(caller, &act, "maintenance window", write)
            .await?;
        Ok(())
    }
}
