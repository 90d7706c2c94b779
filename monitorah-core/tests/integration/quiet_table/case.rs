//! The rows of the table: what is combined with what.

use crate::house::Script;
use monitorah_core::{Observation, Reason};
use std::ops::Range;

/// Everything that keeps quiet does so from here at the earliest, and to there at the latest; but
/// for parents that fall before, or come back later.
pub(crate) const QUIET: Range<i64> = 300..600;
/// What is ended early ends here.
pub(crate) const EARLY: i64 = 450;
/// When a parent falls that does not fall with its child.
const FALLS: i64 = QUIET.start - 20;
/// When the parent comes back that outlives everything else that keeps quiet.
const LONGER: i64 = 680;

/// When the target is down.
pub(crate) const OUTAGES: [(&str, &[Range<i64>]); 9] = [
    ("never", &[]),
    ("inside", &[350..520]),
    ("begins before, ends inside", &[200..420]),
    ("begins before, ends after", &[200..800]),
    ("begins inside, ends after", &[380..900]),
    ("ends just after the quiet ends", &[310..601]),
    ("after", &[700..850]),
    ("inside and after", &[330..400, 700..800]),
    (
        "before, and until just after an early end",
        &[100..200, 350..451],
    ),
];

/// What kind of monitor it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A target that is down in its outages.
    Steady,
    /// A target that is down and up in turns of forty seconds in its outages.
    Flapping,
    /// A group of one member that is down in its outages. What is about the group is not about its
    /// member.
    Group,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Maintenance {
    No,
    Once,
    Weekly,
    EndedEarly,
    DeletedEarly,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Silence {
    No,
    Whole,
    EndedEarly,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Parent {
    No,
    Well,
    /// Down for as long as everything else that keeps quiet.
    Down,
    /// Well again while the others still keep quiet.
    Shorter,
    /// Still down when the others end.
    Longer,
    /// Down from the same second as the child; well again when the others end.
    Together,
}

/// When somebody takes the open event on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    No,
    /// Before anything keeps quiet.
    Before,
    /// While things are quiet.
    Inside,
    /// When all of that is over.
    After,
}

impl Taken {
    pub(crate) const ALL: [Self; 4] = [Self::No, Self::Before, Self::Inside, Self::After];

    pub(crate) fn at(self) -> Option<i64> {
        match self {
            Self::No => None,
            Self::Before => Some(250),
            Self::Inside => Some(500),
            Self::After => Some(740),
        }
    }
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Case {
    pub(crate) kind: Kind,
    pub(crate) outages: usize,
    pub(crate) maintenance: Maintenance,
    pub(crate) silence: Silence,
    pub(crate) parent: Parent,
    pub(crate) taken: Taken,
}

const PARENTS: [Parent; 6] = [
    Parent::No,
    Parent::Well,
    Parent::Down,
    Parent::Shorter,
    Parent::Longer,
    Parent::Together,
];

impl Case {
    /// Every combination of what keeps quiet, for each outage.
    fn every(kind: Kind) -> Vec<Self> {
        let mut all = Vec::new();
        for (outages, (_, down)) in OUTAGES.iter().enumerate() {
            for maintenance in [
                Maintenance::No,
                Maintenance::Once,
                Maintenance::Weekly,
                Maintenance::EndedEarly,
                Maintenance::DeletedEarly,
            ] {
                for silence in [Silence::No, Silence::Whole, Silence::EndedEarly] {
                    for parent in PARENTS {
                        // The parent that falls with the child needs an outage to fall with.
                        let falls = down.iter().any(meets);
                        if parent != Parent::Together || falls {
                            all.push(Self {
                                kind,
                                outages,
                                maintenance,
                                silence,
                                parent,
                                taken: Taken::No,
                            });
                        }
                    }
                }
            }
        }
        all
    }

    /// How many different reasons there are to keep quiet.
    fn reasons(&self) -> (bool, bool, bool) {
        (
            self.maintenance != Maintenance::No,
            self.silence != Silence::No,
            matches!(self.parent, Parent::Shorter | Parent::Longer),
        )
    }

    /// A target that is steadily down. A parent that comes back early or late meets a window and a
    /// silence, but not both at once: the others do.
    pub(crate) fn steady() -> Vec<Self> {
        let mut all = Self::every(Kind::Steady);
        all.retain(|case| case.reasons() != (true, true, true));
        all
    }

    /// Groups, with their members. They have a table of their own: each change of a monitor is one
    /// look at every group of its account.
    pub(crate) fn groups() -> Vec<Self> {
        let mut all = Self::every(Kind::Group);
        all.retain(|case| {
            matches!(case.maintenance, Maintenance::No | Maintenance::EndedEarly)
                && matches!(case.silence, Silence::No | Silence::Whole)
                && matches!(case.parent, Parent::No | Parent::Down | Parent::Longer)
        });
        all
    }

    /// What flaps meets windows, silences and parents, but a window and a silence not at once: the
    /// steady ones do.
    pub(crate) fn flapping() -> Vec<Self> {
        let mut all = Self::every(Kind::Flapping);
        all.retain(|case| match case.reasons() {
            (window, silence, false) => !(window && silence),
            (window, silence, true) => {
                !silence && (!window || case.maintenance == Maintenance::Once)
            }
        });
        all
    }

    /// With a rule that reminds, and somebody who takes the event on.
    pub(crate) fn reminded() -> Vec<Self> {
        let mut all = Self::every(Kind::Steady);
        all.retain(|case| {
            matches!(
                case.maintenance,
                Maintenance::No | Maintenance::Once | Maintenance::EndedEarly
            ) && matches!(case.silence, Silence::No | Silence::Whole)
                && matches!(case.parent, Parent::No | Parent::Down | Parent::Longer)
        });
        all.into_iter()
            .flat_map(|case| Taken::ALL.map(|taken| Self { taken, ..case }))
            .filter(|case| {
                // There must be an event to take on: seen before, and not over.
                let open = |at: i64| {
                    let holds = |outage: &Range<i64>| (outage.start + 40..outage.end).contains(&at);
                    case.down().iter().any(holds)
                };
                case.taken.at().is_none_or(open)
            })
            .collect()
    }

    pub(crate) fn down(&self) -> &'static [Range<i64>] {
        OUTAGES[self.outages].1
    }

    /// When the parent is down.
    pub(crate) fn parent_down(&self) -> Option<Range<i64>> {
        match self.parent {
            Parent::No | Parent::Well => None,
            Parent::Down => Some(FALLS..QUIET.end),
            Parent::Shorter => Some(FALLS..EARLY),
            Parent::Longer => Some(FALLS..LONGER),
            Parent::Together => {
                let own = self.down().iter().find(|outage| meets(outage)).unwrap();
                Some(own.start..QUIET.end)
            }
        }
    }

    /// What the target of the monitor, or of the group's member, says.
    pub(crate) fn script(&self) -> Script {
        let (outages, flapping) = (self.down(), self.kind == Kind::Flapping);
        Script::new(move |second| {
            let second = i64::try_from(second).unwrap();
            let down = outages.iter().any(|outage| {
                outage.contains(&second)
                    && (!flapping || (second - outage.start).rem_euclid(80) < 40)
            });
            observation(down)
        })
    }
}

fn meets(outage: &Range<i64>) -> bool {
    QUIET.contains(&outage.start) || (outage.start < QUIET.start && outage.end > QUIET.start)
}

pub(crate) fn observation(down: bool) -> Observation {
    if down {
        Observation::down(Reason::ConnectRefused, "nothing listens")
    } else {
        Observation::up()
    }
}
