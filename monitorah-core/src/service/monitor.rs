//! Monitors: made, read, changed, paused, looked at now.

use super::{
    Caller, Created, ResultView, Service, ServiceError, ServiceResult,
    around::shown,
    check_name, mask, object_of,
    token::{self, TokenKind},
};
use crate::{
    check::{Cadence, CheckEnv, CheckKind, CheckType},
    crypt::{CryptError, SealContext, SealedKind},
    error::{FieldError, StoreErrorKind},
    id::MonitorId,
    monitor::{
        MAX_OWNER, MAX_PARENTS, MAX_TAGS, Monitor, MonitorState, Policy, ShownStatus, group_fault,
    },
    port::{HeartbeatRecord, MonitorFilter, MonitorRecord, Page, ResultFilter, ResultRow},
    quiet::{Quiet, Surroundings},
    secret::Secret,
    tenant::Tenant,
};
use serde_json::Value;

/// The largest configuration: bytes of JSON.
const MAX_CONFIG: usize = 192 * 1024;
/// The longest target: bytes.
const MAX_TARGET: usize = 4_096;

/// A monitor as somebody wants it.
#[derive(Debug, Clone, PartialEq)]
pub struct MonitorDraft {
    /// What people call it.
    pub name: String,
    /// The check type.
    pub kind: String,
    /// What is looked at.
    pub target: String,
    /// How; secrets that stay as they are stand as `{"secret": "set"}`.
    pub config: Value,
    /// How often and how strictly.
    pub policy: Policy,
    /// Labels to search by.
    pub tags: Vec<String>,
    /// Its place in the tree of groups.
    pub group: Option<String>,
    /// Who keeps it in step.
    pub owner: Option<String>,
    /// The monitors that it depends on.
    pub depends_on: Vec<MonitorId>,
    /// The caller's own id of it.
    pub external_ref: Option<String>,
    /// Whether it rests.
    pub paused: bool,
}

/// A monitor as it is shown.
#[derive(Debug, Clone)]
pub struct MonitorView {
    /// The monitor itself; target and configuration are sealed there.
    pub monitor: Monitor,
    /// Its state.
    pub state: MonitorState,
    /// How it is shown.
    pub status: ShownStatus,
    /// Why nobody is told of its outages now.
    pub quiet: Option<Quiet>,
    /// The target; none while the account's key is not available.
    pub target: Option<String>,
    /// The configuration with its secrets hidden; none while the key is not available.
    pub config: Option<Value>,
    /// The newest result.
    pub last: Option<ResultView>,
    /// The heartbeat's token. It is a secret of its own, shown to whoever may change monitors.
    pub heartbeat_token: Option<String>,
}

