//! Badges as pictures: what they say, and how that is drawn. Pure.

use monitorah_core::{FieldError, monitor::ShownStatus, uptime::Rollup};
use serde::Deserialize;
use serde_json::{Value, json};
use std::fmt::Write;

/// The longest text on a badge: characters.
const MAX_TEXT: usize = 100;
/// The colours with a name.
const COLOURS: [(&str, &str); 11] = [
    ("brightgreen", "#44cc11"),
    ("green", "#97ca00"),
    ("yellowgreen", "#a4a61d"),
    ("yellow", "#dfb317"),
    ("orange", "#fe7d37"),
    ("red", "#e05d44"),
    ("blue", "#007ec6"),
    ("grey", "#555555"),
    ("gray", "#555555"),
    ("lightgrey", "#9f9f9f"),
    ("black", "#2b2b2b"),
];

/// How a badge is drawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Style {
    /// Rounded, with a little light from above.
    #[default]
    Flat,
    /// Without either.
    FlatSquare,
    /// As `flat`, with more light.
    Plastic,
    /// Tall, in capitals.
    ForTheBadge,
}

/// What the caller wants changed. Other parameters are passed over: those of other services stay
/// in addresses that are moved here.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Look {
    /// The left text.
    label: Option<String>,
    /// The right colour: a name or a hexadecimal one.
    color: Option<String>,
    /// The left colour.
    label_color: Option<String>,
    /// How it is drawn.
    #[serde(default)]
    style: Style,
}

impl Look {
    /// # Errors
    /// Colours that are none, and texts that are too long.
    pub(crate) fn check(&self) -> Result<(), Vec<FieldError>> {
        let mut wrong = Vec::new();
        for (name, value) in [("color", &self.color), ("labelColor", &self.label_color)] {
            if value
                .as_deref()
                .is_some_and(|value| colour(value).is_none())
            {
                wrong.push(FieldError::new(
                    name,
                    "not a colour: use a name such as brightgreen, yellow, red or lightgrey, or \
                     three or six hexadecimal digits",
                ));
            }
        }
        let long = |text: &String| text.chars().count() > MAX_TEXT;
        if self.label.as_ref().is_some_and(long) {
            wrong.push(FieldError::new(
                "label",
                "a label has at most 100 characters",
            ));
        }
        if wrong.is_empty() { Ok(()) } else { Err(wrong) }
    }
}

/// The hexadecimal form of a colour.
fn colour(text: &str) -> Option<String> {
    if let Some((_, hex)) = COLOURS.iter().find(|(name, _)| *name == text) {
        return Some((*hex).to_owned());
    }
    let hex = text.strip_prefix('#').unwrap_or(text);
    let digits = hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    (digits && matches!(hex.len(), 3 | 6)).then(|| format!("#{hex}"))
}

/// What a badge says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Badge {
    label: String,
    message: String,
    colour: String,
    label_colour: String,
    style: Style,
}

impl Badge {
    fn new(label: &str, message: String, colour: &str) -> Self {
        Self {
            label: label.to_owned(),
            message,
            colour: colour.to_owned(),
            label_colour: "grey".to_owned(),
            style: Style::default(),
        }
    }

    /// How a monitor is.
    pub(crate) fn status(status: ShownStatus) -> Self {
        let word = serde_json::to_value(status);
        let word = word
            .ok()
            .and_then(|word| word.as_str().map(str::to_lowercase));
        let colour = match status {
            ShownStatus::Up => "brightgreen",
            ShownStatus::Degraded => "yellow",
            ShownStatus::Down => "red",
            ShownStatus::Maintenance => "blue",
            _ => "lightgrey",
        };
        Self::new("status", word.unwrap_or_default(), colour)
    }

    /// A share of time. Cut and not rounded: what is not all is never shown as all.
    pub(crate) fn uptime(window: &str, total: &Rollup) -> Self {
        let label = format!("uptime {window}");
        let Some(ratio) = total.durations.uptime() else {
            return Self::new(&label, "no data".to_owned(), "lightgrey");
        };
        let colour = match ratio {
            ratio if ratio >= 0.999 => "brightgreen",
            ratio if ratio >= 0.99 => "green",
            ratio if ratio >= 0.97 => "yellowgreen",
            ratio if ratio >= 0.95 => "yellow",
            ratio if ratio >= 0.9 => "orange",
            _ => "red",
        };
        let message = if total.durations.down == 0 {
            "100%".to_owned()
        } else {
            format!("{:.2}%", (ratio * 10_000.0).floor().min(9_999.0) / 100.0)
        };
        Self::new(&label, message, colour)
    }

    /// How fast a target answered.
    pub(crate) fn response(total: &Rollup) -> Self {
        match total.latencies.average() {
            None => Self::new("response", "no data".to_owned(), "lightgrey"),
            Some(average) => Self::new("response", format!("{} ms", average.as_millis()), "blue"),
        }
    }

    /// As the caller wants it.
    pub(crate) fn looking(mut self, look: &Look) -> Self {
        if let Some(label) = &look.label {
            self.label = label.clone();
        }
        if let Some(color) = &look.color {
            self.colour.clone_from(color);
        }
        if let Some(color) = &look.label_color {
            self.label_colour.clone_from(color);
        }
        self.style = look.style;
        self
    }

    /// The form that shields.io reads from an endpoint.
    pub(crate) fn shields(&self) -> Value {
        json!({
            "schemaVersion": 1,
            "label": self.label,
            "message": self.message,
            "color": self.colour,
        })
    }

