//! The members of a group: monitors of the same account, and never the group itself.

use super::{Service, ServiceError, ServiceResult};
use crate::{
    check::{CheckSpec, group::GroupSpec},
    error::{FieldError, StoreErrorKind},
    id::MonitorId,
    monitor::Monitor,
    tenant::Tenant,
};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

impl Service {
    /// Refuses a group that names what is not there, or that would be its own member through
    /// others. A member that the stored configuration names already may be gone meanwhile.
    ///
    /// `own` is the group's id when it is there already: a new one is nobody's member yet.
    ///
    /// Returns the other groups that were looked at, with their versions: two groups that are
    /// changed at once must not become each other's members, so the store compares these anew.
    pub(super) async fn check_members(
        &self,
        tenant: &Tenant,
        own: Option<MonitorId>,
        config: &Value,
        before: Option<&Value>,
    ) -> ServiceResult<Vec<(MonitorId, i64)>> {
        let members = members_of(config)?;
        let known: BTreeSet<MonitorId> = match before {
            None => BTreeSet::new(),
            Some(before) => members_of(before)?.into_iter().collect(),
        };
        let mut wrong = Vec::new();
        let mut seen = BTreeMap::new();
        for (index, member) in members.iter().enumerate() {
            let pointer = format!("/config/members/{index}");
            match self.group_or_none(tenant, *member).await? {
                Named::Absent if !known.contains(member) => wrong.push(FieldError::new(
                    pointer,
                    "no monitor of this account has this id: look it up first",
                )),
                Named::Absent | Named::Plain => {}
                Named::Group(inner, version) => {
                    let Some(own) = own else { continue };
                    if *member != own {
                        seen.insert(*member, version);
                    }
                    if *member == own {
                        wrong.push(FieldError::new(
                            pointer,
                            "this is the group itself: a group cannot be its own member",
                        ));
                    } else if self.leads_to(tenant, inner, own, &mut seen).await? {
                        wrong.push(FieldError::new(
                            pointer,
                            "this group has the group that you change among its own members: a \
                             group cannot be its own member through others",
                        ));
                    }
                }
            }
        }
        if wrong.is_empty() {
            Ok(seen.into_iter().collect())
        } else {
            Err(ServiceError::Invalid(wrong))
        }
    }

    /// Whether `own` is among these members, or among the members of groups among them.
    async fn leads_to(
        &self,
        tenant: &Tenant,
        mut open: Vec<MonitorId>,
        own: MonitorId,
        seen: &mut BTreeMap<MonitorId, i64>,
    ) -> ServiceResult<bool> {
        let mut passed = BTreeSet::new();
        while let Some(member) = open.pop() {
            if member == own {
                return Ok(true);
            }
            if passed.insert(member)
                && let Named::Group(inner, version) = self.group_or_none(tenant, member).await?
            {
                seen.insert(member, version);
                open.extend(inner);
            }
        }
        Ok(false)
    }

    async fn group_or_none(&self, tenant: &Tenant, id: MonitorId) -> ServiceResult<Named> {
        let monitor: Monitor = match self.means.ports.monitors.monitor(tenant, id).await {
            Ok(record) => record.monitor,
            Err(error) if error.kind() == StoreErrorKind::NotFound => return Ok(Named::Absent),
            Err(error) => return Err(ServiceError::of_store(error, "monitor")),
        };
        if monitor.kind.as_str() != GroupSpec::KIND {
            return Ok(Named::Plain);
        }
        let opened = self.open_monitor(tenant, &monitor).await?;
        let config: Value = serde_json::from_slice(opened.config.expose())?;
        Ok(Named::Group(members_of(&config)?, monitor.version))
    }
}

/// What a named member is.
enum Named {
    Absent,
    Plain,
    /// A group with these members, and its version.
    Group(Vec<MonitorId>, i64),
}

fn members_of(config: &Value) -> ServiceResult<Vec<MonitorId>> {
    let spec: GroupSpec = serde_json::from_value(config.clone())?;
    Ok(spec.members)
}
