//! A backup on its way into a data directory: beside what is there, and moved to its place when it is known to be sound.

use super::{DATABASE, DataDirFault, FIRST_START, ROOT_KEY, judge};
use monitorah_core::{
    Env,
    crypt::{LocalKeyError, RootKey},
};
use monitorah_store::{
    DataDirLock, LockError,
    backup::{BackupFault, Contents},
};
use std::{
    fs, io,
    io::Write,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    sync::Arc,
};

/// How the name of a folder on its way begins and ends.
const NAME: (&str, &str) = ("restore-", ".tmp");
/// What may stand in a folder that counts as empty: the lock, and what a file system makes itself.
const NOTHING: [&str; 3] = ["lock", "backup.lock", "lost+found"];
/// What is moved aside, in this order, before the root key is replaced.
const PARTS: [&str; 4] = [
    FIRST_START,
    DATABASE,
    "monitorah.db-wal",
    "monitorah.db-shm",
];
/// What must be free beside the database itself.
const SPARE: u64 = 16 * 1024 * 1024;

/// A backup cannot be restored. The data directory is as it was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum RestoreFault {
    #[error(
        "the folder {path} is not empty (it holds {holds}): name a new one with --data-dir, or \
         replace what is there with --force"
    )]
    NotEmpty { path: PathBuf, holds: String },
    #[error("not enough room in {path}: {needed} bytes are needed and {free} are free")]
    NoRoom {
        path: PathBuf,
        needed: u64,
        free: u64,
    },
    #[error(
        "the backup has schema {schema} and this version knows schema {software}: restore it with \
         the newer version that made it"
    )]
    Newer { schema: i64, software: i64 },
    #[error("the backup cannot be written to {path}: {source}")]
    Io { path: PathBuf, source: io::Error },
    #[error("the backup holds no root key that this version understands")]
    Key(#[from] LocalKeyError),
    #[error(transparent)]
    Folder(#[from] DataDirFault),
    #[error(transparent)]
    File(#[from] BackupFault),
}

impl RestoreFault {
    fn io(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }
}

/// Refuses a folder that holds something, before anything else is done.
pub(crate) fn judge_target(target: &Path, force: bool) -> Result<(), RestoreFault> {
    match judge(target) {
        Err(DataDirFault::Absent(_)) => return Ok(()),
        judged => judged?,
    }
    let held = holds(target).map_err(RestoreFault::io(target))?;
    if held.is_empty() || force {
        return Ok(());
    }
    Err(RestoreFault::NotEmpty {
        path: target.to_owned(),
        holds: held.join(", "),
    })
}

/// The first few names in the folder that are neither a lock nor left by a restore that was killed.
fn holds(target: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(target)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !NOTHING.contains(&name.as_str()) && !is_staging(&name) {
            names.push(name);
        }
    }
    names.sort();
    names.truncate(4);
    Ok(names)
}

fn is_staging(name: &str) -> bool {
    let (begin, end) = NAME;
    name.starts_with(begin) && name.ends_with(end)
}

/// A folder inside the target in which a backup is unpacked and looked at. It is gone, and the
/// target as it was, unless [`Staging::settle`] was called.
#[derive(Debug)]
pub(crate) struct Staging {
    target: PathBuf,
    path: PathBuf,
    made_target: bool,
    lock: Option<DataDirLock>,
}

impl Staging {
    /// Makes the folder, and takes the right to run on the target.
    pub(crate) fn begin(
        environment: &Env,
        target: &Path,
        force: bool,
        needed: u64,
    ) -> Result<Self, RestoreFault> {
        judge_target(target, force)?;
        let made_target = !target.try_exists().map_err(RestoreFault::io(target))?;
        if made_target {
            fs::DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(target)
                .map_err(RestoreFault::io(target))?;
        }
        let mut suffix = [0_u8; 8];
        environment.fill_random(&mut suffix);
        let (begin, end) = NAME;
        let mut staging = Self {
            target: target.to_owned(),
            path: target.join(format!("{begin}{:016x}{end}", u64::from_be_bytes(suffix))),
            made_target,
            lock: None,
        };
        let lock = DataDirLock::take(target).map_err(|error| match error {
            LockError::Io(source) => RestoreFault::io(target)(source),
            held => DataDirFault::Lock(held).into(),
        })?;
        staging.lock = Some(lock);
        // With the lock nobody else restores into it: what has such a name was left behind.
        for entry in fs::read_dir(target).map_err(RestoreFault::io(target))? {
            let entry = entry.map_err(RestoreFault::io(target))?;
            if is_staging(&entry.file_name().to_string_lossy()) {
                fs::remove_dir_all(entry.path()).map_err(RestoreFault::io(target))?;
            }
        }
        let room = rustix::fs::statvfs(target).map_err(|error| RestoreFault::Io {
            path: target.to_owned(),
            source: error.into(),
        })?;
        let free = room.f_bavail.saturating_mul(room.f_frsize);
        if free < needed.saturating_add(SPARE) {
            return Err(RestoreFault::NoRoom {
                path: target.to_owned(),
                needed: needed.saturating_add(SPARE),
                free,
            });
        }
        fs::DirBuilder::new()
            .mode(0o700)
            .create(&staging.path)
            .map_err(RestoreFault::io(target))?;
        Ok(staging)
    }

    /// Where the backup is looked at.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Unpacks database and key, and brings both to the disk.
    pub(crate) fn unpack(
        &self,
        environment: &Env,
        unpack: impl FnOnce(&mut dyn Write) -> Result<Contents, BackupFault>,
    ) -> Result<Contents, RestoreFault> {
        let path = self.path.join(DATABASE);
        let mut file = fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)
            .map_err(RestoreFault::io(&self.target))?;
        let contents = unpack(&mut file)?;
        file.sync_all().map_err(RestoreFault::io(&self.target))?;
        let key = RootKey::from_text(Arc::clone(environment), &contents.root_key)?;
        key.put(&self.path.join(ROOT_KEY))?;
        Ok(contents)
    }

    /// Moves everything to its place. What was there before is kept in a folder beside it, whose
    /// path is returned.
    pub(crate) fn settle(mut self, now: jiff::Timestamp) -> Result<Option<PathBuf>, RestoreFault> {
        let moved = self.move_all(now).map_err(RestoreFault::io(&self.target));
        if moved.is_ok() {
            // From here on the target is what was restored.
            self.made_target = false;
        }
        moved
    }

    fn move_all(&self, now: jiff::Timestamp) -> io::Result<Option<PathBuf>> {
        let old = self
            .target
            .join(format!("replaced-{}", now.strftime("%Y%m%dT%H%M%S%.6fZ")));
        let mut there = Vec::new();
        for part in PARTS.into_iter().chain([ROOT_KEY]) {
            if self.target.join(part).try_exists()? {
                there.push(part);
            }
        }
        if !there.is_empty() {
            fs::DirBuilder::new().mode(0o700).create(&old)?;
        }
        // The database goes first and comes last, and there is always a root key: whenever the
        // machine stops in between, a key without a database is found, which refuses to start.
        for part in &there {
            let (from, to) = (self.target.join(part), old.join(part));
            if *part == ROOT_KEY {
                fs::hard_link(from, to)?;
            } else {
                fs::rename(from, to)?;
            }
        }
        if !there.is_empty() {
            sync(&old)?;
        }
        sync(&self.target)?;
        for part in [ROOT_KEY, DATABASE] {
            fs::rename(self.path.join(part), self.target.join(part))?;
            sync(&self.target)?;
        }
        Ok((!there.is_empty()).then_some(old))
    }
}

fn sync(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

impl Drop for Staging {
    fn drop(&mut self) {
        // The next restore removes what cannot be removed now.
        drop(fs::remove_dir_all(&self.path));
        if self.made_target {
            drop(fs::remove_file(self.target.join("lock")));
            drop(fs::remove_dir(&self.target));
        }
        drop(self.lock.take());
    }
}