    /// The picture: attributes only, so that it needs no style and no script.
    pub(crate) fn svg(&self) -> String {
        let tall = self.style == Style::ForTheBadge;
        let text = |text: &str| {
            let text = printable(text);
            if tall { text.to_uppercase() } else { text }
        };
        let (label, message) = (text(&self.label), text(&self.message));
        let (height, padding, size) = if tall { (28, 12, 10) } else { (20, 6, 11) };
        let left = if label.is_empty() {
            0
        } else {
            width(&label, tall) + 2 * padding
        };
        let right = width(&message, tall) + 2 * padding;
        let whole = left + right;
        let radius = match self.style {
            Style::Flat => 3,
            Style::Plastic => 4,
            Style::FlatSquare | Style::ForTheBadge => 0,
        };
        let light = match self.style {
            Style::Flat => "0.1",
            Style::Plastic => "0.3",
            Style::FlatSquare | Style::ForTheBadge => "0",
        };
        let fill = |name: &str| colour(name).unwrap_or_else(|| "#555555".to_owned());
        let (left_fill, right_fill) = (fill(&self.label_colour), fill(&self.colour));
        let title = if label.is_empty() {
            escape(&message)
        } else {
            format!("{}: {}", escape(&label), escape(&message))
        };
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{whole}\" height=\"{height}\" \
             role=\"img\" aria-label=\"{title}\"><title>{title}</title>\
             <linearGradient id=\"l\" x2=\"0\" y2=\"100%\">\
             <stop offset=\"0\" stop-color=\"#fff\" stop-opacity=\"{light}\"/>\
             <stop offset=\"1\" stop-opacity=\"{light}\"/></linearGradient>\
             <clipPath id=\"r\"><rect width=\"{whole}\" height=\"{height}\" rx=\"{radius}\" \
             fill=\"#fff\"/></clipPath><g clip-path=\"url(#r)\">\
             <rect width=\"{left}\" height=\"{height}\" fill=\"{left_fill}\"/>\
             <rect x=\"{left}\" width=\"{right}\" height=\"{height}\" fill=\"{right_fill}\"/>\
             <rect width=\"{whole}\" height=\"{height}\" fill=\"url(#l)\"/></g>\
             <g fill=\"#fff\" text-anchor=\"middle\" \
             font-family=\"Verdana,Geneva,DejaVu Sans,sans-serif\" font-size=\"{size}\">"
        );
        let baseline = height / 2 + size / 2 - 1;
        for (text, middle, long) in [
            (&label, left / 2, left.saturating_sub(2 * padding)),
            (&message, left + right / 2, right - 2 * padding),
        ] {
            if !text.is_empty() {
                // Writing into a text does not fail.
                let _ = write!(
                    svg,
                    "<text x=\"{middle}\" y=\"{baseline}\" textLength=\"{long}\">{}</text>",
                    escape(text)
                );
            }
        }
        svg.push_str("</g></svg>");
        svg
    }
}

/// A text without what a picture cannot hold.
fn printable(text: &str) -> String {
    text.chars()
        .filter(|letter| !letter.is_control() && !matches!(*letter, '\u{fffe}' | '\u{ffff}'))
        .collect()
}

/// A text as XML has it, in an element and in an attribute.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// About how wide a text is in Verdana: pixels. The picture then fits the text to it.
fn width(text: &str, tall: bool) -> usize {
    let tenths: usize = text
        .chars()
        .map(|letter| match letter {
            'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | ' ' | '!' => 40,
            'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '-' | '/' => 48,
            'm' | 'w' | 'M' | 'W' | '%' | '@' => 110,
            'A'..='Z' => 78,
            letter if letter.is_ascii() => 68,
            _ => 110,
        })
        .sum();
    let tenths = if tall { tenths * 11 / 10 } else { tenths };
    tenths.div_ceil(10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use monitorah_core::uptime::StateDurations;

    fn total(up: i64, down: i64) -> Rollup {
        let mut total = Rollup::empty(jiff::Timestamp::UNIX_EPOCH);
        total.durations = StateDurations {
            up,
            down,
            ..StateDurations::default()
        };
        total
    }

    #[test]
    fn uptime_is_cut_and_never_made_of_nothing() {
        for (up, down, message) in [
            (0, 0, "no data"),
            (100, 0, "100%"),
            (99_999_999, 1, "99.99%"),
            (999, 1, "99.90%"),
            (0, 5, "0.00%"),
        ] {
            assert_eq!(Badge::uptime("24h", &total(up, down)).message, message);
        }
    }

    #[test]
    fn a_label_stays_a_text() {
        let look = Look {
            label: Some("</text><script>alert(1)</script>\"' &\u{0}".to_owned()),
            ..Look::default()
        };
        for style in [
            Style::Flat,
            Style::FlatSquare,
            Style::Plastic,
            Style::ForTheBadge,
        ] {
            let look = Look {
                style,
                ..look.clone()
            };
            let svg = Badge::status(ShownStatus::Up).looking(&look).svg();
            assert!(!svg.to_lowercase().contains("<script"), "{svg}");
            assert!(!svg.contains('\u{0}'), "{svg}");
            assert_eq!(svg.matches("<text ").count(), 2, "{svg}");
            assert!(!svg.contains("style="), "{svg}");
        }
    }

    #[test]
    fn colours_are_names_or_digits() {
        for good in ["red", "abc", "#a1B2c3", "a1b2c3"] {
            assert!(colour(good).is_some(), "{good}");
        }
        for bad in ["", "#", "redd", "\"/><x", "12345", "url(#l)"] {
            assert!(colour(bad).is_none(), "{bad}");
            let look = Look {
                color: Some(bad.to_owned()),
                ..Look::default()
            };
            assert_eq!(look.check().unwrap_err()[0].pointer, "color");
        }
    }
}
