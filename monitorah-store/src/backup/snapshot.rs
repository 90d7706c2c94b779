//! A consistent copy of the database beside it, made while others write, and gone when it is dropped.

use crate::{
    lock::{self, LockError},
    sql::fault::fault,
    sqlite::connect_options,
};
use monitorah_core::{StoreError, StoreErrorKind, environment::Environment};
use sqlx::{ConnectOptions, Connection};
use std::{
    fs::{self, File, OpenOptions},
    io,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

/// The name of the lock: one backup of a data directory at a time.
const LOCK: &str = "backup.lock";
/// How the name of a copy begins and ends.
const NAME: (&str, &str) = ("snapshot-", ".tmp");

/// No copy could be made. Nothing is left of it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SnapshotFault {
    /// Another backup of the same data directory runs.
    #[error("another backup of this data directory is running: wait until it is done")]
    Running,
    /// The copy cannot be made or read.
    #[error("a copy of the database cannot be made beside it")]
    Io(#[from] io::Error),
    /// The database cannot be read, or is damaged.
    #[error("the database cannot be copied")]
    Store(#[from] StoreError),
}

/// A copy of a database as it was at one moment. Its file has mode 0600, stands in the folder of
/// the database, and is removed with this value; one that a killed process left is removed by the
/// next.
#[derive(Debug)]
pub struct Snapshot {
    /// For reading; the copy is complete.
    pub file: File,
    /// How long it is.
    pub bytes: u64,
    path: PathBuf,
    _lock: File,
}

impl Snapshot {
    /// Copies the database of this path, and checks that the copy is sound.
    ///
    /// Writers go on meanwhile: they are not waited for and do not wait. What they write after the
    /// beginning is not in the copy.
    ///
    /// # Errors
    /// When another backup runs, the database is damaged, or there is no room.
    pub async fn take(
        environment: &dyn Environment,
        database: &Path,
    ) -> Result<Self, SnapshotFault> {
        let folder = database.parent().unwrap_or(Path::new("."));
        let lock = lock::take(&folder.join(LOCK)).map_err(|error| match error {
            LockError::Held => SnapshotFault::Running,
            LockError::Io(error) => SnapshotFault::Io(error),
        })?;
        sweep(folder)?;
        let mut suffix = [0_u8; 8];
        environment.fill_random(&mut suffix);
        let (begin, end) = NAME;
        let path = folder.join(format!("{begin}{:016x}{end}", u64::from_be_bytes(suffix)));
        // The file is made here and not by SQLite, which would let others read it.
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)?;
        let mut snapshot = Self {
            file,
            bytes: 0,
            path,
            _lock: lock,
        };
        fill(database, &snapshot.path).await?;
        snapshot.bytes = snapshot.file.metadata()?.len();
        Ok(snapshot)
    }
}

impl Drop for Snapshot {
    fn drop(&mut self) {
        // The next backup removes what could not be removed now.
        drop(fs::remove_file(&self.path));
    }
}

/// Removes what killed processes left. The caller holds the lock, so nobody uses them.
fn sweep(folder: &Path) -> io::Result<()> {
    let (begin, end) = NAME;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let ours = name
            .strip_prefix(begin)
            .is_some_and(|rest| rest.contains(end));
        if ours {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

async fn fill(database: &Path, copy: &Path) -> Result<(), SnapshotFault> {
    let text = copy.to_str().ok_or_else(|| {
        io::Error::new(
            io::ErrorKind::InvalidInput,
            "the path of the data directory is no UTF-8 text",
        )
    })?;
    // What SQLite puts aside stays in memory: nothing of the database goes to a folder of others.
    let mut source = connect_options(database)
        .pragma("temp_store", "memory")
        .connect()
        .await
        .map_err(fault)?;
    // One read transaction, so a copy of one moment; unlike a copy of pages it leaves out what was
    // deleted.
    sqlx::query("VACUUM INTO ?1")
        .bind(text)
        .execute(&mut source)
        .await
        .map_err(fault)?;
    source.close().await.map_err(fault)?;
    let mut made = connect_options(copy)
        .read_only(true)
        .immutable(true)
        .connect()
        .await
        .map_err(fault)?;
    let said: String = sqlx::query_scalar("PRAGMA quick_check(1)")
        .fetch_one(&mut made)
        .await
        .map_err(fault)?;
    made.close().await.map_err(fault)?;
    if said == "ok" {
        return Ok(());
    }
    Err(
        StoreError::new(StoreErrorKind::Corrupt, "the database file is damaged")
            .because(said)
            .into(),
    )
}
