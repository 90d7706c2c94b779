//! What became of each setting of a source, row by row.

use crate::declared::{counted, show::clean};
use serde_json::{Value, json};

/// What became of a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    /// It means the same here.
    Mapped,
    /// It means nearly the same; the note says what differs.
    Approximated,
    /// It was left behind; the note says why and what to do.
    NotSupported,
    /// The source itself does not use it here.
    NotUsed,
}

impl Verdict {
    const ALL: [Self; 4] = [
        Self::Mapped,
        Self::Approximated,
        Self::NotSupported,
        Self::NotUsed,
    ];

    const fn word(self) -> &'static str {
        match self {
            Self::Mapped => "mapped",
            Self::Approximated => "approximated",
            Self::NotSupported => "not supported",
            Self::NotUsed => "not used",
        }
    }

    const fn code(self) -> &'static str {
        match self {
            Self::Mapped => "MAPPED",
            Self::Approximated => "APPROXIMATED",
            Self::NotSupported => "NOT_SUPPORTED",
            Self::NotUsed => "NOT_USED",
        }
    }
}

/// One setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// What it belongs to, such as an endpoint or a monitor.
    pub(crate) thing: String,
    /// The setting; empty for the thing itself.
    pub(crate) key: String,
    pub(crate) verdict: Verdict,
    pub(crate) note: String,
}

/// Every setting of a source.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) rows: Vec<Row>,
}

impl Report {
    pub(crate) fn add(
        &mut self,
        thing: &str,
        key: &str,
        verdict: Verdict,
        note: impl Into<String>,
    ) {
        self.rows.push(Row {
            thing: thing.to_owned(),
            key: key.to_owned(),
            verdict,
            note: note.into(),
        });
    }

    /// Nothing of this thing came through after all, whose rows begin at this one.
    pub(crate) fn retract(&mut self, first: usize, thing: &str) {
        let rows = self.rows.iter_mut().skip(first);
        for row in rows.filter(|row| row.thing == thing) {
            if matches!(row.verdict, Verdict::Mapped | Verdict::Approximated) {
                row.verdict = Verdict::NotSupported;
                row.note = "left behind with the whole".to_owned();
            }
        }
    }

    pub(crate) fn count(&self, verdict: Verdict) -> usize {
        self.rows
            .iter()
            .filter(|row| row.verdict == verdict)
            .count()
    }

    /// The rows under the things that they belong to.
    pub(crate) fn text(&self, monitors: usize) -> String {
        let mut text = String::new();
        let mut thing = "";
        for row in &self.rows {
            if row.thing != thing {
                thing = &row.thing;
                text.push_str(&format!("{}\n", clean(thing)));
            }
            let key = if row.key.is_empty() {
                "(itself)"
            } else {
                &row.key
            };
            let note = if row.note.is_empty() {
                String::new()
            } else {
                format!(": {}", clean(&row.note))
            };
            text.push_str(&format!(
                "  {:<13} {}{note}\n",
                row.verdict.word(),
                clean(key)
            ));
        }
        let counts: Vec<_> = Verdict::ALL
            .iter()
            .map(|verdict| format!("{} {}", self.count(*verdict), verdict.word()))
            .collect();
        text.push_str(&format!(
            "\n{}. Settings: {}.\n",
            counted(monitors, "monitor", "monitors"),
            counts.join(", ")
        ));
        text
    }

    pub(crate) fn json(&self) -> Value {
        let rows: Vec<_> = self
            .rows
            .iter()
            .map(|row| {
                json!({
                    "thing": row.thing,
                    "key": row.key,
                    "verdict": row.verdict.code(),
                    "note": row.note,
                })
            })
            .collect();
        json!(rows)
    }
}
