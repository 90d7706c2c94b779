//! What the name of a file says of the migration in it. The build script reads the names, which is
//! why this stands alone; in the store itself only its tests do.

/// The version and the description in the name of a migration, which is `0042_what_it_does.sql`.
/// `None` is a file that is no migration.
///
/// # Errors
/// What to call it, for a name that could be meant for a migration and would be passed over.
pub(crate) fn read(file: &str) -> Result<Option<(i64, String)>, String> {
    let Some(stem) = file.strip_suffix(".sql") else {
        return Ok(None);
    };
    let numbered = stem.starts_with(|first: char| first.is_ascii_digit());
    if !numbered && !stem.contains('_') {
        return Ok(None);
    }
    let parts = stem.split_once('_').and_then(|(version, words)| {
        let version = version.parse().ok().filter(|version| *version > 0)?;
        let plain = |letter: char| matches!(letter, 'a'..='z' | '0'..='9' | '_');
        let plain = !words.is_empty() && words.chars().all(plain);
        plain.then(|| (version, words.replace('_', " ")))
    });
    parts.map(Some).ok_or_else(|| {
        format!(
            "{file:?} is no name of a migration: call it as 0042_what_it_does.sql is called, a \
             number above 0 and small letters, digits and _; there is no way back from one"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_name_is_a_version_and_a_description() {
        let read = |file| read(file).unwrap();
        assert_eq!(read("0001_begin.sql"), Some((1, "begin".into())));
        assert_eq!(
            read("0125_result_entries.sql"),
            Some((125, "result entries".into()))
        );
        for other in ["rights.sql", "README.md", "0001_begin.sql~", "sql", ".sql"] {
            assert_eq!(read(other), None, "{other}");
        }
    }

    #[test]
    fn what_would_be_passed_over_is_refused() {
        for file in [
            "0130-dash.sql",
            "0130.sql",
            "0130_.sql",
            "0000_zero.sql",
            "-1_less.sql",
            "next_one.sql",
            "_.sql",
            "0130_two words.sql",
            "0130_Great.sql",
            "0130_quote\".sql",
            "0130_there.up.sql",
            "0130_back.down.sql",
            "99999999999999999999_far.sql",
        ] {
            let refused = read(file).unwrap_err();
            assert!(refused.contains("0042_what_it_does.sql"), "{refused}");
        }
    }
}
