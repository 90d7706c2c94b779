//! GROUP: monitors as one: its state is made of what is believed of its members.

use super::{Cadence, Check, CheckContext, CheckEnv, CheckSpec};
use crate::{
    error::{ConfigError, FieldError},
    id::MonitorId,
    monitor::Health,
    observation::{Observation, Reason, Status},
};
use async_trait::async_trait;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt::{Debug, Write};

/// The most members that a group names.
pub const MAX_MEMBERS: usize = 500;
/// How many members are named in a result.
const NAMED: usize = 10;

/// When a group is down.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum GroupRule {
    /// When at least one member is down.
    #[default]
    AnyDown,
    /// When every member is down; while only some are, the group is degraded.
    AllDown,
    /// When fewer members than `minUp` are up; with enough of them, a group with a member that is
    /// down is degraded.
    MinUp,
}

/// How a group is configured. Its target is empty. Give either `members` or `tag`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(
    title = "Group",
    example = serde_json::json!({ "tag": "shop", "rule": "ANY_DOWN" })
)]
pub struct GroupSpec {
    /// The ids of the members; they may be groups themselves.
    #[serde(default)]
    #[schemars(length(max = 500))]
    pub members: Vec<MonitorId>,
    /// The monitors that carry this tag are the members, also those that get it later; groups that
    /// carry it are not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 50))]
    pub tag: Option<String>,
    /// When the group is down.
    #[serde(default)]
    pub rule: GroupRule,
    /// With the rule `MIN_UP`: how many members must be up. A degraded member counts as up. With
    /// fewer members that anything is known of, all of them must be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 500))]
    pub min_up: Option<u32>,
}

impl CheckSpec for GroupSpec {
    const KIND: &'static str = "GROUP";
    const CADENCE: Cadence = Cadence::Group;

    fn build(self, env: &CheckEnv) -> Result<Box<dyn Check>, ConfigError> {
        let mut wrong = Vec::new();
        let mut fault = |pointer: &str, message: &str| {
            wrong.push(FieldError::new(pointer, message));
        };
        if !env.target().is_empty() {
            fault(
                "/target",
                "a group has no target: leave it out, and name its members in the config",
            );
        }
        match (&self.tag, self.members.is_empty()) {
            (None, true) => fault(
                "/config/members",
                "the group has no members: name the ids of monitors here, or a tag in tag",
            ),
            (Some(_), false) => fault(
                "/config/tag",
                "a group has members by id or by tag: leave one of them out",
            ),
            (Some(tag), true)
                if tag.is_empty()
                    || tag.chars().count() > 50
                    || tag.chars().any(char::is_control) =>
            {
                fault(
                    "/config/tag",
                    "a tag has 1 to 50 characters and no control characters",
                );
            }
            _ => {}
        }
        if self.members.len() > MAX_MEMBERS {
            fault("/config/members", "a group names at most 500 members");
        }
        match (self.rule, self.min_up) {
            (GroupRule::MinUp, None) => fault(
                "/config/minUp",
                "the rule MIN_UP needs minUp: how many members must be up",
            ),
            (GroupRule::MinUp, Some(0)) => fault("/config/minUp", "minUp is at least 1"),
            (GroupRule::MinUp, Some(least)) => {
                let members = u32::try_from(self.members.len()).unwrap_or(u32::MAX);
                if self.tag.is_none() && least > members {
                    fault(
                        "/config/minUp",
                        "minUp is more than the group has members: it could never be up",
                    );
                }
            }
            (_, Some(_)) => fault(
                "/config/minUp",
                "minUp belongs to the rule MIN_UP: set that rule, or leave minUp out",
            ),
            (_, None) => {}
        }
        for (index, member) in self.members.iter().enumerate() {
            if self.members.iter().take(index).any(|other| other == member) {
                wrong.push(FieldError::new(
                    format!("/config/members/{index}"),
                    "this member is there twice",
                ));
            }
        }
        ConfigError::check(wrong)?;
        Ok(Box::new(Group(self)))
    }
}

