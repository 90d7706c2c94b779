//! Which monitors something is about: all of them, or those with an id, a tag or a group of a list. Pure.

use crate::{
    id::MonitorId,
    monitor::{Monitor, is_within},
};

/// Which monitors something is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// Every monitor of the account, also those made later.
    All,
    /// Those that are named in at least one way, also those that get the tag or group later.
    Named {
        /// By their ids, in order.
        monitors: Vec<MonitorId>,
        /// By a tag that they carry.
        tags: Vec<String>,
        /// By the group that they are in, at any depth.
        groups: Vec<String>,
    },
}

impl Selection {
    /// Whether it is about this monitor.
    #[must_use]
    pub fn covers(&self, monitor: &Monitor) -> bool {
        match self {
            Self::All => true,
            Self::Named {
                monitors,
                tags,
                groups,
            } => {
                monitors.contains(&monitor.id)
                    || tags.iter().any(|tag| monitor.tags.contains(tag))
                    || monitor
                        .group
                        .as_deref()
                        .is_some_and(|path| groups.iter().any(|group| is_within(path, group)))
            }
        }
    }

    /// The same selection without a monitor that is gone.
    pub(crate) fn forget(&mut self, id: MonitorId) {
        if let Self::Named { monitors, .. } = self {
            monitors.retain(|monitor| *monitor != id);
        }
    }

    /// What is named is a set: in order, each once.
    pub(crate) fn sort(&mut self) {
        if let Self::Named {
            monitors,
            tags,
            groups,
        } = self
        {
            monitors.sort_unstable();
            monitors.dedup();
            for texts in [tags, groups] {
                texts.sort_unstable();
                texts.dedup();
            }
        }
    }
}
