//! A dump of each database, its WAL and the logs holds none of two hundred planted secrets, in any encoding.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test"
)]

mod plant;
mod search;

use crate::{
    postgres::{Cluster, Database},
    rig::{Server, now, server_with},
};
use plant::Garden;
use search::{Artefacts, forms, hits};
use sqlx::{ConnectOptions, Connection, sqlite::SqliteConnectOptions};
use std::{fs, path::Path};

/// Stands in a plain column, in every form, so that the search can be seen to find it.
const CONTROL: &str = "cny+control/999?%&0badcafe";
/// At its most talkative, and every message for itself: a grouped one holds less.
const SETTINGS: [(&str, &str); 3] = [
    ("MONITORAH_LOG", "trace"),
    ("MONITORAH_RATE_LIMIT_PER_MINUTE", "100000"),
    ("MONITORAH_MESSAGES_PER_MINUTE", "0"),
];

/// Adds every file below a folder, but the root key and what is left out.
fn read(into: &mut Artefacts, title: &str, folder: &Path, without: &[&str]) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name == "root.key" || without.iter().any(|one| path.ends_with(one)) {
            continue;
        }
        let title = format!("{title}/{name}");
        if path.is_dir() {
            read(into, &title, &path, without);
        } else if let Ok(bytes) = fs::read(&path) {
            // A file that has gone meanwhile holds nothing.
            into.insert(title, bytes);
        }
    }
}

/// What puts the control into a table of its own: whatever is text as text too.
fn control(blob: &str) -> Vec<String> {
    let mut statements = vec![format!("CREATE TABLE control (bytes {blob}, said TEXT)")];
    for (_, form) in forms(CONTROL) {
        let hex: String = form.iter().map(|byte| format!("{byte:02x}")).collect();
        let bytes = if blob == "BYTEA" {
            format!("'\\x{hex}'")
        } else {
            format!("x'{hex}'")
        };
        let said = match std::str::from_utf8(&form) {
            Ok(text) if !text.contains('\0') => format!("'{}'", text.replace('\'', "''")),
            _ => "NULL".to_owned(),
        };
        statements.push(format!("INSERT INTO control VALUES ({bytes}, {said})"));
    }
    statements
}

/// The search finds the control in every form in what is called so.
fn finds_the_control(artefacts: &Artefacts, title: &str) {
    let some: Artefacts = artefacts
        .iter()
        .filter(|(name, _)| name.starts_with(title))
        .map(|(name, bytes)| (name.clone(), bytes.clone()))
        .collect();
    let found = hits(&some, &[CONTROL.to_owned()]);
    for (form, _) in forms(CONTROL) {
        let form = format!(" as {form} in ");
        assert!(
            found.iter().any(|hit| hit.contains(&form)),
            "{title}:{form}{found:?}"
        );
    }
}

fn none_is_found(artefacts: &Artefacts, planted: &[String]) {
    assert!(planted.len() >= 200, "{}", planted.len());
    let begun = now();
    let found = hits(artefacts, planted);
    assert!(found.is_empty(), "{found:#?}");
    println!(
        "{} secrets, {} artefacts, {} bytes: 0 hits, searched in {:?}",
        planted.len(),
        artefacts.len(),
        artefacts.values().map(Vec::len).sum::<usize>(),
        begun.elapsed()
    );
}

async fn planted(server: &Server) -> Vec<String> {
    let mut garden = Garden::new(server).await;
    garden.grow().await;
    garden.planted
}

fn stopped(artefacts: &mut Artefacts, log: String) {
    assert!(
        log.len() > 10_000,
        "the log was at its most talkative: {} bytes",
        log.len()
    );
    artefacts.insert("log".to_owned(), log.into_bytes());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_planted_secrets_are_nowhere_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = server_with(&data, &SETTINGS).await;
    let planted = planted(&server).await;
    let mut beside = SqliteConnectOptions::new()
        .filename(data.join("monitorah.db"))
        .disable_statement_logging()
        .connect()
        .await
        .unwrap();
    for statement in control("BLOB") {
        let statement = sqlx::AssertSqlSafe(statement);
        sqlx::raw_sql(statement).execute(&mut beside).await.unwrap();
    }
    let mut artefacts = Artefacts::new();
    read(&mut artefacts, "live", &data, &[]);
    assert!(artefacts.contains_key("live/monitorah.db-wal"));
    beside.close().await.unwrap();
    stopped(&mut artefacts, server.stop().await);
    read(&mut artefacts, "stopped", &data, &[]);
    finds_the_control(&artefacts, "live/");
    finds_the_control(&artefacts, "stopped/");
    none_is_found(&artefacts, &planted);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_planted_secrets_are_nowhere_on_postgresql() {
    // Its log has every statement with its values, and every error.
    let talkative = [
        "log_statement=all",
        "log_error_verbosity=verbose",
        "log_parameter_max_length_on_error=-1",
    ];
    let cluster = Cluster::start_with(&talkative, &[], 5432).await.unwrap();
    let database = Database::new(&cluster).await;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = database.server_with(&data, &SETTINGS).await;
    let mut planted = planted(&server).await;
    planted.push(Database::PASSWORD.to_owned());
    let name = database.name.clone();
    for statement in control("BYTEA") {
        cluster.administer(&name, &[&statement]).await.unwrap();
    }
    let mut artefacts = Artefacts::new();
    let files = cluster.folder().join("data");
    // What was there before us: the templates, and the database that is always there.
    let others = ["base/1", "base/4", "base/5"];
    read(&mut artefacts, "live", &files, &others);
    cluster.administer(&name, &["CHECKPOINT"]).await.unwrap();
    // Of the WAL everything was read.
    read(
        &mut artefacts,
        "written",
        &files,
        &[&others[..], &["pg_wal"]].concat(),
    );
    artefacts.insert("dump".to_owned(), cluster.dump().unwrap());
    stopped(&mut artefacts, server.stop().await);
    read(&mut artefacts, "folder", &data, &[]);
    finds_the_control(&artefacts, "live/pg_wal/");
    finds_the_control(&artefacts, "written/base/");
    let said = hits(&artefacts, &[CONTROL.to_owned()]);
    for form in ["raw", "hex", "url", "base64", "UTF-16LE as hex"] {
        let hit = format!("secret 0 as {form} in dump");
        assert!(said.contains(&hit), "{hit}: {said:?}");
    }
    let log = fs::read(cluster.log()).unwrap();
    // Values are in it too.
    assert!(memchr::memmem::find(&log, b"= 'monitor 7'").is_some());
    artefacts.insert("log of the database".to_owned(), log);
    none_is_found(&artefacts, &planted);
}
