//! Backups of the embedded database: one sealed file that holds it together with its root key.
//!
//! ```text
//! snapshot (a consistent copy)  ->  archive (what is in it, in which order)  ->  seal (the stream)
//! ```
//! The book describes the format byte for byte: `contributing/backup-file.md`. It stays readable.

mod archive;
mod seal;
mod snapshot;

use std::io;

pub use archive::{Archive, Contents, Manifest, write};
pub use seal::Cost;
pub use snapshot::{Snapshot, SnapshotFault};

/// A backup file cannot be made or read. Where one was to be read, nothing was written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BackupFault {
    /// It begins in another way.
    #[error("the file is no backup of Monitorah")]
    NoBackup,
    /// It was made in a way that this version does not know.
    #[error(
        "the backup file has a format that this version does not know, or its first bytes are \
         damaged: read it with the version that made it, or take another backup"
    )]
    UnknownFormat,
    /// Its header asks for more work than any backup of ours.
    #[error(
        "the backup file asks for more memory or time than a backup may: its header is damaged, \
         take another backup"
    )]
    Cost,
    /// The passphrase is another one, or the header was changed: which of them cannot be told.
    #[error(
        "the passphrase does not open the backup file: it is another passphrase, or the header of \
         the file is damaged"
    )]
    Passphrase,
    /// Bytes were changed, cut off, added or moved.
    #[error("the backup file is damaged or incomplete: take another backup")]
    Damaged,
    /// It opens, and holds what this version does not understand.
    #[error("the backup file holds what this version does not understand: {0}")]
    Malformed(&'static str),
    /// The key could not be derived.
    #[error("there is not enough memory to derive the key of the backup: {0} KiB are needed")]
    Memory(u32),
    /// A file could not be read or written.
    #[error("a file cannot be read or written")]
    Io(#[from] io::Error),
}
