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
    os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt},
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
    #[error(
        "the folder {path} belongs to the user with the number {owner}, who could not open what \
         this one restores: run it as that user, as with: sudo -u '#{owner}' monitorah restore …"
    )]
    Owner { path: PathBuf, owner: u32 },
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
    if let Ok(metadata) = fs::metadata(target)
        && metadata.is_dir()
        && metadata.uid() != rustix::process::geteuid().as_raw()
    {
        return Err(RestoreFault::Owner {
            path: target.to_owned(),
            owner: metadata.uid(),
        });
    }
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
        let mut moved = Moved::default();
        self.move_each(now, &mut moved)
            .inspect_err(|_| moved.back(&self.target))
    }

    fn move_each(&self, now: jiff::Timestamp, moved: &mut Moved) -> io::Result<Option<PathBuf>> {
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
            moved.folder = Some(old.clone());
        }
        // The database goes first and comes last, and there is always a root key: whenever the
        // machine stops in between, a key without a database is found, which refuses to start.
        for part in &there {
            let (from, to) = (self.target.join(part), old.join(part));
            if *part == ROOT_KEY {
                fs::hard_link(&from, &to)?;
            } else {
                fs::rename(&from, &to)?;
            }
            moved.steps.push((from, to));
        }
        if !there.is_empty() {
            sync(&old)?;
        }
        sync(&self.target)?;
        for part in [ROOT_KEY, DATABASE] {
            let (from, to) = (self.path.join(part), self.target.join(part));
            fs::rename(&from, &to)?;
            moved.steps.push((from, to));
            sync(&self.target)?;
        }
        Ok((!there.is_empty()).then_some(old))
    }
}

/// What was moved so far, so that a step that fails leaves nothing half done.
#[derive(Debug, Default)]
struct Moved {
    folder: Option<PathBuf>,
    /// From where to where, in the order in which it was done.
    steps: Vec<(PathBuf, PathBuf)>,
}

impl Moved {
    /// Puts everything back, the last first. What cannot be put back is named in the log, and is in
    /// the folder of what was replaced.
    fn back(&self, target: &Path) {
        for (from, to) in self.steps.iter().rev() {
            if let Err(error) = fs::rename(to, from) {
                tracing::error!(%error, "{} could not be put back to {}", to.display(), from.display());
            } else if to.exists() {
                // Two names of one file, which a rename leaves as they are.
                drop(fs::remove_file(to));
            }
        }
        if let Some(folder) = &self.folder {
            drop(fs::remove_dir(folder));
        }
        drop(sync(target));
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

#[cfg(test)]
mod tests {
    use super::*;
    use monitorah_core::testkit::ManualClock;
    use std::{collections::BTreeMap, os::unix::fs::PermissionsExt};

    fn files(folder: &Path) -> BTreeMap<String, String> {
        fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap())
            .filter(|entry| entry.file_type().unwrap().is_file())
            .map(|entry| {
                let name = entry.file_name().into_string().unwrap();
                (name, fs::read_to_string(entry.path()).unwrap())
            })
            .collect()
    }

    /// A folder with something in every part.
    fn held() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).unwrap();
        for part in PARTS.into_iter().chain([ROOT_KEY]) {
            fs::write(folder.path().join(part), format!("old {part}")).unwrap();
        }
        folder
    }

    fn staging(target: &Path) -> Staging {
        let clock: Env = ManualClock::new(1);
        Staging::begin(&clock, target, true, 1).unwrap()
    }

    #[test]
    fn what_was_there_is_back_when_a_move_fails() {
        let folder = held();
        let before = files(folder.path());
        assert_eq!(before.len(), PARTS.len() + 1);
        for missing in [ROOT_KEY, DATABASE] {
            let staging = staging(folder.path());
            for part in [ROOT_KEY, DATABASE] {
                if part != missing {
                    fs::write(staging.path().join(part), "new").unwrap();
                }
            }
            let moved = staging.settle(jiff::Timestamp::UNIX_EPOCH);
            assert!(matches!(moved, Err(RestoreFault::Io { .. })), "{moved:?}");
            let mut after = files(folder.path());
            after.remove("lock");
            assert_eq!(after, before, "without a new {missing}");
            let folders = fs::read_dir(folder.path()).unwrap();
            let folders = folders.filter(|entry| entry.as_ref().unwrap().path().is_dir());
            assert_eq!(folders.count(), 0, "nothing is left beside it");
        }
        // And with both the same moves come through.
        let staging = staging(folder.path());
        for part in [ROOT_KEY, DATABASE] {
            fs::write(staging.path().join(part), "new").unwrap();
        }
        let old = staging
            .settle(jiff::Timestamp::UNIX_EPOCH)
            .unwrap()
            .unwrap();
        assert_eq!(files(&old), before);
        assert_eq!(files(folder.path())[DATABASE], "new");
    }

    #[test]
    fn the_folder_of_another_user_is_left_to_that_user() {
        let own = tempfile::tempdir().unwrap();
        fs::set_permissions(own.path(), fs::Permissions::from_mode(0o700)).unwrap();
        judge_target(own.path(), false).unwrap();
        let root = rustix::process::geteuid().is_root();
        let (other, owner) = if root {
            let other = own.path().join("other");
            fs::create_dir(&other).unwrap();
            std::os::unix::fs::chown(&other, Some(65_534), None).unwrap();
            (other, 65_534)
        } else {
            (PathBuf::from("/etc"), 0)
        };
        for force in [false, true] {
            let said = judge_target(&other, force).unwrap_err().to_string();
            assert!(said.contains(&format!("sudo -u '#{owner}'")), "{said}");
        }
    }
}
