//! Durations as Go writes them: `1h30m`, `500ms`.

use std::time::Duration;

/// Reads a duration of no less than zero.
pub(super) fn parse(text: &str) -> Option<Duration> {
    let mut rest = text.trim();
    if rest == "0" {
        return Some(Duration::ZERO);
    }
    if rest.is_empty() {
        return None;
    }
    let mut seconds = 0.0;
    while !rest.is_empty() {
        let digits = rest
            .find(|character: char| !character.is_ascii_digit() && character != '.')
            .filter(|end| *end > 0)?;
        let (number, unit) = rest.split_at(digits);
        let end = unit
            .find(|character: char| character.is_ascii_digit() || character == '.')
            .unwrap_or(unit.len());
        let (unit, more) = unit.split_at(end);
        let factor = match unit {
            "ns" => 1e-9,
            "us" | "µs" | "μs" => 1e-6,
            "ms" => 1e-3,
            "s" => 1.0,
            "m" => 60.0,
            "h" => 3600.0,
            _ => return None,
        };
        seconds += number.parse::<f64>().ok()? * factor;
        rest = more;
    }
    // Ten years are longer than anything here.
    (seconds <= 3.2e8).then(|| Duration::from_secs_f64(seconds))
}

/// Whole seconds, at least one, rounded up; and whether that is what was asked for.
pub(super) fn seconds(duration: Duration) -> (u64, bool) {
    let up = duration.as_secs() + u64::from(duration.subsec_nanos() > 0);
    let seconds = up.max(1);
    (seconds, Duration::from_secs(seconds) == duration)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_go_reads_them() {
        for (text, millis) in [
            ("48h", 172_800_000),
            ("1h30m", 5_400_000),
            ("1.5s", 1_500),
            ("500ms", 500),
            ("0", 0),
        ] {
            assert_eq!(parse(text), Some(Duration::from_millis(millis)), "{text}");
        }
        for wrong in ["", "5", "5 m", "m", "1d", "-1s", "1e3s"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
        assert_eq!(seconds(Duration::from_millis(1_500)), (2, false));
    }
}
