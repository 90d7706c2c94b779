//! `monitorah backup`: the database and its root key in one sealed file, while the server runs or not.

use super::{
    Common, Exit, Outcome, compose, configuration, passphrase, print_json, stop::Stop, tell,
};
use crate::data_dir::{DataDir, with_causes};
use clap::Args;
use monitorah_core::{Env, Secret};
use monitorah_store::{
    SchemaState, SqliteStore,
    backup::{self, Archive, BackupFault, Contents, Cost, Manifest, Snapshot, SnapshotFault},
};
use rustix::fs::{CWD, RenameFlags, renameat_with};
use serde_json::json;
use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufReader},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

#[derive(Debug, Args)]
pub(super) struct BackupArgs {
    #[command(flatten)]
    common: Common,
    /// The file to write.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Replace the file when it is there.
    #[arg(long)]
    force: bool,
    /// Print JSON: file, bytes, schema, createdAt.
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(environment: &Env, args: &BackupArgs) -> Outcome {
    let config = configuration(&args.common, None)?;
    if config.database.is_some() {
        return Err(Exit::Refused(
            "the data is in PostgreSQL, and \"monitorah backup\" is for the embedded database \
             only: back PostgreSQL up with pg_dump --enable-row-security as a role that is a \
             member of monitorah_backup, or with pg_basebackup; and keep a copy of root.key, \
             without which no backup can be read"
                .to_owned(),
        ));
    }
    let out = Out::judge(&args.out, args.force)?;
    let refused = |error: &dyn std::error::Error| Exit::Refused(error.to_string());
    let data = DataDir::existing(environment, &config.data_dir)
        .await
        .map_err(|error| refused(&error))?;
    let schema = match data.schema_state().await.map_err(|error| refused(&error))? {
        SchemaState::Newer { schema, software } => {
            return Err(Exit::Refused(format!(
                "the database has schema {schema} and this version knows schema {software}: back \
                 it up with the newer version that made it"
            )));
        }
        SchemaState::Behind { schema, .. } => schema,
        SchemaState::Current => {
            // A key that opens nothing would make a backup that nobody can use.
            compose(environment, &config, &data).await?;
            SqliteStore::software_schema()
        }
    };
    let passphrase = passphrase::fresh()?;
    let stop = Stop::listen(environment);
    let created_at = environment.now();
    let database = data.database();
    let mut snapshot = tokio::select! {
        taken = Snapshot::take(&**environment, &database) => taken.map_err(not_taken)?,
        () = stop.wanted() => return Err(Exit::Code(130)),
    };
    let contents = Contents {
        manifest: Manifest {
            created_at,
            software: env!("CARGO_PKG_VERSION").to_owned(),
            schema,
        },
        root_key: data.root_key.text(),
        database_bytes: snapshot.bytes,
    };
    data.store.close().await;
    let mut copy = stop.reading(BufReader::new(&mut snapshot.file));
    let bytes = out
        .write(environment, &passphrase, &contents, &mut copy)
        .map_err(|exit| stop.or(exit))?;
    if args.json {
        return print_json(&json!({
            "file": args.out.display().to_string(),
            "bytes": bytes,
            "schema": schema,
            "createdAt": created_at.to_string(),
        }));
    }
    tell(&format!(
        "the database and its root key are in {} ({bytes} bytes, schema {schema}); it opens with \
         the passphrase only: keep that apart from it",
        args.out.display()
    ));
    Ok(())
}

fn not_taken(error: SnapshotFault) -> Exit {
    match error {
        SnapshotFault::Running => Exit::Refused(error.to_string()),
        error => Exit::Fault(with_causes(&error)),
    }
}

/// Where a file could not be made or read.
pub(super) fn file_fault(error: &BackupFault) -> Exit {
    match error {
        BackupFault::Io(_) | BackupFault::Memory(_) => Exit::Fault(with_causes(error)),
        error => Exit::Refused(error.to_string()),
    }
}

/// The file to be: it appears under its name when it is whole, and nothing is left otherwise.
struct Out<'a> {
    path: &'a Path,
    folder: PathBuf,
    force: bool,
}

impl<'a> Out<'a> {
    /// Refuses what cannot be written before any work is done.
    fn judge(path: &'a Path, force: bool) -> Result<Self, Exit> {
        let shown = path.display();
        let folder = match path.parent() {
            Some(folder) if folder.as_os_str().is_empty() => PathBuf::from("."),
            Some(folder) => folder.to_owned(),
            None => return Err(Exit::Refused(format!("{shown} is no name of a file"))),
        };
        if !folder.is_dir() {
            return Err(Exit::Refused(format!(
                "there is no folder {} to write the backup to: make it first",
                folder.display()
            )));
        }
        match fs::symlink_metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(Exit::Refused(format!("{shown} cannot be written: {error}"))),
            Ok(metadata) if !metadata.is_file() => {
                return Err(Exit::Refused(format!(
                    "{shown} is there and is no file: name another one with --out"
                )));
            }
            Ok(_) if !force => return Err(Exit::Refused(taken(path))),
            Ok(_) => {}
        }
        Ok(Self {
            path,
            folder,
            force,
        })
    }

    fn write(
        &self,
        environment: &Env,
        passphrase: &Secret<String>,
        contents: &Contents,
        database: &mut dyn io::Read,
    ) -> Result<u64, Exit> {
        let mut suffix = [0_u8; 8];
        environment.fill_random(&mut suffix);
        let mut name = self.path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{:016x}.tmp", u64::from_be_bytes(suffix)));
        let temporary = Temporary(self.folder.join(name));
        let cannot = |error: io::Error| {
            Exit::Fault(format!(
                "{} cannot be written: {error}",
                self.path.display()
            ))
        };
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&temporary.0)
            .map_err(cannot)?;
        let file = backup::write(
            &**environment,
            passphrase,
            Cost::STANDARD,
            contents,
            database,
            file,
        )
        .map_err(|error| file_fault(&error))?;
        file.sync_all().map_err(cannot)?;
        let bytes = file.metadata().map_err(cannot)?.len();
        // A backup that was never read is a hope: read it once from end to end.
        let mut archive = Archive::open(file, passphrase).map_err(|error| file_fault(&error))?;
        archive.verify().map_err(|error| file_fault(&error))?;
        self.name(&temporary.0)?;
        File::open(&self.folder)
            .and_then(|folder| folder.sync_all())
            .map_err(cannot)?;
        Ok(bytes)
    }

    /// Gives the whole file its name.
    fn name(&self, temporary: &Path) -> Outcome {
        let flags = if self.force {
            RenameFlags::empty()
        } else {
            RenameFlags::NOREPLACE
        };
        let renamed = match renameat_with(CWD, temporary, CWD, self.path, flags) {
            // A file system that cannot refuse by itself.
            Err(rustix::io::Errno::INVAL) if !self.path.exists() => {
                fs::rename(temporary, self.path)
            }
            renamed => renamed.map_err(Into::into),
        };
        renamed.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => Exit::Refused(taken(self.path)),
            _ => Exit::Fault(format!(
                "{} cannot be written: {error}",
                self.path.display()
            )),
        })
    }
}

fn taken(path: &Path) -> String {
    format!(
        "{} is there already: name another file with --out, or replace it with --force",
        path.display()
    )
}

/// A file that is removed unless it got its name.
struct Temporary(PathBuf);

impl Drop for Temporary {
    fn drop(&mut self) {
        // Under its own name there is nothing left to remove.
        drop(fs::remove_file(&self.0));
    }
}
