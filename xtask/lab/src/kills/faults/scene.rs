//! The server, its database and its disk, and how each fault is made and ended.

use super::{
    HOLD,
    trouble::{Stand, Trouble, faketime},
};
use crate::{
    Fault,
    home::Database,
    kills::{
        Ground, Life,
        database::Keeper,
        mount::{Breakable, Small},
        rig::Rig,
    },
    product,
};
use monitorah_cluster::Signal;
use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::Child,
};

/// How large the disk is that is filled: bytes. A cluster takes some 60 MiB of it.
const DISK: u64 = 64 << 20;
const CLUSTER_DISK: u64 = 192 << 20;
/// What keeps a cluster small.
const SMALL_CLUSTER: [&str; 3] = ["fsync=on", "min_wal_size=32MB", "max_wal_size=64MB"];
/// How often the sessions that a stalled database opens meanwhile are stopped too.
const STALLS: u32 = 3;
/// Ends the sessions of the server.
const END: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                   WHERE usename = 'monitorah'";

/// All that a fault is done to.
pub(super) struct Scene {
    pub(super) ground: Ground,
    life: Option<Life>,
    small: Option<Small>,
    breakable: Option<Breakable>,
    /// What says how far the server's clock is off.
    clock: PathBuf,
    /// Who holds the lock.
    other: Option<Child>,
    // Goes last: the disks are mounted in it.
    _folder: TempDir,
}

impl Scene {
    /// Prepares everything; the server does not run yet.
    pub(super) async fn new(
        program: PathBuf,
        database: Database,
        stand: Stand,
    ) -> Result<Self, Fault> {
        let folder = tempfile::tempdir()?;
        let place = folder.path().join("disk");
        let root = rustix::process::geteuid().is_root();
        let (mut small, mut breakable) = (None, None);
        match (stand, database) {
            (Stand::Small, Database::Sqlite) if root => {
                small = Some(Small::mount(&place, DISK).await?);
            }
            (Stand::Small, Database::Postgres) if root => {
                // The cluster's user goes through both folders.
                fs::set_permissions(folder.path(), open())?;
                small = Some(Small::mount(&place, CLUSTER_DISK).await?);
            }
            (Stand::Breakable, _) => {
                let image = folder.path().join("image");
                breakable = Some(Breakable::mount(&image, &place, DISK).await?);
            }
            _ => {}
        }
        let keeper = match (&small, database) {
            (Some(small), Database::Postgres) => {
                fs::set_permissions(small.place(), open())?;
                Keeper::on(small.place(), &SMALL_CLUSTER).await?
            }
            _ => Keeper::start(database).await?,
        };
        let data = match database {
            // The full disk is that of the database, not of the server.
            Database::Postgres => folder.path().join("data"),
            Database::Sqlite if small.is_some() || breakable.is_some() => place.join("data"),
            Database::Sqlite => folder.path().join("data"),
        };
        let clock = folder.path().join("clock");
        let mut settings = Vec::new();
        if stand == Stand::Clock {
            let library = faketime().ok_or("there is no library of faketime")?;
            set(&clock, 0)?;
            settings.extend([
                ("LD_PRELOAD", library.display().to_string()),
                ("FAKETIME_TIMESTAMP_FILE", clock.display().to_string()),
                ("FAKETIME_NO_CACHE", "1".to_owned()),
                // Only the time of day is set, as on a machine.
                ("FAKETIME_DONT_FAKE_MONOTONIC", "1".to_owned()),
                ("DONT_FAKE_MONOTONIC", "1".to_owned()),
            ]);
        }
        Ok(Self {
            ground: Ground {
                program,
                data,
                keeper,
                settings,
            },
            life: None,
            small,
            breakable,
            clock,
            other: None,
            _folder: folder,
        })
    }

    /// Starts the server.
    pub(super) async fn start(&mut self, rig: &Rig) -> Result<(), Fault> {
        rig.begins();
        let life = self.ground.start(&rig.environment, None).await?;
        let life = life.ok_or("the server ended by itself")?;
        rig.born(&life.url);
        self.life = Some(life);
        Ok(())
    }

    pub(super) fn life(&self) -> Result<&Life, Fault> {
        self.life
            .as_ref()
            .ok_or_else(|| "the server does not run".into())
    }

