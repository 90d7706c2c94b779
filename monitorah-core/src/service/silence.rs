//! Silences: made with a reason, read, changed, ended early.

use super::{
    Caller, Created, Service, ServiceError, ServiceResult,
    covers::{MAX_CURRENT, check_room, check_selection},
    object_of,
};
use crate::{
    error::FieldError,
    id::SilenceId,
    port::Page,
    selection::Selection,
    silence::{MAX_SILENCE, Silence},
    tenant::Tenant,
};
use jiff::Timestamp;

/// The longest reason: characters.
const MAX_REASON: usize = 500;

/// A silence as somebody wants it.
#[derive(Debug, Clone)]
pub struct SilenceDraft {
    /// Why.
    pub reason: String,
    /// About which monitors.
    pub covers: Selection,
    /// From when on; now when it is not said.
    pub starts_at: Option<Timestamp>,
    /// Until when.
    pub ends_at: Timestamp,
}

impl SilenceDraft {
    fn check(&mut self, starts_at: Timestamp, stored: Option<&Silence>) -> ServiceResult<()> {
        let mut wrong = Vec::new();
        let length = self.reason.chars().count();
        if self.reason.trim().is_empty()
            || length > MAX_REASON
            || self.reason.chars().any(char::is_control)
        {
            wrong.push(FieldError::new(
                "/reason",
                "say why nobody is to be told: 1 to 500 characters, no control characters",
            ));
        }
        check_selection(&mut self.covers, &mut wrong);
        // What was ended early may be changed otherwise, and then keeps its end.
        let same = stored
            .is_some_and(|stored| stored.ends_at == self.ends_at && stored.starts_at == starts_at);
        let lasts = self.ends_at.duration_since(starts_at);
        if !same && !lasts.is_positive() {
            wrong.push(FieldError::new(
                "/endsAt",
                "a silence ends after it starts: give a later endsAt",
            ));
        } else if lasts > MAX_SILENCE {
            wrong.push(FieldError::new(
                "/endsAt",
                "a silence lasts at most 90 days: pause the monitor, or make another one then",
            ));
        }
        if wrong.is_empty() {
            Ok(())
        } else {
            Err(ServiceError::Invalid(wrong))
        }
    }
}

impl Service {
    /// Makes a silence.
    ///
    /// # Errors
    /// `Invalid`, also when it names a monitor that is not there or is over already; `Conflict`
    /// when there are too many.
    pub async fn create_silence(
        &self,
        caller: &Caller,
        mut draft: SilenceDraft,
    ) -> ServiceResult<Created<Silence>> {
        let environment = &*self.means.environment;
        let now = environment.now();
        let starts_at = draft.starts_at.unwrap_or(now);
        let id = SilenceId::generate(environment);
        let act = self.act(caller, "silence.create", id.to_string()).await?;
        if self.replay(caller, &act).await?.is_none() {
            draft.check(starts_at, None)?;
            if draft.ends_at <= now {
                return Err(ServiceError::Invalid(vec![FieldError::new(
                    "/endsAt",
                    "this silence is over already: let it end in the future",
                )]));
            }
            self.room_for_silence(&caller.tenant, now).await?;
        }
        let silence = Silence {
            id,
            account: caller.tenant.account(),
            reason: draft.reason,
            covers: draft.covers,
            starts_at,
            ends_at: draft.ends_at,
            created_by: caller.actor.to_string(),
            version: 1,
            created_at: now,
            updated_at: now,
        };
        let write = self
            .means
            .ports
            .silences
            .create_silence(&caller.tenant, &silence, &act);
        let replayed = self.quietly(caller, &act, "monitor", write).await?;
        let (id, replayed) = match replayed {
            None => (id, false),
            Some(row) => (object_of(&row, "silence")?, true),
        };
        Ok(Created {
            value: self.silence(&caller.tenant, id).await?,
            replayed,
        })
    }

