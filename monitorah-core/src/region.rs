//! A region: where an account's data lives, told by two characters inside its keys and tokens.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A two-character region code (`a`-`z`, `0`-`9`), fixed at the installation and carried by every
/// API key and heartbeat token, so that a wrong region is told without a look-up.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Region([u8; 2]);

impl Region {
    /// The region of an installation that names none.
    pub const LOCAL: Self = Self(*b"lo");

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("lo")
    }
}

/// The text was not a region code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a region is two characters of a-z and 0-9, for example \"eu\"")]
pub struct ParseRegionError;

impl FromStr for Region {
    type Err = ParseRegionError;
    fn from_str(text: &str) -> Result<Self, ParseRegionError> {
        match text.as_bytes() {
            [a, b]
                if [a, b]
                    .iter()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()) =>
            {
                Ok(Self([*a, *b]))
            }
            _ => Err(ParseRegionError),
        }
    }
}

impl TryFrom<String> for Region {
    type Error = ParseRegionError;
    fn try_from(text: String) -> Result<Self, ParseRegionError> {
        text.parse()
    }
}

impl From<Region> for String {
    fn from(region: Region) -> Self {
        region.as_str().to_owned()
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