/// What is believed of a monitor, as a group sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its id.
    pub id: MonitorId,
    /// What people call it.
    pub name: String,
    /// What is believed; none when it rests, or a maintenance window that covers it is open.
    pub health: Option<Health>,
    /// Whether its last result could not be trusted, so that what is believed may be over.
    pub doubtful: bool,
}

/// What the engine knows of the monitors of one account.
pub trait Neighbours: Debug + Send + Sync {
    /// The monitor of this id; none when it is absent or another account's.
    fn monitor(&self, id: MonitorId) -> Option<Member>;

    /// The monitors that carry this tag, but no groups.
    fn tagged(&self, tag: &str) -> Vec<Member>;
}

#[derive(Debug)]
struct Group(GroupSpec);

#[async_trait]
impl Check for Group {
    async fn run(&self, cx: &CheckContext) -> Observation {
        let Some(neighbours) = &cx.neighbours else {
            return Observation::unknown(
                Reason::Internal,
                "a group can only be looked at by a running engine",
            );
        };
        let members: Vec<Member> = match &self.0.tag {
            Some(tag) => neighbours.tagged(tag),
            None => self
                .0
                .members
                .iter()
                .filter_map(|id| neighbours.monitor(*id))
                .collect(),
        };
        self.judge(&members)
    }
}

impl Group {
    /// The state of the group. Members that rest, are in maintenance or that nothing is believed of are left out, and so
    /// are those whose last result is UNKNOWN; where these would make a difference, nothing is known
    /// of the group either, and what was believed of it stays.
    fn judge(&self, members: &[Member]) -> Observation {
        let believed = |doubtful_too: bool| -> Vec<(&Member, Health)> {
            members
                .iter()
                .filter(|member| doubtful_too || !member.doubtful)
                .filter_map(|member| Some((member, member.health?)))
                .filter(|(_, health)| *health != Health::Pending)
                .collect()
        };
        let known = believed(false);
        if known.is_empty() {
            return Observation::unknown(
                Reason::Members,
                "nothing is known of any member: they are paused, in maintenance, not yet checked, or gone",
            );
        }
        let status = self.status(&known);
        if status != self.status(&believed(true)) {
            return Observation::unknown(
                Reason::Members,
                "members whose last result is UNKNOWN would decide the state of the group",
            );
        }
        let observation = Observation::new(
            status,
            match status {
                Status::Up => Reason::Ok,
                _ => Reason::Members,
            },
        );
        match status {
            Status::Up => observation,
            _ => observation.because(sentence(&known)),
        }
    }

    fn status(&self, known: &[(&Member, Health)]) -> Status {
        let down = known
            .iter()
            .filter(|(_, health)| *health == Health::Down)
            .count();
        let up = known.len().saturating_sub(down);
        let is_down = match self.0.rule {
            GroupRule::AnyDown => down > 0,
            GroupRule::AllDown => up == 0,
            GroupRule::MinUp => {
                let least = self
                    .0
                    .min_up
                    .and_then(|least| usize::try_from(least).ok())
                    .unwrap_or(1);
                up < least.min(known.len())
            }
        };
        if is_down {
            Status::Down
        } else if known.iter().any(|(_, health)| health.badness() > 0) {
            Status::Degraded
        } else {
            Status::Up
        }
    }
}

