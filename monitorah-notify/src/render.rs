//! A message in words: what every channel for people says, before its own escapes and limits.
//!
//! Names, targets and errors come from users and from targets, and anything may stand in them.
//! A [`Rendering`] holds them as one line each, without control characters and without characters
//! that turn the direction of text. What is markup where they are shown is the channel's to escape.

mod text;

pub use text::{clean, fitted, html, plain};

use jiff::Timestamp;
use monitorah_core::{
    Severity,
    alert::{AlertKind, EventSummary, Hides, Message},
};
use std::fmt::Write;

/// The longest title: characters.
const MAX_TITLE: usize = 400;
/// The longest value of a fact: characters.
const MAX_VALUE: usize = 700;
/// The longest name among others: characters. Ten of them and what follows fit into a value.
const MAX_NAME: usize = 60;
/// The longest link: characters.
const MAX_LINK: usize = 1_000;

/// How the news is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something is down.
    Down,
    /// Something is worse than it should be, or will be.
    Degraded,
    /// All is well again.
    Up,
    /// Nothing happened.
    Notice,
}

impl Tone {
    fn of(message: &Message) -> Self {
        let worst = message.event.as_ref().map(|event| event.severity);
        match message.kind {
            AlertKind::Down => Self::Down,
            AlertKind::Up => Self::Up,
            AlertKind::Test => Self::Notice,
            AlertKind::Reminder if worst == Some(Severity::Down) => Self::Down,
            _ => Self::Degraded,
        }
    }

    /// The colour: red, green and blue, a byte each.
    #[must_use]
    pub const fn colour(self) -> u32 {
        match self {
            Self::Down => 0x00d3_2f2f,
            Self::Degraded => 0x00ed_8b00,
            Self::Up => 0x002e_7d32,
            Self::Notice => 0x0019_76d2,
        }
    }

    /// The colour as `#rrggbb`.
    #[must_use]
    pub fn hex(self) -> String {
        format!("#{:06x}", self.colour())
    }

    /// A sign that is seen at a glance.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Down => "\u{1f534}",
            Self::Degraded => "\u{1f7e0}",
            Self::Up => "\u{1f7e2}",
            Self::Notice => "\u{1f535}",
        }
    }
}

/// One thing to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it is. Plain words of ours.
    pub label: &'static str,
    /// One line; may hold anything that is markup somewhere.
    pub value: String,
}

/// A message in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendering {
    /// One sentence.
    pub title: String,
    /// How the news is.
    pub tone: Tone,
    /// What there is to know, the most important first.
    pub facts: Vec<Fact>,
    /// Where people read more.
    pub link: Option<String>,
    /// When the change was believed.
    pub at: Timestamp,
}

impl Rendering {
    /// The words of a message.
    #[must_use]
    pub fn of(message: &Message) -> Self {
        let link = message.link.as_ref();
        Self {
            title: clean(&message.summary, MAX_TITLE),
            tone: Tone::of(message),
            facts: facts(message),
            // A link that was cut leads nowhere: a longer one is left out.
            link: link.filter(|link| link.len() <= MAX_LINK).cloned(),
            at: message.timestamp,
        }
    }

    /// The title with its sign.
    #[must_use]
    pub fn headline(&self) -> String {
        format!("{} {}", self.tone.sign(), self.title)
    }

    /// Everything as plain text: the title, a line for each fact, the link.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = format!("{}\n\n", self.title);
        for Fact { label, value } in &self.facts {
            text.push_str(label);
            text.push_str(": ");
            text.push_str(value);
            text.push('\n');
        }
        if let Some(link) = &self.link {
            text.push('\n');
            text.push_str(link);
            text.push('\n');
        }
        text
    }

    /// The value of a fact.
    #[must_use]
    pub fn fact(&self, label: &str) -> Option<&str> {
        let mut facts = self.facts.iter();
        facts
            .find(|fact| fact.label == label)
            .map(|fact| fact.value.as_str())
    }
}

