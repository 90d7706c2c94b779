//! The lock of a data directory: one server at a time, and no migration while it runs.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io,
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

/// The name of the lock's file.
const NAME: &str = "lock";

/// Why a data directory could not be locked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LockError {
    /// Another process holds it.
    #[error("another process uses the data directory: stop the running server first")]
    Held,
    /// The file could not be made or locked.
    #[error("the lock of the data directory cannot be taken")]
    Io(#[source] io::Error),
}

/// The right to run on a data directory; it ends with the value, or with the process.
#[derive(Debug)]
pub struct DataDirLock {
    _file: File,
}

impl DataDirLock {
    /// Takes the lock, without waiting.
    ///
    /// # Errors
    /// [`LockError::Held`] while another process, or another value in this one, holds it.
    pub fn take(directory: &Path) -> Result<Self, LockError> {
        Ok(Self {
            _file: take(&directory.join(NAME))?,
        })
    }
}

/// Makes the file where there is none, and locks it without waiting.
pub(crate) fn take(path: &Path) -> Result<File, LockError> {
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .open(path)
        .map_err(LockError::Io)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(LockError::Held),
        Err(TryLockError::Error(error)) => Err(LockError::Io(error)),
    }
}
