//! A monitor as somebody wants it, and everything that is wrong with it.

use super::super::{Service, ServiceError, ServiceResult, check_name, mask};
use crate::{
    check::{CheckEnv, CheckType},
    error::FieldError,
    id::MonitorId,
    monitor::{MAX_OWNER, MAX_PARENTS, MAX_TAGS, Policy, group_fault},
    secret::Secret,
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

impl Service {
    pub(in crate::service) fn check_draft(
        &self,
        draft: &MonitorDraft,
    ) -> ServiceResult<&CheckType> {
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
    pub(in crate::service) fn checked_config(
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
}