/// How often a change is decided anew because something else that it was decided on changed.
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
        let was = mask::destination(opened.target.expose(), &before);
        let wanted = mask::destination(&draft.target, &draft.config);
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
        let write = self
            .means
            .ports
            .monitors
            .delete_monitor(&caller.tenant, id, &act);
        self.once(caller, &act, "monitor", write).await?;
        self.feed_changed();
        Ok(())
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

    pub(super) fn check_draft(&self, draft: &MonitorDraft) -> ServiceResult<&CheckType> {
        let mut wrong = Vec::new();
        check_name(&draft.name, &mut wrong);
        if draft.target.len() > MAX_TARGET {
            wrong.push(FieldError::new(
                "/target",
                "a target has at most 4096 bytes",
            ));
        }
        if draft.tags.len() > MAX_TAGS {
            wrong.push(FieldError::new("/tags", "a monitor has at most 32 tags"));
        }
        for (index, tag) in draft.tags.iter().enumerate() {
            if tag.is_empty() || tag.chars().count() > 50 || tag.chars().any(char::is_control) {
                wrong.push(FieldError::new(
                    format!("/tags/{index}"),
                    "a tag has 1 to 50 characters and no control characters",
                ));
            } else if draft.tags.iter().take(index).any(|other| other == tag) {
                wrong.push(FieldError::new(
                    format!("/tags/{index}"),
                    "this tag is there twice",
                ));
            }
        }
        if let Some(fault) = draft.group.as_deref().and_then(group_fault) {
            wrong.push(FieldError::new("/group", fault));
        }
        if let Some(owner) = &draft.owner
            && (owner.trim().is_empty()
                || owner.chars().count() > MAX_OWNER
                || owner.chars().any(char::is_control))
        {
            wrong.push(FieldError::new(
                "/owner",
                "an owner has 1 to 64 characters and no control characters",
            ));
        }
        if draft.depends_on.len() > MAX_PARENTS {
            wrong.push(FieldError::new(
                "/dependsOn",
                "a monitor depends on at most 16 others",
            ));
        }
        for (index, parent) in draft.depends_on.iter().enumerate() {
            if draft
                .depends_on
                .iter()
                .take(index)
                .any(|other| other == parent)
            {
                wrong.push(FieldError::new(
                    format!("/dependsOn/{index}"),
                    "this monitor is there twice",
                ));
            }
        }
        if let Some(reference) = &draft.external_ref
            && (reference.is_empty()
                || reference.len() > 200
                || reference.chars().any(char::is_control))
        {
            wrong.push(FieldError::new(
                "/externalRef",
                "an external reference has 1 to 200 bytes and no control characters",
            ));
        }
        wrong.extend(draft.policy.faults());
        let registered = self.means.checks.get(&draft.kind);
        if registered.is_none() {
            let known = self
                .means
                .checks
                .iter()
                .map(|known| known.kind.as_str())
                .collect::<Vec<_>>();
            wrong.push(FieldError::new(
                "/type",
                format!("unknown check type: use one of {}", known.join(", ")),
            ));
        }
        match registered {
            Some(registered) if wrong.is_empty() => Ok(registered),
            _ => Err(ServiceError::Invalid(wrong)),
        }
    }

    /// The configuration with its stored secrets and every default, once a check has been built of
    /// it.
    pub(super) fn checked_config(
        &self,
        registered: &CheckType,
        draft: &MonitorDraft,
        before: Option<&Value>,
        created_at: jiff::Timestamp,
    ) -> ServiceResult<Value> {
        let mut config = draft.config.clone();
        mask::restore(&mut config, before, registered.secrets).map_err(ServiceError::Invalid)?;
        let config = registered.normalise(config)?;
        if serde_json::to_vec(&config)?.len() > MAX_CONFIG {
            return Err(ServiceError::Invalid(vec![FieldError::new(
                "/config",
                "a configuration has at most 196608 bytes",
            )]));
        }
        let env = CheckEnv::new(
            Secret::new(draft.target.clone()),
            draft.policy.interval,
            created_at,
        );
        self.means.checks.build(&draft.kind, config.clone(), env)?;
        Ok(config)
    }

    async fn seal_monitor(
        &self,
        tenant: &Tenant,
        mut monitor: Monitor,
        target: &str,
        config: &Value,
    ) -> ServiceResult<Monitor> {
        let keyring = &self.means.keyring;
        let config = zeroize::Zeroizing::new(serde_json::to_vec(config)?);
        let sealed = keyring
            .seal(tenant, &monitor.config_place(), &config)
            .await?;
        let target = keyring
            .seal(tenant, &monitor.target_place(), target.as_bytes())
            .await?;
        monitor.config = sealed;
        monitor.target = target;
        Ok(monitor)
    }

    async fn new_heartbeat(
        &self,
        tenant: &Tenant,
        id: MonitorId,
    ) -> ServiceResult<HeartbeatRecord> {
        let token = token::mint(
            &*self.means.environment,
            TokenKind::Heartbeat,
            self.means.region,
        );
        let place = token_place(tenant, &id);
        Ok(HeartbeatRecord {
            token: self
                .means
                .keyring
                .seal(tenant, &place, token.expose().as_bytes())
                .await?,
            token_hash: token::hash(token.expose()),
            state: crate::check::heartbeat::HeartbeatState::default(),
            version: 1,
        })
    }

    pub(super) async fn open_monitor(
        &self,
        tenant: &Tenant,
        monitor: &Monitor,
    ) -> Result<Opened, CryptError> {
        let keyring = &self.means.keyring;
        Ok(Opened {
            target: keyring
                .open_text(tenant, &monitor.target_place(), &monitor.target)
                .await?,
            config: keyring
                .open(tenant, &monitor.config_place(), &monitor.config)
                .await?,
        })
    }

    async fn monitor_view(
        &self,
        tenant: &Tenant,
        record: MonitorRecord,
        around: &mut Surroundings,
    ) -> ServiceResult<MonitorView> {
        let status = shown(&record, around, self.means.environment.now());
        let MonitorRecord { monitor, state, .. } = record;
        let quiet = self.quiet(tenant, &monitor, around).await?;
        let (target, config) = match self.open_monitor(tenant, &monitor).await {
            Ok(opened) => {
                let mut config: Value = serde_json::from_slice(opened.config.expose())?;
                // Of a type that this version does not know, everything may be a secret.
                let secrets = self
                    .means
                    .checks
                    .get(monitor.kind.as_str())
                    .map_or(&[""][..], |t| t.secrets);
                mask::hide(&mut config, secrets);
                (Some(opened.target.expose().clone()), Some(config))
            }
            Err(CryptError::Unavailable(_)) => (None, None),
            Err(error) => return Err(error.into()),
        };
        let last = self.last_result(tenant, monitor.id).await?;
        let heartbeat_token = match self.cadence(&monitor.kind) {
            Cadence::Heartbeat => self.heartbeat_token(tenant, monitor.id).await?,
            Cadence::Interval | Cadence::Group | Cadence::Manual => None,
        };
        Ok(MonitorView {
            monitor,
            state,
            status,
            quiet,
            target,
            config,
            last,
            heartbeat_token,
        })
    }

    async fn last_result(
        &self,
        tenant: &Tenant,
        id: MonitorId,
    ) -> ServiceResult<Option<ResultView>> {
        let rows: Vec<ResultRow> = self
            .means
            .ports
            .results
            .results(tenant, id, &ResultFilter::default(), 1)
            .await
            .map_err(|error| ServiceError::of_store(error, "check result"))?;
        match rows.into_iter().next() {
            None => Ok(None),
            Some(row) => Ok(Some(self.result_view(tenant, row).await?)),
        }
    }

    async fn heartbeat_token(
        &self,
        tenant: &Tenant,
        id: MonitorId,
    ) -> ServiceResult<Option<String>> {
        let record = self
            .means
            .ports
            .heartbeats
            .heartbeat(tenant, id)
            .await
            .map_err(|error| ServiceError::of_store(error, "heartbeat"))?;
        let place = token_place(tenant, &id);
        match self
            .means
            .keyring
            .open_text(tenant, &place, &record.token)
            .await
        {
            Ok(token) => Ok(Some(token.expose().clone())),
            Err(CryptError::Unavailable(_)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    pub(super) fn cadence(&self, kind: &CheckKind) -> Cadence {
        self.means
            .checks
            .get(kind.as_str())
            .map_or(Cadence::Interval, |known| known.cadence)
    }
}

/// What a monitor has sealed.
pub(super) struct Opened {
    target: Secret<String>,
    pub(super) config: Secret<Vec<u8>>,
}

/// Where a heartbeat's token is sealed.
fn token_place<'a>(tenant: &Tenant, id: &'a MonitorId) -> SealContext<'a> {
    SealContext {
        purpose: SealedKind::Field,
        account: tenant.account(),
        table: "heartbeats",
        column: "token",
        row: id.as_bytes(),
        version: 1,
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
