//! P11: results through the port, against the fastest way that each database has for the same rows.

use crate::{
    Fault,
    driver::seconds,
    figure::{Figure, median},
    ground::{self, Ground, Herd},
    names::Loopback,
    run::Run,
};
use jiff::Timestamp;
use monitorah_cluster::Cluster;
use monitorah_core::{
    MonitorId, Reason, Region, Status, Tenant, Timings, net::CacheLimits, port::ResultRow,
};
use monitorah_store::PostgresTarget;
use sqlx::{
    AssertSqlSafe, Connection, PgConnection, Row, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use std::{fmt::Write, time::Duration};

/// Rows of a batch, each of another monitor, as they come from an engine.
const BATCH: usize = 1_000;
/// Batches of a round.
const BATCHES: usize = 10;
/// Rows of one statement of the bound of SQLite.
const STATEMENT: usize = 50;

/// The columns that a result has in both databases.
const COLUMNS: &str = "account_id, monitor_id, at, region, sequence, status, reason, status_code, \
    total_us, dns_us, connect_us, tls_us, first_byte_us, download_us, valid_for_us, detail, maintenance";

/// Makes rows that were never there before.
#[derive(Debug)]
struct Source {
    tenant: Tenant,
    monitors: Vec<MonitorId>,
    next: Timestamp,
}

impl Source {
    async fn of(run: &Run, ground: &Ground) -> Result<Self, Fault> {
        ground
            .people(&Herd::http(&run.targets, BATCH, 86_400))
            .await?;
        let page = ground.ports.feed.snapshot(None, 2_000).await?;
        Ok(Self {
            tenant: ground.tenant,
            monitors: page.rows.iter().map(|row| row.record.monitor.id).collect(),
            next: run
                .environment
                .now()
                .checked_sub(jiff::SignedDuration::from_hours(1))?,
        })
    }

    /// The rows of a round, batch by batch.
    fn round(&mut self) -> Result<Vec<Vec<ResultRow>>, Fault> {
        let mut batches = Vec::new();
        for _ in 0..BATCHES {
            self.next = self
                .next
                .checked_add(jiff::SignedDuration::from_millis(200))?;
            let us = |us| Some(Duration::from_micros(us));
            let row = |monitor: &MonitorId| ResultRow {
                tenant: self.tenant,
                monitor: *monitor,
                at: self.next,
                region: Region::LOCAL,
                sequence: 0,
                status: Status::Up,
                reason: Reason::Ok,
                status_code: Some(200),
                total: Duration::from_micros(2_345),
                timings: Timings {
                    dns: us(12),
                    connect: us(345),
                    tls: us(1_234),
                    first_byte: us(678),
                    download: us(90),
                },
                valid_for: Duration::from_secs(40),
                maintenance: false,
                detail: None,
            };
            batches.push(self.monitors.iter().map(row).collect());
        }
        Ok(batches)
    }
}

/// Rows a second of the port.
async fn ours(run: &Run, ground: &Ground, source: &mut Source) -> Result<f64, Fault> {
    let batches = source.round()?;
    let begun = run.environment.monotonic();
    for batch in &batches {
        ground.ports.results.append(batch).await?;
    }
    Ok((BATCH * BATCHES) as f64 / seconds(&run.environment, begun))
}

fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::from("\\\\x"), |mut text, byte| {
        // A string takes whatever is written.
        let _never = write!(text, "{byte:02x}");
        text
    })
}

/// Rows a second of one COPY; making its text is part of it, as making rows is part of ours.
async fn copy(run: &Run, into: &mut PgConnection, source: &mut Source) -> Result<f64, Fault> {
    let batches = source.round()?;
    let begun = run.environment.monotonic();
    let mut text = String::with_capacity(BATCH * BATCHES * 256);
    let account = hex(source.tenant.account().as_bytes());
    for row in batches.iter().flatten() {
        let phase = |phase: Option<Duration>| phase.map_or(0, micros);
        let timings = row.timings;
        writeln!(
            text,
            "{account}\t{}\t{}\t{}\t{}\tUP\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t\\N\t{}",
            hex(row.monitor.as_bytes()),
            row.at.as_microsecond(),
            row.region.as_str(),
            row.sequence,
            row.reason.as_str(),
            row.status_code.unwrap_or_default(),
            micros(row.total),
            phase(timings.dns),
            phase(timings.connect),
            phase(timings.tls),
            phase(timings.first_byte),
            phase(timings.download),
            micros(row.valid_for),
            row.maintenance,
        )?;
    }
    let mut copy = into
        .copy_in_raw(&format!("COPY copied ({COLUMNS}) FROM STDIN"))
        .await?;
    copy.send(text.as_bytes()).await?;
    let stored = copy.finish().await?;
    let took = seconds(&run.environment, begun);
    if stored != u64::try_from(BATCH * BATCHES)? {
        return Err(format!("COPY stored {stored} rows").into());
    }
    Ok((BATCH * BATCHES) as f64 / took)
}

