//! The scorecard: what all rounds of each mode came to, for people and for programs.

use super::{
    judge::{Bounds, Score},
    mode::Mode,
    promise::{self, Promise},
};
use crate::home::Database;
use serde_json::{Value, json};
use std::{collections::BTreeSet, time::Duration};

/// The scores of every mode.
#[derive(Debug)]
pub(crate) struct Scorecard {
    pub(super) database: Database,
    seed: u64,
    pub(super) bounds: Bounds,
    pub(super) peak: u64,
    pub(super) modes: Vec<Line>,
}

/// All rounds of one mode.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) mode: &'static Mode,
    pub(super) scores: Vec<Score>,
    faults: Vec<String>,
    /// How much more memory the server used while this target failed alone, if that was measured.
    pub(super) memory: Option<u64>,
}

impl Scorecard {
    pub(crate) fn new(
        database: Database,
        modes: &[&'static Mode],
        seed: u64,
        bounds: Bounds,
    ) -> Self {
        let modes = modes.iter().map(|mode| Line {
            mode,
            scores: Vec::new(),
            faults: Vec::new(),
            memory: None,
        });
        Self {
            database,
            seed,
            bounds,
            peak: 0,
            modes: modes.collect(),
        }
    }

    fn line(&mut self, mode: &Mode) -> Option<&mut Line> {
        self.modes
            .iter_mut()
            .find(|line| line.mode.name == mode.name)
    }

    pub(crate) fn add(&mut self, mode: &Mode, score: Score) {
        if let Some(line) = self.line(mode) {
            line.faults.extend(score.faults.iter().cloned());
            line.scores.push(score);
        }
    }

    /// The lab itself did not come to an end with this mode.
    pub(crate) fn fail(&mut self, mode: &Mode, fault: &str) {
        if let Some(line) = self.line(mode) {
            line.faults.push(fault.to_owned());
        }
    }

    /// The largest memory of the server over all rounds.
    pub(crate) fn peak(&mut self, peak: u64) {
        self.peak = peak;
    }

    /// How much more memory the server used while this target failed alone.
    pub(crate) fn alone(&mut self, mode: &Mode, more: u64) {
        let most = self.bounds.memory;
        if let Some(line) = self.line(mode) {
            line.memory = Some(more);
            if more > most {
                line.faults.push(format!(
                    "the server took {} KiB more for it, and {} KiB are allowed",
                    more / 1024,
                    most / 1024
                ));
            }
        }
    }

    pub(crate) fn passes(&self) -> bool {
        self.modes.iter().all(Line::passes) && self.promises().iter().all(|one| one.holds)
    }

    /// What was promised of every run, and whether it holds.
    pub(super) fn promises(&self) -> Vec<Promise> {
        promise::of(self)
    }

    /// Everything that is wrong, a line each.
    pub(crate) fn faults(&self) -> Vec<String> {
        let lines = self.modes.iter();
        lines
            .flat_map(|line| {
                let faults: BTreeSet<_> = line.faults.iter().collect();
                let name = line.mode.name;
                faults
                    .into_iter()
                    .map(move |fault| format!("{name}: {fault}"))
            })
            .collect()
    }

    fn json(&self) -> Value {
        let passed = self.modes.iter().filter(|line| line.passes()).count();
        json!({
            "database": self.database.name(),
            "promises": self.promises().iter().map(Promise::json).collect::<Vec<_>>(),
            "seed": self.seed,
            "pass": self.passes(),
            "passed": passed,
            "count": self.modes.len(),
            "falsePages": self.modes.iter().map(|line| line.sum(|score| score.false_pages)).sum::<u64>(),
            "peakBytes": self.peak,
            "modes": self.modes.iter().map(|line| line.json(self.peak)).collect::<Vec<_>>(),
        })
    }

    pub(crate) fn text(&self) -> String {
        let mut text = format!(
            "{:<34} {:<4} {:<12} {:<20} {:>5} {:>5} {:>5} {:>9} {:>9} {:>8} {:>8}\n",
            "mode",
            "",
            "state",
            "reason",
            "right",
            "false",
            "lost",
            "p50 ms",
            "p95 ms",
            "longest",
            "KiB"
        );
        for line in &self.modes {
            text.push_str(&line.text());
        }
        for fault in self.faults() {
            text.push_str(&format!("wrong: {fault}\n"));
        }
        for promise in self.promises() {
            text.push_str(&promise.text());
        }
        let passed = self.modes.iter().filter(|line| line.passes()).count();
        text.push_str(&format!(
            "{}: {passed} of {} modes are right (seed {}); the server used {} KiB at most",
            self.database.name(),
            self.modes.len(),
            self.seed,
            self.peak / 1024
        ));
        text
    }
}

/// What programs read: of one database its scorecard, of several all of them.
pub(crate) fn json(scorecards: &[Scorecard]) -> String {
    let all = match scorecards {
        [one] => one.json(),
        _ => json!({
            "pass": scorecards.iter().all(Scorecard::passes),
            "databases": scorecards.iter().map(Scorecard::json).collect::<Vec<_>>(),
        }),
    };
    format!("{all:#}")
}

impl Line {
    pub(super) fn passes(&self) -> bool {
        self.faults.is_empty() && !self.scores.is_empty() && self.scores.iter().all(Score::passes)
    }

