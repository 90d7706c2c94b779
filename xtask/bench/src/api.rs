//! P13 and P14: what the real server's API costs, and how long a page of many monitors takes.

use crate::{
    Fault,
    child::Beside,
    driver::{Connection, drive},
    figure::{Figure, median, quantile},
    ground::Herd,
    print,
    run::Run,
    server::{Server, until_answered},
    target::until_alone,
};
use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    routing::get,
};
use futures::FutureExt;
use monitorah_core::Env;
use serde_json::{Value, json};
use sqlx::{
    Pool, Row, Sqlite,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};
use std::{net::SocketAddr, path::PathBuf, time::Duration};

/// Monitors are looked at once at the start, and then not while it is measured.
const A_DAY: u64 = 86_400;
/// Connections side by side.
const WIDTH: usize = 4;

/// The anchor, a role: axum and sqlx, and one indexed SELECT of the monitor's own row.
pub(crate) async fn anchor(environment: &Env, database: &PathBuf) -> Result<(), Fault> {
    let options = SqliteConnectOptions::new()
        .filename(database)
        .create_if_missing(false);
    let pool = SqlitePoolOptions::new()
        .max_connections(4)
        .connect_with(options)
        .await?;
    let router = Router::new()
        .route("/monitors/{id}", get(one))
        .with_state(pool);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let serve = async move {
        // It ends with this process.
        let _ended = axum::serve(listener, router).await;
    };
    environment.spawn(serve.boxed());
    print(&serde_json::to_string(&address)?);
    until_alone().await;
    Ok(())
}

async fn one(
    State(pool): State<Pool<Sqlite>>,
    Path(id): Path<String>,
) -> Result<Json<Value>, StatusCode> {
    let bytes: Vec<u8> = (0..16)
        .filter_map(|byte| u8::from_str_radix(id.get(2 * byte..2 * byte + 2)?, 16).ok())
        .collect();
    let row = sqlx::query(
        "SELECT name, kind, target, config, created_at, updated_at FROM monitors WHERE id = ?",
    )
    .bind(bytes)
    .fetch_optional(&pool)
    .await
    .map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?
    .ok_or(StatusCode::NOT_FOUND)?;
    let text = |column: &str| row.try_get::<String, _>(column).unwrap_or_default();
    let number = |column: &str| row.try_get::<i64, _>(column).unwrap_or_default();
    let sealed = |column: &str| row.try_get::<Vec<u8>, _>(column).unwrap_or_default();
    Ok(Json(json!({
        "id": id,
        "name": text("name"),
        "type": text("kind"),
        "target": hex(&sealed("target")),
        "config": hex(&sealed("config")),
        "createdAt": number("created_at"),
        "updatedAt": number("updated_at"),
    })))
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // A string takes whatever is written.
        let _never = write!(text, "{byte:02x}");
        text
    })
}

/// A server whose monitors were all looked at once, and what it was started on.
async fn rested(run: &Run, count: usize) -> Result<(Server, crate::seed::Copy), Fault> {
    let herd = Herd::http(&run.targets, count, A_DAY).by_address();
    let copy = run.seeds.copy(&run.environment, &herd).await?;
    let before = run.targets.counts().await?.0;
    let server = Server::start(run, &copy, &[]).await?;
    server.until_ready(run).await?;
    until_answered(run, before, u64::try_from(count)?).await?;
    run.environment.sleep(Duration::from_secs(2)).await;
    Ok((server, copy))
}

async fn page(server: &Server, connection: &mut Connection) -> Result<Value, Fault> {
    let answer = connection
        .get("/api/v1/monitors?limit=100", &server.headers)
        .await?;
    Ok(serde_json::from_slice(&answer.body("the server")?)?)
}

