//! `Accept-Language` (RFC 9110, section 12.5.4): the primary languages, the most wanted first.

/// The most ranges that are looked at; browsers send fewer than ten.
const MAX_RANGES: usize = 20;

/// The primary languages that a browser accepts, the most wanted first.
pub(super) fn accepted(header: &str) -> Vec<String> {
    let mut ranges: Vec<(u16, String)> = header
        .split(',')
        .take(MAX_RANGES)
        .filter_map(|range| {
            let (name, weight) = match range.split_once(';') {
                None => (range, 1_000),
                Some((name, parameter)) => (name, weight(parameter)?),
            };
            let primary = name.trim().split('-').next()?.to_ascii_lowercase();
            (weight > 0 && !primary.is_empty()).then_some((weight, primary))
        })
        .collect();
    // Stable: of equal weights, the first named wins.
    ranges.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    ranges.into_iter().map(|(_, name)| name).collect()
}

/// A weight in thousandths: `q=0.85` is 850.
fn weight(parameter: &str) -> Option<u16> {
    let text = parameter.trim().strip_prefix("q=")?;
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    if rest.len() > 3 || !rest.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let thousandths: u16 = format!("{rest:0<3}").parse().ok()?;
    match whole {
        "0" => Some(thousandths),
        "1" if thousandths == 0 => Some(1_000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::accepted;

    #[test]
    fn the_most_wanted_is_first() {
        assert_eq!(accepted("de-CH, en;q=0.7, fr;q=0.75"), ["de", "fr", "en"]);
        assert_eq!(accepted("en;q=0, de"), ["de"]);
        assert_eq!(accepted("de;q=2, en;q=x, fr;q=0.5"), ["fr"]);
        assert!(accepted("").is_empty());
        assert!(accepted(&",".repeat(100_000)).is_empty());
    }
}
