//! The data directory: the database, the root key and the lock, for the operator's eyes only.

mod database;
mod fault;
mod postgres;
mod restore;

use monitorah_core::{
    Env, StoreError, StoreErrorKind,
    crypt::{LocalKeyError, RootKey},
};
use monitorah_store::{DataDirLock, Extent, SchemaState, SqliteOptions, SqliteStore};
use std::{
    fs, io,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
    sync::Arc,
};

pub use database::Database;
pub use fault::DataDirFault;
pub(crate) use fault::with_causes;
pub(crate) use restore::{RestoreFault, Staging, judge_target};

/// The name of the database file.
pub(crate) const DATABASE: &str = "monitorah.db";
/// The name of the root key file.
pub(crate) const ROOT_KEY: &str = "root.key";
/// Stands there from the beginning of the first start until its schema is complete. With it, a root
/// key without a database is a start that was cut off; without it, it is a database that was lost.
const FIRST_START: &str = "first-start";
/// A larger database is not read from end to end before the server starts.
const READ_AT_START: u64 = 256 * 1024 * 1024;

/// An opened data directory.
#[derive(Debug)]
pub struct DataDir {
    path: PathBuf,
    /// The root key.
    pub root_key: Arc<RootKey>,
    /// The database: in the folder, or somewhere else.
    pub store: Database,
}

