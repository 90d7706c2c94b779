//! Text from strangers, made fit: one line, no control characters, within a limit, escaped.

/// What stands for what was cut off.
const ELLIPSIS: char = '\u{2026}';

/// Whether a character is taken out: it turns the direction of text, or is not seen at all.
const fn hidden(character: char) -> bool {
    matches!(
        character,
        '\u{00ad}'
            | '\u{061c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// The text as one line of at most `limit` characters: control characters and runs of white space
/// become one space each, what hides or turns text is left out, and what is too long is cut and
/// ends in an ellipsis.
#[must_use]
pub fn clean(text: &str, limit: usize) -> String {
    let mut line = String::new();
    let mut count = 0_usize;
    let mut pending = false;
    let mut visible = text.chars().filter(|character| !hidden(*character));
    for character in visible.by_ref() {
        if character.is_control() || character.is_whitespace() {
            pending = count > 0;
            continue;
        }
        let wanted = if pending { 2 } else { 1 };
        if count + wanted > limit {
            // What was written ends where the ellipsis still fits.
            if count >= limit {
                line.pop();
            }
            if limit > 0 {
                line.push(ELLIPSIS);
            }
            return line;
        }
        if pending {
            line.push(' ');
        }
        line.push(character);
        count += wanted;
        pending = false;
    }
    line
}

/// The text, each character escaped, so that the outcome has at most `limit` UTF-16 code units,
/// which is how the strictest receivers count. It is cut between characters, never inside of what
/// one is escaped to.
#[must_use]
pub fn fitted(text: &str, limit: usize, escape: fn(char, &mut String)) -> String {
    let mut escaped = String::new();
    let mut used = 0_usize;
    // Where the text ends when an ellipsis follows.
    let mut last_fit = 0_usize;
    let mut one = String::new();
    for character in text.chars() {
        one.clear();
        escape(character, &mut one);
        let units = one.encode_utf16().count();
        if used + units > limit {
            escaped.truncate(last_fit);
            if limit > 0 {
                escaped.push(ELLIPSIS);
            }
            return escaped;
        }
        escaped.push_str(&one);
        used += units;
        if used < limit {
            last_fit = escaped.len();
        }
    }
    escaped
}

/// Nothing is markup.
pub fn plain(character: char, out: &mut String) {
    out.push(character);
}

/// Markup of HTML and XML, in text and in attributes.
pub fn html(character: char, out: &mut String) {
    match character {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&#39;"),
        other => out.push(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_of_what_is_seen() {
        for (text, line) in [
            ("", ""),
            (" a  b\r\n\tc ", "a b c"),
            ("a\u{202e}b\u{200b}c\u{0}d\u{9b}e", "abc d e"),
            ("\u{2028}x", "x"),
        ] {
            assert_eq!(clean(text, 100), line, "{text:?}");
        }
    }

    #[test]
    fn what_is_too_long_ends_in_an_ellipsis_within_the_limit() {
        assert_eq!(clean("abcdef", 6), "abcdef");
        assert_eq!(clean("abcdefg", 6), "abcde\u{2026}");
        assert_eq!(clean("abcde fg", 6), "abcde\u{2026}");
        assert_eq!(clean("\u{1f534}\u{1f534}\u{1f534}", 2), "\u{1f534}\u{2026}");
        assert_eq!(clean("ab", 0), "");
        for text in [
            "<<<<<<<<",
            "a<b<c<d<",
            "\u{1f534}\u{1f534}\u{1f534}\u{1f534}",
        ] {
            for limit in 0..40 {
                let escaped = fitted(text, limit, html);
                assert!(escaped.encode_utf16().count() <= limit, "{escaped} {limit}");
                // No escape is cut in two.
                assert_eq!(
                    escaped.matches('&').count(),
                    escaped.matches("&lt;").count()
                );
            }
        }
        assert_eq!(fitted("a<b", 6, html), "a&lt;b");
        assert_eq!(fitted("a<bc", 6, html), "a&lt;\u{2026}");
    }
}
