//! A small disk of its own: a file system in memory that can be filled.

use crate::{Fault, product, tell};
use std::{
    ffi::OsStr,
    fs,
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};

/// The name of the file that takes the space.
const BALLAST: &str = "ballast";

/// A mounted disk.
#[derive(Debug)]
pub(crate) struct Small {
    place: PathBuf,
}

impl Small {
    /// Mounts one of so many bytes, as root only may.
    pub(crate) async fn mount(place: &Path, bytes: u64) -> Result<Self, Fault> {
        fs::create_dir(place)?;
        let size = format!("size={bytes},mode=0700");
        let arguments = [
            OsStr::new("-t"),
            OsStr::new("tmpfs"),
            OsStr::new("-o"),
            OsStr::new(&size),
            OsStr::new("tmpfs"),
            place.as_os_str(),
        ];
        done("/usr/bin/mount", &arguments).await?;
        Ok(Self {
            place: place.to_owned(),
        })
    }

    pub(crate) fn place(&self) -> &Path {
        &self.place
    }

    /// Takes all the space that is left.
    pub(crate) fn fill(&self) -> Result<(), Fault> {
        let mut file = fs::File::create(self.place.join(BALLAST))?;
        let block = vec![0; 4096];
        loop {
            match file.write_all(&block) {
                Ok(()) => {}
                Err(error) if error.kind() == ErrorKind::StorageFull => return Ok(()),
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Gives it back.
    pub(crate) fn free(&self) -> Result<(), Fault> {
        Ok(fs::remove_file(self.place.join(BALLAST))?)
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        // What still has a file open on it keeps it no longer than it lives.
        #[expect(clippy::disallowed_methods, reason = "the lab's own disk goes with it")]
        let done = std::process::Command::new("/usr/bin/umount")
            .arg("--lazy")
            .arg(&self.place)
            .status();
        if !done.is_ok_and(|status| status.success()) {
            tell(&format!("{} is still mounted", self.place.display()));
        }
    }
}

async fn done(program: &str, arguments: &[&OsStr]) -> Result<(), Fault> {
    let output = product::command(Path::new(program), arguments)
        .output()
        .await?;
    if output.status.success() {
        return Ok(());
    }
    let why = String::from_utf8_lossy(&output.stderr);
    Err(format!("{program}: {why}").into())
}
