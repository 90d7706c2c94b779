//! The data directory and what is in it.

use super::Row;
use crate::{
    cli::compose,
    config::Config,
    data_dir::{DataDir, DataDirFault, Database, judge},
};
use monitorah_core::Env;
use monitorah_store::{Extent, PostgresStore, SchemaState};
use std::path::Path;

/// The rows, in their order.
pub(super) const NAMES: [&str; 5] = [DIRECTORY, SPACE, DATABASE, ROOT_KEY, SCHEMA];
const DIRECTORY: &str = "data directory";
const SPACE: &str = "free space";
const DATABASE: &str = "database";
const ROOT_KEY: &str = "root key";
const SCHEMA: &str = "schema";

/// With less free space than this the database may stop taking writes any moment.
const TOO_LITTLE: u64 = 64 * 1024 * 1024;
/// With less than this somebody should know.
const LITTLE: u64 = 1024 * 1024 * 1024;

/// Adds a row for each of [`NAMES`].
pub(super) async fn look(environment: &Env, config: &Config, rows: &mut Vec<Row>) {
    let path = &config.data_dir;
    let shown = path.display();
    match judge(path) {
        Ok(()) => rows.push(Row::ok(DIRECTORY, format!("{shown} is there and private"))),
        Err(fault) => {
            let advice = match &fault {
                DataDirFault::Absent(_) => {
                    "the first start makes it: monitorah serve; or name the right one with \
                     --data-dir"
                }
                DataDirFault::Exposed { .. } => "run the command that the message names",
                _ => "put that right, or name another folder with --data-dir",
            };
            rows.push(Row::wrong(DIRECTORY, fault.to_string(), advice));
            skip(
                rows,
                "the data directory cannot be used",
                &[SPACE, DATABASE, ROOT_KEY, SCHEMA],
            );
            return;
        }
    }
    rows.push(space(path));
    let data = match DataDir::there(environment, config).await {
        Ok(data) => data,
        Err(DataDirFault::Key(fault)) => {
            rows.push(Row::skipped(
                DATABASE,
                "there is no root key to open it with",
            ));
            rows.push(Row::wrong(
                ROOT_KEY,
                fault.to_string(),
                "put the file back, or restore a backup: monitorah restore",
            ));
            rows.push(Row::skipped(SCHEMA, "the database was not opened"));
            return;
        }
        Err(fault) => {
            rows.push(Row::wrong(
                DATABASE,
                fault.to_string(),
                match config.database {
                    Some(_) => "do what the message says",
                    None => "restore a backup into another folder: monitorah restore",
                },
            ));
            skip(rows, "the database cannot be opened", &[ROOT_KEY, SCHEMA]);
            return;
        }
    };
    rows.push(match &data.store {
        Database::Sqlite(_) => sound(&data).await,
        Database::Postgres(store) => server(config, store).await,
    });
    let state = data.schema_state().await;
    rows.push(key(environment, config, &data, &state).await);
    rows.push(schema(config, &state));
    data.store.close().await;
}

async fn server(config: &Config, store: &PostgresStore) -> Row {
    let place = config.database.as_ref();
    let place = place.map(|database| database.login.to_string());
    let place = place.unwrap_or_default();
    match store.server().await {
        Ok((version, false)) => Row::ok(DATABASE, format!("{place} is PostgreSQL {version}")),
        Ok((version, true)) => Row::warning(
            DATABASE,
            format!(
                "{place} is PostgreSQL {version}, which loses data when its machine loses power"
            ),
            "let the server run with fsync = on and full_page_writes = on",
        ),
        Err(fault) => Row::wrong(DATABASE, fault.to_string(), "see the log of PostgreSQL"),
    }
}

async fn sound(data: &DataDir) -> Row {
    match data.sound(Extent::All).await {
        Ok(()) => Row::ok(DATABASE, "it is sound from end to end"),
        Err(fault) => Row::wrong(
            DATABASE,
            fault.to_string(),
            "keep a copy of the folder and restore a backup into another one: monitorah restore",
        ),
    }
}

fn skip(rows: &mut Vec<Row>, why: &str, names: &[&'static str]) {
    rows.extend(names.iter().map(|name| Row::skipped(name, why)));
}

fn space(path: &Path) -> Row {
    let room = match rustix::fs::statvfs(path) {
        Ok(room) => room,
        Err(error) => {
            return Row::warning(
                SPACE,
                format!("it cannot be told: {error}"),
                "look at it with df",
            );
        }
    };
    let free = room.f_bavail.saturating_mul(room.f_frsize);
    let says = format!("{} MiB are free", free / (1024 * 1024));
    if free < TOO_LITTLE {
        return Row::wrong(
            SPACE,
            says,
            "make room now: without it no result can be stored",
        );
    }
    if free < LITTLE {
        return Row::warning(SPACE, says, "make room, at best 1 GiB and more");
    }
    Row::ok(SPACE, says)
}

async fn key(
    environment: &Env,
    config: &Config,
    data: &DataDir,
    state: &Result<SchemaState, DataDirFault>,
) -> Row {
    if !matches!(state, Ok(SchemaState::Current)) {
        return Row::skipped(ROOT_KEY, "the schema is another one, so it was not tried");
    }
    match compose(environment, config, data).await {
        Ok(_) => Row::ok(ROOT_KEY, "it is private and opens the database"),
        Err(why) => Row::wrong(
            ROOT_KEY,
            format!("{why:?}"),
            "put back the root.key of this database, or restore a backup: monitorah restore",
        ),
    }
}

fn schema(config: &Config, state: &Result<SchemaState, DataDirFault>) -> Row {
    match state {
        Ok(SchemaState::Current) => Row::ok(SCHEMA, "it is that of this version"),
        Ok(SchemaState::Behind { schema, software }) if config.database.is_some() => Row::wrong(
            SCHEMA,
            format!("the database has schema {schema} and this version {software}"),
            "back it up and run: monitorah migrate, with database_admin_url",
        ),
        Ok(SchemaState::Behind { schema, software }) => Row::warning(
            SCHEMA,
            format!("the database has schema {schema} and this version {software}"),
            "back it up, stop the server, and run: monitorah migrate; the next start does it, too",
        ),
        Ok(SchemaState::Newer { schema, software }) => Row::wrong(
            SCHEMA,
            format!("the database has schema {schema} and this version knows {software}"),
            "run the newer version that made it",
        ),
        Err(fault) => Row::wrong(SCHEMA, fault.to_string(), "see the message"),
    }
}
