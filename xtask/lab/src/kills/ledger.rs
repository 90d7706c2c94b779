//! What the run knows from outside: what was acknowledged, what was told, and what was ill.

use std::collections::{BTreeMap, BTreeSet};

/// A message as the receiver took it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    /// Its own id, by which a receiver knows a repetition.
    pub(crate) id: String,
    /// `monitor.down` and the like.
    pub(crate) kind: String,
    pub(crate) event: String,
    /// In which life of the server it came, counted from 1.
    pub(crate) life: u64,
}

/// A target that went bad once and got well again; its monitor watched nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outage {
    pub(crate) monitor: String,
    /// Whether a reader saw its event open before it got well.
    pub(crate) seen_open: bool,
    /// Whether a reader saw it resolved.
    pub(crate) seen_resolved: bool,
}

/// Everything that the run knows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ledger {
    /// How often the server was killed.
    pub(crate) kills: u64,
    pub(crate) outages: Vec<Outage>,
    pub(crate) told: Vec<Told>,
    /// Events that a reader saw, each with its monitor.
    pub(crate) events_seen: BTreeMap<String, String>,
    /// How much was acknowledged, and looked for after a kill: beats, writes, rows.
    pub(crate) looked_for: BTreeMap<&'static str, u64>,
    /// What was acknowledged and is not there.
    pub(crate) missing: BTreeSet<String>,
}

impl Ledger {
    /// Notes that something acknowledged was looked for after a kill.
    pub(crate) fn look(&mut self, what: &'static str, name: &str, there: bool) {
        *self.looked_for.entry(what).or_default() += 1;
        if !there {
            self.missing.insert(format!("{what} {name}"));
        }
    }
}

/// An event as the server shows it at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Event {
    pub(crate) id: String,
    pub(crate) monitor: String,
    pub(crate) open: bool,
}
