//! When each monitor is due: one heap of due ticks, no task per monitor, phases spread over the interval. Pure.
//!
//! Time is monotonic: a step of the wall clock moves no tick.
//!
//! # Catch-up rule
//! A tick that is late by a whole interval or more is not run: it becomes one [`Due::Gap`] that
//! names how many ticks were missed, and the monitor goes on at its own phase. So a pause of the
//! process leaves a gap, not a burst, and the first check comes within one interval after it.

use crate::id::MonitorId;
use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap, hash_map::Entry},
    time::Duration,
};

/// What is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// A check, planned for this time.
    Check {
        /// Of which monitor.
        monitor: MonitorId,
        /// When it should have started.
        planned: Duration,
        /// Which look this is: no two looks of a schedule have the same number, and a later look
        /// has a higher one.
        generation: u64,
    },
    /// Nothing was checked for a while.
    Gap {
        /// Of which monitor.
        monitor: MonitorId,
        /// When the first missed check should have started.
        planned: Duration,
        /// How many ticks were missed.
        missed: u64,
    },
}

#[derive(Debug)]
struct Slot {
    interval: Duration,
    /// The next tick of the monitor's own phase.
    regular: Duration,
    /// The tick that is in the heap: the regular one, or an earlier re-check.
    next: Duration,
    /// The look that is in flight.
    in_flight: Option<u64>,
    /// Whether a look was asked for while one was in flight.
    again: bool,
    /// Whether the monitor was taken out while a look was in flight: the slot stays until the look
    /// ends, so that a monitor that comes back meanwhile is not looked at twice at once.
    gone: bool,
    /// Tells the slot's live heap entry from stale ones.
    entry: u32,
}

/// The due ticks of every monitor.
#[derive(Debug, Default)]
pub struct Schedule {
    slots: HashMap<MonitorId, Slot>,
    heap: BinaryHeap<Reverse<(Duration, MonitorId, u32)>>,
    /// How many of the slots are of monitors that were taken out.
    gone: usize,
    skipped: u64,
    /// The latest look that was handed out.
    generation: u64,
}

impl Schedule {
    /// No monitor is due.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many monitors there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.slots.len().saturating_sub(self.gone)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of the latest look that was handed out: one that is asked for now has a higher
    /// number.
    #[must_use]
    pub const fn latest(&self) -> u64 {
        self.generation
    }

    /// How many ticks were passed over because a check was still in flight, or because we were
    /// late by a whole interval.
    #[must_use]
    pub const fn skipped(&self) -> u64 {
        self.skipped
    }

    /// Puts a monitor in, or gives it another interval. Its first tick is at `first`; the ticks
    /// after that are at its own phase, counted from `epoch` (the monotonic time of some fixed
    /// moment, so that a phase survives a restart).
    pub fn insert(
        &mut self,
        monitor: MonitorId,
        interval: Duration,
        first: Option<Duration>,
        epoch: Epoch,
        now: Duration,
    ) {
        let interval = interval.max(Duration::from_millis(1));
        let regular = epoch.next_phase(monitor, interval, now);
        let next = first.unwrap_or(regular);
        let (slot, live) = match self.slots.entry(monitor) {
            Entry::Occupied(entry) => {
                let slot = entry.into_mut();
                if std::mem::take(&mut slot.gone) {
                    // It comes back while its last look is still in flight.
                    self.gone = self.gone.saturating_sub(1);
                } else if slot.interval == interval && first.is_none() {
                    return;
                }
                slot.interval = interval;
                slot.regular = regular;
                slot.next = next;
                let live = slot.in_flight.is_none();
                (slot, live)
            }
            Entry::Vacant(entry) => (
                entry.insert(Slot {
                    interval,
                    regular,
                    next,
                    in_flight: None,
                    again: false,
                    gone: false,
                    entry: 0,
                }),
                true,
            ),
        };
        if live {
            slot.entry = slot.entry.wrapping_add(1);
            self.heap.push(Reverse((slot.next, monitor, slot.entry)));
        }
    }

