//! Notification rules: who is told about which monitors.

use super::{Caller, Created, Service, ServiceError, ServiceResult, check_name, object_of};
use crate::{
    alert::{AlertKind, MIN_REMINDER, Rule, RuleScope},
    error::{FieldError, StoreError, StoreErrorKind},
    id::{ChannelId, MonitorId, RuleId},
    port::Page,
    tenant::Tenant,
};
use std::time::Duration;

/// The most channels or monitors that one rule names.
const MAX_NAMED: usize = 1_000;
/// The longest time between two reminders: 31 days.
const MAX_REMINDER: Duration = Duration::from_secs(31 * 86_400);

/// A rule as somebody wants it.
#[derive(Debug, Clone)]
pub struct RuleDraft {
    /// What people call it.
    pub name: String,
    /// Who is told.
    pub channels: Vec<ChannelId>,
    /// About which monitors.
    pub scope: RuleScope,
    /// About what; empty is everything.
    pub kinds: Vec<AlertKind>,
    /// How often people are reminded of an open, unacknowledged event.
    pub remind_every: Option<Duration>,
    /// Whether it is in force.
    pub enabled: bool,
}

impl RuleDraft {
    fn check(&mut self) -> ServiceResult<()> {
        let mut wrong = Vec::new();
        check_name(&self.name, &mut wrong);
        self.channels.sort_unstable();
        self.channels.dedup();
        if self.channels.is_empty() || self.channels.len() > MAX_NAMED {
            wrong.push(FieldError::new(
                "/channelIds",
                "a rule names 1 to 1000 channels",
            ));
        }
        if let RuleScope::Monitors(ids) = &mut self.scope {
            ids.sort_unstable();
            ids.dedup();
            if ids.is_empty() || ids.len() > MAX_NAMED {
                wrong.push(FieldError::new(
                    "/monitorIds",
                    "a rule names 1 to 1000 monitors, or has \"allMonitors\": true",
                ));
            }
        }
        if self
            .remind_every
            .is_some_and(|every| !(MIN_REMINDER..=MAX_REMINDER).contains(&every))
        {
            wrong.push(FieldError::new(
                "/remindEverySeconds",
                "reminders come every 60 to 2678400 seconds",
            ));
        }
        self.kinds.sort_unstable();
        self.kinds.dedup();
        if wrong.is_empty() {
            Ok(())
        } else {
            Err(ServiceError::Invalid(wrong))
        }
    }
}

impl Service {
    /// Makes a rule.
    ///
    /// # Errors
    /// `Invalid`, also when it names a channel or monitor that is not there.
    pub async fn create_rule(
        &self,
        caller: &Caller,
        mut draft: RuleDraft,
    ) -> ServiceResult<Created<Rule>> {
        let named = Named::of(&draft);
        draft.check()?;
        let environment = &*self.means.environment;
        let rule = Rule {
            id: RuleId::generate(environment),
            account: caller.tenant.account(),
            name: draft.name,
            channels: draft.channels,
            scope: draft.scope,
            kinds: draft.kinds,
            remind_every: draft.remind_every,
            enabled: draft.enabled,
            version: 1,
            created_at: environment.now(),
        };
        let act = self.act(caller, "rule.create", rule.id.to_string()).await?;
        let write = self
            .means
            .ports
            .rules
            .create_rule(&caller.tenant, &rule, &act);
        let replayed = match self.once(caller, &act, "rule", write).await {
            Ok(replayed) => replayed,
            Err(error) => return Err(self.dangling(caller, &named, error).await),
        };
        let (id, replayed) = match replayed {
            None => (rule.id, false),
            Some(row) => (object_of(&row, "rule")?, true),
        };
        Ok(Created {
            value: self.rule(&caller.tenant, id).await?,
            replayed,
        })
    }

