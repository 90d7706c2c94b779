//! Data directories as the server has them, filled once a run and copied for whoever needs one.

use crate::{
    Fault,
    ground::{self, Ground, Herd},
    names::Loopback,
};
use monitorah_core::{Env, net::CacheLimits};
use std::{
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
};
use tempfile::TempDir;
use tokio::sync::Mutex;

/// Where filling costs no disk: the same file system in memory that POSIX shared memory is in.
const IN_MEMORY: &str = "/dev/shm";
/// The file of the key of the API.
const KEY: &str = "bench.key";

/// The directories that were filled so far.
#[derive(Debug)]
pub(crate) struct Seeds {
    folder: TempDir,
    filled: Mutex<Vec<String>>,
}

/// A copy, on disk.
#[derive(Debug)]
pub(crate) struct Copy {
    folder: TempDir,
    /// May do everything.
    pub(crate) api_key: String,
}

impl Copy {
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }
}

impl Seeds {
    pub(crate) fn new() -> Result<Self, Fault> {
        let folder = match tempfile::tempdir_in(IN_MEMORY) {
            Ok(folder) => folder,
            Err(_) => tempfile::tempdir()?,
        };
        Ok(Self {
            folder,
            filled: Mutex::default(),
        })
    }

    /// A data directory with this herd.
    pub(crate) async fn copy(&self, environment: &Env, herd: &Herd) -> Result<Copy, Fault> {
        let name = serde_json::to_string(herd)?;
        let mut filled = self.filled.lock().await;
        let place = match filled.iter().position(|known| *known == name) {
            Some(place) => place,
            None => {
                let place = filled.len();
                let folder = self.folder.path().join(place.to_string());
                fill(environment, herd, &folder).await?;
                filled.push(name);
                place
            }
        };
        let folder = tempfile::tempdir()?;
        let (from, to) = (
            self.folder.path().join(place.to_string()),
            folder.path().join("data"),
        );
        std::fs::DirBuilder::new().mode(0o700).create(&to)?;
        for file in std::fs::read_dir(&from)? {
            let file = file?;
            std::fs::copy(file.path(), to.join(file.file_name()))?;
        }
        let api_key = std::fs::read_to_string(to.join(KEY))?;
        Ok(Copy { folder, api_key })
    }
}

async fn fill(environment: &Env, herd: &Herd, folder: &Path) -> Result<(), Fault> {
    let net = ground::net(
        environment,
        None,
        Loopback::default(),
        CacheLimits::default(),
    )?;
    let ground = Ground::sqlite(environment, &net, folder).await?;
    ground.people(herd).await?;
    let key = ground
        .api_key
        .clone()
        .ok_or("a new data directory has no key")?;
    ground.close().await;
    std::fs::write(folder.join(KEY), key)?;
    Ok(())
}
