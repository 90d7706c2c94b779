//! From observations to belief: confirmation counts both ways, a fast re-check while in doubt. Pure.

use crate::{
    monitor::{Health, MonitorState, Policy, Streak},
    observation::{Observation, Reason, Status},
};
use jiff::Timestamp;

/// A belief that changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// What is believed now.
    pub to: Health,
    /// When the first result of the streak was seen.
    pub since: Timestamp,
    /// Why, by the first result of the streak.
    pub reason: Reason,
}

/// What one observation means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// The observation's own status.
    pub status: Status,
    /// The belief that it changed.
    pub change: Option<Change>,
    /// Whether to look again soon, because the result surprises and is not yet believed.
    pub recheck: bool,
}

/// Judges one observation made at `at`, and counts it in the state's streak.
///
/// An UNKNOWN result neither confirms nor refutes: the streak stays as it is.
pub fn judge(
    state: &mut MonitorState,
    policy: &Policy,
    observation: &Observation,
    at: Timestamp,
) -> Verdict {
    state.last = Some(observation.status);
    state.last_reason = Some(observation.reason);
    let towards = match observation.status {
        Status::Up => Health::Up,
        Status::Degraded => Health::Degraded,
        Status::Down => Health::Down,
        Status::Unknown => {
            return Verdict {
                status: observation.status,
                change: None,
                recheck: false,
            };
        }
    };
    if towards == state.health {
        state.streak = None;
        return Verdict {
            status: observation.status,
            change: None,
            recheck: false,
        };
    }
    let mut streak = match state.streak {
        Some(streak) if continues(state.health, streak.towards, towards) => Streak {
            count: streak.count.saturating_add(1),
            ..streak
        },
        _ => Streak {
            towards,
            count: 1,
            since: at,
            reason: observation.reason,
        },
    };
    // A streak that wavers between degraded and down is as bad as its latest result on the way
    // down, where it is confirmed that something is wrong, and as bad as its worst one on the way
    // up, where nothing better than that is confirmed.
    let worse = towards.badness() > state.health.badness();
    if streak.towards != towards && (worse || towards.badness() > streak.towards.badness()) {
        streak.towards = towards;
        streak.reason = observation.reason;
    }
    let needed = if worse {
        policy.confirmations.down
    } else {
        policy.confirmations.up
    };
    if streak.count >= needed.max(1) {
        state.streak = None;
        let change = Change {
            to: streak.towards,
            since: streak.since,
            reason: streak.reason,
        };
        Verdict {
            status: observation.status,
            change: Some(change),
            recheck: false,
        }
    } else {
        state.streak = Some(streak);
        Verdict {
            status: observation.status,
            change: None,
            recheck: true,
        }
    }
}

/// Whether a result towards `now` continues a streak towards `before`: both on the same side of
/// what is believed.
fn continues(believed: Health, before: Health, now: Health) -> bool {
    let side = |health: Health| health.badness().cmp(&believed.badness());
    side(before) == side(now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::monitor::Confirmations;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn run(policy: &Policy, results: &[Status]) -> Vec<(Health, bool)> {
        let mut state = MonitorState::new(at(0));
        results
            .iter()
            .enumerate()
            .map(|(index, status)| {
                let observation = Observation::new(*status, Reason::Ok);
                let when = at(i64::try_from(index).unwrap());
                let verdict = judge(&mut state, policy, &observation, when);
                if let Some(change) = verdict.change {
                    state.health = change.to;
                }
                (state.health, verdict.recheck)
            })
            .collect()
    }

    #[test]
    fn a_single_failure_is_rechecked_and_not_believed() {
        use Status::{Down, Unknown, Up};
        let seen = run(&Policy::default(), &[Up, Down, Up, Down, Unknown, Down, Up]);
        assert_eq!(
            seen,
            [
                (Health::Up, false),
                (Health::Up, true),
                (Health::Up, false),
                (Health::Up, true),
                (Health::Up, false),
                (Health::Down, false),
                (Health::Up, false),
            ]
        );
    }

    #[test]
    fn confirmations_count_both_ways() {
        use Status::{Degraded, Down, Up};
        let policy = Policy {
            confirmations: Confirmations { down: 3, up: 2 },
            ..Policy::default()
        };
        let seen = run(&policy, &[Up, Up, Down, Degraded, Down, Up, Up, Up]);
        let health: Vec<_> = seen.iter().map(|(health, _)| *health).collect();
        assert_eq!(
            health,
            [
                Health::Pending,
                Health::Up,
                Health::Up,
                Health::Up,
                Health::Down,
                Health::Down,
                Health::Up,
                Health::Up
            ]
        );
    }

    proptest::proptest! {
        /// No belief in trouble without the needed number of trusted bad results in a row, and
        /// UNKNOWN changes nothing.
        #[test]
        fn belief_needs_its_confirmations(
            down in 1_u8..5, up in 1_u8..5, results in proptest::collection::vec(0_u8..4, 0..200)
        ) {
            let policy = Policy { confirmations: Confirmations { down, up }, ..Policy::default() };
            let mut state = MonitorState::new(at(0));
            let (mut bad, mut good) = (0_u8, 0_u8);
            for (second, result) in results.into_iter().enumerate() {
                let status = [Status::Up, Status::Degraded, Status::Down, Status::Unknown]
                    [usize::from(result)];
                match status {
                    Status::Up => { good = good.saturating_add(1); bad = 0; }
                    Status::Unknown => {}
                    _ => { bad = bad.saturating_add(1); good = 0; }
                }
                let before = state.health;
                let observation = Observation::new(status, Reason::Ok);
                let verdict = judge(&mut state, &policy, &observation,
                    at(i64::try_from(second).unwrap()));
                if let Some(change) = verdict.change {
                    proptest::prop_assert_ne!(status, Status::Unknown);
                    proptest::prop_assert_ne!(change.to, before);
                    if change.to == Health::Up {
                        proptest::prop_assert!(good >= up);
                    } else if before.badness() == 0 {
                        proptest::prop_assert!(bad >= down);
                    }
                    state.health = change.to;
                }
            }
        }
    }
}