impl DataDir {
    /// Opens it, making what is missing: the folder, and, where there is no database yet, the root
    /// key. The schema is left as it is.
    ///
    /// # Errors
    /// When something is exposed, damaged or missing; then nothing was changed.
    pub async fn open(environment: &Env, path: &Path) -> Result<Self, DataDirFault> {
        let folder = |source| DataDirFault::Folder {
            path: path.to_owned(),
            source,
        };
        make(path)?;
        let key_path = path.join(ROOT_KEY);
        if !begun(path).map_err(folder)? {
            mark(path).map_err(folder)?;
            match RootKey::create(Arc::clone(environment), &key_path) {
                // Another process made it in between, or a start before this one did.
                Ok(_) | Err(LocalKeyError::Exists(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Self::existing(environment, path).await
    }

    /// Opens one that is there, and makes nothing.
    ///
    /// # Errors
    /// When something is absent, exposed, damaged or missing; then nothing was changed.
    pub async fn existing(environment: &Env, path: &Path) -> Result<Self, DataDirFault> {
        judge(path)?;
        let database = path.join(DATABASE);
        let missing = || -> io::Result<Option<&'static str>> {
            Ok(match size(&database)? {
                None => Some("is missing"),
                Some(0) => Some("is empty"),
                Some(_) => None,
            })
        };
        let folder = |source| DataDirFault::Folder {
            path: path.to_owned(),
            source,
        };
        if missing().map_err(folder)?.is_some()
            && !path.join(FIRST_START).try_exists().map_err(folder)?
            // A first start of another process may have ended between the two looks.
            && let Some(what) = missing().map_err(folder)?
        {
            return Err(DataDirFault::NoDatabase {
                path: database,
                what,
            });
        }
        let root_key = RootKey::read(Arc::clone(environment), &path.join(ROOT_KEY))?;
        let store = SqliteStore::open(&database, SqliteOptions::new(Arc::clone(environment)))
            .await
            .map_err(|error| store_fault(path, error))?;
        Ok(Self {
            path: path.to_owned(),
            root_key: Arc::new(root_key),
            store: Database::Sqlite(Arc::new(store)),
        })
    }

    /// Takes the right to run on it; nobody else can until it is dropped.
    ///
    /// # Errors
    /// When another process has it.
    pub fn lock(&self) -> Result<DataDirLock, DataDirFault> {
        Ok(DataDirLock::take(&self.path)?)
    }

    /// How the schema stands to this version. A database without any schema is refused where it is
    /// not the first start.
    ///
    /// # Errors
    /// When the database cannot be read, is damaged, or holds nothing of ours.
    pub async fn schema_state(&self) -> Result<SchemaState, DataDirFault> {
        let read = async || {
            let state = self.store.schema_state().await;
            state.map_err(|error| self.fault(error))
        };
        let state = read().await?;
        if let Database::Postgres(_) = self.store {
            return Ok(state);
        }
        let nothing = |state| matches!(state, SchemaState::Behind { schema: 0, .. });
        let first = || {
            let marked = self.path.join(FIRST_START).try_exists();
            marked.map_err(|source| DataDirFault::Folder {
                path: self.path.clone(),
                source,
            })
        };
        // The second look is for a first start of another process that has just ended.
        if nothing(state) && !first()? && nothing(read().await?) {
            return Err(DataDirFault::NoDatabase {
                path: self.path.join(DATABASE),
                what: "holds no table of Monitorah",
            });
        }
        Ok(state)
    }

    /// Brings the schema up to this version, and ends the first start. Where there is something to
    /// do, the caller holds the lock.
    ///
    /// # Errors
    /// When the schema is newer than this version, the database is damaged, or cannot be written.
    pub async fn migrate(&self) -> Result<(), DataDirFault> {
        let Database::Sqlite(store) = &self.store else {
            return self.migrated().await;
        };
        let migrated = store.migrate().await;
        migrated.map_err(|error| self.fault(error))?;
        match fs::remove_file(self.path.join(FIRST_START)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(DataDirFault::Folder {
                path: self.path.clone(),
                source: error,
            }),
            _ => Ok(()),
        }
    }

    /// Looks for damage: everywhere, or, where a large database would make a server start late, only
    /// in what is not the log of results.
    ///
    /// # Errors
    /// [`DataDirFault::Damaged`], or when the database cannot be read.
    pub async fn sound_to_start(&self) -> Result<(), DataDirFault> {
        if let Database::Postgres(_) = self.store {
            return Ok(());
        }
        let bytes = size(&self.path.join(DATABASE)).map_err(|source| DataDirFault::Folder {
            path: self.path.clone(),
            source,
        })?;
        let extent = if bytes.unwrap_or_default() > READ_AT_START {
            Extent::State
        } else {
            Extent::All
        };
        self.sound(extent).await
    }

    /// Looks for damage.
    ///
    /// # Errors
    /// [`DataDirFault::Damaged`], or when the database cannot be read.
    pub async fn sound(&self, extent: Extent) -> Result<(), DataDirFault> {
        // PostgreSQL looks after its own pages, and says so at the first that it cannot read.
        let Database::Sqlite(store) = &self.store else {
            return Ok(());
        };
        let damage = store.damage(extent).await;
        match damage.map_err(|error| self.fault(error))? {
            None => Ok(()),
            Some(what) => Err(DataDirFault::Damaged {
                path: self.path.join(DATABASE),
                what,
            }),
        }
    }

    /// The file of the database.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.path.join(DATABASE)
    }

    fn fault(&self, error: StoreError) -> DataDirFault {
        store_fault(&self.path, error)
    }
}

fn store_fault(path: &Path, error: StoreError) -> DataDirFault {
    if error.kind() == StoreErrorKind::Corrupt {
        return DataDirFault::Damaged {
            path: path.join(DATABASE),
            what: with_causes(&error),
        };
    }
    DataDirFault::Store(error)
}

/// Makes the folder where there is none.
fn make(path: &Path) -> Result<(), DataDirFault> {
    match judge(path) {
        Err(DataDirFault::Absent(_)) => fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(path)
            .map_err(|source| DataDirFault::Folder {
                path: path.to_owned(),
                source,
            }),
        judged => judged,
    }
}

/// Whether the folder is one that we may use.
pub(crate) fn judge(path: &Path) -> Result<(), DataDirFault> {
    let metadata = match fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(DataDirFault::Absent(path.to_owned()));
        }
        Err(source) => {
            return Err(DataDirFault::Folder {
                path: path.to_owned(),
                source,
            });
        }
    };
    if !metadata.is_dir() {
        return Err(DataDirFault::NoFolder(path.to_owned()));
    }
    let mode = metadata.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        return Err(DataDirFault::Exposed {
            path: path.to_owned(),
            mode,
        });
    }
    let access =
        rustix::fs::Access::READ_OK | rustix::fs::Access::WRITE_OK | rustix::fs::Access::EXEC_OK;
    rustix::fs::access(path, access).map_err(|error| DataDirFault::Unwritable {
        path: path.to_owned(),
        source: error.into(),
    })
}

/// The size of a file, where there is one.
fn size(path: &Path) -> io::Result<Option<u64>> {
    match fs::metadata(path) {
        Ok(metadata) => Ok(Some(metadata.len())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether there is something of ours already.
fn begun(path: &Path) -> io::Result<bool> {
    Ok(path.join(DATABASE).try_exists()? || path.join(ROOT_KEY).try_exists()?)
}

/// Marks the first start.
fn mark(path: &Path) -> io::Result<()> {
    fs::OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .open(path.join(FIRST_START))?
        .sync_all()?;
    fs::File::open(path)?.sync_all()
}
