//! The patterns of Gatus' `pat()`: `*`, `?` and `[a-z]`, which match a whole text.

use regex::RegexBuilder;

/// A text that stands for itself in a regular expression.
pub(super) fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for character in text.chars() {
        if r"\.+*?()|[]{}^$#&-~".contains(character) {
            written.push('\\');
        }
        written.push(character);
    }
    written
}

/// The pattern as a regular expression of a whole text; nothing when it is no pattern.
pub(super) fn regex(pattern: &str) -> Option<String> {
    let mut written = String::with_capacity(pattern.len());
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        match character {
            '*' => written.push_str(".*"),
            '?' => written.push('.'),
            '\\' => written.push_str(&escaped(&characters.next()?.to_string())),
            '[' => {
                let mut class = String::new();
                loop {
                    match characters.next()? {
                        ']' if !class.is_empty() => break,
                        '\\' => class.push_str(&escaped(&characters.next()?.to_string())),
                        '^' if class.is_empty() => class.push('^'),
                        '-' => class.push('-'),
                        other => class.push_str(&escaped(&other.to_string())),
                    }
                }
                written.push_str(&format!("[{class}]"));
            }
            other => written.push_str(&escaped(&other.to_string())),
        }
    }
    Some(written)
}

/// The text that a pattern of the form `*text*` looks for.
pub(super) fn contained(pattern: &str) -> Option<&str> {
    let text = pattern.strip_prefix('*')?.strip_suffix('*')?;
    let plain = !text.is_empty() && !text.contains(['*', '?', '[', '\\']);
    plain.then_some(text)
}

/// Whether a short text matches.
pub(super) fn admits(pattern: &str, text: &str) -> bool {
    regex(pattern)
        .and_then(|regex| {
            RegexBuilder::new(&format!(r"(?s)\A(?:{regex})\z"))
                .size_limit(1 << 20)
                .build()
                .ok()
        })
        .is_some_and(|regex| regex.is_match(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_whole_texts() {
        for (pattern, text, matches) in [
            ("2*", "204", true),
            ("2*", "404", false),
            ("20?", "204", true),
            ("[1-3]*.a", "2x.a", true),
            ("[^1]", "1", false),
            ("a.b", "axb", false),
            (r"\*", "*", true),
            ("[", "[", false),
        ] {
            assert_eq!(admits(pattern, text), matches, "{pattern} {text}");
        }
        assert_eq!(contained("*cat*"), Some("cat"));
        assert_eq!(contained("*c?t*"), None);
        assert_eq!(contained("cat*"), None);
    }
}