    /// Takes a monitor out. One that comes back is looked at again when its last look, if one is
    /// in flight, has ended.
    pub fn remove(&mut self, monitor: MonitorId) {
        let Entry::Occupied(mut entry) = self.slots.entry(monitor) else {
            return;
        };
        let slot = entry.get_mut();
        slot.again = false;
        if slot.in_flight.is_none() {
            entry.remove();
        } else if !std::mem::replace(&mut slot.gone, true) {
            self.gone = self.gone.saturating_add(1);
        }
        self.tidy();
    }

    /// Looks at a monitor as soon as possible, outside its ticks.
    pub fn poke(&mut self, monitor: MonitorId, now: Duration) {
        let Some(slot) = self.slots.get_mut(&monitor).filter(|slot| !slot.gone) else {
            return;
        };
        if slot.in_flight.is_some() {
            slot.again = true;
        } else {
            slot.next = now;
            slot.entry = slot.entry.wrapping_add(1);
            self.heap.push(Reverse((now, monitor, slot.entry)));
            self.tidy();
        }
    }

    /// Looks at a monitor at this time at the latest.
    pub fn poke_at(&mut self, monitor: MonitorId, at: Duration) {
        let Some(slot) = self.slots.get_mut(&monitor).filter(|slot| !slot.gone) else {
            return;
        };
        if slot.in_flight.is_some() {
            slot.again = true;
        } else if at < slot.next {
            slot.next = at;
            slot.entry = slot.entry.wrapping_add(1);
            self.heap.push(Reverse((at, monitor, slot.entry)));
            self.tidy();
        }
    }

    /// When the next tick is due.
    pub fn next_due(&mut self) -> Option<Duration> {
        loop {
            let Reverse((due, monitor, entry)) = *self.heap.peek()?;
            if self.is_live(monitor, entry) {
                return Some(due);
            }
            self.heap.pop();
        }
    }

    /// The next tick that is due at `now`; a check is in flight until [`Schedule::done`].
    pub fn pop(&mut self, now: Duration) -> Option<Due> {
        let due = self.next_due()?;
        if due > now {
            return None;
        }
        let Reverse((planned, monitor, _)) = self.heap.pop()?;
        let slot = self.slots.get_mut(&monitor)?;
        let lag = now.saturating_sub(planned);
        if lag >= slot.interval {
            let missed = advance(slot, now);
            self.skipped = self.skipped.saturating_add(missed);
            slot.next = slot.regular;
            slot.entry = slot.entry.wrapping_add(1);
            self.heap.push(Reverse((slot.next, monitor, slot.entry)));
            return Some(Due::Gap {
                monitor,
                planned,
                missed,
            });
        }
        self.generation = self.generation.saturating_add(1);
        let generation = self.generation;
        slot.in_flight = Some(generation);
        slot.entry = slot.entry.wrapping_add(1);
        if planned >= slot.regular {
            slot.regular = slot.regular.saturating_add(slot.interval);
        }
        Some(Due::Check {
            monitor,
            planned,
            generation,
        })
    }

    /// The look of this generation ended at `now`; one that is not in flight changes nothing. The next one is at the monitor's phase, or `sooner` from now if
    /// that is earlier; a deadline
    /// `instead` of the phase replaces it.
    pub fn done(
        &mut self,
        (monitor, generation): (MonitorId, u64),
        now: Duration,
        sooner: Option<Duration>,
        instead: Option<Duration>,
    ) {
        let Entry::Occupied(mut occupied) = self.slots.entry(monitor) else {
            return;
        };
        let slot = occupied.get_mut();
        if slot.in_flight != Some(generation) {
            return;
        }
        if slot.gone {
            occupied.remove();
            self.gone = self.gone.saturating_sub(1);
            return;
        }
        slot.in_flight = None;
        if slot.regular <= now {
            let missed = advance(slot, now);
            // What waits for its own deadline misses no tick of its interval.
            if instead.is_none() {
                self.skipped = self.skipped.saturating_add(missed);
            }
        }
        slot.next = match (instead, sooner) {
            (Some(deadline), sooner) => {
                now.saturating_add(sooner.map_or(deadline, |sooner| sooner.min(deadline)))
            }
            (None, Some(sooner)) => slot.regular.min(now.saturating_add(sooner)),
            (None, None) => slot.regular,
        };
        if std::mem::take(&mut slot.again) {
            slot.next = now;
        }
        slot.entry = slot.entry.wrapping_add(1);
        self.heap.push(Reverse((slot.next, monitor, slot.entry)));
        self.tidy();
    }