/// P13.
pub(crate) async fn point(run: &Run) -> Result<Vec<Figure>, Fault> {
    let (server, copy) = rested(run, 1_000).await?;
    let mut connection = Connection::open(server.address).await?;
    let monitors = page(&server, &mut connection).await?;
    let id = monitors
        .pointer("/data/50/id")
        .and_then(Value::as_str)
        .ok_or("the server lists no monitor")?
        .to_owned();
    let bytes = monitorah_core::MonitorId::as_bytes(&id.parse()?).to_vec();
    let mut anchor = Beside::role("anchor", &copy.data().join("monitorah.db"))?;
    let anchored: SocketAddr = anchor.hear().await?;
    let (path, bare) = (
        format!("/api/v1/monitors/{id}"),
        format!("/monitors/{}", hex(&bytes)),
    );
    let named = |body: &[u8]| body.windows(8).any(|text| text == b"monitor ");
    let (mut rates, mut anchors) = (Vec::new(), Vec::new());
    for _ in 0..run.rounds("P13") {
        let count = run.size(8_000);
        let before = server.process.cpu()?;
        drive(
            server.address,
            &path,
            &server.headers,
            (count, WIDTH),
            |answer| answer.status == 200 && named(&answer.body),
        )
        .await?;
        rates.push(count as f64 / (server.process.cpu()? - before));
        let before = anchor.cpu()?;
        drive(anchored, &bare, "", (count, WIDTH), |answer| {
            answer.status == 200 && named(&answer.body)
        })
        .await?;
        anchors.push(count as f64 / (anchor.cpu()? - before));
    }
    Ok(vec![Figure {
        row: "P13",
        rounds: rates
            .iter()
            .zip(&anchors)
            .map(|(our, bare)| our / bare)
            .collect(),
        control: Vec::new(),
        note: format!(
            "{:.0} of ours, {:.0} of the anchor, per CPU-second of the server; SQLite",
            median(&rates).unwrap_or(f64::NAN),
            median(&anchors).unwrap_or(f64::NAN)
        ),
    }])
}

/// P14.
pub(crate) async fn pages(run: &Run) -> Result<Vec<Figure>, Fault> {
    let (few, _small) = rested(run, 1_000).await?;
    let (many, _large) = rested(run, run.size(100_000)).await?;
    let mut connections = (
        Connection::open(few.address).await?,
        Connection::open(many.address).await?,
    );
    let (mut small, mut large, mut control) = (Vec::new(), Vec::new(), Vec::new());
    run.pulse.take();
    for _ in 0..run.rounds("P14a") {
        let (mut of_few, mut of_many) = (Vec::new(), Vec::new());
        for _ in 0..run.size(40) {
            of_few.push(timed(run, &few, &mut connections.0).await?);
            of_many.push(timed(run, &many, &mut connections.1).await?);
        }
        control.push(run.pulse.take());
        small.push(quantile(&of_few, 0.95).unwrap_or(f64::NAN));
        large.push(quantile(&of_many, 0.95).unwrap_or(f64::NAN));
    }
    let note = format!(
        "p95 {:.1} ms of 100,000, {:.1} ms of 1,000",
        median(&large).unwrap_or(f64::NAN),
        median(&small).unwrap_or(f64::NAN)
    );
    Ok(vec![
        Figure {
            row: "P14a",
            rounds: large.clone(),
            control,
            note: note.clone(),
        },
        Figure {
            row: "P14b",
            rounds: large
                .iter()
                .zip(&small)
                .map(|(large, small)| large / small)
                .collect(),
            control: Vec::new(),
            note,
        },
    ])
}

/// How long a first page takes: milliseconds. It is full, and every monitor has a state.
async fn timed(run: &Run, server: &Server, connection: &mut Connection) -> Result<f64, Fault> {
    let begun = run.environment.monotonic();
    let answer = connection
        .get("/api/v1/monitors?limit=100", &server.headers)
        .await?;
    let took = crate::driver::seconds(&run.environment, begun) * 1e3;
    let page: Value = serde_json::from_slice(&answer.body("the server")?)?;
    let full = page
        .pointer("/data")
        .and_then(Value::as_array)
        .is_some_and(|data| {
            data.len() == 100
                && data
                    .iter()
                    .all(|monitor| monitor.get("status").is_some_and(|status| status == "UP"))
        });
    full.then_some(took)
        .ok_or_else(|| format!("a first page is not 100 monitors that are UP: {page:.300}").into())
}
