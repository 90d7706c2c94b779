//! What a machine and a database do to a server, and what its health is to say of each.

use crate::home::Database;
use std::{fs, path::PathBuf};

/// Where Debian's package `faketime` keeps the clock that can be set for one process.
const LIBRARIES: &str = "/usr/lib";
const FAKETIME: &str = "faketime/libfaketimeMT.so.1";

/// What is done to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Trouble {
    /// The process stands still, as in a debugger, or on a machine that is moved.
    Stopped,
    /// Another process holds the lock of the database for longer than a writer waits for it.
    Busy,
    /// The database crashes, and is started again.
    Restart,
    /// The database takes no more connections, and ends those that there are.
    TooManyConnections,
    /// The sessions of the database do not answer, and do not end.
    Stall,
    /// The disk of the database is full.
    DiskFull,
    /// The disk of the file turns read-only by itself, as a broken one does; the database is one
    /// that only reads, as a standby does.
    ReadOnly,
    /// The clock of the server is set an hour forward, and at the end back.
    ClockForward,
    /// The clock of the server is set an hour back, and at the end forward.
    ClockBack,
}

/// What the faults of one run stand on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stand {
    /// A small disk in memory, where this user can mount one.
    Small,
    /// A disk that can break.
    Breakable,
    /// A clock of the server's own.
    Clock,
}

impl Stand {
    pub(super) const ALL: [Self; 3] = [Self::Small, Self::Breakable, Self::Clock];
}

impl Trouble {
    /// Those that can be made with this database, by this user, on this machine.
    pub(super) fn all(database: Database) -> Vec<Self> {
        let root = rustix::process::geteuid().is_root();
        let mut all = match database {
            Database::Sqlite => vec![Self::Stopped, Self::Busy],
            Database::Postgres => vec![
                Self::Stopped,
                Self::Restart,
                Self::TooManyConnections,
                Self::Stall,
                Self::ReadOnly,
            ],
        };
        if root {
            all.push(Self::DiskFull);
        }
        if root && database == Database::Sqlite {
            all.push(Self::ReadOnly);
        }
        if faketime().is_some() {
            all.extend([Self::ClockForward, Self::ClockBack]);
        }
        all
    }

    pub(super) const fn stand(self, database: Database) -> Stand {
        match (self, database) {
            (Self::ReadOnly, Database::Sqlite) => Stand::Breakable,
            (Self::ClockForward | Self::ClockBack, _) => Stand::Clock,
            _ => Stand::Small,
        }
    }

    /// What the server's health says, while it can say anything: nothing where all is well.
    pub(super) const fn says(self) -> Option<&'static str> {
        match self {
            Self::Stopped | Self::ClockForward | Self::ClockBack => None,
            Self::Busy
            | Self::Restart
            | Self::TooManyConnections
            | Self::Stall
            | Self::DiskFull
            | Self::ReadOnly => Some("store_failing"),
        }
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Stopped => "stopped",
            Self::Busy => "busy",
            Self::Restart => "restart",
            Self::TooManyConnections => "too-many-connections",
            Self::Stall => "stall",
            Self::DiskFull => "disk-full",
            Self::ReadOnly => "read-only",
            Self::ClockForward => "clock-forward",
            Self::ClockBack => "clock-back",
        }
    }
}

/// The library that gives one process a clock of its own, where it is installed.
pub(super) fn faketime() -> Option<PathBuf> {
    let folders = fs::read_dir(LIBRARIES).ok()?;
    folders
        .flatten()
        .map(|folder| folder.path().join(FAKETIME))
        .find(|library| library.is_file())
}
