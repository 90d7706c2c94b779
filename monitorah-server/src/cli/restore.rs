//! `monitorah restore`: a data directory out of a backup, which is judged as a whole before anything is written.

use super::{
    Common, Exit, Outcome, backup::file_fault, compose, configuration, passphrase, print_json,
    stop::Stop, tell,
};
use crate::data_dir::{DataDir, RestoreFault, Staging, judge_target, with_causes};
use clap::Args;
use monitorah_core::{Env, crypt::RootKey};
use monitorah_store::{
    Extent, SchemaState, SqliteStore,
    backup::{Archive, Contents},
};
use serde_json::json;
use std::{fs::File, path::PathBuf, sync::Arc};

#[derive(Debug, Args)]
pub(super) struct RestoreArgs {
    #[command(flatten)]
    common: Common,
    /// The backup.
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
    /// Replace what the data directory holds; it is kept in a folder inside it.
    #[arg(long)]
    force: bool,
    /// Print JSON: dataDir, schema, createdAt, replaced.
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(environment: &Env, args: &RestoreArgs) -> Outcome {
    let config = configuration(&args.common, None)?;
    if config.database.is_some() {
        return Err(Exit::Refused(
            "database_url is set, so the server would not use what a backup of the embedded \
             database holds: take the setting away, or restore PostgreSQL by its own means"
                .to_owned(),
        ));
    }
    let target = &config.data_dir;
    judge_target(target, args.force).map_err(refused)?;
    let shown = args.from.display();
    let file = File::open(&args.from)
        .map_err(|error| Exit::Refused(format!("the backup {shown} cannot be read: {error}")))?;
    if !file.metadata().is_ok_and(|metadata| metadata.is_file()) {
        return Err(Exit::Refused(format!("the backup {shown} is no file")));
    }
    let passphrase = passphrase::known()?;
    let stop = Stop::listen(environment);
    let mut archive = Archive::open(file, &passphrase).map_err(|error| file_fault(&error))?;
    let contents = archive
        .unpack(&mut stop.writing(std::io::sink()))
        .map_err(|error| stop.or(file_fault(&error)))?;
    understood(environment, &contents).map_err(refused)?;

    let staging = Staging::begin(environment, target, args.force, contents.database_bytes)
        .map_err(refused)?;
    staging
        .unpack(environment, |out| archive.unpack(&mut stop.writing(out)))
        .map_err(|error| stop.or(refused(error)))?;
    let looked = async {
        let data = DataDir::existing(environment, staging.path())
            .await
            .map_err(|error| refused(error.into()))?;
        data.sound(Extent::All)
            .await
            .map_err(|error| refused(error.into()))?;
        let state = data
            .schema_state()
            .await
            .map_err(|error| refused(error.into()))?;
        match state {
            SchemaState::Current => {
                compose(environment, &config, &data).await?;
            }
            SchemaState::Behind { .. } => {}
            SchemaState::Newer { schema, software } => {
                return Err(refused(RestoreFault::Newer { schema, software }));
            }
        }
        data.store.close().await;
        Ok::<(), Exit>(())
    };
    tokio::select! {
        looked = looked => looked?,
        () = stop.wanted() => return Err(Exit::Code(130)),
    }
    let replaced = staging.settle(environment.now()).map_err(refused)?;
    let replaced = replaced.map(|path| path.display().to_string());
    let manifest = contents.manifest;
    if args.json {
        return print_json(&json!({
            "dataDir": target.display().to_string(),
            "schema": manifest.schema,
            "createdAt": manifest.created_at.to_string(),
            "replaced": replaced,
        }));
    }
    tell(&format!(
        "{} is as the backup of {} has it; start the server with: monitorah serve --data-dir {}",
        target.display(),
        manifest.created_at,
        target.display(),
    ));
    if let Some(replaced) = replaced {
        tell(&format!("what was there before is in {replaced}"));
    }
    Ok(())
}

/// Refuses what this version could not start with.
fn understood(environment: &Env, contents: &Contents) -> Result<(), RestoreFault> {
    let (schema, software) = (contents.manifest.schema, SqliteStore::software_schema());
    if schema > software {
        return Err(RestoreFault::Newer { schema, software });
    }
    RootKey::from_text(Arc::clone(environment), &contents.root_key)?;
    Ok(())
}

fn refused(error: RestoreFault) -> Exit {
    match error {
        RestoreFault::File(error) => file_fault(&error),
        RestoreFault::Io { .. } => Exit::Fault(with_causes(&error)),
        error => Exit::Refused(error.to_string()),
    }
}
