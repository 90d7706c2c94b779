//! Storms: when messages go out one by one, and when many become one. Pure.
//!
//! A channel takes messages at a pace. What comes faster is held back, and once a minute everything
//! that waits goes out as one message ([`alert::Group`](crate::alert::Group)): fifty monitors behind
//! one switch are told as one thing, and a receiver that was away for an hour gets one digest and
//! not a thousand messages. An account has a pace too, over all of its channels.

use std::time::Duration;

/// How fast messages may follow each other: so many at once, and then one in each `every`. The
/// generic cell rate algorithm (ITU-T I.371, annex A), whose whole memory is one [`Meter`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// The most at once; 0 is without a limit.
    pub burst: u32,
    /// How long it takes until one more may go.
    pub every: Duration,
}

/// When the pace is as if nothing had ever gone out (monotonic).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Meter {
    free_at: Duration,
}

impl Pace {
    /// Whether one more may go now.
    #[must_use]
    pub fn allows(&self, meter: &Meter, now: Duration) -> bool {
        let room = self.every.saturating_mul(self.burst.saturating_sub(1));
        self.burst == 0 || meter.free_at <= now.saturating_add(room)
    }

    /// Counts one that goes now.
    pub fn count(&self, meter: &mut Meter, now: Duration) {
        meter.free_at = meter.free_at.max(now).saturating_add(self.every);
    }
}

impl Meter {
    /// Whether it says nothing any more and may be forgotten.
    #[must_use]
    pub fn is_idle(&self, now: Duration) -> bool {
        self.free_at <= now
    }
}

/// When a storm begins, and how it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StormLimits {
    /// What one channel takes one by one.
    pub channel: Pace,
    /// What all channels of an account take one by one.
    pub account: Pace,
    /// How long the first message of a storm gathers what belongs into it.
    pub gather: Duration,
    /// How long after one grouped message the next one to the same channel may follow.
    pub every: Duration,
    /// The most notifications of one grouped message.
    pub most: u32,
}

impl Default for StormLimits {
    fn default() -> Self {
        Self::per_minute(10, 60)
    }
}

impl StormLimits {
    /// So many messages a minute to one channel, and of one account, before they are grouped; 0 is
    /// without a limit.
    #[must_use]
    pub fn per_minute(channel: u32, account: u32) -> Self {
        let minute = Duration::from_mins(1);
        let pace = |burst: u32| Pace {
            burst,
            every: minute.checked_div(burst).unwrap_or_default(),
        };
        Self {
            channel: pace(channel),
            account: pace(account),
            gather: Duration::from_secs(5),
            every: minute,
            most: 10_000,
        }
    }

    /// How long after the given number of failures in a row a grouped message is tried again. A
    /// channel that is held back is tried for as long as something waits for it, and everything
    /// that waits goes with each try, so the pauses stay short.
    #[must_use]
    pub fn pause(&self, failures: u32) -> Duration {
        const LONGEST: Duration = Duration::from_mins(15);
        let doublings = failures.saturating_sub(2).min(8);
        let pause = self.every.saturating_mul(1 << doublings);
        pause.min(LONGEST).max(self.every)
    }

    /// How many notifications the next grouped message holds, after the receiver refused one of so
    /// many: it may have been too large.
    #[must_use]
    pub const fn fewer(refused: u32) -> u32 {
        if refused < 2 { 1 } else { refused / 2 }
    }
}

/// Whether a receiver that answered so to a grouped message may take a smaller one.
#[must_use]
pub const fn may_be_too_large(status_code: Option<u16>) -> bool {
    matches!(status_code, Some(400 | 413 | 422))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn ten_go_at_once_and_then_one_in_six_seconds() {
        let pace = StormLimits::default().channel;
        let mut meter = Meter::default();
        let mut now = SECOND * 1_000;
        for _ in 0..10 {
            assert!(pace.allows(&meter, now));
            pace.count(&mut meter, now);
        }
        assert!(!pace.allows(&meter, now));
        now += SECOND * 5;
        assert!(!pace.allows(&meter, now));
        now += SECOND;
        assert!(pace.allows(&meter, now));
        pace.count(&mut meter, now);
        assert!(!pace.allows(&meter, now));
        assert!(!meter.is_idle(now + SECOND * 59));
        assert!(meter.is_idle(now + SECOND * 60));
    }

    #[test]
    fn a_burst_of_none_is_no_limit() {
        let pace = StormLimits::per_minute(0, 0).channel;
        let mut meter = Meter::default();
        for _ in 0..1_000 {
            assert!(pace.allows(&meter, SECOND));
            pace.count(&mut meter, SECOND);
        }
    }

    #[test]
    fn pauses_grow_to_a_quarter_of_an_hour_and_no_longer() {
        let limits = StormLimits::default();
        let minutes: Vec<_> = (0..9).map(|n| limits.pause(n).as_secs() / 60).collect();
        assert_eq!(minutes, [1, 1, 1, 2, 4, 8, 15, 15, 15]);
        assert_eq!(limits.pause(u32::MAX), Duration::from_mins(15));
    }

    #[test]
    fn a_group_that_was_refused_gets_smaller_down_to_one() {
        assert_eq!(StormLimits::fewer(10_000), 5_000);
        assert_eq!(StormLimits::fewer(3), 1);
        assert_eq!(StormLimits::fewer(1), 1);
        assert_eq!(StormLimits::fewer(0), 1);
    }

    proptest! {
        /// In no stretch of time do more go than the burst and one for each `every` in it.
        #[test]
        fn the_pace_is_never_exceeded(
            burst in 1_u32..20,
            every in 1_u64..10_000,
            steps in prop::collection::vec(0_u64..5_000, 1..200),
        ) {
            let pace = Pace { burst, every: Duration::from_millis(every) };
            let mut meter = Meter::default();
            let mut now = Duration::from_secs(1);
            let mut went = Vec::new();
            for step in steps {
                now += Duration::from_millis(step);
                if pace.allows(&meter, now) {
                    pace.count(&mut meter, now);
                    went.push(now);
                }
            }
            for (first, from) in went.iter().enumerate() {
                for (last, to) in went.iter().enumerate().skip(first) {
                    let count = u64::try_from(last - first + 1).unwrap();
                    let stretch = u64::try_from((*to - *from).as_millis()).unwrap();
                    prop_assert!(count <= u64::from(burst) + stretch / every);
                }
            }
        }
    }
}
