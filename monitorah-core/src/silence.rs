//! A silence: for a while nobody is told, and somebody said why. Pure.

use crate::{
    id::{AccountId, SilenceId},
    selection::Selection,
};
use jiff::{SignedDuration, Timestamp};

/// The longest silence: 90 days.
pub const MAX_SILENCE: SignedDuration = SignedDuration::from_hours(90 * 24);

/// A silence. Checks go on and events open; nobody is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silence {
    /// Its id.
    pub id: SilenceId,
    /// Whose it is.
    pub account: AccountId,
    /// Why.
    pub reason: String,
    /// About which monitors.
    pub covers: Selection,
    /// From when on.
    pub starts_at: Timestamp,
    /// Until when.
    pub ends_at: Timestamp,
    /// Who made it: an id, or `operator`.
    pub created_by: String,
    /// Counts its changes.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl Silence {
    /// Whether nobody is told at this time.
    #[must_use]
    pub fn active(&self, at: Timestamp) -> bool {
        self.starts_at <= at && at < self.ends_at
    }
}