    pub(super) fn sum(&self, of: impl Fn(&Score) -> u64) -> u64 {
        self.scores.iter().map(of).sum()
    }

    /// The latency that so many percent of the rounds stayed within.
    pub(super) fn latency(&self, percent: usize) -> Option<Duration> {
        let mut all: Vec<_> = self
            .scores
            .iter()
            .filter_map(|score| score.latency)
            .collect();
        all.sort_unstable();
        let rank = (all.len() * percent).div_ceil(100).max(1);
        all.get(rank - 1).copied()
    }

    pub(super) fn longest(&self) -> Duration {
        let longest = self.scores.iter().map(|score| score.longest).max();
        longest.unwrap_or_default()
    }

    /// What was seen: as expected in every round, or what was seen in the first other one.
    fn seen(&self, of: impl Fn(&Score) -> &str, expected: &str) -> String {
        let all = self.scores.iter().map(&of);
        let other = all.clone().find(|seen| *seen != expected);
        other
            .or_else(|| all.clone().next())
            .unwrap_or_default()
            .to_owned()
    }

    fn verdict(&self) -> String {
        self.seen(|score| &score.verdict, self.mode.expect.state)
    }

    fn reason(&self) -> String {
        self.seen(|score| &score.reason, self.mode.expect.reason)
    }

    fn json(&self, peak: u64) -> Value {
        let ms = |time: Option<Duration>| time.map(|time| time.as_secs_f64() * 1_000.0);
        let expect = &self.mode.expect;
        json!({
            "mode": self.mode.name,
            "pass": self.passes(),
            "verdict": self.verdict(),
            "expectedVerdict": expect.state,
            "reason": self.reason(),
            "expectedReason": expect.reason,
            "reasonRight": self.scores.iter().all(|score| score.reason_right),
            "rounds": self.scores.len(),
            "truePositives": self.sum(|score| score.true_positives),
            "falsePositives": self.sum(|score| score.false_pages),
            "falseNegatives": self.sum(|score| score.false_negatives),
            "falseMessages": self.sum(|score| score.false_messages),
            "rightResults": self.sum(|score| score.right_rows),
            "wrongResults": self.sum(|score| score.wrong_rows),
            "latencyMs": ms(self.latency(50)),
            "latencyP95Ms": ms(self.latency(95)),
            "longestCheckMs": ms(Some(self.longest())),
            "peakBytes": self.memory.unwrap_or(peak),
            "peakIsOwn": self.memory.is_some(),
            "faults": self.faults,
        })
    }

    fn text(&self) -> String {
        let ms = |time: Option<Duration>| {
            time.map_or_else(|| "-".to_owned(), |time| time.as_millis().to_string())
        };
        let kib = self
            .memory
            .map_or_else(|| "-".to_owned(), |bytes| (bytes / 1024).to_string());
        format!(
            "{:<34} {:<4} {:<12} {:<20} {:>5} {:>5} {:>5} {:>9} {:>9} {:>8} {:>8}\n",
            self.mode.name,
            if self.passes() { "ok" } else { "BAD" },
            self.verdict(),
            self.reason(),
            self.sum(|score| score.true_positives),
            self.sum(|score| score.false_pages + score.false_messages),
            self.sum(|score| score.false_negatives),
            ms(self.latency(50)),
            ms(self.latency(95)),
            ms(Some(self.longest())),
            kib
        )
    }
}
