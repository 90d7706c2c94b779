//! The judge: what the server shows at the end against what is known from outside. It sees no clock and no server.

use super::ledger::{Event, Ledger, Told};
use std::collections::{BTreeMap, BTreeSet};

/// What came of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// What was acknowledged, or happened for long enough, and is not there.
    pub(crate) lost: Vec<String>,
    /// What is there twice.
    pub(crate) doubled: Vec<String>,
    /// What should have been told and was not.
    pub(crate) untold: Vec<String>,
    /// Repetitions that no kill explains, and messages without a cause.
    pub(crate) unexplained: Vec<String>,
    /// How many messages came again under the same id.
    pub(crate) repeated: u64,
    /// How many of them came again because of one and the same kill, at most.
    pub(crate) most_of_a_kill: u64,
}

/// How many messages to one channel are on their way at once: a kill can leave so many that the
/// receiver took and nobody wrote down.
const ON_THEIR_WAY: u64 = 4;
/// From so many kills on the average counts: at most one repetition a kill.
const MANY: u64 = 100;

impl Verdict {
    pub(crate) fn passes(&self) -> bool {
        self.faults().next().is_none()
    }

    /// Everything that is wrong, in words.
    pub(crate) fn faults(&self) -> impl Iterator<Item = String> {
        [
            ("lost", &self.lost),
            ("doubled", &self.doubled),
            ("untold", &self.untold),
            ("unexplained", &self.unexplained),
        ]
        .into_iter()
        .flat_map(|(kind, all)| all.iter().map(move |what| format!("{kind}: {what}")))
    }
}

/// Which messages are due of these events: an outage, and its end.
pub(crate) fn due(events: &[Event]) -> impl Iterator<Item = (&str, &'static str)> {
    events.iter().flat_map(|event| {
        let end = (!event.open).then_some((event.id.as_str(), "monitor.up"));
        [Some((event.id.as_str(), "monitor.down")), end]
            .into_iter()
            .flatten()
    })
}

/// Judges a run.
pub(crate) fn judge(ledger: &Ledger, events: &[Event]) -> Verdict {
    let mut verdict = Verdict {
        lost: ledger.missing.iter().cloned().collect(),
        ..Verdict::default()
    };
    judge_events(ledger, events, &mut verdict);
    judge_messages(ledger, events, &mut verdict);
    verdict
}

fn judge_events(ledger: &Ledger, events: &[Event], verdict: &mut Verdict) {
    let mut by_monitor: BTreeMap<&str, Vec<&Event>> = BTreeMap::new();
    for event in events {
        by_monitor.entry(&event.monitor).or_default().push(event);
    }
    for outage in &ledger.outages {
        let of = by_monitor.remove(outage.monitor.as_str());
        let of = of.unwrap_or_default();
        let monitor = &outage.monitor;
        match of.as_slice() {
            [] => verdict
                .lost
                .push(format!("{monitor} was down and has no event")),
            [event] => {
                if !outage.seen_open {
                    let id = &event.id;
                    verdict
                        .lost
                        .push(format!("{monitor} was down, and {id} came late"));
                } else if event.open || !outage.seen_resolved {
                    let id = &event.id;
                    verdict
                        .lost
                        .push(format!("{monitor} is well again, and {id} did not end"));
                }
            }
            more => verdict.doubled.push(format!(
                "{monitor} was down once and has {} events",
                more.len()
            )),
        }
    }
    for (monitor, of) in by_monitor {
        verdict
            .unexplained
            .push(format!("{monitor} was well and has {} events", of.len()));
    }
    let stored: BTreeSet<_> = events
        .iter()
        .map(|event| (event.id.as_str(), event.monitor.as_str()))
        .collect();
    for (id, monitor) in &ledger.events_seen {
        if !stored.contains(&(id.as_str(), monitor.as_str())) {
            let what = format!("{id} of {monitor} was seen by a reader and is gone");
            verdict.lost.push(what);
        }
    }
}

fn judge_messages(ledger: &Ledger, events: &[Event], verdict: &mut Verdict) {
    let mut by_cause: BTreeMap<(&str, &str), BTreeMap<&str, Vec<&Told>>> = BTreeMap::new();
    for told in &ledger.told {
        by_cause
            .entry((&told.event, &told.kind))
            .or_default()
            .entry(&told.id)
            .or_default()
            .push(told);
    }
    for (event, kind) in due(events) {
        match by_cause.remove(&(event, kind)) {
            None => verdict.untold.push(format!("{kind} of {event}")),
            Some(ids) => {
                if ids.len() > 1 {
                    let what = format!("{kind} of {event} came under {} ids", ids.len());
                    verdict.doubled.push(what);
                }
                for (id, times) in ids {
                    judge_repetitions(id, &times, verdict);
                }
            }
        }
    }
    for (event, kind) in by_cause.into_keys() {
        verdict
            .unexplained
            .push(format!("{kind} of {event}, which is no event"));
    }
    judge_kills(ledger, verdict);
}

/// Whether the repetitions are as many as the kills explain.
fn judge_kills(ledger: &Ledger, verdict: &mut Verdict) {
    let mut lives: BTreeMap<&str, BTreeSet<u64>> = BTreeMap::new();
    for told in &ledger.told {
        lives.entry(&told.id).or_default().insert(told.life);
    }
    // A message that came in two lives came again because the earlier one ended.
    let mut of_kill: BTreeMap<u64, u64> = BTreeMap::new();
    for lives in lives.values() {
        let again = lives.len().saturating_sub(1);
        for life in lives.iter().take(again) {
            *of_kill.entry(*life).or_default() += 1;
        }
    }
    for (life, count) in of_kill {
        verdict.most_of_a_kill = verdict.most_of_a_kill.max(count);
        if count > ON_THEIR_WAY {
            let what = format!("{count} messages came again after the end of life {life}");
            verdict.unexplained.push(what);
        }
    }
    if ledger.kills >= MANY && verdict.repeated > ledger.kills {
        verdict.unexplained.push(format!(
            "{} messages came again for {} kills",
            verdict.repeated, ledger.kills
        ));
    }
}

/// A message comes again only after the server that sent it was killed: once a life at most.
fn judge_repetitions(id: &str, times: &[&Told], verdict: &mut Verdict) {
    let lives: BTreeSet<_> = times.iter().map(|told| told.life).collect();
    let count = times.len();
    verdict.repeated += u64::try_from(count.saturating_sub(1)).unwrap_or(u64::MAX);
    if lives.len() < count {
        let what = format!("{id} came {count} times in {} lives", lives.len());
        verdict.unexplained.push(what);
    }
}
