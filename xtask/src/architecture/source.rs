//! The product's source text, without comments and without test code.

use crate::Fault;
use std::{fs, path::Path};

/// The crates whose text the invariants are about.
const CRATES: [&str; 5] = [
    "monitorah-core",
    "monitorah-store",
    "monitorah-notify",
    "monitorah-server",
    "monitorah-client",
];
/// Where the unit tests of a file begin; they are its end.
const TESTS: &str = "#[cfg(test)]\nmod tests {";

/// One file.
#[derive(Debug)]
pub(super) struct Source {
    /// From the root of the workspace, with `/`.
    pub(super) path: String,
    /// Its code, line for line.
    pub(super) code: String,
}

impl Source {
    pub(super) fn new(path: &str, text: &str) -> Self {
        let text = text.split(TESTS).next().unwrap_or_default();
        let mut code = String::with_capacity(text.len());
        for line in text.lines() {
            if !line.trim_start().starts_with("//") {
                code.push_str(line);
            }
            code.push('\n');
        }
        Self {
            path: path.to_owned(),
            code,
        }
    }

    /// Every line with its number that holds one of these words.
    pub(super) fn lines_with<'a>(
        &'a self,
        words: &'a [&'a str],
    ) -> impl Iterator<Item = (usize, &'a str)> {
        self.code.lines().enumerate().filter_map(|(number, line)| {
            let word = words.iter().find(|word| holds(line, word))?;
            Some((number + 1, *word))
        })
    }
}

/// Whether a line holds a word, and not as the end of a longer one.
fn holds(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(place, _)| {
        let before = line.get(..place).and_then(|text| text.chars().next_back());
        !before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_')
    })
}

/// Every file below the `src` of the product's crates.
pub(super) fn product(root: &Path) -> Result<Vec<Source>, Fault> {
    let mut sources = Vec::new();
    for name in CRATES {
        let mut folders = vec![root.join(name).join("src")];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder)? {
                let place = entry?.path();
                if place.is_dir() {
                    folders.push(place);
                } else if place.extension().is_some_and(|kind| kind == "rs") {
                    let text = fs::read_to_string(&place)?;
                    let path = place.strip_prefix(root)?.to_string_lossy();
                    sources.push(Source::new(&path.replace('\\', "/"), &text));
                }
            }
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(sources)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_tests_are_no_code_and_words_are_whole() {
        let text =
            "// a::b\nlet x = a::b();\nlet y = extra::b();\n#[cfg(test)]\nmod tests {\na::b\n}";
        let source = Source::new("x.rs", text);
        let found: Vec<_> = source.lines_with(&["a::b"]).collect();
        assert_eq!(found, [(2, "a::b")]);
    }
}