    /// One rule.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn rule(&self, tenant: &Tenant, id: RuleId) -> ServiceResult<Rule> {
        self.means
            .ports
            .rules
            .rule(tenant, id)
            .await
            .map_err(|error| ServiceError::of_store(error, "notification rule"))
    }

    /// Rules, oldest first.
    ///
    /// # Errors
    /// Only faults.
    pub async fn rules(&self, tenant: &Tenant, page: Page) -> ServiceResult<Vec<Rule>> {
        self.means
            .ports
            .rules
            .rules(tenant, page)
            .await
            .map_err(|error| ServiceError::of_store(error, "notification rule"))
    }

    /// Changes a rule to the draft.
    ///
    /// # Errors
    /// As [`Service::create_rule`]; `Stale` when it was changed in between.
    pub async fn update_rule(
        &self,
        caller: &Caller,
        id: RuleId,
        mut draft: RuleDraft,
        expected: Option<i64>,
    ) -> ServiceResult<Rule> {
        let named = Named::of(&draft);
        draft.check()?;
        let stored = self.rule(&caller.tenant, id).await?;
        let act = self.act(caller, "rule.update", id.to_string()).await?;
        if self.replay(caller, &act).await?.is_some() {
            return Ok(stored);
        }
        if expected.is_some_and(|expected| expected != stored.version) {
            return Err(ServiceError::Stale);
        }
        let rule = Rule {
            name: draft.name,
            channels: draft.channels,
            scope: draft.scope,
            kinds: draft.kinds,
            remind_every: draft.remind_every,
            enabled: draft.enabled,
            ..stored
        };
        let write = self
            .means
            .ports
            .rules
            .update_rule(&caller.tenant, &rule, &act);
        if let Err(error) = self.once(caller, &act, "rule", write).await {
            return Err(self.dangling(caller, &named, error).await);
        }
        self.rule(&caller.tenant, id).await
    }

    /// Removes a rule.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn delete_rule(
        &self,
        caller: &Caller,
        id: RuleId,
        expected: Option<i64>,
    ) -> ServiceResult<()> {
        let act = self.act(caller, "rule.delete", id.to_string()).await?;
        if self.replay(caller, &act).await?.is_some() {
            return Ok(());
        }
        let write = self
            .means
            .ports
            .rules
            .delete_rule(&caller.tenant, id, expected, &act);
        self.once(caller, &act, "notification rule", write).await?;
        Ok(())
    }
}

/// What a rule names, in the order in which it was said.
struct Named {
    channels: Vec<ChannelId>,
    monitors: Vec<MonitorId>,
}

impl Named {
    fn of(draft: &RuleDraft) -> Self {
        Self {
            channels: draft.channels.clone(),
            monitors: match &draft.scope {
                RuleScope::Monitors(ids) => ids.clone(),
                RuleScope::AllMonitors => Vec::new(),
            },
        }
    }
}

impl Service {
    /// What the refusal of a rule means: when it names what is not there, which of it that is.
    async fn dangling(&self, caller: &Caller, named: &Named, error: ServiceError) -> ServiceError {
        if !matches!(error, ServiceError::NotFound("rule")) {
            return error;
        }
        let tenant = &caller.tenant;
        let ports = &self.means.ports;
        let absent = |error: &StoreError| error.kind() == StoreErrorKind::NotFound;
        let mut wrong = Vec::new();
        for (index, id) in named.channels.iter().enumerate() {
            if ports
                .channels
                .channel(tenant, *id)
                .await
                .is_err_and(|e| absent(&e))
            {
                wrong.push(FieldError::new(
                    format!("/channelIds/{index}"),
                    "this channel does not exist: look its id up first",
                ));
            }
        }
        for (index, id) in named.monitors.iter().enumerate() {
            if ports
                .monitors
                .monitor(tenant, *id)
                .await
                .is_err_and(|e| absent(&e))
            {
                wrong.push(FieldError::new(
                    format!("/monitorIds/{index}"),
                    "this monitor does not exist: look its id up first",
                ));
            }
        }
        if wrong.is_empty() {
            // The rule itself is gone, or what was missing has come meanwhile.
            error
        } else {
            ServiceError::Invalid(wrong)
        }
    }
}