fn facts(message: &Message) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut add = |label, value: &str| {
        let value = clean(value, MAX_VALUE);
        if !value.is_empty() {
            facts.push(Fact { label, value });
        }
    };
    if let Some(monitor) = &message.monitor {
        add("Monitor", &format!("{} ({})", monitor.name, monitor.kind));
        add("Target", &monitor.target);
    }
    let over = message.event.as_ref().filter(|_| tells_an_end(message));
    if let Some(event) = over {
        add(lasted(event), &duration(event.duration_seconds));
        add("Reason was", event.reason.as_str());
    } else if let Some(event) = &message.event {
        add("Reason", event.reason.as_str());
    }
    if let Some(hides) = &message.hides {
        add("Keeps quiet", &quieted(hides));
    }
    if let Some(check) = &message.check {
        add("Error", check.error.as_deref().unwrap_or_default());
        if let Some(code) = check.status_code.filter(|_| message.certificate.is_none()) {
            add("Status code", &code.to_string());
        }
        if message.kind == AlertKind::Up {
            add(
                "Response time",
                &format!("{:.0} ms", check.response_time_ms),
            );
        }
    }
    if let Some(certificate) = &message.certificate {
        add("Certificate", &certificate.subject);
        add("Issuer", &certificate.issuer);
        add("Expires", &moment(certificate.not_after));
    }
    if let Some(registration) = &message.registration {
        add("Domain", &registration.domain);
        add("Expires", &moment(registration.expires_at));
    }
    if let Some(event) = &message.event {
        add("Started", &moment(event.started_at));
        if let Some(resolved_at) = event.resolved_at {
            add("Ended", &moment(resolved_at));
        }
        if over.is_none() && event.duration_seconds > 0 {
            add("Lasting", &duration(event.duration_seconds));
        }
    }
    if let Some(reminder) = message.reminder {
        add("Reminder", &format!("number {reminder}"));
    }
    if facts.is_empty() {
        let value = moment(message.timestamp);
        facts.push(Fact {
            label: "Sent",
            value,
        });
    }
    facts
}

/// Whether the message says that an event is over: its reason is history then.
fn tells_an_end(message: &Message) -> bool {
    message.kind == AlertKind::Up
}

/// What the length of an event is called once it is over.
const fn lasted(event: &EventSummary) -> &'static str {
    match event.severity {
        Severity::Down => "Was down for",
        Severity::Degraded => "Was degraded for",
    }
}

/// Who is kept quiet: `cart, checkout and 10 more; 3 down`.
fn quieted(hides: &Hides) -> String {
    let names: Vec<_> = hides
        .names
        .iter()
        .map(|name| clean(name, MAX_NAME))
        .filter(|name| !name.is_empty())
        .collect();
    let named = u64::try_from(names.len()).unwrap_or(u64::MAX);
    let mut text = names.join(", ");
    match (hides.count.saturating_sub(named), named) {
        (0, _) => {}
        (1, 0) => text.push_str("1 monitor"),
        (more, 0) => text.push_str(&format!("{more} monitors")),
        (more, _) => text.push_str(&format!(" and {more} more")),
    }
    if hides.down > 0 {
        let _ = write!(text, "; {} down", hides.down);
    }
    text
}

/// A moment for people: `2026-01-01 00:00:00 UTC`.
fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}

/// A duration for people, in its two largest units: `1 d 3 h`, `2 min 5 s`.
fn duration(seconds: i64) -> String {
    const UNITS: [(i64, &str); 4] = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")];
    let mut text = String::new();
    let mut left = seconds.max(0);
    let mut units = 0;
    for (size, name) in UNITS {
        let count = left.checked_div(size).unwrap_or_default();
        left -= count.saturating_mul(size);
        if count > 0 && units < 2 {
            let space = if text.is_empty() { "" } else { " " };
            // Writing to a text cannot fail.
            let _ = write!(text, "{space}{count} {name}");
        }
        if count > 0 || units > 0 {
            units += 1;
        }
    }
    if text.is_empty() {
        text.push_str("0 s");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_kept_quiet_is_named_within_the_limit_and_counted() {
        let hides = |count, down, names: &[&str]| Hides {
            count,
            down,
            names: names.iter().map(|name| (*name).to_owned()).collect(),
        };
        for (who, text) in [
            (hides(1, 0, &["cart"]), "cart"),
            (hides(2, 2, &["cart", "search"]), "cart, search; 2 down"),
            (
                hides(12, 3, &["cart", "search"]),
                "cart, search and 10 more; 3 down",
            ),
            (hides(3, 1, &["a\nb", "\u{202e}"]), "a b and 2 more; 1 down"),
            (hides(1, 1, &[]), "1 monitor; 1 down"),
            (hides(4, 0, &[]), "4 monitors"),
        ] {
            assert_eq!(quieted(&who), text);
        }
        let long = "n".repeat(200);
        let most = hides(u64::MAX, u64::MAX, &[long.as_str(); 10]);
        assert!(quieted(&most).chars().count() <= MAX_VALUE);
    }

    #[test]
    fn durations_in_their_two_largest_units() {
        for (seconds, text) in [
            (-5, "0 s"),
            (0, "0 s"),
            (1, "1 s"),
            (60, "1 min"),
            (125, "2 min 5 s"),
            (3_605, "1 h"),
            (3_665, "1 h 1 min"),
            (97_200, "1 d 3 h"),
            (86_400 + 59, "1 d"),
        ] {
            assert_eq!(duration(seconds), text, "{seconds}");
        }
    }
}
