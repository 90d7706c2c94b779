//! RLS: point reads through the port, held by row-level security, against the same transaction on a
//! table without policies.

use crate::{
    Fault,
    driver::seconds,
    figure::{Figure, median},
    ground::{self, Ground, Herd},
    names::Loopback,
    run::Run,
};
use monitorah_cluster::Cluster;
use monitorah_core::{MonitorId, net::CacheLimits};
use monitorah_store::PostgresTarget;
use sqlx::{
    AssertSqlSafe, Connection, PgConnection, PgPool, Row,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::fmt::Write;

/// Monitors in the table.
const MONITORS: usize = 2_000;
/// Reads of a round.
const READS: usize = 5_000;
/// Reads before the first round: statements are planned, pages are in memory.
const WARM: usize = 500;

/// RLS. One task reads one row after the other, so each arm uses one connection; both pools ask
/// connections that they have just used nothing.
pub(crate) async fn point(run: &Run) -> Result<Vec<Figure>, Fault> {
    let cluster = Cluster::start_with(&["shared_buffers=128MB"], &[], 5432).await?;
    let net = ground::net(
        &run.environment,
        None,
        Loopback::default(),
        CacheLimits::default(),
    )?;
    let admin = cluster.options("postgres");
    let login = admin.clone().username("monitorah_bench");
    let ground = {
        let admin = PostgresTarget::of(admin.clone());
        let login = PostgresTarget::of(login.clone()).with_password("bench");
        Ground::postgres(&run.environment, &net, (&admin, &login)).await?
    };
    let count = run.size(MONITORS);
    ground
        .people(&Herd::http(&run.targets, count, 86_400))
        .await?;
    let page = ground.ports.feed.snapshot(None, 2_000).await?;
    let monitors: Vec<MonitorId> = page.rows.iter().map(|row| row.record.monitor.id).collect();
    if monitors.len() != count {
        return Err(format!("of {count} monitors {} are there", monitors.len()).into());
    }
    bare(&admin).await?;
    let anchor = PgPoolOptions::new()
        .max_connections(1)
        .test_before_acquire(false)
        .connect_with(login)
        .await?;
    let account = ground.tenant.account().as_bytes().to_vec();
    let begin = begin(&account);
    let reads = run.size(READS);
    let next = |number: usize| monitors.iter().cycle().skip(number * 7 % count);
    for id in next(0).take(WARM) {
        ground.ports.monitors.monitor(&ground.tenant, *id).await?;
        read(&anchor, &begin, &account, *id).await?;
    }
    let (mut rates, mut bounds) = (Vec::new(), Vec::new());
    for round in 0..run.rounds("RLS") {
        let begun = run.environment.monotonic();
        for id in next(round).take(reads) {
            let found = ground.ports.monitors.monitor(&ground.tenant, *id).await?;
            if found.monitor.id != *id {
                return Err("another monitor was read than was asked for".into());
            }
        }
        rates.push(reads as f64 / seconds(&run.environment, begun));
        let begun = run.environment.monotonic();
        for id in next(round).take(reads) {
            read(&anchor, &begin, &account, *id).await?;
        }
        bounds.push(reads as f64 / seconds(&run.environment, begun));
    }
    anchor.close().await;
    ground.close().await;
    let quotients = rates.iter().zip(&bounds).map(|(our, bound)| our / bound);
    Ok(vec![Figure {
        row: "RLS",
        rounds: quotients.collect(),
        control: Vec::new(),
        note: format!(
            "{:.0} reads/s of ours, {:.0} of the anchor, one connection each",
            median(&rates).unwrap_or(f64::NAN),
            median(&bounds).unwrap_or(f64::NAN)
        ),
    }])
}

/// The same rows and indexes without policies, for the role that the product reads as.
async fn bare(admin: &PgConnectOptions) -> Result<(), Fault> {
    let mut admin = PgConnection::connect_with(admin).await?;
    for text in [
        "CREATE TABLE bare (LIKE monitors INCLUDING ALL)",
        "INSERT INTO bare SELECT * FROM monitors",
        "GRANT SELECT ON bare TO monitorah_app",
        "VACUUM ANALYZE bare",
        "VACUUM ANALYZE monitors",
    ] {
        sqlx::raw_sql(text).execute(&mut admin).await?;
    }
    Ok(admin.close().await?)
}

/// How the product begins a read: one round trip for the beginning, the role and the account.
fn begin(account: &[u8]) -> String {
    let mut text = String::from(
        "BEGIN READ ONLY; SET LOCAL ROLE monitorah_app; SET LOCAL monitorah.account_id = '",
    );
    for byte in account {
        // A string takes whatever is written.
        let _never = write!(text, "{byte:02x}");
    }
    text.push('\'');
    text
}

/// One read of the anchor: the whole row, by its primary key.
async fn read(pool: &PgPool, begin: &str, account: &[u8], id: MonitorId) -> Result<(), Fault> {
    let mut transaction = pool.begin_with(AssertSqlSafe(begin.to_owned())).await?;
    let row = sqlx::query("SELECT * FROM bare WHERE account_id = $1 AND id = $2")
        .bind(account)
        .bind(id.as_bytes().as_slice())
        .fetch_one(&mut *transaction)
        .await?;
    let found: &[u8] = row.try_get("id")?;
    if found == id.as_bytes().as_slice() {
        return Ok(());
    }
    Err("another row was read than was asked for".into())
}