    fn is_live(&self, monitor: MonitorId, entry: u32) -> bool {
        self.slots
            .get(&monitor)
            .is_some_and(|slot| slot.in_flight.is_none() && slot.entry == entry)
    }

    /// Rebuilds the heap when more than half of it is stale, so that it stays bounded by the
    /// number of monitors.
    fn tidy(&mut self) {
        if self.heap.len() > 64 && self.heap.len() > self.slots.len().saturating_mul(2) {
            let entries = std::mem::take(&mut self.heap).into_vec();
            self.heap = entries
                .into_iter()
                .filter(|Reverse((_, monitor, entry))| self.is_live(*monitor, *entry))
                .collect();
        }
    }
}

/// Spreads what is due at once because it is new, so that ten thousand monitors that are read or
/// imported together are not all looked at in the same moment: some at once, the others so many a
/// second. (The generic cell rate algorithm, ITU-T I.371.)
#[derive(Debug, Clone, Copy)]
pub struct Spread {
    /// How far apart they are.
    apart: Duration,
    /// When the next one would be due if all before it had come evenly.
    next: Duration,
}

impl Spread {
    /// So many come at once after a pause.
    pub const AT_ONCE: u32 = 100;

    /// So many a second, and at least one.
    #[must_use]
    pub fn new(per_second: u32) -> Self {
        Self {
            apart: Duration::from_secs(1) / per_second.max(1),
            next: Duration::ZERO,
        }
    }

    /// When the next one may be: not before `now`.
    pub fn take(&mut self, now: Duration) -> Duration {
        let even = self.next.max(now);
        self.next = even.saturating_add(self.apart);
        let ahead = self.apart.saturating_mul(Self::AT_ONCE.saturating_sub(1));
        even.saturating_sub(ahead).max(now)
    }
}

/// Moves the regular tick to the first one after `now`; says how many were passed over.
fn advance(slot: &mut Slot, now: Duration) -> u64 {
    let behind = now.saturating_sub(slot.regular).as_nanos();
    let missed = u64::try_from(behind / slot.interval.as_nanos().max(1)).unwrap_or(u64::MAX);
    let steps = u32::try_from(missed.saturating_add(1)).unwrap_or(u32::MAX);
    slot.regular = slot
        .regular
        .saturating_add(slot.interval.saturating_mul(steps));
    missed.saturating_add(1)
}

/// Where phases are counted from: how far the wall clock was from the Unix epoch at some monotonic
/// time. Taken once at start, so that the same monitor has the same phase after a restart.
#[derive(Debug, Clone, Copy, Default)]
pub struct Epoch {
    /// The wall clock: microseconds since the Unix epoch.
    pub wall_micros: u64,
    /// The monotonic clock at that moment.
    pub monotonic: Duration,
}

impl Epoch {
    /// The first moment after `now` that is at the monitor's phase of its interval.
    fn next_phase(&self, monitor: MonitorId, interval: Duration, now: Duration) -> Duration {
        let interval_us = u64::try_from(interval.as_micros())
            .unwrap_or(u64::MAX)
            .max(1);
        let since = u64::try_from(now.saturating_sub(self.monotonic).as_micros()).unwrap_or(0);
        let wall = self.wall_micros.saturating_add(since);
        let phase = u64::try_from(phase(monitor, interval).as_micros()).unwrap_or(0);
        let into = (wall % interval_us + (interval_us - phase)) % interval_us;
        now.saturating_add(Duration::from_micros(interval_us - into))
    }
}

/// A monitor's phase: how long after a whole number of intervals since the Unix epoch its ticks are.
/// Whoever knows when a look began can tell from it how late that was.
#[must_use]
pub fn phase(monitor: MonitorId, interval: Duration) -> Duration {
    let interval_us = u64::try_from(interval.as_micros())
        .unwrap_or(u64::MAX)
        .max(1);
    Duration::from_micros(spread(monitor) % interval_us)
}