/// Names the members that are not well, the worst first.
fn sentence(known: &[(&Member, Health)]) -> String {
    let of = |wanted: Health| -> Vec<&str> {
        known
            .iter()
            .filter(|(_, health)| *health == wanted)
            .map(|(member, _)| member.name.as_str())
            .collect()
    };
    let mut sentence = String::new();
    for (names, word) in [
        (of(Health::Down), "down"),
        (of(Health::Degraded), "degraded"),
    ] {
        if names.is_empty() {
            continue;
        }
        if !sentence.is_empty() {
            sentence.push_str("; ");
        }
        let named = names
            .iter()
            .take(NAMED)
            .copied()
            .collect::<Vec<_>>()
            .join(", ");
        // Writing to a text cannot fail.
        let _ = write!(
            sentence,
            "{word}: {} of {} members ({named}",
            names.len(),
            known.len()
        );
        let more = names.len().saturating_sub(NAMED);
        if more > 0 {
            let _ = write!(sentence, ", and {more} more");
        }
        sentence.push(')');
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;
    use Health::{Degraded, Down, Pending, Up};

    fn group(rule: GroupRule, min_up: Option<u32>) -> Group {
        Group(GroupSpec {
            members: Vec::new(),
            tag: Some("t".into()),
            rule,
            min_up,
        })
    }

    fn members(healths: &[(Option<Health>, bool)]) -> Vec<Member> {
        healths
            .iter()
            .zip(1_u8..)
            .map(|((health, doubtful), number)| Member {
                id: MonitorId::from_bytes([number; 16]),
                name: format!("m{number}"),
                health: *health,
                doubtful: *doubtful,
            })
            .collect()
    }

    fn of(healths: &[Health]) -> Vec<Member> {
        let healths: Vec<_> = healths
            .iter()
            .map(|health| (Some(*health), false))
            .collect();
        members(&healths)
    }

    #[test]
    fn each_rule_has_its_table() {
        use GroupRule::{AllDown, AnyDown, MinUp};
        let table: [(&[Health], [Status; 4]); 7] = {
            use Status::{Degraded as G, Down as D, Unknown as N, Up as U};
            [
                (&[Up, Up, Up], [U, U, U, U]),
                (&[Up, Up, Degraded], [G, G, G, G]),
                (&[Up, Up, Down], [D, G, G, G]),
                (&[Up, Down, Down], [D, G, G, D]),
                (&[Degraded, Down, Down], [D, G, G, D]),
                (&[Down, Down, Down], [D, D, D, D]),
                (&[Pending, Pending], [N, N, N, N]),
            ]
        };
        let groups = [
            group(AnyDown, None),
            group(AllDown, None),
            group(MinUp, Some(1)),
            group(MinUp, Some(2)),
        ];
        for (healths, expected) in table {
            let seen: Vec<_> = groups
                .iter()
                .map(|group| group.judge(&of(healths)).status)
                .collect();
            assert_eq!(seen, expected, "{healths:?}");
        }
    }

    #[test]
    fn what_rests_is_left_out_and_what_is_doubtful_decides_nothing() {
        let any = group(GroupRule::AnyDown, None);
        let all = group(GroupRule::AllDown, None);
        let rests = (None, false);
        let (up, down) = ((Some(Up), false), (Some(Down), false));
        let (maybe_up, maybe_down) = ((Some(Up), true), (Some(Down), true));
        for (group, given, expected) in [
            (&any, vec![rests, up], Status::Up),
            (&any, vec![rests, rests], Status::Unknown),
            (&any, vec![], Status::Unknown),
            (&all, vec![rests, down], Status::Down),
            (&any, vec![up, maybe_up], Status::Up),
            (&any, vec![down, maybe_up], Status::Down),
            // The outage of the group may be over, or not: its members will say.
            (&any, vec![up, maybe_down], Status::Unknown),
            (&all, vec![down, maybe_up], Status::Unknown),
            (&all, vec![maybe_down, maybe_down], Status::Unknown),
        ] {
            assert_eq!(group.judge(&members(&given)).status, expected, "{given:?}");
        }
        // Of three members, two of which must be up, two rest: the third one decides.
        let two = group(GroupRule::MinUp, Some(2));
        assert_eq!(two.judge(&members(&[rests, rests, up])).status, Status::Up);
        assert_eq!(
            two.judge(&members(&[rests, rests, down])).status,
            Status::Down
        );
    }

    #[test]
    fn the_members_that_are_not_well_are_named_and_the_list_is_bounded() {
        let any = group(GroupRule::AnyDown, None);
        let seen = any.judge(&of(&[Up, Down, Degraded, Down]));
        assert_eq!(seen.reason, Reason::Members);
        assert_eq!(
            seen.detail.unwrap(),
            "down: 2 of 4 members (m2, m4); degraded: 1 of 4 members (m3)"
        );
        let many = any.judge(&of(&[Down; 40])).detail.unwrap();
        assert!(many.ends_with("m9, m10, and 30 more)"), "{many}");
    }
}
