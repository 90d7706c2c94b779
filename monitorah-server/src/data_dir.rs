//! The data directory: the database, the root key and the lock, for the operator's eyes only.

use monitorah_core::{
    Env,
    crypt::{LocalKeyError, RootKey},
};
use monitorah_store::{DataDirLock, LockError, SqliteOptions, SqliteStore};
use std::{
    fs, io,
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    path::{Path, PathBuf},
    sync::Arc,
};

/// The name of the database file.
const DATABASE: &str = "monitorah.db";
/// The name of the root key file.
const ROOT_KEY: &str = "root.key";

/// The data directory cannot be used. Nothing was changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DataDirFault {
    /// It cannot be made or read.
    #[error("the data directory {path} cannot be used: {source}")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Others may look into it.
    #[error("the data directory {path} is open to others (mode {mode:o}); run: chmod 700 {path}")]
    Exposed {
        /// The folder.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// The root key cannot be used.
    #[error(transparent)]
    Key(#[from] LocalKeyError),
    /// Another process has it.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// The database cannot be used.
    #[error("the database cannot be used: {}", with_causes(.0))]
    Store(#[from] monitorah_core::StoreError),
}

/// An error with what caused it, on one line.
pub(crate) fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text
}

/// An opened data directory.
#[derive(Debug)]
pub struct DataDir {
    path: PathBuf,
    /// The root key.
    pub root_key: Arc<RootKey>,
    /// The database.
    pub store: Arc<SqliteStore>,
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
        match fs::metadata(path) {
            Ok(metadata) => {
                let mode = metadata.permissions().mode() & 0o777;
                if mode & 0o077 != 0 {
                    return Err(DataDirFault::Exposed {
                        path: path.to_owned(),
                        mode,
                    });
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                fs::DirBuilder::new()
                    .recursive(true)
                    .mode(0o700)
                    .create(path)
                    .map_err(folder)?;
            }
            Err(error) => return Err(folder(error)),
        }
        let database = path.join(DATABASE);
        let key_path = path.join(ROOT_KEY);
        // A new key beside old data could open none of it, and would hide that the old one is lost.
        let fresh = !database.try_exists().map_err(folder)?;
        let environment = Arc::clone(environment);
        let root_key = match RootKey::read(Arc::clone(&environment), &key_path) {
            Err(LocalKeyError::Missing(_)) if fresh => {
                match RootKey::create(Arc::clone(&environment), &key_path) {
                    // Another process made it in between.
                    Err(LocalKeyError::Exists(_)) => {
                        RootKey::read(Arc::clone(&environment), &key_path)?
                    }
                    other => other?,
                }
            }
            other => other?,
        };
        let store = SqliteStore::open(&database, SqliteOptions::new(environment)).await?;
        Ok(Self {
            path: path.to_owned(),
            root_key: Arc::new(root_key),
            store: Arc::new(store),
        })
    }

    /// Takes the right to run on it; nobody else can until it is dropped.
    ///
    /// # Errors
    /// When another process has it.
    pub fn lock(&self) -> Result<DataDirLock, DataDirFault> {
        Ok(DataDirLock::take(&self.path)?)
    }
}