    async fn room_for_silence(&self, tenant: &Tenant, now: Timestamp) -> ServiceResult<()> {
        let port = &self.means.ports.silences;
        let current = port
            .current_silences(tenant, now, MAX_CURRENT)
            .await
            .map_err(|error| ServiceError::of_store(error, "silence"))?;
        check_room("silences", current.len())
    }

    /// One silence.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn silence(&self, tenant: &Tenant, id: SilenceId) -> ServiceResult<Silence> {
        self.means
            .ports
            .silences
            .silence(tenant, id)
            .await
            .map_err(|error| ServiceError::of_store(error, "silence"))
    }

    /// Silences, oldest first.
    ///
    /// # Errors
    /// Only faults.
    pub async fn silences(&self, tenant: &Tenant, page: Page) -> ServiceResult<Vec<Silence>> {
        self.means
            .ports
            .silences
            .silences(tenant, page)
            .await
            .map_err(|error| ServiceError::of_store(error, "silence"))
    }

    /// Changes a silence to the draft.
    ///
    /// # Errors
    /// As [`Service::create_silence`]; `Stale` when it was changed in between.
    pub async fn update_silence(
        &self,
        caller: &Caller,
        id: SilenceId,
        mut draft: SilenceDraft,
        expected: Option<i64>,
    ) -> ServiceResult<Silence> {
        let stored = self.silence(&caller.tenant, id).await?;
        let now = self.means.environment.now();
        let starts_at = draft.starts_at.unwrap_or(now);
        draft.check(starts_at, Some(&stored))?;
        let act = self.act(caller, "silence.update", id.to_string()).await?;
        if self.replay(caller, &act).await?.is_some() {
            return Ok(stored);
        }
        if expected.is_some_and(|expected| expected != stored.version) {
            return Err(ServiceError::Stale);
        }
        // What is over comes to life again only where there is room.
        if stored.ends_at <= now && draft.ends_at > now {
            self.room_for_silence(&caller.tenant, now).await?;
        }
        let silence = Silence {
            reason: draft.reason,
            covers: draft.covers,
            starts_at,
            ends_at: draft.ends_at,
            updated_at: now,
            ..stored
        };
        let write = self
            .means
            .ports
            .silences
            .update_silence(&caller.tenant, &silence, &act);
        self.quietly(caller, &act, "monitor", write).await?;
        self.silence(&caller.tenant, id).await
    }

    /// Ends a silence now.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` when it does not hold now.
    pub async fn end_silence(&self, caller: &Caller, id: SilenceId) -> ServiceResult<Silence> {
        let act = self.act(caller, "silence.end", id.to_string()).await?;
        if self.replay(caller, &act).await?.is_some() {
            return self.silence(&caller.tenant, id).await;
        }
        let now = self.means.environment.now();
        let stored = self.silence(&caller.tenant, id).await?;
        if !stored.active(now) {
            return Err(ServiceError::Conflict {
                code: "not_active",
                message: "this silence does not hold now: change or delete it instead".to_owned(),
            });
        }
        let silence = Silence {
            ends_at: now,
            updated_at: now,
            ..stored
        };
        let write = self
            .means
            .ports
            .silences
            .update_silence(&caller.tenant, &silence, &act);
        self.quietly(caller, &act, "silence", write).await?;
        self.silence(&caller.tenant, id).await
    }

    /// Removes a silence: if it holds, it ends.
    ///
    /// # Errors
    /// `NotFound`; `Stale` when `expected` is not its version.
    pub async fn delete_silence(
        &self,
        caller: &Caller,
        id: SilenceId,
        expected: Option<i64>,
    ) -> ServiceResult<()> {
        let act = self.act(caller, "silence.delete", id.to_string()).await?;
        if self.replay(caller, &act).await?.is_some() {
            return Ok(());
        }
        let write = self
            .means
            .ports
            .silences
            .delete_silence(&caller.tenant, id, expected, &act);
        self.quietly(caller, &act, "silence", write).await?;
        Ok(())
    }
}
