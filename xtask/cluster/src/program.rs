//! The programs of PostgreSQL: where they are, and as whom they run.

use crate::Fault;
use std::{
    fs::{self, File},
    io::ErrorKind,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

/// The user that the server runs as when the rig runs as root, which PostgreSQL refuses.
pub(crate) const USER: &str = "postgres";
/// Where the server says what it has to say, in the folder of the cluster.
pub(crate) const LOG: &str = "log";

/// The newest version that is installed.
pub(crate) fn binaries() -> Result<PathBuf, Fault> {
    let versions = fs::read_dir("/usr/lib/postgresql");
    let mut versions: Vec<(u32, PathBuf)> = versions
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| {
            let number = entry.file_name().to_string_lossy().parse();
            (number.unwrap_or_default(), entry.path().join("bin"))
        })
        .collect();
    versions.sort();
    #[expect(
        clippy::disallowed_methods,
        reason = "where the programs of this machine are is no setting of ours"
    )]
    let path = std::env::var_os("PATH").unwrap_or_default();
    let newest_first = versions.into_iter().rev().map(|(_, folder)| folder);
    newest_first
        .chain(std::env::split_paths(&path))
        .find(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
        .ok_or_else(|| {
            "a private PostgreSQL server is needed, and there is no initdb and postgres below \
             /usr/lib/postgresql or in PATH: install them, on Debian with `apt-get install \
             postgresql`"
                .into()
        })
}

#[expect(
    clippy::disallowed_methods,
    reason = "a rig starts the server that it is about"
)]
fn command(program: &Path) -> Command {
    let mut command = if rustix::process::geteuid().is_root() {
        let mut command = Command::new("setpriv");
        command
            .arg(format!("--reuid={USER}"))
            .arg(format!("--regid={USER}"))
            .args(["--init-groups", "--no-new-privs"])
            .arg(program);
        command
    } else {
        Command::new(program)
    };
    command.stdin(Stdio::null());
    command
}

fn done(mut command: Command, what: &str) -> Result<(), Fault> {
    let output = command.output().map_err(|error| {
        let name = command.get_program().to_string_lossy();
        let install = match error.kind() {
            ErrorKind::NotFound => ": install it, on Debian with `apt-get install util-linux`",
            _ => "",
        };
        format!("{what}: {name}: {error}{install}")
    })?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("{what}: {}", String::from_utf8_lossy(&output.stderr)).into())
}

/// Makes the cluster's files.
pub(crate) fn make(binaries: &Path, folder: &Path) -> Result<(), Fault> {
    let mut initdb = command(&binaries.join("initdb"));
    initdb
        .args(["--no-sync", "-A", "trust", "--locale=C.UTF-8"])
        .args(["-U", USER, "-D"])
        .arg(folder.join("data"))
        .current_dir(folder);
    done(initdb, "initdb failed")
}

/// Puts a file into the folder that the server's user owns, and nobody else reads.
pub(crate) fn give(folder: &Path, name: &str, text: &str) -> Result<(), Fault> {
    let given = folder.join(format!("{name}.given"));
    fs::write(&given, text)?;
    let mut install = command(Path::new("install"));
    install
        .args(["-m", "600"])
        .args([&given, &folder.join(name)]);
    done(install, &format!("{name} is not written"))
}

/// Starts the server.
pub(crate) fn serve(
    binaries: &Path,
    folder: &Path,
    settings: &[String],
    port: u16,
) -> Result<Child, Fault> {
    // Behind what it said before it crashed.
    let log = File::options()
        .create(true)
        .append(true)
        .open(folder.join(LOG))?;
    let mut postgres = command(&binaries.join("postgres"));
    postgres
        .arg("-D")
        .arg(folder.join("data"))
        .arg("-k")
        .arg(folder)
        .args(["-c", "listen_addresses=", "-c", "fsync=off"])
        .args(["-c", "shared_buffers=16MB"])
        // Each suite leaves the connections of its pool to be closed by themselves.
        .args(["-c", "max_connections=200"])
        .args(["-p", &port.to_string()])
        .args(settings.iter().flat_map(|setting| ["-c", setting]))
        .current_dir(folder)
        .stdout(log.try_clone()?)
        .stderr(log);
    let name = postgres.get_program().to_string_lossy().into_owned();
    let server = postgres.spawn();
    Ok(server.map_err(|error| format!("{name}: {error}"))?)
}
