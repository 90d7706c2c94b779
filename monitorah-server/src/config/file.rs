//! The configuration file: TOML, every key known, each fault with its line.

use super::{ConfigFault, File, VARIABLES};
use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
};
use toml::de::DeTable;

/// The largest file that is read: bytes.
const MAX_FILE: u64 = 1024 * 1024;

/// A key at the top of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) name: String,
    /// Counted from 1.
    pub(super) line: usize,
    /// The value as it is written there.
    pub(super) written: String,
}

/// A file that was read, whether or not it is right.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) path: PathBuf,
    pub(super) text: String,
    pub(super) keys: Vec<Key>,
}

impl Text {
    pub(super) fn read(path: &Path) -> Result<Self, ConfigFault> {
        let fault = |why: String| ConfigFault::File {
            path: path.to_owned(),
            why,
        };
        let mut text = String::new();
        fs::File::open(path)
            .and_then(|file| file.take(MAX_FILE + 1).read_to_string(&mut text))
            .map_err(|error| fault(error.to_string()))?;
        if text.len() as u64 > MAX_FILE {
            return Err(fault(format!("it has more than {MAX_FILE} bytes")));
        }
        let table = DeTable::parse(&text).map_err(|error| fault(said(&error, &text)))?;
        let mut keys: Vec<_> = table
            .get_ref()
            .iter()
            .map(|(key, value)| {
                let before = text.get(..key.span().start).unwrap_or_default();
                Key {
                    name: key.get_ref().to_string(),
                    line: before.matches('\n').count() + 1,
                    written: if value.get_ref().is_table() {
                        "{…}".to_owned()
                    } else {
                        text.get(value.span()).unwrap_or_default().to_owned()
                    },
                }
            })
            .collect();
        keys.sort_by_key(|key| key.line);
        Ok(Self {
            path: path.to_owned(),
            text,
            keys,
        })
    }

    /// The keys that no setting has, each in a sentence.
    pub(super) fn unknown(&self) -> Vec<String> {
        let known = known();
        let names: Vec<&str> = known.iter().map(String::as_str).collect();
        self.keys
            .iter()
            .filter(|key| !names.contains(&key.name.as_str()))
            .map(|key| {
                let place = format!("{}:{}", self.path.display(), key.line);
                format!(
                    "{place}: there is no setting {:?}{}",
                    key.name,
                    suggestion(&key.name, &names)
                )
            })
            .collect()
    }

    /// What the file sets, without what is not known.
    pub(super) fn settings(&self) -> Result<File, ConfigFault> {
        let known = known();
        let fault = |why: String| ConfigFault::File {
            path: self.path.clone(),
            why,
        };
        if self.unknown().is_empty() {
            // Its error knows the line.
            return toml::from_str(&self.text).map_err(|error| fault(said(&error, &self.text)));
        }
        let mut table: toml::Table =
            toml::from_str(&self.text).map_err(|error| fault(said(&error, &self.text)))?;
        table.retain(|name, _| known.iter().any(|known| known == name));
        table
            .try_into()
            .map_err(|error| fault(said(&error, &self.text)))
    }
}

/// Each key by itself.
impl Text {
    /// What the file sets where it can be read, and which keys have a value that cannot.
    pub(super) fn readable(&self) -> (File, Vec<String>) {
        let known = known();
        let mut table = self.text.parse::<toml::Table>().unwrap_or_default();
        table.retain(|name, _| known.iter().any(|known| known == name));
        let mut wrong = Vec::new();
        table.retain(|name, value| {
            let mut alone = toml::Table::new();
            alone.insert(name.to_owned(), value.clone());
            let fits = alone.try_into::<File>().is_ok();
            if !fits {
                wrong.push(name.to_owned());
            }
            fits
        });
        (table.try_into().unwrap_or_default(), wrong)
    }
}

/// What is wrong and in which line, without the line itself: it may hold a secret.
fn said(error: &toml::de::Error, text: &str) -> String {
    let line = error.span().map(|span| {
        let before = text.get(..span.start).unwrap_or_default();
        format!("line {}: ", before.matches('\n').count() + 1)
    });
    format!("{}{}", line.unwrap_or_default(), error.message())
}

/// Reads a file in which everything must be known.
pub(super) fn read(path: &Path) -> Result<File, ConfigFault> {
    let text = Text::read(path)?;
    let unknown = text.unknown();
    if unknown.is_empty() {
        text.settings()
    } else {
        Err(ConfigFault::Unknown(unknown.join("; ")))
    }
}

/// The keys of a file.
pub(super) fn known() -> Vec<String> {
    VARIABLES.iter().map(|name| name.to_lowercase()).collect()
}

/// What was meant, most likely.
pub(super) fn suggestion(name: &str, known: &[&str]) -> String {
    similar::get_close_matches(name, known, 1, 0.6)
        .first()
        .map(|close| format!(": did you mean {close:?}?"))
        .unwrap_or_default()
}
