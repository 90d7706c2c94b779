//! Figures: the arithmetic of rounds, and what they come to beside a goal. Pure.

use crate::row::{Better, Row};
use serde::Serialize;

/// What was measured of one row.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Figure {
    pub(crate) row: &'static str,
    /// One value a round.
    pub(crate) rounds: Vec<f64>,
    /// What a bare sleeping thread was late by in the same rounds: milliseconds, p99.
    pub(crate) control: Vec<f64>,
    /// The values of the arms, in words.
    pub(crate) note: String,
}

/// Whether a row is as it has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Verdict {
    /// As good as the stretch goal.
    Stretch,
    /// As good as the goal.
    Pass,
    /// Only as good as the unrest of the machine lets it be told.
    Noise,
    /// Worse than the goal.
    Fail,
    /// Nothing, or too few rounds.
    Missing,
}

impl Verdict {
    pub(crate) const fn is_good(self) -> bool {
        matches!(self, Self::Stretch | Self::Pass | Self::Noise)
    }

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Stretch => "pass, stretch",
            Self::Pass => "pass",
            Self::Noise => "pass, within noise",
            Self::Fail => "FAIL",
            Self::Missing => "MISSING",
        }
    }
}

/// The value that this share of the values does not exceed (nearest rank). None of no values.
pub(crate) fn quantile(values: &[f64], share: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = sorted
        .iter()
        .enumerate()
        .find(|(place, _)| (*place as f64 + 1.0) >= share * sorted.len() as f64)
        .map(|(place, _)| place)?;
    sorted.get(rank).copied()
}

/// The middle value, or the mean of the two in the middle. None of no values.
pub(crate) fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    let upper = sorted.get(middle).copied()?;
    if sorted.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = sorted.get(middle.checked_sub(1)?).copied()?;
    Some(f64::midpoint(lower, upper))
}

/// How far apart the smallest and the largest value are; 0 of none.
pub(crate) fn band(values: &[f64]) -> f64 {
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if least <= most { most - least } else { 0.0 }
}

/// What the figure of a row comes to; `enough` is how many rounds it has to have.
pub(crate) fn verdict(row: &Row, figure: Option<&Figure>, enough: usize) -> Verdict {
    let Some(figure) = figure else {
        return Verdict::Missing;
    };
    let whole = |values: &[f64]| values.len() >= enough && values.iter().all(|one| one.is_finite());
    let Some(value) = median(&figure.rounds).filter(|_| whole(&figure.rounds)) else {
        return Verdict::Missing;
    };
    if row.control && !whole(&figure.control) {
        return Verdict::Missing;
    }
    let reaches = |goal: f64| match row.better {
        Better::More => value >= goal,
        Better::Less => value <= goal,
    };
    if reaches(row.stretch) {
        Verdict::Stretch
    } else if reaches(row.pass) {
        Verdict::Pass
    } else if row.control && reaches(row.pass.max(2.0 * band(&figure.control))) {
        Verdict::Noise
    } else {
        Verdict::Fail
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::row::row;

    fn figure(row: &'static str, rounds: &[f64], control: &[f64]) -> Figure {
        Figure {
            row,
            rounds: rounds.to_vec(),
            control: control.to_vec(),
            note: String::new(),
        }
    }

    #[test]
    fn the_arithmetic_is_that_of_the_book() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), Some(2.5));
        let hundred: Vec<f64> = (1..=100).map(f64::from).collect();
        assert_eq!(quantile(&hundred, 0.99), Some(99.0));
        assert_eq!(quantile(&hundred, 0.95), Some(95.0));
        assert_eq!(quantile(&[7.0], 0.99), Some(7.0));
        assert_eq!(quantile(&[], 0.99), None);
        assert!((band(&[2.0, 5.0, 3.5]) - 3.0).abs() < 1e-9);
        assert!(band(&[]).abs() < 1e-9);
    }

    #[test]
    fn a_value_is_judged_by_its_side_of_the_goal() {
        let more = row("P1").unwrap();
        let of = |value: f64| verdict(more, Some(&figure("P1", &[value; 5], &[])), 5);
        assert_eq!(of(11.0), Verdict::Stretch);
        assert_eq!(of(8.0), Verdict::Pass);
        assert_eq!(of(7.99), Verdict::Fail);
        let less = row("P5").unwrap();
        let of = |value: f64| verdict(less, Some(&figure("P5", &[value; 5], &[])), 5);
        assert_eq!(of(0.12), Verdict::Stretch);
        assert_eq!(of(0.25), Verdict::Pass);
        assert_eq!(of(0.26), Verdict::Fail);
    }

    #[test]
    fn what_is_not_there_is_missing_and_never_well() {
        let row = row("P1").unwrap();
        assert_eq!(verdict(row, None, 5), Verdict::Missing);
        let few = figure("P1", &[20.0; 4], &[]);
        assert_eq!(verdict(row, Some(&few), 5), Verdict::Missing);
        let broken = figure("P1", &[20.0, 20.0, 20.0, 20.0, f64::INFINITY], &[]);
        assert_eq!(verdict(row, Some(&broken), 5), Verdict::Missing);
        assert!(!Verdict::Missing.is_good());
    }

    #[test]
    fn unrest_excuses_only_rows_with_a_control_and_only_as_far_as_it_goes() {
        let row = row("P7a").unwrap();
        let control = [1.0, 2.0, 7.0, 3.0, 2.0, 1.5, 1.0];
        let of = |value: f64, control: &[f64]| {
            verdict(row, Some(&figure("P7a", &[value; 7], control)), 7)
        };
        assert_eq!(of(11.9, &control), Verdict::Noise);
        assert_eq!(of(12.1, &control), Verdict::Fail);
        assert_eq!(of(11.9, &[1.0; 7]), Verdict::Fail);
        assert_eq!(of(9.0, &[1.0; 7]), Verdict::Pass);
        assert_eq!(of(9.0, &[]), Verdict::Missing, "a run without its control");
        let ratio = crate::row::row("P2").unwrap();
        let low = figure("P2", &[0.4; 7], &control);
        assert_eq!(verdict(ratio, Some(&low), 7), Verdict::Fail);
    }
}
