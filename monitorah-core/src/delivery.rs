//! When a notification is tried again: ten tries over 24 hours, with jitter. Pure.

use crate::{channel::DeliveryError, port::AfterAttempt};
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

/// How long a notification is tried for.
pub const TRIED_FOR: SignedDuration = SignedDuration::from_hours(24);

/// The pauses after the first to the ninth attempt: seconds. With their jitter they fill the day.
const PAUSES: [u64; 9] = [5, 30, 120, 300, 900, 2_700, 7_200, 21_600, 46_800];

/// The attempts that another follows within minutes: the fourth comes 2 to 3 minutes after the
/// first, and the fifth 7 to 9. Mail servers that put unknown senders off mostly do so for 5.
const SOON: u32 = 4;

/// Whether another attempt follows within minutes, should this one be put off. `attempts` counts
/// this one.
#[must_use]
pub const fn comes_back_soon(attempts: u32) -> bool {
    attempts <= SOON
}

/// What follows a failed attempt. `attempts` counts this one; `jitter` is drawn from 0 to 1000 and
/// lengthens the pause by up to a fifth, so that what failed together does not return together.
#[must_use]
pub fn after_failure(
    error: &DeliveryError,
    attempts: u32,
    created_at: Timestamp,
    now: Timestamp,
    jitter: u64,
) -> AfterAttempt {
    let asked = match error {
        DeliveryError::Refused { .. } | DeliveryError::Broken { .. } => return AfterAttempt::Dead,
        DeliveryError::Retry { after, .. } => after.unwrap_or_default(),
    };
    let index = usize::try_from(attempts.saturating_sub(1)).unwrap_or(usize::MAX);
    let Some(pause) = PAUSES.get(index) else {
        return AfterAttempt::Dead;
    };
    let pause = Duration::from_secs(*pause);
    let jittered = pause + pause.mul_f64(f64::from(u32::try_from(jitter).unwrap_or(0)) / 5_000.0);
    let end = created_at
        .saturating_add(TRIED_FOR)
        .unwrap_or(Timestamp::MAX);
    match now.checked_add(jittered.max(asked)) {
        Ok(next) if next <= end => AfterAttempt::RetryAt(next),
        // One last try at the very end, unless the receiver asked for more than that.
        _ if now < end && now.checked_add(asked).is_ok_and(|wish| wish <= end) => {
            AfterAttempt::RetryAt(end)
        }
        _ => AfterAttempt::Dead,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn again(after: Option<Duration>) -> DeliveryError {
        DeliveryError::Retry {
            detail: "503".into(),
            status_code: Some(503),
            after,
        }
    }

    #[test]
    fn ten_tries_within_a_day_then_dead() {
        let start = Timestamp::UNIX_EPOCH;
        for jitter in [0, 1000] {
            let mut now = start;
            let mut tries = 1;
            while let AfterAttempt::RetryAt(next) =
                after_failure(&again(None), tries, start, now, jitter)
            {
                assert!(next > now);
                now = next;
                tries += 1;
            }
            assert_eq!(tries, 10);
            assert!(now.duration_since(start) <= TRIED_FOR);
            assert!(now.duration_since(start) >= SignedDuration::from_hours(22));
        }
    }

    #[test]
    fn minutes_pass_before_nobody_waits_any_more() {
        let passed = |attempts: u32| -> u64 {
            let before = usize::try_from(attempts - 1).unwrap();
            PAUSES[..before].iter().sum()
        };
        assert!(comes_back_soon(1) && comes_back_soon(SOON) && !comes_back_soon(SOON + 1));
        assert!(passed(SOON + 1) >= 300, "as long as unknown senders wait");
        assert!(
            passed(SOON + 1) * 12 / 10 < 600,
            "nobody waits for ten minutes"
        );
    }

    #[test]
    fn the_receivers_wish_is_honoured_and_a_refusal_is_final() {
        let start = Timestamp::UNIX_EPOCH;
        let wish = again(Some(Duration::from_secs(90)));
        assert_eq!(
            after_failure(&wish, 1, start, start, 0),
            AfterAttempt::RetryAt(Timestamp::from_second(90).unwrap())
        );
        let never = again(Some(Duration::from_secs(90_000)));
        assert_eq!(
            after_failure(&never, 1, start, start, 0),
            AfterAttempt::Dead
        );
        let refused = DeliveryError::Refused {
            detail: "410".into(),
            status_code: Some(410),
        };
        assert_eq!(
            after_failure(&refused, 1, start, start, 0),
            AfterAttempt::Dead
        );
    }
}
