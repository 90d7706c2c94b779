//! The pace of channels and accounts: whether a message may go out by itself.

use crate::{
    id::{AccountId, ChannelId},
    storm::{Meter, Pace, StormLimits},
};
use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// So many meters are kept before those that say nothing any more are looked for.
const MANY: usize = 4_096;

/// What went out lately, by channel and by account. It is of this process: a hold is stored, and
/// after a start channels take a fresh burst.
#[derive(Debug, Default)]
pub(super) struct Pacing {
    meters: Mutex<(Meters<ChannelId>, Meters<AccountId>)>,
}

#[derive(Debug)]
struct Meters<K> {
    of: HashMap<K, Meter>,
    /// How many there may be before they are gone through.
    room: usize,
}

impl<K> Default for Meters<K> {
    fn default() -> Self {
        Self {
            of: HashMap::new(),
            room: MANY,
        }
    }
}

impl<K: Eq + Hash + Copy> Meters<K> {
    fn at(&mut self, key: K, now: Duration) -> &mut Meter {
        if self.of.len() >= self.room {
            self.of.retain(|_, meter| !meter.is_idle(now));
            // As many again may come before they are gone through again: constant work for each.
            self.room = MANY.max(self.of.len().saturating_mul(2));
        }
        self.of.entry(key).or_default()
    }
}

impl Pacing {
    /// Whether a message may go to the channel now, by itself. If so it is counted.
    pub(super) fn admits(
        &self,
        limits: &StormLimits,
        (account, channel): (AccountId, ChannelId),
        now: Duration,
    ) -> bool {
        let mut meters = self.meters.lock().unwrap_or_else(PoisonError::into_inner);
        let (channels, accounts) = &mut *meters;
        let mut both: [(&Pace, &mut Meter); 2] = [
            (&limits.channel, channels.at(channel, now)),
            (&limits.account, accounts.at(account, now)),
        ];
        let admits = both.iter().all(|(pace, meter)| pace.allows(meter, now));
        if admits {
            for (pace, meter) in &mut both {
                pace.count(meter, now);
            }
        }
        admits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(account: u8, channel: u8) -> (AccountId, ChannelId) {
        (
            AccountId::from_bytes([account; 16]),
            ChannelId::from_bytes([channel; 16]),
        )
    }

    #[test]
    fn a_channel_and_an_account_each_have_a_pace() {
        let pacing = Pacing::default();
        let limits = StormLimits::per_minute(2, 3);
        let now = Duration::from_secs(500);
        let admits = |account, channel| pacing.admits(&limits, ids(account, channel), now);
        assert!(admits(1, 1) && admits(1, 1));
        assert!(!admits(1, 1), "the channel is at its limit");
        assert!(admits(1, 2));
        assert!(!admits(1, 3), "the account is at its limit");
        assert!(admits(2, 4), "another account is not");
        let later = now + Duration::from_secs(20);
        assert!(pacing.admits(&limits, ids(1, 3), later));
    }

    #[test]
    fn what_says_nothing_any_more_is_forgotten() {
        let mut meters = Meters::<u64>::default();
        let pace = StormLimits::default().channel;
        for key in 0..100_000 {
            let now = Duration::from_secs(key);
            pace.count(meters.at(key, now), now);
        }
        assert!(meters.of.len() <= MANY, "{}", meters.of.len());
    }
}