/// The rounds of one database.
fn figure(row: &'static str, ours: &[f64], bound: &[f64]) -> Figure {
    Figure {
        row,
        rounds: ours
            .iter()
            .zip(bound)
            .map(|(our, bound)| our / bound)
            .collect(),
        control: Vec::new(),
        note: format!(
            "{:.0} rows/s of ours, {:.0} of the bound",
            median(ours).unwrap_or(f64::NAN),
            median(bound).unwrap_or(f64::NAN)
        ),
    }
}

/// P11a.
pub(crate) async fn postgres(run: &Run) -> Result<Vec<Figure>, Fault> {
    // Neither arm waits for the disk.
    let cluster = Cluster::start_with(&["shared_buffers=128MB"], &[], 5432).await?;
    let net = ground::net(
        &run.environment,
        None,
        Loopback::default(),
        CacheLimits::default(),
    )?;
    let ground = {
        let admin = PostgresTarget::of(cluster.options("postgres"));
        let login = PostgresTarget::of(cluster.options("postgres").username("monitorah_bench"))
            .with_password("bench");
        Ground::postgres(&run.environment, &net, (&admin, &login)).await?
    };
    let mut source = Source::of(run, &ground).await?;
    let mut bare = PgConnection::connect_with(&cluster.options("postgres")).await?;
    sqlx::query("CREATE TABLE copied (LIKE results INCLUDING ALL)")
        .execute(&mut bare)
        .await?;
    let (mut rates, mut bounds) = (Vec::new(), Vec::new());
    for _ in 0..run.rounds("P11a") {
        rates.push(ours(run, &ground, &mut source).await?);
        bounds.push(copy(run, &mut bare, &mut source).await?);
    }
    let stored: i64 = sqlx::query_scalar("SELECT count(*) FROM results")
        .fetch_one(&mut bare)
        .await?;
    counted(stored, rates.len())?;
    ground.close().await;
    Ok(vec![figure("P11a", &rates, &bounds)])
}

/// Every row of ours is there.
fn counted(stored: i64, rounds: usize) -> Result<(), Fault> {
    if stored == i64::try_from(rounds * BATCH * BATCHES)? {
        return Ok(());
    }
    Err(format!("of {rounds} rounds {stored} rows were stored").into())
}

/// P11b.
pub(crate) async fn sqlite(run: &Run) -> Result<Vec<Figure>, Fault> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    let net = ground::net(
        &run.environment,
        None,
        Loopback::default(),
        CacheLimits::default(),
    )?;
    let ground = Ground::sqlite(&run.environment, &net, &data).await?;
    let mut source = Source::of(run, &ground).await?;
    let options = |file: &str| {
        SqliteConnectOptions::new()
            .filename(data.join(file))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
    };
    let mut product = SqliteConnection::connect_with(&options("monitorah.db")).await?;
    let table: String =
        sqlx::query("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'results'")
            .fetch_one(&mut product)
            .await?
            .try_get(0)?;
    let mut bare = SqliteConnection::connect_with(&options("bound.db")).await?;
    sqlx::query(AssertSqlSafe(table)).execute(&mut bare).await?;
    let (mut rates, mut bounds) = (Vec::new(), Vec::new());
    for _ in 0..run.rounds("P11b") {
        rates.push(ours(run, &ground, &mut source).await?);
        bounds.push(rows(run, &mut bare, &mut source).await?);
    }
    let stored: i64 = sqlx::query_scalar("SELECT count(*) FROM results")
        .fetch_one(&mut product)
        .await?;
    counted(stored, rates.len())?;
    ground.close().await;
    Ok(vec![figure("P11b", &rates, &bounds)])
}

/// Rows a second of transactions of 1,000 rows, 50 a statement.
async fn rows(run: &Run, into: &mut SqliteConnection, source: &mut Source) -> Result<f64, Fault> {
    let places = COLUMNS
        .split(',')
        .map(|_| "?")
        .collect::<Vec<_>>()
        .join(", ");
    let all = vec![format!("({places})"); STATEMENT].join(", ");
    let text = format!("INSERT INTO results ({COLUMNS}) VALUES {all}");
    let batches = source.round()?;
    let begun = run.environment.monotonic();
    for batch in &batches {
        let mut transaction = into.begin_with("BEGIN IMMEDIATE").await?;
        for rows in batch.chunks(STATEMENT) {
            let mut query = sqlx::query(AssertSqlSafe(text.clone()));
            for row in rows {
                query = query
                    .bind(row.tenant.account().as_bytes().to_vec())
                    .bind(row.monitor.as_bytes().to_vec())
                    .bind(row.at.as_microsecond())
                    .bind(row.region.as_str().to_owned())
                    .bind(i64::from(row.sequence))
                    .bind("UP")
                    .bind(row.reason.as_str())
                    .bind(row.status_code.map(i64::from))
                    .bind(micros(row.total))
                    .bind(row.timings.dns.map(micros))
                    .bind(row.timings.connect.map(micros))
                    .bind(row.timings.tls.map(micros))
                    .bind(row.timings.first_byte.map(micros))
                    .bind(row.timings.download.map(micros))
                    .bind(micros(row.valid_for))
                    .bind(None::<Vec<u8>>)
                    .bind(row.maintenance);
            }
            query.execute(&mut *transaction).await?;
        }
        transaction.commit().await?;
    }
    Ok((BATCH * BATCHES) as f64 / seconds(&run.environment, begun))
}