    /// Lets the fault begin.
    pub(super) async fn begin(&mut self, rig: &Rig, trouble: Trouble) -> Result<(), Fault> {
        match trouble {
            Trouble::Stopped => self.life()?.signal(Signal::STOP),
            Trouble::Busy => {
                self.other = Some(hold(&self.ground.data).await?);
                Ok(())
            }
            Trouble::DiskFull => self.small.as_ref().ok_or(NO_DISK)?.fill(),
            Trouble::ReadOnly => match &self.breakable {
                Some(disk) => disk.fail(),
                None => {
                    let only = "ALTER ROLE monitorah SET default_transaction_read_only = on";
                    self.ground.keeper.administer(&[only, END]).await
                }
            },
            Trouble::TooManyConnections => {
                let none = "ALTER ROLE monitorah CONNECTION LIMIT 0";
                self.ground.keeper.administer(&[none, END]).await
            }
            Trouble::Restart => self.ground.keeper.cluster()?.crash(),
            Trouble::Stall => {
                for _ in 0..STALLS {
                    self.ground.keeper.signal_sessions(Signal::STOP).await?;
                    rig.pause(Duration::from_millis(300)).await;
                }
                Ok(())
            }
            Trouble::ClockForward => set(&self.clock, 3_600),
            Trouble::ClockBack => set(&self.clock, -3_600),
        }
    }

    /// Ends it.
    pub(super) async fn end(&mut self, rig: &Rig, trouble: Trouble) -> Result<(), Fault> {
        match trouble {
            Trouble::Stopped => self.life()?.signal(Signal::CONT),
            Trouble::Busy => match self.other.take() {
                Some(mut other) => Ok(other.kill().await?),
                None => Ok(()),
            },
            Trouble::DiskFull => {
                self.small.as_ref().ok_or(NO_DISK)?.free()?;
                // One that ended because of it is started again, as the machine's services are.
                self.ground.keeper.revive().await
            }
            Trouble::ReadOnly => {
                if let Some(disk) = &mut self.breakable {
                    // Whoever repairs a disk has nobody write to it: the server is ended the hard
                    // way, and what did not reach the disk is gone.
                    if let Some(mut life) = self.life.take() {
                        life.kill().await?;
                    }
                    disk.repair().await?;
                    return self.start(rig).await;
                }
                let lifted = "ALTER ROLE monitorah RESET default_transaction_read_only";
                self.ground.keeper.administer(&[lifted, END]).await
            }
            Trouble::TooManyConnections => {
                let many = "ALTER ROLE monitorah CONNECTION LIMIT -1";
                self.ground.keeper.administer(&[many]).await
            }
            Trouble::Restart => self.ground.keeper.cluster()?.start_again().await,
            Trouble::Stall => self.ground.keeper.signal_sessions(Signal::CONT).await,
            Trouble::ClockForward | Trouble::ClockBack => set(&self.clock, 0),
        }
    }

    /// Asks the server to stop, as an operator does.
    pub(super) async fn stop(mut self) -> Result<(), Fault> {
        match self.life.take() {
            Some(life) => life.stop().await,
            None => Err("the server does not run".into()),
        }
    }
}

const NO_DISK: &str = "there is no disk to fill";

fn open() -> fs::Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(0o1777)
}

/// Sets the server's clock so many seconds off: the library reads it at each look at the clock,
/// and a file that is replaced is never half written.
fn set(clock: &Path, seconds: i32) -> Result<(), Fault> {
    let beside = clock.with_extension("new");
    fs::write(&beside, format!("{seconds:+}\n"))?;
    Ok(fs::rename(beside, clock)?)
}

/// Returns when the lock is held.
async fn hold(data: &Path) -> Result<Child, Fault> {
    let arguments = [OsStr::new("-c"), OsStr::new(HOLD), data.as_os_str()];
    let mut command = product::command(Path::new("/usr/bin/python3"), &arguments);
    command.stdout(Stdio::piped()).stderr(Stdio::inherit());
    let mut child = command.spawn()?;
    let out = child.stdout.take().ok_or("a process without stdout")?;
    match BufReader::new(out).lines().next_line().await? {
        Some(_) => Ok(child),
        None => Err("the lock of the database could not be had".into()),
    }
}
