//! Which monitors a process looks at, where several servers work on one store.

use crate::id::MonitorId;
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

/// How many buckets the monitors of all accounts are divided into.
pub const BUCKETS: u8 = 64;

/// The bucket of a monitor: a hash of its id (FNV-1a), the same in every version.
#[must_use]
pub fn bucket_of(monitor: MonitorId) -> u8 {
    let hash = monitor
        .as_bytes()
        .iter()
        .fold(0x811c_9dc5_u32, |hash, byte| {
            (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
        });
    // The low bits of the last bytes would be nothing but those bytes.
    u8::try_from((hash ^ (hash >> 16)) % u32::from(BUCKETS)).unwrap_or(0)
}

/// A process that looks at monitors, drawn at its start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReplicaId(pub [u8; 16]);

/// What a process asks for its share with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShareRequest {
    /// Who asks.
    pub replica: ReplicaId,
    /// How long the share is kept without asking again.
    pub lease: Duration,
}

/// The monitors that a process looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Share {
    /// All of them: nobody else works on this store.
    Whole,
    /// Those of some buckets.
    Part {
        /// The buckets, each with the token of its lease: a later holder has a higher one.
        buckets: BTreeMap<u8, i64>,
        /// Whether other processes hold the rest, and must be told of what this one settles.
        others: bool,
    },
}

impl Share {
    /// Nothing.
    #[must_use]
    pub const fn none() -> Self {
        Self::Part {
            buckets: BTreeMap::new(),
            others: false,
        }
    }

    /// Whether a monitor is in it.
    #[must_use]
    pub fn has(&self, monitor: MonitorId) -> bool {
        match self {
            Self::Whole => true,
            Self::Part { buckets, .. } => buckets.contains_key(&bucket_of(monitor)),
        }
    }

    /// What a settle of a monitor in it is held to.
    #[must_use]
    pub fn fence(&self, monitor: MonitorId) -> Option<Fence> {
        let Self::Part { buckets, others } = self else {
            return None;
        };
        let bucket = bucket_of(monitor);
        buckets.get(&bucket).map(|token| Fence {
            bucket,
            token: *token,
            tell: *others,
        })
    }

    /// Its buckets.
    #[must_use]
    pub fn buckets(&self) -> BTreeSet<u8> {
        match self {
            Self::Whole => (0..BUCKETS).collect(),
            Self::Part { buckets, .. } => buckets.keys().copied().collect(),
        }
    }
}

/// What a settle is held to: it is refused as `Fenced` when somebody else holds the bucket by now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fence {
    /// The bucket of the monitor.
    pub bucket: u8,
    /// The token of the lease that the look began under.
    pub token: i64,
    /// Whether the feed tells others of the settle: who looks at a group may not look at its
    /// members.
    pub tell: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::environment::SystemEnvironment;

    #[test]
    fn monitors_are_spread_evenly() {
        let environment = SystemEnvironment::new();
        let mut count = [0_u32; BUCKETS as usize];
        for _ in 0..64_000 {
            let bucket = bucket_of(MonitorId::generate(&environment));
            count[usize::from(bucket)] += 1;
        }
        assert!(
            count.iter().all(|count| (800..1_200).contains(count)),
            "{count:?}"
        );
    }

    #[test]
    fn a_bucket_is_the_same_for_ever() {
        let buckets: Vec<u8> = (0..4)
            .map(|n| bucket_of(MonitorId::from_bytes([n; 16])))
            .collect();
        assert_eq!(buckets, [44, 59, 29, 50]);
    }
}
