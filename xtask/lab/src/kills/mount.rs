//! Small disks of its own: one in memory that can be filled, and one in a file that can break.

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
        unmount(&self.place);
    }
}

/// A disk in a file, that can break: from then on nobody writes to it any more, also who has files
/// open.
#[derive(Debug)]
pub(crate) struct Breakable {
    image: PathBuf,
    place: PathBuf,
    mounted: bool,
}

impl Breakable {
    /// Makes and mounts one of so many bytes, as root only may.
    pub(crate) async fn mount(image: &Path, place: &Path, bytes: u64) -> Result<Self, Fault> {
        fs::File::create(image)?.set_len(bytes)?;
        // Without a journal what was not flushed is lost, as on the worst of disks.
        let arguments = ["-q", "-O", "^has_journal"].map(OsStr::new);
        let arguments: Vec<_> = arguments.into_iter().chain([image.as_os_str()]).collect();
        done("/usr/sbin/mkfs.ext4", &arguments).await?;
        fs::create_dir(place)?;
        let mut disk = Self {
            image: image.to_owned(),
            place: place.to_owned(),
            mounted: false,
        };
        disk.attach().await?;
        Ok(disk)
    }

    async fn attach(&mut self) -> Result<(), Fault> {
        let options = ["-o", "loop,errors=remount-ro"].map(OsStr::new);
        let places = [self.image.as_os_str(), self.place.as_os_str()];
        let arguments: Vec<_> = options.into_iter().chain(places).collect();
        done("/usr/bin/mount", &arguments).await?;
        self.mounted = true;
        Ok(())
    }

    /// Breaks it: the kernel finds a fault, and lets nobody write any more.
    pub(crate) fn fail(&self) -> Result<(), Fault> {
        let mounts = fs::read_to_string("/proc/self/mounts")?;
        let place = self.place.to_str().unwrap_or_default();
        let device = mounts.lines().find_map(|line| {
            let (device, rest) = line.split_once(' ')?;
            let name = device.rsplit('/').next()?;
            (rest.split(' ').next() == Some(place)).then_some(name)
        });
        let device = device.ok_or("the disk is not mounted")?;
        let trigger = format!("/sys/fs/ext4/{device}/trigger_fs_error");
        Ok(fs::write(trigger, "1")?)
    }

    /// Repairs it, as an operator does; nobody may have a file open on it.
    pub(crate) async fn repair(&mut self) -> Result<(), Fault> {
        done("/usr/bin/umount", &[self.place.as_os_str()]).await?;
        self.mounted = false;
        let arguments = [OsStr::new("-fy"), self.image.as_os_str()];
        let mut check = product::command(Path::new("/usr/sbin/e2fsck"), &arguments);
        let status = check.output().await?.status;
        // 1 is: it found something and repaired it.
        if !matches!(status.code(), Some(0 | 1)) {
            return Err(format!("e2fsck: {status}").into());
        }
        self.attach().await
    }
}

impl Drop for Breakable {
    fn drop(&mut self) {
        if self.mounted {
            unmount(&self.place);
        }
    }
}

fn unmount(place: &Path) {
    #[expect(clippy::disallowed_methods, reason = "the lab's own disk goes with it")]
    let mut command = std::process::Command::new("/usr/bin/umount");
    command.arg("--lazy").arg(place);
    if !command.status().is_ok_and(|status| status.success()) {
        tell(&format!("{} is still mounted", place.display()));
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
