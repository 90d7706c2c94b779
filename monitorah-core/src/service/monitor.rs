//! Monitors: made, read, changed, paused, looked at now.

mod draft;
mod sealed;
mod view;

pub use draft::MonitorDraft;
pub use view::MonitorView;

use super::{Caller, Created, ResultView, Service, ServiceError, ServiceResult, mask, object_of};
use crate::{
    check::{Cadence, CheckKind},
    engine::ending::{Means, SettleError, closing},
    error::{FieldError, StoreErrorKind},
    id::MonitorId,
    monitor::Monitor,
    port::{MonitorFilter, Page, Settlement},
    tenant::Tenant,
};
use serde_json::Value;

/// How often a change or a removal is decided anew because something else that it was decided on
/// changed.
const TRIES: u32 = 5;

/// What a try to change a monitor comes to.
enum Updated {
    /// It is changed.
    View(Box<MonitorView>),
    /// It, of this version, or a monitor that the change was decided on was changed meanwhile.
    Elsewhere(i64),
}

impl Updated {
    fn of(view: MonitorView) -> Self {
        Self::View(Box::new(view))
    }
}

impl Service {
    /// Makes a monitor.
    ///
    /// # Errors
    /// `Invalid` with everything that is wrong; `Conflict` when the external reference is taken.
    pub async fn create_monitor(
        &self,
        caller: &Caller,
        draft: MonitorDraft,
    ) -> ServiceResult<Created<MonitorView>> {
        self.create_as(caller, draft, "monitor.create").await
    }

    async fn create_as(
        &self,
        caller: &Caller,
        draft: MonitorDraft,
        action: &'static str,
    ) -> ServiceResult<Created<MonitorView>> {
        let environment = &*self.means.environment;
        let now = environment.now();
        let id = MonitorId::generate(environment);
        let registered = self.check_draft(&draft)?;
        let config = self.checked_config(registered, &draft, None, now)?;
        if registered.cadence == Cadence::Group {
            self.check_members(&caller.tenant, None, &config, None)
                .await?;
        }
        let monitor = Monitor {
            id,
            account: caller.tenant.account(),
            name: draft.name,
            kind: registered.kind.clone(),
            target: crate::crypt::Sealed::from_bytes(Vec::new()),
            config: crate::crypt::Sealed::from_bytes(Vec::new()),
            seal_version: 1,
            policy: draft.policy,
            tags: draft.tags,
            group: draft.group,
            owner: draft.owner,
            depends_on: draft.depends_on,
            external_ref: draft.external_ref,
            paused: draft.paused,
            version: 1,
            created_at: now,
            updated_at: now,
        };
        let monitor = self
            .seal_monitor(&caller.tenant, monitor, &draft.target, &config)
            .await?;
        let heartbeat = match registered.cadence {
            Cadence::Heartbeat => Some(self.new_heartbeat(&caller.tenant, id).await?),
            Cadence::Interval | Cadence::Group | Cadence::Manual => None,
        };
        let act = self.act(caller, action, id.to_string()).await?;
        if self.replay(caller, &act).await?.is_none() {
            self.check_parents(&caller.tenant, None, &monitor.depends_on)
                .await?;
        }
        let write = self.means.ports.monitors.create_monitor(
            &caller.tenant,
            &monitor,
            heartbeat.as_ref(),
            &act,
        );
        let replayed = self
            .once(caller, &act, "monitor", write)
            .await
            .map_err(taken_ref)?;
        self.feed_changed();
        let (id, replayed) = match replayed {
            None => (id, false),
            Some(row) => (object_of(&row, "monitor")?, true),
        };
        Ok(Created {
            value: self.monitor(&caller.tenant, id).await?,
            replayed,
        })
    }

