//! What happens in a simulated run: drawn from its seed, ten faults an hour.

use std::{collections::BTreeMap, ops::Range};

/// Faults in an hour.
const FAULTS_AN_HOUR: u64 = 10;
/// No target fails after this long before the end of the hours, so that everything ends.
const LAST: u64 = 1_800;

/// What goes wrong on our side, in the order in which it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The process is killed, and another one starts after so many seconds.
    Killed(u64),
    /// The process stands still for so many seconds.
    Frozen(u64),
    /// The store refuses everything for so many seconds.
    StoreAway(u64),
    /// For so many seconds the store does what it is asked and says that it did not.
    StoreLies(u64),
    /// The receiver refuses everything for so many seconds.
    ReceiverAway(u64),
}

/// At which moment a trouble comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    /// At its time.
    Planned,
    /// So many milliseconds after the next commit of a message, or delivery, that comes after its
    /// time: where a fault can lose or double something.
    Ambush(u64),
}

/// How a target is while it is not well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Illness {
    /// It refuses.
    Refuses,
    /// It never answers.
    Hangs,
}

/// The truth about a run.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    /// Of each monitor, when it is not well: seconds since the start.
    pub(crate) ill: Vec<BTreeMap<u64, (u64, Illness)>>,
    /// What goes wrong on our side, by its millisecond.
    pub(crate) troubles: BTreeMap<u64, (Trouble, Moment)>,
}

/// splitmix64: repeatable.
#[derive(Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn below(&mut self, range: Range<u64>) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        range.start + (z ^ (z >> 31)) % (range.end - range.start)
    }
}

impl Plan {
    /// The plan of this seed.
    pub(crate) fn new(seed: u64, monitors: usize, hours: u64) -> Self {
        let mut dice = Dice::new(seed);
        let mut plan = Self {
            ill: vec![BTreeMap::new(); monitors],
            troubles: BTreeMap::new(),
        };
        let count = u64::try_from(monitors).unwrap();
        for hour in 0..hours {
            for _ in 0..FAULTS_AN_HOUR {
                let at = hour * 3_600 + dice.below(0..3_600);
                let kind = dice.below(0..12);
                let whose = usize::try_from(dice.below(0..count)).unwrap();
                let latest = hours * 3_600 - LAST;
                match kind {
                    0..=2 => plan.fall_ill(whose, at, dice.below(150..1_500), latest, &mut dice),
                    3 | 4 => plan.fall_ill(whose, at, dice.below(1..70), latest, &mut dice),
                    5 => {
                        let mut at = at;
                        for _ in 0..dice.below(3..9) {
                            let lasts = dice.below(62..140);
                            plan.fall_ill(whose, at, lasts, latest, &mut dice);
                            at += lasts + dice.below(62..140);
                        }
                    }
                    // Everything behind one uplink.
                    6 => {
                        let lasts = dice.below(30..600);
                        for whose in 0..monitors / 2 {
                            plan.fall_ill(whose, at, lasts, latest, &mut dice);
                        }
                    }
                    7 => plan.trouble(at, Trouble::Killed(dice.below(1..90)), &mut dice),
                    8 => plan.trouble(at, Trouble::Frozen(dice.below(2..300)), &mut dice),
                    9 => plan.trouble(at, Trouble::StoreAway(dice.below(1..120)), &mut dice),
                    10 => plan.trouble(at, Trouble::StoreLies(dice.below(1..120)), &mut dice),
                    _ => plan.trouble(at, Trouble::ReceiverAway(dice.below(5..1_200)), &mut dice),
                }
            }
        }
        plan
    }

    fn fall_ill(&mut self, whose: usize, at: u64, lasts: u64, latest: u64, dice: &mut Dice) {
        let illness = match dice.below(0..3) {
            0 => Illness::Hangs,
            _ => Illness::Refuses,
        };
        let end = at + lasts;
        let free = |(&from, &(to, _)): (&u64, &(u64, Illness))| to < at || end < from;
        if end < latest && self.ill[whose].iter().all(free) {
            self.ill[whose].insert(at, (end, illness));
        }
    }

    fn trouble(&mut self, at: u64, trouble: Trouble, dice: &mut Dice) {
        let moment = match dice.below(0..2) {
            0 => Moment::Planned,
            // Most that can be lost is lost within the first moments.
            _ => Moment::Ambush(match dice.below(0..2) {
                0 => dice.below(0..40),
                _ => dice.below(0..2_000),
            }),
        };
        let at = at * 1_000 + dice.below(0..1_000);
        self.troubles.insert(at, (trouble, moment));
    }

    /// How a target is at this second.
    pub(crate) fn illness(&self, whose: usize, second: u64) -> Option<Illness> {
        let (_, &(end, illness)) = self.ill[whose].range(..=second).next_back()?;
        (second < end).then_some(illness)
    }

    /// Whether a target was ill at some time of these seconds.
    pub(crate) fn was_ill(&self, whose: usize, within: Range<u64>) -> bool {
        self.ill[whose]
            .iter()
            .any(|(&from, &(to, _))| from < within.end && within.start < to)
    }
}