/// Spreads ids evenly: the last eight bytes of a version 7 UUID are random, and a multiplication
/// by an odd constant (splitmix64's finaliser) mixes ids that were made by hand.
fn spread(monitor: MonitorId) -> u64 {
    let bytes = monitor.as_bytes();
    let mut low = [0_u8; 8];
    let mut high = [0_u8; 8];
    for ((low, high), (first, last)) in low
        .iter_mut()
        .zip(high.iter_mut())
        .zip(bytes.iter().zip(bytes.iter().skip(8)))
    {
        *high = *first;
        *low = *last;
    }
    let mut mixed = u64::from_be_bytes(low) ^ u64::from_be_bytes(high).rotate_left(29);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u64) -> MonitorId {
        let mut bytes = [0; 16];
        bytes[8..].copy_from_slice(&n.to_be_bytes());
        MonitorId::from_bytes(bytes)
    }

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn phases_are_spread_over_the_interval() {
        let mut schedule = Schedule::new();
        for n in 0..10_000 {
            schedule.insert(id(n), 20 * SECOND, None, Epoch::default(), Duration::ZERO);
        }
        let mut per_second = [0_u32; 20];
        while let Some(Due::Check { planned, .. }) = schedule.pop(20 * SECOND) {
            per_second[usize::try_from(planned.as_secs()).unwrap().min(19)] += 1;
        }
        assert_eq!(per_second.iter().sum::<u32>(), 10_000);
        assert!(
            per_second.iter().all(|count| (400..600).contains(count)),
            "{per_second:?}"
        );
    }

    #[test]
    fn what_is_new_comes_at_once_and_then_so_many_a_second() {
        let mut spread = Spread::new(500);
        let mut per_second = [0_u32; 4];
        let mut at_once = 0;
        for _ in 0..2_000 {
            let at = spread.take(SECOND);
            at_once += u32::from(at == SECOND);
            per_second[usize::try_from(at.as_secs()).unwrap() - 1] += 1;
        }
        assert_eq!(at_once, Spread::AT_ONCE);
        // Those that come at once are in the first second.
        assert_eq!(per_second, [599, 500, 500, 401]);
        // After a pause the next ones are at once again.
        let later = 60 * SECOND;
        for _ in 0..Spread::AT_ONCE {
            assert_eq!(spread.take(later), later);
        }
        assert!(spread.take(later) > later);
    }

    #[test]
    fn a_pause_leaves_one_gap_and_no_burst() {
        let mut schedule = Schedule::new();
        for n in 0..100 {
            schedule.insert(id(n), 10 * SECOND, None, Epoch::default(), Duration::ZERO);
        }
        let mut now = 600 * SECOND;
        let mut gaps = 0;
        while let Some(due) = schedule.pop(now) {
            assert!(
                matches!(due, Due::Gap { missed, .. } if missed >= 59),
                "{due:?}"
            );
            gaps += 1;
        }
        assert_eq!(gaps, 100);
        let mut most = 0;
        let mut checked = 0;
        for _ in 0..10 {
            now += SECOND;
            let mut here = 0;
            while let Some(due) = schedule.pop(now) {
                assert!(matches!(due, Due::Check { .. }), "{due:?}");
                here += 1;
            }
            most = most.max(here);
            checked += here;
        }
        assert_eq!(
            checked, 100,
            "each is checked within one interval after the pause"
        );
        assert!(most < 30, "no burst: {most} in one second");
    }

    #[test]
    fn one_check_in_flight_and_recheck_sooner() {
        let mut schedule = Schedule::new();
        schedule.insert(
            id(1),
            10 * SECOND,
            Some(SECOND),
            Epoch::default(),
            Duration::ZERO,
        );
        assert_eq!(
            schedule.pop(SECOND),
            Some(Due::Check {
                monitor: id(1),
                planned: SECOND,
                generation: 1,
            })
        );
        assert_eq!(schedule.pop(9 * SECOND), None, "in flight");
        schedule.poke(id(1), 2 * SECOND);
        schedule.done((id(1), 1), 3 * SECOND, Some(2 * SECOND), None);
        assert_eq!(
            schedule.next_due(),
            Some(3 * SECOND),
            "the poke was remembered"
        );
        assert!(schedule.pop(3 * SECOND).is_some());
        schedule.done((id(1), 1), 4 * SECOND, None, None);
        assert_eq!(schedule.next_due(), None, "another look is in flight");
        schedule.done((id(1), 2), 4 * SECOND, Some(2 * SECOND), None);
        assert!(schedule.next_due().unwrap() <= 6 * SECOND);
        schedule.remove(id(1));
        assert_eq!(schedule.next_due(), None);
    }

    /// A monitor that is paused and resumed while a look is in flight waits for that look, and is
    /// looked at again as soon as it has ended.
    #[test]
    fn what_comes_back_during_its_look_waits_for_it() {
        let mut schedule = Schedule::new();
        let insert = |schedule: &mut Schedule, now| {
            schedule.insert(id(1), 10 * SECOND, None, Epoch::default(), now);
            schedule.poke(id(1), now);
        };
        insert(&mut schedule, SECOND);
        assert!(schedule.pop(SECOND).is_some());
        schedule.remove(id(1));
        assert_eq!(schedule.len(), 0);
        insert(&mut schedule, 2 * SECOND);
        assert_eq!((schedule.len(), schedule.pop(3 * SECOND)), (1, None));
        schedule.done((id(1), 1), 4 * SECOND, None, None);
        let second = schedule.pop(4 * SECOND);
        assert!(
            matches!(second, Some(Due::Check { generation: 2, .. })),
            "{second:?}"
        );
        schedule.remove(id(1));
        schedule.remove(id(1));
        schedule.done((id(1), 2), 5 * SECOND, None, None);
        assert!(schedule.is_empty() && schedule.slots.is_empty());
    }

    #[test]
    fn a_phase_survives_a_restart() {
        let interval = 60 * SECOND;
        let first = Epoch {
            wall_micros: 1_000_000_000,
            monotonic: Duration::ZERO,
        };
        let again = Epoch {
            wall_micros: 1_100_000_000,
            monotonic: 5 * SECOND,
        };
        let a = first
            .next_phase(id(7), interval, Duration::ZERO)
            .as_micros()
            + 1_000_000_000;
        let b =
            again.next_phase(id(7), interval, 5 * SECOND).as_micros() - 5_000_000 + 1_100_000_000;
        assert_eq!((b - a) % 60_000_000, 0);
    }

    proptest::proptest! {
        /// Whatever happens, a monitor is never in the heap twice while live, never checked twice
        /// at once, and always has a next tick unless it is in flight.
        #[test]
        fn never_lost_never_doubled(steps in proptest::collection::vec((0_u8..5, 0_u64..4, 0_u64..30), 1..200)) {
            let mut schedule = Schedule::new();
            let mut flying = HashMap::new();
            let mut now = Duration::ZERO;
            for (action, which, wait) in steps {
                now += Duration::from_millis(wait * 700);
                match action {
                    0 => schedule.insert(id(which), 5 * SECOND, None, Epoch::default(), now),
                    1 => schedule.poke(id(which), now),
                    2 => schedule.remove(id(which)),
                    3 => if let Some(look) = flying.remove(&id(which)) {
                        schedule.done((id(which), look), now, Some(SECOND), None);
                        schedule.done((id(which), look), now, Some(SECOND), None);
                    },
                    _ => while let Some(due) = schedule.pop(now) {
                        if let Due::Check { monitor, generation, .. } = due {
                            let twice = flying.insert(monitor, generation);
                            proptest::prop_assert!(twice.is_none(), "checked twice at once");
                        }
                    },
                }
                let waiting: std::collections::HashSet<_> = schedule.heap.iter()
                    .filter(|Reverse((_, m, g))| schedule.is_live(*m, *g)).map(|Reverse((_, m, _))| *m).collect();
                for monitor in schedule.slots.keys() {
                    proptest::prop_assert_ne!(waiting.contains(monitor), flying.contains_key(monitor));
                }
                let gone = schedule.slots.values().filter(|slot| slot.gone).count();
                proptest::prop_assert_eq!(schedule.gone, gone);
            }
        }
    }
}