    /// Makes the monitor with this external reference, or changes it to the draft.
    ///
    /// # Errors
    /// As [`Service::create_monitor`] and [`Service::update_monitor`].
    pub async fn upsert_monitor(
        &self,
        caller: &Caller,
        reference: &str,
        mut draft: MonitorDraft,
        expected: Option<i64>,
    ) -> ServiceResult<Created<MonitorView>> {
        draft.external_ref = Some(reference.to_owned());
        let found = self
            .means
            .ports
            .monitors
            .monitor_by_ref(&caller.tenant, reference)
            .await;
        match found {
            Ok(record) => {
                let id = record.monitor.id;
                let view = self
                    .update_as(caller, id, draft, expected, "monitor.upsert")
                    .await?;
                Ok(Created {
                    value: view,
                    replayed: true,
                })
            }
            Err(error) if error.kind() == StoreErrorKind::NotFound && expected.is_none() => {
                self.create_as(caller, draft, "monitor.upsert").await
            }
            Err(error) => Err(ServiceError::of_store(error, "monitor")),
        }
    }

    /// One monitor.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn monitor(&self, tenant: &Tenant, id: MonitorId) -> ServiceResult<MonitorView> {
        let record = self
            .means
            .ports
            .monitors
            .monitor(tenant, id)
            .await
            .map_err(|error| ServiceError::of_store(error, "monitor"))?;
        let mut around = self.surroundings(tenant).await?;
        self.monitor_view(tenant, record, &mut around).await
    }

    /// The monitor with this external reference.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn monitor_named(
        &self,
        tenant: &Tenant,
        reference: &str,
    ) -> ServiceResult<MonitorId> {
        let found = self
            .means
            .ports
            .monitors
            .monitor_by_ref(tenant, reference)
            .await;
        let found = found.map_err(|error| ServiceError::of_store(error, "monitor"))?;
        Ok(found.monitor.id)
    }

    /// Which monitor this very request deleted before, if it did.
    ///
    /// # Errors
    /// `Conflict` when its idempotency key was used for another request.
    pub async fn deleted_by(&self, caller: &Caller) -> ServiceResult<Option<MonitorId>> {
        let act = self.act(caller, "monitor.delete", String::new()).await?;
        match self.replay(caller, &act).await? {
            None => Ok(None),
            Some(row) => object_of(&row, "monitor").map(Some),
        }
    }

    /// Monitors, oldest first.
    ///
    /// # Errors
    /// Only faults.
    pub async fn monitors(
        &self,
        tenant: &Tenant,
        filter: &MonitorFilter,
        page: Page,
    ) -> ServiceResult<Vec<MonitorView>> {
        let mut around = self.surroundings(tenant).await?;
        let records = self.matching(tenant, filter, page, &around).await?;
        let mut views = Vec::with_capacity(records.len());
        for record in records {
            views.push(self.monitor_view(tenant, record, &mut around).await?);
        }
        Ok(views)
    }

    /// Changes a monitor to the draft. `expected` is the version that the caller decided on.
    ///
    /// # Errors
    /// `Invalid` with everything that is wrong, also a changed type; `Stale` when it was changed
    /// in between; `Conflict` when the external reference is taken.
    pub async fn update_monitor(
        &self,
        caller: &Caller,
        id: MonitorId,
        draft: MonitorDraft,
        expected: Option<i64>,
    ) -> ServiceResult<MonitorView> {
        self.update_as(caller, id, draft, expected, "monitor.update")
            .await
    }

    async fn update_as(
        &self,
        caller: &Caller,
        id: MonitorId,
        draft: MonitorDraft,
        mut expected: Option<i64>,
        action: &'static str,
    ) -> ServiceResult<MonitorView> {
        for _ in 0..TRIES {
            let tried = self.try_update(caller, id, draft.clone(), expected, action);
            match tried.await? {
                Updated::View(view) => return Ok(*view),
                // The monitor itself must still be the one that the draft was written for.
                Updated::Elsewhere(version) => expected = Some(version),
            }
        }
        Err(ServiceError::Stale)
    }

    async fn try_update(
        &self,
        caller: &Caller,
        id: MonitorId,
        draft: MonitorDraft,
        expected: Option<i64>,
        action: &'static str,
    ) -> ServiceResult<Updated> {
        let tenant = &caller.tenant;
        let stored = self
            .means
            .ports
            .monitors
            .monitor(tenant, id)
            .await
            .map_err(|error| ServiceError::of_store(error, "monitor"))?
            .monitor;
        let act = self.act(caller, action, id.to_string()).await?;
        if self.replay(caller, &act).await?.is_some() {
            return self.monitor(tenant, id).await.map(Updated::of);
        }
        let version = stored.version;
        if expected.is_some_and(|expected| expected != version) {
            return Err(ServiceError::Stale);
        }
        if draft.kind != stored.kind.as_str() {
            return Err(ServiceError::Invalid(vec![FieldError::new(
                "/type",
                "the type of a monitor cannot be changed: make another monitor",
            )]));
        }
        let registered = self.check_draft(&draft)?;
        self.check_parents(tenant, Some(&stored), &draft.depends_on)
            .await?;
        let opened = self.open_monitor(tenant, &stored).await?;
        let before: Value = serde_json::from_slice(opened.config.expose())?;
        let place = |target: &str, config: &Value| {
            let fields = mask::place(
                config,
                registered.destination,
                registered.secrets,
                registered.schema.as_value(),
            );
            (mask::target(target, registered.destination), fields)
        };
        let was = place(opened.target.expose(), &before);
        let wanted = place(&draft.target, &draft.config);
        mask::refuse_to_move(&draft.config, registered.secrets, &was, &wanted)
            .map_err(ServiceError::Invalid)?;
        let config = self.checked_config(registered, &draft, Some(&before), stored.created_at)?;
        let seen = if registered.cadence == Cadence::Group {
            self.check_members(tenant, Some(id), &config, Some(&before))
                .await?
        } else {
            Vec::new()
        };
        let same = config == before && draft.target == *opened.target.expose();
        let monitor = Monitor {
            name: draft.name,
            policy: draft.policy,
            tags: draft.tags,
            group: draft.group,
            owner: draft.owner,
            depends_on: draft.depends_on,
            external_ref: draft.external_ref,
            paused: draft.paused,
            updated_at: self.means.environment.now(),
            ..stored
        };
        let monitor = if same {
            monitor
        } else {
            let next = Monitor {
                seal_version: monitor.seal_version + 1,
                ..monitor
            };
            self.seal_monitor(tenant, next, &draft.target, &config)
                .await?
        };
        let write = self
            .means
            .ports
            .monitors
            .update_monitor(tenant, &monitor, &seen, &act);
        match self.once(caller, &act, "monitor", write).await {
            Ok(_) => {}
            Err(ServiceError::Stale) if !seen.is_empty() => return Ok(Updated::Elsewhere(version)),
            Err(error) => return Err(taken_ref(error)),
        }
        self.feed_changed();
        self.monitor(tenant, id).await.map(Updated::of)
    }

    /// Pauses or resumes a monitor; doing it again changes nothing.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn set_paused(
        &self,
        caller: &Caller,
        id: MonitorId,
        paused: bool,
    ) -> ServiceResult<MonitorView> {
        for _ in 0..3 {
            let tenant = &caller.tenant;
            let monitors = &self.means.ports.monitors;
            let stored = monitors
                .monitor(tenant, id)
                .await
                .map_err(|error| ServiceError::of_store(error, "monitor"))?
                .monitor;
            if stored.paused == paused {
                break;
            }
            let action = if paused {
                "monitor.pause"
            } else {
                "monitor.resume"
            };
            let act = self.act(caller, action, id.to_string()).await?;
            let monitor = Monitor {
                paused,
                updated_at: self.means.environment.now(),
                ..stored
            };
            let write = monitors.update_monitor(tenant, &monitor, &[], &act);
            match self.once(caller, &act, "monitor", write).await {
                Ok(_) => break,
                Err(ServiceError::Stale) => {}
                Err(error) => return Err(error),
            }
        }
        self.feed_changed();
        self.monitor(&caller.tenant, id).await
    }

    /// Removes a monitor and everything that was seen of it.
    ///
    /// # Errors
    /// `NotFound`; `Stale` when `expected` is not its version.
    pub async fn delete_monitor(
        &self,
        caller: &Caller,
        id: MonitorId,
        expected: Option<i64>,
    ) -> ServiceResult<()> {
        let act = self.act(caller, "monitor.delete", id.to_string()).await?;
        if self.replay(caller, &act).await?.is_some() {
            return Ok(());
        }
        if let Some(expected) = expected {
            let view = self.monitor(&caller.tenant, id).await?;
            if view.monitor.version != expected {
                return Err(ServiceError::Stale);
            }
        }
        let monitors = &self.means.ports.monitors;
        for _ in 0..TRIES {
            let last = self.end_outage(&caller.tenant, id).await?;
            let write = monitors.delete_monitor(&caller.tenant, id, last.as_ref(), &act);
            match self.once(caller, &act, "monitor", write).await {
                Ok(_) => {
                    self.feed_changed();
                    if let Some(engine) = self.engine() {
                        engine.outbox_changed();
                    }
                    return Ok(());
                }
                // The engine was first: its end is decided anew on what it wrote.
                Err(ServiceError::Stale) => {}
                Err(error) => return Err(error),
            }
        }
        Err(ServiceError::Stale)
    }

    /// What closes the open event of a monitor that is about to be removed, for receivers that would
    /// keep it open for ever; none when there is nothing to tell them. What waits in the outbox
    /// outlives the monitor.
    async fn end_outage(
        &self,
        tenant: &Tenant,
        id: MonitorId,
    ) -> ServiceResult<Option<Settlement>> {
        let means = Means {
            ports: &self.means.ports,
            keyring: &self.means.keyring,
            channels: &self.means.channels,
            public_url: None,
        };
        let fault = |error| ServiceError::of_store(error, "monitor");
        for _ in 0..TRIES {
            let record = self.means.ports.monitors.monitor(tenant, id).await;
            let record = record.map_err(fault)?;
            let now = self.means.environment.now();
            match closing(&means, tenant, &record, now).await {
                Ok(settlement) => return Ok(settlement),
                // The event was closed meanwhile: look again.
                Err(SettleError::Store(error)) if error.kind() == StoreErrorKind::NotFound => {}
                Err(SettleError::Store(error)) => return Err(fault(error)),
                Err(error) => {
                    tracing::error!(monitor = %id, %error, "an outage is not closed");
                    return Ok(None);
                }
            }
        }
        Err(ServiceError::Stale)
    }

    /// Looks at a monitor now and returns what was seen.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` when it rests, or when no engine runs in this process.
    pub async fn check_now(&self, tenant: &Tenant, id: MonitorId) -> ServiceResult<ResultView> {
        let view = self.monitor(tenant, id).await?;
        if view.monitor.paused {
            return Err(ServiceError::Conflict {
                code: "monitor_paused",
                message: "this monitor is paused: resume it first".to_owned(),
            });
        }
        let not_running = || ServiceError::Conflict {
            code: "not_scheduled",
            message: "this monitor is not on the schedule yet: try again in a second".to_owned(),
        };
        let engine = self.engine().ok_or_else(not_running)?;
        let row = engine.check_now(id).await.ok_or_else(not_running)?;
        self.result_view(tenant, row).await
    }

    pub(super) fn cadence(&self, kind: &CheckKind) -> Cadence {
        self.means
            .checks
            .get(kind.as_str())
            .map_or(Cadence::Interval, |known| known.cadence)
    }
}

fn taken_ref(error: ServiceError) -> ServiceError {
    match error {
        ServiceError::Conflict { code: "already_exists", .. } => ServiceError::Conflict {
            code: "external_ref_taken",
            message: "another monitor has this externalRef: use PUT /monitors/by-ref/{externalRef} to change it".to_owned(),
        },
        other => other,
    }
}
