//! The checked-out tree: where it is, and how generated files get into it.

use crate::Fault;
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_path_buf()
}

/// The folder of what is built.
pub(crate) fn target() -> Result<PathBuf, Fault> {
    let mut metadata = cargo_metadata::MetadataCommand::new();
    let metadata = metadata.no_deps().current_dir(root()).exec()?;
    Ok(metadata.target_directory.into_std_path_buf())
}

/// Writes a generated file, or checks that it is what would be written.
pub(crate) fn generate(path: &str, text: &str, check: bool, command: &str) -> Result<(), Fault> {
    let place = root().join(path);
    let before = match fs::read_to_string(&place) {
        Ok(before) => Some(before),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(format!("{path}: {error}").into()),
    };
    if before.as_deref() == Some(text) {
        return Ok(());
    }
    if check {
        return Err(stale(path, before.as_deref().unwrap_or_default(), text, command).into());
    }
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(&place, text).map_err(|error| format!("{path}: {error}").into())
}

/// Says that a file is stale, where it first differs, and what to run.
fn stale(path: &str, before: &str, after: &str, command: &str) -> String {
    let same = before
        .lines()
        .zip(after.lines())
        .take_while(|(before, after)| before == after)
        .count();
    let line = |text: &str| {
        text.lines()
            .nth(same)
            .unwrap_or("(the end)")
            .trim()
            .to_owned()
    };
    format!(
        "{path} is not what the code gives: run `{command}` and commit the result\n  line {}\n  \
         checked in: {}\n  generated:  {}",
        same + 1,
        line(before),
        line(after)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stale_file_is_refused_with_the_command_that_renews_it() {
        let error = generate("Cargo.toml", "other", true, "cargo xtask that").unwrap_err();
        let text = error.to_string();
        assert!(text.contains("run `cargo xtask that`"), "{text}");
        assert!(text.contains("generated:  other"), "{text}");
        assert!(generate("no/such/file", "x", true, "that").is_err());
    }
}
