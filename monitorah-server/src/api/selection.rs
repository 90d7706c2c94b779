//! Which monitors a window or silence is about, as requests say it and answers show it.

use super::rules::ids;
use monitorah_core::{FieldError, selection::Selection};

/// A selection in the words of the API.
#[derive(Debug, Default)]
pub(crate) struct Covered {
    pub(crate) monitor_ids: Vec<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) groups: Vec<String>,
    pub(crate) all_monitors: bool,
}

impl Covered {
    /// Reads it; what is wrong is said with its place.
    pub(crate) fn read(self, wrong: &mut Vec<FieldError>) -> Selection {
        let monitors = ids("monitorIds", &self.monitor_ids, wrong);
        if !self.all_monitors {
            return Selection::Named {
                monitors,
                tags: self.tags,
                groups: self.groups,
            };
        }
        for (pointer, named) in [
            ("/monitorIds", !self.monitor_ids.is_empty()),
            ("/tags", !self.tags.is_empty()),
            ("/groups", !self.groups.is_empty()),
        ] {
            if named {
                wrong.push(FieldError::new(
                    pointer,
                    "with \"allMonitors\": true nothing else is named: leave this out",
                ));
            }
        }
        Selection::All
    }
}

impl From<Selection> for Covered {
    fn from(covers: Selection) -> Self {
        match covers {
            Selection::All => Self {
                all_monitors: true,
                ..Self::default()
            },
            Selection::Named {
                monitors,
                tags,
                groups,
            } => Self {
                monitor_ids: monitors.iter().map(ToString::to_string).collect(),
                tags,
                groups,
                all_monitors: false,
            },
        }
    }
}
