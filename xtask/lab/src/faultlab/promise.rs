//! What was promised of the product, sentence by sentence, and whether a run bears it out.

use super::{
    mode::{Mode, Script},
    report::{Line, Scorecard},
};
use crate::target::http::HttpFault;
use serde_json::{Value, json};

/// One sentence over a run.
#[derive(Debug)]
pub(super) struct Promise {
    pub(super) says: &'static str,
    pub(super) holds: bool,
    /// What it was found to be.
    pub(super) figure: String,
}

impl Promise {
    pub(super) fn json(&self) -> Value {
        json!({"promise": self.says, "holds": self.holds, "figure": self.figure})
    }

    pub(super) fn text(&self) -> String {
        let state = if self.holds { "ok" } else { "BROKEN" };
        format!("{state:<6} {}: {}\n", self.says, self.figure)
    }
}

/// Every sentence over a scorecard. Those about certain modes are left out where none of them ran,
/// and that of the memory where it was not measured.
pub(super) fn of(scorecard: &Scorecard) -> Vec<Promise> {
    let lines = &scorecard.modes;
    let sum = |of: fn(&super::judge::Score) -> u64| -> u64 {
        lines.iter().map(|line| line.sum(of)).sum()
    };
    let bounds = scorecard.bounds;
    let mut promises = Vec::new();
    let (right, wrong) = (sum(|one| one.right_rows), sum(|one| one.wrong_rows));
    promises.push(Promise {
        says: "every verdict and reason is right",
        holds: wrong == 0 && right > 0 && lines.iter().all(Line::passes),
        figure: format!("{right} of {} results", right + wrong),
    });
    let (told, lost) = (
        sum(|one| one.true_positives),
        sum(|one| one.false_negatives),
    );
    promises.push(Promise {
        says: "every outage and advisory is told",
        holds: lost == 0,
        figure: format!("{told} of {}", told + lost),
    });
    let pages = sum(|one| one.false_pages);
    promises.push(Promise {
        says: "nobody is paged falsely",
        holds: pages == 0,
        figure: format!("{pages} false pages"),
    });
    let longest = lines.iter().map(Line::longest).max().unwrap_or_default();
    promises.push(Promise {
        says: "no check exceeds its time limit by 200 ms",
        holds: longest <= bounds.longest,
        figure: format!(
            "the longest lasted {} of {} ms",
            longest.as_millis(),
            bounds.longest.as_millis()
        ),
    });
    if let Some(most) = lines.iter().filter_map(|line| line.memory).max() {
        promises.push(Promise {
            says: "no target costs more memory than its cap",
            holds: most <= bounds.memory,
            figure: format!(
                "the most was {} of {} KiB",
                most / 1024,
                bounds.memory / 1024
            ),
        });
    }
    for (says, is_meant) in [
        (
            "truncated bodies are caught",
            is_truncated as fn(&Mode) -> bool,
        ),
        ("the traps of HEAD and GET are told apart", is_trap),
    ] {
        let (all, right) = lines
            .iter()
            .filter(|line| is_meant(line.mode))
            .fold((0, 0), |(all, right), line| {
                (all + 1, right + u64::from(line.passes()))
            });
        if all > 0 {
            promises.push(Promise {
                says,
                holds: right == all,
                figure: format!("{right} of {all} modes"),
            });
        }
    }
    promises
}

pub(super) const fn is_truncated(mode: &Mode) -> bool {
    matches!(
        mode.script,
        Script::Http(HttpFault::ShortOfLength | HttpFault::ShortOfChunks)
    )
}

/// Whether one method is answered otherwise than another one.
pub(super) const fn is_trap(mode: &Mode) -> bool {
    matches!(
        mode.script,
        Script::Http(HttpFault::StatusOf(..) | HttpFault::HeadAnnounces)
    )
}
